//! All integration tests in one binary, so that the library is linked once.

#![expect(clippy::panic, reason = "a test that cannot go on says why")]

mod architecture;
mod binary;
mod caps;
mod cli;
mod cli_added;
mod cli_answers;
mod cli_companions;
mod cli_new;
mod cli_packs;
mod cli_people;
mod cli_rules;
mod cli_signed;
mod content;
mod copying;
mod foreign_text;
mod harness;
mod hostile;
mod hostile_packs;
mod identifying;
mod journal;
mod keys;
mod layers;
mod manners;
mod mouse;
mod one_to_one;
mod one_to_one_pty;
mod one_to_one_random;
mod plain;
mod plain_jobs;
mod progress;
mod pty;
mod random_records;
mod readme;
mod report;
mod report_random;
mod rules;
mod rules_content;
mod rules_meaning;
mod rules_screen;
mod screens;
mod search_language;
mod search_quality;
mod search_typos;
mod terminal;

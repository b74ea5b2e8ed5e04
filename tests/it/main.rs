//! All integration tests in one binary, so that the library is linked once.

mod architecture;
mod content;
mod harness;
mod readme;
mod rules;
mod screens;
mod search_language;
mod search_quality;
mod search_typos;

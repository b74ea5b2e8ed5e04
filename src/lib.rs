//! Cairn, a coaching companion for the terminal: find leadership behaviours, reflect on them, and get development
//! activities recommended by rules that say why.
//!
//! This page is the architecture. Links are checked by rustdoc, layers and owners by `tests/it/architecture.rs`.
//!
//! ```text
//!   main ── cli ── run ──┬── tui ────┬─ app ── command
//!            │           ├── plain ──┘       └── search ─┐
//!            │           └── desk ──┬── pack ───────────┤
//!            │                      ├── rules ──────────┼── domain
//!            └──────────────────────┤── store ─ seal, os│
//!                                   ├── report ─────────┤
//!                                   └── search ─────────┘
//! ```
//!
//! | layer | what it is | outside crate it owns |
//! | --- | --- | --- |
//! | [`domain`] | coaching itself, as plain data; the glossary | |
//! | [`language`] | sentences, words and phrases; whether the context of a phrase negates it; what a sentence says in words of its own | `rust_stemmers`, with [`search`] |
//! | [`safeguarding`] | detection of words that can mean that somebody is in danger, and whom to ring | |
//! | [`pack`] | packs on disk and in the binary: reading, parsing, checking, merging, linking, signatures | `toml` shapes of packs, `ed25519_dalek` |
//! | [`search`] | the word index and the query language | `fuzzy_matcher`, `rust_stemmers` |
//! | [`rules`] | the only place that knows Rhai: scripts run once, at load; conditions are data afterwards | `rhai` |
//! | [`seal`] | encryption with a passphrase or a key, in the format of age | `age` |
//! | [`store`] | the records: one encrypted `SQLite` database in which nothing is overwritten | `rusqlite` |
//! | [`report`] | what is handed over: who may see what; pages as Markdown and HTML, calendar, hours log, accounts | `maud`, `icalendar`, `csv` |
//! | [`desk`] | packs, records, rules and clock opened together | |
//! | [`command`] | the command table, keys, contexts | |
//! | [`app`] | the screens as a functional core: [`app::update`] changes only memory | |
//! | [`tui`] | drawing the model, reading keys | `ratatui`, `crossterm` |
//! | [`plain`] | plain mode: the same without a screen, line by line | |
//! | [`run`] | the event loops, the worker thread and the signal thread; performs effects | `signal_hook` |
//! | [`cli`] | the command line; the only layer that prints | `clap` |
//! | [`config`] | settings: keys and styles by role, from a text; every fault is reported and the rest is used | |
//! | [`os`] | the only access to clock, directories, environment, files and editor | `directories`, `rustix`, `shell_words` |
//! | [`error`] | the top-level error: its kind decides heading and exit code | |
//!
//! # The path of one keystroke
//! `tui::term` reads a key → [`command::Keymap::resolve`] finds the [`command::Command`] that it means in the
//! [contexts](app::Model::contexts) of the model → [`app::update`] asks the place in front for its handler, which changes the
//! [`app::Model`] and returns [`app::Effect`]s, grouped by who performs them → [`run`] sends them to the worker, which calls
//! the [`desk::Desk`] → the outcome comes back as an [`app::Msg`] of the same group → one frame is drawn.
//!
//! # A place
//! A screen or an overlay is a `Place` (`src/app/place.rs`): its contexts, a handler for each of its commands or the reason why
//! that is off, its list, its text, and its [`app::View`]. The view describes once what the place shows; [`tui`] draws it and
//! [`plain`] writes it as lines. A list to choose from ([`app::Picker`]) carries what its choice does. A new screen is a file of
//! its own, a line for it in `place.rs` and one in `src/app/mod.rs`, and its context and the command that leads there in
//! `src/command/table.rs`.
//!
//! # The path of one frame
//! `tui::draw` lays out the view of the place in front and writes only cells. The sizes that guards and movement depend on are
//! collected in an [`app::Viewport`], which is stored in the model before tabs and hints ask what can be done.
//!
//! # The path of a draft
//! Whatever is being written has an [`app::Keeping`], which knows how far it is from the disk, and a [`domain::Slot`], which
//! names its place there. After every key [`app::update`] sends what changed, one state at a time; the reply says when it was
//! saved, or it is sent again. Drafts name questions and fields by id.
//!
//! # The path of a text through another program
//! [`app::TerminalJob::EditOutside`] is performed by the event loop itself, the only thread that has the terminal:
//! `tui::Screen::lend` hands the terminal over, [`os::Editor`] writes a private file, waits and removes it, and the result goes
//! back to [`app::update`] as [`app::Edited`], which applies it as one step of undo or reports why not.
//!
//! # The path of one line
//! In plain mode [`run::lines`] reads a line → [`plain::Talk::parse`] finds what it means where the model is: a query, a line of
//! a text, a row, a command by its name → the same [`app::update`]; each [`app::Effect`] is performed at once, so that what was
//! typed is on the disk before the next prompt → [`plain::Talk::render`] writes what is new.
//!
//! # The path of one setting
//! `cli::settings` reads the file → [`config::read`] returns [`config::Settings`] and every [`domain::Fault`] in it → keys go
//! into the [`command::Keymap`], themes to `run::looks`, faults to [`app::Model::take_faults`]. Sentences name commands
//! ([`command::key`]); the key that a command currently has is inserted when they are shown.
//!
//! # The path of one recommendation
//! A pack's script calls `rule(id, #{ when, suggest, because })` once, at load, in an engine that offers only the functions of
//! [`rules::api`]. `when` becomes a [`rules::Cond`], each [`rules::Leaf`] of which knows its place in the file.
//! [`rules::advise`] evaluates these trees against a [`domain::Profile`] with three truth values, groups what held by activity,
//! ranks it in a total order, and stores with each [`domain::Advice`] the conditions and answers behind it.
//!
//! # The path of words that can mean danger
//! [`safeguarding`] reads patterns, weights and contacts from `rules/safety/`. A sentence is detected because it contains a
//! pattern or because its words and letters resemble the sentences that the weights were learned from. [`desk::Desk::notices`]
//! looks at everything that the person wrote lately, and [`rules::advise`] applies no rule to a sentence in which danger was
//! detected. A [`domain::SafetyNotice`] contains none of the words. [`app::update`] opens its page as soon as they are saved; a
//! notice that comes only from a note for the coach is shown with the private lines. What was put aside is stored in a slot.
//!
//! # The path of an untrusted pack
//! `desk::sources` reads the folder within limits and checks its signature ([`pack::verify`], [`pack::Trust`]). A pack with rules
//! that is not signed by a trusted key goes through `desk::gate`: the program starts itself again with [`desk::WORKER`], which
//! limits its own memory and time ([`os::limit_self`]), loads the packs and reports what is wrong. A worker that crashes or hangs
//! affects only that pack. Then `desk::resolve` loads what passed, in the thread and engine in which all rules run.
//!
//! # The path of one explanation
//! The Rules screen asks for a [`domain::Rulebook`] when it is opened, and for one [`domain::RuleDetail`] when a rule is
//! marked: [`rules::explained`] says why it held, [`rules::why_not`] why it did not and the smallest change that would make it
//! hold. Both are plain data, made by the [`desk`] outside the thread that draws.
//!
//! # The path of one report
//! [`desk::Desk::dossier`] collects everything about one person. [`report::Handout`] removes what the reader may not see, and
//! nothing that is handed over can be made from anything else. [`report::report`] makes a [`report::Page`] of it, data without
//! formatting, which [`report::markdown`] and [`report::html`] format; [`os::write_export`] never overwrites a file unasked.
//!
//! # The path of one look back
//! Progress and Journal ask for an [`app::LookBack`]. It is computed from the [`domain::Dossier`] in memory, in a thread of its
//! own and without a desk, so that neither a key nor a draft waits for it. The list is drawn before its search index exists. The
//! result is used only if it belongs to the records, the person and the private lines that are on the screen then.
//!
//! # The path of a lock
//! The records are encrypted with a data key that never changes; `store::slots` are small files that contain it, each encrypted
//! by [`seal`] with a passphrase or the paper key. What is typed in secret is held by an [`app::SecretPage`], goes to the worker
//! as a [`seal::Secret`] in an [`app::Effect`], and is tried there for about a second. Locking covers the screen first, waits
//! until what was being written is saved, and only then closes the records ([`desk::Desk::put_away`]) and forgets every word of
//! them. A backup is a vault of its own; [`store::put_in_place`] moves the current records aside, and the next start finishes
//! what was interrupted.
//!
//! What was withdrawn or erased in the records that a backup replaces is removed from the backup first (`store::since`). A
//! withdrawal or an erasure that was interrupted is finished when the records are opened next.
//!
//! # The path of a right
//! `store::catalogue` is a table that says to whom each row of the database belongs; a test compares it with the database. From
//! it come [`store::Store::holding`], everything about one person, and [`store::Store::erase`], which leaves no byte of it. An
//! export is a [`report::Export`], the one thing that is handed over without a [`report::Handout`], because the person has a
//! right to all of it; what coach and client share is a [`domain::Parcel`], made from one. [`desk::Desk::take_in`] adds
//! rows and changes none.
//!
//! # Building
//! Two crates, and a third one without code (`src/openssl-sys`) whose build script builds of OpenSSL only what SQLCipher calls.
//! `cairn-core` (`src/core`) has the layers that need neither records nor screens: [`domain`], [`os`], [`language`],
//! [`safeguarding`], [`pack`], [`search`] and [`rules`], a third of the code. The compiler holds that border; the others are held
//! by `tests/it/architecture.rs`. The cut is there because it pays most: a change of a screen compiles two thirds, and while one
//! crate is read, which a single core does, the other one is made into machine code. More crates would each be read in turn.
//!
//! | on two cores, from nothing | was | is |
//! | --- | --- | --- |
//! | first command of the README, up to the program | 10 min 54 s (14 min 51 s of processor time) | with the system's libcrypto, beside other work, 6 min 38 s (6 min 2 s of processor time) |
//! | second command: tests built, after the first | 7 min 30 s, OpenSSL and SQLCipher once more | 6 min 3 s of processor time, our own crates only |
//! | second command: tests run | 51 min of processor time | 21 min of processor time |
//!
//! One profile (`dev`) serves daily use and tests, so that the second command builds no other crate again. It optimises a
//! little what works hard (`cairn-core`, Rhai, SQLite) and nothing else, because the rest waits for the terminal and the disk.
//! `release` is what is handed over and what `scripts/bench` measures.
//!
//! # Invariants
//! 1. The same packs, answers and day give the same advice in the same order, whatever the order of the input.
//! 2. What was not answered is unknown, never low: no rule holds on what is unknown.
//! 3. An answer in the records is never changed: a newer one is a new row, and a correction names the row that it replaces. An
//!    answer keeps the words that it was given in, and counts only where these still mean the same
//!    ([`domain::Library::counted`]). Only erasing a person and withdrawing an entry remove rows.
//! 4. Nothing in [`app`] or [`tui`] touches a disk, and the first frame is drawn before anything is opened.
//! 5. A hint is shown only if the same key map and the same guard would run the command.
//! 6. Text from outside passes through [`domain::clean`] before it reaches a screen or a record.
//! 7. A pack with anything wrong in it is left out whole, with a [`domain::Fault`] that names file, line and next step;
//!    the others are used, and so is the version of it that was added before.
//! 8. A note that is for the coach alone, a sealed view, and what the client did not release are on no page.
//! 9. When idle the program sleeps. Only the Rules screen watches the folders of packs, and only if there are any. A window that
//!    can only read, because another one writes, reads again every two seconds.
//! 10. The records of one person are open at a time. Work for the worker names that person and is refused while somebody else's
//!     records are open; after a change of person no word of the one before is in memory or on a screen.
//! 11. What is being written is sent to the disk after every key, one state at a time, and is resumed at the same place. A
//!     panic, in the program or in a script, is caught where that can still be ensured.
//! 12. What the screens can do, lines can: every command that is on is run by a line that names it, and plain mode draws
//!     nothing, moves no cursor and names no key.
//! 13. One program writes to a folder of records; others read ([`store::Look`]). What was acknowledged is deleted only by
//!     [`store::Store::erase`] and [`store::Store::withdraw`]: a restore moves records aside, a newer format is only read, damage
//!     is left as it is.
//! 14. The terminal belongs to the program, to another program or to nobody, and only `tui::stage` changes that: nothing is drawn
//!     while it does not belong to the program, and the next owner finds it as it was.
//! 15. A notice of danger comes before any advice, is no activity, and is in no report, share or figure.

pub use cairn_core::{domain, language, os, pack, rules, safeguarding, search};

pub mod app;
pub mod cli;
#[deny(missing_docs)]
pub mod command;
#[deny(missing_docs)]
pub mod config;
pub mod desk;
pub mod error;
pub mod plain;
#[deny(missing_docs)]
pub mod report;
pub mod run;
#[deny(missing_docs)]
pub mod seal;
#[deny(missing_docs)]
pub mod store;
pub mod tui;

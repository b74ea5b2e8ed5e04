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
//! | [`language`] | sentences and words, phrases, and whether what stands around a phrase denies it | `rust_stemmers`, with [`search`] |
//! | [`safeguarding`] | words that can mean that somebody is in danger, and whom to ring | |
//! | [`pack`] | packs on disk and in the binary: read, parse, check, merge, link; which were added, who signed them | `toml` shapes of packs, `ed25519_dalek` |
//! | [`search`] | the word index and the query language | `fuzzy_matcher`, `rust_stemmers` |
//! | [`rules`] | the only place that knows Rhai: scripts once, at load; conditions as data afterwards | `rhai` |
//! | [`seal`] | what opens only with a passphrase or a key, in the format of age | `age` |
//! | [`store`] | the records: one encrypted `SQLite` database, nothing overwritten | `rusqlite` |
//! | [`report`] | what is handed over: who may see what, pages as Markdown and HTML, calendar, hours log, accounts | `maud`, `icalendar`, `csv` |
//! | [`desk`] | packs, records, rules and clock opened together | |
//! | [`command`] | the command table, keys, contexts | |
//! | [`app`] | the screens as a functional core: [`app::update`] changes memory only | |
//! | [`tui`] | drawing the model, reading keys | `ratatui`, `crossterm` |
//! | [`plain`] | the same without a screen: lines that mean commands and words, places told in sentences | |
//! | [`run`] | the loops, the worker thread and the one that hears signals; performs effects | `signal_hook` |
//! | [`cli`] | the command line; the only layer that prints | `clap` |
//! | [`config`] | settings: keys and looks by role, from a text; every fault told and the rest used | |
//! | [`os`] | the one door to clock, directories, environment, files, a person's own editor | `directories`, `rustix`, `shell_words` |
//! | [`error`] | one error at the top: its kind decides heading and exit code | |
//!
//! # The path of one keystroke
//! `tui::term` reads a key → [`command::Keymap::resolve`] says which [`command::Command`] it means in the
//! [contexts](app::Model::contexts) of the model → [`app::update`] asks the place in front for its handler, which changes the
//! [`app::Model`] and returns [`app::Effect`]s, grouped by who does them → [`run`] hands them to the worker, which asks the
//! [`desk::Desk`] → the outcome comes back as an [`app::Msg`] of the same group → one frame is drawn.
//!
//! # A place
//! A screen, and whatever lies over one, is a `Place` (`src/app/place.rs`): its contexts, a handler for each of its commands or why
//! that is off, its list, its page, its text, and its [`app::View`]. The view is described once; [`tui`] draws it and [`plain`]
//! tells it. A list to choose from ([`app::Picker`]) carries what its choice does. So a new screen is a file of its own, a line
//! for it in `place.rs` and one in `src/app/mod.rs`, and the command that leads there in `src/command/table.rs`. Find, Journal,
//! Progress, Rules, Reflect, Session, Two views, Today and what lies over the screens are still drawn and told in two files each.
//!
//! # The path of one frame
//! `tui::draw` lays the place in front out from the model and writes nothing but cells; what comes of it are the sizes that guards
//! and movement go by, an [`app::Viewport`]. They are handed to the model before tabs and hints ask what can be done.
//!
//! # The path of a text through another program
//! [`app::TerminalJob::EditOutside`] is done by the loop itself, the only thread that has the terminal: `tui::Screen::lend`
//! gives it away, [`os::Editor`] writes a private file, waits and removes it, and what came of it goes back to
//! [`app::update`] as [`app::Edited`], which takes it over as one step of undo or says why not.
//!
//! # The path of one line
//! In the plain mode [`run::lines`] reads a line → [`plain::Talk::parse`] says what it means where the model is: a query, a
//! line of a text, a row, a command by its name → the same [`app::update`], and each [`app::Effect`] is done at once, so
//! that what was typed is on the disk before the next prompt → [`plain::Talk::render`] says what is new.
//!
//! # The path of one setting
//! `cli::settings` reads the file → [`config::read`] gives [`config::Settings`] and every [`domain::Fault`] in it → keys go
//! into the [`command::Keymap`], themes to `run::looks`, faults to [`app::Model::take_faults`]. Sentences name commands
//! ([`command::key`]), and the key that a command has is put in where they are shown, so that none of them can lie.
//!
//! # The path of one recommendation
//! A pack's script calls `rule(id, #{ when, suggest, because })` once, at load, in an engine that has nothing but the
//! functions of [`rules::api`]. `when` becomes a [`rules::Cond`] whose every [`rules::Leaf`] knows its place in the
//! file. [`rules::advise`] evaluates the trees against a [`domain::Profile`] with three truth values, groups what fired
//! by activity, ranks by a total order, and keeps for each [`domain::Advice`] the conditions and answers behind it.
//!
//! # The path of a word that can mean danger
//! [`safeguarding`] reads patterns, weights and people to ring from `rules/safety/`: a sentence is heard because a pattern is
//! found in it or because it is as a whole like those that were learned from. [`desk::Desk::notices`] listens to everything
//! that the person wrote lately, and [`rules::advise`] answers no sentence in which something was noticed. A
//! [`domain::SafetyNotice`] holds none of the words. [`app::update`] opens its page as soon as they are saved; what only a
//! note for the coach gave rise to waits for the private lines. What was put aside is kept under a slot of the person.
//!
//! # The path of a pack that nobody vouches for
//! `desk::sources` reads the folder within caps and holds it against its signature ([`pack::verify`], [`pack::Trust`]). A
//! pack with rules that is not signed by a trusted key goes through `desk::gate`: our own program, started again with
//! [`desk::WORKER`], narrows its own memory and time ([`os::limit_self`]), loads the packs and answers what is wrong. A
//! worker that dies or hangs takes only the pack with it. Then `desk::resolve` loads what stands, in the thread and engine
//! that every rule runs in.
//!
//! # The path of one explanation
//! The Rules screen asks for a [`domain::Rulebook`] when it is opened, and for one [`domain::RuleDetail`] when a rule is
//! marked: [`rules::explained`] says why it spoke, [`rules::why_not`] why it did not and the smallest change that would
//! make it. Both are plain data, made by the [`desk`] outside the thread that draws.
//!
//! # The path of one report
//! [`desk::Desk::dossier`] gathers everything about one person. [`report::Handout`] takes out of it what the reader may not
//! see, and nothing that is handed over can be made from anything else. [`report::report`] makes a [`report::Page`] of it,
//! data without looks, which [`report::markdown`] and [`report::html`] write down; [`os::write_export`] never writes over a
//! file unasked.
//!
//! # The path of one look back
//! Progress and Journal ask for an [`app::LookBack`]: made from the [`domain::Dossier`] in memory, in a thread of its own,
//! without a desk, so that neither a key nor a draft waits for it. The list is drawn before its search index is there.
//! What comes back is taken only if it is of the records, the person and the private lines that are on the screen then.
//!
//! # The path of a lock
//! The records are encrypted with a data key that never changes; `store::slots` are small files that are ways to it, and
//! [`seal`] makes them. What is typed in secret stands in an [`app::SecretPage`], goes as a [`seal::Secret`] with an
//! [`app::Effect`] to the worker, and is tried there for about a second. Locking covers the screen first, waits until what was
//! being written is kept, and only then are the records put away ([`desk::Desk::put_away`]) and every word of them
//! forgotten. A backup is a vault of its own; [`store::put_in_place`] moves what is there aside, and a start that finds it
//! half done finishes it.
//!
//! What was withdrawn or erased in the records that a backup takes the place of is taken out of it before (`store::since`). A
//! withdrawal or an erasure that was ended in the middle is finished when the records are opened next.
//!
//! # The path of a right
//! Whose every row is stands in one table, `store::catalogue`, which a test holds against the database. From it come
//! [`store::Store::holding`], everything about one person, and [`store::Store::erase`], which leaves no byte of it. An
//! export is a [`report::Export`], the one thing that is handed over without a [`report::Handout`], as the person has a
//! right to all of it; what coach and client share is a [`domain::Parcel`], made from one. [`desk::Desk::take_in`] adds
//! rows and changes none.
//!
//! # Building
//! One crate, and a second one without code (`src/openssl-sys`) whose build script builds of OpenSSL only what SQLCipher calls.
//! Layers are held by `tests/it/architecture.rs`. Crates for the layers would let most of them be compiled while OpenSSL and
//! SQLCipher are built, and end the half minute in which one core waits for ours to be read; that is worth doing once the screens
//! are cut again, and is not done.
//!
//! | on two cores, from nothing | was | is |
//! | --- | --- | --- |
//! | `cargo run --release` up to the program | 10 min 54 s (14 min 51 s of processor time) | 4 min 38 s (7 min 58 s) |
//! | of it OpenSSL | 3 min 49 s | 1 min 41 s, beside others |
//! | of it SQLCipher | 84 s | 22 s |
//! | all tests: built, and run | about 4 and 23 min | 9 and 8½ min (`scripts/check`) |
//!
//! The daily profile (`release`) is built with few optimisations and without those at link time; `dist` is what is handed over
//! and what `scripts/bench` measures.
//!
//! # Invariants
//! 1. The same packs, answers and day give the same advice in the same order, whatever the order of the input.
//! 2. What was not answered is unknown, never low: unknown fires no rule.
//! 3. An answer in the records is never changed: a newer one is a new row, and a correction is one that says which row it took
//!    the place of. It keeps the words it was given in, and counts only where these still mean the same
//!    ([`domain::Library::counted`]). Only erasing a person and withdrawing an entry take rows away.
//! 4. Nothing in [`app`] or [`tui`] touches a disk, and the first frame is drawn before anything is opened.
//! 5. A hint is shown only if the same key map and the same guard would run the command.
//! 6. Text from outside passes through [`domain::clean`] before it reaches a screen or a record.
//! 7. A pack with anything wrong in it is left out whole, with a [`domain::Fault`] that names file, line and next step;
//!    the others go on, and so does the version of it that was added before.
//! 8. A note that is for the coach alone, a view that is sealed, and what the client did not release are on no page.
//! 9. At rest the program sleeps; only the Rules screen looks at the folders of packs, and only if there are any. A window that
//!    can only look, because another one writes, looks again every two seconds.
//! 10. The records of one person are open at a time. Work for the worker says for whom it is and is refused while
//!     somebody else's are open; turning to somebody leaves no word of the one before in memory or on a screen.
//! 11. What is being written is on its way to the disk after every key, one state at a time, and is taken up again at the
//!     same place. A panic, of ours or behind the screen, is caught where that can still be seen to.
//! 12. What the screens can do, lines can: every command that is on is run by a line that names it, and nothing that is
//!     told in lines draws, moves a cursor or names a key.
//! 13. One program writes to a folder of records; others look ([`store::Look`]). Nothing that was acknowledged is deleted but by
//!     [`store::Store::erase`] and [`store::Store::withdraw`]: a restore moves aside, a newer format is looked at, damage is left as it is.
//! 14. Only one of us, another program and nobody has the terminal, and only `tui::stage` changes that: nothing is drawn
//!     while we have it not, and whoever gets it finds it as it was.
//! 15. A notice of danger comes before any advice, is no activity, and is in no report, share or figure.

pub mod app;
pub mod cli;
#[deny(missing_docs)]
pub mod command;
#[deny(missing_docs)]
pub mod config;
pub mod desk;
#[deny(missing_docs)]
pub mod domain;
pub mod error;
#[deny(missing_docs)]
pub mod language;
pub mod os;
#[deny(missing_docs)]
pub mod pack;
pub mod plain;
#[deny(missing_docs)]
pub mod report;
#[deny(missing_docs)]
pub mod rules;
pub mod run;
#[deny(missing_docs)]
pub mod safeguarding;
#[deny(missing_docs)]
pub mod seal;
#[deny(missing_docs)]
pub mod search;
#[deny(missing_docs)]
pub mod store;
pub mod tui;

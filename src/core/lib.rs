//! Coaching without records, screens and command line.
//!
//! The crate `cairn-coach` has the other layers, and the page that describes how all of them fit together; it names these
//! modules as its own. They are a crate so that the compiler holds the border: nothing here can reach the records, the
//! terminal or the command line.

#[deny(missing_docs)]
pub mod domain;
#[deny(missing_docs)]
pub mod language;
pub mod os;
#[deny(missing_docs)]
pub mod pack;
#[deny(missing_docs)]
pub mod rules;
#[deny(missing_docs)]
pub mod safeguarding;
#[deny(missing_docs)]
pub mod search;

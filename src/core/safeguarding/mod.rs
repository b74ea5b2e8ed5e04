//! Safeguarding: detects words in a text that suggest that somebody may be in danger, and says whom to call.
//!
//! A concern is detected in a sentence because a pattern matches, or because the sentence as a whole resembles
//! sentences that people wrote about danger (a linear classifier). A pattern in a longer sentence is ignored if the
//! sentence as a whole weighs against it.
//!
//! The patterns, weights and texts are data in `rules/safety/`, compiled into the binary; nothing can switch them off,
//! weaken or replace them. Cairn never diagnoses: a [`Notice`](crate::domain::SafetyNotice) only says that words were
//! noticed. It is not an activity, so it cannot be accepted or rated, and it is not included in any report, share or
//! figure.

mod concerns;
mod contacts;
mod listen;
mod signs;
mod weights;

pub use concerns::{Concern, concern, concerns};
pub use contacts::{Region, stale_contacts};
pub use listen::{Utterance, hears, is_heavy, listen, notice_of, words_heard};
pub use weights::{COLUMNS, FOR, KINDS, Weighed};

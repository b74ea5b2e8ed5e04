//! Somebody may be in danger: which words are noticed in what a person wrote, and whom they can ring.
//!
//! A sentence is heard because a pattern is found in it, or because as a whole it is like sentences that people wrote about
//! danger (a linear classifier); what a pattern finds is not heard where a longer sentence as a whole weighs against it.
//!
//! The words and what is said then are data in `rules/safety/`, compiled in; nothing can switch them off, lower or replace
//! them. Cairn never diagnoses: a [`Notice`](crate::domain::SafetyNotice) says that it only noticed words. It is no activity,
//! so it cannot be accepted or rated, and it goes into no report, share or figure.

mod concerns;
mod contacts;
mod listen;
mod signs;
mod weights;

pub use concerns::{Concern, concern, concerns};
pub use contacts::{Region, stale_contacts};
pub use listen::{Utterance, hears, listen, notice_of};
pub use weights::{BIAS, FOR, KINDS, UNIT, Weighed, Weights, traits_of};

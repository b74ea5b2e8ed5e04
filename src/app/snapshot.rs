//! What the screens read: packs and index, and the records of one person at one moment.

use std::sync::Arc;

use crate::domain::{
    Action, Advised, Answer, Dossier, Library, Person, Profile, Safety, SafetyNotice, Shut, Slot, Waiting,
};
use crate::search::Index;

/// Everything that the screens read.
#[derive(Debug)]
pub struct Opened {
    /// The packs, merged.
    pub library: Arc<Library>,
    /// The search index over its behaviours.
    pub index: Arc<Index>,
    /// The records.
    pub snapshot: Snapshot,
    /// What is wrong with packs, rules or records, in one line; empty if nothing is.
    pub banner: String,
    /// A behaviour to open at once.
    pub reflect_on: Option<String>,
    /// Why the records are not open, if they are there and are not.
    pub shut: Option<Shut>,
    /// A word about it; may be empty.
    pub said: String,
}

/// The records of one person at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Whose they are.
    pub person: Person,
    /// The answers.
    pub profile: Arc<Profile>,
    /// What the rules make of them.
    pub advised: Advised,
    /// The plan.
    pub actions: Vec<Action>,
    /// Answers that were begun and not saved.
    pub drafts: Vec<Answer>,
    /// Everything else about the person.
    pub dossier: Arc<Dossier>,
    /// All clients, by name.
    pub clients: Vec<Person>,
    /// What waits for which client; empty while a client is at the screen.
    pub waiting: Vec<Waiting>,
    /// How many clients' records are due for review; 0 while a client is at the screen.
    pub due_for_review: usize,
    /// Other texts that were begun, by slot.
    pub kept: Vec<(Slot, String)>,
    /// What was noticed and put aside.
    pub put_aside: Vec<SafetyNotice>,
    /// How they are kept from others.
    pub safety: Safety,
}

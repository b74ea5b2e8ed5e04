//! Data that the screens display: the packs with their index, and a snapshot of one person's records.

use std::sync::Arc;

use crate::domain::{
    Action, Advised, Answer, Dossier, Library, Person, Profile, Remembered, Safety, SafetyNotice, Shut, Slot, Waiting,
};
use crate::search::Index;

/// The data that is available once packs and records are open.
#[derive(Debug)]
pub struct Opened {
    /// The packs, merged into one library.
    pub library: Arc<Library>,
    /// The search index over the behaviours of the library.
    pub index: Arc<Index>,
    pub snapshot: Snapshot,
    /// Problems with packs, rules or records, in one line; empty if there are none.
    pub banner: String,
    /// Code of a behaviour to open at once, from the command line.
    pub reflect_on: Option<String>,
    /// Why the records could not be opened; `None` if they are open.
    pub shut: Option<Shut>,
    /// A sentence to show as a notice; may be empty.
    pub said: String,
}

/// The records of one person at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The person whose records these are.
    pub person: Person,
    /// The answers, by behaviour.
    pub profile: Arc<Profile>,
    /// The result of evaluating the rules for these answers.
    pub advised: Advised,
    pub actions: Vec<Action>,
    /// Answers that were begun and not saved.
    pub drafts: Vec<Answer>,
    /// Everything else about the person.
    pub dossier: Arc<Dossier>,
    /// All clients, ordered by name.
    pub clients: Vec<Person>,
    /// What needs attention for each client; empty while a client's records are open.
    pub waiting: Vec<Waiting>,
    /// Number of clients whose records are due for review; 0 while a client's records are open.
    pub due_for_review: usize,
    /// Other drafts, by slot.
    pub kept: Vec<(Slot, String)>,
    /// Safety notices that were put aside.
    pub put_aside: Vec<SafetyNotice>,
    /// How the records are protected.
    pub safety: Safety,
    /// A sentence that the person wrote a while ago. Read it with [`Model::remembered`](super::Model::remembered), which
    /// says whether it may be shown.
    pub remembered: Option<Remembered>,
}

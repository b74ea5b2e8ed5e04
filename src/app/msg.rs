//! What comes into the screens and what goes out of them.

use std::sync::Arc;

use super::model::Tone;
use crate::command::Chord;
use crate::domain::{
    Action, ActionStatus, Advised, Answer, Asking, CameOut, Day, Intent, Journal, Library, Organisation, Person,
    Private, Profile, Progress, RuleDetail, Rulebook, Verdict,
};
use crate::search::Index;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Chord),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The packs are open and can be searched; rules and records follow.
    Searchable(Arc<Library>, Arc<Index>),
    /// Packs, rules and records are open.
    Opened(Box<Opened>),
    /// An effect was done: the records as they are now, and a word about it.
    Refreshed(Box<Snapshot>, String),
    /// The answer that was on its way reached the disk.
    Saved(Box<Snapshot>, String),
    /// It did not: why, and the next step.
    NotSaved(String),
    /// A draft reached the disk at this time of day.
    DraftKept(String),
    /// It did not: why, and the next step. What was written is tried again.
    DraftNotKept(String),
    /// Another effect was not done: why, and the next step.
    Failed(String),
    /// Nothing happened until the next deadline.
    Idle,
    /// Every pack and rule, and how it came out.
    Rulebook(Box<Rulebook>),
    /// How things changed.
    Progress(Box<Progress>),
    /// Everything that was written.
    Journal(Arc<Journal>),
    /// The index of a journal.
    JournalIndexed(Arc<Journal>, Arc<Index>),
    /// One rule whole; `None` if it is no longer there.
    Judged(Option<Box<RuleDetail>>),
    /// The folders of packs were looked at, and nothing is different.
    Unchanged,
    /// They were read again, and what the screens read is different; with a word about it.
    Reread(Box<Opened>, Tone, String),
    /// Something was asked for and there is nothing to do.
    Told(String),
}

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
}

/// What somebody decided to do, in their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// By when.
    pub due: Option<Day>,
    /// The dialogue behind it.
    pub intent: Intent,
}

/// How an action stands from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub id: String,
    /// Its words.
    pub planned: Planned,
    /// Open, done or let go.
    pub status: ActionStatus,
    /// What was learned; may be empty.
    pub learned: String,
    /// What came of it.
    pub came_out: Option<CameOut>,
}

/// What somebody made of one piece of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The activity.
    pub activity: String,
    /// Accepted, adapted or declined.
    pub verdict: Verdict,
    /// Why; may be empty.
    pub reason: String,
    /// The reason that was shown.
    pub because: String,
    /// The rules behind it.
    pub rules: Vec<String>,
    /// Codes of the behaviours behind it.
    pub behaviours: Vec<String>,
    /// What goes into the plan; `None` when declined.
    pub planned: Option<Planned>,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Save an answer and drop its draft.
    SaveAnswer(Box<Answer>),
    /// Keep an unfinished answer.
    KeepDraft(Box<Answer>),
    /// Forget the draft on a behaviour: framework, code.
    DropDraft(String, String),
    /// Record what somebody made of an advice.
    Decide(Box<Decision>),
    /// Add an action that came from nobody's advice.
    AddAction(Box<Planned>),
    /// Change an action.
    ChangeAction(Box<Changed>),
    /// State the person's level and organisation.
    SetPerson(Option<String>, Organisation),
    /// Bring every pack and rule, and how it came out.
    Consult,
    /// Say how things changed.
    Progress(Asking),
    /// Bring everything that was written.
    Journal(Private),
    /// Make a journal searchable.
    IndexJournal(Arc<Journal>),
    /// Bring the rule of this id whole.
    Judge(String),
    /// Look at the folders of packs, and read them again if they are different or if somebody asked.
    Reread {
        /// Somebody asked.
        asked: bool,
    },
}

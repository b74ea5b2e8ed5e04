//! Output of the screens: work for the worker thread and for the terminal thread, grouped by who does it. The result
//! comes back as a [`Msg`](super::Msg).

use std::path::PathBuf;

use super::look_back::LookBack;
use crate::domain::{
    ActionStatus, Answer, By, CameOut, Correction, Day, Engagement, FocusSet, Intent, NoteFor, Organisation, Party,
    Piece, ReleaseItem, ReportFormat, Session, Slot, Verdict,
};
use crate::seal::Secret;

/// Work to be done outside the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Changes the records.
    Records(RecordsJob),
    /// Saves or deletes a draft.
    Draft(DraftJob),
    /// Opens the records of another person.
    People(PeopleJob),
    /// Locks, unlocks, backs up or restores the records as a whole, whichever person's are open.
    Vault(VaultJob),
    /// Queries something without changing the records.
    Look(Query),
    /// Writes a report for this party, in this format, to this file.
    Report(Party, ReportFormat, String),
    /// Saves a setting: the file, the name, and the value as it is written there.
    Setting(PathBuf, &'static str, String),
    /// Work that only the terminal thread can do.
    Terminal(TerminalJob),
}

/// A change to the records, after which they are read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordsJob {
    /// Saves an answer and deletes its draft.
    SaveAnswer(Box<Answer>),
    /// Puts the safety notices about these concerns aside; the strings are the ids of the concerns.
    PutAside(Vec<String>),
    /// Records what the user decided about a piece of advice.
    Decide(Box<Decision>),
    /// Adds an action that does not come from advice.
    AddAction(Box<Planned>),
    ChangeAction(Box<Changed>),
    /// Sets the person's level, by its id (`None` for not stated), and the kind of organisation.
    SetPerson(Option<String>, Organisation),
    /// Sets name, e-mail address, and the day from which the client agreed to be in the coach's hours log (`None` if
    /// they have not), of the person whose records are open.
    SetCard(String, String, Option<Day>),
    /// Corrects an entry of the journal.
    Correct(Piece, Box<Correction>),
    /// Withdraws an entry or a part of one.
    Withdraw(Piece),
    /// Saves a quick note about this day.
    QuickNote(String, Day),
    /// Adds a note to a session that has ended: the id of the session, the text, and who may read it.
    AddNote(String, String, NoteFor),
    KeepEngagement(Box<Engagement>),
    KeepFocus(Box<FocusSet>),
    /// Ends a session and saves it: the session, the warning about names that the user has already read (empty if
    /// none), and whether private lines are on the screen.
    EndSession(Box<Session>, String, bool),
    /// Begins a comparison over the focus set.
    BeginComparison,
    /// Puts one view of a comparison away: the id of the comparison, whose view it is, and its answers.
    SealView(String, By, Vec<Answer>),
    /// Opens both views of the comparison with this id.
    OpenComparison(String),
    /// Releases lines to the sponsor (`true`) or takes the release back (`false`).
    Release(Vec<(ReleaseItem, bool)>),
}

/// A change to a draft; sent after every key that changes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftJob {
    /// Saves an unfinished answer.
    KeepAnswer(Box<Answer>),
    /// Deletes the draft about a behaviour: id of the framework, code of the behaviour.
    DropAnswer(String, String),
    /// Saves a text under a slot.
    KeepText(Slot, String),
    /// Deletes the text under a slot.
    DropText(Slot),
}

/// Work that changes whose records are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleJob {
    /// Opens the records of the client with this id; `None` opens the user's own.
    TurnTo(Option<String>),
    /// Adds a client with this name and opens their records.
    AddClient(String),
}

/// Work on the records as a whole: passphrase, backup, restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultJob {
    /// Closes the records and forgets their key.
    PutAway,
    /// Opens records that are put away or locked, with the passphrase or paper key that was typed; `None` if there is
    /// no passphrase.
    Unlock(Option<Secret>),
    /// Locks the records with this passphrase.
    SetPassphrase(Secret),
    /// Changes the passphrase: first the old one or the paper key, then the new one.
    ChangePassphrase(Secret, Secret),
    /// Removes the passphrase; needs the old one or the paper key.
    RemovePassphrase(Secret),
    /// Makes a new paper key; needs the passphrase or the old one.
    NewPaperKey(Secret),
    /// Records that a passphrase was offered and postponed.
    DeclinePassphrase,
    /// Draws four random words as a suggested passphrase.
    OfferWords,
    BackUp,
    ListBackups,
    /// Opens the backup in this folder with the secret that was typed, and checks every page of its database.
    CheckBackup(String, Option<Secret>),
    /// Replaces the records with the backup in this folder, and opens them with the secret that was typed.
    Restore(String, Option<Secret>),
}

/// A query that leaves the records unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Reads the records again, because the day has changed.
    Refresh,
    /// All packs and rules, and the result of each rule.
    Rulebook,
    /// The rule with this id in full.
    Rule(String),
    /// Progress, the journal or its index, computed from records already in memory.
    LookBack(LookBack),
    /// The lines that the sponsor could be allowed to read.
    Releasable,
    /// The path suggested for such a report.
    SuggestPath(Party, ReportFormat),
    /// Whether the private notes of today's sessions may name somebody.
    DoubtPrivate,
    /// Checks the folders of packs for changes, and reads the packs again if there are any or if the user asked for it.
    Reread {
        /// Whether the user asked for it, so that an unchanged state is reported too.
        asked: bool,
    },
    /// Whether the other program that has the records open for writing has changed them or has ended. Holds the
    /// sentence that was shown about that program.
    ChangedElsewhere(String),
}

/// Work for the terminal thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalJob {
    /// Sends a text to the terminal, for the clipboard.
    Copy(String),
    /// Draws the page in front, so that its text can be copied.
    CopyPage,
    /// Opens this text in the user's own editor.
    EditOutside(String),
    /// Suspends the program until the shell resumes it.
    Suspend,
}

/// An action as the user worded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What the user will do.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// Day by which the first step is due; `None` for no day.
    pub due: Option<Day>,
    /// The other answers of the plan dialogue.
    pub intent: Intent,
}

impl Planned {
    /// Iterates over all text the user wrote in it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), &self.first_step].into_iter().chain(self.intent.words())
    }
}

/// The new state of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Id of the action.
    pub id: String,
    /// New wording and dates.
    pub planned: Planned,
    /// Open, done or dropped.
    pub status: ActionStatus,
    /// What the user learned; may be empty.
    pub learned: String,
    /// Whether it turned out as hoped; `None` if not stated.
    pub came_out: Option<CameOut>,
}

/// What the user decided about one piece of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Id of the activity.
    pub activity: String,
    /// Accepted, adapted or declined.
    pub verdict: Verdict,
    /// The user's reason; may be empty.
    pub reason: String,
    /// The reason that was displayed with the advice.
    pub because: String,
    /// Ids of the rules that recommended it.
    pub rules: Vec<String>,
    /// Codes of the behaviours that it is about.
    pub behaviours: Vec<String>,
    /// The action that is added to the plan; `None` if the advice was declined.
    pub planned: Option<Planned>,
}

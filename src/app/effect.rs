//! What goes out of the screens: work for the worker thread and for the thread that has the terminal, grouped by who
//! does it. What comes of it is a [`Msg`](super::Msg).

use super::look_back::LookBack;
use crate::domain::{
    ActionStatus, Answer, By, CameOut, Correction, Day, Engagement, FocusSet, Intent, NoteFor, Organisation, Party,
    Piece, ReleaseItem, ReportFormat, Session, Slot, Verdict,
};
use crate::seal::Secret;

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Change the records.
    Records(RecordsJob),
    /// Keep or forget what is being written.
    Draft(DraftJob),
    /// Open other records.
    People(PeopleJob),
    /// Lock, unlock, copy or put back the records as a whole, of any person.
    Vault(VaultJob),
    /// Find something out; the records stay as they are.
    Look(Query),
    /// Write a report for somebody, in this form, to this file.
    Report(Party, ReportFormat, String),
    /// Done by the thread that has the terminal, which nobody else can.
    Terminal(TerminalJob),
}

/// A change of the records, which are read again after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordsJob {
    /// Save an answer and drop its draft.
    SaveAnswer(Box<Answer>),
    /// Put aside what was noticed of these concerns.
    PutAside(Vec<String>),
    /// Record what somebody made of an advice.
    Decide(Box<Decision>),
    /// Add an action that came from nobody's advice.
    AddAction(Box<Planned>),
    /// Change an action.
    ChangeAction(Box<Changed>),
    /// State the person's level and organisation.
    SetPerson(Option<String>, Organisation),
    /// State name, e-mail address and consent of the person whose records are open.
    SetCard(String, String, Option<Day>),
    /// Put an entry of the journal right.
    Correct(Piece, Box<Correction>),
    /// Take an entry back, or a part of it.
    Withdraw(Piece),
    /// Add a note to a session that has ended: its id, the words, who may read it.
    AddNote(String, String, NoteFor),
    /// Keep an agreement.
    KeepEngagement(Box<Engagement>),
    /// Keep a focus set.
    KeepFocus(Box<FocusSet>),
    /// End a session and keep it: the session, the doubt about names that was read already, and whether private lines are
    /// on the screen.
    EndSession(Box<Session>, String, bool),
    /// Begin a comparison over the focus set.
    BeginComparison,
    /// Put one view of a comparison away: its id, whose, and the answers.
    SealView(String, By, Vec<Answer>),
    /// Open both views of this comparison.
    OpenComparison(String),
    /// Tick lines for the sponsor, or take ticks back.
    Release(Vec<(ReleaseItem, bool)>),
}

/// What is being written, on its way to the disk after every key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftJob {
    /// Keep an unfinished answer.
    KeepAnswer(Box<Answer>),
    /// Forget the draft on a behaviour: framework, code.
    DropAnswer(String, String),
    /// Keep a text under a slot.
    KeepText(Slot, String),
    /// Forget the text under a slot.
    DropText(Slot),
}

/// Whose records are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleJob {
    /// Open the records of this client, or one's own.
    TurnTo(Option<String>),
    /// Add a client of this name and open their records.
    AddClient(String),
}

/// The records as a whole: passphrase, backup, restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultJob {
    /// Let go of the records and their key.
    PutAway,
    /// Open records that are put away or locked, with what was typed.
    Unlock(Option<Secret>),
    /// Lock them with this passphrase.
    SetPassphrase(Secret),
    /// With the old one or the paper key, set this one.
    ChangePassphrase(Secret, Secret),
    /// With the old one or the paper key, take it away.
    RemovePassphrase(Secret),
    /// Make another paper key.
    NewPaperKey,
    /// Note that a passphrase was offered and put off.
    DeclinePassphrase,
    /// Draw four words for a passphrase.
    OfferWords,
    /// Copy the records now.
    BackUp,
    /// Find the backups that there are.
    ListBackups,
    /// Open a backup with what was typed, and check every page of it.
    CheckBackup(String, Option<Secret>),
    /// Put a backup in place, and open it with what was typed.
    Restore(String, Option<Secret>),
}

/// Something to be found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// The records as they are now: the day is another one.
    Refresh,
    /// Every pack and rule, and how it came out.
    Rulebook,
    /// The rule of this id whole.
    Rule(String),
    /// How things changed or what was written, put together from what is in memory.
    LookBack(LookBack),
    /// What the sponsor could read.
    Releasable,
    /// Where such a report would be written.
    SuggestPath(Party, ReportFormat),
    /// Whether the private notes of today's sessions may name somebody.
    DoubtPrivate,
    /// Whether the folders of packs are different; they are read again then, or if somebody asked.
    Reread {
        /// Somebody asked.
        asked: bool,
    },
    /// Whether another program, which has the records open to write, has changed them or has ended. Holds what was told of
    /// it.
    ChangedElsewhere(String),
}

/// Work for the thread that has the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalJob {
    /// Hand a text to the terminal, for the clipboard.
    Copy(String),
    /// Draw the page in front, so that it can be copied.
    CopyPage,
    /// Have this text edited by a person's own editor.
    EditOutside(String),
    /// Stop the program, until somebody makes it go on.
    Suspend,
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

impl Planned {
    /// Everything that was written in it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), &self.first_step].into_iter().chain(self.intent.words())
    }
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

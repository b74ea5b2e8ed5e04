//! What comes into the screens and what goes out of them.

use std::sync::Arc;

use super::look_back::LookBack;
use super::model::Tone;
use super::mouse::Wheel;
use super::outside::Edited;
use crate::command::{Chord, Command};
use crate::domain::{
    Action, ActionStatus, Advised, Answer, By, CameOut, Correction, Day, Dossier, Engagement, FocusSet, Intent,
    Journal, Library, NoteFor, Organisation, Party, Person, Piece, Profile, Progress, ReleaseItem, RuleDetail,
    Rulebook, Safety, SafetyNotice, Session, Shut, Verdict, Waiting,
};
use crate::seal::Secret;
use crate::search::Index;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Chord),
    /// A command was chosen by its name: from the palette, by the mouse, or as a line of the plain mode.
    Run(Command),
    /// The row with this number, counted from 0, is to be marked in the list in front.
    Mark(usize),
    /// The mouse was clicked at this column and row of the screen.
    Click(u16, u16),
    /// Its wheel was turned.
    Wheel(Wheel),
    /// Text was pasted.
    Paste(String),
    /// The page in front is drawn as it is now, and can be copied.
    PageDrawn,
    /// What is being written is to be this text; one step of undo.
    Replace(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The packs are open and can be searched; rules and records follow.
    Searchable(Arc<Library>, Arc<Index>),
    /// Packs, rules and records are open.
    Opened(Box<Opened>),
    /// An effect was done: the records as they are now, and a word about it.
    Refreshed(Box<Snapshot>, String),
    /// Another window has changed the records: they are so now.
    ChangedElsewhere(Box<Snapshot>),
    /// The answer that was on its way reached the disk.
    Saved(Box<Snapshot>, String),
    /// It did not: why, and the next step.
    NotSaved(String),
    /// A draft reached the disk at this time of day.
    DraftKept(String),
    /// It did not: why, and the next step. What was written is tried again.
    DraftNotKept(String),
    /// Nobody saves anything any more; what is said about it stays.
    Gone(String),
    /// A text comes back from another program.
    Edited(Edited),
    /// Another effect was not done: why, and the next step.
    Failed(String),
    /// Nothing happened until the next deadline.
    Idle,
    /// The day on the clock, which may have changed.
    Day(Day),
    /// Every pack and rule, and how it came out.
    Rulebook(Box<Rulebook>),
    /// How things changed, of these records.
    Progress(Box<Progress>, Arc<Dossier>),
    /// Everything that was written, of these records.
    Journal(Arc<Journal>, Arc<Dossier>),
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
    /// The records of another person are open.
    Turned(Box<Snapshot>),
    /// Something was withdrawn: the records as they are now, and a word about it.
    Withdrawn(Box<Snapshot>, String),
    /// It was not, or not wholly: why, and the next step.
    NotWithdrawn(String),
    /// A text reached the disk: its slot, and the time of day.
    TextKept(String, String),
    /// It did not: its slot, why, and the next step. It is tried again.
    TextNotKept(String, String),
    /// The text of this slot is no more: what it was the draft of has come to its end.
    TextDropped(String),
    /// The session is kept; the records as they are now, and a question about its notes or nothing.
    SessionEnded(Box<Snapshot>),
    /// Where a report would be written.
    SuggestedPath(Party, ReportForm, String),
    /// It was not written there: why, and the next step.
    NotWritten(Party, ReportForm, String, String),
    /// A session is not closed yet: its notes seem to name somebody, and they can still be changed.
    SessionDoubted(String),
    /// A view is put away, both are opened, or a comparison is begun; and whether what was put away may name somebody.
    Compared(Box<Snapshot>, bool),
    /// What the sponsor could read.
    Releasable(Vec<ReleaseItem>),
    /// What was typed in secret was not taken: why, and the next step.
    SecretRefused(String),
    /// It was: the records as they are now, and a word about it.
    SecretTaken(Box<Snapshot>, String),
    /// The records are locked; the paper key, shown once.
    PaperKey(Secret, Box<Snapshot>),
    /// Words for a passphrase.
    Words(Secret),
    /// The backups that there are, the newest first.
    Backups(Vec<BackupRow>),
    /// A backup is locked, so what opens it is asked for; its folder.
    BackupLocked(String),
    /// A backup was opened and checked: what is in it, its folder, and what opened it.
    BackupChecked(String, String, Option<Secret>),
}

/// A backup as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// Its folder.
    pub path: String,
    /// When and why it was made.
    pub words: String,
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
    pub kept: Vec<(String, String)>,
    /// What was noticed and put aside.
    pub put_aside: Vec<SafetyNotice>,
    /// How they are kept from others.
    pub safety: Safety,
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

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// A page for a browser, which prints well.
    Html,
    /// Plain text with marks.
    Markdown,
    /// Days of the plan for a calendar.
    Calendar,
}

impl ReportForm {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Html, "html"), (Self::Markdown, "markdown"), (Self::Calendar, "calendar")];

    /// The word it is kept under.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, id)| *id)
    }

    /// How the names of its files may end, without the full stop; the usual one first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm", "xhtml"],
            Self::Markdown => &["md", "markdown", "txt", "text"],
            Self::Calendar => &["ics"],
        }
    }

    /// Reads [`ReportForm::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, id)| *id == text).map(|(form, _)| *form)
    }
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
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
    /// Save an answer and drop its draft.
    SaveAnswer(Box<Answer>),
    /// Keep an unfinished answer.
    KeepDraft(Box<Answer>),
    /// Forget the draft on a behaviour: framework, code.
    DropDraft(String, String),
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
    /// Bring the records as they are now: the day is another one.
    Refresh,
    /// Bring every pack and rule, and how it came out.
    Consult,
    /// Put together how things changed or what was written, from what is in memory.
    LookBack(LookBack),
    /// Bring the rule of this id whole.
    Judge(String),
    /// Open the records of this client, or one's own.
    TurnTo(Option<String>),
    /// Add a client of this name and open their records.
    AddClient(String),
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
    /// Keep a text under a slot.
    KeepText(String, String),
    /// Forget the text under a slot.
    DropText(String),
    /// End a session and keep it.
    EndSession(Box<Session>, String, bool),
    /// Say whether the private notes of today's sessions may name somebody.
    DoubtPrivate,
    /// Begin a comparison over the focus set.
    BeginComparison,
    /// Put one view of a comparison away: its id, whose, and the answers.
    SealView(String, By, Vec<Answer>),
    /// Open both views of this comparison.
    OpenComparison(String),
    /// Bring what the sponsor could read.
    Releasable,
    /// Tick lines for the sponsor, or take ticks back.
    Release(Vec<(ReleaseItem, bool)>),
    /// Write a report for somebody.
    Report(Party, ReportForm, String),
    /// Say where such a report would be written.
    SuggestPath(Party, ReportForm),
    /// Hand a text to the terminal, for the clipboard.
    Copy(String),
    /// Draw the page in front, so that it can be copied.
    CopyPage,
    /// Have this text edited by a person's own editor.
    EditOutside(String),
    /// Stop the program, until somebody makes it go on.
    Suspend,
    /// Look at the folders of packs, and read them again if they are different or if somebody asked.
    Reread {
        /// Somebody asked.
        asked: bool,
    },
    /// Look whether another program, which has the records open to write, has changed them or has ended. Holds what was told
    /// of it.
    LookAgain(String),
}

impl Effect {
    /// Whether only the thread that has the terminal can do it.
    #[must_use]
    pub fn is_of_screen(&self) -> bool {
        matches!(self, Self::Copy(_) | Self::CopyPage | Self::EditOutside(_) | Self::Suspend)
    }
}

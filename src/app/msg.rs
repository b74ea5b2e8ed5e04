//! Input of the screens: what the user does, and the results of each [`Effect`](super::Effect), grouped in the same
//! way.

use std::sync::Arc;

use super::model::Tone;
use super::mouse::Wheel;
use super::outside::Edited;
use super::snapshot::{Opened, Snapshot};
use crate::command::{Chord, Command};
use crate::config::Settings;
use crate::domain::{
    Day, Dossier, Journal, Library, Party, Progress, ReleaseItem, ReportFormat, RuleDetail, Rulebook, Slot,
};
use crate::seal::Secret;
use crate::search::Index;

/// An event that the model has to process.
#[derive(Debug)]
pub enum Msg {
    Key(Chord),
    /// A command was chosen directly: in the palette, with the mouse, or by a line in plain mode.
    Run(Command),
    /// Mark the row with this index, counted from 0, in the list in front.
    Mark(usize),
    /// The mouse was clicked at this column and row of the screen, both counted from 0.
    Click(u16, u16),
    /// The mouse wheel was turned.
    Wheel(Wheel),
    Paste(String),
    /// Replace the text being written with this one, as one undo step.
    Replace(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// No key was pressed until the next deadline; see [`Model::idle_after`](super::Model::idle_after).
    Idle,
    /// Today's date, which may have changed.
    Day(Day),
    /// The packs are open and can be searched; the rules and the records are still to come.
    Searchable(Arc<Library>, Arc<Index>),
    /// Packs, rules and records are open.
    Opened(Box<Opened>),
    /// The result of a change to the records.
    Records(RecordsReply),
    /// The result of saving a draft.
    Draft(DraftReply),
    /// The result of work on passphrases or backups.
    Vault(VaultReply),
    /// The result of a query.
    Look(LookReply),
    /// The result of work done by the terminal thread.
    Terminal(TerminalReply),
    /// A setting was saved: the settings as they are now, and a sentence about it.
    Settings(Box<Settings>, Option<Box<Opened>>, String),
    /// Show this sentence; an effect produced nothing else.
    Told(String),
    /// An effect failed: the reason and the next step.
    Failed(String),
    /// The worker has stopped, so nothing can be saved any more; this sentence about it stays on screen.
    Gone(String),
    /// Nothing changed.
    Unchanged,
}

/// Reply to a change to the records, or to opening the records of another person.
#[derive(Debug)]
pub enum RecordsReply {
    /// The change was made: a new snapshot, and a sentence about it, which may be empty.
    Refreshed(Box<Snapshot>, String),
    /// Another window changed the records: a new snapshot.
    ChangedElsewhere(Box<Snapshot>),
    /// The answer was saved: a new snapshot, and a sentence about it.
    Saved(Box<Snapshot>, String),
    /// The answer was not saved: the reason and the next step.
    NotSaved(String),
    /// A session or a view could not be saved and is open again: the slot of its draft, and the reason with the next
    /// step.
    NotFinished(Slot, String),
    /// The records of another person are open.
    Turned(Box<Snapshot>),
    /// Something was withdrawn: a new snapshot, and a sentence about it.
    Withdrawn(Box<Snapshot>, String),
    /// The withdrawal failed, wholly or in part: the reason and the next step.
    NotWithdrawn(String),
    /// The session was saved: a new snapshot.
    SessionEnded(Box<Snapshot>),
    /// The session was not closed, because its notes seem to name somebody and can still be changed: the warning.
    SessionDoubted(String),
    /// A view was put away, both views were opened, or a comparison was begun. The flag says whether the view that was
    /// put away may name somebody.
    Compared(Box<Snapshot>, bool),
}

/// Reply to saving or deleting a draft.
#[derive(Debug)]
pub enum DraftReply {
    /// The draft of an answer was saved, at this time of day.
    AnswerKept(String),
    /// The draft of an answer was not saved: the reason and the next step. Saving is tried again.
    AnswerNotKept(String),
    /// A text was saved: its slot, and the time of day.
    TextKept(Slot, String),
    /// A text was not saved: its slot, and the reason with the next step. Saving is tried again.
    TextNotKept(Slot, String),
    /// The draft in this slot was deleted, because its text was submitted or discarded.
    TextDropped(Slot),
}

/// Reply to work on passphrases and backups.
#[derive(Debug)]
pub enum VaultReply {
    /// The passphrase or key that was typed was rejected: the reason and the next step.
    SecretRefused(String),
    /// It was accepted: a new snapshot, and a sentence about it.
    SecretTaken(Box<Snapshot>, String),
    /// The records are locked: the paper key, which is shown once, and a new snapshot.
    PaperKey(Secret, Box<Snapshot>),
    /// Words offered as a passphrase.
    Words(Secret),
    /// The existing backups, newest first.
    Backups(Vec<BackupRow>),
    /// A backup is locked, so its passphrase or paper key is needed: the folder of the backup.
    BackupLocked(String),
    /// A backup was opened and checked: a description of its content, its folder, and the secret that opened it, if one
    /// was needed.
    BackupChecked(String, String, Option<Secret>),
    /// A backup was not restored: what could be opened of the records that are still in place, and why.
    NotRestored(Box<Opened>, String),
}

/// Reply to a query.
#[derive(Debug)]
pub enum LookReply {
    /// All packs and rules, and the result of each rule.
    Rulebook(Box<Rulebook>),
    /// One rule in full; `None` if it no longer exists.
    Rule(Option<Box<RuleDetail>>),
    /// Progress, and the dossier from which it was computed.
    Progress(Box<Progress>, Arc<Dossier>),
    /// The journal, and the dossier from which it was built.
    Journal(Arc<Journal>, Arc<Dossier>),
    /// The search index of a journal.
    JournalIndexed(Arc<Journal>, Arc<Index>),
    /// The lines that the sponsor could be allowed to read.
    Releasable(Vec<ReleaseItem>),
    /// The path suggested for a report.
    SuggestedPath(Party, ReportFormat, String),
    /// A report was not written to this path: the reason and the next step.
    NotWritten(Party, ReportFormat, String, String),
    /// The packs were read again and have changed; the sentence says so.
    Reread(Box<Opened>, Tone, String),
}

/// Reply to work done by the terminal thread.
#[derive(Debug)]
pub enum TerminalReply {
    /// The page in front was drawn in its current state and can be copied.
    PageDrawn,
    /// A text came back from an external editor.
    Edited(Edited),
}

/// A backup as it is offered for restoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// Folder of the backup.
    pub path: String,
    /// When and why the backup was made, in words.
    pub words: String,
}

//! What comes into the screens: what somebody does, and what came of an [`Effect`](super::Effect), grouped as those are.

use std::sync::Arc;

use super::model::Tone;
use super::mouse::Wheel;
use super::outside::Edited;
use super::snapshot::{Opened, Snapshot};
use crate::command::{Chord, Command};
use crate::domain::{
    Day, Dossier, Journal, Library, Party, Progress, ReleaseItem, ReportFormat, RuleDetail, Rulebook, Slot,
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
    /// What is being written is to be this text; one step of undo.
    Replace(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// Nothing happened until the next deadline.
    Idle,
    /// The day on the clock, which may have changed.
    Day(Day),
    /// The packs are open and can be searched; rules and records follow.
    Searchable(Arc<Library>, Arc<Index>),
    /// Packs, rules and records are open.
    Opened(Box<Opened>),
    /// The records were changed, or not.
    Records(RecordsReply),
    /// What is being written reached the disk, or not.
    Draft(DraftReply),
    /// Of passphrases and backups.
    Vault(VaultReply),
    /// What was asked for was found out.
    Look(LookReply),
    /// Of the thread that has the terminal.
    Terminal(TerminalReply),
    /// Something was asked for and there is nothing to do but to say so.
    Told(String),
    /// An effect was not done: why, and the next step.
    Failed(String),
    /// Nobody saves anything any more; what is said about it stays.
    Gone(String),
    /// Nothing is different.
    Unchanged,
}

/// What came of a change of the records, or of opening others.
#[derive(Debug)]
pub enum RecordsReply {
    /// It was done: the records as they are now, and a word about it.
    Refreshed(Box<Snapshot>, String),
    /// Another window has changed the records: they are so now.
    ChangedElsewhere(Box<Snapshot>),
    /// The answer that was on its way reached the disk.
    Saved(Box<Snapshot>, String),
    /// It did not: why, and the next step.
    NotSaved(String),
    /// What was to be finished was not, and is open again: the slot of its draft, why, and the next step.
    NotFinished(Slot, String),
    /// The records of another person are open.
    Turned(Box<Snapshot>),
    /// Something was withdrawn: the records as they are now, and a word about it.
    Withdrawn(Box<Snapshot>, String),
    /// It was not, or not wholly: why, and the next step.
    NotWithdrawn(String),
    /// The session is kept; the records as they are now.
    SessionEnded(Box<Snapshot>),
    /// A session is not closed yet: its notes seem to name somebody, and they can still be changed.
    SessionDoubted(String),
    /// A view is put away, both are opened, or a comparison is begun; and whether what was put away may name somebody.
    Compared(Box<Snapshot>, bool),
}

/// What came of keeping what is being written.
#[derive(Debug)]
pub enum DraftReply {
    /// A draft of an answer reached the disk at this time of day.
    AnswerKept(String),
    /// It did not: why, and the next step. What was written is tried again.
    AnswerNotKept(String),
    /// A text reached the disk: its slot, and the time of day.
    TextKept(Slot, String),
    /// It did not: its slot, why, and the next step. It is tried again.
    TextNotKept(Slot, String),
    /// The text of this slot is no more: what it was the draft of has come to its end.
    TextDropped(Slot),
}

/// What came of a passphrase or a backup.
#[derive(Debug)]
pub enum VaultReply {
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

/// What was found out.
#[derive(Debug)]
pub enum LookReply {
    /// Every pack and rule, and how it came out.
    Rulebook(Box<Rulebook>),
    /// One rule whole; `None` if it is no longer there.
    Rule(Option<Box<RuleDetail>>),
    /// How things changed, of these records.
    Progress(Box<Progress>, Arc<Dossier>),
    /// Everything that was written, of these records.
    Journal(Arc<Journal>, Arc<Dossier>),
    /// The index of a journal.
    JournalIndexed(Arc<Journal>, Arc<Index>),
    /// What the sponsor could read.
    Releasable(Vec<ReleaseItem>),
    /// Where a report would be written.
    SuggestedPath(Party, ReportFormat, String),
    /// It was not written there: why, and the next step.
    NotWritten(Party, ReportFormat, String, String),
    /// The packs were read again, and what the screens read is different; with a word about it.
    Reread(Box<Opened>, Tone, String),
}

/// What came of work of the thread that has the terminal.
#[derive(Debug)]
pub enum TerminalReply {
    /// The page in front is drawn as it is now, and can be copied.
    PageDrawn,
    /// A text comes back from another program.
    Edited(Edited),
}

/// A backup as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// Its folder.
    pub path: String,
    /// When and why it was made.
    pub words: String,
}

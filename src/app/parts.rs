//! The parts of a session: the stages of its model, and the parts around them, which differ for two people and for one.

use super::edit::EditBuffer;
use crate::domain::{CHECK_IN, ConversationModel, Library, ModelKind, SUMMARY, SessionKind};

/// The purpose of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// Looking back at what was agreed last time.
    Agenda,
    /// Talking or writing about something.
    Write,
    /// Agreeing on actions.
    Agreed,
    /// The page that is read together before the end.
    Page,
}

/// A part of a session. Parts may be done in any order, and any may be skipped.
#[derive(Debug, Clone)]
pub struct Part {
    /// `agenda`, `check-in`, `talk`, `agreed`, `summary`, `page`, or the id of a stage.
    pub id: String,
    pub title: String,
    /// What the part is for; may be empty.
    pub aim: String,
    /// Open questions to ask.
    pub prompts: Vec<String>,
    pub kind: PartKind,
    /// The note that both may read.
    pub shared: EditBuffer,
    /// The note that only the coach may read.
    pub private: EditBuffer,
}

/// Creates a part without notes.
pub(super) fn part(kind: PartKind, id: &str, title: &str, aim: &str, prompts: &[&str]) -> Part {
    Part {
        id: id.to_owned(),
        title: title.to_owned(),
        aim: aim.to_owned(),
        prompts: prompts.iter().map(|text| (*text).to_owned()).collect(),
        kind,
        shared: EditBuffer::new(""),
        private: EditBuffer::new(""),
    }
}

/// Returns the parts of a session with this model: its stages, or a single part for a free talk, and the parts around
/// them.
pub(super) fn parts(kind: SessionKind, model: Option<&ConversationModel>) -> Vec<Part> {
    let stages = model.into_iter().flat_map(|model| &model.stages).map(|stage| {
        let prompts: Vec<&str> = stage.prompts.iter().map(String::as_str).collect();
        part(PartKind::Write, &stage.id, &stage.title, &stage.aim, &prompts)
    });
    let stages: Vec<Part> = stages.collect();
    let talk =
        || part(PartKind::Write, "talk", "Talk", "Note what matters from the conversation.", &["What is it about?"]);
    let stages = if stages.is_empty() { vec![talk()] } else { stages };
    let about = match kind {
        SessionKind::Alone => "Write what will happen, in small first steps.",
        SessionKind::OneToOne => "Agree what will happen, in small first steps.",
    };
    let agreed = part(PartKind::Agreed, "agreed", "Agreed", about, &[]);
    let page = part(PartKind::Page, "page", "Summary", "", &[]);
    if kind == SessionKind::Alone {
        return stages.into_iter().chain([agreed, page]).collect();
    }
    let check_in = part(
        PartKind::Write,
        CHECK_IN,
        "Check-in",
        "Settle in, and agree what this hour is for.",
        &["How are you today?", "What would make this hour useful?", "What has changed since last time?"],
    );
    let summary = part(
        PartKind::Write,
        SUMMARY,
        "Sum up",
        "Use the client's own words where you can.",
        &["What will you take away?", "What was most useful? What should be different next time?"],
    );
    let agenda = part(PartKind::Agenda, "agenda", "Last time", "", &[]);
    [agenda, check_in].into_iter().chain(stages).chain([agreed, summary, page]).collect()
}

impl Part {
    /// Returns whether the part has a note that may be shown; private notes count only if `private` is set.
    #[must_use]
    pub fn is_seen(&self, private: bool) -> bool {
        if private { self.is_written() } else { !self.shared.text().trim().is_empty() }
    }

    /// Returns whether the part has a note, private or not.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !self.shared.text().trim().is_empty() || !self.private.text().trim().is_empty()
    }
}

/// Returns the models for a kind of session: conversations for two people, reflections for one.
pub(super) fn models(library: &Library, kind: SessionKind) -> impl Iterator<Item = &ConversationModel> {
    let wanted = match kind {
        SessionKind::OneToOne => ModelKind::Conversation,
        SessionKind::Alone => ModelKind::Reflection,
    };
    library.models.iter().filter(move |model| model.kind == wanted)
}

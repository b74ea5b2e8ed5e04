//! The parts of a session: what stands around the stages of a model when two talk, and when one writes.

use super::edit::EditBuffer;
use crate::domain::{CHECK_IN, ConversationModel, Library, ModelKind, SUMMARY, SessionKind};

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// What was agreed last time, to be looked back at.
    Agenda,
    /// Something to talk or write about.
    Write,
    /// What will happen.
    Agreed,
    /// The page that is read together before the end.
    Page,
}

/// One part of a session. Any order, any may be left out.
#[derive(Debug, Clone)]
pub struct Part {
    /// `check-in`, `summary`, or the id of a stage.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is for; may be empty.
    pub aim: String,
    /// Open questions to ask.
    pub prompts: Vec<String>,
    /// What it is.
    pub kind: PartKind,
    /// What both may read.
    pub shared: EditBuffer,
    /// What the coach alone may read.
    pub private: EditBuffer,
}

/// A part with nothing written in it.
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

/// The parts around and between the stages of a model.
pub(super) fn parts(kind: SessionKind, model: Option<&ConversationModel>) -> Vec<Part> {
    let stages = model.into_iter().flat_map(|model| &model.stages).map(|stage| {
        let prompts: Vec<&str> = stage.prompts.iter().map(String::as_str).collect();
        part(PartKind::Write, &stage.id, &stage.title, &stage.aim, &prompts)
    });
    let stages: Vec<Part> = stages.collect();
    let talk =
        || part(PartKind::Write, "talk", "Talk", "What is worth keeping of what is said.", &["What is it about?"]);
    let stages = if stages.is_empty() { vec![talk()] } else { stages };
    let agreed = part(PartKind::Agreed, "agreed", "Agreed", "What will happen, in small first steps.", &[]);
    let page = part(PartKind::Page, "page", "Page", "", &[]);
    if kind == SessionKind::Alone {
        return stages.into_iter().chain([agreed, page]).collect();
    }
    let check_in = part(
        PartKind::Write,
        CHECK_IN,
        "Check-in",
        "Arrive, and agree what this hour is for.",
        &["How are you coming in today?", "What would make this hour worth it?", "What has moved since last time?"],
    );
    let summary = part(
        PartKind::Write,
        SUMMARY,
        "Sum up",
        "In the client's own words where you can.",
        &["What do you take with you?", "What was most useful, and what should be different next time?"],
    );
    let agenda = part(PartKind::Agenda, "agenda", "Last time", "", &[]);
    [agenda, check_in].into_iter().chain(stages).chain([agreed, summary, page]).collect()
}

impl Part {
    /// Something is written in it that may be seen.
    #[must_use]
    pub fn is_seen(&self, private: bool) -> bool {
        if private { self.is_written() } else { !self.shared.text().trim().is_empty() }
    }

    /// Something is written in it.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !self.shared.text().trim().is_empty() || !self.private.text().trim().is_empty()
    }
}

/// The models that fit a kind of session: talks for two, reflections for one.
pub(super) fn models(library: &Library, kind: SessionKind) -> impl Iterator<Item = &ConversationModel> {
    let wanted = match kind {
        SessionKind::OneToOne => ModelKind::Conversation,
        SessionKind::Alone => ModelKind::Reflection,
    };
    library.models.iter().filter(move |model| model.kind == wanted)
}

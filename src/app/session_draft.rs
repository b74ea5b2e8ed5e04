//! A session in progress: its parts, the notes in them, and its draft, which is saved after every key so that the
//! session can be resumed at the same position however the program ended.

use serde::{Deserialize, Serialize};

use super::edit::EditBuffer;
use super::keeping::{Keeping, drafted};
use super::parts::{Part, PartKind, part, parts};
use crate::domain::{
    ConversationModel, Day, Library, Note, NoteFor, Session, SessionKind, Slot, clean, cleaned, count,
};

/// A session in progress.
#[derive(Debug, Clone)]
pub struct SessionDraft {
    /// Alone or with a client.
    pub kind: SessionKind,
    /// Id of the conversation model; `None` for a free talk.
    pub model: Option<String>,
    /// The parts in order; at least one.
    pub parts: Vec<Part>,
    /// Index of the part in front, counted from 0.
    pub at: usize,
    /// Whether the caret is in the coach's private note.
    pub in_private: bool,
    /// Day on which it was begun.
    pub begun: Day,
    /// Elapsed seconds, without those since [`SessionDraft::since`].
    pub spent: u64,
    /// Time at which the clock was last started, in seconds since the program started; `None` while it is stopped.
    pub since: Option<u64>,
    /// Full codes of the behaviours that were looked up and noted.
    pub behaviours: Vec<String>,
    /// Ids of the actions that were in the plan when it was begun.
    pub known: Vec<String>,
    /// Scroll offset of the questions above the text, in rows.
    pub scroll: u16,
    /// Whether the draft is saved.
    pub keeping: Keeping,
    /// The warning about its notes that the user has read; closing the session again then succeeds.
    pub doubted: String,
}

/// The draft, as written by [`SessionDraft::draft`].
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    kind: String,
    model: Option<String>,
    part: String,
    in_private: bool,
    caret: usize,
    begun: String,
    spent: u64,
    behaviours: Vec<String>,
    known: Vec<String>,
    notes: Vec<KeptNote>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptNote {
    part: String,
    title: String,
    shared: String,
    private: String,
}

impl SessionDraft {
    /// Begins a session with a model; `None` for a free talk.
    #[must_use]
    pub fn begin(
        kind: SessionKind,
        model: Option<&ConversationModel>,
        today: Day,
        now: u64,
        known: Vec<String>,
    ) -> Self {
        Self {
            kind,
            model: model.map(|model| model.id.clone()),
            parts: parts(kind, model),
            at: 0,
            in_private: false,
            begun: today,
            spent: 0,
            since: Some(now),
            behaviours: Vec::new(),
            known,
            scroll: 0,
            keeping: Keeping::begun(),
            doubted: String::new(),
        }
    }

    /// Resumes a session from its draft, at the same position; `None` if the text is not such a draft.
    #[must_use]
    pub fn resume(library: &Library, body: &str, now: u64) -> Option<Self> {
        let kept: Kept = serde_json::from_str(body).ok()?;
        let kind = SessionKind::parse(&kept.kind)?;
        let model = kept.model.as_deref().and_then(|id| library.models.iter().find(|model| model.id == id));
        let mut sitting =
            Self::begin(kind, model, kept.begun.parse().ok()?, now, kept.known.into_iter().map(cleaned).collect());
        sitting.model = kept.model.map(cleaned);
        for note in kept.notes {
            sitting.fill(&note);
        }
        sitting.at = sitting.parts.iter().position(|part| part.id == kept.part).unwrap_or(0);
        (sitting.in_private, sitting.spent) = (kept.in_private, kept.spent);
        sitting.behaviours = kept.behaviours.into_iter().map(cleaned).collect();
        sitting.keeping = Keeping::resumed();
        if let Some(buffer) = sitting.buffer_mut() {
            buffer.place_caret(kept.caret);
        }
        Some(sitting)
    }

    /// Restores a note; if the model no longer has its part, the note gets a part of its own.
    fn fill(&mut self, note: &KeptNote) {
        let at = self.parts.iter().position(|part| part.id == note.part).unwrap_or_else(|| {
            let before = self.parts.iter().position(|part| part.kind == PartKind::Agreed).unwrap_or(self.parts.len());
            self.parts.insert(before, part(PartKind::Write, &clean(&note.part), &clean(&note.title), "", &[]));
            before
        });
        if let Some(part) = self.parts.get_mut(at) {
            (part.shared, part.private) = (EditBuffer::new(&note.shared), EditBuffer::new(&note.private));
        }
    }

    /// Returns the draft as JSON. `now` is in seconds since the program started.
    #[must_use]
    pub fn draft(&self, now: u64) -> String {
        let notes = self.parts.iter().filter(|part| part.is_written()).map(|part| KeptNote {
            part: part.id.clone(),
            title: part.title.clone(),
            shared: part.shared.text().to_owned(),
            private: part.private.text().to_owned(),
        });
        let kept = Kept {
            kind: self.kind.id().to_owned(),
            model: self.model.clone(),
            part: self.part().map(|part| part.id.clone()).unwrap_or_default(),
            in_private: self.in_private,
            caret: self.buffer().map_or(0, EditBuffer::caret),
            begun: self.begun.to_string(),
            spent: self.seconds(now),
            behaviours: self.behaviours.clone(),
            known: self.known.clone(),
            notes: notes.collect(),
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Continues with another model. Notes are kept, in parts of their own if the new model has none for them.
    pub fn change_model(&mut self, model: Option<&ConversationModel>) {
        let written: Vec<KeptNote> = self
            .parts
            .iter()
            .filter(|part| part.is_written())
            .map(|part| KeptNote {
                part: part.id.clone(),
                title: part.title.clone(),
                shared: part.shared.text().to_owned(),
                private: part.private.text().to_owned(),
            })
            .collect();
        let here = self.part().map(|part| part.id.clone()).unwrap_or_default();
        self.model = model.map(|model| model.id.clone());
        self.parts = parts(self.kind, model);
        for note in &written {
            self.fill(note);
        }
        let first = self.parts.iter().position(|part| model.is_some_and(|m| m.stages.iter().any(|s| s.id == part.id)));
        let same = self.parts.iter().position(|part| part.id == here);
        self.go(same.or(first).unwrap_or(0));
        self.keeping.change();
    }

    /// Returns the part in front.
    #[must_use]
    pub fn part(&self) -> Option<&Part> {
        self.parts.get(self.at)
    }

    /// Returns the text being written; `None` if the part has no notes.
    #[must_use]
    pub fn buffer(&self) -> Option<&EditBuffer> {
        let part = self.part().filter(|part| part.kind == PartKind::Write)?;
        Some(if self.in_private { &part.private } else { &part.shared })
    }

    /// Mutable version of [`SessionDraft::buffer`].
    pub fn buffer_mut(&mut self) -> Option<&mut EditBuffer> {
        let in_private = self.in_private;
        let part = self.parts.get_mut(self.at).filter(|part| part.kind == PartKind::Write)?;
        Some(if in_private { &mut part.private } else { &mut part.shared })
    }

    /// Goes to a part and its shared note; a private note is opened only on request.
    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.parts.len().saturating_sub(1));
        (self.in_private, self.scroll) = (false, 0);
        self.keeping.change();
    }

    /// Goes to the part before or after. Words that follow a private note are private too, until the other note is
    /// asked for.
    pub fn step(&mut self, by: isize) {
        let was_private = self.in_private;
        self.go(self.at.saturating_add_signed(by));
        self.in_private = was_private;
    }

    /// Returns the elapsed time in seconds.
    #[must_use]
    pub fn seconds(&self, now: u64) -> u64 {
        self.spent + self.since.map_or(0, |since| now.saturating_sub(since))
    }

    /// Returns the elapsed time in words, such as `23 min`, or `just begun` in the first minute.
    #[must_use]
    pub fn time_words(&self, now: u64) -> String {
        match usize::try_from(self.seconds(now) / 60).unwrap_or(0) {
            0 => "just started".to_owned(),
            minutes => format!("{minutes} min"),
        }
    }

    /// Returns whether nothing was written or noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.behaviours.is_empty() && !self.parts.iter().any(Part::is_written)
    }

    /// Builds the session to be saved. All ids are empty.
    #[must_use]
    pub fn session(&self, now: u64, actions: Vec<String>) -> Session {
        let mut notes = Vec::new();
        for part in self.parts.iter().filter(|part| part.kind == PartKind::Write) {
            for (seen, buffer) in [(NoteFor::Shared, &part.shared), (NoteFor::Coach, &part.private)] {
                let text = buffer.text().trim();
                if !text.is_empty() {
                    notes.push(Note {
                        id: String::new(),
                        part: part.id.clone(),
                        title: part.title.clone(),
                        text: text.to_owned(),
                        seen,
                    });
                }
            }
        }
        Session {
            id: String::new(),
            kind: self.kind,
            on: self.begun,
            minutes: u32::try_from(self.seconds(now).div_ceil(60)).unwrap_or(u32::MAX),
            model: self.model.clone(),
            engagement: None,
            purpose: crate::domain::EngagementPurpose::default(),
            paid: false,
            notes,
            behaviours: self.behaviours.clone(),
            actions,
        }
    }

    /// Returns a summary such as `GROW, 3 parts written`. A part that has only a private note is counted if `private`
    /// is set.
    #[must_use]
    pub fn words(&self, library: &Library, private: bool) -> String {
        let model = self.model.as_deref().and_then(|id| library.models.iter().find(|model| model.id == id));
        let title = model.map_or("a free talk", |model| model.title.as_str());
        let written = self.parts.iter().filter(|part| part.is_seen(private)).count();
        format!("{title}, {} written", count(written, "part", "parts"))
    }
}

drafted!(SessionDraft, |_| Some(Slot::Session), |sitting, now| sitting.draft(now));

#[cfg(test)]
mod tests {
    use super::super::parts::models;
    use super::*;

    fn library() -> Library {
        crate::pack::load(&crate::pack::builtin_packs()).library
    }

    fn today() -> Day {
        jiff::civil::date(2026, 11, 22)
    }

    #[test]
    fn a_session_opens_again_at_the_same_place_with_every_letter() {
        let library = library();
        let grow = models(&library, SessionKind::OneToOne).next().expect("there is a model");
        let mut sitting = SessionDraft::begin(SessionKind::OneToOne, Some(grow), today(), 100, vec!["a".to_owned()]);
        sitting.go(2);
        for c in "h\u{e9}llo".chars() {
            sitting.buffer_mut().expect("a stage is written in").type_char(c);
        }
        sitting.buffer_mut().expect("it is").place_caret(3);
        sitting.in_private = true;
        for c in "tired".chars() {
            sitting.buffer_mut().expect("it is").type_char(c);
        }
        sitting.behaviours.push("x/FL-5".to_owned());
        let again = SessionDraft::resume(&library, &sitting.draft(400), 10).expect("its own draft");
        assert_eq!((again.at, again.in_private, again.seconds(70)), (2, true, 360));
        assert_eq!(again.part().map(|part| part.shared.text()), Some("h\u{e9}llo"));
        assert_eq!(again.buffer().map(|b| (b.text(), b.caret())), Some(("tired", 5)));
        assert_eq!((again.behaviours.len(), again.known.len()), (1, 1));
        assert!(SessionDraft::resume(&library, "{}", 0).is_none());
    }

    #[test]
    fn words_of_a_stage_that_is_gone_are_kept_in_a_part_of_their_own() {
        let library = library();
        let mut all = models(&library, SessionKind::OneToOne);
        let (first, second) = (all.next().expect("one"), all.next().expect("two"));
        let mut sitting = SessionDraft::begin(SessionKind::OneToOne, Some(first), today(), 0, Vec::new());
        sitting.go(2);
        sitting.buffer_mut().expect("a stage").paste("Kept.");
        sitting.change_model(Some(second));
        let session = sitting.session(59, Vec::new());
        assert_eq!(session.notes.len(), 1);
        assert_eq!((session.notes[0].text.as_str(), session.minutes), ("Kept.", 1));
    }

    #[test]
    fn alone_there_is_no_agenda_and_the_short_way_is_short() {
        let library = library();
        let shortest = models(&library, SessionKind::Alone).min_by_key(|model| model.minutes).expect("one");
        assert!(shortest.minutes < 10);
        let sitting = SessionDraft::begin(SessionKind::Alone, Some(shortest), today(), 0, Vec::new());
        assert!(sitting.parts.iter().all(|part| part.kind != PartKind::Agenda));
        assert_eq!(sitting.time_words(59), "just started");
        assert_eq!(sitting.time_words(125), "2 min");
    }
}

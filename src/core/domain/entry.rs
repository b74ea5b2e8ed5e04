//! Entries of the journal: one written item each, with the place where it was written.

use super::course::quotes;
use super::{Action, Answer, By, Day, Library, NoteFor, QUICK_NOTE, Quote, Rated, Session, SessionKind, SetAside};

/// What an entry was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// An answer about a behaviour, with or without text.
    Answer,
    /// A note of a session.
    Note,
    /// Text of an action, such as the wish behind it or what was learned.
    Action,
    /// The reason for setting an activity aside.
    Reason,
}

impl EntryKind {
    /// Returns the identifier shown on the screen, typed after `kind:` and used in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Note => "note",
            Self::Action => "action",
            Self::Reason => "reason",
        }
    }
}

/// Where an entry was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// In an answer: framework id, code of the behaviour, id of the answer.
    Answer(String, String, String),
    /// In the session with this id.
    Session(String),
    /// In the action with this id.
    Action(String),
    /// On the advice screen.
    Advice,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Record id.
    pub id: String,
    /// Day of the entry.
    pub on: Day,
    /// What the entry was made from.
    pub kind: EntryKind,
    /// The subject, in a few words.
    pub title: String,
    /// The rating in the words in which it was given; empty if there is none.
    pub rated: String,
    /// Why the answer does not count today; empty if it counts.
    pub aside: String,
    /// Questions with what was written in response, in order. The question of an example in an answer is empty.
    pub texts: Vec<Quote>,
    /// `framework/CODE` of each behaviour that the entry is about.
    pub behaviours: Vec<String>,
    /// The author; `None` for what two people wrote together.
    pub by: Option<By>,
    /// Only the coach may read it.
    pub private: bool,
    /// Where it was written.
    pub place: Written,
}

impl Library {
    /// Returns the full codes of the behaviours that a text names by their codes, such as `FL-5`, in their order.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Vec<String> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/')));
        let mut found: Vec<String> = Vec::new();
        for word in words.filter(|word| word.contains('-') && word.len() <= 40) {
            let code = self.find(word).ok().map(|ix| self.behaviour(ix).full_code());
            found.extend(code.filter(|code| !found.contains(code)));
        }
        found
    }
}

impl Entry {
    /// Returns whether the entry contains a recent example.
    #[must_use]
    pub fn has_example(&self) -> bool {
        self.kind == EntryKind::Answer && self.texts.iter().any(|text| text.asked.is_empty())
    }

    /// Returns the author in words.
    #[must_use]
    pub fn whose(&self) -> &'static str {
        match self.by {
            Some(By::Myself) => "you",
            Some(By::Coach) => "your coach",
            Some(By::Other) => "another person",
            None => "both of you",
        }
    }
}

/// Builds the entry of an answer, with or without text.
pub(super) fn of_answer(library: &Library, answer: &Answer, today: Day) -> Entry {
    let given = library.worded(answer);
    let rated = if answer.rated == Rated::Unanswered { String::new() } else { given.rating_words() };
    let aside = library.counted(answer, today).err().map(|why| why.words(&answer.edition)).unwrap_or_default();
    Entry {
        id: answer.id.clone(),
        on: answer.on,
        kind: EntryKind::Answer,
        title: format!("{} {}", answer.behaviour, given.wording.title).trim_end().to_owned(),
        rated,
        aside,
        texts: quotes(library, answer).collect(),
        behaviours: vec![format!("{}/{}", answer.framework, answer.behaviour)],
        by: Some(answer.by),
        private: false,
        place: Written::Answer(answer.framework.clone(), answer.behaviour.clone(), answer.id.clone()),
    }
}

/// Builds the entry of a reason for setting an activity aside.
pub(super) fn of_reason(library: &Library, reason: &SetAside) -> Entry {
    let activity = library.activity(&reason.activity);
    Entry {
        id: reason.id.clone(),
        on: reason.on,
        kind: EntryKind::Reason,
        title: format!("Declined: {}", activity.map_or(reason.activity.as_str(), |own| own.title.as_str())),
        rated: String::new(),
        aside: String::new(),
        texts: vec![Quote { asked: "Because".to_owned(), text: reason.words.clone() }],
        behaviours: Vec::new(),
        by: Some(By::Myself),
        private: false,
        place: Written::Advice,
    }
}

/// Builds the entries of the non-blank notes of a session.
pub(super) fn of_session(session: &Session) -> impl Iterator<Item = Entry> + '_ {
    let alone = session.kind == SessionKind::Alone;
    session.notes.iter().filter(|note| !note.text.trim().is_empty()).map(move |note| {
        let private = note.seen == NoteFor::Coach;
        let by = match (private, alone) {
            (true, _) => Some(By::Coach),
            (false, true) => Some(By::Myself),
            (false, false) => None,
        };
        Entry {
            id: note.id.clone(),
            on: session.on,
            kind: EntryKind::Note,
            title: match (note.part.as_str(), alone) {
                (QUICK_NOTE, true) => note.title.clone(),
                (_, true) => format!("On my own: {}", note.title),
                (_, false) => format!("Session: {}", note.title),
            },
            rated: String::new(),
            aside: String::new(),
            texts: vec![Quote { asked: note.title.clone(), text: note.text.clone() }],
            behaviours: session.behaviours.clone(),
            by,
            private,
            place: Written::Session(session.id.clone()),
        }
    })
}

impl Entry {
    /// Builds the entry of an action. Its `texts` are empty if the person wrote nothing about the action.
    #[must_use]
    pub fn of_action(action: &Action) -> Self {
        let intent = &action.intent;
        let texts: Vec<Quote> = [
            ("What I learned", action.learned.as_str()),
            ("What I want to happen", &intent.wish),
            ("The best that could happen", &intent.outcome),
            ("What might get in my way", &intent.obstacle),
            ("If", intent.if_words()),
            ("Then I will", intent.then_words()),
        ]
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(asked, text)| Quote { asked: asked.to_owned(), text: text.to_owned() })
        .collect();
        Self {
            id: action.id.clone(),
            on: action.changed_on,
            kind: EntryKind::Action,
            title: action.title.clone(),
            rated: String::new(),
            aside: String::new(),
            texts,
            behaviours: action.behaviours.clone(),
            by: Some(By::Myself),
            private: false,
            place: Written::Action(action.id.clone()),
        }
    }
}

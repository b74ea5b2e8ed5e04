//! Small records for the tests of this layer.

use crate::domain::{
    Action, ActionStatus, Answer, By, Day, Dossier, Engagement, EngagementPurpose, Intent, Library, Note, NoteFor,
    Organisation, Person, PersonKind, Rated, Reflection, Session, SessionKind,
};

/// The built-in packs.
pub(super) fn library() -> Library {
    let shelf = crate::desk::Shelf::open(&crate::desk::Opening::default());
    Library::clone(&shelf.library)
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Day {
    jiff::civil::date(year, month, day)
}

/// The day on which all of it happens.
pub(super) fn today() -> Day {
    day(2026, 11, 22)
}

pub(super) fn client(name: &str) -> Person {
    Person {
        id: format!("person-{name}"),
        kind: PersonKind::Client,
        name: name.to_owned(),
        level: Some("managers".to_owned()),
        organisation: Organisation::Provider,
        ..Person::default()
    }
}

/// A client with an agreement of the usual kind and nothing else.
pub(super) fn dossier() -> Dossier {
    let terms =
        Engagement { agreed_on: Some(today()), sponsor: "Oakfield Care".to_owned(), ..Engagement::usual(today()) };
    Dossier { person: client("Amira Khan"), today: today(), engagements: vec![terms], ..Dossier::default() }
}

pub(super) fn answer(code: &str, value: i64) -> Answer {
    Answer {
        on: day(2026, 11, 20),
        id: format!("answer-{code}-{value}"),
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        by: By::Myself,
        rated: Rated::Value(value),
        importance: Some(3),
        reflections: vec![Reflection { prompt: String::new(), text: format!("Some words on {code}.") }],
        evidence: format!("An example of {code}."),
    }
}

pub(super) fn action(id: &str, title: &str) -> Action {
    Action {
        id: id.to_owned(),
        decided_on: today(),
        activity: None,
        rules: Vec::new(),
        because: "You wrote \u{ab}a private thought\u{bb}.".to_owned(),
        behaviours: vec!["FL-5".to_owned()],
        title: title.to_owned(),
        first_step: "Ask one colleague".to_owned(),
        due: Some(day(2026, 12, 6)),
        status: ActionStatus::Open,
        changed_on: today(),
        learned: String::new(),
        intent: Intent::default(),
        came_out: None,
    }
}

pub(super) fn note(part: &str, text: &str, seen: NoteFor) -> Note {
    Note {
        id: format!("note-{part}-{}", seen.id()),
        part: part.to_owned(),
        title: part.to_owned(),
        text: text.to_owned(),
        seen,
    }
}

/// A session one-to-one of an hour that was not paid.
pub(super) fn session(on: Day) -> Session {
    Session {
        id: format!("session-{on}"),
        kind: SessionKind::OneToOne,
        on,
        minutes: 60,
        model: None,
        engagement: None,
        purpose: EngagementPurpose::Development,
        paid: false,
        notes: Vec::new(),
        behaviours: Vec::new(),
        actions: Vec::new(),
    }
}

//! Sample records for the tests of `report`.

use crate::domain::{
    Action, ActionStatus, Answer, AppliesTo, Behaviour, ConversationModel, Day, Dossier, Engagement, EngagementPurpose,
    Framework, Intent, Level, Library, ModelKind, Note, NoteFor, Organisation, PackInfo, Person, PersonKind, Place,
    Rated, Reflection, Scale, Session, SessionKind, Stage, Theme,
};

/// Returns a library with one framework of four behaviours in three themes, and one model.
pub(super) fn library() -> Library {
    let theme = |code: &str, title: &str| Theme {
        code: code.to_owned(),
        id: title.to_lowercase(),
        title: title.to_owned(),
        motto: String::new(),
        aliases: Vec::new(),
        about: String::new(),
        levels: Vec::new(),
    };
    let managers = Level {
        id: "managers".to_owned(),
        title: "Managers".to_owned(),
        aliases: Vec::new(),
        about: String::new(),
        target: Some(4),
    };
    let framework = Framework {
        id: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        title: "Leadership for communities".to_owned(),
        summary: String::new(),
        pack: "communities".to_owned(),
        scale: Scale::standard(),
        importance: Scale::standard_importance(),
        levels: vec![managers],
        arenas: Vec::new(),
        themes: vec![theme("SI", "Intent"), theme("DT", "Driving"), theme("FL", "Flexibility")],
        externals: Vec::new(),
    };
    let pack = PackInfo {
        id: "communities".to_owned(),
        version: "1.0.0".to_owned(),
        title: String::new(),
        summary: String::new(),
        licence: "Free to use.".to_owned(),
        attribution: "Its authors.".to_owned(),
        source: "A document.".to_owned(),
        origin: String::new(),
        language: crate::domain::ENGLISH.to_owned(),
        layer: 0,
        personal: false,
    };
    let mut library = Library::default();
    library.packs.push(pack);
    library.frameworks.push(framework);
    library.behaviours = ["SI-1", "DT-6", "DT-7", "FL-5"].map(behaviour).to_vec();
    library.models.push(model());
    library.indexed()
}

fn behaviour(code: &str) -> Behaviour {
    Behaviour {
        framework: "empowered-communities".to_owned(),
        code: code.to_owned(),
        theme: code.chars().take(2).collect(),
        title: format!("Behaves as {code}"),
        statement: format!("What one sees of {code}."),
        easy: String::new(),
        indicators: Vec::new(),
        opposite: String::new(),
        arenas: Vec::new(),
        applies_to: AppliesTo::Any,
        levels: Vec::new(),
        targets: Vec::new(),
        aliases: Vec::new(),
        keywords: Vec::new(),
        source: Place { document: String::new(), theme: String::new(), position: 1 },
        reworded: Vec::new(),
    }
}

/// Returns a model for written reflection with the stages of Gibbs.
fn model() -> ConversationModel {
    let stage = |id: &str| Stage { id: id.to_owned(), title: id.to_owned(), aim: String::new(), prompts: Vec::new() };
    let stages = ["description", "feelings", "evaluation", "analysis", "conclusion", "action-plan"];
    ConversationModel {
        id: "gibbs".to_owned(),
        pack: "communities".to_owned(),
        title: "Gibbs".to_owned(),
        kind: ModelKind::Reflection,
        best_for: String::new(),
        source: String::new(),
        minutes: 30,
        stages: stages.map(stage).to_vec(),
    }
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Day {
    jiff::civil::date(year, month, day)
}

/// The date on which the tests take place.
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

/// Returns a client with an agreement of the usual kind and no other records.
pub(super) fn dossier() -> Dossier {
    let terms =
        Engagement { agreed_on: Some(today()), sponsor: "Oakfield Care".to_owned(), ..Engagement::usual(today()) };
    Dossier { person: client("Amira Khan"), today: today(), engagements: vec![terms], ..Dossier::default() }
}

pub(super) fn answer(code: &str, value: i64) -> Answer {
    Answer {
        id: format!("answer-{code}-{value}"),
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        rated: Rated::Value(value),
        importance: Some(3),
        reflections: vec![Reflection { prompt: String::new(), text: format!("Some words on {code}.") }],
        evidence: format!("An example of {code}."),
        ..Answer::blank(day(2026, 11, 20))
    }
}

pub(super) fn action(id: &str, title: &str) -> Action {
    Action {
        id: id.to_owned(),
        decided_on: today(),
        activity: None,
        rules: Vec::new(),
        because: "You wrote \u{201c}a private thought\u{201d}.".to_owned(),
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

/// Returns a one-to-one session of one hour that was not paid for.
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

//! The content of a shared file, before sealing and after opening: JSON with a version and a checksum. External content
//! is parsed with limits into fixed types and checked completely before any of it is used.
//!
//! | key | content |
//! | --- | --- |
//! | `format`, `version` | `cairn-share`, 2; version 1 can be read as well |
//! | `sha256` | hash of `content`, serialised as JSON without spaces in the order below |
//! | `content` | `about` (`sender`, `reader`), `from` (public key), `name`, `made_on`, `purpose`, `answers`, `sessions`, `actions` |

use serde::{Deserialize, Serialize};

use super::parcel_caps::{ids, short, shown, within};
use crate::domain::{
    About, Action, ActionStatus, ActivityKind, Answer, By, CameOut, Day, EngagementPurpose, Intent, NonAnswer, Note,
    NoteFor, Parcel, Rated, Reflection, Session, SessionKind, Wording, clean,
};
use crate::store::sha256;

/// Maximum size of a file and of its content, in bytes.
pub const MOST_SHARED: u64 = 10 * 1024 * 1024;
/// Largest absolute value on any scale.
const WIDEST_SCALE: i64 = 100;

const FORMAT: &str = "cairn-share";
/// Since version 2, answers contain titles and labels.
const VERSION: u32 = 2;

/// Why a content is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// It was not made by `cairn share`.
    #[error("it was not made by `cairn share`")]
    NotShared,
    /// A newer version of the program made it; contains the format version.
    #[error("it was made by a newer version of Cairn (its format is {0})")]
    Newer(u32),
    /// It is malformed; says where.
    #[error("Cairn cannot understand its content: {0}")]
    Malformed(String),
    /// It exceeds a limit; says which.
    #[error("{0}")]
    TooMuch(String),
    /// An answer has another title or label than its edition.
    #[error("it changes the words in which an answer was given: {0}")]
    OtherWords(String),
    /// The checksum does not match.
    #[error("its checksum does not match its content")]
    Checksum,
}

#[derive(Deserialize)]
struct Probe {
    format: Option<String>,
    version: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    format: String,
    version: u32,
    sha256: String,
    content: Content,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    about: String,
    from: String,
    name: String,
    made_on: String,
    purpose: String,
    answers: Vec<SharedAnswer>,
    sessions: Vec<RawSession>,
    actions: Vec<RawAction>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedAnswer {
    id: String,
    on: String,
    framework: String,
    edition: String,
    behaviour: String,
    by: String,
    rating: Option<i64>,
    not_rated: Option<String>,
    importance: Option<i64>,
    reflections: Vec<RawReflection>,
    evidence: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    importance_label: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReflection {
    prompt: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSession {
    id: String,
    on: String,
    kind: String,
    purpose: String,
    minutes: u32,
    model: Option<String>,
    behaviours: Vec<String>,
    actions: Vec<String>,
    notes: Vec<RawNote>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNote {
    part: String,
    title: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAction {
    id: String,
    decided: String,
    activity: Option<String>,
    rules: Vec<String>,
    behaviours: Vec<String>,
    title: String,
    first_step: String,
    due: Option<String>,
    status: String,
    changed: String,
    learned: String,
    wish: String,
    outcome: String,
    obstacle: String,
    #[serde(rename = "if")]
    situation: String,
    #[serde(rename = "then")]
    response: String,
    kind: Option<String>,
    helper: String,
    evidence: String,
    review: Option<String>,
    came_out: Option<String>,
}

/// Serialises a parcel; also returns the checksum.
pub(super) fn written(parcel: &Parcel) -> Result<(Vec<u8>, String), ContentError> {
    let unwritten = |error: serde_json::Error| ContentError::Malformed(error.to_string());
    let content = Content {
        about: parcel.about.id().to_owned(),
        from: parcel.from.clone(),
        name: parcel.name.clone(),
        made_on: parcel.made_on.to_string(),
        purpose: parcel.purpose.id().to_owned(),
        answers: parcel.answers.iter().map(raw_answer).collect(),
        sessions: parcel.sessions.iter().map(raw_session).collect(),
        actions: parcel.actions.iter().map(raw_action).collect(),
    };
    let sum = sha256(&serde_json::to_string(&content).map_err(unwritten)?);
    let envelope = Envelope { format: FORMAT.to_owned(), version: VERSION, sha256: sum.clone(), content };
    let mut bytes = serde_json::to_vec_pretty(&envelope).map_err(unwritten)?;
    bytes.push(b'\n');
    Ok((bytes, sum))
}

/// Parses an opened content; also returns the checksum.
pub(super) fn read(bytes: &[u8]) -> Result<(Parcel, String), ContentError> {
    let probe: Probe = serde_json::from_slice(bytes).map_err(|_| ContentError::NotShared)?;
    match (probe.format.as_deref(), probe.version) {
        (Some(FORMAT), Some(version)) if version > VERSION => return Err(ContentError::Newer(version)),
        (Some(FORMAT), Some(1..=VERSION)) => {}
        _ => return Err(ContentError::NotShared),
    }
    let malformed = |error: serde_json::Error| ContentError::Malformed(clean(&error.to_string()));
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(malformed)?;
    within_caps(&envelope.content)?;
    let sum = sha256(&serde_json::to_string(&envelope.content).map_err(malformed)?);
    if sum != envelope.sha256 {
        return Err(ContentError::Checksum);
    }
    Ok((parcel(envelope.content)?, sum))
}

fn within_caps(content: &Content) -> Result<(), ContentError> {
    let texts = content.answers.iter().map(|answer| answer.reflections.len());
    let named = content.sessions.iter().flat_map(|session| [session.behaviours.len(), session.actions.len()]);
    within(
        [content.answers.len(), content.sessions.len(), content.actions.len()],
        texts.chain(content.sessions.iter().map(|session| session.notes.len())),
        named.chain(content.actions.iter().flat_map(|action| [action.rules.len(), action.behaviours.len()])),
    )
}

fn parcel(content: Content) -> Result<Parcel, ContentError> {
    let parcel = Parcel {
        about: word("about", &content.about, About::parse)?,
        from: content.from,
        name: clean(&content.name).replace('\n', " ").trim().to_owned(),
        made_on: day(&content.made_on)?,
        purpose: word("purpose", &content.purpose, EngagementPurpose::parse)?,
        answers: content.answers.into_iter().map(answer).collect::<Result<_, _>>()?,
        sessions: content.sessions.into_iter().map(session).collect::<Result<_, _>>()?,
        actions: content.actions.into_iter().map(action).collect::<Result<_, _>>()?,
    };
    short(&parcel)?;
    ids("answer", parcel.answers.iter().map(|answer| &answer.id))?;
    ids("session", parcel.sessions.iter().map(|session| &session.id))?;
    ids("action", parcel.actions.iter().map(|action| &action.id))?;
    Ok(parcel)
}

fn day(text: &str) -> Result<Day, ContentError> {
    text.parse().map_err(|_| ContentError::Malformed(format!("\"{}\" is not a date", shown(text))))
}

fn maybe_day(text: Option<&String>) -> Result<Option<Day>, ContentError> {
    text.map(|text| day(text)).transpose()
}

fn word<T>(what: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, ContentError> {
    parse(text).ok_or_else(|| ContentError::Malformed(format!("\"{}\" is not a valid {what}", shown(text))))
}

fn maybe<T>(what: &str, text: Option<&String>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ContentError> {
    text.map(|text| word(what, text, parse)).transpose()
}

fn raw_answer(answer: &Answer) -> SharedAnswer {
    let (rating, not_rated) = match answer.rated {
        Rated::Unanswered => (None, None),
        Rated::Value(value) => (Some(value), None),
        Rated::Not(kind) => (None, Some(kind.id().to_owned())),
    };
    let reflection = |one: &Reflection| RawReflection { prompt: one.prompt.clone(), text: one.text.clone() };
    SharedAnswer {
        id: answer.id.clone(),
        on: answer.on.to_string(),
        framework: answer.framework.clone(),
        edition: answer.edition.clone(),
        behaviour: answer.behaviour.clone(),
        by: answer.by.id().to_owned(),
        rating,
        not_rated,
        importance: answer.importance,
        reflections: answer.reflections.iter().map(reflection).collect(),
        evidence: answer.evidence.clone(),
        title: answer.wording.title.clone(),
        label: answer.wording.label.clone(),
        importance_label: answer.wording.importance.clone(),
    }
}

fn answer(raw: SharedAnswer) -> Result<Answer, ContentError> {
    let rated = match (raw.rating, maybe("answer", raw.not_rated.as_ref(), NonAnswer::parse)?) {
        (Some(_), Some(_)) => return Err(ContentError::Malformed("an answer is both rated and not rated".to_owned())),
        (Some(value), None) => Rated::Value(value),
        (None, Some(kind)) => Rated::Not(kind),
        (None, None) => Rated::Unanswered,
    };
    let scale = -WIDEST_SCALE..=WIDEST_SCALE;
    if [raw.rating, raw.importance].into_iter().flatten().any(|value| !scale.contains(&value)) {
        return Err(ContentError::Malformed("a rating is not on a scale".to_owned()));
    }
    let reflection = |one: RawReflection| Reflection { prompt: one.prompt, text: one.text };
    Ok(Answer {
        on: day(&raw.on)?,
        id: raw.id,
        framework: raw.framework,
        edition: raw.edition,
        behaviour: raw.behaviour,
        by: word("rater", &raw.by, By::parse)?,
        rated,
        importance: raw.importance,
        reflections: raw.reflections.into_iter().map(reflection).collect(),
        evidence: raw.evidence,
        wording: Wording { title: raw.title, label: raw.label, importance: raw.importance_label },
    })
}

fn raw_session(session: &Session) -> RawSession {
    let note = |note: &Note| RawNote { part: note.part.clone(), title: note.title.clone(), text: note.text.clone() };
    RawSession {
        id: session.id.clone(),
        on: session.on.to_string(),
        kind: session.kind.id().to_owned(),
        purpose: session.purpose.id().to_owned(),
        minutes: session.minutes,
        model: session.model.clone(),
        behaviours: session.behaviours.clone(),
        actions: session.actions.clone(),
        notes: session.shared().map(note).collect(),
    }
}

fn session(raw: RawSession) -> Result<Session, ContentError> {
    let note = |note: RawNote| Note {
        id: String::new(),
        part: note.part,
        title: note.title,
        text: note.text,
        seen: NoteFor::Shared,
    };
    Ok(Session {
        id: raw.id,
        kind: word("kind of session", &raw.kind, SessionKind::parse)?,
        on: day(&raw.on)?,
        minutes: raw.minutes,
        model: raw.model,
        engagement: None,
        purpose: word("purpose", &raw.purpose, EngagementPurpose::parse)?,
        paid: false,
        notes: raw.notes.into_iter().map(note).collect(),
        behaviours: raw.behaviours,
        actions: raw.actions,
    })
}

fn raw_action(action: &Action) -> RawAction {
    let intent = action.intent.clone();
    RawAction {
        id: action.id.clone(),
        decided: action.decided_on.to_string(),
        activity: action.activity.clone(),
        rules: action.rules.clone(),
        behaviours: action.behaviours.clone(),
        title: action.title.clone(),
        first_step: action.first_step.clone(),
        due: action.due.map(|day| day.to_string()),
        status: action.status.id().to_owned(),
        changed: action.changed_on.to_string(),
        learned: action.learned.clone(),
        wish: intent.wish,
        outcome: intent.outcome,
        obstacle: intent.obstacle,
        situation: intent.situation,
        response: intent.response,
        kind: intent.kind.map(|kind| kind.id().to_owned()),
        helper: intent.helper,
        evidence: intent.evidence,
        review: intent.review.map(|day| day.to_string()),
        came_out: action.came_out.map(|came| came.id().to_owned()),
    }
}

fn action(raw: RawAction) -> Result<Action, ContentError> {
    Ok(Action {
        id: raw.id,
        decided_on: day(&raw.decided)?,
        activity: raw.activity,
        rules: raw.rules,
        because: String::new(),
        behaviours: raw.behaviours,
        title: raw.title,
        first_step: raw.first_step,
        due: maybe_day(raw.due.as_ref())?,
        status: word("state of an action", &raw.status, ActionStatus::parse)?,
        changed_on: day(&raw.changed)?,
        learned: raw.learned,
        intent: Intent {
            wish: raw.wish,
            outcome: raw.outcome,
            obstacle: raw.obstacle,
            situation: raw.situation,
            response: raw.response,
            kind: maybe("kind of activity", raw.kind.as_ref(), ActivityKind::parse)?,
            helper: raw.helper,
            evidence: raw.evidence,
            review: maybe_day(raw.review.as_ref())?,
        },
        came_out: maybe("outcome", raw.came_out.as_ref(), CameOut::parse)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_other_fields_has_another_version() {
        let wording =
            Wording { title: "Title".to_owned(), label: "Label".to_owned(), importance: "Essential".to_owned() };
        let answer = raw_answer(&Answer { wording, ..Answer::blank(jiff::civil::date(2026, 11, 30)) });
        let written = serde_json::to_string(&answer).expect("it can be written");
        // An earlier Cairn would call a new field malformed. Raise VERSION together with this line.
        let fields = r#"{"id":"","on":"2026-11-30","framework":"","edition":"","behaviour":"","by":"self","rating":null,"not_rated":null,"importance":null,"reflections":[],"evidence":"","title":"Title","label":"Label","importance_label":"Essential"}"#;
        assert_eq!((VERSION, written.as_str()), (2, fields));
    }
}

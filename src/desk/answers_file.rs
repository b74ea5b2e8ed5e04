//! Answers files in JSON or TOML. Errors name file, line and next step. Drafts of answers are stored in the same
//! format.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    Answer, AnswerError, By, Day, Fault, Library, NonAnswer, Organisation, Person, Rated, Reflection, Wording, clean,
    did_you_mean, nearest, truncate,
};

/// Maximum size of an answers file in bytes.
pub const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// Maximum number of answers in one file.
const MOST_ANSWERS: usize = 20_000;

/// Maximum number of faults reported for one file.
const MOST_FAULTS: usize = 40;

/// The content of an answers file.
#[derive(Debug, Clone)]
pub struct AnswersFile {
    /// Level and organisation; empty if the file states none.
    pub person: Person,
    /// The day that the file states, if any.
    pub today: Option<Day>,
    /// Non-empty answers in file order. Empty entries count as unanswered and are left out.
    pub answers: Vec<Answer>,
    /// Number of empty entries.
    pub empty: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with \"answers\"")]
struct RawFile {
    #[serde(default)]
    person: RawPerson,
    today: Option<String>,
    #[serde(default)]
    answers: Vec<RawAnswer>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with \"level\" and \"organisation\"")]
struct RawPerson {
    name: Option<String>,
    level: Option<String>,
    organisation: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "an object with \"behaviour\" and \"rating\"")]
struct RawAnswer {
    behaviour: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    framework: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<RawRating>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    importance: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default)]
    reflections: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    /// Title and labels under which the answer was given, as written by an export.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    importance_label: Option<String>,
}

impl RawAnswer {
    fn wording(&self) -> Wording {
        let text = |own: &Option<String>| clean(own.as_deref().unwrap_or_default());
        Wording { title: text(&self.title), label: text(&self.label), importance: text(&self.importance_label) }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "a rating is a whole number, or one of the other answers in quotation marks")]
enum RawRating {
    Value(i64),
    Decimal(f64),
    Word(String),
}

/// Parses an answers file: as JSON if it begins with `{`, otherwise as TOML, which may begin with `[`.
///
/// # Errors
/// Returns all faults found; no part of the file is used then.
pub fn read_answers(name: &str, text: &str, library: &Library, today: Day) -> Result<AnswersFile, Vec<Fault>> {
    let raw: RawFile = parse(name, text).map_err(|fault| vec![*fault])?;
    let places = places(text).collect();
    let mut reading = AnswersReader { name, text, places, library, last: today, faults: Vec::new() };
    let stated = raw.today.as_deref().and_then(|day| reading.day(day, "today"));
    // The file may state a day of its own.
    reading.last = stated.map_or(today, |stated| stated.max(today));
    let person = reading.person(&raw.person);
    let mut answers = Vec::new();
    let mut empty = 0;
    if raw.answers.len() > MOST_ANSWERS {
        let message = format!("the file holds more than {MOST_ANSWERS} answers");
        reading.faults.push(Fault::new(name, message, "split the file"));
    }
    for (at, entry) in raw.answers.iter().enumerate().take(MOST_ANSWERS) {
        if reading.faults.len() >= MOST_FAULTS {
            let message = format!(
                "there are more than {MOST_FAULTS} faults, so Cairn did not read the rest of the \
                file"
            );
            reading.faults.push(Fault::new(name, message, "fix the first ones and try again"));
            break;
        }
        let Some(answer) = reading.answer(at, entry, stated.unwrap_or(today)) else { continue };
        let nothing =
            answer.rated == Rated::Unanswered && answer.importance.is_none() && answer.words().next().is_none();
        if nothing {
            empty += 1;
        } else {
            answers.push(answer);
        }
    }
    if reading.faults.is_empty() {
        Ok(AnswersFile { person, today: stated, answers, empty })
    } else {
        Err(reading.faults)
    }
}

fn parse(name: &str, text: &str) -> Result<RawFile, Box<Fault>> {
    if text.trim().is_empty() {
        let hint = "{\"answers\": []} is the smallest answers file";
        return Err(Box::new(Fault::new(name, "the file is empty", hint)));
    }
    let json = text.trim_start().starts_with('{');
    if text.trim_start().strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']'])) {
        let fault =
            Fault::new(name, "the file is a list, but answers must be in an object", "write {\"answers\": […]}");
        return Err(Box::new(fault.at_byte(text, text.len() - text.trim_start().len())));
    }
    let (message, fault) = if json {
        match serde_json::from_str(text) {
            Ok(raw) => return Ok(raw),
            Err(error) => {
                let full = error.to_string();
                let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
                (message, Fault::new(name, "", "").at(text, error.line(), Some(error.column().max(1))))
            }
        }
    } else {
        match toml::from_str(text) {
            Ok(raw) => return Ok(raw),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                (error.message().to_owned(), Fault::new(name, "", "").at_byte(text, at))
            }
        }
    };
    let message = truncate(&clean(&message).replace('\n', "; "), 200);
    let hint = if message.starts_with("unknown field") {
        let words: Vec<&str> = message.split('`').collect();
        let near = words.get(1).and_then(|typed| nearest(typed, words.iter().skip(3).step_by(2).copied()));
        near.map_or_else(|| "remove it".to_owned(), did_you_mean)
    } else {
        "an answers file looks like {\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2}]}".to_owned()
    };
    Err(Box::new(Fault { message, hint, ..fault }))
}

/// The state of parsing one file.
struct AnswersReader<'a> {
    name: &'a str,
    text: &'a str,
    /// Byte offset of each entry.
    places: Vec<usize>,
    library: &'a Library,
    /// The latest day that an answer may have.
    last: Day,
    faults: Vec<Fault>,
}

impl AnswersReader<'_> {
    fn fault(&mut self, at: Option<usize>, message: impl AsRef<str>, hint: impl AsRef<str>) {
        let fault = Fault::new(self.name, clean(message.as_ref()), clean(hint.as_ref()));
        // JSON values have no positions, so the line is that of the entry's `behaviour` key.
        let byte = at.and_then(|at| self.places.get(at).copied());
        self.faults.push(byte.map_or(fault.clone(), |byte| fault.at_byte(self.text, byte)));
    }

    fn day(&mut self, text: &str, what: &str) -> Option<Day> {
        let day = text.parse::<Day>().ok();
        if day.is_none() {
            let message = format!("{what} is not a date: \"{}\"", truncate(text, 40));
            self.fault(None, message, "write it like 2026-11-22");
        }
        day
    }

    fn person(&mut self, raw: &RawPerson) -> Person {
        let level = raw.level.as_deref().filter(|level| !level.trim().is_empty()).and_then(|level| {
            let frameworks = &self.library.frameworks;
            let found = self.library.level(level);
            if found.is_none() {
                let known: Vec<&str> = frameworks.iter().flat_map(|f| &f.levels).map(|l| l.id.as_str()).collect();
                let hint = nearest(level, known.iter().copied())
                    .map_or_else(|| format!("it can be {}", known.join(", ")), did_you_mean);
                let message = format!("there is no level \"{}\"", truncate(level, 60));
                self.fault(None, message, hint);
            }
            found.map(|(_, _, level)| level.id.clone())
        });
        let organisation = raw.organisation.as_deref().unwrap_or("");
        let kind = Organisation::parse(organisation);
        if kind.is_none() {
            let message = format!("there is no kind of organisation \"{}\"", truncate(organisation, 60));
            self.fault(None, message, "it can be commissioner, provider or other, or leave it out");
        }
        Person {
            name: clean(raw.name.as_deref().unwrap_or("")),
            level,
            organisation: kind.unwrap_or_default(),
            ..Person::default()
        }
    }

    /// Reports what is wrong with one entry.
    fn refuse(&mut self, at: usize, code: &str, why: impl std::fmt::Display, hint: impl AsRef<str>) {
        self.fault(Some(at), format!("answer {} ({code}): {why}", at + 1), hint);
    }

    fn answer(&mut self, at: usize, raw: &RawAnswer, today: Day) -> Option<Answer> {
        let asked = match &raw.framework {
            Some(framework) if !raw.behaviour.contains('/') => format!("{framework}/{}", raw.behaviour),
            _ => raw.behaviour.clone(),
        };
        let ix = match self.library.find(&asked) {
            Ok(ix) => ix,
            Err(error) => {
                let message = format!("answer {}: {error}", at + 1);
                self.fault(Some(at), message, "`cairn search` finds behaviours and their codes");
                return None;
            }
        };
        let code = &self.library.behaviour(ix).code;
        let framework = self.library.framework_of(ix);
        let rated = self.rated(at, code, raw.rating.as_ref());
        let by = self.by(at, code, raw.by.as_deref());
        let on = self.on(at, code, raw.on.as_deref(), today);
        let answer = Answer {
            on: on?,
            id: String::new(),
            framework: framework.id.clone(),
            edition: raw.edition.clone().map_or_else(|| framework.edition.clone(), |edition| clean(&edition)),
            behaviour: code.clone(),
            by: by?,
            rated: rated?,
            importance: raw.importance,
            reflections: raw
                .reflections
                .iter()
                .map(|(prompt, text)| Reflection { prompt: clean(prompt), text: clean(text) })
                .filter(|reflection| !reflection.text.trim().is_empty())
                .collect(),
            evidence: clean(raw.evidence.as_deref().unwrap_or("")),
            wording: raw.wording(),
        };
        match answer.check(&framework.scale, &framework.importance) {
            Ok(()) | Err(AnswerError::Empty) => Some(answer),
            Err(error) => {
                let points =
                    if matches!(error, AnswerError::Importance(..)) { &framework.importance } else { &framework.scale };
                let points: Vec<String> = points.points.iter().map(|p| format!("{} {}", p.value, p.label)).collect();
                self.refuse(at, code, error, format!("the points are {}", points.join("; ")));
                None
            }
        }
    }

    fn rated(&mut self, at: usize, code: &str, raw: Option<&RawRating>) -> Option<Rated> {
        match raw {
            None => Some(Rated::Unanswered),
            Some(RawRating::Value(value)) => Some(Rated::Value(*value)),
            Some(RawRating::Decimal(value)) => {
                let why = format!("a rating is a whole number, but this is {value}");
                self.refuse(at, code, why, "choose one of the points on the scale");
                None
            }
            Some(RawRating::Word(word)) if word == "unanswered" => Some(Rated::Unanswered),
            Some(RawRating::Word(word)) => {
                let kind = NonAnswer::parse(word).map(Rated::Not);
                if kind.is_none() {
                    let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
                    let hint = format!("write a number without quotation marks, or one of {names}");
                    self.refuse(at, code, format!("\"{}\" is not a rating", truncate(word, 40)), hint);
                }
                kind
            }
        }
    }

    fn by(&mut self, at: usize, code: &str, raw: Option<&str>) -> Option<By> {
        let Some(word) = raw else { return Some(By::Myself) };
        let by = By::parse(word);
        if by.is_none() {
            let hint = format!("it can be {}", By::ALL.map(By::id).join(", "));
            self.refuse(at, code, format!("there is no rater \"{}\"", truncate(word, 40)), hint);
        }
        by
    }

    fn on(&mut self, at: usize, code: &str, raw: Option<&str>, today: Day) -> Option<Day> {
        let Some(text) = raw else { return Some(today) };
        let day: Option<Day> = text.parse().ok();
        if day.is_none() {
            let why = format!("\"{}\" is not a date", truncate(text, 40));
            self.refuse(at, code, why, "write it like 2026-11-22");
        }
        if let Some(day) = day.filter(|day| *day > self.last) {
            let why = format!("{day} is in the future");
            self.refuse(
                at,
                code,
                why,
                format!("today is {}, so correct the year, or the clock of this computer", self.last),
            );
            return None;
        }
        day
    }
}

/// Returns the byte offsets of the `behaviour` keys.
fn places(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices("behaviour").filter_map(move |(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches('"').trim_start();
        let before = text.get(..at)?.chars().next_back();
        let escaped = text.get(..at)?.ends_with("\\\"");
        (rest.starts_with([':', '=']) && !escaped && before.is_none_or(|c| !c.is_alphanumeric())).then_some(at)
    })
}

/// Formats a draft of an answer.
pub(super) fn draft_text(answer: &Answer) -> String {
    let raw = RawAnswer {
        behaviour: answer.behaviour.clone(),
        framework: Some(answer.framework.clone()),
        edition: Some(answer.edition.clone()),
        rating: match answer.rated {
            Rated::Unanswered => None,
            Rated::Value(value) => Some(RawRating::Value(value)),
            Rated::Not(kind) => Some(RawRating::Word(kind.id().to_owned())),
        },
        importance: answer.importance,
        on: Some(answer.on.to_string()),
        by: Some(answer.by.id().to_owned()),
        reflections: answer.reflections.iter().map(|r| (r.prompt.clone(), r.text.clone())).collect(),
        evidence: Some(answer.evidence.clone()),
        title: Some(answer.wording.title.clone()),
        label: Some(answer.wording.label.clone()),
        importance_label: Some(answer.wording.importance.clone()),
    };
    serde_json::to_string(&raw).unwrap_or_default()
}

/// Parses a draft of an answer; `None` if the text is not in this format.
pub(super) fn read_draft(text: &str) -> Option<Answer> {
    let raw: RawAnswer = serde_json::from_str(text).ok()?;
    let wording = raw.wording();
    Some(Answer {
        on: raw.on?.parse().ok()?,
        id: String::new(),
        framework: clean(&raw.framework?),
        edition: clean(&raw.edition?),
        behaviour: clean(&raw.behaviour),
        by: By::parse(&raw.by?)?,
        rated: match raw.rating {
            None | Some(RawRating::Decimal(_)) => Rated::Unanswered,
            Some(RawRating::Value(value)) => Rated::Value(value),
            Some(RawRating::Word(word)) => NonAnswer::parse(&word).map_or(Rated::Unanswered, Rated::Not),
        },
        importance: raw.importance,
        reflections: raw
            .reflections
            .into_iter()
            .map(|(prompt, text)| Reflection { prompt: clean(&prompt), text: clean(&text) })
            .collect(),
        evidence: clean(&raw.evidence.unwrap_or_default()),
        wording,
    })
}

//! Answers as a file, JSON or TOML, as DESIGN.md 5 has it: read with errors that name file, line and next step. Drafts are
//! kept in the same shape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    Answer, By, Day, Fault, Library, NonAnswer, Organisation, Person, Rated, Reflection, clean, nearest, truncate,
};

/// Largest answers file, in bytes.
pub const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// Most answers in one file.
const MOST_ANSWERS: usize = 20_000;

/// A file understood.
#[derive(Debug, Clone)]
pub struct AnswersFile {
    /// Level and organisation; empty where the file states none.
    pub person: Person,
    /// The day the file is about, if it says.
    pub today: Option<Day>,
    /// Answers that say something, in file order. Entries that say nothing are unanswered and left out.
    pub answers: Vec<Answer>,
    /// How many entries said nothing.
    pub empty: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    person: RawPerson,
    today: Option<String>,
    #[serde(default)]
    answers: Vec<RawAnswer>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    name: Option<String>,
    level: Option<String>,
    organisation: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
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
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum RawRating {
    Value(i64),
    Decimal(f64),
    Word(String),
}

/// Reads an answers file. JSON where it begins with `{`, else TOML.
///
/// # Errors
/// Every fault found; nothing of the file is used then.
pub fn read_answers(name: &str, text: &str, library: &Library, today: Day) -> Result<AnswersFile, Vec<Fault>> {
    let raw: RawFile = parse(name, text).map_err(|fault| vec![*fault])?;
    let mut reading = Reading { name, text, library, faults: Vec::new() };
    let stated = raw.today.as_deref().and_then(|day| reading.day(day, "today"));
    let person = reading.person(&raw.person);
    let mut answers = Vec::new();
    let mut empty = 0;
    if raw.answers.len() > MOST_ANSWERS {
        let message = format!("the file holds more than {MOST_ANSWERS} answers");
        reading.faults.push(Fault::new(name, message, "split the file"));
    }
    for (at, entry) in raw.answers.iter().enumerate().take(MOST_ANSWERS) {
        let Some(answer) = reading.answer(at, entry, stated.unwrap_or(today)) else { continue };
        let nothing = answer.rated == Rated::Unanswered && answer.importance.is_none() && answer.words().next().is_none();
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
    let json = text.trim_start().starts_with(['{', '[']);
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
        near.map_or_else(|| "take it out".to_owned(), |near| format!("did you mean \"{near}\"?"))
    } else if text.trim().is_empty() {
        "an empty file is not an answers file; {\"answers\": []} is the smallest one".to_owned()
    } else {
        "an answers file looks like {\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2}]}".to_owned()
    };
    Err(Box::new(Fault { message, hint, ..fault }))
}

/// One reading of one file.
struct Reading<'a> {
    name: &'a str,
    text: &'a str,
    library: &'a Library,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn fault(&mut self, at: Option<usize>, message: String, hint: String) {
        let fault = Fault::new(self.name, clean(&message), clean(&hint));
        // JSON keeps no places of values, so the line is that of the entry's own «behaviour».
        let byte = at.and_then(|at| places(self.text).nth(at));
        self.faults.push(byte.map_or(fault.clone(), |byte| fault.at_byte(self.text, byte)));
    }

    fn day(&mut self, text: &str, what: &str) -> Option<Day> {
        let day = text.parse::<Day>().ok();
        if day.is_none() {
            let message = format!("{what} is not a day: \"{}\"", truncate(text, 40));
            self.fault(None, message, "write it like 2026-11-22".to_owned());
        }
        day
    }

    fn person(&mut self, raw: &RawPerson) -> Person {
        let level = raw.level.as_deref().filter(|level| !level.trim().is_empty()).and_then(|level| {
            let frameworks = &self.library.frameworks;
            // Frameworks with more behaviours first: their level is what a person most likely means.
            let found = frameworks.iter().rev().find_map(|framework| framework.level(level));
            if found.is_none() {
                let known: Vec<&str> = frameworks.iter().flat_map(|f| &f.levels).map(|l| l.id.as_str()).collect();
                let hint = nearest(level, known.iter().copied())
                    .map_or_else(|| format!("it can be {}", known.join(", ")), |near| format!("did you mean \"{near}\"?"));
                let message = format!("there is no level \"{}\"", truncate(level, 60));
                self.fault(None, message, hint);
            }
            found.map(|(_, level)| level.id.clone())
        });
        let organisation = raw.organisation.as_deref().unwrap_or("");
        let kind = Organisation::parse(organisation);
        if kind.is_none() {
            let message = format!("there is no kind of organisation \"{}\"", truncate(organisation, 60));
            self.fault(None, message, "it can be commissioner, provider, other; leave it out if it is not stated".to_owned());
        }
        Person {
            id: String::new(),
            name: clean(raw.name.as_deref().unwrap_or("")),
            level,
            organisation: kind.unwrap_or_default(),
        }
    }

    fn answer(&mut self, at: usize, raw: &RawAnswer, today: Day) -> Option<Answer> {
        let code = raw.framework.as_ref().map_or(raw.behaviour.clone(), |framework| {
            if raw.behaviour.contains('/') { raw.behaviour.clone() } else { format!("{framework}/{}", raw.behaviour) }
        });
        let ix = match self.library.find(&code) {
            Ok(ix) => ix,
            Err(error) => {
                self.fault(Some(at), format!("answer {}: {error}", at + 1), "`cairn search` finds behaviours and their codes".to_owned());
                return None;
            }
        };
        let behaviour = self.library.behaviour(ix);
        let framework = self.library.framework_of(ix);
        let rated = match &raw.rating {
            None => Rated::Unanswered,
            Some(RawRating::Value(value)) => Rated::Value(*value),
            Some(RawRating::Decimal(value)) => {
                let message = format!("answer {} ({}): a rating is a whole number, and this is {value}", at + 1, behaviour.code);
                self.fault(Some(at), message, "choose one of the labelled points".to_owned());
                return None;
            }
            Some(RawRating::Word(word)) => match NonAnswer::parse(word) {
                Some(kind) => Rated::Not(kind),
                None => {
                    let message = format!("answer {} ({}): \"{}\" is not a rating", at + 1, behaviour.code, truncate(word, 40));
                    let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
                    self.fault(Some(at), message, format!("write a number without quotation marks, or one of {names}"));
                    return None;
                }
            },
        };
        let by = raw.by.as_deref().map_or(Some(By::Myself), By::parse);
        let Some(by) = by else {
            let message = format!("answer {} ({}): there is no rater \"{}\"", at + 1, behaviour.code, truncate(raw.by.as_deref().unwrap_or(""), 40));
            self.fault(Some(at), message, format!("it can be {}", By::ALL.map(By::id).join(", ")));
            return None;
        };
        let on = match raw.on.as_deref().map(str::parse::<Day>) {
            None => today,
            Some(Ok(day)) => day,
            Some(Err(_)) => {
                let given = truncate(raw.on.as_deref().unwrap_or(""), 40);
                let message = format!("answer {} ({}): \"{given}\" is not a day", at + 1, behaviour.code);
                self.fault(Some(at), message, "write it like 2026-11-22".to_owned());
                return None;
            }
        };
        let answer = Answer {
            on,
            id: String::new(),
            framework: framework.id.clone(),
            edition: raw.edition.clone().map_or_else(|| framework.edition.clone(), |edition| clean(&edition)),
            behaviour: behaviour.code.clone(),
            by,
            rated,
            importance: raw.importance,
            reflections: raw
                .reflections
                .iter()
                .map(|(prompt, text)| Reflection { prompt: clean(prompt), text: clean(text) })
                .filter(|reflection| !reflection.text.trim().is_empty())
                .collect(),
            evidence: clean(raw.evidence.as_deref().unwrap_or("")),
        };
        if let Err(error) = answer.check(&framework.scale, &framework.importance)
            && error != crate::domain::AnswerError::Empty
        {
            let points: Vec<String> = framework.scale.points.iter().map(|p| format!("{} {}", p.value, p.label)).collect();
            let hint = format!("the points of the rating are {}", points.join("; "));
            self.fault(Some(at), format!("answer {} ({}): {error}", at + 1, answer.behaviour), hint);
            return None;
        }
        Some(answer)
    }
}

/// Where the key «behaviour» of each entry stands.
fn places(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices("behaviour").filter_map(move |(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches('"').trim_start();
        let before = text.get(..at)?.chars().next_back();
        let escaped = text.get(..at)?.ends_with("\\\"");
        (rest.starts_with([':', '=']) && !escaped && before.is_none_or(|c| !c.is_alphanumeric())).then_some(at)
    })
}

/// A draft as text.
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
    };
    serde_json::to_string(&raw).unwrap_or_default()
}

/// A draft read back; `None` where the text is none of ours.
pub(super) fn read_draft(text: &str) -> Option<Answer> {
    let raw: RawAnswer = serde_json::from_str(text).ok()?;
    Some(Answer {
        on: raw.on?.parse().ok()?,
        id: String::new(),
        framework: raw.framework?,
        edition: raw.edition?,
        behaviour: raw.behaviour,
        by: By::parse(&raw.by?)?,
        rated: match raw.rating {
            None | Some(RawRating::Decimal(_)) => Rated::Unanswered,
            Some(RawRating::Value(value)) => Rated::Value(value),
            Some(RawRating::Word(word)) => NonAnswer::parse(&word).map_or(Rated::Unanswered, Rated::Not),
        },
        importance: raw.importance,
        reflections: raw.reflections.into_iter().map(|(prompt, text)| Reflection { prompt, text: clean(&text) }).collect(),
        evidence: clean(&raw.evidence.unwrap_or_default()),
    })
}

//! Rules tested by reading matter: a case is a short story, the answers of one person, and what must and must not come of
//! it. A failure shows the conditions of the rule, needed and seen.

use serde::Deserialize;
use toml::Spanned;

use super::advise::advise;
use super::evaluate::truth;
use super::explain::{explained, leaves_seen};
use super::facts::Facts;
use super::load::RuleSet;
use crate::domain::{
    Answer, By, Day, Fault, LeafSeen, Library, NonAnswer, Organisation, Person, Profile, Rated, Reflection, Truth,
    clean, nearest, truncate,
};

/// The day of a case that names none; any day does, as long as it is the same on every machine.
const DAY: Day = jiff::civil::date(2026, 11, 22);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default, rename = "case")]
    cases: Vec<RawCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    name: Spanned<String>,
    level: Option<Spanned<String>>,
    organisation: Option<Spanned<String>>,
    today: Option<Spanned<String>>,
    #[serde(default)]
    answers: Vec<RawAnswer>,
    /// Rules that must speak.
    #[serde(default)]
    fires: Vec<Spanned<String>>,
    /// Rules that must not.
    #[serde(default)]
    silent: Vec<Spanned<String>>,
    /// The first activities, in order.
    #[serde(default)]
    top: Vec<Spanned<String>>,
    /// Activities that must not be shown.
    #[serde(default)]
    never: Vec<Spanned<String>>,
    /// Words that a rule's sentence must hold.
    #[serde(default)]
    because: std::collections::BTreeMap<Spanned<String>, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    behaviour: Spanned<String>,
    rating: Option<i64>,
    not: Option<Spanned<String>>,
    importance: Option<i64>,
    on: Option<Spanned<String>>,
    by: Option<Spanned<String>>,
    words: Option<String>,
}

/// One story, understood.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it tells.
    pub name: String,
    /// `file:line`.
    pub at: String,
    profile: Profile,
    fires: Vec<String>,
    silent: Vec<String>,
    top: Vec<String>,
    never: Vec<String>,
    because: Vec<(String, String)>,
}

/// How a case came out.
#[derive(Debug, Clone)]
pub struct CaseOutcome {
    /// What it tells.
    pub name: String,
    /// `file:line`.
    pub at: String,
    /// What was not as expected; empty if all was.
    pub failures: Vec<CaseFailure>,
}

/// One expectation that was not met.
#[derive(Debug, Clone)]
pub struct CaseFailure {
    /// What was expected and what came, as a sentence.
    pub message: String,
    /// The conditions of the rule it is about, needed and seen; empty where it is about none.
    pub leaves: Vec<LeafSeen>,
}

/// Reads a case file.
///
/// # Errors
/// Every fault found; nothing of the file is used then.
pub fn read_cases(
    file: &str,
    text: &str,
    pack: &str,
    library: &Library,
    set: &RuleSet,
) -> Result<Vec<Case>, Vec<Fault>> {
    let raw: RawFile = toml::from_str(text).map_err(|error| {
        let hint = "a case has a name, answers, and what fires, is silent, comes first (top) or never";
        let fault = Fault::new(file, truncate(&clean(error.message()).replace('\n', "; "), 200), hint);
        vec![error.span().map_or(fault.clone(), |span| fault.at_byte(text, span.start))]
    })?;
    let mut reading = Reading { file, text, pack, library, set, faults: Vec::new() };
    let cases = raw.cases.into_iter().filter_map(|case| reading.case(case)).collect();
    if reading.faults.is_empty() { Ok(cases) } else { Err(reading.faults) }
}

/// Asks the rules about a case and compares.
#[must_use]
pub fn run_case(case: &Case, library: &Library, set: &RuleSet) -> CaseOutcome {
    let facts = Facts::new(library, &case.profile);
    let advised = advise(set, library, &case.profile);
    let mut failures = Vec::new();
    let mut fail = |message: String, leaves: Vec<LeafSeen>| failures.push(CaseFailure { message, leaves });
    for (ids, wanted) in [(&case.fires, true), (&case.silent, false)] {
        for rule in ids.iter().filter_map(|id| set.rule(id)) {
            let outcome = truth(&rule.when, &facts);
            if (outcome == Truth::Yes) != wanted {
                let verb = if wanted { "must speak" } else { "must be silent" };
                let message = format!("{} {verb}, and its condition is: {}", rule.id, outcome.word());
                fail(message, leaves_seen(&rule.when, &facts));
            }
        }
    }
    for (id, words) in &case.because {
        let Some(rule) = set.rule(id) else { continue };
        let (reason, _) = explained(rule, &facts);
        if !reason.because.contains(words.as_str()) {
            fail(format!("{id} must say \u{ab}{words}\u{bb}, and says: {}", reason.because), Vec::new());
        }
    }
    let shown: Vec<&str> = advised.shown.iter().map(|advice| advice.activity.as_str()).collect();
    let first: Vec<&str> = shown.iter().copied().take(case.top.len()).collect();
    if first != case.top {
        fail(format!("first must come {}, and these came: {}", case.top.join(", "), shown.join(", ")), Vec::new());
    }
    for id in case.never.iter().filter(|id| shown.contains(&id.as_str())) {
        fail(format!("{id} must not be shown, and is"), Vec::new());
    }
    CaseOutcome { name: case.name.clone(), at: case.at.clone(), failures }
}

/// One reading of one file.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    pack: &'a str,
    library: &'a Library,
    set: &'a RuleSet,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn fault(&mut self, at: usize, message: impl AsRef<str>, hint: impl AsRef<str>) {
        let fault = Fault::new(self.file, clean(message.as_ref()), clean(hint.as_ref()));
        self.faults.push(fault.at_byte(self.text, at));
    }

    fn case(&mut self, raw: RawCase) -> Option<Case> {
        let before = self.faults.len();
        let start = raw.name.span().start;
        let place = Fault::new(self.file, "", "").at_byte(self.text, start);
        let name = raw.name.into_inner();
        let today = raw.today.as_ref().map_or(Some(DAY), |day| self.day(day)).unwrap_or(DAY);
        let person = Person {
            level: raw.level.as_ref().and_then(|level| self.level(level)),
            organisation: raw.organisation.as_ref().and_then(|kind| self.organisation(kind)).unwrap_or_default(),
            ..Person::default()
        };
        let answers: Vec<Answer> = raw.answers.iter().filter_map(|answer| self.answer(answer, today)).collect();
        let nothing = raw.fires.is_empty()
            && raw.silent.is_empty()
            && raw.top.is_empty()
            && raw.never.is_empty()
            && raw.because.is_empty();
        if nothing {
            self.fault(
                start,
                format!("the case \"{name}\" expects nothing"),
                "say what fires, is silent, comes first or never",
            );
        }
        let fires = self.rules(&raw.fires);
        let silent = self.rules(&raw.silent);
        let because = raw
            .because
            .iter()
            .filter_map(|(id, words)| Some((self.rules(std::slice::from_ref(id)).pop()?, words.clone())))
            .collect();
        let (top, never) = (self.activities(&raw.top), self.activities(&raw.never));
        let profile = Profile::new(self.library, person, today, answers, &[], &[]);
        let at = format!("{}:{}", self.file, place.line.unwrap_or(0));
        (self.faults.len() == before).then(|| Case {
            name: clean(&name),
            at,
            profile,
            fires,
            silent,
            top,
            never,
            because,
        })
    }

    fn day(&mut self, text: &Spanned<String>) -> Option<Day> {
        let day = text.as_ref().parse().ok();
        if day.is_none() {
            self.fault(
                text.span().start,
                format!("\"{}\" is not a day", truncate(text.as_ref(), 40)),
                "write it like 2026-11-22",
            );
        }
        day
    }

    fn level(&mut self, text: &Spanned<String>) -> Option<String> {
        let found = self.library.level(text.as_ref()).map(|(_, _, level)| level.id.clone());
        if found.is_none() {
            self.fault(
                text.span().start,
                format!("there is no level \"{}\"", truncate(text.as_ref(), 40)),
                "use a level of the framework",
            );
        }
        found
    }

    fn organisation(&mut self, text: &Spanned<String>) -> Option<Organisation> {
        let found = Organisation::parse(text.as_ref());
        if found.is_none() {
            let message = format!("there is no kind of organisation \"{}\"", truncate(text.as_ref(), 40));
            self.fault(text.span().start, message, "it can be commissioner, provider, other");
        }
        found
    }

    fn rules(&mut self, ids: &[Spanned<String>]) -> Vec<String> {
        for id in ids.iter().filter(|id| self.set.rule(id.as_ref()).is_none()).collect::<Vec<_>>() {
            let near = nearest(id.as_ref(), self.set.rules().iter().map(|rule| rule.id.as_str()));
            let hint =
                near.map_or("`cairn rules list` shows them".to_owned(), |near| format!("did you mean \"{near}\"?"));
            self.fault(id.span().start, format!("there is no rule \"{}\"", truncate(id.as_ref(), 60)), hint);
        }
        ids.iter().map(|id| id.as_ref().clone()).collect()
    }

    fn activities(&mut self, ids: &[Spanned<String>]) -> Vec<String> {
        for id in ids.iter().filter(|id| self.library.activity(id.as_ref()).is_none()).collect::<Vec<_>>() {
            let near = nearest(id.as_ref(), self.library.activities.iter().map(|activity| activity.id.as_str()));
            let hint =
                near.map_or("use an id of activities.toml".to_owned(), |near| format!("did you mean \"{near}\"?"));
            self.fault(id.span().start, format!("there is no activity \"{}\"", truncate(id.as_ref(), 60)), hint);
        }
        ids.iter().map(|id| id.as_ref().clone()).collect()
    }

    fn answer(&mut self, raw: &RawAnswer, today: Day) -> Option<Answer> {
        let at = raw.behaviour.span().start;
        let ix = match self.library.find_from(self.pack, raw.behaviour.as_ref()) {
            Ok(ix) => ix,
            Err(error) => {
                self.fault(at, error.to_string(), "behaviours are named by code, like FL-5");
                return None;
            }
        };
        let framework = self.library.framework_of(ix);
        let rated = match (raw.rating, raw.not.as_ref().map(|word| NonAnswer::parse(word.as_ref()))) {
            (Some(value), None) => Rated::Value(value),
            (None, Some(Some(kind))) => Rated::Not(kind),
            (None, None) => Rated::Unanswered,
            _ => {
                let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
                self.fault(at, "an answer has a rating or a non-answer", format!("non-answers are {names}"));
                return None;
            }
        };
        let by = raw.by.as_ref().map_or(Some(By::Myself), |by| By::parse(by.as_ref()));
        let on = raw.on.as_ref().map_or(Some(today), |day| self.day(day));
        let answer = Answer {
            on: on?,
            id: String::new(),
            framework: framework.id.clone(),
            edition: framework.edition.clone(),
            behaviour: self.library.behaviour(ix).code.clone(),
            by: by.unwrap_or(By::Other),
            rated,
            importance: raw.importance,
            reflections: raw
                .words
                .iter()
                .map(|text| Reflection { prompt: String::new(), text: text.clone() })
                .collect(),
            evidence: String::new(),
        };
        match answer.check(&framework.scale, &framework.importance) {
            Ok(()) | Err(crate::domain::AnswerError::Empty) => Some(answer),
            Err(error) => {
                self.fault(at, error.to_string(), "use a point of the framework's scale");
                None
            }
        }
    }
}

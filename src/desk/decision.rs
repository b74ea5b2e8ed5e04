//! The decision log: what the rules recommended for somebody's answers, with all inputs but without any personal text.
//! Answers are recorded as a count and a checksum, packs with the checksum of their files. With the same packs and
//! records a line can be reproduced byte for byte; this is called replaying.

use serde::{Deserialize, Serialize};

use super::{Desk, DeskError, LoadedPacks};
use crate::domain::{Action, ActionStatus, Answer, Day, Organisation, Person, Rated, Story, Truth, Verdict};
use crate::pack::digest;
use crate::rules::{Facts, leaves_seen};

/// Version of the rules language.
const RULES_API: &str = "1";
/// Maximum number of lines returned at once.
pub const MOST_DECISIONS: usize = 1_000;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a line of the decision log")]
pub struct Decision {
    /// Version of the program.
    pub app: String,
    /// Version of the rules language.
    pub rules_api: String,
    /// The day as of which the rules were evaluated.
    pub today: String,
    /// The packs, lowest layer first.
    pub packs: Vec<PackSeal>,
    /// The person's level; empty if not stated.
    pub level: String,
    /// The person's kind of organisation; empty if not stated.
    pub organisation: String,
    /// Whether targets that Cairn suggests were switched off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_targets: bool,
    /// Identifies the answers.
    pub answers: AnswersSeal,
    /// State of the plan.
    pub plan: Vec<InPlan>,
    /// Declined advice: activity and day.
    pub declined: Vec<(String, String)>,
    /// Rules that applied, each with the results of its conditions (`y`, `n` or `?`) in the order in which they are
    /// written.
    pub spoke: Vec<(String, String)>,
    /// Advice that was shown, best first.
    pub shown: Vec<Shown>,
    /// Activities that were not shown, with the reason.
    pub not_shown: Vec<(String, String)>,
}

/// Identifies the exact content of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSeal {
    pub id: String,
    pub version: String,
    /// Checksum over the names and texts of its files.
    pub sha256: String,
}

/// Identifies a set of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersSeal {
    /// Number of answers.
    pub count: usize,
    /// Record id of the newest answer; empty if they are not in the records.
    pub until: String,
    /// Checksum over all answers including their text.
    pub sha256: String,
}

/// One action of the plan, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPlan {
    /// Record id.
    pub id: String,
    /// Id of the activity; empty for the person's own idea.
    pub activity: String,
    pub status: String,
    /// The day of the last change of status.
    pub since: String,
    /// Due day; empty if there is none.
    pub due: String,
}

/// One recommended activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Id of the activity.
    pub activity: String,
    pub score: i64,
    /// The rules behind it, strongest first.
    pub rules: Vec<String>,
}

impl Decision {
    /// Evaluates the rules for a story.
    #[must_use]
    pub fn of(loaded_packs: &LoadedPacks, story: &Story) -> Self {
        let profile = story.profile(&loaded_packs.library);
        let facts = Facts::new(&loaded_packs.library, &profile);
        let advised = loaded_packs.advise(&profile);
        let mark = |truth: Truth| match truth {
            Truth::Yes => 'y',
            Truth::No => 'n',
            Truth::Unknown => '?',
        };
        let outcomes = loaded_packs.rules.truths(&facts);
        let spoke = loaded_packs
            .rules
            .rules()
            .iter()
            .zip(outcomes)
            .filter(|(rule, truth)| rule.is_on() && *truth == Truth::Yes);
        let shown = advised.shown.iter().map(|advice| Shown {
            activity: advice.activity.clone(),
            score: advice.score,
            rules: advice.rules(),
        });
        Self {
            app: env!("CARGO_PKG_VERSION").to_owned(),
            rules_api: RULES_API.to_owned(),
            today: story.today.to_string(),
            packs: loaded_packs.seals(),
            level: story.person.level.clone().unwrap_or_default(),
            organisation: story.person.organisation.id().to_owned(),
            without_targets: loaded_packs.library.offering.without_suggested_targets,
            answers: AnswersSeal::of(&story.answers),
            plan: story.actions.iter().map(in_plan).collect(),
            declined: declined(&story.verdicts),
            spoke: spoke
                .map(|(rule, _)| {
                    let leaves = leaves_seen(&rule.when, &facts);
                    (rule.id.clone(), leaves.iter().map(|leaf| mark(leaf.truth)).collect())
                })
                .collect(),
            shown: shown.collect(),
            not_shown: advised.not_shown.iter().map(|cut| (cut.activity.clone(), cut.why.clone())).collect(),
        }
    }

    /// Formats the decision as one line.
    #[must_use]
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reconstructs the story that this decision was about from the current one: the same answers, and the plan as it
    /// was.
    #[must_use]
    pub fn story(&self, now: &Story) -> Story {
        let until = |answer: &&Answer| self.answers.until.is_empty() || answer.id <= self.answers.until;
        let known = |row: &InPlan| now.actions.iter().find(|action| action.id == row.id);
        let action = |row: &InPlan| {
            let known = known(row)?;
            let (since, due) = (row.since.parse().ok()?, row.due.parse().ok());
            let status = ActionStatus::parse(&row.status)?;
            let learned = if status == known.status { known.learned.clone() } else { String::new() };
            Some(Action { status, changed_on: since, due, learned, ..known.clone() })
        };
        let declined =
            self.declined.iter().filter_map(|(id, day)| Some((id.clone(), Verdict::Declined, day.parse().ok()?)));
        Story {
            person: Person {
                level: Some(self.level.clone()).filter(|level| !level.is_empty()),
                organisation: Organisation::parse(&self.organisation).unwrap_or_default(),
                ..now.person.clone()
            },
            today: self.today.parse().unwrap_or(now.today),
            answers: now.answers.iter().filter(until).cloned().collect(),
            actions: self.plan.iter().filter_map(action).collect(),
            verdicts: declined.collect(),
        }
    }

    /// Returns the differences between this line and a repeated evaluation, in words; empty if they are identical.
    #[must_use]
    pub fn differences(&self, again: &Self) -> Vec<String> {
        let mut found = Vec::new();
        for pack in &self.packs {
            match again.packs.iter().find(|other| other.id == pack.id) {
                None => found.push(format!("the pack {} {} is not loaded", pack.id, pack.version)),
                Some(other) if other != pack => {
                    found.push(format!(
                        "the pack {} was {} then and is {} now, with other files",
                        pack.id, pack.version, other.version
                    ));
                }
                Some(_) => {}
            }
        }
        for pack in again.packs.iter().filter(|pack| !self.packs.iter().any(|other| other.id == pack.id)) {
            found.push(format!("the pack {} {} was not loaded then", pack.id, pack.version));
        }
        if self.answers != again.answers {
            found.push(format!(
                "the answers have changed: {} then, and {} of them found now",
                self.answers.count, again.answers.count
            ));
        }
        if (&self.app, &self.rules_api) != (&again.app, &again.rules_api) {
            found.push(format!("cairn was {} then and is {} now", self.app, again.app));
        }
        if self.spoke != again.spoke {
            found.push("other rules apply, or for other reasons".to_owned());
        }
        if (&self.shown, &self.not_shown) != (&again.shown, &again.not_shown) {
            let ids = |list: &[Shown]| list.iter().map(|card| card.activity.as_str()).collect::<Vec<_>>().join(", ");
            found.push(format!("shown then: {}, shown now: {}", ids(&self.shown), ids(&again.shown)));
        }
        if found.is_empty() && self != again {
            found.push("the person or the plan has changed".to_owned());
        }
        found
    }
}

impl AnswersSeal {
    fn of(answers: &[Answer]) -> Self {
        let mut sorted: Vec<&Answer> = answers.iter().collect();
        sorted.sort();
        let mut text = String::new();
        for answer in &sorted {
            let rated = match answer.rated {
                Rated::Unanswered => String::new(),
                Rated::Value(value) => value.to_string(),
                Rated::Not(kind) => kind.id().to_owned(),
            };
            let words = answer.words().collect::<Vec<_>>();
            let on = answer.on.to_string();
            // The titles and labels of answers are not included: with the same packs they do not affect the decision,
            // and records in earlier formats do not have them.
            let Answer { framework, edition, behaviour, importance, .. } = answer;
            let by = answer.by.id();
            text.push_str(
                &serde_json::json!([on, framework, edition, behaviour, by, rated, importance, words]).to_string(),
            );
        }
        let until = answers.iter().map(|answer| answer.id.as_str()).max().unwrap_or("").to_owned();
        Self { count: answers.len(), until, sha256: digest(text.as_bytes()) }
    }
}

fn in_plan(action: &Action) -> InPlan {
    InPlan {
        id: action.id.clone(),
        activity: action.activity.clone().unwrap_or_default(),
        status: action.status.id().to_owned(),
        since: action.changed_on.to_string(),
        due: action.due.map_or_else(String::new, |day| day.to_string()),
    }
}

fn declined(verdicts: &[(String, Verdict, Day)]) -> Vec<(String, String)> {
    let declined = verdicts.iter().filter(|(_, verdict, _)| *verdict == Verdict::Declined);
    declined.map(|(activity, _, day)| (activity.clone(), day.to_string())).collect()
}

impl LoadedPacks {
    fn seals(&self) -> Vec<PackSeal> {
        let seal = |info: &crate::domain::PackInfo| {
            let pack = self.packs.iter().find(|pack| pack.origin == info.origin && pack.is(&info.id))?;
            Some(PackSeal { id: info.id.clone(), version: info.version.clone(), sha256: pack.checksum() })
        };
        self.library.packs.iter().filter_map(seal).collect()
    }
}

impl Desk {
    /// Logs what the rules recommend for the current records, if it has changed and there are answers.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn note_decision(&mut self) -> Result<(), DeskError> {
        if self.store().is_none() {
            return Ok(());
        }
        let story = self.story()?;
        if story.answers.is_empty() {
            return Ok(());
        }
        let line = Decision::of(&self.loaded_packs, &story).line();
        self.store_mut()?.note_decision(&line)?;
        Ok(())
    }

    /// Returns the newest lines with their time stamps, newest first; at most [`MOST_DECISIONS`].
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn decisions(&self, most: usize) -> Result<Vec<(String, String)>, DeskError> {
        self.read(|store| store.decisions(most.min(MOST_DECISIONS)))
    }
}

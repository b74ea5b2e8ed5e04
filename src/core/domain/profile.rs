//! A person's answers in the form in which rules evaluate them: the newest answer for each behaviour, earlier ratings
//! with their days, texts, and the results of earlier advice. The day is part of the profile, so that the same input
//! always gives the same advice.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, ActionStatus, Answer, BehaviourIx, By, CameOut, Day, Due, Library, NotCompared, Person, Rated, Scale,
    Verdict, join_and,
};

/// Everything that one rater has said about one behaviour.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The newest rating or non-answer. Answers with text alone do not replace an older rating.
    pub rated: Rated,
    /// Day of that rating.
    pub on: Day,
    /// The newest importance.
    pub importance: Option<i64>,
    /// Ratings with values, oldest first, one for each day (the last of that day). For [`By::Other`] every rating is
    /// listed, because it is not known whether two of them are from one person.
    pub history: Vec<(Day, i64)>,
    /// All answers, oldest first.
    pub answers: Vec<Answer>,
}

/// What happened to an activity after earlier recommendations.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Number of times it was done.
    pub done: usize,
    /// Number of times it was declined or abandoned.
    pub set_aside: usize,
    /// What the person wrote that they learned, for each time it was done, in the order of the plan.
    pub learned: Vec<String>,
    /// The latest result that the person stated, with its day.
    pub came_out: Option<(Day, CameOut)>,
    /// Whether it is open in the plan.
    pub open: bool,
    /// The day on which it was last declined or abandoned.
    pub declined: Option<Day>,
    /// The day on which it was last done.
    pub done_on: Option<Day>,
}

/// Counts of the actions in the plan by state, including the person's own ideas.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// Open actions.
    pub open: usize,
    /// Open actions that are overdue.
    pub overdue: usize,
    /// Finished actions.
    pub done: usize,
}

/// Everything that a rule can read.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The day as of which the rules are evaluated.
    pub today: Day,
    /// The person whose answers these are.
    pub person: Person,
    standings: Vec<Option<Standing>>,
    by_others: BTreeMap<(By, BehaviourIx), Standing>,
    apart: Vec<(Answer, NotCompared)>,
    session_days: Vec<Day>,
    given: BTreeMap<String, Given>,
    plan: PlanCounts,
}

impl Profile {
    /// Builds a profile. The order of `answers`, `actions` and `verdicts` does not matter: answers are sorted by day,
    /// then by record id, then by content. Answers that do not [count](Library::counted) are only
    /// [listed](Profile::apart).
    #[must_use]
    pub fn new(
        library: &Library,
        person: Person,
        today: Day,
        mut answers: Vec<Answer>,
        actions: &[Action],
        verdicts: &[(String, Verdict, Day)],
    ) -> Self {
        answers.sort();
        let mut grouped: BTreeMap<(By, BehaviourIx), Vec<Answer>> = BTreeMap::new();
        let mut days = BTreeSet::new();
        let mut apart = Vec::new();
        for answer in answers {
            let counted = match library.counted(&answer, today) {
                Ok(counted) => counted,
                Err(why) => {
                    apart.push((answer, why));
                    continue;
                }
            };
            if answer.by == By::Myself {
                days.insert(answer.on);
            }
            let read = Answer { rated: counted.rated, importance: counted.importance, ..answer };
            grouped.entry((read.by, counted.behaviour)).or_default().push(read);
        }
        let mut standings: Vec<Option<Standing>> = vec![None; library.behaviours.len()];
        let mut by_others = BTreeMap::new();
        for ((by, ix), list) in grouped {
            let standing = Standing::of(by, list);
            if by == By::Myself {
                standings[ix.at()] = Some(standing);
            } else {
                by_others.insert((by, ix), standing);
            }
        }
        let given = given(library, actions, verdicts);
        let plan = counts(actions, today);
        let session_days = days.into_iter().collect();
        Self { today, person, standings, by_others, apart, session_days, given, plan }
    }

    /// Returns what the person said about a behaviour.
    #[must_use]
    pub fn of(&self, ix: BehaviourIx) -> Option<&Standing> {
        self.standings.get(ix.at())?.as_ref()
    }

    /// Returns what a rater said about a behaviour.
    #[must_use]
    pub fn by(&self, by: By, ix: BehaviourIx) -> Option<&Standing> {
        match by {
            By::Myself => self.of(ix),
            By::Coach | By::Other => self.by_others.get(&(by, ix)),
        }
    }

    /// Returns the answers that are excluded from comparison and from rules, with the reason, oldest first.
    #[must_use]
    pub fn apart(&self) -> &[(Answer, NotCompared)] {
        &self.apart
    }

    /// Returns a rater's rating as a number; for [`By::Other`], the mean of all ratings.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "ratings and their number are small")]
    pub fn rating(&self, by: By, ix: BehaviourIx) -> Option<f64> {
        let standing = self.by(by, ix)?;
        if by != By::Other {
            return Some(standing.rated.value()? as f64);
        }
        let values = &standing.history;
        (!values.is_empty()).then(|| values.iter().map(|(_, value)| *value).sum::<i64>() as f64 / values.len() as f64)
    }

    /// Returns the person's own ratings with values, in the order of the library.
    pub fn rated(&self) -> impl Iterator<Item = (BehaviourIx, i64)> + '_ {
        self.standings.iter().enumerate().filter_map(|(at, standing)| {
            let value = standing.as_ref()?.rated.value()?;
            Some((BehaviourIx(u32::try_from(at).ok()?), value))
        })
    }

    /// Returns the behaviours about which the person has said anything, in the order of the library.
    pub fn answered(&self) -> impl Iterator<Item = (BehaviourIx, &Standing)> + '_ {
        self.standings
            .iter()
            .enumerate()
            .filter_map(|(at, standing)| Some((BehaviourIx(u32::try_from(at).ok()?), standing.as_ref()?)))
    }

    /// Returns the days on which the person answered something, oldest first.
    #[must_use]
    pub fn session_days(&self) -> &[Day] {
        &self.session_days
    }

    /// Returns the number of days after `day` on which the person answered something.
    #[must_use]
    pub fn sessions_after(&self, day: Day) -> usize {
        self.session_days.iter().filter(|session| **session > day).count()
    }

    /// Returns what happened to an activity after earlier recommendations.
    #[must_use]
    pub fn given(&self, activity: &str) -> Option<&Given> {
        self.given.get(activity)
    }

    /// Returns what happened to every activity that was ever recommended, by id.
    pub fn all_given(&self) -> impl Iterator<Item = (&str, &Given)> {
        self.given.iter().map(|(id, given)| (id.as_str(), given))
    }

    /// Returns the counts of the plan.
    #[must_use]
    pub fn plan(&self) -> PlanCounts {
        self.plan
    }
}

impl Standing {
    /// Builds a standing. `answers` must be ordered oldest first and not be empty.
    fn of(by: By, answers: Vec<Answer>) -> Self {
        let newest = answers.iter().rev().find(|answer| answer.rated != Rated::Unanswered);
        let (rated, on) =
            newest.or(answers.last()).map_or((Rated::Unanswered, Day::MIN), |answer| (answer.rated, answer.on));
        let importance = answers.iter().rev().find_map(|answer| answer.importance);
        let mut history: Vec<(Day, i64)> = Vec::new();
        for answer in &answers {
            let Some(value) = answer.rated.value() else { continue };
            match history.last_mut() {
                Some(last) if last.0 == answer.on && by != By::Other => last.1 = value,
                _ => history.push((answer.on, value)),
            }
        }
        Self { rated, on, importance, history, answers }
    }

    /// Returns the rating in the words in which it was given; each of them if there are several by others.
    #[must_use]
    pub fn words(&self, scale: &Scale) -> String {
        let said = |answer: &Answer| {
            let own = &answer.wording.label;
            if own.is_empty() || answer.rated.value().is_none() {
                answer.rated.words(scale)
            } else {
                answer.rating_words()
            }
        };
        let others = self.answers.iter().filter(|answer| answer.by == By::Other && answer.rated != Rated::Unanswered);
        let others: Vec<String> = others.map(said).collect();
        if others.len() > 1 {
            return format!("{} others: {}", others.len(), join_and(&others));
        }
        self.newest().map_or_else(|| self.rated.words(scale), said)
    }

    /// Returns the answer with this rating on this day.
    #[must_use]
    pub fn rated_on(&self, day: Day, value: i64) -> Option<&Answer> {
        self.answers.iter().rfind(|answer| answer.on == day && answer.rated == Rated::Value(value))
    }

    /// Returns the answer that determines the rating, or else the newest one.
    #[must_use]
    pub fn newest(&self) -> Option<&Answer> {
        self.answers.iter().rev().find(|answer| answer.rated != Rated::Unanswered).or(self.answers.last())
    }

    /// Returns the change of the rating over the newest `ratings` ratings (at least 2); `None` if there are fewer.
    #[must_use]
    pub fn trend(&self, ratings: usize) -> Option<i64> {
        let from = self.history.len().checked_sub(ratings.max(2))?;
        Some(self.history.last()?.1 - self.history.get(from)?.1)
    }
}

fn counts(actions: &[Action], today: Day) -> PlanCounts {
    let of = |status: ActionStatus| actions.iter().filter(move |action| action.status == status);
    PlanCounts {
        open: of(ActionStatus::Open).count(),
        overdue: of(ActionStatus::Open).filter(|action| matches!(action.due_on(today), Due::Overdue(_))).count(),
        done: of(ActionStatus::Done).count(),
    }
}

/// Collects what happened to each activity, under its current id.
fn given(library: &Library, actions: &[Action], verdicts: &[(String, Verdict, Day)]) -> BTreeMap<String, Given> {
    let mut given: BTreeMap<String, Given> = BTreeMap::new();
    for action in actions {
        let Some(activity) = &action.activity else { continue };
        let entry = given.entry(library.current_id(activity).to_owned()).or_default();
        match action.status {
            ActionStatus::Open => entry.open = true,
            ActionStatus::Done => {
                entry.done += 1;
                entry.done_on = entry.done_on.max(Some(action.changed_on));
                let said = action.came_out.map(|came_out| (action.changed_on, came_out));
                entry.came_out = entry.came_out.max(said);
                entry.learned.extend((!action.learned.trim().is_empty()).then(|| action.learned.clone()));
            }
            ActionStatus::Dropped => {
                entry.set_aside += 1;
                entry.declined = entry.declined.max(Some(action.changed_on));
            }
        }
    }
    for (activity, verdict, day) in verdicts {
        if *verdict == Verdict::Declined {
            let entry = given.entry(library.current_id(activity).to_owned()).or_default();
            entry.set_aside += 1;
            entry.declined = entry.declined.max(Some(*day));
        }
    }
    given
}

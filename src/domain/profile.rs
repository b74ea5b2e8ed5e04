//! A person's answers as the rules see them: the newest answer on each behaviour, its dated history, what was written,
//! and what became of earlier advice. The day is part of it, so that the same input always gives the same advice.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, ActionStatus, Answer, BehaviourIx, By, CameOut, Day, Due, Library, NotCompared, Person, Rated, Scale,
    Verdict, join_and,
};

/// What one rater has said about one behaviour over time.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The newest answer that carries a rating or a non-answer; words-only answers do not hide an older rating.
    pub rated: Rated,
    /// The day of that rating.
    pub on: Day,
    /// Newest importance given.
    pub importance: Option<i64>,
    /// Ratings with values, oldest first, one a day (the last of that day). Of others each one: nobody knows whether two of
    /// them are of one person.
    pub history: Vec<(Day, i64)>,
    /// All answers, oldest first.
    pub answers: Vec<Answer>,
}

/// What became of an activity that was recommended before.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// How often it was done.
    pub done: usize,
    /// How often it was declined or let go.
    pub set_aside: usize,
    /// What the person noted each time it was done and something was noted, in the order of the plan.
    pub learned: Vec<String>,
    /// The day of the last time that the person said what came of it, and what.
    pub came_out: Option<(Day, CameOut)>,
    /// It is open in the plan now.
    pub open: bool,
    /// The day it was last declined or let go.
    pub declined: Option<Day>,
    /// The day it was last done.
    pub done_on: Option<Day>,
}

/// How many actions of the plan stand how; those of one's own are counted too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// Decided, not done.
    pub open: usize,
    /// Open, and the day has passed.
    pub overdue: usize,
    /// Done.
    pub done: usize,
}

/// Everything a rule may look at. Nothing else reaches the rules.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The day the question is asked on.
    pub today: Day,
    /// Whose answers these are.
    pub person: Person,
    standings: Vec<Option<Standing>>,
    by_others: BTreeMap<(By, BehaviourIx), Standing>,
    apart: Vec<(Answer, NotCompared)>,
    session_days: Vec<Day>,
    given: BTreeMap<String, Given>,
    plan: PlanCounts,
}

impl Profile {
    /// Builds a profile. The order of `answers`, `actions` and `verdicts` does not matter: answers are put in the order
    /// of their day, then of their record id, then of their content. Answers that do not [count](Library::counted) are only
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

    /// What the person themselves said about a behaviour.
    #[must_use]
    pub fn of(&self, ix: BehaviourIx) -> Option<&Standing> {
        self.standings.get(ix.at())?.as_ref()
    }

    /// What somebody said about a behaviour.
    #[must_use]
    pub fn by(&self, by: By, ix: BehaviourIx) -> Option<&Standing> {
        match by {
            By::Myself => self.of(ix),
            By::Coach | By::Other => self.by_others.get(&(by, ix)),
        }
    }

    /// Answers that are not compared and that no rule reads, with the reason, oldest first.
    #[must_use]
    pub fn apart(&self) -> &[(Answer, NotCompared)] {
        &self.apart
    }

    /// What the rating of somebody is in numbers: of several others the mean.
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

    /// Own ratings with values, in the library's order.
    pub fn rated(&self) -> impl Iterator<Item = (BehaviourIx, i64)> + '_ {
        self.standings.iter().enumerate().filter_map(|(at, standing)| {
            let value = standing.as_ref()?.rated.value()?;
            Some((BehaviourIx(u32::try_from(at).ok()?), value))
        })
    }

    /// Behaviours the person has said anything about, in the library's order.
    pub fn answered(&self) -> impl Iterator<Item = (BehaviourIx, &Standing)> + '_ {
        self.standings
            .iter()
            .enumerate()
            .filter_map(|(at, standing)| Some((BehaviourIx(u32::try_from(at).ok()?), standing.as_ref()?)))
    }

    /// Days on which the person answered something, oldest first.
    #[must_use]
    pub fn session_days(&self) -> &[Day] {
        &self.session_days
    }

    /// How many of the person's sessions lie after a day.
    #[must_use]
    pub fn sessions_after(&self, day: Day) -> usize {
        self.session_days.iter().filter(|session| **session > day).count()
    }

    /// What became of an activity so far.
    #[must_use]
    pub fn given(&self, activity: &str) -> Option<&Given> {
        self.given.get(activity)
    }

    /// What became of every activity that was ever put forward, by id.
    pub fn all_given(&self) -> impl Iterator<Item = (&str, &Given)> {
        self.given.iter().map(|(id, given)| (id.as_str(), given))
    }

    /// How the plan stands.
    #[must_use]
    pub fn plan(&self) -> PlanCounts {
        self.plan
    }
}

impl Standing {
    /// `answers` are in order, oldest first, and not empty.
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

    /// The rating in the words it was given in; of several others each.
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

    /// The answer with the rating of a day.
    #[must_use]
    pub fn rated_on(&self, day: Day, value: i64) -> Option<&Answer> {
        self.answers.iter().rfind(|answer| answer.on == day && answer.rated == Rated::Value(value))
    }

    /// The answer that carries the rating, else the newest.
    #[must_use]
    pub fn newest(&self) -> Option<&Answer> {
        self.answers.iter().rev().find(|answer| answer.rated != Rated::Unanswered).or(self.answers.last())
    }

    /// How the rating changed over the newest `ratings` dated ratings; `None` while there are fewer.
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

/// What became of each activity, under the id that it has today.
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

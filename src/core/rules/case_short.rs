//! The short forms in a case file: marks for several behaviours in one line, earlier months, and outcomes of
//! activities.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::case_file::{CaseReader, RawCase, Said};
use crate::domain::{
    Action, ActionStatus, Answer, BehaviourIx, By, CameOut, Day, Intent, NonAnswer, Rated, Verdict, clean, truncate,
};

/// Values for several behaviours, by behaviour, theme or framework.
pub(super) type Marks<T> = BTreeMap<Spanned<String>, Spanned<T>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAction {
    /// Left out for an action that the person devised.
    activity: Option<Spanned<String>>,
    status: Spanned<String>,
    /// Day on which it was done, dropped or declined, or, if it is open, decided.
    on: Option<Spanned<String>>,
    due: Option<Spanned<String>>,
    #[serde(default)]
    learned: String,
    /// Whether the result was as hoped.
    came_out: Option<Spanned<String>>,
}

impl CaseReader<'_> {
    /// Returns the behaviours that a key of a short form names: one by its code, or all of a theme or framework.
    fn meant(&mut self, key: &Spanned<String>) -> Vec<BehaviourIx> {
        let group = self.library.group(key.as_ref());
        if !group.is_empty() {
            return group;
        }
        match self.library.find_from(self.pack, key.as_ref()) {
            Ok(ix) => vec![ix],
            Err(error) => {
                let hint = "behaviours are named by code, like FL-5, and a theme like FL means all of it";
                self.fault(key.span().start, error.to_string(), hint);
                Vec::new()
            }
        }
    }

    /// Returns the short forms as answers dated today and in earlier months.
    pub(super) fn in_short(&mut self, raw: &RawCase, today: Day) -> Vec<Answer> {
        let mut said: BTreeMap<BehaviourIx, (usize, Said<'_>)> = BTreeMap::new();
        let blank = |at| (at, Said { rated: Rated::Unanswered, importance: None, words: None, by: By::Myself });
        // Whole themes come first, so that the value for a single behaviour takes precedence.
        let mut ratings: Vec<(&Spanned<String>, Vec<BehaviourIx>, i64)> =
            raw.ratings.iter().map(|(key, value)| (key, self.meant(key), *value.as_ref())).collect();
        ratings.sort_by_key(|(_, meant, _)| Reverse(meant.len()));
        for (key, meant, value) in ratings {
            for ix in meant {
                said.entry(ix).or_insert_with(|| blank(key.span().start)).1.rated = Rated::Value(value);
            }
        }
        for (key, value) in &raw.importance {
            for ix in self.meant(key) {
                said.entry(ix).or_insert_with(|| blank(key.span().start)).1.importance = Some(*value.as_ref());
            }
        }
        for (key, value) in &raw.non_answers {
            let kind = self.non_answer(value);
            for ix in self.meant(key) {
                let rated = kind.map_or(Rated::Unanswered, Rated::Not);
                said.entry(ix).or_insert_with(|| blank(key.span().start)).1.rated = rated;
            }
        }
        for (key, value) in &raw.words {
            for ix in self.meant(key) {
                said.entry(ix).or_insert_with(|| blank(key.span().start)).1.words = Some(value.as_ref());
            }
        }
        let mut answers: Vec<Answer> =
            said.iter().filter_map(|(ix, (at, said))| self.checked(*at, *ix, today, said)).collect();
        for (ago, marks) in raw.history.iter().rev().enumerate() {
            let days = i64::try_from(ago + 1).unwrap_or(1).saturating_mul(30);
            let on = today.checked_sub(jiff::Span::new().days(days)).unwrap_or(Day::MIN);
            for (key, value) in marks {
                for ix in self.meant(key) {
                    let said = Said { rated: Rated::Value(*value.as_ref()), ..blank(0).1 };
                    answers.extend(self.checked(key.span().start, ix, on, &said));
                }
            }
        }
        answers
    }

    fn non_answer(&mut self, text: &Spanned<String>) -> Option<NonAnswer> {
        let kind = NonAnswer::parse(text.as_ref());
        if kind.is_none() {
            let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
            let message = format!("there is no non-answer \"{}\"", truncate(text.as_ref(), 40));
            self.fault(text.span().start, message, format!("it can be {names}"));
        }
        kind
    }

    /// Returns the outcomes of activities, as actions in the plan and as verdicts.
    pub(super) fn actions(&mut self, raw: &[RawAction], today: Day) -> (Vec<Action>, Vec<(String, Verdict, Day)>) {
        let (mut actions, mut verdicts) = (Vec::new(), Vec::new());
        for entry in raw {
            let on = entry.on.as_ref().map_or(Some(today), |day| self.day(day)).unwrap_or(today);
            let due = entry.due.as_ref().and_then(|day| self.day(day));
            let activity = entry.activity.as_ref().and_then(|id| self.activities(std::slice::from_ref(id)).pop());
            if entry.status.as_ref() == "declined" {
                verdicts.extend(activity.map(|id| (id, Verdict::Declined, on)));
                continue;
            }
            let Some(status) = ActionStatus::parse(entry.status.as_ref()) else {
                let message = format!("there is no status \"{}\"", truncate(entry.status.as_ref(), 40));
                self.fault(entry.status.span().start, message, "it can be open, done, dropped, declined");
                continue;
            };
            let came_out = entry.came_out.as_ref().and_then(|how| {
                let known = CameOut::parse(how.as_ref());
                if known.is_none() {
                    let message = format!("there is no outcome \"{}\"", truncate(how.as_ref(), 40));
                    self.fault(how.span().start, message, "it can be as-hoped, in-part, not-as-hoped");
                }
                known
            });
            actions.push(Action {
                id: String::new(),
                decided_on: on,
                activity,
                rules: Vec::new(),
                because: String::new(),
                behaviours: Vec::new(),
                title: String::new(),
                first_step: String::new(),
                due,
                status,
                changed_on: on,
                learned: clean(&entry.learned),
                intent: Intent::default(),
                came_out,
            });
        }
        (actions, verdicts)
    }
}

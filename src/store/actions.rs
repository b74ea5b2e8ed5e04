//! Actions of the plan. An action is written once; every later change, including a new due day, is a further event.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::error::StoreError;
use super::people::ensure;
use super::sql::Sql;
use super::verdicts::{self, NewVerdict};
use super::{Store, enter, row};
use crate::domain::{Action, ActionStatus, ActivityKind, CameOut, Day, Intent, Revision};
use crate::os::Clock;

/// Actions with their newest event. Callers append a condition and an order.
const SELECT: &str = "\
    SELECT a.id, a.decided_on, a.activity, a.rules, a.because, a.behaviours, e.title, e.first_step, \
    e.due_on, e.status, e.on_day, e.learned, e.wish, e.outcome, e.obstacle, e.situation, e.response, e.kind, e.helper, \
    e.evidence, e.review_on, e.came_out \
    FROM action a JOIN action_event e \
    ON e.action_id = a.id AND e.id = (SELECT max(id) FROM action_event WHERE action_id = a.id) WHERE a.person_id = $1";

/// Data of an action that is to be added to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// The day on which it was decided.
    pub decided_on: Day,
    /// Id of the activity it comes from; `None` for the person's own idea.
    pub activity: Option<String>,
    /// Ids of the rules that recommended it.
    pub rules: Vec<String>,
    /// Why it was recommended, in the words shown at the time.
    pub because: String,
    /// Full codes of the behaviours it is for.
    pub behaviours: Vec<String>,
    /// What the person decided to do.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// Due day of the first step.
    pub due: Option<Day>,
    /// The thinking behind the action.
    pub intent: Intent,
}

/// The complete new state of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the person decided to do, in its new wording.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// Status of the action.
    pub status: ActionStatus,
    /// What was learned; may be empty.
    pub learned: String,
    /// Due day of the first step.
    pub due: Option<Day>,
    /// The thinking behind the action.
    pub intent: Intent,
    /// The result; `None` if the person has not stated it.
    pub came_out: Option<CameOut>,
    /// The day of the change.
    pub on: Day,
}

impl Store {
    /// Adds an action to the plan, with the verdict on the advice it comes from, if there is one.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written; then neither is saved.
    pub fn decide(&mut self, action: &NewAction, verdict: Option<&NewVerdict>) -> Result<Action, StoreError> {
        let entry = sanitised(action)?;
        let verdict = verdict.map(verdicts::sanitised).transpose()?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let me = ensure(sql, clock, whose)?;
            let verdict = verdict.as_ref().map(|verdict| verdicts::insert(sql, clock, &me, verdict)).transpose()?;
            insert(sql, clock, &me, verdict.as_deref(), &entry)
        })
    }

    /// Returns the actions of the plan in their current state, in the order in which they were decided.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn actions(&self) -> Result<Vec<Action>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(&format!("{SELECT} ORDER BY a.decided_on, a.id"), params![person], read)
    }

    /// Records a new state of an action and returns the action.
    ///
    /// # Errors
    /// [`StoreError::NoAction`] for an unknown id; otherwise an error if the records cannot be written.
    pub fn change_action(&mut self, id: &str, change: &Change) -> Result<Action, StoreError> {
        let change = sanitised_change(change)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let Some(action) = one(sql, &person, id)? else {
                return Err(StoreError::NoAction(enter::line("the id", id)?));
            };
            insert_event(sql, clock, &action.id, &change)?;
            Ok(standing(action, &change))
        })
    }
}

/// Returns the action with the new state applied.
fn standing(action: Action, change: &Change) -> Action {
    let Change { title, first_step, status, learned, due, intent, came_out, on } = change.clone();
    Action { title, first_step, status, learned, due, intent, came_out, changed_on: on, ..action }
}

/// Returns the action with all texts cleaned.
pub(super) fn sanitised(action: &NewAction) -> Result<NewAction, StoreError> {
    Ok(NewAction {
        decided_on: action.decided_on,
        activity: action.activity.as_deref().map(|id| enter::line("the activity", id)).transpose()?,
        rules: enter::lines("a rule", &action.rules)?,
        because: enter::text("the explanation", &action.because)?,
        behaviours: enter::lines("a behaviour", &action.behaviours)?,
        title: enter::text("the title", &action.title)?,
        first_step: enter::text("the first step", &action.first_step)?,
        due: action.due,
        intent: sanitised_intent(&action.intent)?,
    })
}

/// Returns the state with all texts cleaned.
pub(super) fn sanitised_change(change: &Change) -> Result<Change, StoreError> {
    Ok(Change {
        title: enter::text("the title", &change.title)?,
        first_step: enter::text("the first step", &change.first_step)?,
        learned: enter::text("what was learned", &change.learned)?,
        intent: sanitised_intent(&change.intent)?,
        ..change.clone()
    })
}

impl Store {
    /// Returns the change history of each action of the current person, by action id.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn revisions(&self) -> Result<BTreeMap<String, Revision>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(BTreeMap::new()) };
        let mut found: BTreeMap<String, Revision> = BTreeMap::new();
        self.db.read().each(
            "SELECT e.action_id, e.at, e.due_on, e.review_on FROM action a JOIN action_event e ON e.action_id = a.id \
             WHERE a.person_id = $1 ORDER BY e.id",
            params![person],
            |row| {
                let revision = found.entry(row::text(row, 0)?).or_default();
                revision.states += 1;
                revision.at = row::text(row, 1)?;
                revision.due = row::maybe_day(row, 2)?.or(revision.due);
                revision.review = row::maybe_day(row, 3)?.or(revision.review);
                Ok(())
            },
        )?;
        Ok(found)
    }
}

/// Returns one action of a person in its current state.
pub(super) fn one(sql: &Sql<'_>, person: &str, id: &str) -> Result<Option<Action>, StoreError> {
    sql.first(&format!("{SELECT} AND a.id = $2"), params![person, id], read)
}

/// Returns the intent with all texts cleaned.
fn sanitised_intent(intent: &Intent) -> Result<Intent, StoreError> {
    Ok(Intent {
        wish: enter::text("the wish", &intent.wish)?,
        outcome: enter::text("the outcome", &intent.outcome)?,
        obstacle: enter::text("the obstacle", &intent.obstacle)?,
        situation: enter::text("the situation", &intent.situation)?,
        response: enter::text("what will be done in it", &intent.response)?,
        kind: intent.kind,
        helper: enter::text("who helps", &intent.helper)?,
        evidence: enter::text("how you will know", &intent.evidence)?,
        review: intent.review,
    })
}

/// Inserts an action with its first event and returns it.
pub(super) fn insert(
    sql: &Sql<'_>,
    clock: &Clock,
    me: &str,
    verdict: Option<&str>,
    entry: &NewAction,
) -> Result<Action, StoreError> {
    let id = sql.next_id(clock, "action")?;
    sql.run(
        "INSERT INTO action (id, person_id, verdict_id, activity, rules, because, behaviours, decided_on, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            me,
            verdict,
            entry.activity,
            entry.rules.join("\n"),
            entry.because,
            entry.behaviours.join("\n"),
            entry.decided_on.to_string(),
            clock.stamp(),
        ],
    )?;
    let first = Change {
        title: entry.title.clone(),
        first_step: entry.first_step.clone(),
        status: ActionStatus::Open,
        learned: String::new(),
        due: entry.due,
        intent: entry.intent.clone(),
        came_out: None,
        on: entry.decided_on,
    };
    insert_event(sql, clock, &id, &first)?;
    let NewAction { decided_on, activity, rules, because, behaviours, title, first_step, due, intent } = entry.clone();
    let Change { status, learned, on: changed_on, came_out, .. } = first;
    Ok(Action {
        id,
        decided_on,
        activity,
        rules,
        because,
        behaviours,
        title,
        first_step,
        due,
        status,
        changed_on,
        learned,
        intent,
        came_out,
    })
}

/// Inserts a new state of an action and returns the id of the event.
pub(super) fn insert_event(sql: &Sql<'_>, clock: &Clock, action: &str, change: &Change) -> Result<String, StoreError> {
    let id = sql.next_id(clock, "action_event")?;
    sql.run(
        "INSERT INTO action_event (id, action_id, title, first_step, status, learned, due_on, on_day, at, wish, outcome, \
         obstacle, situation, response, kind, helper, evidence, review_on, came_out) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        params![
            id,
            action,
            change.title,
            change.first_step,
            change.status.id(),
            change.learned,
            change.due.map(|day| day.to_string()),
            change.on.to_string(),
            clock.stamp(),
            change.intent.wish,
            change.intent.outcome,
            change.intent.obstacle,
            change.intent.situation,
            change.intent.response,
            change.intent.kind.map_or("", ActivityKind::id),
            change.intent.helper,
            change.intent.evidence,
            change.intent.review.map(|day| day.to_string()),
            change.came_out.map_or("", CameOut::id),
        ],
    )?;
    Ok(id)
}

/// Reads an action from a row of [`SELECT`].
fn read(row: &Row<'_>) -> Result<Action, StoreError> {
    Ok(Action {
        id: row::text(row, 0)?,
        decided_on: row::day(row, 1)?,
        activity: row::maybe_text(row, 2)?,
        rules: row::lines(row, 3)?,
        because: row::text(row, 4)?,
        behaviours: row::lines(row, 5)?,
        title: row::text(row, 6)?,
        first_step: row::text(row, 7)?,
        due: row::maybe_day(row, 8)?,
        status: row::word(row, 9, ActionStatus::parse)?,
        changed_on: row::day(row, 10)?,
        learned: row::text(row, 11)?,
        intent: Intent {
            wish: row::text(row, 12)?,
            outcome: row::text(row, 13)?,
            obstacle: row::text(row, 14)?,
            situation: row::text(row, 15)?,
            response: row::text(row, 16)?,
            kind: row::maybe(row, 17, ActivityKind::parse)?,
            helper: row::text(row, 18)?,
            evidence: row::text(row, 19)?,
            review: row::maybe_day(row, 20)?,
        },
        came_out: row::maybe(row, 21, CameOut::parse)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, day, store, verdict};
    use super::*;
    use crate::domain::Verdict;

    #[test]
    fn an_action_comes_back_with_its_verdict_beside_it() {
        let mut store = store();
        let taken =
            store.decide(&action("Ask one person"), Some(&verdict("ask-one", Verdict::Adapted))).expect("writable");
        let own = NewAction { activity: None, rules: vec![], behaviours: vec![], due: None, ..action("My own idea") };
        let own = store.decide(&own, None).expect("writable");
        assert_eq!((taken.status, taken.changed_on), (ActionStatus::Open, day(2026, 11, 22)));
        assert_eq!(store.actions().expect("readable"), [taken, own]);
        assert_eq!(store.verdicts().expect("readable").len(), 1);
    }

    #[test]
    fn an_action_and_its_verdict_are_kept_both_or_neither() {
        let mut store = store();
        let long = NewVerdict { reason: "x".repeat(100_001), ..verdict("ask-one", Verdict::Accepted) };
        assert!(store.decide(&action("Ask one person"), Some(&long)).is_err());
        store.db.tx(|sql| sql.batch("ALTER TABLE action_event RENAME TO gone")).expect("a table can be renamed");
        assert!(store.decide(&action("Ask one person"), Some(&verdict("ask-one", Verdict::Accepted))).is_err());
        assert!(store.verdicts().expect("readable").is_empty());
    }

    #[test]
    fn the_newest_event_counts_and_the_older_ones_stay() {
        let mut store = store();
        let before = store.decide(&action("Ask one person"), None).expect("writable");
        let later = Change {
            title: "Ask two people".to_owned(),
            first_step: "Write their names down.".to_owned(),
            status: ActionStatus::Open,
            learned: String::new(),
            due: Some(day(2027, 1, 9)),
            intent: Intent { review: Some(day(2027, 2, 1)), kind: Some(ActivityKind::Formal), ..before.intent.clone() },
            came_out: None,
            on: day(2026, 12, 1),
        };
        assert_eq!(store.change_action(&before.id, &later).expect("writable").due, later.due);
        let done = Change {
            title: later.title.clone(),
            first_step: later.first_step.clone(),
            status: ActionStatus::Done,
            learned: "People answer.".to_owned(),
            due: later.due,
            intent: later.intent.clone(),
            came_out: Some(CameOut::InPart),
            on: day(2027, 1, 8),
        };
        let after = store.change_action(&before.id, &done).expect("writable");
        assert_eq!(after, standing(before, &done));
        assert_eq!(store.actions().expect("readable"), [after]);
        let events = store.db.read().rows("SELECT id FROM action_event", &[], |_| Ok(())).expect("readable");
        assert_eq!(events.len(), 3);
        assert!(matches!(store.change_action("nobody", &done), Err(StoreError::NoAction(id)) if id == "nobody"));
    }
}

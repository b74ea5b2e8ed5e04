//! Agreements. Every change writes the whole agreement again; the newest row is in effect, the older ones are its
//! history.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::error::StoreError;
use super::people::ensure;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Engagement, EngagementPurpose, Party, RecordKind};
use crate::os::Clock;

/// Agreements with their newest terms. Callers append an order.
const SELECT: &str = "\
    SELECT e.id, e.began_on, t.purpose, t.also, t.goal, t.sponsor, t.may_see, t.limits, t.keep_until, t.agreed_on, \
    t.ended_on, t.paid FROM engagement e JOIN engagement_term t ON t.engagement_id = e.id \
    AND t.id = (SELECT max(id) FROM engagement_term WHERE engagement_id = e.id) WHERE e.person_id = $1";

impl Store {
    /// Returns all agreements of the current person, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn engagements(&self) -> Result<Vec<Engagement>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(&format!("{SELECT} ORDER BY e.id"), params![person], read)
    }

    /// Returns the current agreement: the newest one that has not ended.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn engagement(&self) -> Result<Option<Engagement>, StoreError> {
        Ok(self.engagements()?.into_iter().rev().find(Engagement::is_open))
    }

    /// Saves an agreement: a new one if its id is empty, otherwise a new state of an existing one. Returns it with its
    /// id.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if the person has no agreement with this id; otherwise an error if the records cannot be
    /// written.
    pub fn keep_engagement(&mut self, engagement: &Engagement) -> Result<Engagement, StoreError> {
        let entry = Engagement {
            goal: enter::text("the goal", &engagement.goal)?,
            sponsor: enter::line("the sponsor", &engagement.sponsor)?,
            limits: enter::text("the limits of confidentiality", &engagement.limits)?,
            ..engagement.clone()
        };
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let id = known_or_new(sql, clock, &person, &entry)?;
            insert_terms(sql, clock, &id, &entry)?;
            Ok(Engagement { id, ..entry.clone() })
        })
    }

    /// Returns the purpose of the current agreement, or the default without one.
    pub(super) fn purpose(&self) -> Result<EngagementPurpose, StoreError> {
        Ok(self.engagement()?.map(|engagement| engagement.purpose).unwrap_or_default())
    }

    /// Returns the purposes for which answers may be used; unused elements repeat the agreement's own purpose.
    pub(super) fn purposes_used(&self) -> Result<[EngagementPurpose; 3], StoreError> {
        let engagement = self.engagement()?;
        let own = engagement.as_ref().map(|engagement| engagement.purpose).unwrap_or_default();
        let used = |purpose| engagement.as_ref().is_some_and(|engagement| engagement.uses(purpose));
        Ok(EngagementPurpose::ALL.map(|purpose| if used(purpose) { purpose } else { own }))
    }
}

fn known_or_new(sql: &Sql<'_>, clock: &Clock, person: &str, entry: &Engagement) -> Result<String, StoreError> {
    if !entry.id.is_empty() {
        let one = "SELECT id FROM engagement WHERE person_id = $1 AND id = $2";
        let known = sql.first(one, params![person, entry.id], |_| Ok(()))?;
        return known.map(|()| entry.id.clone()).ok_or_else(|| StoreError::Unknown("agreement", entry.id.clone()));
    }
    let id = sql.next_id(clock, "engagement")?;
    sql.run(
        "INSERT INTO engagement (id, person_id, began_on, at) VALUES ($1, $2, $3, $4)",
        params![id, person, entry.began_on.to_string(), clock.stamp()],
    )?;
    Ok(id)
}

fn insert_terms(sql: &Sql<'_>, clock: &Clock, id: &str, entry: &Engagement) -> Result<(), StoreError> {
    let also: Vec<&str> = entry.also.iter().map(|purpose| purpose.id()).collect();
    let may_see: Vec<String> =
        entry.may_see.iter().map(|(kind, party)| format!("{} {}", kind.id(), party.id())).collect();
    sql.run(
        "INSERT INTO engagement_term (id, engagement_id, purpose, also, goal, sponsor, may_see, limits, keep_until, \
         agreed_on, ended_on, paid, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            sql.next_id(clock, "engagement_term")?,
            id,
            entry.purpose.id(),
            also.join("\n"),
            entry.goal,
            entry.sponsor,
            may_see.join("\n"),
            entry.limits,
            entry.keep_until.map(|day| day.to_string()),
            entry.agreed_on.map(|day| day.to_string()),
            entry.ended_on.map(|day| day.to_string()),
            i64::from(entry.paid),
            clock.stamp(),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Engagement, StoreError> {
    let pair = |text: &str| {
        let (kind, party) = text.split_once(' ')?;
        Some((RecordKind::parse(kind)?, Party::parse(party)?))
    };
    Ok(Engagement {
        id: row::text(row, 0)?,
        began_on: row::day(row, 1)?,
        purpose: row::word(row, 2, EngagementPurpose::parse)?,
        also: row::words(row, 3, EngagementPurpose::parse)?,
        goal: row::text(row, 4)?,
        sponsor: row::text(row, 5)?,
        may_see: row::words::<_, BTreeSet<_>>(row, 6, pair)?,
        limits: row::text(row, 7)?,
        keep_until: row::maybe_day(row, 8)?,
        agreed_on: row::maybe_day(row, 9)?,
        ended_on: row::maybe_day(row, 10)?,
        paid: row.get::<_, i64>(11)? != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, day, store};
    use super::*;

    #[test]
    fn an_agreement_comes_back_and_its_newest_terms_count() {
        let mut store = store();
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        let usual = Engagement { goal: "Speak up.".to_owned(), ..Engagement::usual(day(2026, 11, 22)) };
        let kept = store.keep_engagement(&usual).expect("writable");
        assert_eq!(store.engagements().expect("readable"), std::slice::from_ref(&kept));
        let agreed = Engagement { agreed_on: Some(day(2026, 11, 23)), paid: true, ..kept.clone() };
        store.keep_engagement(&agreed).expect("writable");
        assert_eq!(store.engagement().expect("readable"), Some(agreed.clone()));
        let ended = Engagement { ended_on: Some(day(2027, 1, 1)), ..agreed };
        store.keep_engagement(&ended).expect("writable");
        assert_eq!(store.engagement().expect("readable"), None);
        assert_eq!(store.engagements().expect("readable"), std::slice::from_ref(&ended));
        store.turn_to(None).expect("readable");
        assert!(matches!(store.keep_engagement(&ended), Err(StoreError::Unknown(..))), "another person's");
    }

    #[test]
    fn answers_for_one_purpose_do_not_silently_serve_another() {
        let mut store = store();
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        let terms = store.keep_engagement(&Engagement::usual(day(2026, 11, 22))).expect("writable");
        store.save_answer(&answer("FL-5"), None).expect("writable");
        let appraisal = Engagement { purpose: EngagementPurpose::Appraisal, ..terms };
        let appraisal = store.keep_engagement(&appraisal).expect("writable");
        assert!(store.answers().expect("readable").is_empty());
        assert_eq!(store.answers_kept_apart().expect("readable"), 1);
        store.save_answer(&answer("FL-6"), None).expect("writable");
        assert_eq!(store.answers().expect("readable").len(), 1);
        let agreed = Engagement { also: [EngagementPurpose::Development].into(), ..appraisal };
        store.keep_engagement(&agreed).expect("writable");
        assert_eq!(store.answers().expect("readable").len(), 2);
        assert_eq!(store.answers_kept_apart().expect("readable"), 0);
    }
}

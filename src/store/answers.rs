//! Answers with their reflections. A newer answer is a new row; no statement in this file changes or removes one.

use rusqlite::{Row, params};

use super::error::StoreError;
use super::people::{Whose, ensure, ensure_session, entered_level, insert_detail};
use super::sql::Sql;
use super::{Store, drafts, enter, row};
use crate::domain::{Answer, By, EngagementPurpose, NonAnswer, Organisation, Rated, Reflection, SessionKind, Wording};
use crate::os::Clock;

/// Answers with their reflections. Callers append a condition and [`IN_ORDER`].
const ALL: &str = "\
    SELECT a.id, a.framework, a.edition, a.behaviour, a.by_whom, a.rating, a.non_answer, a.importance, a.evidence, \
    a.on_day, r.prompt_id, r.body, a.title, a.label, a.importance_label \
    FROM answer a LEFT JOIN comparison_opened o ON o.comparison_id = a.comparison_id \
    LEFT JOIN reflection r ON r.answer_id = a.id \
    WHERE a.person_id = $1 AND (a.comparison_id IS NULL OR o.on_day IS NOT NULL)";
/// Condition for answers that have not been corrected.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM correction c WHERE c.older_id = a.id)";
/// Order of the days; reflections in the order of their prompts.
const IN_ORDER: &str = "ORDER BY a.on_day, a.id, r.position";

impl Store {
    /// Saves an answer and returns it with its id. If `draft` names a draft, it is removed in the same transaction, so
    /// that the text is neither lost nor duplicated.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written; then nothing is changed.
    pub fn save_answer(&mut self, answer: &Answer, draft: Option<&str>) -> Result<Answer, StoreError> {
        let entry = sanitised(answer)?;
        let draft = draft.map(|slot| self.place(slot)).transpose()?;
        self.in_session(|sql, clock, who| {
            if let Some(slot) = &draft {
                drafts::remove(sql, slot)?;
            }
            insert(sql, clock, who, &entry)
        })
    }

    /// Saves several answers, all or none, and returns them with their ids.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written; then nothing is changed.
    pub fn save_answers(&mut self, answers: &[Answer]) -> Result<Vec<Answer>, StoreError> {
        self.save_file(answers, None)
    }

    /// Saves several answers and what a file states about the person (level and organisation), all or nothing.
    ///
    /// # Errors
    /// The same as [`Store::save_answers`].
    pub fn save_file(
        &mut self,
        answers: &[Answer],
        stated: Option<(Option<&str>, Organisation)>,
    ) -> Result<Vec<Answer>, StoreError> {
        if answers.is_empty() && stated.is_none() {
            return Ok(Vec::new());
        }
        let entries = answers.iter().map(sanitised).collect::<Result<Vec<_>, _>>()?;
        let stated = stated.map(|(level, kind)| Ok::<_, StoreError>((entered_level(level)?, kind))).transpose()?;
        self.in_session(|sql, clock, who| {
            if let Some((level, kind)) = &stated {
                insert_detail(sql, clock, &who.person, level.as_deref(), *kind)?;
            }
            entries.iter().map(|entry| insert(sql, clock, who, entry)).collect()
        })
    }

    /// Returns all answers of the current person that may be used under the agreement, ordered by day and, within a
    /// day, by the time of saving. Views of a comparison that is not opened are left out.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn answers(&self) -> Result<Vec<Answer>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let [one, two, three] = self.purposes_used()?;
        let sql = format!("{ALL} AND {STANDS} AND a.purpose IN ($2, $3, $4) {IN_ORDER}");
        self.collect(&sql, params![person, one.id(), two.id(), three.id()])
    }

    /// Returns the answers that have been corrected.
    pub(super) fn older_answers(&self) -> Result<Vec<Answer>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let [one, two, three] = self.purposes_used()?;
        let sql = format!("{ALL} AND NOT {STANDS} AND a.purpose IN ($2, $3, $4) {IN_ORDER}");
        self.collect(&sql, params![person, one.id(), two.id(), three.id()])
    }

    /// Returns the number of answers that are left out because the agreement does not include the purpose they were
    /// given for.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn answers_kept_apart(&self) -> Result<usize, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(0) };
        let [one, two, three] = self.purposes_used()?;
        let sql = "SELECT count(*) FROM answer a LEFT JOIN comparison_opened o ON o.comparison_id = a.comparison_id \
                   WHERE a.person_id = $1 AND (a.comparison_id IS NULL OR o.on_day IS NOT NULL) \
                   AND a.purpose NOT IN ($2, $3, $4) \
                   AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.older_id = a.id)";
        let params = params![person, one.id(), two.id(), three.id()];
        let count = self.db.read().first(sql, params, |row| Ok(row.get::<_, i64>(0)?))?;
        Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
    }

    /// Returns the views of a comparison, or nothing if it is not opened. Answers given for another purpose are left
    /// out here as well: two people who discuss an appraisal must not see what was said for development.
    pub(super) fn views(&self, comparison: &str) -> Result<Vec<Answer>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let [one, two, three] = self.purposes_used()?;
        let sql = format!("{ALL} AND {STANDS} AND a.comparison_id = $2 AND a.purpose IN ($3, $4, $5) {IN_ORDER}");
        self.collect(&sql, params![person, comparison, one.id(), two.id(), three.id()])
    }

    fn collect(&self, sql: &str, params: &[&dyn rusqlite::ToSql]) -> Result<Vec<Answer>, StoreError> {
        let mut answers: Vec<Answer> = Vec::new();
        self.db.read().each(sql, params, |row| {
            let id: String = row::text(row, "id")?;
            if answers.last().is_none_or(|last| last.id != id) {
                answers.push(answer(row, id)?);
            }
            if let (Some(prompt), Some(last)) = (row::maybe_text(row, "prompt_id")?, answers.last_mut()) {
                last.reflections.push(Reflection { prompt, text: row::text(row, "body")? });
            }
            Ok(())
        })?;
        Ok(answers)
    }

    /// Runs a transaction in the current session of the current person. A session that is started by it is remembered
    /// only after the transaction has been committed.
    pub(super) fn in_session<T>(
        &mut self,
        mut work: impl FnMut(&Sql<'_>, &Clock, &Who) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let purpose = self.purpose()?;
        let Self { db, clock, whose, sittings, .. } = self;
        let kind = if *whose == Whose::Mine { SessionKind::Alone } else { SessionKind::OneToOne };
        let (done, who) = db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let current = sittings.get(&whose.key()).map(String::as_str);
            let session = ensure_session(sql, clock, &person, current, kind)?;
            let who = Who { person, session, purpose, comparison: None };
            Ok((work(sql, clock, &who)?, who))
        })?;
        sittings.insert(whose.key(), who.session);
        Ok(done)
    }
}

/// What an answer belongs to.
pub(super) struct Who {
    pub(super) person: String,
    pub(super) session: String,
    /// The purpose for which it is given.
    pub(super) purpose: EngagementPurpose,
    /// Id of the comparison if the answer is a view.
    pub(super) comparison: Option<String>,
}

/// Returns the answer with all texts cleaned and without an id.
pub(super) fn sanitised(answer: &Answer) -> Result<Answer, StoreError> {
    let reflections = answer.reflections.iter().map(|reflection| {
        Ok(Reflection {
            prompt: enter::line("the name of a prompt", &reflection.prompt)?,
            text: enter::text("a reflection", &reflection.text)?,
        })
    });
    Ok(Answer {
        on: answer.on,
        id: String::new(),
        framework: enter::line("the framework", &answer.framework)?,
        edition: enter::line("the edition", &answer.edition)?,
        behaviour: enter::line("the behaviour", &answer.behaviour)?,
        by: answer.by,
        rated: answer.rated,
        importance: answer.importance,
        reflections: reflections.collect::<Result<_, StoreError>>()?,
        evidence: enter::text("the evidence", &answer.evidence)?,
        wording: Wording {
            title: enter::line("the title of a behaviour", &answer.wording.title)?,
            label: enter::line("the label of a point", &answer.wording.label)?,
            importance: enter::line("the label of a point", &answer.wording.importance)?,
        },
    })
}

/// Inserts an answer and returns it with its id.
pub(super) fn insert(sql: &Sql<'_>, clock: &Clock, who: &Who, entry: &Answer) -> Result<Answer, StoreError> {
    let id = sql.next_id(clock, "answer")?;
    let (rating, non_answer) = match entry.rated {
        Rated::Unanswered => (None, None),
        Rated::Value(value) => (Some(value), None),
        Rated::Not(kind) => (None, Some(kind.id())),
    };
    sql.run(
        "INSERT INTO answer (id, person_id, session_id, framework, edition, behaviour, by_whom, rating, non_answer, \
         importance, evidence, on_day, at, purpose, comparison_id, title, label, importance_label, worded) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        params![
            id,
            who.person,
            who.session,
            entry.framework,
            entry.edition,
            entry.behaviour,
            entry.by.id(),
            rating,
            non_answer,
            entry.importance,
            entry.evidence,
            entry.on.to_string(),
            clock.stamp(),
            who.purpose.id(),
            who.comparison,
            entry.wording.title,
            entry.wording.label,
            entry.wording.importance,
            if entry.wording.is_empty() { "" } else { "given" },
        ],
    )?;
    for (position, reflection) in (1_i64..).zip(&entry.reflections) {
        sql.run(
            "INSERT INTO reflection (answer_id, position, prompt_id, body) VALUES ($1, $2, $3, $4)",
            params![id, position, reflection.prompt, reflection.text],
        )?;
    }
    Ok(Answer { id, ..entry.clone() })
}

/// Reads an answer, without its reflections, from a row of [`ALL`].
fn answer(row: &Row<'_>, id: String) -> Result<Answer, StoreError> {
    let rated = match (row.get::<_, Option<i64>>("rating")?, row.get::<_, Option<String>>("non_answer")?) {
        (Some(value), _) => Rated::Value(value),
        (None, Some(_)) => Rated::Not(row::word(row, "non_answer", NonAnswer::parse)?),
        (None, None) => Rated::Unanswered,
    };
    Ok(Answer {
        on: row::day(row, "on_day")?,
        id,
        framework: row::text(row, "framework")?,
        edition: row::text(row, "edition")?,
        behaviour: row::text(row, "behaviour")?,
        by: row::word(row, "by_whom", By::parse)?,
        rated,
        importance: row.get("importance")?,
        reflections: Vec::new(),
        evidence: row::text(row, "evidence")?,
        wording: Wording {
            title: row::text(row, "title")?,
            label: row::text(row, "label")?,
            importance: row::text(row, "importance_label")?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, day, store};
    use super::*;

    #[test]
    fn an_answer_comes_back_as_it_was_given() {
        let mut store = store();
        for by in By::ALL {
            for rated in [Rated::Unanswered, Rated::Value(2)].into_iter().chain(NonAnswer::ALL.map(Rated::Not)) {
                let given = Answer { by, rated, importance: None, ..answer("FL-5") };
                let saved = store.save_answer(&given, None).expect("writable");
                assert_eq!(saved, Answer { id: saved.id.clone(), ..given });
                assert_eq!(store.answers().expect("readable").last(), Some(&saved));
            }
        }
        assert_eq!(store.answers().expect("readable").len(), 15);
    }

    #[test]
    fn a_newer_answer_is_a_new_row_and_the_older_one_stays() {
        let mut store = store();
        let first = store.save_answer(&answer("FL-5"), None).expect("writable");
        let second = Answer { edition: "2".to_owned(), rated: Rated::Value(4), ..answer("FL-5") };
        let second = store.save_answer(&second, None).expect("writable");
        let earlier = Answer { on: day(2025, 1, 31), ..answer("FL-5") };
        let earlier = store.save_answer(&earlier, None).expect("writable");
        assert!(first.id < second.id && second.id < earlier.id);
        assert_eq!(store.answers().expect("readable"), [earlier, first, second]);
    }

    #[test]
    fn emoji_quotes_and_control_characters_are_kept_or_cleaned() {
        let mut store = store();
        let words = "She said \"it's 'fine'\"; DROP TABLE answer; -- \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} Ll\u{177}r $1 ?\n\
            next line";
        let given = Answer { evidence: format!("{words}\0\u{1b}[31m\u{202e}"), ..answer("FL-5") };
        let saved = store.save_answer(&given, None).expect("writable");
        assert_eq!(saved.evidence, format!("{words}[31m"));
        assert_eq!(store.answers().expect("readable"), [saved]);
    }

    #[test]
    fn several_answers_are_saved_all_or_none() {
        let mut store = store();
        let long = Answer { evidence: "x".repeat(100_001), ..answer("FL-6") };
        assert!(matches!(store.save_answers(&[answer("FL-5"), long]), Err(StoreError::TooLong { .. })));
        assert!(store.answers().expect("readable").is_empty());
        // The unique index makes the second insert fail inside the transaction.
        store.db.tx(|sql| sql.batch("CREATE UNIQUE INDEX only_one ON answer (framework)")).expect("writable");
        assert!(store.save_answers(&[answer("FL-5"), answer("FL-6")]).is_err());
        assert!(store.answers().expect("readable").is_empty() && store.sittings.is_empty());
        store.db.tx(|sql| sql.batch("DROP INDEX only_one")).expect("writable");
        let saved = store.save_answers(&[answer("FL-5"), answer("FL-6")]).expect("writable");
        assert_eq!(store.answers().expect("readable"), saved);
        assert!(store.save_answers(&[]).expect("nothing to do").is_empty());
    }

    #[test]
    fn the_draft_goes_in_the_moment_the_answer_is_saved() {
        let mut store = store();
        store.put_draft("reflect/FL-5", "half a thought").expect("writable");
        store.put_draft("reflect/FL-6", "another").expect("writable");
        let long = Answer { evidence: "x".repeat(100_001), ..answer("FL-5") };
        assert!(store.save_answer(&long, Some("reflect/FL-5")).is_err());
        assert!(store.draft("reflect/FL-5").expect("readable").is_some());
        store.save_answer(&answer("FL-5"), Some("reflect/FL-5")).expect("writable");
        assert!(store.draft("reflect/FL-5").expect("readable").is_none());
        assert!(store.draft("reflect/FL-6").expect("readable").is_some());
    }
}

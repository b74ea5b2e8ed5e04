//! Withdrawal of single records. Together with [erasing a person](super::erase), this is the only code that removes
//! rows other than drafts: those of a [`Piece`], in the records and in every copy, and whatever quotes them. A hash of
//! each record is kept, so that importing the same file again does not bring it back, and so that a copy that was
//! unavailable can be cleaned later.

use rusqlite::params;

use super::Store;
use super::error::StoreError;
use super::sharing::sha256;
use super::sql::Sql;
use super::withdraw_marks::{BEGUN, GONE, add_lines, gone};
use super::withdraw_rows::{WithdrawnWords, begun_of, cut_all, ids};
use crate::domain::{FileTaken, GoneAction, Piece};
use crate::os::Clock;

/// Returns the hash that identifies a withdrawn record.
pub(super) fn mark(piece: &Piece) -> String {
    sha256(&piece.key())
}

impl Store {
    /// Returns the records that make up a piece: the piece itself, its older versions, the answers of a view, or the
    /// content of an imported file.
    ///
    /// # Errors
    /// Returns an error if the piece does not exist or the records cannot be read.
    pub fn pieces(&self, piece: &Piece) -> Result<Vec<Piece>, StoreError> {
        let person = self.person_id()?.unwrap_or_default();
        let found = parts(&self.db.read(), &person, piece)?;
        if found.is_empty() {
            return Err(StoreError::Unknown("entry", piece.key()));
        }
        Ok(found)
    }

    /// Returns the imported files of which something still exists, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn files_taken(&self) -> Result<Vec<FileTaken>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let all = "SELECT batch, at, record_id FROM taken_in WHERE person_id = $1 AND batch <> '' AND \
                   (record_id IN (SELECT id FROM answer) OR record_id IN (SELECT id FROM session) OR \
                   record_id IN (SELECT id FROM action)) ORDER BY at, batch, record_id";
        let rows = self.db.read().rows(all, params![person], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        let mut files: Vec<FileTaken> = Vec::new();
        for (id, at, record) in rows {
            match files.iter_mut().find(|file| file.id == id) {
                Some(file) => file.records.push(record),
                None => files.push(FileTaken { id, at, records: vec![record], newer: Vec::new() }),
            }
        }
        if files.is_empty() {
            return Ok(files);
        }
        let sql = self.db.read();
        for file in &mut files {
            for record in &file.records {
                file.newer.extend(with_newer(&sql, record.clone())?.into_iter().skip(1));
            }
        }
        Ok(files)
    }

    /// Withdraws records and saves the certificate in the same transaction. The file still has to be
    /// [rewritten](Store::rewrite). Returns the withdrawn text, to be searched for in copies.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; then nothing is changed.
    pub fn withdraw(
        &mut self,
        piece: &Piece,
        records: &[Piece],
        certificate: &str,
    ) -> Result<WithdrawnWords, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(WithdrawnWords::default()) };
        let (slot, begun_slot) = (self.place(GONE)?, self.place(BEGUN)?);
        let Self { db, clock, whose, .. } = self;
        let also = WithdrawnWords { whose: Some(whose.clone()), ..WithdrawnWords::default() };
        db.tx(|sql| {
            let gone = gone(sql, records, clock)?;
            let begun = begun_of(sql, records)?;
            let words = WithdrawnWords { begun, ..cut_all(sql, records, &also)? };
            add_lines(sql, &slot, gone.iter().map(GoneAction::line), clock)?;
            add_lines(sql, &begun_slot, words.begun.iter().map(|(place, until)| format!("{place}\t{until}")), clock)?;
            if let Piece::TakenIn(batch) = piece {
                // The import was a mistake; the file may be imported again for the right person.
                sql.run("DELETE FROM taken_in WHERE person_id = $1 AND batch = $2", params![person, batch])?;
            }
            for record in records {
                sql.run(
                    "INSERT INTO withdrawn (person_id, record_hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    params![person, mark(record), clock.stamp()],
                )?;
            }
            keep(sql, clock, &person, &mark(piece), certificate)?;
            Ok(words)
        })
    }

    /// Saves a further certificate for a withdrawal; the newest one for a piece is in effect.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_withdrawal(&mut self, piece_hash: &str, certificate: &str) -> Result<(), StoreError> {
        let Some(person) = self.person_id()? else { return Ok(()) };
        let Self { db, clock, .. } = self;
        db.tx(|sql| keep(sql, clock, &person, piece_hash, certificate))
    }

    /// Returns the certificates of the current person, oldest first: the newest one for each withdrawal. A view that
    /// was given again and withdrawn again has two.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn withdrawals(&self) -> Result<Vec<String>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let all = "SELECT piece_hash, certificate FROM withdrawal WHERE person_id = $1 ORDER BY id";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let rows: Vec<(String, String)> = self.db.read().rows(all, params![person], read)?;
        let mut newest: Vec<(String, String)> = Vec::new();
        for (piece, certificate) in rows {
            // One certificate is written before anything is removed, and a second one when everything is done.
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&certificate);
            let begins = parsed.is_ok_and(|own| own["rewritten"].is_null());
            match newest.iter_mut().rev().find(|(known, _)| *known == piece).filter(|_| !begins) {
                Some((_, known)) => *known = certificate,
                None => newest.push((piece, certificate)),
            }
        }
        Ok(newest.into_iter().map(|(_, certificate)| certificate).collect())
    }

    /// Returns the withdrawals of all people that were interrupted before the file was rewritten and every copy was
    /// checked: person, hash of the piece, certificate.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn broken_off(&self) -> Result<Vec<[String; 3]>, StoreError> {
        self.db.read().rows(
            "SELECT w.person_id, w.piece_hash, w.certificate FROM withdrawal w WHERE w.certificate LIKE '%\"rewritten\":null%' \
             AND w.id = (SELECT max(v.id) FROM withdrawal v WHERE v.piece_hash = w.piece_hash AND v.person_id = w.person_id) \
             ORDER BY w.id",
            &[],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
        )
    }

    /// Saves the certificate of an interrupted withdrawal that has now been completed.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_withdrawal_of(&mut self, person: &str, piece: &str, certificate: &str) -> Result<(), StoreError> {
        let Self { db, clock, .. } = self;
        db.tx(|sql| keep(sql, clock, person, piece, certificate))
    }

    /// Returns the hashes of all withdrawn records of all people.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn withdrawn(&self) -> Result<Vec<String>, StoreError> {
        self.db.read().rows("SELECT record_hash FROM withdrawn ORDER BY record_hash", &[], |row| Ok(row.get(0)?))
    }
}

fn keep(sql: &Sql<'_>, clock: &Clock, person: &str, piece: &str, certificate: &str) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO withdrawal (id, person_id, piece_hash, certificate, at) VALUES ($1, $2, $3, $4, $5)",
        params![sql.next_id(clock, "withdrawal")?, person, piece, certificate, clock.stamp()],
    )?;
    Ok(())
}

/// Returns the records that make up a piece, if they belong to this person.
fn parts(sql: &Sql<'_>, person: &str, piece: &Piece) -> Result<Vec<Piece>, StoreError> {
    let one = |query: &str, id: &str| Ok::<_, StoreError>(!ids(sql, query, params![person, id])?.is_empty());
    let answer = "SELECT id FROM answer WHERE person_id = $1 AND id = $2";
    let note = "SELECT n.id FROM note n JOIN session s ON s.id = n.session_id WHERE s.person_id = $1 AND n.id = $2";
    Ok(match piece {
        Piece::Answer(id) if one(answer, id)? => with_older(sql, id)?.into_iter().map(Piece::Answer).collect(),
        Piece::Note(id) if one(note, id)? => with_older(sql, id)?.into_iter().map(Piece::Note).collect(),
        Piece::Example(id) if one(answer, id)? => {
            let same = "SELECT id FROM answer WHERE id = $1 AND evidence = (SELECT evidence FROM answer WHERE id = $2)";
            let mut all = with_older(sql, id)?;
            // A later version may have the same text.
            for newer in with_newer(sql, id.clone())?.into_iter().skip(1) {
                all.extend(ids(sql, same, params![newer, id])?);
            }
            all.into_iter().map(Piece::Example).collect()
        }
        Piece::Reflection(id, at) if one(answer, id)? => {
            // The same question in older versions, at any position.
            let same = "SELECT r.position FROM reflection r WHERE r.answer_id = $1 AND r.prompt_id = \
                        (SELECT q.prompt_id FROM reflection q WHERE q.answer_id = $2 AND q.position = $3)";
            let mut found = Vec::new();
            for own in with_older(sql, id)? {
                let places = sql.rows(same, params![own, id, at], |row| Ok(row.get::<_, i64>(0)?))?;
                found.extend(places.into_iter().map(|place| Piece::Reflection(own.clone(), place)));
            }
            let copied = "SELECT r.position FROM reflection r WHERE r.answer_id = $1 AND r.body = \
                          (SELECT q.body FROM reflection q WHERE q.answer_id = $2 AND q.position = $3)";
            for newer in with_newer(sql, id.clone())?.into_iter().skip(1) {
                let places = sql.rows(copied, params![newer, id, at], |row| Ok(row.get::<_, i64>(0)?))?;
                found.extend(places.into_iter().map(|place| Piece::Reflection(newer.clone(), place)));
            }
            found
        }
        Piece::Action(id) if one("SELECT id FROM action WHERE person_id = $1 AND id = $2", id)? => vec![piece.clone()],
        Piece::Reason(id) if one("SELECT id FROM verdict WHERE person_id = $1 AND id = $2 AND reason <> ''", id)? => {
            vec![piece.clone()]
        }
        Piece::View(id, by) if one("SELECT id FROM comparison WHERE person_id = $1 AND id = $2", id)? => {
            let all = "SELECT id FROM answer WHERE comparison_id = $1 AND by_whom = $2";
            let answers = ids(sql, all, params![id, by.id()])?;
            if answers.is_empty() {
                return Ok(Vec::new());
            }
            answers.into_iter().map(Piece::Answer).chain([piece.clone()]).collect()
        }
        Piece::TakenIn(batch) => taken_in(sql, person, batch)?,
        _ => Vec::new(),
    })
}

/// Returns the id of a row and those of all rows that it replaced.
fn with_older(sql: &Sql<'_>, id: &str) -> Result<Vec<String>, StoreError> {
    let mut all = vec![id.to_owned()];
    let mut next = 0;
    while let Some(id) = all.get(next).cloned() {
        next += 1;
        for older in ids(sql, "SELECT older_id FROM correction WHERE newer_id = $1", params![id])? {
            if !all.contains(&older) {
                all.push(older);
            }
        }
    }
    Ok(all)
}

fn taken_in(sql: &Sql<'_>, person: &str, batch: &str) -> Result<Vec<Piece>, StoreError> {
    let all = "SELECT kind, record_id FROM taken_in WHERE person_id = $1 AND batch = $2 AND batch <> '' ORDER BY kind";
    let rows = sql.rows(all, params![person, batch], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut found = Vec::new();
    for (kind, id) in rows {
        match kind.as_str() {
            // Later corrections may contain the same text.
            "answer" => found.extend(with_newer(sql, id)?.into_iter().map(Piece::Answer)),
            "session" => found.push(Piece::Session(id)),
            "action" => found.push(Piece::Action(id)),
            _ => found.push(Piece::State(id)),
        }
    }
    Ok(found)
}

/// Returns the id of a row and those of all rows that replaced it.
fn with_newer(sql: &Sql<'_>, id: String) -> Result<Vec<String>, StoreError> {
    let mut all = vec![id];
    while let Some(newer) = all.last().cloned()
        && let Some(newer) =
            sql.first("SELECT newer_id FROM correction WHERE older_id = $1", params![newer], |row| Ok(row.get(0)?))?
        && !all.contains(&newer)
    {
        all.push(newer);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::sql::Db;
    use super::super::testing::{action, answer, clock, day, verdict};
    use super::super::{NewSession, migrate, people};
    use super::*;
    use crate::domain::{By, Note, NoteFor, Reflection, Verdict};
    use crate::os::{list_dir, read_bytes};

    /// Creates records in an unencrypted file, so that its bytes can be searched.
    fn plain(folder: &Path) -> Store {
        let mut db = Db::plain(&folder.join("cairn.db")).expect("it can be made");
        migrate::migrate(&mut db, &clock()).expect("the steps");
        let (whose, sittings) = (people::Whose::default(), std::collections::BTreeMap::new());
        Store { db, clock: clock(), folder: None, key: None, whose, sittings }
    }

    fn is_in(folder: &Path, word: &str) -> bool {
        list_dir(folder).expect("readable").iter().any(|name| {
            let bytes = read_bytes(&folder.join(name), 1 << 30).expect("readable");
            bytes.windows(word.len()).any(|window| window == word.as_bytes())
        })
    }

    /// Withdraws a piece and searches all bytes for a word before and after.
    fn gone(store: &mut Store, folder: &Path, piece: &Piece, words: &[&str]) {
        for word in words {
            assert!(is_in(folder, word), "{word} is not there before");
        }
        let records = store.pieces(piece).expect("it is there");
        store.withdraw(piece, &records, "certificate").expect("writable");
        store.rewrite().expect("writable");
        for word in words {
            assert!(!is_in(folder, word), "{word} is left after {}", piece.key());
        }
        assert!(store.pieces(piece).is_err() || matches!(piece, Piece::Example(_)), "{}", piece.key());
    }

    #[test]
    fn no_byte_of_what_is_taken_back_is_left_and_nothing_else_goes() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = &mut plain(folder.path());
        let mut one = answer("FL-5");
        one.evidence = "The okapiexample on the ward.".to_owned();
        one.reflections = vec![
            Reflection { prompt: "a".to_owned(), text: "First okapifirst. And okapiquoted here.".to_owned() },
            Reflection { prompt: "b".to_owned(), text: "Then giraffe.".to_owned() },
        ];
        let older = store.save_answer(&one, None).expect("writable");
        let quoting = super::super::NewVerdict {
            because: "You wrote \u{201c}And okapiquoted here\u{201d}.".to_owned(),
            ..verdict("ask-one", Verdict::Declined)
        };
        store.record_verdict(&quoting).expect("writable");
        let mut newer = one.clone();
        newer.evidence = "The okapinewer example.".to_owned();
        let newer = store.correct_answer(&older.id, &newer).expect("writable");
        assert!(store.correct_answer(&older.id, &one).is_err(), "it was corrected already");
        assert_eq!(store.answers().expect("readable"), std::slice::from_ref(&newer));
        assert_eq!(store.corrected_answers().expect("readable"), [(older, day(2026, 11, 22))]);
        // Part of an answer, in every version.
        gone(store, folder.path(), &Piece::Reflection(newer.id.clone(), 1), &["okapifirst", "okapiquoted"]);
        gone(store, folder.path(), &Piece::Example(newer.id.clone()), &["okapiexample", "okapinewer"]);
        assert_eq!(store.answers().expect("readable")[0].reflections[0].text, "Then giraffe.");
        gone(store, folder.path(), &Piece::Answer(newer.id), &["giraffe"]);
        assert!(store.answers().expect("readable").is_empty());

        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        let note = |text: &str, seen| Note {
            id: String::new(),
            part: "goal".to_owned(),
            title: "Goal".to_owned(),
            text: text.to_owned(),
            seen,
        };
        let session = NewSession {
            on: day(2026, 11, 3),
            minutes: 5,
            model: None,
            paid: false,
            notes: vec![note("okapinote", NoteFor::Coach), note("zebra", NoteFor::Shared)],
            behaviours: Vec::new(),
            actions: Vec::new(),
        };
        let ended = store.end_session(&session, "nothing").expect("writable");
        let added = store.add_note(&ended.id, &note("okapiadded", NoteFor::Coach)).expect("writable");
        let corrected = store.correct_note(&ended.notes[0].id, "okapiright").expect("writable");
        let texts = |store: &Store| -> Vec<String> {
            let notes = store.sessions().expect("readable").remove(0).notes;
            notes.into_iter().map(|note| note.text).collect()
        };
        assert_eq!(texts(store), ["zebra", "okapiadded", "okapiright"]);
        gone(store, folder.path(), &Piece::Note(corrected), &["okapinote", "okapiright"]);
        gone(store, folder.path(), &Piece::Note(added), &["okapiadded"]);
        assert_eq!(texts(store), ["zebra"]);

        let mut planned = action("okapiaction");
        planned.because = "You wrote \u{201c}zebra\u{201d}.".to_owned();
        let taken = store.decide(&planned, Some(&verdict("ask-one", Verdict::Accepted))).expect("writable");
        gone(store, folder.path(), &Piece::Action(taken.id), &["okapiaction"]);
        assert!(store.actions().expect("readable").is_empty() && store.verdicts().expect("readable").is_empty());

        let pair = [("empowered-communities".to_owned(), "FL-5".to_owned())];
        let round = store.begin_comparison(&pair, day(2026, 11, 2)).expect("writable");
        let mut view = answer("FL-5");
        "okapiview".clone_into(&mut view.evidence);
        store.seal_view(&round.id, By::Myself, &[view], "x").expect("writable");
        gone(store, folder.path(), &Piece::View(round.id, By::Myself), &["okapiview"]);
        assert!(!store.comparisons().expect("readable")[0].client_done, "the view can be given again");
        assert_eq!(store.withdrawals().expect("readable").len(), 4);
    }

    #[test]
    fn nobody_takes_back_what_is_somebody_elses() {
        let mut store = super::super::testing::store();
        let mine = store.save_answer(&answer("FL-5"), None).expect("writable");
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        assert!(store.pieces(&Piece::Answer(mine.id.clone())).is_err());
        assert!(store.correct_answer(&mine.id, &answer("FL-5")).is_err());
    }
}

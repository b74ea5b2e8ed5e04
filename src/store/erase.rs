//! Erasure of a person. All their rows according to the [catalogue](super::catalogue) are removed in one transaction,
//! which also saves the certificate; then the file is rewritten without them. Apart from drafts and withdrawn records,
//! no other rows are ever removed.
//!
//! Afterwards no byte of the rows is left in `cairn.db` or its log (`secure_delete`, `VACUUM`, a truncated log). The
//! database contains no full-text index: the search index is built in memory at each start. Not guaranteed: blocks that
//! the file system has freed, and spare blocks of a flash disk, may contain older pages. They are encrypted, as all
//! pages are.

use rusqlite::params;
use sha2::{Digest, Sha256};

use super::Store;
use super::catalogue::{TABLES, Table};
use super::error::StoreError;
use super::people::Whose;
use super::proof::Proof;
use super::sql::{Db, Sql};
use crate::domain::hex;
use crate::os::Clock;

/// What happened to the log of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewritten {
    /// The file was rewritten and the log is empty.
    Whole,
    /// The file was rewritten, but another program was reading, so the log still contains older pages.
    LogStays,
}

impl Store {
    /// Returns the identifier of the current person for certificates: the SHA-256 hash of their id, which cannot be
    /// derived from a name. `None` if there are no records about them.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn person_hash(&self) -> Result<Option<String>, StoreError> {
        Ok(self.person_id()?.map(|id| hash(&id)))
    }

    /// Erases everything about the current person and saves the certificate in the same transaction. Afterwards the
    /// user's own records are current. The file still has to be [rewritten](Store::rewrite).
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; then nothing is erased.
    pub fn erase(&mut self, certificate: &str) -> Result<(), StoreError> {
        let Some(id) = self.person_id()? else { return Ok(()) };
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            remove(sql, TABLES.iter(), whose, &id)?;
            keep(sql, clock, &hash(&id), certificate)
        })?;
        self.sittings.remove(&self.whose.key());
        self.whose = Whose::Mine;
        Ok(())
    }

    /// Returns the id of these records, which is the same in every copy; empty for records in memory.
    #[must_use]
    pub fn vault_id(&self) -> String {
        self.folder().map(|folder| Proof::read(folder).id).unwrap_or_default()
    }

    /// Saves a further certificate for an erasure; the newest one for a person is in effect.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_certificate(&mut self, person_hash: &str, certificate: &str) -> Result<(), StoreError> {
        let Self { db, clock, .. } = self;
        db.tx(|sql| keep(sql, clock, person_hash, certificate))
    }

    /// Returns the newest certificate for each erased person, with the hash of the person's id, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn certificates(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.db.read().rows(
            "SELECT e.person_hash, e.certificate FROM erasure e WHERE e.id = \
             (SELECT max(f.id) FROM erasure f WHERE f.person_hash = e.person_hash) ORDER BY e.id",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Rewrites the file without anything that was erased, and empties its log.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; they are unchanged then.
    pub fn rewrite(&mut self) -> Result<Rewritten, StoreError> {
        rewrite(&mut self.db)
    }
}

/// Returns the identifier of a person for certificates.
pub(super) fn hash(id: &str) -> String {
    hex(&Sha256::digest(id.as_bytes()))
}

/// Removes all rows of one person from these tables, starting with rows that refer to others.
pub(super) fn remove(
    sql: &Sql<'_>,
    tables: impl DoubleEndedIterator<Item = &'static Table>,
    whose: &Whose,
    id: &str,
) -> Result<(), StoreError> {
    for table in tables.rev() {
        if let Some(condition) = table.condition(whose) {
            let all = format!("DELETE FROM {} WHERE {condition}", table.kind.table);
            sql.run(&all, params![table.whose(whose, id)])?;
        }
    }
    Ok(())
}

fn keep(sql: &Sql<'_>, clock: &Clock, person_hash: &str, certificate: &str) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO erasure (id, person_hash, certificate, at) VALUES ($1, $2, $3, $4)",
        params![sql.next_id(clock, "erasure")?, person_hash, certificate, clock.stamp()],
    )?;
    Ok(())
}

/// Rewrites a database file and empties its log.
pub(super) fn rewrite(db: &mut Db) -> Result<Rewritten, StoreError> {
    db.claim()?;
    let sql = db.read();
    sql.batch("VACUUM")?;
    let busy = sql.first("PRAGMA wal_checkpoint(TRUNCATE)", &[], |row| Ok(row.get::<_, i64>(0)?))?;
    Ok(if busy == Some(0) { Rewritten::Whole } else { Rewritten::LogStays })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::testing::{action, answer, clock, day, store, verdict};
    use super::super::{NewSession, migrate, people};
    use super::*;
    use crate::domain::{By, Engagement, Focus, FocusSet, Holding, Note, NoteFor, RecordKind, ReleaseItem, Verdict};
    use crate::os::read_bytes;

    /// Words that occur nowhere else.
    const SENTINELS: [&str; 6] = ["okapidraft", "okapinote", "okapiname", "okapilearned", "okapigoal", "okapisealed"];

    /// Creates records in an unencrypted file, so that its bytes can be searched.
    fn plain(folder: &Path) -> Store {
        let mut db = Db::plain(&folder.join("cairn.db")).expect("it can be made");
        migrate::migrate(&mut db, &clock()).expect("the steps");
        Store {
            db,
            clock: clock(),
            folder: None,
            key: None,
            whose: people::Whose::default(),
            sittings: std::collections::BTreeMap::new(),
        }
    }

    /// Adds records of every kind that a client can have.
    fn fill(store: &mut Store) {
        store.set_card("okapiname", "okapiname@example.org", Some(day(2026, 11, 1))).expect("writable");
        store.set_person(Some("managers"), crate::domain::Organisation::Provider).expect("writable");
        let terms = Engagement { goal: "okapigoal".repeat(2_000), ..Engagement::usual(day(2026, 11, 1)) };
        store.keep_engagement(&terms).expect("writable");
        let item =
            Focus { framework: "empowered-communities".to_owned(), behaviour: "FL-5".to_owned(), importance: None };
        store.keep_focus(&FocusSet { id: String::new(), on: day(2026, 11, 1), items: vec![item] }).expect("writable");
        store.save_answer(&answer("FL-5"), None).expect("writable");
        let pair = [("empowered-communities".to_owned(), "FL-5".to_owned())];
        let round = store.begin_comparison(&pair, day(2026, 11, 2)).expect("writable");
        let mut view = answer("FL-5");
        "okapisealed".clone_into(&mut view.evidence);
        store.seal_view(&round.id, By::Myself, &[view], "x").expect("writable");
        store.put_draft("session", &"okapidraft ".repeat(3_000)).expect("writable");
        store.put_draft("session", "okapidraft").expect("writable");
        let note = Note {
            id: String::new(),
            part: "goal".to_owned(),
            title: "Goal".to_owned(),
            text: "okapinote".repeat(1_000),
            seen: NoteFor::Coach,
        };
        let session = NewSession {
            on: day(2026, 11, 3),
            minutes: 5,
            model: None,
            paid: false,
            notes: vec![note],
            behaviours: Vec::new(),
            actions: Vec::new(),
        };
        store.end_session(&session, "nothing").expect("writable");
        let mut planned = action("okapilearned");
        planned.due = None;
        store.decide(&planned, Some(&verdict("ask-one", Verdict::Accepted))).expect("writable");
        let tick = ReleaseItem { kind: RecordKind::Plan, key: "plan/1".to_owned(), words: "okapinote".to_owned() };
        store.tick(&[(tick, true)], day(2026, 11, 4)).expect("writable");
        store.note_decision("okapinote").expect("writable");
    }

    fn other(store: &mut Store) -> String {
        let ben = store.add_client("Ben").expect("writable");
        store.turn_to(Some(&ben.id)).expect("he is there");
        store.save_answer(&answer("DT-1"), None).expect("writable");
        store.put_draft("session", "giraffe").expect("writable");
        store.decide(&action("Giraffe"), Some(&verdict("ask-one", Verdict::Declined))).expect("writable");
        ben.id
    }

    fn of(store: &mut Store, person: Option<&str>) -> Holding {
        store.turn_to(person).expect("there");
        store.holding().expect("readable")
    }

    /// Returns the files of the folder that contain one of the words, as bytes.
    fn found(folder: &Path) -> Vec<String> {
        let names = crate::os::list_dir(folder).expect("readable");
        let mut found = Vec::new();
        for name in names {
            let bytes = read_bytes(&folder.join(&name), 1 << 30).expect("readable");
            for word in SENTINELS {
                if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                    found.push(format!("{word} in {name}"));
                }
            }
        }
        found
    }

    #[test]
    fn no_byte_of_an_erased_client_is_left_and_nobody_else_loses_one() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut store = plain(folder.path());
        let ben = other(&mut store);
        store.turn_to(None).expect("readable");
        store.save_answer(&answer("SI-1"), None).expect("writable");
        store.put_draft("reflect/x", "zebra").expect("writable");
        let okapi = store.add_client("okapiname").expect("writable");
        store.turn_to(Some(&okapi.id)).expect("there");
        fill(&mut store);
        let before = (of(&mut store, None), of(&mut store, Some(&ben)), of(&mut store, Some(&okapi.id)));
        assert!(
            before.2.kinds.iter().filter(|kept| !kept.rows.is_empty()).count() > 16,
            "something of nearly every kind"
        );
        assert!(found(folder.path()).len() >= SENTINELS.len(), "{:?}", found(folder.path()));
        let hash = store.person_hash().expect("readable").expect("a person");
        store.erase("certificate").expect("writable");
        assert_eq!(store.rewrite().expect("writable"), Rewritten::Whole);
        assert_eq!(found(folder.path()), [] as [String; 0]);
        assert_eq!((of(&mut store, None), of(&mut store, Some(&ben))), (before.0, before.1));
        assert!(store.turn_to(Some(&okapi.id)).is_err());
        let kept = store.vault_rows().expect("readable");
        let row = kept.iter().find(|kept| kept.kind.table == "erasure").expect("a table").rows.clone();
        assert!(format!("{row:?}").contains(&hash) && row.len() == 1);
        drop(store);
        assert_eq!(found(folder.path()), [] as [String; 0]);
    }

    #[test]
    fn ones_own_records_can_be_erased_and_clients_stay() {
        let mut store = store();
        store.save_answer(&answer("SI-1"), None).expect("writable");
        store.put_draft("reflect/x", "zebra").expect("writable");
        let ben = other(&mut store);
        let before = of(&mut store, Some(&ben));
        store.turn_to(None).expect("readable");
        store.erase("certificate").expect("writable");
        store.rewrite().expect("writable");
        let mine = of(&mut store, None);
        assert_eq!((mine.rows(), mine.id.as_str()), (0, ""));
        assert_eq!(of(&mut store, Some(&ben)), before);
        store.turn_to(None).expect("readable");
        store.save_answer(&answer("SI-1"), None).expect("one can begin again");
    }

    #[test]
    fn a_log_that_somebody_reads_is_said_to_stay_and_emptied_later() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut store = plain(folder.path());
        let okapi = store.add_client("okapiname").expect("writable");
        store.turn_to(Some(&okapi.id)).expect("there");
        fill(&mut store);
        let reader = rusqlite::Connection::open(folder.path().join("cairn.db")).expect("it opens");
        reader.execute_batch("BEGIN; SELECT count(*) FROM note;").expect("readable");
        store.erase("certificate").expect("writable");
        assert_eq!(store.rewrite().expect("writable"), Rewritten::LogStays);
        reader.execute_batch("COMMIT").expect("it ends");
        assert_eq!(store.rewrite().expect("writable"), Rewritten::Whole);
        assert_eq!(found(folder.path()), [] as [String; 0]);
    }
}

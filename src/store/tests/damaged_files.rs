//! Tests of damaged, foreign, full and busy databases: each must give an error, never wrong data and never new, empty
//! records.

#![expect(clippy::disallowed_methods, reason = "these tests damage files on purpose")]

use std::fs;
use std::path::Path;

use rusqlite::params;
use tempfile::TempDir;

use crate::domain::Answer;
use crate::store::testing::{answer, clock};
use crate::store::{Look, Store, StoreError};

/// Creates a folder of records with short answers and one whose text covers many pages; the log is merged into the
/// database.
fn filled() -> (TempDir, Vec<Answer>) {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let mut store = Store::open_or_create(temp.path(), clock()).expect("the records can be made");
    for number in 0..40 {
        store.save_answer(&answer(&format!("FC-{number}")), None).expect("writable");
    }
    let long = Answer { evidence: "A long day. ".repeat(5_000), ..answer("SI-1") };
    store.save_answer(&long, None).expect("writable");
    let answers = store.answers().expect("readable");
    (temp, answers)
}

/// Reads everything that the program reads.
fn read(dir: &Path) -> Result<Vec<Answer>, StoreError> {
    let store = Store::open(dir, clock())?.expect("there is a vault.toml");
    store.me()?;
    store.clients()?;
    store.engagements()?;
    store.focus()?;
    store.sessions()?;
    store.comparisons()?;
    store.verdicts()?;
    store.actions()?;
    store.releases()?;
    store.decisions(10)?;
    store.drafts()?;
    store.holding()?;
    store.vault_rows()?;
    store.answers()
}

fn is_damage(error: &StoreError) -> bool {
    matches!(error, StoreError::Damaged(_) | StoreError::Key(_))
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_is_read() {
    let (temp, answers) = filled();
    let file = temp.path().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    assert!(good.len() > 20 * 4096, "the long text lies on pages of its own");
    let mut noticed = 0;
    // Two positions in every page: one in its content and one in its checksum.
    for place in (0..good.len()).step_by(4096).flat_map(|page| [page + 700, page + 4_040]) {
        let mut bad = good.clone();
        bad[place] ^= 0x10;
        fs::write(&file, bad).expect("writable");
        match read(temp.path()) {
            Err(error) => {
                assert!(is_damage(&error), "byte {place}: {error}");
                noticed += 1;
            }
            // The page belongs to an index or to a table that is not read.
            Ok(found) => assert!(found == answers, "byte {place}"),
        }
    }
    assert!(noticed > good.len() / 4096, "only {noticed} noticed in {} pages", good.len() / 4096);
    fs::write(&file, good).expect("writable");
    assert_eq!(read(temp.path()).expect("mended"), answers);
}

#[test]
fn the_last_page_of_a_long_text_is_not_read_as_zeros() {
    let (temp, _) = filled();
    let mut store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    let long = "A long draft. ".repeat(5_000);
    store.put_draft("plan", &long).expect("writable");
    drop(store);
    let file = temp.path().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    let mut noticed = 0;
    for place in (2_000..good.len()).step_by(4096) {
        let mut bad = good.clone();
        bad[place] ^= 1;
        fs::write(&file, bad).expect("writable");
        match Store::open(temp.path(), clock()).and_then(|store| store.expect("there is a vault.toml").draft("plan")) {
            Err(error) => {
                assert!(is_damage(&error), "byte {place}: {error}");
                noticed += 1;
            }
            Ok(draft) => assert!(draft.is_some_and(|draft| draft.body == long), "byte {place}"),
        }
    }
    assert!(noticed >= long.len() / 4096, "only {noticed} noticed");
}

#[test]
fn a_bit_flipped_under_an_open_program_is_noticed_too() {
    let (temp, _) = filled();
    let store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    let file = temp.path().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    let mut bad = good.clone();
    for page in (4096..good.len()).step_by(4096) {
        bad[page + 2_000] ^= 1;
    }
    fs::write(&file, bad).expect("writable");
    let error = store.answers().expect_err("its pages were not read before");
    assert!(is_damage(&error), "{error}");
}

#[test]
fn a_database_that_was_cut_off_is_never_taken_for_a_new_one() {
    let (temp, _) = filled();
    let file = temp.path().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    let cuts = [0, 1, 16, 100, 4_095, 4_096, 4_097, 8_192, good.len() / 2, good.len() - 4_096, good.len() - 1];
    for cut in cuts {
        fs::write(&file, good.get(..cut).expect("shorter than it was")).expect("writable");
        let made = Store::open_or_create(temp.path(), clock()).and_then(|store| store.answers());
        for found in [read(temp.path()), made] {
            match found {
                Err(error) => assert!(is_damage(&error), "{cut} bytes: {error}"),
                Ok(_) => panic!("{cut} bytes were taken for all"),
            }
        }
        assert_eq!(fs::metadata(&file).expect("it is there").len(), cut as u64, "left as it is");
    }
    fs::remove_file(&file).expect("it is there");
    let error = read(temp.path()).expect_err("gone");
    assert!(matches!(&error, StoreError::Damaged(why) if why.contains("missing")), "{error}");
    assert!(!file.exists());
}

#[test]
fn records_of_a_newer_version_are_looked_at_and_left_alone() {
    let (temp, answers) = filled();
    let mut store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    let row = "INSERT INTO schema_version (v, name, sha256, at) VALUES ($1, $2, $3, $4)";
    store.db.tx(|sql| sql.run(row, params![99, "future", "00", "2030-01-01T00:00:00Z"])).expect("writable");
    drop(store);
    let looked = |version: i64| {
        assert_eq!(read(temp.path()).expect("it can be looked at"), answers);
        let mut store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
        assert_eq!(store.look(), Some(Look::Newer(version)));
        assert!(matches!(store.put_draft("plan", "mine"), Err(StoreError::Newer(v)) if v == version));
        assert!(store.backup_due().is_none());
    };
    looked(99);
    let proof = temp.path().join("vault.toml");
    let text = fs::read_to_string(&proof).expect("it is there");
    fs::write(&proof, text.replace("format = 1", "format = 2")).expect("writable");
    looked(99);

    let (temp, answers) = filled();
    let proof = temp.path().join("vault.toml");
    fs::write(&proof, "format = 2\nid = \"x\"\n").expect("writable");
    let store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    assert_eq!((store.look(), store.answers().expect("readable")), (Some(Look::Newer(2)), answers.clone()));
    drop(store);
    fs::write(&proof, "").expect("writable");
    assert_eq!(read(temp.path()).expect("an empty vault.toml still proves"), answers);
}

#[test]
fn a_changed_old_step_and_a_foreign_database_are_refused() {
    let (temp, _) = filled();
    let mut store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    store.db.tx(|sql| sql.batch("UPDATE schema_version SET sha256 = 'other'")).expect("writable");
    drop(store);
    assert!(matches!(read(temp.path()), Err(StoreError::Altered(1))));
    let mut store = Store::in_memory(clock()).expect("there is memory");
    store.db.tx(|sql| sql.batch("ALTER TABLE schema_version RENAME TO other")).expect("writable");
    assert!(matches!(crate::store::migrate::migrate(&mut store.db, &clock()), Err(StoreError::Damaged(_))));
}

#[test]
fn a_full_disk_is_an_error_and_loses_nothing() {
    let (temp, answers) = filled();
    let mut store = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    let pages = store.db.read().first("PRAGMA page_count", &[], |row| Ok(row.get::<_, i64>(0)?)).expect("readable");
    let pages = pages.expect("a database has pages");
    store.db.read().batch(&format!("PRAGMA max_page_count = {pages}")).expect("a limit can be set");
    let long = Answer { evidence: "Another long day. ".repeat(5_000), ..answer("SI-2") };
    store.put_draft("reflect/SI-2", "it").expect("a little fits");
    let error = store.save_answer(&long, Some("reflect/SI-2")).expect_err("no room");
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(store.answers().expect("readable"), answers);
    assert!(store.draft("reflect/SI-2").expect("readable").is_some());
    store.db.read().batch("PRAGMA max_page_count = 1000000").expect("a limit can be set");
    store.save_answer(&long, Some("reflect/SI-2")).expect("there is room again");
    assert_eq!(read(temp.path()).expect("readable").len(), answers.len() + 1);
}

#[test]
fn somebody_who_keeps_the_lock_is_waited_for_and_then_named() {
    let (temp, _) = filled();
    let mut one = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    let mut two = Store::open(temp.path(), clock()).expect("readable").expect("there are records");
    // Simulates a system without file locks, so that only the database's own locks are left.
    two.db.writer = crate::store::writer::Writer::Alone;
    two.db.read().batch("PRAGMA busy_timeout = 20").expect("a limit can be set");
    one.db
        .tx(|_| {
            assert!(matches!(two.save_answer(&answer("FL-5"), None), Err(StoreError::Busy)));
            two.answers().map(|_| ())
        })
        .expect("reading goes on beside a writer");
    two.save_answer(&answer("FL-5"), None).expect("the lock is free again");
}

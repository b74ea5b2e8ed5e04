//! Tests of the data folder: its permissions, what a crash during its creation may leave, and several programs at once.

#![expect(clippy::disallowed_methods, reason = "these tests put files in the way on purpose")]

use std::fs;
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use crate::domain::{Answer, Organisation, Verdict};
use crate::store::testing::{action, answer, clock, verdict};
use crate::store::{KeyError, Look, Store, StoreError};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn made(dir: &Path) -> Store {
    Store::open_or_create(dir, clock()).expect("the records can be made")
}

fn opened(dir: &Path) -> Result<Option<Store>, StoreError> {
    Store::open(dir, clock())
}

fn saves(mut store: Store, expected: usize) {
    store.save_answer(&answer("FL-5"), None).expect("writable");
    assert_eq!(store.answers().expect("readable").len(), expected);
}

#[test]
fn reading_makes_nothing_and_saving_makes_everything_private() {
    let temp = folder();
    let dir = temp.path().join("share").join("cairn");
    assert!(opened(&dir).expect("no records are no error").is_none());
    assert!(!temp.path().join("share").exists());
    fs::create_dir_all(&dir).expect("a folder can be made");
    assert!(opened(&dir).expect("no records are no error").is_none());
    assert_eq!(fs::read_dir(&dir).expect("the folder is there").count(), 0);

    let mut store = made(&dir);
    store.set_person(Some("managers"), Organisation::Provider).expect("writable");
    store.put_draft("plan", "half").expect("writable");
    store.decide(&action("Ask"), Some(&verdict("ask-one", Verdict::Accepted))).expect("writable");
    let mut names = private(&dir);
    names.sort();
    assert_eq!(names, ["cairn.db", "cairn.db-shm", "cairn.db-wal", "key.open", "vault.lock", "vault.toml"]);
    assert_eq!(store.folder(), Some(dir.canonicalize().expect("the folder is there").as_path()));
    drop(store);
    saves(opened(&dir).expect("readable").expect("there are records"), 1);
    assert_eq!(private(&dir).len(), 4);
}

/// Returns the names in a folder after checking the permissions of the folder and of every file.
fn private(dir: &Path) -> Vec<String> {
    let mode = |path: &Path| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::metadata(path).expect("it is there").permissions().mode() & 0o777
        }
        #[cfg(not(unix))]
        if path.is_dir() { 0o700 } else { 0o600 }
    };
    assert_eq!(mode(dir), 0o700);
    let entries = fs::read_dir(dir).expect("the folder is there").map(|entry| entry.expect("it can be listed").path());
    let names = entries.map(|path| {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        path.file_name().expect("it has a name").to_string_lossy().into_owned()
    });
    names.collect()
}

#[cfg(unix)]
#[test]
fn a_folder_with_other_things_in_it_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let temp = folder();
    let dir = temp.path().join("work");
    fs::create_dir(&dir).expect("a folder can be made");
    fs::write(dir.join("minutes.txt"), "mine").expect("a file can be made");
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("my folder");
    saves(made(&dir), 1);
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(&dir), mode(&dir.join("key.open")), mode(&dir.join("cairn.db"))), (0o755, 0o600, 0o600));
}

#[test]
fn a_creation_that_broke_off_is_finished() {
    for gone in [
        &["vault.toml"][..],
        &["vault.toml", "vault.lock"],
        &["vault.toml", "cairn.db"],
        &["vault.toml", "cairn.db", "key.open"],
        &["vault.toml", "cairn.db", "key.open", "vault.lock"],
    ] {
        for (cut, leftover) in [(false, false), (true, true)] {
            let temp = folder();
            drop(made(temp.path()));
            for name in gone {
                fs::remove_file(temp.path().join(name)).expect("the file is there");
            }
            let db_gone = gone.contains(&"cairn.db");
            if cut && db_gone {
                fs::write(temp.path().join("cairn.db"), "").expect("an empty file can be made");
            }
            if leftover {
                fs::write(temp.path().join("key.new"), "half a k").expect("a file can be made");
                fs::write(temp.path().join("vault.new"), "form").expect("a file can be made");
            }
            assert_eq!(opened(temp.path()).expect("not an error").is_none(), db_gone, "{gone:?}");
            saves(made(temp.path()), 1);
            saves(opened(temp.path()).expect("readable").expect("there are records"), 2);
        }
    }
}

#[test]
fn records_without_their_last_step_are_found_and_kept() {
    let temp = folder();
    saves(made(temp.path()), 1);
    fs::remove_file(temp.path().join("vault.toml")).expect("the file is there");
    saves(opened(temp.path()).expect("readable").expect("there are records"), 2);
    assert!(temp.path().join("vault.toml").exists());
}

#[test]
fn without_its_key_a_database_is_not_given_a_new_one() {
    for proof in [true, false] {
        let temp = folder();
        saves(made(temp.path()), 1);
        fs::remove_file(temp.path().join("key.open")).expect("the file is there");
        if !proof {
            fs::remove_file(temp.path().join("vault.toml")).expect("the file is there");
        }
        for result in [opened(temp.path()).map(|_| ()), Store::open_or_create(temp.path(), clock()).map(|_| ())] {
            let error = result.expect_err("there is no key");
            assert!(matches!(error, StoreError::Key(KeyError::Missing)), "{error}");
        }
        assert!(!temp.path().join("key.open").exists());
    }
}

#[test]
fn a_wrong_key_and_one_that_is_none_are_told_apart() {
    let (temp, other) = (folder(), folder());
    saves(made(temp.path()), 1);
    drop(made(other.path()));
    fs::copy(other.path().join("key.open"), temp.path().join("key.open")).expect("the key can be copied");
    let error = opened(temp.path()).expect_err("not its key");
    assert!(matches!(error, StoreError::Key(KeyError::DoesNotFit)), "{error}");
    assert_eq!(error.to_string(), "the key is wrong for this file, or the file is damaged");
    fs::write(temp.path().join("key.open"), "secret").expect("writable");
    assert!(matches!(opened(temp.path()), Err(StoreError::Key(KeyError::Malformed(_)))));
}

#[cfg(unix)]
#[test]
fn links_are_refused_in_the_folder_and_followed_to_it() {
    use std::os::unix::fs::symlink;
    for name in ["cairn.db", "key.open", "vault.toml"] {
        let temp = folder();
        saves(made(temp.path()), 1);
        let elsewhere = temp.path().join("elsewhere");
        fs::rename(temp.path().join(name), &elsewhere).expect("the file is there");
        symlink(&elsewhere, temp.path().join(name)).expect("a link can be made");
        let error = opened(temp.path()).expect_err("a link");
        assert!(matches!(error, StoreError::Link(_)), "{name}: {error}");
    }
    let temp = folder();
    fs::create_dir(temp.path().join("real")).expect("a folder can be made");
    symlink(temp.path().join("real"), temp.path().join("link")).expect("a link can be made");
    saves(made(&temp.path().join("link")), 1);
    assert!(temp.path().join("real").join("cairn.db").exists());
}

#[test]
fn one_program_writes_and_a_second_one_may_look() {
    let temp = folder();
    let (mut one, mut two) = (made(temp.path()), opened(temp.path()));
    let two = two.as_mut().expect("readable").as_mut().expect("there are records");
    one.save_answer(&answer("FL-5"), None).expect("writable");
    assert_eq!(two.answers().expect("readable").len(), 1);
    let error = two.claim().expect_err("the other one writes");
    assert!(matches!(&error, StoreError::InUse(who) if who.starts_with("process ")), "{error}");
    assert!(matches!(two.put_draft("plan", "mine"), Err(StoreError::InUse(_))));
    one.save_answer(&answer("FL-6"), None).expect("still writable");
    assert_eq!(two.answers().expect("readable").len(), 2);
    drop(one);
    two.save_answer(&answer("SI-1"), None).expect("nobody else is there any more");
    let sittings = two.db.read().first("SELECT count(*) FROM session", &[], |row| Ok(row.get::<_, i64>(0)?));
    assert_eq!(sittings.expect("readable"), Some(2));
}

#[test]
fn programs_that_make_the_records_at_the_same_moment_share_them() {
    let temp = folder();
    thread::scope(|scope| {
        for number in 0..4 {
            let dir = temp.path();
            scope.spawn(move || {
                let mut store = made(dir);
                for _ in 0..5 {
                    store.save_answer(&answer(&format!("SI-{number}")), None).expect("writable");
                }
            });
        }
    });
    let store = opened(temp.path()).expect("readable").expect("there are records");
    assert_eq!(store.answers().expect("readable").len(), 20);
    let people = store.db.read().rows("SELECT id FROM person", &[], |_| Ok(())).expect("readable");
    assert_eq!(people.len(), 1);
}

#[test]
fn nothing_that_was_written_can_be_read_in_the_files() {
    let temp = folder();
    let mut store = made(temp.path());
    let sentinel = "Xylophone-4711";
    let words = Answer { evidence: sentinel.repeat(1_000), ..answer(sentinel) };
    store.put_draft(sentinel, sentinel).expect("writable");
    store.save_answer(&words, None).expect("writable");
    store.set_person(Some(sentinel), Organisation::Other).expect("writable");
    let look = || {
        for entry in fs::read_dir(temp.path()).expect("the folder is there") {
            let bytes = fs::read(entry.expect("it can be listed").path()).expect("readable");
            for word in [sentinel.as_bytes(), b"CREATE TABLE", b"SQLite format"] {
                assert!(!bytes.windows(word.len()).any(|window| window == word));
            }
        }
    };
    look();
    drop(store);
    look();
}

#[test]
fn records_in_memory_have_no_folder() {
    let store = crate::store::testing::store();
    assert_eq!(store.folder(), None);
    let files = store.db.read().rows("SELECT file FROM pragma_database_list", &[], |row| Ok(row.get::<_, String>(0)?));
    assert_eq!(files.expect("readable"), [""]);
    saves(store, 1);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt;
    let temp = folder();
    saves(made(temp.path()), 1);
    let close = |mode| fs::set_permissions(temp.path(), fs::Permissions::from_mode(mode)).expect("my folder");
    close(0o500);
    // An administrator can write everywhere, so the permissions have no effect.
    if fs::write(temp.path().join("probe"), "").is_err() {
        let mut store = opened(temp.path()).expect("it can be looked at").expect("there are records");
        assert_eq!((store.look(), store.answers().expect("readable").len()), (Some(Look::ReadOnly), 1));
        assert!(matches!(store.put_draft("plan", "mine"), Err(StoreError::ReadOnly)));
        drop(store);
        let error = Store::open_or_create(&temp.path().join("new"), clock()).expect_err("no folder can be made");
        assert!(matches!(error, StoreError::ReadOnly), "{error}");
    }
    close(0o700);
}

#[test]
fn the_records_can_go_to_another_thread() {
    fn goes<T: Send>(_: &T) {}
    goes(&crate::store::testing::store());
}

#[test]
fn no_statement_overwrites_or_removes_anything_but_drafts_and_settings() {
    let sources = [
        include_str!("../people.rs"),
        include_str!("../answers.rs"),
        include_str!("../verdicts.rs"),
        include_str!("../actions.rs"),
        include_str!("../drafts.rs"),
        include_str!("../migrate.rs"),
    ];
    let code = sources.map(|text| text.split("#[cfg(test)]").next().unwrap_or_default());
    for (text, file) in code.iter().zip(["people", "answers", "verdicts", "actions", "drafts", "migrate"]) {
        for (at, _) in text.match_indices("UPDATE ").chain(text.match_indices("DELETE ")) {
            let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let allowed = file == "drafts" && (line.starts_with("UPDATE SET") || line.starts_with("DELETE FROM draft"));
            assert!(allowed, "{file}: {line}");
        }
    }
}

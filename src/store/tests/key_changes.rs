//! Tests on the disk of interrupted or concurrent changes of copies and keys: whatever is left opens in exactly one
//! way, no copy is forgotten, and there is a remedy for every damage.

#![expect(clippy::disallowed_methods, reason = "these tests break things off and damage them on purpose")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::passphrases::{MINE, OTHER, count, fill, filled, open, phrase, restored, unlocked};
use crate::seal::Secret;
use crate::store::testing::{answer, clock};
use crate::store::{KeyError, Store, StoreError, Why, backups_of, check_backup, put_in_place};

#[test]
fn a_window_whose_records_were_set_aside_writes_nothing_and_keeps_drafts_where_they_belong() {
    let temp = filled(2);
    let dir = temp.path();
    let backup = open(dir).expect("open").backup(None, Why::Asked).expect("it can be made");
    let ann = open(dir).expect("open").add_client("Ann").expect("writable");
    // Two open windows: one with the user's own records, one with those of a client who is not in the backup.
    let (mut mine, mut hers) = (open(dir).expect("open"), open(dir).expect("open"));
    hers.turn_to(Some(&ann.id)).expect("she is there");
    let aside = restored(&backup, None, dir).expect("it can be put in place").expect("there was something");
    for window in [&mut mine, &mut hers] {
        assert!(matches!(window.save_answer(&answer("FL-5"), None), Err(StoreError::Moved)));
        assert!(matches!(window.backup(None, Why::Asked), Err(StoreError::Moved)));
        assert!(matches!(window.set_passphrase(&phrase(MINE), None), Err(StoreError::Moved)));
        assert!(matches!(window.rewrite(), Err(StoreError::Moved)));
        window.put_draft("plan", "typed afterwards").expect("a draft is kept all the same");
    }
    let mut now = open(dir).expect("open");
    assert_eq!((count(&now), now.drafts().expect("readable").len()), (2, 1), "mine is where I look");
    assert!(now.turn_to(Some(&ann.id)).is_err());
    now.save_answer(&answer("FL-6"), None).expect("nobody holds the lock any more");
    let mut before = open(&aside).expect("open");
    assert_eq!((count(&before), before.drafts().expect("readable").len()), (2, 0));
    before.turn_to(Some(&ann.id)).expect("she is there");
    assert_eq!(before.drafts().expect("readable").len(), 1, "hers is with her");
}

#[test]
fn a_window_does_not_touch_the_key_of_other_records_that_were_put_in_place() {
    let (temp, other) = (filled(1), filled(3));
    let backup = open(other.path()).expect("open").backup(None, Why::Asked).expect("it can be made");
    let mut window = open(temp.path()).expect("open");
    restored(&backup, None, temp.path()).expect("it can be put in place");
    assert!(matches!(window.set_passphrase(&phrase(MINE), None), Err(StoreError::Moved)));
    window.put_draft("plan", "mine").expect("kept");
    let now = open(temp.path()).expect("not locked");
    assert_eq!((count(&now), now.drafts().expect("readable").len()), (3, 0), "not among the records of others");
}

/// Checks that the records and all copies open with `secret`, and which key files they contain.
fn open_alike(dir: &Path, secret: Option<&str>) {
    let mut places = vec![dir.to_path_buf()];
    places.extend(crate::store::copies::folders(dir));
    for place in places {
        let opened = match secret {
            Some(secret) => unlocked(&place, secret).map(drop),
            None => open(&place).map(drop),
        };
        opened.unwrap_or_else(|error| panic!("{}: {error}", place.display()));
        assert_eq!(place.join("key.open").exists(), secret.is_none(), "{}", place.display());
        assert_eq!(place.join("key.passphrase.age").exists(), secret.is_some(), "{}", place.display());
    }
    assert_eq!(crate::store::copies::left(dir), [] as [std::path::PathBuf; 0]);
    assert!(!dir.join("vault.keys").exists() && !dir.join("vault.unfinished").exists());
}

/// Creates records with two backups and one folder set aside; returns the paths of all of them.
fn with_copies() -> (TempDir, Vec<std::path::PathBuf>) {
    let temp = filled(1);
    let store = open(temp.path()).expect("open");
    let backup = store.backup(None, Why::Asked).expect("it can be made");
    store.backup(None, Why::Asked).expect("it can be made");
    drop(store);
    restored(&backup, None, temp.path()).expect("it can be put in place");
    let places = std::iter::once(temp.path().to_path_buf()).chain(crate::store::copies::folders(temp.path())).collect();
    (temp, places)
}

fn keys_of(places: &[std::path::PathBuf]) -> Vec<Vec<(&'static str, Vec<u8>)>> {
    let names = ["key.open", "key.passphrase.age", "key.recovery.age"];
    let of = |place: &std::path::PathBuf| {
        names.iter().filter_map(|name| Some((*name, fs::read(place.join(name)).ok()?))).collect()
    };
    places.iter().map(of).collect()
}

fn put_keys(place: &Path, keys: &[(&'static str, Vec<u8>)]) {
    for name in ["key.open", "key.passphrase.age", "key.recovery.age"] {
        let _ = fs::remove_file(place.join(name));
    }
    for (name, bytes) in keys {
        fs::write(place.join(name), bytes).expect("writable");
    }
}

#[test]
fn a_change_of_keys_that_was_broken_off_anywhere_ends_with_one_way_in() {
    let steps: [(&str, Option<&str>, Option<&str>); 3] =
        [("set", None, Some(MINE)), ("change", Some(MINE), Some(OTHER)), ("remove", Some(MINE), None)];
    for (step, before, after) in steps {
        let (temp, places) = with_copies();
        let dir = temp.path();
        if let Some(secret) = before {
            open(dir).expect("open").set_passphrase(&phrase(secret), None).expect("it can be locked");
        }
        let older = keys_of(&places);
        let mut store = before.map_or_else(|| open(dir), |secret| unlocked(dir, secret)).expect("opens");
        match step {
            "set" => drop(store.set_passphrase(&phrase(MINE), None).expect("it can be locked")),
            "change" => store.change_passphrase(&phrase(OTHER)).expect("it can be changed"),
            _ => store.remove_passphrase().expect("it can be taken away"),
        }
        drop(store);
        open_alike(dir, after);
        let newer = keys_of(&places);
        // Each place may have the older or the newer key files; those of the records decide.
        for mixed in 0..1_u32 << places.len() {
            for (at, place) in places.iter().enumerate() {
                let keys = if mixed & (1 << at) == 0 { &older } else { &newer };
                put_keys(place, &keys[at]);
            }
            fs::write(dir.join("vault.keys"), "x").expect("writable");
            let now = if mixed & 1 == 0 { before } else { after };
            let opened = now.map_or_else(|| open(dir), |secret| unlocked(dir, secret));
            opened.unwrap_or_else(|error| panic!("{step} {mixed}: {error}"));
            open_alike(dir, now);
        }
    }
}

#[test]
fn a_copy_that_cannot_be_written_and_a_secret_that_cannot_be_shown_leave_all_as_it_was() {
    let (temp, places) = with_copies();
    let dir = temp.path();
    let full = |_: &Secret| Err(std::io::Error::other("no room"));
    let before = keys_of(&places);
    let copy = places.last().expect("a copy").clone();
    // Blocks the name under which the new key would be written.
    fs::create_dir(copy.join("key.passphrase.new")).expect("a folder can be made");
    let error = open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect_err("it cannot be written there");
    assert!(matches!(&error, StoreError::Copy(path, _) if *path == copy), "{error}");
    fs::remove_dir(copy.join("key.passphrase.new")).expect("it was left alone");
    assert_eq!(keys_of(&places), before);
    let error = open(dir).expect("open").set_passphrase_showing(&phrase(MINE), None, full).expect_err("not shown");
    assert!(matches!(error, StoreError::NotShown(_)));
    assert_eq!(keys_of(&places), before);
    open_alike(dir, None);
    let paper = open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
    let before = keys_of(&places);
    let error = unlocked(dir, MINE).expect("opens").new_paper_key_showing(None, full).expect_err("not shown");
    assert!(matches!(error, StoreError::NotShown(_)));
    fs::create_dir(copy.join("key.passphrase.new")).expect("a folder can be made");
    assert!(unlocked(dir, MINE).expect("opens").change_passphrase(&phrase(OTHER)).is_err());
    fs::remove_dir(copy.join("key.passphrase.new")).expect("it was left alone");
    assert_eq!(keys_of(&places), before);
    open_alike(dir, Some(MINE));
    open_alike(dir, Some(paper.reveal()));
}

#[test]
fn what_unfinished_work_left_behind_is_wiped_by_the_next_start() {
    let (temp, places) = with_copies();
    let dir = temp.path();
    let elsewhere = tempfile::tempdir().expect("a temporary folder can be made");
    let key = fs::read(dir.join("key.open")).expect("it lies open");
    let store = open(dir).expect("open");
    let leave = || {
        let away = elsewhere.path().join(".unfinished-z");
        fs::create_dir_all(dir.join("set-aside-z")).expect("writable");
        for folder in [dir.join("backups/.unfinished-x"), dir.join("restored-y"), away.clone()] {
            fs::create_dir_all(&folder).expect("a folder can be made");
            for name in ["key.open", "key.new", "cairn.db", "key.open.wiping"] {
                fs::write(folder.join(name), &key).expect("writable");
            }
        }
        fs::write(dir.join("vault.unfinished"), format!("{}\n/etc\n", away.display())).expect("writable");
        for place in &places {
            for name in ["key.new", "key.probe.new", "vault.new", "key.open.wiping"] {
                fs::write(place.join(name), &key).expect("writable");
            }
            fs::create_dir_all(place.join(".erasing")).expect("a folder can be made");
        }
        fs::remove_dir(dir.join(".erasing")).expect("it is there");
    };
    leave();
    drop(open(dir).expect("open"));
    open_alike(dir, None);
    assert!(!dir.join("set-aside-z").exists(), "an empty folder of a restore that was broken off");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("readable").count(), 0, "also where it was noted");
    leave();
    drop(store.copies());
    open_alike(dir, None);
    leave();
    store.backup(None, Why::Asked).expect("it can be made");
    open_alike(dir, None);
    // Another program holds the lock.
    leave();
    let held = crate::store::copies::hold(dir).expect("nobody else is");
    drop(open(dir).expect("open"));
    assert!(dir.join("backups/.unfinished-x/key.open").exists());
    drop(held);
    drop(store);
    open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
    open_alike(dir, Some(MINE));
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing() {
    let temp = filled(3);
    let store = open(temp.path()).expect("open");
    let (job, stop) = (store.backup_due().expect("none was made today"), crate::store::Stop::default());
    stop.ask();
    assert!(matches!(job.run_until(&stop), Err(StoreError::Stopped)));
    assert_eq!(fs::read_dir(temp.path().join("backups")).expect("readable").count(), 0);
}

/// A kind of damage: its name and the function that causes it.
type Damage<'a> = (&'a str, &'a dyn Fn(&Path));

#[test]
fn what_is_blank_was_wiped_and_every_damage_of_a_small_file_has_a_way_out() {
    for bytes in [&b""[..], &[0; 280]] {
        let (temp, _) = with_copies();
        let dir = temp.path();
        open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
        fs::write(dir.join("key.open"), bytes).expect("writable");
        fs::write(dir.join("vault.restore"), bytes).expect("writable");
        assert_eq!(count(&unlocked(dir, MINE).expect("the passphrase opens them")), 1);
        // An invalid `key.open` beside a sealed key file is ignored as well.
        fs::write(dir.join("key.open"), "no key").expect("writable");
        assert_eq!(count(&unlocked(dir, MINE).expect("the passphrase opens them")), 1);
    }
    // Records without a passphrase: what the hint suggests must work.
    let damages: [Damage<'_>; 5] = [
        ("vault.restore nonsense", &|dir| fs::write(dir.join("vault.restore"), "x").expect("writable")),
        ("vault.restore no text", &|dir| fs::write(dir.join("vault.restore"), [0xff, 1]).expect("writable")),
        ("cairn.db gone", &|dir| fs::remove_file(dir.join("cairn.db")).expect("there")),
        ("cairn.db empty", &|dir| fs::write(dir.join("cairn.db"), "").expect("writable")),
        ("cairn.db zeros", &|dir| fs::write(dir.join("cairn.db"), [0; 8192]).expect("writable")),
    ];
    for (name, damage) in damages {
        let temp = filled(2);
        let dir = temp.path();
        let backup = open(dir).expect("open").backup(None, Why::Asked).expect("it can be made");
        damage(dir);
        let error = open(dir).expect_err(name);
        assert!(error.hint().contains("cairn restore"), "{name}: {}", error.hint());
        restored(&backup, None, dir).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(count(&open(dir).unwrap_or_else(|error| panic!("{name}: {error}"))), 2, "{name}");
    }
}

#[test]
fn without_its_proof_every_copy_is_still_known() {
    for how in ["gone", "empty", "cut"] {
        let (temp, places) = with_copies();
        let dir = temp.path();
        let proof = fs::read_to_string(dir.join("vault.toml")).expect("readable");
        match how {
            "gone" => fs::remove_file(dir.join("vault.toml")).expect("there"),
            "empty" => fs::write(dir.join("vault.toml"), "").expect("writable"),
            _ => fs::write(dir.join("vault.toml"), proof.get(..20).unwrap_or_default()).expect("writable"),
        }
        open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
        open_alike(dir, Some(MINE));
        let id = |text: &str| text.lines().find(|line| line.starts_with("id")).map(str::to_owned);
        let now = fs::read_to_string(dir.join("vault.toml")).expect("readable");
        assert_eq!(id(&now), id(&proof), "{how}: it takes its name from a copy");
        assert_eq!(places.len(), crate::store::copies::of(dir, None).len() + 1);
    }
}

#[test]
fn an_open_copy_over_locked_records_is_locked_like_them() {
    let temp = filled(2);
    let dir = temp.path();
    let away = tempfile::tempdir().expect("a temporary folder can be made");
    let backup = open(dir).expect("open").backup(Some(away.path()), Why::Asked).expect("it can be made");
    open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
    let checked = check_backup(&backup.path, None).expect("sound");
    assert_eq!(checked.locking(dir).expect("readable"), crate::store::Locking::LikeTheRecords);
    put_in_place(&checked, dir, &clock()).expect("it can be put in place");
    open_alike(dir, Some(MINE));
    // A backup of other records is accepted only with a passphrase of its own.
    let other = filled(5);
    let theirs = open(other.path()).expect("open").backup(None, Why::Asked).expect("it can be made");
    let checked = check_backup(&theirs.path, None).expect("sound");
    assert_eq!(checked.locking(dir).expect("readable"), crate::store::Locking::Passphrase);
    assert!(matches!(put_in_place(&checked, dir, &clock()), Err(StoreError::Key(KeyError::WouldLieOpen))));
    crate::store::put_in_place_locked(&checked, dir, &clock(), &phrase(OTHER), |_| Ok(())).expect("with one");
    assert_eq!(count(&unlocked(dir, OTHER).expect("opens")), 5);
    assert!(!dir.join("key.open").exists());
}

#[test]
fn a_restore_can_be_undone() {
    let temp = filled(2);
    let dir = temp.path();
    let mut store = open(dir).expect("open");
    let backup = store.backup(None, Why::Asked).expect("it can be made");
    fill(&mut store, 3);
    // Simulates a killed program: the last changes are in the log.
    let log = fs::read(dir.join("cairn.db-wal")).expect("there is a log");
    drop(store);
    let aside = restored(&backup, None, dir).expect("it can be put in place").expect("there was something");
    assert_eq!(count(&open(dir).expect("open")), 2);
    if !aside.join("cairn.db-wal").exists() && !log.is_empty() {
        assert_eq!(count(&open(&aside).expect("open")), 5, "the log was folded in");
    }
    let checked = check_backup(&aside, None).expect("it can be put back");
    assert_eq!((checked.contents.answers, checked.backup.why.as_str()), (5, "set aside by a restore"));
    put_in_place(&checked, dir, &clock()).expect("it can be put in place");
    assert_eq!(count(&open(dir).expect("open")), 5);
}

#[cfg(unix)]
#[test]
fn a_folder_that_was_there_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let temp = filled(1);
    let away = tempfile::tempdir().expect("a temporary folder can be made");
    fs::set_permissions(away.path(), fs::Permissions::from_mode(0o2775)).expect("my folder");
    let backup = open(temp.path()).expect("open").backup(Some(away.path()), Why::Asked).expect("it can be made");
    fs::write(away.path().join("x"), "").expect("writable");
    restored(&backup, None, away.path()).expect("it can be put in place");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o7777;
    assert_eq!((mode(away.path()) & 0o775, mode(&backup.path)), (0o775, 0o700));
}

#[test]
fn a_clock_that_was_ahead_changes_no_order() {
    let temp = filled(1);
    let dir = temp.path();
    let at = |year: i16, month: i8, day: i8| {
        std::sync::Arc::new(crate::os::Clock::fixed(jiff::civil::date(year, month, day)))
    };
    for day in 1..=16 {
        let store = Store::open(dir, at(2035, 3, day)).expect("open").expect("records");
        store.backup(None, Why::Asked).expect("it can be made");
    }
    for _ in 0..12 {
        let store = Store::open(dir, at(2026, 11, 22)).expect("open").expect("records");
        assert!(store.backup_due().is_none() || backups_of(dir)[0].made.starts_with("2035"));
        let made = store.backup(None, Why::Asked).expect("it can be made");
        assert!(made.path.exists(), "what was just made is there");
        assert_eq!(backups_of(dir)[0].path, made.path, "and is the newest");
    }
}

#[test]
fn a_database_with_anything_of_somebody_else_is_not_opened() {
    for more in [
        "CREATE VIEW me AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM answer; END",
        "CREATE TABLE hidden (a TEXT)",
    ] {
        let temp = filled(1);
        let store = open(temp.path()).expect("open");
        let backup = store.backup(None, Why::Asked).expect("it can be made");
        let key = store.key.clone().expect("there is a key");
        for folder in [backup.path.as_path(), temp.path()] {
            let file = folder.join("cairn.db");
            let mut db = crate::store::sql::Db::open(
                &file,
                &key,
                crate::store::sql::Mode::Write,
                crate::store::writer::Writer::Alone,
            )
            .expect("ours until now");
            db.tx(|sql| sql.batch(more)).expect("writable");
        }
        assert!(matches!(check_backup(&backup.path, None), Err(StoreError::Foreign(_))), "{more}");
        assert!(matches!(open(&backup.path), Err(StoreError::Foreign(_))), "{more}");
        drop(store);
        assert!(matches!(open(temp.path()), Err(StoreError::Foreign(_))), "{more}");
    }
}

#[test]
fn somebody_whose_name_was_lost_is_still_counted_among_those_who_can_open_them() {
    let temp = filled(1);
    let boss = crate::seal::Identity::generate();
    let escrow = crate::store::Escrow { name: "Acme Care".to_owned(), key: boss.recipient() };
    open(temp.path()).expect("open").set_passphrase(&phrase(MINE), Some(&escrow)).expect("it can be locked");
    let proof = fs::read_to_string(temp.path().join("vault.toml")).expect("readable");
    for kept in ["escrow", "nothing"] {
        let text: String =
            proof.split_inclusive('\n').filter(|line| line.starts_with(kept) || !line.starts_with("escrow")).collect();
        fs::write(temp.path().join("vault.toml"), text).expect("writable");
        let said = crate::store::lock_of(temp.path()).expect("readable").expect("records").escrow;
        assert!(!said.is_empty() && (said == "Acme Care") == (kept == "escrow"), "{said}");
    }
    unlocked(temp.path(), MINE).expect("opens").new_paper_key(None).expect("without the employer");
    assert_eq!(crate::store::lock_of(temp.path()).expect("readable").expect("records").escrow, "");
}

//! Tests on the disk of passphrase, paper key, backups and restore.

#![expect(clippy::disallowed_methods, reason = "these tests break things off and damage them on purpose")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::seal::{Identity, Passphrase, Secret};
use crate::store::testing::{answer, clock};
use crate::store::{
    Backup, Escrow, KeyError, Look, Opener, Slots, Store, StoreError, Why, backups_of, check_backup, lock_of,
    put_in_place,
};

pub(super) const MINE: &str = "four words of mine";
pub(super) const OTHER: &str = "four other words";

pub(super) fn phrase(text: &str) -> Passphrase {
    Passphrase::new(&Secret::new(text.to_owned())).expect("long enough")
}

pub(super) fn opener(text: &str) -> Opener {
    Opener::typed(&Secret::new(text.to_owned()))
}

pub(super) fn filled(answers: usize) -> TempDir {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    fill(&mut Store::open_or_create(temp.path(), clock()).expect("the records can be made"), answers);
    temp
}

pub(super) fn fill(store: &mut Store, answers: usize) {
    for number in 0..answers {
        store.save_answer(&answer(&format!("FC-{number}")), None).expect("writable");
    }
}

pub(super) fn open(dir: &Path) -> Result<Store, StoreError> {
    Store::open(dir, clock()).map(|store| store.expect("there are records"))
}

pub(super) fn unlocked(dir: &Path, text: &str) -> Result<Store, StoreError> {
    Store::open_with(dir, clock(), &opener(text)).map(|store| store.expect("there are records"))
}

pub(super) fn count(store: &Store) -> usize {
    store.answers().expect("readable").len()
}

fn is_locked<T>(found: &Result<T, StoreError>) -> bool {
    matches!(found, Err(error) if error.is_locked())
}

#[test]
fn a_passphrase_is_set_changed_and_taken_away_and_every_answer_stays() {
    let temp = filled(3);
    let dir = temp.path();
    let mut store = open(dir).expect("not locked");
    let paper = store.set_passphrase(&phrase(MINE), None).expect("it can be locked");
    assert!(matches!(store.set_passphrase(&phrase(MINE), None), Err(StoreError::Key(KeyError::AlreadyLocked))));
    fill(&mut store, 1);
    drop(store);
    assert_eq!(
        lock_of(dir).expect("readable").expect("records").slots,
        Slots { open: false, passphrase: true, recovery: true }
    );
    assert!(is_locked(&open(dir)));
    assert!(is_locked(&Store::open_or_create(dir, clock())));
    assert!(matches!(unlocked(dir, OTHER), Err(StoreError::Key(KeyError::WrongPassphrase))));

    let mut store = unlocked(dir, MINE).expect("the passphrase opens it");
    store.fits(&opener(MINE)).expect("it fits");
    store.change_passphrase(&phrase(OTHER)).expect("it can be changed");
    drop(store);
    assert!(matches!(unlocked(dir, MINE), Err(StoreError::Key(KeyError::WrongPassphrase))));
    assert_eq!(count(&unlocked(dir, OTHER).expect("the new one opens it")), 4);

    let mut store = unlocked(dir, paper.reveal()).expect("the paper key still opens it");
    let newer = store.new_paper_key(None).expect("another can be made");
    drop(store);
    assert!(matches!(unlocked(dir, paper.reveal()), Err(StoreError::Key(KeyError::WrongPaperKey))));
    let mut store = unlocked(dir, newer.reveal()).expect("the newer one does");
    store.remove_passphrase().expect("it can be taken away");
    assert!(matches!(store.remove_passphrase(), Err(StoreError::Key(KeyError::NotLocked))));
    drop(store);
    assert_eq!(count(&open(dir).expect("not locked")), 4);
}

#[test]
fn a_lock_that_was_set_reaches_the_backups_too() {
    let temp = filled(2);
    let mut store = open(temp.path()).expect("not locked");
    let backup = store.backup(None, Why::Asked).expect("it can be made");
    assert!(!backup.locked);
    let paper = store.set_passphrase(&phrase(MINE), None).expect("it can be locked");
    assert!(!backup.path.join("key.open").exists());
    assert!(is_locked(&check_backup(&backup.path, None)));
    for text in [MINE, paper.reveal()] {
        let checked = check_backup(&backup.path, Some(&opener(text))).expect("it opens like the records");
        assert_eq!((checked.contents.answers, checked.backup.locked), (2, true));
    }
    store.remove_passphrase().expect("it can be taken away");
    check_backup(&backup.path, None).expect("open like the records");
}

#[test]
fn an_employers_key_opens_and_is_always_named() {
    let temp = filled(1);
    let boss = Identity::generate();
    let escrow = Escrow { name: "Acme Care".to_owned(), key: boss.recipient() };
    open(temp.path()).expect("open").set_passphrase(&phrase(MINE), Some(&escrow)).expect("it can be locked");
    assert_eq!(lock_of(temp.path()).expect("readable").expect("records").escrow, "Acme Care");
    let mut store = unlocked(temp.path(), boss.text().reveal()).expect("the employer's key opens it");
    store.new_paper_key(None).expect("without the employer");
    drop(store);
    assert!(matches!(unlocked(temp.path(), boss.text().reveal()), Err(StoreError::Key(KeyError::WrongPaperKey))));
    assert_eq!(lock_of(temp.path()).expect("readable").expect("records").escrow, "");
}

#[test]
fn setting_a_passphrase_can_be_broken_off_anywhere() {
    // Whatever key files exist, the records are not locked as long as `key.open` exists.
    let temp = filled(1);
    let dir = temp.path();
    let good = fs::read(dir.join("key.open")).expect("it lies open");
    open(dir).expect("open").set_passphrase(&phrase(MINE), None).expect("it can be locked");
    fs::write(dir.join("key.open"), &good).expect("as if the last step had not come");
    assert_eq!(count(&open(dir).expect("not locked")), 1);
    fs::write(dir.join("key.passphrase.age"), "half").expect("writable");
    fs::remove_file(dir.join("key.recovery.age")).expect("it is there");
    let mut store = open(dir).expect("not locked");
    store.set_passphrase(&phrase(OTHER), None).expect("set anew");
    drop(store);
    assert_eq!(count(&unlocked(dir, OTHER).expect("opens")), 1);
}

#[test]
fn a_backup_is_a_vault_that_can_only_be_looked_at() {
    let temp = filled(3);
    let mut store = open(temp.path()).expect("open");
    let backup = store.backup_due().expect("none was made today").run().expect("it can be made");
    assert!(store.backup_due().is_none(), "one a day");
    fill(&mut store, 2);
    let mut copy = open(&backup.path).expect("it opens");
    assert_eq!((count(&copy), copy.look()), (3, Some(Look::Backup)));
    assert!(matches!(copy.put_draft("plan", "x"), Err(StoreError::Backup(_))));
    drop(copy);
    let again = store.backup(None, Why::Asked).expect("it can be made");
    assert_ne!(again.path, backup.path);
    assert_eq!(backups_of(temp.path()), [again.clone(), backup]);
    #[cfg(unix)]
    for path in
        [again.path.clone(), again.path.join("cairn.db"), again.path.join("key.open"), again.path.join("vault.toml")]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o077, 0, "{}", path.display());
    }
    let elsewhere = tempfile::tempdir().expect("a temporary folder can be made");
    let third = store.backup(Some(elsewhere.path()), Why::Asked).expect("it can be made");
    assert_eq!(check_backup(&third.path.join("cairn.db"), None).expect("sound").contents.answers, 5);
}

#[test]
fn a_damaged_backup_is_noticed_and_not_put_in_place() {
    let temp = filled(30);
    let backup = open(temp.path()).expect("open").backup(None, Why::Asked).expect("it can be made");
    let file = backup.path.join("cairn.db");
    let good = fs::read(&file).expect("readable");
    for place in (100..good.len()).step_by(1_999) {
        let mut bad = good.clone();
        bad[place] ^= 1;
        fs::write(&file, bad).expect("writable");
        let error = check_backup(&backup.path, None).expect_err("every bit counts");
        assert!(matches!(error, StoreError::Damaged(_) | StoreError::Key(KeyError::DoesNotFit)), "{place}: {error}");
    }
    fs::write(&file, &good[..good.len() / 2]).expect("writable");
    assert!(check_backup(&backup.path, None).is_err());
    assert!(matches!(check_backup(temp.path(), None), Err(StoreError::Backup(_))), "the records themselves are none");
}

pub(super) fn restored(
    backup: &Backup,
    opener: Option<&Opener>,
    dir: &Path,
) -> Result<Option<std::path::PathBuf>, StoreError> {
    Ok(put_in_place(&check_backup(&backup.path, opener)?, dir, &clock())?.aside)
}

#[test]
fn a_backup_is_put_in_place_and_what_was_there_is_moved_aside() {
    let temp = filled(2);
    let dir = temp.path();
    let mut store = open(dir).expect("open");
    let backup = store.backup(None, Why::Asked).expect("it can be made");
    fill(&mut store, 3);
    assert!(matches!(restored(&backup, None, dir), Err(StoreError::InUse(_))), "not under an open program");
    store.set_passphrase(&phrase(MINE), None).expect("it can be locked");
    drop(store);
    let aside =
        restored(&backup, Some(&opener(MINE)), dir).expect("it can be put in place").expect("there was something");
    assert_eq!(count(&unlocked(dir, MINE).expect("opens")), 2);
    assert_eq!(count(&unlocked(&aside, MINE).expect("what was there opens too")), 5);
    unlocked(dir, MINE).expect("opens").change_passphrase(&phrase(OTHER)).expect("it can be changed");
    assert_eq!(count(&unlocked(&aside, OTHER).expect("what was there follows")), 5);
    assert_eq!(count(&unlocked(dir, OTHER).expect("opens")), 2);
    // Restores into an empty folder, as on a new machine.
    let other = tempfile::tempdir().expect("a temporary folder can be made");
    let target = other.path().join("new");
    assert_eq!(restored(&backup, Some(&opener(OTHER)), &target).expect("it can be put in place"), None);
    let mut store = unlocked(&target, OTHER).expect("opens");
    fill(&mut store, 1);
    assert_eq!((count(&store), store.look()), (3, None));
}

#[test]
fn a_restore_that_was_broken_off_is_finished_by_the_next_start() {
    let names = ["cairn.db", "key.open", "vault.toml"];
    // The state after each of the moves: first those that set files aside, then those that bring files in.
    for moved in 0..=6 {
        let temp = filled(1);
        let dir = temp.path();
        let backup = open(dir).expect("open").backup(None, Why::Asked).expect("it can be made");
        fill(&mut open(dir).expect("open"), 4);
        let (aside, fresh) = (dir.join("set-aside-x"), dir.join("restored-x"));
        fs::create_dir(&aside).expect("a folder can be made");
        fs::create_dir(&fresh).expect("a folder can be made");
        for name in names {
            fs::copy(backup.path.join(name), fresh.join(name)).expect("copied");
        }
        let proof = fs::read_to_string(fresh.join("vault.toml")).expect("readable");
        let plain: String = proof.split_inclusive('\n').filter(|line| !line.starts_with("backup")).collect();
        fs::write(fresh.join("vault.toml"), plain).expect("writable");
        for name in names.iter().take(moved) {
            fs::rename(dir.join(name), aside.join(name)).expect("moved");
        }
        for name in names.iter().take(moved.saturating_sub(3)) {
            fs::rename(fresh.join(name), dir.join(name)).expect("moved");
        }
        let step = if moved > 3 { "in" } else { "aside" };
        fs::write(dir.join("vault.restore"), format!("{step}\nset-aside-x\nrestored-x\n")).expect("writable");
        assert_eq!(count(&open(dir).expect("opens")), 1, "after {moved} moves");
        assert_eq!(count(&open(&aside).expect("opens")), 5, "after {moved} moves");
        assert!(!dir.join("vault.restore").exists() && !fresh.exists());
    }
}

#[test]
fn a_mark_that_names_other_folders_is_refused() {
    let temp = filled(1);
    for text in ["aside\n../x\nrestored-x\n", "in\nset-aside-x\nrestored-/../../x\n", "aside\n"] {
        fs::write(temp.path().join("vault.restore"), text).expect("writable");
        assert!(matches!(open(temp.path()), Err(StoreError::Damaged(_))), "{text:?}");
    }
}

#[test]
fn records_are_not_made_or_written_where_a_program_copies_them_and_a_backup_is() {
    let temp = filled(2);
    let cloud = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir(cloud.path().join(".stfolder")).expect("the mark of Syncthing");
    let dir = cloud.path().join("records");
    let error = Store::open_or_create(&dir, clock()).expect_err("not there");
    assert!(matches!(&error, StoreError::Place(why) if why.contains("Syncthing")), "{error}");
    assert!(error.hint().contains("cairn backup DIR") && !dir.exists());
    let mut store = open(temp.path()).expect("open");
    let backup = store.backup(Some(&dir), Why::Asked).expect("a copy may lie there");
    assert_eq!(check_backup(&backup.path, None).expect("sound").contents.answers, 2);
    assert!(matches!(restored(&backup, None, &cloud.path().join("new")), Err(StoreError::Place(_))));
    // Existing records can be read there, so that they can be moved away.
    fill(&mut store, 1);
    drop(store);
    fs::create_dir(temp.path().join(".stfolder")).expect("the mark of Syncthing");
    let mut store = open(temp.path()).expect("it can be looked at");
    assert_eq!((count(&store), store.look()), (3, Some(Look::Place)));
    assert!(matches!(store.put_draft("plan", "x"), Err(StoreError::Place(_))));
    store.backup(Some(&cloud.path().join("away")), Why::Asked).expect("and copied");
}

//! Locked records with the real binary: passphrase, paper key, escrow, backup and restore, as a script and as a user at
//! a terminal do them.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "files are damaged, moved and looked through")]

use std::fs;
use std::path::Path;

use crate::binary::{Cairn, Ran};
use crate::terminal::Tui;

const MINE: &str = "four words of mine";
const OTHER: &str = "four other words";
const SENTINEL: &str = "Sentinel4711";

/// Records with one answer.
fn somebody() -> Cairn {
    let cairn = Cairn::new();
    saves(&cairn, &[]);
    cairn
}

fn saves(cairn: &Cairn, secrets: &[&str]) {
    let text =
        format!(r#"{{"answers":[{{"behaviour":"FL-5","rating":2,"on":"2026-11-20","evidence":"{SENTINEL}"}}]}}"#);
    cairn.file("a.json", text);
    said(cairn, secrets, &["reflect", "--from", "a.json"]).exits(0);
}

/// Runs the program with these lines as answers to the requests for secrets.
fn said(cairn: &Cairn, secrets: &[&str], args: &[&str]) -> Ran {
    if secrets.is_empty() {
        return cairn.run(args);
    }
    cairn.fed(&[args, &["--passphrase-fd", "0"]].concat(), &format!("{}\n", secrets.join("\n")))
}

fn answers(ran: &Ran) -> usize {
    ran.out.matches(SENTINEL).count()
}

/// Returns the paper key in the output.
fn paper(ran: &Ran) -> String {
    let line = ran.out.lines().find(|line| line.trim().starts_with("AGE-SECRET-KEY-1"));
    line.expect("a paper key is shown").trim().to_owned()
}

fn holds(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(holds(&path, word));
        } else if fs::read(&path).expect("readable").windows(word.len()).any(|part| part == word.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn locking_changing_forgetting_and_unlocking_as_a_script_does() {
    let cairn = somebody();
    let paper = paper(&said(&cairn, &[MINE], &["passphrase", "set"]).exits(0));
    assert!(!cairn.data().join("key.open").exists());
    let told = cairn.run(&["journal"]).exits(3).err;
    assert!(told.contains("locked") && told.contains("--passphrase-fd"), "{told}");
    let wrong = said(&cairn, &[OTHER], &["journal"]).exits(3).err;
    assert!(wrong.contains("not the passphrase") && !wrong.contains("damage"), "{wrong}");
    assert!(said(&cairn, &[MINE], &["passphrase", "set"]).exits(2).err.contains("already"));
    saves(&cairn, &[MINE]);
    assert_eq!(answers(&said(&cairn, &[MINE], &["journal", "--json"])), 2);
    // Without the passphrase the check finds nothing wrong; with it every page is read.
    assert!(cairn.run(&["doctor"]).exits(0).out.contains("did not check them"));
    assert!(said(&cairn, &[MINE], &["doctor"]).exits(0).out.contains("encrypted, can be read: 2 answers"));
    said(&cairn, &[MINE, OTHER], &["passphrase", "change"]).exits(0);
    said(&cairn, &[MINE], &["journal"]).exits(3);
    assert!(said(&cairn, &[OTHER, "short"], &["passphrase", "change"]).exits(2).err.contains("12 letters"));
    // Forgotten passphrase: the paper key, typed in lower case and in groups, then a new passphrase.
    let typed: Vec<String> =
        paper.to_lowercase().as_bytes().chunks(5).map(|part| String::from_utf8_lossy(part).into()).collect();
    said(&cairn, &[&typed.join(" "), MINE], &["unlock", "--recovery"]).exits(0);
    assert_eq!(answers(&said(&cairn, &[MINE], &["journal", "--json"])), 2);
    let newer = self::paper(&said(&cairn, &[MINE], &["passphrase", "paper"]).exits(0));
    assert!(said(&cairn, &[&paper], &["journal"]).exits(3).err.contains("paper key"));
    said(&cairn, &[&newer], &["journal"]).exits(0);
    said(&cairn, &[&newer], &["passphrase", "remove"]).exits(0);
    assert_eq!(answers(&cairn.run(&["journal", "--json"])), 2);
}

#[test]
fn no_byte_that_was_written_can_be_read() {
    let cairn = somebody();
    let set = said(&cairn, &[MINE], &["passphrase", "set"]);
    saves(&cairn, &[MINE]);
    said(&cairn, &[MINE], &["backup"]).exits(0);
    saves(&cairn, &[MINE]);
    said(&cairn, &[MINE], &["restore", "--yes"]).exits(0);
    for word in [SENTINEL, MINE, &paper(&set), "FL-5", "SQLite format"] {
        assert_eq!(holds(&cairn.data(), word), Vec::<String>::new(), "{word}");
    }
    assert!(cairn.home_is_empty());
}

#[test]
fn last_nights_backup_comes_back_and_nothing_is_deleted() {
    let cairn = somebody();
    said(&cairn, &[MINE], &["passphrase", "set"]).exits(0);
    let made: serde_json::Value =
        serde_json::from_str(&said(&cairn, &[MINE], &["backup", "--json"]).exits(0).out).expect("one value");
    assert_eq!(made["locked"], true);
    saves(&cairn, &[MINE]);
    // A removable disk was pulled out: half of the file is missing.
    let db = cairn.data().join("cairn.db");
    let good = fs::read(&db).expect("readable");
    fs::write(&db, &good[..5_000]).expect("writable");
    let told = said(&cairn, &[MINE], &["journal"]).exits(3).err;
    assert!(told.contains("damaged") && told.contains("`cairn restore`"), "{told}");
    let asked = said(&cairn, &[MINE], &["restore"]).exits(2);
    assert!(asked.out.contains("It holds 1 answer") && asked.err.contains("--yes"), "{asked:?}");
    assert_eq!(fs::read(&db).expect("readable").len(), 5_000, "nothing happens unasked");
    let done = said(&cairn, &[MINE], &["restore", "--yes"]).exits(0).out;
    assert!(done.contains("Your earlier records:"), "{done}");
    assert_eq!(answers(&said(&cairn, &[MINE], &["journal", "--json"])), 1);
    let aside = fs::read_dir(cairn.data()).expect("readable").map(|entry| entry.expect("readable").path());
    let aside =
        aside.into_iter().find(|path| path.to_string_lossy().contains("set-aside-")).expect("Your earlier records");
    assert_eq!(fs::read(aside.join("cairn.db")).expect("still there").len(), 5_000);
    // On another machine the folder alone is enough, and records are never overwritten.
    let from = made["path"].as_str().expect("a path");
    said(&cairn, &[MINE], &["restore", from, "--into", "elsewhere", "--yes"]).exits(0);
    let again = said(&cairn, &[MINE], &["restore", from, "--into", "elsewhere", "--yes"]).exits(2);
    assert!(again.err.contains("never replaces them"));
}

#[test]
fn a_backup_on_another_disk_needs_nothing_else() {
    let cairn = somebody();
    let told = cairn.run(&["backup", "stick"]).exits(0).out;
    assert!(told.contains("It has no passphrase"), "{told}");
    fs::remove_dir_all(cairn.data()).expect("the computer is lost");
    let folder = fs::read_dir(cairn.path("stick")).expect("readable").next().expect("one").expect("readable").path();
    cairn.run(&["restore", folder.to_str().expect("a path"), "--yes"]).exits(0);
    assert_eq!(answers(&cairn.run(&["journal", "--json"])), 1);
    assert!(cairn.run(&["restore"]).exits(2).err.contains("no good backup"));
}

#[test]
fn who_else_can_open_them_is_always_said() {
    let cairn = somebody();
    let boss = cairn_coach::seal::Identity::generate();
    let policy = format!("[escrow]\nname = \"Acme Care\"\nkey = \"{}\"\n", boss.recipient());
    cairn.file("home/c/cairn/policy.toml", policy);
    let set = said(&cairn, &[MINE], &["passphrase", "set"]).exits(0).out;
    assert!(set.contains("Acme Care can also open these records"), "{set}");
    assert!(set.contains("we cannot either. Acme Care can.") && !set.contains("nobody can open"), "{set}");
    assert_eq!(answers(&said(&cairn, &[boss.text().reveal()], &["journal", "--json"])), 1);
    let mut tui = Tui::start_as_it_comes(&cairn, &[]);
    tui.see("Acme Care can also open these records.");
    tui.send(MINE).send("\r").see("What to do next").see("Acme Care can open these records");
    tui.send("q");
    assert_eq!(tui.exit(), 0);
    cairn.file("home/c/cairn/policy.toml", "[escrow]\nname = \"Acme\"\nkey = \"age1x\"\n");
    assert!(said(&cairn, &[MINE], &["passphrase", "paper"]).exits(2).err.contains("policy.toml"));
}

#[test]
fn somebody_at_a_terminal_locks_loses_and_opens() {
    let cairn = Cairn::new();
    let mut tui = Tui::start_as_it_comes(&cairn, &["reflect", "FL-5"]);
    tui.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    tui.send(SENTINEL).send("\x13").see("What to do").send("1").see("Lock your records with a passphrase?");
    tui.send(MINE).send("\r").send(MINE).send("\r").see("This is your paper key").send("\r");
    tui.send("9").see(SENTINEL).send("\x0c").see("Your records are locked");
    tui.ask(|screen| assert!(!screen.contents().contains(SENTINEL)));
    tui.send(MINE).send("\r").see("What to do next");
    // A second process can read and reports who is writing.
    let other = said(&cairn, &[MINE], &["journal", "--json"]);
    assert_eq!(answers(&other.exits(0)), 1);
    let text = format!(r#"{{"answers":[{{"behaviour":"FL-6","rating":2,"evidence":"{SENTINEL}"}}]}}"#);
    cairn.file("b.json", text);
    let refused = said(&cairn, &[MINE], &["reflect", "--from", "b.json"]).exits(3).err;
    assert!(refused.contains("another window of Cairn (process "), "{refused}");
    tui.send("q");
    assert_eq!(tui.exit(), 0);
    said(&cairn, &[MINE], &["reflect", "--from", "b.json"]).exits(0);
    assert_eq!(holds(&cairn.data(), SENTINEL), Vec::<String>::new());
}

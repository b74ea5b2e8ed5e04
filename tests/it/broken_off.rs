//! The real binary, killed at critical moments of work on backups and keys: afterwards one secret opens the records and
//! every backup, no key is where it should not be, and no partial backup is left.

#![expect(clippy::print_stdout, reason = "what is skipped is said")]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "processes are ended from outside, and folders are looked into")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::binary::Cairn;
use crate::terminal::Tui;

const ANSWER: &str = r#"{"answers":[{"behaviour":"FL-5","rating":2,"on":"2026-11-20","evidence":"word"}]}"#;

/// Returns every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.push(path.clone());
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn named(cairn: &Cairn, part: &str) -> Vec<PathBuf> {
    files(&cairn.data()).into_iter().filter(|path| path.to_string_lossy().contains(part)).collect()
}

/// Runs with these secrets, one per line, and kills the program after the given time, if any.
fn with_secrets(cairn: &Cairn, args: &[&str], secrets: &str, killed_after: Option<Duration>) -> (bool, Duration) {
    let all: Vec<&str> = ["--passphrase-fd", "0"].into_iter().chain(args.iter().copied()).collect();
    let mut command = cairn.command(&all);
    // A paper key that would go to /dev/null is refused, so it is written to a file.
    let out = fs::File::create(cairn.path("printed")).expect("writable");
    command.stdin(Stdio::piped()).stdout(out).stderr(Stdio::null());
    let since = Instant::now();
    let mut child = command.spawn().expect("it starts");
    let mut lines = child.stdin.take().expect("piped");
    lines.write_all(secrets.as_bytes()).expect("it reads");
    drop(lines);
    if let Some(after) = killed_after {
        std::thread::sleep(after);
        let _ = child.kill();
    }
    let ended = child.wait().expect("it ends");
    (ended.success(), since.elapsed())
}

#[test]
fn a_window_that_is_closed_at_once_leaves_no_half_copy() {
    let cairn = Cairn::new();
    cairn.fed(&["reflect", "--from", "-"], ANSWER).exits(0);
    for round in 0..6_u64 {
        let _ = fs::remove_dir_all(cairn.data().join("backups"));
        let mut tui = Tui::start(&cairn, &[]);
        std::thread::sleep(Duration::from_millis(30 * round));
        tui.signal(if round % 2 == 0 { "HUP" } else { "TERM" });
        let _ = tui.ended();
        assert_eq!(named(&cairn, ".unfinished"), [] as [PathBuf; 0], "round {round}");
    }
}

#[test]
fn whatever_is_killed_one_secret_opens_records_and_copies() {
    let cairn = Cairn::new();
    cairn.fed(&["reflect", "--from", "-"], ANSWER).exits(0);
    cairn.run(&["backup"]).exits(0);
    let (one, two) = ("four words of mine", "four other words here");
    let twice = format!("{one}\n{one}\n");
    let (done, took) = with_secrets(&cairn, &["passphrase", "set"], &twice, None);
    assert!(done);
    // Keys are written in the last tenths of a second.
    for round in 0..4_u32 {
        let change = format!("{one}\n{two}\n{two}\n");
        let after = took * 2 * (92 + round * 4) / 100;
        let _ = with_secrets(&cairn, &["passphrase", "change"], &change, Some(after));
        let opens: Vec<&str> = [one, two]
            .into_iter()
            .filter(|secret| with_secrets(&cairn, &["journal"], &format!("{secret}\n"), None).0)
            .collect();
        assert_eq!(opens.len(), 1, "round {round}: {opens:?}");
        let copies: Vec<PathBuf> =
            fs::read_dir(cairn.data().join("backups")).expect("readable").flatten().map(|entry| entry.path()).collect();
        let slot = |folder: &Path| fs::read(folder.join("key.passphrase.age")).expect("locked");
        for copy in copies {
            assert!(slot(&copy) == slot(&cairn.data()), "round {round}: {} opens with another", copy.display());
        }
        assert_eq!(named(&cairn, "key.open"), [] as [PathBuf; 0], "round {round}");
        if opens == [two] {
            assert!(with_secrets(&cairn, &["passphrase", "change"], &format!("{two}\n{one}\n{one}\n"), None).0);
        }
    }
}

#[test]
fn a_paper_key_that_cannot_be_printed_locks_nothing() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full here");
        return;
    }
    let cairn = Cairn::new();
    cairn.fed(&["reflect", "--from", "-"], ANSWER).exits(0);
    cairn.run(&["backup"]).exits(0);
    let full = |args: &[&str], secrets: &str| {
        let all: Vec<&str> = ["--passphrase-fd", "0"].into_iter().chain(args.iter().copied()).collect();
        let mut command: Command = cairn.command(&all);
        command.stdin(Stdio::piped()).stdout(fs::OpenOptions::new().write(true).open("/dev/full").expect("there"));
        let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
        child.stdin.take().expect("piped").write_all(secrets.as_bytes()).expect("it reads");
        child.wait().expect("it ends").code()
    };
    let secret = "four words of mine\nfour words of mine\n";
    assert_eq!(full(&["passphrase", "set"], secret), Some(3));
    assert_eq!((named(&cairn, "key.open").len(), named(&cairn, ".age").len()), (2, 0));
    cairn.run(&["journal"]).exits(0);
    assert!(with_secrets(&cairn, &["passphrase", "set"], secret, None).0);
    let before: Vec<Vec<u8>> =
        named(&cairn, "key.recovery.age").iter().map(|path| fs::read(path).expect("there")).collect();
    assert_eq!(full(&["passphrase", "paper"], secret), Some(3));
    let after: Vec<Vec<u8>> =
        named(&cairn, "key.recovery.age").iter().map(|path| fs::read(path).expect("there")).collect();
    assert!(before == after && before.len() == 2, "the paper key that was written down still counts");
}

//! A write to standard output that fails is told and counts, for every command that prints; a reader that has gone away is no
//! fault.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use crate::binary::{Cairn, skipped};

/// One of every kind of command that prints.
const COMMANDS: [&[&str]; 22] = [
    &["--demo", "journal"],
    &["--demo", "progress", "--json"],
    &["--demo", "plan"],
    &["--demo", "recommend"],
    &["--demo", "people"],
    &["--demo", "session"],
    &["--demo", "report", "--format", "html"],
    &["--demo", "report", "calendar"],
    &["--demo", "report", "hours"],
    &["--demo", "export", "--all", "--plaintext"],
    &["show", "FL-5"],
    &["search", "risk"],
    &["rules", "list"],
    &["rules", "api"],
    &["pack", "list"],
    &["config", "show"],
    &["doctor"],
    &["man"],
    &["completions", "bash"],
    &["--help"],
    &["--version"],
    &["--plain"],
];

#[test]
fn a_full_disk_behind_the_output_is_a_message_and_a_code() {
    if File::options().write(true).open("/dev/full").is_err() {
        return skipped("a_full_disk_behind_the_output_is_a_message_and_a_code", "there is no /dev/full");
    }
    let cairn = Cairn::new();
    for args in COMMANDS {
        let full = File::options().write(true).open("/dev/full").expect("it was there");
        let mut command = cairn.command(args);
        let done = command.stdout(full).stderr(Stdio::piped()).output().expect("it starts");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(3), "{args:?}: {told}");
        assert!(told.contains("standard output could not be written"), "{args:?}: {told}");
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_fault() {
    let cairn = Cairn::new();
    for args in [&["--demo", "journal", "--limit", "500"][..], &["--demo", "export", "--all", "--plaintext"]] {
        let mut command = cairn.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let status = child.wait().expect("it ends");
        let mut told = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut told).expect("text");
        assert!(status.success() && told.is_empty(), "{args:?}: {status:?} {told}");
    }
}

//! A failed write to standard output is an error for every command that prints; a reader that has gone away is not.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use crate::binary::{Cairn, skipped};

/// One command of every kind that prints.
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
        assert!(told.contains("could not write its output"), "{args:?}: {told}");
    }
}

/// Repeating the command would do the work twice, so the error must not suggest to run it again.
#[test]
fn what_is_done_is_not_to_be_done_again_because_nobody_could_read_it() {
    if File::options().write(true).open("/dev/full").is_err() {
        return skipped("what_is_done_is_not_to_be_done_again_because_nobody_could_read_it", "there is no /dev/full");
    }
    let cairn = Cairn::new();
    for (args, again) in [(&["plan", "add", "Ask"][..], false), (&["plan"], false), (&["journal"], true)] {
        let full = File::options().write(true).open("/dev/full").expect("it was there");
        let done = cairn.command(args).stdout(full).stderr(Stdio::piped()).output().expect("it starts");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(told.contains("then run the command again"), again, "{args:?}: {told}");
        assert_eq!(told.contains("Before you run it again"), !again, "{args:?}: {told}");
    }
    assert_eq!(cairn.run(&["plan", "--json"]).exits(0).rows().len(), 1);
}

/// A paper key that nobody can read would be lost, and with it the only way back.
#[test]
fn nothing_is_locked_whose_paper_key_goes_nowhere() {
    let cairn = Cairn::new();
    cairn.run(&["plan", "add", "Ask"]).exits(0);
    cairn.file("typed", "plum harbour velvet anchor\n");
    let typed = File::open(cairn.path("typed")).expect("just written");
    let mut command = cairn.command(&["--passphrase-fd", "0", "passphrase", "set"]);
    let done = command.stdin(typed).stdout(Stdio::null()).stderr(Stdio::piped()).output().expect("it starts");
    assert_ne!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stderr).contains("nobody can read it"), "{done:?}");
    assert!(cairn.run(&["plan"]).exits(0).out.contains("Ask"));
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

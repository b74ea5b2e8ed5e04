//! A full disk: a 2 MB file system in memory is filled under each of the three interfaces. Saved data are not lost, the
//! fault and its remedy are reported, and what could not be saved is saved once there is space. Where mounting is not
//! permitted the test is reported as skipped, and a limit on file size takes its place.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "disks are filled from outside")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::binary::{Cairn, skipped};
use crate::terminal::Tui;

/// A small disk for the records, unmounted on drop.
struct Small {
    cairn: Cairn,
    mounted: PathBuf,
}

impl Small {
    fn new(test: &str) -> Option<Self> {
        let cairn = Cairn::new();
        let mounted = cairn.data();
        fs::create_dir(&mounted).expect("writable");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(&mounted)
            .stderr(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            return Some(Self { cairn, mounted });
        }
        skipped(test, "no file system may be mounted here");
        None
    }

    /// Fills the disk except for `but` bytes.
    fn fill(&self, but: usize) {
        let filler = self.mounted.join("filler");
        let mut file = fs::File::create(&filler).expect("writable");
        while file.write_all(&[0; 4096]).is_ok() {}
        let length = file.metadata().expect("there").len();
        file.set_len(length.saturating_sub(but as u64)).expect("shorter");
    }

    fn make_room(&self) {
        fs::remove_file(self.mounted.join("filler")).expect("there");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.mounted).status();
    }
}

fn answer(word: &str) -> String {
    let long = format!("{word} {}", "words of a long day ".repeat(4_500));
    format!("{{\"answers\":[{{\"behaviour\":\"FL-6\",\"rating\":3,\"on\":\"2026-11-20\",\"evidence\":\"{long}\"}}]}}")
}

#[test]
fn files_are_taken_in_until_there_is_no_room_and_again_when_there_is() {
    let Some(small) = Small::new("full disk, files") else { return };
    small.fill(1_200_000);
    let mut saved = Vec::new();
    let refused = (0..40).find_map(|n| {
        let word = format!("stone{n}z");
        let ran = small.cairn.fed(&["reflect", "--from", "-"], &answer(&word));
        if ran.code != 0 {
            return Some(ran);
        }
        saved.push(word);
        None
    });
    let refused = refused.expect("there is not room for all of it").exits(3);
    let refused = refused.says(&["the disk is full", "Make room on the disk"]);
    assert_eq!(refused.out, "");
    assert!(saved.len() > 2, "{} were saved", saved.len());
    let holds = |saved: &[String]| {
        let journal = small.cairn.run(&["journal", "--limit", "999", "--json"]).exits(0);
        assert!(saved.iter().all(|word| journal.out.contains(word.as_str())));
    };
    // Fill the rest, so that not even a file of one byte fits.
    while fs::write(
        small.mounted.join(format!("more{}", fs::read_dir(&small.mounted).expect("readable").count())),
        [0; 4096],
    )
    .is_ok()
    {}
    let looked = small.cairn.run(&["journal", "--limit", "999", "--json"]);
    assert!(looked.code == 0 || looked.err.contains("disk is full"), "{looked:?}");
    small.cairn.fed(&["reflect", "--from", "-"], &answer("x")).exits(3).says(&["the disk is full"]);
    small.make_room();
    holds(&saved);
    small.cairn.fed(&["reflect", "--from", "-"], &answer("late")).exits(0);
    saved.push("late".to_owned());
    holds(&saved);
}

#[test]
fn on_a_disk_that_is_full_from_the_start_nothing_half_is_made() {
    let Some(small) = Small::new("full disk, first start") else { return };
    for room in [0, 4_096, 16_384, 65_536, 131_072] {
        small.fill(room);
        let added = small.cairn.run(&["plan", "add", "x"]);
        assert!(added.code == 0 || added.err.contains("disk is full"), "{room} bytes: {added:?}");
        let looked = small.cairn.run(&["plan"]);
        assert!(looked.code == 0 || looked.err.contains("disk is full"), "{room} bytes: {looked:?}");
        small.make_room();
        small.cairn.run(&["plan"]).exits(0);
    }
    small.cairn.run(&["plan", "add", "cobalt"]).exits(0);
    assert!(small.cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
}

#[test]
fn lines_say_that_there_is_no_room_keep_the_text_and_save_it_later() {
    let Some(small) = Small::new("full disk, lines") else { return };
    small.cairn.run(&["plan", "add", "cobalt"]).exits(0);
    let mut child =
        small.cairn.command(&["--plain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut keyboard = child.stdin.take().expect("piped");
    let mut said = BufReader::new(child.stdout.take().expect("piped"));
    let mut until = |words: &str| {
        let mut all = String::new();
        while !all.contains(words) {
            assert!(said.read_line(&mut all).expect("UTF-8") > 0, "waited for {words:?}:\n{all}");
        }
        all
    };
    let long = "words of a long day ".repeat(2_000);
    writeln!(keyboard, "reflect FL-5\n2\n3\na beginning").expect("it reads");
    until("a beginning");
    small.fill(0);
    writeln!(keyboard, "sapphire {long}\n:save").expect("it reads");
    until("NOT saved. Your words are still here. This was not saved: the disk is full. Make room on the disk");
    small.make_room();
    writeln!(keyboard, ":save").expect("it reads");
    until("Saved");
    drop(keyboard);
    assert!(child.wait().expect("it ends").success());
    assert!(small.cairn.run(&["journal"]).exits(0).out.contains("sapphire"));
    assert!(small.cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
}

#[test]
fn the_screen_says_that_there_is_no_room_keeps_the_text_and_saves_it_later() {
    let Some(small) = Small::new("full disk, screen") else { return };
    small.cairn.run(&["plan", "add", "cobalt"]).exits(0);
    let mut tui = Tui::start(&small.cairn, &["reflect", "FL-5"]);
    tui.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    small.fill(0);
    tui.paste(&format!("sapphire {}", "words of a long day ".repeat(600)));
    tui.see("disk is full").send("\x13").see("NOT saved").see("disk is full");
    // Work continues as usual.
    tui.send("\x1b[Z").see("How much does this matter").send("\t").see("words of a long day");
    small.make_room();
    tui.send("\x13").see("Saved.").send("\x11");
    assert_eq!(tui.exit(), 0);
    assert!(small.cairn.run(&["journal"]).exits(0).out.contains("sapphire"));
    assert!(small.cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_loses_nothing() {
    let cairn = Cairn::new();
    cairn.run(&["plan", "add", "cobalt"]).exits(0);
    let program = cairn.command(&["reflect", "--from", "-"]);
    let mut shell = Command::new("sh");
    // Without the trap the system kills a process that exceeds the limit. The unit is 512 bytes.
    shell
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"])
        .arg(program.get_program())
        .args(program.get_args());
    shell.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let input = fs::File::open(cairn.file("stdin", answer("sapphire"))).expect("readable");
    let output = shell.current_dir(cairn.path("")).stdin(input).output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("error: ") && said.contains("hint: "), "{said}");
    let journal = cairn.run(&["journal"]).exits(0);
    assert!(!journal.out.contains("sapphire") && cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
    cairn.fed(&["reflect", "--from", "-"], &answer("sapphire")).exits(0);
}

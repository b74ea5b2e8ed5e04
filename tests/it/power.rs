//! About ninety simulated power cuts: the system calls of real runs are recorded, a disk is built as it may be left at
//! some moment, and the real binary opens it. Whatever was reported as saved by then is there, and work can continue.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;

use crate::binary::Cairn;
use crate::disk::{Call, Disk};
use crate::trace::{Event, can_trace, traced};

/// Number of disks built.
const IMAGES: usize = 90;

/// A small seeded random generator (xorshift64).
fn dice(seed: &mut u64) -> impl FnMut(usize) -> usize + '_ {
    move |below| {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        usize::try_from(*seed >> 33).expect("31 bits") % below
    }
}

/// What was promised so far: a word for each text reported as saved.
#[derive(Default)]
struct Promised {
    words: BTreeSet<String>,
    asked: Vec<String>,
    /// The program reported that records need a passphrase from this point on.
    locked: bool,
    /// The program reported that the passphrase was changed.
    changed: bool,
    /// The reported path of a backup.
    backup: Option<String>,
}

impl Promised {
    /// Records the words of a run, in the order in which the program is asked to save them.
    fn begin(&mut self, input: &str) {
        let words = input.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("stone"));
        self.asked = words.map(str::to_owned).rev().collect();
    }

    fn hear(&mut self, said: &str) {
        for _ in said.matches("Saved") {
            self.words.extend(self.asked.pop());
        }
        self.locked |= said.contains("are now locked");
        self.changed |= said.contains("Your passphrase has changed");
        if said.contains("Backup made and checked") {
            self.backup =
                said.lines().find_map(|line| line.trim().rsplit_once("/backups/")).map(|(_, name)| name.to_owned());
        }
    }
}

fn answer(word: &str) -> String {
    format!("{{\"answers\":[{{\"behaviour\":\"FL-6\",\"rating\":3,\"on\":\"2026-11-20\",\"evidence\":\"{word}\"}}]}}")
}

/// Records a typical run: records are created, lines saved one after another, files taken in.
fn writer(cairn: &Cairn) -> Vec<(String, Vec<Event>)> {
    let lines: Vec<String> = (0..6)
        .map(|n| format!("reflect FL-{}\n2\n3\nstone{n}a is what I wrote\n:save\n:back\n:back\n", n % 5 + 1))
        .collect();
    let lines = lines.concat();
    let mut runs = vec![(lines.clone(), traced(cairn, &["--plain"], &lines))];
    for n in 0..3 {
        let file = answer(&format!("stone{n}b"));
        runs.push((file.clone(), traced(cairn, &["reflect", "--from", "-"], &file)));
    }
    let lines = lines.replace("a is", "c is");
    runs.push((lines.clone(), traced(cairn, &["--plain"], &lines)));
    runs
}

/// Whether the disk obeys requests to flush.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flushes {
    Honest,
    Ignored,
}

/// Builds disks at random moments and opens each. Returns the failures, the number of disks, and how many texts had
/// been promised on them.
fn cut(
    root: &Cairn,
    runs: &[(String, Vec<Event>)],
    most: usize,
    flushes: Flushes,
    opens: impl Fn(&Cairn, &Promised, usize) -> Result<(), String>,
) -> (Vec<String>, usize, usize) {
    let events: usize = runs.iter().map(|(_, events)| events.len()).sum();
    let mut seed = 0x5eed_cafe;
    let mut cuts: BTreeSet<usize> = (0..most).map(|_| dice(&mut seed)(events)).collect();
    cuts.insert(events - 1);
    let (mut disk, mut promised, mut at) = (Disk::default(), Promised::default(), 0);
    let (mut wrong, mut images, mut kept) = (Vec::new(), 0, 0);
    for (input, events) in runs {
        promised.begin(input);
        for event in events {
            match event {
                Event::Begins => disk.begin_process(),
                Event::Disk(Call::Flush { .. }) if flushes == Flushes::Ignored => {}
                Event::Disk(call) => disk.take(call),
                Event::Said(words) => promised.hear(words),
            }
            if cuts.contains(&at) {
                let image = Cairn::new();
                disk.image(&root.path(""), &image.path(""), &mut dice(&mut seed));
                wrong.extend(opens(&image, &promised, at).err());
                images += 1;
                kept += promised.words.len();
            }
            at += 1;
        }
    }
    assert!(promised.asked.is_empty(), "all of it was saved in the end");
    (wrong, images, kept)
}

#[test]
fn whatever_is_left_of_the_disk_what_was_saved_is_on_it() {
    if !can_trace("power cut") {
        return;
    }
    let cairn = Cairn::new();
    let runs = writer(&cairn);
    let (wrong, images, kept) = cut(&cairn, &runs, IMAGES, Flushes::Honest, opens);
    assert!(wrong.is_empty(), "{} of {images}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(images > IMAGES * 3 / 4 && kept > 4 * images, "{images} images with {kept} texts");
    // With flushes ignored the same checks must find losses, or they would detect none at all. The moments are random,
    // so the number of disks with losses varies.
    let (wrong, images, _) = cut(&cairn, &runs, 24, Flushes::Ignored, opens);
    assert!(wrong.len() > images / 3, "only {} of {images} were seen to lose something", wrong.len());
}

/// Asserts that the program opens what is left, finds what was promised and can continue.
fn opens(image: &Cairn, promised: &Promised, at: usize) -> Result<(), String> {
    let names = fs::read_dir(image.data()).into_iter().flatten().flatten();
    let left: Vec<_> = names.map(|file| (file.file_name(), file.metadata().map(|about| about.len()).ok())).collect();
    let ran = image.run(&["journal", "--limit", "999", "--json"]);
    if ran.code != 0 {
        return Err(format!("after call {at}, with {left:?} left and {:?} promised: {}", promised.words, ran.err));
    }
    if let Some(lost) = promised.words.iter().find(|word| !ran.out.contains(word.as_str())) {
        return Err(format!("after call {at}, with {left:?} left, {lost} is lost"));
    }
    let ran = image.fed(&["reflect", "--from", "-"], &answer("another"));
    if ran.code == 0 { Ok(()) } else { Err(format!("after call {at}, with {left:?} left: {}", ran.err)) }
}

const FIRST: &str = "correct horse battery staple";
const SECOND: &str = "another passphrase altogether";

/// Records a run in which open records are locked, used, backed up and given another passphrase.
fn locker(cairn: &Cairn) -> Vec<(String, Vec<Event>)> {
    let fd = ["--passphrase-fd", "0"];
    let lines = "reflect FL-1\n2\n3\nstone0a is what I wrote\n:save\n";
    cairn.file("answer.json", answer("stone1b"));
    let steps: Vec<(String, Vec<&str>)> = vec![
        (lines.to_owned(), vec!["--plain"]),
        (format!("{FIRST}\n{FIRST}\n"), [&fd[..], &["passphrase", "set"]].concat()),
        (format!("{FIRST}\n"), [&fd[..], &["reflect", "--from", "answer.json"]].concat()),
        (format!("{FIRST}\n"), [&fd[..], &["backup"]].concat()),
        (format!("{FIRST}\n{SECOND}\n{SECOND}\n"), [&fd[..], &["passphrase", "change"]].concat()),
    ];
    let mut runs = Vec::new();
    for (input, args) in steps {
        let events = traced(cairn, &args, &input);
        let saves = if args.contains(&"answer.json") { "stone1b".to_owned() } else { input };
        runs.push((saves, events));
    }
    runs
}

/// Asserts that the records open as promised, or as before or after the step that was interrupted.
fn opens_somehow(image: &Cairn, promised: &Promised, at: usize) -> Result<(), String> {
    let journal = |passphrase: &str| match passphrase {
        "" => image.run(&["journal", "--limit", "999", "--json"]),
        typed => image.fed(&["--passphrase-fd", "0", "journal", "--limit", "999", "--json"], &format!("{typed}\n")),
    };
    let ways: &[&str] = match (promised.locked, promised.changed) {
        (_, true) => &[SECOND],
        (true, false) => &[FIRST, SECOND],
        (false, false) => &["", FIRST],
    };
    let tried: Vec<_> = ways.iter().map(|way| journal(way)).collect();
    let Some(ran) = tried.iter().find(|ran| ran.code == 0) else {
        return Err(format!("after call {at} it opens in no way: {tried:?}"));
    };
    if let Some(lost) = promised.words.iter().find(|word| !ran.out.contains(word.as_str())) {
        return Err(format!("after call {at}, {lost} is lost"));
    }
    if promised.locked && image.data().join("key.open").exists() {
        return Err(format!("after call {at}, the open key is back on the disk"));
    }
    if let Some(name) = &promised.backup {
        let whole = ["cairn.db", "vault.toml", "key.passphrase.age", "key.recovery.age"].iter().all(|file| {
            fs::metadata(image.data().join("backups").join(name).join(file)).is_ok_and(|about| about.len() > 0)
        });
        if !whole {
            return Err(format!("after call {at}, the backup {name} is not whole"));
        }
    }
    Ok(())
}

#[test]
fn a_passphrase_and_a_backup_survive_what_the_program_said_of_them() {
    if !can_trace("power cut while locking") {
        return;
    }
    let cairn = Cairn::new();
    let runs = locker(&cairn);
    let (wrong, images, kept) = cut(&cairn, &runs, 40, Flushes::Honest, opens_somehow);
    assert!(wrong.is_empty(), "{} of {images}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(images > 30 && kept > images / 2, "{images} images with {kept} texts");
}

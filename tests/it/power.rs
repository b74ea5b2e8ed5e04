//! The plug is pulled, about ninety times: the calls of real runs are written down, a disk is made as it may be left at
//! some moment, and the real binary opens it. Whatever it said was saved by then is there, and it can go on.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "disks are made from outside")]

use std::collections::BTreeSet;
use std::fs;

use crate::binary::Cairn;
use crate::disk::{Call, Disk};
use crate::trace::{Event, can_trace, traced};

/// How many disks are made.
const IMAGES: usize = 90;

/// Small, seeded (xorshift64).
fn dice(seed: &mut u64) -> impl FnMut(usize) -> usize + '_ {
    move |below| {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        usize::try_from(*seed >> 33).expect("31 bits") % below
    }
}

/// What was promised so far: a word for each text that the program said was saved.
#[derive(Default)]
struct Promised {
    words: BTreeSet<String>,
    asked: Vec<String>,
}

impl Promised {
    /// The words of a run, in the order in which it is asked to save them.
    fn begin(&mut self, input: &str) {
        let words = input.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("stone"));
        self.asked = words.map(str::to_owned).rev().collect();
    }

    fn hear(&mut self, said: &str) {
        for _ in said.matches("Saved") {
            self.words.extend(self.asked.pop());
        }
    }
}

fn answer(word: &str) -> String {
    format!("{{\"answers\":[{{\"behaviour\":\"FL-6\",\"rating\":3,\"on\":\"2026-11-20\",\"evidence\":\"{word}\"}}]}}")
}

/// A month in a minute: records are made, lines are saved one after the other, files are taken in.
fn writer(cairn: &Cairn) -> Vec<(String, Vec<Event>)> {
    let lines: String = (0..6)
        .map(|n| format!("reflect FL-{}\n2\n3\nstone{n}a is what I wrote\n:save\n:back\n:back\n", n % 5 + 1))
        .collect();
    let mut runs = vec![(lines.clone(), traced(cairn, &["--plain"], &lines))];
    for n in 0..3 {
        let file = answer(&format!("stone{n}b"));
        runs.push((file.clone(), traced(cairn, &["reflect", "--from", "-"], &file)));
    }
    let lines = lines.replace("a is", "c is");
    runs.push((lines.clone(), traced(cairn, &["--plain"], &lines)));
    runs
}

/// Whether a disk does what it is asked to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flushes {
    Honest,
    Ignored,
}

/// Makes disks at random moments and opens each; gives what was wrong with any, how many there were and how many texts had
/// been promised on them.
fn cut(root: &Cairn, runs: &[(String, Vec<Event>)], most: usize, flushes: Flushes) -> (Vec<String>, usize, usize) {
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
                wrong.extend(opens(&image, &promised.words, at).err());
                images += 1;
                kept += promised.words.len();
            }
            at += 1;
        }
    }
    assert_eq!(promised.words.len(), 15, "all of it was saved in the end");
    (wrong, images, kept)
}

#[test]
fn whatever_is_left_of_the_disk_what_was_saved_is_on_it() {
    if !can_trace("power cut") {
        return;
    }
    let cairn = Cairn::new();
    let runs = writer(&cairn);
    let (wrong, images, kept) = cut(&cairn, &runs, IMAGES, Flushes::Honest);
    assert!(wrong.is_empty(), "{} of {images}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(images > IMAGES * 3 / 4 && kept > 4 * images, "{images} images with {kept} texts");
    // On a disk that flushes nothing the same looks find losses, or they would not see one on any.
    let (wrong, images, _) = cut(&cairn, &runs, 8, Flushes::Ignored);
    assert!(wrong.len() > images / 2, "only {} of {images} were seen to lose something", wrong.len());
}

/// The program opens what is left, finds what was promised and goes on; or what is wrong.
fn opens(image: &Cairn, promised: &BTreeSet<String>, at: usize) -> Result<(), String> {
    let names = fs::read_dir(image.data()).into_iter().flatten().flatten();
    let left: Vec<_> = names.map(|file| (file.file_name(), file.metadata().map(|about| about.len()).ok())).collect();
    let ran = image.run(&["journal", "--limit", "999", "--json"]);
    if ran.code != 0 {
        return Err(format!("after call {at}, with {left:?} left and {promised:?} promised: {}", ran.err));
    }
    if let Some(lost) = promised.iter().find(|word| !ran.out.contains(word.as_str())) {
        return Err(format!("after call {at}, with {left:?} left, {lost} is lost"));
    }
    let ran = image.fed(&["reflect", "--from", "-"], &answer("another"));
    if ran.code == 0 { Ok(()) } else { Err(format!("after call {at}, with {left:?} left: {}", ran.err)) }
}

//! The inputs that the fuzzer found worth keeping, and some written by hand, passed to the same functions.
//! `scripts/fuzz` finds more.

#![expect(clippy::disallowed_methods, reason = "the corpus is read without caps")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/doors.rs"]
mod doors;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).expect("it is there").flatten();
    files.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_door_takes_all_of_its_corpus() {
    for (name, door) in doors::DOORS {
        let folder = fuzz().join("corpus").join(name);
        let files = names(&folder);
        assert!(files.len() > 1, "{name} has no corpus");
        for file in files {
            let bytes = fs::read(folder.join(file)).expect("readable");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            door(&text);
            // Cut in half, doubled, and with a character inserted: what a fuzzer would try first.
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            door(&half);
            door(&text.repeat(2));
            for sign in ["\u{202e}", "\"", "[", "0", "\u{e000}"] {
                door(&format!("{half}{sign}{text}"));
            }
        }
    }
}

#[test]
fn every_door_has_a_target_and_a_corpus_and_nothing_else_has() {
    let doors: BTreeSet<String> = doors::DOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("corpus")), doors);
    let targets = names(&fuzz().join("fuzz_targets"));
    assert_eq!(targets, doors.iter().map(|name| format!("{name}.rs")).collect());
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).expect("readable");
    for name in &doors {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}

//! Everything that reads text from others, one function each: it takes a text, returns nothing and must not panic. The
//! fuzzer calls the functions with generated inputs, `tests/it/fuzz_corpus.rs` with those in `tests/fuzz/corpus`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use cairn_coach::app::{Dialogue, EditBuffer, Form, SessionDraft};
use cairn_coach::command::Chord;
use cairn_coach::domain::{Day, Library, clean, fold, parse_day, parse_past_day, places_of};
use cairn_coach::os::safe_file_name;
use cairn_coach::pack::{PackFiles, builtin_packs, is_id, load};
use cairn_coach::report::{csv_cell, from_csv_cell, identifying, suspects};
use cairn_coach::rules::{RuleSet, read_cases};
use cairn_coach::seal::{Identity, Recipient, Secret, open_with_keys};
use cairn_coach::search::Index;
use cairn_coach::{config, desk};

/// Accepts any text.
type Door = fn(&str);

/// The name and function of each.
pub(crate) const DOORS: &[(&str, Door)] = &[
    ("answers", answers),
    ("pack", pack),
    ("framework", framework),
    ("activities", activities),
    ("cases", cases),
    ("rules", rules),
    ("settings", settings),
    ("chord", chord),
    ("query", query),
    ("draft", draft),
    ("text", text),
    ("day", day),
    ("key", key),
];

const TODAY: Day = jiff_day();

const fn jiff_day() -> Day {
    Day::constant(2026, 11, 22)
}

/// Returns whether a text is within the size limit of its kind of file; longer files never reach a parser.
fn within(text: &str, most: usize) -> bool {
    text.len() <= most
}

fn library() -> &'static (Arc<Library>, RuleSet, Index) {
    static LIBRARY: OnceLock<(Arc<Library>, RuleSet, Index)> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut packs = builtin_packs();
        for pack in &mut packs {
            pack.files.retain(|path, _| !path.starts_with("rules/"));
        }
        let library = Arc::new(load(&packs).library);
        let index = Index::of_library(&library);
        let (set, _) = RuleSet::load(&library);
        (library, set, index)
    })
}

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"x\"\nattribution = \"x\"\nsource = \"x\"\nrules_api = \"1\"\n";

/// Returns a pack with one file beside its manifest, or with another manifest.
fn pack_of(file: &str, text: &str) -> PackFiles {
    let files = [("pack.toml", MANIFEST), (file, text)];
    PackFiles {
        label: "acme".to_owned(),
        origin: "acme".to_owned(),
        files: BTreeMap::from(files.map(|(path, text)| (path.to_owned(), text.to_owned()))),
    }
}

fn loaded(file: &str, text: &str) {
    if within(text, 1024 * 1024) {
        for fault in load(&[pack_of(file, text)]).faults {
            let _ = fault.to_string();
        }
    }
}

fn answers(text: &str) {
    if within(text, 2 * 1024 * 1024) {
        let _ = desk::read_answers("a", text, &library().0, TODAY);
    }
}

fn pack(text: &str) {
    loaded("pack.toml", text);
}

fn framework(text: &str) {
    loaded("framework.toml", text);
}

fn activities(text: &str) {
    loaded("activities.toml", text);
}

fn cases(text: &str) {
    let (library, set, _) = library();
    let _ = read_cases("a.toml", text, "acme", library, set);
}

fn rules(text: &str) {
    if within(text, 256 * 1024) {
        let library = Arc::new(load(&[pack_of("rules/a.rhai", text)]).library);
        let _ = RuleSet::load(&library);
    }
}

fn settings(text: &str) {
    let (settings, _) = config::read("config.toml", text);
    let _ = config::shown(&settings);
}

fn chord(text: &str) {
    if let Ok(chord) = text.parse::<Chord>() {
        assert_eq!(chord.to_string().parse::<Chord>().ok(), Some(chord), "a key is read as it is written");
    }
}

fn query(text: &str) {
    let found = library().2.search(text, 20);
    let _ = found.highlights("Takes calculated risks after weighing them carefully");
}

fn draft(text: &str) {
    let _ = SessionDraft::resume(&library().0, text, 0);
    let _ = Dialogue::resume(text);
    let _ = Form::resume(text);
}

fn text(text: &str) {
    let once = clean(text);
    assert_eq!(clean(&once), once, "what is clean stays as it is");
    assert_eq!(from_csv_cell(&csv_cell(text)), once, "a cell gives its text back");
    let name = safe_file_name(text, "md");
    assert!(!name.contains(['/', '\\', '\0']) && name.len() < 200, "{name:?} is one part of a path");
    for found in identifying(&once) {
        assert_eq!(once.get(found.place), Some(found.words.as_str()), "a passage stands where it is said to");
    }
    for found in suspects(&once, &["Amira Khan".to_owned()]) {
        assert!(once.get(found.place).is_some(), "a passage stands in the text");
    }
    let word: String = fold(&once).chars().take(3).collect();
    for place in places_of(&once, &word) {
        assert!(once.get(place).is_some(), "a highlight begins and ends between letters");
    }
    assert!(EditBuffer::new(text).text().len() <= once.len(), "a text is edited clean");
}

fn day(text: &str) {
    let _ = parse_day(text, TODAY);
    let _ = parse_past_day(text, TODAY);
}

fn key(text: &str) {
    static KEY: OnceLock<Identity> = OnceLock::new();
    let _ = Recipient::parse(text);
    let _ = Identity::parse(&Secret::new(text.to_owned()));
    let _ = is_id(text);
    let _ = open_with_keys(std::slice::from_ref(KEY.get_or_init(Identity::generate)), text.as_bytes(), 1024);
}

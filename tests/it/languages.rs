//! Packs in other languages: a pack in Welsh, its words in English beside them, and answers that count in both.

#![expect(clippy::disallowed_methods, reason = "packs and answers are written from outside")]

use std::fs;

use serde_json::json;

use crate::binary::Cairn;

const WELSH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/packs/gofal");

/// Returns a machine with settings in Welsh (`cymraeg.toml`) and in the language of the packs (`none.toml`).
fn machine() -> Cairn {
    let cairn = Cairn::new();
    cairn.file("cymraeg.toml", "language = \"cy\"\n");
    cairn.file("english.toml", "language = \"en\"\n");
    cairn
}

#[test]
fn a_pack_in_welsh_is_shown_in_the_language_that_was_chosen() {
    let cairn = machine();
    let show = |settings: &str| cairn.run(&["--config", settings, "--pack", WELSH, "show", "G-2"]).exits(0).out;
    assert!(show("cymraeg.toml").contains("Cynnig d\u{175}r yn aml"), "the pack's own words");
    let english = show("english.toml");
    assert!(english.contains("Often offers water") && english.contains("Offers people water"), "{english}");
    assert!(english.contains("Yn aros nes"), "what is not translated is shown in the original language: {english}");
    let own = cairn.run(&["--config", "english.toml", "--pack", WELSH, "show", "G-3"]).exits(0).out;
    assert!(own.contains("Parchu t\u{177} pobl"), "no words in English: {own}");
    // Every language finds it, with and without the accent.
    for settings in ["cymraeg.toml", "english.toml"] {
        for words in ["cynnig dwr", "cynnig d\u{175}r", "hydration", "water"] {
            let found = cairn.run(&["--config", settings, "--pack", WELSH, "search", words, "--json"]).exits(0).json();
            assert_eq!(found[0]["code"], "G-2", "{settings}: {words}: {found}");
        }
    }
    let listed = cairn.run(&["--pack", WELSH, "pack", "list"]).exits(0).out;
    assert!(listed.contains("Language: cy, and behaviours in en"), "{listed}");
}

#[test]
fn an_answer_counts_in_whichever_language_it_was_given() {
    let cairn = machine();
    for (settings, rating) in [("cymraeg.toml", 2), ("english.toml", 3)] {
        cairn.file("given.json", json!({"answers": [{"behaviour": "G-1", "rating": rating}]}).to_string());
        cairn.run(&["--config", settings, "--pack", WELSH, "reflect", "--from", "given.json"]).exits(0);
    }
    for settings in ["cymraeg.toml", "english.toml"] {
        let told = cairn.run(&["--config", settings, "--pack", WELSH, "journal", "--json"]).exits(0).json();
        let entries = told.as_array().expect("entries");
        assert_eq!(entries.len(), 2, "{told}");
        assert!(entries.iter().all(|entry| entry.get("not_counted").is_none()), "{settings}: {told}");
    }
}

#[test]
fn what_is_wrong_with_a_language_is_told_with_its_line() {
    let cairn = machine();
    cairn.file("wrong.toml", "language = \"Welsh language\"\n");
    let told = cairn.run(&["--config", "wrong.toml", "config", "show"]).exits(1).err;
    assert!(told.contains("wrong.toml:1:12") && told.contains("this is not a language"), "{told}");
    let read = |name: &str| fs::read_to_string(format!("{WELSH}/{name}")).expect("readable");
    for name in ["pack.toml", "framework.toml", "prompts.toml", "translations.toml"] {
        cairn.file(&format!("bad/{name}"), read(name));
    }
    let refused = |name: &str, text: &str, words: &str| {
        let whole = read(name);
        cairn.file(&format!("bad/{name}"), text);
        let told = cairn.run(&["pack", "check", "bad"]).exits(1);
        assert!(told.out.contains(words) || told.err.contains(words), "{words}: {} {}", told.out, told.err);
        cairn.file(&format!("bad/{name}"), &whole);
    };
    let words = read("translations.toml");
    refused("pack.toml", &read("pack.toml").replace("\"cy\"", "\"welsh\""), "\"welsh\" is not a language");
    refused("translations.toml", &words.replace("G-2", "G-9"), "translations.toml:10:8");
    refused("translations.toml", &words.replace("G-2", "g-1"), "translated into \"en\" twice");
    refused("translations.toml", &words.replace("keywords", "indicators"), "its translation has 1");
    refused("translations.toml", &words.replace("\"Often offers water\"", "\" \""), "the title is empty");
    // Rules about words do not understand it, and the author is told.
    let checked = cairn.run(&["pack", "check", "bad"]);
    assert!(checked.out.contains("in English only") || checked.err.contains("in English only"), "{}", checked.out);
}

//! Answers from a file: sensible, explained, deterministic advice without touching the records, and one clear error for
//! anything wrong with the file.

use std::fs;

use serde_json::{Value, json};

use crate::binary::{Cairn, has_keys};

/// A month of answers of every kind.
pub(crate) fn month() -> Vec<Value> {
    vec![
        json!({"behaviour": "FL-5", "rating": 2, "importance": 3, "on": "2026-11-20", "reflections": {"a": "No time.", "b": "It is quicker myself."}}),
        json!({"behaviour": "FL-5", "rating": 4, "on": "2026-09-20"}),
        json!({"behaviour": "FC-5", "rating": 1, "importance": 3, "on": "2026-11-01", "by": "self", "evidence": "Na\u{ef}ve \u{1f469}\u{200d}\u{1f467}"}),
        json!({"behaviour": "FC-5", "rating": 4, "on": "2026-11-02", "by": "coach"}),
        json!({"behaviour": "SI-1", "rating": "cannot-say", "on": "2026-11-03"}),
        json!({"behaviour": "SI-2", "rating": "not-applicable", "on": "2026-11-03"}),
        json!({"behaviour": "SI-3", "rating": "prefer-not-to-say", "on": "2026-11-03"}),
        json!({"behaviour": "SI-4", "rating": null}),
        json!({"behaviour": "SI-5"}),
        json!({"behaviour": "DT-1", "rating": 5, "importance": 2, "on": "2026-10-03"}),
        json!({"behaviour": "lqf/PQ-1", "rating": 2, "importance": 2, "on": "2026-10-03"}),
        json!({"behaviour": "DT-2", "rating": 3, "on": "2026-10-03"}),
        json!({"behaviour": "DT-2", "rating": 3, "on": "2026-10-20"}),
        json!({"behaviour": "DT-2", "rating": 3, "on": "2026-11-10"}),
    ]
}

pub(crate) fn file_of(answers: &[Value]) -> String {
    json!({"person": {"level": "managers", "organisation": "provider"}, "answers": answers}).to_string()
}

const ADVICE: [&str; 6] = ["activity", "title", "kind", "rules", "answers", "score"];

#[test]
fn advice_on_a_file_is_explained_and_touches_no_records() {
    let cairn = Cairn::new();
    cairn.file("a.json", file_of(&month()));
    let lines = cairn.run(&["recommend", "--answers", "a.json", "--explain"]).exits(0).quiet();
    assert!(lines.out.contains("Rule: ") && lines.out.contains(".rhai:"), "{}", lines.out);
    let rows = cairn.run(&["recommend", "--answers", "a.json", "--json"]).exits(0).quiet().rows();
    assert!(!rows.is_empty());
    for row in &rows {
        has_keys(row, &ADVICE);
        for rule in row["rules"].as_array().expect("a list") {
            has_keys(rule, &["id", "pack", "because", "at"]);
            assert!(rule["because"].as_str().is_some_and(|text| text.len() > 10), "{rule}");
        }
        for answer in row["answers"].as_array().expect("a list") {
            has_keys(answer, &["behaviour", "on", "by"]);
        }
    }
    let explained = cairn.run(&["recommend", "--answers", "a.json", "--json", "--explain"]).exits(0).rows();
    has_keys(&explained[0]["rules"][0], &["id", "pack", "because", "at", "conditions", "would_change"]);
    assert_eq!(cairn.run(&["recommend", "--json"]).exits(0).json(), json!([]), "nobody has answered anything");
    assert!(!cairn.data().exists() && cairn.home_is_empty());
}

#[test]
fn json_toml_and_standard_input_give_the_same_advice() {
    let cairn = Cairn::new();
    let answers = [json!({"behaviour": "FL-5", "rating": 2, "importance": 3, "on": "2026-11-20"})];
    let json_text = file_of(&answers);
    cairn.file("a.json", &json_text);
    let table = "[[answers]]\nbehaviour = \"FL-5\"\nrating = 2\nimportance = 3\non = \"2026-11-20\"\n";
    let person = "[person]\nlevel = \"managers\"\norganisation = \"provider\"\n";
    cairn.file("a.toml", format!("{person}{table}"));
    cairn.file("b.toml", format!("\u{feff}{table}{person}"));
    let asked = |from: &str| cairn.run(&["recommend", "--json", "--explain", "--answers", from]).exits(0).quiet().out;
    let expected = asked("a.json");
    assert!(expected.contains("FL-5"));
    assert_eq!(asked("a.toml"), expected);
    assert_eq!(asked("b.toml"), expected);
    let fed = cairn.fed(&["recommend", "--json", "--explain", "--answers", "-"], &json_text).exits(0);
    assert_eq!(fed.out, expected);
}

#[test]
fn shuffled_answers_give_the_same_bytes() {
    let cairn = Cairn::new();
    let mut answers = month();
    cairn.file("a.json", file_of(&answers));
    let asked = |more: &str| cairn.run(&["recommend", "--answers", "a.json", more]).exits(0).out;
    let (lines, values) = (asked("--explain"), asked("--json"));
    for turn in 1..=5 {
        answers.rotate_left(turn * 2 + 1);
        answers.reverse();
        cairn.file("a.json", file_of(&answers));
        assert_eq!(asked("--explain"), lines);
        assert_eq!(asked("--json"), values);
    }
}

#[test]
fn what_is_essential_and_low_is_never_passed_over_in_silence() {
    let cairn = Cairn::new();
    // A senior dimension, for which no rule speaks unless the person leads a whole organisation.
    let low = json!({"behaviour": "CV-3", "rating": 2, "importance": 3, "reflections": {"a": "It is hard."}});
    let said = "There is nothing in your packs for Communicating the vision (CV-3). You rate it 2";
    cairn.file("a.json", file_of(&[low.clone(), json!({"behaviour": "SD-3", "rating": 1, "importance": 2})]));
    for more in [&[] as &[&str], &["--explain"]] {
        let ran = cairn.run(&[&["recommend", "--answers", "a.json"], more].concat());
        let words = &ran.exits(0).quiet().out;
        assert!(words.split_whitespace().collect::<Vec<_>>().join(" ").contains(said), "{words}");
    }
    let useful = json!({"behaviour": "CV-3", "rating": 2, "importance": 2});
    cairn.file("b.json", file_of(&[useful]));
    assert!(!cairn.run(&["recommend", "--answers", "b.json"]).exits(0).quiet().out.contains("nothing in your packs"));
    // While something else comes first, it is not added to.
    let worn = json!({"behaviour": "FC-6", "rating": 3, "reflections": {"a": "I am completely exhausted."}});
    cairn.file("c.json", file_of(&[low, worn]));
    assert!(!cairn.run(&["recommend", "--answers", "c.json"]).exits(0).quiet().out.contains("nothing in your packs"));
}

#[test]
fn what_was_not_answered_is_never_low() {
    let cairn = Cairn::new();
    for rating in ["", ",\"rating\":null", ",\"rating\":\"not-applicable\"", ",\"rating\":\"prefer-not-to-say\""] {
        let entries: Vec<String> = ["FL-5", "FC-5", "SI-1", "DT-3"]
            .iter()
            .map(|code| format!("{{\"behaviour\":\"{code}\"{rating}}}"))
            .collect();
        let text = format!("{{\"answers\":[{}]}}", entries.join(","));
        let ran = cairn.fed(&["recommend", "--json", "--answers", "-"], &text).exits(0);
        assert_eq!(ran.json(), json!([]), "{rating}");
    }
    let text = "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":\"cannot-say\"}]}";
    for row in cairn.fed(&["recommend", "--json", "--answers", "-"], text).exits(0).rows() {
        for rule in row["rules"].as_array().expect("a list") {
            assert!(rule["id"].as_str().is_some_and(|id| id.starts_with("cannot-say")), "{rule}");
        }
    }
    // Beside real answers, entries without content change nothing.
    let with = cairn.fed(&["recommend", "--json", "--answers", "-"], &file_of(&month())).exits(0).out;
    let said: Vec<Value> = month().into_iter().filter(|answer| !answer["rating"].is_null()).collect();
    assert_eq!(cairn.fed(&["recommend", "--json", "--answers", "-"], &file_of(&said)).exits(0).out, with);
}

/// `(content of the file, words of the message)`; `@` stands for a line number.
const BAD_ANSWERS: &[(&str, &[&str])] = &[
    (
        "{\"answers\":[\n{\"behaviour\":\"FL-5\",\"rating\":9}]}",
        &["a.txt:2:", "rating of 9", "from 1 to 5", "the points are"],
    ),
    ("{\"answers\":[\n{\"behaviour\":\"FL-5\",\"rating\":0}]}", &["a.txt:2:", "rating of 0"]),
    (
        "{\"answers\":[\n\n{\"behaviour\":\"FL-55\",\"rating\":2}]}",
        &["a.txt:3:", "no behaviour \"FL-55\"", "did you mean"],
    ),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\n\"raiting\":2}]}", &["a.txt:2:", "raiting", "did you mean \"rating\"?"]),
    (
        "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":\"low\"}]}",
        &["a.txt:1:", "\"low\" is not a rating", "cannot-say"],
    ),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2.5}]}", &["a.txt:1:", "whole number"]),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":true}]}", &["a.txt:1:", "a rating is a whole number"]),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\"importance\":4}]}", &["a.txt:1:", "importance of 4"]),
    (
        "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2,\"by\":\"boss\"}]}",
        &["a.txt:1:", "boss", "self, coach, other"],
    ),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2,\"on\":\"soon\"}]}", &["a.txt:1:", "\"soon\" is not a date"]),
    ("{\"person\":{\"level\":\"chief\"},\"answers\":[]}", &["a.txt", "no level", "managers"]),
    ("{\"person\":{\"organisation\":\"shop\"},\"answers\":[]}", &["a.txt", "shop", "provider"]),
    ("{\"answers\":[{\"behaviour\":\"FL-5\"", &["a.txt:1:", "EOF"]),
    ("{\"answers\":[3]}", &["a.txt:1:", "an object with \"behaviour\""]),
    ("[{\"behaviour\":\"FL-5\",\"rating\":2}]", &["a.txt:1:1", "the file is a list", "{\"answers\":"]),
    ("[[answers]]\nbehaviour = \"FL-5\"\nrating = 9\n", &["a.txt:2:", "rating of 9"]),
    ("[[answers]]\nbehaviour = \"FL-5\"\nrating = \n", &["a.txt:3:"]),
    ("", &["the file is empty"]),
    ("{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2,\n\"evidence\":\"a\x1b[31m\u{202e}b\"}]}", &["a.txt:2:"]),
];

#[test]
fn a_bad_answers_file_is_refused_whole() {
    let cairn = Cairn::new();
    for (text, expected) in BAD_ANSWERS {
        cairn.file("a.txt", text);
        for args in [&["recommend", "--answers", "a.txt", "--json"][..], &["reflect", "--from", "a.txt"]] {
            let ran = cairn.run(args).exits(2).says(expected).says(&["hint:"]);
            assert_eq!(ran.out, "", "{text}");
        }
    }
    assert!(!cairn.data().exists() && cairn.home_is_empty());
}

/// Files in the encodings that editors and shells use: the text is read and the encoding reported, or nothing is read.
#[test]
fn answers_and_lines_are_taken_in_whatever_encoding_they_were_saved() {
    let json = "{\"answers\":[\n{\"behaviour\":\"FL-5\",\"rating\":2,\"evidence\":\"caf\u{e9} at ten\"}]}";
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once('\u{feff}')
            .chain(text.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect() };
    for (bytes, name) in [(utf16(json), "UTF-16"), (latin(json), "Windows-1252 (Latin-1)")] {
        let cairn = Cairn::new();
        cairn.file("saved.json", &bytes);
        let ran = cairn.run(&["reflect", "--from", "saved.json"]).exits(0);
        assert!(ran.err.contains(&format!("note: Cairn read saved.json as {name}")), "{}", ran.err);
        assert!(cairn.run(&["journal"]).exits(0).out.contains("caf\u{e9} at ten"));
    }
    for bytes in [utf16("2\n3\ncaf\u{e9} at ten\n:save\n:quit\n"), latin("2\n3\ncaf\u{e9} at ten\n:save\n:quit\n")] {
        let cairn = Cairn::new();
        cairn.fed(&["reflect", "FL-5"], &bytes).exits(0);
        assert!(cairn.run(&["journal"]).exits(0).out.contains("caf\u{e9} at ten"));
    }
}

#[test]
fn files_that_are_no_text_too_large_or_no_files_are_refused() {
    let cairn = Cairn::new();
    cairn.file("large.json", " ".repeat(10_000_000));
    fs::create_dir(cairn.path("folder")).expect("writable");
    for (name, expected) in [
        ("large.json", &["large.json", "larger than 2048 KiB"][..]),
        ("folder", &["folder", "not a regular file"]),
        ("nowhere.json", &["nowhere.json", "does not exist"]),
    ] {
        cairn.run(&["recommend", "--answers", name]).exits(2).says(expected).says(&["hint:"]);
        cairn.run(&["reflect", "--from", name]).exits(2).says(expected);
    }
    // Thousands of faults, or one on a very long line, are reported in a few lines and quickly.
    let wrong = vec!["{\"behaviour\":\"FL-5\",\"rating\":9}"; 20_000].join(",");
    let ran = cairn.fed(&["recommend", "--answers", "-"], &format!("{{\"answers\":[{wrong}]}}")).exits(2);
    assert!(ran.err.len() < 50_000 && ran.err.contains("more than 40 faults"), "{} bytes", ran.err.len());
    assert!(!cairn.data().exists());
}

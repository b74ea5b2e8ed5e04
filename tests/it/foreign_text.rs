//! A text with terminal sequences, direction overrides and hidden characters, passed through every input of the real
//! binary: its output is checked byte by byte. The cleaning itself is tested in `src/core/domain/clean.rs`.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "what was written to a file is looked at")]

use std::fs;

use cairn_coach::desk::{Desk, OpenOptions};
use serde_json::json;

use crate::binary::{Cairn, Ran, hidden_in};
use crate::harness::{App, TODAY};
use crate::terminal::Tui;

/// One letter between each two characters that must not be output: terminal sequences, C1 controls, direction overrides
/// and isolates, marks, invisible spaces and joiners, fillers, tag characters without a flag, variation selectors
/// without a base, other separators, a stack of accents.
const POISON: &str = "A\x1b[2JB\x1b]52;c;eA==\x07C\u{9b}31mD\u{202e}E\u{2066}F\u{2069}G\u{200b}H\u{200e}I\u{2060}J\u{feff}\
    K\u{ad}L\u{3164}M\u{e0073}\u{e0065}\u{e007f}N\u{200d}O\u{fe0f}P\u{e0101}Q\u{2028}R\u{115f}S\u{180e}T\u{7f}U\u{8}V\rW\
    \u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}X\u{fff9}Y\u{61c}Z";

/// Like [`hidden_in`], and rejects legitimate joiners, selectors and tags too.
fn assert_clean(door: &str, text: &str) {
    assert_eq!(hidden_in(text), None, "{door}");
    for sign in ["\u{200d}", "\u{fe0f}", "\u{e0101}", "\u{e0073}", "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}"]
    {
        assert!(!text.contains(sign), "{door}: {sign:?} in {text:?}");
    }
}

fn looked_at(door: &str, ran: &Ran) {
    assert!((0..=3).contains(&ran.code), "{door}: {ran:?}");
    assert_clean(door, &ran.out);
    assert_clean(door, &ran.err);
}

#[test]
fn what_is_typed_on_the_command_line_comes_back_clean() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira Khan"]).exits(0);
    let mut said = 0;
    for args in [
        &[POISON][..],
        &["search", POISON],
        &["search", POISON, "--json"],
        &["show", POISON],
        &["show", "FL-5", "--level", POISON],
        &["reflect", POISON],
        &["reflect", "--from", POISON],
        &["recommend", "--answers", POISON],
        &["recommend", "--limit", POISON],
        &["plan", "add", POISON],
        &["plan"],
        &["plan", "--json"],
        &["plan", "done", POISON],
        &["plan", "accept", POISON],
        &["progress", "--from", POISON],
        &["journal", POISON],
        &["people", "add", POISON],
        &["people"],
        &["people", "--json"],
        &["--person", POISON, "people", "show"],
        &["--person", "Amira", "people", "card", "--email", POISON],
        &["--person", "Amira", "people", "terms", "--purpose", POISON],
        &["session", "show", POISON],
        &["report", "--for", POISON],
        &["report", "--out", POISON],
        &["report", "account", POISON],
        &["report", "hours"],
        &["rules", "explain", POISON],
        &["rules", "why-not", POISON],
        &["rules", "check", POISON],
        &["rules", "diff", POISON, POISON],
        &["rules", "replay", POISON],
        &["rules", "whatif", "--set", POISON],
        &["pack", "check", POISON],
        &["pack", "add", POISON],
        &["pack", "remove", POISON],
        &["pack", "new", POISON],
        &["pack", "trust", POISON],
        &["--pack", POISON, "pack", "list"],
        &["--config", POISON, "config", "show"],
        &["--today", POISON, "plan"],
        &["man", POISON],
        &["completions", POISON],
        &["doctor", POISON],
    ] {
        let ran = cairn.run(args);
        looked_at(&format!("{args:?}"), &ran);
        said += usize::from(ran.err.contains("[2J") || ran.out.contains("[2J"));
    }
    assert!(said > 20, "only {said} of them quote what was typed");
    let folder = cairn.command(&["--data-dir", POISON, "doctor"]);
    drop(folder);
    looked_at("a folder", &cairn.run_in(POISON, &["doctor"]));
    looked_at("a folder", &cairn.run_in(POISON, &["plan", "add", "x"]));
    looked_at("a folder", &cairn.run_in(POISON, &["doctor", "--json"]));
}

#[test]
fn files_of_every_kind_are_cleaned_and_so_are_their_names() {
    let cairn = Cairn::new();
    let answers = json!({"person": {"level": POISON, "name": POISON}, POISON: 1, "answers": [
        {"behaviour": POISON, "rating": 2, "on": POISON},
        {"behaviour": "FL-5", "rating": POISON, "by": POISON, "edition": POISON, POISON: POISON},
    ]});
    let good = json!({"answers": [
        {"behaviour": "FL-5", "rating": 2, "importance": 3, "on": "2026-11-20", "edition": POISON,
         "reflections": {POISON: POISON}, "evidence": POISON},
    ]});
    let name = format!("{POISON}.json");
    for (name, text) in [("a.json", answers.to_string()), (&name, answers.to_string()), (&name, POISON.to_owned())] {
        cairn.file(name, &text);
        for command in [&["recommend", "--answers"][..], &["reflect", "--from"]] {
            looked_at(name, &cairn.run(&[command, &[name]].concat()).exits(2));
            looked_at("a pipe", &cairn.fed(&[command, &["-"]].concat(), &text).exits(2));
        }
        looked_at(name, &cairn.run(&["rules", "replay", name]));
        looked_at(name, &cairn.run(&["--config", name, "config", "show"]));
    }
    cairn.file("good.json", good.to_string());
    looked_at("reflect", &cairn.run(&["reflect", "--from", "good.json"]).exits(0));
    looked_at("recommend", &cairn.run(&["recommend", "--answers", "good.json", "--explain"]));
    for args in [
        &["journal"][..],
        &["journal", "--json"],
        &["progress", "--json"],
        &["report"],
        &["report", "--format", "html"],
        &["recommend", "--explain", "--json"],
    ] {
        looked_at(&format!("{args:?}"), &cairn.run(args));
    }
    cairn.run(&["report", "--out", "report.md"]).exits(0);
    assert_clean("report.md", &fs::read_to_string(cairn.path("report.md")).expect("written"));
    let quoted = json!(POISON).to_string().replace('\u{7f}', "\\u007f").replace('\u{9b}', "\\u009b");
    let config = format!(
        "theme = {quoted}\n{quoted} = 1\n[keys]\n{quoted} = {quoted}\nsave = {quoted}\n[themes.{quoted}]\n{quoted} = {quoted}\n"
    );
    cairn.file("config.toml", config);
    looked_at("config", &cairn.run(&["--config", "config.toml", "config", "show"]));
    let raw = format!("theme = \"{POISON}\"\n{POISON}\n");
    cairn.file("raw.toml", &raw);
    looked_at("raw config", &cairn.run(&["--config", "raw.toml", "config", "show"]));
    let manifest = |id: &str| {
        format!(
            "id = {id}\nversion = \"1.0.0\"\ntitle = {quoted}\nsummary = {quoted}\nlicence = {quoted}\nattribution = {quoted}\nsource = {quoted}\nrules_api = \"1\"\n"
        )
    };
    let rule = format!(
        "//! # What it notices\n//! {POISON}\n//! # Why it matters\n//! It does.\n//! # What it cannot know\n//! Much.\nprint({quoted});\nrule(\"acme.low\", #{{ title: {quoted}, when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: {quoted} }});\n"
    )
    .replace(['\r', '\u{2028}'], "");
    for (pack, id) in [("good", "\"acme\""), ("bad", quoted.as_str()), (POISON, "\"acme\"")] {
        cairn.file(&format!("{pack}/pack.toml"), manifest(id));
        cairn.file(&format!("{pack}/rules/a.rhai"), &rule);
        cairn.file(&format!("{pack}/rules/{POISON}.rhai"), &raw);
        cairn.file(&format!("{pack}/cases/a.toml"), format!("[[case]]\nname = {quoted}\n{quoted} = 1\n"));
        cairn.file(&format!("{pack}/{POISON}.toml"), &raw);
        for args in [
            &["pack", "check", pack][..],
            &["rules", "check", pack],
            &["rules", "test", pack],
            &["--pack", pack, "pack", "list"],
            &["--pack", pack, "rules", "list", "--json"],
            &["pack", "add", pack],
        ] {
            looked_at(&format!("{args:?}"), &cairn.run(args));
        }
    }
}

#[test]
fn lines_that_are_typed_are_cleaned() {
    let cairn = Cairn::new();
    let script = format!(
        "find {POISON}\n:back\n{POISON}\nreflect FL-5\n2\n3\n{POISON}\nmore {POISON}\n:save\n:{POISON}\nhelp {POISON}\n:quit\n"
    );
    let ran = cairn.fed(&["--plain"], &script);
    looked_at("lines", &ran);
    assert!(ran.out.contains("[2JB"), "{}", ran.out);
    looked_at("journal", &cairn.run(&["journal"]));
}

#[test]
fn a_line_that_is_too_long_is_one_line() {
    let cairn = Cairn::new();
    // If the line were cut, its end would be read as a command.
    let long = format!("reflect FL-5\n2\n3\n{}\n:save\n", "x".repeat(256 * 1024) + ":quit");
    let ran = cairn.fed(&["--plain"], &long).exits(0);
    assert!(
        ran.out.contains("Saved"),
        "{}",
        ran.out.chars().rev().take(900).collect::<String>().chars().rev().collect::<String>()
    );
}

/// Quits, and checks the screen and every byte that was written.
fn drawn_clean(mut tui: Tui) {
    assert_eq!(hidden_in(&tui.screen()), None);
    for bytes in [
        "\x1b]52",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{e0073}",
        "\u{3164}",
        "\u{9b}",
        "\x1b[31mred",
        "\u{ad}",
    ] {
        assert!(!tui.wrote(bytes), "{bytes:?} was drawn");
    }
    tui.send("\x11");
    assert_eq!(tui.exit(), 0);
}

#[test]
fn what_is_pasted_searched_and_comes_from_an_editor_is_drawn_clean() {
    let cairn = Cairn::new();
    let poison = cairn.file("poison", POISON);
    cairn.file("editor", format!("#!/bin/sh\ncat '{}' >> \"$1\"\n", poison.display()));
    let command = format!("sh '{}'", cairn.path("editor").display());
    let mut tui = Tui::start_in(&cairn, &["reflect", "FL-5"], &[("VISUAL", &command)]);
    tui.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    tui.paste(POISON).see("A[2JB");
    tui.send("\x1bo").see("Your text came back from the editor").send("\x13").see("Saved.");
    drawn_clean(tui);
    let mut tui = Tui::start(&cairn, &[]);
    tui.send("/").see("Find:");
    tui.paste(POISON).see("[2JB");
    drawn_clean(tui);
    let name = format!("{POISON} Khan");
    cairn.run(&["people", "add", &name]).exits(0);
    let mut tui = Tui::start(&cairn, &["--person", "Khan"]);
    tui.see("Khan");
    drawn_clean(tui);
}

#[test]
fn drafts_that_somebody_else_wrote_are_drawn_clean_or_left_alone() {
    let deep = "[".repeat(200_000);
    let session = json!({"kind": "one-to-one", "model": POISON, "part": "x", "in_private": false, "caret": 3, "begun": "2026-11-22",
        "spent": 0, "behaviours": [POISON], "known": [POISON],
        "notes": [{"part": POISON, "title": POISON, "shared": POISON, "private": POISON}]});
    let answer = json!({"on": "2026-11-20", "framework": POISON, "edition": POISON, "behaviour": POISON, "by": "self",
        "reflections": {POISON: POISON}, "evidence": POISON});
    for body in [session.to_string(), answer.to_string(), deep, POISON.to_owned(), "{}".to_owned()] {
        for slot in ["session", "form", "plan", "compare/self", "reflect/empowered-communities/FL-5", POISON] {
            let mut desk = Desk::open(&OpenOptions { demo: true, today: Some(TODAY), ..OpenOptions::default() })
                .expect("it opens");
            desk.keep_text(&cairn_coach::domain::Slot::parse(slot), &body).expect("short");
            let mut app = App::at(desk, true);
            for keys in ["", "enter", "esc", "1", "5", "8", "9"] {
                app.press(keys);
                let screen = app.screen();
                assert_eq!(hidden_in(&screen), None, "{slot:?} {body:.80}:\n{screen}");
            }
        }
    }
}

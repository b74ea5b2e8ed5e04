//! Packs with every kind of fault, accidental or hostile: a clear error with its place, a non-zero exit code, never a
//! panic or a hang, and everything else that is loaded still works.

#![expect(clippy::disallowed_methods, reason = "packs are written from outside")]

use std::fs;

use serde_json::json;

use crate::binary::{Cairn, Ran, has_keys};

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
const ACTIVITY: &str = "[[activity]]\nid = \"acme-one\"\ntitle = \"One\"\nkind = \"on-the-job\"\nbehaviours = [\"FL-5\"]\nminutes = 10\nfirst_step = \"Begin.\"\n";
const PROMPT: &str =
    "[[prompt]]\nid = \"acme.p\"\nbehaviour = \"FL-5\"\npurpose = \"reflect\"\ntext = \"What was it?\"\n";
const FRAMEWORK: &str = "id = \"acme\"\nedition = \"1\"\ntitle = \"Acme\"\nsummary = \"Ours.\"\n[[theme]]\ncode = \"AC\"\nid = \"ac\"\ntitle = \"Acting\"\n";
const BEHAVIOUR: &str =
    "[[behaviour]]\ncode = \"AC-1\"\ntheme = \"AC\"\ntitle = \"Acts\"\nstatement = \"Acts in good time.\"\n";
const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";

/// Returns a valid rule.
fn rule(id: &str) -> String {
    format!(
        "rule(\"{id}\", #{{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"b\" }});\n"
    )
}

/// Writes a pack with its manifest (unless `files` contains one) below the root.
fn pack(cairn: &Cairn, folder: &str, files: &[(&str, &str)]) {
    cairn.file(&format!("{folder}/pack.toml"), MANIFEST);
    for (path, text) in files {
        cairn.file(&format!("{folder}/{path}"), text);
    }
}

/// Uses and checks the pack `acme`: using it exits with 2, checking it with 1, and both report the same faults.
fn refused(cairn: &Cairn, expected: &[&str]) {
    let used = cairn.run(&["--pack", "acme", "pack", "list", "--json"]).exits(2).says(expected);
    assert_eq!(used.out, "");
    assert!(used.err.len() < 50_000, "{} bytes of errors", used.err.len());
    let checked = cairn.run(&["pack", "check", "acme", "--json"]).exits(1).quiet();
    for fault in checked.rows() {
        has_keys(&fault, &["severity", "file", "line", "column", "message", "hint"]);
        assert!(fault["file"].as_str().is_some_and(|file| file.starts_with("acme")), "{fault}");
        assert!(fault["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{fault}");
    }
    assert!(!checked.rows().is_empty() && !cairn.data().exists() && cairn.home_is_empty());
}

/// A file, its content, and words of the error.
type Mistake = (&'static str, String, &'static [&'static str]);

fn manifest_mistakes() -> Vec<Mistake> {
    let manifest = |from: &str, to: &str| MANIFEST.replace(from, to);
    vec![
        ("pack.toml", manifest("title = \"Acme\"\n", ""), &["missing field `title`", "acme/pack.toml:1", "add title"]),
        (
            "pack.toml",
            format!("{MANIFEST}sumary = \"x\"\n"),
            &["sumary", "acme/pack.toml:8:1", "did you mean \"summary\"?"],
        ),
        ("pack.toml", manifest("\"1.0.0\"", "1.0"), &["acme/pack.toml:2:11", "expected a string"]),
        ("pack.toml", manifest("\"1.0.0\"", "\"one\""), &["acme/pack.toml:2:", "three numbers"]),
        (
            "pack.toml",
            manifest("rules_api = \"1\"", "rules_api = \"99\""),
            &["acme/pack.toml:7:", "rules_api 99", "newer"],
        ),
        ("pack.toml", manifest("\"acme\"", "\"lqf\""), &["acme/pack.toml:1:", "\"lqf\" is already loaded"]),
        ("pack.toml", manifest("\"acme\"", "\"A \\u001b[31m\""), &["acme/pack.toml:1:", "cannot be the id of a pack"]),
        (
            "pack.toml",
            format!("{MANIFEST}requires = [\"lqff\"]\n"),
            &["acme/pack.toml:8:", "\"lqff\"", "did you mean \"lqf\"?"],
        ),
        (
            "pack.toml",
            format!("{MANIFEST}requires = [\"lqf >=2\"]\n"),
            &["acme/pack.toml:8:", "version 1.0.0 is loaded"],
        ),
        ("pack.toml", format!("{MANIFEST}# \x1b[31m\u{202e}\n"), &["acme/pack.toml:8:", "\u{fffd}[31m"]),
        ("pack.toml", String::new(), &["acme/pack.toml:1", "missing field"]),
    ]
}

fn content_mistakes() -> Vec<Mistake> {
    let activity = |from: &str, to: &str| ACTIVITY.replace(from, to);
    vec![
        ("activities.toml", format!("{ACTIVITY}[[activity\n"), &["acme/activities.toml:8:"]),
        (
            "activities.toml",
            ACTIVITY.repeat(2),
            &["\"acme-one\" is defined twice", "acme/activities.toml:2:", "acme/activities.toml:9:"],
        ),
        (
            "activities.toml",
            activity("acme-one", "small-bet"),
            &["defined twice", "empowered-communities/activities.toml:", "replaces = true"],
        ),
        (
            "activities.toml",
            format!("{ACTIVITY}replaces = true\n"),
            &["no earlier activity \"acme-one\"", "acme/activities.toml:2:"],
        ),
        (
            "activities.toml",
            activity("FL-5", "FL-55"),
            &["no behaviour \"FL-55\"", "acme/activities.toml:5:", "did you mean \"FL-5\"?"],
        ),
        (
            "activities.toml",
            format!("{ACTIVITY}levels = [\"manager\"]\n"),
            &["no level \"manager\"", "acme/activities.toml:8:", "managers"],
        ),
        (
            "activities.toml",
            activity("on-the-job", "on-a-job"),
            &["no kind of activity", "acme/activities.toml:4:", "on-the-job"],
        ),
        ("activities.toml", activity("[\"FL-5\"]", "[]"), &["develops no behaviour", "acme/activities.toml:5:"]),
        ("activities.toml", activity("= 10", "= -1"), &["acme/activities.toml:6:"]),
        ("activities.toml", format!("a = {}1{}", "[".repeat(80_000), "]".repeat(80_000)), &["acme/activities.toml:1:"]),
        (
            "activities.toml",
            format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
            &["--> acme/activities.toml\n", "more than 85000 values", "split it into two packs"],
        ),
        ("activities.toml", format!("{} = 1", vec!["a"; 100_000].join(".")), &["acme/activities.toml"]),
        ("activities.toml", ACTIVITY.repeat(8_000), &["defined twice", "more faults"]),
        ("prompts.toml", PROMPT.replace("FL-5", "XX-1"), &["no behaviour \"XX-1\"", "acme/prompts.toml:3:"]),
        ("prompts.toml", format!("{PROMPT}level = \"chiefs\"\n"), &["no level \"chiefs\"", "acme/prompts.toml:6:"]),
        (
            "prompts.toml",
            PROMPT.replace("reflect", "reflekt"),
            &["reflekt", "acme/prompts.toml:4:", "did you mean \"reflect\"?"],
        ),
        ("prompts.toml", " ".repeat(10_000_000), &["acme/prompts.toml", "larger than 1024 KiB"]),
        (
            "framework.toml",
            format!("{FRAMEWORK}{}", BEHAVIOUR.repeat(2)),
            &["AC-1 is used twice", "acme/framework.toml:15:"],
        ),
        (
            "framework.toml",
            format!("{FRAMEWORK}{}", BEHAVIOUR.replace("\"AC\"", "\"XX\"")),
            &["\"XX\"", "acme/framework.toml:11:"],
        ),
        ("models.toml", "[[model]]\nid = \"m\"\ntitle = \"M\"\nkind = \"chat\"\n".to_owned(), &["acme/models.toml:"]),
        ("synonyms.toml", "synonyms = 3\n".to_owned(), &["acme/synonyms.toml:1:"]),
        ("rules", "not a folder".to_owned(), &["\"rules\" is not a plain folder"]),
        ("rules/a.rhai", " ".repeat(10_000_000), &["acme/rules/a.rhai", "larger than 256 KiB"]),
    ]
}

#[test]
fn each_mistake_in_a_pack_is_named_with_its_place() {
    for (file, text, expected) in manifest_mistakes().into_iter().chain(content_mistakes()) {
        let cairn = Cairn::new();
        pack(&cairn, "acme", &[(file, &text)]);
        refused(&cairn, expected);
    }
}

#[test]
fn a_pack_without_manifest_or_with_bytes_that_are_no_text_is_refused() {
    let cairn = Cairn::new();
    cairn.file("acme/prompts.toml", PROMPT);
    refused(&cairn, &["the folder has no pack.toml", "acme/pack.toml"]);
    for what in ["pack", "rules"] {
        let checked = cairn.run(&[what, "check", "acme"]).exits(1).quiet();
        assert!(
            checked.out.contains("the folder has no pack.toml") && checked.out.contains("1 error"),
            "{}",
            checked.out
        );
    }
    for (file, line) in [("pack.toml", 8), ("activities.toml", 2), ("rules/a.rhai", 2)] {
        let cairn = Cairn::new();
        pack(&cairn, "acme", &[]);
        let good = if file == "pack.toml" { MANIFEST } else { "# fine\n" };
        cairn.file(&format!("acme/{file}"), [good.as_bytes(), b"# caf\xe9\n"].concat());
        refused(&cairn, &["not UTF-8", &format!("acme/{file}:{line}:")]);
    }
}

#[cfg(unix)]
#[test]
fn a_pack_cannot_reach_outside_its_folder_or_wait_forever() {
    use std::os::unix::fs::symlink;
    let cairn = Cairn::new();
    pack(&cairn, "acme", &[]);
    let outside = cairn.file("outside.toml", PROMPT);
    symlink(&outside, cairn.path("acme/prompts.toml")).expect("a link");
    refused(&cairn, &["not a regular file", "acme/prompts.toml", "outside its folder"]);

    let cairn = Cairn::new();
    pack(&cairn, "acme", &[]);
    cairn.file("elsewhere/a.rhai", rule("a.b"));
    symlink(cairn.path("elsewhere"), cairn.path("acme/rules")).expect("a link");
    refused(&cairn, &["\"rules\" is not a plain folder", "outside its folder"]);

    let cairn = Cairn::new();
    pack(&cairn, "acme", &[]);
    let made = std::process::Command::new("mkfifo").arg(cairn.path("acme/prompts.toml")).status();
    if made.is_ok_and(|status| status.success()) {
        refused(&cairn, &["not a regular file", "acme/prompts.toml"]);
    }

    let cairn = Cairn::new();
    pack(&cairn, "acme", &[("rules/\u{1b}]0;boo\u{7}.rhai", &rule("a.b"))]);
    refused(&cairn, &["characters that cannot be shown", "acme/rules/]0;boo.rhai"]);
}

#[test]
fn what_could_paint_the_terminal_is_taken_out_of_a_pack_that_stands() {
    let cairn = Cairn::new();
    let paint = "\\u001b[31m\\u202eRed\\u0007\\u009b";
    let activity = ACTIVITY.replace("One", paint).replace("Begin.", paint);
    let rules = format!(
        "{HEAD}{}",
        rule("acme.r").replace("\"T\"", "\"\u{1b}[31mRed\u{202e}\"").replace("small-bet", "acme-one")
    );
    let manifest = MANIFEST.replace("Acme", paint).replace("\"us\"", &format!("\"{paint}\""));
    pack(
        &cairn,
        "acme",
        &[
            ("pack.toml", &manifest),
            ("activities.toml", &activity),
            ("prompts.toml", &PROMPT.replace("What was", paint)),
            ("rules/a.rhai", &rules),
        ],
    );
    let answers = "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2,\"evidence\":\"\\u001b[31mno time\\u202e\"}]}";
    for args in [
        &["pack", "list"][..],
        &["pack", "list", "--json"],
        &["rules", "list"],
        &["rules", "explain", "acme.r"],
        &["show", "FL-5"],
        &["show", "FL-5", "--json"],
        &["recommend", "--answers", "-", "--explain"],
        &["recommend", "--answers", "-", "--explain", "--json"],
    ] {
        let ran = cairn.fed(&[&["--pack", "acme"], args].concat(), answers).exits(0);
        assert!(!ran.out.contains("\\u001b") && !ran.out.contains('\u{202e}'), "{args:?}: {}", ran.out);
    }
    // `finish` in `crate::binary` has already checked for the control characters themselves.
    assert!(cairn.run(&["--pack", "acme", "pack", "list"]).exits(0).out.contains("[31mRed"));
}

/// `(script, words of the error)`: each is reported at once and with little memory.
const HOSTILE: &[(&str, &[&str])] = &[
    ("loop {}", &["1,000,000 steps", "a.rhai:7:"]),
    ("while true { let x = 1; }", &["1,000,000 steps"]),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { print(s); }", &["a.rhai:7:"]),
    ("loop { print(\"hello hello hello hello\"); }", &["more than 64 KiB"]),
    ("fn f(n) { f(n + 1) } f(0);", &["call each other too deeply"]),
    ("let s = \"x\"; loop { s += s; }", &["too large"]),
    ("let s = \"x\"; loop { s = `${s}${s}${s}`; }", &["too large"]),
    ("let a = []; loop { a += [1]; }", &["too large"]),
    ("let a = [0]; loop { a = [a, a]; }", &["too large"]),
    ("let m = #{}; loop { m = #{ a: m, b: m }; }", &["too large"]),
    ("let m = #{}; let i = 0; loop { m[`k${i}`] = i; i += 1; }", &["a.rhai:7:"]),
    (
        "let m = #{}; let i = 0; let s = \"x\"; for i in 0..13 { s += s; } loop { m[`k${i}`] = `${s}${i}`; i += 1; }",
        &["a.rhai:7:"],
    ),
    (
        "for i in 0..100000 { rule(`r.x${i}`, #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"b\" }); }",
        &["a.rhai:7:"],
    ),
    ("let c = rating(\"FL-5\") <= 2; loop { c = c and c; }", &["more than 400 parts"]),
    ("eval(\"1\");", &["eval"]),
    ("import \"x\" as y;", &["import"]),
    ("let x = 9223372036854775807 + 1;", &["overflow"]),
    ("let x = 1 / 0;", &["divided by 0"]),
    ("ratng(\"\u{1b}[5m\"); // \u{202e}", &["no function \"ratng\"", "did you mean \"rating\"?"]),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-55\") <= 2, suggest: [\"small-bet\"], because: \"b\" });",
        &["no behaviour \"FL-55\"", "a.rhai:7:"],
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bat\"], because: \"b\" });",
        &["no activity \"small-bat\"", "did you mean \"small-bet\"?", "a.rhai:7:"],
    ),
];

/// Maximum memory in KiB with a hostile rule: 20 MiB at rest, 32 MiB for the rule, and a margin.
const MOST_MEMORY: u64 = 96 * 1024;

fn modest(ran: &Ran) {
    assert!(ran.peak_kib.is_none_or(|peak| peak < MOST_MEMORY), "{:?} KiB", ran.peak_kib);
}

#[test]
fn a_hostile_rule_is_told_at_once_and_in_little_memory() {
    let mut highest = 0;
    for (script, expected) in HOSTILE {
        let cairn = Cairn::new();
        pack(&cairn, "acme", &[("rules/a.rhai", &format!("{HEAD}{script}\n"))]);
        pack(&cairn, "other", &[("rules/b.rhai", &format!("{HEAD}{}", rule("other.fine")))]);
        cairn.file("other/pack.toml", MANIFEST.replace("acme", "other"));
        let checked = cairn.run(&["rules", "check", "acme"]).exits(1);
        for text in *expected {
            assert!(checked.out.contains(text), "{script}: {text:?} is not in:\n{}", checked.out);
        }
        // The pack is left out as a whole; using it by name ends the command.
        let used = cairn.run(&["--pack", "acme", "--pack", "other", "rules", "explain", "other.fine"]);
        let used = used.exits(2).says(expected);
        modest(&checked);
        modest(&used);
        highest = highest.max(checked.peak_kib.unwrap_or(0)).max(used.peak_kib.unwrap_or(0));
    }
    assert!(cfg!(not(target_os = "linux")) || highest > 0, "nothing was measured");
}

#[test]
fn a_script_that_is_stopped_is_told_with_its_line_whatever_it_was_doing() {
    let cairn = Cairn::new();
    let flat = |odd: &str| format!("let x = 0; let a = [0]; {odd}loop {{ a[0] = a[0]; }}");
    let chain = |odd: &str| format!("let x = 0; let m = #{{ a: [[[0]]] }}; {odd}loop {{ m.a[0][0][0] = 1; }}");
    let inside = |odd: &str| format!("fn f(a) {{ let x = 0; {odd}\n loop {{ a[0] = a[0]; }} }} f([0]);");
    // Each script reaches the limit of steps in another part of the loop.
    for (line, script) in (0..6)
        .map(|steps| (7, flat(&"x = 1; ".repeat(steps))))
        .chain((0..3).map(|steps| (7, chain(&"x = 1; ".repeat(steps)))))
        .chain((0..2).map(|steps| (8, inside(&"x = 1; ".repeat(steps)))))
    {
        pack(&cairn, "acme", &[("rules/a.rhai", &format!("{HEAD}{script}\n"))]);
        let said = cairn.run(&["rules", "check", "acme"]).exits(1).out;
        assert!(said.contains(&format!("a.rhai:{line}:")), "{script}\n{said}");
    }
}

#[test]
fn hundreds_of_looping_files_cannot_hang_the_program() {
    let cairn = Cairn::new();
    let slow = "let s = \"x\"; for i in 0..13 { s += s; } loop { print(s); }";
    pack(&cairn, "acme", &[]);
    for number in 0..300 {
        cairn.file(&format!("acme/rules/a{number:03}.rhai"), slow);
    }
    let since = std::time::Instant::now();
    let ran = cairn.run(&["--pack", "acme", "search", "risk"]).exits(2).says(&["take too long to run", "more faults"]);
    assert!(since.elapsed().as_secs() < 30, "{:?}", since.elapsed());
    modest(&ran);
}

#[test]
fn large_packs_that_are_right_stand() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", &[("pack.toml", &format!("{MANIFEST}{}", "\n".repeat(200_000)))]);
    assert!(cairn.run(&["pack", "check", "acme"]).exits(0).out.contains("acme: no faults"));
    let cairn = Cairn::new();
    let prompts: Vec<String> =
        (0..8_000).map(|n| PROMPT.replace("acme.p", &format!("acme.p{n}")).replace("What", "Did")).collect();
    pack(&cairn, "acme", &[("prompts.toml", &prompts.concat())]);
    cairn.run(&["--pack", "acme", "show", "FL-5", "--json"]).exits(0).json();
    let checked = cairn.run(&["pack", "check", "acme"]).exits(1);
    assert!(checked.out.contains("yes or no would answer it") && checked.out.len() < 50_000);
}

#[test]
fn packs_are_named_by_any_path() {
    let cairn = Cairn::new();
    let folder = "mein B\u{fc}ndel \u{1f9ed} \u{639}/acme";
    pack(&cairn, folder, &[("activities.toml", ACTIVITY), ("rules/a.rhai", &format!("{HEAD}{}", rule("acme.r")))]);
    let absolute = cairn.path(folder);
    let absolute = absolute.to_str().expect("UTF-8");
    for path in [folder, &format!("./{folder}"), &format!("{folder}/"), &format!("{folder}//"), absolute] {
        let rows = cairn.run(&["--pack", path, "pack", "list", "--json"]).exits(0).quiet().rows();
        assert_eq!(rows.last().map(|row| (&row["id"], &row["rules"])), Some((&json!("acme"), &json!(1))), "{path}");
        for what in ["pack", "rules"] {
            assert!(cairn.run(&[what, "check", path]).exits(0).out.contains("no faults"), "{path}");
        }
    }
    // The same folder given twice counts once; another folder with the same id is a fault.
    cairn.run(&["--pack", folder, "--pack", &format!("{folder}/"), "pack", "list"]).exits(0).quiet();
    cairn.run(&["--pack", folder, "pack", "check", folder]).exits(0);
    pack(&cairn, "copy", &[]);
    cairn.run(&["--pack", folder, "--pack", "copy", "plan"]).exits(2).says(&[
        "already loaded",
        "copy/pack.toml:1:",
        folder,
    ]);
    for nowhere in ["nowhere", "copy/pack.toml", "\u{1b}[31m"] {
        cairn.run(&["--pack", nowhere, "plan"]).exits(2).says(&["hint:"]);
        cairn.run(&["pack", "check", nowhere]).exits(2).says(&["hint:"]);
    }
    // A pack beside one whose name starts with the same letters is checked separately.
    fs::create_dir(cairn.path("copy2")).expect("writable");
    cairn.file("copy2/pack.toml", "id = 3\n");
    assert!(cairn.run(&["--pack", "copy2", "pack", "check", "copy"]).exits(0).out.contains("copy: no faults"));
}

#[test]
fn a_pack_that_is_wrong_leaves_the_others_standing() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", &[("activities.toml", &ACTIVITY.replace("FL-5", "FL-55"))]);
    pack(&cairn, "other", &[("activities.toml", ACTIVITY)]);
    cairn.file("other/pack.toml", MANIFEST.replace("acme", "other"));
    let faults = cairn.run(&["pack", "check", "acme", "other", "--json"]).exits(1).rows();
    assert!(faults.iter().all(|fault| fault["file"].as_str().is_some_and(|f| f.starts_with("acme/"))), "{faults:?}");
    assert!(cairn.run(&["--pack", "acme", "pack", "check", "other"]).exits(0).out.contains("other: no faults"));
}

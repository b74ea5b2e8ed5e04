//! Files in a pack that are not read are reported; files left by editors and operating systems are ignored and do not
//! break a signature. Integers in rules divide as real numbers.

use std::fs;

use crate::binary::Cairn;

const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";

fn fresh() -> Cairn {
    let cairn = Cairn::new();
    cairn.run(&["pack", "new", "our-pack"]).exits(0);
    cairn
}

fn rule(id: &str, when: &str) -> String {
    format!(
        "{HEAD}rule(\"{id}\", #{{ title: \"T\", when: {when}, suggest: [\"our-pack.ask-one-question\"], because: \"x\" }});\n"
    )
}

#[test]
fn files_that_are_not_read_are_named_with_the_next_step() {
    for (path, hint) in [
        ("rules/30-more.rhai.txt", "rename it to 30-more.rhai"),
        ("rules/30-more.RHAI", "rename it to 30-more.rhai"),
        ("rules/more/30.rhai", "put its files into rules"),
        ("Rules/30.rhai", "rename it to rules"),
        ("rule/30.rhai", "rename it to rules"),
        ("case/more.toml", "rename it to cases"),
        ("extra/30.rhai", "rename it to rules"),
        ("30.rhai", "move it to rules/30.rhai"),
        ("cases/more.toml.txt", "rename it to more.toml"),
        ("activities.toml.txt", "rename it to activities.toml"),
    ] {
        let cairn = fresh();
        cairn.file(&format!("our-pack/{path}"), rule("our-pack.more", "rating(\"FL-1\") <= 2"));
        let ran = cairn.run(&["pack", "check", "our-pack"]).exits(1);
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("has no meaning in a pack") && text.contains(hint), "{path}: {text}");
    }
}

#[test]
fn what_editors_and_systems_leave_is_passed_over_and_breaks_no_signature() {
    let left = [
        "rules/._10-feedback.rhai",
        "cases/._stories.toml",
        "rules/.#10-feedback.rhai",
        "rules/~$10-feedback.rhai",
        "rules/10-feedback.rhai~",
        "rules/10-feedback.rhai.bak",
        "rules/#10-feedback.rhai#",
        "Thumbs.db",
        "desktop.ini",
        "rules/Desktop.ini",
        ".DS_Store",
        "._pack.toml",
        "~$framework.toml",
    ];
    let cairn = fresh();
    for path in left {
        cairn.file(&format!("our-pack/{path}"), [0_u8, 0x16, 0xff, 7]);
    }
    cairn.run(&["pack", "check", "our-pack"]).exits(0);
    for path in left {
        fs::remove_file(cairn.path(&format!("our-pack/{path}"))).expect("it was there");
    }
    cairn.run(&["pack", "sign", "our-pack"]).exits(0);
    for path in left {
        cairn.file(&format!("our-pack/{path}"), [0_u8, 0x16, 0xff, 7]);
    }
    let ran = cairn.run(&["pack", "add", "our-pack"]).exits(0);
    assert!(!ran.out.contains("not signed"), "{}", ran.out);
    let rows = cairn.run(&["pack", "list", "--json"]).exits(0).rows();
    assert!(rows.iter().any(|row| row["id"] == "our-pack"), "{rows:?}");
}

#[test]
fn plain_numbers_divide_as_numbers() {
    let cairn = fresh();
    let check = |when: &str| {
        cairn.file("our-pack/rules/30-t.rhai", rule("our-pack.half", when));
        cairn.run(&["rules", "check", "our-pack"])
    };
    for (when, value) in [
        ("rating(\"FL-1\") >= 5 / 2", "2.5"),
        ("rating(\"FL-1\") >= (5 / 2)", "2.5"),
        ("average(\"FL\") >= (7 / 2 - 1)", "2.5"),
        ("rating(\"FL-1\") >= 4 / 2", "2"),
    ] {
        check(when);
        cairn.file("a.json", r#"{"answers":[{"behaviour":"FL-1","rating":2}]}"#);
        let args = ["--pack", "our-pack", "rules", "explain", "our-pack.half", "--answers", "a.json"];
        let told = cairn.run(&args).exits(0).out;
        assert!(
            told.contains(&format!("at least {value} ")) || told.contains(&format!("at least {value}\n")),
            "{when}: {told}"
        );
        assert_eq!(told.contains("True for these answers: yes"), value == "2", "{when}: {told}");
    }
    let third = check("average(\"FL\") * (2 / 3) >= 2");
    assert!(!third.out.contains("never"), "{}", third.out);
    for (when, words) in [
        ("rating(\"FL-1\") / 0 >= 4", "never be true"),
        ("rating(\"FL-1\") * 0 >= 2", "never be true"),
        ("rating(\"FL-1\") >= 4 / 0", "divided by 0"),
    ] {
        let ran = check(when).exits(1);
        assert!(ran.out.contains(words), "{when}: {}", ran.out);
    }
    cairn.file(
        "our-pack/rules/30-t.rhai",
        rule("our-pack.half", "rating(\"FL-1\") >= x").replace("rule(", "let x = 5 / 2;\nrule("),
    );
    let args = ["--pack", "our-pack", "rules", "explain", "our-pack.half", "--answers", "a.json"];
    assert!(cairn.run(&args).exits(0).out.contains("2.5"));
}

//! What the program says about itself to those responsible for data protection: true with and without a passphrase, and
//! the same as in the guide to data.

#![expect(clippy::disallowed_methods, reason = "the guide is read without caps")]

use crate::binary::{Cairn, has_keys};

const PASSPHRASE: &str = "correct horse battery staple";
const PAPERS: [&str; 5] = ["record", "dspt", "dpia", "notice", "retention"];

fn locked() -> Cairn {
    let cairn = Cairn::new();
    cairn.run(&["plan", "add", "cobalt"]).exits(0);
    let typed = format!("{PASSPHRASE}\n{PASSPHRASE}\n");
    cairn.fed(&["--passphrase-fd", "0", "passphrase", "set"], &typed).exits(0);
    cairn
}

/// Returns `(topic, whether it is protected, words)` of each point.
fn points(cairn: &Cairn) -> Vec<(String, bool, String)> {
    let rows = cairn.run(&["doctor", "--privacy", "--json"]).exits(0).quiet().rows();
    rows.iter()
        .map(|row| {
            has_keys(row, &["state", "what", "words"]);
            let text = |key: &str| row[key].as_str().expect("a text").to_owned();
            (text("what"), text("state") == "protected", text("words"))
        })
        .collect()
}

#[test]
fn doctor_says_what_is_not_protected_as_it_is() {
    let lock =
        |cairn: &Cairn| points(cairn).into_iter().find(|(what, ..)| what == "records on the disk").expect("told");
    let new = Cairn::new();
    let (_, well, words) = lock(&new);
    assert!(well && words.contains("none yet"), "{words}");
    assert!(!new.data().exists(), "who only asks leaves nothing");
    let open = Cairn::new();
    open.run(&["plan", "add", "cobalt"]).exits(0);
    let (_, well, words) = lock(&open);
    assert!(!well && words.contains("key.open") && words.contains("cairn passphrase set"), "{words}");
    let locked = locked();
    let (_, well, words) = lock(&locked);
    assert!(well && words.contains("locked"), "{words}");
    let told = locked.run(&["doctor", "--privacy"]).exits(0).quiet().out;
    assert!(told.starts_with("What is not protected\n") && told.contains("a lost passphrase"), "{told}");
    let shared = Cairn::new();
    shared.file("data/.stfolder/x", "");
    let told = shared.run(&["doctor", "--privacy"]).exits(0).out;
    assert!(told.contains("the place of the records: Syncthing copies the folder to other"), "{told}");
}

#[test]
fn papers_are_filled_in_and_say_what_is_left() {
    let (open, locked) = (Cairn::new(), locked());
    open.run(&["plan", "add", "cobalt"]).exits(0);
    let list = open.run(&["papers"]).exits(0).quiet().out;
    for paper in PAPERS {
        assert!(list.contains(&format!("cairn papers {paper}")), "{list}");
        for (cairn, is_locked) in [(&open, false), (&locked, true)] {
            let text = cairn.run(&["papers", paper]).exits(0).quiet().out;
            assert!(text.starts_with("# ") && text.contains("on 2026-11-22") && text.contains("- [ ] "), "{text}");
            assert!(!text.contains("[[") && !text.contains('{'), "{text}");
            assert!(["notice"].contains(&paper) || text.contains(&cairn.data().display().to_string()), "{paper}");
            assert_eq!(
                text.contains("ithout a passphrase") || text.contains("has no passphrase"),
                !is_locked,
                "{paper}, locked: {is_locked}:\n{text}"
            );
        }
    }
    open.run(&["papers", "poem"]).exits(2);
}

#[test]
fn the_guide_names_every_point() {
    let guide =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/guides/data.md")).expect("readable");
    let chapter = guide.split_once("## What is protected and what is not").expect("a chapter").1;
    let chapter = chapter.trim();
    let (well, not) = chapter.split_once("Not protected:").expect("two lists");
    for (what, is_protected, _) in points(&locked()) {
        let list = if is_protected { well } else { not };
        assert!(list.contains(&format!("**{what}**")), "the guide does not name {what:?} where it belongs");
    }
}

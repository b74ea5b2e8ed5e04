//! Packs over packs: a later pack can replace entries by id, a faulty one is left out as a whole, and the others are
//! used.

use std::collections::BTreeMap;

use cairn_coach::pack::{Loaded, PackFiles, builtin_packs, load};

const MANIFEST: &str = "id = \"ID\"\nversion = \"1.0.0\"\ntitle = \"T\"\nlicence = \"l\"\nattribution = \"a\"\nsource = \"s\"\nrules_api = \"1\"\n";

fn pack(id: &str, files: &[(&str, &str)]) -> PackFiles {
    let mut all = BTreeMap::from([("pack.toml".to_owned(), MANIFEST.replace("ID", id))]);
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    PackFiles { label: id.to_owned(), origin: id.to_owned(), files: all }
}

fn over_built_in(packs: Vec<PackFiles>) -> Loaded {
    load(&builtin_packs().into_iter().chain(packs).collect::<Vec<_>>())
}

fn activity(id: &str, more: &str) -> String {
    format!(
        "[[activity]]\nid = \"{id}\"\ntitle = \"Ours\"\nkind = \"formal\"\nbehaviours = [\"FL-5\"]\nminutes = 10\nfirst_step = \"Do it\"\n{more}\n"
    )
}

#[test]
fn an_entry_is_replaced_in_its_place_when_the_later_pack_says_so() {
    let before = load(&builtin_packs()).library;
    let text = activity("small-bet", "replaces = true");
    let loaded = over_built_in(vec![pack("acme", &[("activities.toml", &text)])]);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let ids =
        |library: &cairn_coach::domain::Library| library.activities.iter().map(|a| a.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&loaded.library), ids(&before));
    assert_eq!(
        loaded.library.activity("small-bet").map(|a| (a.title.as_str(), a.pack.as_str())),
        Some(("Ours", "acme"))
    );
}

#[test]
fn without_that_word_both_places_are_named_and_the_later_pack_is_left_out() {
    let text = format!("{}{}", activity("new-one", ""), activity("small-bet", ""));
    let loaded = over_built_in(vec![pack("acme", &[("activities.toml", &text)])]);
    assert_eq!(loaded.dropped, ["acme"]);
    let fault = &loaded.faults[0];
    assert!(fault.message.contains("empowered-communities/activities.toml:"), "{fault}");
    assert_eq!((fault.file.as_str(), fault.line), ("acme/activities.toml", Some(10)), "{fault}");
    assert!(loaded.library.activity("new-one").is_none(), "a pack is left out whole");
    assert_eq!(loaded.library.activity("small-bet").map(|a| a.pack.as_str()), Some("empowered-communities"));
}

#[test]
fn replacing_what_is_not_there_is_a_mistake_with_a_guess() {
    let text = activity("small-bett", "replaces = true");
    let loaded = over_built_in(vec![pack("acme", &[("activities.toml", &text)])]);
    assert!(loaded.faults[0].hint.contains("small-bet"), "{}", loaded.faults[0]);
}

#[test]
fn a_wrong_pack_does_not_take_a_good_one_with_it() {
    let good = activity("good-one", "");
    let wrong = activity("wrong-one", "levels = [\"managrs\"]");
    let loaded =
        over_built_in(vec![pack("wrong", &[("activities.toml", &wrong)]), pack("good", &[("activities.toml", &good)])]);
    assert_eq!(loaded.dropped, ["wrong"]);
    assert!(loaded.faults[0].hint.contains("managers"), "{}", loaded.faults[0]);
    assert!(loaded.library.activity("good-one").is_some());
}

#[test]
fn a_pack_that_needs_another_is_left_out_without_it() {
    let needy = PackFiles {
        files: BTreeMap::from([(
            "pack.toml".to_owned(),
            format!("{}requires = [\"lqf >=2\"]\n", MANIFEST.replace("ID", "needy")),
        )]),
        ..pack("needy", &[])
    };
    let loaded = over_built_in(vec![needy]);
    assert_eq!(loaded.dropped, ["needy"]);
    assert!(loaded.faults[0].message.contains("requires lqf >=2, and version 1.0.0 is loaded"), "{}", loaded.faults[0]);
    assert_eq!(loaded.faults[0].line, Some(8));
}

#[test]
fn a_framework_brings_its_own_scale_and_its_answers_are_checked_by_it() {
    let framework = "id = \"mini\"\nedition = \"1\"\ntitle = \"Mini\"\nsummary = \"s\"\n\
        [scale]\nquestion = \"How?\"\npoints = [ { value = 0, label = \"no\" }, { value = 3, label = \"yes\" } ]\n\
        [[theme]]\ncode = \"MI\"\nid = \"mini\"\ntitle = \"Mini\"\n\
        [[behaviour]]\ncode = \"MI-1\"\ntheme = \"MI\"\ntitle = \"Does it\"\nstatement = \"Does it.\"\n";
    let loaded = over_built_in(vec![pack("mini", &[("framework.toml", framework)])]);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let read = |rating: i64| {
        let text = format!("{{\"answers\":[{{\"behaviour\":\"MI-1\",\"rating\":{rating}}}]}}");
        cairn_coach::desk::read_answers("a.json", &text, &loaded.library, crate::harness::TODAY)
    };
    assert!(read(3).is_ok() && read(0).is_ok());
    let faults = read(2).expect_err("2 is no point of this scale");
    assert!(faults[0].hint.contains("3 yes"), "{}", faults[0]);
}

#[test]
fn a_scale_that_does_not_ascend_and_a_theme_that_is_missing_are_said_with_their_lines() {
    let framework = "id = \"mini\"\nedition = \"1\"\ntitle = \"Mini\"\nsummary = \"s\"\n\
        [scale]\nquestion = \"How?\"\npoints = [ { value = 3, label = \"a\" }, { value = 3, label = \"b\" } ]\n\
        [[behaviour]]\ncode = \"MI-1\"\ntheme = \"MI\"\ntitle = \"Does it\"\nstatement = \"Does it.\"\n";
    let loaded = over_built_in(vec![pack("mini", &[("framework.toml", framework)])]);
    let lines: Vec<Option<usize>> = loaded.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(7), Some(10)], "{:?}", loaded.faults);
}

#[test]
fn an_effort_beyond_reason_is_said_with_its_line() {
    let text = activity("long-one", "").replace("minutes = 10", "minutes = 4000000000");
    let loaded = over_built_in(vec![pack("acme", &[("activities.toml", &text)])]);
    assert!(loaded.faults[0].message.contains("is not between 1 and 100000"), "{}", loaded.faults[0]);
    assert_eq!(loaded.faults[0].line, Some(2));
}

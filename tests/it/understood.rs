//! Words are understood or left alone: sentences written for this test, each tried on the rule that could misread it.
//! The table of precision and recall is printed, so that it can be compared with the required minimum.

#![expect(clippy::print_stdout, reason = "the table of what was heard is there to be read")]

use std::collections::BTreeMap;

use cairn_coach::desk::LoadedPacks;
use cairn_coach::domain::{Answer, Day, Organisation, Person, Rated, Reflection, Story, Truth};
use cairn_coach::language::sentences;
use cairn_coach::rules::{Facts, truth};
use cairn_coach::safeguarding::hears;

const SENTENCES: &str = include_str!("../fixtures/understood.tsv");
const DANGER: &str = include_str!("../fixtures/danger.tsv");
/// Minimum precision in percent.
const PRECISE: usize = 95;
/// Minimum recall in percent.
const HEARD: usize = 80;

fn day() -> Day {
    jiff::civil::date(2026, 11, 22)
}

/// Records with one answer that contains these words about the behaviour, with the middle rating.
fn wrote(behaviour: &str, words: &str) -> Story {
    let answer = Answer {
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: behaviour.to_owned(),
        rated: Rated::Value(3),
        importance: Some(2),
        reflections: vec![Reflection { prompt: "Q".to_owned(), text: words.to_owned() }],
        ..Answer::blank(day())
    };
    let person = Person { organisation: Organisation::Provider, ..Person::default() };
    Story { person, today: day(), answers: vec![answer], ..Story::default() }
}

/// Returns the rule of a family that is tried, and the behaviour that it looks at.
fn tried_on(family: &str) -> (&str, &'static str) {
    match family {
        "no-time" => ("no-time.FC-1", "FC-1"),
        "putting-it-off" => ("putting-it-off.FC-1", "FC-1"),
        "told-afterwards" => ("told-afterwards.DT-2", "DT-2"),
        "doing-it-all-myself" => (family, "FC-5"),
        "new-here" => ("new-here.FC-9", "FC-9"),
        "afraid-of-getting-it-wrong" => (family, "FL-5"),
        "pilot-after-pilot" => (family, "DT-3"),
        _ => (family, "SI-1"),
    }
}

#[test]
fn what_is_meant_is_heard_and_the_rest_is_left_alone() {
    let loaded_packs = LoadedPacks::load(&[]);
    let mut table: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [want, family, words] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}")
        };
        let (id, behaviour) = tried_on(family);
        let rule =
            loaded_packs.rules.rules().iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("there is no {id}"));
        let profile = wrote(behaviour, words).profile(&loaded_packs.library);
        let speaks = truth(&rule.when, &Facts::new(&loaded_packs.library, &profile)) == Truth::Yes;
        let row = table.entry(family).or_default();
        match (want == "speak", speaks) {
            (true, true) => row[0] += 1,
            (true, false) => row[1] += 1,
            (false, true) => row[2] += 1,
            (false, false) => row[3] += 1,
        }
        if (want == "speak") != speaks {
            wrong.push(line);
        }
    }
    println!("rule                        heard missed false quiet");
    let mut all = [0; 4];
    for (family, row) in &table {
        println!("{family:27} {:5} {:6} {:5} {:5}", row[0], row[1], row[2], row[3]);
        all.iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
    }
    let [heard, missed, falsely, quiet] = all;
    println!("all                         {heard:5} {missed:6} {falsely:5} {quiet:5}\n{}", wrong.join("\n"));
    assert!(heard + missed + falsely + quiet >= 150 && falsely + quiet >= heard + missed - 5, "enough sentences");
    assert!(heard * 100 >= PRECISE * (heard + falsely), "precision {heard}/{}", heard + falsely);
    assert!(heard * 100 >= HEARD * (heard + missed), "recall {heard}/{}", heard + missed);
}

#[test]
fn somebody_in_danger_comes_before_every_rule() {
    let loaded_packs = LoadedPacks::load(&[]);
    let (mut heard, mut missed, mut falsely, mut quiet) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for line in DANGER.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (want, words) = line.split_once('\t').unwrap_or_else(|| panic!("two columns: {line}"));
        let advised = loaded_packs.advise(&wrote("FC-6", words).profile(&loaded_packs.library));
        let noticed = !advised.safety.is_empty();
        for notice in &advised.safety {
            assert!(!notice.contacts.is_empty() && !notice.text.contains(words), "a person to ring, and no quotation");
        }
        // No rule quotes the same sentence.
        if noticed {
            let quoted =
                advised.shown.iter().flat_map(|advice| &advice.reasons).any(|r| r.because.contains('\u{201c}'));
            assert!(!quoted, "a rule quotes what was noticed: {line}");
        }
        match (want != "quiet", noticed) {
            (true, true) => heard += 1,
            (true, false) => missed += 1,
            (false, true) => falsely += 1,
            (false, false) => quiet += 1,
        }
        if (want != "quiet") != noticed {
            wrong.push(line);
        }
    }
    println!("danger heard {heard}, missed {missed}; false {falsely}, quiet {quiet}\n{}", wrong.join("\n"));
    // An unnecessary notice hides everything else and frightens, so avoiding it weighs more than detecting the last
    // understated sentence.
    assert!(heard * 100 >= 87 * (heard + missed) && falsely * 100 <= 2 * (falsely + quiet));
}

#[test]
fn what_is_short_and_plain_is_always_heard_as_what_it_is() {
    let mut tried = 0;
    for (want, words) in DANGER.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        if want == "quiet" || words.split_whitespace().count() > 7 {
            continue;
        }
        let heard: Vec<&str> = sentences(words).iter().flat_map(hears).map(|concern| concern.id.as_str()).collect();
        assert!(heard.contains(&want), "{want}: \"{words}\" is heard as {heard:?}");
        tried += 1;
    }
    assert!(tried >= 50, "{tried} are tried");
}

/// Records with these answers, each as `(behaviour, rating, words)`.
fn wrote_all(answers: &[(&str, i64, &str)]) -> Story {
    let answer = |(behaviour, rating, words): &(&str, i64, &str)| {
        let [answer] = wrote(behaviour, words).answers.try_into().expect("one");
        Answer { rated: Rated::Value(*rating), importance: Some(3), ..answer }
    };
    Story { answers: answers.iter().map(answer).collect(), ..wrote("FC-6", "") }
}

#[test]
fn beside_words_of_danger_nothing_is_asked_that_somebody_in_it_should_not_have_to_do() {
    let loaded_packs = LoadedPacks::load(&[]);
    let library = &loaded_packs.library;
    let tags = |id: &str| library.activity(id).map(|activity| activity.tags.clone()).unwrap_or_default();
    let gentle = |id: &str| tags(id).iter().any(|tag| tag == "gentle");
    let quiet = ("FC-5", 2, "We met on Monday.");
    let (strong, low) = (("DT-2", 5, "We decide together."), ("FL-5", 2, "I want to go on with this."));
    // Stated plainly, about anybody: no advice at all until the notice is put aside.
    for words in [
        "I want to end my life.",
        "My manager slapped me in the office.",
        "My husband hits me.",
        "She was slapped by the night carer.",
        "A child told me that her dad hits her.",
    ] {
        let profile = wrote_all(&[("DT-11", 2, words), quiet, strong, low]).profile(library);
        let advised = loaded_packs.advise(&profile);
        assert!(!advised.safety.is_empty(), "{words}");
        assert!(advised.shown.is_empty(), "{words}: {:?}", advised.shown);
        assert!(advised.why_nothing().is_some_and(|why| why.starts_with("Talking to someone")), "{words}");
        assert!(advised.not_shown.iter().any(|other| other.why == "talking to someone comes first now"), "{words}");
    }
    // Put aside: words that may be about the writer leave only gentle activities.
    for words in ["I want to end my life.", "My husband hits me."] {
        let profile = wrote_all(&[("DT-11", 2, words), quiet, strong, low]).profile(library);
        let aside = loaded_packs.advise_beside(Vec::new(), None, &profile);
        assert!(aside.shown.iter().all(|advice| gentle(&advice.activity)), "{words}: {:?}", aside.shown);
    }
    // Somebody exhausted gets only activities that relieve them of something.
    let worn = ("DT-11", 2, "I am exhausted and cry before every shift.");
    let advised = loaded_packs.advise(&wrote_all(&[worn, quiet, strong, low]).profile(library));
    assert_eq!(advised.shown.first().map(|advice| advice.activity.as_str()), Some("take-one-thing-off"));
    for advice in &advised.shown {
        assert!(tags(&advice.activity).iter().any(|tag| tag == "relief"), "{}", advice.activity);
    }
    // The reason quotes what was noticed, and what other rules say of low ratings is left out.
    let reasons: Vec<&str> = advised.shown.iter().flat_map(|one| &one.reasons).map(|r| r.because.as_str()).collect();
    assert!(
        reasons.iter().any(|because| because.starts_with("You wrote \u{201c}I am exhausted\u{201d}.")),
        "{reasons:?}"
    );
    let first = advised.shown.first().map(|advice| advice.reasons.len());
    assert_eq!(first, Some(1), "{reasons:?}");
    // Words about somebody else allow work elsewhere that does not teach, take a risk or confront.
    let hurt = ("FC-6", 2, "She was slapped by the night carer.");
    let advised =
        loaded_packs.advise_beside(Vec::new(), Some(99), &wrote_all(&[hurt, quiet, strong, low]).profile(library));
    assert!(advised.shown.iter().any(|advice| !gentle(&advice.activity)), "work goes on elsewhere");
    for advice in &advised.shown {
        let about = library.activity(&advice.activity).expect("known").behaviours.iter();
        let codes: Vec<&str> = about.map(|ix| library.behaviour(*ix).code.as_str()).collect();
        assert!(gentle(&advice.activity) || !codes.contains(&"FC-6"), "{}", advice.activity);
        for tag in ["strength", "risk", "trials", "conflict", "courage", "challenge", "openness"] {
            assert!(!tags(&advice.activity).iter().any(|own| own == tag), "{} is {tag}", advice.activity);
        }
    }
    // An uncertain detection is reported too and holds back advice in the same way; one key puts the notice aside.
    let unsure = ("FC-6", 5, "Went to do Mr Pattison's teeth and he put both arms up over his face when I came near");
    let advised = loaded_packs.advise(&wrote_all(&[unsure, quiet, strong, low]).profile(library));
    assert!(!advised.safety.is_empty(), "it is told");
    assert!(advised.shown.is_empty(), "{:?}", advised.shown);
}

#[test]
fn a_cry_that_did_somebody_good_is_no_exhaustion() {
    let is_worn = |text: &str| sentences(text).iter().flat_map(hears).any(|concern| concern.id == "worn-out");
    assert!(!is_worn("I drove home proud and had a little cry, and that was all right."));
    assert!(is_worn("I have cried all day and cannot stop."));
}

#[test]
fn what_is_said_of_drink_or_drugs_names_them() {
    let hears_drink = |text: &str| {
        let all: Vec<&str> = sentences(text).iter().flat_map(hears).map(|concern| concern.id.as_str()).collect();
        all.contains(&"substances")
    };
    for text in [
        "My door is always open, people know they can come to me.",
        "I can't seem to leave them alone. I'm in every morning before the night staff go.",
        "At four in the morning there's one of me and twenty-eight patients, so I just get to seven o'clock.",
        "I sit in the car for twenty minutes before I can go in.",
        "The medicines round takes us past eleven so I can't be at the huddle.",
        "We can all have the cans and bottles recycled by Friday.",
    ] {
        assert!(!hears_drink(text), "{text}");
    }
    assert!(hears_drink("I need two cans of lager before I can face the night shift."));
}

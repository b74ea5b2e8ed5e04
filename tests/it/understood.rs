//! Words are understood or left alone: sentences written for it, each tried on the rule that could misread it. The table of
//! precision and recall is printed, so that it can be read beside the bar.

#![expect(clippy::print_stdout, reason = "the table of what was heard is there to be read")]

use std::collections::BTreeMap;

use cairn_coach::desk::Shelf;
use cairn_coach::domain::{Answer, By, Day, Organisation, Person, Rated, Reflection, Story, Truth, Wording};
use cairn_coach::language::sentences;
use cairn_coach::rules::{Facts, truth};
use cairn_coach::safeguarding::hears;

const SENTENCES: &str = include_str!("../fixtures/understood.tsv");
const DANGER: &str = include_str!("../fixtures/danger.tsv");
/// Share of what was heard that was meant, in hundredths.
const PRECISE: usize = 95;
/// Share of what was meant that was heard, in hundredths.
const HEARD: usize = 80;

fn day() -> Day {
    jiff::civil::date(2026, 11, 22)
}

/// One person who wrote this about the behaviour, rated in the middle.
fn wrote(behaviour: &str, words: &str) -> Story {
    let answer = Answer {
        on: day(),
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: behaviour.to_owned(),
        rated: Rated::Value(3),
        importance: Some(2),
        reflections: vec![Reflection { prompt: "Q".to_owned(), text: words.to_owned() }],
        ..blank()
    };
    let person = Person { organisation: Organisation::Provider, ..Person::default() };
    Story { person, today: day(), answers: vec![answer], ..Story::default() }
}

fn blank() -> Answer {
    Answer {
        on: day(),
        id: String::new(),
        framework: String::new(),
        edition: String::new(),
        behaviour: String::new(),
        by: By::Myself,
        rated: Rated::Unanswered,
        importance: None,
        reflections: Vec::new(),
        evidence: String::new(),
        wording: Wording::default(),
    }
}

/// Which rule of a family is tried, and the behaviour that it looks at.
fn tried_on(family: &str) -> (&str, &'static str) {
    match family {
        "no-time" => ("no-time.FC-1", "FC-1"),
        "told-afterwards" => ("told-afterwards.DT-2", "DT-2"),
        "doing-it-all-myself" => (family, "FC-5"),
        "afraid-of-getting-it-wrong" => (family, "FL-5"),
        "pilot-after-pilot" => (family, "DT-3"),
        _ => (family, "SI-1"),
    }
}

#[test]
fn what_is_meant_is_heard_and_the_rest_is_left_alone() {
    let shelf = Shelf::load(&[]);
    let mut table: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [want, family, words] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}")
        };
        let (id, behaviour) = tried_on(family);
        let rule = shelf.rules.rules().iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("there is no {id}"));
        let profile = wrote(behaviour, words).profile(&shelf.library);
        let speaks = truth(&rule.when, &Facts::new(&shelf.library, &profile)) == Truth::Yes;
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
    let shelf = Shelf::load(&[]);
    let (mut heard, mut missed, mut falsely, mut quiet) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for line in DANGER.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (want, words) = line.split_once('\t').unwrap_or_else(|| panic!("two columns: {line}"));
        let advised = shelf.advise(&wrote("FC-6", words).profile(&shelf.library));
        let noticed = !advised.safety.is_empty();
        for notice in &advised.safety {
            assert!(!notice.contacts.is_empty() && !notice.text.contains(words), "a person to ring, and no quotation");
        }
        // No rule answers the same sentence.
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
    assert!(heard * 100 >= 95 * (heard + missed) && falsely * 100 <= 5 * (falsely + quiet));
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

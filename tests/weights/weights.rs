//! Computes the weights by which a sentence is detected as danger or as saying a topic, from sentences of invented
//! people, and tries them on sentences that were not used to compute them. A test of this crate, because its code is
//! optimised and that of the other is not.
//!
//! `CAIRN_BLESS=1 cargo test -p cairn-core --test weights` rewrites the files after a sentence is added.

#![expect(clippy::print_stdout, reason = "the table of what was heard is there to be read")]
#![expect(clippy::disallowed_methods, reason = "the files of weights are read, and written anew on request")]
#![expect(clippy::panic, reason = "a label that does not exist is a mistake in a fixture")]

mod table;

use std::collections::BTreeSet;
use std::fs;

use cairn_core::language::{Letters, SAYS, Sentence, TOPICS, Topic, Weights, letters_of, sentences, traits_of};
use cairn_core::safeguarding::{COLUMNS, FOR, KINDS, Weighed};

use table::Table;

const DANGER: &str = include_str!("../fixtures/danger.tsv");
const UNDERSTATED: &str = include_str!("../fixtures/understated.tsv");
const UNDERSTOOD: &str = include_str!("../fixtures/understood.tsv");
const ORDINARY: &str = include_str!("../fixtures/ordinary.txt");
const SAID: &str = include_str!("../fixtures/topics.tsv");
/// Returns the path of a file of `rules`.
macro_rules! rules {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/", $name)
    };
}

const OF_DANGER: [&str; 2] = [rules!("safety/weights.tsv"), rules!("safety/letters.tsv")];
const OF_TOPICS: [&str; 2] = [rules!("topics/weights.tsv"), rules!("topics/letters.tsv")];
/// Minimum shares in percent for sentences that the weights were not computed from: dangers detected, quiet sentences
/// left alone, detected dangers of the right kind. Patterns are excluded, because they were written for many of these
/// sentences.
const LEAST_HEARD: usize = 64;
const LEAST_LEFT: usize = 98;
const LEAST_RIGHT: usize = 89;
/// The same for dangers that are only hinted at, which people find hard too.
const LEAST_UNDERSTATED: usize = 34;
/// The same for topics: detected as the topic that they are, and left alone. Many of these lines are only hinted at.
const LEAST_SAID: usize = 32;
const LEAST_UNSAID: usize = 92;
/// Minimum share of sentences about other things left alone by every topic, in thousandths. Rules ask for one topic, and
/// only where a rating is low.
const LEAST_OFF_TOPIC: usize = 905;
/// Minimum share of sentences without danger left alone, in thousandths. Those that say a topic are among them.
const LEAST_ORDINARY: usize = 986;
/// Number of parts of the sentences; each is tried with weights computed from the others.
const PARTS: usize = 5;
const FEWER_PARTS: usize = 3;

/// Topics that danger can be told in the words of: "I cannot go on" is near to both. What says them teaches nothing about
/// danger.
const NEAR_DANGER: [&str; 3] = ["worn-out", "fear", "conflict"];

/// A line of a file: `quiet` or what it says, and the words.
type Line<'a> = (&'a str, &'a str);

/// An example: what it says as an index into the classes, `None` if it is quiet, its traits and its letters.
struct Example {
    class: Option<usize>,
    traits: BTreeSet<String>,
    letters: BTreeSet<Letters>,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// What is learned: which classes there are, and how the columns of the files tell them apart.
#[derive(Clone, Copy)]
enum Subject {
    /// The first column says whether a sentence means danger. The others say by words which danger it is.
    Danger,
    /// Each column says whether a sentence says that topic.
    Topics,
}

impl Subject {
    fn classes(self) -> Vec<&'static str> {
        match self {
            Self::Danger => KINDS.to_vec(),
            Self::Topics => Topic::all().map(Topic::id).collect(),
        }
    }

    /// A line that says something is one example, because only one of its sentences may say it; every sentence of a
    /// quiet line is one.
    fn examples<'a>(self, lines: impl Iterator<Item = Line<'a>>) -> Vec<Example> {
        let classes = self.classes();
        let of = |(label, text): Line<'_>| {
            let read = sentences(text);
            let example = |class, read: &[Sentence<'_>]| Example {
                class,
                traits: read.iter().flat_map(traits_of).collect(),
                letters: read.iter().flat_map(letters_of).collect(),
            };
            match classes.iter().position(|class| *class == label) {
                None if label != "quiet" => panic!("there is no class {label}"),
                None => read.chunks(1).map(|one| example(None, one)).collect(),
                class => vec![example(class, &read)],
            }
        };
        lines.flat_map(of).collect()
    }

    fn about(self) -> (String, &'static str) {
        let classes = self.classes().join(", ");
        match self {
            Self::Danger => (
                format!("danger, and for being {classes}"),
                "danger.tsv, understated.tsv, understood.tsv, topics.tsv and ordinary.txt",
            ),
            Self::Topics => (
                format!("saying {classes}"),
                "topics.tsv, understood.tsv, ordinary.txt and the quiet lines of danger.tsv and understated.tsv",
            ),
        }
    }
}

/// Sentences with strong words, sentences about most topics and sentences from texts about leadership; none of them means
/// danger.
fn not_dangerous() -> impl Iterator<Item = Line<'static>> {
    let strong = lines(UNDERSTOOD).filter_map(|(_, rest)| rest.split_once('\t')).map(|(_, words)| words);
    let said = lines(SAID).filter(|(topic, _)| !NEAR_DANGER.contains(topic)).map(|(_, words)| words);
    strong.chain(said).chain(ordinary()).map(|words| ("quiet", words))
}

fn ordinary() -> impl Iterator<Item = &'static str> {
    ORDINARY.lines().filter(|line| !line.starts_with('#'))
}

/// Sentences that were written for single rules, with the topic that the rule is about. What speaks for a rule without a
/// topic is left out: it may say one as well.
fn of_rules() -> impl Iterator<Item = Line<'static>> {
    lines(UNDERSTOOD).filter_map(|(want, rest)| {
        let (rule, words) = rest.split_once('\t')?;
        let topic = match rule {
            _ if want == "quiet" => "quiet",
            "running-on-empty" => "worn-out",
            "no-time" => "no-time",
            "doing-it-all-myself" => "does-it-all",
            "afraid-of-getting-it-wrong" => "fear",
            "hard-to-say" => "avoids-talk",
            "not-speaking" => "conflict",
            "told-afterwards" => "no-voice",
            "nobody-says-how-i-do" => "no-feedback",
            "new-here" => "new-in-role",
            "putting-it-off" => "putting-off",
            "pilot-after-pilot" => "pilots",
            _ => return None,
        };
        Some((topic, words))
    })
}

/// Sentences that say no topic.
fn off_topic() -> impl Iterator<Item = Line<'static>> {
    let quiet = lines(DANGER).chain(lines(UNDERSTATED)).filter(|(label, _)| *label == "quiet");
    quiet.chain(ordinary().map(|words| ("quiet", words)))
}

/// Compares the files with what the lines make, or writes them.
fn are_made_from<'a>(subject: Subject, files: [&str; 2], lines: impl Iterator<Item = Line<'a>>) {
    let examples = subject.examples(lines);
    for (file, made) in files.into_iter().zip(Table::of(&examples).files(subject)) {
        if std::env::var_os("CAIRN_BLESS").is_some() {
            fs::write(file, &made).expect("it can be written");
        }
        let kept = fs::read_to_string(file).expect("it is there");
        let first = made.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
        assert!(made == kept, "{file} is not what the sentences make: {first:?}; CAIRN_BLESS=1 makes it again");
    }
}

#[test]
fn the_weights_of_danger_are_made_from_the_sentences() {
    are_made_from(Subject::Danger, OF_DANGER, lines(DANGER).chain(lines(UNDERSTATED)).chain(not_dangerous()));
}

#[test]
fn the_weights_of_topics_are_made_from_the_sentences() {
    are_made_from(Subject::Topics, OF_TOPICS, lines(SAID).chain(of_rules()).chain(off_topic()));
}

/// Results for lines that the weights were not computed from.
#[derive(Default)]
struct Fared {
    heard: usize,
    dangers: usize,
    /// Detected as what they are.
    right: usize,
    left: usize,
    quiet: usize,
}

/// Tries each part of some lines with weights computed from the other parts and from `always`. Neighbouring lines were
/// often written by one person, so a part is a run of lines. `heard` returns what a sentence says, with its weight.
fn tried<'a, const COLUMNS: usize>(
    subject: Subject,
    all: &[Line<'a>],
    parts: usize,
    always: &[Line<'a>],
    heard: impl Fn([f64; COLUMNS]) -> Option<(&'static str, f64)>,
) -> Fared {
    let mut fared = Fared::default();
    for part in 0..parts {
        let tried = part * all.len() / parts..(part + 1) * all.len() / parts;
        let others = all.iter().enumerate().filter(|(at, _)| !tried.contains(at)).map(|(_, line)| *line);
        let examples = subject.examples(others.chain(always.iter().copied()));
        let [words, letters] = Table::of(&examples).files(subject);
        let weights: Weights<'_, COLUMNS> = Weights::read(&words, &letters).expect("they can be read");
        for (label, words) in all.get(tried).into_iter().flatten() {
            let said = sentences(words).iter().filter_map(|read| heard(weights.weigh(read))).collect::<Vec<_>>();
            let most = said.iter().max_by(|(_, one), (_, other)| one.total_cmp(other));
            if *label == "quiet" {
                (fared.left, fared.quiet) = (fared.left + usize::from(most.is_none()), fared.quiet + 1);
            } else {
                (fared.heard, fared.dangers) = (fared.heard + usize::from(most.is_some()), fared.dangers + 1);
                fared.right += usize::from(most.is_some_and(|(what, _)| what == label));
            }
        }
    }
    let Fared { heard, dangers, right, left, quiet } = &fared;
    println!(
        "never seen, by weights alone: {heard} of {dangers} heard, {right} of them as what they are; {left} of {quiet} left alone"
    );
    fared
}

/// Returns the danger that a sentence means, by its weights alone.
fn dangerous(columns: [f64; COLUMNS]) -> Option<(&'static str, f64)> {
    let weighed = Weighed::from(columns);
    (weighed.danger > FOR).then_some((*weighed.concerns.first()?, weighed.danger))
}

/// Returns the topic that a sentence says most.
fn said(columns: [f64; TOPICS]) -> Option<(&'static str, f64)> {
    let all = Topic::all().map(Topic::id).zip(columns);
    all.filter(|(_, weight)| *weight > SAYS).max_by(|(_, one), (_, other)| one.total_cmp(other))
}

#[test]
fn dangers_that_were_never_seen_are_heard_and_the_rest_left_alone() {
    let (plain, understated): (Vec<_>, Vec<_>) = (lines(DANGER).collect(), lines(UNDERSTATED).collect());
    let quiet: Vec<_> = not_dangerous().collect();
    let try_on =
        |all: &[Line<'static>], parts, always: &[Line<'static>]| tried(Subject::Danger, all, parts, always, dangerous);
    let fared = try_on(&plain, PARTS, &[understated.as_slice(), &quiet].concat());
    assert!(fared.heard * 100 >= fared.dangers * LEAST_HEARD, "{} of {} heard", fared.heard, fared.dangers);
    assert!(fared.left * 100 >= fared.quiet * LEAST_LEFT, "{} of {} left alone", fared.left, fared.quiet);
    assert!(fared.right * 100 >= fared.heard * LEAST_RIGHT, "{} of {} as what they are", fared.right, fared.heard);
    let fared = try_on(&understated, FEWER_PARTS, &[plain.as_slice(), &quiet].concat());
    assert!(fared.heard * 100 >= fared.dangers * LEAST_UNDERSTATED, "{} of {} heard", fared.heard, fared.dangers);
    let fared = try_on(&quiet, FEWER_PARTS, &[plain.as_slice(), &understated].concat());
    assert!(fared.left * 1000 >= fared.quiet * LEAST_ORDINARY, "{} of {} left alone", fared.left, fared.quiet);
}

#[test]
fn topics_that_were_never_seen_are_heard_and_the_rest_left_alone() {
    let (topics, others): (Vec<_>, Vec<_>) = (lines(SAID).collect(), off_topic().collect());
    let of_rules: Vec<_> = of_rules().collect();
    let fared = tried(Subject::Topics, &topics, PARTS, &[of_rules.as_slice(), &others].concat(), said);
    assert!(fared.right * 100 >= fared.dangers * LEAST_SAID, "{} of {} heard", fared.right, fared.dangers);
    assert!(fared.left * 100 >= fared.quiet * LEAST_UNSAID, "{} of {} left alone", fared.left, fared.quiet);
    let fared = tried(Subject::Topics, &others, FEWER_PARTS, &[of_rules.as_slice(), &topics].concat(), said);
    assert!(fared.left * 1000 >= fared.quiet * LEAST_OFF_TOPIC, "{} of {} left alone", fared.left, fared.quiet);
}

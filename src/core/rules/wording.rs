//! Conditions in words: what a leaf asks for, what it saw, and the name of a fact's value.

use super::cond::Leaf;
use super::fact::{Fact, InPlan, Phrases, Test};
use super::facts::{Facts, Sought};
use crate::domain::{BehaviourIx, By, NonAnswer, Organisation, Scale, count, join_and, truncate};
use crate::language::Phrase;

/// Maximum length of a note on what was learned, in characters.
const LONGEST_NOTE: usize = 120;

fn code(ix: BehaviourIx, facts: &Facts<'_>) -> String {
    facts.library.behaviour(ix).code.clone()
}

/// Describes what a leaf asks for, in the author's terms.
pub(super) fn needed(leaf: &Leaf, facts: &Facts<'_>) -> String {
    let code = |ix: &BehaviourIx| code(*ix, facts);
    match &leaf.test {
        Test::Compare(left, operator, right) => {
            format!("{} {} {}", fact_words(left, facts), operator.words(), fact_words(right, facts))
        }
        Test::Answered(By::Coach, ix) => format!("{} has a rating by the coach", code(ix)),
        Test::Answered(By::Other, ix) => format!("{} has a rating by another person", code(ix)),
        Test::Answered(By::Myself, ix) => format!("{} has a rating", code(ix)),
        Test::ImportanceStated(ix) => format!("there is an importance for {}", code(ix)),
        Test::Chose(ix, kind) => format!("the answer to {} was {}", code(ix), kind.title()),
        Test::Lowest(ix) => format!("{} is among the lowest ratings", code(ix)),
        Test::Highest(ix) => format!("{} is among the highest ratings", code(ix)),
        Test::Applies(ix) => format!("{} is for this kind of organisation", code(ix)),
        Test::Mentions(ix, phrases) => {
            let about = ix.as_ref().map_or_else(|| "any answer".to_owned(), code);
            format!("words about {about} use {}", any_of(phrases))
        }
        Test::Heard(concern) => format!("words are a sign of {concern}"),
        Test::Done(id) => format!("the activity {id} was done"),
        Test::Planned(id) => format!("the activity {id} is open in the plan"),
        Test::SetAside(id) => format!("the activity {id} was declined"),
        Test::Learned(id) => format!("something was learned from the activity {id}"),
        Test::Helped(id) => format!("the activity {id} turned out as hoped"),
        Test::LearnedMentions(from, phrases) => {
            let from = from.as_ref().map_or_else(|| "any action".to_owned(), |id| format!("the activity {id}"));
            format!("what was learned from {from} uses {}", any_of(phrases))
        }
        Test::Tagged(tag) => format!("an activity tagged {tag} was done"),
        Test::Organisation(kind) => format!("the organisation is a {}", kind.id()),
        Test::AtLevel(id) => format!("the level is {id}"),
    }
}

fn any_of(phrases: &Phrases) -> String {
    let (topics, plain): (Vec<&Phrase>, Vec<&Phrase>) = phrases.list.iter().partition(|one| one.topic().is_some());
    let mut shown: Vec<String> =
        plain.iter().take(4).map(|phrase| format!("\u{201c}{}\u{201d}", phrase.text)).collect();
    let more = plain.len().saturating_sub(shown.len());
    shown.extend((more > 0).then(|| format!("{more} more")));
    shown.extend(
        topics.iter().filter_map(|one| one.topic()).map(|topic| format!("say in other words that {}", topic.says())),
    );
    shown.join(" or ")
}

/// Describes a fact, in the author's terms.
pub(super) fn fact_words(fact: &Fact, facts: &Facts<'_>) -> String {
    let code = |ix: &BehaviourIx| code(*ix, facts);
    let list = |list: &[BehaviourIx]| {
        let shown: Vec<String> = list.iter().take(3).map(code).collect();
        if list.len() > 3 { format!("{} and {} more", shown.join(", "), list.len() - 3) } else { join_and(&shown) }
    };
    match fact {
        Fact::Constant(value) => format!("{}", value.0),
        Fact::Rating(By::Coach, ix) => format!("the coach's rating of {}", code(ix)),
        Fact::Rating(By::Other, ix) => format!("another person's rating of {}", code(ix)),
        Fact::Rating(By::Myself, ix) => format!("rating of {}", code(ix)),
        Fact::Importance(ix) => format!("importance of {}", code(ix)),
        Fact::Target(ix) => format!("target for {}", code(ix)),
        Fact::Gap(ix) => format!("target for {} minus your own rating", code(ix)),
        Fact::CoachGap(ix) => format!("your own rating of {} minus the coach's", code(ix)),
        Fact::Trend(ix, n) => format!("change of {} over {n} ratings", code(ix)),
        Fact::TimesRated(ix) => format!("days on which {} was rated", code(ix)),
        Fact::Words(ix) => format!("words written about {}", code(ix)),
        Fact::DaysSince(ix) => format!("days since {} was answered", code(ix)),
        Fact::Average(of) => format!("average rating of {}", list(of)),
        Fact::Spread(of) => format!("spread of the ratings of {}", list(of)),
        Fact::Total(of) => format!("sum of the ratings of {}", list(of)),
        Fact::Minimum(of) => format!("lowest rating among {}", list(of)),
        Fact::Maximum(of) => format!("highest rating among {}", list(of)),
        Fact::RatedCount(of) => format!("ratings given among {}", list(of)),
        Fact::NonAnswers(of, kind) => {
            let kind = kind.map_or("any non-answer", NonAnswer::title);
            format!("times {kind} was chosen among {}", list(of))
        }
        Fact::Level => "level".to_owned(),
        Fact::Sessions => "sessions so far".to_owned(),
        Fact::TimesDone(id) => format!("times the activity {id} was done"),
        Fact::TimesSetAside(id) => format!("times the activity {id} was declined"),
        Fact::SessionsSince(id) => format!("sessions since the activity {id} was done"),
        Fact::Actions(InPlan::Open) => "open actions in the plan".to_owned(),
        Fact::Actions(InPlan::Overdue) => "overdue actions in the plan".to_owned(),
        Fact::Actions(InPlan::Done) => "actions done".to_owned(),
        Fact::Calc(left, sign, right) => {
            format!("({} {} {})", fact_words(left, facts), sign.sign(), fact_words(right, facts))
        }
    }
}

/// Describes what a leaf saw.
pub(super) fn saw(leaf: &Leaf, facts: &Facts<'_>) -> String {
    let given = |id: &str| facts.profile.given(id).cloned().unwrap_or_default();
    match &leaf.test {
        Test::Compare(left, _, right) => {
            let sides: Vec<String> = [left, right]
                .into_iter()
                .filter(|fact| fact.as_constant().is_none())
                .map(|fact| value_words(fact, facts))
                .collect();
            sides.join(", ")
        }
        Test::Answered(by, ix) => facts.rated_words(*by, *ix),
        Test::Chose(ix, _) | Test::Lowest(ix) | Test::Highest(ix) => facts.rated_words(By::Myself, *ix),
        Test::ImportanceStated(ix) => value_words(&Fact::Importance(*ix), facts),
        Test::Applies(ix) => {
            let own = facts.organisation().map_or("not stated", Organisation::id);
            format!("{own}, but it is for {}", facts.library.behaviour(*ix).applies_to.id())
        }
        Test::Mentions(ix, phrases) => match facts.mention(*ix, phrases) {
            Sought::Nowhere => "nothing was written".to_owned(),
            Sought::Absent => "other words".to_owned(),
            Sought::Dismissed(quote, why) => format!("heard \u{201c}{}\u{201d}, but {why}", quote.text),
            Sought::Found(quote) => format!("\u{201c}{}\u{201d}", quote.text),
        },
        Test::Heard(concern) => if facts.heard(concern) { "noticed" } else { "not noticed" }.to_owned(),
        Test::Done(id) => times(given(id).done),
        Test::Planned(id) => if given(id).open { "in the plan" } else { "not in the plan" }.to_owned(),
        Test::SetAside(id) => times(given(id).set_aside),
        Test::Learned(id) => {
            given(id).learned.last().map_or("nothing noted".to_owned(), |note| truncate(note, LONGEST_NOTE))
        }
        Test::Helped(id) => match (given(id).came_out, given(id).done) {
            (Some((_, came_out)), _) => came_out.title().to_owned(),
            (None, 0) => "not done".to_owned(),
            (None, _) => "not answered".to_owned(),
        },
        Test::LearnedMentions(from, phrases) => match facts.learned(from.as_deref(), phrases) {
            Sought::Nowhere => "nothing noted".to_owned(),
            Sought::Absent => "other words".to_owned(),
            Sought::Dismissed(note, why) => format!("\u{201c}{}\u{201d}, but {why}", truncate(note, LONGEST_NOTE)),
            Sought::Found(note) => format!("\u{201c}{}\u{201d}", truncate(note, LONGEST_NOTE)),
        },
        Test::Tagged(tag) => if facts.tagged(tag) { "done" } else { "none done" }.to_owned(),
        Test::Organisation(_) => facts.organisation().map_or("not stated", Organisation::id).to_owned(),
        Test::AtLevel(_) => facts.profile.person.level.clone().unwrap_or_else(|| "not stated".to_owned()),
    }
}

fn times(n: usize) -> String {
    match n {
        0 => "never".to_owned(),
        n => count(n, "time", "times"),
    }
}

/// Describes the value of a fact for the person.
pub(super) fn value_words(fact: &Fact, facts: &Facts<'_>) -> String {
    if let Fact::Rating(by, ix) = fact {
        return facts.rated_words(*by, *ix);
    }
    let Some(value) = facts.value(fact) else { return unknown_words(fact).to_owned() };
    match fact {
        Fact::Importance(ix) => labelled(value, &facts.library.framework_of(*ix).importance),
        Fact::Target(ix) => labelled(value, facts.scale(*ix)),
        Fact::Trend(..) | Fact::Gap(_) | Fact::CoachGap(_) => format!("{value:+}"),
        Fact::Average(of) => format!("{value:.1} ({} rated)", rated_among(of, facts)),
        Fact::Calc(..) => format!("{}", (value * 100.0).round() / 100.0),
        _ => format!("{value}"),
    }
}

/// Explains why a fact has no value.
fn unknown_words(fact: &Fact) -> &'static str {
    match fact {
        Fact::Target(_) => "there is no target for this level",
        Fact::Level => "not stated",
        Fact::SessionsSince(_) => "never done",
        Fact::Total(_) => "some of them are not answered",
        _ => "not answered",
    }
}

fn labelled(value: f64, scale: &Scale) -> String {
    let label = scale.points.iter().find(|point| near(point.value, value)).map(|point| point.label.as_str());
    label.map_or_else(|| format!("{value}"), |label| format!("{value} ({label})"))
}

#[expect(clippy::cast_precision_loss, reason = "points of a scale are small whole numbers")]
fn near(point: i64, value: f64) -> bool {
    (point as f64 - value).abs() < 1e-9
}

fn rated_among(of: &[BehaviourIx], facts: &Facts<'_>) -> usize {
    of.iter().filter(|ix| facts.profile.of(**ix).is_some_and(|standing| standing.rated.value().is_some())).count()
}

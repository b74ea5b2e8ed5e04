//! Turns rules that fired into what a person is shown: one card per activity with all its reasons, ranked by a total
//! order, varied at the top, and a list of everything that was left out with the reason. This is one pass; no rule
//! depends on the outcome of another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cond::{Cond, Leaf};
use super::declare::Rule;
use super::evaluate::{supposing, test};
use super::explain::{explained, leaves_seen, looked_at};
use super::fact::Test;
use super::facts::Facts;
use super::load::RuleSet;
use super::spare::waits;
use crate::domain::{
    Activity, Advice, Advised, BehaviourIx, Cited, DayStyle, Library, Meant, NearMiss, NotShown, Profile, Reason,
    SafetyNotice, Truth, Unmet, count,
};

/// Default maximum number of cards shown.
pub const MOST_SHOWN: usize = 5;
/// Number of cards at the top that must differ in topic.
const VARIED: usize = 3;
/// Maximum number of activities that one rule suggests at a time.
const MOST_PER_RULE: usize = 2;
/// Points that each further rule adds to a card's score; at most [`MOST_FURTHER`] in total.
const FURTHER: i64 = 5;
const MOST_FURTHER: i64 = 10;
/// Tag of activities in which the person teaches something they do well.
const TEACHES: &str = "strength";
/// Maximum number of near misses reported.
const MOST_NEAR: usize = 5;

/// A card while it is built.
struct Card<'a> {
    activity: &'a Activity,
    /// Rules that suggest the activity; put into words only for cards that are shown.
    rules: Vec<&'a Rule>,
    topic: String,
    /// Urgency, larger is more urgent: importance, then distance from the top of the scale.
    need: (i64, i64),
    /// Layer of the strongest rule.
    layer: usize,
    /// Index in the strongest rule's list.
    place: usize,
}

/// Evaluates every rule for one person and returns at most five cards, about as many as a person can take in.
#[must_use]
pub fn advise(set: &RuleSet, library: &Library, profile: &Profile) -> Advised {
    advise_beside(&[], MOST_SHOWN, set, library, profile)
}

/// Evaluates every rule for one person and returns at most `most` cards. Safety notices in `standing`, which are still
/// open, withhold activities.
#[must_use]
pub fn advise_beside(
    standing: &[SafetyNotice],
    most: usize,
    set: &RuleSet,
    library: &Library,
    profile: &Profile,
) -> Advised {
    let facts = Facts::new(library, profile);
    let mut advised = Advised::default();
    let mut cards: BTreeMap<&str, Card<'_>> = BTreeMap::new();
    let outcomes = set.truths(&facts);
    for (rule, outcome) in set.rules().iter().zip(&outcomes) {
        if *outcome != Truth::Yes {
            continue;
        }
        match &rule.off {
            None => put_forward((rule, standing), &facts, &mut cards, &mut advised.not_shown),
            Some(why) => held_back((rule, standing), why, &facts, &mut advised.not_shown),
        }
    }
    advised.near = near_misses(set, &outcomes, &facts);
    advised.unmet = if standing.is_empty() { unmet(set, &outcomes, &facts) } else { Vec::new() };
    let mut cards: Vec<Card<'_>> = cards.into_values().collect();
    let is_spent = facts.signs().any(|(_, sign)| !sign.is_danger);
    for card in &mut cards {
        if is_spent && card.rules.iter().any(|rule| answers_a_sign(rule)) {
            // What a rule says of a low rating would turn relief into a task.
            card.rules.retain(|rule| answers_a_sign(rule));
        }
        card.rules.sort_by(|a, b| b.priority.cmp(&a.priority).then_with(|| a.id.cmp(&b.id)));
    }
    cards.sort_by(|a, b| order(a).cmp(&order(b)));
    let (shown, cut) = varied(cards, most);
    for card in cut {
        let why = "other ideas fit your answers better".to_owned();
        let known = advised.not_shown.iter().any(|other| other.activity == card.activity.id);
        if !known {
            advised.not_shown.push(not_shown(card.activity, why));
        }
    }
    let on_show: Vec<String> = shown.iter().map(|card| card.activity.id.clone()).collect();
    advised.not_shown.retain(|other| !on_show.contains(&other.activity));
    advised.shown = shown.into_iter().map(|card| finished(&card, &facts)).collect();
    advised
}

fn not_shown(activity: &Activity, why: String) -> NotShown {
    NotShown { activity: activity.id.clone(), title: activity.title.clone(), why }
}

/// Records what a disabled rule would have suggested.
fn held_back((rule, standing): (&Rule, &[SafetyNotice]), why: &str, facts: &Facts<'_>, cut: &mut Vec<NotShown>) {
    let fitting = rule.suggest.iter().filter_map(|id| facts.library.activity(id));
    let fitting = fitting.filter(|activity| is_offered(activity, facts));
    for activity in fitting.filter(|activity| fits(activity, rule, facts, standing).is_ok()).take(MOST_PER_RULE) {
        if !cut.iter().any(|other| other.activity == activity.id) {
            cut.push(not_shown(activity, format!("{}: this rule is {why}", rule.title)));
        }
    }
}

/// Adds to the cards the first few activities of a rule that are suitable for the person now.
fn put_forward<'a>(
    (rule, standing): (&'a Rule, &[SafetyNotice]),
    facts: &Facts<'a>,
    cards: &mut BTreeMap<&'a str, Card<'a>>,
    cut: &mut Vec<NotShown>,
) {
    let library: &'a Library = facts.library;
    let mut room = MOST_PER_RULE;
    let need = need(rule, facts);
    for (place, activity) in rule.suggest.iter().filter_map(|id| library.activity(id)).enumerate() {
        let mut refuse = |why: String| {
            if !cut.iter().any(|other| other.activity == activity.id) {
                cut.push(not_shown(activity, why));
            }
        };
        if facts.library.is_for_other_people(activity, &facts.profile.person) || !is_offered(activity, facts) {
            continue;
        }
        if let Err(why) = fits(activity, rule, facts, standing) {
            refuse(why);
            continue;
        }
        if room == 0 {
            refuse(format!(
                "{}: we only show {} for each reason",
                rule.title,
                count(MOST_PER_RULE, "activity", "activities")
            ));
            continue;
        }
        room -= 1;
        let card = cards.entry(&activity.id).or_insert_with(|| Card {
            activity,
            rules: Vec::new(),
            topic: rule.topic.clone(),
            need,
            layer: rule.layer,
            place,
        });
        let strongest = card.rules.iter().map(|other| other.priority).max();
        if strongest.is_none_or(|priority| rule.priority > priority) {
            (card.topic, card.layer, card.place) = (rule.topic.clone(), rule.layer, place);
        }
        card.need = card.need.max(need);
        card.rules.push(rule);
    }
}

/// Returns whether an activity develops a behaviour that is meant for the person's level, or one that they answered.
fn is_offered(activity: &Activity, facts: &Facts<'_>) -> bool {
    let level = facts.profile.person.level.as_deref();
    let is_one = |ix: &BehaviourIx| facts.profile.of(*ix).is_some() || facts.library.meant(*ix, level) != Meant::No;
    activity.behaviours.is_empty() || activity.behaviours.iter().any(is_one)
}

/// Checks whether an activity can be suggested to this person now; an error is the reason why not.
fn fits(activity: &Activity, rule: &Rule, facts: &Facts<'_>, standing: &[SafetyNotice]) -> Result<(), String> {
    facts.library.fits(activity, &facts.profile.person)?;
    let looked = looked_at(rule, facts).into_iter().map(|(ix, _)| ix);
    let about: Vec<BehaviourIx> = looked.chain(activity.behaviours.iter().copied()).collect();
    waits(activity, &about, facts, standing)?;
    let teaches = activity.tags.iter().any(|tag| tag == TEACHES);
    if teaches && activity.behaviours.iter().any(|ix| facts.is_beginner(*ix)) {
        return Err("it is about something that you are still learning".to_owned());
    }
    let Some(given) = facts.profile.given(&activity.id) else { return Ok(()) };
    if given.open {
        return Err("it is already in your plan".to_owned());
    }
    let today = facts.profile.today;
    let past = [(given.declined, "you declined it"), (given.done_on, "you did it")];
    for (day, what) in past.into_iter().filter_map(|(day, what)| Some((day?, what))) {
        let since = facts.profile.sessions_after(day);
        if since < rule.cooldown {
            let left = count(rule.cooldown - since, "more session", "more sessions");
            // The decision log has this sentence, so it does not depend on how a person wants days written.
            let day = DayStyle::Short.brief(day, today);
            return Err(format!("{what} on {day}, and it may come back after {left}"));
        }
    }
    Ok(())
}

/// Returns the urgency: the highest importance, and the largest distance from the top of the scale, among the answers
/// looked at.
fn need(rule: &Rule, facts: &Facts<'_>) -> (i64, i64) {
    let mut need = (0, 0);
    for (ix, _) in looked_at(rule, facts) {
        let Some(standing) = facts.profile.of(ix) else { continue };
        need.0 = need.0.max(standing.importance.unwrap_or(0));
        need.1 = need.1.max(standing.rated.value().map_or(0, |value| facts.scale(ix).highest() - value));
    }
    need
}

fn score(card: &Card<'_>) -> i64 {
    let strongest = card.rules.iter().map(|rule| rule.priority).max().unwrap_or(0);
    let further = i64::try_from(card.rules.len().saturating_sub(1)).unwrap_or(i64::MAX);
    strongest + further.saturating_mul(FURTHER).min(MOST_FURTHER)
}

/// Returns the sort key, a total order: score, need, layer, strongest rule, index in its list, id. Ids are unique, so
/// there are no ties.
#[expect(clippy::type_complexity, reason = "a sort key read once")]
fn order<'a>(card: &'a Card<'_>) -> (Reverse<i64>, Reverse<(i64, i64)>, Reverse<usize>, &'a str, usize, &'a str) {
    let rule = card.rules.first().map_or("", |rule| rule.id.as_str());
    (Reverse(score(card)), Reverse(card.need), Reverse(card.layer), rule, card.place, &card.activity.id)
}

/// Splits the cards into those shown and the rest. Among the first [`VARIED`], no topic is repeated while a card with
/// another topic is available.
fn varied(cards: Vec<Card<'_>>, most: usize) -> (Vec<Card<'_>>, Vec<Card<'_>>) {
    let mut waiting: Vec<Card<'_>> = cards;
    let mut shown: Vec<Card<'_>> = Vec::new();
    while shown.len() < most && !waiting.is_empty() {
        let fresh = |card: &Card<'_>| !shown.iter().any(|other| other.topic == card.topic);
        let at = if shown.len() < VARIED { waiting.iter().position(fresh).unwrap_or(0) } else { 0 };
        shown.push(waiting.remove(at));
    }
    (shown, waiting)
}

fn finished(card: &Card<'_>, facts: &Facts<'_>) -> Advice {
    let explained: Vec<(Reason, Vec<Cited>)> = card.rules.iter().map(|rule| explained(rule, facts)).collect();
    let mut answers: Vec<Cited> = explained.iter().flat_map(|(_, cited)| cited.clone()).collect();
    answers.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.cmp(b)));
    answers.dedup();
    Advice {
        activity: card.activity.id.clone(),
        title: card.activity.title.clone(),
        kind: card.activity.kind,
        score: score(card),
        reasons: explained.into_iter().map(|(reason, _)| reason).collect(),
        answers,
    }
}

/// Returns whether a rule applies because a concern was heard.
fn answers_a_sign(rule: &Rule) -> bool {
    let mut answers = false;
    rule.when.leaves(&mut |leaf, negated| answers |= !negated && matches!(leaf.test, Test::Heard(_)));
    answers
}

/// Returns the behaviours that are rated low and given the highest importance, and that no rule looked at when it fired. Nothing is
/// returned while signs of exhaustion or danger come first.
fn unmet(set: &RuleSet, outcomes: &[Truth], facts: &Facts<'_>) -> Vec<Unmet> {
    if facts.signs().next().is_some() {
        return Vec::new();
    }
    let fired = set.rules().iter().zip(outcomes).filter(|(rule, outcome)| **outcome == Truth::Yes && rule.is_on());
    let met: BTreeSet<BehaviourIx> =
        fired.flat_map(|(rule, _)| looked_at(rule, facts).into_iter().map(|(ix, _)| ix)).collect();
    facts
        .library
        .indices()
        .filter(|ix| facts.is_beginner(*ix) && !met.contains(ix))
        .filter_map(|ix| {
            let most = facts.library.framework_of(ix).importance.highest();
            let standing = facts.profile.of(ix).filter(|standing| standing.importance == Some(most))?;
            let behaviour = facts.library.behaviour(ix);
            let rating = standing.words(facts.scale(ix));
            Some(Unmet { code: behaviour.code.clone(), title: behaviour.title.clone(), rating })
        })
        .collect()
}

/// Returns the rules that did not fire because a single number was off by at most one point, on topics for which no
/// rule fired.
fn near_misses(set: &RuleSet, outcomes: &[Truth], facts: &Facts<'_>) -> Vec<NearMiss> {
    let spoken: BTreeSet<&str> = set
        .rules()
        .iter()
        .zip(outcomes)
        .filter(|(rule, outcome)| **outcome == Truth::Yes && rule.is_on())
        .map(|(rule, _)| rule.topic.as_str())
        .collect();
    let mut near: Vec<(i64, NearMiss)> = Vec::new();
    for (rule, outcome) in set.rules().iter().zip(outcomes) {
        if *outcome != Truth::No || !rule.is_on() || spoken.contains(rule.topic.as_str()) {
            continue;
        }
        if let Some(at) = one_short(&rule.when, facts)
            && let Some(missing) = leaves_seen(&rule.when, facts).into_iter().nth(at)
        {
            near.push((rule.priority, NearMiss { rule: rule.id.clone(), title: rule.title.clone(), missing }));
        }
    }
    near.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.rule.cmp(&y.rule)));
    near.into_iter().map(|(_, miss)| miss).take(MOST_NEAR).collect()
}

/// Returns whether the two sides of a comparison differ by one point or less.
fn by_a_point(leaf: &Leaf, facts: &Facts<'_>) -> bool {
    let Test::Compare(left, _, right) = &leaf.test else { return false };
    matches!((facts.value(left), facts.value(right)), (Some(left), Some(right)) if (left - right).abs() <= 1.0)
}

/// Returns the number (from 0) of the leaf whose change alone would make a condition hold, if it already holds in part.
fn one_short(cond: &Cond, facts: &Facts<'_>) -> Option<usize> {
    let mut truths = Vec::new();
    cond.leaves(&mut |leaf, negated| truths.push((test(leaf, facts), negated, by_a_point(leaf, facts))));
    let held = truths.iter().any(|(truth, negated, _)| *truth == if *negated { Truth::No } else { Truth::Yes });
    if !held {
        return None;
    }
    truths.iter().enumerate().filter(|(_, (_, _, close))| *close).find_map(|(at, (truth, _, _))| {
        let other = match truth {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => return None,
        };
        (supposing(cond, facts, Some((at, other))) == Truth::Yes).then_some(at)
    })
}

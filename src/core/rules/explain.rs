//! Explanations of why a rule fired or did not, built from its conditions and the values that they saw, together with
//! the smallest change that would stop it from firing.

use super::cond::{Cond, Leaf};
use super::declare::Rule;
use super::evaluate::{supposing, test, truth};
use super::fact::{Fact, Operator, Test};
use super::facts::Facts;
use super::wording::{needed, saw, value_words};
use crate::domain::{BehaviourIx, By, Cited, LeafSeen, Reason, Truth, short_day};

/// Returns every leaf of a condition, in the order written, with what it needed and what it saw.
#[must_use]
pub fn leaves_seen(cond: &Cond, facts: &Facts<'_>) -> Vec<LeafSeen> {
    let mut seen = Vec::new();
    cond.leaves(&mut |leaf, negated| {
        seen.push(LeafSeen {
            needed: needed(leaf, facts),
            seen: saw(leaf, facts),
            truth: test(leaf, facts),
            negated,
            at: leaf.at.to_string(),
        });
    });
    seen
}

/// Returns the reason given by a rule that fired, and the answers behind it.
#[must_use]
pub fn explained(rule: &Rule, facts: &Facts<'_>) -> (Reason, Vec<Cited>) {
    let reason = Reason {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        pack: rule.pack.clone(),
        because: because(rule, facts),
        at: format!("{}:{}", rule.at.file, rule.at.line),
        priority: rule.priority,
        changes: rule.changes.iter().map(|change| change.words.clone()).collect(),
        leaves: leaves_seen(&rule.when, facts),
        would_change: would_change(rule, facts),
    };
    (reason, cited(rule, facts))
}

/// Calls `see` for every leaf that supports a condition, in the order written. Of an `or`, only the parts that hold are
/// visited, so that a reason never mentions a branch that did not hold. If no part holds, all are visited.
fn holding<'a>(cond: &'a Cond, facts: &Facts<'_>, see: &mut impl FnMut(&'a Leaf)) {
    match cond {
        Cond::Leaf(leaf) => see(leaf),
        Cond::All(parts) => parts.iter().for_each(|part| holding(part, facts, see)),
        Cond::Any(parts) | Cond::AtLeast(_, parts) => {
            let held: Vec<&'a Cond> =
                parts.iter().map(AsRef::as_ref).filter(|part| truth(part, facts) == Truth::Yes).collect();
            let all = || parts.iter().map(AsRef::as_ref).collect();
            let seen: Vec<&'a Cond> = if held.is_empty() { all() } else { held };
            for part in seen {
                holding(part, facts, see);
            }
        }
        Cond::Not(inner) => inner.leaves(&mut |leaf, _| see(leaf)),
    }
}

/// Returns the rule's `because` sentence, each blank filled from the first condition that can fill it.
fn because(rule: &Rule, facts: &Facts<'_>) -> String {
    let mut behaviour = None;
    let mut value = None;
    let mut quote = None;
    holding(&rule.when, facts, &mut |leaf| {
        behaviour = behaviour.or_else(|| leaf.test.behaviours().first().copied());
        if let (None, Test::Compare(left, _, right)) = (&value, &leaf.test) {
            let fact = if left.as_constant().is_some() { right } else { left };
            if !matches!(fact, Fact::Level | Fact::Sessions) && facts.value(fact).is_some() {
                value = Some(value_words(fact, facts));
            }
        }
        if let (None, Test::Mentions(ix, phrases)) = (&quote, &leaf.test) {
            quote = facts.mention(*ix, phrases).found();
        }
        if let (None, Test::Heard(concern)) = (&quote, &leaf.test) {
            quote = facts.heard_words(concern);
        }
    });
    // If a rule looks at any answer, the behaviour is the one in whose answer the phrase was found.
    let behaviour = behaviour.or_else(|| quote.as_ref().map(|quote| quote.behaviour));
    rule.because.fill(|blank| match blank {
        "behaviour" => behaviour.map(|ix| facts.library.behaviour(ix).title.clone()),
        "value" => value.clone(),
        "label" => behaviour.map(|ix| facts.rated_words(By::Myself, ix)),
        "target" => behaviour.map(|ix| value_words(&Fact::Target(ix), facts)),
        "importance" => behaviour.map(|ix| value_words(&Fact::Importance(ix), facts)),
        "quote" => quote.as_ref().map(|quote| quote.text.trim_end_matches('.').to_owned()),
        "days" => behaviour.and_then(|ix| facts.value(&Fact::DaysSince(ix))).map(|days| format!("{days}")),
        _ => None,
    })
}

/// Returns the answers that the conditions looked at, as behaviour and rater, in the order written.
#[must_use]
pub fn looked_at(rule: &Rule, facts: &Facts<'_>) -> Vec<(BehaviourIx, By)> {
    let mut found = Vec::new();
    let mut look = |ix: BehaviourIx, by: By| {
        if facts.profile.by(by, ix).is_some() {
            found.push((ix, by));
        }
    };
    holding(&rule.when, facts, &mut |leaf| match &leaf.test {
        Test::Mentions(ix, phrases) => {
            if let Some(quote) = facts.mention(*ix, phrases).found() {
                look(quote.behaviour, By::Myself);
            }
        }
        Test::Heard(concern) => {
            if let Some(quote) = facts.heard_words(concern) {
                look(quote.behaviour, By::Myself);
            }
        }
        Test::Compare(left, _, right) => {
            let mut one = |fact: &Fact| match fact {
                Fact::Calc(..) => {}
                Fact::Rating(by, ix) => look(*ix, *by),
                Fact::CoachGap(ix) => {
                    look(*ix, By::Myself);
                    look(*ix, By::Coach);
                }
                other => {
                    let mut found = Vec::new();
                    other.behaviours(&mut found);
                    for ix in found {
                        look(ix, By::Myself);
                    }
                }
            };
            left.each(&mut one);
            right.each(&mut one);
        }
        Test::Answered(by, ix) => look(*ix, *by),
        other => other.behaviours().into_iter().for_each(|ix| look(ix, By::Myself)),
    });
    found
}

/// Returns the answers of [`looked_at`] in the form that is displayed.
fn cited(rule: &Rule, facts: &Facts<'_>) -> Vec<Cited> {
    let cite = |(ix, by): (BehaviourIx, By)| {
        let standing = facts.profile.by(by, ix)?;
        Some(Cited {
            behaviour: facts.library.behaviour(ix).code.clone(),
            on: standing.on,
            by,
            words: standing.words(facts.scale(ix)),
            answer: standing.newest()?.id.clone(),
        })
    };
    looked_at(rule, facts).into_iter().filter_map(cite).collect()
}

/// Describes the single change to the answers that would stop the rule from firing. Ratings are tried first, because a
/// person can see them.
fn would_change(rule: &Rule, facts: &Facts<'_>) -> String {
    let mut leaves: Vec<(usize, &Leaf, bool)> = Vec::new();
    rule.when.leaves(&mut |leaf, negated| leaves.push((leaves.len(), leaf, negated)));
    leaves.sort_by_key(|(_, leaf, _)| match &leaf.test {
        Test::Compare(Fact::Rating(..), ..) => 0,
        Test::Compare(..) => 1,
        _ => 2,
    });
    for (at, leaf, _) in leaves {
        let other = match test(leaf, facts) {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => continue,
        };
        if supposing(&rule.when, facts, Some((at, other))) != Truth::Yes {
            return format!("you would stop seeing this if {}", change_words(leaf, other, facts));
        }
    }
    "no single change to an answer would remove this".to_owned()
}

/// Describes the change to the answers that gives a leaf the outcome `to`, for example `you rated FL-5 2 or lower`.
pub(super) fn change_words(leaf: &Leaf, to: Truth, facts: &Facts<'_>) -> String {
    let holds = to == Truth::Yes;
    if let Test::Compare(fact @ (Fact::Rating(_, ix) | Fact::Importance(ix)), operator, Fact::Constant(limit)) =
        &leaf.test
    {
        let limit = limit.0;
        let code = &facts.library.behaviour(*ix).code;
        let said = match fact {
            Fact::Rating(By::Coach, _) => format!("your coach rated {code}"),
            Fact::Rating(By::Other, _) => format!("another person rated {code}"),
            Fact::Rating(..) => format!("you rated {code}"),
            _ => format!("you gave {code} an importance of"),
        };
        let operator = if holds { *operator } else { operator.opposite() };
        return match operator {
            Operator::Less => format!("{said} below {limit}"),
            Operator::AtMost => format!("{said} {limit} or lower"),
            Operator::More => format!("{said} above {limit}"),
            Operator::AtLeast => format!("{said} {limit} or higher"),
            Operator::Equal => format!("{said} {limit}"),
            Operator::Unequal => format!("{said} anything but {limit}"),
        };
    }
    if let Test::Mentions(..) = leaf.test {
        let verb = if holds { "said" } else { "did not say" };
        return format!("your words {verb} this: {}", needed(leaf, facts));
    }
    let word = if holds { "was true" } else { "was not true" };
    format!("this {word}: {}", needed(leaf, facts))
}

impl Cited {
    /// Returns the line that a card shows under "from your answers", for example `FL-5: 2 (When reminded), 20 Nov`.
    #[must_use]
    pub fn line(&self, today: crate::domain::Day) -> String {
        let who = if self.by == By::Myself { String::new() } else { format!(" by {}", self.by.id()) };
        format!("{}: {}{who}, {}", self.behaviour, self.words, short_day(self.on, today))
    }
}

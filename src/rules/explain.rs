//! Why a rule spoke or did not, made from the conditions and what they saw; and the smallest change that would silence it.

use super::cond::{Cond, Fact, Leaf, Operator, Test};
use super::declare::Rule;
use super::evaluate::{supposing, test};
use super::facts::{Facts, Sought};
use crate::domain::{BehaviourIx, By, Cited, LeafSeen, Reason, Truth, count, join_and, short_day};

/// Every leaf of a condition with what was needed and seen, in the order written.
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

/// The reason that a rule which fired gives, and the answers behind it.
#[must_use]
pub fn explained(rule: &Rule, facts: &Facts<'_>) -> (Reason, Vec<Cited>) {
    let reason = Reason {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        pack: rule.pack.clone(),
        because: because(rule, facts),
        at: format!("{}:{}", rule.at.file, rule.at.line),
        priority: rule.priority,
        leaves: leaves_seen(&rule.when, facts),
        would_change: would_change(rule, facts),
    };
    (reason, cited(rule, facts))
}

/// What a leaf asks for, in the author's terms.
pub(super) fn needed(leaf: &Leaf, facts: &Facts<'_>) -> String {
    let code = |ix: &BehaviourIx| facts.library.behaviour(*ix).code.clone();
    match &leaf.test {
        Test::Compare(left, operator, right) => {
            format!("{} {} {}", fact_words(left, facts), operator.sign(), fact_words(right, facts))
        }
        Test::Answered(ix) => format!("{} has a rating", code(ix)),
        Test::ImportanceStated(ix) => format!("the importance of {} is stated", code(ix)),
        Test::Chose(ix, kind) => format!("{} answered \u{ab}{}\u{bb}", code(ix), kind.title()),
        Test::Lowest(ix) => format!("{} is among the lowest ratings", code(ix)),
        Test::Highest(ix) => format!("{} is among the highest ratings", code(ix)),
        Test::Mentions(ix, phrases) => {
            let about = ix.as_ref().map_or_else(|| "any answer".to_owned(), code);
            let shown: Vec<String> = phrases.iter().take(4).map(|phrase| format!("\u{ab}{phrase}\u{bb}")).collect();
            let more = phrases.len().saturating_sub(shown.len());
            let rest = if more > 0 { format!(" or {more} more") } else { String::new() };
            format!("words about {about} use {}{rest}", shown.join(" or "))
        }
        Test::Done(id) => format!("\u{ab}{id}\u{bb} was done"),
        Test::Organisation(kind) => format!("the organisation is a {}", kind.id()),
        Test::AtLevel(id) => format!("the level is {id}"),
    }
}

fn fact_words(fact: &Fact, facts: &Facts<'_>) -> String {
    let code = |ix: &BehaviourIx| facts.library.behaviour(*ix).code.clone();
    let list = |list: &[BehaviourIx]| {
        let shown: Vec<String> = list.iter().take(3).map(code).collect();
        if list.len() > 3 { format!("{} and {} more", shown.join(", "), list.len() - 3) } else { join_and(&shown) }
    };
    match fact {
        Fact::Constant(value) => format!("{value}"),
        Fact::Rating(By::Coach, ix) => format!("the coach's rating of {}", code(ix)),
        Fact::Rating(_, ix) => format!("rating of {}", code(ix)),
        Fact::Importance(ix) => format!("importance of {}", code(ix)),
        Fact::Gap(ix) => format!("own rating of {} minus the coach's", code(ix)),
        Fact::Trend(ix, n) => format!("change of {} over {n} ratings", code(ix)),
        Fact::Average(of) => format!("mean rating of {}", list(of)),
        Fact::Spread(of) => format!("spread of the ratings of {}", list(of)),
        Fact::RatedCount(of) => format!("ratings given among {}", list(of)),
        Fact::Words(ix) => format!("words written about {}", code(ix)),
        Fact::DaysSince(ix) => format!("days since {} was answered", code(ix)),
        Fact::Level => "level".to_owned(),
        Fact::Sessions => "sessions so far".to_owned(),
        Fact::TimesDone(id) => format!("times \u{ab}{id}\u{bb} was done"),
    }
}

/// What a leaf saw.
fn saw(leaf: &Leaf, facts: &Facts<'_>) -> String {
    match &leaf.test {
        Test::Compare(left, _, right) => {
            let sides: Vec<String> = [left, right]
                .into_iter()
                .filter(|fact| !matches!(fact, Fact::Constant(_)))
                .map(|fact| value_words(fact, facts))
                .collect();
            sides.join(", ")
        }
        Test::Answered(ix) | Test::Chose(ix, _) | Test::Lowest(ix) | Test::Highest(ix) => {
            facts.rated_words(By::Myself, *ix)
        }
        Test::ImportanceStated(ix) => value_words(&Fact::Importance(*ix), facts),
        Test::Mentions(ix, phrases) => match facts.mention(*ix, phrases) {
            Sought::Nowhere => "nothing was written".to_owned(),
            Sought::Absent => "other words".to_owned(),
            Sought::Found(quote) => format!("\u{ab}{}\u{bb}", quote.text),
        },
        Test::Done(id) => times(facts.profile.given(id).map_or(0, |given| given.done)),
        Test::Organisation(_) => facts.organisation().map_or("not stated", crate::domain::Organisation::id).to_owned(),
        Test::AtLevel(_) => facts.profile.person.level.clone().unwrap_or_else(|| "not stated".to_owned()),
    }
}

fn times(n: usize) -> String {
    match n {
        0 => "never".to_owned(),
        n => count(n, "time", "times"),
    }
}

fn value_words(fact: &Fact, facts: &Facts<'_>) -> String {
    if let Fact::Rating(by, ix) = fact {
        return facts.rated_words(*by, *ix);
    }
    let Some(value) = facts.value(fact) else { return "not answered".to_owned() };
    match fact {
        Fact::Importance(ix) => {
            let scale = &facts.library.framework_of(*ix).importance;
            let label = scale.points.iter().find(|point| near(point.value, value)).map(|point| point.label.as_str());
            label.map_or_else(|| format!("{value}"), |label| format!("{value} ({label})"))
        }
        Fact::Trend(..) | Fact::Gap(_) => format!("{value:+}"),
        Fact::Average(of) => format!("{value:.1} (n = {})", rated_among(of, facts)),
        _ => format!("{value}"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "points of a scale are small whole numbers")]
fn near(point: i64, value: f64) -> bool {
    (point as f64 - value).abs() < 1e-9
}

fn rated_among(of: &[BehaviourIx], facts: &Facts<'_>) -> usize {
    of.iter().filter(|ix| facts.profile.of(**ix).is_some_and(|standing| standing.rated.value().is_some())).count()
}

/// The rule's sentence with its blanks filled from the first conditions that can fill them.
fn because(rule: &Rule, facts: &Facts<'_>) -> String {
    let mut behaviour = None;
    let mut value = None;
    let mut quote = None;
    rule.when.leaves(&mut |leaf, _| {
        behaviour = behaviour.or_else(|| leaf.test.behaviours().first().copied());
        if let (None, Test::Compare(left, _, right)) = (&value, &leaf.test) {
            let fact = if matches!(left, Fact::Constant(_)) { right } else { left };
            if !matches!(fact, Fact::Level | Fact::Sessions) && facts.value(fact).is_some() {
                value = Some(value_words(fact, facts));
            }
        }
        if let (None, Test::Mentions(ix, phrases)) = (&quote, &leaf.test) {
            quote = facts.mention(*ix, phrases).found();
        }
    });
    // Where a rule looks at any answer, the behaviour meant is the one whose words were found.
    let behaviour = behaviour.or_else(|| quote.as_ref().map(|quote| quote.behaviour));
    rule.because.fill(|blank| match blank {
        "behaviour" => behaviour.map(|ix| facts.library.behaviour(ix).title.clone()),
        "value" => value.clone(),
        "label" => behaviour.map(|ix| facts.rated_words(By::Myself, ix)),
        "importance" => behaviour.map(|ix| value_words(&Fact::Importance(ix), facts)),
        "quote" => quote.as_ref().map(|quote| quote.text.trim_end_matches('.').to_owned()),
        "days" => behaviour.and_then(|ix| facts.value(&Fact::DaysSince(ix))).map(|days| format!("{days}")),
        _ => None,
    })
}

/// The answers that the conditions looked at: on which behaviour and by whom, in the order written.
#[must_use]
pub fn looked_at(rule: &Rule, facts: &Facts<'_>) -> Vec<(BehaviourIx, By)> {
    let mut found = Vec::new();
    let mut look = |ix: BehaviourIx, by: By| {
        if facts.profile.by(by, ix).is_some() {
            found.push((ix, by));
        }
    };
    rule.when.leaves(&mut |leaf, _| match &leaf.test {
        Test::Mentions(ix, phrases) => {
            if let Some(quote) = facts.mention(*ix, phrases).found() {
                look(quote.behaviour, By::Myself);
            }
        }
        Test::Compare(left, _, right) => {
            for fact in [left, right] {
                let by_coach = matches!(fact, Fact::Rating(By::Coach, _) | Fact::Gap(_));
                for ix in fact.behaviours() {
                    if !matches!(fact, Fact::Rating(By::Coach, _)) {
                        look(*ix, By::Myself);
                    }
                    if by_coach {
                        look(*ix, By::Coach);
                    }
                }
            }
        }
        other => {
            for ix in other.behaviours() {
                look(ix, By::Myself);
            }
        }
    });
    found
}

/// The same as they are shown.
fn cited(rule: &Rule, facts: &Facts<'_>) -> Vec<Cited> {
    let cite = |(ix, by): (BehaviourIx, By)| {
        let standing = facts.profile.by(by, ix)?;
        Some(Cited {
            behaviour: facts.library.behaviour(ix).code.clone(),
            on: standing.on,
            by,
            words: standing.rated.words(facts.scale(ix)),
            answer: standing.newest()?.id.clone(),
        })
    };
    looked_at(rule, facts).into_iter().filter_map(cite).collect()
}

/// The single change to the answers that would silence a rule, said in words; ratings first, as a person can see them.
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
            return format!("it would go if {}", change_words(leaf, other, facts));
        }
    }
    String::new()
}

/// A change to the answers that makes a leaf come out so: `you rated FL-5 2 or lower`.
pub(super) fn change_words(leaf: &Leaf, to: Truth, facts: &Facts<'_>) -> String {
    let holds = to == Truth::Yes;
    if let Test::Compare(fact @ (Fact::Rating(_, ix) | Fact::Importance(ix)), operator, Fact::Constant(limit)) =
        &leaf.test
    {
        let code = &facts.library.behaviour(*ix).code;
        let said = match fact {
            Fact::Rating(By::Coach, _) => format!("your coach rated {code}"),
            Fact::Rating(..) => format!("you rated {code}"),
            _ => format!("you gave {code} an importance of"),
        };
        let operator = if holds { *operator } else { opposite(*operator) };
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
        return format!("your words {verb} so: {}", needed(leaf, facts));
    }
    let word = if holds { "were true" } else { "were not so" };
    format!("this {word}: {}", needed(leaf, facts))
}

fn opposite(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::AtLeast,
        Operator::AtMost => Operator::More,
        Operator::More => Operator::AtMost,
        Operator::AtLeast => Operator::Less,
        Operator::Equal => Operator::Unequal,
        Operator::Unequal => Operator::Equal,
    }
}

/// An answer in a few words for a card: `FL-5: 2 (With prompting), 20 Nov`.
impl Cited {
    /// The line that a card shows under «from your answers».
    #[must_use]
    pub fn line(&self, today: crate::domain::Day) -> String {
        let who = if self.by == By::Myself { String::new() } else { format!(" by {}", self.by.id()) };
        format!("{}: {}{who}, {}", self.behaviour, self.words, short_day(self.on, today))
    }
}

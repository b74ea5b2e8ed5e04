//! Mutation testing: would the cases notice if a rule were slightly wrong? Every threshold is moved by one, every
//! comparison reversed, every `and` replaced by `or` and every `not` removed, one change at a time. A change that fails
//! no case has *survived* and shows which story is missing. Changes are made per source position, so all members of a
//! family that is declared in a loop change together.

use std::sync::Arc;

use super::advise::advise;
use super::cases::Case;
use super::cond::{Cond, Leaf};
use super::declare::Rule;
use super::evaluate::truth;
use super::fact::{Fact, Operator, Test};
use super::facts::Facts;
use super::in_words::{nobody, words};
use super::load::RuleSet;
use crate::domain::{Library, Truth};

/// A small change, and whether a case noticed it.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Id of the first rule that it changes.
    pub rule: String,
    /// Position of the changed part.
    pub at: String,
    /// The change in words, for example `rating of FL-1 is at most 2 → rating of FL-1 is at most 3`.
    pub change: String,
    /// Name of the first case that failed because of it; `None` if the change survived.
    pub noticed_by: Option<String>,
}

/// A change to one part of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Move the threshold by this amount.
    Move(i8),
    /// Replace `<=` by `<`, `>` by `>=`, and so on.
    Strictness,
    /// Replace the test by its opposite.
    Negate,
    /// Replace "all" by "any", and "any" by "all".
    Join,
    /// Require this many more (or fewer, if negative) parts of a list.
    Needed(i8),
    /// Remove the `not`.
    Unnot,
}

/// Tries every change to the rules of `packs` (by id) against the cases.
#[must_use]
pub fn mutants(set: &RuleSet, library: &Library, packs: &[&str], cases: &[Case]) -> Vec<Mutant> {
    let people: Vec<Person<'_>> = cases.iter().map(|case| Person::of(case, set, library)).collect();
    let mut found = Vec::new();
    for family in families(set, packs) {
        let Some(first) = family.first().map(|at| &set.rules()[*at]) else { continue };
        let mut changes = Vec::new();
        list(&first.when, &mut 0, &mut changes);
        for (part, change) in changes {
            if let Some(mutant) = attempt(set, library, &people, &family, part, change) {
                found.push(mutant);
            }
        }
    }
    found
}

/// A case, with the outcome of every unchanged rule.
struct Person<'a> {
    case: &'a Case,
    facts: Facts<'a>,
    spoke: Vec<bool>,
}

impl<'a> Person<'a> {
    fn of(case: &'a Case, set: &RuleSet, library: &'a Library) -> Self {
        let facts = Facts::new(library, &case.profile);
        let spoke = set.rules().iter().map(|rule| truth(&rule.when, &facts) == Truth::Yes).collect();
        Self { case, facts, spoke }
    }
}

/// Returns the indices of the rules grouped by the position of their declaration, in order.
fn families(set: &RuleSet, packs: &[&str]) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = Vec::new();
    for (at, rule) in set.rules().iter().enumerate() {
        if !packs.contains(&rule.pack.as_str()) || !rule.is_on() {
            continue;
        }
        let same = |family: &&mut Vec<usize>| family.first().is_some_and(|first| set.rules()[*first].at == rule.at);
        match families.iter_mut().find(same) {
            Some(family) => family.push(at),
            None => families.push(vec![at]),
        }
    }
    families
}

/// Collects every change of a condition, with the number of its part, counted from 0 at the root in the order written.
fn list(cond: &Cond, next: &mut usize, found: &mut Vec<(usize, Change)>) {
    let at = *next;
    *next += 1;
    match cond {
        Cond::Leaf(leaf) => found.extend(of_leaf(&leaf.test).into_iter().map(|change| (at, change))),
        Cond::Not(inner) => {
            found.push((at, Change::Unnot));
            list(inner, next, found);
        }
        Cond::All(parts) | Cond::Any(parts) | Cond::AtLeast(_, parts) => {
            match cond {
                Cond::AtLeast(needed, _) => {
                    found.extend((*needed > 1).then_some((at, Change::Needed(-1))));
                    found.extend((*needed < parts.len()).then_some((at, Change::Needed(1))));
                }
                _ if parts.len() > 1 => found.push((at, Change::Join)),
                _ => {}
            }
            for part in parts {
                list(part, next, found);
            }
        }
    }
}

/// Returns the changes of one test. If both sides are whole numbers, moving the threshold already covers strictness.
fn of_leaf(test: &Test) -> Vec<Change> {
    let Test::Compare(left, operator, right) = test else { return vec![Change::Negate] };
    let threshold = left.as_constant().is_some() || right.as_constant().is_some();
    let whole = [left, right].iter().all(|fact| is_whole(fact));
    let mut changes = vec![Change::Negate];
    if threshold {
        changes.extend([Change::Move(-1), Change::Move(1)]);
    }
    if !(threshold && whole || matches!(operator, Operator::Equal | Operator::Unequal)) {
        changes.push(Change::Strictness);
    }
    changes
}

fn is_whole(fact: &Fact) -> bool {
    match fact {
        Fact::Constant(value) => value.0.fract() == 0.0,
        Fact::Average(_) | Fact::Calc(..) => false,
        _ => true,
    }
}

fn apply(test: &Test, change: Change) -> Option<Test> {
    let Test::Compare(left, operator, right) = test else { return None };
    let moved = |fact: &Fact, by: i8| fact.as_constant().map(|value| Fact::constant(value + f64::from(by)));
    let (mut left, mut operator, mut right) = (left.clone(), *operator, right.clone());
    match change {
        Change::Negate => operator = operator.opposite(),
        Change::Strictness => {
            operator = match operator {
                Operator::Less => Operator::AtMost,
                Operator::AtMost => Operator::Less,
                Operator::More => Operator::AtLeast,
                Operator::AtLeast => Operator::More,
                same @ (Operator::Equal | Operator::Unequal) => same,
            }
        }
        Change::Move(by) => match (moved(&right, by), moved(&left, by)) {
            (Some(new), _) => right = new,
            (None, Some(new)) => left = new,
            (None, None) => return None,
        },
        Change::Join | Change::Needed(_) | Change::Unnot => return None,
    }
    Some(Test::Compare(left, operator, right))
}

/// Returns the condition with one part changed; `None` if it has no such part (members of a family may differ).
fn changed(cond: &Arc<Cond>, next: &mut usize, part: usize, change: Change) -> Option<Arc<Cond>> {
    let at = *next;
    *next += 1;
    if at == part {
        return here(cond, change).map(Arc::new);
    }
    let mut inside = |parts: &[Arc<Cond>]| -> Option<Vec<Arc<Cond>>> {
        let mut hit = false;
        let new = parts
            .iter()
            .map(|inner| {
                changed(inner, next, part, change).map_or_else(
                    || Arc::clone(inner),
                    |new| {
                        hit = true;
                        new
                    },
                )
            })
            .collect();
        hit.then_some(new)
    };
    Some(Arc::new(match cond.as_ref() {
        Cond::Leaf(_) => return None,
        Cond::Not(inner) => Cond::Not(inside(std::slice::from_ref(inner))?.pop()?),
        Cond::All(parts) => Cond::All(inside(parts)?),
        Cond::Any(parts) => Cond::Any(inside(parts)?),
        Cond::AtLeast(needed, parts) => Cond::AtLeast(*needed, inside(parts)?),
    }))
}

fn here(cond: &Cond, change: Change) -> Option<Cond> {
    match (cond, change) {
        (Cond::Leaf(leaf), _) => match apply(&leaf.test, change) {
            Some(test) => Some(Cond::Leaf(Leaf { test, at: leaf.at.clone() })),
            None => (change == Change::Negate).then(|| Cond::Not(Arc::new(cond.clone()))),
        },
        (Cond::Not(inner), Change::Unnot) => Some(inner.as_ref().clone()),
        (Cond::All(parts), Change::Join) => Some(Cond::Any(parts.clone())),
        (Cond::Any(parts), Change::Join) => Some(Cond::All(parts.clone())),
        (Cond::AtLeast(needed, parts), Change::Needed(by)) => {
            Some(Cond::AtLeast(needed.checked_add_signed(isize::from(by))?, parts.clone()))
        }
        _ => None,
    }
}

/// Makes one change in every member of a family and runs the cases.
fn attempt(
    set: &RuleSet,
    library: &Library,
    people: &[Person<'_>],
    family: &[usize],
    part: usize,
    change: Change,
) -> Option<Mutant> {
    let new: Vec<(usize, Arc<Cond>)> =
        family.iter().filter_map(|at| Some((*at, changed(&set.rules()[*at].when, &mut 0, part, change)?))).collect();
    let (first, cond) = new.first()?;
    let rule = &set.rules()[*first];
    let (at, words) = described(rule, cond, part, change, library);
    let noticed = people.iter().find(|person| notices(set, library, person, &new));
    Some(Mutant {
        rule: rule.id.clone(),
        at,
        change: words,
        noticed_by: noticed.map(|person| person.case.name.clone()),
    })
}

/// Returns whether a case fails with the changed rules.
fn notices(set: &RuleSet, library: &Library, person: &Person<'_>, new: &[(usize, Arc<Cond>)]) -> bool {
    let differs = |at: &usize, cond: &Cond| (truth(cond, &person.facts) == Truth::Yes) != person.spoke[*at];
    let other: Vec<usize> = new.iter().filter(|(at, cond)| differs(at, cond)).map(|(at, _)| *at).collect();
    if other.is_empty() {
        return false;
    }
    let case = person.case;
    let named = |ids: &[String]| {
        ids.iter().filter_map(|id| set.rule(id)).any(|rule| other.iter().any(|at| set.rules()[*at].id == rule.id))
    };
    if named(&case.fires) || named(&case.silent) {
        return true;
    }
    if case.top.is_empty() && case.never.is_empty() {
        return false;
    }
    let shown = advise(&set.with(new), library, &case.profile).shown;
    let ids: Vec<&str> = shown.iter().map(|advice| advice.activity.as_str()).collect();
    let first: Vec<&str> = ids.iter().copied().take(case.top.len()).collect();
    first != case.top || case.never.iter().any(|id| ids.contains(&id.as_str()))
}

/// Returns the position of a change, and the change in words.
fn described(rule: &Rule, new: &Cond, part: usize, change: Change, library: &Library) -> (String, String) {
    let before = part_at(&rule.when, part);
    let nobody = nobody(library);
    let facts = Facts::new(library, &nobody);
    let words = |cond: Option<&Cond>| match cond {
        Some(Cond::AtLeast(n, parts)) => format!("at_least {n} of {}", parts.len()),
        Some(Cond::All(parts)) => format!("and, over {} conditions", parts.len()),
        Some(Cond::Any(parts)) => format!("or, over {} conditions", parts.len()),
        Some(single) => words(single, &facts),
        None => String::new(),
    };
    let mut place = None;
    if let Some(before) = before {
        before.leaves(&mut |leaf, _| {
            place.get_or_insert_with(|| leaf.at.to_string());
        });
    }
    let after = match change {
        Change::Unnot => "without not".to_owned(),
        _ => words(part_at(new, part)),
    };
    (place.unwrap_or_else(|| rule.at.to_string()), format!("{} \u{2192} {after}", words(before)))
}

/// Returns the part of a condition with this number, counted from 0 at the root in the order written.
fn part_at(cond: &Cond, part: usize) -> Option<&Cond> {
    fn walk<'a>(cond: &'a Cond, next: &mut usize, part: usize) -> Option<&'a Cond> {
        let at = *next;
        *next += 1;
        if at == part {
            return Some(cond);
        }
        match cond {
            Cond::Leaf(_) => None,
            Cond::Not(inner) => walk(inner, next, part),
            Cond::All(parts) | Cond::Any(parts) | Cond::AtLeast(_, parts) => {
                parts.iter().find_map(|inner| walk(inner, next, part))
            }
        }
    }
    walk(cond, &mut 0, part)
}

//! All conditions of a rule set in one flat list, with which a thousand rules are evaluated for one person in well
//! under a millisecond. Facts are shared: `rating("FL-5")` is stored once, however many rules compare it, and looked up
//! once per person. The condition tree explains *why* a rule fires; this form only computes *whether* it does. A test
//! checks that both give the same result.

use std::cell::Cell;
use std::collections::HashMap;

use super::cond::Cond;
use super::evaluate::outcome;
use super::fact::{Fact, Operator, Test};
use super::facts::Facts;
use crate::domain::Truth;

/// A part of a condition. The parts of a group follow it; `end` is the index after the last of them.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Comparison of a fact with a constant.
    Number { fact: u32, operator: Operator, limit: f64 },
    /// Comparison of two facts.
    Facts { left: u32, operator: Operator, right: u32 },
    /// Any other test.
    Test(u32),
    /// Negation of the next part.
    Not,
    /// At least `needed` of the following `parts` parts; also used for "all" and "any".
    Group { needed: u32, parts: u32, end: u32 },
}

/// The flat form of all conditions of a rule set.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    steps: Vec<Step>,
    /// Index of the first step of each rule, in the order of the rules.
    starts: Vec<u32>,
    facts: Vec<Fact>,
    tests: Vec<Test>,
}

impl Program {
    /// Builds the flat form of conditions, in order.
    pub(super) fn of<'a>(conds: impl Iterator<Item = &'a Cond>) -> Self {
        let mut laying = Laying { program: Self::default(), facts: HashMap::new(), tests: HashMap::new() };
        for cond in conds {
            let start = laying.here();
            laying.program.starts.push(start);
            laying.lay(cond);
        }
        laying.program
    }

    /// Evaluates every condition for one person, in order.
    pub(super) fn truths(&self, facts: &Facts<'_>) -> Vec<Truth> {
        let asking = Asking {
            program: self,
            facts,
            values: vec![Cell::new(Value::NotAsked); self.facts.len()],
            tests: vec![Cell::new(None); self.tests.len()],
        };
        self.starts.iter().map(|start| asking.truth(&mut (*start as usize))).collect()
    }
}

/// The state while the flat form is built, with the facts and tests met so far.
struct Laying<'a> {
    program: Program,
    facts: HashMap<&'a Fact, u32>,
    tests: HashMap<&'a Test, u32>,
}

impl<'a> Laying<'a> {
    fn here(&self) -> u32 {
        u32::try_from(self.program.steps.len()).unwrap_or(u32::MAX)
    }

    fn fact(&mut self, fact: &'a Fact) -> u32 {
        let next = u32::try_from(self.program.facts.len()).unwrap_or(u32::MAX);
        *self.facts.entry(fact).or_insert_with(|| {
            self.program.facts.push(fact.clone());
            next
        })
    }

    fn test(&mut self, test: &'a Test) -> u32 {
        let next = u32::try_from(self.program.tests.len()).unwrap_or(u32::MAX);
        *self.tests.entry(test).or_insert_with(|| {
            self.program.tests.push(test.clone());
            next
        })
    }

    fn lay(&mut self, cond: &'a Cond) {
        match cond {
            Cond::Leaf(leaf) => {
                let step = match &leaf.test {
                    Test::Compare(left, operator, right) => match (left.as_constant(), right.as_constant()) {
                        (_, Some(limit)) => Step::Number { fact: self.fact(left), operator: *operator, limit },
                        (Some(limit), None) => {
                            Step::Number { fact: self.fact(right), operator: operator.flipped(), limit }
                        }
                        (None, None) => {
                            Step::Facts { left: self.fact(left), operator: *operator, right: self.fact(right) }
                        }
                    },
                    other => Step::Test(self.test(other)),
                };
                self.program.steps.push(step);
            }
            Cond::Not(inner) => {
                self.program.steps.push(Step::Not);
                self.lay(inner);
            }
            Cond::All(parts) => self.group(parts.len(), parts),
            Cond::Any(parts) => self.group(1, parts),
            Cond::AtLeast(needed, parts) => self.group(*needed, parts),
        }
    }

    fn group(&mut self, needed: usize, parts: &'a [std::sync::Arc<Cond>]) {
        let at = self.program.steps.len();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (needed, count) = (count(needed), count(parts.len()));
        self.program.steps.push(Step::Group { needed, parts: count, end: 0 });
        for part in parts {
            self.lay(part);
        }
        let end = self.here();
        if let Some(step) = self.program.steps.get_mut(at) {
            *step = Step::Group { needed, parts: count, end };
        }
    }
}

/// The cached value of a fact of one person.
#[derive(Debug, Clone, Copy)]
enum Value {
    NotAsked,
    Unknown,
    Known(f64),
}

/// The evaluation for one person.
struct Asking<'a, 'b> {
    program: &'a Program,
    facts: &'a Facts<'b>,
    values: Vec<Cell<Value>>,
    tests: Vec<Cell<Option<Truth>>>,
}

impl Asking<'_, '_> {
    fn value(&self, fact: u32) -> Option<f64> {
        let at = fact as usize;
        match self.values[at].get() {
            Value::Known(value) => Some(value),
            Value::Unknown => None,
            Value::NotAsked => {
                let value = self.facts.value(&self.program.facts[at]);
                self.values[at].set(value.map_or(Value::Unknown, Value::Known));
                value
            }
        }
    }

    fn test(&self, test: u32) -> Truth {
        let at = test as usize;
        self.tests[at].get().unwrap_or_else(|| {
            let truth = outcome(&self.program.tests[at], self.facts);
            self.tests[at].set(Some(truth));
            truth
        })
    }

    /// Evaluates the part at `at` and advances `at` to the index after it.
    fn truth(&self, at: &mut usize) -> Truth {
        let step = self.program.steps[*at];
        *at += 1;
        match step {
            Step::Number { fact, operator, limit } => {
                self.value(fact).map_or(Truth::Unknown, |value| known(operator.holds(value, limit)))
            }
            Step::Facts { left, operator, right } => match (self.value(left), self.value(right)) {
                (Some(left), Some(right)) => known(operator.holds(left, right)),
                _ => Truth::Unknown,
            },
            Step::Test(test) => self.test(test),
            Step::Not => match self.truth(at) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
            },
            Step::Group { needed, parts, end } => {
                let (mut yes, mut open) = (0, 0);
                let mut left = parts;
                while left > 0 && yes < needed && yes + open + left >= needed {
                    left -= 1;
                    match self.truth(at) {
                        Truth::Yes => yes += 1,
                        Truth::Unknown => open += 1,
                        Truth::No => {}
                    }
                }
                *at = end as usize;
                if yes >= needed {
                    Truth::Yes
                } else if yes + open + left >= needed {
                    Truth::Unknown
                } else {
                    Truth::No
                }
            }
        }
    }
}

fn known(yes: bool) -> Truth {
    if yes { Truth::Yes } else { Truth::No }
}

//! The range of values that a fact can have, and the part of it that satisfies a comparison. The lint uses this to find
//! thresholds outside the scale and pairs of conditions that can never hold together.

use super::cond::Leaf;
use super::fact::{Arithmetic, Fact, Operator, Test};
use crate::domain::{BehaviourIx, Library};

/// A closed interval of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether it contains only whole numbers.
    pub(super) whole: bool,
}

impl Range {
    fn counts(high: f64) -> Self {
        Self { low: 0.0, high, whole: true }
    }

    /// Returns the part of the range that satisfies a comparison with `limit`.
    pub(super) fn under(self, operator: Operator, limit: f64) -> Self {
        let step = if self.whole { 1.0 } else { f64::EPSILON * limit.abs().max(1.0) };
        let (floor, ceiling) = if self.whole { (limit.floor(), limit.ceil()) } else { (limit, limit) };
        let below = if floor < limit { floor } else { limit - step };
        let above = if ceiling > limit { ceiling } else { limit + step };
        match operator {
            Operator::Less => Self { high: self.high.min(below), ..self },
            Operator::AtMost => Self { high: self.high.min(floor), ..self },
            Operator::More => Self { low: self.low.max(above), ..self },
            Operator::AtLeast => Self { low: self.low.max(ceiling), ..self },
            Operator::Equal => Self { low: self.low.max(limit), high: self.high.min(limit), ..self },
            Operator::Unequal => self,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// A comparison of a fact (on the left) with a constant.
#[derive(Debug, Clone)]
pub(super) struct Bound<'a> {
    pub(super) fact: &'a Fact,
    pub(super) operator: Operator,
    pub(super) limit: f64,
}

/// Returns a leaf as a bound, with the operator reversed if `negated`; `None` if it does not compare a fact with a
/// constant.
pub(super) fn bound(leaf: &Leaf, negated: bool) -> Option<Bound<'_>> {
    let Test::Compare(left, operator, right) = &leaf.test else { return None };
    let (fact, operator, limit) = match (left.as_constant(), right.as_constant()) {
        (None, Some(limit)) => (left, *operator, limit),
        (Some(limit), None) => (right, operator.flipped(), limit),
        _ => return None,
    };
    Some(Bound { fact, operator: if negated { operator.opposite() } else { operator }, limit })
}

/// Returns the range of values that a fact can have; `None` if it is not known.
#[expect(clippy::cast_precision_loss, reason = "scales and counts are small whole numbers")]
pub(super) fn domain(fact: &Fact, library: &Library) -> Option<Range> {
    let scale = |ix: &BehaviourIx| {
        let scale = &library.framework_of(*ix).scale;
        (scale.lowest() as f64, scale.highest() as f64)
    };
    let over = |list: &[BehaviourIx]| {
        let ends: Vec<(f64, f64)> = list.iter().map(scale).collect();
        let low = ends.iter().map(|end| end.0).fold(f64::INFINITY, f64::min);
        let high = ends.iter().map(|end| end.1).fold(f64::NEG_INFINITY, f64::max);
        (low <= high).then_some((low, high))
    };
    Some(match fact {
        Fact::Rating(_, ix) | Fact::Target(ix) => {
            let (low, high) = scale(ix);
            Range { low, high, whole: true }
        }
        Fact::Importance(ix) => {
            let scale = &library.framework_of(*ix).importance;
            Range { low: scale.lowest() as f64, high: scale.highest() as f64, whole: true }
        }
        Fact::Gap(ix) | Fact::CoachGap(ix) | Fact::Trend(ix, _) => {
            let (low, high) = scale(ix);
            Range { low: low - high, high: high - low, whole: true }
        }
        Fact::Average(list) => {
            let (low, high) = over(list)?;
            Range { low, high, whole: false }
        }
        Fact::Minimum(list) | Fact::Maximum(list) => {
            let (low, high) = over(list)?;
            Range { low, high, whole: true }
        }
        Fact::Spread(list) => {
            let (low, high) = over(list)?;
            Range::counts(high - low)
        }
        Fact::Total(list) => {
            let ends: Vec<(f64, f64)> = list.iter().map(scale).collect();
            let sum = |end: fn(&(f64, f64)) -> f64| ends.iter().map(end).sum();
            Range { low: sum(|end| end.0), high: sum(|end| end.1), whole: true }
        }
        Fact::RatedCount(list) | Fact::NonAnswers(list, _) => Range::counts(list.len() as f64),
        Fact::Level => {
            let most = library.frameworks.iter().map(|framework| framework.levels.len()).max().unwrap_or(0);
            Range { low: 1.0, high: most as f64, whole: true }
        }
        Fact::Words(_)
        | Fact::DaysSince(_)
        | Fact::TimesRated(_)
        | Fact::Sessions
        | Fact::TimesDone(_)
        | Fact::TimesSetAside(_)
        | Fact::SessionsSince(_)
        | Fact::Actions(_) => Range::counts(f64::INFINITY),
        Fact::Calc(left, sign, right) => calculated(side(left, library)?, *sign, side(right, library)?)?,
        Fact::Constant(_) => return None,
    })
}

/// Returns the range of one operand of a calculation.
fn side(fact: &Fact, library: &Library) -> Option<Range> {
    let constant = fact.as_constant().map(|value| Range { low: value, high: value, whole: false });
    constant.or_else(|| domain(fact, library))
}

/// Returns the range of a calculation. It is empty for a division by zero, because no comparison with its result holds.
fn calculated(left: Range, sign: Arithmetic, right: Range) -> Option<Range> {
    let zero = |value: f64| value.abs() < f64::EPSILON;
    let pair = |range: Range| [range.low, range.high];
    let over = matches!(sign, Arithmetic::Over);
    if over && zero(right.low) && zero(right.high) {
        return Some(Range { low: 1.0, high: 0.0, whole: false });
    }
    if over && right.low <= 0.0 && right.high >= 0.0 {
        return None;
    }
    let ends: Option<Vec<f64>> = pair(left).into_iter().flat_map(|a| pair(right).map(move |b| sign.of(a, b))).collect();
    let ends = ends?;
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(Range { low, high, whole: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_cut_ranges_of_whole_and_of_all_numbers() {
        let whole = Range { low: 1.0, high: 5.0, whole: true };
        assert!(whole.under(Operator::Less, 1.0).is_empty());
        assert!(!whole.under(Operator::AtMost, 1.0).is_empty());
        assert_eq!(whole.under(Operator::Less, 2.5), whole.under(Operator::AtMost, 2.0));
        assert!(whole.under(Operator::More, 3.0).under(Operator::Less, 4.0).is_empty());
        let all = Range { whole: false, ..whole };
        assert!(!all.under(Operator::More, 3.0).under(Operator::Less, 4.0).is_empty());
        assert!(all.under(Operator::More, 4.0).under(Operator::AtMost, 4.0).is_empty());
        assert!(all.under(Operator::Equal, 6.0).is_empty());
    }
}

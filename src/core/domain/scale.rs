//! Rating scales with labelled points. Each framework has its own.

/// One labelled point of a [`Scale`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The number that is stored. Values ascend within a scale.
    pub value: i64,
    /// A short label, always shown with the number.
    pub label: String,
    /// One sentence in the first person that says when to choose this point; may be empty.
    pub meaning: String,
    /// The same about another person, for those who rate them; may be empty.
    pub of_others: String,
    /// Earlier labels and meanings that the pack declares to be equivalent.
    pub reworded: Vec<String>,
}

/// A question and its labelled answers, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The question shown above the points.
    pub question: String,
    /// Earlier questions that the pack declares to be equivalent.
    pub reworded: Vec<String>,
    /// At least two points with unique values, in ascending order.
    pub points: Vec<Point>,
}

impl Point {
    /// Returns whether `label` is the current label or a declared earlier one. Always true if `label` is empty, because
    /// it is then not known.
    #[must_use]
    pub fn was_labelled(&self, label: &str) -> bool {
        label.is_empty() || label == self.label || self.reworded.iter().any(|old| old == label)
    }
}

fn standard_point(value: i64, label: &str, [meaning, of_others]: [&str; 2], reworded: &[&str]) -> Point {
    let of_others = of_others.to_owned();
    let reworded = reworded.iter().map(|old| (*old).to_owned()).collect();
    Point { value, label: label.to_owned(), meaning: meaning.to_owned(), of_others, reworded }
}

/// Where a rating stands on its scale, whatever the number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Height {
    /// Of five points the first two.
    Low,
    /// Of five points the third.
    Middle,
    /// Of five points the last two.
    High,
}

impl Height {
    /// All heights, lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// Returns the identifier used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

impl Scale {
    /// Returns the default scale for frameworks that define none: five points described by conditions rather than by
    /// mere frequency. Source: COACHING.md 3.1, after Weng 2004 (label every point) and Cools et al. 2006 (five
    /// options).
    #[must_use]
    pub fn standard() -> Self {
        let point = standard_point;
        Self {
            question: "How often do you do this now?".to_owned(),
            reworded: vec!["Which words fit what you do now?".to_owned()],
            points: vec![
                point(
                    1,
                    "Not yet",
                    ["I do not do this yet.", "They do not do this yet."],
                    &["I have not found my way into this so far."],
                ),
                point(
                    2,
                    "When reminded",
                    [
                        "I do this when someone reminds me, or when things are easy.",
                        "They do this when someone reminds them, or when things are easy.",
                    ],
                    &["With prompting", "I do it when someone reminds me or when conditions are easy."],
                ),
                point(
                    3,
                    "Usually",
                    ["I usually do this without being asked.", "They usually do this without being asked."],
                    &["On an ordinary day I do it without being asked."],
                ),
                point(
                    4,
                    "Always, even under pressure",
                    [
                        "I do this even when time is short or things are tense.",
                        "They do this even when time is short or things are tense.",
                    ],
                    &["Reliably, also under pressure", "It holds when time is short or the room is tense."],
                ),
                point(
                    5,
                    "I help others do it",
                    [
                        "I always do this, and I help others to learn it.",
                        "They always do this, and they help others to learn it.",
                    ],
                    &["Others learn it from me and I make room for them to."],
                ),
            ],
        }
    }

    /// Returns the default scale for the importance of a behaviour in the person's role: three points.
    #[must_use]
    pub fn standard_importance() -> Self {
        let point = standard_point;
        Self {
            question: "How much does this matter in your role now?".to_owned(),
            reworded: Vec::new(),
            points: vec![
                point(1, "A little", ["It comes up now and then.", ""], &[]),
                point(2, "It matters", ["My work is better when I do it well.", ""], &[]),
                point(3, "Central", ["People are let down when I do not do it.", ""], &[]),
            ],
        }
    }

    /// Returns the point with this value.
    #[must_use]
    pub fn point(&self, value: i64) -> Option<&Point> {
        self.points.iter().find(|point| point.value == value)
    }

    /// Returns the label of a value; `None` if the scale has no such point.
    #[must_use]
    pub fn label(&self, value: i64) -> Option<&str> {
        self.point(value).map(|point| point.label.as_str())
    }

    /// Returns whether the scale has a point with this value.
    #[must_use]
    pub fn has(&self, value: i64) -> bool {
        self.points.iter().any(|point| point.value == value)
    }

    /// Returns where a value stands: low in the first two fifths of the way from the first point to the last, high in the
    /// last two, otherwise in the middle. `None` if the scale has no such point.
    #[must_use]
    pub fn height(&self, value: i64) -> Option<Height> {
        let at = self.points.iter().position(|point| point.value == value)?;
        let last = self.points.len().checked_sub(1)?;
        Some(match 5 * at {
            low if low < 2 * last => Height::Low,
            high if high > 3 * last => Height::High,
            _ => Height::Middle,
        })
    }

    /// Returns the lowest value of the scale.
    #[must_use]
    pub fn lowest(&self) -> i64 {
        self.points.first().map_or(1, |point| point.value)
    }

    /// Returns the highest value of the scale.
    #[must_use]
    pub fn highest(&self) -> i64 {
        self.points.last().map_or(5, |point| point.value)
    }
}

#[cfg(test)]
mod tests {
    use super::Height::{High, Low, Middle};
    use super::*;

    #[test]
    fn a_rating_is_low_in_the_middle_or_high_on_a_scale_of_any_length() {
        let heights = |count: i64| -> Vec<Height> {
            let points = (1..=count).map(|value| standard_point(value, "", [""; 2], &[])).collect();
            let scale = Scale { question: String::new(), reworded: Vec::new(), points };
            (1..=count).filter_map(|value| scale.height(value)).collect()
        };
        assert_eq!(heights(2), [Low, High]);
        assert_eq!(heights(3), [Low, Middle, High]);
        assert_eq!(heights(4), [Low, Low, High, High]);
        assert_eq!(heights(5), [Low, Low, Middle, High, High]);
        assert_eq!(heights(6), [Low, Low, Middle, Middle, High, High]);
        assert_eq!(Scale::standard().height(6), None);
    }
}

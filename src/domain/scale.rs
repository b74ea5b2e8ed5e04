//! The labelled points of a rating. A scale belongs to its framework; every point has words.

/// One labelled point of a [`Scale`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The number that is stored; points of a scale ascend.
    pub value: i64,
    /// A few words, shown beside the number everywhere.
    pub label: String,
    /// One sentence that says when to choose it.
    pub meaning: String,
    /// Earlier labels and meanings that the pack declares to mean the same.
    pub reworded: Vec<String>,
}

/// A question and its labelled answers, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// What is asked above the points.
    pub question: String,
    /// Earlier questions that the pack declares to mean the same.
    pub reworded: Vec<String>,
    /// At least two points, ascending by value, values unique.
    pub points: Vec<Point>,
}

impl Point {
    /// Whether this point had this label before, or has it now. An unknown label may be any.
    #[must_use]
    pub fn was_labelled(&self, label: &str) -> bool {
        label.is_empty() || label == self.label || self.reworded.iter().any(|old| old == label)
    }
}

fn standard_point(value: i64, label: &str, meaning: &str) -> Point {
    Point { value, label: label.to_owned(), meaning: meaning.to_owned(), reworded: Vec::new() }
}

impl Scale {
    /// The scale used where a framework states none: five points in words of conditions rather than of mere
    /// frequency. Source: COACHING.md 3.1, after Weng 2004 (label every point) and Cools et al. 2006 (five options).
    #[must_use]
    pub fn standard() -> Self {
        let point = standard_point;
        Self {
            question: "Which words fit what you do now?".to_owned(),
            reworded: Vec::new(),
            points: vec![
                point(1, "Not yet", "I have not found my way into this so far."),
                point(2, "With prompting", "I do it when someone reminds me or when conditions are easy."),
                point(3, "Usually", "On an ordinary day I do it without being asked."),
                point(4, "Reliably, also under pressure", "It holds when time is short or the room is tense."),
                point(5, "I help others do it", "Others learn it from me and I make room for them to."),
            ],
        }
    }

    /// How important a behaviour is in the person's role, three points, used where a framework states none.
    #[must_use]
    pub fn standard_importance() -> Self {
        let point = standard_point;
        Self {
            question: "How much does this matter in your role now?".to_owned(),
            reworded: Vec::new(),
            points: vec![
                point(1, "A little", "It comes up now and then."),
                point(2, "It matters", "My work is better when I do it well."),
                point(3, "Central", "People are let down when I do not do it."),
            ],
        }
    }

    /// The point of a value.
    #[must_use]
    pub fn point(&self, value: i64) -> Option<&Point> {
        self.points.iter().find(|point| point.value == value)
    }

    /// The words of a value, or `None` where the scale has no such point.
    #[must_use]
    pub fn label(&self, value: i64) -> Option<&str> {
        self.point(value).map(|point| point.label.as_str())
    }

    /// Whether the scale has a point of this value.
    #[must_use]
    pub fn has(&self, value: i64) -> bool {
        self.points.iter().any(|point| point.value == value)
    }

    /// Lowest value of the scale.
    #[must_use]
    pub fn lowest(&self) -> i64 {
        self.points.first().map_or(1, |point| point.value)
    }

    /// Highest value of the scale.
    #[must_use]
    pub fn highest(&self) -> i64 {
        self.points.last().map_or(5, |point| point.value)
    }
}

//! Comparison of self-ratings with the coach's ratings. Both rate the focus set without seeing the other's ratings;
//! when both have finished, the two views are opened together and read as questions, never as a verdict.

use super::{Answer, BehaviourIx, By, Day, Library, Rated, Scale};

/// One round of comparison. Until it is opened, its answers appear nowhere else: not in the profile, on a screen or in
/// a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Record id.
    pub id: String,
    /// The day on which the round was started.
    pub on: Day,
    /// Framework and code of every behaviour to rate.
    pub behaviours: Vec<(String, String)>,
    /// The client has finished rating.
    pub client_done: bool,
    /// The coach has finished rating.
    pub coach_done: bool,
    /// The day on which both views were opened; `None` while they are sealed.
    pub opened_on: Option<Day>,
    /// Answers of both views; empty until the round is opened.
    pub answers: Vec<Answer>,
}

impl Comparison {
    /// Returns whether a party has finished rating.
    #[must_use]
    pub fn is_done(&self, by: By) -> bool {
        match by {
            By::Myself => self.client_done,
            By::Coach | By::Other => self.coach_done,
        }
    }
}

/// How two views of one behaviour relate to each other and to the target (COACHING.md 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// Both rate it at or above the target.
    ConfirmedStrength,
    /// The other person rates it higher than the person does.
    HiddenStrength,
    /// The two ratings are close to each other and to the target.
    NoClearDifference,
    /// Both rate it below the target.
    AgreedDevelopment,
    /// The person rates it higher than the other does.
    BlindSpot,
    /// At least one of them gave no rating.
    NotEnoughViews,
}

impl GapKind {
    /// All kinds, strengths first, in the order in which they are discussed.
    pub const ALL: [Self; 6] = [
        Self::ConfirmedStrength,
        Self::HiddenStrength,
        Self::NoClearDifference,
        Self::AgreedDevelopment,
        Self::BlindSpot,
        Self::NotEnoughViews,
    ];

    /// Returns the identifier used in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ConfirmedStrength => "confirmed-strength",
            Self::HiddenStrength => "hidden-strength",
            Self::NoClearDifference => "no-clear-difference",
            Self::AgreedDevelopment => "agreed-development",
            Self::BlindSpot => "blind-spot",
            Self::NotEnoughViews => "not-enough-views",
        }
    }

    /// Returns the words shown: what to look at, not what somebody is.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::ConfirmedStrength => "a strength you both see",
            Self::HiddenStrength => "perhaps a hidden strength",
            Self::NoClearDifference => "not much difference",
            Self::AgreedDevelopment => "room to grow in both ratings",
            Self::BlindSpot => "perhaps a blind spot",
            Self::NotEnoughViews => "not enough ratings",
        }
    }

    /// Returns a question to discuss. Coach and client read it together, so it addresses the client.
    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::ConfirmedStrength => "Where could more people gain from this? Who could learn it from you?",
            Self::HiddenStrength => "What does your coach see you do that you hardly notice?",
            Self::NoClearDifference => "Which recent moment did each of you have in mind?",
            Self::AgreedDevelopment => "What small step would people around you notice?",
            Self::BlindSpot => "What did you see that your coach did not? What might look different from outside?",
            Self::NotEnoughViews => "What would one of you need to see or hear to be surer about this?",
        }
    }

    /// Classifies two ratings against a target. `delta` is the smallest difference that counts, in points: 1 on scales
    /// with four or five points.
    #[must_use]
    pub fn of(own: Option<i64>, other: Option<i64>, target: i64, delta: i64) -> Self {
        let (Some(own), Some(other)) = (own, other) else { return Self::NotEnoughViews };
        let near = |value: i64| (value - target).abs() < delta;
        if (own - other).abs() < delta && near(own) && near(other) {
            return Self::NoClearDifference;
        }
        match (own >= target, other >= target) {
            (true, true) => Self::ConfirmedStrength,
            (false, true) => Self::HiddenStrength,
            (true, false) => Self::BlindSpot,
            (false, false) => Self::AgreedDevelopment,
        }
    }
}

/// Two views of one behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Index of the behaviour.
    pub behaviour: BehaviourIx,
    /// The person's own view.
    pub own: Rated,
    /// The other person's view.
    pub other: Rated,
    /// The target rating; `None` if there is none, in which case the middle of the scale decides on the kind.
    pub target: Option<i64>,
    /// How the two views relate.
    pub kind: GapKind,
    /// Importance given by the person; 1 if they gave none.
    pub importance: i64,
    /// Labels of the two chosen points when they were chosen, the person's first; empty if there is none.
    pub labels: [String; 2],
    /// Examples that the two gave, the person's first; may be empty.
    pub examples: [String; 2],
}

impl Compared {
    /// Returns the own rating minus the other one, in points; `None` unless both are present.
    #[must_use]
    pub fn gap(&self) -> Option<i64> {
        Some(self.own.value()? - self.other.value()?)
    }
}

/// Returns the target rating used if none is stated: the middle point of the scale, the higher one if there are two.
#[must_use]
pub fn middle(scale: &Scale) -> i64 {
    let at = scale.points.len() / 2;
    scale.points.get(at).map_or(0, |point| point.value)
}

/// Compares the two views of an opened round. The result is ordered by kind, strengths first, and within a kind by
/// difference times importance, largest first. Behaviours that are not loaded and answers that do not
/// [count](Library::counted) are left out.
#[must_use]
pub fn compare(library: &Library, round: &Comparison, level: Option<&str>, today: Day) -> Vec<Compared> {
    let view = |by: By, ix: BehaviourIx| {
        let mine =
            |answer: &&Answer| answer.by == by && library.counted(answer, today).is_ok_and(|own| own.behaviour == ix);
        round.answers.iter().rev().find(mine)
    };
    let mut rows: Vec<Compared> = round
        .behaviours
        .iter()
        .filter_map(|(framework, code)| library.find_in(framework, code))
        .map(|ix| {
            let (own, other) = (view(By::Myself, ix), view(By::Coach, ix));
            let rated = |answer: Option<&Answer>| answer.map_or(Rated::Unanswered, |answer| answer.rated);
            let example = |answer: Option<&Answer>| answer.map(|answer| answer.evidence.clone()).unwrap_or_default();
            let label = |answer: Option<&Answer>| answer.map(|own| library.wording(own).label).unwrap_or_default();
            let scale = &library.framework_of(ix).scale;
            let stated = library.target(ix, level);
            let target = stated.unwrap_or_else(|| middle(scale));
            let kind = GapKind::of(rated(own).value(), rated(other).value(), target, 1);
            Compared {
                behaviour: ix,
                own: rated(own),
                other: rated(other),
                target: stated,
                kind,
                importance: own.and_then(|answer| answer.importance).unwrap_or(1),
                labels: [label(own), label(other)],
                examples: [example(own), example(other)],
            }
        })
        .collect();
    let weight = |row: &Compared| row.gap().map_or(0, i64::abs) * row.importance;
    rows.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| weight(b).cmp(&weight(a))));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_the_table_at_every_edge() {
        use GapKind::{
            AgreedDevelopment, BlindSpot, ConfirmedStrength, HiddenStrength, NoClearDifference, NotEnoughViews,
        };
        let kind = |own, other| GapKind::of(Some(own), Some(other), 3, 1);
        let table = [
            (1, 1, AgreedDevelopment),
            (2, 2, AgreedDevelopment),
            (3, 3, NoClearDifference),
            (4, 4, ConfirmedStrength),
            (3, 4, ConfirmedStrength),
            (2, 3, HiddenStrength),
            (1, 5, HiddenStrength),
            (3, 2, BlindSpot),
            (5, 1, BlindSpot),
            (2, 1, AgreedDevelopment),
        ];
        for (own, other, expected) in table {
            assert_eq!(kind(own, other), expected, "{own} beside {other}");
        }
        assert_eq!(GapKind::of(None, Some(3), 3, 1), NotEnoughViews);
        assert_eq!(GapKind::of(Some(3), None, 3, 1), NotEnoughViews);
        // A larger `delta` accepts larger differences.
        assert_eq!(GapKind::of(Some(2), Some(3), 3, 2), NoClearDifference);
    }

    #[test]
    fn every_kind_asks_and_none_judges() {
        for kind in GapKind::ALL {
            assert!(kind.question().ends_with('?'), "{}", kind.question());
            assert!(!kind.title().contains("weak") && !kind.title().contains("fail"));
        }
        assert_eq!(middle(&Scale::standard()), 3);
    }
}

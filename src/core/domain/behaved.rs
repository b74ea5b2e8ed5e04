//! One behaviour as the progress screen shows it: its ratings by each rater, its title and how the rating changed.

use super::{BehaviourIx, By, Excluded, Move, RatingHistory};

/// A behaviour for which there is at least one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaved {
    /// Index of the behaviour; `None` if no loaded pack defines it.
    pub ix: Option<BehaviourIx>,
    /// `framework/CODE`.
    pub full_code: String,
    /// Code of the behaviour.
    pub code: String,
    /// Current title if an answer counts, or else the title under which it was last answered; the code if no title is
    /// known.
    pub title: String,
    /// Index of the theme in [`Progress::themes`](super::Progress::themes).
    pub theme: Option<usize>,
    /// Points of the rating scale with their labels, lowest first.
    pub scale: Vec<(i64, String)>,
    /// Rating histories by rater, the person's own first. Each answer by [`By::Other`] has a history of its own.
    pub courses: Vec<(By, RatingHistory)>,
    /// Latest importance with its label.
    pub importance: Option<(i64, String)>,
    /// Target rating at the person's level, with its label.
    pub target: Option<(i64, String)>,
    /// The target comes from a built-in pack, not from an organisation.
    pub is_suggested: bool,
    /// Answers that are excluded from comparison, oldest first.
    pub apart: Vec<Excluded>,
}

impl Behaved {
    /// Returns code and title, with the full code if no loaded pack defines the behaviour.
    #[must_use]
    pub fn heading(&self) -> String {
        let code = if self.ix.is_some() { &self.code } else { &self.full_code };
        if self.title == self.code { code.clone() } else { format!("{code} {}", self.title) }
    }

    /// Returns the rating history of a rater, the first one if there are several.
    #[must_use]
    pub fn by(&self, by: By) -> Option<&RatingHistory> {
        self.courses.iter().find(|(own, _)| *own == by).map(|(_, course)| course)
    }

    /// Returns how the person's own rating changed.
    #[must_use]
    pub fn moved(&self) -> Move {
        self.by(By::Myself).map_or(Move::Unrated, RatingHistory::moved)
    }

    /// Returns the coach's current rating minus the person's own, or `None` if either is missing.
    #[must_use]
    pub fn gap(&self) -> Option<i64> {
        let now = |by| Some(self.by(by)?.now()?.value);
        Some(now(By::Coach)? - now(By::Myself)?)
    }
}

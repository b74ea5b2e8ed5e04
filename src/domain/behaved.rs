//! One behaviour as progress shows it: who said what of it, under which title, and where it went.

use super::{BehaviourIx, By, Excluded, Move, RatingHistory};

/// One behaviour that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaved {
    /// Which; `None` where the packs no longer have it.
    pub ix: Option<BehaviourIx>,
    /// `framework/CODE`.
    pub full_code: String,
    /// Its code.
    pub code: String,
    /// The title it was answered under last: today's where an answer counts; the code where no title is known.
    pub title: String,
    /// Its theme, as a place in [`Progress::themes`](super::Progress::themes).
    pub theme: Option<usize>,
    /// Points of its scale with their words, lowest first.
    pub scale: Vec<(i64, String)>,
    /// Who rated it, the person first; each answer of others is a view of its own.
    pub courses: Vec<(By, RatingHistory)>,
    /// Newest importance with its words.
    pub importance: Option<(i64, String)>,
    /// What is aimed at at the person's level, with its words.
    pub target: Option<(i64, String)>,
    /// It is what Cairn suggests, and no organisation set it.
    pub is_suggested: bool,
    /// Answers that are not compared, oldest first.
    pub apart: Vec<Excluded>,
}

impl Behaved {
    /// Code and title; of one that the packs no longer have the whole code.
    #[must_use]
    pub fn heading(&self) -> String {
        let code = if self.ix.is_some() { &self.code } else { &self.full_code };
        if self.title == self.code { code.clone() } else { format!("{code} {}", self.title) }
    }

    /// What one rater said.
    #[must_use]
    pub fn by(&self, by: By) -> Option<&RatingHistory> {
        self.courses.iter().find(|(own, _)| *own == by).map(|(_, course)| course)
    }

    /// Where the person's own rating went.
    #[must_use]
    pub fn moved(&self) -> Move {
        self.by(By::Myself).map_or(Move::Unrated, RatingHistory::moved)
    }

    /// Coach minus own, where both have a rating that holds.
    #[must_use]
    pub fn gap(&self) -> Option<i64> {
        let now = |by| Some(self.by(by)?.now()?.value);
        Some(now(By::Coach)? - now(By::Myself)?)
    }
}

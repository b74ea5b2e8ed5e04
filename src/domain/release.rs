//! What the client lets the sponsor see: single lines, ticked one by one after reading them. A tick is for the very words
//! that were read; if the words behind a line change later, it is not ticked any more.

use super::{Day, RecordKind};

/// One line that could be handed to the sponsor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReleaseItem {
    /// What kind of record it is taken from.
    pub kind: RecordKind,
    /// Tells items apart: `goal`, `plan/<id>`, `progress/<framework>/<code>`, `sessions`.
    pub key: String,
    /// Exactly what the sponsor would read.
    pub words: String,
}

/// A tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// [`ReleaseItem::key`].
    pub key: String,
    /// [`ReleaseItem::words`] as they were when the client ticked them.
    pub words: String,
    /// When.
    pub on: Day,
    /// The coach noted that the client was there and chose it; earlier versions did not ask.
    pub present: bool,
}

impl ReleaseItem {
    /// Whether the client ticked these very words.
    #[must_use]
    pub fn is_released(&self, releases: &[Release]) -> bool {
        self.tick(releases).is_some()
    }

    /// The tick for these very words.
    #[must_use]
    pub fn tick<'a>(&self, releases: &'a [Release]) -> Option<&'a Release> {
        releases.iter().find(|release| release.key == self.key && release.words == self.words)
    }
}

//! What the client lets the sponsor see: single lines that the client releases one by one after reading them. A release
//! is valid for exactly these words; if the text of a line changes, it is no longer released.

use super::{Day, RecordKind};

/// A line that can be released to the sponsor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReleaseItem {
    /// The kind of record it comes from.
    pub kind: RecordKind,
    /// Identifier of the line: `goal`, `plan/<id>`, `progress/<framework>/<code>` or `sessions`.
    pub key: String,
    /// The exact text that the sponsor would read.
    pub words: String,
}

/// The client's release of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// [`ReleaseItem::key`].
    pub key: String,
    /// [`ReleaseItem::words`] at the time of the release.
    pub words: String,
    /// Day of the release.
    pub on: Day,
    /// Whether the coach confirmed that the client was present and chose it. Earlier versions of the program did not
    /// ask.
    pub present: bool,
}

impl ReleaseItem {
    /// Returns whether the client released the line with exactly these words.
    #[must_use]
    pub fn is_released(&self, releases: &[Release]) -> bool {
        self.tick(releases).is_some()
    }

    /// Returns the release of the line with exactly these words.
    #[must_use]
    pub fn tick<'a>(&self, releases: &'a [Release]) -> Option<&'a Release> {
        releases.iter().find(|release| release.key == self.key && release.words == self.words)
    }
}

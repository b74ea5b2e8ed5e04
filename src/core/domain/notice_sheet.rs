//! The sheet of a safety notice.

use super::{Block, SafetyNotice, Sheet};

impl Sheet {
    /// Builds the sheet of one notice: its two sentences, then the contacts in order.
    #[must_use]
    pub fn notice(notice: &SafetyNotice) -> Self {
        let mut sheet = Self::default();
        sheet.text(notice.text.clone());
        sheet.blocks.extend(notice.contacts.iter().map(|contact| Block::Point(contact.line())));
        sheet
    }
}

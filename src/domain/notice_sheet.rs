//! People to ring, as a page.

use super::{Block, SafetyNotice, Sheet};

impl Sheet {
    /// One notice whole: two sentences, then whom to ring, in order.
    #[must_use]
    pub fn notice(notice: &SafetyNotice) -> Self {
        let mut sheet = Self::default();
        sheet.text(notice.text.clone());
        sheet.blocks.extend(notice.contacts.iter().map(|contact| Block::Point(contact.line())));
        sheet
    }
}

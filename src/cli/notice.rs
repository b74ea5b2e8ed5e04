//! Safety notices on the command line: printed first, and in JSON marked with `"safety": true`.

use serde::Serialize;

use super::out::{Out, complain};
use crate::domain::SafetyNotice;
use crate::report::{PRIVATE_DOUBT, identifying_warning};
use crate::safeguarding::Region;

#[derive(Debug, Serialize)]
pub(super) struct NoticeRow<'a> {
    safety: bool,
    concern: &'a str,
    title: &'a str,
    text: &'a str,
    contacts: Vec<ContactRow<'a>>,
    behaviours: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ContactRow<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    number: &'a str,
    when: &'a str,
}

impl<'a> NoticeRow<'a> {
    pub(super) fn of(notice: &'a SafetyNotice) -> Self {
        let contact = |contact: &'a crate::domain::Contact| ContactRow {
            name: &contact.name,
            number: &contact.number,
            when: &contact.when,
        };
        let mut behaviours: Vec<&str> =
            notice.heard_in.iter().map(|place| place.behaviour.as_str()).filter(|code| !code.is_empty()).collect();
        behaviours.sort_unstable();
        behaviours.dedup();
        Self {
            safety: true,
            concern: &notice.concern,
            title: &notice.title,
            text: &notice.text,
            contacts: notice.contacts.iter().map(contact).collect(),
            behaviours,
        }
    }
}

/// Prints the notices before anything else.
pub(super) fn notices(notices: &[SafetyNotice], region: &Region, out: &mut Out) {
    for notice in notices {
        out.line(&notice.title);
        out.paragraph("", &notice.text);
        for contact in &notice.contacts {
            out.paragraph("  - ", &contact.line());
        }
        out.line("");
    }
    if !notices.is_empty() {
        out.paragraph("", &region.sentence());
        out.line("");
    }
}

/// Asks on standard error whether the text that was just saved identifies somebody. A note for the coach alone is not
/// quoted.
pub(super) fn ask_about<'a>(texts: impl IntoIterator<Item = &'a str>, private: bool, hint: &str) {
    if let Some(doubt) = identifying_warning(texts) {
        complain(&format!("note: {}\n  hint: {hint}", if private { PRIVATE_DOUBT } else { &doubt }));
    }
}

/// The hint for an entry of the journal that identifies somebody.
pub(super) const ENTRY: &str = "`cairn correct` and `cairn withdraw` change or remove an entry";
/// The hint for an action that identifies somebody.
pub(super) const ACTION: &str = "`cairn plan change` and `cairn withdraw` change or remove an action";

/// Prints notices on standard error, if standard output is read by other programs.
pub(super) fn warn(notices: &[SafetyNotice]) {
    for notice in notices {
        let lines: Vec<String> = notice.contacts.iter().map(|contact| format!("  - {}", contact.line())).collect();
        complain(&format!("{}\n{}\n{}", notice.title, notice.text, lines.join("\n")));
    }
}

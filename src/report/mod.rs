//! Documents to hand over: the report for client, coach and sponsor, calendar files, the coach's hours log, reflective
//! accounts, certificates and exports. All functions are pure: nothing here reads records, opens files or prints.
//!
//! | file | content |
//! | --- | --- |
//! | `handout` | the privacy gate: it leaves out what a party may not see, so that no later step can reveal it |
//! | `release` | the lines that the client can tick for the sponsor |
//! | `page` | a page as data: sections, items, tables with small drawings |
//! | `full` | the report for client and coach; its parts in `strengths`, `views`, `movement`, `steps`, `credits` |
//! | `sponsor` | the report for the sponsor |
//! | `account` | a reflective account in the forms of two regulators; `names`, `name_words` find names in it |
//! | `markdown`, `html`, `chart` | a page as Markdown, as one file for a browser, and its drawings |
//! | `certificate`, `withdrawal` | what was erased or withdrawn, and what could not be |
//! | `calendar` | actions and reviews as iCalendar |
//! | `hours` | the coach's hours log; `cell` keeps formulas out of it |
//! | `archive` | everything about one person, or about everybody; the only document that bypasses the gate |
//! | `identifying` | numbers and addresses that identify somebody, for a warning on saving; `identity_codes` |
//!
//! A [`Page`] can only be made from a [`Handout`], and a [`Handout`] only from a [`Dossier`](crate::domain::Dossier)
//! and a [`Party`](crate::domain::Party), so the reader of a page is always known.

mod account;
mod archive;
mod calendar;
mod cell;
mod certificate;
mod chart;
mod credits;
mod full;
mod handout;
mod hours;
mod html;
mod identifying;
mod identity_codes;
mod markdown;
mod movement;
mod name_words;
mod names;
mod others;
mod page;
mod release;
mod sponsor;
mod steps;
mod strengths;
mod views;
mod withdrawal;

#[cfg(test)]
mod testing;

pub use account::{AccountFor, AccountOf, account};
pub use archive::{
    EXPORT_FORMAT, EXPORT_VERSION, Export, ExportError, Passage, Scope, SealedViews, archive_json, archive_page,
    csv_files, mentions, passages, tree_files,
};
pub use calendar::calendar;
pub use cell::{BOM, csv_cell, from_csv_cell};
pub use certificate::{BackupFate, BackupLine, CERTIFICATE_FORMAT, Certificate, Gone};
pub use full::report;
pub use handout::Handout;
pub use hours::{HoursError, HoursLog, HoursRow};
pub use html::html;
pub use identifying::{
    Identifying, IdentifyingKind, PRIVATE_DOUBT, identifying, identifying_warning, identifying_words,
};
pub use markdown::markdown;
pub use names::{Suspect, Suspicion, suspects};
pub use page::{Block, Credit, Drawing, Fact, Item, Page, Row, Section, Table, Words};
pub use release::release_items;
pub use withdrawal::{WITHDRAWAL_FORMAT, Withdrawal};

use crate::domain::ReportFormat;

/// Writes a page in a format; `None` for the calendar, which is made from the plan and not from a page.
#[must_use]
pub fn formatted(page: &Page, format: ReportFormat) -> Option<String> {
    match format {
        ReportFormat::Html => Some(html(page)),
        ReportFormat::Markdown => Some(markdown(page)),
        ReportFormat::Calendar => None,
    }
}

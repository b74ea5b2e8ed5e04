//! An export as one JSON value.
//!
//! | key | value |
//! | --- | --- |
//! | `format` | always `cairn-export` |
//! | `version` | 1; an incompatible change makes it 2 |
//! | `made_by`, `made_on` | the program with its version, and the day |
//! | `of` | `subject` for one person, `everybody` for all of them |
//! | `notes` | what is included and what is not, in sentences |
//! | `review` | for one person: every passage that looks like somebody else's name, with kind, row, field and line |
//! | `people` | a list: `name`, `who` (`self`, `client`), `records` |
//! | `vault` | for everybody: rows that belong to no person, by kind |
//!
//! `records` and `vault` contain a list for each kind with at least one row: `answers`, `reflections`, `notes`,
//! `actions`, `action_states` and so on. The fields of a row have a fixed order; empty ones are `null` or `""`, as they
//! were stored. Rows refer to each other by `id`. Days have the form `2026-11-22`, times RFC 3339 in UTC. Rows are
//! never overwritten, so of agreements, cards and states of actions the last row is the current one. An answer that is
//! a view of a round that was not opened has an additional field `"sealed": true`.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::folder::ExportError;
use super::{Export, Scope};
use crate::domain::{Archive, Cell, Cells, Holding, Kept, Kind, Means, PersonKind};

/// The value of `format`.
pub const EXPORT_FORMAT: &str = "cairn-export";
/// The value of `version`.
pub const EXPORT_VERSION: u32 = 1;

/// Returns the export as JSON with line breaks.
///
/// # Errors
/// Returns the error of the JSON writer; none is expected for data that fits into memory.
pub fn archive_json(export: &Export) -> Result<String, ExportError> {
    let mut text = serde_json::to_string_pretty(export)?;
    text.push('\n');
    Ok(text)
}

impl Serialize for Export {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("format", EXPORT_FORMAT)?;
        map.serialize_entry("version", &EXPORT_VERSION)?;
        map.serialize_entry("made_by", concat!("cairn ", env!("CARGO_PKG_VERSION")))?;
        map.serialize_entry("made_on", &self.made_on.to_string())?;
        map.serialize_entry("of", if self.scope == Scope::Subject { "subject" } else { "everybody" })?;
        map.serialize_entry("notes", &self.notes())?;
        if self.scope == Scope::Subject {
            map.serialize_entry("review", &self.review)?;
        }
        map.serialize_entry("people", &People(&self.archive))?;
        if self.scope == Scope::Everybody {
            map.serialize_entry("vault", &Kinds { kinds: &self.archive.vault, sealed: &BTreeSet::new() })?;
        }
        map.end()
    }
}

struct People<'a>(&'a Archive);

impl Serialize for People<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.0.people.len()))?;
        for holding in &self.0.people {
            list.serialize_element(&Person(holding))?;
        }
        list.end()
    }
}

struct Person<'a>(&'a Holding);

impl Serialize for Person<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("name", &self.0.name)?;
        map.serialize_entry("who", if self.0.who == PersonKind::Myself { "self" } else { "client" })?;
        map.serialize_entry("records", &Kinds { kinds: &self.0.kinds, sealed: &self.0.sealed_answers() })?;
        map.end()
    }
}

/// Rows of several kinds, serialised as a map from kind to list.
struct Kinds<'a> {
    kinds: &'a [Kept],
    sealed: &'a BTreeSet<String>,
}

impl Serialize for Kinds<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for kept in self.kinds.iter().filter(|kept| !kept.rows.is_empty()) {
            let rows: Vec<Row<'_>> = kept.rows.iter().map(|row| Row::of(kept, row, self.sealed)).collect();
            map.serialize_entry(kept.kind.id, &rows)?;
        }
        map.end()
    }
}

/// A row, serialised as a map of its fields.
pub(super) struct Row<'a> {
    kind: &'static Kind,
    cells: &'a Cells,
    is_sealed: bool,
}

impl<'a> Row<'a> {
    pub(super) fn of(kept: &Kept, cells: &'a Cells, sealed: &BTreeSet<String>) -> Self {
        let id = kept.text(cells, "id").unwrap_or_default();
        Self { kind: kept.kind, cells, is_sealed: kept.kind.table == "answer" && sealed.contains(id) }
    }

    /// Writes the fields as entries of a map.
    pub(super) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (field, cell) in self.kind.fields.iter().zip(self.cells) {
            match cell {
                _ if field.means == Means::Secret => {}
                Cell::Nothing => map.serialize_entry(field.name, &None::<()>)?,
                Cell::Number(number) if field.means == Means::Flag => {
                    map.serialize_entry(field.name, &(*number != 0))?;
                }
                Cell::Number(number) => map.serialize_entry(field.name, number)?,
                Cell::Text(text) => map.serialize_entry(field.name, text)?,
            }
        }
        if self.is_sealed {
            map.serialize_entry("sealed", &true)?;
        }
        Ok(())
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

//! An export as one JSON value.
//!
//! | key | what stands there |
//! | --- | --- |
//! | `format` | always `cairn-export` |
//! | `version` | 1; a change that a reader would trip over makes it 2 |
//! | `made_by`, `made_on` | the program with its version, and the day |
//! | `of` | `subject` for one person, `everybody` for all of them |
//! | `notes` | what is in it and what is not, in sentences |
//! | `review` | for one person: every passage that looks like somebody else's name, with kind, row, field and line |
//! | `people` | a list: `name`, `who` (`self`, `client`), `records` |
//! | `vault` | for everybody: what belongs to nobody, by kind |
//!
//! `records` and `vault` hold a list for each kind of which there is something: `answers`, `reflections`, `notes`,
//! `actions`, `action_states` and so on. A row has the names of its fields in a fixed order; what is empty is `null` or
//! `""`, as it was kept. Rows point at each other by `id`. Days are `2026-11-22`, times RFC 3339 in UTC. Nothing that was
//! ever written is overwritten, so of agreements, cards and states of actions the newest row, the last one, counts. An
//! answer that is a view of a round that was not opened has `"sealed": true` beside its fields.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::folder::ExportError;
use super::{Export, Scope};
use crate::domain::{Archive, Cell, Cells, Holding, Kept, Kind, Means, PersonKind};

/// The word that says what it is.
pub const EXPORT_FORMAT: &str = "cairn-export";
/// The version of the format.
pub const EXPORT_VERSION: u32 = 1;

/// The export as JSON, with line breaks.
///
/// # Errors
/// Never for what fits into memory; the error is the writer's.
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

/// Lists of rows by kind.
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

/// One row.
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

    /// Its fields, as entries of a map.
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

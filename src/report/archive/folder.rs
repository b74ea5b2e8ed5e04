//! An export as a folder: either CSV files for a spreadsheet, one for each kind of row; or JSON files suitable for
//! version control, one for each session, action, agreement, focus set and round, and one per kind for the rest.
//!
//! File names consist of kinds, days and the ends of ids, and never of text that somebody wrote.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::json::Row;
use super::{Export, Nest, Scope, by_themselves};
use crate::domain::{Cell, Cells, Holding, Kept, Means};
use crate::report::{BOM, csv_cell};

/// Path inside the folder, and content.
type File = (String, Vec<u8>);

/// An error while serialising an export.
#[derive(Debug, thiserror::Error)]
#[error("the export cannot be written: {0}")]
pub struct ExportError(String);

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Returns one CSV file for each kind of row, with a header line. The first column says to whom a row belongs.
///
/// # Errors
/// Returns the error of the CSV writer; none is expected for data that fits into memory.
pub fn csv_files(export: &Export) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let mut files = vec![readme(export)];
    let people = &export.archive.people;
    let kinds = people.first().map(|holding| holding.kinds.as_slice()).unwrap_or_default();
    for (at, kept) in kinds.iter().enumerate() {
        let all = people.iter().filter_map(|holding| Some((holding.called(), holding.kinds.get(at)?)));
        let rows: Vec<(&str, &Cells)> =
            all.flat_map(|(who, kept)| kept.rows.iter().map(move |row| (who, row))).collect();
        files.extend(sheet(kept, &rows)?);
    }
    for kept in &export.archive.vault {
        files.extend(sheet(kept, &kept.rows.iter().map(|row| ("", row)).collect::<Vec<_>>())?);
    }
    Ok(files)
}

fn sheet(kept: &Kept, rows: &[(&str, &Cells)]) -> Result<Option<File>, ExportError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let shown: Vec<usize> =
        (0..).zip(kept.kind.fields).filter(|(_, field)| field.means != Means::Secret).map(|(at, _)| at).collect();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heads = shown.iter().filter_map(|at| Some(kept.kind.fields.get(*at)?.name));
    writer.write_record(std::iter::once("whose").chain(heads))?;
    for (who, row) in rows {
        let cells =
            shown.iter().filter_map(|at| Some((row.get(*at)?, kept.kind.fields.get(*at)?))).map(|pair| match pair {
                (Cell::Nothing, _) => String::new(),
                (Cell::Number(number), _) => number.to_string(),
                // Dates are not escaped, so that a spreadsheet recognises them.
                (Cell::Text(text), field) if matches!(field.means, Means::Day | Means::Date | Means::Stamp) => {
                    text.clone()
                }
                (Cell::Text(text), _) => csv_cell(text),
            });
        writer.write_record(std::iter::once(csv_cell(who)).chain(cells))?;
    }
    let bytes = writer.into_inner().map_err(|error| ExportError(error.to_string()))?;
    let bytes = [BOM.as_bytes(), &bytes].concat();
    Ok(Some((format!("{}.csv", kept.kind.id), bytes)))
}

/// Returns one JSON file for each row that contains other rows, and one per kind for the rest. If there are several
/// people, each has a folder.
///
/// # Errors
/// Returns the error of the JSON writer; none is expected for data that fits into memory.
pub fn tree_files(export: &Export) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let mut files = vec![readme(export)];
    for (number, holding) in (1..).zip(&export.archive.people) {
        let folder = match export.scope {
            Scope::Subject => String::new(),
            Scope::Everybody => format!("person-{number:03}/"),
        };
        let (nest, sealed) = (Nest::of(holding), holding.sealed_answers());
        for kept in by_themselves(holding) {
            let of = |row| Tree { nest: &nest, kept, row, sealed: &sealed };
            if !has_others_inside(holding, kept) {
                let rows: Vec<Tree<'_>> = kept.rows.iter().map(of).collect();
                files.push((format!("{folder}{}.json", kept.kind.id), bytes(&rows)?));
                continue;
            }
            for row in &kept.rows {
                let day = kept.day(row).map(|day| format!("{day}-")).unwrap_or_default();
                let id = kept.text(row, "id").unwrap_or_default();
                let end = id.get(id.len().saturating_sub(12)..).unwrap_or(id);
                files.push((format!("{folder}{}/{day}{end}.json", kept.kind.id), bytes(&of(row))?));
            }
        }
    }
    let (nest, sealed) = (Nest::default(), BTreeSet::new());
    for kept in export.archive.vault.iter().filter(|kept| !kept.rows.is_empty()) {
        let of = |row| Tree { nest: &nest, kept, row, sealed: &sealed };
        files.push((format!("vault/{}.json", kept.kind.id), bytes(&kept.rows.iter().map(of).collect::<Vec<_>>())?));
    }
    Ok(files)
}

fn has_others_inside(holding: &Holding, kept: &Kept) -> bool {
    holding.kinds.iter().any(|other| other.kind.within.is_some_and(|(_, above)| above == kept.kind.table))
}

fn bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Returns the file that describes the folder and lists the passages to review.
fn readme(export: &Export) -> File {
    let mut lines = vec![export.title(), String::new()];
    lines.extend(export.notes());
    if !export.review.is_empty() {
        lines.extend([String::new(), "Passages that may name another person:".to_owned()]);
        lines.extend(export.review.iter().map(|passage| {
            format!("- {} {} {}, line {}: {}", passage.kind, passage.row, passage.field, passage.line, passage.around)
        }));
    }
    lines.push(String::new());
    ("README.txt".to_owned(), lines.join("\n").into_bytes())
}

/// A row with the rows nested inside it.
struct Tree<'a> {
    nest: &'a Nest<'a>,
    kept: &'a Kept,
    row: &'a Cells,
    sealed: &'a BTreeSet<String>,
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        Row::of(self.kept, self.row, self.sealed).entries(&mut map)?;
        let id = self.kept.text(self.row, "id").unwrap_or_default();
        for (kept, rows) in self.nest.inside(self.kept.kind.table, id) {
            let below: Vec<Tree<'_>> =
                rows.iter().map(|row| Tree { nest: self.nest, kept, row, sealed: self.sealed }).collect();
            map.serialize_entry(kept.kind.id, &below)?;
        }
        map.end()
    }
}

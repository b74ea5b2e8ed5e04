//! Conversion of columns to domain types. A column is given by its name, or by its index counted from 0. A value that
//! does not fit was not written by this program.

use rusqlite::{Row, RowIndex};

use super::error::StoreError;
use crate::domain::{Day, cleaned};

/// Reads a text and cleans it: anybody with the key can write to the database with another program.
pub(super) fn text(row: &Row<'_>, column: impl RowIndex) -> Result<String, StoreError> {
    Ok(cleaned(row.get(column)?))
}

/// Reads a text that may be null.
pub(super) fn maybe_text(row: &Row<'_>, column: impl RowIndex) -> Result<Option<String>, StoreError> {
    Ok(row.get::<_, Option<String>>(column)?.map(cleaned))
}

/// Reads a day.
pub(super) fn day(row: &Row<'_>, column: impl RowIndex) -> Result<Day, StoreError> {
    word(row, column, |text| text.parse().ok())
}

/// Reads a day that may be null.
pub(super) fn maybe_day(row: &Row<'_>, column: impl RowIndex) -> Result<Option<Day>, StoreError> {
    let Some(text) = maybe_text(row, column)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| misfit(&text))
}

/// Reads an identifier with `parse`.
pub(super) fn word<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let text = text(row, column)?;
    parse(&text).ok_or_else(|| misfit(&text))
}

/// Reads an identifier with `parse`; `None` for an empty text.
pub(super) fn maybe<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let text = text(row, column)?;
    if text.is_empty() { Ok(None) } else { parse(&text).map(Some).ok_or_else(|| misfit(&text)) }
}

/// Reads several ids, stored one on each line.
pub(super) fn lines(row: &Row<'_>, column: impl RowIndex) -> Result<Vec<String>, StoreError> {
    Ok(text(row, column)?.lines().map(str::to_owned).collect())
}

/// Reads several identifiers with `parse`, stored one on each line.
pub(super) fn words<T, C: FromIterator<T>>(
    row: &Row<'_>,
    column: impl RowIndex,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<C, StoreError> {
    lines(row, column)?.iter().map(|text| parse(text).ok_or_else(|| misfit(text))).collect()
}

fn misfit(text: &str) -> StoreError {
    StoreError::Damaged(format!("a record has \"{text}\" in a place where it cannot be"))
}

#[cfg(test)]
mod tests {
    use super::super::sql::Sql;
    use super::super::testing::store;
    use super::*;

    #[test]
    fn what_another_program_wrote_into_the_records_comes_out_clean() {
        let store = store();
        let first = |sql: &Sql<'_>, query: &str| {
            sql.first(query, &[], |row| Ok((text(row, 0)?, maybe_text(row, 0)?, lines(row, 0)?)))
        };
        let hostile = "SELECT char(27) || '[2Ja' || char(8238) || char(10) || 'b' || char(8203) || char(155)";
        let (text, maybe, lines) = first(&store.db.read(), hostile).expect("readable").expect("one row");
        assert_eq!((text.as_str(), maybe.as_deref()), ("[2Ja\nb", Some("[2Ja\nb")));
        assert_eq!(lines, ["[2Ja", "b"]);
    }
}

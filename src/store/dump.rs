//! Reads everything row by row, with owners as in the [catalogue](super::catalogue): for a person who asks for their
//! data and for a user who leaves. Only keys are left out.

use rusqlite::types::ValueRef;
use rusqlite::{Row, params};

use super::Store;
use super::catalogue::{Belongs, TABLES, Table};
use super::error::StoreError;
use super::people::Whose;
use super::sql::Sql;
use super::withdraw_marks::BEGUN;
use crate::domain::{Cell, Cells, Holding, Kept, Means};

impl Store {
    /// Returns everything about the current person, kind by kind, including kinds without rows.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn holding(&self) -> Result<Holding, StoreError> {
        let person = self.person()?;
        Ok(Holding {
            kinds: kinds(&self.db.read(), &self.whose, &person.id)?,
            id: person.id,
            name: person.name,
            who: person.kind,
        })
    }

    /// Returns the rows that belong to nobody.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn vault_rows(&self) -> Result<Vec<Kept>, StoreError> {
        let nobodys = TABLES.iter().filter(|table| matches!(table.belongs, Belongs::Nobody(_)));
        nobodys.map(|table| Ok(Kept { kind: &table.kind, rows: rows(&self.db.read(), table, None)? })).collect()
    }
}

/// Reads all kinds of record of one person.
pub(super) fn kinds(sql: &Sql<'_>, whose: &Whose, id: &str) -> Result<Vec<Kept>, StoreError> {
    let mut kinds = Vec::new();
    for table in TABLES {
        if let Some(condition) = table.condition(whose) {
            let mut rows = rows(sql, table, Some((&condition, &table.whose(whose, id))))?;
            if table.kind.table == "draft" {
                // The slots of withdrawn drafts are stored only to find copies of their text; nobody wrote these rows.
                rows.retain(|cells| {
                    !cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text.ends_with(BEGUN)))
                });
            }
            kinds.push(Kept { kind: &table.kind, rows });
        }
    }
    Ok(kinds)
}

fn rows(sql: &Sql<'_>, table: &'static Table, one: Option<(&str, &str)>) -> Result<Vec<Cells>, StoreError> {
    let columns: Vec<&str> = table.kind.fields.iter().map(|field| field.column).collect();
    let all = format!("SELECT {} FROM {}", columns.join(", "), table.kind.table);
    let read = |row: &Row<'_>| cells(row, table);
    match one {
        None => sql.rows(&format!("{all} ORDER BY {}", table.order), &[], read),
        Some((condition, whose)) => {
            sql.rows(&format!("{all} WHERE {condition} ORDER BY {}", table.order), params![whose], read)
        }
    }
}

fn cells(row: &Row<'_>, table: &'static Table) -> Result<Cells, StoreError> {
    let cell = |(at, means): (usize, Means)| {
        Ok(match row.get_ref(at)? {
            _ if means == Means::Secret => Cell::Nothing,
            ValueRef::Null => Cell::Nothing,
            ValueRef::Integer(number) => Cell::Number(number),
            ValueRef::Text(_) => Cell::Text(row.get(at)?),
            ValueRef::Real(_) | ValueRef::Blob(_) => {
                return Err(StoreError::Damaged(format!(
                    "a value in {} is of a kind that is never written",
                    table.kind.table
                )));
            }
        })
    };
    table.kind.fields.iter().map(|field| field.means).enumerate().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, answer, store, verdict};
    use crate::domain::Verdict;

    #[test]
    fn what_is_ones_own_and_what_is_a_clients_is_told_apart() {
        let mut store = store();
        store.save_answer(&answer("FL-5"), None).expect("writable");
        store.put_draft("reflect/a", "mine").expect("writable");
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        store.put_draft("reflect/a", "hers").expect("writable");
        store.decide(&action("Ask"), Some(&verdict("ask-one", Verdict::Accepted))).expect("writable");
        let hers = store.holding().expect("readable");
        let rows = |holding: &crate::domain::Holding, table: &str| holding.of(table).expect("a table").rows.len();
        for (table, count) in
            [("person", 1), ("answer", 0), ("action", 1), ("action_event", 1), ("verdict", 1), ("draft", 1)]
        {
            assert_eq!(rows(&hers, table), count, "{table}");
        }
        store.turn_to(None).expect("readable");
        let mine = store.holding().expect("readable");
        for (table, count) in
            [("person", 1), ("answer", 1), ("reflection", 2), ("session", 1), ("action", 0), ("draft", 1)]
        {
            assert_eq!(rows(&mine, table), count, "{table}");
        }
        let text = |holding: &crate::domain::Holding| format!("{holding:?}");
        assert!(text(&mine).contains("\"mine\"") && !text(&mine).contains("\"hers\""));
        assert!(text(&hers).contains("\"hers\"") && !text(&hers).contains("\"mine\""));
        assert_eq!(store.vault_rows().expect("readable").len(), 3);
    }
}

//! The catalogue of all tables and columns: to whom the rows belong, and what they are called in an export. It alone
//! decides what is exported and what is erased with a person; a test compares it with the database and fails if a
//! column is missing.
//!
//! Every table comes after the tables that it refers to. Rows are erased in the reverse order.

use self::Belongs::{Named, Nobody, Person, Slot, Through};
use super::drafts::CLIENT;
use super::people::Whose;
use crate::domain::Means::{Date, Day, Flag, Id, Link, Number, Secret, Stamp, Term, Words};
use crate::domain::{Field, Kind, Means};

/// How the owner of a row is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Belongs {
    /// The row is the person.
    Person,
    /// By the column `person_id`.
    Named,
    /// By the row of another table: the column that refers to it, and that table.
    Through(&'static str, &'static str),
    /// By the name of the draft: `client/ID/…` for a client, anything else for the user.
    Slot,
    /// Belongs to no person; describes what the table is for.
    Nobody(&'static str),
}

/// A table of the catalogue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) kind: Kind,
    pub(super) belongs: Belongs,
    /// SQL expression to order the rows by.
    pub(super) order: &'static str,
}

/// A column with the same name in the export.
const fn same(column: &'static str, means: Means) -> Field {
    Field { column, name: column, means }
}

const fn called(column: &'static str, name: &'static str, means: Means) -> Field {
    Field { column, name, means }
}

const ID: Field = same("id", Means::Id);
const PERSON: Field = called("person_id", "person", Means::Link);
const AT: Field = called("at", "written_at", Means::Stamp);
const ON: Field = called("on_day", "on", Means::Day);

const fn table(names: [&'static str; 4], belongs: Belongs, order: &'static str, fields: &'static [Field]) -> Table {
    let [table, id, one, many] = names;
    let within = match belongs {
        Through(column, above) => Some((column, above)),
        Person | Named | Slot | Nobody(_) => None,
    };
    Table { kind: Kind { table, id, one, many, within, fields }, belongs, order }
}

/// Changes a table whose rows have an owner of their own so that they are shown inside rows of another table.
const fn within(column: &'static str, above: &'static str, table: Table) -> Table {
    Table { kind: Kind { within: Some((column, above)), ..table.kind }, ..table }
}

/// All tables.
pub(super) static TABLES: &[Table] = &[
    table(
        ["schema_version", "schema", "step of the schema", "steps of the schema"],
        Nobody("how the file is laid out"),
        "v",
        &[called("v", "version", Number), same("name", Term), same("sha256", Term), AT],
    ),
    table(
        ["person", "people", "person", "people"],
        Person,
        "id",
        &[ID, called("display_name", "name", Words), same("kind", Term), called("created_at", "written_at", Stamp)],
    ),
    table(
        ["person_card", "cards", "card", "cards"],
        Named,
        "id",
        &[
            ID,
            PERSON,
            called("display_name", "name", Words),
            same("email", Words),
            called("hours_log_on", "in_hours_log_since", Date),
            AT,
        ],
    ),
    table(
        ["person_detail", "details", "statement of level and organisation", "statements of level and organisation"],
        Named,
        "id",
        &[ID, PERSON, same("level", Term), same("organisation", Term), AT],
    ),
    table(
        ["engagement", "agreements", "agreement", "agreements"],
        Named,
        "id",
        &[ID, PERSON, called("began_on", "began", Day), AT],
    ),
    table(
        ["engagement_term", "terms", "state of an agreement", "states of agreements"],
        Through("engagement_id", "engagement"),
        "id",
        &[
            ID,
            called("engagement_id", "agreement", Link),
            same("purpose", Term),
            called("also", "also_for", Term),
            same("goal", Words),
            same("sponsor", Words),
            same("may_see", Term),
            same("limits", Words),
            same("keep_until", Date),
            called("agreed_on", "agreed", Date),
            called("ended_on", "ended", Date),
            same("paid", Flag),
            AT,
        ],
    ),
    table(["focus_set", "focus_sets", "focus set", "focus sets"], Named, "id", &[ID, PERSON, ON, AT]),
    table(
        ["focus", "focus", "behaviour in a focus set", "behaviours in focus sets"],
        Through("focus_set_id", "focus_set"),
        "focus_set_id, position",
        &[
            called("focus_set_id", "focus_set", Link),
            same("position", Number),
            same("framework", Term),
            same("behaviour", Term),
            same("importance", Number),
        ],
    ),
    table(
        ["session", "sittings", "sitting", "sittings"],
        Named,
        "id",
        &[ID, PERSON, same("started_at", Stamp), same("kind", Term)],
    ),
    table(
        ["session_end", "sessions", "session", "sessions"],
        Through("session_id", "session"),
        "session_id",
        &[
            called("session_id", "sitting", Link),
            called("engagement_id", "agreement", Link),
            same("purpose", Term),
            ON,
            same("minutes", Number),
            same("model", Term),
            same("paid", Flag),
            same("behaviours", Term),
            same("actions", Link),
            AT,
        ],
    ),
    table(
        ["note", "notes", "note", "notes"],
        Through("session_id", "session"),
        "id",
        &[
            ID,
            called("session_id", "sitting", Link),
            same("part", Term),
            same("title", Words),
            called("body", "text", Words),
            called("seen", "for", Term),
        ],
    ),
    table(
        ["comparison", "comparisons", "round of comparing ratings", "rounds of comparing ratings"],
        Named,
        "id",
        &[ID, PERSON, ON, same("behaviours", Term), AT],
    ),
    table(
        ["comparison_view", "views", "set of ratings that was given", "sets of ratings that were given"],
        Through("comparison_id", "comparison"),
        "comparison_id, by_whom",
        &[called("comparison_id", "comparison", Link), called("by_whom", "by", Term), ON, AT],
    ),
    table(
        ["comparison_opened", "openings", "comparison of ratings", "comparisons of ratings"],
        Through("comparison_id", "comparison"),
        "comparison_id",
        &[called("comparison_id", "comparison", Link), ON, AT],
    ),
    within(
        "session_id",
        "session",
        table(
            ["answer", "answers", "answer", "answers"],
            Named,
            "id",
            &[
                ID,
                PERSON,
                called("session_id", "sitting", Link),
                same("framework", Term),
                same("edition", Term),
                same("behaviour", Term),
                called("by_whom", "by", Term),
                same("rating", Number),
                called("non_answer", "not_rated", Term),
                same("importance", Number),
                same("evidence", Words),
                ON,
                AT,
                same("purpose", Term),
                called("comparison_id", "comparison", Link),
                same("title", Term),
                same("label", Term),
                same("importance_label", Term),
                called("worded", "words_from", Term),
            ],
        ),
    ),
    table(
        ["reflection", "reflections", "reflection", "reflections"],
        Through("answer_id", "answer"),
        "answer_id, position",
        &[
            called("answer_id", "answer", Link),
            same("position", Number),
            called("prompt_id", "prompt", Term),
            called("body", "text", Words),
        ],
    ),
    table(
        ["verdict", "verdicts", "decision on a suggestion", "decisions on suggestions"],
        Named,
        "id",
        &[
            ID,
            PERSON,
            same("activity", Term),
            same("verdict", Term),
            same("reason", Words),
            same("rules", Term),
            same("because", Words),
            ON,
            AT,
        ],
    ),
    table(
        ["action", "actions", "action", "actions"],
        Named,
        "id",
        &[
            ID,
            PERSON,
            called("verdict_id", "verdict", Link),
            same("activity", Term),
            same("rules", Term),
            same("because", Words),
            same("behaviours", Term),
            called("decided_on", "decided", Day),
            AT,
        ],
    ),
    table(
        ["action_event", "action_states", "state of an action", "states of actions"],
        Through("action_id", "action"),
        "id",
        &[
            ID,
            called("action_id", "action", Link),
            same("title", Words),
            same("first_step", Words),
            same("status", Term),
            same("learned", Words),
            called("due_on", "due", Date),
            ON,
            AT,
            same("wish", Words),
            same("outcome", Words),
            same("obstacle", Words),
            called("situation", "if", Words),
            called("response", "then", Words),
            same("kind", Term),
            same("helper", Words),
            same("evidence", Words),
            called("review_on", "review", Date),
            same("came_out", Term),
        ],
    ),
    table(
        ["release_tick", "releases", "tick for the sponsor", "ticks for the sponsor"],
        Named,
        "id",
        &[ID, PERSON, called("k", "line", Term), same("words", Words), same("ticked", Flag), ON, AT],
    ),
    table(
        ["decision", "decisions", "line of the log of decisions", "lines of the log of decisions"],
        Named,
        "id",
        &[ID, PERSON, same("line", Term), AT],
    ),
    table(
        ["draft", "drafts", "draft", "drafts"],
        Slot,
        "slot",
        &[same("slot", Id), called("body", "text", Words), called("saved_at", "written_at", Stamp)],
    ),
    table(
        ["share_key", "own_keys", "key for shared files", "keys for shared files"],
        Named,
        "id",
        &[ID, PERSON, same("recipient", Term), same("identity", Secret), AT],
    ),
    table(
        ["contact", "contacts", "name of a key", "names of keys"],
        Named,
        "id",
        &[ID, PERSON, same("recipient", Term), same("name", Words), AT],
    ),
    table(
        ["taken_in", "taken_in", "note of where a record came from", "notes of where records came from"],
        Named,
        "kind, source_id",
        &[
            PERSON,
            same("kind", Term),
            called("source_id", "there", Link),
            called("record_id", "here", Link),
            AT,
            same("batch", Link),
        ],
    ),
    table(
        ["correction", "corrections", "correction of an entry", "corrections of entries"],
        Named,
        "id",
        &[ID, PERSON, same("kind", Term), called("older_id", "older", Link), called("newer_id", "newer", Link), ON, AT],
    ),
    table(
        ["withdrawal", "withdrawals", "certificate of a withdrawal", "certificates of withdrawals"],
        Named,
        "id",
        &[ID, PERSON, called("piece_hash", "piece_sha256", Term), same("certificate", Term), AT],
    ),
    table(
        ["withdrawn", "withdrawn", "mark of a record that was withdrawn", "marks of records that were withdrawn"],
        Named,
        "record_hash",
        &[PERSON, called("record_hash", "record_sha256", Term), AT],
    ),
    table(
        ["setting", "settings", "setting", "settings"],
        Nobody("how this copy of Cairn is set up, without any person"),
        "k",
        &[called("k", "name", Term), called("v", "value", Term)],
    ),
    table(
        ["erasure", "erasures", "certificate of erasure", "certificates of erasure"],
        Nobody("names the erased by the hash of an id alone"),
        "id",
        &[ID, called("person_hash", "person_sha256", Term), same("certificate", Term), AT],
    ),
];

impl Table {
    /// Returns the SQL condition for the rows of one person, with `$1` for the value of [`Table::whose`]; `None` for a
    /// table that belongs to nobody.
    pub(super) fn condition(&self, whose: &Whose) -> Option<String> {
        Some(match (self.belongs, whose) {
            (Nobody(_), _) => return None,
            (Person, _) => "id = $1".to_owned(),
            (Named, _) => "person_id = $1".to_owned(),
            (Through(column, parent), _) => {
                let above = TABLES.iter().find(|table| table.kind.table == parent)?.condition(whose)?;
                format!("{column} IN (SELECT id FROM {parent} WHERE {above})")
            }
            (Slot, Whose::Mine) => "substr(slot, 1, length($1)) <> $1".to_owned(),
            (Slot, Whose::Client(_)) => "substr(slot, 1, length($1)) = $1".to_owned(),
        })
    }

    /// Returns the value of `$1` in the condition for a person with this id.
    pub(super) fn whose(&self, whose: &Whose, id: &str) -> String {
        match (self.belongs, whose) {
            (Slot, Whose::Mine) => CLIENT.to_owned(),
            (Slot, Whose::Client(id)) => format!("{CLIENT}{id}/"),
            _ => id.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::testing::store;
    use super::*;

    #[test]
    fn every_table_and_column_is_in_the_catalogue_and_nothing_else_is() {
        let store = store();
        let sql = store.db.read();
        let name = |row: &rusqlite::Row<'_>| Ok(row.get::<_, String>(0)?);
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let held: BTreeSet<String> = sql.rows(tables, &[], name).expect("readable").into_iter().collect();
        let known: BTreeSet<String> = TABLES.iter().map(|table| table.kind.table.to_owned()).collect();
        assert_eq!(held, known, "say in src/store/catalogue.rs whose the rows of a new table are");
        assert_eq!(known.len(), TABLES.len(), "a table stands there twice");
        for table in TABLES {
            let columns = sql.rows("SELECT name FROM pragma_table_info($1)", &[&table.kind.table], name);
            let held: BTreeSet<String> = columns.expect("readable").into_iter().collect();
            let known: BTreeSet<String> = table.kind.fields.iter().map(|field| field.column.to_owned()).collect();
            assert_eq!(held, known, "{}: say in src/store/catalogue.rs what a new column is", table.kind.table);
        }
    }

    #[test]
    fn names_are_told_apart_and_parents_come_first() {
        let ids: BTreeSet<&str> = TABLES.iter().map(|table| table.kind.id).collect();
        assert_eq!(ids.len(), TABLES.len());
        for (at, table) in TABLES.iter().enumerate() {
            let names: BTreeSet<&str> = table.kind.fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), table.kind.fields.len(), "{}", table.kind.table);
            match table.belongs {
                Through(column, parent) => {
                    assert!(table.kind.at(column).is_some(), "{}", table.kind.table);
                    assert!(TABLES.iter().take(at).any(|other| other.kind.table == parent), "{}", table.kind.table);
                }
                Named => assert!(table.kind.at("person_id").is_some(), "{}", table.kind.table),
                Nobody(why) => assert!(!why.is_empty() && table.kind.at("person_id").is_none()),
                Person | Slot => {}
            }
        }
    }

    #[test]
    fn whatever_points_at_another_table_comes_after_it() {
        let store = store();
        for (at, table) in TABLES.iter().enumerate() {
            let pointed = "SELECT \"table\" FROM pragma_foreign_key_list($1)";
            let parents = store.db.read().rows(pointed, &[&table.kind.table], |row| Ok(row.get::<_, String>(0)?));
            for parent in parents.expect("readable") {
                let first = TABLES.iter().take(at).any(|other| other.kind.table == parent);
                assert!(first, "{} points at {parent}, which comes later", table.kind.table);
            }
        }
    }
}

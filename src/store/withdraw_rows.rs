//! Which rows of a file a withdrawn record has, and taking them out with every line that quotes them: in the records as they
//! are, and in copies of any older format.

use std::collections::BTreeSet;

use rusqlite::params;

use super::error::StoreError;
use super::sql::Sql;
use super::withdraw::mark;
use crate::domain::{Piece, fold};

/// Fewest characters of a text that is looked for in what quotes it.
const SHORTEST: usize = 4;

pub(super) fn ids(sql: &Sql<'_>, query: &str, params: &[&dyn rusqlite::ToSql]) -> Result<Vec<String>, StoreError> {
    sql.rows(query, params, |row| Ok(row.get(0)?))
}

/// Everything in this file that one of these hashes means.
pub(super) fn meant(sql: &Sql<'_>, hashes: &[String]) -> Result<Vec<Piece>, StoreError> {
    let wanted: BTreeSet<&str> = hashes.iter().map(String::as_str).collect();
    let mut all: Vec<Piece> = Vec::new();
    for id in ids(sql, "SELECT id FROM answer", &[])? {
        all.extend([Piece::Example(id.clone()), Piece::Answer(id)]);
    }
    let places = "SELECT answer_id, position FROM reflection";
    all.extend(sql.rows(places, &[], |row| Ok(Piece::Reflection(row.get(0)?, row.get(1)?)))?);
    all.extend(ids(sql, "SELECT id FROM action", &[])?.into_iter().map(Piece::Action));
    all.extend(ids(sql, "SELECT id FROM action_event", &[])?.into_iter().map(Piece::State));
    if has(sql, "note")? {
        all.extend(ids(sql, "SELECT id FROM note", &[])?.into_iter().map(Piece::Note));
        all.extend(ids(sql, "SELECT session_id FROM session_end", &[])?.into_iter().map(Piece::Session));
        let views = "SELECT comparison_id, by_whom FROM comparison_view";
        let view = |row: &rusqlite::Row<'_>| {
            let by = crate::domain::By::parse(&row.get::<_, String>(1)?);
            Ok(by.map(|by| Ok::<_, StoreError>(Piece::View(row.get(0)?, by))).transpose()?)
        };
        all.extend(sql.rows(views, &[], view)?.into_iter().flatten());
    }
    // An example that is gone already is nothing to take back again.
    let written = |piece: &Piece| match piece {
        Piece::Example(id) => {
            let one = "SELECT id FROM answer WHERE id = $1 AND evidence <> ''";
            Ok::<_, StoreError>(!ids(sql, one, params![id])?.is_empty())
        }
        Piece::View(id, by) => {
            let one = "SELECT id FROM answer WHERE comparison_id = $1 AND by_whom = $2";
            Ok(!ids(sql, one, params![id, by.id()])?.is_empty())
        }
        _ => Ok(true),
    };
    let mut found = Vec::new();
    for piece in all.into_iter().filter(|piece| wanted.contains(mark(piece).as_str())) {
        if written(&piece)? {
            found.push(piece);
        }
    }
    Ok(found)
}

/// Whether this file has a table; an older format has fewer.
fn has(sql: &Sql<'_>, table: &str) -> Result<bool, StoreError> {
    let one = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";
    Ok(sql.first(one, params![table], |_| Ok(()))?.is_some())
}

/// Takes the rows of records away, and every line that quotes them.
pub(super) fn cut_all(sql: &Sql<'_>, records: &[Piece]) -> Result<(), StoreError> {
    let mut texts = Vec::new();
    for record in records {
        texts.extend(texts_of(sql, record)?);
    }
    for record in records {
        cut(sql, record)?;
    }
    unquote(sql, &texts)
}

/// What was written in a record.
fn texts_of(sql: &Sql<'_>, record: &Piece) -> Result<Vec<String>, StoreError> {
    let all = |query: &str, id: &String| ids(sql, query, params![id]);
    Ok(match record {
        Piece::Answer(id) => {
            let mut texts = all("SELECT evidence FROM answer WHERE id = $1", id)?;
            texts.extend(all("SELECT body FROM reflection WHERE answer_id = $1", id)?);
            texts
        }
        Piece::Example(id) => all("SELECT evidence FROM answer WHERE id = $1", id)?,
        Piece::Reflection(id, at) => {
            ids(sql, "SELECT body FROM reflection WHERE answer_id = $1 AND position = $2", params![id, at])?
        }
        Piece::Note(id) => all("SELECT body FROM note WHERE id = $1", id)?,
        Piece::Session(id) => all("SELECT body FROM note WHERE session_id = $1", id)?,
        Piece::Action(id) => all("SELECT learned FROM action_event WHERE action_id = $1", id)?,
        Piece::State(id) => all("SELECT learned FROM action_event WHERE id = $1", id)?,
        Piece::View(..) | Piece::TakenIn(_) => Vec::new(),
    })
}

fn cut(sql: &Sql<'_>, record: &Piece) -> Result<(), StoreError> {
    let corrections = has(sql, "correction")?;
    let uncorrect = |id: &String| {
        if corrections {
            sql.run("DELETE FROM correction WHERE older_id = $1", params![id])?;
            sql.run("DELETE FROM correction WHERE newer_id = $1", params![id])?;
        }
        Ok::<_, StoreError>(())
    };
    match record {
        Piece::Answer(id) => {
            uncorrect(id)?;
            sql.run("DELETE FROM reflection WHERE answer_id = $1", params![id])?;
            sql.run("DELETE FROM answer WHERE id = $1", params![id])?;
        }
        Piece::Example(id) => {
            sql.run("UPDATE answer SET evidence = '' WHERE id = $1", params![id])?;
        }
        Piece::Reflection(id, at) => {
            sql.run("DELETE FROM reflection WHERE answer_id = $1 AND position = $2", params![id, at])?;
        }
        Piece::Note(id) => {
            uncorrect(id)?;
            sql.run("DELETE FROM note WHERE id = $1", params![id])?;
        }
        Piece::Session(id) => {
            for note in ids(sql, "SELECT id FROM note WHERE session_id = $1", params![id])? {
                cut(sql, &Piece::Note(note))?;
            }
            sql.run("DELETE FROM session_end WHERE session_id = $1", params![id])?;
        }
        Piece::Action(id) => {
            let verdicts =
                ids(sql, "SELECT verdict_id FROM action WHERE id = $1 AND verdict_id IS NOT NULL", params![id])?;
            sql.run("DELETE FROM action_event WHERE action_id = $1", params![id])?;
            sql.run("DELETE FROM action WHERE id = $1", params![id])?;
            for verdict in verdicts {
                sql.run("DELETE FROM verdict WHERE id = $1", params![verdict])?;
            }
            if has(sql, "release_tick")? {
                sql.run("DELETE FROM release_tick WHERE k = $1", params![format!("plan/{id}")])?;
            }
        }
        Piece::State(id) => {
            sql.run("DELETE FROM action_event WHERE id = $1", params![id])?;
        }
        // A view of a round that is not opened is to be given again; an opened one stays open with the other.
        Piece::View(id, by) => {
            sql.run(
                "DELETE FROM comparison_view WHERE comparison_id = $1 AND by_whom = $2 AND NOT EXISTS \
                 (SELECT 1 FROM comparison_opened o WHERE o.comparison_id = comparison_view.comparison_id)",
                params![id, by.id()],
            )?;
        }
        Piece::TakenIn(_) => {}
    }
    Ok(())
}

/// Reasons and ticked lines that quote one of these texts lose their words: a rule may have quoted a sentence.
fn unquote(sql: &Sql<'_>, texts: &[String]) -> Result<(), StoreError> {
    let texts: Vec<String> = texts.iter().map(|text| fold(text)).filter(|text| !text.trim().is_empty()).collect();
    if texts.is_empty() {
        return Ok(());
    }
    let mut columns = vec![("verdict", "because"), ("action", "because")];
    if has(sql, "release_tick")? {
        columns.push(("release_tick", "words"));
    }
    for (table, column) in columns {
        let rows = sql.rows(&format!("SELECT id, {column} FROM {table} WHERE {column} <> ''"), &[], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        for (id, _) in rows.iter().filter(|(_, line)| quotes(line, &texts)) {
            sql.run(&format!("UPDATE {table} SET {column} = '' WHERE id = $1"), params![id])?;
        }
    }
    Ok(())
}

/// Whether a line quotes something that stands in one of the texts, or holds a whole sentence of it.
fn quotes(line: &str, texts: &[String]) -> bool {
    let marks = ['\u{ab}', '\u{bb}', '\u{201c}', '\u{201d}', '"'];
    let long = |part: &str| part.chars().count() >= SHORTEST;
    let quoted = line.split(marks).skip(1).step_by(2).map(|part| fold(part.trim().trim_end_matches('\u{2026}')));
    let line = fold(line);
    let sentences = || texts.iter().flat_map(|text| text.split(['.', '!', '?', '\n'])).map(str::trim);
    quoted.filter(|part| long(part)).any(|part| texts.iter().any(|text| text.contains(part.trim())))
        || sentences().filter(|one| one.chars().count() >= 2 * SHORTEST).any(|one| line.contains(one))
}

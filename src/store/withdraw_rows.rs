//! The rows of withdrawn records and their removal, including lines that quote them; works on the records and on copies
//! in any older format.

use std::collections::BTreeSet;

use rusqlite::params;
use serde_json::Value;

use super::catalogue::TABLES;
use super::drafts::CLIENT;
use super::error::StoreError;
use super::people::Whose;
use super::sql::Sql;
use super::unsaid::{holds, quotes, without};
use super::withdraw::mark;
use crate::domain::{Means, Piece, fold};

/// Columns of an action that contain the person's own words; older formats have fewer.
const OWN_COLUMNS: [&str; 7] = ["learned", "wish", "outcome", "obstacle", "situation", "response", "helper"];

pub(super) fn ids(sql: &Sql<'_>, query: &str, params: &[&dyn rusqlite::ToSql]) -> Result<Vec<String>, StoreError> {
    sql.rows(query, params, |row| Ok(row.get(0)?))
}

/// Returns all pieces in this file that have one of these hashes.
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
    all.extend(ids(sql, "SELECT id FROM verdict WHERE reason <> ''", &[])?.into_iter().map(Piece::Reason));
    if has(sql, "note")? {
        all.extend(ids(sql, "SELECT id FROM note", &[])?.into_iter().map(Piece::Note));
        all.extend(ids(sql, "SELECT session_id FROM session_end", &[])?.into_iter().map(Piece::Session));
        let views = "SELECT comparison_id, by_whom FROM comparison_view";
        let view = |row: &rusqlite::Row<'_>| {
            let by = crate::domain::By::parse(&row.get::<_, String>(1)?);
            by.map(|by| Ok::<_, StoreError>(Piece::View(row.get(0)?, by))).transpose()
        };
        all.extend(sql.rows(views, &[], view)?.into_iter().flatten());
    }
    // An example that has already been removed need not be withdrawn again.
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

/// Returns whether the file has a table; an older format has fewer.
pub(super) fn has(sql: &Sql<'_>, table: &str) -> Result<bool, StoreError> {
    let one = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";
    Ok(sql.first(one, params![table], |_| Ok(()))?.is_some())
}

/// The text of withdrawn records, used to find quotations of it. It is never stored.
#[derive(Debug, Clone, Default)]
pub struct WithdrawnWords {
    /// The person, if known; drafts of other people are then skipped.
    pub(super) whose: Option<Whose>,
    /// The folded texts.
    pub(super) texts: Vec<String>,
    /// Where the text was typed before it was saved, and until when. A draft in that place in a copy, saved no later,
    /// became the withdrawn entry, even if it was reworded.
    pub(super) begun: Vec<(String, String)>,
    /// The same with complete slots, for all people; this is what remains known after the text has been removed.
    pub(super) slots: Vec<(String, String)>,
}

/// Removes the rows of records, and every line and draft that quotes them or the text in `also`. Returns everything
/// that was searched for.
pub(super) fn cut_all(sql: &Sql<'_>, records: &[Piece], also: &WithdrawnWords) -> Result<WithdrawnWords, StoreError> {
    let mut texts = Vec::new();
    for record in records {
        texts.extend(texts_of(sql, record)?);
    }
    let people = people_of(sql, records)?;
    for record in records {
        cut(sql, record)?;
    }
    let mut texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    texts.extend(also.texts.iter().cloned());
    texts.retain(|text| !text.trim().is_empty());
    let words = WithdrawnWords { texts, ..also.clone() };
    unquote(sql, &people, &words.texts)?;
    for (slot, body) in drafts_of(sql, records, &words)? {
        match body {
            Some(body) => sql.run("UPDATE draft SET body = $1 WHERE slot = $2", params![body, slot])?,
            None => sql.run("DELETE FROM draft WHERE slot = $1", params![slot])?,
        };
    }
    Ok(words)
}

/// Returns the drafts that contain withdrawn text, each with what is left of it: `None` for a draft about a withdrawn
/// record, otherwise the draft without the sentences that quote.
pub(super) fn drafts_of(
    sql: &Sql<'_>,
    records: &[Piece],
    words: &WithdrawnWords,
) -> Result<Vec<(String, Option<String>)>, StoreError> {
    let own = |slot: &str| match &words.whose {
        None => true,
        Some(Whose::Mine) => !slot.starts_with(CLIENT),
        Some(Whose::Client(id)) => slot.starts_with(&format!("{CLIENT}{id}/")),
    };
    let all = sql.rows("SELECT slot, body, saved_at FROM draft ORDER BY slot", &[], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let mut found = Vec::new();
    for (slot, body, saved_at) in all {
        let client = slot.strip_prefix(CLIENT).and_then(|rest| rest.split_once('/'));
        let place = client.map_or(slot.as_str(), |(_, place)| place);
        let became = |(begun, until): &(String, String)| place == begun && saved_at <= *until && own(&slot);
        let later = words.slots.iter().any(|(begun, until)| *begun == slot && saved_at <= *until);
        if later || words.begun.iter().any(became) || records.iter().any(|record| slot.contains(record.id())) {
            found.push((slot, None));
        } else if own(&slot) {
            let left = match serde_json::from_str::<Value>(&body) {
                Ok(mut value) => blank(&mut value, &words.texts).then(|| value.to_string()),
                Err(_) => fewer_lines(&body, records, &words.texts),
            };
            found.extend(left.map(|left| (slot, Some(left).filter(|left| !left.is_empty()))));
        }
    }
    Ok(found)
}

/// Returns the lines of a list without those about a withdrawn record; `None` if there are none.
fn fewer_lines(body: &str, records: &[Piece], texts: &[String]) -> Option<String> {
    let about = |line: &str, record: &Piece| match record {
        Piece::View(id, by) => line.ends_with(&format!("{id} {}", by.id())),
        record => line.contains(record.id()),
    };
    let gone = |line: &&str| records.iter().any(|record| about(line, record)) || holds(line, texts);
    let kept: Vec<&str> = body.lines().filter(|line| !gone(line)).collect();
    (kept.len() < body.lines().count()).then(|| kept.join("\n"))
}

/// Removes sentences that quote from every text in a draft; returns whether there were any.
fn blank(value: &mut Value, texts: &[String]) -> bool {
    match value {
        Value::String(text) => match without(text, texts) {
            Some(left) => {
                *text = left;
                true
            }
            None => false,
        },
        Value::Array(items) => items.iter_mut().fold(false, |found, item| blank(item, texts) | found),
        Value::Object(fields) => fields.iter_mut().fold(false, |found, (_, item)| blank(item, texts) | found),
        _ => false,
    }
}

/// Returns the columns of a table that hold a person's own text, as far as these records have them: copies in earlier
/// formats lack the newer ones.
fn texts_in(sql: &Sql<'_>, table: &str) -> Result<Vec<&'static str>, StoreError> {
    let there = ids(sql, &format!("SELECT name FROM pragma_table_info('{table}')"), &[])?;
    let known = TABLES.iter().filter(|known| known.kind.table == table).flat_map(|known| known.kind.fields);
    let texts = known.filter(|field| field.means == Means::Words).map(|field| field.column);
    Ok(texts.filter(|name| there.iter().any(|own| own == name)).collect())
}

/// Returns the texts of a record.
fn texts_of(sql: &Sql<'_>, record: &Piece) -> Result<Vec<String>, StoreError> {
    let all = |query: &str, id: &String| ids(sql, query, params![id]);
    Ok(match record {
        Piece::Answer(id) => {
            let mut texts = all("SELECT body FROM reflection WHERE answer_id = $1", id)?;
            for column in texts_in(sql, "answer")? {
                texts.extend(all(&format!("SELECT {column} FROM answer WHERE id = $1"), id)?);
            }
            texts
        }
        Piece::Example(id) => all("SELECT evidence FROM answer WHERE id = $1", id)?,
        Piece::Reflection(id, at) => {
            ids(sql, "SELECT body FROM reflection WHERE answer_id = $1 AND position = $2", params![id, at])?
        }
        Piece::Note(id) => all("SELECT body FROM note WHERE id = $1", id)?,
        Piece::Session(id) => all("SELECT body FROM note WHERE session_id = $1", id)?,
        Piece::Action(id) => {
            // The first step, the visible result and the title of an activity are the pack's words.
            let own = "SELECT e.title FROM action_event e JOIN action a ON a.id = e.action_id \
                       WHERE a.id = $1 AND a.activity IS NULL";
            let mut texts = all(own, id)?;
            let there = ids(sql, "SELECT name FROM pragma_table_info('action_event')", &[])?;
            for column in OWN_COLUMNS.iter().filter(|column| there.iter().any(|own| own == *column)) {
                texts.extend(all(&format!("SELECT {column} FROM action_event WHERE action_id = $1"), id)?);
            }
            texts
        }
        Piece::Reason(id) => all("SELECT reason FROM verdict WHERE id = $1", id)?,
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
        Piece::Reason(id) => {
            sql.run("UPDATE verdict SET reason = '' WHERE id = $1", params![id])?;
        }
        Piece::State(id) => {
            sql.run("DELETE FROM action_event WHERE id = $1", params![id])?;
        }
        // A view in a round that is not opened can be given again; an opened round stays open with the other view.
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

/// Returns where records were typed before they were saved, and until when. Used for copies only: in the records
/// themselves, the draft was removed on saving, and a draft there now is a different one. Imported records were not
/// typed here.
pub(super) fn begun_of(sql: &Sql<'_>, records: &[Piece]) -> Result<Vec<(String, String)>, StoreError> {
    let mut begun = Vec::new();
    for record in records {
        let query = match record {
            Piece::Answer(_) | Piece::Example(_) | Piece::Reflection(..) => {
                "SELECT 'reflect/' || framework || '/' || behaviour, at FROM answer WHERE id = $1 \
                 AND id NOT IN (SELECT record_id FROM taken_in)"
            }
            Piece::Note(_) => {
                "SELECT 'session', e.at FROM note n JOIN session_end e ON e.session_id = n.session_id WHERE n.id = $1 \
                 AND e.session_id NOT IN (SELECT record_id FROM taken_in)"
            }
            Piece::Action(_) => {
                "SELECT 'plan', at FROM action WHERE id = $1 AND activity IS NULL \
                 AND id NOT IN (SELECT record_id FROM taken_in)"
            }
            _ => continue,
        };
        begun.extend(
            sql.rows(query, params![record.id()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?,
        );
    }
    Ok(begun)
}

/// Returns the ids of the people whose records these are; the rows must still exist.
fn people_of(sql: &Sql<'_>, records: &[Piece]) -> Result<BTreeSet<String>, StoreError> {
    let mut people = BTreeSet::new();
    for record in records {
        let query = match record {
            Piece::Answer(_) | Piece::Example(_) | Piece::Reflection(..) => {
                "SELECT person_id FROM answer WHERE id = $1"
            }
            Piece::Note(_) => "SELECT s.person_id FROM note n JOIN session s ON s.id = n.session_id WHERE n.id = $1",
            Piece::Session(_) => "SELECT person_id FROM session WHERE id = $1",
            Piece::Action(_) => "SELECT person_id FROM action WHERE id = $1",
            Piece::Reason(_) => "SELECT person_id FROM verdict WHERE id = $1",
            Piece::State(_) => {
                "SELECT a.person_id FROM action_event e JOIN action a ON a.id = e.action_id WHERE e.id = $1"
            }
            Piece::View(..) => "SELECT person_id FROM comparison WHERE id = $1",
            Piece::TakenIn(_) => continue,
        };
        people.extend(ids(sql, query, params![record.id()])?);
    }
    Ok(people)
}

/// Returns everything that a person wrote and that still exists, folded.
fn left_of(sql: &Sql<'_>, person: &str) -> Result<Vec<String>, StoreError> {
    let mut texts = Vec::new();
    for column in texts_in(sql, "answer")? {
        texts.extend(ids(sql, &format!("SELECT {column} FROM answer WHERE person_id = $1"), params![person])?);
    }
    let reflections = "SELECT r.body FROM reflection r JOIN answer a ON a.id = r.answer_id WHERE a.person_id = $1";
    texts.extend(ids(sql, reflections, params![person])?);
    if has(sql, "note")? {
        let notes = "SELECT n.body FROM note n JOIN session s ON s.id = n.session_id WHERE s.person_id = $1";
        texts.extend(ids(sql, notes, params![person])?);
    }
    Ok(texts.iter().map(|text| fold(text)).collect())
}

/// Clears explanations and released lines of the same people that quote one of these texts, because a rule may have
/// quoted a sentence. A line stays if another text of the person contains the quotation.
fn unquote(sql: &Sql<'_>, people: &BTreeSet<String>, texts: &[String]) -> Result<(), StoreError> {
    if texts.is_empty() {
        return Ok(());
    }
    let mut columns = vec![("verdict", "because"), ("action", "because")];
    if has(sql, "release_tick")? {
        columns.push(("release_tick", "words"));
    }
    for person in people {
        let left = left_of(sql, person)?;
        for (table, column) in &columns {
            let lines = format!("SELECT id, {column} FROM {table} WHERE person_id = $1 AND {column} <> ''");
            let rows =
                sql.rows(&lines, params![person], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            for (id, _) in rows.iter().filter(|(_, line)| quotes(line, texts) && !quotes(line, &left)) {
                sql.run(&format!("UPDATE {table} SET {column} = '' WHERE id = $1"), params![id])?;
            }
        }
    }
    Ok(())
}

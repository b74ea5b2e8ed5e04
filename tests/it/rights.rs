//! An export contains everything in the database, read independently; an export of one person contains everything of
//! theirs and nothing of anybody else. Uses random records, so that no kind of record is missed.

#![expect(clippy::disallowed_methods, reason = "the key and the database are read from outside")]

use std::collections::BTreeSet;
use std::path::Path;

use cairn_coach::desk::{Seals, Subject};
use cairn_coach::domain::Party;
use cairn_coach::report::{Export, archive_json, archive_page, csv_files, tree_files};
use cairn_coach::seal::{Identity, open_with_keys};
use cairn_coach::store::Copies;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::random_records::{OWN, What, World, words_in};

/// Returns every text in every row of every table, read with SQLite directly.
pub(crate) fn all_texts(folder: &Path) -> BTreeSet<String> {
    let key = std::fs::read_to_string(folder.join("key.open")).expect("the key is not locked");
    let key = key.lines().last().expect("a line");
    let db = Connection::open(folder.join("cairn.db")).expect("it opens");
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).expect("the key fits");
    let list = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).expect("readable");
        statement.query_map([], |row| row.get(0)).expect("readable").map(|name| name.expect("a name")).collect()
    };
    let mut texts = BTreeSet::new();
    for table in list("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
        for column in list(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            if (table.as_str(), column.as_str()) == ("share_key", "identity") {
                continue;
            }
            let mut statement = db.prepare(&format!("SELECT {column} FROM {table}")).expect("readable");
            let values = statement.query_map([], |row| row.get::<_, Value>(0)).expect("readable");
            for value in values {
                if let Value::Text(text) = value.expect("a value") {
                    texts.insert(text);
                }
            }
        }
    }
    texts
}

/// Collects every text in a JSON value except the keys.
fn texts_of(value: &serde_json::Value, into: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => drop(into.insert(text.clone())),
        serde_json::Value::Array(list) => list.iter().for_each(|one| texts_of(one, into)),
        serde_json::Value::Object(map) => map.values().for_each(|one| texts_of(one, into)),
        _ => {}
    }
}

fn json_texts(text: &str) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    texts_of(&serde_json::from_str(text).expect("JSON"), &mut texts);
    texts
}

/// Returns the marked words in the files of an export, in every format.
fn words_of(export: &Export) -> [BTreeSet<String>; 4] {
    let folder = |files: Vec<(String, Vec<u8>)>| -> BTreeSet<String> {
        files.iter().flat_map(|(_, bytes)| words_in(std::str::from_utf8(bytes).expect("UTF-8"))).collect()
    };
    [
        words_in(&archive_json(export).expect("JSON")),
        words_in(&archive_page(export)),
        folder(csv_files(export).expect("files")),
        folder(tree_files(export).expect("files")),
    ]
}

fn world(seed: u64, folder: &Path) -> World {
    let mut world = World::on_disk(seed, folder);
    for client in 0..3 {
        world.client(client);
    }
    world.own();
    world
}

#[test]
fn an_export_of_everybody_holds_every_text_of_the_database() {
    for seed in 0..2 {
        let temp = tempfile::tempdir().expect("a folder can be made");
        let mut world = world(seed, temp.path());
        let export = world.desk.export_everybody().expect("readable");
        let exported = json_texts(&archive_json(&export).expect("JSON"));
        let held = all_texts(temp.path());
        assert!(held.len() > 200);
        let missing: Vec<&String> = held.difference(&exported).collect();
        assert!(missing.is_empty(), "seed {seed}: not in the export: {missing:?}");
        let words: BTreeSet<String> = held.iter().flat_map(|text| words_in(text)).collect();
        for (form, found) in ["json", "md", "csv", "tree"].iter().zip(words_of(&export)) {
            assert_eq!(words.difference(&found).collect::<Vec<_>>(), [] as [&String; 0], "seed {seed}, {form}");
        }
    }
}

#[test]
fn an_export_of_one_holds_all_of_theirs_and_nothing_of_anybody_else() {
    for seed in 10..12 {
        let temp = tempfile::tempdir().expect("a folder can be made");
        let mut world = world(seed, temp.path());
        let held: BTreeSet<String> = all_texts(temp.path()).iter().flat_map(|text| words_in(text)).collect();
        let clients = world.desk.clients().expect("readable");
        let mut subjects = vec![(OWN, Subject::Me)];
        for person in clients {
            subjects.push((world.marks[&person.name].client, Subject::Client(person)));
        }
        for (whose, subject) in subjects {
            let export = world.desk.export_subject(&subject, Seals::Break).expect("readable");
            let theirs: BTreeSet<String> =
                held.iter().filter(|word| world.marks[*word].client == whose).cloned().collect();
            assert!(!theirs.is_empty());
            for (form, found) in ["json", "md", "csv", "tree"].iter().zip(words_of(&export)) {
                assert_eq!(found, theirs, "seed {seed}, {whose}, {form}");
            }
            let kept = world.desk.export_subject(&subject, Seals::Keep).expect("readable");
            let rounds = export.archive.people[0].sealed_answers().len();
            let left: BTreeSet<String> = words_of(&kept)[0].clone();
            assert!(left.is_subset(&theirs) && (rounds == 0 || kept.archive.people[0].sealed_answers().is_empty()));
        }
    }
}

#[test]
fn erasing_takes_every_word_of_one_and_no_byte_of_anybody_else() {
    for seed in 20..22 {
        let temp = tempfile::tempdir().expect("a folder can be made");
        let mut world = world(seed, temp.path());
        let clients = world.desk.clients().expect("readable");
        let written = |world: &mut World, subject: &Subject| {
            archive_json(&world.desk.export_subject(subject, Seals::Break).expect("readable")).expect("JSON")
        };
        let gone = Subject::Client(clients[0].clone());
        let others: Vec<Subject> = clients.iter().skip(1).cloned().map(Subject::Client).chain([Subject::Me]).collect();
        let before: Vec<String> = others.iter().map(|other| written(&mut world, other)).collect();
        let preview = world.desk.erasure_preview(&gone).expect("readable");
        let certificate = world.desk.erase(&gone, &preview, Copies::Look).expect("writable");
        assert!(certificate.is_whole());
        let after: Vec<String> = others.iter().map(|other| written(&mut world, other)).collect();
        assert_eq!(after, before, "seed {seed}");
        let whose = world.marks[&clients[0].name].client;
        let left: BTreeSet<String> = all_texts(temp.path()).iter().flat_map(|text| words_in(text)).collect();
        let theirs: Vec<&String> = left.iter().filter(|word| world.marks[*word].client == whose).collect();
        assert!(theirs.is_empty() && !left.is_empty(), "seed {seed}: {theirs:?}");
    }
}

#[test]
fn what_is_shared_with_a_client_is_what_the_client_may_see() {
    for seed in 30..32 {
        let temp = tempfile::tempdir().expect("a folder can be made");
        let mut world = world(seed, temp.path());
        for person in world.desk.clients().expect("readable") {
            let whose = world.marks[&person.name].client;
            world.desk.turn_to(Some(&person.id)).expect("there");
            let dossier = world.desk.dossier().expect("readable");
            let rounds = dossier.comparisons.iter().filter(|round| round.opened_on.is_some());
            let opened: BTreeSet<String> = rounds.map(|round| round.id.clone()).collect();
            let parcel = world.desk.parcel(None).expect("readable");
            let identity = Identity::generate();
            let sealed = world.desk.sealed(&parcel, &[identity.recipient()]).expect("sealed");
            let content = open_with_keys(&[identity], &sealed.bytes, 1 << 24).expect("it opens");
            for word in words_in(std::str::from_utf8(&content).expect("UTF-8")) {
                let mark = &world.marks[&word];
                let may = match mark.what {
                    What::Kind(kind) => dossier.shows(kind, Party::Client),
                    what => what == What::Name,
                };
                let is_open = mark.round.as_ref().is_none_or(|round| opened.contains(round));
                assert!(mark.client == whose && may && is_open, "seed {seed}: {word} is {mark:?}");
            }
        }
    }
}

//! Places answer for themselves: every command is done somewhere, and what a place says of itself is drawn and told alike.

use cairn_coach::app::{Body, PageView};
use cairn_coach::command::COMMANDS;
use cairn_coach::domain::Block;
use cairn_coach::plain::{Talk, Then};

use crate::harness::App;

/// Ways to every place, with somebody's own records.
const WAYS: [&str; 25] = [
    "",
    "/ 'FL-5'",
    "/ 'FL-5' enter",
    "/ 'FL-5' enter 3",
    "/ 'FL-5' enter 3 2 'Words.' shift-left",
    "/ 'FL-5' enter 3 2 'Words.' ctrl-s",
    "/ 'FL-5' enter 3 2 'Words.' tab tab tab tab",
    "4",
    "4 x",
    "4 e",
    "5",
    "5 d enter",
    "6",
    "4 r",
    "7",
    "7 enter",
    "8",
    "9",
    "?",
    ":",
    "i",
    "t",
    "m",
    "T",
    "w",
];

/// The same with the records of a client.
const CLIENT_WAYS: [&str; 9] =
    ["c", "c p", "c e", "7 enter", "7 enter tab", "7 enter ctrl-s", "v", "v enter", "v enter e"];

/// Said where a command has no handler.
const NOWHERE: &str = "This does nothing here.";

#[test]
fn every_command_is_done_somewhere_or_says_why_not() {
    let own = WAYS.iter().map(|way| App::demo().keys(way));
    let clients = CLIENT_WAYS.iter().map(|way| App::client("Amira").keys(way));
    let places: Vec<App> = own.chain(clients).chain([App::new().keys("P")]).collect();
    let mut nowhere = Vec::new();
    for entry in COMMANDS {
        let known = places.iter().filter(|app| entry.command.works_in(&app.model.contexts()));
        let answers: Vec<Result<(), &str>> = known.map(|app| app.model.can(entry.command)).collect();
        // Whoever looks it up in the place where its key is meets a handler.
        if answers.is_empty() || answers.iter().all(|answer| *answer == Err(NOWHERE)) {
            nowhere.push(entry.id);
        }
    }
    // These belong to places that only a look-up over a session, danger and a lock lead to; other tests go there.
    assert_eq!(nowhere, ["note-behaviour", "put-aside", "paper-kept"]);
}

/// All that a page says, block by block.
fn words(page: &PageView) -> Vec<String> {
    let blocks = page.sheet.blocks.iter().map(|block| match block {
        Block::Heading(text) | Block::Text(text) | Block::Point(text) | Block::Pair(_, text) => text.clone(),
        // A note begins a line of its own when it is told, with a capital.
        Block::Note(text) => text.chars().skip(1).collect(),
    });
    blocks.chain([page.title.clone()]).filter(|text| !text.is_empty()).collect()
}

#[test]
fn what_a_place_says_of_itself_is_drawn_and_told() {
    let client = |way: &str| App::client("Amira").keys(way);
    let own = |way: &str| App::demo().keys(way);
    let new = |way: &str| App::new().keys(way);
    let past = || client("9 'kind:note' enter");
    let ways: [&dyn Fn() -> App; 6] = [&|| own("4"), &|| own("5"), &|| new("4"), &|| new("5"), &|| client("c"), &past];
    for way in ways {
        let mut app = way();
        app = app.sized(140, 60);
        app.look();
        let view = app.model.view_of_place().expect("it describes itself");
        let (page, rows) = match &view.body {
            Body::Page(page) => (page, Vec::new()),
            Body::List(list) => (&list.detail, list.rows.iter().map(|row| row.text.clone()).collect()),
        };
        let mut talk = Talk::default();
        let mut told = talk.render(&app.model, &Then::Whole, &[]);
        told.extend(talk.render(&app.model, &Then::Detail, &[]));
        let told = told.join("\n");
        let drawn = &app.model.view.page_text;
        // What tells places apart is for the program: an id is nothing to be read.
        assert!(view.place == view.name || !told.contains(&view.place), "{told}");
        for text in words(page) {
            // A sentence that names a command is told with its name and drawn with its key.
            if text.contains('\u{1}') || text.contains('\u{2}') {
                continue;
            }
            let first = text.lines().next().unwrap_or_default();
            let first = first.trim_end_matches('.');
            assert!(drawn.contains(first), "{first:?} is not drawn:\n{drawn}");
            assert!(told.contains(first), "{first:?} is not told:\n{told}");
        }
        for row in rows {
            assert!(told.contains(row.trim_end_matches('.')), "{row:?} is not told:\n{told}");
        }
    }
}

#[test]
fn what_is_not_about_the_marked_row_has_no_number() {
    let detail = |way: &str| {
        let mut talk = Talk::default();
        let app = App::demo().keys(way);
        talk.render(&app.model, &Then::Whole, &[]);
        talk.render(&app.model, &Then::Detail, &[]).join("\n")
    };
    assert!(detail("4 down").contains("2 of 5: "), "{}", detail("4 down"));
    let left_out = detail("4 down l");
    assert!(left_out.contains("What was left out.") && !left_out.contains("2 of 5"), "{left_out}");
}

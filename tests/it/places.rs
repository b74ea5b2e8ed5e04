//! Every command has a handler in some place, and the screen and plain mode show the same content of a place.

use cairn_coach::app::{Body, PagePart, PageView, View};
use cairn_coach::command::COMMANDS;
use cairn_coach::domain::{Block, Sheet};
use cairn_coach::plain::{Own, Talk, Then};

use crate::harness::App;

/// Keys that lead to every place with the user's own records open.
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

/// The same with the records of a client open.
const CLIENT_WAYS: [&str; 9] =
    ["c", "c p", "c e", "7 enter", "7 enter tab", "7 enter ctrl-s", "v", "v enter enter", "v enter enter e"];

/// The answer where a command has no handler.
const NOWHERE: &str = "This key does nothing here.";

#[test]
fn every_command_is_done_somewhere_or_says_why_not() {
    let own = WAYS.iter().map(|way| App::demo().keys(way));
    let clients = CLIENT_WAYS.iter().map(|way| App::client("Amira").keys(way));
    let places: Vec<App> = own.chain(clients).chain([App::new().keys("P")]).collect();
    let mut nowhere = Vec::new();
    for entry in COMMANDS {
        let known = places.iter().filter(|app| entry.command.works_in(&app.model.contexts()));
        let answers: Vec<Result<(), &str>> = known.map(|app| app.model.can(entry.command)).collect();
        // A command that the key map binds in a place must have a handler there.
        if answers.is_empty() || answers.iter().all(|answer| *answer == Err(NOWHERE)) {
            nowhere.push(entry.id);
        }
    }
    // These belong to places that only a look-up during a session, a danger notice and a lock lead to; other tests
    // cover them.
    assert_eq!(nowhere, ["note-behaviour", "put-aside", "paper-kept"]);
}

/// Returns the texts of a page, one per block.
fn words(page: &PageView) -> Vec<String> {
    let blocks = |sheet: &Sheet| {
        let blocks = sheet.blocks.iter().map(|block| match block {
            Block::Heading(text) | Block::Text(text) | Block::Point(text) | Block::Pair(_, text) => text.clone(),
            // In plain mode a note is a line of its own and starts with a capital.
            Block::Note(text) => text.chars().skip(1).collect(),
        });
        blocks.collect::<Vec<String>>()
    };
    let parts = page.parts.iter().flat_map(|part| match part {
        PagePart::Sheet(sheet) => blocks(sheet),
        PagePart::Title(text) | PagePart::State(text) | PagePart::Own(_, text) => vec![text.clone()],
        PagePart::Asked(texts) => texts.clone(),
        PagePart::Numbered(texts) => texts.iter().map(|text| (*text).to_owned()).collect(),
        _ => Vec::new(),
    });
    parts.chain([page.title.clone()]).filter(|text| !text.is_empty()).collect()
}

/// Returns the texts of a place including its marked row, and the texts of its rows.
fn said(view: &View<'_>) -> (Vec<String>, Vec<String>) {
    let head = PageView { parts: view.head.clone(), ..PageView::default() };
    let mut said = words(&head);
    let mut rows = Vec::new();
    match &view.body {
        Body::Page(page) => said.extend(words(page)),
        Body::List(list) => {
            said.extend(words(&list.detail));
            let all = (0..list.rows.len()).map(|at| list.rows.get(at));
            rows.extend(all.filter(|row| row.told.is_empty()).map(|row| row.text.trim().to_owned()));
        }
        Body::Points(points) => {
            said.push(points.question.clone());
            rows.extend(points.points.iter().filter(|point| point.instead.is_none()).map(|point| point.label.clone()));
        }
        Body::Writing(writing) => said.extend(words(&PageView { parts: writing.asks.clone(), ..PageView::default() })),
        Body::Form(form) => said.extend(form.fields.iter().filter(|field| field.here).map(|field| field.label.clone())),
        Body::Secret(secret) => {
            said.extend(words(&PageView { parts: secret.parts.clone(), ..PageView::default() }));
        }
    }
    (said, rows)
}

#[test]
fn what_a_place_says_of_itself_is_drawn_and_told() {
    let own = WAYS.iter().map(|way| (*way, App::demo().keys(way)));
    let clients = CLIENT_WAYS.iter().map(|way| (*way, App::client("Amira").keys(way)));
    let new = ["", "3", "4", "5", "8", "9", "7", "P"].map(|way| (way, App::new().keys(way)));
    let past = [("past", App::client("Amira").keys("9 'kind:note' enter"))];
    let mut seen = 0;
    for (way, app) in own.chain(clients).chain(new).chain(past) {
        let mut app = app.sized(140, 200);
        app.look();
        let drawn = app.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(view) = app.model.view_of_place() else {
            assert!(["?", ":"].contains(&way), "{way} describes nothing");
            continue;
        };
        let mut talk = Talk::default();
        let mut told = talk.render(&app.model, &Then::Whole, &[]);
        // Plain mode prints a long list in parts.
        for _ in 0..40 {
            told.extend(talk.render(&app.model, &Then::Own(Own::More), &[]));
        }
        told.extend(talk.render(&app.model, &Then::Detail, &[]));
        let told = told.join("\n");
        // The identifier of a place is internal and must not be printed.
        assert!(view.place == view.name || !told.contains(&view.place), "{told}");
        let (said, rows) = said(&view);
        seen += said.len() + rows.len();
        for text in said {
            // Text that refers to a command shows its name in plain mode and its key on screen.
            if text.contains('\u{1}') || text.contains('\u{2}') {
                continue;
            }
            let first = text.lines().next().unwrap_or_default().trim().trim_end_matches(['.', '\u{2026}']);
            // On screen, frames of panes separate words that wrap.
            let begins: String = first.chars().take(24).collect();
            assert!(drawn.contains(begins.trim()), "{way}: {begins:?} is not drawn:\n{drawn}");
            assert!(told.contains(first), "{way}: {first:?} is not told:\n{told}");
        }
        for row in rows {
            let row = row.trim_end_matches(['.', '\u{2026}']);
            assert!(told.contains(row), "{way}: {row:?} is not told:\n{told}");
        }
    }
    assert!(seen > 300, "{seen} sentences were looked at");
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
    assert!(left_out.contains("Other ideas.") && !left_out.contains("2 of 5"), "{left_out}");
}

#[test]
fn showing_private_lines_says_that_the_shared_note_is_still_written() {
    let app = App::client("Amira").keys("7 enter tab ctrl-o");
    app.sees("You are still in the SHARED note. To go to the private note, press ctrl-t.").sees("PRIVATE to the coach");
    // Nothing is written on the other screens.
    App::client("Amira").keys("ctrl-o").sees("Private notes are on screen.").misses("SHARED note");
}

#[test]
fn another_round_of_two_views_says_first_who_looks_away() {
    let app = App::client("Amira").keys("v");
    app.sees("Your last comparison").misses("looks away");
    let app = app.keys("enter");
    app.sees("Amira Khan goes first").sees("The coach looks away").misses("1 of 3");
    // What was opened last would tell each of the two how the other rates.
    app.misses("Your last comparison").misses("Begin with");
    app.keys("enter").sees("1 of 3, 0 rated");
}

#[test]
fn a_reflection_that_was_left_is_on_today_at_once() {
    App::demo().keys("/ 'CV-3' enter 3 esc esc 1").sees("Finish your reflection on CV-3");
}

#[test]
fn looking_at_an_action_leaves_no_draft_of_it() {
    let app = App::demo().keys("5 enter enter enter esc 1");
    app.misses("Finish planning your action");
    App::demo().keys("5 enter 'More' enter esc 1").sees("Finish changing your action");
}

#[test]
fn why_a_form_was_not_taken_is_in_sight_at_every_size() {
    for (columns, rows) in [(50, 14), (80, 24), (160, 45)] {
        let app = App::client("Amira").sized(columns, rows).keys("c e 'x' enter");
        app.sees("! Enter a purpose: development");
        app.sees("appraisal.");
        // At the last field, too.
        app.keys("shift-tab shift-tab").sees("! Enter a purpose: development");
    }
}

#[test]
fn a_theme_on_which_nothing_is_written_is_not_said_to_be_none() {
    let app = App::demo().keys("9 'theme:DT'");
    app.misses("No theme begins");
    App::demo().keys("9 'theme:nonsense'").sees("Nothing here has a theme that begins with \"nonsense\"");
}

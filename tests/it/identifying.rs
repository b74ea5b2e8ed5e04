//! A note that seems to identify somebody is saved, and asked about, wherever it was written. What is found in a text is
//! tested in `src/report/identifying.rs`.

use serde_json::json;

use crate::binary::Cairn;
use crate::harness::App;

const QUESTION: &str = "It seems to hold a postcode (\u{ab}CF10 3NQ\u{bb}): would initials and no numbers do?";

#[test]
fn the_screen_saves_and_asks() {
    let app = App::new().sized(120, 30).keys("/ 'red tape' enter 2 3 'She lives at CF10 3NQ' ctrl-s");
    app.sees(&format!("Saved. {QUESTION}"));
    App::new().keys("/ 'red tape' enter 2 3 'She lives by the river' ctrl-s").sees("Saved.").misses("It seems to hold");
    // In the narrowest window what it is about can still be read.
    App::new()
        .sized(50, 14)
        .keys("/ 'red tape' enter 2 3 'She lives at CF10 3NQ' ctrl-s")
        .sees("It seems to hold a postcode");
}

#[test]
fn lines_and_files_save_and_ask() {
    let cairn = Cairn::new();
    let ran = cairn.fed(&["--plain"], "reflect FL-5\n2\n3\nShe lives at CF10 3NQ\n:save\n:quit\n").exits(0);
    let plain = QUESTION.replace(['\u{ab}', '\u{bb}'], "\"");
    assert!(ran.out.contains(&format!("Saved. {plain}")), "{}", ran.out);
    let with = |words: &str| {
        json!({"answers": [{"behaviour": "FL-5", "rating": 2, "on": "2026-11-20", "evidence": words}]}).to_string()
    };
    let ran = cairn.fed(&["reflect", "--from", "-", "--json"], &with("at CF10 3NQ")).exits(0);
    assert_eq!(
        ran.err.trim_end(),
        format!("note: {QUESTION}\n  hint: `cairn correct` and `cairn withdraw` change or remove an entry")
    );
    assert_eq!(ran.json()["saved"].as_array().map(Vec::len), Some(1), "it is a question and stops nothing");
    cairn.fed(&["reflect", "--from", "-"], &with("on 3 May 2026 at 10:30")).exits(0).quiet();
}

#[test]
fn a_session_is_kept_and_asked_about() {
    let app = App::client("Amira").sized(120, 30).keys("7 enter tab 'Now at CF10 3NQ' esc esc esc f7 ctrl-s enter");
    // What to do stands first: in a narrow window the end of the question is cut off.
    app.sees("Not closed yet: change it, or close again. It seems to hold a postcode (\u{ab}CF10 3NQ\u{bb})");
    app.keys("f7 ctrl-s enter").sees("The session is kept.").misses("Not closed yet");
}

//! A note that seems to identify somebody is saved, and a question is asked, wherever it was written. The detection in
//! a text is tested in `src/report/identifying.rs`.

use serde_json::json;

use crate::binary::Cairn;
use crate::harness::App;

const QUESTION: &str = "It may include a postcode (\u{201c}CF10 3NQ\u{201d}). Could you use initials and no numbers?";

const SAVED: &str = "Saved. \u{201c}CF10 3NQ\u{201d} may be a postcode. Correct or withdraw it in the Journal.";

#[test]
fn the_screen_saves_and_asks() {
    let app = App::new().sized(120, 30).keys("/ 'red tape' enter 2 3 'She lives at CF10 3NQ' ctrl-s");
    app.sees(SAVED);
    App::new().keys("/ 'red tape' enter 2 3 'She lives by the river' ctrl-s").sees("Saved.").misses("may be");
    // The found text is readable in the narrowest window.
    App::new()
        .sized(50, 14)
        .keys("/ 'red tape' enter 2 3 'She lives at CF10 3NQ' ctrl-s")
        .sees("\u{201c}CF10 3NQ\u{201d} may be a postcode");
}

#[test]
fn lines_and_files_save_and_ask() {
    let cairn = Cairn::new();
    let ran = cairn.fed(&["--plain"], "reflect FL-5\n2\n3\nShe lives at CF10 3NQ\n:save\n:quit\n").exits(0);
    let plain = SAVED.replace(['\u{201c}', '\u{201d}'], "\"");
    assert!(ran.out.contains(&plain), "{}", ran.out);
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
fn whatever_is_written_later_is_asked_about_too() {
    let mut app = App::client("Amira").sized(120, 30).keys("7 enter tab 'A talk.' ctrl-s enter esc esc esc 9 'talk'");
    app.press("ctrl-n 'At CF10 3NQ.' ctrl-s");
    app.sees("Added. \u{201c}CF10 3NQ\u{201d} may be a postcode. Correct or withdraw it in the Journal.");
    app.press("ctrl-r ' or CF10 3NR' ctrl-s");
    app.sees("Corrected. \u{201c}CF10 3NR\u{201d} may be a postcode. Correct or withdraw it");
    app.press("ctrl-o ctrl-n 'At CF10 3NS.' ctrl-s");
    app.sees("Added. It may include a name or a number. Correct or withdraw it in the Journal.")
        .misses("\u{201c}CF10 3NS");
    app.press("esc esc esc 5 n 'Ring 07700 900123' ctrl-s");
    app.sees(
        "Added to your plan. \u{201c}07700 900123\u{201d} may be a telephone number. Change or withdraw it there.",
    );
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira K"]).exits(0);
    let lines = "session\n1\nnext\nShe talked about meetings.\n.\n:summary\nfinish session\n";
    cairn.fed(&["--person", "Amira"], lines).exits(0);
    let ran = cairn.run(&["--person", "Amira", "session", "note", "last", "At CF10 3NQ."]).exits(0);
    assert!(ran.err.contains(QUESTION) && ran.err.contains("`cairn withdraw`"), "{}", ran.err);
}

#[test]
fn a_session_is_kept_and_asked_about() {
    let app = App::client("Amira").sized(120, 30).keys("7 enter tab 'Now at CF10 3NQ' esc esc esc f7 ctrl-s enter");
    // The remedy comes first: in a narrow window the end of the question is cut off.
    app.sees("Your session is still open: \u{201c}CF10 3NQ\u{201d} may be a postcode. Change it, or finish again.");
    app.keys("f7 ctrl-s enter").sees("Your session is saved.").misses("Your session is still open");
}

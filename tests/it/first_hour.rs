//! What a new user expects in the first hour: typing replaces an old query, ctrl-c copies, settings and notes are one key away,
//! and nothing is decided on that cannot be seen.

#![expect(clippy::disallowed_methods, reason = "a settings file is read and written from outside")]

use cairn_coach::app::{Screen, Step};

use crate::binary::Cairn;
use crate::harness::App;

#[test]
fn what_is_typed_in_find_replaces_the_earlier_query() {
    let mut app = App::new().keys("2 'listen' enter esc");
    // Back from the reflection, the earlier query is selected.
    app.press("'risk'");
    app.sees("Find: risk").misses("listenrisk");
    // Within one visit, letters are added as usual.
    app.press("'s'");
    app.sees("Find: risks");
    app.press("ctrl-n");
    assert_eq!(app.model.person.find.row, 1);
    app.press("ctrl-k");
    assert_eq!(app.model.person.find.row, 0);
}

#[test]
fn an_empty_search_lists_the_main_framework_first() {
    let app = App::new().keys("2");
    app.sees("> SI-1").misses("PQ-1");
}

#[test]
fn ctrl_c_copies_what_is_selected_and_leaves_otherwise() {
    let mut app = App::new().keys("2 'FL-5' enter 3 2 'one two' shift-home ctrl-c");
    app.sees("Copied").sees("2 words");
    assert!(!app.model.shell.quit);
    app.press("end ctrl-c");
    assert!(app.model.shell.quit, "with nothing selected, ctrl-c leaves as in every terminal");
}

#[test]
fn advice_that_cannot_be_seen_is_not_accepted() {
    let mut app = App::demo().keys("4 l a");
    app.sees("To close the other ideas first").sees("Not on the list");
    let before = app.model.person.snapshot.actions.len();
    app.press("esc");
    assert_eq!(app.model.person.screen, Screen::Advice, "esc closes the ideas and not the screen");
    app.misses("Not on the list");
    app.press("a");
    assert_eq!(app.model.person.snapshot.actions.len(), before + 1);
}

#[test]
fn an_unfinished_reflection_is_named_in_advice_and_opened_by_its_tab() {
    let mut app = App::new().keys("2 'FL-5' enter 3 2 'Half a sen' ctrl-q").restarted();
    app.press("4");
    app.sees("You have not finished FL-5");
    app.press("3");
    app.sees("Half a sen");
}

#[test]
fn a_note_takes_one_key_and_is_linked_by_a_code() {
    let mut app = App::new().keys("N 'Doris laughed at lunch. FC-4' ctrl-s 9");
    app.sees("Doris laughed at lunch").sees("Note");
    app.press("esc alt-n 'Yesterday was hard.' tab 'yesterday' ctrl-s f9");
    app.sees("21 Nov").sees("Yesterday was hard.");
    // The code may be added later.
    app.press("down ctrl-r end ' DT-7' ctrl-s 'code:DT-7'");
    app.sees("Yesterday was hard.").misses("Doris");
    App::client("Amira").keys("N").sees("A note about a client belongs to a session.");
}

#[test]
fn the_command_line_writes_a_note() {
    let cairn = Cairn::new();
    let ran = cairn.run(&["note", "Night shift went well. FL-5", "--on", "yesterday"]).exits(0);
    assert!(ran.out.contains("Saved in your journal") && ran.out.contains("FL-5"), "{}", ran.out);
    let rows = cairn.run(&["journal", "--json"]).exits(0).rows();
    assert_eq!((rows.len(), rows[0]["on"].as_str()), (1, Some("2026-11-21")));
    cairn.run(&["note", " "]).exits(2);
    cairn.run(&["note", "x", "--on", "tomorrow"]).exits(2).says(&["in the future"]);
    // Danger is named at once, before anything else.
    let ran = cairn.run(&["note", "He hit her again and we just left it. There are bruises."]).exits(0);
    assert!(!ran.out.starts_with("Saved"), "{}", ran.out);
}

#[test]
fn a_setting_is_changed_on_the_screen_and_the_file_keeps_its_comments() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "# mine\nlock_after = 10 # as agreed\n").expect("writable");
    let mut app = App::new();
    app.model.shell.settings.file = Some(file.clone());
    app.press("S");
    app.sees("Settings").sees("Lock after").sees("10 minutes");
    app.press("down down down down down enter");
    app.sees("1 minute");
    app.press("home enter");
    app.sees("Saved in your settings.").sees("1 minute");
    assert_eq!(app.model.shell.watch.after.as_secs(), 60);
    assert_eq!(std::fs::read_to_string(&file).expect("readable"), "# mine\nlock_after = 1 # as agreed\n");
    // A file with a mistake is left as it is.
    std::fs::write(&file, "lock_after = = 1\n").expect("writable");
    app.press("down down enter home enter");
    app.sees("Not saved.").sees("Line 1");
    assert_eq!(std::fs::read_to_string(&file).expect("readable"), "lock_after = = 1\n");
    App::demo().keys("S").sees("This is a demo, so settings are not saved.");
}

#[test]
fn the_palette_knows_everyday_words_and_leads_to_where_a_command_works() {
    for (typed, found) in [
        ("settings", "Settings"),
        ("colour", "Settings"),
        ("export", "Report"),
        ("password", "Passphrase"),
        ("note", "Note"),
        ("report", "Report"),
        ("nmc", "Report"),
        ("delete", "Withdraw"),
    ] {
        let app = App::new().keys(&format!(": '{typed}'"));
        app.sees(found);
    }
    let mut app = App::demo().keys(": 'accept' enter");
    assert_eq!(app.model.person.screen, Screen::Advice);
    app.sees("Here you are.").sees("press a");
    app.press("1");
}

#[test]
fn easy_words_come_first_for_those_who_choose_them() {
    let mut app = App::new();
    app.model.shell.settings.easy_words = true;
    app.press("2 'FL-5'");
    app.sees("In full");
    let cairn = Cairn::new();
    let easy = cairn.run(&["show", "FL-5", "--easy"]).exits(0).out;
    assert!(easy.lines().nth(1).is_some_and(|line| line.starts_with("  You ") || line.starts_with("You ")), "{easy}");
}

#[test]
fn after_a_low_rating_no_step_asks_for_a_success() {
    let low = App::new().keys("2 'FL-5' enter 1");
    let high = App::new().keys("2 'FL-5' enter 4");
    low.misses("Strength");
    let steps = |app: &App| app.model.person.reflect.as_ref().map(|reflect| reflect.pages.len());
    assert_eq!(steps(&low), steps(&high), "the questions are there, and those that do not fit are not asked");
    let asked = |app: &App| -> Vec<String> {
        let reflect = app.model.person.reflect.as_ref().expect("a reflection");
        let page = |step: &Step| match step {
            Step::Write(at) => reflect.pages.get(*at).map(|page| page.prompt.clone()),
            _ => None,
        };
        reflect.steps.iter().filter_map(page).collect()
    };
    assert!(asked(&low).iter().any(|id| id == "fl-5.low"), "{:?}", asked(&low));
    assert!(!asked(&high).iter().any(|id| id == "fl-5.low"), "{:?}", asked(&high));
    // Each of them is called by a name of its own.
    for app in [&low, &high] {
        let reflect = app.model.person.reflect.as_ref().expect("a reflection");
        let names: Vec<&str> = reflect.steps.iter().map(|step| reflect.step_name(*step, false)).collect();
        assert!(names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1), "{names:?}");
    }
}

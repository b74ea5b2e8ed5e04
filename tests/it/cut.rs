//! Nothing is cut without a sign and a way to read it, and the first screen uses the room that there is.

use cairn_coach::app::On;

use crate::binary::Cairn;
use crate::harness::{App, TODAY};

/// Window sizes, from the smallest that is used to a large one.
const SIZES: [(u16, u16); 4] = [(60, 18), (80, 24), (120, 35), (200, 50)];

/// Returns the number in the sign `↓ 27 more`; 0 without one.
fn more(screen: &str, arrow: char) -> usize {
    let signs = screen.lines().filter_map(|line| line.split_once(&format!("{arrow} "))?.1.split_once(" more"));
    let numbers: Vec<usize> = signs.filter_map(|(number, _)| number.trim().parse().ok()).collect();
    numbers.first().copied().unwrap_or(0)
}

/// Returns how many rows of a list are on the screen.
fn rows(app: &mut App) -> usize {
    app.look();
    app.model.view.hits.iter().filter(|hit| matches!(hit.on, On::Row { .. })).count()
}

#[test]
fn a_list_that_is_cut_says_how_many_rows_there_are_above_and_below() {
    for (columns, lines) in SIZES {
        for ascii in [false, true] {
            let (up, down) = if ascii { ('^', 'v') } else { ('\u{2191}', '\u{2193}') };
            let mut app = App::new().sized(columns, lines);
            app.ascii = ascii;
            let settings = app.model.shell.settings.changeable().len() + 2;
            // The settings, every command, and the behaviours.
            for (keys, all) in [("S", settings), (":", 0), ("2", 65)] {
                app.press(keys);
                let (shown, below) = (rows(&mut app), more(&app.screen(), down));
                let all = if all == 0 { shown + below } else { all };
                assert_eq!(shown + below, all, "{keys} at {columns}x{lines}:\n{}", app.screen());
                if shown == all {
                    app.press("esc");
                    continue;
                }
                let last = if keys == "S" { "end" } else { "ctrl-n" };
                for _ in 0..if last == "end" { 1 } else { all } {
                    app.press(last);
                }
                let (shown, above) = (rows(&mut app), more(&app.screen(), up));
                assert_eq!(shown + above, all, "{keys} at {columns}x{lines}, at the end:\n{}", app.screen());
                assert!(app.screen().contains(&format!("{up} {above} more")), "{}", app.screen());
                app.press("esc");
            }
        }
    }
}

#[test]
fn a_page_that_is_cut_says_what_is_above_and_below_and_every_line_can_be_read() {
    for (columns, lines) in [(60, 18), (80, 24)] {
        let mut app = App::demo().sized(columns, lines).keys("6 tab");
        app.press("esc 2 'FL-5'");
        let mut seen = app.screen();
        let most = app.model.view.page_most;
        for _ in 0..60 {
            app.press("pagedown");
            seen.push_str(&app.screen());
        }
        let end = app.screen();
        assert!(most == 0 || more(&end, '\u{2191}') > 0, "{end}");
        assert_eq!(app.model.person.find.scroll, app.model.view.page_most, "{end}");
        app.look();
        let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        for line in app.model.view.page_text.lines().filter(|line| !line.trim().is_empty()) {
            let first: Vec<&str> = line.split_whitespace().take(4).collect();
            assert!(words.contains(&first.join(" ")), "{line} cannot be read at {columns}x{lines}");
        }
    }
}

#[test]
fn today_says_what_does_not_fit_and_a_page_further_it_can_be_read_in_full() {
    for (columns, lines) in SIZES {
        let mut app = App::demo().sized(columns, lines);
        let mut seen = app.screen();
        let is_whole = ["Rated last", "Your last answers"].iter().all(|title| seen.contains(title));
        if columns < 120 {
            assert!(!is_whole && more(&seen, '\u{2193}') > 0, "{seen}");
            app.sees("pagedown More");
        }
        app.look();
        while app.model.view.page_most > app.model.person.at[cairn_coach::app::Screen::Home].scroll {
            app.press("pagedown");
            app.look();
            seen.push_str(&app.screen());
        }
        let words = seen.split_whitespace().filter(|word| *word != "\u{2502}").collect::<Vec<_>>().join(" ");
        for text in ["Rated last", "Your last answers", "Gives staff time to reflect and change", "2 Nov"] {
            assert!(words.contains(text), "{text} cannot be read at {columns}x{lines}:\n{seen}");
        }
        // Moving shows the rows again.
        app.press("down");
        app.sees("What to do next").sees("> ");
        assert_eq!(app.model.person.at[cairn_coach::app::Screen::Home].scroll, 0);
    }
}

#[test]
fn a_large_window_shows_where_one_stands_and_the_dates_in_its_lower_half() {
    for app in [App::demo(), App::client("Amira")] {
        let mut app = app.sized(200, 50).keys("1");
        let title = if app.model.person.snapshot.person.is_client() { "Focus set" } else { "Rated last" };
        app.sees(&format!("\u{2500}\u{2500} {title} ")).sees("Lately").sees("Your last answers");
        let place = |app: &App, text: &str| app.screen().lines().position(|line| line.contains(text));
        let first = place(&app, &format!("\u{2500}\u{2500} {title} "));
        assert_eq!(first, place(&app, "\u{2500}\u{2500} Coming up "), "{}", app.screen());
        for _ in 0..8 {
            app.press("down");
            assert_eq!(place(&app, &format!("\u{2500}\u{2500} {title} ")), first, "{}", app.screen());
            app.look();
            assert!(app.screen().contains("Coming up") || app.model.view.page_most > 0, "{}", app.screen());
        }
    }
    // What was agreed, for the client too; journal entries only where nobody reads along.
    App::client("Amira").sized(200, 50).keys("1").sees("Agreed on 8 Nov").misses("Your last journal entries");
}

#[test]
fn who_has_written_notes_only_is_no_longer_new() {
    let today = TODAY.to_string();
    let cairn = Cairn::new();
    let lines = |keys: &str| cairn.fed(&["--plain", "--today", &today], keys).exits(0).out;
    assert!(lines("\n").contains("Welcome to Cairn"));
    cairn.run(&["--today", "2026-11-20", "note", "Nobody wanted to decide. FL-5 came up."]).exits(0);
    let told = lines("\n");
    assert!(!told.contains("Welcome to Cairn"), "{told}");
    for text in
        ["You have written 1 journal entry", "Next: rate a behaviour", "Reflect on FL-5", "Nobody wanted to decide"]
    {
        assert!(told.contains(text), "{text}: {told}");
    }
    // A draft or a focus set counts too.
    let mut app = App::new().keys("2 'FL-5' enter 3 2 'Half a sentence' esc esc 1");
    app.misses("Welcome to Cairn").sees("You have started 1 draft");
    app.press("2 'FL-4' ctrl-t enter esc 1");
    app.sees("chosen 1 behaviour and started 1 draft");
}

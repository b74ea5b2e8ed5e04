//! What is offered to whom: dimensions for seniors, the framework in front, suggested targets, and how dates are written.

#![expect(clippy::disallowed_methods, reason = "a settings file is read and written from outside")]

use crate::binary::Cairn;
use crate::harness::App;

/// Chooses a row of the settings, counted from 0, and a value, counted from 0.
fn choose(app: &mut App, row: usize, value: usize) {
    app.press("S home");
    for _ in 0..row {
        app.press("down");
    }
    app.press("enter home");
    for _ in 0..value {
        app.press("down");
    }
    app.press("enter");
    app.sees("Saved in your settings.");
    app.press("esc");
}

fn row(app: &App, key: &str) -> usize {
    let rows = app.model.shell.settings.changeable();
    rows.iter().position(|row| row.key == key).expect("a setting")
}

/// A new user with a place for settings.
fn with_settings(app: App) -> (App, tempfile::TempDir) {
    let mut app = app;
    let folder = tempfile::tempdir().expect("a folder can be made");
    app.model.shell.settings.file = Some(folder.path().join("config.toml"));
    (app, folder)
}

#[test]
fn a_dimension_for_seniors_is_offered_to_seniors_and_to_those_who_ask() {
    let mut app = App::new().sized(120, 35);
    app.sees("65 behaviours for leaders");
    // Managers.
    app.press(": 'role' enter down down enter enter");
    app.press("1");
    app.sees("57 behaviours for leaders");
    app.press("2");
    app.sees("57 behaviours. 8 more are for senior roles: type in:lqf");
    app.press("'vision'");
    app.sees("for senior roles").misses("CV-1").misses("CV-3");
    for asked in ["CV-3", "communicating the vision", "in:lqf vision"] {
        app.press("ctrl-u");
        app.press(&format!("'{asked}'"));
        app.sees("CV-3").misses("for senior roles");
    }
    // What was answered stays.
    app.press("ctrl-u 'CV-3' enter 3 2 ctrl-s 2 'vision'");
    app.sees("CV-3").misses("CV-1").sees("3 more are for senior roles");
    // Senior leaders.
    app.press("esc 1 : 'role' enter down enter enter 2 ctrl-u");
    app.sees("65 behaviours").misses("for senior roles");
}

#[test]
fn the_command_line_searches_for_a_level() {
    let cairn = Cairn::new();
    let ran = cairn.run(&["search", "vision", "--level", "managers"]).exits(0);
    assert!(!ran.out.contains("CV-") && ran.err.contains("4 more are for senior roles"), "{}{}", ran.out, ran.err);
    assert!(cairn.run(&["search", "cv1", "--level", "managers"]).exits(0).out.starts_with("CV-1"));
    assert!(cairn.run(&["search", "vision", "--level", "senior-leaders"]).exits(0).out.contains("CV-1"));
    cairn.run(&["search", "vision", "--level", "nobody"]).exits(2).says(&["there is no level \"nobody\"", "managers"]);
}

#[test]
fn rules_and_progress_leave_out_what_is_for_other_levels() {
    let cairn = Cairn::new();
    let answers = |level: &str, codes: [&str; 2]| {
        let answers = codes.map(|code| {
            format!("{{\"behaviour\":\"{code}\",\"rating\":1,\"importance\":3,\"on\":\"2026-11-20\",\"by\":\"self\"}}")
        });
        let text = format!(
            "{{\"person\":{{\"level\":\"{level}\",\"organisation\":\"provider\"}},\"today\":\"2026-11-22\",\"answers\":[{}]}}",
            answers.join(",")
        );
        cairn.run(&["recommend", "--answers", &cairn.file("a.json", text).display().to_string()]).exits(0).out
    };
    assert!(answers("senior-leaders", ["CV-1", "CV-2"]).contains("vision"), "a senior is told");
    let mut app = App::new().sized(120, 35);
    app.press(": 'role' enter down enter enter 2 'PQ-1' enter 3 2 ctrl-s 8");
    app.sees("Demonstrating personal qualities").misses("Delivering the strategy");
    app.press("6");
    app.misses("senior-dimension");
}

#[test]
fn the_framework_in_front_is_chosen_on_the_screen() {
    let (app, folder) = with_settings(App::new().sized(80, 24));
    let mut app = app;
    app.press("2");
    app.sees("> SI-1");
    app.press("esc S");
    app.sees("Framework in front  auto");
    app.press("esc");
    let (front, others) = (row(&app, "framework_in_front"), row(&app, "other_frameworks"));
    choose(&mut app, front, 1);
    app.press("2");
    app.sees("> PQ-1").sees("65 behaviours");
    app.press("'feedback'");
    app.sees("> PQ-");
    app.press("ctrl-u esc");
    choose(&mut app, others, 1);
    app.sees("28 behaviours for leaders");
    app.press("2");
    app.sees("> PQ-1").sees("28 behaviours. 37 more are hidden: type in:empowered-communities");
    app.press("'FL-5'");
    app.sees("> FL-5");
    let text = std::fs::read_to_string(folder.path().join("config.toml")).expect("readable");
    assert_eq!(text, "framework_in_front = \"lqf\"\nother_frameworks = \"hidden\"\n");
    // The command line and plain mode follow the same file.
    let cairn = Cairn::new();
    let file = cairn.file("config.toml", &text).display().to_string();
    let found = cairn.run(&["--config", &file, "search", "feedback", "--limit", "50"]).exits(0);
    assert!(!found.out.contains("FL-") && found.err.contains("hidden: type in:empowered"), "{}", found.out);
    let lines = cairn.fed(&["--config", &file, "--plain", "--demo"], "find\n\n").exits(0).out;
    assert!(lines.contains("more are hidden") && lines.contains("PQ-1"), "{lines}");
    // A list, and a framework that is not there.
    let file = cairn.file("two.toml", "framework_in_front = [\"gone\", \"lqf\"]\n").display().to_string();
    let found = cairn.run(&["--config", &file, "search", "feedback"]).exits(0).out;
    assert!(["PQ", "WO", "MS", "IS", "SD"].iter().any(|code| found.starts_with(code)), "{found}");
}

#[test]
fn without_suggested_targets_none_is_shown_anywhere() {
    let (app, _folder) = with_settings(App::new().sized(120, 40));
    let mut app = app;
    app.press(": 'role' enter down down enter enter 2 'FL-5' enter 3 3 ctrl-s 8 end");
    app.sees("Cairn suggests for your level");
    app.press("6");
    app.sees("One more step");
    app.press("esc 1");
    let targets = row(&app, "targets");
    choose(&mut app, targets, 1);
    app.press("8 end");
    app.sees("FL-5").misses("Cairn suggests for").misses("Expected at");
    app.press("6");
    app.misses("One more step").misses("than Cairn suggests");
    let cairn = Cairn::new();
    let off = cairn.file("off.toml", "targets = false\n").display().to_string();
    let on = cairn.file("on.toml", "").display().to_string();
    let told = |file: &str, args: &[&str]| {
        let args: Vec<&str> = ["--config", file, "--demo"].into_iter().chain(args.iter().copied()).collect();
        cairn.run(&args).exits(0).out
    };
    assert!(
        told(&on, &["progress", "--json"]).contains("\"target\":4") || told(&on, &["progress"]).contains("suggests")
    );
    for args in [&["progress", "--json"][..], &["progress"], &["report", "--for", "client"], &["recommend"]] {
        let text = told(&off, args);
        let found = ["Cairn suggests for", "Target", "\"target\":1", "\"target\":2", "\"target\":3", "\"target\":4"];
        assert!(found.iter().all(|word| !text.contains(word)), "{args:?}: {text}");
    }
}

#[test]
fn dates_are_written_as_chosen() {
    let cairn = Cairn::new();
    for (style, day, not) in [
        ("short", "19 Nov", "19/11"),
        ("long", "19 November", "19/11"),
        ("numbers", "19/11/2026", " Nov"),
        ("iso", "2026-11-19", " Nov"),
    ] {
        let file = cairn.file("dates.toml", format!("date = \"{style}\"\n")).display().to_string();
        let book = cairn.run(&["--config", &file, "--demo", "--today", "2026-11-22", "journal"]).exits(0).out;
        assert!(book.contains(day) && !book.contains(not), "{style}: {book}");
        let lines = cairn.fed(&["--config", &file, "--demo", "--today", "2026-11-22", "--plain"], "journal\n").exits(0);
        assert!(lines.out.contains(day), "{style}: {}", lines.out);
        // What other programs read stays as it is.
        let json = cairn.run(&["--config", &file, "--demo", "--today", "2026-11-22", "plan", "--json"]).exits(0).out;
        assert!(json.contains("\"2026-11-17\""), "{json}");
    }
    let file = cairn.file("dates.toml", "date = \"american\"\n").display().to_string();
    cairn.run(&["--config", &file, "config", "show"]).says(&["there is no choice \"american\"", "short"]);
}

#[test]
fn find_and_progress_list_the_frameworks_in_the_same_order() {
    let (app, _folder) = with_settings(App::new().sized(120, 50));
    let mut app = app;
    app.press("2 'FL-5' enter 3 3 ctrl-s 2 'PQ-1' enter 3 2 ctrl-s");
    let is_before = |app: &mut App, first: &str, second: &str| {
        app.press("8");
        let screen = app.screen();
        let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}: {screen}"));
        at(first) < at(second)
    };
    let (ours, lqf) = ("Strategic intent", "Demonstrating personal qualities");
    assert!(is_before(&mut app, ours, lqf), "{}", app.screen());
    app.press("1");
    let front = row(&app, "framework_in_front");
    choose(&mut app, front, 1);
    assert!(is_before(&mut app, lqf, ours), "{}", app.screen());
}

#[test]
fn the_settings_say_the_role_and_whether_there_is_a_passphrase() {
    let mut app = App::new().sized(80, 24);
    app.press("S");
    app.sees("Your role           not stated").sees("Passphrase          not set");
    app.press("esc");
    app.press(": 'role' enter down down enter down enter S");
    app.sees("Your role           Managers, we commission care");
}

#[test]
fn no_activity_for_seniors_alone_is_among_the_ideas_or_the_other_ideas_of_a_manager() {
    let library = cairn_coach::pack::load(&cairn_coach::pack::builtin_packs()).library;
    let is_senior = |ix: &cairn_coach::domain::BehaviourIx| !library.theme_of(*ix).levels.is_empty();
    let alone: Vec<&str> = library
        .activities
        .iter()
        .filter(|activity| activity.behaviours.iter().all(is_senior))
        .map(|activity| activity.title.as_str())
        .collect();
    assert!(!alone.is_empty());
    let cairn = Cairn::new();
    let ideas = |level: &str, senior: bool| {
        let rated = library.indices().filter(|ix| is_senior(ix) == senior).map(|ix| {
            let code = library.behaviour(ix).full_code();
            format!("{{\"behaviour\":\"{code}\",\"rating\":2,\"importance\":3,\"on\":\"2026-11-20\",\"by\":\"self\"}}")
        });
        let answers = rated.collect::<Vec<_>>().join(",");
        let text = format!("{{\"person\":{{\"level\":\"{level}\"}},\"today\":\"2026-11-22\",\"answers\":[{answers}]}}");
        let file = cairn.file("all.json", text).display().to_string();
        cairn.run(&["recommend", "--answers", &file, "--explain"]).exits(0).out
    };
    let told = |text: &str| alone.iter().filter(|title| text.contains(**title)).count();
    for level in ["managers", "front-line"] {
        let text = ideas(level, false);
        assert_eq!(told(&text), 0, "{level}: {text}");
    }
    assert!(told(&ideas("senior-leaders", true)) > 0);
}

//! The whole path on screen: find, reflect, advice, plan; and that hints do what they say.

use std::collections::BTreeSet;
use std::sync::Arc;

use cairn_coach::app::{DraftJob, DraftReply, Effect, Layer, Model, Msg, PaperPage, Screen, update};
use cairn_coach::command::{Command, Context};
use cairn_coach::config::Theme;
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::seal::Identity;
use cairn_coach::search::Index;

use crate::harness::{App, TODAY};

#[test]
fn a_new_user_goes_from_start_to_an_accepted_activity() {
    let mut app = App::new();
    app.sees("Welcome to Cairn").sees("Find a behaviour").sees("? Help");
    app.press("enter");
    app.sees("Find:");
    app.press("'comand and controll'");
    app.sees("FC-5");
    app.press("enter");
    app.sees("How often do you do this").sees("\u{2582}\u{b7}\u{b7}\u{b7}\u{b7}  Not yet");
    app.press("2");
    app.sees("How much does this matter");
    app.press("3 'It is quicker myself.' ctrl-s");
    app.sees("Saved. Cairn suggests").sees("You wrote \u{201c}quicker myself\u{201d}");
    app.press("a");
    app.sees("Added to your plan. First step by 6 Dec.");
    app.press("5");
    app.sees("Give one decision away for good").sees("due in 14 days").sees("Why it is in the plan");
    app.press("d");
    app.sees("You hoped for: ").sees("Did that happen?");
    app.press("down enter 'It went well.' enter");
    app.sees("As you hoped: In part");
    app.sees("What I learned").sees("It went well.");
    let app = app.restarted();
    app.sees("You have reflected on 1 behaviour in 1 session, and finished 1 action.");
}

#[test]
fn advice_can_be_adapted_and_declined_with_a_reason() {
    let mut app = App::demo().keys("4");
    let shown =
        |app: &App| app.model.person.snapshot.advised.shown.iter().map(|a| a.activity.clone()).collect::<Vec<_>>();
    let before = shown(&app);
    app.press("e ctrl-u 'My own way' ctrl-g tab tab tab tab tab tab ctrl-u 'soon' ctrl-s");
    app.sees("\"soon\" is not a date");
    app.press("ctrl-u '+3' ctrl-s");
    app.sees("Added to your plan. First step by 25 Nov.");
    assert!(!shown(&app).contains(&before[0]), "what is in the plan is not suggested again");
    let first = shown(&app)[0].clone();
    app.press("x");
    app.sees("Why is this not for you?");
    app.press("end enter 'We did this last year.' enter");
    app.sees("Declined. Cairn may suggest it again");
    assert!(!shown(&app).contains(&first));
    app.press("l");
    app.sees("Not on the list");
    app.press("5");
    app.sees("My own way");
}

#[test]
fn the_why_of_an_advice_shows_rule_conditions_and_what_would_change_it() {
    let app = App::demo().sized(100, 40).keys("4 w");
    app.sees("Rule: ")
        .sees("yes: rating of")
        .sees("What would change this: you would stop seeing this if you rated")
        .sees(".rhai:");
}

#[test]
fn an_unfinished_answer_waits_as_a_draft() {
    let mut app = App::new().keys("/ 'FL-5' enter 2 tab 'Half a thought'");
    app.send(Msg::Idle);
    app.press("ctrl-q");
    assert!(app.model.shell.quit);
    let app = app.restarted();
    app.sees("! Finish your reflection on FL-5");
    let app = app.keys("enter");
    app.sees("Your draft is here").sees("Half a thought");
}

#[test]
fn a_draft_that_was_not_kept_is_tried_again() {
    let mut model = App::new().keys("/ 'FL-5' enter 2 tab 'Words'").model;
    let key = |key: &str| Msg::Key(key.parse().expect("it is a key"));
    assert_eq!(update(&mut model, key("a")).len(), 1, "a key is kept at once");
    assert!(update(&mut model, key("b")).is_empty(), "one is on its way");
    let follows = update(&mut model, Msg::Draft(DraftReply::AnswerKept("12:00".to_owned())));
    assert!(
        matches!(follows.as_slice(), [Effect::Draft(DraftJob::KeepAnswer(_))]),
        "what was typed meanwhile follows: {follows:?}"
    );
    let failed = update(&mut model, Msg::Draft(DraftReply::AnswerNotKept("The disk is full.".to_owned())));
    assert!(failed.is_empty() && model.idle_after().is_some(), "not at once, but after a pause");
    let again = update(&mut model, Msg::Idle);
    assert!(matches!(again.as_slice(), [Effect::Draft(DraftJob::KeepAnswer(_))]), "{again:?}");
    update(&mut model, Msg::Draft(DraftReply::AnswerNotKept("The disk is full.".to_owned())));
    let last = update(&mut model, key("ctrl-q"));
    assert!(matches!(last.as_slice(), [Effect::Draft(DraftJob::KeepAnswer(_))]), "{last:?}");
}

#[test]
fn leaving_a_reflection_for_another_loses_nothing() {
    let app =
        App::new().keys("/ 'FL-5' enter 2 tab 'First words' ctrl-f ctrl-u 'FC-5' enter 4 ctrl-f ctrl-u 'FL-5' enter");
    app.sees("Your draft is here").sees("First words");
}

#[test]
fn non_answers_are_kept_apart_from_low_ratings() {
    let app = App::new().keys("/ 'SI-1' enter c ctrl-s");
    let advised = &app.model.person.snapshot.advised;
    assert!(advised.shown.iter().all(|a| a.reasons.iter().all(|r| r.rule.starts_with("cannot-say"))), "{advised:?}");
    app.sees("You could not say");
    let app = App::new().keys("/ 'SI-1' enter p ctrl-s");
    app.sees("No suggestions now");
    let app = App::new().keys("/ 'SI-1' enter n ctrl-s");
    app.sees("No suggestions now");
}

#[test]
fn an_older_answer_stays_when_a_newer_one_is_given() {
    let app = App::new().keys("/ 'FL-5' enter 2 ctrl-s 2 enter 4 ctrl-s");
    let ix = app.model.shell.library.as_ref().expect("open").find("FL-5").expect("known");
    let standing = app.model.person.snapshot.profile.of(ix).expect("answered");
    assert_eq!(standing.answers.len(), 2);
    assert_eq!(standing.rated.value(), Some(4));
}

#[test]
fn level_and_organisation_are_asked_in_two_steps_and_change_what_is_shown() {
    let app = App::new().sized(80, 40).keys("m down down enter down down enter");
    app.sees("Change your role");
    let person = &app.model.person.snapshot.person;
    assert_eq!(person.level.as_deref(), Some("managers"));
    assert_eq!(person.organisation.id(), "provider");
    let app = app.keys("/ 'FL-5'");
    app.sees("Managers:").misses("Senior leaders:");
}

#[test]
fn a_plan_of_ones_own_can_be_made_changed_dropped_and_taken_up_again() {
    let to_first_step = "ctrl-g enter enter enter enter enter";
    let keys = format!("5 n 'Ask for help' {to_first_step} 'Say it on Monday' enter ctrl-u '1 Dec' ctrl-s");
    let mut app = App::new().keys(&keys);
    app.sees("due in 9 days").sees("My own idea.");
    app.press("e ctrl-u 'Ask Sam for help' ctrl-s");
    app.sees("Ask Sam for help");
    app.press("x");
    app.sees("Stopped");
    app.press("r");
    app.sees("\u{25cb} Ask Sam for help");
}

#[test]
fn nothing_is_saved_from_an_empty_reflection() {
    let app = App::new().keys("/ 'FL-5' enter ctrl-s");
    app.sees("There is nothing to save yet");
    assert_eq!(app.model.person.screen, Screen::Reflect);
}

#[test]
fn letters_that_matched_are_marked_also_without_colour() {
    let mut app = App::new().keys("/ 'calculated risk'");
    assert!(app.styles().contains("\"calculated\" Yellow"), "{}", app.styles());
    app.theme = Theme::built_in("mono").expect("it comes along");
    let mono = app.styles();
    assert!(!mono.contains("Yellow") && !mono.contains("Cyan") && !mono.contains("Green"), "{mono}");
    assert!(mono.contains("UNDERLINED") && mono.contains("REVERSED"), "{mono}");
}

#[test]
fn pasted_controls_are_removed_and_line_feeds_kept() {
    let mut app = App::new().keys("/ 'FL-5' enter tab tab");
    app.send(Msg::Paste("one\r\ntwo\u{1b}[31m\u{202e}three".to_owned()));
    let reflect = app.model.person.reflect.as_ref().expect("open");
    assert_eq!(reflect.page().expect("a page").buffer.text(), "one\ntwo[31mthree");
    let mut app = App::new();
    app.send(Msg::Paste("q\nq".to_owned()));
    assert!(!app.model.shell.quit, "pasting where nothing is written does nothing");
}

/// Returns every state that can be reached by following hints to a depth.
fn reachable(start: Model, depth: usize) -> Vec<Model> {
    let mut states = vec![start.clone()];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut frontier = vec![start];
    for _ in 0..depth {
        let mut next = Vec::new();
        for state in frontier {
            for hint in state.hints() {
                if matches!(hint.command, Command::Quit) {
                    continue;
                }
                let mut after = state.clone();
                let _ = update(&mut after, Msg::Key(hint.chords[0]));
                let name = format!(
                    "{:?} {:?} {} {:?}",
                    after.person.screen,
                    after.contexts(),
                    after.person.layers.len(),
                    after.person.reflect.as_ref().map(|r| (r.step(), r.rated, r.importance))
                );
                if seen.insert(name) {
                    states.push(after.clone());
                    next.push(after);
                }
            }
        }
        frontier = next;
    }
    states
}

#[test]
fn every_hint_on_every_reachable_state_does_what_it_says() {
    let mut pairs = 0;
    for (demo, keys) in [
        (false, ""),
        (true, ""),
        (true, "/ 'risk'"),
        (false, "/ 'FL-5' enter"),
        (false, "/ 'FL-5' enter 2 3 'two words' alt-a alt-c"),
        (true, "6"),
        (true, "4 r"),
        (true, "4 r enter"),
        (true, "8"),
        (true, "9 'team'"),
        (true, "9 tab"),
        (true, "7 enter 'a'"),
        (true, "w 'ami' enter"),
        (true, "w 'ami' enter 7 enter tab 'a'"),
        (true, "w 'ami' enter v enter enter"),
    ] {
        let app = if demo { App::demo() } else { App::new() }.keys(keys);
        // Deep from the start; from later states everything new is near.
        let states = reachable(app.model, if keys.is_empty() { 4 } else { 3 });
        assert!(states.len() > 20, "{}", states.len());
        for state in &states {
            for hint in state.hints() {
                for chord in &hint.chords {
                    let mut after = state.clone();
                    after.shell.last_command = None;
                    let _ = update(&mut after, Msg::Key(*chord));
                    assert_eq!(after.shell.last_command, Some(hint.command), "{chord} in {:?}", state.contexts());
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs > 500, "{pairs}");
}

/// The page that shows a new paper key.
fn with_paper_key() -> App {
    let mut app = App::demo();
    let page = PaperPage { key: Identity::generate().text(), escrow: String::new() };
    app.model.person.layers.push(Layer::Paper(page));
    app
}

#[test]
fn every_command_is_reachable_from_some_state() {
    let mut reached: BTreeSet<Command> = BTreeSet::new();
    let pack = crate::rules_screen::Pack::new(crate::rules_screen::GOOD);
    let starts = vec![
        App::with_pack(pack.path()).keys("6"),
        App::new(),
        App::new().keys("/ 'FL-5' enter esc esc"),
        App::demo(),
        App::demo().keys("4 l"),
        App::demo().keys("5 end"),
        App::demo().keys("6 'applied'"),
        App::demo().keys("6 'applied' enter tab"),
        App::demo().keys("4 r"),
        App::demo().keys("/ 'risk'"),
        App::demo().keys("/ 'risk' alt-a alt-c"),
        App::demo().keys("/ 'risk' ctrl-z"),
        App::new().keys("/ 'FL-5' enter"),
        App::new().keys("/ 'FL-5' enter 2 shift-tab"),
        App::demo().keys("4 e"),
        App::demo().keys("?"),
        App::new().keys("t enter"),
        App::new().keys("/ 'FL-5' enter 2 3 'word' ctrl-z"),
        crate::progress::at_progress(80, 24),
        App::demo().keys("9 'team'"),
        App::demo().keys("7 enter"),
        App::demo().keys("w"),
        App::client("Amira"),
        App::client("Amira").keys("c p"),
        App::client("Amira").keys("7 enter ctrl-o tab 'a'"),
        App::client("Amira").keys("7 enter tab 'a' ctrl-s"),
        App::client("Amira").keys("7 enter tab 'a' ctrl-f 'risk'"),
        App::client("Amira").keys("v enter enter"),
        App::client("Amira").keys("v enter enter 2"),
        App::client("Ben").keys("c enter ctrl-u 'sel' enter"),
        App::client("Amira").keys("9 'kind:note'"),
        // Words that may mean danger: the page opens by itself, and is offered on Today after it was closed.
        App::new().keys("/ 'FC-6' enter 3 2 'He hit her again.' ctrl-s"),
        App::new().keys("/ 'FC-6' enter 3 2 'He hit her again.' ctrl-s esc esc esc 1"),
        with_paper_key(),
    ];
    for app in starts {
        let _ = app.screen();
        for state in reachable(app.model, 3) {
            reached.extend(state.hints().into_iter().map(|hint| hint.command));
        }
    }
    let missing: Vec<&str> = cairn_coach::command::COMMANDS
        .iter()
        .filter(|entry| !reached.contains(&entry.command))
        // The built-in scales have five points; those of a pack may have nine.
        .filter(|entry| !["pick-6", "pick-7", "pick-8", "pick-9"].contains(&entry.id))
        .map(|entry| entry.id)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_text_context_swallows_letters() {
    let app = App::demo().keys("/ 'q?12345mj'");
    assert_eq!(app.model.person.screen, Screen::Find);
    assert_eq!(app.model.person.find.query.text(), "q?12345mj");
    assert!(app.model.contexts().contains(&Context::Find));
}

#[test]
fn help_lists_the_keys_of_the_screen_under_it_and_scrolls() {
    let app = App::demo().keys("4 ?");
    app.sees("Add this activity to your plan as it is.").sees("\u{2193}");
    let app = app.keys("pagedown pagedown pagedown pagedown pagedown pagedown");
    app.sees("only this theme").sees("theme:");
    // Typing filters it by key, name and words.
    let app = app.keys("'plan decline'");
    app.sees("No key here does that.");
    let app = app.keys("ctrl-u 'decl'");
    app.sees("Remove this activity and say why.").misses("Add this activity to your plan");
    let app = app.keys("esc");
    app.sees("a Accept");
}

#[test]
fn no_size_panics_and_below_the_floor_one_line_says_so() {
    for script in [
        "6",
        "6 down enter",
        "6 'fl-5' enter",
        "4 r",
        "4 r enter",
        "",
        "/ 'risk'",
        "/ 'FL-5' enter",
        "/ 'FL-5' enter tab tab 'words and words'",
        "4 w",
        "5",
        "?",
        "m",
        "4 e",
        "8",
        "8 end",
        "8 b",
        "9",
        "9 'team'",
        "9 tab",
        ":",
        ": 'plan'",
        "i",
        "t",
        "t enter enter enter",
        "T",
        "7 enter",
        "w",
        "h",
    ] {
        let mut app = App::demo().keys(script);
        for columns in (1..=62).step_by(5).chain([80, 110, 160, 300]) {
            for rows in (1..=24).step_by(3).chain([45, 100]) {
                app.send(Msg::Resize(columns, rows));
                let screen = app.screen();
                if columns >= 30 && (columns < 50 || rows < 14) && rows >= 3 {
                    assert!(screen.contains("Cairn needs 50x14"), "{columns}x{rows}:\n{screen}");
                }
            }
        }
    }
}

#[test]
fn the_footer_drops_whole_hints_and_never_the_way_to_help() {
    for columns in [50, 56, 60, 66, 72, 80, 120] {
        for script in ["", "4", "5", "6", "8", "9", "9 'team'", "4 r", "/ 'FL-5' enter", "/ 'risk'"] {
            let app = App::demo().sized(columns, 24).keys(script);
            let screen = app.screen();
            let footer = screen.lines().last().unwrap_or("").to_owned();
            assert!(footer.ends_with("Help"), "{columns}: {footer}");
        }
    }
}

/// Snapshots of a screen as text and as runs of style, at the minimum size, at 80x24 and wide.
fn as_it_is(name: &str, app: impl Fn() -> App, script: &str) {
    for (columns, rows) in [(50, 14), (80, 24), (120, 30)] {
        let app = app().sized(columns, rows).keys(script);
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), app.screen());
        if columns == 80 {
            insta::assert_snapshot!(format!("{name}-styles"), app.styles());
        }
    }
}

/// Defines one test per screen.
macro_rules! screens {
    ($($test:ident: $name:literal, $app:expr, $script:literal;)*) => {
        $(#[test]
        fn $test() {
            as_it_is($name, $app, $script);
        })*
    };
}

screens! {
    first_start_as_it_is: "first-start", App::new, "";
    today_as_it_is: "today", App::demo, "";
    find_as_it_is: "find", App::demo, "/ 'no time to listen'";
    find_nothing_as_it_is: "find-nothing", App::demo, "/ 'xyzzyq'";
    rating_as_it_is: "rating", App::demo, "/ 'FL-5' enter";
    importance_as_it_is: "importance", App::demo, "/ 'FL-5' enter 3";
    writing_as_it_is: "writing", App::demo, "/ 'FL-5' enter 3 2 'The evening walks, again.'";
    advice_as_it_is: "advice", App::demo, "4";
    why_as_it_is: "why", App::demo, "4 w";
    plan_as_it_is: "plan", App::demo, "5";
    adapt_as_it_is: "adapt", App::demo, "4 e";
    commands_as_it_is: "commands", App::demo, ":";
    commands_found_as_it_is: "commands-found", App::demo, ": 'priv'";
    help_as_it_is: "help", App::demo, "4 ?";
    messages_as_it_is: "messages", App::demo, "esc i";
    tour_as_it_is: "tour", App::demo, "t";
    tour_end_as_it_is: "tour-end", App::demo, "t enter enter enter";
    themes_as_it_is: "themes", App::demo, "T";
    review_as_it_is: "review", App::demo, "/ 'FL-5' enter 3 2 'The evening walks.' tab tab tab tab";
    begin_as_it_is: "begin", App::demo, "7";
    selected_as_it_is: "selected", App::demo, "/ 'FL-5' enter 3 2 'The evening walks.' ctrl-shift-left ctrl-shift-left";
    people_as_it_is: "people", App::demo, "w";
    hand_over_as_it_is: "hand-over", App::demo, "h";
    done_as_it_is: "done", App::demo, "5 d";
    client_today_as_it_is: "client-today", || App::client("Amira"), "1";
    client_agreement_as_it_is: "client-agreement", || App::client("Amira"), "";
    client_may_see_as_it_is: "client-may-see", || App::client("Amira"), "p";
    client_terms_as_it_is: "client-terms", || App::client("Amira"), "e";
    client_session_as_it_is: "client-session", || App::client("Amira"), "7 enter";
    client_note_as_it_is: "client-note", || App::client("Amira"), "7 enter tab 'She was calm.'";
    client_private_as_it_is: "client-private", || App::client("Amira"), "7 enter ctrl-o tab ctrl-t 'Watch the pace.'";
    client_page_as_it_is: "client-page", || App::client("Amira"), "7 enter tab 'She was calm.' ctrl-s";
    client_views_as_it_is: "client-views", || App::client("Amira"), "v";
    client_rating_as_it_is: "client-rating", || App::client("Amira"), "v enter enter";
}

/// In ASCII mode none of the program's own lines and symbols is left.
#[test]
fn lines_and_marks_can_be_plain_on_every_screen() {
    for (columns, rows) in [(80, 24), (120, 30), (160, 45)] {
        for script in
            ["", "/ 'risk'", "/ 'FL-5' enter 3", "4", "5", "6", "6 down right", "7 enter", "8", "9", "?", "t", "4 r"]
        {
            let mut app = App::demo().sized(columns, rows).keys(script);
            app.ascii = true;
            let screen = app.screen();
            let odd: Vec<char> = screen.chars().filter(|c| ('\u{2010}'..='\u{2bff}').contains(c)).collect();
            assert!(odd.is_empty(), "{odd:?} after {script:?}:\n{screen}");
        }
        let mut app = App::client("Amira").sized(columns, rows).keys("8");
        app.ascii = true;
        assert!(!app.screen().contains(|c| ('\u{2010}'..='\u{2bff}').contains(&c)), "{}", app.screen());
    }
}

#[test]
fn what_is_looked_for_is_found_before_the_records_are_open() {
    let library = Arc::new(load(&builtin_packs()).library);
    let index = Arc::new(Index::of_library(&library));
    let mut model = Model::new(TODAY, false);
    let keys = ["/", "r", "i", "s", "k"];
    for key in keys {
        let _ = update(&mut model, Msg::Key(key.parse().expect("it is a key")));
    }
    assert_eq!(model.person.find.marked(), None);
    update(&mut model, Msg::Searchable(library, index));
    assert!(model.person.find.marked().is_some(), "what was typed before is looked for at once");
    update(&mut model, Msg::Key("enter".parse().expect("it is a key")));
    let said = model.person.notice.map(|notice| notice.text);
    assert_eq!(said.as_deref(), Some("Cairn is still opening your records."), "a draft may be among them");
}

//! Configured keys on the real screens: hints, help, sentences and the list of commands show the configured keys.

use cairn_coach::app::{Model, Msg, Screen, update};
use cairn_coach::command::{Command, Context};
use cairn_coach::config::read;

use crate::harness::App;

/// Returns the app with these settings.
fn with(settings: &str, app: App) -> App {
    let (settings, faults) = read("config.toml", settings);
    assert_eq!(faults, []);
    let mut app = app;
    app.model.shell.settings = settings;
    app
}

#[test]
fn a_rebound_key_moves_hint_help_and_palette_and_the_old_one_is_dead() {
    let settings = "[keys.advice]\naccept = [\"y\", \"f10\"]\n[keys.list]\ncopy-page = \"none\"\n";
    let app = with(settings, App::demo()).keys("4");
    app.sees("y Accept").misses("a Accept");
    let help = with(settings, App::demo()).keys("4 ? 'as it is'");
    help.sees("y  f10");
    let app = app.keys("a");
    assert!(app.model.shell.last_command != Some(Command::Accept), "the usual key is dead");
    let app = app.keys("y").sees("Added to your plan").model.shell.last_command;
    assert_eq!(app, Some(Command::Accept));
    // A command without a key is found by its name.
    let app = with(settings, App::demo()).keys("4 : 'copy page'");
    app.sees("> Copy page");
    let app = app.keys("enter");
    app.sees("Copied:");
}

#[test]
fn sentences_name_the_key_that_there_is() {
    let settings = "[keys.everywhere]\nprivate-lines = \"f10\"\nback = [\"f12\", \"esc\"]\n[keys.go]\npeople = \"O\"\n";
    let app = with(settings, App::client("Amira")).keys("7 enter f10");
    app.sees("To hide them, press f10").misses("ctrl-o");
    let app = with(settings, App::demo()).keys("v");
    app.sees("To open their records, press O");
    let app = with("[keys.everywhere]\nprivate-lines = \"none\"\n", App::client("Amira")).keys("7 enter tab ctrl-t");
    app.sees("To show them, press Private notes");
}

/// No sentence and no hint on any screen names a key that does something else, whatever the keys are: with every letter
/// and function key unbound, no default key is named.
#[test]
fn no_usual_key_is_written_into_a_screen() {
    let lines: Vec<String> = cairn_coach::command::COMMANDS
        .iter()
        .filter(|entry| entry.keys.iter().any(|(context, _)| *context == Context::Global))
        .filter(|entry| !["back", "quit", "help", "commands", "find"].contains(&entry.id))
        .map(|entry| format!("{} = \"none\"\n", entry.id))
        .collect();
    let settings = format!("[keys.everywhere]\n{}", lines.concat());
    for script in ["", "4", "5", "6", "7", "8", "9 'team'", "w", "h", "t", "i", "4 r"] {
        let app = with(&settings, App::demo()).keys(script);
        for gone in ["ctrl-o", "alt-m", "alt-z", "f4", "f5", "f6", "f7", "f8", "f9"] {
            assert!(
                !app.screen().split([' ', '.', ';', ',']).any(|word| word == gone),
                "{gone} after {script:?}:\n{}",
                app.screen()
            );
        }
        assert!(!app.screen().contains(['\u{1}', '\u{2}']), "a key was not put in");
    }
}

#[test]
fn an_empty_screen_names_the_key_that_there_is_too() {
    let app = with("[keys.plan]\nnew = \"f10\"\n", App::new()).keys("5");
    app.sees("add your own action with f10.");
}

#[test]
fn what_is_wrong_with_settings_is_said_at_the_start_and_can_be_read_back() {
    let (settings, faults) = read("config.toml", "theme = \"drak\"\nmousse = true\n");
    let mut app = App::new();
    app.model.shell.settings = settings;
    app.model.take_faults(faults);
    app.sees("config.toml:1:9").sees("And 1 more.").sees("See what is wrong with your settings");
    let app = app.keys("i");
    app.sees("did you mean \"dark\"?").sees("config.toml:2:1").sees("did you mean \"mouse\"?");
    assert_eq!(app.model.person.screen, Screen::Home);
}

#[test]
fn a_command_chosen_by_name_passes_the_same_guard_as_its_key() {
    let mut model: Model = App::demo().model;
    let _ = update(&mut model, Msg::Run(Command::Accept));
    assert_eq!(model.shell.last_command, None, "it belongs to another screen");
    let _ = update(&mut model, Msg::Run(Command::GoAdvice));
    let _ = update(&mut model, Msg::Run(Command::Accept));
    assert_eq!(model.shell.last_command, Some(Command::Accept));
}

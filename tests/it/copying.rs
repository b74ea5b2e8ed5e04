//! Selecting, cutting, copying and inserting on the screens, and copying a page.

use cairn_coach::app::{Effect, Msg, TerminalJob, TerminalReply, update};

use crate::harness::App;

/// Opens a reflection on FL-5 at its first question and types these words.
fn writing(words: &str) -> App {
    App::demo().keys(&format!("/ 'FL-5' enter 2 3 '{words}'"))
}

/// Returns the texts that a key would send to the terminal's clipboard.
fn copied(app: &mut App, key: &str) -> Vec<String> {
    app.look();
    let effects = update(&mut app.model, Msg::Key(key.parse().expect("a key")));
    let mut texts = Vec::new();
    for effect in effects {
        match effect {
            Effect::Terminal(TerminalJob::Copy(text)) => texts.push(text),
            Effect::Terminal(TerminalJob::CopyPage) => {
                app.look();
                let more = update(&mut app.model, Msg::Terminal(TerminalReply::PageDrawn));
                texts.extend(more.into_iter().filter_map(|effect| match effect {
                    Effect::Terminal(TerminalJob::Copy(text)) => Some(text),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    texts
}

#[test]
fn what_is_selected_is_reversed_and_can_be_cut_and_inserted_elsewhere() {
    let app = writing("first second").keys("ctrl-shift-left");
    assert!(app.styles().lines().any(|run| run.contains("\"second\" Reset REVERSED")), "{}", app.styles());
    app.sees("ctrl-c Copy").sees("ctrl-c Copy");
    let mut app = app.keys("ctrl-x");
    app.sees("Cut: 1 word. Your clipboard also has it if your terminal allows that.").misses("second");
    app.press("home ctrl-v");
    app.sees("secondfirst").misses("ctrl-c Copy");
    // Cut text can be inserted on another screen.
    app.press("f2 ctrl-u ctrl-v");
    app.sees("Find: second");
}

#[test]
fn copying_hands_the_terminal_what_is_selected_and_no_more_than_it_takes() {
    let mut app = writing("caf\u{e9} now").keys("alt-a");
    assert_eq!(copied(&mut app, "alt-c"), ["caf\u{e9} now"]);
    app.sees("Copied: 2 words.");
    app.send(Msg::Paste("\u{6f22}".repeat(20_000)));
    app.press("alt-a");
    assert_eq!(copied(&mut app, "alt-c"), [""; 0]);
    app.sees("You can insert it here, but it is too long for a clipboard.");
    app.press("ctrl-v ctrl-v ctrl-v");
    app.sees("Pasted 10000 of 20000 characters");
}

#[test]
fn a_form_and_a_line_show_what_is_selected() {
    let app = App::demo().keys("/ 'no time' shift-left shift-left");
    assert!(app.styles().contains("\"me\" Reset BOLD | REVERSED"), "{}", app.styles());
    let app = App::demo().keys("5 d enter 'one more' ctrl-shift-left");
    assert!(app.styles().contains("\"more\" Reset REVERSED"), "{}\n{}", app.screen(), app.styles());
}

#[test]
fn the_text_that_is_read_is_copied_without_the_breaks_of_the_window() {
    let mut app = App::demo().keys("4");
    let [advice] = copied(&mut app, "ctrl-y").try_into().expect("one text");
    assert!(advice.lines().any(|line| line.len() > 120), "{advice}");
    let mut app = App::demo().keys("/ 'FL-5'");
    let [behaviour] = copied(&mut app, "ctrl-y").try_into().expect("one text");
    assert!(behaviour.contains("FL-5") && !behaviour.contains('\u{2193}'), "{behaviour}");
    for keys in ["5", "6", "8", "9", "4 r"] {
        let mut app = App::demo().keys(keys);
        assert_eq!(copied(&mut app, "ctrl-y").len(), 1, "{keys}: {}", app.screen());
    }
}

#[test]
fn turning_to_somebody_forgets_what_was_copied() {
    let mut app = writing("for me alone").keys("alt-a alt-c esc esc");
    assert_eq!(app.model.person.copied.text, "for me alone");
    let client = app.model.person.snapshot.clients.first().expect("the demonstration has clients").name.clone();
    app.press(&format!("w '{client}' enter"));
    assert!(app.model.client().is_some(), "{}", app.screen());
    assert_eq!(app.model.person.copied.text, "");
}

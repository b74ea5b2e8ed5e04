//! The screens in a real terminal: what only the real binary can show, from the first start to a closed window.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "records are damaged from outside")]

use std::fs;

use serde_json::json;

use crate::binary::Cairn;
use crate::terminal::Tui;

const CTRL_C: &str = "\x03";
const CTRL_Q: &str = "\x11";
const CTRL_S: &str = "\x13";
const ESC: &str = "\x1b";
const ENTER: &str = "\r";

/// Opens a reflection on FL-5 at its first question.
fn writing(cairn: &Cairn) -> Tui {
    writing_on(cairn, "FL-5")
}

fn writing_on(cairn: &Cairn, code: &str) -> Tui {
    let mut tui = Tui::start(cairn, &["reflect", code]);
    tui.see("How often do you do this");
    tui.send("2").see("How much does this matter");
    tui.send("3").see("Use your own words");
    tui
}

/// Quits, and asserts that the terminal is restored.
fn leaves(mut tui: Tui, code: u32) -> Tui {
    assert_eq!(tui.exit(), code, "{}", tui.screen());
    restored(&tui);
    tui
}

fn restored(tui: &Tui) {
    for bytes in ["\x1b[?1049h", "\x1b[?1049l", "\x1b[?2004h", "\x1b[?2004l", "\x1b[?25h"] {
        assert!(tui.wrote(bytes), "{bytes:?} was not written");
    }
    tui.ask(|screen| {
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert!(!screen.inverse() && !screen.bold() && screen.fgcolor() == vt100::Color::Default);
    });
}

/// Returns whether everything typed is on the disk.
fn all_kept(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.contains("draft saved 1") && !text.contains("saved 12:00\u{2026}")
}

/// Returns the rows of a screen without trailing blanks.
fn rows(screen: &vt100::Screen) -> Vec<String> {
    screen.contents().lines().map(|row| row.trim_end().to_owned()).collect()
}

/// Asserts that the next start offers the draft with these words.
fn offers(cairn: &Cairn, words: &str) {
    let mut tui = Tui::start(cairn, &[]);
    tui.see("Finish your reflection on FL-5");
    tui.send(ENTER).see("Your draft is here").see(words);
    tui.send(CTRL_Q);
    leaves(tui, 0);
}

#[test]
fn a_newcomer_reaches_an_accepted_activity_by_what_the_screen_says() {
    let cairn = Cairn::new();
    let mut tui = Tui::start(&cairn, &[]);
    tui.see("Welcome to Cairn").see("> Find a behaviour").see("enter Open");
    tui.send(ENTER).see("Find:");
    tui.send("no time to listen").see("enter ");
    tui.send(ENTER).see("How often do you do this").see("> 1   \u{2582}\u{b7}\u{b7}\u{b7}\u{b7}  Not yet");
    tui.send("2").see("How much does this matter");
    tui.send("3").see("ctrl-s Save");
    tui.send("Te\u{301}ulu \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{645}\u{631}\u{62d}\u{628}\u{627}")
        .see("3 words");
    tui.send(CTRL_S).see("Saved. Cairn suggests").see("a Accept");
    tui.send("a").see("Added to your plan. First step by 6 Dec.");
    tui.send("5").see("due in 14 days").see("First step").see("\u{2193}");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    let plan = cairn.run(&["plan", "--json"]).exits(0).rows();
    assert_eq!((plan.len(), &plan[0]["status"], &plan[0]["due"]), (1, &json!("open"), &json!("2026-12-06")));
    assert!(cairn.home_is_empty());
}

#[test]
fn leaving_gives_the_terminal_back() {
    let cairn = Cairn::new();
    for (args, key) in
        [(&["--demo"][..], "q"), (&["--demo"], CTRL_C), (&[], CTRL_Q), (&["--demo", "reflect", "FL-5"], CTRL_C)]
    {
        let mut tui = Tui::start(&cairn, args);
        tui.see("Help");
        tui.send(key);
        let tui = leaves(tui, 0);
        assert_eq!(tui.screen().trim(), "", "nothing is left on the screen");
    }
    assert!(!cairn.data().exists() && cairn.home_is_empty(), "who only looks leaves nothing");
}

#[test]
fn without_colour_the_marked_row_is_still_marked() {
    for (no_color, coloured) in [("1", false), ("", true)] {
        let cairn = Cairn::new();
        let mut tui = Tui::start_in(&cairn, &["--demo"], &[("NO_COLOR", no_color)]);
        tui.see("DEMO").send("/").see("Find:");
        tui.send("risk").see("FL-5").until("a marked row", |screen| {
            (0..24).any(|row| (0..80).any(|column| screen.cell(row, column).is_some_and(vt100::Cell::inverse)))
        });
        let found = tui.ask(|screen| {
            (0..24).any(|row| {
                (0..80).any(|column| {
                    screen.cell(row, column).is_some_and(|cell| {
                        cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
                    })
                })
            })
        });
        assert_eq!(found, coloured, "NO_COLOR={no_color}");
        tui.send(CTRL_Q);
        leaves(tui, 0);
    }
}

#[test]
fn pasted_lines_are_one_text_and_run_no_command() {
    let cairn = Cairn::new();
    let mut tui = writing(&cairn);
    tui.paste("First line\rq\n\x13\x11\r\n5 \x1b[31mred\u{202e}\n/ last line").see("last line").see("[31mred");
    tui.see("ctrl-s Save").see("First line");
    tui.send(CTRL_S).see("Saved.");
    tui.paste("q\nq\n").send("5").see("Plan");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    let answers = cairn.run(&["recommend", "--json", "--explain"]).exits(0);
    assert!(!answers.out.contains("\\u001b"));
}

#[test]
fn a_storm_of_sizes_ends_in_the_same_screen() {
    let cairn = Cairn::new();
    let mut tui = writing(&cairn);
    tui.send("words that stay").see("words that stay").see("3 words").until("all of it is kept", all_kept);
    let before = tui.ask(rows);
    for (columns, rows) in
        [(1, 1), (2, 3), (300, 100), (30, 5), (49, 13), (50, 14), (1, 24), (80, 1), (200, 3), (60, 20)]
    {
        tui.resize(columns, rows);
    }
    tui.resize(40, 10).see("Cairn needs 50x14");
    tui.resize(80, 24).see("words that stay").until("the same screen", |screen| rows(screen) == before);
    tui.send(" and more").see("words that stay and more");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    offers(&cairn, "words that stay and more");
}

#[test]
fn a_signal_while_writing_leaves_a_draft() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let cairn = Cairn::new();
        let mut tui = writing(&cairn);
        tui.send("Half a thought").see("Half a thought");
        tui.signal(signal);
        leaves(tui, code);
        offers(&cairn, "Half a thought");
    }
}

#[test]
fn a_signal_right_after_saving_waits_for_the_answer() {
    let cairn = Cairn::new();
    let mut tui = writing(&cairn);
    tui.send("Half a thought").see("Half a thought");
    tui.send(CTRL_S).until("the save", |screen| !screen.contents().contains("ctrl-s Save"));
    tui.signal("TERM");
    assert_eq!(tui.exit(), 143);
    assert!(cairn.run(&["recommend", "--json"]).exits(0).out.contains("\"FL-5\""));
}

#[test]
fn a_closed_window_while_writing_leaves_a_draft_and_no_process() {
    let cairn = Cairn::new();
    let mut tui = writing(&cairn);
    tui.send("Half a thought").see("Half a thought");
    // `close_window` waits for the end of the program.
    tui.close_window();
    offers(&cairn, "Half a thought");
}

#[test]
fn a_pause_keeps_a_draft_that_even_a_kill_leaves() {
    let cairn = Cairn::new();
    let mut tui = writing(&cairn);
    tui.send("Ll\u{177}r and a half").see("and a half").until("all of it is kept", all_kept);
    tui.signal("KILL");
    let _ = tui.exit();
    offers(&cairn, "Ll\u{177}r and a half");
}

#[test]
fn of_two_windows_over_one_folder_one_writes_and_the_other_loses_nothing() {
    let cairn = Cairn::new();
    let (mut one, mut two) = (writing_on(&cairn, "FL-5"), writing_on(&cairn, "FC-5"));
    one.send("From one").see("From one");
    two.send("From two").see("From two");
    one.send(CTRL_S).see("Saved.");
    two.send(CTRL_S).see("NOT saved").see("(process ").see("From two");
    one.send(CTRL_Q);
    leaves(one, 0);
    two.send(CTRL_S).see("Saved.");
    two.send(CTRL_Q);
    leaves(two, 0);
    let advice = cairn.run(&["recommend", "--json"]).exits(0);
    assert!(advice.out.contains("\"FL-5\"") && advice.out.contains("\"FC-5\""), "{}", advice.out);
}

#[test]
fn a_dumb_terminal_gets_a_conversation() {
    let ways = [(&[][..], ("TERM", "dumb")), (&["--plain"], ("TERM", "xterm")), (&[], ("CAIRN_PLAIN", "1"))];
    for (args, env) in ways {
        let cairn = Cairn::new();
        let mut tui = Tui::start_in(&cairn, args, &[env]);
        tui.see("Welcome to Cairn").until("a prompt", |screen| screen.contents().trim_end().ends_with("\n>"));
        tui.send("find red tape\r")
            .see("1. ")
            .until("a prompt", |screen| screen.contents().trim_end().ends_with("search>"));
        tui.send(":back\r")
            .send("reflect FL-5\r")
            .see("Step 1 of")
            .send("2\r")
            .see("Step 2 of")
            .send("3\r")
            .see("text>");
        // The text is on the disk before the next prompt, so that ctrl-c loses only the current line.
        tui.send("Half a thought\r")
            .until("a prompt", |screen| screen.contents().trim_end().ends_with("thought\ntext>"));
        tui.send(CTRL_C);
        assert_ne!(tui.exit(), 0, "the shell hears that it was interrupted");
        assert!(!tui.wrote("\x1b"), "{}", tui.screen());
        offers(&cairn, "Half a thought");
    }
}

#[test]
fn a_pack_that_is_wrong_is_told_on_the_screen_and_the_rest_works() {
    let cairn = Cairn::new();
    cairn.file("bad/pack.toml", "id = \"bad\"\ntitel = \"\x1b[31m\"\n");
    let mut tui = Tui::start(&cairn, &["--pack", "bad"]);
    tui.see("Welcome to Cairn").see("! ").see("bad/pack.toml:2");
    tui.send("/").see("Find:");
    tui.send("risk").see("FL-5");
    // Sent together, escape and the next key would be read as alt and that key.
    tui.send(ESC).see("> Find a behaviour").send(CTRL_Q);
    leaves(tui, 0);
}

#[test]
fn a_rule_file_edited_while_the_program_runs_is_read_again_and_a_fault_keeps_the_old_rules() {
    let cairn = Cairn::new();
    let rule = |title: &str, when: &str| {
        format!(
            "//! # What it notices\n//! Low.\n//! # Why it matters\n//! It does.\n//! # What it cannot know\n//! Much.\nrule(\"acme.low\", #{{ title: \"{title}\", when: {when}, suggest: [\"small-bet\"], because: \"You.\", priority: 99 }});\n"
        )
    };
    let manifest = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"x\"\nattribution = \"x\"\nsource = \"x\"\nrules_api = \"1\"\n";
    cairn.file("acme/pack.toml", manifest);
    cairn.file("acme/rules/a.rhai", rule("The first words", "rating(\"FL-5\") <= 2"));
    let mut tui = Tui::start(&cairn, &["--demo", "--pack", "acme"]);
    tui.see("DEMO").send("6").see("The first words").see("Acme 1.0.0");
    cairn.file("acme/rules/a.rhai", rule("The second words", "rating(\"FL-5\") <= 2"));
    tui.see("Packs loaded: 1 rule from Acme.").see("The second words");
    cairn.file("acme/rules/a.rhai", rule("The third words", "raitng(\"FL-5\") <= 2"));
    tui.see("! Using old rules: acme/rules/a.rhai:7:").see("using old rules, 1 fault").see("The second words");
    cairn.file("acme/rules/a.rhai", rule("The fourth words", "rating(\"FL-5\") <= 2"));
    tui.see("Packs loaded: 1 rule from Acme.").see("The fourth words");
    tui.until("no fault", |screen| !screen.contents().contains("fault"));
    // The advice follows the new rules, and one key shows the rule behind it.
    cairn.file("acme/rules/a.rhai", rule("The last words", "rating(\"FL-5\") <= 2"));
    tui.see("The last words").send("\x1bOS").see("a Accept");
    tui.send("r").see("The last words").see("acme.low");
    tui.send(ENTER).see("What you said on");
    tui.send(ESC).see("It uses these answers").send(CTRL_Q);
    leaves(tui, 0);
}

#[test]
fn damaged_records_are_said_and_everything_else_works() {
    let cairn = Cairn::new();
    cairn.run(&["plan", "add", "x"]).exits(0);
    fs::write(cairn.data().join("cairn.db"), "not ours").expect("writable");
    let mut tui = Tui::start(&cairn, &[]);
    tui.see("Restore a backup").see("Your records are damaged");
    // The program reports that there is no backup; looking things up needs no records.
    tui.send(ENTER).see("There is no backup yet");
    tui.send("2").send("red tape").see("Moves from pilots").send(ENTER).see("Cairn cannot open your records");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    assert_eq!(fs::read(cairn.data().join("cairn.db")).expect("there"), b"not ours");
}

#[test]
fn a_light_background_is_asked_for_once_and_a_terminal_that_is_silent_holds_nothing_up() {
    let cairn = Cairn::new();
    let question = "\x1b]11;?\x1b\\";
    // The tab in front has the accent.
    let blue = |screen: &vt100::Screen| {
        (0..80).any(|column| screen.cell(0, column).is_some_and(|cell| cell.fgcolor() == vt100::Color::Idx(4)))
    };
    let mut tui = Tui::start(&cairn, &["--demo"]);
    tui.see("DEMO").until_written(question).send("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\\x1b[?64;1c");
    tui.until("the colours for a light background", blue).send("/risk").see("FL-5").see("Find: risk");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    // Without an answer keys are processed all the same, and an answer that arrives much too late runs no command.
    let mut tui = Tui::start(&cairn, &["--demo"]);
    tui.see("DEMO").until_written(question).send("/risk").see("Find: risk");
    tui.send(ESC).see("> ! Do").send("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\");
    tui.until("the colours for a light background", blue).see("What to do next");
    tui.send(CTRL_Q);
    leaves(tui, 0);
    for (name, value) in [("NO_COLOR", "1"), ("COLORFGBG", "0;15")] {
        let mut tui = Tui::start_in(&cairn, &["--demo"], &[(name, value)]);
        tui.see("DEMO").send("/risk").see("Find: risk");
        assert!(!tui.wrote(question), "{name} says it already");
        tui.send(CTRL_Q);
        leaves(tui, 0);
    }
}

#[test]
fn where_the_locale_is_not_utf_8_lines_and_marks_are_plain() {
    let cairn = Cairn::new();
    let mut tui = Tui::start_in(&cairn, &["--demo"], &[("LC_ALL", "C")]);
    tui.see("-- DEMO").send("/").see("Find:").send("risk").see("FL-5");
    let odd = tui.ask(|screen| screen.contents().chars().find(|c| ('\u{2500}'..='\u{28ff}').contains(c)));
    assert_eq!(odd, None);
    tui.send(CTRL_Q);
    leaves(tui, 0);
}

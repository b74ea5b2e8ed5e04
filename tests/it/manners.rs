//! The program among others on the same terminal: an external editor, a shell that stops and resumes it, signals, a
//! mouse, a very long paste.

#![cfg(unix)]

use std::fs;
use std::path::PathBuf;

use crate::binary::Cairn;
use crate::terminal::Tui;

const CTRL_Q: &str = "\x11";
const CTRL_Z: &str = "\x1a";
const ALT_O: &str = "\x1bo";
const ALT_Z: &str = "\x1bz";

/// Types the answers of a reflection on FL-5 up to its first question, and then these words. The caller starts the
/// program.
fn writing(tui: &mut Tui, words: &str) {
    tui.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    tui.send(words).see(words);
}

/// A home, and a private runtime folder for the file that an editor opens. The editor is a line of shell, with the file
/// as `$1`.
struct Desk {
    cairn: Cairn,
    runtime: PathBuf,
}

impl Desk {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let cairn = Cairn::new();
        let runtime = cairn.path("runtime");
        fs::create_dir(&runtime).expect("writable");
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).expect("ours");
        Self { cairn, runtime }
    }

    /// Starts the program with this editor and types the words.
    fn writing(&self, editor: &str, words: &str) -> Tui {
        self.cairn.file("editor", format!("#!/bin/sh\n{editor}\n"));
        let command = format!("sh '{}'", self.cairn.path("editor").display());
        let runtime = self.runtime.display().to_string();
        let env = [("VISUAL", command.as_str()), ("XDG_RUNTIME_DIR", &runtime)];
        let mut tui = Tui::start_in(&self.cairn, &["reflect", "FL-5"], &env);
        writing(&mut tui, words);
        tui
    }

    fn left_nothing(&self) {
        let left: Vec<_> = fs::read_dir(&self.runtime).expect("readable").collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Quits, and asserts that the terminal is restored.
fn leaves(tui: &mut Tui, code: u32) {
    assert_eq!(tui.exit(), code, "{}", tui.screen());
    tui.ask(|screen| {
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert!(!screen.inverse() && !screen.bold() && screen.fgcolor() == vt100::Color::Default);
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    });
}

#[test]
fn an_editor_takes_the_terminal_and_gives_the_text_back() {
    let desk = Desk::new();
    let script = "test -t 0 && test -t 1 && stty -a | grep -q ' icanon' && echo AT IT; read go; printf 'and Ll\u{177}r\\r\\nlast\\n' >> $1";
    let mut tui = desk.writing(script, "Half a thought");
    tui.send(ALT_O).see("AT IT").until("the normal screen", |screen| !screen.alternate_screen());
    // Resizing and signals meant for the editor do not concern the program.
    for (columns, rows) in [(1, 1), (200, 60), (80, 24)] {
        tui.resize(columns, rows);
    }
    tui.signal("WINCH");
    tui.send("\r").see("Your text came back from the editor. To undo this").see("and Ll\u{177}r").see("last");
    tui.until("all of the screen", |screen| screen.alternate_screen() && screen.contents().contains("FL-5 Takes"));
    tui.send(CTRL_Z).until("the text before", |screen| !screen.contents().contains("and Ll\u{177}r"));
    tui.see("Half a thought").send(CTRL_Q);
    leaves(&mut tui, 0);
    desk.left_nothing();
}

#[test]
fn whatever_an_editor_does_the_text_stays() {
    for (script, said) in [
        ("echo other > $1; exit 3", "sh ended with exit code 3. Your text has not changed."),
        (
            "stty raw -echo; printf '\\033[?1049h\\033[?1003h\\033[?25l\\033[3;9r'; kill -9 $$",
            "sh was killed by signal 9. Your text has not changed.",
        ),
        (": > $1", "The file came back empty, so Cairn kept your text"),
        ("rm $1", "The file was gone after sh"),
        ("head -c 10000000 /dev/zero > $1", "the file is larger than 4096 KiB."),
        ("true", "Nothing changed. If your editor opens its own window"),
    ] {
        let desk = Desk::new();
        let mut tui = desk.writing(script, "Half a thought");
        tui.send(ALT_O).see(said);
        tui.see("Half a thought").send(" and more").see("Half a thought and more").send(CTRL_Q);
        leaves(&mut tui, 0);
        desk.left_nothing();
    }
}

#[test]
fn a_signal_or_a_closed_window_while_an_editor_has_the_terminal_keeps_what_it_saved() {
    for end in [Some(("TERM", 143)), Some(("HUP", 129)), None] {
        let desk = Desk::new();
        let mut tui = desk.writing("echo saved outside > $1; echo AT IT; read never", "Half a thought");
        tui.send(ALT_O).see("AT IT");
        if let Some((signal, code)) = end {
            // An interrupt meant for the editor does not end the program.
            tui.signal("INT");
            tui.signal(signal);
            leaves(&mut tui, code);
        } else {
            let _ = tui.close_window();
        }
        desk.left_nothing();
        let mut tui = Tui::start(&desk.cairn, &[]);
        tui.see("Finish your reflection on FL-5").send("\r").see("saved outside").send(CTRL_Q);
        leaves(&mut tui, 0);
    }
}

#[test]
fn a_shell_stops_the_program_and_brings_it_back() {
    let cairn = Cairn::new();
    // The shell's text and terminal modes must be restored.
    let script = "echo BEFORE; modes=$(stty -g); same() { test \"$modes\" = \"$(stty -g)\"; }
        \"$@\"; same && echo STOPPED; read go
        bg >/dev/null; wait; same && echo AGAIN; read go
        fg >/dev/null; same && echo ENDED; read go";
    let mut tui = Tui::in_shell(&cairn, script, &["reflect", "FL-5"], &[]);
    writing(&mut tui, "Half a thought");
    tui.send(ALT_Z).see("STOPPED").see("BEFORE");
    tui.until("the normal screen", |screen| {
        !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
    });
    // The text being written is on the disk while the program is stopped.
    assert!(cairn.data().join("cairn.db").exists());
    // In the background it stops again without touching the terminal.
    tui.send("\r").see("AGAIN");
    tui.resize(100, 30).send("\r").see("Half a thought").see("ctrl-s Save");
    tui.until("our screen", |screen| screen.alternate_screen() && screen.bracketed_paste());
    tui.send(" and more").see("Half a thought and more");
    // In a text field ctrl-z is undo.
    tui.send(CTRL_Z).until("undone", |screen| !screen.contents().contains("more")).send(CTRL_Q).see("ENDED");
    tui.until("the normal screen", |screen| !screen.alternate_screen() && !screen.bracketed_paste());
    tui.send("\r");
    leaves(&mut tui, 0);
}

#[test]
fn a_program_that_was_stopped_without_warning_draws_all_of_its_screen_again() {
    let cairn = Cairn::new();
    let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
    writing(&mut tui, "Half a thought");
    // There is no shell that could resume it, so it does not stop.
    tui.send(ALT_Z).see("Cairn cannot pause here");
    tui.signal("TSTP");
    tui.signal("STOP");
    tui.scribble("\x1b[2J\x1b[?1049l\x1b[?2004lsomething else");
    tui.signal("CONT");
    tui.see("Half a thought").see("FL-5 Takes").until("our screen", vt100::Screen::alternate_screen);
    tui.send("!").see("Half a thought!");
    tui.signal("INT");
    leaves(&mut tui, 130);
    let mut tui = Tui::start(&cairn, &[]);
    tui.see("Finish your reflection on FL-5").send(CTRL_Q);
    leaves(&mut tui, 0);
}

/// Returns `bytes` bytes of everything that a clipboard may contain.
fn book(bytes: usize) -> String {
    let piece = "Ll\u{177}r said: na, \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} \
                 \u{645}\u{631}\u{62d}\u{628}\u{627} \u{6f22}\u{5b57} e\u{301}\u{301} \x1b[2J\x1b]52;c;eA==\x07\x1b[200~ q\r\n:wq\x11\x03 \u{202e}rev\x00\t\n";
    piece.repeat(bytes / piece.len())
}

#[test]
fn a_pasted_book_is_taken_as_far_as_it_fits_and_does_nothing_else() {
    let cairn = Cairn::new();
    let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
    writing(&mut tui, "Half a thought ");
    let book = book(750_000);
    // Where letters are not text, a paste of any length does nothing.
    tui.send("\x1b[Z").see("How much does this matter");
    tui.paste(&book).send("\t").see("Half a thought");
    tui.paste(&book).see("a text can hold 50000.");
    tui.send(CTRL_Z).until("the text before", |screen| !screen.contents().contains("Ll\u{177}r"));
    tui.see("Half a thought").send(CTRL_Q);
    leaves(&mut tui, 0);
    assert!(!tui.wrote("\x1b]52"), "nothing was copied");
}

#[test]
fn a_paste_without_brackets_is_typed_without_a_frame_a_letter_whatever_the_size_or_the_locale() {
    let cairn = Cairn::new();
    let mut tui = Tui::start_in(&cairn, &["reflect", "FL-5"], &[("LC_ALL", "C")]);
    writing(&mut tui, "Half a thought ");
    tui.size_of_nothing().send("and more ").resize(80, 24).see("Half a thought and more");
    let words = "some words and more ".repeat(500);
    tui.send(&words).see("2005 words");
    let frames = tui.count("\x1b[?2026h");
    assert!(frames < words.len() / 10, "{frames} frames");
    // The end marker of a paste arrives in pieces.
    tui.send("\x1b[200~one piece").send("\x1b[201").send("~").see("one piece").send("!").see("one piece!").send(CTRL_Q);
    leaves(&mut tui, 0);
}

#[test]
fn a_terminal_that_does_not_take_what_is_drawn_holds_up_no_last_words() {
    let cairn = Cairn::new();
    let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
    writing(&mut tui, "Half a thought");
    tui.freeze(true);
    // More frames than the buffer of an unread terminal can hold.
    for width in 80..180 {
        tui.resize(width, 60);
        tui.send("x");
    }
    tui.signal("TERM");
    assert_eq!(tui.ended(), 143);
    tui.freeze(false);
    let mut tui = Tui::start(&cairn, &[]);
    tui.see("Finish your reflection on FL-5").send("\r").see("Half a").send(CTRL_Q);
    leaves(&mut tui, 0);
}

#[test]
fn the_mouse_is_the_terminals_until_it_is_asked_for_and_again_afterwards() {
    let cairn = Cairn::new();
    let mut tui = Tui::start(&cairn, &["--demo"]);
    tui.see("What to do next")
        .send("\x1b[<0;3;8M")
        .send("\x1bm")
        .see("You can now use the mouse to select and open items");
    tui.until("reports of the mouse", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    let row = tui.row_of("Write about something");
    tui.send(&format!("\x1b[<0;5;{row}M\x1b[<0;5;{row}m")).see("> Write about something");
    tui.send("\x1bm").see("select text in the terminal");
    tui.until("no reports", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    tui.send("\x1bm").see("You can now use the mouse").send(CTRL_Q);
    leaves(&mut tui, 0);
}

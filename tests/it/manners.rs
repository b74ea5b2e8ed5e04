//! The program among others on the same terminal: an editor of a person's own, a shell that stops it and brings it back,
//! signals from outside, a mouse, a paste of a whole book.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "editors are scripts, and what they leave is looked for")]

use std::fs;
use std::path::PathBuf;

use crate::binary::Cairn;
use crate::terminal::Tui;

const CTRL_Q: &str = "\x11";
const CTRL_Z: &str = "\x1a";
const ALT_O: &str = "\x1bo";
const ALT_Z: &str = "\x1bz";

/// Opens a reflection on FL-5 at its first question, with these words; how it is started is said.
fn writing(tui: &mut Tui, words: &str) {
    tui.see("How far is this part").send("2").see("How much does this matter").send("3").see("in your own words");
    tui.send(words).see(words);
}

/// An editor that is a line of shell, with the file as `$1`; and a private folder for the file.
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

    /// Starts the program with this editor, and writes.
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

/// Leaves, and asserts that the terminal is as it was.
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
    // A window that changes its size and signals that are for the editor are its own business.
    for (columns, rows) in [(1, 1), (200, 60), (80, 24)] {
        tui.resize(columns, rows);
    }
    tui.signal("WINCH");
    tui.send("\r").see("Taken over from the editor; ctrl-z brings back").see("and Ll\u{177}r").see("last");
    tui.until("all of the screen", |screen| screen.alternate_screen() && screen.contents().contains("FL-5 Takes"));
    tui.send(CTRL_Z).until("the text before", |screen| !screen.contents().contains("and Ll\u{177}r"));
    tui.see("Half a thought").send(CTRL_Q);
    leaves(&mut tui, 0);
    desk.left_nothing();
}

#[test]
fn whatever_an_editor_does_the_text_stays() {
    for (script, said) in [
        ("echo other > $1; exit 3", "sh ended with exit code 3. Your text is as it was; ctrl-v"),
        (
            "stty raw -echo; printf '\\033[?1049h\\033[?1003h\\033[?25l\\033[3;9r'; kill -9 $$",
            "sh was killed by signal 9. Your text is as it was.",
        ),
        (": > $1", "The file came back empty, so your text stays"),
        ("rm $1", "The file was gone after sh"),
        ("printf '\\377' > $1", "What came back is not UTF-8 text."),
        ("head -c 10000000 /dev/zero > $1", "cannot be used: the file is larger than 4096 KiB."),
        ("true", "Nothing changed. An editor with its own window may need a flag like --wait."),
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
fn a_signal_while_an_editor_has_the_terminal_keeps_what_it_saved() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let desk = Desk::new();
        let mut tui = desk.writing("echo saved outside > $1; echo AT IT; read never", "Half a thought");
        tui.send(ALT_O).see("AT IT");
        // What is meant for the editor alone does not end us.
        tui.signal("INT");
        tui.signal(signal);
        leaves(&mut tui, code);
        desk.left_nothing();
        let mut tui = Tui::start(&desk.cairn, &[]);
        tui.see("Finish what you began on FL-5").send("\r").see("saved outside").send(CTRL_Q);
        leaves(&mut tui, 0);
    }
}

#[test]
fn a_shell_stops_the_program_and_brings_it_back() {
    let cairn = Cairn::new();
    // What the shell has on its terminal must be there again, and its modes as they were.
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
    // What was being written is on the disk while nobody can type.
    assert!(cairn.data().join("cairn.db").exists());
    // In the background it stops again and touches nothing.
    tui.send("\r").see("AGAIN");
    tui.resize(100, 30).send("\r").see("Half a thought").see("ctrl-s Save");
    tui.until("our screen", |screen| screen.alternate_screen() && screen.bracketed_paste());
    tui.send(" and more").see("Half a thought and more");
    // In a text ctrl-z is undo, elsewhere it stops the program, too.
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
    // Nobody could bring it back, so it does not stop.
    tui.send(ALT_Z).see("Nobody could bring Cairn back");
    tui.signal("TSTP");
    tui.signal("STOP");
    tui.scribble("\x1b[2J\x1b[?1049l\x1b[?2004lsomething else");
    tui.signal("CONT");
    tui.see("Half a thought").see("FL-5 Takes").until("our screen", vt100::Screen::alternate_screen);
    tui.send("!").see("Half a thought!");
    tui.signal("INT");
    leaves(&mut tui, 130);
    let mut tui = Tui::start(&cairn, &[]);
    tui.see("Finish what you began on FL-5").send(CTRL_Q);
    leaves(&mut tui, 0);
}

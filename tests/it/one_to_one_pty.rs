//! A session in a real terminal, ended by a kill at any keystroke or by closing the window: it is restored at the same
//! place.

#![cfg(unix)]

use crate::binary::Cairn;
use crate::terminal::Tui;

const CTRL_Q: &str = "\x11";
const ENTER: &str = "\r";
const TAB: &str = "\t";

fn agreed() -> Cairn {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira Khan"]).exits(0);
    cairn.run(&["people", "terms", "--person", "amira", "--agreed", "2026-11-22"]).exits(0);
    cairn
}

/// Opens Amira's session at the check-in.
fn session(cairn: &Cairn) -> Tui {
    let mut tui = Tui::start(cairn, &["--person", "amira"]);
    tui.see("agreed on").send("7").see("Start a session").send(ENTER).see("No earlier session");
    tui.send(TAB).see("How are you today?");
    tui
}

/// Opens Amira's session as it was left.
fn again(cairn: &Cairn) -> Tui {
    let mut tui = Tui::start(cairn, &["--person", "amira"]);
    tui.see("agreed on").send("7");
    tui
}

/// Waits until the screen says that everything is on the disk: a kill loses at most the keys of one write.
fn kept(tui: &mut Tui) {
    tui.until("all of it is kept", |screen| {
        let text = screen.contents();
        text.contains("saved 1") && !text.contains("saved 12:00\u{2026}")
    });
}

#[test]
fn a_kill_at_any_keystroke_leaves_every_letter_and_the_place() {
    // Starts with a letter that occurs nowhere else on the screen, so that waiting for it works.
    let text = "Xenia is glad, Ll\u{177}r said; \u{2014} and tired.";
    let cairn = agreed();
    let mut tui = session(&cairn);
    let letters: Vec<char> = text.chars().collect();
    let mut typed = 0;
    // Kills after irregular numbers of letters, in the middle of words and beside a two-byte character.
    for upto in [1, 2, 5, 11, 20, 21, 28, letters.len()] {
        let piece: String = letters[typed..upto].iter().collect();
        let whole: String = letters[..upto].iter().collect();
        tui.send(&piece).see(whole.trim_end());
        kept(&mut tui);
        tui.signal("KILL");
        let _ = tui.exit();
        tui = again(&cairn);
        tui.see(whole.trim_end()).see("How are you today?");
        typed = upto;
    }
    tui.send("!").see(&format!("{text}!")).send(CTRL_Q);
    assert_eq!(tui.exit(), 0);
}

#[test]
fn a_closed_window_leaves_the_session_at_its_stage_with_the_caret_where_it_was() {
    let cairn = agreed();
    let mut tui = session(&cairn);
    tui.send(TAB).see("What would you like to be different").send("more voice").see("more voice");
    // The caret goes two letters back and the window is closed, which types an x that may or may not arrive before the
    // end.
    tui.send("\x1b[D\x1b[D").until("the caret before the c", |screen| screen.cursor_position().1 == 9);
    kept(&mut tui);
    let _ = tui.close_window();
    let mut tui = again(&cairn);
    tui.see("What would you like to be different").see("more vo").send("y").until("a y at the caret", |screen| {
        let text = screen.contents();
        text.contains("more voiyce") || text.contains("more voixyce")
    });
    tui.send(CTRL_Q);
    assert_eq!(tui.exit(), 0);
}

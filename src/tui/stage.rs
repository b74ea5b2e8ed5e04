//! Who has the terminal: we, another program that we lent it to, or nobody. The only file that changes its modes. Drawing
//! and changing hands exclude each other, because a signal may want the terminal back in the middle of a frame.

use std::io::{self, Write, stdout};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use crossterm::{cursor, execute, queue};

/// Held while a frame is drawn and while the terminal changes hands.
static TURN: Mutex<()> = Mutex::new(());
static HOLDER: AtomicU8 = AtomicU8::new(NOBODY);
/// Whether the mouse is ours when the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);

const NOBODY: u8 = 0;
const US: u8 = 1;
const ANOTHER: u8 = 2;

/// Buttons and the wheel, as numbers without a limit (xterm's 1000 and 1006). Not crossterm's own command, which asks for
/// every movement too: those would wake the program all the time.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// What a program that was killed may have left: a scroll region, a hidden cursor, other keys (DECSTR), and reports of
/// the mouse.
const SOFT_RESET: &str = "\x1b[!p\x1b[?1l\x1b>\x1b[?1003l\x1b[?1002l\x1b[?1006l\x1b[?1000l\x1b[?1004l";

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal for the time of a frame; `None` while somebody else has it.
pub(super) fn ours() -> Option<MutexGuard<'static, ()>> {
    let turn = turn();
    (HOLDER.load(Ordering::SeqCst) == US).then_some(turn)
}

/// Another program was given the terminal and has it still.
#[must_use]
pub fn is_lent() -> bool {
    HOLDER.load(Ordering::SeqCst) == ANOTHER
}

/// Takes the terminal over: raw mode, alternate screen, bracketed paste, and the mouse if it was asked for.
pub(super) fn take() -> io::Result<()> {
    let _turn = turn();
    enter()
}

/// Leaves it to another program.
pub(super) fn lend() {
    let _turn = turn();
    restore();
    HOLDER.store(ANOTHER, Ordering::SeqCst);
}

/// Takes it over from another program, however that ended.
pub(super) fn take_back() -> io::Result<()> {
    let _turn = turn();
    execute!(stdout(), Print(SOFT_RESET), ResetColor)?;
    enter()
}

/// Gives it back as it was. Only the first time does something.
pub(super) fn leave() {
    let _turn = turn();
    restore();
}

/// Gives it back at once: from a panic, in which this very thread may be in the middle of a frame, or from a thread that
/// is about to end the program while a slow terminal holds up a frame.
pub fn leave_now() {
    restore();
}

/// The mouse is ours, or the terminal's own again, which can then select text with it.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    if MOUSE.swap(on, Ordering::SeqCst) != on
        && let Some(_ours) = ours()
    {
        return execute!(stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }));
    }
    Ok(())
}

/// While this lives nothing is drawn: the program is stopped, or in the background.
#[derive(Debug)]
pub struct Aside {
    _turn: MutexGuard<'static, ()>,
}

impl Aside {
    /// Gives the terminal back as it was, because the program is about to be stopped.
    #[must_use]
    pub fn step() -> Self {
        let turn = turn();
        restore();
        Self { _turn: turn }
    }

    /// Draws nothing and touches nothing, because the program is in the background with the terminal as it was.
    #[must_use]
    pub fn stay() -> Self {
        Self { _turn: turn() }
    }

    /// Takes the terminal over again. The next frame has to be a whole one.
    pub fn come_back(self) {
        // A shell may have put its own modes in the place of ours while we were stopped without warning.
        restore();
        let _ = enter();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    HOLDER.store(US, Ordering::SeqCst);
    // A terminal that does not switch screens keeps what the shell wrote, and frames do not write their blanks.
    execute!(stdout(), EnterAlternateScreen, ResetColor, Clear(ClearType::All), EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), Print(MOUSE_ON))?;
    }
    Ok(())
}

/// Takes every word off the screen, line by line: a terminal that does not switch screens would keep the last page, and one
/// that is told to clear all at once may put it where it can be scrolled back to.
fn wipe(out: &mut impl Write) {
    let rows = size().map_or(0, |(_, rows)| rows);
    for row in 0..rows {
        let _ = queue!(out, cursor::MoveTo(0, row), Clear(ClearType::CurrentLine));
    }
    let _ = queue!(out, cursor::MoveTo(0, 0));
}

fn restore() {
    if HOLDER.swap(NOBODY, Ordering::SeqCst) != US {
        return;
    }
    let mut out = stdout();
    let _ = execute!(out, EndSynchronizedUpdate, Print(MOUSE_OFF), ResetColor, DisableBracketedPaste,);
    wipe(&mut out);
    let _ = execute!(out, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

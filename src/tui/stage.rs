//! Which program has the terminal: Cairn, another program that it was lent to, or none. Terminal modes change in this
//! file only. Drawing and handing over exclude each other, because a signal may demand the terminal back in the middle
//! of a frame.

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

/// Locked while a frame is drawn and while the terminal is handed over.
static TURN: Mutex<()> = Mutex::new(());
static HOLDER: AtomicU8 = AtomicU8::new(NOBODY);
/// Whether Cairn receives mouse events while it has the terminal.
static MOUSE: AtomicBool = AtomicBool::new(false);

const NOBODY: u8 = 0;
const US: u8 = 1;
const ANOTHER: u8 = 2;

/// Reports of buttons and the wheel, with coordinates of any size (xterm modes 1000 and 1006). crossterm's own command
/// also asks for every movement, which would wake the program all the time.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// Resets what a killed program may have left behind: a scroll region, a hidden cursor, other key modes (DECSTR), and
/// mouse reports.
const SOFT_RESET: &str = "\x1b[!p\x1b[?1l\x1b>\x1b[?1003l\x1b[?1002l\x1b[?1006l\x1b[?1000l\x1b[?1004l";

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks the terminal for a frame. Returns `None` unless Cairn has it.
pub(super) fn ours() -> Option<MutexGuard<'static, ()>> {
    let turn = turn();
    (HOLDER.load(Ordering::SeqCst) == US).then_some(turn)
}

/// Returns whether another program has the terminal.
#[must_use]
pub fn is_lent() -> bool {
    HOLDER.load(Ordering::SeqCst) == ANOTHER
}

/// Takes over the terminal: raw mode, alternate screen, bracketed paste, and the mouse if it is switched on.
pub(super) fn take() -> io::Result<()> {
    let _turn = turn();
    enter()
}

/// Restores the terminal and hands it to another program.
pub(super) fn lend() {
    let _turn = turn();
    restore();
    HOLDER.store(ANOTHER, Ordering::SeqCst);
}

/// Takes the terminal back from another program, however that ended.
pub(super) fn take_back() -> io::Result<()> {
    let _turn = turn();
    execute!(stdout(), Print(SOFT_RESET), ResetColor)?;
    enter()
}

/// Restores the terminal to its state before [`take`]. Does nothing if Cairn does not have it.
pub(super) fn leave() {
    let _turn = turn();
    restore();
}

/// Restores the terminal without waiting for the lock. Meant for a panic, where this very thread may be drawing a
/// frame, and for a thread that is about to end the program while a slow terminal blocks a frame.
pub fn leave_now() {
    restore();
}

/// Switches mouse reports on or off. While they are off, the terminal can select text with the mouse.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    if MOUSE.swap(on, Ordering::SeqCst) != on
        && let Some(_ours) = ours()
    {
        return execute!(stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }));
    }
    Ok(())
}

/// A guard that prevents drawing while the program is stopped or in the background.
#[derive(Debug)]
pub struct Aside {
    _turn: MutexGuard<'static, ()>,
}

impl Aside {
    /// Restores the terminal because the program is about to be stopped.
    #[must_use]
    pub fn step() -> Self {
        let turn = turn();
        restore();
        Self { _turn: turn }
    }

    /// Only prevents drawing, because the program is in the background and the terminal is already restored.
    #[must_use]
    pub fn stay() -> Self {
        Self { _turn: turn() }
    }

    /// Takes over the terminal again. The next frame has to be drawn in full.
    pub fn come_back(self) {
        // The shell may have changed the modes if the program was stopped without warning.
        restore();
        let _ = enter();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    HOLDER.store(US, Ordering::SeqCst);
    // Without an alternate screen the shell's output stays visible, and frames do not write blank cells over it.
    execute!(stdout(), EnterAlternateScreen, ResetColor, Clear(ClearType::All), EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), Print(MOUSE_ON))?;
    }
    Ok(())
}

/// Erases the screen line by line. A terminal without an alternate screen would keep the last page, and one that clears
/// the whole screen at once may move it into its scrollback.
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

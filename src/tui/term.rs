//! The terminal itself: enter, leave, read. The only file that changes its modes. One thread reads input.

use std::io::{self, BufWriter, Stdout, stdout};
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, poll, read,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::chrome::draw;
use super::paint::Painter;
use crate::app::Model;
use crate::command::{Chord, KeyName};

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Chord),
    /// Pasted text.
    Paste(String),
    /// New columns and rows.
    Resize(u16, u16),
}

/// The terminal while the program has it.
pub struct Screen {
    // One write call a frame: without the buffer ratatui makes one a cell (SEARCH.md 4).
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Screen {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste. Mouse capture stays off, so that text can be
    /// selected and copied as ever.
    ///
    /// # Errors
    /// When the terminal cannot be put into raw mode.
    pub fn enter() -> io::Result<Self> {
        // Whether there is colour is the theme's decision: crossterm's own NO_COLOR turns every attribute off with it.
        crossterm::style::force_color_output(true);
        enable_raw_mode()?;
        let mut out = BufWriter::with_capacity(64 * 1024, stdout());
        execute!(out, EnterAlternateScreen, EnableBracketedPaste)?;
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self { terminal })
    }

    /// Draws one frame, as one synchronised update.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, model: &Model, paint: Painter) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| draw(model, paint, frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.terminal.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// Waits for input, at most so long; `None` waits for as long as it takes. What means nothing to us (a released key,
    /// a focus change) reads as `None` too.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn read(&self, wait: Option<Duration>) -> io::Result<Option<Input>> {
        if let Some(wait) = wait
            && !poll(wait)?
        {
            return Ok(None);
        }
        Ok(match read()? {
            Event::Key(key) => chord(key).map(Input::Key),
            Event::Paste(text) => Some(Input::Paste(text)),
            Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
        })
    }

    /// Whether input waits already.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn waiting(&self) -> io::Result<bool> {
        poll(Duration::ZERO)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was. Safe to do twice.
fn restore() {
    let mut out = stdout();
    let _ = execute!(out, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// Gives the terminal back from another thread, because the program is about to end.
pub fn leave_now() {
    restore();
}

/// Makes a panic on the screen's own thread give the terminal back before its message is printed; a panic in a worker
/// leaves the screen alone.
pub fn panic_restores() {
    let screen = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == screen {
            restore();
            before(panic);
        }
    }));
}

/// A key event as a chord; `None` for keys we have no name for and for releases (Windows sends both).
fn chord(event: KeyEvent) -> Option<Chord> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(c) => {
            shift = false;
            KeyName::Char(c)
        }
        KeyCode::BackTab => {
            shift = true;
            KeyName::Tab
        }
        KeyCode::Enter => KeyName::Enter,
        KeyCode::Esc => KeyName::Esc,
        KeyCode::Tab => KeyName::Tab,
        KeyCode::Backspace => KeyName::Backspace,
        KeyCode::Delete => KeyName::Delete,
        KeyCode::Up => KeyName::Up,
        KeyCode::Down => KeyName::Down,
        KeyCode::Left => KeyName::Left,
        KeyCode::Right => KeyName::Right,
        KeyCode::Home => KeyName::Home,
        KeyCode::End => KeyName::End,
        KeyCode::PageUp => KeyName::PageUp,
        KeyCode::PageDown => KeyName::PageDown,
        KeyCode::F(n) => KeyName::F(n),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(Chord { key, ctrl, alt, shift })
}

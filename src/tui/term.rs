//! The terminal itself: draw, read, lend. One thread reads input and draws; who has the terminal is known to [`stage`].

use std::io::{self, BufWriter, Stdout, stdout};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind, poll, read,
};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::chrome::draw;
use super::paint::Painter;
use super::stage;
use crate::app::{Model, Mouse, Wheel};
use crate::command::{Chord, KeyName};

/// No time at all, which crossterm would not look for. The system counts in milliseconds, and so does not wait.
const AT_ONCE: Duration = Duration::from_micros(500);

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Chord),
    /// Pasted text.
    Paste(String),
    /// New columns and rows.
    Resize(u16, u16),
    /// The mouse was clicked at this column and row.
    Click(u16, u16),
    /// Its wheel was turned.
    Wheel(Wheel),
}

/// The terminal while the program has it.
pub struct Screen {
    // One write call a frame: without the buffer ratatui makes one a cell (SEARCH.md 4).
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When the terminal cannot be put into raw mode.
    pub fn enter() -> io::Result<Self> {
        // Whether there is colour is the theme's decision: crossterm's own NO_COLOR turns every attribute off with it.
        crossterm::style::force_color_output(true);
        stage::take()?;
        // From here on crossterm hears of a new size. It would miss one that comes between the first look at the size and
        // the first key.
        poll(AT_ONCE)?;
        let out = BufWriter::with_capacity(64 * 1024, stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self { terminal })
    }

    /// Draws one frame, as one synchronised update; nothing while somebody else has the terminal.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, model: &mut Model, paint: Painter) -> io::Result<()> {
        stage::set_mouse(model.shell.mouse == Mouse::Ours)?;
        let Some(_ours) = stage::ours() else { return Ok(()) };
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| draw(model, paint, frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Makes the next frame a whole one: whatever stands on the terminal now is not what we drew.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        let Some(_ours) = stage::ours() else { return Ok(()) };
        let size = self.terminal.size()?;
        // Not `clear`, which asks the terminal where its cursor is, and waits for the answer.
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Hands a text to the terminal for the clipboard (OSC 52). Whether it takes it is its own decision, and nothing comes
    /// back.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let Some(_ours) = stage::ours() else { return Ok(()) };
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Leaves the terminal to another program while `work` runs it, and takes it over again. What came of the work counts
    /// also if the terminal is gone by then, which is said beside it.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> (T, io::Result<()>) {
        stage::lend();
        let outcome = work();
        (outcome, stage::take_back().and_then(|()| self.forget()))
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
            Event::Mouse(event) => mouse(event),
            Event::FocusGained | Event::FocusLost => None,
        })
    }

    /// Whether input waits already.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn waiting(&self) -> io::Result<bool> {
        poll(AT_ONCE)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        stage::leave();
    }
}

/// What we make of the mouse: the left button and the wheel.
fn mouse(event: MouseEvent) -> Option<Input> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(event.column, event.row)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(Wheel::Up)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(Wheel::Down)),
        _ => None,
    }
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

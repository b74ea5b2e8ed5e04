//! The terminal itself: draws frames, reads input, lends the terminal to other programs. One thread does both; which
//! program has the terminal is recorded in [`stage`].

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
use super::{glyphs, stage};
use crate::app::{self, Model, Mouse, Wheel};
use crate::command::{Chord, KeyName};

/// The shortest wait. With zero crossterm would not look for input at all; the system counts in milliseconds, so this
/// does not wait.
const AT_ONCE: Duration = Duration::from_micros(500);

/// An input from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key press.
    Key(Chord),
    /// Pasted text.
    Paste(String),
    /// The new number of columns and rows.
    Resize(u16, u16),
    /// A click of the left button at this column and row, both counted from 0.
    Click(u16, u16),
    /// A turn of the mouse wheel.
    Wheel(Wheel),
}

/// The terminal while Cairn has it; dropping it restores the terminal.
pub struct Screen {
    // Buffered, so that a frame is one write call. Without the buffer ratatui makes one per cell (SEARCH.md 4).
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    /// The place of the last frame, if terminals may have drawn that frame wider than it was measured.
    unsteady: Option<Place>,
}

/// Whose records, which screen, how many layers in front of it, and whether something covers all of it.
type Place = (String, app::Screen, usize, bool);

fn place(model: &Model) -> Place {
    let person = &model.person;
    (person.snapshot.person.id.clone(), person.screen, person.layers.len(), model.is_covered())
}

impl Screen {
    /// Takes over the terminal.
    ///
    /// # Errors
    /// If the terminal cannot be put into raw mode.
    pub fn enter() -> io::Result<Self> {
        // The theme decides whether there is colour: crossterm's own handling of `NO_COLOR` would switch off every
        // attribute too.
        crossterm::style::force_color_output(true);
        stage::take()?;
        // From this call on crossterm is notified of size changes. Without it, a change between the first query of the
        // size and the first key would be missed.
        poll(AT_ONCE)?;
        let out = BufWriter::with_capacity(64 * 1024, stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self { terminal, unsteady: None })
    }

    /// Draws one frame as one synchronised update. Does nothing unless Cairn has the terminal.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn draw(&mut self, model: &mut Model, paint: Painter) -> io::Result<()> {
        stage::set_mouse(model.shell.mouse == Mouse::Ours)?;
        let Some(_ours) = stage::ours() else { return Ok(()) };
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        // Cells that the terminal has and the last frame does not know of would stay in another person's records.
        let now = place(model);
        if self.unsteady.take().is_some_and(|before| before != now) {
            self.next_in_full()?;
        }
        let frame = self.terminal.draw(|frame| draw(model, paint, frame))?;
        self.unsteady = glyphs::is_unsteady(frame.buffer).then_some(now);
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Makes the next frame a full one, because the content of the terminal is unknown.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        let Some(_ours) = stage::ours() else { return Ok(()) };
        self.next_in_full()
    }

    fn next_in_full(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        // Not `clear`, which asks the terminal for the cursor position and waits for the answer.
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Sends a text to the terminal for the clipboard (OSC 52). The terminal may ignore it and sends no answer.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let Some(_ours) = stage::ours() else { return Ok(()) };
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Lends the terminal to another program while `work` runs it, then takes it back. Returns the result of `work`
    /// even if taking back fails, with that error beside it.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> (T, io::Result<()>) {
        stage::lend();
        let outcome = work();
        (outcome, stage::take_back().and_then(|()| self.forget()))
    }

    /// Returns the number of columns and rows; 80 and 24 if the terminal does not report them.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.terminal.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// Waits for input, at most for `wait`; without a limit if that is `None`. Returns `Ok(None)` on timeout and for
    /// events that have no meaning here (a released key, a focus change).
    ///
    /// # Errors
    /// If the terminal is gone.
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

    /// Returns whether input is available.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn waiting(&self) -> io::Result<bool> {
        poll(AT_ONCE)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        stage::leave();
    }
}

/// Converts a mouse event. Only the left button and the wheel have a meaning.
fn mouse(event: MouseEvent) -> Option<Input> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(event.column, event.row)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(Wheel::Up)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(Wheel::Down)),
        _ => None,
    }
}

/// Converts a key event. Returns `None` for keys without a name here and for releases (Windows reports both press and
/// release).
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

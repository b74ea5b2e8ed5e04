//! A terminal of 200x60 whose output is never read, and the cost of drawing nothing on it.

use std::cell::Cell;
use std::io::{self, BufWriter, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::measure::cpu_ms;

/// Columns and rows.
pub(crate) const WINDOW: (u16, u16) = (200, 60);

/// A terminal whose output is only counted.
pub(crate) type Paper = Terminal<CrosstermBackend<BufWriter<Counting>>>;

pub(crate) fn paper(count: &Rc<Cell<usize>>) -> io::Result<Paper> {
    let out = BufWriter::with_capacity(64 * 1024, Counting(Rc::clone(count)));
    let viewport = Viewport::Fixed(Rect::new(0, 0, WINDOW.0, WINDOW.1));
    Terminal::with_options(CrosstermBackend::new(out), TerminalOptions { viewport })
}

/// A sink that counts the bytes written to it.
pub(crate) struct Counting(Rc<Cell<usize>>);

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reference: a terminal on which empty frames are drawn.
pub(crate) struct Empty(Paper);

impl Empty {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self(paper(&Rc::default())?))
    }

    fn draw(&mut self) -> io::Result<()> {
        self.0.draw(|_| {})?;
        Ok(())
    }

    /// Draws `many` empty frames and returns the milliseconds per frame; reading the clock takes as long as some of
    /// them.
    pub(crate) fn many(&mut self, many: usize) -> f64 {
        cpu_ms(|| (0..many).try_for_each(|_| self.draw())) / many as f64
    }
}

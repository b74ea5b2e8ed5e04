//! What the event loop needs of a terminal, and its implementation for a real one. Tests implement [`Frontend`] with
//! scripts.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use super::looks::Looks;
use super::outside;
use crate::app::{Model, Msg, TerminalReply};
use crate::os::{Background, Env};
use crate::tui::{Asking, Input, Joining, Screen, Sifted};

/// The terminal as seen by the event loop.
pub(super) trait Frontend {
    fn draw(&mut self, model: &mut Model) -> io::Result<()>;
    /// Makes the next frame a complete redraw.
    fn forget(&mut self) -> io::Result<()>;
    /// Waits for input for at most `wait`.
    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<Input>>;
    /// Returns whether input is available.
    fn is_waiting(&self) -> bool;
    /// Copies a text to the clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Edits a text in another program. The text is valid even if the terminal could not be restored afterwards.
    fn edit(&mut self, text: &str) -> (Msg, io::Result<()>);
    /// Suspends the program; returns the resulting message.
    fn suspend(&mut self) -> Msg;
    /// Returns whether the terminal has reported its background since the last call, so that another theme was chosen.
    fn is_answered(&mut self, _: &mut Model) -> bool {
        false
    }
}

/// The real terminal.
pub(super) struct Window {
    screen: Screen,
    looks: Looks,
    /// The query for the background, while its reply may still arrive.
    asking: Option<Asking>,
    joining: Joining,
    /// Input that was read ahead, or held back as a possible part of the reply but was not.
    released: VecDeque<Input>,
    /// The background that the terminal reported.
    background: Option<Background>,
    env: Env,
}

impl Window {
    /// Takes over the terminal and draws the first frame, before anything else is opened.
    pub(super) fn open(model: &mut Model, looks: Looks, env: &Env) -> io::Result<Self> {
        let screen = Screen::enter()?;
        model.shell.size = screen.size();
        let mut window = Self {
            screen,
            looks,
            asking: None,
            joining: Joining::default(),
            released: VecDeque::new(),
            background: None,
            env: env.clone(),
        };
        window.draw(model)?;
        if window.looks.must_ask() && env.background.is_none() {
            window.asking = Asking::begin();
        }
        Ok(window)
    }
}

impl Drop for Window {
    /// Waits a moment for an answer that the terminal still owes: after the program has ended, it would appear at the
    /// prompt of the shell.
    fn drop(&mut self) {
        let mut read = |wait| self.screen.read(Some(wait)).ok().flatten();
        if let Some(asking) = &mut self.asking {
            asking.drain(&mut read);
        }
    }
}

impl Frontend for Window {
    fn draw(&mut self, model: &mut Model) -> io::Result<()> {
        let paint = self.looks.painter(model.theme_in_front());
        self.screen.draw(model, paint)
    }

    fn forget(&mut self) -> io::Result<()> {
        self.screen.forget()
    }

    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<Input>> {
        if let Some(input) = self.released.pop_front() {
            return Ok(Some(input));
        }
        let Some(first) = self.screen.read(wait)? else { return Ok(None) };
        let screen = &self.screen;
        for one in self.joining.join(first, |wait| screen.read(Some(wait)))? {
            let Some(asking) = &mut self.asking else {
                self.released.push_back(one);
                continue;
            };
            match asking.sift(one) {
                Sifted::Through(inputs) => self.released.extend(inputs),
                Sifted::Held => {}
                Sifted::Answer(background) => (self.background, self.asking) = (background, None),
            }
        }
        Ok(self.released.pop_front())
    }

    fn is_waiting(&self) -> bool {
        !self.released.is_empty() || self.screen.waiting().unwrap_or(false)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.copy(text)
    }

    fn edit(&mut self, text: &str) -> (Msg, io::Result<()>) {
        let (edited, back) = outside::edit(&mut self.screen, text, &self.env);
        (Msg::Terminal(TerminalReply::Edited(edited)), back)
    }

    fn suspend(&mut self) -> Msg {
        #[cfg(unix)]
        if super::signals::suspend() {
            return Msg::Unchanged;
        }
        Msg::Told("Cairn cannot pause here, because no shell started it.".to_owned())
    }

    fn is_answered(&mut self, model: &mut Model) -> bool {
        let Some(background) = self.background.take() else { return false };
        model.shell.theme = self.looks.first(Some(background));
        true
    }
}

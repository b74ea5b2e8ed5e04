//! What the loop needs of a terminal, and the real one. Behind [`Front`] stand that and the scripts of the tests.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use super::looks::Looks;
use super::outside;
use crate::app::{Model, Msg};
use crate::os::{Background, Env};
use crate::tui::{Asked, Asking, Input, LateAnswer, Screen, Sifted};

/// How long the terminal is listened to at a time while it was asked something.
const LISTEN: Duration = Duration::from_millis(1);

/// What the loop needs of a terminal.
pub(super) trait Front {
    /// Draws one frame.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
    /// Makes the next frame a whole one.
    fn forget(&mut self) -> io::Result<()>;
    /// Waits for input, at most so long.
    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<Input>>;
    /// Whether input waits already.
    fn is_waiting(&self) -> bool;
    /// Hands a text to the clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Has a text edited by another program. What came of it counts also if the terminal is gone afterwards.
    fn edit(&mut self, text: &str) -> (Msg, io::Result<()>);
    /// Stops the program; what there is to say about it.
    fn suspend(&mut self) -> Msg;
    /// Whether the terminal was asked something and has not answered; nobody reads input until then.
    fn is_asking(&self) -> bool {
        false
    }
    /// What was typed before its answer, and whether an answer was taken to heart.
    fn answered(&mut self, _: &mut Model) -> Option<Vec<Input>> {
        None
    }
}

/// The real one.
pub(super) struct Window {
    screen: Screen,
    looks: Looks,
    asking: Option<Asking>,
    /// A question that was given up and may still be answered.
    late: Option<LateAnswer>,
    /// What was held because it might have been a part of such an answer.
    released: VecDeque<Input>,
    /// What such an answer said.
    background: Option<Background>,
    env: Env,
}

impl Window {
    /// Takes the terminal over and draws the first frame, before anything else is opened.
    pub(super) fn open(model: &mut Model, looks: Looks, env: &Env) -> io::Result<Self> {
        let screen = Screen::enter()?;
        model.shell.size = screen.size();
        let mut window = Self {
            screen,
            looks,
            asking: None,
            late: None,
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

impl Front for Window {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.screen.draw(model, self.looks.painter(model.theme_in_front()))
    }

    fn forget(&mut self) -> io::Result<()> {
        self.screen.forget()
    }

    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<Input>> {
        if let Some(input) = self.released.pop_front() {
            return Ok(Some(input));
        }
        let input = self.screen.read(wait)?;
        let (Some(late), Some(one)) = (&mut self.late, input.clone()) else { return Ok(input) };
        Ok(match late.sift(one) {
            Sifted::Through(inputs) => {
                self.released.extend(inputs);
                self.released.pop_front()
            }
            Sifted::Held => None,
            Sifted::Answer(background) => {
                self.background = background;
                None
            }
        })
    }

    fn is_waiting(&self) -> bool {
        !self.released.is_empty() || self.screen.waiting().unwrap_or(false)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.copy(text)
    }

    fn edit(&mut self, text: &str) -> (Msg, io::Result<()>) {
        let (edited, back) = outside::edit(&mut self.screen, text, &self.env);
        (Msg::Edited(edited), back)
    }

    fn suspend(&mut self) -> Msg {
        #[cfg(unix)]
        if super::signals::suspend() {
            return Msg::Unchanged;
        }
        Msg::Told("Nobody could bring Cairn back: no shell with jobs has started it.".to_owned())
    }

    fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    fn answered(&mut self, model: &mut Model) -> Option<Vec<Input>> {
        if let Some(background) = self.background.take() {
            model.shell.theme = self.looks.first(Some(background));
            return Some(Vec::new());
        }
        let answer = self.asking.as_mut()?.listen(LISTEN);
        if answer.state != Asked::Waiting {
            self.asking = None;
            model.shell.theme = self.looks.first(answer.background);
        }
        if answer.state == Asked::GivenUp {
            self.late = Some(LateAnswer::default());
        }
        (answer.state == Asked::Answered || !answer.typed.is_empty()).then_some(answer.typed)
    }
}

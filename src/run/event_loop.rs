//! The event loop: handles replies of the worker and input, performs effects, draws.

use std::sync::mpsc::TryRecvError;
use std::time::Duration;

use super::frontend::Frontend;
use super::worker::{Worker, WorkerEvent};
use crate::app::{Effect, Model, Msg, TerminalJob, TerminalReply, update};
use crate::error::Error;
use crate::os::{Clock, LongWatch};
use crate::tui::Input;

/// How often to check for the worker's reply while one is expected. Otherwise the loop sleeps.
const LOOK: Duration = Duration::from_millis(1);
/// Maximum number of inputs handled before a frame is drawn, so that a held key does not lag.
const BURST: usize = 256;
/// Message shown after the worker has panicked.
pub(super) const WORKER_GONE: &str =
    "Sorry, something has gone wrong and Cairn cannot save. Copy your text now, then restart Cairn.";

/// Runs until the user quits.
pub(super) fn turn(model: &mut Model, front: &mut impl Frontend, worker: &Worker, clock: &Clock) -> Result<(), Error> {
    // Opening counts as two jobs: the search index, and everything else.
    EventLoop { model, front, worker, clock, awaited: 2, running: LongWatch::start() }.run()
}

pub(super) fn terminal(error: &std::io::Error) -> Error {
    Error::input(
        format!("Cairn cannot use the terminal: {error}"),
        "run cairn in a terminal window. `cairn --help` lists what works without one",
    )
}

struct EventLoop<'a, F> {
    model: &'a mut Model,
    front: &'a mut F,
    worker: &'a Worker,
    clock: &'a Clock,
    /// Number of replies that the worker still owes.
    awaited: usize,
    running: LongWatch,
}

impl<F: Frontend> EventLoop<'_, F> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            self.model.shell.now = self.running.elapsed().as_secs();
            let mut changed = self.hear()?;
            changed |= self.day()?;
            changed |= self.front.is_answered(self.model);
            if !changed {
                changed = self.read()?;
            }
            self.worker.last.remember(self.model);
            if self.model.shell.quit {
                return Ok(());
            }
            if changed {
                self.front.draw(self.model).map_err(|error| terminal(&error))?;
            }
        }
    }

    /// Handles the worker's replies; returns whether the screen may have changed.
    fn hear(&mut self) -> Result<bool, Error> {
        let mut changed = false;
        loop {
            let msg = match self.worker.words.try_recv() {
                Ok(WorkerEvent::Broken(error)) => return Err(error),
                Ok(WorkerEvent::Msg(msg)) => msg,
                Ok(WorkerEvent::Gone(panicked)) => {
                    let _ = self.worker.broke.set(panicked);
                    self.gone();
                    return Ok(true);
                }
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Ok(changed),
            };
            self.awaited = self.awaited.saturating_sub(1);
            // A check of the folders that found nothing does not change the screen.
            changed |= !matches!(msg, Msg::Unchanged);
            self.take(msg)?;
        }
    }

    /// Updates the current day; returns whether the screen may have changed.
    fn day(&mut self) -> Result<bool, Error> {
        let today = self.clock.today();
        if today == self.model.shell.today {
            return Ok(false);
        }
        self.take(Msg::Day(today))?;
        Ok(true)
    }

    /// Waits for input and handles it; returns whether the screen may have changed.
    fn read(&mut self) -> Result<bool, Error> {
        let rest = || {
            let idle = self.model.idle_after().map(Duration::from_millis);
            idle.into_iter().chain(self.clock.until_midnight()).min()
        };
        let wait = if self.awaited > 0 { Some(LOOK) } else { rest() };
        let mut input = self.front.read(wait).map_err(|error| terminal(&error))?;
        let mut changed = self.day()?;
        if input.is_none() && self.awaited == 0 && wait.is_some() {
            self.model.shell.now = self.running.elapsed().as_secs();
            self.take(Msg::Idle)?;
            // The duration of a session is shown on the screen.
            changed |= self.model.person.sitting.is_some();
        }
        for left in (0..BURST).rev() {
            let Some(one) = input else { break };
            changed = true;
            self.model.shell.now = self.running.elapsed().as_secs();
            if matches!(one, Input::Resize(..)) {
                // Even at the same size: this is how a program is notified that it has been resumed.
                self.front.forget().map_err(|error| terminal(&error))?;
            }
            // The meaning of a click depends on what is on the screen, so a frame has to be drawn first.
            let by_mouse = matches!(one, Input::Click(..) | Input::Wheel(_));
            self.take(message(one))?;
            if by_mouse || left == 0 || self.model.shell.quit || !self.front.is_waiting() {
                break;
            }
            input = self.front.read(None).map_err(|error| terminal(&error))?;
        }
        Ok(changed)
    }

    /// Handles a message. Passes the resulting effects to the worker with the id of the current client, and then
    /// performs those that need the terminal. The latter come last, so that text being written is on its way by then.
    fn take(&mut self, msg: Msg) -> Result<(), Error> {
        let client = self.model.client();
        let mut jobs = Vec::new();
        for effect in update(self.model, msg) {
            if let Effect::Terminal(job) = effect {
                jobs.push(job);
            } else if self.worker.ask(client.clone(), effect) {
                self.awaited += 1;
            } else {
                self.gone();
                break;
            }
        }
        jobs.into_iter().try_for_each(|job| self.perform(job))
    }

    fn perform(&mut self, job: TerminalJob) -> Result<(), Error> {
        let done = match job {
            TerminalJob::Copy(text) => self.front.copy(&text).map(|()| None),
            // Draws the page in its current state, not as it was before the inputs of this burst.
            TerminalJob::CopyPage => {
                self.front.draw(self.model).map(|()| Some(Msg::Terminal(TerminalReply::PageDrawn)))
            }
            TerminalJob::EditOutside(text) => return self.edit_outside(&text),
            TerminalJob::Suspend => {
                self.worker.last.remember(self.model);
                Ok(Some(self.front.suspend()))
            }
        };
        match done.map_err(|error| terminal(&error))? {
            Some(msg) => self.take(msg),
            None => Ok(()),
        }
    }

    /// A signal that arrives meanwhile waits until the edited text is among the pending drafts.
    fn edit_outside(&mut self, text: &str) -> Result<(), Error> {
        let last = &self.worker.last;
        last.remember(self.model);
        last.set_outside(true);
        let (msg, back) = self.front.edit(text);
        let taken = self.take(msg);
        let last = &self.worker.last;
        last.remember(self.model);
        last.set_outside(false);
        taken.and(back.map_err(|error| terminal(&error)))
    }

    /// Handles the loss of the worker: text on its way to it is put back on the screen, and a permanent message is
    /// shown.
    fn gone(&mut self) {
        self.awaited = 0;
        // The resulting effects cannot be performed.
        drop(update(self.model, Msg::Gone(WORKER_GONE.to_owned())));
    }
}

fn message(input: Input) -> Msg {
    match input {
        Input::Key(chord) => Msg::Key(chord),
        Input::Paste(text) => Msg::Paste(text),
        Input::Resize(columns, rows) => Msg::Resize(columns, rows),
        Input::Click(column, row) => Msg::Click(column, row),
        Input::Wheel(to) => Msg::Wheel(to),
    }
}

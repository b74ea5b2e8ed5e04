//! The running program: draw, wait, update, perform effects. It connects the other layers and contains no decisions of
//! its own. Packs, rules and records belong to one worker thread, so that a slow disk or pack never delays a key; the
//! first frame is drawn before any of them is opened. Signals are handled in a third thread.

mod copying;
mod doubts;
mod event_loop;
mod frontend;
mod guard;
mod handing;
mod lines;
mod looks;
mod outside;
mod perform;
#[cfg(unix)]
mod setting;
mod signals;
#[cfg(test)]
mod tests;
mod vault;
mod worker;

pub use lines::{PlainOptions, Typed, lines};
pub use perform::{opened, perform};

use event_loop::{terminal, turn};
use frontend::{Frontend, Window};
use guard::{FaultSite, Panicked, guarded};
use looks::Looks;
use perform::perform_for;
use worker::{Worker, WorkerEvent};

use crate::app::{DraftReply, Model, Mouse, Msg, Offer, RecordsReply};
use crate::config::Settings;
use crate::desk::OpenOptions;
use crate::domain::Fault;
use crate::error::{Error, ErrorKind};
use crate::os::{Clock, Env};

/// Runs the screens until the user quits.
///
/// # Errors
/// Returns an error if the records cannot be opened, the terminal cannot be used, the last text was not saved, or the
/// program panicked.
pub fn run(
    opening: &OpenOptions,
    reflect_on: Option<String>,
    env: &Env,
    settings: Settings,
    faults: Vec<Fault>,
) -> Result<(), Error> {
    let clock = opening.clock();
    let mut model = Model::new(clock.today(), opening.demo);
    model.shell.settings = settings.clone();
    model.shell.watch.offer = if settings.ask_passphrase && !opening.demo { Offer::Page } else { Offer::Never };
    model.shell.watch.after = settings.lock_after;
    model.shell.mouse = if settings.mouse { Mouse::Ours } else { Mouse::Terminals };
    let looks = Looks::new(settings, env);
    model.shell.themes = if env.no_color { Vec::new() } else { looks.names() };
    model.shell.theme = looks.first(env.background);
    model.take_faults(faults);
    let opened = guarded(FaultSite::Screen, || Window::open(&mut model, looks, env));
    let window = opened.map_err(|panicked| broke(&panicked, ""))?.map_err(|error| terminal(&error))?;
    let worker = Worker::start(opening.clone(), reflect_on, perform_for);
    #[cfg(unix)]
    signals::watch(worker.last.clone());
    play(model, window, worker, &clock)
}

/// Runs the event loop, restores the terminal, and saves pending drafts, however the loop ended.
fn play(mut model: Model, mut front: impl Frontend, worker: Worker, clock: &Clock) -> Result<(), Error> {
    let outcome = guarded(FaultSite::Screen, || turn(&mut model, &mut front, &worker, clock));
    drop(front);
    match &outcome {
        // A terminal that has disappeared may end the loop as well as send a signal.
        Ok(_) => worker.last.remember(&model),
        Err(_) => worker.last.remember_more(&model),
    }
    let writing = worker.last.are_there();
    let kept = worker.last.keep();
    let mut why_not = None;
    let mut gone = worker.broke.get().cloned();
    for word in worker.end() {
        match word {
            WorkerEvent::Msg(
                Msg::Failed(why)
                | Msg::Records(RecordsReply::NotSaved(why))
                | Msg::Draft(DraftReply::AnswerNotKept(why)),
            ) => why_not = Some(why),
            WorkerEvent::Msg(_) => {}
            WorkerEvent::Broken(error) => why_not = Some(error.message),
            WorkerEvent::Gone(panicked) => gone = Some(panicked),
        }
    }
    // There is no reply if the worker has ended.
    let why = kept.recv().unwrap_or_else(|_| Some("the part of Cairn that saves your records has stopped".to_owned()));
    let unkept = why.filter(|_| writing);
    match (outcome, gone) {
        (Err(panicked), _) | (Ok(Ok(())), Some(panicked)) => {
            Err(broke(&panicked, &fate(writing, model.shell.demo, unkept.as_deref())))
        }
        (Ok(Ok(())), None) => match why_not.or(unkept) {
            Some(message) => Err(Error { kind: ErrorKind::Records, message, hint: String::new() }),
            None => Ok(()),
        },
        (Ok(Err(error)), _) => Err(error),
    }
}

/// Returns what happened to the text that was being written.
fn fate(writing: bool, demo: bool, lost: Option<&str>) -> String {
    match (writing, demo, lost) {
        (_, true, _) => "This was a demo, so nothing is saved.".to_owned(),
        (true, _, Some(why)) => format!("What you were writing last was NOT saved: {why}"),
        (true, _, None) => "What you were writing is saved. Start Cairn again to carry on with it.".to_owned(),
        (false, ..) => "You were not writing anything, so nothing is lost.".to_owned(),
    }
}

/// Creates the error for a panic: its position, and what happened to the text.
fn broke(panicked: &Panicked, fate: &str) -> Error {
    Error {
        kind: ErrorKind::Broken,
        message: format!("Sorry, something has gone wrong in Cairn, at {panicked}\n  {fate}"),
        hint: "tell the person who gave you Cairn this message and what you did last. It has none of your words"
            .to_owned(),
    }
}

//! The running program: draw, wait, update, perform effects. Knows everybody and decides nothing. Packs, rules and records
//! live in one worker thread, so a slow disk or a slow pack never holds a key back; the first frame is drawn before any
//! of them is opened.

mod lines;
mod looks;
mod perform;

pub use lines::{Manner, Typed, lines};
pub use perform::{opened, perform};

use looks::Looks;
use perform::perform_for;

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::app::{Effect, Model, Msg, update};
use crate::config::Settings;
use crate::desk::{Desk, Opening};
use crate::domain::{Answer, Fault};
use crate::error::Error;
use crate::os::{Env, Stopwatch};
use crate::tui::{Asking, Input, Screen, panic_restores};

/// How often the screen looks for the worker's answer while it waits for one. At rest it sleeps.
const LOOK: Duration = Duration::from_millis(1);
/// Most inputs taken in before a frame is drawn, so that a held key does not lag.
const BURST: usize = 256;
/// What is said when the worker has broken down.
const WORKER_GONE: &str = "NOT saved: the part of Cairn that keeps your records has stopped. Copy what you wrote, leave with ctrl-q and start again.";
/// How long a signal waits for the draft, and for what was asked before it, to be kept. Shorter than the ten seconds
/// that most systems give a program before they kill it.
const LAST_WORDS: Duration = Duration::from_secs(8);

/// Work for the worker.
enum Job {
    /// Do this for the client with this id, or for oneself; while somebody else's records are open it is refused.
    Do(Option<String>, Effect),
    /// Keep what was being written, and say when that and everything before it is done.
    Last(Unwritten, Sender<()>),
    /// Nothing more will come: the signal thread holds a sender for good, so the channel never closes by itself.
    End,
}

/// What the worker says.
enum Word {
    Msg(Msg),
    /// Packs or records could not be opened; the program ends with this.
    Broken(Error),
}

/// What is being written, and for whom.
#[derive(Debug, Default)]
struct Unwritten {
    client: Option<String>,
    answer: Option<Answer>,
    texts: Vec<(String, String)>,
}

/// The same for the signal thread.
type Unsaved = Arc<Mutex<Unwritten>>;

/// Runs the screens until the person leaves.
///
/// # Errors
/// When the records cannot be opened, the terminal cannot be used, or the last words were not saved.
pub fn run(
    opening: &Opening,
    reflect_on: Option<String>,
    env: &Env,
    settings: Settings,
    faults: Vec<Fault>,
) -> Result<(), Error> {
    let mut model = Model::new(opening.clock().today(), opening.demo);
    model.keymap = settings.keymap.clone();
    let looks = Looks::new(settings, env);
    model.themes = if env.no_color { Vec::new() } else { looks.names() };
    model.theme = looks.first(env.background);
    model.take_faults(faults);
    panic_restores();
    let mut screen = Screen::enter().map_err(|error| terminal(&error))?;
    model.size = screen.size();
    screen.draw(&model, looks.painter(&model.theme)).map_err(|error| terminal(&error))?;
    let asking = if looks.must_ask() && env.background.is_none() { Asking::begin() } else { None };

    let (jobs, words, worker) = start_worker(opening.clone(), reflect_on);
    let unsaved: Unsaved = Arc::default();
    watch_signals(jobs.clone(), Arc::clone(&unsaved));
    let outcome = turn(&mut model, &mut screen, &looks, asking, &jobs, &words, &unsaved);
    drop(screen);
    // A terminal that went away in the middle of a sentence ends the loop as well as it sends a signal.
    remember(&model, &unsaved);
    drop(last_words(&jobs, &unsaved));
    // The worker ends when it has done everything it was given before.
    let _ = jobs.send(Job::End);
    let last = words.into_iter().filter_map(failed).last();
    let _ = worker.join();
    match (outcome, last) {
        (Ok(()), Some(why)) => Err(Error { kind: crate::error::ErrorKind::Records, message: why, hint: String::new() }),
        (outcome, _) => outcome,
    }
}

fn failed(word: Word) -> Option<String> {
    match word {
        Word::Msg(Msg::Failed(why) | Msg::NotSaved(why) | Msg::DraftNotKept(why)) => Some(why),
        Word::Msg(_) => None,
        Word::Broken(error) => Some(error.message),
    }
}

fn terminal(error: &std::io::Error) -> Error {
    Error::input(
        format!("the terminal cannot be used: {error}"),
        "run cairn in a terminal window; `cairn --help` lists what works without one",
    )
}

/// The loop.
fn turn(
    model: &mut Model,
    screen: &mut Screen,
    looks: &Looks,
    mut asking: Option<Asking>,
    jobs: &Sender<Job>,
    words: &Receiver<Word>,
    unsaved: &Unsaved,
) -> Result<(), Error> {
    // Opening counts as the first two jobs: what can be searched, and all the rest.
    let mut awaited = 2_usize;
    let running = Stopwatch::start();
    loop {
        model.now = running.elapsed().as_secs();
        let mut changed = false;
        loop {
            let msg = match words.try_recv() {
                Ok(Word::Broken(error)) => return Err(error),
                Ok(Word::Msg(msg)) => msg,
                Err(TryRecvError::Disconnected) if awaited > 0 => Msg::NotSaved(WORKER_GONE.to_owned()),
                Err(_) => break,
            };
            awaited = awaited.saturating_sub(1);
            // A look at folders that found nothing changes nothing on the screen either.
            changed |= !matches!(msg, Msg::Unchanged);
            awaited += hand_over(jobs, model, msg);
        }
        if let Some(answer) = asking.as_mut().and_then(|asking| asking.listen(LOOK)) {
            asking = None;
            changed = true;
            model.theme = looks.first(answer.background);
            awaited += answer.keys.into_iter().map(|key| hand_over(jobs, model, Msg::Key(key))).sum::<usize>();
        }
        if !changed && asking.is_none() {
            let wait = if awaited > 0 { Some(LOOK) } else { model.idle_after().map(Duration::from_millis) };
            let mut input = screen.read(wait).map_err(|error| terminal(&error))?;
            if input.is_none() && awaited == 0 && wait.is_some() {
                model.now = running.elapsed().as_secs();
                awaited += hand_over(jobs, model, Msg::Idle);
                // The minutes of a session are on the screen.
                changed |= model.sitting.is_some();
            }
            for _ in 0..BURST {
                let Some(one) = input.take() else { break };
                changed = true;
                model.now = running.elapsed().as_secs();
                awaited += hand_over(jobs, model, message(one));
                if model.quit || !screen.waiting().unwrap_or(false) {
                    break;
                }
                input = screen.read(None).map_err(|error| terminal(&error))?;
            }
        }
        remember(model, unsaved);
        if model.quit {
            return Ok(());
        }
        if changed {
            screen.draw(model, looks.painter(model.theme_in_front())).map_err(|error| terminal(&error))?;
        }
    }
}

fn message(input: Input) -> Msg {
    match input {
        Input::Key(chord) => Msg::Key(chord),
        Input::Paste(text) => Msg::Paste(text),
        Input::Resize(columns, rows) => Msg::Resize(columns, rows),
    }
}

/// Takes in a message and hands what comes of it to the worker, named with whom it is for; returns how many outcomes to
/// wait for. A worker that has gone gives one outcome too: the loop finds its channel closed.
fn hand_over(jobs: &Sender<Job>, model: &mut Model, msg: Msg) -> usize {
    let client = model.client();
    let effects = update(model, msg);
    let count = effects.len();
    for effect in effects {
        let _ = jobs.send(Job::Do(client.clone(), effect));
    }
    count
}

/// Leaves what is being written where a signal can find it.
fn remember(model: &Model, unsaved: &Unsaved) {
    let open = model.reflect.as_ref().filter(|reflect| (reflect.unsaved || reflect.keeping) && !reflect.is_empty());
    let answer = open.and_then(|reflect| Some(reflect.answer(model.library.as_ref()?, model.today)));
    let unwritten = Unwritten { client: model.client(), answer, texts: model.unsaved_texts() };
    *unsaved.lock().unwrap_or_else(PoisonError::into_inner) = unwritten;
}

/// Asks the worker to keep what was being written. The receiver hears when that and everything asked before is done, a
/// draft or an answer that is on its way included, or when the worker has ended. The lock is held until the worker has
/// been asked, so that nobody tells it to end in between.
fn last_words(jobs: &Sender<Job>, unsaved: &Unsaved) -> Receiver<()> {
    let mut unsaved = unsaved.lock().unwrap_or_else(PoisonError::into_inner);
    let (done, kept) = channel();
    let _ = jobs.send(Job::Last(std::mem::take(&mut unsaved), done));
    kept
}

/// Ends the program on SIGTERM and SIGHUP from a thread of its own: crossterm's read never returns once the terminal is
/// gone (crossterm #793), so the loop above cannot do it.
#[cfg(unix)]
fn watch_signals(jobs: Sender<Job>, unsaved: Unsaved) {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM]) else { return };
    std::thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        let _ = last_words(&jobs, &unsaved).recv_timeout(LAST_WORDS);
        crate::tui::leave_now();
        crate::os::exit_now(128 + signal);
    });
}

#[cfg(not(unix))]
fn watch_signals(_: Sender<Job>, _: Unsaved) {}

fn start_worker(opening: Opening, reflect_on: Option<String>) -> (Sender<Job>, Receiver<Word>, JoinHandle<()>) {
    let (jobs, work) = channel::<Job>();
    let (say, words) = channel::<Word>();
    let worker = std::thread::spawn(move || {
        let searchable = |library, index| drop(say.send(Word::Msg(Msg::Searchable(library, index))));
        let mut desk = match Desk::open_telling(&opening, searchable) {
            Ok(desk) => desk,
            Err(error) => return drop(say.send(Word::Broken(error.into()))),
        };
        let first = match opened(&mut desk, reflect_on) {
            Ok(opened) => Word::Msg(Msg::Opened(Box::new(opened))),
            Err(error) => Word::Broken(error.into()),
        };
        if say.send(first).is_err() {
            return;
        }
        for job in work {
            match job {
                Job::Do(_, Effect::LookBack(look)) => {
                    let say = say.clone();
                    std::thread::spawn(move || drop(say.send(Word::Msg(look.done()))));
                }
                Job::Do(client, effect) => drop(say.send(Word::Msg(perform_for(&mut desk, client.as_deref(), effect)))),
                Job::Last(unwritten, done) => {
                    // Words of one person never go into another's records; those that could not be written for the
                    // right one are still in the draft before.
                    if desk.client() == unwritten.client {
                        let _ = unwritten.answer.map(|answer| desk.keep_draft(&answer));
                        for (slot, body) in &unwritten.texts {
                            let _ = desk.keep_text(slot, body);
                        }
                    }
                    let _ = done.send(());
                }
                Job::End => return,
            }
        }
    });
    (jobs, words, worker)
}

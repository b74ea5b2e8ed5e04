//! The running program: draw, wait, update, perform effects. Knows everybody and decides nothing. Packs, rules and records
//! live in one worker thread, so a slow disk or a slow pack never holds a key back; the first frame is drawn before any
//! of them is opened.

mod past;

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::app::{Changed, Decision, Effect, Model, Msg, Opened, Planned, Snapshot, Tone, update};
use crate::config::Theme;
use crate::desk::{Desk, DeskError, Opening, Reread};
use crate::domain::{ActionStatus, Answer, Day, Verdict, count, short_day};
use crate::error::Error;
use crate::os::Env;
use crate::store::{Change, NewAction, NewVerdict};
use crate::tui::{Input, Painter, Screen, panic_restores};

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
    Do(Effect),
    /// Keep this draft, if there is one, and say when that and everything before it is done.
    Last(Option<Box<Answer>>, Sender<()>),
    /// Nothing more will come: the signal thread holds a sender for good, so the channel never closes by itself.
    End,
}

/// What the worker says.
enum Word {
    Msg(Msg),
    /// Packs or records could not be opened; the program ends with this.
    Broken(Error),
}

/// What is being written, for the signal thread.
type Unsaved = Arc<Mutex<Option<Answer>>>;

/// Runs the screens until the person leaves.
///
/// # Errors
/// When the records cannot be opened, the terminal cannot be used, or the last words were not saved.
pub fn run(opening: &Opening, reflect_on: Option<String>, env: &Env) -> Result<(), Error> {
    let mut model = Model::new(opening.clock().today(), opening.demo);
    let paint = Painter { theme: if env.no_color { Theme::Mono } else { Theme::Colour } };
    panic_restores();
    let mut screen = Screen::enter().map_err(|error| terminal(&error))?;
    model.size = screen.size();
    screen.draw(&model, paint).map_err(|error| terminal(&error))?;

    let (jobs, words, worker) = start_worker(opening.clone(), reflect_on);
    let unsaved: Unsaved = Arc::default();
    watch_signals(jobs.clone(), Arc::clone(&unsaved));
    let outcome = turn(&mut model, &mut screen, paint, &jobs, &words, &unsaved);
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
    paint: Painter,
    jobs: &Sender<Job>,
    words: &Receiver<Word>,
    unsaved: &Unsaved,
) -> Result<(), Error> {
    // Opening counts as the first two jobs: what can be searched, and all the rest.
    let mut awaited = 2_usize;
    loop {
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
            awaited += send(jobs, update(model, msg));
        }
        if !changed {
            let wait = if awaited > 0 { Some(LOOK) } else { model.idle_after().map(Duration::from_millis) };
            let mut input = screen.read(wait).map_err(|error| terminal(&error))?;
            if input.is_none() && awaited == 0 && wait.is_some() {
                awaited += send(jobs, update(model, Msg::Idle));
            }
            for _ in 0..BURST {
                let Some(one) = input.take() else { break };
                changed = true;
                awaited += send(jobs, update(model, message(one)));
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
            screen.draw(model, paint).map_err(|error| terminal(&error))?;
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

/// Hands effects to the worker and returns how many outcomes to wait for. A worker that has gone gives one outcome too:
/// the loop finds its channel closed.
fn send(jobs: &Sender<Job>, effects: Vec<Effect>) -> usize {
    let count = effects.len();
    for effect in effects {
        let _ = jobs.send(Job::Do(effect));
    }
    count
}

/// Leaves what is being written where a signal can find it.
fn remember(model: &Model, unsaved: &Unsaved) {
    let open = model.reflect.as_ref().filter(|reflect| reflect.unsaved && !reflect.is_empty());
    let answer = open.and_then(|reflect| Some(reflect.answer(model.library.as_ref()?, model.today)));
    *unsaved.lock().unwrap_or_else(PoisonError::into_inner) = answer;
}

/// Asks the worker to keep what was being written. The receiver hears when that and everything asked before is done, a
/// draft or an answer that is on its way included, or when the worker has ended. The lock is held until the worker has
/// been asked, so that nobody tells it to end in between.
fn last_words(jobs: &Sender<Job>, unsaved: &Unsaved) -> Receiver<()> {
    let mut unsaved = unsaved.lock().unwrap_or_else(PoisonError::into_inner);
    let (done, kept) = channel();
    let _ = jobs.send(Job::Last(unsaved.take().map(Box::new), done));
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
        let first = match opened(&desk, reflect_on) {
            Ok(opened) => Word::Msg(Msg::Opened(Box::new(opened))),
            Err(error) => Word::Broken(error.into()),
        };
        if say.send(first).is_err() {
            return;
        }
        for job in work {
            match job {
                Job::Do(Effect::IndexJournal(journal)) => {
                    let say = say.clone();
                    past::index_aside(&desk, journal, move |msg| drop(say.send(Word::Msg(msg))));
                }
                Job::Do(effect) => drop(say.send(Word::Msg(perform(&mut desk, effect)))),
                Job::Last(answer, done) => {
                    let _ = answer.map(|answer| desk.keep_draft(&answer));
                    let _ = done.send(());
                }
                Job::End => return,
            }
        }
    });
    (jobs, words, worker)
}

/// Everything that the screens read, from an open desk.
///
/// # Errors
/// When the records cannot be read.
pub fn opened(desk: &Desk, reflect_on: Option<String>) -> Result<Opened, DeskError> {
    Ok(Opened {
        library: Arc::clone(&desk.shelf.library),
        index: desk.index(),
        snapshot: snapshot(desk)?,
        banner: desk.shelf.banner(),
        reflect_on,
    })
}

fn snapshot(desk: &Desk) -> Result<Snapshot, DeskError> {
    let profile = Arc::clone(desk.profile()?);
    Ok(Snapshot {
        person: desk.person()?,
        advised: desk.shelf.advise(&profile),
        profile,
        actions: desk.actions()?,
        drafts: desk.drafts()?,
    })
}

/// Does one effect and says what came of it. The tests of the screens call this without a thread.
#[must_use]
pub fn perform(desk: &mut Desk, effect: Effect) -> Msg {
    let said = |error: &DeskError| {
        let mut words = error.to_string();
        if let Some(first) = words.get(..1).map(str::to_uppercase) {
            words.replace_range(..1, &first);
        }
        format!("{words}. {}", error.hint())
    };
    if let Some(outcome) = past::perform(desk, &effect) {
        return outcome.unwrap_or_else(|error| Msg::Failed(said(&error)));
    }
    match effect {
        Effect::SaveAnswer(answer) => match save(desk, &answer) {
            Ok((snapshot, words)) => Msg::Saved(Box::new(snapshot), words),
            Err(error) => Msg::NotSaved(format!("NOT saved, your words are still here. {}", said(&error))),
        },
        Effect::KeepDraft(answer) => match desk.keep_draft(&answer) {
            Ok(at) => Msg::DraftKept(at),
            Err(error) => Msg::DraftNotKept(format!("The draft was not kept. {}", said(&error))),
        },
        Effect::DropDraft(framework, code) => match desk.drop_draft(&framework, &code) {
            Ok(()) => Msg::DraftKept(String::new()),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::Consult => match desk.rulebook() {
            Ok(book) => Msg::Rulebook(Box::new(book)),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::Judge(rule) => match desk.judged(&rule) {
            Ok(detail) => Msg::Judged(detail.map(Box::new)),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::Reread { asked } => reread(desk, asked).unwrap_or_else(|error| Msg::Failed(said(&error))),
        other => match change(desk, other).and_then(|words| Ok((snapshot(desk)?, words))) {
            Ok((snapshot, words)) => Msg::Refreshed(Box::new(snapshot), words),
            Err(error) => Msg::Failed(format!("Not done. {}", said(&error))),
        },
    }
}

/// Looks at the folders of packs.
fn reread(desk: &mut Desk, asked: bool) -> Result<Msg, DeskError> {
    let (tone, words) = match desk.reread(asked) {
        Reread::Same if asked => return Ok(Msg::Told("Nothing is different since the packs were read.".to_owned())),
        Reread::Same => return Ok(Msg::Unchanged),
        Reread::Taken(words) => (Tone::Good, words),
        Reread::Wrong(words) => (Tone::Bad, words),
    };
    Ok(Msg::Reread(Box::new(opened(desk, None)?), tone, words))
}

fn save(desk: &mut Desk, answer: &Answer) -> Result<(Snapshot, String), DeskError> {
    desk.save_answers(std::slice::from_ref(answer))?;
    // The answer is safe; that the log has a line less is nothing to stop for.
    let _ = desk.note_decision();
    let snapshot = snapshot(desk)?;
    let words = match snapshot.advised.shown.len() {
        0 => "Saved.".to_owned(),
        n => format!("Saved. Your answers suggest {}, each with its reason.", count(n, "activity", "activities")),
    };
    Ok((snapshot, words))
}

fn change(desk: &mut Desk, effect: Effect) -> Result<String, DeskError> {
    let today = desk.today();
    Ok(match effect {
        Effect::Decide(decision) => decide(desk, &decision, today)?,
        Effect::AddAction(planned) => {
            let words = in_plan(&planned, today);
            desk.add_action(&own_action(*planned, today))?;
            words
        }
        Effect::ChangeAction(changed) => {
            let Changed { id, planned, status, learned, came_out } = *changed;
            let words = match status {
                ActionStatus::Open => "The plan is changed.",
                ActionStatus::Done => "Done. Well worth a look back in a while.",
                ActionStatus::Dropped => "Let go. It stays in the list, and r takes it up again.",
            };
            let Planned { title, first_step, due, intent } = planned;
            let change = Change { title, first_step, status, learned, due, intent, came_out, on: today };
            desk.change_action(&id, &change)?;
            words.to_owned()
        }
        Effect::SetPerson(level, organisation) => {
            desk.set_person(level.as_deref(), organisation)?;
            String::new()
        }
        _ => String::new(),
    })
}

fn own_action(planned: Planned, today: Day) -> NewAction {
    NewAction {
        decided_on: today,
        activity: None,
        rules: Vec::new(),
        because: String::new(),
        behaviours: Vec::new(),
        title: planned.title,
        first_step: planned.first_step,
        due: planned.due,
        intent: planned.intent,
    }
}

fn in_plan(planned: &Planned, today: Day) -> String {
    planned.due.map_or_else(
        || "It is in your plan, without a day.".to_owned(),
        |due| format!("It is in your plan: first step by {}.", short_day(due, today)),
    )
}

fn decide(desk: &mut Desk, decision: &Decision, today: Day) -> Result<String, DeskError> {
    let verdict = NewVerdict {
        activity: decision.activity.clone(),
        verdict: decision.verdict,
        reason: decision.reason.clone(),
        rules: decision.rules.clone(),
        because: decision.because.clone(),
        on: today,
    };
    let action = decision.planned.clone().map(|planned| NewAction {
        activity: Some(decision.activity.clone()),
        rules: decision.rules.clone(),
        because: decision.because.clone(),
        behaviours: decision.behaviours.clone(),
        ..own_action(planned, today)
    });
    desk.decide(&verdict, action.as_ref())?;
    Ok(match (decision.verdict, &decision.planned) {
        (Verdict::Declined, _) | (_, None) => "Set aside. It may come back after some sessions.".to_owned(),
        (_, Some(planned)) => in_plan(planned, today),
    })
}

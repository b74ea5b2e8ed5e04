//! The worker thread that owns packs, rules and records, and the channel to it. Pending drafts can be passed to it from
//! any thread: the event loop or the signal handler.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::copying::Copying;
use super::guard::{FaultSite, Panicked, guarded};
use super::perform::opened;
use crate::app::{Effect, Model, Msg, Query, VaultJob};
use crate::desk::{Desk, OpenOptions, STACK};
use crate::domain::{Answer, Slot};
use crate::error::Error;
use crate::store::StoreError;

/// Work for the worker.
pub(super) enum Job {
    /// Performs an effect for the client with this id, or for the user; refused while another person is selected.
    Do(Option<String>, Effect),
    /// Saves pending drafts. The reply is sent when this and all earlier work is done, with the reason if they were not
    /// saved.
    Last(Box<Unwritten>, Sender<Option<String>>),
    /// Ends the worker. The channel never closes by itself, because the signal thread keeps a sender.
    End,
}

/// Messages from the worker.
pub(super) enum WorkerEvent {
    Msg(Msg),
    /// Packs or records could not be opened; the program ends with this error.
    Broken(Error),
    /// The worker has panicked; nothing can be saved any more.
    Gone(Panicked),
}

/// Text that is not saved yet, with the client it belongs to.
#[derive(Debug, Default, Clone)]
pub(super) struct Unwritten {
    client: Option<String>,
    answer: Option<Answer>,
    texts: Vec<(Slot, String)>,
}

impl Unwritten {
    fn of(model: &Model) -> Self {
        let open = model.person.reflect.as_ref().filter(|reflect| reflect.keeping.is_unsaved() && !reflect.is_empty());
        let answer = open.and_then(|reflect| Some(reflect.answer(model.shell.library.as_ref()?, model.shell.today)));
        Self { client: model.client(), answer, texts: model.unsaved_texts() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.answer.is_none() && self.texts.is_empty()
    }
}

/// The pending drafts, accessible from all threads, and the way to have them saved.
#[derive(Clone)]
pub(super) struct PendingDrafts {
    jobs: Sender<Job>,
    unsaved: Arc<Mutex<Unwritten>>,
    /// Whether a text is being edited in another program and is not among the drafts.
    outside: Arc<AtomicBool>,
    /// The daily backup, while it is being made.
    pub(super) copying: Copying,
}

impl PendingDrafts {
    /// Sets whether a text is being edited in another program.
    pub(super) fn set_outside(&self, outside: bool) {
        self.outside.store(outside, Ordering::SeqCst);
    }

    pub(super) fn are_outside(&self) -> bool {
        self.outside.load(Ordering::SeqCst)
    }

    /// Stores the unsaved text of the model.
    pub(super) fn remember(&self, model: &Model) {
        *self.unsaved.lock().unwrap_or_else(PoisonError::into_inner) = Unwritten::of(model);
    }

    /// Like [`PendingDrafts::remember`], after a panic: what was stored before is kept if nothing can be found.
    pub(super) fn remember_more(&self, model: &Model) {
        let Ok(found) = guarded(FaultSite::Behind, || Unwritten::of(model)) else { return };
        if !found.is_empty() {
            *self.unsaved.lock().unwrap_or_else(PoisonError::into_inner) = found;
        }
    }

    /// Returns whether there is unsaved text.
    pub(super) fn are_there(&self) -> bool {
        !self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Asks the worker to save the pending drafts. The receiver gets a reply when this and all earlier work is done,
    /// including drafts and answers on their way, or is closed when the worker has ended. The mutex is held until the
    /// worker has been asked, so that nobody can end it in between.
    pub(super) fn keep(&self) -> Receiver<Option<String>> {
        let mut unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        self.ask(std::mem::take(&mut unsaved))
    }

    /// Like [`PendingDrafts::keep`], if the program continues afterwards.
    pub(super) fn keep_for_now(&self) -> Receiver<Option<String>> {
        let unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        self.ask(unsaved.clone())
    }

    fn ask(&self, unwritten: Unwritten) -> Receiver<Option<String>> {
        let (done, kept) = channel();
        let _ = self.jobs.send(Job::Last(Box::new(unwritten), done));
        kept
    }
}

/// The worker thread and the channels to it.
pub(super) struct Worker {
    jobs: Sender<Job>,
    pub(super) words: Receiver<WorkerEvent>,
    pub(super) last: PendingDrafts,
    /// Where it panicked, if it did.
    pub(super) broke: OnceCell<Panicked>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the worker, which opens the desk with these options and performs effects with `perform`.
    pub(super) fn start(
        opening: OpenOptions,
        reflect_on: Option<String>,
        perform: impl Fn(&mut Desk, Option<&str>, Effect) -> Msg + Send + 'static,
    ) -> Self {
        let (jobs, work) = channel::<Job>();
        let (say, words) = channel::<WorkerEvent>();
        let copying = Copying::default();
        let last = PendingDrafts { jobs: jobs.clone(), unsaved: Arc::default(), outside: Arc::default(), copying };
        let copying = last.copying.clone();
        let worker = move || {
            let backing = Backing { say: &say, copying: &copying };
            let done = guarded(FaultSite::Behind, || serve(&opening, reflect_on, &work, &backing, perform));
            if let Err(panicked) = done {
                let _ = say.send(WorkerEvent::Gone(panicked));
            }
        };
        // The same stack size as in the gate, because rules that passed it are evaluated here.
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(worker);
        let thread = thread.expect("a program that has no room for one thread cannot do anything else either");
        Self { jobs, words, last, broke: OnceCell::new(), thread }
    }

    /// Passes an effect for the client with this id, or for the user. Returns whether the worker accepted it; one that
    /// has ended does not.
    #[must_use]
    pub(super) fn ask(&self, client: Option<String>, effect: Effect) -> bool {
        self.jobs.send(Job::Do(client, effect)).is_ok()
    }

    /// Waits until all work is done; returns the remaining messages.
    pub(super) fn end(self) -> Vec<WorkerEvent> {
        let _ = self.jobs.send(Job::End);
        self.last.copying.wait();
        let words = self.words.into_iter().collect();
        let _ = self.thread.join();
        words
    }
}

/// The sender for messages, and the state of the daily backup.
struct Backing<'a> {
    say: &'a Sender<WorkerEvent>,
    copying: &'a Copying,
}

fn serve(
    opening: &OpenOptions,
    reflect_on: Option<String>,
    work: &Receiver<Job>,
    backing: &Backing<'_>,
    perform: impl Fn(&mut Desk, Option<&str>, Effect) -> Msg,
) {
    let say = backing.say;
    let searchable = |library, index| drop(say.send(WorkerEvent::Msg(Msg::Searchable(library, index))));
    let mut desk = match Desk::open_telling(opening, searchable) {
        Ok(desk) => desk,
        Err(error) => return drop(say.send(WorkerEvent::Broken(error.into()))),
    };
    desk.sit_down();
    back_up(&mut desk, backing);
    let first = match opened(&mut desk, reflect_on) {
        Ok(opened) => WorkerEvent::Msg(Msg::Opened(Box::new(opened))),
        Err(error) => WorkerEvent::Broken(error.into()),
    };
    if say.send(first).is_err() {
        return;
    }
    for job in work {
        match job {
            Job::Do(_, Effect::Look(Query::LookBack(look))) => {
                let say = say.clone();
                std::thread::spawn(move || {
                    let done = guarded(FaultSite::Behind, || look.done());
                    let broke = |at: Panicked| {
                        Msg::Failed(format!(
                            "Something went wrong at {at}, so Cairn could not \
                        show this."
                        ))
                    };
                    drop(say.send(WorkerEvent::Msg(done.unwrap_or_else(broke))));
                });
            }
            Job::Do(client, effect @ Effect::Vault(VaultJob::Unlock(_))) => {
                let told = perform(&mut desk, client.as_deref(), effect);
                desk.sit_down();
                back_up(&mut desk, backing);
                drop(say.send(WorkerEvent::Msg(told)));
            }
            Job::Do(client, effect) => drop(say.send(WorkerEvent::Msg(perform(&mut desk, client.as_deref(), effect)))),
            Job::Last(unwritten, done) => drop(done.send(kept(&mut desk, &unwritten).err())),
            Job::End => return,
        }
    }
}

/// Makes the daily backup in another thread if it is due; only a failure is reported.
fn back_up(desk: &mut Desk, backing: &Backing<'_>) {
    let Some(job) = desk.backup_due() else { return };
    let say = backing.say.clone();
    let (stop, running) = (backing.copying.stop.clone(), backing.copying.begin());
    std::thread::spawn(move || {
        let done = guarded(FaultSite::Behind, || job.run_until(&stop));
        drop(running);
        let why = match done {
            Ok(Ok(_) | Err(StoreError::Stopped)) => return,
            Ok(Err(error)) => super::perform::said(&error.into()),
            Err(panicked) => format!("Something went wrong in Cairn, at {panicked}."),
        };
        drop(say.send(WorkerEvent::Msg(Msg::Failed(format!("Today's backup was NOT made. {why}")))));
    });
}

/// Saves pending drafts, or returns the reason why not. Text of one person never goes into another's records; if it
/// cannot be saved, the previous draft is still there.
fn kept(desk: &mut Desk, unwritten: &Unwritten) -> Result<(), String> {
    if desk.client() != unwritten.client {
        return Err("Another person's records were open.".to_owned());
    }
    let mut outcome = Ok(());
    if let Some(answer) = &unwritten.answer {
        outcome = outcome.and(desk.keep_draft(answer).map(drop));
    }
    for (slot, body) in &unwritten.texts {
        outcome = outcome.and(desk.keep_text(slot, body).map(drop));
    }
    outcome.map_err(|error| super::perform::said(&error))
}

//! The desk: packs, records, rules and clock opened together. Screens, command line and plain mode all use it, so that
//! they give the same results.

mod answers_file;
mod around;
mod authoring;
mod coaching;
mod decision;
mod demo;
mod demo_clients;
mod edition;
mod erasing;
mod gate;
mod handing_over;
mod health;
mod loaded_packs;
mod meaning;
mod noticing;
mod opening;
mod pack_rules;
mod packs;
mod parcel_caps;
mod parcel_file;
mod parcel_fit;
mod past;
mod policy;
mod remembering;
mod reread;
mod resolve;
mod retention;
mod rights;
mod rulebook;
mod sharing;
mod signing;
mod sources;
mod trial;
mod unfinished;
mod vault;
mod withdrawing;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{
    Action, ActionStatus, Advised, Answer, Day, Intent, Library, Offering, Organisation, Person, Profile, Verdict,
    first_step_by,
};
use crate::os::Clock;
use crate::search::Index;
use crate::store::{Change, NewAction, NewVerdict, Store, StoreError};

pub use answers_file::{AnswersFile, MOST_BYTES, read_answers};
pub use decision::{Decision, MOST_DECISIONS};
pub use edition::{Changed, Edition, Step, answers_that_stop};
pub use erasing::Preview;
pub use gate::{WORKER, serve};
pub use handing_over::{Doubt, report_folder};
pub use health::{Counts, Health, Vault, health};
pub use loaded_packs::{LoadedPacks, PackStatus, RejectedPack};
pub use opening::{DeskError, OpenOptions};
pub use pack_rules::PackRules;
pub use packs::{Added, PackError, Removed, add, meant_otherwise, remove};
pub use parcel_file::{ContentError, MOST_SHARED};
pub use past::searchable;
pub use reread::Reread;
use reread::Watch;
pub use rights::{Seals, Subject};
pub use sharing::{OpenedParcel, SealedParcel, ShareError};
pub use signing::{Sealed, distrust, require_signed, sign_pack, trust, trust_key};
pub use sources::PackOrigin;
pub use trial::{Difference, suppose};
use unfinished::slot;
pub use vault::{backups, check, copies_beside, lock_of, restore, restore_locked, set_aside};

pub use crate::pack::label_of;
pub use crate::rules::STACK;

/// Where the records are.
#[derive(Debug)]
enum Records {
    /// In this folder; opened when first needed, created when first written.
    Folder(PathBuf, Option<Store>),
    Memory(Store),
    /// In this folder, but not open: locked, damaged, or closed by the program.
    Shut(PathBuf, Arc<StoreError>),
}

/// Packs, records, rules and clock, opened together.
#[derive(Debug)]
pub struct Desk {
    pub loaded_packs: LoadedPacks,
    clock: Arc<Clock>,
    index: OnceCell<Arc<Index>>,
    /// The profile that rules evaluate, cached until something is written.
    profile: OnceCell<Arc<Profile>>,
    /// The options it was opened with.
    opening: OpenOptions,
    watch: Watch,
    records: Records,
    /// Whether the daily backup has been made or tried.
    backed_up: bool,
    /// Whether a user is working interactively, so that the write lock is not waited for.
    sat_down: bool,
    /// The last result of [`Store::changes_elsewhere`].
    changes_seen: Option<i64>,
}

impl Desk {
    /// Opens packs, rules and records. New records are not created until something is written.
    ///
    /// # Errors
    /// Returns an error if existing records cannot be opened or there is no place for records.
    pub fn open(opening: &OpenOptions) -> Result<Self, DeskError> {
        let desk = Self::over(LoadedPacks::open(opening), OnceCell::new(), opening)?;
        desk.not_shut()?;
        Ok(desk)
    }

    /// Like [`Desk::open`], for interactive use: locked or damaged records are not an error but [shut](Desk::shut)
    /// until they are unlocked or a backup is restored; everything that needs no records works meanwhile. Calls `told`
    /// with library and index as soon as they are ready, because rules and records take as long again.
    ///
    /// # Errors
    /// Returns an error if there is no folder for records.
    pub fn open_telling(opening: &OpenOptions, told: impl FnOnce(Arc<Library>, Arc<Index>)) -> Result<Self, DeskError> {
        let index = OnceCell::new();
        let loaded_packs = LoadedPacks::open_telling(opening, |library| {
            let built = index.get_or_init(|| Arc::new(Index::of_library(library)));
            told(Arc::clone(library), Arc::clone(built));
        });
        Self::over(loaded_packs, index, opening)
    }

    fn over(loaded_packs: LoadedPacks, index: OnceCell<Arc<Index>>, opening: &OpenOptions) -> Result<Self, DeskError> {
        let clock = Arc::new(opening.clock());
        let records = if opening.demo {
            Records::Memory(Store::in_memory(Arc::clone(&clock))?)
        } else {
            Records::Folder(opening.folder()?, None)
        };
        let mut desk = Self {
            loaded_packs,
            clock,
            index,
            profile: OnceCell::new(),
            watch: Watch::over(opening),
            opening: opening.clone(),
            records,
            backed_up: opening.demo,
            sat_down: false,
            changes_seen: None,
        };
        if opening.demo {
            demo::fill(&mut desk)?;
            return desk.of_the_person_asked_for();
        }
        let secret = desk.opening.secret.take();
        if desk.let_in(secret.as_ref()).is_err() {
            return Ok(desk);
        }
        desk.of_the_person_asked_for()
    }

    /// Returns whether this is a demonstration, which writes nothing to the disk.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.opening.demo
    }

    #[must_use]
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// Returns the search index of the library, built on first use.
    #[must_use]
    pub fn index(&self) -> Arc<Index> {
        Arc::clone(self.index.get_or_init(|| Arc::new(Index::of_library(&self.loaded_packs.library))))
    }

    /// Offers the packs in another way from now on; returns whether anything changed.
    pub fn offer(&mut self, offering: &Offering) -> bool {
        if self.opening.offering == *offering {
            return false;
        }
        self.opening.offering = offering.clone();
        self.loaded_packs.offer(offering);
        true
    }

    fn store(&self) -> Option<&Store> {
        match &self.records {
            Records::Memory(store) => Some(store),
            Records::Folder(_, store) => store.as_ref(),
            Records::Shut(..) => None,
        }
    }

    fn store_mut(&mut self) -> Result<&mut Store, DeskError> {
        self.profile = OnceCell::new();
        match &mut self.records {
            Records::Memory(store) => Ok(store),
            Records::Folder(folder, store) => {
                let open = match store.take() {
                    Some(open) => open,
                    None => Store::open_or_create(Path::new(folder), Arc::clone(&self.clock))?,
                };
                let open = store.insert(open);
                // The first change of a day is made after a backup. If the backup fails, the change is made anyway;
                // `cairn doctor` shows the age of the newest one.
                if !std::mem::replace(&mut self.backed_up, true)
                    && let Some(job) = open.backup_due()
                {
                    let _ = job.run();
                }
                Ok(open)
            }
            Records::Shut(_, why) => Err(DeskError::Shut(Arc::clone(why))),
        }
    }

    /// Returns the records, if they are open.
    fn opened_mut(&mut self) -> Option<&mut Store> {
        match &mut self.records {
            Records::Memory(store) => Some(store),
            Records::Folder(_, store) => store.as_mut(),
            Records::Shut(..) => None,
        }
    }

    fn read<T: Default>(&self, read: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, DeskError> {
        self.not_shut()?;
        Ok(self.store().map(read).transpose()?.unwrap_or_default())
    }

    /// Returns the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn person(&self) -> Result<Person, DeskError> {
        self.read(Store::person)
    }

    /// Returns the actions of the plan.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn actions(&self) -> Result<Vec<Action>, DeskError> {
        self.read(Store::actions)
    }

    /// Returns the profile that rules evaluate.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn profile(&self) -> Result<&Arc<Profile>, DeskError> {
        if let Some(known) = self.profile.get() {
            return Ok(known);
        }
        let answers = self.read(Store::answers)?;
        let verdicts = self.read(Store::verdicts)?;
        let (person, actions) = (self.person()?, self.actions()?);
        let profile = Profile::new(&self.loaded_packs.library, person, self.today(), answers, &actions, &verdicts);
        Ok(self.profile.get_or_init(|| Arc::new(profile)))
    }

    /// Evaluates the rules for the current records.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn advised(&self) -> Result<Advised, DeskError> {
        let safety = self.notices(&self.dossier()?)?;
        Ok(self.loaded_packs.advise_beside(safety, None, self.profile()?))
    }

    /// Saves answers, all or none. A single answer was written on the screen, so its draft is removed with it.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; nothing is saved then.
    pub fn save_answers(&mut self, answers: &[Answer]) -> Result<Vec<Answer>, DeskError> {
        let answers = self.worded(answers);
        match answers.as_slice() {
            [one] => Ok(vec![self.store_mut()?.save_answer(one, Some(&slot(one).to_string()))?]),
            many => Ok(self.store_mut()?.save_answers(many)?),
        }
    }

    /// Saves the content of an answers file, all or nothing: answers and what it states about the person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; nothing is saved then.
    pub fn save_file(&mut self, file: &AnswersFile) -> Result<Vec<Answer>, DeskError> {
        let before = self.person()?;
        let person = &file.person;
        let level = person.level.as_deref().or(before.level.as_deref());
        let kind = match person.organisation {
            Organisation::NotStated => before.organisation,
            stated => stated,
        };
        let stated = person.level.is_some() || person.organisation != Organisation::NotStated;
        if file.answers.is_empty() && !stated {
            return Ok(Vec::new());
        }
        let answers = self.worded(&file.answers);
        Ok(self.store_mut()?.save_file(&answers, stated.then_some((level, kind)))?)
    }

    /// Sets level and kind of organisation.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn set_person(&mut self, level: Option<&str>, organisation: Organisation) -> Result<(), DeskError> {
        self.store_mut()?.set_person(level, organisation)?;
        Ok(())
    }

    /// Saves a verdict on a piece of advice, with the action that follows from it, if there is one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; neither is saved then.
    pub fn decide(&mut self, verdict: &NewVerdict, action: Option<&NewAction>) -> Result<(), DeskError> {
        let store = self.store_mut()?;
        match action {
            Some(action) => drop(store.decide(action, Some(verdict))?),
            None => store.record_verdict(verdict)?,
        }
        Ok(())
    }

    /// Adds an action to the plan.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn add_action(&mut self, action: &NewAction) -> Result<Action, DeskError> {
        Ok(self.store_mut()?.decide(action, None)?)
    }

    /// Saves a new state of an action.
    ///
    /// # Errors
    /// Returns an error for an unknown id, or if the records cannot be written.
    pub fn change_action(&mut self, id: &str, change: &Change) -> Result<Action, DeskError> {
        Ok(self.store_mut()?.change_action(id, change)?)
    }

    /// Adds a recommended activity to the plan unchanged. Returns `Ok(None)` if the activity is not recommended.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn accept(&mut self, activity: &str) -> Result<Option<Action>, DeskError> {
        let advised = self.advised()?;
        let Some(advice) = advised.shown.iter().find(|advice| advice.activity == activity) else { return Ok(None) };
        let today = self.today();
        let known = self.loaded_packs.library.activity(activity);
        let first_step = known.map(|known| known.first_step.clone()).unwrap_or_default();
        let intent = known.map(Intent::of_activity).unwrap_or_default();
        let verdict = NewVerdict {
            activity: activity.to_owned(),
            verdict: Verdict::Accepted,
            reason: String::new(),
            rules: advice.rules(),
            because: advice.because(),
            on: today,
        };
        let action = NewAction {
            decided_on: today,
            activity: Some(activity.to_owned()),
            rules: advice.rules(),
            because: advice.because(),
            behaviours: advice.behaviours(),
            title: advice.title.clone(),
            first_step,
            due: Some(first_step_by(today)),
            intent,
        };
        Ok(Some(self.store_mut()?.decide(&action, Some(&verdict))?))
    }

    /// Returns the current state of an action with another status, as a basis for a change.
    #[must_use]
    pub fn change_of(&self, action: &Action, status: ActionStatus) -> Change {
        Change {
            title: action.title.clone(),
            first_step: action.first_step.clone(),
            status,
            learned: action.learned.clone(),
            due: action.due,
            intent: action.intent.clone(),
            came_out: action.came_out,
            on: self.today(),
        }
    }
}

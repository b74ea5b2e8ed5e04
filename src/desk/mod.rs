//! The desk: packs, records, rules and clock opened together. Screens, command line and plain mode all stand on
//! it, so that what a person is told does not depend on where they ask.

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
mod packs;
mod parcel_caps;
mod parcel_file;
mod parcel_fit;
mod past;
mod policy;
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
    Action, ActionStatus, Advised, Answer, Day, Intent, Library, Organisation, Person, Profile, Verdict, first_step_by,
};
use crate::os::Clock;
use crate::search::Index;
use crate::store::{Change, NewAction, NewVerdict, Store, StoreError};

pub use answers_file::{AnswersFile, MOST_BYTES, read_answers};
pub use coaching::SESSION_SLOT;
pub use decision::{Decision, MOST_DECISIONS};
pub use edition::{Changed, Edition, Step, answers_that_stop};
pub use erasing::Preview;
pub use gate::{WORKER, serve};
pub use handing_over::Doubt;
pub use health::{Counts, Health, Vault, health};
pub use loaded_packs::{LoadedPacks, PackStatus, RejectedPack};
pub use opening::{DeskError, OpenOptions};
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
    /// In this folder; opened when first needed, made when first written.
    Folder(PathBuf, Option<Store>),
    /// In memory.
    Memory(Store),
    /// There are some in this folder, and they are not open: locked, damaged, or put away.
    Shut(PathBuf, Arc<StoreError>),
}

/// Everything together.
#[derive(Debug)]
pub struct Desk {
    /// Packs and rules.
    pub loaded_packs: LoadedPacks,
    clock: Arc<Clock>,
    index: OnceCell<Arc<Index>>,
    /// The answers as the rules see them, until something is written.
    profile: OnceCell<Arc<Profile>>,
    /// What was asked to be opened.
    opening: OpenOptions,
    watch: Watch,
    records: Records,
    /// The backup of the day was seen to.
    backed_up: bool,
    /// Somebody sits before it, and nobody else is waited for.
    sat_down: bool,
    /// What [`Store::changes_elsewhere`] said when it was asked last.
    changes_seen: Option<i64>,
}

impl Desk {
    /// Opens packs, rules and records. Records are made when something is first written, not before.
    ///
    /// # Errors
    /// When records are there and cannot be opened, or there is no place for any.
    pub fn open(opening: &OpenOptions) -> Result<Self, DeskError> {
        let desk = Self::over(LoadedPacks::open(opening), OnceCell::new(), opening)?;
        desk.not_shut()?;
        Ok(desk)
    }

    /// The same for somebody who sits before it: records that are locked or damaged are no error, they are [shut](Desk::shut)
    /// until they are unlocked or a backup is in their place. What needs no records works meanwhile. Tells of library and
    /// index as soon as they stand: rules and records take as long again.
    ///
    /// # Errors
    /// When there is no folder that records can be kept in.
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

    /// Nothing is written to the disk.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.opening.demo
    }

    /// The day.
    #[must_use]
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// A search index over the library, built when first asked for.
    #[must_use]
    pub fn index(&self) -> Arc<Index> {
        Arc::clone(self.index.get_or_init(|| Arc::new(Index::of_library(&self.loaded_packs.library))))
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
                // The first change of a day comes after a copy of how things stood. One that fails does not hold it up;
                // `cairn doctor` says how old the newest is.
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

    /// The records, if they are open.
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

    /// Whose records these are.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn person(&self) -> Result<Person, DeskError> {
        self.read(Store::person)
    }

    /// The plan.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn actions(&self) -> Result<Vec<Action>, DeskError> {
        self.read(Store::actions)
    }

    /// The person's answers as the rules see them.
    ///
    /// # Errors
    /// When the records cannot be read.
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

    /// What the rules make of the records.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn advised(&self) -> Result<Advised, DeskError> {
        let safety = self.notices(&self.dossier()?)?;
        Ok(self.loaded_packs.advise_beside(safety, None, self.profile()?))
    }

    /// Saves answers, all or none. One that is saved by itself was written on the screen, so its draft goes with it.
    ///
    /// # Errors
    /// When the records cannot be written; nothing is saved then.
    pub fn save_answers(&mut self, answers: &[Answer]) -> Result<Vec<Answer>, DeskError> {
        let answers = self.worded(answers);
        match answers.as_slice() {
            [one] => Ok(vec![self.store_mut()?.save_answer(one, Some(&slot(one)))?]),
            many => Ok(self.store_mut()?.save_answers(many)?),
        }
    }

    /// Saves what a file holds, answers and what it states about the person: all or none.
    ///
    /// # Errors
    /// When the records cannot be written; nothing is saved then.
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

    /// States level and kind of organisation.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn set_person(&mut self, level: Option<&str>, organisation: Organisation) -> Result<(), DeskError> {
        self.store_mut()?.set_person(level, organisation)?;
        Ok(())
    }

    /// Records a verdict on an advice, with the action it leads to, if it leads to one.
    ///
    /// # Errors
    /// When the records cannot be written; then neither is kept.
    pub fn decide(&mut self, verdict: &NewVerdict, action: Option<&NewAction>) -> Result<(), DeskError> {
        let store = self.store_mut()?;
        match action {
            Some(action) => drop(store.decide(action, Some(verdict))?),
            None => store.record_verdict(verdict)?,
        }
        Ok(())
    }

    /// Adds an action of one's own.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn add_action(&mut self, action: &NewAction) -> Result<Action, DeskError> {
        Ok(self.store_mut()?.decide(action, None)?)
    }

    /// Notes how an action stands from now on.
    ///
    /// # Errors
    /// For an unknown id, or when the records cannot be written.
    pub fn change_action(&mut self, id: &str, change: &Change) -> Result<Action, DeskError> {
        Ok(self.store_mut()?.change_action(id, change)?)
    }

    /// Takes the best advice for an activity into the plan as it is.
    ///
    /// # Errors
    /// When the records cannot be written. `Ok(None)` if no such activity is recommended now.
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

    /// An action as it stands, as a change that changes nothing yet.
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

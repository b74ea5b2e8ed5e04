//! Coaching functions of the desk: selection of a client, agreements, focus sets, sessions, comparisons, releases, and
//! the dossier from which progress, journal and reports are built.

use super::unfinished::is_of_answer;
use super::{Desk, DeskError};
use crate::domain::{
    Answer, By, Comparison, Day, Dossier, Due, Engagement, FocusSet, Note, NoteFor, Person, QUICK_NOTE, ReleaseItem,
    Session, Slot, Waiting, clean, fold, join_and, same_name, spelt,
};
use crate::store::{NewSession, Store, StoreError};

impl Desk {
    /// Returns all clients, ordered by name.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn clients(&self) -> Result<Vec<Person>, DeskError> {
        self.read(Store::clients)
    }

    /// Selects the records of a client; `None` selects the user's own.
    ///
    /// # Errors
    /// Returns an error for an unknown id, or if the records cannot be read.
    pub fn turn_to(&mut self, person: Option<&str>) -> Result<Person, DeskError> {
        self.profile = std::cell::OnceCell::new();
        match self.opened_mut() {
            Some(store) => Ok(store.turn_to(person)?),
            None if person.is_none() => Ok(Person::default()),
            None => Ok(self.store_mut()?.turn_to(person)?),
        }
    }

    /// Finds a client by id, end of the id, or name: the complete name takes precedence, then its beginning, then any
    /// part of it. Accents and case are ignored. The inner `Err` contains the matching names: none or several.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn client_called(&self, name: &str) -> Result<Result<Person, Vec<String>>, DeskError> {
        let typed = name.trim();
        let wanted = fold(typed);
        let clients = self.clients()?;
        let ways: [&dyn Fn(&Person) -> bool; 6] = [
            &|person| person.id == typed,
            &|person| is_end_of_id(typed, &person.id),
            // An exact match takes precedence over one that differs in accents or case.
            &|person| spelt(&person.name) == spelt(typed),
            &|person| fold(&person.name) == wanted,
            &|person| fold(&person.name).starts_with(&wanted),
            &|person| fold(&person.name).contains(&wanted),
        ];
        // A single letter or symbol matches only a complete name.
        let most = if wanted.chars().filter(|sign| sign.is_alphanumeric()).count() < 2 { 4 } else { ways.len() };
        for way in ways.iter().take(most) {
            let fitting: Vec<&Person> = clients.iter().filter(|person| way(person)).collect();
            match fitting.as_slice() {
                [] => {}
                [one] => return Ok(Ok((*one).clone())),
                several => return Ok(Err(several.iter().map(|person| person.told_apart(&clients)).collect())),
            }
        }
        Ok(Err(Vec::new()))
    }

    /// Returns the clients whose name is equal except for case, accents, spaces and Unicode form.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn clients_of_the_same_name(&self, name: &str) -> Result<Vec<Person>, DeskError> {
        let clients = self.clients()?;
        Ok(clients.into_iter().filter(|person| same_name(&person.name, name)).collect())
    }

    /// Selects the client named in the opening options, if any.
    pub(super) fn of_the_person_asked_for(mut self) -> Result<Self, DeskError> {
        let Some(name) = self.opening.person.take() else { return Ok(self) };
        let person = self.one_client_called(&name)?;
        self.turn_to(Some(&person.id))?;
        Ok(self)
    }

    /// Returns the only client who matches a name.
    pub(super) fn one_client_called(&self, name: &str) -> Result<Person, DeskError> {
        match self.client_called(name)? {
            Ok(person) => Ok(person),
            Err(fitting) if fitting.is_empty() || spelt(name).is_empty() => Err(DeskError::NoClient(clean(name))),
            // The matching names are listed only if at least two letters were typed.
            Err(fitting) if spelt(name).chars().count() < 2 => {
                Err(DeskError::SeveralClients(clean(name), format!("any of {} clients", fitting.len())))
            }
            Err(fitting) => Err(DeskError::SeveralClients(clean(name), join_and(&fitting))),
        }
    }

    /// Adds a client. If there is one with the same name, the user must confirm that it is another person.
    ///
    /// # Errors
    /// [`DeskError::SameName`]; or an error if the name is invalid or the records cannot be written.
    pub fn add_client(&mut self, name: &str) -> Result<Person, DeskError> {
        let same = self.clients_of_the_same_name(name)?;
        if same.is_empty() {
            return self.add_another_client(name);
        }
        let clients = self.clients()?;
        let names: Vec<String> = same.iter().map(|person| person.told_apart(&clients)).collect();
        Err(DeskError::SameName(clean(name), join_and(&names)))
    }

    /// Adds a client even if another one has the same name.
    ///
    /// # Errors
    /// Returns an error if the name is invalid or the records cannot be written.
    pub fn add_another_client(&mut self, name: &str) -> Result<Person, DeskError> {
        Ok(self.store_mut()?.add_client(name)?)
    }

    /// Sets name, e-mail address and consent to the hours log of the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn set_card(&mut self, name: &str, email: &str, hours_log: Option<Day>) -> Result<Person, DeskError> {
        Ok(self.store_mut()?.set_card(name, email, hours_log)?)
    }

    /// Saves an agreement: a new one if its id is empty, otherwise a new state of an existing one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_engagement(&mut self, engagement: &Engagement) -> Result<Engagement, DeskError> {
        Ok(self.store_mut()?.keep_engagement(engagement)?)
    }

    /// Saves a focus set as the current one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_focus(&mut self, focus: &FocusSet) -> Result<FocusSet, DeskError> {
        Ok(self.store_mut()?.keep_focus(focus)?)
    }

    /// Saves the draft of a session in progress or another text; returns the time of day.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; the previous draft is kept then.
    pub fn keep_text(&mut self, slot: &Slot, body: &str) -> Result<String, DeskError> {
        self.store_mut()?.put_draft(&slot.to_string(), body)?;
        Ok(self.clock.time_of_day())
    }

    /// Returns the id of the client whose records are selected; `None` for the user's own.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        self.store().and_then(Store::client)
    }

    /// Returns all drafts except those of answers, as slot and text.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn kept_texts(&self) -> Result<Vec<(Slot, String)>, DeskError> {
        let drafts = self.read(Store::drafts)?.into_iter().filter(|draft| !is_of_answer(&draft.slot));
        Ok(drafts.map(|draft| (Slot::parse(&draft.slot), draft.body)).collect())
    }

    /// Returns the draft in a slot.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn kept_text(&self, slot: &Slot) -> Result<Option<String>, DeskError> {
        self.read(|store| Ok(store.draft(&slot.to_string())?.map(|draft| draft.body)))
    }

    /// Removes the draft in a slot.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn drop_text(&mut self, slot: &Slot) -> Result<(), DeskError> {
        if self.store().is_some() {
            self.store_mut()?.drop_draft(&slot.to_string())?;
        }
        Ok(())
    }

    /// Saves a session that ends, with its notes, and removes its draft in the same transaction.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; the draft is kept then.
    pub fn end_session(&mut self, session: &NewSession) -> Result<Session, DeskError> {
        Ok(self.store_mut()?.end_session(session, &Slot::Session.to_string())?)
    }

    /// Saves a quick note of the user's own, which belongs to the behaviours that it names by their codes.
    ///
    /// # Errors
    /// Returns an error if a client's records are open, the note is empty, or the records cannot be written.
    pub fn add_quick_note(&mut self, text: &str, on: Day) -> Result<Session, DeskError> {
        if self.client().is_some() {
            return Err(DeskError::NotCorrected("a quick note is for your own records".to_owned()));
        }
        if text.trim().is_empty() {
            return Err(StoreError::Empty("the note").into());
        }
        let seen = NoteFor::Shared;
        let (part, title) = (QUICK_NOTE.to_owned(), "Note".to_owned());
        let note = Note { id: String::new(), part, title, text: text.to_owned(), seen };
        let behaviours = self.loaded_packs.library.named_in(text);
        let session =
            NewSession { on, minutes: 0, model: None, paid: false, notes: vec![note], behaviours, actions: Vec::new() };
        Ok(self.store_mut()?.add_quick_note(&session)?)
    }

    /// Starts a round of comparison for the focus set.
    ///
    /// # Errors
    /// Returns an error if the focus set is empty or the records cannot be written.
    pub fn begin_comparison(&mut self) -> Result<Comparison, DeskError> {
        let today = self.today();
        let focus = self.read(Store::focus)?.pop();
        let pairs = focus.into_iter().flat_map(|focus| focus.items).map(|item| (item.framework, item.behaviour));
        let pairs: Vec<(String, String)> = pairs.collect();
        Ok(self.store_mut()?.begin_comparison(&pairs, today)?)
    }

    /// Seals one view in a round.
    ///
    /// # Errors
    /// Returns an error if that view is sealed already or the records cannot be written.
    pub fn seal_view(&mut self, id: &str, by: By, answers: &[Answer]) -> Result<Comparison, DeskError> {
        let answers = self.worded(answers);
        // Saved first, because it has no effect until the view is sealed.
        self.keep_noticed_in_view(id, by, &answers)?;
        Ok(self.store_mut()?.seal_view(id, by, &answers, &Slot::View(by).to_string())?)
    }

    /// Opens both views in a round.
    ///
    /// # Errors
    /// Returns an error unless both are sealed, or if the records cannot be written.
    pub fn open_comparison(&mut self, id: &str) -> Result<Comparison, DeskError> {
        let today = self.today();
        Ok(self.store_mut()?.open_comparison(id, today)?)
    }

    /// Releases lines to the sponsor, or revokes releases.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn tick(&mut self, ticks: &[(ReleaseItem, bool)]) -> Result<(), DeskError> {
        let today = self.today();
        Ok(self.store_mut()?.tick(ticks, today)?)
    }

    /// Returns the dossier of the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn dossier(&self) -> Result<Dossier, DeskError> {
        Ok(Dossier {
            person: self.person()?,
            today: self.today(),
            engagements: self.read(Store::engagements)?,
            focus: self.read(Store::focus)?,
            sessions: self.read(Store::sessions)?,
            answers: self.read(Store::answers)?,
            older_answers: self.read(Store::corrected_answers)?,
            older_notes: self.read(Store::corrected_notes)?,
            kept_apart: self.read(Store::answers_kept_apart)?,
            actions: self.actions()?,
            revisions: self.read(Store::revisions)?,
            verdicts: self.read(Store::verdicts)?,
            set_aside: self.read(Store::reasons)?,
            comparisons: self.read(Store::comparisons)?,
            releases: self.read(Store::releases)?,
            gone: self.read(Store::gone_actions)?,
            files: self.files_taken()?,
        })
    }

    /// Returns what needs attention for each client, most urgent first; clients without anything are left out.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn waiting(&mut self) -> Result<Vec<Waiting>, DeskError> {
        let mut rows = Vec::new();
        for person in self.clients()? {
            rows.extend(self.visiting(&person.id.clone(), |desk| desk.waits(person))?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.unfinished, row.overdue, row.soon)));
        Ok(rows)
    }

    /// Reads data of a client and then selects the previous person again, even after an error.
    pub(super) fn visiting<T>(
        &mut self,
        client: &str,
        read: impl FnOnce(&Self) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let before = self.client();
        let found = self.turn_to(Some(client)).and_then(|_| read(self));
        self.turn_to(before.as_deref())?;
        found
    }

    fn waits(&self, person: Person) -> Result<Option<Waiting>, DeskError> {
        let today = self.today();
        let (mut overdue, mut soon) = (0, 0);
        for action in self.actions()?.iter().filter(|action| action.status == crate::domain::ActionStatus::Open) {
            match action.due_on(today) {
                Due::Overdue(_) => overdue += 1,
                due if due.is_now() || due.is_soon() => soon += 1,
                _ => {}
            }
        }
        let engagements = self.read(Store::engagements)?;
        let keep_passed = engagements.iter().filter_map(|terms| terms.keep_until).filter(|day| *day < today).min();
        let unfinished = self.kept_text(&Slot::Session)?.is_some();
        let last = self.read(|store| store.last_session_day(today))?;
        let waits = overdue + soon > 0 || keep_passed.is_some() || unfinished;
        Ok(waits.then_some(Waiting { person, overdue, soon, keep_passed, unfinished, last }))
    }
}

fn is_end_of_id(typed: &str, id: &str) -> bool {
    typed.len() >= Person::FEWEST_OF_ID
        && typed.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        && id.ends_with(typed)
}

//! Choosing whose records are open, and changing to them without leaving any text of the previous person behind.

use super::effect::{Effect, PeopleJob, RecordsJob};
use super::snapshot::Snapshot;
use std::sync::Arc;

use super::chooser::{Choice, Chooser};
use super::drafts;
use super::form::{Field, Form, FormFor};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::person_state::PersonState;
use super::picker::Picker;
use super::place::Screen;
use super::session_draft::SessionDraft;
use crate::command::key;
use crate::domain::{Advised, Dossier, Library, Person, Profile, Slot, parse_day, typed_day};

impl Snapshot {
    /// Creates an empty snapshot, for the time when no records are open.
    #[must_use]
    pub fn of_nobody(profile: Profile) -> Self {
        Self {
            person: Person::default(),
            profile: Arc::new(profile),
            advised: Advised::default(),
            actions: Vec::new(),
            drafts: Vec::new(),
            dossier: Arc::new(Dossier::default()),
            clients: Vec::new(),
            waiting: Vec::new(),
            due_for_review: 0,
            kept: Vec::new(),
            put_aside: Vec::new(),
            safety: crate::domain::Safety::default(),
            remembered: None,
        }
    }

    /// Returns the draft in a slot.
    #[must_use]
    pub fn kept(&self, slot: &Slot) -> Option<&str> {
        self.kept.iter().find(|(own, _)| own == slot).map(|(_, body)| body.as_str())
    }
}

/// Opens the list of people.
pub(super) fn choose(model: &mut Model) {
    let person = &model.person.snapshot.person;
    let mut rows = vec![Choice { id: None, text: "Myself".to_owned(), note: "my own reflection".to_owned() }];
    rows.extend(model.person.snapshot.clients.iter().map(|client| Choice {
        id: Some(client.id.clone()),
        text: client.told_apart(&model.person.snapshot.clients),
        note: if client.id == person.id { "open now".to_owned() } else { String::new() },
    }));
    // Somebody beside the coach may be reading along, so clients are named only in the coach's own records and while
    // private lines are shown.
    let open = model.person.show_private && !person.is_client();
    model.person.layers.push(Layer::Chooser(Chooser::new("Whose records?", rows, open)));
}

/// Opens the records of the marked person, or adds a client after asking.
pub(super) fn chosen(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Chooser(chooser)) = model.person.layers.pop() else { return Vec::new() };
    let row = chooser.shown.get(chooser.at).and_then(|at| chooser.rows.get(*at));
    let typed = chooser.typed.text().trim().to_owned();
    match row {
        Some(row) => turn_to(model, row.id.clone()),
        None if chooser.can_add() => {
            // A sentence meant for a note must not become a client.
            let (no, yes) = ("No, go back", format!("Yes, add {typed}"));
            let picker = Picker::ask("Add a new client of this name?", no, &yes, move |model: &mut Model| {
                let mut effects = leave(model);
                effects.push(Effect::People(PeopleJob::AddClient(typed.clone())));
                effects
            });
            model.person.layers.push(Layer::Picker(picker));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Opens the records of the client with this id; `None` opens the user's own.
pub(super) fn turn_to(model: &mut Model, id: Option<String>) -> Vec<Effect> {
    if id == model.client() {
        return Vec::new();
    }
    let mut effects = leave(model);
    effects.push(Effect::People(PeopleJob::TurnTo(id)));
    effects
}

/// Saves drafts and clears the person. Nothing can be written until the other person's records are open.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let effects = drafts::keep_all(model);
    forget_person(model);
    model.shell.records = Records::Turning;
    effects
}

/// Replaces the whole state of the person. The list of clients, the protection of the records and the searchable
/// library do not belong to one person and are kept.
pub(super) fn forget_person(model: &mut Model) {
    let library = model.shell.library.clone().unwrap_or_else(|| Arc::new(Library::default()));
    let nobody = Profile::new(&library, Person::default(), model.shell.today, Vec::new(), &[], &[]);
    let old = std::mem::replace(&mut model.person, PersonState::of_nobody(nobody));
    model.person.snapshot.clients = old.snapshot.clients;
    model.person.snapshot.safety = old.snapshot.safety;
    model.person.find.library = old.find.library;
    model.view = super::Viewport::default();
    super::find::search(model);
}

/// Shows the records of another person.
pub(super) fn turned(model: &mut Model, snapshot: Snapshot) {
    model.shell.records = Records::Open;
    // Notices about the previous records, from work that was still in progress.
    (model.person.notice, model.person.said) = (None, std::collections::VecDeque::new());
    super::update::refresh(model, snapshot);
    take_up(model);
    if model.person.snapshot.person.is_client() {
        model.go(Screen::Agreement);
        if model.person.snapshot.dossier.engagement().is_none_or(|terms| terms.agreed_on.is_none()) {
            model.say(Tone::Plain, concat!("Read this together first. If you both agree, press ", key!("agree"), "."));
        }
    }
}

/// Resumes an unfinished session, which then waits on its screen; other drafts are offered on the first screen.
pub(super) fn take_up(model: &mut Model) {
    let Some(library) = model.shell.library.clone() else { return };
    if model.person.sitting.is_none() {
        let body = model.person.snapshot.kept(&Slot::Session);
        model.person.sitting =
            body.and_then(|body| SessionDraft::resume(&library, body, model.shell.now)).map(|mut sitting| {
                // Somebody may be beside the user who starts the program again, so private notes are opened only on
                // request.
                (sitting.since, sitting.in_private) = (None, false);
                sitting
            });
    }
}

/// Asks for name and e-mail address of the client, and since when they are in the hours log.
pub(super) fn edit_card(model: &mut Model) {
    let person = &model.person.snapshot.person;
    let day = person.in_hours_log.map(typed_day).unwrap_or_default();
    let fields = vec![
        Field::new("name", "Name", &person.name, ""),
        Field::new("email", "Email address", &person.email, "only for your hours log"),
        Field::new("in-hours-log", "In the coach's hours log since", &day, "the date they agreed, if they have"),
    ];
    drafts::begin_form(model, Form::new("About the client", fields, FormFor::Card));
}

/// Reads that form.
pub(super) fn read_card(form: &Form, today: crate::domain::Day) -> Result<Effect, String> {
    let name = form.line("name");
    if name.is_empty() {
        return Err("Enter a name or initials.".to_owned());
    }
    let day = form.line("in-hours-log");
    let day = if day.is_empty() { None } else { Some(parse_day(&day, today)?) };
    Ok(Effect::Records(RecordsJob::SetCard(name, form.line("email"), day)))
}

impl Model {
    /// Returns the id of the client whose records are open; `None` for the user's own records.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        self.person.snapshot.person.is_client().then(|| self.person.snapshot.person.id.clone())
    }
}

//! The first screen: what needs attention, as rows that lead to it.

mod more;
mod stand;
mod view;

use super::compare::ComparisonState;
use super::effect::{Effect, VaultJob};
use super::handler::{Handled, act};
use super::model::Model;
use super::place::{Place, Screen};
use super::reflect::reflect_on;
use super::view::View;
use super::{about_me, drafts, locking, messages, people, plan, safety, session, tour};
use crate::command::{Command, Context};
use crate::domain::{ActionStatus, BehaviourIx, By, Due, Lock, Organisation, Rated, Slot, count, short_day};

/// Most actions that are listed.
const MOST_ACTIONS: usize = 4;
/// Days after which an important behaviour is suggested again.
const LOOK_BACK: i32 = 60;

pub(super) struct HomePlace;

impl Place for HomePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Home, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        (command == Command::Open).then(|| act(open))
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Home)
    }

    fn rows(&self, model: &Model) -> Option<usize> {
        Some(items(model).len())
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// Goes where the marked row leads.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(item) = items(model).into_iter().nth(model.person.at[Screen::Home].row) else { return Vec::new() };
    match item.to {
        Target::Find => {
            Screen::Find.place().entered(model);
            model.go(Screen::Find);
        }
        Target::Advice => model.go(Screen::Advice),
        Target::Rules => model.go(Screen::Rules),
        Target::AboutMe => about_me::ask(model),
        Target::Tour => tour::open(model),
        Target::Safety => safety::open(model),
        Target::Messages => messages::open(model),
        Target::Passphrase => locking::passphrase(model),
        Target::Restore => return vec![Effect::Vault(VaultJob::ListBackups)],
        Target::Session => session::open(model),
        Target::Dialogue(slot) => plan::resume(model, &slot),
        Target::Form(slot) => return drafts::resume_form(model, &slot),
        Target::Compare => model.go(Screen::Compare),
        Target::Agreement => model.go(Screen::Agreement),
        Target::People => people::choose(model),
        Target::Person(id) => return people::turn_to(model, Some(id)),
        Target::Reflect(ix) => return reflect_on(model, ix),
        Target::Action(id) => {
            model.person.at[Screen::Plan].row =
                model.plan_rows().iter().position(|action| action.id == id).unwrap_or(0);
            model.go(Screen::Plan);
        }
    }
    Vec::new()
}

/// Where a row leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Find,
    /// A reflection on this behaviour, with its draft if there is one.
    Reflect(BehaviourIx),
    Advice,
    /// The action with this id in the plan.
    Action(String),
    /// The questions about level and organisation.
    AboutMe,
    /// The list of packs and rules.
    Rules,
    Tour,
    /// The page of people to ring.
    Safety,
    /// The page of recent notices and problems with the settings.
    Messages,
    /// The session in progress, or the choice of a model to begin one with.
    Session,
    /// The plan dialogue whose draft is in this slot.
    Dialogue(Slot),
    /// The form whose draft is in this slot.
    Form(Slot),
    /// The comparison of two views.
    Compare,
    /// The agreement between coach and client.
    Agreement,
    /// The choice of a passphrase for the records.
    Passphrase,
    /// The list of backups.
    Restore,
    /// The list of people.
    People,
    /// The records of the client with this id.
    Person(String),
}

/// One row of the first screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub text: String,
    /// Secondary text, in a less prominent colour; may be empty.
    pub note: String,
    /// Whether it needs attention now.
    pub urgent: bool,
    /// Where it leads.
    pub to: Target,
}

fn item(text: impl Into<String>, note: impl Into<String>, to: Target) -> Item {
    Item { text: text.into(), note: note.into(), urgent: false, to }
}

/// Returns the rows, most urgent first; there is always at least one.
#[must_use]
pub fn items(model: &Model) -> Vec<Item> {
    let Some(library) = &model.shell.library else {
        return vec![item("Find a behaviour", "opening the library\u{2026}", Target::Find)];
    };
    let mut rows = Vec::new();
    let noticed = model.notices().into_iter();
    rows.extend(
        noticed.map(|notice| Item { urgent: true, ..item(notice.title.clone(), "people to ring", Target::Safety) }),
    );
    kept_safe(model, &mut rows);
    if let Some(sitting) = &model.person.sitting {
        let text = "Carry on with your session".to_owned();
        rows.push(Item {
            urgent: true,
            ..item(text, sitting.words(library, model.person.show_private), Target::Session)
        });
    }
    begun(model, library, &mut rows);
    with_client(model, &mut rows);
    actions(model, &mut rows);
    let waiting = model.person.snapshot.advised.shown.len();
    if waiting > 0 {
        let text = format!("See what Cairn suggests: {}", count(waiting, "activity", "activities"));
        rows.push(item(text, "with reasons", Target::Advice));
    }
    if let Some(ix) = model.next_of_focus() {
        let size = model.focus().map_or(0, |focus| focus.items.len());
        let note = format!("next of {} in your focus set", count(size, "behaviour", "behaviours"));
        rows.push(item(format!("Reflect on {}", library.behaviour(ix)), note, Target::Reflect(ix)));
    } else if let Some((ix, note)) =
        model.next_of_notes().filter(|(ix, _)| !rows.iter().any(|row| row.to == Target::Reflect(*ix)))
    {
        rows.push(item(format!("Reflect on {}", library.behaviour(ix)), note, Target::Reflect(ix)));
    }
    look_back(model, library, &mut rows);
    across_clients(model, &mut rows);
    if model.person.snapshot.person.is_client() {
        sitting(model, &mut rows);
    }
    let first = model.is_first_time() || model.person.snapshot.person.is_client() && model.is_unrated();
    let note = if first { "type what is on your mind, choose, reflect" } else { "type what is on your mind" };
    rows.push(item("Find a behaviour and reflect on it", note, Target::Find));
    if model.is_unrated() && !model.person.snapshot.person.is_client() {
        rows.push(item("Take the tour", "four cards, one minute", Target::Tour));
    }
    if !model.person.snapshot.person.is_client() {
        sitting(model, &mut rows);
    }
    if !model.shell.faults.is_empty() {
        let note = count(model.shell.faults.len(), "line", "lines");
        rows.push(Item { urgent: true, ..item("See what is wrong with your settings", note, Target::Messages) });
    }
    if !model.shell.banner.is_empty() && model.shell.shut.is_none() {
        let text = "See what is wrong with a pack or a rule";
        rows.push(Item { urgent: true, ..item(text, "everything else works", Target::Rules) });
    }
    if model.person.snapshot.safety.lock == Lock::Open && model.shell.watch.offer != super::Offer::Never {
        let note = "No passphrase yet. Anyone who can read your files can read them.";
        rows.push(item("Lock your records with a passphrase", note, Target::Passphrase));
    }
    let person = &model.person.snapshot.person;
    let unsaid = person.level.is_none() || person.organisation == Organisation::NotStated;
    let who = if person.is_client() { format!("{}'s", person.name) } else { "your".to_owned() };
    rows.push(item(
        if unsaid { format!("Tell Cairn about {who} role") } else { format!("Change {who} role") },
        if unsaid { "so that suggestions fit the job".to_owned() } else { about(model) },
        Target::AboutMe,
    ));
    if !person.is_client() {
        let (text, note) = if model.person.snapshot.clients.is_empty() {
            ("Add a client to coach", "their records are separate from yours")
        } else {
            ("Open a client's records", "or add a client")
        };
        rows.push(item(text, note, Target::People));
    }
    rows
}

/// Adds unfinished plan dialogues, forms and reflections; a reflection on a behaviour already listed is not repeated.
fn begun(model: &Model, library: &crate::domain::Library, rows: &mut Vec<Item>) {
    for (slot, body) in model.person.snapshot.kept.iter().filter(|(slot, _)| matches!(slot, Slot::Plan(_))) {
        let Some(dialogue) = super::Dialogue::resume(body) else { continue };
        let what = dialogue.what();
        let note = if what.is_empty() { "saved as a draft".to_owned() } else { format!("{what}, saved as a draft") };
        let text = match dialogue.purpose {
            super::DialogueFor::New => "Finish planning your action",
            super::DialogueFor::Adapt(_) => "Finish changing a suggested action",
            super::DialogueFor::Change(_) => "Finish changing your action",
        };
        rows.push(Item { urgent: true, ..item(text, note, Target::Dialogue(slot.clone())) });
    }
    for (slot, body) in model.person.snapshot.kept.iter().filter(|(slot, _)| matches!(slot, Slot::Form(_))) {
        let Some(form) = super::Form::resume(body).filter(|form| !super::drafts::is_hidden(model, &form.purpose))
        else {
            continue;
        };
        let about = super::drafts::about(model, &form.purpose);
        let note = if about.is_empty() { "saved as a draft".to_owned() } else { format!("{about}, saved as a draft") };
        let text = format!("Finish writing: {}", form.title);
        rows.push(Item { urgent: true, ..item(text, note, Target::Form(slot.clone())) });
    }
    // What is open was perhaps not saved as a draft before the records were read.
    let open = model.person.reflect.as_ref().filter(|reflect| !reflect.is_empty()).map(|reflect| reflect.behaviour);
    let drafts = model.person.snapshot.drafts.iter();
    let behaviours = drafts.filter_map(|draft| library.find_in(&draft.framework, &draft.behaviour));
    for ix in open.into_iter().chain(behaviours) {
        let text = format!("Finish your reflection on {}", library.behaviour(ix));
        let to = Target::Reflect(ix);
        if !rows.iter().any(|row| row.to == to) {
            rows.push(Item { urgent: true, ..item(text, "saved as a draft", to) });
        }
    }
}

/// Returns level and kind of organisation in words.
pub(super) fn about(model: &Model) -> String {
    let person = &model.person.snapshot.person;
    let level = person.level.as_deref().map(|id| {
        let found = model.shell.library.as_ref().and_then(|library| library.level(id));
        found.map_or(id, |(_, _, level)| level.title.as_str())
    });
    match (level, person.organisation) {
        (None, Organisation::NotStated) => "not stated".to_owned(),
        (Some(level), Organisation::NotStated) => level.to_owned(),
        (None, kind) => kind.title().to_owned(),
        (Some(level), kind) => format!("{level}, {}", kind.title()),
    }
}

/// Adds rows about records that cannot be opened or are read-only.
fn kept_safe(model: &Model, rows: &mut Vec<Item>) {
    if let Some(shut) = &model.shell.shut {
        let row = item("Restore a backup", shut.why.clone(), Target::Restore);
        rows.push(Item { urgent: true, ..row });
    }
    if !model.person.snapshot.safety.look.is_empty() {
        rows.push(Item { urgent: true, ..item(model.person.snapshot.safety.look.clone(), "", Target::Messages) });
    }
}

/// Adds rows about the work with a client.
fn with_client(model: &Model, rows: &mut Vec<Item>) {
    if !model.person.snapshot.person.is_client() {
        return;
    }
    let dossier = &model.person.snapshot.dossier;
    if dossier.engagement().is_none_or(|terms| terms.agreed_on.is_none()) {
        let row = item("Agree what this is for and who can see what", "read it together", Target::Agreement);
        rows.push(Item { urgent: true, ..row });
    }
    let past =
        dossier.engagements.iter().filter_map(|terms| terms.keep_until).filter(|day| *day < model.shell.today).min();
    if let Some(day) = past {
        let note = format!("you agreed to keep them until {}", short_day(day, model.shell.today));
        rows.push(Item { urgent: true, ..item("Check whether you still need these records", note, Target::Agreement) });
    }
    match model.comparison_stand() {
        ComparisonState::Turn(By::Myself) => {
            rows.push(item("Compare ratings: the client goes next", "the coach looks away", Target::Compare));
        }
        ComparisonState::Turn(_) => {
            rows.push(item("Compare ratings: the coach goes next", "the client looks away", Target::Compare));
        }
        ComparisonState::Sealed => {
            rows.push(item("Compare ratings: look at both together", "you have both finished", Target::Compare));
        }
        ComparisonState::Ready if model.person.snapshot.dossier.comparisons.is_empty() => {
            rows.push(item("Compare ratings for your focus set", "rate separately, then compare", Target::Compare));
        }
        ComparisonState::NoFocus | ComparisonState::Ready => {}
    }
}

/// Adds rows about what needs attention for each client, while no client's records are open. Because somebody may be
/// reading along, clients are named only while private lines are shown; otherwise one row gives their number.
fn across_clients(model: &Model, rows: &mut Vec<Item>) {
    let waiting = &model.person.snapshot.waiting;
    if !model.person.show_private && !waiting.is_empty() {
        let urgent = waiting.iter().any(|w| w.overdue > 0 || w.unfinished || w.keep_passed.is_some());
        let text = format!("Something is waiting for {}", count(waiting.len(), "client", "clients"));
        rows.push(Item { urgent, ..item(text, "names are hidden", Target::People) });
        return review(model, rows);
    }
    for waits in &model.person.snapshot.waiting {
        let mut notes = Vec::new();
        if waits.unfinished {
            notes.push("a session to finish".to_owned());
        }
        if waits.overdue > 0 {
            notes.push(format!("{} overdue", count(waits.overdue, "action", "actions")));
        }
        if waits.soon > 0 {
            notes.push(format!("{} due within a week", count(waits.soon, "action", "actions")));
        }
        if waits.keep_passed.is_some() {
            notes.push("records to review".to_owned());
        }
        let urgent = waits.overdue > 0 || waits.unfinished || waits.keep_passed.is_some();
        let row = item(waits.person.name.clone(), notes.join(", "), Target::Person(waits.person.id.clone()));
        rows.push(Item { urgent, ..row });
    }
    review(model, rows);
}

fn review(model: &Model, rows: &mut Vec<Item>) {
    let due = model.person.snapshot.due_for_review;
    if due > 0 {
        // Names are only in the list printed by `cairn retention`, which the coach reads alone.
        let text = format!("{} due for review", count(due, "client's records are", "clients' records are"));
        rows.push(item(text, "cairn retention", Target::People));
    }
}

/// Adds the row that begins a session, unless one is in progress.
fn sitting(model: &Model, rows: &mut Vec<Item>) {
    if model.person.sitting.is_some() {
        return;
    }
    rows.push(if model.person.snapshot.person.is_client() {
        item("Start a session", "an hour with a model, notes and agreed actions", Target::Session)
    } else {
        item("Write about something that happened", "ten minutes, with three questions or more", Target::Session)
    });
}

fn actions(model: &Model, rows: &mut Vec<Item>) {
    let open = model.plan_rows().into_iter().filter(|action| action.status == ActionStatus::Open);
    let (mut listed, mut more) = (0, 0);
    for action in open {
        let due = action.due_on(model.shell.today);
        if listed == MOST_ACTIONS {
            more += 1;
            continue;
        }
        listed += 1;
        let urgent = due.is_now();
        let lead = if matches!(due, Due::LookBack(..1)) { "Look back at" } else { "Do" };
        let to = Target::Action(action.id.clone());
        rows.push(Item { urgent, ..item(format!("{lead}: {}", action.title), due.words(), to) });
    }
    if let (true, Some(first)) = (more > 0, model.plan_rows().get(MOST_ACTIONS)) {
        let to = Target::Action(first.id.clone());
        rows.push(item(format!("{} in the plan", count(more, "more action", "more actions")), "", to));
    }
}

/// Adds the behaviour most worth another look: rated as important, and answered longest ago.
fn look_back(model: &Model, library: &crate::domain::Library, rows: &mut Vec<Item>) {
    let place = |ix: BehaviourIx| library.offering.front.place(&library.behaviour(ix).framework);
    let oldest = model
        .person
        .snapshot
        .profile
        .answered()
        .filter(|(_, standing)| standing.importance.unwrap_or(0) >= 2 && standing.rated != Rated::Unanswered)
        .filter_map(|(ix, standing)| Some((standing.answers.last()?.on, ix)))
        .filter(|(on, _)| (model.shell.today - *on).get_days() >= LOOK_BACK)
        .min_by_key(|(on, ix)| (place(*ix), *on, *ix));
    if let Some((on, ix)) = oldest {
        let text = format!("Look back at {}", library.behaviour(ix));
        rows.push(item(text, format!("last on {}", short_day(on, model.shell.today)), Target::Reflect(ix)));
    }
}

//! The session screen: beginning a session, going through its parts in any order, looking up a behaviour, and closing
//! it.

mod view;

use super::amend::{self, Begun};
use super::edit::EditBuffer;
use super::effect::{DraftJob, Effect, Query, RecordsJob};
use super::everywhere::OPENING;
use super::handler::{Handled, act, when};
use super::held_back;
use super::layer::Layer;
use super::model::{Model, Tone};
use super::parts::{PartKind, models};
use super::picker::Picker;
use super::place::{List, Place, Screen};
use super::plan::PlanPlace;
use super::session_draft::SessionDraft;
use super::view::View;
use crate::command::{Command, Context, key};
use crate::domain::{ConversationModel, SessionKind};

pub(super) struct SessionPlace;

impl Place for SessionPlace {
    fn contexts(&self, model: &Model) -> Vec<Context> {
        let own: &[Context] = match part(model) {
            None => &[Context::Begin, Context::List, Context::Go],
            Some(PartKind::Write) => &[Context::Write, Context::Text, Context::Session],
            Some(PartKind::Agenda | PartKind::Agreed) => &[Context::Plan, Context::Session, Context::List, Context::Go],
            Some(PartKind::Page) => &[Context::Page, Context::Session, Context::List, Context::Go],
        };
        own.iter().copied().chain([Context::Global]).collect()
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let Some(sitting) = &model.person.sitting else {
            let any = !model.session_models().is_empty();
            return (command == Command::BeginSession)
                .then(|| when(any, "No pack has a model for this kind of session.", begin));
        };
        Some(match command {
            Command::NextPart => {
                let more = sitting.at + 1 < sitting.parts.len();
                when(more, "This is the last part.", |model: &mut Model| step(model, 1))
            }
            Command::PreviousPart => {
                when(sitting.at > 0, "This is the first part.", |model: &mut Model| step(model, -1))
            }
            Command::GoToPart => act(parts),
            Command::OtherNote if model.session_kind() == SessionKind::Alone => {
                Err("When you write on your own, there is only one note.")
            }
            Command::OtherNote if !model.person.show_private => {
                Err(concat!("Private notes are hidden. To show them, press ", key!("private-lines"), "."))
            }
            Command::OtherNote => when(sitting.buffer().is_some(), "There is no note in this part.", other_note),
            Command::ToPage => when(part(model) != Some(PartKind::Page), "You are already on the summary.", to_page),
            Command::EndSession => {
                let empty = concat!(
                    "You have not written anything yet. To delete an empty session, press ",
                    key!("go-to-part"),
                    "."
                );
                when(!sitting.is_empty() || !model.agreed().is_empty(), empty, end)
            }
            Command::Discard => act(|model: &mut Model| amend::discard(model, Begun::Session)),
            other if shows_plan(model) => return PlanPlace.handle(model, other),
            _ => return None,
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        match part(model) {
            None => Some(List { marked: model.person.at[Screen::Session].row, rows: model.session_models().len() }),
            Some(PartKind::Agenda | PartKind::Agreed) => PlanPlace.list(model),
            Some(PartKind::Page | PartKind::Write) => None,
        }
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if shows_plan(model) {
            PlanPlace.mark(model, row);
        } else {
            model.person.at[Screen::Session].row = row;
        }
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        if shows_plan(model) {
            return PlanPlace.scroll(model);
        }
        Some(match &mut model.person.sitting {
            Some(sitting) if sitting.buffer().is_some() => &mut sitting.scroll,
            _ => &mut model.person.at[Screen::Session].scroll,
        })
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        model.person.sitting.as_ref()?.buffer()
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        let Some(sitting) = &mut model.person.sitting else { return };
        let Some(buffer) = sitting.buffer_mut() else { return };
        change(buffer);
        sitting.keeping.change();
    }

    fn reachable(&self, model: &Model) -> Result<(), &'static str> {
        if model.shell.library.is_some() { Ok(()) } else { Err(OPENING) }
    }

    fn entered(&self, model: &mut Model) {
        wind_up(model);
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// Returns the kind of the part in front; `None` if no session is in progress.
fn part(model: &Model) -> Option<PartKind> {
    model.person.sitting.as_ref().and_then(SessionDraft::part).map(|part| part.kind)
}

/// Returns whether the part in front shows the plan.
fn shows_plan(model: &Model) -> bool {
    matches!(part(model), Some(PartKind::Agenda | PartKind::Agreed))
}

impl Model {
    /// Returns the kind of session that can be begun with the open records.
    #[must_use]
    pub fn session_kind(&self) -> SessionKind {
        if self.person.snapshot.person.is_client() { SessionKind::OneToOne } else { SessionKind::Alone }
    }

    /// Returns the models that a session can be begun with.
    #[must_use]
    pub fn session_models(&self) -> Vec<&ConversationModel> {
        let Some(library) = &self.shell.library else { return Vec::new() };
        let mut found: Vec<&ConversationModel> = models(library, self.session_kind()).collect();
        // For reflecting alone, the shortest model comes first.
        if self.session_kind() == SessionKind::Alone {
            found.sort_by_key(|model| model.minutes);
        }
        found
    }

    /// Returns whether the search screen was opened from a session in progress.
    #[must_use]
    pub fn is_look_up(&self) -> bool {
        self.person.trail.last() == Some(&Screen::Session) && self.person.sitting.is_some()
    }

    /// Returns the ids of the actions that were added since the session in progress was begun.
    #[must_use]
    pub fn agreed(&self) -> Vec<String> {
        let Some(sitting) = &self.person.sitting else { return Vec::new() };
        let new = |id: &&String| !sitting.known.contains(id);
        self.person.snapshot.actions.iter().map(|action| &action.id).filter(new).cloned().collect()
    }
}

/// Shows the session in progress, or the choice of a model to begin one with.
pub(super) fn open(model: &mut Model) {
    wind_up(model);
    model.go(Screen::Session);
}

/// Starts the clock of the session, if it is not running.
fn wind_up(model: &mut Model) {
    let now = model.shell.now;
    if let Some(sitting) = model.person.sitting.as_mut().filter(|sitting| sitting.since.is_none()) {
        sitting.since = Some(now);
    }
}

/// Begins a session with the marked model.
fn begin(model: &mut Model) {
    let known = model.person.snapshot.actions.iter().map(|action| action.id.clone()).collect();
    let (kind, today, now) = (model.session_kind(), model.shell.today, model.shell.now);
    let chosen = model.session_models().get(model.person.at[Screen::Session].row).map(|chosen| (*chosen).clone());
    held_back::end(model);
    model.person.sitting = Some(SessionDraft::begin(kind, chosen.as_ref(), today, now, known));
    model.person.at[Screen::Plan].row = 0;
}

/// Moves by this many parts.
fn step(model: &mut Model, by: isize) {
    let Some(sitting) = &mut model.person.sitting else { return };
    sitting.step(by);
    (model.person.at[Screen::Plan].row, model.person.at[Screen::Session].scroll) = (0, 0);
}

/// Goes to the page that is read together.
fn to_page(model: &mut Model) {
    let Some(sitting) = &mut model.person.sitting else { return };
    sitting.go(sitting.parts.len());
    held_back::end(model);
    model.person.at[Screen::Session].scroll = 0;
}

/// Switches between the shared note and the private one.
fn other_note(model: &mut Model) {
    if let Some(sitting) = &mut model.person.sitting {
        sitting.in_private = !sitting.in_private;
        sitting.keeping.change();
    }
}

/// Hides or shows everything private. If the caret is in a private note, it moves to the shared one.
pub(super) fn hide_private(model: &mut Model) -> Vec<Effect> {
    model.person.show_private = !model.person.show_private;
    let was_private = model.person.sitting.as_ref().is_some_and(|sitting| sitting.in_private);
    if let Some(sitting) = model.person.sitting.as_mut().filter(|_| was_private) {
        if let Some(buffer) = sitting.buffer_mut() {
            // A selection that is not seen must not be written over.
            buffer.place_caret(buffer.caret());
        }
        sitting.in_private = false;
        sitting.keeping.change();
        held_back::begin(model, Screen::Session, 0);
    }
    let writes = model.person.sitting.as_ref().is_some_and(|sitting| sitting.buffer().is_some());
    let is_client = model.person.snapshot.person.is_client();
    // The private note appears beside the one that is being written, which both read.
    if model.person.show_private && writes && is_client && model.person.screen == Screen::Session {
        held_back::begin(model, Screen::Session, 0);
    }
    let words = match (model.person.show_private, writes && is_client && model.person.screen == Screen::Session) {
        (true, true) => {
            concat!("You are still in the SHARED note. To go to the private note, press ", key!("other-note"), ".")
        }
        (true, false) => concat!("Private notes are on screen. To hide them, press ", key!("private-lines"), "."),
        (false, _) => "All private notes are hidden.",
    };
    model.say(Tone::Plain, words);
    match (model.person.show_private, model.person.snapshot.person.is_client()) {
        (true, true) => vec![Effect::Look(Query::DoubtPrivate)],
        (true, false) => Vec::new(),
        (false, _) => super::drafts::hide(model),
    }
}

/// Opens the list of parts.
fn parts(model: &mut Model) {
    let Some(sitting) = &model.person.sitting else { return };
    let mark = |written: bool| if written { "\u{2713} " } else { "  " };
    let mut rows: Vec<String> = sitting
        .parts
        .iter()
        .map(|part| format!("{}{}", mark(part.is_seen(model.person.show_private)), part.title))
        .collect();
    rows.push("  Change to another model\u{2026}".to_owned());
    if sitting.is_empty() {
        rows.push("  Delete this session. You have not written anything.".to_owned());
    }
    let picker = Picker { shows_words: true, ..Picker::new("Go to", rows, sitting.at, part_picked) };
    model.person.layers.push(Layer::Picker(picker));
}

/// Goes to the chosen part.
fn part_picked(model: &mut Model, row: usize) -> Vec<Effect> {
    let Some(sitting) = &mut model.person.sitting else { return Vec::new() };
    match row.checked_sub(sitting.parts.len()) {
        None => {
            sitting.go(row);
            held_back::end(model);
            (model.person.at[Screen::Plan].row, model.person.at[Screen::Session].scroll) = (0, 0);
        }
        Some(0) => {
            let mut rows = vec!["A free talk, without stages".to_owned()];
            rows.extend(model.session_models().iter().map(|model| model.title.clone()));
            model.person.layers.push(Layer::Picker(Picker::new("Change to", rows, 0, model_picked)));
        }
        Some(_) => {
            model.person.sitting = None;
            return vec![Effect::Draft(DraftJob::DropText(crate::domain::Slot::Session))];
        }
    }
    Vec::new()
}

/// Continues with the chosen model; text already written is kept.
fn model_picked(model: &mut Model, row: usize) {
    let chosen = row.checked_sub(1).and_then(|at| model.session_models().get(at).map(|chosen| (*chosen).clone()));
    if let Some(sitting) = &mut model.person.sitting {
        sitting.change_model(chosen.as_ref());
    }
}

/// Inserts the behaviour that was looked up into the note, and returns to the note.
pub(super) fn note_behaviour(model: &mut Model) {
    let (Some(library), Some(ix)) = (model.shell.library.clone(), model.person.find.marked()) else { return };
    let behaviour = library.behaviour(ix);
    if held_back::is_in_session(model) {
        // It may have been looked up for the private note that has been hidden since.
        model.say(
            Tone::Plain,
            "Cairn did not add that, because your private note is hidden. Press an arrow key in the shared note, then \
             look it up again.",
        );
    } else if let Some(sitting) = &mut model.person.sitting {
        let code = behaviour.full_code();
        // What is looked up for a private note is not listed on the page that both read.
        if !sitting.in_private && !sitting.behaviours.contains(&code) {
            sitting.behaviours.push(code);
        }
        if let Some(buffer) = sitting.buffer_mut() {
            let before = buffer.text().get(..buffer.caret()).unwrap_or("");
            let gap = if before.is_empty() || before.ends_with(char::is_whitespace) { "" } else { " " };
            buffer.paste(&format!("{gap}{behaviour} "));
        }
        sitting.keeping.change();
    }
    model.person.screen = model.person.trail.pop().unwrap_or(Screen::Session);
}

/// Closes the session.
fn end(model: &mut Model) -> Vec<Effect> {
    let agreed = model.agreed();
    let now = model.shell.now;
    let Some(sitting) = model.person.sitting.take() else { return Vec::new() };
    let paid = model.person.snapshot.dossier.engagement().is_some_and(|terms| terms.paid);
    let session = crate::domain::Session { paid, ..sitting.session(now, agreed) };
    let doubted = sitting.doubted.clone();
    // It is held apart from `sitting`, so that no draft is saved afterwards, which would make an ended session look
    // unfinished.
    model.person.ending = Some(sitting);
    vec![Effect::Records(RecordsJob::EndSession(Box::new(session), doubted, model.person.show_private))]
}

/// Reopens a session whose notes have to be checked first. The same warning is not given twice.
pub(super) fn doubted(model: &mut Model, doubt: String) {
    let Some(mut sitting) = model.person.ending.take() else { return };
    let what = doubt.trim_end_matches('.');
    model.say(Tone::Plain, format!("Your session is still open: {what}. Change it, or finish again."));
    sitting.doubted = doubt;
    sitting.keeping.change();
    model.person.sitting = Some(sitting);
}

/// Handles the reply that the session was saved.
pub(super) fn ended(model: &mut Model) {
    model.person.ending = None;
    model.person.trail.retain(|screen| *screen != Screen::Session);
    model.person.screen = Screen::Home;
    model.person.at[Screen::Home].row = 0;
    let words = if model.person.snapshot.person.is_client() {
        concat!("Your session is saved. To create a report, press ", key!("hand-over"), ".")
    } else {
        "Saved. You can find it in your Journal."
    };
    model.say(Tone::Good, words);
}

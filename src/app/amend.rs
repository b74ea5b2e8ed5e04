//! Corrections of journal entries, notes added to sessions that have ended, the day of a reflection, and discarding of
//! unfinished texts, which asks for confirmation.

use super::drafts;
use super::effect::{DraftJob, Effect, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::Picker;
use super::place::Screen;
use crate::domain::{
    Answer, Correction, Entry, EntryKind, NonAnswer, NoteFor, Piece, Rated, Slot, Written, long_day, parse_past_day,
    typed_day,
};

/// An unfinished text that can be discarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// The open reflection.
    Reflection,
    /// The session in progress.
    Session,
    /// The action in the plan dialogue.
    Plan,
    /// The form in front.
    Form,
}

/// Returns the handler that corrects the marked entry, or the reason why it cannot be corrected.
pub(super) fn correct_handler(model: &Model) -> Handled {
    match model.marked_entry() {
        None => Err("Select an entry first."),
        Some(entry) if entry.aside.starts_with("corrected on") => Err("This entry has already been corrected."),
        Some(entry) if entry.kind == EntryKind::Action => Err("To change an action, go to Plan."),
        Some(Entry { place: Written::Session(id), .. }) if is_theirs(model, id) => {
            Err("The client wrote this on their own. Only they can change it.")
        }
        Some(entry) if entry.kind == EntryKind::Reason => Err("You can withdraw a reason, but you cannot change it."),
        Some(_) => act(correct),
    }
}

/// Returns the handler that adds a note to the session in front, or the reason why no note can be added.
pub(super) fn add_note_handler(model: &Model) -> Handled {
    match session_of(model) {
        None => Err("Select a session note first."),
        Some(id) if is_theirs(model, &id) => Err("The client wrote this on their own. You can only add a note to a \
            session."),
        Some(_) => act(add_note),
    }
}

/// Asks for the day on which the subject of the reflection happened.
pub(super) fn ask_day(model: &mut Model) {
    let on = model.person.reflect.as_ref().and_then(|reflect| reflect.on).unwrap_or(model.shell.today);
    let fields = vec![Field::new("day", "Date", &typed_day(on), "A date like yesterday, Friday or 22 Nov")];
    let form = Form::new("When did this happen?", fields, FormFor::HappenedOn);
    model.person.layers.push(Layer::Form(form));
}

/// Returns whether a session was written by the client alone and then shared.
fn is_theirs(model: &Model, id: &str) -> bool {
    let dossier = &model.person.snapshot.dossier;
    dossier.sessions.iter().any(|session| session.id == id) && !dossier.held().any(|session| session.id == id)
}

fn session_of(model: &Model) -> Option<String> {
    if model.person.screen == Screen::Past {
        return model.past_session().map(|session| session.id.clone());
    }
    match &model.marked_entry()?.place {
        Written::Session(id) => Some(id.clone()),
        _ => None,
    }
}

fn answer_of<'a>(model: &'a Model, id: &str) -> Option<&'a Answer> {
    model.person.snapshot.dossier.answers.iter().find(|answer| answer.id == id)
}

/// Creates a field of several lines, which keeps the line breaks of `text`.
fn long(id: &str, label: &str, text: &str, note: &str) -> Field {
    let mut field = Field::new(id, label, "", note);
    field.buffer = super::edit::EditBuffer::new(text);
    field
}

fn correct(model: &mut Model) {
    let Some(entry) = model.marked_entry().cloned() else { return };
    let form = match (entry.kind, answer_of(model, &entry.id)) {
        (EntryKind::Answer, Some(answer)) => {
            let mut fields = Vec::new();
            if let Some(points) = points(model, answer) {
                fields.push(Field::new("rating", "Rating", &rated_text(answer.rated), &points));
            }
            for written in &answer.reflections {
                let library = model.shell.library.as_deref();
                let asked = library.map_or(written.prompt.as_str(), |library| library.question(&written.prompt));
                fields.push(long(&written.prompt, asked, &written.text, ""));
            }
            fields.push(long("example", "A recent example", &answer.evidence, ""));
            fields.push(Field::new(
                "day",
                "This happened on",
                &typed_day(answer.on),
                "A date like yesterday, Friday or 22 Nov",
            ));
            Form::new("Correct this answer", fields, FormFor::Correct(Piece::Answer(entry.id).key()))
        }
        (EntryKind::Note, _) => {
            let text = entry.texts.first().map(|text| text.text.clone()).unwrap_or_default();
            let fields = vec![long("text", "Note", &text, "")];
            Form::new("Correct this note", fields, FormFor::Correct(Piece::Note(entry.id).key()))
        }
        _ => {
            model.say(Tone::Bad, "This entry cannot be corrected here.");
            return;
        }
    };
    drafts::begin_form(model, form);
}

/// Returns the points of the scale on which an answer was given; `None` if the packs have another edition of its
/// framework or none.
fn points(model: &Model, answer: &Answer) -> Option<String> {
    let framework = model.shell.library.as_deref()?.framework(&answer.framework)?;
    let points = framework.scale.points.iter();
    let words: Vec<String> = points.map(|point| format!("{} {}", point.value, point.label)).collect();
    (framework.edition == answer.edition).then(|| words.join(", "))
}

/// Returns whether the scale on which an answer was given has this point.
fn is_point(model: &Model, answer: &Answer, value: i64) -> bool {
    let framework = model.shell.library.as_deref().and_then(|library| library.framework(&answer.framework));
    framework.is_some_and(|framework| framework.edition == answer.edition && framework.scale.has(value))
}

fn rated_text(rated: Rated) -> String {
    match rated {
        Rated::Unanswered => String::new(),
        Rated::Value(value) => value.to_string(),
        Rated::Not(kind) => kind.id().to_owned(),
    }
}

/// Reads the form of a correction.
///
/// # Errors
/// Returns a sentence that says what is wrong with the input, or that nothing was changed.
pub(super) fn read(model: &Model, key: &str, form: &Form) -> Result<Effect, String> {
    let piece = Piece::parse(key).ok_or("This entry no longer exists.")?;
    let mut correction = Correction::default();
    match &piece {
        Piece::Answer(id) => {
            let answer = answer_of(model, id).ok_or("This answer no longer exists.")?;
            if form.fields.iter().any(|field| field.id == "rating") {
                let said = form.line("rating");
                if said != rated_text(answer.rated) {
                    let word = NonAnswer::parse(&said).map(Rated::Not);
                    let none = said.is_empty().then_some(Rated::Unanswered);
                    let point = said.parse().ok().filter(|value| is_point(model, answer, *value)).map(Rated::Value);
                    let rated = word.or(none).or(point);
                    correction.rated =
                        Some(rated.ok_or("Enter a number from the scale, or one of the other answers.")?);
                }
            }
            // Earlier editions identified the field of a reflection by its position after the rating.
            let before = usize::from(points(model, answer).is_some());
            for (place, written) in answer.reflections.iter().enumerate() {
                let ids = [written.prompt.clone(), (before + place).to_string()];
                let field = form.fields.iter().find(|field| ids.contains(&field.id));
                let said = field.map_or("", |field| field.buffer.text()).trim_end().to_owned();
                if field.is_some() && said != written.text {
                    correction.reflections.push((place + 1, said));
                }
            }
            let example = form.text("example").trim_end().to_owned();
            correction.example = (example != answer.evidence).then_some(example);
            let on = parse_past_day(&form.line("day"), model.shell.today)?;
            if on > model.shell.today {
                return Err(format!("{} is in the future.", long_day(on)));
            }
            correction.on = (on != answer.on).then_some(on);
            let rated = correction.rated.unwrap_or(answer.rated);
            let written = form.fields.iter().filter(|field| !["rating", "day"].contains(&field.id.as_str()));
            let mut words = written.map(|field| field.buffer.text());
            if rated == Rated::Unanswered && answer.importance.is_none() && words.all(|text| text.trim().is_empty()) {
                return Err("This would leave the answer empty. Withdraw it instead.".to_owned());
            }
        }
        _ => correction.text = Some(form.only_text().trim_end().to_owned()),
    }
    if correction == Correction::default() {
        return Err("You have not changed anything. To leave, press esc.".to_owned());
    }
    Ok(Effect::Records(RecordsJob::Correct(piece, Box::new(correction))))
}

fn add_note(model: &mut Model) {
    let Some(session) = session_of(model) else { return };
    let private = model.person.snapshot.person.is_client() && model.person.show_private;
    let (label, seen) = if private {
        ("Only the coach can read it", NoteFor::Coach)
    } else {
        ("Both of you can read it", NoteFor::Shared)
    };
    let fields = vec![long("text", label, "", "")];
    let purpose = FormFor::AddNote(session, seen.id().to_owned());
    drafts::begin_form(model, Form::new("Add a note to this session", fields, purpose));
}

/// Returns the handler that opens the form of a quick note, or goes back to the one that was begun.
pub(super) fn quick_note_handler(model: &Model) -> Handled {
    let why = "A note about a client belongs to a session.";
    when(!model.person.snapshot.person.is_client(), why, |model: &mut Model| {
        let fields = vec![
            long("text", "Note", "", "Use roles, not names. A code like FL-5 links it to a behaviour"),
            Field::new(
                "day",
                "This happened on",
                &typed_day(model.shell.today),
                "A date like yesterday, Friday or 22 Nov",
            ),
        ];
        drafts::begin_form(model, Form::new("Note", fields, FormFor::QuickNote));
    })
}

/// Reads the form of a quick note.
///
/// # Errors
/// Returns an error if nothing is written, or the day is not one in the past.
pub(super) fn read_quick(model: &Model, form: &Form) -> Result<Effect, String> {
    let text = form.text("text").trim_end();
    if text.trim().is_empty() {
        return Err("Nothing is written yet.".to_owned());
    }
    let on = parse_past_day(&form.line("day"), model.shell.today)?;
    if on > model.shell.today {
        return Err(format!("{} is in the future.", long_day(on)));
    }
    Ok(Effect::Records(RecordsJob::QuickNote(text.to_owned(), on)))
}

/// Reads the form of a note to be added.
///
/// # Errors
/// Returns an error if nothing is written.
pub(super) fn read_note(session: &str, seen: &str, form: &Form) -> Result<Effect, String> {
    let text = form.only_text().trim_end();
    if text.trim().is_empty() {
        return Err("You have not written anything yet.".to_owned());
    }
    let seen = NoteFor::parse(seen).unwrap_or(NoteFor::Coach);
    Ok(Effect::Records(RecordsJob::AddNote(session.to_owned(), text.to_owned(), seen)))
}

/// Sets the day on which the subject of the reflection happened.
///
/// # Errors
/// Returns an error if the text is not a day or the day is in the future.
pub(super) fn happened_on(model: &mut Model, text: &str) -> Result<Vec<Effect>, String> {
    let day = parse_past_day(text, model.shell.today)?;
    if day > model.shell.today {
        return Err(format!("{} is in the future.", long_day(day)));
    }
    let Some(reflect) = &mut model.person.reflect else { return Ok(Vec::new()) };
    reflect.on = Some(day);
    reflect.keeping.change();
    Ok(Vec::new())
}

/// Asks whether to discard an unfinished text.
pub(super) fn discard(model: &mut Model, begun: Begun) {
    let what = match begun {
        Begun::Reflection => "Discard this reflection?",
        Begun::Session => "Discard this session?",
        Begun::Plan => "Discard this action?",
        Begun::Form => "Discard what you wrote here?",
    };
    let (no, yes) = ("No, keep it", "Yes, discard everything you wrote here");
    let picker = Picker::ask(what, no, yes, move |model: &mut Model| discarded(model, begun));
    model.person.layers.push(Layer::Picker(picker));
}

/// Discards an unfinished text and its draft.
fn discarded(model: &mut Model, begun: Begun) -> Vec<Effect> {
    let effects = match begun {
        Begun::Reflection => {
            let (Some(reflect), Some(library)) = (model.person.reflect.take(), model.shell.library.clone()) else {
                return Vec::new();
            };
            let behaviour = library.behaviour(reflect.behaviour);
            let of = (behaviour.framework.clone(), behaviour.code.clone());
            model.person.snapshot.drafts.retain(|draft| (&draft.framework, &draft.behaviour) != (&of.0, &of.1));
            vec![Effect::Draft(DraftJob::DropAnswer(of.0, of.1))]
        }
        Begun::Session => {
            model.person.sitting = None;
            drafts::forget(model, &Slot::Session);
            vec![Effect::Draft(DraftJob::DropText(Slot::Session))]
        }
        Begun::Plan => {
            let Some(Layer::Dialogue(dialogue)) = model.person.layers.pop() else { return Vec::new() };
            let slot = dialogue.slot();
            drafts::forget(model, &slot);
            vec![Effect::Draft(DraftJob::DropText(slot))]
        }
        Begun::Form => {
            let Some(Layer::Form(form)) = model.person.layers.pop() else { return Vec::new() };
            let Some(slot) = form.slot() else { return Vec::new() };
            drafts::forget(model, &slot);
            vec![Effect::Draft(DraftJob::DropText(slot))]
        }
    };
    if matches!(begun, Begun::Plan | Begun::Form) {
        model.say(Tone::Good, "Discarded.");
        return effects;
    }
    model.person.trail.retain(|screen| !matches!(screen, Screen::Reflect | Screen::Session));
    model.person.screen = Screen::Home;
    model.say(Tone::Good, "Discarded.");
    effects
}

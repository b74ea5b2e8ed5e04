//! A small form: fields to fill in, and what happens with them. A draft is saved after every key, except for forms not
//! worth a draft.

use super::effect::{DraftJob, Effect};
use serde::{Deserialize, Serialize};

use super::advice::declined;
use super::amend::Begun;
use super::edit::EditBuffer;
use super::handler::{Handled, act, when};
use super::keeping::{Keeping, drafted};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::plan::with_status;
use super::view::{Body, FieldView, FormView, TitleView, View};
use super::{agreement, amend, compare, drafts, handover, people};
use crate::command::{Command, Context};
use crate::domain::{Slot, clean};

pub(super) struct FormPlace;

impl Place for FormPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Form, Context::Text, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let Some(Layer::Form(form)) = model.person.layers.last() else { return None };
        let several = form.fields.len() > 1;
        Some(match command {
            Command::Submit => act(submit),
            Command::NextField => when(several, ONE_LINE, |model: &mut Model| move_field(model, 1)),
            Command::PreviousField => when(several, ONE_LINE, |model: &mut Model| move_field(model, -1)),
            Command::Discard => {
                let kept = form.slot().is_some();
                when(kept, "You have not started anything to discard.", |model: &mut Model| {
                    amend::discard(model, Begun::Form);
                })
            }
            _ => return None,
        })
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        let Some(Layer::Form(form)) = model.person.layers.last() else { return None };
        form.fields.get(form.at).map(|field| &field.buffer)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        let Some(Layer::Form(form)) = model.person.layers.last_mut() else { return };
        form.problem.clear();
        if let Some(field) = form.fields.get_mut(form.at) {
            change(&mut field.buffer);
        }
        if form.purpose == FormFor::Example {
            // The example belongs to the view being given, and is saved with it.
            let text = form.only_line();
            compare::exampled(model, &text);
        } else {
            form.keeping.change();
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Form(form)) = model.person.layers.last() else { return None };
        let fields = form.fields.iter().enumerate().map(|(at, field)| FieldView {
            label: field.label.clone(),
            told: "",
            note: field.note.clone(),
            private: false,
            here: at == form.at,
            text: &field.buffer,
        });
        let body = Body::Form(FormView { fields: fields.collect(), problem: form.problem.clone() });
        // From the second field on, plain mode has already printed the title.
        let is_told = form.at > 0 && form.problem.is_empty();
        Some(View {
            place: format!("form {} {} {}", form.title, form.at, form.problem),
            title: Some(TitleView::new(&form.title, "")),
            ..View::new(if is_told { String::new() } else { form.title.clone() }, body)
        })
    }
}

/// Reason why another field cannot be reached.
pub(super) const ONE_LINE: &str = "There is only one line here.";

fn move_field(model: &mut Model, by: isize) {
    if let Some(Layer::Form(form)) = model.person.layers.last_mut() {
        let last = isize::try_from(form.fields.len()).unwrap_or(1);
        let at = isize::try_from(form.at).unwrap_or(0) + by;
        form.at = usize::try_from(at.rem_euclid(last.max(1))).unwrap_or(0);
    }
}

/// The purpose of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormFor {
    /// Declines the activity with this id for a reason in the user's own words.
    DeclineBecause(String),
    /// Records what was learned from the action with this id, which is done.
    Done(String),
    /// Name and e-mail address of the client, and the day since which they are in the hours log.
    Card,
    /// The terms of the agreement.
    Terms,
    /// An example for the behaviour that is being rated in a comparison.
    Example,
    /// The path of a report: ids of the party and of the format.
    ReportPath(String, String),
    /// Corrects the journal entry with this key.
    Correct(String),
    /// The day on which the subject of a reflection happened.
    HappenedOn,
    /// A quick note of the user's own.
    QuickNote,
    /// A note for a session: id of the session, and id of who may read it.
    AddNote(String, String),
}

impl FormFor {
    /// Returns the slot of the draft; `None` for a day or a path, which are not worth a draft, and for an example,
    /// which is saved with the view.
    #[must_use]
    pub(super) fn slot(&self) -> Option<Slot> {
        let own = match self {
            Self::DeclineBecause(activity) => format!("decline/{activity}"),
            Self::Done(action) => format!("done/{action}"),
            Self::Card => "card".to_owned(),
            Self::Terms => "terms".to_owned(),
            Self::Correct(piece) => format!("correct/{piece}"),
            Self::QuickNote => "quick-note".to_owned(),
            Self::AddNote(session, seen) => format!("note/{session}/{seen}"),
            Self::Example | Self::ReportPath(..) | Self::HappenedOn => return None,
        };
        Some(Slot::Form(own))
    }
}

/// Ids of fields by their labels, for drafts of earlier editions, which contain no ids.
const ID_BY_LABEL: [(&str, &str); 12] = [
    ("Name", "name"),
    ("E-mail address", "email"),
    ("In the coach's hours log since", "in-hours-log"),
    ("What for", "purpose"),
    ("What the client wants from it", "goal"),
    ("Who pays or asked for it", "sponsor"),
    ("Limits of confidence", "limits"),
    ("Records are kept until", "keep-until"),
    ("Paid work", "paid"),
    ("Rating", "rating"),
    ("A recent example", "example"),
    ("This happened on", "day"),
];

/// Returns the id of a field saved without one. A label that is not listed is a question or belongs to the only field;
/// its position is the id then.
fn id_by_label(label: &str, at: usize) -> String {
    let known = ID_BY_LABEL.iter().find(|(own, _)| *own == label).map(|(_, id)| *id);
    known.map_or_else(|| at.to_string(), str::to_owned)
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Identifies the field within its form and in drafts; never shown.
    pub id: String,
    pub label: String,
    pub buffer: EditBuffer,
    /// How to fill it in; may be empty.
    pub note: String,
}

impl Field {
    /// Creates a field of one line with initial text.
    #[must_use]
    pub fn new(id: &str, label: &str, text: &str, note: &str) -> Self {
        let mut buffer = EditBuffer::line(text);
        // A day that is proposed is replaced by what is typed.
        if id == "day" {
            buffer.select_all();
        }
        Self { id: id.to_owned(), label: label.to_owned(), buffer, note: note.to_owned() }
    }

    /// Restores a field from a draft; text with line breaks gets a field of several lines.
    fn kept(kept: KeptField) -> Self {
        let text = kept.text;
        let buffer = if text.contains('\n') { EditBuffer::new(&text) } else { EditBuffer::line(&text) };
        Self { buffer, ..Self::new(&clean(&kept.id), &clean(&kept.label), "", &clean(&kept.note)) }
    }
}

#[derive(Debug, Clone)]
pub struct Form {
    pub title: String,
    /// The fields; at least one.
    pub fields: Vec<Field>,
    /// Index of the field with the caret, counted from 0.
    pub at: usize,
    /// What happens with the input.
    pub purpose: FormFor,
    /// What is wrong with the input; may be empty.
    pub problem: String,
    /// Whether the draft is saved.
    pub keeping: Keeping,
}

/// The draft of a form, as saved in JSON.
#[derive(Debug, Serialize, Deserialize)]
struct KeptForm {
    title: String,
    purpose: FormFor,
    at: usize,
    fields: Vec<AnyField>,
}

/// A field in a draft. Earlier editions saved label, text and note without an id.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum AnyField {
    Named(KeptField),
    Unnamed([String; 3]),
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptField {
    id: String,
    label: String,
    text: String,
    note: String,
}

impl Form {
    /// Creates a form with the caret in its first field.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>, purpose: FormFor) -> Self {
        let problem = String::new();
        Self { title: title.to_owned(), fields, at: 0, purpose, problem, keeping: Keeping::default() }
    }

    /// Returns whether anything was written in the form, saved or not.
    pub(super) fn is_changed(&self) -> bool {
        self.keeping.has_draft() || self.keeping.is_unsaved()
    }

    /// Returns the slot of the draft; `None` if no draft is saved.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        self.purpose.slot()
    }

    /// Returns the draft as JSON.
    #[must_use]
    pub fn draft(&self) -> String {
        let line = |field: &Field| {
            AnyField::Named(KeptField {
                id: field.id.clone(),
                label: field.label.clone(),
                text: field.buffer.text().to_owned(),
                note: field.note.clone(),
            })
        };
        let fields = self.fields.iter().map(line).collect();
        let kept = KeptForm { title: self.title.clone(), purpose: self.purpose.clone(), at: self.at, fields };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Resumes a form from its draft; `None` if the text is not such a draft.
    #[must_use]
    pub fn resume(body: &str) -> Option<Self> {
        let kept: KeptForm = serde_json::from_str(body).ok()?;
        let field = |(at, kept): (usize, AnyField)| {
            Field::kept(match kept {
                AnyField::Named(kept) => kept,
                AnyField::Unnamed([label, text, note]) => KeptField { id: id_by_label(&label, at), label, text, note },
            })
        };
        let fields: Vec<Field> = kept.fields.into_iter().enumerate().map(field).collect();
        let at = kept.at.min(fields.len().checked_sub(1)?);
        Some(Self { at, keeping: Keeping::resumed(), ..Self::new(&clean(&kept.title), fields, kept.purpose) })
    }

    /// Returns the text of the field with this id, without surrounding white space.
    #[must_use]
    pub fn line(&self, id: &str) -> String {
        self.text(id).trim().to_owned()
    }

    /// Returns the text of the field with this id, unchanged; empty if there is no such field.
    pub(super) fn text(&self, id: &str) -> &str {
        self.fields.iter().find(|field| field.id == id).map_or("", |field| field.buffer.text())
    }

    /// Returns the text of the first field, for forms that have only one.
    pub(super) fn only_text(&self) -> &str {
        self.fields.first().map_or("", |field| field.buffer.text())
    }

    /// Returns the text of the first field, without surrounding white space.
    pub(super) fn only_line(&self) -> String {
        self.only_text().trim().to_owned()
    }
}

drafted!(Form, |form| form.purpose.slot(), |form, _| form.draft());

/// Submits the top form. Invalid input keeps the form open with a message.
fn submit(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.person.layers.last().cloned() else { return Vec::new() };
    let read = match &form.purpose {
        FormFor::Card => people::read_card(&form, model.shell.today).map(|effect| vec![effect]),
        FormFor::Terms => agreement::read(model, &form).map(|effect| vec![effect]),
        FormFor::ReportPath(party, kind) => handover::path_typed(&form, party, kind).map(|effect| vec![effect]),
        FormFor::Correct(key) => amend::read(model, key, &form).map(|effect| vec![effect]),
        FormFor::QuickNote => amend::read_quick(model, &form).map(|effect| vec![effect]),
        FormFor::AddNote(session, seen) => amend::read_note(session, seen, &form).map(|effect| vec![effect]),
        FormFor::HappenedOn => amend::happened_on(model, &form.only_line()),
        FormFor::DeclineBecause(_) | FormFor::Done(_) | FormFor::Example => Ok(Vec::new()),
    };
    let effects = match (read, model.person.layers.last_mut()) {
        (Err(problem), Some(Layer::Form(form))) => {
            form.problem = problem;
            return Vec::new();
        }
        (read, _) => read.unwrap_or_default(),
    };
    model.person.layers.pop();
    let mut effects = effects;
    effects.extend(taken(model, &form));
    if let Some(slot) = form.slot() {
        drafts::forget(model, &slot);
        if form.is_changed() {
            effects.push(Effect::Draft(DraftJob::DropText(slot)));
        }
    }
    effects
}

/// Performs the follow-up of a form, in addition to the effect read from its fields.
fn taken(model: &mut Model, form: &Form) -> Vec<Effect> {
    match form.purpose {
        FormFor::DeclineBecause(ref id) => declined(model, id, &form.only_line()),
        FormFor::Done(ref id) => {
            let action = model.person.snapshot.actions.iter().find(|action| action.id == *id);
            let learned = form.only_line();
            let changed = action.filter(|action| action.learned != learned);
            changed.map(|old| with_status(old, old.status, &learned)).into_iter().collect()
        }
        FormFor::Example => {
            compare::exampled(model, &form.only_line());
            Vec::new()
        }
        FormFor::Card
        | FormFor::Terms
        | FormFor::ReportPath(..)
        | FormFor::Correct(_)
        | FormFor::AddNote(..)
        | FormFor::QuickNote
        | FormFor::HappenedOn => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_by_their_ids_also_from_drafts_of_earlier_editions() {
        let fields = vec![Field::new("name", "Name", "Amira", ""), Field::new("email", "E-mail", "a@example.org", "")];
        let form = Form::new("About the client", fields, FormFor::Card);
        let again = Form::resume(&form.draft()).expect("its own draft");
        assert_eq!((again.line("email"), again.line("name")), ("a@example.org".to_owned(), "Amira".to_owned()));
        let old = r#"{"title": "The agreement", "purpose": "Terms", "at": 1, "fields":
            [["What for", "appraisal", ""], ["What the client wants from it", "More voices", "in their words"]]}"#;
        let old = Form::resume(old).expect("a draft of an earlier edition");
        assert_eq!((old.at, old.line("purpose"), old.line("goal")), (1, "appraisal".into(), "More voices".into()));
        let old = r#"{"title": "Correct this answer", "purpose": {"Correct": "answer/1"}, "at": 0, "fields":
            [["Rating", "2", ""], ["What got in the way?", "The rota", ""], ["A recent example", "", ""]]}"#;
        let old = Form::resume(old).expect("a draft of an earlier edition");
        assert_eq!((old.line("rating"), old.line("1")), ("2".to_owned(), "The rota".to_owned()));
        assert_eq!(old.line("no-such-field"), "");
    }
}

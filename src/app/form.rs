//! A small form: lines to fill in, and what comes of them. It is kept after every key, unless it is worth no draft.

use super::effect::{DraftJob, Effect};
use serde::{Deserialize, Serialize};

use super::advice::declined;
use super::amend::Begun;
use super::edit::EditBuffer;
use super::handler::{Handled, act, when};
use super::keeping::{Drafted, Keeping};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::plan::with_status;
use super::view::{Body, FieldView, FormView, TitleView, View};
use super::{agreement, amend, compare, drafts, handover, people};
use crate::command::{Command, Context};
use crate::domain::{Slot, clean};

/// Lines to fill in.
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
                when(kept, "Nothing was begun here.", |model: &mut Model| amend::discard(model, Begun::Form))
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
            // What was seen belongs to the view that is being given, and is kept with it.
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
        // From the second line on, its title was told already.
        let is_told = form.at > 0 && form.problem.is_empty();
        Some(View {
            place: format!("form {} {} {}", form.title, form.at, form.problem),
            title: Some(TitleView::new(&form.title, "")),
            ..View::new(if is_told { String::new() } else { form.title.clone() }, body)
        })
    }
}

/// Why one cannot go to another line.
pub(super) const ONE_LINE: &str = "There is one line only.";

fn move_field(model: &mut Model, by: isize) {
    if let Some(Layer::Form(form)) = model.person.layers.last_mut() {
        let last = isize::try_from(form.fields.len()).unwrap_or(1);
        let at = isize::try_from(form.at).unwrap_or(0) + by;
        form.at = usize::try_from(at.rem_euclid(last.max(1))).unwrap_or(0);
    }
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormFor {
    /// Set this activity aside for a reason in own words.
    DeclineBecause(String),
    /// What was learned from this action, which is done.
    Done(String),
    /// Name, e-mail address and consent of the client.
    Card,
    /// The words of the agreement.
    Terms,
    /// An example for the behaviour that is being rated in a comparison.
    Example,
    /// Where a report is written: for whom and in which form, by id.
    ReportPath(String, String),
    /// What this entry of the journal says instead.
    Correct(String),
    /// The day on which what is reflected on happened.
    HappenedOn,
    /// A note for this session, and who may read it.
    AddNote(String, String),
}

impl FormFor {
    /// Where what is written in it is kept; `None` for a day or a path, which is worth no draft. What is written for a view
    /// goes with the view.
    #[must_use]
    pub(super) fn slot(&self) -> Option<Slot> {
        let own = match self {
            Self::DeclineBecause(activity) => format!("decline/{activity}"),
            Self::Done(action) => format!("done/{action}"),
            Self::Card => "card".to_owned(),
            Self::Terms => "terms".to_owned(),
            Self::Correct(piece) => format!("correct/{piece}"),
            Self::AddNote(session, seen) => format!("note/{session}/{seen}"),
            Self::Example | Self::ReportPath(..) | Self::HappenedOn => return None,
        };
        Some(Slot::Form(own))
    }
}

/// The ids of fields by their labels, for drafts of earlier editions, which kept no ids.
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

/// The id of a field that was kept without one. What has no label of its own is the answer to a question, or all of the form.
fn id_by_label(label: &str, at: usize) -> String {
    let known = ID_BY_LABEL.iter().find(|(own, _)| *own == label).map(|(_, id)| *id);
    known.map_or_else(|| at.to_string(), str::to_owned)
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Names it within its form, also in drafts; never shown.
    pub id: String,
    /// What it is.
    pub label: String,
    /// What is written in it.
    pub buffer: EditBuffer,
    /// How to fill it in; may be empty.
    pub note: String,
}

impl Field {
    /// A line with something in it already.
    #[must_use]
    pub fn new(id: &str, label: &str, text: &str, note: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned(), buffer: EditBuffer::line(text), note: note.to_owned() }
    }

    /// A line that was kept, with its line breaks.
    fn kept(kept: KeptField) -> Self {
        let text = kept.text;
        let buffer = if text.contains('\n') { EditBuffer::new(&text) } else { EditBuffer::line(&text) };
        Self { buffer, ..Self::new(&clean(&kept.id), &clean(&kept.label), "", &clean(&kept.note)) }
    }
}

/// Lines to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// Heading.
    pub title: String,
    /// At least one.
    pub fields: Vec<Field>,
    /// The line being written.
    pub at: usize,
    /// What happens with it.
    pub purpose: FormFor,
    /// What is wrong with it; may be empty.
    pub problem: String,
    /// How far it is from the disk.
    pub keeping: Keeping,
}

/// A form as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct KeptForm {
    title: String,
    purpose: FormFor,
    at: usize,
    fields: Vec<AnyField>,
}

/// A line of a form as it is kept. Earlier editions kept label, text and note without an id.
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
    /// A form at its first line.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>, purpose: FormFor) -> Self {
        let problem = String::new();
        Self { title: title.to_owned(), fields, at: 0, purpose, problem, keeping: Keeping::default() }
    }

    /// Whether anything was written in it, whatever of it is on the disk already.
    pub(super) fn is_changed(&self) -> bool {
        self.keeping.has_draft() || self.keeping.is_unsaved()
    }

    /// Where it is kept, if it is.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        self.purpose.slot()
    }

    /// What is kept of it.
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

    /// Takes up what was kept; `None` if it is something else.
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

    /// What is written in the field of this id, without white space around it.
    #[must_use]
    pub fn line(&self, id: &str) -> String {
        self.text(id).trim().to_owned()
    }

    /// The same as it is written; empty if there is no such field.
    pub(super) fn text(&self, id: &str) -> &str {
        self.fields.iter().find(|field| field.id == id).map_or("", |field| field.buffer.text())
    }

    /// What is written in the only field.
    pub(super) fn only_text(&self) -> &str {
        self.fields.first().map_or("", |field| field.buffer.text())
    }

    /// The same without white space around it.
    pub(super) fn only_line(&self) -> String {
        self.only_text().trim().to_owned()
    }
}

impl Drafted for Form {
    fn slot(&self) -> Option<Slot> {
        self.purpose.slot()
    }

    fn body(&self, _: u64) -> String {
        self.draft()
    }

    fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    fn keeping_mut(&mut self) -> &mut Keeping {
        &mut self.keeping
    }
}

/// Takes what the top form says; a form with a mistake stays, with a word about it.
fn submit(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.person.layers.last().cloned() else { return Vec::new() };
    let read = match &form.purpose {
        FormFor::Card => people::read_card(&form, model.shell.today).map(|effect| vec![effect]),
        FormFor::Terms => agreement::read(model, &form).map(|effect| vec![effect]),
        FormFor::ReportPath(party, kind) => handover::path_typed(&form, party, kind).map(|effect| vec![effect]),
        FormFor::Correct(key) => amend::read(model, key, &form).map(|effect| vec![effect]),
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

/// What comes of a form besides what it says itself.
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

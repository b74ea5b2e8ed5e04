//! A small form: lines to fill in, and what comes of them. It is kept after every key, unless it is worth no draft.

use super::effect::{DraftJob, Effect};
use serde::{Deserialize, Serialize};

use super::advice::declined;
use super::amend::Begun;
use super::edit::EditBuffer;
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::plan::with_status;
use super::view::{Body, FieldView, FormView, TitleView, View};
use super::{agreement, amend, compare, drafts, handover, people};
use crate::command::{Command, Context};
use crate::domain::clean;

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
            let text = form.line(0);
            compare::exampled(model, &text);
        } else {
            form.unsaved = true;
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
    pub(super) fn slot(&self) -> Option<String> {
        let own = match self {
            Self::DeclineBecause(activity) => format!("decline/{activity}"),
            Self::Done(action) => format!("done/{action}"),
            Self::Card => "card".to_owned(),
            Self::Terms => "terms".to_owned(),
            Self::Correct(piece) => format!("correct/{piece}"),
            Self::AddNote(session, seen) => format!("note/{session}/{seen}"),
            Self::Example | Self::ReportPath(..) | Self::HappenedOn => return None,
        };
        Some(format!("{}/{own}", drafts::FORM))
    }
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
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
    pub fn new(label: &str, text: &str, note: &str) -> Self {
        Self { label: label.to_owned(), buffer: EditBuffer::line(text), note: note.to_owned() }
    }

    /// A line that was kept, with its line breaks.
    fn kept(label: &str, text: &str, note: &str) -> Self {
        let buffer = if text.contains('\n') { EditBuffer::new(text) } else { EditBuffer::line(text) };
        Self { buffer, ..Self::new(label, "", note) }
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
    /// Something changed since it was last kept.
    pub unsaved: bool,
    /// It is on its way to the disk.
    pub keeping: bool,
    /// A draft of it was sent to the disk, and has to go when it is taken.
    pub drafted: bool,
}

/// A form as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct KeptForm {
    title: String,
    purpose: FormFor,
    at: usize,
    fields: Vec<[String; 3]>,
}

impl Form {
    /// A form at its first line.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>, purpose: FormFor) -> Self {
        let problem = String::new();
        Self {
            title: title.to_owned(),
            fields,
            at: 0,
            purpose,
            problem,
            unsaved: false,
            keeping: false,
            drafted: false,
        }
    }

    /// Whether anything was written in it, whatever of it is on the disk already.
    pub(super) fn is_changed(&self) -> bool {
        self.drafted || self.unsaved || self.keeping
    }

    /// Where it is kept, if it is.
    #[must_use]
    pub fn slot(&self) -> Option<String> {
        self.purpose.slot()
    }

    /// What is kept of it.
    #[must_use]
    pub fn draft(&self) -> String {
        let line = |field: &Field| [field.label.clone(), field.buffer.text().to_owned(), field.note.clone()];
        let fields = self.fields.iter().map(line).collect();
        let kept = KeptForm { title: self.title.clone(), purpose: self.purpose.clone(), at: self.at, fields };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Takes up what was kept; `None` if it is something else.
    #[must_use]
    pub fn resume(body: &str) -> Option<Self> {
        let kept: KeptForm = serde_json::from_str(body).ok()?;
        let fields: Vec<Field> =
            kept.fields.iter().map(|[label, text, note]| Field::kept(&clean(label), text, &clean(note))).collect();
        let at = kept.at.min(fields.len().checked_sub(1)?);
        Some(Self { at, drafted: true, ..Self::new(&clean(&kept.title), fields, kept.purpose) })
    }

    /// What is written in a line, without white space around it.
    #[must_use]
    pub fn line(&self, at: usize) -> String {
        self.fields.get(at).map_or("", |field| field.buffer.text()).trim().to_owned()
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
        FormFor::HappenedOn => amend::happened_on(model, &form.line(0)),
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
        if form.drafted || form.unsaved {
            effects.push(Effect::Draft(DraftJob::DropText(slot)));
        }
    }
    effects
}

/// What comes of a form besides what it says itself.
fn taken(model: &mut Model, form: &Form) -> Vec<Effect> {
    match form.purpose {
        FormFor::DeclineBecause(ref id) => declined(model, id, &form.line(0)),
        FormFor::Done(ref id) => {
            let action = model.person.snapshot.actions.iter().find(|action| action.id == *id);
            let learned = form.line(0);
            let changed = action.filter(|action| action.learned != learned);
            changed.map(|old| with_status(old, old.status, &learned)).into_iter().collect()
        }
        FormFor::Example => {
            compare::exampled(model, &form.line(0));
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

//! The plan as a dialogue: one question at a time, any of them may be left out, and before the end the tool asks what it
//! would ask a friend. It never blocks. What is written is kept after every key, as in a session.

mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::questions::{About, QUESTIONS, Question};
use super::amend::{self, Begun};
use super::edit::EditBuffer;
use super::effect::{Effect, Planned};
use super::handler::{Handled, act};
use super::keeping::{Drafted, Keeping};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::view::View;
use crate::command::{Command, Context};
use crate::domain::{Action, ActivityKind, Day, Intent, Slot, fold, parse_day, plan_questions};

mod questions;
#[cfg(test)]
mod tests;

/// What comes of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialogueFor {
    /// A new action of one's own.
    New,
    /// The advice for this activity, in one's own words.
    Adapt(String),
    /// Other words for this action.
    Change(String),
}

/// An action being planned, one question at a time.
#[derive(Debug, Clone)]
pub struct Dialogue {
    /// What comes of it.
    pub purpose: DialogueFor,
    /// One text for each question.
    pub texts: Vec<EditBuffer>,
    /// The question in front; as many as there are questions for the look over all of it.
    pub at: usize,
    /// What is wrong with an answer; may be empty.
    pub problem: String,
    /// How far it is from the disk.
    pub keeping: Keeping,
}

/// A dialogue as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct DialogueFile {
    purpose: DialogueFor,
    /// Id of the question in front; empty for the look over all answers.
    #[serde(default)]
    question: Option<String>,
    /// The answers by the ids of their questions.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// The question in front and the answers by position, in drafts of earlier editions.
    #[serde(default, skip_serializing)]
    at: usize,
    #[serde(default, skip_serializing)]
    texts: Vec<String>,
}

fn day_text(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl Dialogue {
    /// Begins with what is known already.
    #[must_use]
    pub fn new(purpose: DialogueFor, known: &Planned) -> Self {
        let intent = &known.intent;
        let text = |about: About| match about {
            About::Title => known.title.clone(),
            About::Wish => intent.wish.clone(),
            About::Outcome => intent.outcome.clone(),
            About::Obstacle => intent.obstacle.clone(),
            About::Situation => intent.situation.clone(),
            About::Response => intent.response.clone(),
            About::FirstStep => known.first_step.clone(),
            About::Due => day_text(known.due),
            About::Kind => intent.kind.map(|kind| kind.title().to_owned()).unwrap_or_default(),
            About::Helper => intent.helper.clone(),
            About::Evidence => intent.evidence.clone(),
            About::Review => day_text(intent.review),
        };
        let texts = QUESTIONS.iter().map(|question| EditBuffer::line(&text(question.about))).collect();
        Self { purpose, texts, at: 0, problem: String::new(), keeping: Keeping::default() }
    }

    /// Takes up what was kept; `None` if it is something else.
    #[must_use]
    pub fn resume(body: &str) -> Option<Self> {
        let kept: DialogueFile = serde_json::from_str(body).ok()?;
        let text = |(at, question): (usize, &Question)| {
            let text = kept.answers.get(question.id()).or_else(|| kept.texts.get(at));
            EditBuffer::line(text.map_or("", String::as_str))
        };
        let texts = QUESTIONS.iter().enumerate().map(text).collect();
        let at = match &kept.question {
            Some(id) => QUESTIONS.iter().position(|question| question.id() == id).unwrap_or(QUESTIONS.len()),
            None => kept.at.min(QUESTIONS.len()),
        };
        Some(Self { purpose: kept.purpose, texts, at, problem: String::new(), keeping: Keeping::resumed() })
    }

    /// What is kept of it.
    #[must_use]
    pub fn draft(&self) -> String {
        let answers =
            self.answered().filter_map(|(at, _, text)| Some((QUESTIONS.get(at)?.id().to_owned(), text.to_owned())));
        let question = QUESTIONS.get(self.at).map_or("", Question::id).to_owned();
        let file = DialogueFile {
            purpose: self.purpose.clone(),
            question: Some(question),
            answers: answers.collect(),
            at: 0,
            texts: Vec::new(),
        };
        serde_json::to_string(&file).unwrap_or_default()
    }

    /// Where it is kept: each dialogue in a place of its own, so that none overwrites another.
    #[must_use]
    pub fn slot(&self) -> Slot {
        Slot::Plan(match &self.purpose {
            DialogueFor::New => String::new(),
            DialogueFor::Adapt(activity) => format!("adapt/{activity}"),
            DialogueFor::Change(action) => format!("change/{action}"),
        })
    }

    /// What it is about, once something is said.
    #[must_use]
    pub fn what(&self) -> String {
        self.text(About::Title)
    }

    /// Heading, by what comes of it.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.purpose {
            DialogueFor::New => "A new action",
            DialogueFor::Adapt(_) => "Into the plan, in your words",
            DialogueFor::Change(_) => "Change this action",
        }
    }

    /// How many questions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        QUESTIONS.len()
    }

    /// There is always something to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Question and note in front; `None` at the look over all of it.
    #[must_use]
    pub fn asked(&self) -> Option<(&'static str, &'static str)> {
        QUESTIONS.get(self.at).map(|question| (question.words, question.note))
    }

    /// Everything answered so far: place, label, text.
    pub fn answered(&self) -> impl Iterator<Item = (usize, &'static str, &str)> {
        let rows = QUESTIONS.iter().zip(&self.texts).enumerate();
        rows.map(|(at, (question, text))| (at, question.label, text.text()))
            .filter(|(_, _, text)| !text.trim().is_empty())
    }

    /// The text being written.
    #[must_use]
    pub fn buffer(&self) -> Option<&EditBuffer> {
        self.texts.get(self.at)
    }

    /// The same, to write in.
    pub fn buffer_mut(&mut self) -> Option<&mut EditBuffer> {
        self.texts.get_mut(self.at)
    }

    /// Goes by so many questions. What is wrong with the answer in front keeps it there, going on.
    pub fn go(&mut self, by: isize, today: Day) {
        self.problem.clear();
        if by > 0
            && let Err(problem) = self.check(self.at, today)
        {
            self.problem = problem;
            return;
        }
        self.settle(self.at, today);
        self.at = self.at.saturating_add_signed(by).min(QUESTIONS.len());
        self.keeping.change();
    }

    /// A day or a kind that was typed in short is written out, as it is shown from now on: `+28`, `2`.
    fn settle(&mut self, at: usize, today: Day) {
        let Some(question) = QUESTIONS.get(at) else { return };
        let typed = self.text(question.about);
        let whole = match question.about {
            About::Due | About::Review => parse_day(&typed, today).ok().map(|day| day.to_string()),
            About::Kind => read_kind(&typed).ok().flatten().map(|kind| kind.title().to_owned()),
            _ => None,
        };
        if let (Some(whole), Some(buffer)) =
            (whole.filter(|whole| *whole != typed && !typed.is_empty()), self.texts.get_mut(at))
        {
            *buffer = EditBuffer::line(&whole);
        }
    }

    fn text(&self, about: About) -> String {
        let at = QUESTIONS.iter().position(|question| question.about == about).unwrap_or(0);
        self.texts.get(at).map_or("", EditBuffer::text).trim().to_owned()
    }

    fn check(&self, at: usize, today: Day) -> Result<(), String> {
        let Some(question) = QUESTIONS.get(at) else { return Ok(()) };
        let text = self.text(question.about);
        match question.about {
            About::Title if text.is_empty() => {
                Err("Write what you will do; everything else may stay empty.".to_owned())
            }
            About::Due | About::Review if !text.is_empty() => parse_day(&text, today).map(drop),
            About::Kind => read_kind(&text).map(drop),
            _ => Ok(()),
        }
    }

    /// All answers together, or a word about the first that cannot be understood, which is then in front.
    pub fn planned(&mut self, today: Day) -> Option<Planned> {
        for at in 0..QUESTIONS.len() {
            if let Err(problem) = self.check(at, today) {
                (self.at, self.problem) = (at, problem);
                return None;
            }
        }
        let day = |text: String| parse_day(&text, today).ok();
        Some(Planned {
            title: self.text(About::Title),
            first_step: self.text(About::FirstStep),
            due: day(self.text(About::Due)),
            intent: Intent {
                wish: self.text(About::Wish),
                outcome: self.text(About::Outcome),
                obstacle: self.text(About::Obstacle),
                situation: self.text(About::Situation),
                response: self.text(About::Response),
                kind: read_kind(&self.text(About::Kind)).ok().flatten(),
                helper: self.text(About::Helper),
                evidence: self.text(About::Evidence),
                review: day(self.text(About::Review)),
            },
        })
    }

    /// What the tool asks about it, given the rest of the plan.
    #[must_use]
    pub fn questions(&self, plan: &[Action], today: Day) -> Vec<String> {
        let Some(planned) = self.clone().planned(today) else { return Vec::new() };
        let own = |action: &&Action| !matches!(&self.purpose, DialogueFor::Change(id) if *id == action.id);
        let others: Vec<Action> = plan.iter().filter(own).cloned().collect();
        plan_questions(planned.due, &planned.intent, &others, today)
    }
}

impl Drafted for Dialogue {
    fn slot(&self) -> Option<Slot> {
        Some(self.slot())
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

/// A number of the note, or the beginning of one of its words.
fn read_kind(text: &str) -> Result<Option<ActivityKind>, String> {
    let typed = fold(text);
    if typed.is_empty() {
        return Ok(None);
    }
    let numbered = typed.parse::<usize>().ok().and_then(|number| ActivityKind::ALL.get(number.checked_sub(1)?));
    let named =
        || ActivityKind::ALL.iter().find(|kind| kind.title().starts_with(&typed) || kind.id().starts_with(&typed));
    numbered.or_else(named).copied().map(Some).ok_or_else(|| "Type 1, 2, 3 or 4, or leave it empty.".to_owned())
}

/// Questions asked one after the other.
pub(super) struct DialoguePlace;

impl Place for DialoguePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Dialogue, Context::Text, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        Some(match command {
            Command::Take => act(take),
            Command::NextQuestion => act(|model: &mut Model| question(model, 1)),
            Command::PreviousQuestion => act(|model: &mut Model| question(model, -1)),
            Command::Discard => act(|model: &mut Model| amend::discard(model, Begun::Plan)),
            _ => return None,
        })
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        let Some(Layer::Dialogue(dialogue)) = model.person.layers.last() else { return None };
        dialogue.buffer()
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return };
        dialogue.problem.clear();
        if let Some(buffer) = dialogue.buffer_mut() {
            change(buffer);
            dialogue.keeping.change();
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        view::view(model)
    }
}

/// Goes through a dialogue; past its end the action is taken.
fn question(model: &mut Model, by: isize) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    if by > 0 && dialogue.asked().is_none() {
        return take(model);
    }
    dialogue.go(by, today);
    Vec::new()
}

/// Takes the action as it is written.
fn take(model: &mut Model) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    let Some(planned) = dialogue.planned(today) else { return Vec::new() };
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.pop() else { return Vec::new() };
    super::plan::taken(model, &dialogue, planned)
}

//! The plan dialogue, in which an action is planned one question at a time. Any question except the title may be
//! skipped. Before the end it asks about gaps in the plan, but it never refuses the action. A draft is saved after
//! every key.

mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::questions::{About, QUESTIONS, Question, read_kind};
use super::amend::{self, Begun};
use super::edit::EditBuffer;
use super::effect::{Effect, Planned};
use super::handler::{Handled, act, when};
use super::keeping::{Keeping, drafted};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::view::View;
use crate::command::{Command, Context};
use crate::domain::{Action, Day, Intent, Slot, parse_day, plan_questions, typed_day};

mod questions;
#[cfg(test)]
mod tests;

/// The purpose of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialogueFor {
    /// A new action of the user's own.
    New,
    /// The advice for the activity with this id, in the user's own words.
    Adapt(String),
    /// New wording for the action with this id.
    Change(String),
}

/// An action being planned, one question at a time.
#[derive(Debug, Clone)]
pub struct Dialogue {
    pub purpose: DialogueFor,
    /// One text for each question.
    pub texts: Vec<EditBuffer>,
    /// Index of the question in front, counted from 0; the number of questions for the summary at the end.
    pub at: usize,
    /// Whether all questions are asked, and not only the first three.
    pub all: bool,
    /// What is wrong with an answer; may be empty.
    pub problem: String,
    /// Whether the draft is saved.
    pub keeping: Keeping,
}

/// The draft of a dialogue, as saved in JSON.
#[derive(Debug, Serialize, Deserialize)]
struct DialogueFile {
    purpose: DialogueFor,
    /// Whether all questions are asked, as in every draft of earlier editions.
    #[serde(default = "yes")]
    all: bool,
    /// Id of the question in front; empty for the summary at the end.
    #[serde(default)]
    question: Option<String>,
    /// The answers, by the ids of their questions.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// Position of the question in front, in drafts of earlier editions; the answers are then in `texts`, in the order
    /// of the questions.
    #[serde(default, skip_serializing)]
    at: usize,
    #[serde(default, skip_serializing)]
    texts: Vec<String>,
}

fn yes() -> bool {
    true
}

fn day_text(day: Option<Day>) -> String {
    day.map(typed_day).unwrap_or_default()
}

impl Dialogue {
    /// Begins a dialogue with the answers that are already known.
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
        let texts: Vec<EditBuffer> = QUESTIONS.iter().map(|question| EditBuffer::line(&text(question.about))).collect();
        // What was planned in full is changed in full.
        let known = |(question, text): (&Question, &EditBuffer)| {
            !question.first
                && !matches!(question.about, About::Due | About::Kind | About::Evidence)
                && !text.text().is_empty()
        };
        let all = matches!(purpose, DialogueFor::Change(_)) && QUESTIONS.iter().zip(&texts).any(known);
        Self { purpose, texts, at: 0, all, problem: String::new(), keeping: Keeping::default() }
    }

    /// Resumes a dialogue from its draft; `None` if the text is not such a draft.
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
        let (problem, keeping) = (String::new(), Keeping::resumed());
        Some(Self { purpose: kept.purpose, texts, at, all: kept.all, problem, keeping })
    }

    /// Returns the draft as JSON.
    #[must_use]
    pub fn draft(&self) -> String {
        let answers =
            self.answered().filter_map(|(at, _, text)| Some((QUESTIONS.get(at)?.id().to_owned(), text.to_owned())));
        let question = QUESTIONS.get(self.at).map_or("", Question::id).to_owned();
        let file = DialogueFile {
            purpose: self.purpose.clone(),
            all: self.all,
            question: Some(question),
            answers: answers.collect(),
            at: 0,
            texts: Vec::new(),
        };
        serde_json::to_string(&file).unwrap_or_default()
    }

    /// Returns the slot of the draft. Each dialogue has a slot of its own, so that none overwrites another.
    #[must_use]
    pub fn slot(&self) -> Slot {
        Slot::Plan(match &self.purpose {
            DialogueFor::New => String::new(),
            DialogueFor::Adapt(activity) => format!("adapt/{activity}"),
            DialogueFor::Change(action) => format!("change/{action}"),
        })
    }

    /// Returns the title of the action; empty while it has none.
    #[must_use]
    pub fn what(&self) -> String {
        self.text(About::Title)
    }

    /// Returns the heading, which depends on the purpose.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.purpose {
            DialogueFor::New => "A new action",
            DialogueFor::Adapt(_) => "Change the words before you add it",
            DialogueFor::Change(_) => "Change this action",
        }
    }

    /// Returns the indices of the questions that are asked.
    fn asked_at(&self) -> Vec<usize> {
        let asked = |at: &usize| self.all || QUESTIONS.get(*at).is_some_and(|question| question.first);
        (0..QUESTIONS.len()).filter(asked).collect()
    }

    /// Returns the position of the question in front, counted from 1, and the number of questions that are asked.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let asked = self.asked_at();
        (asked.iter().filter(|at| **at < self.at).count() + 1, asked.len())
    }

    /// Asks all questions from now on, and goes to the first one that was not asked so far and has no answer.
    fn ask_all(&mut self) {
        self.all = true;
        let open = |at: &usize| self.texts.get(*at).is_some_and(|text| text.text().trim().is_empty());
        self.at = (0..QUESTIONS.len()).find(open).unwrap_or(0);
        self.problem.clear();
        if self.keeping.is_unsaved() || self.keeping.has_draft() {
            self.keeping.change();
        }
    }

    /// Returns the question in front and its note; `None` at the summary.
    #[must_use]
    pub fn asked(&self) -> Option<(&'static str, &'static str)> {
        QUESTIONS.get(self.at).map(|question| (question.words, question.note))
    }

    /// Iterates over the answers that are not blank: index of the question, label, text.
    pub fn answered(&self) -> impl Iterator<Item = (usize, &'static str, &str)> {
        let rows = QUESTIONS.iter().zip(&self.texts).enumerate();
        rows.map(|(at, (question, text))| (at, question.label, text.text()))
            .filter(|(_, _, text)| !text.trim().is_empty())
    }

    /// Returns the text being written; `None` at the summary.
    #[must_use]
    pub fn buffer(&self) -> Option<&EditBuffer> {
        self.texts.get(self.at)
    }

    /// Mutable version of [`Dialogue::buffer`].
    pub fn buffer_mut(&mut self) -> Option<&mut EditBuffer> {
        self.texts.get_mut(self.at)
    }

    /// Goes to the next question, or to the previous one if `by` is negative. A mistake in the answer in front prevents
    /// moving forward.
    pub fn go(&mut self, by: isize, today: Day) {
        self.problem.clear();
        if by > 0
            && let Err(problem) = self.check(self.at, today)
        {
            self.problem = problem;
            return;
        }
        self.settle(self.at, today);
        let asked = self.asked_at();
        self.at = if by > 0 {
            asked.iter().copied().find(|at| *at > self.at).unwrap_or(QUESTIONS.len())
        } else {
            asked.iter().rev().copied().find(|at| *at < self.at).unwrap_or(self.at)
        };
        let is_day =
            QUESTIONS.get(self.at).is_some_and(|question| matches!(question.about, About::Due | About::Review));
        if let Some(text) = self.texts.get_mut(self.at).filter(|_| is_day) {
            text.select_all();
        }
        // Looking at the questions leaves no draft; where something was written, the draft says where it was left.
        if self.keeping.is_unsaved() || self.keeping.has_draft() {
            self.keeping.change();
        }
    }

    /// Replaces a short form of a day or a kind, such as `+28` or `2`, with its full form.
    fn settle(&mut self, at: usize, today: Day) {
        let Some(question) = QUESTIONS.get(at) else { return };
        let typed = self.text(question.about);
        let whole = match question.about {
            About::Due | About::Review => parse_day(&typed, today).ok().map(typed_day),
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
                Err("Write what you will do. You can leave everything else empty.".to_owned())
            }
            About::Due | About::Review if !text.is_empty() => parse_day(&text, today).map(drop),
            About::Kind => read_kind(&text).map(drop),
            _ => Ok(()),
        }
    }

    /// Builds the action from all answers. If an answer is invalid, goes to it, sets the problem and returns `None`.
    pub fn planned(&mut self, today: Day) -> Option<Planned> {
        for at in 0..QUESTIONS.len() {
            if let Err(problem) = self.check(at, today) {
                self.all |= !self.asked_at().contains(&at);
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

    /// Returns questions about gaps in this action, taking the rest of the plan into account.
    #[must_use]
    pub fn questions(&self, plan: &[Action], today: Day) -> Vec<String> {
        let Some(planned) = self.clone().planned(today) else { return Vec::new() };
        let own = |action: &&Action| !matches!(&self.purpose, DialogueFor::Change(id) if *id == action.id);
        let others: Vec<Action> = plan.iter().filter(own).cloned().collect();
        let mut intent = planned.intent;
        // The short form asks for the moment together with the first step.
        if intent.situation.is_empty() {
            intent.situation = planned.first_step;
        }
        plan_questions(planned.due, &intent, &others, today)
    }
}

drafted!(Dialogue, |dialogue| Some(dialogue.slot()), |dialogue, _| dialogue.draft());

pub(super) struct DialoguePlace;

impl Place for DialoguePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Dialogue, Context::Text, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        Some(match command {
            Command::Take => act(take),
            Command::NextQuestion => act(|model: &mut Model| question(model, 1)),
            Command::MoreQuestions => {
                let short = matches!(model.person.layers.last(), Some(Layer::Dialogue(dialogue)) if !dialogue.all);
                when(short, "All questions are asked already.", |model: &mut Model| {
                    if let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() {
                        dialogue.ask_all();
                    }
                })
            }
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

/// Moves through the dialogue; moving past the end submits the action.
fn question(model: &mut Model, by: isize) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    if by > 0 && dialogue.asked().is_none() {
        return take(model);
    }
    dialogue.go(by, today);
    Vec::new()
}

/// Submits the action as it is written.
fn take(model: &mut Model) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    let Some(planned) = dialogue.planned(today) else { return Vec::new() };
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.pop() else { return Vec::new() };
    super::plan::taken(model, &dialogue, planned)
}

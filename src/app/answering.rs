//! One answer being given: its steps and its texts, and how it is resumed from a draft.

use super::edit::EditBuffer;
use super::keeping::Keeping;
use crate::domain::{Answer, BehaviourIx, Day, Height, Library, NonAnswer, Prompt, Purpose, Rated, Reflection};

/// A step of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading an answer that was given before.
    Before,
    /// Choosing a rating or a non-answer.
    Rating,
    /// Choosing how much the behaviour matters.
    Importance,
    /// Writing the page with this index into [`Reflect::pages`].
    Write(usize),
    /// Reading what will be saved.
    Review,
}

/// A question and the text written in reply.
#[derive(Debug, Clone)]
pub struct Page {
    /// Id of the prompt; empty for the example, which is saved as evidence.
    pub prompt: String,
    pub purpose: Purpose,
    /// The text of the question.
    pub question: String,
    pub buffer: EditBuffer,
}

/// An answer being given.
#[derive(Debug, Clone)]
pub struct Reflect {
    /// The behaviour it is about.
    pub behaviour: BehaviourIx,
    /// Id of the person's level, for which prompts are chosen.
    level: Option<String>,
    /// The earlier answer that the user opened for reading, if any.
    pub before: Option<Answer>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Index of the step in front, counted from 0.
    pub at: usize,
    /// The rating or non-answer chosen so far.
    pub rated: Rated,
    /// The importance chosen so far.
    pub importance: Option<i64>,
    /// Day on which it happened; `None` for today.
    pub on: Option<Day>,
    /// The questions with their texts.
    pub pages: Vec<Page>,
    /// Index of the marked point in a step that offers points, counted from 0.
    pub row: usize,
    /// Scroll offset of the text above the input, in rows.
    pub scroll: u16,
    /// Whether the draft is saved.
    pub keeping: Keeping,
}

impl Reflect {
    /// Begins an answer, or continues its draft.
    #[must_use]
    pub fn begin(library: &Library, behaviour: BehaviourIx, level: Option<&str>, draft: Option<&Answer>) -> Self {
        // Those that are meant for some ratings come before those that are asked after any.
        let mut prompts: Vec<&Prompt> =
            library.prompts_for(behaviour, level).filter(|prompt| prompt.purpose != Purpose::Evidence).collect();
        prompts.sort_by_key(|prompt| {
            let order = Purpose::ALL.iter().position(|purpose| *purpose == prompt.purpose);
            (order, prompt.fits.is_empty())
        });
        let mut pages: Vec<Page> =
            prompts.iter().map(|prompt| page(&prompt.id, prompt.purpose, &prompt.text)).collect();
        pages.push(page("", Purpose::Evidence, ""));
        let mut reflect = Self {
            behaviour,
            level: level.map(str::to_owned),
            before: None,
            steps: Vec::new(),
            at: 0,
            rated: Rated::Unanswered,
            importance: None,
            on: None,
            pages,
            row: 0,
            scroll: 0,
            keeping: Keeping::default(),
        };
        if let Some(draft) = draft {
            // A rating on a scale that the packs no longer use has to be given again; the texts are kept.
            let counts = library.counted(draft, draft.on).is_ok();
            let rated = if counts { draft.rated } else { Rated::Unanswered };
            reflect.resume(&Answer { rated, ..draft.clone() }, library);
        } else {
            reflect.arrange(library);
        }
        reflect
    }

    /// Arranges the steps for the present rating: questions that do not fit it are left out, unless something is written
    /// to them.
    fn arrange(&mut self, library: &Library) {
        let scale = &library.framework_of(self.behaviour).scale;
        let height = self.rated.value().and_then(|value| scale.height(value));
        let example = example(library, self.behaviour, self.level.as_deref(), height);
        let mut steps = vec![Step::Rating, Step::Importance];
        if self.before.is_some() {
            steps.insert(0, Step::Before);
        }
        for (at, page) in self.pages.iter_mut().enumerate() {
            if page.prompt.is_empty() {
                page.question.clone_from(&example);
            }
            let asked = library.prompt(&page.prompt).is_none_or(|prompt| prompt.fits(height));
            if asked || !page.buffer.text().trim().is_empty() {
                steps.push(Step::Write(at));
            }
        }
        steps.push(Step::Review);
        self.at = self.at.min(steps.len() - 1);
        self.steps = steps;
    }

    fn resume(&mut self, draft: &Answer, library: &Library) {
        self.rated = draft.rated;
        self.importance = draft.importance;
        self.on = Some(draft.on);
        for written in &draft.reflections {
            match self.pages.iter_mut().find(|page| page.prompt == written.prompt) {
                Some(page) => page.buffer = EditBuffer::new(&written.text),
                // The packs no longer ask this; the text is kept under the question that it answers, if that is known.
                None => {
                    let asked = library.question(&written.prompt);
                    let asked = if asked == written.prompt { "What you wrote to an earlier question" } else { asked };
                    let mut page = page(&written.prompt, Purpose::Reflect, asked);
                    page.buffer = EditBuffer::new(&written.text);
                    self.pages.push(page);
                }
            }
        }
        if let Some(page) = self.pages.iter_mut().find(|page| page.prompt.is_empty()) {
            page.buffer = EditBuffer::new(&draft.evidence);
        }
        self.arrange(library);
        let empty = |step: &Step| match step {
            Step::Rating => self.rated == Rated::Unanswered,
            Step::Importance => self.importance.is_none(),
            Step::Write(at) => self.pages.get(*at).is_some_and(|page| page.buffer.text().is_empty()),
            Step::Before | Step::Review => true,
        };
        // Go to the last step with text, so that the user sees it at once; otherwise to the first unfinished step.
        let written = |step: &Step| matches!(step, Step::Write(_)) && !empty(step);
        let at = self.steps.iter().rposition(written).or_else(|| self.steps.iter().position(empty));
        self.at = at.unwrap_or(0);
    }

    /// Inserts a first step that shows an earlier answer, and goes to it.
    pub fn recall(&mut self, answer: Answer, library: &Library) {
        if self.before.replace(answer).is_none() {
            self.steps.insert(0, Step::Before);
        }
        self.go(0, library);
    }

    /// Removes that step again.
    pub fn forget_earlier(&mut self) {
        if self.before.take().is_some() {
            self.steps.retain(|step| *step != Step::Before);
            self.at = self.at.saturating_sub(1);
        }
    }

    /// Returns the step in front.
    #[must_use]
    pub fn step(&self) -> Step {
        self.steps.get(self.at).copied().unwrap_or(Step::Review)
    }

    /// Returns the page being written; `None` if the step is not a writing step.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match self.step() {
            Step::Write(at) => self.pages.get(at),
            _ => None,
        }
    }

    /// Mutable version of [`Reflect::page`].
    pub fn page_mut(&mut self) -> Option<&mut Page> {
        match self.step() {
            Step::Write(at) => self.pages.get_mut(at),
            _ => None,
        }
    }

    /// Goes to a step, and marks the point that was chosen there before.
    pub fn go(&mut self, at: usize, library: &Library) {
        self.at = at.min(self.steps.len() - 1);
        self.scroll = 0;
        let framework = library.framework_of(self.behaviour);
        let place = |points: &[crate::domain::Point], value: Option<i64>| {
            value.and_then(|value| points.iter().position(|point| point.value == value))
        };
        self.row = match self.step() {
            Step::Rating => match self.rated {
                Rated::Not(kind) => {
                    let at = NonAnswer::ALL.iter().position(|other| *other == kind).unwrap_or(0);
                    framework.scale.points.len() + at
                }
                other => place(&framework.scale.points, other.value()).unwrap_or(0),
            },
            Step::Importance => place(&framework.importance.points, self.importance).unwrap_or(0),
            _ => 0,
        };
    }

    /// Returns the number of points that the step offers, non-answers included; 0 for a step without points.
    #[must_use]
    pub fn rows(&self, library: &Library) -> usize {
        let framework = library.framework_of(self.behaviour);
        match self.step() {
            Step::Rating => framework.scale.points.len() + NonAnswer::ALL.len(),
            Step::Importance => framework.importance.points.len(),
            _ => 0,
        }
    }

    /// Chooses a point of the step and goes to the next step. Returns `false` if there is no such point.
    pub fn choose(&mut self, row: usize, library: &Library) -> bool {
        let framework = library.framework_of(self.behaviour);
        let point = |points: &[crate::domain::Point]| points.get(row).map(|point| point.value);
        match self.step() {
            Step::Rating => {
                let points = &framework.scale.points;
                let kind = row.checked_sub(points.len()).and_then(|at| NonAnswer::ALL.get(at));
                self.rated = match (point(points), kind) {
                    (Some(value), _) => Rated::Value(value),
                    (None, Some(kind)) => Rated::Not(*kind),
                    (None, None) => return false,
                };
            }
            Step::Importance => match point(&framework.importance.points) {
                Some(value) => self.importance = Some(value),
                None => return false,
            },
            Step::Before | Step::Write(_) | Step::Review => return false,
        }
        self.keeping.change();
        self.arrange(library);
        self.go(self.at + 1, library);
        true
    }

    /// Clears the choice of the step.
    pub fn unchoose(&mut self, library: &Library) {
        match self.step() {
            Step::Rating => self.rated = Rated::Unanswered,
            Step::Importance => self.importance = None,
            _ => return,
        }
        self.keeping.change();
        self.arrange(library);
    }

    /// Returns whether something is chosen in this step.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        match self.step() {
            Step::Rating => self.rated != Rated::Unanswered,
            Step::Importance => self.importance.is_some(),
            _ => false,
        }
    }

    /// Returns whether nothing was chosen or written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let written = self.pages.iter().any(|page| !page.buffer.text().trim().is_empty());
        self.rated == Rated::Unanswered && self.importance.is_none() && !written
    }

    /// Builds the answer from the current state. Its id is empty, and a day in the future becomes today.
    #[must_use]
    pub fn answer(&self, library: &Library, today: Day) -> Answer {
        let behaviour = library.behaviour(self.behaviour);
        let said = |page: &&Page| !page.buffer.text().trim().is_empty();
        let evidence = self.pages.iter().filter(|page| page.prompt.is_empty()).find(said);
        Answer {
            framework: behaviour.framework.clone(),
            edition: library.framework_of(self.behaviour).edition.clone(),
            behaviour: behaviour.code.clone(),
            rated: self.rated,
            importance: self.importance,
            reflections: self
                .pages
                .iter()
                .filter(|page| !page.prompt.is_empty())
                .filter(said)
                .map(|page| Reflection { prompt: page.prompt.clone(), text: page.buffer.text().to_owned() })
                .collect(),
            evidence: evidence.map(|page| page.buffer.text().to_owned()).unwrap_or_default(),
            ..Answer::blank(self.on.map_or(today, |on| on.min(today)))
        }
    }
}

/// Returns the question for the example: of those that fit the rating the last one for the person's level, else the first.
fn example(library: &Library, behaviour: BehaviourIx, level: Option<&str>, rated: Option<Height>) -> String {
    let asked = || {
        library.prompts_for(behaviour, level).filter(|prompt| prompt.purpose == Purpose::Evidence && prompt.fits(rated))
    };
    let own = asked().filter(|prompt| level.is_some() && prompt.level.as_deref() == level).last();
    let usual = match rated {
        Some(Height::Low) => "When would this have helped recently?",
        _ => "What is one recent example?",
    };
    own.or_else(|| asked().next()).map_or(usual, |prompt| prompt.text.as_str()).to_owned()
}

fn page(prompt: &str, purpose: Purpose, question: &str) -> Page {
    Page { prompt: prompt.to_owned(), purpose, question: question.to_owned(), buffer: EditBuffer::new("") }
}

//! The plan as a dialogue: one question at a time, any of them may be left out, and before the end the tool asks what it
//! would ask a friend. It never blocks. What is written is kept after every key, as in a session.

use serde::{Deserialize, Serialize};

use super::drafts;
use super::edit::EditBuffer;
use super::msg::Planned;
use crate::domain::{Action, ActivityKind, Day, Intent, fold, parse_day, plan_questions};

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

/// What one question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Title,
    Wish,
    Outcome,
    Obstacle,
    Situation,
    Response,
    FirstStep,
    Due,
    Kind,
    Helper,
    Evidence,
    Review,
}

/// One question.
struct Question {
    about: About,
    label: &'static str,
    words: &'static str,
    note: &'static str,
}

/// The questions in their order: what first, then wish, outcome, obstacle and plan, then what makes it happen.
const QUESTIONS: [Question; 12] = [
    Question {
        about: About::Title,
        label: "What",
        words: "What will you do?",
        note: "a few words that you will recognise in a list",
    },
    Question {
        about: About::Wish,
        label: "Wish",
        words: "What do you wish for?",
        note: "and why does it matter to the people who use your services?",
    },
    Question {
        about: About::Outcome,
        label: "Outcome",
        words: "What would be the best that comes of it?",
        note: "picture it for a moment before you write",
    },
    Question {
        about: About::Obstacle,
        label: "Obstacle",
        words: "What in you might stand in the way?",
        note: "a habit, a worry, a feeling; something around you if that is stronger",
    },
    Question {
        about: About::Situation,
        label: "If",
        words: "In which moment will it stand in the way?",
        note: "if\u{2026} name the situation: when, where, with whom",
    },
    Question {
        about: About::Response,
        label: "Then I will",
        words: "And then you will\u{2026}",
        note: "one thing you can do right then",
    },
    Question {
        about: About::FirstStep,
        label: "First step",
        words: "What is the first step?",
        note: "small enough for the next two weeks",
    },
    Question {
        about: About::Due,
        label: "First step by",
        words: "By when is the first step done?",
        note: "like 2026-12-06, 6 Dec or +14; empty for no day",
    },
    Question {
        about: About::Kind,
        label: "Kind",
        words: "How will you learn by it?",
        note: "1 on the job  2 through others  3 formal learning  4 reflection",
    },
    Question {
        about: About::Helper,
        label: "Who helps",
        words: "Who knows of it, and who helps?",
        note: "a role is enough; names are best left out",
    },
    Question {
        about: About::Evidence,
        label: "What one would see",
        words: "What would somebody else notice if it worked?",
        note: "something one can see or hear",
    },
    Question {
        about: About::Review,
        label: "Look back on",
        words: "On which day will you look back at it?",
        note: "like 2027-01-10 or +28; empty for no day",
    },
];

/// What a dialogue asks when it has no more to ask.
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
    /// Something changed since it was last kept.
    pub unsaved: bool,
    /// It is on its way to the disk.
    pub keeping: bool,
    /// A draft of it was sent to the disk.
    pub drafted: bool,
}

/// A dialogue as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    purpose: DialogueFor,
    at: usize,
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
        Self { purpose, texts, at: 0, problem: String::new(), unsaved: false, keeping: false, drafted: false }
    }

    /// Takes up what was kept; `None` if it is something else.
    #[must_use]
    pub fn resume(body: &str) -> Option<Self> {
        let kept: Kept = serde_json::from_str(body).ok()?;
        let mut texts: Vec<EditBuffer> = kept.texts.iter().map(|text| EditBuffer::line(text)).collect();
        texts.resize(QUESTIONS.len(), EditBuffer::line(""));
        let (at, problem) = (kept.at.min(QUESTIONS.len()), String::new());
        Some(Self { purpose: kept.purpose, texts, at, problem, unsaved: false, keeping: false, drafted: true })
    }

    /// What is kept of it.
    #[must_use]
    pub fn draft(&self) -> String {
        let texts = self.texts.iter().map(|text| text.text().to_owned()).collect();
        serde_json::to_string(&Kept { purpose: self.purpose.clone(), at: self.at, texts }).unwrap_or_default()
    }

    /// Where it is kept: each dialogue in a place of its own, so that none overwrites another.
    #[must_use]
    pub fn slot(&self) -> String {
        match &self.purpose {
            DialogueFor::New => drafts::PLAN.to_owned(),
            DialogueFor::Adapt(activity) => format!("{}/adapt/{activity}", drafts::PLAN),
            DialogueFor::Change(action) => format!("{}/change/{action}", drafts::PLAN),
        }
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
        self.unsaved = true;
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

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = jiff::civil::date(2026, 11, 22);

    fn empty() -> Planned {
        Planned { title: String::new(), first_step: String::new(), due: None, intent: Intent::default() }
    }

    #[test]
    fn what_was_known_comes_back_and_a_day_that_is_none_is_said_there() {
        let known = Planned {
            title: "Ask one person".to_owned(),
            first_step: "Write to them".to_owned(),
            due: Some(jiff::civil::date(2026, 12, 6)),
            intent: Intent { kind: Some(ActivityKind::Formal), wish: "More voices".to_owned(), ..Intent::default() },
        };
        let mut dialogue = Dialogue::new(DialogueFor::New, &known);
        assert_eq!(dialogue.planned(TODAY), Some(known));
        dialogue.at = 7;
        dialogue.buffer_mut().expect("a question").set("someday");
        assert_eq!(dialogue.planned(TODAY), None);
        assert!(dialogue.at == 7 && !dialogue.problem.is_empty());
        dialogue.go(1, TODAY);
        assert_eq!(dialogue.at, 7, "it stays until it is understood");
    }

    #[test]
    fn it_is_kept_and_taken_up_at_the_same_question() {
        let mut dialogue = Dialogue::new(DialogueFor::Adapt("small-bet".to_owned()), &empty());
        assert!(dialogue.planned(TODAY).is_none(), "a title is all it needs");
        dialogue.buffer_mut().expect("a question").set("Try it");
        dialogue.go(1, TODAY);
        let again = Dialogue::resume(&dialogue.draft()).expect("its own draft");
        assert_eq!((again.at, again.purpose.clone()), (1, DialogueFor::Adapt("small-bet".to_owned())));
        assert_eq!(again.answered().map(|(_, label, text)| (label, text)).collect::<Vec<_>>(), [("What", "Try it")]);
        assert!(Dialogue::resume("[]").is_none());
    }

    #[test]
    fn kinds_are_read_by_number_and_by_word() {
        assert_eq!(read_kind("3"), Ok(Some(ActivityKind::Formal)));
        assert_eq!(read_kind("through"), Ok(Some(ActivityKind::ThroughOthers)));
        assert_eq!(read_kind(""), Ok(None));
        assert!(read_kind("5").is_err() && read_kind("course").is_err());
    }
}

//! The questions of the plan dialogue.

use crate::domain::{ActivityKind, fold};

/// The subject of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
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

pub(super) struct Question {
    pub(super) about: About,
    /// Whether it is asked from the start; the others are asked on request.
    pub(super) first: bool,
    pub(super) label: &'static str,
    pub(super) words: &'static str,
    pub(super) note: &'static str,
}

impl Question {
    /// Returns the id of the question in drafts. Ids must not change, because existing drafts refer to them.
    pub(super) const fn id(&self) -> &'static str {
        match self.about {
            About::Title => "title",
            About::Wish => "wish",
            About::Outcome => "outcome",
            About::Obstacle => "obstacle",
            About::Situation => "situation",
            About::Response => "response",
            About::FirstStep => "first-step",
            About::Due => "due",
            About::Kind => "kind",
            About::Helper => "helper",
            About::Evidence => "evidence",
            About::Review => "review",
        }
    }
}

/// The questions in order: what to do; then wish, outcome, obstacle and plan; then what helps to carry it out.
pub(super) const QUESTIONS: [Question; 12] = [
    Question {
        about: About::Title,
        first: true,
        label: "What",
        words: "What will you do?",
        note: "Give it a short name",
    },
    Question {
        about: About::Wish,
        first: false,
        label: "What you want",
        words: "What do you want to happen?",
        note: "For example: residents choose when they get up",
    },
    Question {
        about: About::Outcome,
        first: false,
        label: "Best result",
        words: "What is the best that could happen?",
        note: "Picture it for a moment before you write",
    },
    Question {
        about: About::Obstacle,
        first: false,
        label: "Obstacle",
        words: "What might get in your way?",
        note: "A habit, a worry, a feeling, or something around you",
    },
    Question {
        about: About::Situation,
        first: false,
        label: "If",
        words: "When might that happen?",
        note: "Name the moment: when, where, with whom",
    },
    Question {
        about: About::Response,
        first: false,
        label: "Then I will",
        words: "What will you do then?",
        note: "One thing you can do in that moment",
    },
    Question {
        about: About::FirstStep,
        first: true,
        label: "First step",
        words: "When and where will you start?",
        note: "Your first step: on Friday after handover, in the office",
    },
    Question {
        about: About::Due,
        first: false,
        label: "First step by",
        words: "When will you do the first step by?",
        note: "A date like Friday, 6 Dec or +14. Leave it empty for no date",
    },
    Question {
        about: About::Kind,
        first: false,
        label: "Kind",
        words: "What kind of learning is this?",
        note: "1 on the job, 2 through others, 3 a course or training, 4 reflection",
    },
    Question {
        about: About::Helper,
        first: false,
        label: "Who helps",
        words: "Who will you tell, and who can help?",
        note: "A role is enough. Do not use names",
    },
    Question {
        about: About::Evidence,
        first: false,
        label: "How you will know",
        words: "How will you know it worked?",
        note: "Something people can see or hear",
    },
    Question {
        about: About::Review,
        first: true,
        label: "Look back on",
        words: "When will you look back at this?",
        note: "A date like Friday, 6 Dec or +28. Leave it empty for no date",
    },
];

/// Reads a kind by its number in the note, or by the beginning of its title or id.
pub(super) fn read_kind(text: &str) -> Result<Option<ActivityKind>, String> {
    let typed = fold(text);
    if typed.is_empty() {
        return Ok(None);
    }
    let numbered = typed.parse::<usize>().ok().and_then(|number| ActivityKind::ALL.get(number.checked_sub(1)?));
    let named = || {
        ActivityKind::ALL
            .iter()
            .find(|kind| format!(" {}", kind.title()).contains(&format!(" {typed}")) || kind.id().starts_with(&typed))
    };
    numbered.or_else(named).copied().map(Some).ok_or_else(|| "Type 1, 2, 3 or 4, or leave it empty.".to_owned())
}

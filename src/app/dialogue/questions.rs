//! The questions of the plan dialogue.

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
        note: "1 on the job, 2 through others, 3 formal learning, 4 reflection",
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

//! Pages of text as data: headings, paragraphs, lists. The screens and the command line print the same sheets, so that
//! the content is the same everywhere.

use super::{
    Action, ActionStatus, Advice, Advised, Answer, AppliesTo, Behaviour, BehaviourIx, By, Crossing, Day, Library,
    Purpose, Truth, Unmet, join_and, long_day, short_day,
};

/// One block of a [`Sheet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A less prominent paragraph that comments on the previous block.
    Note(String),
    /// One item of a list.
    Point(String),
    /// A term and its text.
    Pair(String, String),
}

/// A page of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The blocks, from top to bottom.
    pub blocks: Vec<Block>,
}

impl Sheet {
    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds a less prominent paragraph.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }

    /// Adds a term and its text.
    pub fn pair(&mut self, word: &str, text: impl Into<String>) {
        self.blocks.push(Block::Pair(word.to_owned(), text.into()));
    }

    pub(super) fn points<T: AsRef<str>>(&mut self, heading: &str, points: &[T]) {
        if !points.is_empty() {
            self.heading(heading);
            self.blocks.extend(points.iter().map(|point| Block::Point(point.as_ref().to_owned())));
        }
    }

    /// Builds the sheet of a behaviour: statement, opposite, descriptions by level (only `level` if given), prompts,
    /// other names and links. With `easy`, its easy sentence comes first if there is one.
    #[must_use]
    pub fn behaviour(library: &Library, ix: BehaviourIx, level: Option<&str>, easy: bool) -> Self {
        let mut sheet = Self::default();
        let behaviour = library.behaviour(ix);
        let framework = library.framework_of(ix);
        sheet.text(behaviour.in_words(easy));
        if behaviour.in_words(easy) != behaviour.statement {
            sheet.pair("In full", behaviour.statement.clone());
        }
        sheet.note(place(library, ix));
        sheet.points("What this looks like", &behaviour.indicators);
        let titled =
            |id: &str| framework.levels.iter().find(|own| own.id == id).map_or(String::new(), |own| own.title.clone());
        let levels: Vec<&(String, String)> =
            behaviour.levels.iter().filter(|(id, _)| level.is_none_or(|own| own == id)).collect();
        if !levels.is_empty() {
            sheet.heading("In your role");
            for (id, text) in levels {
                sheet.pair(&titled(id), text.clone());
            }
        }
        if !behaviour.opposite.is_empty() {
            sheet.heading("What this does not look like");
            sheet.text(behaviour.opposite.clone());
        }
        for purpose in Purpose::ALL {
            let prompts: Vec<&str> = library
                .prompts_for(ix, level)
                .filter(|prompt| prompt.purpose == purpose)
                .map(|prompt| prompt.text.as_str())
                .collect();
            sheet.points(purpose.title(), &prompts);
        }
        if !behaviour.aliases.is_empty() {
            sheet.heading("Also called");
            sheet.text(behaviour.aliases.join(", "));
        }
        let crossings = library.crosswalk(ix);
        let links: Vec<String> = crossings.iter().map(crossing_words).collect();
        sheet.points("In other frameworks", &links);
        sheet.note(source(behaviour));
        sheet
    }

    /// Builds the sheet of the activity of a piece of advice: effort, first step, further steps and visible result. It
    /// quotes nothing that the person wrote.
    #[must_use]
    pub fn suggested_activity(library: &Library, advice: &Advice) -> Self {
        let mut sheet = Self::default();
        if let Some(activity) = library.activity(&advice.activity) {
            sheet.note(activity.terms());
            sheet.heading("First step");
            sheet.text(activity.first_step.clone());
            sheet.points("Then", &activity.steps);
            if !activity.afterwards.is_empty() {
                sheet.heading("How you will know it worked");
                sheet.text(activity.afterwards.clone());
            }
        }
        sheet
    }

    /// Builds the sheet of one piece of advice: reasons, first step, visible result and the answers behind it. If `why`
    /// is set, it includes every condition.
    #[must_use]
    pub fn advice(library: &Library, advice: &Advice, today: Day, why: bool) -> Self {
        let mut sheet = Self::default();
        for reason in &advice.reasons {
            sheet.text(reason.because.clone());
        }
        if why {
            sheet.blocks.extend(Self::reasons(advice).blocks);
        }
        sheet.blocks.extend(Self::suggested_activity(library, advice).blocks);
        let lines: Vec<String> = advice.answers.iter().map(|cited| cited.line(today)).collect();
        sheet.points("From your answers", &lines);
        sheet
    }

    /// Builds the sheet of the rules behind a piece of advice, with their conditions and what would change their
    /// result.
    #[must_use]
    pub fn reasons(advice: &Advice) -> Self {
        let mut sheet = Self::default();
        for reason in &advice.reasons {
            sheet.heading(format!("Rule: {}", reason.title));
            for leaf in &reason.leaves {
                let polarity = if leaf.negated { "not: " } else { "" };
                sheet.pair(leaf.met().word(), format!("{polarity}{} \u{2014} {}", leaf.needed, leaf.seen));
            }
            if !reason.would_change.is_empty() {
                sheet.note(format!("What would change this: {}.", reason.would_change));
            }
            sheet.note(format!("{} in {}", reason.rule, reason.at));
        }
        sheet
    }

    /// Builds the sheet of one answer as it was given.
    #[must_use]
    pub fn answer(library: &Library, answer: &Answer, today: Day) -> Self {
        let mut sheet = Self::default();
        let whose = match answer.by {
            By::Myself => "What you said",
            By::Coach => "What your coach said",
            By::Other => "What another person said",
        };
        sheet.heading(format!("{whose} on {}", long_day(answer.on)));
        let given = library.worded(answer);
        sheet.pair("Rating", given.rating_words());
        if !given.wording.importance.is_empty() {
            sheet.pair("Importance", given.wording.importance);
        }
        if let Err(why) = library.counted(answer, today) {
            sheet.note(format!("Listed here but not counted: {}.", why.words(&answer.edition)));
        }
        for written in &answer.reflections {
            // A prompt that no loaded pack defines is shown as it was stored.
            let asked = library.question(&written.prompt);
            if !asked.is_empty() {
                sheet.heading(asked);
            }
            sheet.text(written.text.clone());
        }
        if !answer.evidence.is_empty() {
            sheet.heading("A recent example");
            sheet.text(answer.evidence.clone());
        }
        if answer.by == By::Myself {
            let days = (today - answer.on).get_days();
            sheet.note(format!(
                "Given {}. Your earlier answer will not change. Your new answer is saved as well.",
                match days {
                    0 => "today".to_owned(),
                    days => format!("{} ago", super::count(usize::try_from(days).unwrap_or(0), "day", "days")),
                }
            ));
        }
        sheet
    }

    /// Builds the sheet of recommended activities that are not shown, and of rules that almost applied.
    #[must_use]
    pub fn left_out(advised: &Advised) -> Self {
        let mut sheet = Self::default();
        let rows: Vec<String> =
            advised.not_shown.iter().map(|other| format!("{}: {}", other.title, other.why)).collect();
        sheet.points("Not on the list", &rows);
        sheet.points("Nothing suggested", &advised.unmet.iter().map(Unmet::words).collect::<Vec<String>>());
        let near: Vec<String> = advised
            .near
            .iter()
            .map(|miss| format!("{}: would apply if {} (now {})", miss.title, miss.missing.needed, miss.missing.seen))
            .collect();
        sheet.points("Rules that nearly applied", &near);
        sheet
    }

    /// Builds the sheet of one action in the plan.
    #[must_use]
    pub fn action(library: &Library, action: &Action, today: Day) -> Self {
        Self::action_in_part(library, action, today, true)
    }

    /// Builds the sheet of one action in the plan without the reason for it, which may quote what the person wrote.
    #[must_use]
    pub fn action_without_reason(library: &Library, action: &Action, today: Day) -> Self {
        Self::action_in_part(library, action, today, false)
    }

    fn action_in_part(library: &Library, action: &Action, today: Day, reason: bool) -> Self {
        let mut sheet = Self::default();
        match action.status {
            ActionStatus::Open => sheet.note(match action.next_day(today) {
                Some(due) => format!("{}, {}", action.due_on(today).words(), long_day(due)),
                None => "no date set".to_owned(),
            }),
            ActionStatus::Done => sheet.note(format!("done on {}", long_day(action.changed_on))),
            ActionStatus::Dropped => sheet.note(format!("stopped on {}", long_day(action.changed_on))),
        }
        if !action.learned.is_empty() {
            sheet.heading("What I learned");
            sheet.text(action.learned.clone());
        }
        if let Some(came_out) = action.came_out {
            sheet.pair("As you hoped", came_out.title());
        }
        sheet.intent(action, today);
        if let Some(activity) = action.activity.as_deref().and_then(|id| library.activity(id)) {
            sheet.points("Then", &activity.steps);
            if !activity.afterwards.is_empty() && activity.afterwards != action.intent.evidence {
                sheet.heading("How you will know it worked");
                sheet.text(activity.afterwards.clone());
            }
        }
        if reason || action.because.is_empty() {
            sheet.heading("Why it is in the plan");
            sheet.text(if action.because.is_empty() { "My own idea.".to_owned() } else { action.because.clone() });
        }
        let mut words = format!("decided on {}", short_day(action.decided_on, today));
        if !action.behaviours.is_empty() {
            words = format!("{words}, for {}", join_and(&action.behaviours));
        }
        sheet.note(words);
        sheet
    }
}

impl Sheet {
    /// Appends the filled-in parts of the thinking behind an action.
    fn intent(&mut self, action: &Action, today: Day) {
        let intent = &action.intent;
        let mut said = |word: &str, text: &str| {
            if !text.is_empty() {
                self.pair(word, text);
            }
        };
        said("What you want", &intent.wish);
        said("Best result", &intent.outcome);
        said("Obstacle", &intent.obstacle);
        said("If", intent.if_words());
        said("Then I will", intent.then_words());
        if !action.first_step.is_empty() {
            self.heading("First step");
            self.text(action.first_step.clone());
        }
        let mut said = |word: &str, text: &str| {
            if !text.is_empty() {
                self.pair(word, text);
            }
        };
        said("Kind", intent.kind.map_or("", super::ActivityKind::title));
        said("Who helps", &intent.helper);
        said("How you will know", &intent.evidence);
        said("Look back on", &intent.review.map(|day| short_day(day, today)).unwrap_or_default());
    }
}

/// Returns a line such as `Flexibility (Open to new ideas), Leadership for …, for commissioners`.
fn place(library: &Library, ix: BehaviourIx) -> String {
    let behaviour = library.behaviour(ix);
    let theme = library.theme_of(ix);
    let framework = library.framework_of(ix);
    let motto = if theme.motto.is_empty() { String::new() } else { format!(" ({})", theme.motto) };
    let applies = match behaviour.applies_to {
        AppliesTo::Any => String::new(),
        kind => format!(", for {}s", kind.id()),
    };
    format!("{}{motto}, {} {}{applies}", theme.title, framework.title, framework.edition)
}

fn crossing_words(crossing: &Crossing<'_>) -> String {
    let of = if crossing.of_theme { "whole theme, " } else { "" };
    let gist = if crossing.link.gist.is_empty() { String::new() } else { format!(" \u{2014} {}", crossing.link.gist) };
    format!("{}: {} ({of}{}){gist}", crossing.framework, crossing.words, crossing.link.certainty.id())
}

fn source(behaviour: &Behaviour) -> String {
    let source = &behaviour.source;
    format!("Source: {}, {}, number {}. Worded for this pack.", source.document, source.theme, source.position)
}

impl Truth {
    /// Returns a symbol shown beside the word, so that the meaning does not depend on colour alone.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Yes => "+",
            Self::No => "-",
            Self::Unknown => "?",
        }
    }
}

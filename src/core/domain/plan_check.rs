//! Questions about an action before it is added to the plan. They never prevent anything: the person decides
//! (COACHING.md 3.5).

use super::{Action, ActionStatus, ActivityKind, Day, Intent, count, first_step_by};

/// Number of open actions from which on there is a question about the total.
const MOST_OPEN: usize = 3;
/// Minimum number of words that can describe a situation.
const FEWEST_WORDS: usize = 3;
/// Endings of "if" clauses that describe a wish instead of a situation.
const NO_SITUATION: [&str; 10] = [
    "have time",
    "get time",
    "there is time",
    "is possible",
    "i can",
    "i remember",
    "is necessary",
    "is needed",
    "i want to",
    "i feel like it",
];

/// Returns questions about an action, most useful first; empty if there is nothing to ask.
#[must_use]
pub fn plan_questions(due: Option<Day>, intent: &Intent, others: &[Action], today: Day) -> Vec<String> {
    let mut asked = Vec::new();
    if !names_a_situation(&intent.situation) {
        asked.push(
            "When and where will you need it? Name a moment, like: if the rota meeting runs over. Then you are more \
             likely to do it."
                .to_owned(),
        );
    }
    match due {
        None => asked.push("When will you do the first step by? Two weeks is a good limit.".to_owned()),
        Some(due) if due < today => {
            asked.push("The date of the first step has passed. When will you do it now?".to_owned());
        }
        Some(due) if due > first_step_by(today) => {
            asked.push("The first step is more than 2 weeks away. Is there a smaller one before that?".to_owned());
        }
        Some(_) => {}
    }
    match intent.review {
        None => asked.push("When will you look back at this?".to_owned()),
        Some(review) if review < today => {
            asked.push("The date to look back has passed. When will you look back now?".to_owned());
        }
        Some(_) => {}
    }
    let open: Vec<&Action> = others.iter().filter(|action| action.status == ActionStatus::Open).collect();
    let mix = ActionKindMix::of(open.iter().map(|action| action.intent.kind).chain([intent.kind]));
    if mix == ActionKindMix::CoursesOnly {
        asked.push("Everything in your plan is a course. What could you try at work, or with someone?".to_owned());
    }
    if open.len() >= MOST_OPEN {
        let words = count(open.len() + 1, "action", "actions");
        asked.push(format!("That would make {words} open at once. Which of them can wait?"));
    }
    asked
}

/// Returns whether an "if" clause says when or where.
fn names_a_situation(text: &str) -> bool {
    let folded = super::fold(text);
    let words = folded.split_whitespace().skip_while(|word| matches!(*word, "if" | "when" | "whenever")).count();
    words >= FEWEST_WORDS && !NO_SITUATION.iter().any(|phrase| folded.trim_end_matches('.').ends_with(phrase))
}

/// The mix of kinds of development in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ActionKindMix {
    /// Formal learning only.
    CoursesOnly,
    /// Other kinds as well, or the kind is not stated.
    Other,
}

impl ActionKindMix {
    fn of(kinds: impl Iterator<Item = Option<ActivityKind>>) -> Self {
        let kinds: Vec<Option<ActivityKind>> = kinds.collect();
        let courses = !kinds.is_empty() && kinds.iter().all(|kind| *kind == Some(ActivityKind::Formal));
        if courses { Self::CoursesOnly } else { Self::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = jiff::civil::date(2026, 11, 22);

    fn good() -> Intent {
        Intent {
            situation: "If the handover runs over".to_owned(),
            response: "I ask the quietest person first".to_owned(),
            kind: Some(ActivityKind::OnTheJob),
            review: Some(jiff::civil::date(2027, 1, 10)),
            ..Intent::default()
        }
    }

    fn asked(due: Option<Day>, intent: &Intent, others: &[Action]) -> String {
        plan_questions(due, intent, others, TODAY).join("\n")
    }

    fn open(kind: Option<ActivityKind>) -> Action {
        Action {
            id: String::new(),
            decided_on: TODAY,
            activity: None,
            rules: Vec::new(),
            because: String::new(),
            behaviours: Vec::new(),
            title: String::new(),
            first_step: String::new(),
            due: None,
            status: ActionStatus::Open,
            changed_on: TODAY,
            learned: String::new(),
            intent: Intent { kind, ..Intent::default() },
            came_out: None,
        }
    }

    #[test]
    fn a_plan_with_a_moment_a_step_and_a_review_is_not_asked_about() {
        assert_eq!(asked(Some(first_step_by(TODAY)), &good(), &[]), "");
    }

    #[test]
    fn an_if_without_a_moment_is_asked_about() {
        for text in ["", "if possible", "If I have time", "when I can", "whenever there is time."] {
            let intent = Intent { situation: text.to_owned(), ..good() };
            assert!(asked(Some(TODAY), &intent, &[]).contains("When and where"), "{text}");
        }
        for text in ["If Sam is quiet", "on Tuesday's round", "after the first home visit"] {
            let intent = Intent { situation: text.to_owned(), ..good() };
            assert_eq!(asked(Some(TODAY), &intent, &[]), "", "{text}");
        }
    }

    #[test]
    fn dates_courses_and_too_much_at_once_are_asked_about() {
        let late = first_step_by(TODAY).tomorrow().expect("there is a day after");
        assert!(asked(Some(late), &good(), &[]).contains("more than 2 weeks"));
        assert!(asked(None, &good(), &[]).contains("first step by"));
        assert!(asked(Some(TODAY), &Intent { review: None, ..good() }, &[]).contains("look back"));
        let course = Intent { kind: Some(ActivityKind::Formal), ..good() };
        let formal = open(Some(ActivityKind::Formal));
        assert!(asked(Some(TODAY), &course, std::slice::from_ref(&formal)).contains("is a course"));
        assert!(!asked(Some(TODAY), &good(), &[formal]).contains("is a course"));
        let three = [open(None), open(None), open(None)];
        assert!(asked(Some(TODAY), &good(), &three[..2]).is_empty());
        assert!(asked(Some(TODAY), &good(), &three).contains("4 actions open"));
    }
}

//! Warnings about packs that are valid but should be improved: missing parts, closed or leading questions, and gaps in
//! the catalogue.

use super::source::PackFiles;
use crate::domain::{ENGLISH, Fault, Library, Purpose};

/// Words that open a question which can be answered with yes or no.
const CLOSED: [&str; 32] = [
    "do",
    "does",
    "did",
    "is",
    "are",
    "was",
    "were",
    "am",
    "have",
    "has",
    "had",
    "can",
    "could",
    "will",
    "would",
    "should",
    "shall",
    "may",
    "might",
    "must",
    "isn't",
    "aren't",
    "don't",
    "doesn't",
    "didn't",
    "haven't",
    "hasn't",
    "can't",
    "couldn't",
    "won't",
    "wouldn't",
    "shouldn't",
];
/// Words that open a question which asks for a story or a thought.
const OPEN: [&str; 8] = ["what", "how", "when", "where", "who", "which", "whose", "whom"];
/// Phrases that suggest the answer.
const LEADING: [&str; 12] = [
    "don't you",
    "isn't it",
    "wouldn't you",
    "shouldn't you",
    "surely",
    "obviously",
    "of course",
    "agree that",
    "should you not",
    "is it not",
    "aren't you",
    ", right?",
];

/// Placeholders for a licence, an attribution or a source that was not filled in.
const NOT_STATED: [&str; 12] =
    ["?", "-", "\u{2026}", "...", "none", "unknown", "tbc", "tbd", "to do", "n/a", "not stated", "no licence"];
/// Words and characters that join two things into one statement.
const JOINING: [&str; 4] = [" and ", " or ", ";", "/"];
/// Fixed expressions that contain a joining word and are one thing.
const ONE_THING: [&str; 6] = [
    "health and social care",
    "health and care",
    "care and support",
    "health and wellbeing",
    "terms and conditions",
    "policies and procedures",
];

/// Number of warnings about one pack after which no more about prompts are added; twice this number for behaviours.
const MOST_WARNINGS: usize = 100;

/// Checks whether a text is one open question: it ends with a question mark, has an open question word near the start
/// of the question or after a comma, and suggests no answer.
///
/// # Errors
/// Returns what is wrong with it, as a phrase.
pub fn open_question(text: &str) -> Result<(), &'static str> {
    let lower = crate::domain::fold(text.trim());
    if !lower.ends_with('?') {
        return Err("it does not end with a question mark");
    }
    if LEADING.iter().any(|phrase| lower.contains(phrase)) {
        return Err("it leads the person to an answer");
    }
    if lower.matches('?').count() > 1 || SECOND.iter().any(|second| joins(&lower, second)) {
        return Err("it asks two questions");
    }
    let question = lower.trim_end_matches('?').rsplit(['.', '?', ';', ':']).next().unwrap_or("").trim();
    let first = |part: &str| part.split_whitespace().next().unwrap_or("").trim_matches(',').to_owned();
    if CLOSED.contains(&first(question).as_str()) {
        return Err("yes or no would answer it");
    }
    let opens = |part: &str| {
        part.split_whitespace().take(3).any(|word| OPEN.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
    };
    if question.split(',').any(|part| opens(part.trim())) {
        Ok(())
    } else {
        Err("it has no open question word (what, how, when, where, who, which) where the question starts")
    }
}

/// Words before a second question.
const SECOND: [&str; 3] = [", and", ", or", " or"];
/// Words with which a second question begins.
const ASKS: [&str; 7] = ["what", "how", "who", "where", "when", "which", "why"];

/// Returns whether the words that join are followed by a question word.
fn joins(lower: &str, second: &str) -> bool {
    lower.match_indices(second).any(|(at, _)| {
        let next = lower.get(at + second.len()..).unwrap_or_default().strip_prefix(' ');
        next.and_then(|rest| rest.split_whitespace().next()).is_some_and(|word| ASKS.contains(&word))
    })
}

/// Returns the word that joins two things in one statement, which therefore cannot be rated with one number; `None` if
/// there is none.
#[must_use]
pub fn double_barrelled(statement: &str) -> Option<&'static str> {
    let mut lower = crate::domain::fold(statement);
    for pair in ONE_THING {
        lower = lower.replace(pair, "");
    }
    JOINING.into_iter().find(|word| lower.trim_end_matches([';', '.']).contains(word)).map(str::trim)
}

/// Returns warnings about one pack within the merged library, each with its position.
#[must_use]
pub fn lint(pack: &PackFiles, library: &Library) -> Vec<Fault> {
    let Some(info) = library.packs.iter().find(|info| info.origin == pack.origin && pack.is(&info.id)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, text) in [("licence", &info.licence), ("attribution", &info.attribution), ("source", &info.source)] {
        if NOT_STATED.contains(&crate::domain::fold(text).trim()) {
            let message = format!("{key} says nothing: \"{text}\"");
            let hint = "say under which terms others can use it, who to credit, and what it was made from";
            found.push(warn(pack, "pack.toml", text, &message, hint));
        }
    }
    let is_english = info.language == ENGLISH || info.language.starts_with("en-");
    if !is_english {
        let message =
            "Cairn understands words in English only: rules about words and notices of danger do not see others";
        let hint = "say so to the people who use this pack. Rules about ratings work in every language";
        found.push(warn(pack, "pack.toml", &info.language, message, hint));
    }
    for prompt in library.prompts.iter().filter(|prompt| is_english && prompt.pack == info.id) {
        if found.len() >= MOST_WARNINGS {
            let hint = "fix the first ones and check again";
            found.push(Fault::new(pack.name("prompts.toml"), "more prompts are like these", hint).warning());
            break;
        }
        if let Err(why) = open_question(&prompt.text) {
            let hint = "ask what, how, when, where, who or which, so that the answer is a story";
            found.push(warn(pack, "prompts.toml", &prompt.id, &format!("the prompt \"{}\": {why}", prompt.id), hint));
        }
    }
    for ix in library.indices() {
        let behaviour = library.behaviour(ix);
        let framework = library.framework_of(ix);
        if framework.pack != info.id {
            continue;
        }
        if found.len() >= 2 * MOST_WARNINGS {
            let hint = "fix the first ones and check again";
            found.push(Fault::new(pack.name("framework.toml"), "more behaviours are like these", hint).warning());
            break;
        }
        let code = &behaviour.code;
        let mut say = |message: String, hint: &str| found.push(warn(pack, "framework.toml", code, &message, hint));
        // A behaviour may be for the upper levels only.
        let told = |level: &crate::domain::Level| behaviour.levels.iter().any(|(id, _)| *id == level.id);
        if !framework.levels.iter().skip_while(|level| !told(level)).all(told) || behaviour.levels.is_empty() {
            say(format!("{code} is not described for every level"), "add the missing lines to [behaviour.levels]");
        }
        if is_english
            && behaviour.indicators.is_empty()
            && let Some(word) = double_barrelled(&behaviour.statement)
        {
            let message = format!("{code} may ask for two things at once, because its statement holds \"{word}\"");
            say(message, "list the parts under indicators, or make two behaviours of it");
        }
        if behaviour.opposite.is_empty() {
            say(format!("{code} does not say what it does not look like"), "add opposite = \"…\"");
        }
        if !library.prompts_for(ix, None).any(|prompt| prompt.purpose == Purpose::Reflect) {
            say(format!("{code} has no prompt to reflect on"), "add one with purpose = \"reflect\" to prompts.toml");
        }
        if library.activities_for(ix).is_empty() {
            say(format!("no activity develops {code}"), "add one to activities.toml that names it");
        }
    }
    found
}

fn warn(pack: &PackFiles, path: &str, needle: &str, message: &str, hint: &str) -> Fault {
    let fault = Fault::new(pack.name(path), message, hint).warning();
    let text = pack.files.get(path).map_or("", String::as_str);
    match text.find(&format!("\"{needle}\"")) {
        Some(byte) => fault.at_byte(text, byte),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_hold_two_things_are_seen_and_pairs_that_are_one_thing_are_not() {
        assert_eq!(double_barrelled("Listens and acts on what people say."), Some("and"));
        assert_eq!(double_barrelled("Asks for help; offers it."), Some(";"));
        assert_eq!(double_barrelled("Knows who commissions health and social care."), None);
        assert_eq!(double_barrelled("Handles understanding gracefully."), None);
    }

    #[test]
    fn open_questions_pass_and_closed_or_leading_ones_do_not() {
        for good in [
            "What did you notice?",
            "Thinking of last week, how did people speak up?",
            "In which meeting did someone surprise you?",
            "Where on a scale from 0 to 10 are you now?",
        ] {
            assert_eq!(open_question(good), Ok(()), "{good}");
        }
        for bad in [
            "Do you listen?",
            "Tell me more.",
            "What do you do, surely?",
            "Looking back, did it help?",
            "What did you do, and how did it go?",
            "What helped? What did not?",
            "What did you try or how did it fail?",
        ] {
            assert!(open_question(bad).is_err(), "{bad}");
        }
    }
}

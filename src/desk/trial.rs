//! Experiments that do not change the records: the same person with other answers, and the same people with another
//! version of a pack.

use std::collections::BTreeSet;

use super::{Desk, DeskError, LoadedPacks};
use crate::domain::{
    Advised, Answer, BehaviourIx, By, Library, NonAnswer, Organisation, Profile, Rated, Reflection, Story, Truth,
    did_you_mean, nearest,
};
use crate::rules::Facts;

/// The problem with a supposition, and the next step.
type Refused = (String, String);

/// Changes one thing in a story: `FL-5=2`, `FL-5=cannot-say`, `importance.FL-5=3`, `words.FL-5=…`, `coach.FL-5=4`,
/// `level=managers` or `organisation=provider`.
///
/// # Errors
/// Returns the problem and the next step.
pub fn suppose(story: &mut Story, library: &Library, change: &str) -> Result<(), Refused> {
    let example = "write it like FL-5=2, importance.FL-5=3, words.FL-5=\"no time\" or level=managers";
    let (what, value) =
        change.split_once('=').ok_or_else(|| (format!("\"{change}\" changes nothing"), example.to_owned()))?;
    let (what, value) = (what.trim(), value.trim());
    match what {
        "level" => {
            let found = library.level(value).map(|(_, _, level)| level.id.clone());
            let known: Vec<&str> =
                library.frameworks.iter().flat_map(|f| &f.levels).map(|level| level.id.as_str()).collect();
            let hint = nearest(value, known.iter().copied())
                .map_or_else(|| format!("it can be {}", known.join(", ")), did_you_mean);
            story.person.level = Some(found.ok_or((format!("there is no level \"{value}\""), hint))?);
        }
        "organisation" => {
            let message = format!("there is no kind of organisation \"{value}\"");
            let hint = "it can be commissioner, provider or other".to_owned();
            story.person.organisation = Organisation::parse(value).ok_or((message, hint))?;
        }
        _ => {
            let answer = supposed_answer(story, library, what, value)?;
            story.answers.push(answer);
        }
    }
    Ok(())
}

fn supposed_answer(story: &Story, library: &Library, what: &str, value: &str) -> Result<Answer, Refused> {
    // A code may contain a full stop, so only known prefixes count.
    let parts = ["importance", "words", "coach"];
    let (part, code) = what.split_once('.').filter(|(part, _)| parts.contains(part)).unwrap_or(("rating", what));
    let ix = library
        .find(code)
        .map_err(|error| (error.to_string(), "`cairn search` finds behaviours and their codes".to_owned()))?;
    let mut answer = newest(story, library, ix);
    let whole =
        |hint: &str| value.parse::<i64>().map_err(|_| (format!("\"{value}\" is not a whole number"), hint.to_owned()));
    match part {
        "importance" => answer.importance = Some(whole("write a point of the scale of importance")?),
        "words" => answer.reflections = vec![Reflection { prompt: String::new(), text: value.to_owned() }],
        _ => {
            let hint = "write a point of the scale, or cannot-say, not-applicable, prefer-not-to-say";
            answer.rated = match NonAnswer::parse(value) {
                Some(kind) => Rated::Not(kind),
                None => Rated::Value(whole(hint)?),
            };
            if part == "coach" {
                answer = Answer { by: By::Coach, importance: None, reflections: Vec::new(), ..answer };
            }
        }
    }
    let framework = library.framework_of(ix);
    match answer.check(&framework.scale, &framework.importance) {
        Ok(()) => Ok(answer),
        Err(error) => Err((error.to_string(), "use a point of the framework's scale".to_owned())),
    }
}

/// Returns a copy of the person's newest answer about a behaviour that counts, dated today and ordered after all
/// others; an empty answer if there is none.
fn newest(story: &Story, library: &Library, ix: BehaviourIx) -> Answer {
    let (behaviour, framework) = (library.behaviour(ix), library.framework_of(ix));
    let mine = |answer: &&Answer| {
        answer.by == By::Myself && library.counted(answer, story.today).is_ok_and(|counted| counted.behaviour == ix)
    };
    let newest = story.answers.iter().filter(mine).max().cloned();
    Answer {
        // Sorts after every id in the records, because no real id begins with a tilde.
        id: format!("~{:06}", story.answers.len()),
        framework: framework.id.clone(),
        edition: framework.edition.clone(),
        behaviour: behaviour.code.clone(),
        rated: newest.as_ref().map_or(Rated::Unanswered, |answer| answer.rated),
        importance: newest.as_ref().and_then(|answer| answer.importance),
        reflections: newest.map(|answer| answer.reflections).unwrap_or_default(),
        ..Answer::blank(story.today)
    }
}

/// Differences between the advice to one person in two situations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Activities that are shown only in the second situation, best first: id and title.
    pub new: Vec<(String, String)>,
    /// Activities that are shown only in the first situation: id and title.
    pub gone: Vec<(String, String)>,
    /// Whether the common activities are in another order.
    pub reordered: bool,
    /// Ids of rules that apply only in the second situation.
    pub begun: Vec<String>,
    /// Ids of rules that apply only in the first situation.
    pub ended: Vec<String>,
}

impl Difference {
    /// Compares the advice from two sets of packs for two stories; the packs or the stories may be the same.
    #[must_use]
    pub fn between((before, then): (&LoadedPacks, &Story), (after, now): (&LoadedPacks, &Story)) -> Self {
        let (then, now) = (&then.profile(&before.library), &now.profile(&after.library));
        let (old, new) = (before.advise(then), after.advise(now));
        let list = |advised: &Advised| -> Vec<(String, String)> {
            advised.shown.iter().map(|advice| (advice.activity.clone(), advice.title.clone())).collect()
        };
        let (old, new) = (list(&old), list(&new));
        let has = |list: &[(String, String)], id: &str| list.iter().any(|(own, _)| own == id);
        let (spoke, speaks) = (before.speaking(then), after.speaking(now));
        let common = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
            list.iter().filter(|(id, _)| has(other, id)).map(|(id, _)| id.clone()).collect()
        };
        Self {
            reordered: common(&old, &new) != common(&new, &old),
            new: new.iter().filter(|(id, _)| !has(&old, id)).cloned().collect(),
            gone: old.iter().filter(|(id, _)| !has(&new, id)).cloned().collect(),
            begun: speaks.difference(&spoke).cloned().collect(),
            ended: spoke.difference(&speaks).cloned().collect(),
        }
    }

    /// Returns whether the same activities are shown in the same order.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && !self.reordered
    }
}

impl LoadedPacks {
    /// Returns the ids of the rules that apply to a person.
    #[must_use]
    pub fn speaking(&self, profile: &Profile) -> BTreeSet<String> {
        let facts = Facts::new(&self.library, profile);
        let outcomes = self.rules.truths(&facts);
        let all = self.rules.rules().iter().zip(outcomes);
        all.filter(|(rule, truth)| rule.is_on() && *truth == Truth::Yes).map(|(rule, _)| rule.id.clone()).collect()
    }
}

impl Desk {
    /// Returns the records as a story.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn story(&self) -> Result<Story, DeskError> {
        Ok(Story {
            person: self.person()?,
            answers: self.read(crate::store::Store::answers)?,
            actions: self.actions()?,
            verdicts: self.read(crate::store::Store::verdicts)?,
            today: self.today(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_goes_out_from_the_newest_answer_that_counts() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let mut story = Story { today: jiff::civil::date(2026, 11, 22), ..Story::default() };
        let ix = library.find("FL-5").expect("built in");
        let own = Answer { on: jiff::civil::date(2026, 11, 1), rated: Rated::Value(2), ..newest(&story, &library, ix) };
        let ahead = Answer { on: jiff::civil::date(2062, 11, 20), rated: Rated::Value(5), ..own.clone() };
        let other = Answer { on: jiff::civil::date(2026, 11, 2), edition: "2009".to_owned(), ..ahead.clone() };
        story.answers = vec![own, other, ahead];
        suppose(&mut story, &library, "importance.FL-5=3").expect("it can be supposed");
        let added = story.answers.last().expect("one was added");
        assert_eq!((added.rated, added.importance), (Rated::Value(2), Some(3)));
    }
}

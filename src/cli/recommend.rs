//! `cairn recommend`: recommends activities.

use super::secrets::open;
use std::process::ExitCode;

use serde::Serialize;

use super::args::RecommendArgs;
use super::notice::{NoticeRow, notices};
use super::out::{Out, complain, finish, loaded_packs, standing};
use super::reflect::answers;
use crate::desk::{Decision, LoadedPacks, OpenOptions};
use crate::domain::{Advice, Advised, Day, LeafSeen, Profile, SafetyNotice, Sheet, Story};
use crate::error::Error;
use crate::os::append_line;

/// An element of the JSON list: safety notices come before activities.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Notice(NoticeRow<'a>),
    Advice(RecommendRow<'a>),
}

/// A recommended activity in the JSON format of `cairn recommend --json`.
#[derive(Debug, Serialize)]
struct RecommendRow<'a> {
    activity: &'a str,
    title: &'a str,
    kind: &'static str,
    rules: Vec<RuleRow<'a>>,
    answers: Vec<AnswerRow<'a>>,
    score: i64,
}

#[derive(Debug, Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    pack: &'a str,
    because: &'a str,
    at: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<Vec<Leaf<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    would_change: Option<&'a str>,
}

/// One condition of a rule, for `--explain`.
#[derive(Debug, Serialize)]
pub(super) struct Leaf<'a> {
    needed: &'a str,
    seen: &'a str,
    holds: &'static str,
    negated: bool,
    at: &'a str,
}

#[derive(Debug, Serialize)]
struct AnswerRow<'a> {
    behaviour: &'a str,
    on: String,
    by: &'static str,
}

pub(super) fn run(args: &RecommendArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let (loaded_packs, story, noticed) = match &args.answers {
        Some(file) => {
            let (loaded_packs, story) = told(Some(file), opening)?;
            (loaded_packs, story, None)
        }
        None => {
            let (loaded_packs, story, notices) = noted(opening)?;
            (loaded_packs, story, Some(notices))
        }
    };
    let profile = story.profile(&loaded_packs.library);
    let (today, most) = (story.today, args.limit);
    // The records also contain text that rules do not look at, and notices that the person dismissed.
    let noticed = noticed.unwrap_or_else(|| loaded_packs.noticed(&profile));
    let mut advised = loaded_packs.advise_beside(noticed, most, &profile);
    // Notices caused only by the coach's private notes are shown where such a note is shown, and when it is saved.
    advised.safety.retain(|notice| !notice.is_private());
    if let Some(log) = &args.log {
        let line = Decision::of(&loaded_packs, &story).line();
        append_line(log, &line).map_err(|error| {
            let message = format!("{} cannot be written: {error}", crate::desk::label_of(log));
            Error::input(message, "give a file in a folder where you can write")
        })?;
    }
    if args.json {
        let first = advised.safety.iter().map(|notice| Item::Notice(NoticeRow::of(notice)));
        let advice = advised.shown.iter().map(|advice| Item::Advice(row(advice, args.explain)));
        out.json(&first.chain(advice).collect::<Vec<Item<'_>>>())?;
    } else {
        print(&loaded_packs, &advised, today, args.explain, out);
    }
    Ok(finish(&loaded_packs))
}

/// Reads the records and logs the decision of the rules. A failure to log is only reported, because advice is useful
/// even where nothing can be written.
fn noted(opening: &OpenOptions) -> Result<(LoadedPacks, Story, Vec<SafetyNotice>), Error> {
    let mut desk = open(opening)?;
    if let Err(error) = desk.note_decision() {
        complain(&format!("warning: the decision was not saved: {error}"));
    }
    let story = desk.story()?;
    let notices = desk.notices(&desk.dossier()?)?;
    Ok((standing(desk.loaded_packs)?, story, notices))
}

/// Evaluates a question against an answers file (without touching the records) or, without a file, against the records.
pub(super) fn asked<T>(
    file: Option<&str>,
    opening: &OpenOptions,
    question: impl FnOnce(&LoadedPacks, &Profile) -> T,
) -> Result<(LoadedPacks, T, Day), Error> {
    let (loaded_packs, story) = told(file, opening)?;
    let answer = question(&loaded_packs, &story.profile(&loaded_packs.library));
    Ok((loaded_packs, answer, story.today))
}

/// Returns the story from an answers file (without touching the records) or, without a file, from the records.
pub(super) fn told(file: Option<&str>, opening: &OpenOptions) -> Result<(LoadedPacks, Story), Error> {
    let Some(file) = file else {
        let desk = open(opening)?;
        let story = desk.story()?;
        return Ok((standing(desk.loaded_packs)?, story));
    };
    let loaded_packs = loaded_packs(opening)?;
    let read = answers(file, &loaded_packs.library, opening.clock().today())?;
    // The date given on the command line takes precedence over that in the file, and that over the system clock.
    let today = opening.today.or(read.today).unwrap_or_else(|| opening.clock().today());
    let story = Story { person: read.person, answers: read.answers, today, ..Story::default() };
    Ok((loaded_packs, story))
}

pub(super) fn leaves(leaves: &[LeafSeen]) -> Vec<Leaf<'_>> {
    leaves
        .iter()
        .map(|leaf| Leaf {
            needed: &leaf.needed,
            seen: &leaf.seen,
            holds: leaf.truth.word(),
            negated: leaf.negated,
            at: &leaf.at,
        })
        .collect()
}

fn row(advice: &Advice, explain: bool) -> RecommendRow<'_> {
    RecommendRow {
        activity: &advice.activity,
        title: &advice.title,
        kind: advice.kind.id(),
        rules: advice
            .reasons
            .iter()
            .map(|reason| RuleRow {
                id: &reason.rule,
                pack: &reason.pack,
                because: &reason.because,
                at: &reason.at,
                conditions: explain.then(|| leaves(&reason.leaves)),
                would_change: explain.then_some(reason.would_change.as_str()),
            })
            .collect(),
        answers: advice
            .answers
            .iter()
            .map(|cited| AnswerRow { behaviour: &cited.behaviour, on: cited.on.to_string(), by: cited.by.id() })
            .collect(),
        score: advice.score,
    }
}

fn print(loaded_packs: &LoadedPacks, advised: &Advised, today: Day, explain: bool, out: &mut Out) {
    notices(&advised.safety, &loaded_packs.region, out);
    if advised.shown.is_empty() {
        out.line(advised.why_nothing().unwrap_or("There are no suggestions for these answers."));
    }
    for (at, advice) in advised.shown.iter().enumerate() {
        out.line(format!("{}. {}  [{}]", at + 1, advice.title, advice.activity));
        out.sheet(&Sheet::advice(&loaded_packs.library, advice, today, explain));
        out.line("");
    }
    if explain {
        out.sheet(&Sheet::left_out(advised));
    } else {
        for unmet in &advised.unmet {
            out.line(unmet.words());
        }
    }
}

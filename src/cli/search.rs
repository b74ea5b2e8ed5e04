//! `cairn search`: searches behaviours.

use std::process::ExitCode;

use serde::Serialize;

use super::args::SearchArgs;
use super::out::{Out, complain, finish, loaded_packs};
use crate::desk::OpenOptions;
use crate::domain::{BehaviourIx, Library, clean, join_and};
use crate::error::Error;
use crate::search::{Asker, Field, Index};

#[derive(Debug, Serialize)]
struct SearchRow<'a> {
    code: &'a str,
    id: String,
    title: &'a str,
    theme: &'a str,
    framework: &'a str,
    score: f64,
    field: &'static str,
}

pub(super) fn run(args: &SearchArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let loaded_packs = loaded_packs(opening)?;
    let library = &loaded_packs.library;
    let own = |_: BehaviourIx| false;
    let asker = Asker { library, level: level(library, args.level.as_deref())?, own: &own };
    let found = Index::of_library(library).search_for(&args.query.join(" "), args.limit, asker);
    if let Some(problem) = &found.problem {
        complain(&format!("note: {problem}"));
    }
    let rows: Vec<SearchRow<'_>> = found
        .hits
        .iter()
        .map(|hit| {
            let ix = BehaviourIx(hit.record);
            let behaviour = library.behaviour(ix);
            SearchRow {
                code: &behaviour.code,
                id: behaviour.full_code(),
                title: &behaviour.title,
                theme: &library.theme_of(ix).title,
                framework: &behaviour.framework,
                score: (f64::from(hit.score) * 1000.0).round() / 1000.0,
                field: hit.field.id(),
            }
        })
        .collect();
    if args.json {
        out.json(&rows)?;
        return Ok(finish(&loaded_packs));
    }
    if !found.shown_for.is_empty() {
        let shown: Vec<&str> = found.shown_for.iter().map(|(_, shown)| shown.as_str()).collect();
        complain(&format!("showing {}", join_and(&shown)));
    }
    if rows.is_empty() {
        complain("no results. Try a shorter or different word");
    }
    if let Some(held) = found.held_words() {
        complain(&held);
    }
    for (row, hit) in rows.iter().zip(&found.hits) {
        let note = if matches!(hit.field, Field::Title | Field::Code) {
            String::new()
        } else {
            format!("  (in {})", hit.field.name())
        };
        out.line(format!("{:<6} {}{note}", row.code, row.title));
    }
    Ok(finish(&loaded_packs))
}

/// Returns the id of a level; an error names the known ones.
fn level<'a>(library: &'a Library, name: Option<&str>) -> Result<Option<&'a str>, Error> {
    let Some(name) = name else { return Ok(None) };
    let Some((_, _, level)) = library.level(name) else {
        let known: Vec<&str> =
            library.frameworks.iter().flat_map(|framework| &framework.levels).map(|level| level.id.as_str()).collect();
        return Err(Error::input(
            format!("there is no level \"{}\"", clean(name)),
            format!("the levels are {}", join_and(&known)),
        ));
    };
    Ok(Some(&level.id))
}

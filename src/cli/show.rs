//! `cairn show`: shows one behaviour.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::args::ShowArgs;
use super::out::{Out, finish, loaded_packs};
use crate::desk::OpenOptions;
use crate::domain::Sheet;
use crate::error::Error;

#[derive(Debug, Serialize)]
struct Shown<'a> {
    code: &'a str,
    id: String,
    title: &'a str,
    statement: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    easy: &'a str,
    indicators: &'a [String],
    opposite: &'a str,
    framework: &'a str,
    edition: &'a str,
    theme: &'a str,
    arenas: &'a [String],
    applies_to: &'static str,
    levels: BTreeMap<&'a str, &'a str>,
    prompts: Vec<Asked<'a>>,
    aliases: &'a [String],
    keywords: &'a [String],
    links: Vec<Linked<'a>>,
    activities: Vec<&'a str>,
    source: Place<'a>,
}

#[derive(Debug, Serialize)]
struct Asked<'a> {
    id: &'a str,
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fits: Vec<&'static str>,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Linked<'a> {
    framework: String,
    to: String,
    of: &'static str,
    certainty: &'static str,
    gist: &'a str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    document: &'a str,
    theme: &'a str,
    position: u32,
}

pub(super) fn run(args: &ShowArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let loaded_packs = loaded_packs(opening)?;
    let library = &loaded_packs.library;
    let ix = library
        .find(&args.code)
        .map_err(|error| Error::input(error.to_string(), "`cairn search WORDS` finds behaviours and their codes"))?;
    let framework = library.framework_of(ix);
    let level = match &args.level {
        None => None,
        Some(name) => Some(framework.level(name).map(|(_, level)| level.id.as_str()).ok_or_else(|| {
            let known: Vec<&str> = framework.levels.iter().map(|level| level.id.as_str()).collect();
            Error::input(
                format!("{} has no level \"{name}\"", framework.title),
                format!("it can be {}", known.join(", ")),
            )
        })?),
    };
    let behaviour = library.behaviour(ix);
    if !args.json {
        out.line(behaviour.to_string());
        out.sheet(&Sheet::behaviour(library, ix, level, args.easy));
        return Ok(finish(&loaded_packs));
    }
    let in_level = |id: &str| level.is_none_or(|own| own == id);
    out.json(&Shown {
        code: &behaviour.code,
        id: behaviour.full_code(),
        title: &behaviour.title,
        statement: &behaviour.statement,
        easy: &behaviour.easy,
        indicators: &behaviour.indicators,
        opposite: &behaviour.opposite,
        framework: &framework.id,
        edition: &framework.edition,
        theme: &library.theme_of(ix).title,
        arenas: &behaviour.arenas,
        applies_to: behaviour.applies_to.id(),
        levels: behaviour
            .levels
            .iter()
            .filter(|(id, _)| in_level(id))
            .map(|(id, text)| (id.as_str(), text.as_str()))
            .collect(),
        prompts: library
            .prompts
            .iter()
            .filter(|prompt| prompt.behaviour == ix && prompt.level.as_deref().is_none_or(in_level))
            .map(|prompt| Asked {
                id: &prompt.id,
                purpose: prompt.purpose.id(),
                level: prompt.level.as_deref(),
                fits: prompt.fits.iter().map(|height| height.id()).collect(),
                text: &prompt.text,
            })
            .collect(),
        aliases: &behaviour.aliases,
        keywords: &behaviour.keywords,
        links: library
            .crosswalk(ix)
            .into_iter()
            .map(|crossing| Linked {
                framework: crossing.framework,
                to: crossing.words,
                of: if crossing.of_theme { "theme" } else { "behaviour" },
                certainty: crossing.link.certainty.id(),
                gist: &crossing.link.gist,
                note: &crossing.link.note,
            })
            .collect(),
        activities: library.activities_for(ix).into_iter().map(|activity| activity.id.as_str()).collect(),
        source: Place {
            document: &behaviour.source.document,
            theme: &behaviour.source.theme,
            position: behaviour.source.position,
        },
    })?;
    Ok(finish(&loaded_packs))
}

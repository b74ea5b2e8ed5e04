//! `cairn pack list`: lists every pack with its layer, licence and attribution, and the reason if one is left out.

use std::process::ExitCode;

use serde::Serialize;

use super::{FaultRow, fault_row};
use crate::cli::out::{Out, finish, loaded_packs};
use crate::desk::{LoadedPacks, OpenOptions, PackStatus};
use crate::domain::{ENGLISH, Fault, PackInfo, count};
use crate::error::Error;
use crate::pack::Layer;

#[derive(Debug, Serialize)]
struct ListRow<'a> {
    id: &'a str,
    version: &'a str,
    layer: &'static str,
    used: bool,
    title: &'a str,
    summary: &'a str,
    /// Language of its texts, as a tag like `en`; empty for a pack that is not used.
    language: &'a str,
    /// Other languages in which it has words for behaviours.
    translated: Vec<&'a str>,
    licence: &'a str,
    attribution: &'a str,
    source: &'a str,
    /// Name of the pack in error messages.
    origin: &'a str,
    /// Folder that it was added from, or that was named on the command line.
    from: &'a str,
    /// `built-in`, `none`, `unknown-key` or `trusted`.
    signature: &'static str,
    /// The signature in words.
    signed: String,
    behaviours: usize,
    prompts: usize,
    activities: usize,
    rules: usize,
    faults: Vec<FaultRow<'a>>,
}

pub(super) fn run(json: bool, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let loaded_packs = loaded_packs(opening)?;
    let library = &loaded_packs.library;
    let faults: Vec<Vec<Fault>> = loaded_packs
        .held
        .iter()
        .map(|held| if held.used { Vec::new() } else { loaded_packs.faults_in(&held.label) })
        .collect();
    let mut rows: Vec<ListRow<'_>> = library
        .packs
        .iter()
        .map(|info| {
            standing(info, loaded_packs.held.iter().find(|held| held.used && held.label == info.origin), &loaded_packs)
        })
        .collect();
    let out_of_use = loaded_packs.held.iter().zip(&faults).filter(|(held, _)| !held.used);
    rows.extend(out_of_use.map(|(held, faults)| left_out(held, faults)));
    if json {
        out.json(&rows)?;
        return Ok(finish(&loaded_packs));
    }
    for row in &rows {
        print(row, out);
    }
    Ok(finish(&loaded_packs))
}

fn standing<'a>(info: &'a PackInfo, held: Option<&'a PackStatus>, loaded_packs: &'a LoadedPacks) -> ListRow<'a> {
    let library = &loaded_packs.library;
    ListRow {
        id: &info.id,
        version: &info.version,
        layer: held.map_or(Layer::BuiltIn, |held| held.layer).id(),
        used: true,
        title: &info.title,
        summary: &info.summary,
        language: &info.language,
        translated: library.languages_of(&info.id),
        licence: &info.licence,
        attribution: &info.attribution,
        source: &info.source,
        origin: &info.origin,
        from: held.map_or("", |held| &held.from),
        signature: held.map_or("built-in", |held| held.signed.id()),
        signed: held.map_or_else(String::new, |held| held.signed.sentence()),
        behaviours: library.indices().filter(|ix| library.framework_of(*ix).pack == info.id).count(),
        prompts: library.prompts.iter().filter(|prompt| prompt.pack == info.id).count(),
        activities: library.activities.iter().filter(|activity| activity.pack == info.id).count(),
        rules: loaded_packs.rules.rules().iter().filter(|rule| rule.pack == info.id).count(),
        faults: Vec::new(),
    }
}

fn left_out<'a>(held: &'a PackStatus, faults: &'a [Fault]) -> ListRow<'a> {
    ListRow {
        id: &held.id,
        version: &held.version,
        layer: held.layer.id(),
        used: false,
        title: "",
        summary: "",
        language: "",
        translated: Vec::new(),
        licence: "",
        attribution: "",
        source: "",
        origin: &held.label,
        from: &held.from,
        signature: held.signed.id(),
        signed: String::new(),
        behaviours: 0,
        prompts: 0,
        activities: 0,
        rules: 0,
        faults: faults.iter().map(fault_row).collect(),
    }
}

fn print(row: &ListRow<'_>, out: &mut Out) {
    let layer = if row.layer == Layer::BuiltIn.id() { Layer::BuiltIn.title() } else { row.layer };
    if !row.used {
        out.line(format!("{} {}  ({layer}, not used)", row.id, row.version));
        out.paragraph("    ", &format!("From: {}", row.from));
        if let Some(first) = row.faults.first() {
            let place = first.line.map_or(first.file.to_owned(), |line| format!("{}:{line}", first.file));
            out.paragraph("    ", &format!("Why: {place}: {}", first.message));
        }
        return;
    }
    out.line(format!("{} {}  ({layer})", row.id, row.version));
    out.paragraph("    ", row.title);
    let held = [
        count(row.behaviours, "behaviour", "behaviours"),
        count(row.prompts, "prompt", "prompts"),
        count(row.activities, "activity", "activities"),
        count(row.rules, "rule", "rules"),
    ];
    out.paragraph("    ", &held.join(", "));
    let others = row.translated.join(", ");
    match (row.language, others.as_str()) {
        ("" | ENGLISH, "") => {}
        (own, "") => out.paragraph("    ", &format!("Language: {own}")),
        (own, others) => out.paragraph("    ", &format!("Language: {own}, and behaviours in {others}")),
    }
    out.paragraph("    ", &format!("Licence: {}", row.licence));
    out.paragraph("    ", &format!("Attribution: {}", row.attribution));
    if !row.from.is_empty() {
        out.paragraph("    ", &format!("From: {}", row.from));
        out.paragraph("    ", &format!("Signature: {}", row.signed));
    }
}

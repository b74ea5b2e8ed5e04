//! `cairn rules whatif` and `cairn rules diff`: shows how advice would differ with other answers, or with another
//! edition of a pack.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::super::out::{Out, finish, standing};
use super::super::recommend::told;
use crate::desk::{Difference, Edition, LoadedPacks, OpenOptions, Step, answers_that_stop, label_of, suppose};
use crate::domain::{Story, clean, count};
use crate::error::{Error, ErrorKind};

#[derive(Debug, Serialize)]
struct WhatifRow<'a> {
    who: &'a str,
    same: bool,
    new: Vec<&'a str>,
    gone: Vec<&'a str>,
    reordered: bool,
    rules_begun: &'a [String],
    rules_ended: &'a [String],
}

fn row<'a>(who: &'a str, difference: &'a Difference) -> WhatifRow<'a> {
    let ids = |list: &'a [(String, String)]| list.iter().map(|(id, _)| id.as_str()).collect();
    WhatifRow {
        who,
        same: difference.is_same(),
        new: ids(&difference.new),
        gone: ids(&difference.gone),
        reordered: difference.reordered,
        rules_begun: &difference.begun,
        rules_ended: &difference.ended,
    }
}

/// Maximum number of rules named in one list.
const MOST_RULES: usize = 6;

fn print(difference: &Difference, out: &mut Out) {
    for (mark, list) in [("+", &difference.new), ("-", &difference.gone)] {
        for (id, title) in list {
            out.paragraph(&format!("  {mark} "), &format!("{title} [{id}]"));
        }
    }
    if difference.reordered {
        out.line("  the others come in another order");
    }
    for (what, list) in [("applies now", &difference.begun), ("does not apply now", &difference.ended)] {
        for id in list.iter().take(MOST_RULES) {
            out.line(format!("    {id} {what}"));
        }
        if list.len() > MOST_RULES {
            out.line(format!("    and {} more like this", count(list.len() - MOST_RULES, "rule", "rules")));
        }
    }
}

/// Compares the advice for a person with that after changing some answers; nothing is saved.
pub(super) fn whatif(
    changes: &[String],
    answers: Option<&str>,
    json: bool,
    opening: &OpenOptions,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let (loaded_packs, story) = told(answers, opening)?;
    let mut other = story.clone();
    for change in changes {
        suppose(&mut other, &loaded_packs.library, change)
            .map_err(|(message, hint)| Error::input(clean(&message), clean(&hint)))?;
    }
    let difference = Difference::between((&loaded_packs, &story), (&loaded_packs, &other));
    if json {
        out.json(&row("you", &difference))?;
        return Ok(finish(&loaded_packs));
    }
    if difference.is_same() {
        out.line("Cairn would suggest the same.");
    } else {
        out.line("Cairn would suggest something else:");
    }
    print(&difference, out);
    Ok(finish(&loaded_packs))
}

#[derive(Debug, Serialize)]
struct Diff<'a> {
    people: usize,
    changed: usize,
    answers_no_longer_counted: usize,
    differences: Vec<WhatifRow<'a>>,
    editions: Vec<EditionRow<'a>>,
}

#[derive(Debug, Serialize)]
struct EditionRow<'a> {
    pack: &'a str,
    from: &'a str,
    to: &'a str,
    needs: &'static str,
    enough: bool,
    same_edition_other_meaning: bool,
    changes: Vec<ChangeRow<'a>>,
}

#[derive(Debug, Serialize)]
struct ChangeRow<'a> {
    step: &'static str,
    what: &'a str,
}

/// Compares two editions of a pack over the cases of both, the person's own sessions, and answers files.
pub(super) fn diff(
    (old, new): (&Path, &Path),
    answers: &[String],
    json: bool,
    opening: &OpenOptions,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let (before, after) = (edition(old, opening)?, edition(new, opening)?);
    let people = people(&before, &after, (old, new), answers, opening)?;
    let compared: Vec<(&str, Difference)> = people
        .iter()
        .map(|(name, story)| (name.as_str(), Difference::between((&before, story), (&after, story))))
        .collect();
    let changed: Vec<&(&str, Difference)> = compared.iter().filter(|(_, difference)| !difference.is_same()).collect();
    let editions = editions(&before, &after, (old, new));
    let short = editions.iter().any(|(_, edition)| !enough(edition) || edition.shifted);
    let stop = stopping(&before, &after, answers, opening)?;
    if json {
        out.json(&Diff {
            people: compared.len(),
            changed: changed.len(),
            answers_no_longer_counted: stop,
            differences: changed.iter().map(|(who, difference)| row(who, difference)).collect(),
            editions: editions.iter().map(|(pack, edition)| edition_row(pack, edition)).collect(),
        })?;
    } else {
        for (pack, edition) in &editions {
            tell_edition(pack, edition, out);
        }
        for (who, difference) in &changed {
            out.line("");
            out.paragraph("", &format!("Cairn would suggest something else to {who}:"));
            print(difference, out);
        }
        out.line("");
        out.line(format!("For {} of {}, Cairn would now suggest something else.", changed.len(), compared.len()));
        if stop > 0 {
            let words = count(
                stop,
                "answer that counts now would only be listed",
                "answers that count now would only be listed",
            );
            out.paragraph("", &format!("{words}, in the records that are open here and in the files you gave."));
        }
    }
    Ok(if short { ExitCode::from(ErrorKind::Found.code()) } else { ExitCode::SUCCESS })
}

/// Returns the number of answers that would no longer count, in the open records and in the answers files.
fn stopping(
    before: &LoadedPacks,
    after: &LoadedPacks,
    answers: &[String],
    opening: &OpenOptions,
) -> Result<usize, Error> {
    let mut stories = vec![told(None, opening)?.1];
    for file in answers {
        stories.push(told(Some(file), opening)?.1);
    }
    Ok(answers_that_stop(before, after, &stories.iter().collect::<Vec<_>>()))
}

fn edition(folder: &Path, opening: &OpenOptions) -> Result<LoadedPacks, Error> {
    if !folder.is_dir() {
        return Err(Error::input(
            format!("{} is not a folder", label_of(folder)),
            "give two folders of packs: OLD NEW",
        ));
    }
    standing(LoadedPacks::authoring(opening, &[folder.to_owned()]))
}

/// Returns the stories to compare, by name.
fn people(
    before: &LoadedPacks,
    after: &LoadedPacks,
    (old, new): (&Path, &Path),
    answers: &[String],
    opening: &OpenOptions,
) -> Result<BTreeMap<String, Story>, Error> {
    let mut people = BTreeMap::new();
    // If both editions have a case of the same name, the newer one's story is used for both.
    for (loaded_packs, folder) in [(before, old), (after, new)] {
        let own = loaded_packs.packs.iter().filter(|pack| pack.label == label_of(folder));
        for pack in own {
            let cases = loaded_packs.cases(pack).map_err(|faults| Error::faults(ErrorKind::Input, &faults))?;
            for case in cases {
                people.insert(format!("the case {}", case.name), case.story);
            }
        }
    }
    let (_, records) = told(None, opening)?;
    for day in records.sessions() {
        people.insert(format!("you, in the session of {day},"), records.as_of(day));
    }
    for file in answers {
        let (_, story) = told(Some(file), opening)?;
        people.insert(clean(file), story);
    }
    Ok(people)
}

fn editions(before: &LoadedPacks, after: &LoadedPacks, (old, new): (&Path, &Path)) -> Vec<(String, Edition)> {
    let ids = |loaded_packs: &LoadedPacks, folder: &Path| -> Vec<String> {
        let own = loaded_packs.packs.iter().filter(|pack| pack.label == label_of(folder));
        own.map(|pack| loaded_packs.id_of(pack).to_owned()).collect()
    };
    let mut all = ids(before, old);
    all.extend(ids(after, new));
    all.sort();
    all.dedup();
    all.into_iter().map(|id| (id.clone(), Edition::between(before, after, &id))).collect()
}

/// Returns whether the version number was increased as far as the changes require.
fn enough(edition: &Edition) -> bool {
    edition.taken().is_some_and(|taken| taken >= edition.needed())
}

fn edition_row<'a>(pack: &'a str, edition: &'a Edition) -> EditionRow<'a> {
    EditionRow {
        pack,
        from: &edition.from,
        to: &edition.to,
        needs: edition.needed().word(),
        enough: enough(edition),
        same_edition_other_meaning: edition.shifted,
        changes: edition
            .changes
            .iter()
            .map(|change| ChangeRow { step: change.step.word(), what: &change.words })
            .collect(),
    }
}

fn tell_edition(pack: &str, edition: &Edition, out: &mut Out) {
    out.line(format!("{pack} {} \u{2192} {}", edition.from, edition.to));
    for change in &edition.changes {
        out.paragraph("  - ", &format!("{} ({})", change.words, change.step.word()));
    }
    if edition.needed() == Step::None {
        out.line("  no rule, no activity and no framework changed");
    }
    if edition.shifted {
        let words = "Earlier answers would mean something else under the same edition. Give the framework another \
            edition, or add the earlier words to reworded, if only the words are new.";
        out.paragraph("  ", words);
    }
    if !enough(edition) {
        let words = format!(
            "These changes need a {} step of the version, but it goes from {} to {}. Set the version in pack.toml.",
            edition.needed().word(),
            edition.from,
            edition.to
        );
        out.paragraph("  ", &words);
    }
}

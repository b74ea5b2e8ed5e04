//! Stages 4 and 5 over all packs: merge by id in layer order, then link every reference. A second use of an id is a
//! fault that names both positions, unless the entry says `replaces = true`. Links may refer to any pack, so all ids
//! must be known first.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Checked, Entry, LooseActivity, LoosePrompt, MOST_FAULTS, Ref, Sheet};
use crate::domain::{
    BehaviourIx, Fault, Library, LinkTarget, Prompt, Translation, clean, count, did_you_mean, nearest,
};

/// Number of faults for which a similar name is suggested.
const MOST_GUESSES: usize = 50;

/// A fault, and the index of the pack that must be left out because of it.
pub(super) type Blame = (usize, Fault);

/// Merges packs in the order given.
///
/// # Errors
/// Returns every fault with the pack responsible; the caller leaves such packs out and tries again.
pub(super) fn merge(packs: &[Checked]) -> Result<Library, Vec<Blame>> {
    let mut faults = Vec::new();
    let mut library = Library::default();
    unique_packs(packs, &mut faults);
    requirements(packs, &mut faults);
    for (at, pack) in packs.iter().enumerate() {
        library.packs.push(pack.info.clone());
        library.rule_files.extend(pack.rules.iter().cloned());
        if let Some((sheet, framework, span)) = &pack.framework {
            if let Some(other) = library.framework(&framework.id) {
                let message = format!("the framework \"{}\" is already in the pack \"{}\"", framework.id, other.pack);
                faults.push((at, sheet.fault(span.clone(), message, "give this one another id")));
                continue;
            }
            library.frameworks.push(framework.clone());
            library.behaviours.extend(pack.behaviours.iter().map(|entry| entry.value.clone()));
        }
        // A later pack is closer to its own people, so its contacts come first.
        library.contacts.splice(0..0, pack.contacts.iter().cloned());
        library.earlier.extend(pack.earlier.iter().cloned());
        for (word, meanings) in &pack.synonyms {
            let known = library.synonyms.entry(crate::domain::fold(word)).or_default();
            known.extend(meanings.iter().map(|meaning| crate::domain::fold(meaning)));
        }
    }
    library.renamed = renamed(packs, &mut faults);
    let mut library = library.indexed();
    let prompts = layered(packs, "prompt", |pack| &pack.prompts, |prompt| &prompt.id, &mut faults);
    let activities = layered(packs, "activity", |pack| &pack.activities, |loose| &loose.activity.id, &mut faults);
    let models = layered(packs, "model", |pack| &pack.models, |model| &model.id, &mut faults);
    library.models = models.into_iter().map(|(_, entry)| entry.value.clone()).collect();
    link_prompts(&mut library, packs, &prompts, &mut faults);
    link_activities(&mut library, packs, &activities, &mut faults);
    link_crosswalk(&mut library, packs, &mut faults);
    link_translations(&mut library, packs, &mut faults);
    if faults.is_empty() { Ok(library.catalogued()) } else { Err(faults) }
}

fn unique_packs(packs: &[Checked], faults: &mut Vec<Blame>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        if let Some(first) = seen.insert(&pack.info.id, &pack.info.origin) {
            let message = format!("the pack \"{}\" is already loaded ({first})", pack.info.id);
            let hint = if first.starts_with(&format!("{}@", pack.info.id)) {
                "it was added, so replace it with: cairn pack add FOLDER"
            } else {
                "give this pack another id, or use replaces = true on single entries to change them"
            };
            faults.push((at, pack.manifest.fault(pack.id_span.clone(), message, hint)));
        }
    }
}

fn requirements(packs: &[Checked], faults: &mut Vec<Blame>) {
    for (at, pack) in packs.iter().enumerate() {
        for (id, wanted, span) in &pack.requires {
            if faults.len() >= MOST_FAULTS {
                return;
            }
            let found = packs.iter().find(|other| other.info.id == *id);
            let version = found.and_then(|other| semver::Version::parse(&other.info.version).ok());
            let (message, hint) = match (found, version) {
                (None, _) => {
                    let near = nearest(id, packs.iter().map(|other| other.info.id.as_str()));
                    let hint = near
                        .map_or_else(|| format!("add it first, as in: cairn pack add ./{}", clean(id)), did_you_mean);
                    (format!("the pack \"{}\", which this one requires, is not loaded", clean(id)), hint)
                }
                (Some(other), Some(version)) if !wanted.matches(&version) => (
                    format!("this pack requires {id} {wanted}, and version {} is loaded", other.info.version),
                    format!("use a version of {id} that fits"),
                ),
                _ => continue,
            };
            faults.push((at, pack.manifest.fault(span.clone(), message, hint)));
        }
    }
}

/// Returns the former ids with their present ids, following chains of renamings.
fn renamed(packs: &[Checked], faults: &mut Vec<Blame>) -> BTreeMap<String, String> {
    let mut steps: BTreeMap<&str, (&str, usize, &std::ops::Range<usize>)> = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        for (before, now, span) in &pack.renamed {
            steps.insert(before, (now, at, span));
        }
    }
    let mut ends = BTreeMap::new();
    for (before, (_, at, span)) in &steps {
        let mut seen = BTreeSet::from([*before]);
        let mut last = *before;
        while let Some((next, ..)) = steps.get(last) {
            last = *next;
            if !seen.insert(last) {
                let message = format!("\"{}\" is renamed in a circle", clean(before));
                let hint = "the right side of [renamed] is the id that exists now";
                faults.push((*at, packs[*at].manifest.fault((*span).clone(), message, hint)));
                break;
            }
        }
        ends.insert((*before).to_owned(), last.to_owned());
    }
    ends
}

/// Merges entries by id: the last pack with `replaces = true` takes precedence, at the position of the first entry.
fn layered<'a, T>(
    packs: &'a [Checked],
    what: &str,
    list: impl Fn(&'a Checked) -> &'a (Sheet, Vec<Entry<T>>),
    id: impl Fn(&T) -> &str,
    faults: &mut Vec<Blame>,
) -> Vec<(usize, &'a Entry<T>)> {
    let mut merged: Vec<(usize, &'a Entry<T>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        let (sheet, entries) = list(pack);
        for entry in entries {
            if faults.len() >= MOST_FAULTS {
                return merged;
            }
            let name = id(&entry.value).to_owned();
            let Some(&first) = places.get(&name) else {
                if entry.replaces {
                    // Comparing with every name is slow, so only the first few faults have a suggestion.
                    let known = if faults.len() < MOST_GUESSES { Some(&places) } else { None };
                    let near = known.and_then(|known| nearest(&name, known.keys().map(String::as_str)));
                    let hint = near.map_or("remove replaces = true".to_owned(), did_you_mean);
                    let message = format!("there is no earlier {what} \"{name}\" to replace");
                    faults.push((at, sheet.fault(entry.span.clone(), message, hint)));
                }
                places.insert(name, merged.len());
                merged.push((at, entry));
                continue;
            };
            let (owner, twin) = merged[first];
            if entry.replaces && owner != at {
                merged[first] = (at, entry);
                continue;
            }
            let other = &list(&packs[owner]).0;
            let place = other.fault(twin.span.clone(), "", "").place();
            let message = format!("the {what} \"{name}\" is defined twice. The first is at {place}");
            let hint = if owner == at {
                "give one of them another id".to_owned()
            } else {
                "give it another id, or say replaces = true to use yours instead".to_owned()
            };
            faults.push((at, sheet.fault(entry.span.clone(), message, hint)));
        }
    }
    merged
}

/// Adds the translations. Of two packs, the later one's words for a behaviour and a language are used.
fn link_translations(library: &mut Library, packs: &[Checked], faults: &mut Vec<Blame>) {
    let mut all: BTreeMap<(BehaviourIx, String), Translation> = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        let (sheet, entries) = &pack.translations;
        for entry in entries {
            if faults.len() >= MOST_FAULTS {
                return;
            }
            let from = (at, pack.info.id.as_str());
            let Some(ix) = behaviour(library, from, sheet, &entry.value.behaviour, faults) else { continue };
            let words = &entry.value.words;
            let (own, parts) = (library.behaviour(ix), words.indicators.len());
            if parts != 0 && parts != own.indicators.len() {
                let expected = count(own.indicators.len(), "indicator", "indicators");
                let message = format!("{} has {expected}, and its translation has {parts}", own.code);
                faults
                    .push((at, sheet.fault(entry.span.clone(), message, "translate each of them, in the same order")));
            }
            all.insert(
                (ix, words.language.clone()),
                Translation { behaviour: ix, pack: pack.info.id.clone(), ..words.clone() },
            );
        }
    }
    library.translations = all.into_values().collect();
}

fn link_prompts(
    library: &mut Library,
    packs: &[Checked],
    merged: &[(usize, &Entry<LoosePrompt>)],
    faults: &mut Vec<Blame>,
) {
    for (at, entry) in merged {
        if faults.len() >= MOST_FAULTS {
            return;
        }
        let sheet = &packs[*at].prompts.0;
        let loose = &entry.value;
        let Some(ix) = behaviour(library, (*at, &packs[*at].info.id), sheet, &loose.behaviour, faults) else {
            continue;
        };
        let framework = library.framework_of(ix);
        if let Some(level) = &loose.level
            && !framework.levels.iter().any(|known| known.id == level.to)
        {
            let known: BTreeSet<&str> = framework.levels.iter().map(|level| level.id.as_str()).collect();
            faults.push((*at, unknown_level(sheet, level, &known)));
        }
        library.prompts.push(Prompt {
            id: loose.id.clone(),
            pack: packs[*at].info.id.clone(),
            behaviour: ix,
            purpose: loose.purpose,
            level: loose.level.as_ref().map(|level| level.to.clone()),
            fits: loose.fits.clone(),
            text: loose.text.clone(),
        });
    }
}

fn link_activities(
    library: &mut Library,
    packs: &[Checked],
    merged: &[(usize, &Entry<LooseActivity>)],
    faults: &mut Vec<Blame>,
) {
    let levels: BTreeSet<String> =
        library.frameworks.iter().flat_map(|framework| &framework.levels).map(|level| level.id.clone()).collect();
    let levels: BTreeSet<&str> = levels.iter().map(String::as_str).collect();
    for (at, entry) in merged {
        let sheet = &packs[*at].activities.0;
        let mut activity = entry.value.activity.clone();
        for code in &entry.value.behaviours {
            if faults.len() >= MOST_FAULTS {
                return;
            }
            if let Some(ix) = behaviour(library, (*at, &packs[*at].info.id), sheet, code, faults) {
                activity.behaviours.push(ix);
            }
        }
        for level in &entry.value.levels {
            if !levels.contains(level.to.as_str()) {
                faults.push((*at, unknown_level(sheet, level, &levels)));
            }
            activity.levels.push(level.to.clone());
        }
        library.activities.push(activity);
    }
}

fn link_crosswalk(library: &mut Library, packs: &[Checked], faults: &mut Vec<Blame>) {
    let externals: BTreeSet<String> = library
        .frameworks
        .iter()
        .flat_map(|framework| framework.externals.iter().map(|external| external.id.clone()))
        .chain(library.frameworks.iter().map(|framework| framework.id.clone()))
        .collect();
    for (at, pack) in packs.iter().enumerate() {
        let Some((sheet, framework, _)) = &pack.framework else { continue };
        for entry in &pack.links {
            if faults.len() >= MOST_FAULTS {
                return;
            }
            let link = &entry.value;
            let starts = framework.themes.iter().any(|theme| theme.code == link.from)
                || library.find_in(&framework.id, &link.from).is_some();
            if !starts {
                let message =
                    format!("the link starts from \"{}\", which is not a theme or behaviour here", clean(&link.from));
                faults.push((at, sheet.fault(entry.span.clone(), message, "write a code of this framework")));
            }
            if !externals.contains(&link.to_framework) {
                let near = nearest(&link.to_framework, externals.iter().map(String::as_str));
                let hint = near.map_or("describe it in an [[external]] entry".to_owned(), did_you_mean);
                let message = format!("there is no framework \"{}\"", clean(&link.to_framework));
                faults.push((at, sheet.fault(entry.span.clone(), message, hint)));
            }
            if let (LinkTarget::Code(code), Some(other)) = (&link.to, library.framework(&link.to_framework))
                && library.find_in(&other.id, code).is_none()
                && !other.themes.iter().any(|theme| theme.code == *code)
            {
                let message = format!("the framework \"{}\" has no theme or behaviour \"{}\"", other.id, clean(code));
                faults.push((at, sheet.fault(entry.span.clone(), message, "write one of its codes")));
            }
            library.links.push(link.clone());
        }
    }
}

fn behaviour(
    library: &Library,
    (at, pack): (usize, &str),
    sheet: &Sheet,
    code: &Ref,
    faults: &mut Vec<Blame>,
) -> Option<crate::domain::BehaviourIx> {
    match library.find_from(pack, &code.to) {
        Ok(ix) => Some(ix),
        Err(error) => {
            let hint = "behaviours are named by code, like FL-5, and `cairn search` finds them";
            faults.push((at, sheet.fault(code.span.clone(), clean(&error.to_string()), hint)));
            None
        }
    }
}

fn unknown_level(sheet: &Sheet, level: &Ref, known: &BTreeSet<&str>) -> Fault {
    let list: Vec<&str> = known.iter().copied().collect();
    let hint = nearest(&level.to, list.iter().copied()).map_or(format!("it can be {}", list.join(", ")), did_you_mean);
    sheet.fault(level.span.clone(), format!("there is no level \"{}\"", clean(&level.to)), hint)
}

//! Changes in a framework that do not affect the meaning of answers: names, levels, themes, targets and search words.
//! Each change is listed.

use super::meaning::ShiftKind;
use crate::domain::{Behaviour, Framework};

/// Lists changes in a framework apart from its scales and behaviours.
pub(super) fn framework(before: &Framework, now: &Framework, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let mut all = Vec::new();
    texts(&format!("the framework {}", now.id), [("title", &before.title, &now.title)], &mut all);
    texts(&format!("the framework {}", now.id), [("summary", &before.summary, &now.summary)], &mut all);
    let said = |target: Option<i64>| target.map_or_else(|| "none".to_owned(), |target| target.to_string());
    named("level", &ids(&before.levels, |level| &level.id), &ids(&now.levels, |level| &level.id), &mut all);
    for (was, is) in pairs(&before.levels, &now.levels, |level| &level.id) {
        let name = format!("the level {}", is.id);
        texts(&name, [("title", &was.title, &is.title), ("description", &was.about, &is.about)], &mut all);
        lists(&name, [("other names", &was.aliases, &is.aliases)], &mut all);
        if was.target != is.target {
            all.push(format!("the target of {} is {} instead of {}", is.id, said(is.target), said(was.target)));
        }
    }
    named("arena", &ids(&before.arenas, |arena| &arena.id), &ids(&now.arenas, |arena| &arena.id), &mut all);
    for (was, is) in pairs(&before.arenas, &now.arenas, |arena| &arena.id) {
        let name = format!("the arena {}", is.id);
        texts(&name, [("title", &was.title, &is.title), ("description", &was.about, &is.about)], &mut all);
    }
    named("theme", &ids(&before.themes, |theme| &theme.code), &ids(&now.themes, |theme| &theme.code), &mut all);
    for (was, is) in pairs(&before.themes, &now.themes, |theme| &theme.code) {
        let name = format!("the theme {}", is.code);
        texts(&name, [("title", &was.title, &is.title), ("motto", &was.motto, &is.motto)], &mut all);
        texts(&name, [("description", &was.about, &is.about), ("id", &was.id, &is.id)], &mut all);
        lists(&name, [("other names", &was.aliases, &is.aliases), ("levels", &was.levels, &is.levels)], &mut all);
    }
    for words in all {
        say(ShiftKind::Around, "", words);
    }
}

/// Lists changes in a behaviour apart from those that affect the meaning of answers.
pub(super) fn behaviour(was: &Behaviour, is: &Behaviour, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let code = &is.code;
    let mut all = Vec::new();
    if was.targets != is.targets {
        all.push(format!("{code} has other targets"));
    }
    if was.theme != is.theme {
        all.push(format!("{code} is in the theme {} instead of {}", is.theme, was.theme));
    }
    if was.applies_to != is.applies_to {
        all.push(format!("{code} applies to {} instead of {}", is.applies_to.id(), was.applies_to.id()));
    }
    lists(code, [("arenas", &was.arenas, &is.arenas), ("other names", &was.aliases, &is.aliases)], &mut all);
    lists(code, [("keywords", &was.keywords, &is.keywords)], &mut all);
    if was.source != is.source {
        all.push(format!("{code} has another source"));
    }
    for words in all {
        say(ShiftKind::Around, code, words);
    }
}

fn ids<T>(all: &[T], id: fn(&T) -> &String) -> Vec<&String> {
    all.iter().map(id).collect()
}

/// Returns the pairs of items that exist in both versions, by id.
fn pairs<'a, T>(before: &'a [T], now: &'a [T], id: fn(&T) -> &String) -> impl Iterator<Item = (&'a T, &'a T)> {
    before.iter().filter_map(move |was| Some((was, now.iter().find(|is| id(is) == id(was))?)))
}

/// Lists removed items, new items, and a change in the order of the others.
fn named(what: &str, before: &[&String], now: &[&String], all: &mut Vec<String>) {
    all.extend(before.iter().filter(|id| !now.contains(id)).map(|id| format!("the {what} {id} is gone")));
    all.extend(now.iter().filter(|id| !before.contains(id)).map(|id| format!("the {what} {id} is new")));
    let stayed = before.iter().filter(|id| now.contains(id));
    if !stayed.eq(now.iter().filter(|id| before.contains(id))) {
        all.push(format!("the {what}s are in another order"));
    }
}

fn texts<const N: usize>(of: &str, pairs: [(&str, &String, &String); N], all: &mut Vec<String>) {
    let changed = pairs.into_iter().filter(|(_, was, is)| !was.split_whitespace().eq(is.split_whitespace()));
    all.extend(changed.map(|(what, was, is)| format!("{of} has the {what} \"{is}\" instead of \"{was}\"")));
}

fn lists<const N: usize>(of: &str, pairs: [(&str, &Vec<String>, &Vec<String>); N], all: &mut Vec<String>) {
    let changed = pairs.into_iter().filter(|(_, was, is)| was != is);
    all.extend(changed.map(|(what, ..)| format!("{of} has other {}", what.trim_start_matches("other "))));
}

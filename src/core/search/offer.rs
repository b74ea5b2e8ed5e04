//! Search on behalf of a person: the frameworks in front come first, behaviours for other levels are left out, and both
//! yield to a query that asks for them by code, by title or with a filter.

use super::document::{Facet, Field};
use super::found::{Found, Held, HeldWhy, Hit};
use super::index::Index;
use super::query::{What, parse};
use super::words::squeeze;
use crate::domain::{BehaviourIx, Library, Meant, fold};

/// The person for whom a search is made.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// The packs that the index was built from.
    pub library: &'a Library,
    /// Id, title or alias of the person's level; `None` if none is stated.
    pub level: Option<&'a str>,
    /// Whether a behaviour is among the person's records: what they answered or chose is never left out.
    pub own: &'a dyn Fn(BehaviourIx) -> bool,
}

impl Index {
    /// Like [`Index::search`] over behaviours, for a person. Hits that have every word still come first; among them, and
    /// among the others, those of the frameworks in front. Of those with every word, the ones for levels come last for a
    /// person who has stated none. Without a query, the framework of the highest layer comes first, each in its own
    /// order.
    #[must_use]
    pub fn search_for(&self, query: &str, limit: usize, on_behalf: Asker<'_>) -> Found {
        let mut found = self.search(query, usize::MAX);
        let library = on_behalf.library;
        let asked = Asked::of(query);
        let is_all = query.trim().is_empty();
        let (mut rows, mut held): (Vec<(Key, Hit)>, Vec<Held>) = (Vec::new(), Vec::new());
        let (mut total, mut with_all) = (0, 0);
        for (at, hit) in found.hits.iter().enumerate() {
            let ix = BehaviourIx(hit.record);
            let framework = &library.behaviour(ix).framework;
            let named = asked.names(library, ix, hit.field);
            let meant = library.meant(ix, on_behalf.level);
            let kept = named || (on_behalf.own)(ix);
            let is_hidden = !asked.frameworks && library.offering.front.hides(framework);
            if !kept && (is_hidden || (!asked.filters && meant == Meant::No)) {
                hold(&mut held, library, ix, on_behalf.level.filter(|_| !is_hidden));
                continue;
            }
            let is_whole = at < found.with_all;
            total += 1;
            with_all += usize::from(is_whole);
            let (front, layer) = library.place_of(framework);
            let key = Key {
                lacks_a_word: !is_whole,
                is_not_named: !named,
                front,
                // What lacks a word is few, and may be what was meant, so its order is that of the search.
                is_for_some_levels: is_whole && !named && meant != Meant::Yes,
                layer: if is_all { layer } else { 0 },
            };
            rows.push((key, *hit));
        }
        rows.sort_by_key(|(key, _)| *key);
        found.hits = rows.into_iter().map(|(_, hit)| hit).take(limit).collect();
        (found.total, found.with_all, found.all_words) = (total, with_all, with_all == total);
        found.held = held;
        found
    }
}

/// What a hit is ordered by, before its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    lacks_a_word: bool,
    is_not_named: bool,
    /// Position of the framework among those in front.
    front: usize,
    is_for_some_levels: bool,
    /// Position of the framework by layer, without a query.
    layer: usize,
}

/// Counts a behaviour that is left out; `level` is the person's, if it is why.
fn hold(held: &mut Vec<Held>, library: &Library, ix: BehaviourIx, level: Option<&str>) {
    let (framework, theme) = (library.framework_of(ix), library.theme_of(ix));
    let own = level.and_then(|level| framework.level(level));
    let is_above = |own: usize| theme.levels.iter().filter_map(|id| framework.level(id)).all(|(at, _)| at > own);
    let why = match own {
        None => HeldWhy::NotInFront,
        Some((own, _)) if is_above(own) => HeldWhy::Senior,
        Some(_) => HeldWhy::OtherRole,
    };
    match held.iter_mut().find(|one| one.framework == framework.id && one.why == why) {
        Some(one) => one.count += 1,
        None => held.push(Held { count: 1, framework: framework.id.clone(), why }),
    }
}

/// What a query asks for by name.
struct Asked {
    /// The whole query, folded.
    whole: String,
    /// Its words, folded.
    words: Vec<String>,
    /// Whether it has a filter for frameworks, themes or codes.
    frameworks: bool,
    /// Whether it has one of these, or a filter for levels.
    filters: bool,
}

impl Asked {
    fn of(query: &str) -> Self {
        let groups = parse(query).groups;
        let asks = |facets: &[Facet]| {
            let is_one = |what: &What| matches!(what, What::Filter(facet, _) if facets.contains(facet));
            groups.iter().flatten().any(|atom| !atom.negated && is_one(&atom.what))
        };
        let whole = fold(query.trim());
        Self {
            words: whole.split_whitespace().map(str::to_owned).collect(),
            whole,
            frameworks: asks(&[Facet::Framework, Facet::Theme, Facet::Code]),
            filters: asks(&[Facet::Framework, Facet::Theme, Facet::Code, Facet::Level]),
        }
    }

    /// Returns whether the query has the code of a behaviour or its theme, or is the title of one of them.
    fn names(&self, library: &Library, ix: BehaviourIx, field: Field) -> bool {
        let (behaviour, theme) = (library.behaviour(ix), library.theme_of(ix));
        let code = squeeze(&fold(&theme.code));
        let is_code = |word: &String| {
            let rest = squeeze(word);
            rest.strip_prefix(&code).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
        };
        field == Field::Code && self.words.iter().any(is_code)
            || [&behaviour.title, &theme.title].iter().any(|title| fold(title) == self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Front, Offering};

    fn codes(level: Option<&str>, front: &Front, query: &str) -> (Vec<String>, Found) {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let library = library.offered(Offering { front: front.clone(), ..Offering::default() });
        let own = |ix: BehaviourIx| library.behaviour(ix).code == "DS-2";
        let on_behalf = Asker { library: &library, level, own: &own };
        let found = Index::of_library(&library).search_for(query, 500, on_behalf);
        (found.hits.iter().map(|hit| library.behaviour(BehaviourIx(hit.record)).code.clone()).collect(), found)
    }

    fn is_senior(code: &str) -> bool {
        code.starts_with("CV") || code.starts_with("DS")
    }

    #[test]
    fn dimensions_for_seniors_are_offered_to_seniors_and_to_those_who_ask() {
        let front = Front::default();
        for query in ["", "vision", "strategy", "embodying", "making a strategy last", "for:provider"] {
            for level in ["managers", "front-line"] {
                let (codes, found) = codes(Some(level), &front, query);
                assert!(codes.iter().all(|code| !is_senior(code) || code == "DS-2"), "{query}: {codes:?}");
                assert_eq!(found.total, codes.len(), "{query}");
            }
        }
        let (all, found) = codes(Some("managers"), &front, "");
        assert_eq!((all.len(), found.held.iter().map(|held| held.count).sum::<usize>()), (58, 7));
        assert!(all.contains(&"DS-2".to_owned()), "what was answered stays");
        let words = found.held_words().expect("some are left out");
        assert_eq!(words, "7 more are for senior roles: type in:lqf");
        for (query, code) in [
            ("CV-3", "CV-3"),
            ("cv3", "CV-3"),
            ("cv 3", "CV-3"),
            ("cv", "CV-1"),
            ("Framing the strategy", "DS-1"),
            ("creating the vision", "CV-1"),
            ("in:lqf", "CV-1"),
            ("theme:vision", "CV-1"),
            ("level:senior in:lqf", "DS-4"),
            ("code:DS", "DS-4"),
        ] {
            assert!(codes(Some("managers"), &front, query).0.contains(&code.to_owned()), "{query}");
        }
        let (all, found) = codes(Some("senior-leaders"), &front, "");
        assert_eq!((all.len(), found.held_words()), (65, None));
    }

    #[test]
    fn without_a_level_they_come_last() {
        let (all, found) = codes(None, &Front::default(), "");
        assert_eq!((all.len(), found.held_words()), (65, None));
        let first = all.iter().position(|code| is_senior(code)).expect("there");
        assert!(all.iter().skip(first).all(|code| is_senior(code)) && all.len() - first == 8, "{all:?}");
        let (vision, _) = codes(None, &Front::default(), "in:lqf vision");
        assert!(is_senior(vision.last().expect("some")), "{vision:?}");
        assert_eq!(codes(None, &Front::default(), "CV-1").0.first().map(String::as_str), Some("CV-1"));
    }

    #[test]
    fn the_framework_in_front_comes_first_and_the_others_after_it_or_when_asked() {
        let lqf =
            |code: &String| ["PQ", "WO", "MS", "IS", "SD", "CV", "DS"].iter().any(|theme| code.starts_with(theme));
        for (id, is_lqf) in [("lqf", true), ("empowered-communities", false)] {
            let mut front = Front { first: vec![id.to_owned()], only: false };
            for query in ["", "conflict", "feedback", "risk"] {
                let (all, found) = codes(Some("senior-leaders"), &front, query);
                let whole = all.get(..found.with_all).expect("fewer than all");
                let first = whole.iter().position(|code| lqf(code) != is_lqf).unwrap_or(whole.len());
                assert!(whole.iter().skip(first).all(|code| lqf(code) != is_lqf), "{id} {query}: {all:?}");
                assert!(first > 0 && first < whole.len(), "{id} {query}: {all:?}");
            }
            front.only = true;
            let (all, found) = codes(Some("senior-leaders"), &front, "conflict");
            assert!(all.iter().all(|code| lqf(code) == is_lqf || code == "DS-2"), "{all:?}");
            assert!(found.held_words().is_some_and(|words| words.contains("type in:")), "{:?}", found.held);
            for query in ["FL-5", "PQ-1", "in:lqf", "in:empowered"] {
                assert!(!codes(None, &front, query).0.is_empty(), "{query}");
            }
        }
    }
}

//! Which behaviours are offered to a person, and in which order: the frameworks in front come first, and a theme that
//! is meant for some levels is offered at these. What is not offered can always be asked for, and what a person has
//! answered stays with the rest.

use super::{BehaviourIx, Framework, Library, Theme};

/// How a person wants the packs to be offered; the default is as the packs say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offering {
    /// The frameworks in front.
    pub front: Front,
    /// Whether targets that Cairn suggests, those of built-in packs, are left out. An organisation's own targets stay.
    pub without_suggested_targets: bool,
}

/// The frameworks that are listed first, and whether the others are listed at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    /// Ids of the frameworks that come first, in this order; empty for the order of the packs.
    pub first: Vec<String>,
    /// Whether the others are listed only if they are asked for.
    pub only: bool,
}

impl Front {
    /// Returns the position of a framework: that in [`Front::first`], or their number for every other framework.
    #[must_use]
    pub fn place(&self, framework: &str) -> usize {
        self.first.iter().position(|own| own == framework).unwrap_or(self.first.len())
    }

    /// Returns whether behaviours of a framework are listed only if they are asked for.
    #[must_use]
    pub fn hides(&self, framework: &str) -> bool {
        self.only && !self.first.is_empty() && !self.first.iter().any(|own| own == framework)
    }
}

/// Whether a behaviour is meant for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    /// It is for everyone, or for the person's level.
    Yes,
    /// It is for some levels, and it is not known whether the person's is one of them.
    Perhaps,
    /// It is for other levels than the person's.
    No,
}

impl Library {
    /// Offers the packs as a person wants. Frameworks that are not loaded are ignored, so that a pack that was removed
    /// hides nothing.
    #[must_use]
    pub fn offered(mut self, offering: Offering) -> Self {
        let first = offering.front.first.into_iter().filter(|id| self.framework(id).is_some()).collect();
        self.offering = Offering { front: Front { first, ..offering.front }, ..offering };
        self
    }

    /// Returns the position of a framework in lists: those in front first, then the framework of the highest layer.
    #[must_use]
    pub fn place_of(&self, framework: &str) -> (usize, usize) {
        let layer = self.frameworks.iter().rev().position(|own| own.id == framework);
        (self.offering.front.place(framework), layer.unwrap_or(self.frameworks.len()))
    }

    /// Returns whether a framework's targets are suggestions of Cairn, which come with a built-in pack.
    #[must_use]
    pub fn suggests_targets(&self, framework: &Framework) -> bool {
        self.packs.iter().any(|info| info.id == framework.pack && info.is_built_in())
    }

    /// Returns whether a behaviour is listed for a person at this level who has not asked for it and has no records
    /// about it.
    #[must_use]
    pub fn is_offered(&self, ix: BehaviourIx, level: Option<&str>) -> bool {
        self.meant(ix, level) != Meant::No && !self.offering.front.hides(&self.behaviour(ix).framework)
    }

    /// Returns whether a behaviour is meant for a level, given by id, title or alias; `None` if none is stated.
    #[must_use]
    pub fn meant(&self, ix: BehaviourIx, level: Option<&str>) -> Meant {
        self.theme_of(ix).meant(self.framework_of(ix), level)
    }
}

impl Theme {
    /// Returns whether this theme of `framework` is meant for a level.
    fn meant(&self, framework: &Framework, level: Option<&str>) -> Meant {
        if self.levels.is_empty() {
            return Meant::Yes;
        }
        match level.and_then(|level| framework.level(level)) {
            None => Meant::Perhaps,
            Some((_, own)) if self.levels.contains(&own.id) => Meant::Yes,
            Some(_) => Meant::No,
        }
    }

    /// Returns whether this theme of `framework` is for other levels than the person's.
    #[must_use]
    pub fn is_for_others(&self, framework: &Framework, level: Option<&str>) -> bool {
        self.meant(framework, level) == Meant::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_senior_dimension_is_meant_for_seniors() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let of = |code: &str, level: Option<&str>| library.meant(library.find(code).expect("it is there"), level);
        for level in [None, Some("managers"), Some("senior-leaders"), Some("people-and-carers")] {
            assert_eq!((of("PQ-1", level), of("FL-5", level)), (Meant::Yes, Meant::Yes), "{level:?}");
        }
        for code in ["CV-1", "CV-4", "DS-1", "DS-4"] {
            for level in ["front-line", "managers", "front-line-leader", "operational-leader", "Managers"] {
                assert_eq!(of(code, Some(level)), Meant::No, "{code} {level}");
            }
            for level in ["senior-leaders", "strategic-leader", "director"] {
                assert_eq!(of(code, Some(level)), Meant::Yes, "{code} {level}");
            }
            assert_eq!(of(code, None), Meant::Perhaps, "no level stated");
            assert_eq!(of(code, Some("people-and-carers")), Meant::Perhaps, "not a level of that framework");
        }
    }

    #[test]
    fn a_framework_that_is_not_loaded_hides_nothing() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let front = Front { first: vec!["gone".to_owned()], only: true };
        assert!(front.hides("lqf"));
        let offering = Offering { front, ..Offering::default() };
        assert!(!library.clone().offered(offering).offering.front.hides("lqf"));
        let front = Front { first: vec!["lqf".to_owned()], only: true };
        assert!(front.hides("empowered-communities") && !front.hides("lqf"));
        assert!(!Front { only: false, ..front }.hides("empowered-communities"));
    }

    #[test]
    fn targets_that_cairn_suggests_can_be_left_out_and_those_of_an_organisation_stay() {
        let mut library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let ix = library.find("FL-5").expect("it is there");
        assert!(library.target(ix, Some("managers")).is_some());
        library.offering.without_suggested_targets = true;
        assert!(library.indices().all(|ix| library.target(ix, Some("managers")).is_none()));
        for info in &mut library.packs {
            "a folder".clone_into(&mut info.origin);
        }
        assert!(library.target(ix, Some("managers")).is_some());
    }
}

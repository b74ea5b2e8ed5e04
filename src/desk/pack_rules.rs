//! The rules of the packs in use. Those of the built-in packs are run when they are first asked for: finding two words or
//! listing a plan needs none, and to run them takes most of the time of such a command.

use std::ops::Deref;
use std::sync::OnceLock;

use super::resolve::built_in_library;
use crate::domain::Fault;
use crate::rules::RuleSet;

/// Rules that behave as a [`RuleSet`], wherever they come from.
#[derive(Debug, Default)]
pub enum PackRules {
    /// Those of the built-in packs alone. They need not have run yet.
    #[default]
    BuiltIn,
    /// Those of packs of others as well, which have run, because a fault in them decides which packs are used.
    Read(RuleSet),
}

static BUILT_IN: OnceLock<(RuleSet, Vec<Fault>)> = OnceLock::new();

impl PackRules {
    /// Returns the faults of the built-in rules that are known so far; there are none unless the machine is out of memory.
    pub(super) fn late_faults(&self) -> &[Fault] {
        match self {
            Self::BuiltIn => BUILT_IN.get().map_or(&[], |(_, faults)| faults),
            Self::Read(_) => &[],
        }
    }
}

impl Deref for PackRules {
    type Target = RuleSet;

    fn deref(&self) -> &RuleSet {
        match self {
            Self::BuiltIn => &BUILT_IN.get_or_init(|| RuleSet::load(built_in_library())).0,
            Self::Read(rules) => rules,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::LoadedPacks;
    use super::*;

    #[test]
    fn the_rules_that_are_built_in_are_there_when_they_are_asked_for() {
        let loaded_packs = LoadedPacks::load(&[]);
        assert!(matches!(loaded_packs.rules, PackRules::BuiltIn));
        assert!(loaded_packs.rules.rules().len() > 100);
        assert!(loaded_packs.rules.late_faults().is_empty() && loaded_packs.errors().next().is_none());
    }
}

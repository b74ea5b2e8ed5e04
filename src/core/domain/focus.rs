//! The focus set: the few behaviours chosen together for an engagement or a month.

use super::{BehaviourIx, Day, Library};

/// Recommended minimum number of behaviours in a focus set; a smaller set only gives a remark.
const FEWEST: usize = 3;
/// Recommended maximum number: conversations stall on large frameworks (COACHING.md 2.3).
const MOST: usize = 6;

/// A focus set as agreed on one day. The newest one is in effect; older ones are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusSet {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// Day on which it was agreed.
    pub on: Day,
    /// The chosen behaviours, in the order of choice.
    pub items: Vec<Focus>,
}

/// One chosen behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// Id of the framework.
    pub framework: String,
    /// Code of the behaviour.
    pub behaviour: String,
    /// Importance, as a value on the framework's importance scale.
    pub importance: Option<i64>,
}

impl FocusSet {
    /// Returns the behaviours that are loaded, in the order of choice.
    pub fn behaviours<'a>(&'a self, library: &'a Library) -> impl Iterator<Item = (BehaviourIx, &'a Focus)> {
        self.items.iter().filter_map(|item| Some((library.find_in(&item.framework, &item.behaviour)?, item)))
    }

    /// Returns a remark if the set is unusually small or large.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        match self.items.len() {
            0 => None,
            n if n < FEWEST => Some(format!("Most people choose {FEWEST} to {MOST}.")),
            n if n > MOST => Some(format!("That is a lot to remember. Most people choose {FEWEST} to {MOST}.")),
            _ => None,
        }
    }
}

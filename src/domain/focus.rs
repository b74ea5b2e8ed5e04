//! The focus set: the few behaviours chosen for this engagement or this month, together, by search.

use super::{BehaviourIx, Day, Library};

/// Fewest behaviours of a focus set; below, the tool says so and goes on.
const FEWEST: usize = 3;
/// Most of them: conversations stall on large frameworks (COACHING.md 2.3).
const MOST: usize = 6;

/// A focus set as it was agreed on a day. The newest one counts; the older ones stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusSet {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// When.
    pub on: Day,
    /// In the order of choice.
    pub items: Vec<Focus>,
}

/// One chosen behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// Id of the framework.
    pub framework: String,
    /// Code of the behaviour.
    pub behaviour: String,
    /// How much it matters, a point of the framework's scale of importance.
    pub importance: Option<i64>,
}

impl FocusSet {
    /// The behaviours that are loaded, in the order of choice.
    pub fn behaviours<'a>(&'a self, library: &'a Library) -> impl Iterator<Item = (BehaviourIx, &'a Focus)> {
        self.items.iter().filter_map(|item| Some((library.find_in(&item.framework, &item.behaviour)?, item)))
    }

    /// What to say about its size, if anything.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        match self.items.len() {
            0 => None,
            n if n < FEWEST => Some(format!("Most people choose {FEWEST} to {MOST}.")),
            n if n > MOST => Some(format!("That is a lot to keep in mind; most people choose {FEWEST} to {MOST}.")),
            _ => None,
        }
    }
}

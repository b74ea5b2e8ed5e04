//! What is not put to somebody while words of danger, or of being worn out, stand: help comes first, and work waits.
//!
//! | words of | what is still offered |
//! | --- | --- |
//! | danger, or what sounds like it | nothing, until the person puts the notice aside |
//! | being worn out | what takes something off somebody, or brings company: `relief` |
//! | danger of one's own, put aside | what is gentle |
//! | danger to somebody else, put aside | beside those words what is gentle; elsewhere nothing that teaches, takes a risk or confronts |

use super::facts::Facts;
use crate::domain::{Activity, BehaviourIx, SafetyNotice};

/// The tag of activities that ask for a quarter of an hour or so, of nobody but oneself or somebody one trusts.
const GENTLE: &str = "gentle";
/// The tag of activities that take something off somebody, or bring company.
const RELIEF: &str = "relief";
/// Tags of activities that lend a strength, teach, take a risk, or face somebody with something.
const ASKS_MUCH: [&str; 7] = ["strength", "risk", "trials", "conflict", "courage", "challenge", "openness"];

/// Says why an activity about these behaviours has to wait.
///
/// # Errors
/// The reason, as a phrase for people.
pub(super) fn waits(
    activity: &Activity,
    about: &[BehaviourIx],
    facts: &Facts<'_>,
    standing: &[SafetyNotice],
) -> Result<(), String> {
    if !standing.is_empty() {
        return Err("talking to a person comes first now".to_owned());
    }
    let later = || Err("something else comes first now".to_owned());
    let has = |tags: &[&str]| activity.tags.iter().any(|tag| tags.contains(&tag.as_str()));
    if facts.signs().any(|(_, sign)| !sign.is_danger) && !has(&[RELIEF]) {
        return later();
    }
    let beside = facts.signs().any(|(ix, sign)| sign.own || about.contains(&ix));
    if beside && !has(&[GENTLE]) {
        return later();
    }
    if facts.signs().any(|(_, sign)| sign.is_danger) && has(&ASKS_MUCH) { later() } else { Ok(()) }
}

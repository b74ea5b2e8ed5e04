//! Activities that are withheld while an answer contains signs of danger or exhaustion: help comes first, and work
//! waits.
//!
//! | signs of | what is still offered |
//! | --- | --- |
//! | danger, or something that resembles it | nothing, until the person dismisses the notice |
//! | exhaustion | activities that relieve somebody of something or bring company: `relief` |
//! | danger to the writer, notice dismissed | gentle activities |
//! | danger to somebody else, notice dismissed | about it only gentle ones; else none that teach, risk or confront |

use super::facts::Facts;
use crate::domain::{Activity, BehaviourIx, SafetyNotice};

/// Tag of activities that take about a quarter of an hour and involve only the person or somebody they trust.
const GENTLE: &str = "gentle";
/// Tag of activities that relieve somebody of something or bring company.
const RELIEF: &str = "relief";
/// Tags of activities that lend a strength, teach, take a risk, or confront somebody.
const ASKS_MUCH: [&str; 7] = ["strength", "risk", "trials", "conflict", "courage", "challenge", "openness"];

/// Checks whether an activity about these behaviours may be offered.
///
/// # Errors
/// Returns the reason why it has to wait, as a phrase for the person.
pub(super) fn waits(
    activity: &Activity,
    about: &[BehaviourIx],
    facts: &Facts<'_>,
    standing: &[SafetyNotice],
) -> Result<(), String> {
    if !standing.is_empty() {
        return Err("talking to someone comes first now".to_owned());
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

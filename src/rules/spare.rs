//! What is not put to somebody while words of danger, or of being worn out, stand: help comes first, and work waits.
//!
//! | words of | what is still offered |
//! | --- | --- |
//! | suicide | nothing, until the person puts the notice aside; then what is gentle |
//! | something that can happen to the writer, or being worn out | what is gentle |
//! | somebody else in danger | beside those words what is gentle; elsewhere nothing that teaches, takes a risk or confronts |

use super::facts::Facts;
use crate::domain::{Activity, BehaviourIx, SafetyNotice};
use crate::safeguarding::concern;

/// The tag of activities that ask for a quarter of an hour or so, of nobody but oneself or somebody one trusts.
const GENTLE: &str = "gentle";
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
    if standing.iter().any(|notice| notice.stands_alone) {
        return Err("talking to a person comes first now".to_owned());
    }
    let has = |tags: &[&str]| activity.tags.iter().any(|tag| tags.contains(&tag.as_str()));
    let later = || Err("something else comes first now".to_owned());
    let own = |id: &str| concern(id).is_some_and(|concern| concern.own);
    let beside = facts.signs().any(|(ix, sign)| sign.own || about.contains(&ix));
    if (beside || standing.iter().any(|notice| own(&notice.concern))) && !has(&[GENTLE]) {
        return later();
    }
    let danger = !standing.is_empty() || facts.signs().any(|(_, sign)| sign.is_danger);
    if danger && has(&ASKS_MUCH) { later() } else { Ok(()) }
}

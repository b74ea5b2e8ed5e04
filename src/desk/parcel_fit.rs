//! Plausibility checks on a shared file: ratings are on their scales, days are not in the future, and answers under a
//! known edition have its titles and labels.

use super::parcel_file::ContentError;
use crate::domain::{Answer, BehaviourIx, Day, Framework, Library, Parcel, clean, truncate};

/// Maximum number of characters of a text that are shown.
const SHOWN: usize = 60;

/// Rejects content that cannot have been written with the known packs and on or before today. One more day is allowed
/// for other time zones.
///
/// # Errors
/// Returns the first problem found.
pub(super) fn fits(parcel: &Parcel, library: &Library, today: Day) -> Result<(), ContentError> {
    let last = today.saturating_add(jiff::Span::new().days(1));
    let answers = parcel.answers.iter().map(|answer| answer.on);
    let days = answers.chain(parcel.sessions.iter().map(|session| session.on));
    let changes = parcel.actions.iter().flat_map(|action| [action.decided_on, action.changed_on]);
    if let Some(day) = days.chain(changes).find(|day| *day > last) {
        return Err(ContentError::Malformed(format!("{day} is in the future")));
    }
    for answer in &parcel.answers {
        let known = library.framework(&answer.framework);
        let Some(framework) = known.filter(|known| known.edition == answer.edition) else { continue };
        let rated = answer.rated.value().is_none_or(|value| framework.scale.has(value));
        let important = answer.importance.is_none_or(|value| framework.importance.has(value));
        if !(rated && important) {
            let message = format!("an answer on {} is not on the scale", clean(&answer.behaviour));
            return Err(ContentError::Malformed(message));
        }
        if let Some(ix) = library.find_in(&answer.framework, &answer.behaviour) {
            in_its_words(answer, framework, ix, library)?;
        }
    }
    Ok(())
}

/// Checks that an answer under a known edition has its titles and labels.
fn in_its_words(
    answer: &Answer,
    framework: &Framework,
    ix: BehaviourIx,
    library: &Library,
) -> Result<(), ContentError> {
    let behaviour = library.behaviour(ix);
    let given = &answer.wording;
    let point = answer.rated.value().and_then(|value| framework.scale.point(value));
    let weight = answer.importance.and_then(|value| framework.importance.point(value));
    let other = match () {
        () if !behaviour.was_called(&given.title) => Some((&given.title, &behaviour.title)),
        () if point.is_some_and(|own| !own.was_labelled(&given.label)) => point.map(|own| (&given.label, &own.label)),
        () if weight.is_some_and(|own| !own.was_labelled(&given.importance)) => {
            weight.map(|own| (&given.importance, &own.label))
        }
        () => None,
    };
    let shown = |text: &str| truncate(&clean(text).replace('\n', " "), SHOWN);
    match other {
        Some((said, own)) => Err(ContentError::OtherWords(format!(
            "an answer on {} says \"{}\", but edition {} of {} says \"{}\"",
            clean(&answer.behaviour),
            shown(said),
            framework.edition,
            framework.id,
            shown(own)
        ))),
        None => Ok(()),
    }
}

//! Credits of the frameworks that a page uses, with edition and licence. Every page that names a behaviour has them.

use std::collections::BTreeSet;

use super::handout::Handout;
use super::page::{Credit, Words};
use crate::domain::{Framework, Library};

/// Returns credits for every framework that the records in a handout, or the lines released from it, refer to.
pub(super) fn of_handout(handout: &Handout<'_>) -> Vec<Credit> {
    let seen = handout.seen();
    let answered = seen.answers.iter().map(|answer| (answer.framework.as_str(), answer.edition.as_str()));
    let chosen = seen.focus_now().into_iter().flat_map(|focus| &focus.items).map(|item| item.framework.as_str());
    let compared = seen.comparisons.iter().flat_map(|round| &round.behaviours).map(|(framework, _)| framework.as_str());
    let planned = seen.actions.iter().flat_map(|action| &action.behaviours);
    let planned = planned.filter_map(|code| handout.library().find(code).ok());
    let planned = planned.map(|ix| handout.library().behaviour(ix).framework.as_str());
    let released = handout.released().iter().filter_map(|(item, _)| {
        let rest = item.key.strip_prefix("progress/")?;
        rest.split('/').next()
    });
    let named = chosen.chain(compared).chain(planned).chain(released).map(|framework| (framework, ""));
    credits(handout.library(), &answered.chain(named).collect())
}

/// Returns credits for frameworks, given as pairs of framework and the edition under which an answer was given.
fn credits(library: &Library, used: &BTreeSet<(&str, &str)>) -> Vec<Credit> {
    let of = |framework: &Framework| {
        let editions = used.iter().filter(|(id, _)| *id == framework.id).map(|(_, edition)| *edition);
        let editions: Vec<&str> = editions.collect();
        let pack = library.packs.iter().find(|pack| pack.id == framework.pack)?;
        let older = editions.iter().filter(|edition| !edition.is_empty() && **edition != framework.edition);
        (!editions.is_empty()).then(|| Credit {
            title: Words::from(&framework.title),
            edition: Words::from(&framework.edition),
            older: older.map(Words::from).collect(),
            licence: Words::from(&pack.licence),
            attribution: Words::from(&pack.attribution),
            source: Words::from(&pack.source),
            pack: Words::from(format!("{} {}", pack.id, pack.version)),
        })
    };
    library.frameworks.iter().filter_map(of).collect()
}

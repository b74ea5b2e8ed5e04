//! The focus set: behaviours that coach and client choose in the search, each with its importance.

use super::effect::{Effect, RecordsJob};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::Picker;
use crate::domain::{BehaviourIx, Focus, FocusSet, Rated};

impl Model {
    /// Returns the current focus set; `None` if none was chosen.
    #[must_use]
    pub fn focus(&self) -> Option<&FocusSet> {
        self.person.snapshot.dossier.focus_now()
    }

    /// Returns whether a behaviour is in the focus set.
    #[must_use]
    pub fn is_focus(&self, ix: BehaviourIx) -> bool {
        let Some(library) = self.person.find.library.as_ref() else { return false };
        self.focus().is_some_and(|focus| focus.behaviours(library).any(|(own, _)| own == ix))
    }

    /// Returns the behaviour of the focus set that was rated longest ago; one that was never rated comes first.
    #[must_use]
    pub fn next_of_focus(&self) -> Option<BehaviourIx> {
        let library = self.shell.library.as_ref()?;
        let focus = self.focus()?;
        let last = |ix: BehaviourIx| {
            let standing = self.person.snapshot.profile.of(ix).filter(|standing| standing.rated != Rated::Unanswered);
            standing.map(|standing| standing.on)
        };
        focus.behaviours(library).map(|(ix, _)| ix).min_by_key(|ix| last(*ix))
    }

    fn focus_with(&self, change: impl FnOnce(&mut Vec<Focus>)) -> FocusSet {
        let mut items = self.focus().map(|focus| focus.items.clone()).unwrap_or_default();
        change(&mut items);
        FocusSet { id: String::new(), on: self.shell.today, items }
    }
}

/// Adds the marked behaviour to the focus set after asking for its importance, or removes it.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let (Some(library), Some(ix)) = (model.shell.library.clone(), model.person.find.marked()) else {
        return Vec::new();
    };
    let behaviour = library.behaviour(ix);
    let is_it = |item: &Focus| item.framework == behaviour.framework && item.behaviour == behaviour.code;
    if model.is_focus(ix) {
        let focus = model.focus_with(|items| items.retain(|item| !is_it(item)));
        model.say(Tone::Plain, format!("{} is no longer in your focus set.", behaviour.code));
        return vec![Effect::Records(RecordsJob::KeepFocus(Box::new(focus)))];
    }
    let mut rows = vec!["Not answered".to_owned()];
    rows.extend(library.framework_of(ix).importance.points.iter().map(|point| point.label.clone()));
    let (framework, code) = (behaviour.framework.clone(), behaviour.code.clone());
    let title = format!("{behaviour}: how much does it matter now?");
    let then = move |model: &mut Model, row| weighed(model, framework.clone(), code.clone(), row);
    model.person.layers.push(Layer::Picker(Picker::new(&title, rows, 0, then)));
    Vec::new()
}

/// Adds the behaviour with the chosen importance, and remarks on an unusual size of the set.
fn weighed(model: &mut Model, framework: String, behaviour: String, row: usize) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    let Some(ix) = library.find_in(&framework, &behaviour) else { return Vec::new() };
    let points = &library.framework_of(ix).importance.points;
    let importance = row.checked_sub(1).and_then(|at| points.get(at)).map(|point| point.value);
    let focus = model.focus_with(|items| items.push(Focus { framework, behaviour, importance }));
    let size = crate::domain::count(focus.items.len(), "behaviour", "behaviours");
    let remark = focus.remark().map(|remark| format!(" {remark}")).unwrap_or_default();
    model.say(Tone::Good, format!("Your focus set now has {size}.{remark}"));
    vec![Effect::Records(RecordsJob::KeepFocus(Box::new(focus)))]
}

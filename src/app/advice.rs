//! Advice: cards, why, and what to make of them.

use super::dialogue::{Dialogue, DialogueFor};
use super::layer::{Layer, Picker, PickerFor};
use super::model::{Model, Tone};
use super::msg::{Decision, Effect, Planned};
use crate::domain::{Advice, Intent, USUAL_REASONS, Verdict, first_step_by};

/// What stands below the reasons that are offered for setting an advice aside: it asks for own words.
pub(super) const OTHER_REASON: &str = "Something else\u{2026}";

/// The state of the advice screen.
#[derive(Debug, Clone, Default)]
pub struct AdviceScreen {
    /// The marked card.
    pub row: usize,
    /// The conditions are shown.
    pub why: bool,
    /// What was left out is shown.
    pub left_out: bool,
    /// How far the detail is scrolled.
    pub scroll: u16,
}

/// The marked card.
pub(super) fn marked(model: &Model) -> Option<&Advice> {
    model.person.snapshot.advised.shown.get(model.person.advice.row)
}

fn planned(model: &Model, advice: &Advice) -> Planned {
    let activity = model.shell.library.as_ref().and_then(|library| library.activity(&advice.activity));
    Planned {
        title: advice.title.clone(),
        first_step: activity.map(|activity| activity.first_step.clone()).unwrap_or_default(),
        due: Some(first_step_by(model.shell.today)),
        intent: activity.map(Intent::of_activity).unwrap_or_default(),
    }
}

fn decision(advice: &Advice, verdict: Verdict, reason: &str, planned: Option<Planned>) -> Effect {
    Effect::Decide(Box::new(Decision {
        activity: advice.activity.clone(),
        verdict,
        reason: reason.to_owned(),
        because: advice.because(),
        rules: advice.rules(),
        behaviours: advice.behaviours(),
        planned,
    }))
}

/// Takes the marked card into the plan as it is.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(advice) = marked(model) else { return Vec::new() };
    vec![decision(advice, Verdict::Accepted, "", Some(planned(model, advice)))]
}

/// Opens the dialogue in which it can be put in own words.
pub(super) fn adapt(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let planned = planned(model, advice);
    let id = advice.activity.clone();
    super::plan::begin(model, Dialogue::new(DialogueFor::Adapt(id), &planned));
}

/// Asks why the marked card is set aside.
pub(super) fn decline(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let rows = USUAL_REASONS.iter().chain([&OTHER_REASON]).map(|reason| (*reason).to_owned()).collect();
    let purpose = PickerFor::Decline(advice.activity.clone());
    model.person.layers.push(Layer::Picker(Picker::new("Set aside, because\u{2026}", rows, 0, purpose)));
}

/// Sets an activity aside for a reason.
pub(super) fn declined(model: &mut Model, activity: &str, reason: &str) -> Vec<Effect> {
    let advice = model.person.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This advice is no longer there.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Declined, reason, None)]
}

/// Takes an activity into the plan in own words.
pub(super) fn adapted(model: &mut Model, activity: &str, planned: Planned) -> Vec<Effect> {
    let advice = model.person.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This advice is no longer there.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Adapted, "", Some(planned))]
}

//! Advice: cards, why, and what to make of them.

use super::layer::{Field, Form, FormFor, Layer, Picker, PickerFor};
use super::model::{Model, Tone};
use super::msg::{Decision, Effect, Planned};
use crate::domain::{Advice, Day, Intent, Verdict, first_step_by, parse_day};

/// Reasons that are offered for setting an advice aside; the last one asks for own words.
pub(super) const REASONS: [&str; 5] = [
    "It does not fit my role",
    "I do this already",
    "Not now, there is too much else",
    "It would not help with this",
    "Something else\u{2026}",
];

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
    model.snapshot.advised.shown.get(model.advice.row)
}

fn planned(model: &Model, advice: &Advice) -> Planned {
    let activity = model.library.as_ref().and_then(|library| library.activity(&advice.activity));
    Planned {
        title: advice.title.clone(),
        first_step: activity.map(|activity| activity.first_step.clone()).unwrap_or_default(),
        due: Some(first_step_by(model.today)),
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

/// Opens the form in which it can be put in own words.
pub(super) fn adapt(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let planned = planned(model, advice);
    let id = advice.activity.clone();
    model.layers.push(Layer::Form(plan_form("Into my plan, in my words", &planned, FormFor::Adapt(id))));
}

/// The three lines of an action, ready to be changed.
pub(super) fn plan_form(title: &str, planned: &Planned, purpose: FormFor) -> Form {
    let due = planned.due.map(|day| day.to_string()).unwrap_or_default();
    Form::new(
        title,
        vec![
            Field::new("What I will do", &planned.title, ""),
            Field::new("First step", &planned.first_step, "small enough for the next two weeks"),
            Field::new("By when", &due, "like 2026-12-06, 6 Dec or +14; empty for no day"),
        ],
        purpose,
    )
}

/// Reads the three lines back.
pub(super) fn read_plan(form: &Form, today: Day) -> Result<Planned, String> {
    let line = |at: usize| form.fields.get(at).map_or("", |field| field.buffer.text()).trim().to_owned();
    let title = line(0);
    if title.is_empty() {
        return Err("Write what you will do.".to_owned());
    }
    let due = line(2);
    let due = if due.is_empty() { None } else { Some(parse_day(&due, today)?) };
    Ok(Planned { title, first_step: line(1), due, intent: Intent::default() })
}

/// Asks why the marked card is set aside.
pub(super) fn decline(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let rows = REASONS.iter().map(|reason| (*reason).to_owned()).collect();
    let purpose = PickerFor::Decline(advice.activity.clone());
    model.layers.push(Layer::Picker(Picker::new("Set aside, because\u{2026}", rows, 0, purpose)));
}

/// Sets an activity aside for a reason.
pub(super) fn declined(model: &mut Model, activity: &str, reason: &str) -> Vec<Effect> {
    let advice = model.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This advice is no longer there.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Declined, reason, None)]
}

/// Takes an activity into the plan in own words.
pub(super) fn adapted(model: &mut Model, activity: &str, planned: Planned) -> Vec<Effect> {
    let advice = model.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This advice is no longer there.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Adapted, "", Some(planned))]
}

//! Advice: the cards in order, and one with its reasons.

use super::super::told::{Number, Told};
use super::nothing;
use crate::app::Model;
use crate::domain::{Sheet, count};

pub(super) fn tell(model: &Model) -> Told {
    let Some(library) = &model.shell.library else { return nothing("Advice") };
    let advised = &model.person.snapshot.advised;
    let mut told = Told::at("Advice");
    for notice in model.notices() {
        told.say(format!("First: {}.", notice.title));
        told.read(&Sheet::notice(notice));
    }
    if let Some(why) = advised.why_nothing().filter(|_| advised.shown.is_empty()) {
        told.say(why);
        return told;
    }
    if advised.shown.is_empty() {
        told.say("Advice. There is none yet.");
        if model.person.snapshot.profile.session_days().is_empty() {
            told.say("Advice comes from your answers. Find a behaviour, say where you are with it, and come back.");
        } else {
            told.say(
                "None of the rules has anything to suggest for your answers so far, or you have dealt with all of it.",
            );
            told.say(
                "Rating how much a behaviour matters in your role, and a few words about it, help the rules most.",
            );
        }
        told.read(&Sheet::left_out(advised));
        return told;
    }
    told.say(format!("Advice. Your answers suggest {}:", count(advised.shown.len(), "activity", "activities")));
    for advice in &advised.shown {
        let effort = library
            .activity(&advice.activity)
            .map(|activity| format!(", {}, {}", activity.kind.title(), activity.effort()))
            .unwrap_or_default();
        told.row(format!("{}{effort}.", advice.title));
    }
    told.row = model.person.advice.row;
    told.number = Number::Reads;
    if let Some(advice) = advised.shown.get(model.person.advice.row) {
        if model.person.advice.left_out {
            told.detail("What was left out.", &Sheet::left_out(advised));
        } else {
            let title = format!("{} of {}: {}.", model.person.advice.row + 1, advised.shown.len(), advice.title);
            told.detail(&title, &Sheet::advice(library, advice, model.shell.today, model.person.advice.why));
        }
    }
    told.teach("A number reads one with its reasons.");
    told
}

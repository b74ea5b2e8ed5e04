//! Advice: the cards in order, and one with its reasons.

use super::super::place_text::{Number, PlaceText};
use super::nothing;
use crate::app::Model;
use crate::domain::{Sheet, count};

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(library) = &model.shell.library else { return nothing("Advice") };
    let advised = &model.person.snapshot.advised;
    let mut out = PlaceText::at("Advice");
    for notice in model.notices() {
        out.say(format!("First: {}.", notice.title));
        out.read(&Sheet::notice(notice));
    }
    if let Some(why) = advised.why_nothing().filter(|_| advised.shown.is_empty()) {
        out.say(why);
        return out;
    }
    if advised.shown.is_empty() {
        out.say("Advice. There is none yet.");
        if model.person.snapshot.profile.session_days().is_empty() {
            out.say("Advice comes from your answers. Find a behaviour, say where you are with it, and come back.");
        } else {
            out.say(
                "None of the rules has anything to suggest for your answers so far, or you have dealt with all of it.",
            );
            out.say("Rating how much a behaviour matters in your role, and a few words about it, help the rules most.");
        }
        out.read(&Sheet::left_out(advised));
        return out;
    }
    out.say(format!("Advice. Your answers suggest {}:", count(advised.shown.len(), "activity", "activities")));
    for advice in &advised.shown {
        let effort = library
            .activity(&advice.activity)
            .map(|activity| format!(", {}, {}", activity.kind.title(), activity.effort()))
            .unwrap_or_default();
        out.row(format!("{}{effort}.", advice.title));
    }
    out.row = model.person.advice.row;
    out.number = Number::Reads;
    if let Some(advice) = advised.shown.get(model.person.advice.row) {
        if model.person.advice.left_out {
            out.detail("What was left out.", &Sheet::left_out(advised));
        } else {
            let title = format!("{} of {}: {}.", model.person.advice.row + 1, advised.shown.len(), advice.title);
            out.detail(&title, &Sheet::advice(library, advice, model.shell.today, model.person.advice.why));
        }
    }
    out.teach("A number reads one with its reasons.");
    out
}

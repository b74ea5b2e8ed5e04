//! Two views: one behaviour at a time while a view is given, and both beside each other once they are opened.

use super::super::place_text::PlaceText;
use super::nothing;
use super::reflect::{ask_point, chosen_apart, points};
use crate::app::{ComparisonState, Model, Round};
use crate::domain::{By, Library, Sheet, count};

/// Said before a view is given: lines cannot be taken off a terminal without moving its cursor, which this mode never
/// does, so what keeps the views apart has to be said and done by people.
const APART: [&str; 2] = [
    "What is typed in lines stays above in this window: before you hand over, clear the window or open a new one.",
    "Or each of you gives the view in a window of their own: \u{ab}put away\u{bb} keeps it, and only both together open.",
];

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(library) = &model.shell.library else { return nothing("Two views") };
    match &model.person.compare.round {
        Some(round) => rate(model, library, round),
        None => stand(model, library),
    }
}

fn rate(model: &Model, library: &Library, round: &Round) -> PlaceText {
    let Some(ix) = round.behaviour() else { return nothing("Two views") };
    let (behaviour, framework) = (library.behaviour(ix), library.framework_of(ix));
    let view = round.view();
    let mut out = PlaceText::at(format!("view of {} {}", round.by.id(), round.at));
    let whose = match round.by {
        By::Myself => format!("{}'s view", model.person.snapshot.person.name),
        _ => "The coach's view".to_owned(),
    };
    out.say(format!("{whose}, {} of {}: {behaviour}.", round.at + 1, round.behaviours.len()));
    out.say(&behaviour.statement);
    if !behaviour.opposite.is_empty() {
        out.say(format!("What it is not: {}", behaviour.opposite));
    }
    if !view.example.is_empty() {
        out.say(format!("What I saw: {}", view.example));
    }
    out.say(match round.by {
        By::Myself => framework.scale.question.clone(),
        _ => format!("Which words fit what you have seen {} do?", model.person.snapshot.person.name),
    });
    points(&mut out, &framework.scale, view.rated.value());
    out.row = round.row;
    chosen_apart(&mut out, view.rated);
    ask_point(&mut out, &framework.scale, true);
    out.teach("\u{ab}example\u{bb} writes down what you saw; \u{ab}put away\u{bb} ends the view.");
    if round.at == 0 {
        // Somebody else sits here now, who was taught nothing yet.
        let taught = std::mem::take(&mut out.teach);
        out.ask.extend(taught);
    }
    out
}

fn stand(model: &Model, library: &Library) -> PlaceText {
    let name = &model.person.snapshot.person.name;
    let mut out = PlaceText::at("Two views");
    let behaviours = count(model.focus().map_or(0, |focus| focus.items.len()), "behaviour", "behaviours");
    let opened = model.compared();
    let stand = model.comparison_stand();
    out.say("Two views.");
    if opened.is_none() || stand != ComparisonState::Ready {
        let mut words = |texts: &[String]| {
            for text in texts {
                out.say(text);
            }
        };
        match stand {
            ComparisonState::NoFocus => words(&[
                "They need a focus set.".to_owned(),
                "Choose three to six behaviours together first: in Find, \u{ab}:focus\u{bb} and the number of a row."
                    .to_owned(),
            ]),
            ComparisonState::Ready => words(&[
                "They are of the focus set.".to_owned(),
                format!(
                    "{name} rates {behaviours} first, puts the view away and hands over; then the coach does the same."
                ),
                "Neither sees the other's before both are given. \u{ab}go on\u{bb} begins.".to_owned(),
            ]),
            ComparisonState::Turn(By::Myself) => words(&[
                format!("It is {name}'s turn. The coach looks away."),
                "\u{ab}go on\u{bb} begins, or goes on where it was left.".to_owned(),
            ]),
            ComparisonState::Turn(_) => words(&[
                format!("It is the coach's turn. {name}'s view is put away, and {name} looks away."),
                "\u{ab}go on\u{bb} begins, or goes on where it was left.".to_owned(),
            ]),
            ComparisonState::Sealed => words(&[
                "Both are given.".to_owned(),
                "Look at them together: \u{ab}go on\u{bb} opens both at once. Begin with the strengths.".to_owned(),
            ]),
        }
        if matches!(stand, ComparisonState::Ready | ComparisonState::Turn(_)) {
            for text in APART {
                out.say(text);
            }
        }
    }
    let given = model.person.snapshot.dossier.comparisons.iter().any(|round| round.client_done || round.coach_done);
    if given {
        out.teach("\u{ab}withdraw\u{bb} takes back a view that was put away.");
    }
    if let Some((round, rows)) = opened {
        out.say("The two views opened last:");
        out.read(&Sheet::comparison(library, round, &rows, model.shell.today));
        if stand == ComparisonState::Ready {
            out.ask("\u{ab}go on\u{bb} begins another round over the focus set.");
        }
    }
    out
}

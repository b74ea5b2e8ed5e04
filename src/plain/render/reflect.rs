//! Reflect: one step at a time.

use super::super::place_text::PlaceText;
use super::nothing;
use crate::app::{Model, Reflect, Step};
use crate::domain::{BehaviourIx, Library, NonAnswer, Rated, Scale, Sheet, count, long_day, short_day};

pub(super) fn render(model: &Model) -> PlaceText {
    let (Some(library), Some(reflect)) = (&model.shell.library, &model.person.reflect) else {
        return nothing("Reflect");
    };
    let behaviour = library.behaviour(reflect.behaviour);
    let framework = library.framework_of(reflect.behaviour);
    let step = reflect.step();
    let mut out = PlaceText::at(format!("reflect {} {}", behaviour.full_code(), reflect.at));
    let place = format!("Step {} of {}, {}", reflect.at + 1, reflect.steps.len(), reflect.step_name(step));
    // Whoever comes back to the middle of a draft hears on what it is.
    let here = format!("{place}, on {}.", behaviour.code);
    match step {
        Step::Before => {
            out.say(format!("Reflect on {behaviour}. {place}."));
            if let Some(answer) = &reflect.before {
                out.read(&Sheet::answer(library, answer, model.shell.today));
            }
            out.ask("\u{ab}next\u{bb} goes on to a new answer.");
        }
        Step::Rating => {
            out.say(format!("Reflect on {behaviour}. {place}."));
            about(&mut out, model, library, reflect.behaviour);
            out.say(&framework.scale.question);
            points(&mut out, &framework.scale, reflect.rated.value());
            out.row = reflect.row;
            chosen_apart(&mut out, reflect.rated);
            ask_point(&mut out, &framework.scale, true);
        }
        Step::Importance => {
            out.say(here);
            out.say(&framework.importance.question);
            out.say("A low rating matters most where the behaviour does: this tells the two apart.");
            points(&mut out, &framework.importance, reflect.importance);
            out.row = reflect.row;
            ask_point(&mut out, &framework.importance, false);
        }
        Step::Write(_) => write(&mut out, &here, reflect),
        Step::Review => review(&mut out, &here, library, reflect),
    }
    out
}

/// What the behaviour is, how it looks from the person's level, what it is not, and what they said last time.
fn about(out: &mut PlaceText, model: &Model, library: &Library, ix: BehaviourIx) {
    let behaviour = library.behaviour(ix);
    out.say(&behaviour.statement);
    if let Some(own) = model.level_for(ix)
        && let Some((_, text)) = behaviour.levels.iter().find(|(id, _)| *id == own)
    {
        out.say(format!("From where you lead: {text}"));
    }
    if !behaviour.opposite.is_empty() {
        out.say(format!("What it is not: {}", behaviour.opposite));
    }
    if let Some(standing) = model.person.snapshot.profile.of(ix) {
        let rated = standing.words(&library.framework_of(ix).scale);
        out.say(format!("Last time: {rated}, {}.", short_day(standing.on, model.shell.today)));
    }
}

/// The points of a scale as rows; the one that was chosen says so.
pub(super) fn points(out: &mut PlaceText, scale: &Scale, value: Option<i64>) {
    out.points = true;
    for point in &scale.points {
        let chosen = if value == Some(point.value) { " Chosen." } else { "" };
        let meaning = if point.meaning.is_empty() { String::new() } else { format!(" {}", point.meaning) };
        out.row(format!("{}.{meaning}{chosen}", point.label));
    }
}

/// A non-answer that was chosen stands in no row.
pub(super) fn chosen_apart(out: &mut PlaceText, rated: Rated) {
    if let Rated::Not(kind) = rated {
        out.say(format!("Chosen so far: {}.", kind.title()));
    }
}

/// How to choose a point, or none of them.
pub(super) fn ask_point(out: &mut PlaceText, scale: &Scale, rating: bool) {
    let letters = if rating { ", or n, c, p instead of a rating" } else { "" };
    out.ask(format!("Choose 1 to {}{letters}; an empty line skips it.", scale.points.len()));
    if rating {
        // The letters are those of the command table; a test holds them together.
        let kinds = ["n", "c", "p"].into_iter().zip(NonAnswer::ALL);
        let listed: Vec<String> = kinds.map(|(letter, kind)| format!("{letter} means {}", kind.title())).collect();
        out.teach(format!("{}.", listed.join("; ")));
    }
}

fn write(out: &mut PlaceText, place: &str, reflect: &Reflect) {
    let Some(page) = reflect.page() else { return };
    out.say(place);
    out.say(&page.question);
    out.written(page.buffer.text());
    out.ask("Write your answer; a single dot on a line ends it.");
    out.teach("It may have as many lines as you like, in your own words; names are best left out.");
    out.teach("A dot with nothing written skips the question; \u{ab}:save\u{bb} saves the whole reflection at once; \u{ab}:edit\u{bb} opens your editor.");
}

fn review(out: &mut PlaceText, place: &str, library: &Library, reflect: &Reflect) {
    let framework = library.framework_of(reflect.behaviour);
    out.say(place);
    if reflect.is_empty() {
        out.say("Nothing is said yet.");
        out.ask("\u{ab}previous\u{bb} goes back to the questions; \u{ab}back\u{bb} leaves them.");
        return;
    }
    out.say("This will be saved. Earlier answers stay as they are.");
    out.say(format!("Rating: {}.", reflect.rated.words(&framework.scale)));
    let importance = reflect.importance.and_then(|value| framework.importance.label(value));
    out.say(format!("Importance: {}.", importance.unwrap_or("not said")));
    if let Some(on) = reflect.on {
        out.say(format!("This happened on {}; \u{ab}another day\u{bb} changes that.", long_day(on)));
    }
    for written in reflect.pages.iter().filter(|page| !page.buffer.text().trim().is_empty()) {
        out.say(&written.question);
        out.say(format!("You wrote {}:", count(written.buffer.words(), "word", "words")));
        out.say(written.buffer.text());
    }
    out.ask("\u{ab}save\u{bb} saves it; \u{ab}previous\u{bb} goes back to a question.");
}

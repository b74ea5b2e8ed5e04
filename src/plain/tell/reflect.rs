//! Reflect: one step at a time.

use super::super::told::Told;
use super::nothing;
use crate::app::{Model, Reflect, Step};
use crate::domain::{BehaviourIx, Library, NonAnswer, Rated, Scale, Sheet, count, long_day, short_day};

pub(super) fn tell(model: &Model) -> Told {
    let (Some(library), Some(reflect)) = (&model.shell.library, &model.person.reflect) else {
        return nothing("Reflect");
    };
    let behaviour = library.behaviour(reflect.behaviour);
    let framework = library.framework_of(reflect.behaviour);
    let step = reflect.step();
    let mut told = Told::at(format!("reflect {} {}", behaviour.full_code(), reflect.at));
    let place = format!("Step {} of {}, {}", reflect.at + 1, reflect.steps.len(), reflect.step_name(step));
    // Whoever comes back to the middle of a draft hears on what it is.
    let here = format!("{place}, on {}.", behaviour.code);
    match step {
        Step::Before => {
            told.say(format!("Reflect on {behaviour}. {place}."));
            if let Some(answer) = &reflect.before {
                told.read(&Sheet::answer(library, answer, model.shell.today));
            }
            told.ask("\u{ab}next\u{bb} goes on to a new answer.");
        }
        Step::Rating => {
            told.say(format!("Reflect on {behaviour}. {place}."));
            about(&mut told, model, library, reflect.behaviour);
            told.say(&framework.scale.question);
            points(&mut told, &framework.scale, reflect.rated.value());
            told.row = reflect.row;
            chosen_apart(&mut told, reflect.rated);
            ask_point(&mut told, &framework.scale, true);
        }
        Step::Importance => {
            told.say(here);
            told.say(&framework.importance.question);
            told.say("A low rating matters most where the behaviour does: this tells the two apart.");
            points(&mut told, &framework.importance, reflect.importance);
            told.row = reflect.row;
            ask_point(&mut told, &framework.importance, false);
        }
        Step::Write(_) => write(&mut told, &here, reflect),
        Step::Review => review(&mut told, &here, library, reflect),
    }
    told
}

/// What the behaviour is, how it looks from the person's level, what it is not, and what they said last time.
fn about(told: &mut Told, model: &Model, library: &Library, ix: BehaviourIx) {
    let behaviour = library.behaviour(ix);
    told.say(&behaviour.statement);
    if let Some(own) = model.level_for(ix)
        && let Some((_, text)) = behaviour.levels.iter().find(|(id, _)| *id == own)
    {
        told.say(format!("From where you lead: {text}"));
    }
    if !behaviour.opposite.is_empty() {
        told.say(format!("What it is not: {}", behaviour.opposite));
    }
    if let Some(standing) = model.person.snapshot.profile.of(ix) {
        let rated = standing.words(&library.framework_of(ix).scale);
        told.say(format!("Last time: {rated}, {}.", short_day(standing.on, model.shell.today)));
    }
}

/// The points of a scale as rows; the one that was chosen says so.
pub(super) fn points(told: &mut Told, scale: &Scale, value: Option<i64>) {
    told.points = true;
    for point in &scale.points {
        let chosen = if value == Some(point.value) { " Chosen." } else { "" };
        let meaning = if point.meaning.is_empty() { String::new() } else { format!(" {}", point.meaning) };
        told.row(format!("{}.{meaning}{chosen}", point.label));
    }
}

/// A non-answer that was chosen stands in no row.
pub(super) fn chosen_apart(told: &mut Told, rated: Rated) {
    if let Rated::Not(kind) = rated {
        told.say(format!("Chosen so far: {}.", kind.title()));
    }
}

/// How to choose a point, or none of them.
pub(super) fn ask_point(told: &mut Told, scale: &Scale, rating: bool) {
    let letters = if rating { ", or n, c, p instead of a rating" } else { "" };
    told.ask(format!("Choose 1 to {}{letters}; an empty line skips it.", scale.points.len()));
    if rating {
        // The letters are those of the command table; a test holds them together.
        let kinds = ["n", "c", "p"].into_iter().zip(NonAnswer::ALL);
        let listed: Vec<String> = kinds.map(|(letter, kind)| format!("{letter} means {}", kind.title())).collect();
        told.teach(format!("{}.", listed.join("; ")));
    }
}

fn write(told: &mut Told, place: &str, reflect: &Reflect) {
    let Some(page) = reflect.page() else { return };
    told.say(place);
    told.say(&page.question);
    told.written(page.buffer.text());
    told.ask("Write your answer; a single dot on a line ends it.");
    told.teach("It may have as many lines as you like, in your own words; names are best left out.");
    told.teach("A dot with nothing written skips the question; \u{ab}:save\u{bb} saves the whole reflection at once; \u{ab}:edit\u{bb} opens your editor.");
}

fn review(told: &mut Told, place: &str, library: &Library, reflect: &Reflect) {
    let framework = library.framework_of(reflect.behaviour);
    told.say(place);
    if reflect.is_empty() {
        told.say("Nothing is said yet.");
        told.ask("\u{ab}previous\u{bb} goes back to the questions; \u{ab}back\u{bb} leaves them.");
        return;
    }
    told.say("This will be saved. Earlier answers stay as they are.");
    told.say(format!("Rating: {}.", reflect.rated.words(&framework.scale)));
    let importance = reflect.importance.and_then(|value| framework.importance.label(value));
    told.say(format!("Importance: {}.", importance.unwrap_or("not said")));
    if let Some(on) = reflect.on {
        told.say(format!("This happened on {}; \u{ab}another day\u{bb} changes that.", long_day(on)));
    }
    for written in reflect.pages.iter().filter(|page| !page.buffer.text().trim().is_empty()) {
        told.say(&written.question);
        told.say(format!("You wrote {}:", count(written.buffer.words(), "word", "words")));
        told.say(written.buffer.text());
    }
    told.ask("\u{ab}save\u{bb} saves it; \u{ab}previous\u{bb} goes back to a question.");
}

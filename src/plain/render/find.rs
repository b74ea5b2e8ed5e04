//! Find: what the query found, and one behaviour whole.

use super::super::place_text::PlaceText;
use super::nothing;
use crate::app::Model;
use crate::domain::{BehaviourIx, Library, Sheet, short_day};
use crate::search::{Field, Found, Hit};

pub(super) fn render(model: &Model) -> PlaceText {
    let (Some(library), Some(found)) = (&model.person.find.library, &model.person.find.found) else {
        return nothing("Find");
    };
    let typed = model.person.find.query.text();
    let look_up = model.is_look_up();
    let mut out = PlaceText::at(if look_up { "Find for the note" } else { "Find" });
    out.say(if look_up { "Find, from your note." } else { "Find." });
    let about = Model::about_found(found);
    if typed.trim().is_empty() {
        out.say(format!("{about}."));
        out.unasked = true;
        out.ask("Type what is on your mind, like no time to listen. An empty line lists everything.");
    } else {
        out.say(format!("For \u{ab}{typed}\u{bb}: {about}."));
        if found.hits.is_empty() {
            out.say("Nothing is found. Try fewer letters, or another word for it.");
        }
    }
    for hit in &found.hits {
        out.row(row(model, library, hit));
    }
    out.row = model.person.find.row;
    out.teach(if look_up {
        "A number notes that behaviour and goes back to your note; \u{ab}:show\u{bb} and a number reads it whole."
    } else {
        "A number begins a reflection on that behaviour; \u{ab}:show\u{bb} and a number reads it whole."
    });
    if let Some(ix) = model.person.find.marked() {
        detail(model, library, found, ix, &mut out);
    }
    out
}

/// One hit, with the field that it was found in where that is not its name.
fn row(model: &Model, library: &Library, hit: &Hit) -> String {
    let behaviour = library.behaviour(BehaviourIx(hit.record));
    let elsewhere = hit.score > 0.0 && !matches!(hit.field, Field::Title | Field::Code);
    let place = if elsewhere { format!(", found in {}", hit.field.name()) } else { String::new() };
    let focus = if model.is_focus(BehaviourIx(hit.record)) { ", in the focus set" } else { "" };
    format!("{behaviour}{focus}{place}.")
}

fn detail(model: &Model, library: &Library, found: &Found, ix: BehaviourIx, out: &mut PlaceText) {
    out.detail(&format!("{}.", library.behaviour(ix)), &Sheet::default());
    if let Some(standing) = model.person.snapshot.profile.of(ix) {
        let rated = standing.words(&library.framework_of(ix).scale);
        out.detail(&format!("You said: {rated}, {}.", short_day(standing.on, model.shell.today)), &Sheet::default());
    }
    let words: Vec<&str> = library.behaviour(ix).keywords.iter().map(String::as_str).collect();
    let hit: Vec<&str> = words.into_iter().filter(|word| !found.highlights(word).is_empty()).collect();
    let last = if hit.is_empty() { String::new() } else { format!("Found in everyday words: {}.", hit.join(", ")) };
    out.detail("", &Sheet::behaviour(library, ix, model.level_for(ix).as_deref()));
    out.detail(&last, &Sheet::default());
}

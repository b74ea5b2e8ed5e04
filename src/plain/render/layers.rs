//! What lies over a place: forms, choices, people, ticks, and the plan as a dialogue.

use super::super::keyless::keyless;
use super::super::place_text::PlaceText;
use crate::app::{CARDS, Chooser, Dialogue, Form, Model, PaperPage, Picker, SecretPage, Ticks, ago, card};

/// The tick in front of a row of the core that holds something.
const TICK: &str = "\u{2713}";

/// A form is asked line by line.
pub(super) fn form(form: &Form) -> PlaceText {
    let mut out = PlaceText::at(format!("form {} {} {}", form.title, form.at, form.problem));
    if !form.problem.is_empty() {
        out.say(format!("Not taken: {}", form.problem));
    }
    let Some(field) = form.fields.get(form.at) else { return out };
    let (at, all) = (form.at + 1, form.fields.len());
    let place = if all == 1 { String::new() } else { format!(" Line {at} of {all}.") };
    if at == 1 || !form.problem.is_empty() {
        let stop = if form.title.ends_with('?') { "" } else { "." };
        out.say(format!("{}{stop}{place}", form.title.trim_end_matches('.')));
    } else {
        out.say(place.trim());
    }
    let note = if field.note.is_empty() { String::new() } else { format!(" ({})", field.note) };
    out.say(format!("{}{note}:", field.label));
    stands(&mut out, field.buffer.text());
    out
}

/// What a text of one line holds, and what a line does to it.
fn stands(out: &mut PlaceText, text: &str) {
    if text.trim().is_empty() {
        out.teach("One line is the answer; an empty line leaves it empty.");
    } else {
        out.say(format!("It says: {text}"));
        out.teach("One line takes its place; an empty line keeps it; \u{ab}:erase\u{bb} empties it.");
    }
}

pub(super) fn picker(picker: &Picker) -> PlaceText {
    let mut out = PlaceText::at(format!("choice {}", picker.title));
    out.say(picker.title.trim_end_matches('\u{2026}'));
    for row in &picker.rows {
        let text = row.trim().trim_end_matches('\u{2026}');
        match text.strip_prefix(TICK) {
            Some(text) => out.row(format!("{}, something is written.", text.trim())),
            None => out.row(format!("{}.", text.trim_end_matches('.'))),
        }
    }
    out.row = picker.at;
    out.teach("A number chooses; \u{ab}back\u{bb} leaves it as it is.");
    out
}

pub(super) fn chooser(chooser: &Chooser) -> PlaceText {
    let mut out = PlaceText::at(format!("people {}", chooser.title));
    out.say(&chooser.title);
    for at in 0..chooser.len() {
        match chooser.shown.get(at).and_then(|at| chooser.rows.get(*at)) {
            Some(row) if row.note.is_empty() => out.row(format!("{}.", row.text)),
            Some(row) => out.row(format!("{}, {}.", row.text, row.note)),
            None => out.row(format!("Add the client \u{ab}{}\u{bb}.", chooser.typed.text().trim())),
        }
    }
    out.row = chooser.at;
    out.teach("Type a few letters of a name; a new name adds a client. A number chooses; \u{ab}:back\u{bb} leaves it as it is.");
    out
}

pub(super) fn ticks(ticks: &Ticks) -> PlaceText {
    let mut out = PlaceText::at(format!("ticks {}", ticks.title));
    out.say(&ticks.title);
    out.say(&ticks.note);
    for (text, ticked) in &ticks.rows {
        out.row(format!("{}: {}", if *ticked { "Ticked" } else { "Not ticked" }, text.trim()));
    }
    // Every row is named in full; the mark would say nothing.
    out.ask("A number ticks that row or takes the tick back; several numbers do several. \u{ab}done\u{bb} takes them; \u{ab}back\u{bb} leaves all as it was.");
    out
}

pub(super) fn dialogue(dialogue: &Dialogue, model: &Model) -> PlaceText {
    let Some((question, note)) = dialogue.asked() else { return look_over(dialogue, model) };
    let mut out = PlaceText::at(format!("dialogue {} {}", dialogue.at, dialogue.problem));
    if !dialogue.problem.is_empty() {
        out.say(format!("Not taken: {}", dialogue.problem));
    }
    let lead = if dialogue.at == 0 { format!("{}. ", dialogue.title()) } else { String::new() };
    out.say(format!("{lead}Question {} of {}. {question}", dialogue.at + 1, dialogue.len()));
    out.say(format!("({note})"));
    stands(&mut out, dialogue.buffer().map_or("", |buffer| buffer.text()));
    if dialogue.at == 0 {
        out.teach(
            "\u{ab}:take\u{bb} takes the action into the plan at any question; \u{ab}:previous\u{bb} goes back to one.",
        );
    }
    out
}

/// Everything together, with what the tool would ask.
fn look_over(dialogue: &Dialogue, model: &Model) -> PlaceText {
    let mut out = PlaceText::at("dialogue end");
    out.say("Into the plan? You said:");
    for (_, label, text) in dialogue.answered() {
        out.say(format!("{label}: {text}"));
    }
    let questions = dialogue.questions(&model.person.snapshot.actions, model.shell.today);
    if questions.is_empty() {
        out.say("It has a moment, a first step and a day to look back.");
    } else {
        out.say("Before you take it:");
        for question in &questions {
            out.say(question);
        }
    }
    out.ask("\u{ab}take\u{bb} takes it as it is; \u{ab}previous\u{bb} goes back to a question.");
    out
}

/// What is asked for in secret. What is typed is never told.
pub(super) fn secret(page: &SecretPage) -> PlaceText {
    let offered = page.offered.as_ref().map_or("", |words| words.reveal());
    let mut out = PlaceText::at(format!("secret {} {} {} {offered}", page.title(), page.at, page.problem));
    if !page.problem.is_empty() {
        out.say(format!("Not taken: {}", page.problem));
    }
    if page.at == 0 || !page.problem.is_empty() {
        out.say(format!("{}.", page.title().trim_end_matches(['.', '?'])));
        for words in page.words() {
            out.say(keyless(words));
        }
        if !page.escrow.is_empty() {
            out.say(format!("{} can open these records too.", page.escrow));
        }
    }
    if !offered.is_empty() {
        out.say(format!("Four words on offer: {offered}."));
    }
    match page.lines.get(page.at) {
        Some(line) => out.say(format!("{}:", line.label)),
        None => out.ask("\u{ab}go on\u{bb} goes on."),
    }
    if page.is_choosing() {
        out.teach("\u{ab}:words\u{bb} offers four words; \u{ab}:back\u{bb} leaves all as it is.");
    }
    out
}

/// The paper key.
pub(super) fn paper(page: &PaperPage) -> PlaceText {
    let mut out = PlaceText::at("paper key");
    out.say("Your paper key:");
    out.say(page.key.reveal());
    for words in PaperPage::WORDS {
        out.say(words);
    }
    out.ask("\u{ab}kept\u{bb} goes on, once it is written down.");
    out
}

/// What was said lately, the latest first, and what is wrong with the settings.
pub(in crate::plain) fn messages(model: &Model) -> PlaceText {
    let mut out = PlaceText::at("messages");
    for fault in &model.shell.faults {
        out.say(format!("In your settings, {}: {}. {}.", fault.place(), fault.message, fault.hint));
    }
    if !model.shell.banner.is_empty() {
        out.say(format!("About packs and rules: {}", model.shell.banner));
    }
    out.say(if model.person.said.is_empty() { "Nothing was said yet." } else { "Said lately, the latest first:" });
    for said in model.person.said.iter().rev() {
        out.row(format!("{} ({})", said.notice.text, ago(said.at, model.shell.now)));
    }
    out
}

/// A card of the tour.
pub(super) fn tour(at: usize, model: &Model) -> PlaceText {
    let card = card(model, at);
    let mut out = PlaceText::at(format!("tour {at}"));
    out.say(format!("The tour, {} of {CARDS}. {}.", at + 1, card.title));
    out.say(&card.words);
    for line in &card.seen {
        out.say(line.trim());
    }
    out.ask("\u{ab}next\u{bb} goes on; \u{ab}back\u{bb} ends the tour.");
    out
}

/// People to ring.
pub(super) fn safety(model: &Model) -> PlaceText {
    let mut out = PlaceText::at("people to ring");
    for notice in model.notices() {
        out.say(format!("{}.", notice.title));
        out.read(&crate::domain::Sheet::notice(notice));
    }
    if model.notices().is_empty() {
        out.ask("\"back\" goes on.");
    } else {
        out.say("Nobody was told. This stays on Today until you put it aside.");
        out.ask("\"back\" goes on; \"put aside\" puts it aside.");
    }
    for notice in model.put_aside() {
        out.say(format!("{} (you put this aside).", notice.title));
        out.read(&crate::domain::Sheet::notice(notice));
    }
    out
}

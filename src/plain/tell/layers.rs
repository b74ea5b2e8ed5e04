//! What lies over a place: forms, choices, people, ticks, and the plan as a dialogue.

use super::super::keyless::keyless;
use super::super::told::Told;
use crate::app::{CARDS, Chooser, Dialogue, Form, Model, PaperPage, Picker, SecretPage, Ticks, ago, card};

/// The tick in front of a row of the core that holds something.
const TICK: &str = "\u{2713}";

/// A form is asked line by line.
pub(super) fn form(form: &Form) -> Told {
    let mut told = Told::at(format!("form {} {} {}", form.title, form.at, form.problem));
    if !form.problem.is_empty() {
        told.say(format!("Not taken: {}", form.problem));
    }
    let Some(field) = form.fields.get(form.at) else { return told };
    let (at, all) = (form.at + 1, form.fields.len());
    let place = if all == 1 { String::new() } else { format!(" Line {at} of {all}.") };
    if at == 1 || !form.problem.is_empty() {
        let stop = if form.title.ends_with('?') { "" } else { "." };
        told.say(format!("{}{stop}{place}", form.title.trim_end_matches('.')));
    } else {
        told.say(place.trim());
    }
    let note = if field.note.is_empty() { String::new() } else { format!(" ({})", field.note) };
    told.say(format!("{}{note}:", field.label));
    stands(&mut told, field.buffer.text());
    told
}

/// What a text of one line holds, and what a line does to it.
fn stands(told: &mut Told, text: &str) {
    if text.trim().is_empty() {
        told.teach("One line is the answer; an empty line leaves it empty.");
    } else {
        told.say(format!("It says: {text}"));
        told.teach("One line takes its place; an empty line keeps it; \u{ab}:erase\u{bb} empties it.");
    }
}

pub(super) fn picker(picker: &Picker) -> Told {
    let mut told = Told::at(format!("choice {}", picker.title));
    told.say(picker.title.trim_end_matches('\u{2026}'));
    for row in &picker.rows {
        let text = row.trim().trim_end_matches('\u{2026}');
        match text.strip_prefix(TICK) {
            Some(text) => told.row(format!("{}, something is written.", text.trim())),
            None => told.row(format!("{}.", text.trim_end_matches('.'))),
        }
    }
    told.row = picker.at;
    told.teach("A number chooses; \u{ab}back\u{bb} leaves it as it is.");
    told
}

pub(super) fn chooser(chooser: &Chooser) -> Told {
    let mut told = Told::at(format!("people {}", chooser.title));
    told.say(&chooser.title);
    for at in 0..chooser.len() {
        match chooser.shown.get(at).and_then(|at| chooser.rows.get(*at)) {
            Some(row) if row.note.is_empty() => told.row(format!("{}.", row.text)),
            Some(row) => told.row(format!("{}, {}.", row.text, row.note)),
            None => told.row(format!("Add the client \u{ab}{}\u{bb}.", chooser.typed.text().trim())),
        }
    }
    told.row = chooser.at;
    told.teach("Type a few letters of a name; a new name adds a client. A number chooses; \u{ab}:back\u{bb} leaves it as it is.");
    told
}

pub(super) fn ticks(ticks: &Ticks) -> Told {
    let mut told = Told::at(format!("ticks {}", ticks.title));
    told.say(&ticks.title);
    told.say(&ticks.note);
    for (text, ticked) in &ticks.rows {
        told.row(format!("{}: {}", if *ticked { "Ticked" } else { "Not ticked" }, text.trim()));
    }
    // Every row is named in full; the mark would say nothing.
    told.ask("A number ticks that row or takes the tick back; several numbers do several. \u{ab}done\u{bb} takes them; \u{ab}back\u{bb} leaves all as it was.");
    told
}

pub(super) fn dialogue(dialogue: &Dialogue, model: &Model) -> Told {
    let Some((question, note)) = dialogue.asked() else { return look_over(dialogue, model) };
    let mut told = Told::at(format!("dialogue {} {}", dialogue.at, dialogue.problem));
    if !dialogue.problem.is_empty() {
        told.say(format!("Not taken: {}", dialogue.problem));
    }
    let lead = if dialogue.at == 0 { format!("{}. ", dialogue.title()) } else { String::new() };
    told.say(format!("{lead}Question {} of {}. {question}", dialogue.at + 1, dialogue.len()));
    told.say(format!("({note})"));
    stands(&mut told, dialogue.buffer().map_or("", |buffer| buffer.text()));
    if dialogue.at == 0 {
        told.teach(
            "\u{ab}:take\u{bb} takes the action into the plan at any question; \u{ab}:previous\u{bb} goes back to one.",
        );
    }
    told
}

/// Everything together, with what the tool would ask.
fn look_over(dialogue: &Dialogue, model: &Model) -> Told {
    let mut told = Told::at("dialogue end");
    told.say("Into the plan? You said:");
    for (_, label, text) in dialogue.answered() {
        told.say(format!("{label}: {text}"));
    }
    let questions = dialogue.questions(&model.person.snapshot.actions, model.shell.today);
    if questions.is_empty() {
        told.say("It has a moment, a first step and a day to look back.");
    } else {
        told.say("Before you take it:");
        for question in &questions {
            told.say(question);
        }
    }
    told.ask("\u{ab}take\u{bb} takes it as it is; \u{ab}previous\u{bb} goes back to a question.");
    told
}

/// What is asked for in secret. What is typed is never told.
pub(super) fn secret(page: &SecretPage) -> Told {
    let offered = page.offered.as_ref().map_or("", |words| words.reveal());
    let mut told = Told::at(format!("secret {} {} {} {offered}", page.title(), page.at, page.problem));
    if !page.problem.is_empty() {
        told.say(format!("Not taken: {}", page.problem));
    }
    if page.at == 0 || !page.problem.is_empty() {
        told.say(format!("{}.", page.title().trim_end_matches(['.', '?'])));
        for words in page.words() {
            told.say(keyless(words));
        }
        if !page.escrow.is_empty() {
            told.say(format!("{} can open these records too.", page.escrow));
        }
    }
    if !offered.is_empty() {
        told.say(format!("Four words on offer: {offered}."));
    }
    match page.lines.get(page.at) {
        Some(line) => told.say(format!("{}:", line.label)),
        None => told.ask("\u{ab}go on\u{bb} goes on."),
    }
    if page.is_choosing() {
        told.teach("\u{ab}:words\u{bb} offers four words; \u{ab}:back\u{bb} leaves all as it is.");
    }
    told
}

/// The paper key.
pub(super) fn paper(page: &PaperPage) -> Told {
    let mut told = Told::at("paper key");
    told.say("Your paper key:");
    told.say(page.key.reveal());
    for words in PaperPage::WORDS {
        told.say(words);
    }
    told.ask("\u{ab}kept\u{bb} goes on, once it is written down.");
    told
}

/// What was said lately, the latest first, and what is wrong with the settings.
pub(in crate::plain) fn messages(model: &Model) -> Told {
    let mut told = Told::at("messages");
    for fault in &model.shell.faults {
        told.say(format!("In your settings, {}: {}. {}.", fault.place(), fault.message, fault.hint));
    }
    if !model.shell.banner.is_empty() {
        told.say(format!("About packs and rules: {}", model.shell.banner));
    }
    told.say(if model.person.said.is_empty() { "Nothing was said yet." } else { "Said lately, the latest first:" });
    for said in model.person.said.iter().rev() {
        told.row(format!("{} ({})", said.notice.text, ago(said.at, model.shell.now)));
    }
    told
}

/// A card of the tour.
pub(super) fn tour(at: usize, model: &Model) -> Told {
    let card = card(model, at);
    let mut told = Told::at(format!("tour {at}"));
    told.say(format!("The tour, {} of {CARDS}. {}.", at + 1, card.title));
    told.say(&card.words);
    for line in &card.seen {
        told.say(line.trim());
    }
    told.ask("\u{ab}next\u{bb} goes on; \u{ab}back\u{bb} ends the tour.");
    told
}

/// People to ring.
pub(super) fn safety(model: &Model) -> Told {
    let mut told = Told::at("people to ring");
    for notice in model.notices() {
        told.say(format!("{}.", notice.title));
        told.read(&crate::domain::Sheet::notice(notice));
    }
    if model.notices().is_empty() {
        told.ask("\"back\" goes on.");
    } else {
        told.say("Nobody was told. This stays on Today until you put it aside.");
        told.ask("\"back\" goes on; \"put aside\" puts it aside.");
    }
    for notice in model.put_aside() {
        told.say(format!("{} (you put this aside).", notice.title));
        told.read(&crate::domain::Sheet::notice(notice));
    }
    told
}

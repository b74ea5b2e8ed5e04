//! Session: where one is begun, and its parts; every text says who may read it.

use super::super::place_text::PlaceText;
use super::nothing;
use super::view;
use crate::app::{Model, Part, PartKind, SessionDraft};
use crate::domain::{Action, ActionStatus, Library, SessionKind, Sheet, count, short_day};

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(library) = &model.shell.library else { return nothing("Session") };
    let Some(sitting) = &model.person.sitting else { return begin(model) };
    let Some(part) = sitting.part() else { return nothing("Session") };
    let mut out = PlaceText::at(format!("session {} {}", part.id, sitting.in_private));
    // That there is a private note is private, too.
    let written = if part.is_seen(model.person.show_private) { ", something is written" } else { "" };
    out.say(format!("Session, part {} of {}: {}{written}.", sitting.at + 1, sitting.parts.len(), part.title));
    match part.kind {
        PartKind::Agenda => agenda(&mut out, model),
        PartKind::Agreed => agreed(&mut out, model),
        PartKind::Write => write(&mut out, sitting, part),
        PartKind::Page => page(&mut out, model, library, sitting),
    }
    out
}

/// The models to begin with.
fn begin(model: &Model) -> PlaceText {
    let offered = model.session_models();
    let mut out = PlaceText::at("begin a session");
    let alone = model.session_kind() == SessionKind::Alone;
    out.say(if alone { "Write about something that happened." } else { "Begin a session." });
    out.say(model.person.snapshot.dossier.last_held().map_or_else(
        || "Choose a model; its stages are an offer, in any order.".to_owned(),
        |last| {
            format!("The last one was on {}. Stages are an offer, in any order.", short_day(last.on, model.shell.today))
        },
    ));
    for found in &offered {
        out.row(format!("{}, {}.", found.title, count(found.minutes as usize, "minute", "minutes")));
    }
    out.row = model.person.begin_row;
    if let Some(found) = offered.get(model.person.begin_row) {
        out.detail(&format!("{}.", found.title), &Sheet::model(found));
    }
    out.ask("A number begins with that model; \u{ab}show\u{bb} and a number tells what it is.");
    out
}

/// Looking back at what was agreed.
fn agenda(out: &mut PlaceText, model: &Model) {
    match model.person.snapshot.dossier.last_held() {
        Some(last) => {
            let last_note = || last.shared().last().map(|note| note.text.as_str());
            let words = last.summary().or_else(last_note).unwrap_or("no shared note was kept");
            out.say(format!("Last time, {}: {words}", short_day(last.on, model.shell.today)));
        }
        None => out.say("This is the first session kept here."),
    }
    let open = model.plan_rows().iter().filter(|action| action.status == ActionStatus::Open).count();
    out.say(match open {
        0 => "Nothing is open from before. \u{ab}next\u{bb} goes on.".to_owned(),
        open => format!(
            "{} from before. What happened? \u{ab}done\u{bb} and a number marks one as done; \u{ab}next\u{bb} goes on.",
            count(open, "open action", "open actions")
        ),
    });
    rows(out, model);
}

/// Agreeing what will happen.
fn agreed(out: &mut PlaceText, model: &Model) {
    out.say(match model.agreed().len() {
        0 => "What will happen? \u{ab}new\u{bb} adds an action, one question at a time; \u{ab}next\u{bb} goes on."
            .to_owned(),
        new => {
            format!(
                "What will happen? {} agreed today; \u{ab}new\u{bb} adds one, \u{ab}next\u{bb} goes on.",
                count(new, "action", "actions")
            )
        }
    });
    rows(out, model);
}

fn write(out: &mut PlaceText, sitting: &SessionDraft, part: &Part) {
    if !part.aim.is_empty() {
        out.say(&part.aim);
    }
    for prompt in &part.prompts {
        out.say(format!("Ask: {prompt}"));
    }
    out.say(match (sitting.kind, sitting.in_private) {
        (SessionKind::Alone, _) => "Your words; they stay with you.",
        (SessionKind::OneToOne, false) => "This is the shared note; both of you may read it.",
        (SessionKind::OneToOne, true) => "This is the PRIVATE note; only the coach may read it.",
    });
    out.written(sitting.buffer().map_or("", |buffer| buffer.text()));
    out.ask("Write your note; a single dot on a line goes on to the next part.");
    out.teach("It may have as many lines as you like.");
    out.teach("\u{ab}:parts\u{bb} goes to any part, \u{ab}:find\u{bb} looks something up, \u{ab}:the page\u{bb} goes to the page before the end; \u{ab}:edit\u{bb} opens your editor.");
}

/// The page that is read together.
fn page(out: &mut PlaceText, model: &Model, library: &Library, sitting: &SessionDraft) {
    let ids = model.agreed();
    let agreed: Vec<&Action> = model.person.snapshot.actions.iter().filter(|action| ids.contains(&action.id)).collect();
    let session = sitting.session(model.shell.now, ids.clone());
    out.say(match sitting.kind {
        SessionKind::OneToOne => format!("The page of {} and the coach.", model.person.snapshot.person.name),
        SessionKind::Alone => "What you wrote.".to_owned(),
    });
    out.read(&Sheet::session_page(library, &session, &agreed, model.shell.today));
    out.ask(match sitting.kind {
        SessionKind::OneToOne => {
            "Read it together. \u{ab}close the session\u{bb} keeps it; \u{ab}previous\u{bb} goes back."
        }
        SessionKind::Alone => "\u{ab}close the session\u{bb} keeps it in your journal; \u{ab}previous\u{bb} goes back.",
    });
}

/// The plan in the session.
fn rows(out: &mut PlaceText, model: &Model) {
    if let Some(plan) = model.plan_list() {
        view::rows(out, &plan);
    }
}

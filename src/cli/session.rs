//! `cairn session`: lists finished sessions, shows one, and adds notes.

use super::secrets::open;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{SessionArgs, SessionCommand};
use super::notice::{ENTRY, ask_about, notices};
use super::out::{Out, finish, standing};
use super::withdraw::sure;
use crate::desk::OpenOptions;
use crate::domain::{NoteFor, Session, SessionKind, Sheet, Slot, long_day};
use crate::error::Error;

#[derive(Debug, Serialize)]
struct SessionRow<'a> {
    id: &'a str,
    on: String,
    kind: &'static str,
    purpose: &'static str,
    minutes: u32,
    model: Option<&'a str>,
    behaviours: &'a [String],
    actions: &'a [String],
    notes: Vec<NoteRow<'a>>,
}

#[derive(Debug, Serialize)]
struct NoteRow<'a> {
    part: &'a str,
    title: &'a str,
    text: &'a str,
    seen: &'static str,
}

pub(super) fn run(args: &SessionArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let dossier = desk.dossier()?;
    match &args.what {
        None if args.json => {
            out.json(&dossier.sessions.iter().map(|session| row(session, args.private)).collect::<Vec<_>>())?;
        }
        None => {
            if dossier.sessions.is_empty() {
                out.line("There are no sessions yet. Run `cairn` and press 7 to start one.");
            }
            for session in dossier.sessions.iter().rev() {
                let end = session.id.get(session.id.len().saturating_sub(6)..).unwrap_or(&session.id);
                let what = match (session.model.as_deref(), session.kind, session.minutes) {
                    (None, SessionKind::Alone, 0) => "a note".to_owned(),
                    (model, _, minutes) => format!("{}, {minutes} min", model.unwrap_or("a free talk")),
                };
                let words = format!("{}, {what}", long_day(session.on));
                out.paragraph(&format!("{end}  "), &words);
                if let Some(summary) = session.summary() {
                    out.paragraph("        ", summary);
                }
            }
        }
        Some(SessionCommand::Note { id, text }) => {
            let held: Vec<Session> = dossier.held().cloned().collect();
            let id = if id == "last" { one(&held, id)? } else { one(&dossier.sessions, id)? }.id.clone();
            let seen = if args.private { NoteFor::Coach } else { NoteFor::Shared };
            desk.add_note(&id, text, seen)?;
            let whose = if args.private { "Only the coach can read it" } else { "Both of you can read it" };
            out.line(format!("Your note was added. {whose}."));
            ask_about([text.as_str()], args.private, ENTRY);
            let noticed = desk.loaded_packs.noticed_in_text(text, desk.today());
            if !noticed.is_empty() {
                out.line("");
                notices(&noticed, &desk.loaded_packs.region, out);
            }
        }
        Some(SessionCommand::Discard { yes }) => {
            if desk.kept_text(&Slot::Session)?.is_none() {
                return Err(Error::input("you do not have an unfinished session", "there is nothing to discard"));
            }
            sure(*yes, "your unfinished session, with everything written in it")?;
            desk.drop_text(&Slot::Session)?;
            out.line("Discarded.");
        }
        Some(SessionCommand::Show { id }) => {
            let session = one(&dossier.sessions, id)?;
            if args.json {
                out.json(&row(session, args.private))?;
            } else {
                let library = &desk.loaded_packs.library;
                out.sheet(&Sheet::session_notes(library, session, &dossier.actions, args.private, desk.today()));
            }
        }
    }
    Ok(finish(&desk.loaded_packs))
}

/// Returns the session whose id ends with `id`, or the last one for `last`.
fn one<'a>(sessions: &'a [Session], id: &str) -> Result<&'a Session, Error> {
    let hint = "`cairn session` lists them";
    if id == "last" {
        return sessions.last().ok_or_else(|| Error::input("there are no sessions yet", hint));
    }
    let mut found = sessions.iter().filter(|session| !id.is_empty() && session.id.ends_with(id));
    match (found.next(), found.next()) {
        (Some(session), None) => Ok(session),
        (Some(_), Some(_)) => {
            Err(Error::input("more than one session has an id that ends like this", "give more of the id"))
        }
        (None, _) => Err(Error::input(format!("no session ends in \"{}\"", crate::domain::clean(id)), hint)),
    }
}

fn row(session: &Session, private: bool) -> SessionRow<'_> {
    let notes = session.notes.iter().filter(|note| private || note.seen == NoteFor::Shared);
    SessionRow {
        id: &session.id,
        on: session.on.to_string(),
        kind: session.kind.id(),
        purpose: session.purpose.id(),
        minutes: session.minutes,
        model: session.model.as_deref(),
        behaviours: &session.behaviours,
        actions: &session.actions,
        notes: notes
            .map(|note| NoteRow { part: &note.part, title: &note.title, text: &note.text, seen: note.seen.id() })
            .collect(),
    }
}

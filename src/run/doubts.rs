//! Questions after saving: whether a text identifies somebody, with advice on what to do. Text that only the coach may
//! read is never quoted, because the client may see the screen.

use super::perform::said;
use crate::app::Msg;
use crate::desk::{Desk, DeskError};
use crate::domain::{Correction, Dossier, NoteFor, Piece, Session};
use crate::report::{PRIVATE_DOUBT, identifying_warning, identifying_words};

/// Returns a question about the notes, or an empty text. A note for the coach is never quoted, and while private lines
/// are hidden there is no question about one, because the client may see the screen.
pub(super) fn doubt_of(session: &Session, private: bool) -> String {
    identifying_words(notes(session, NoteFor::Shared))
        .or_else(|| {
            identifying_warning(notes(session, NoteFor::Coach)).filter(|_| private).map(|_| PRIVATE_DOUBT.to_owned())
        })
        .unwrap_or_default()
}

/// Returns the question about the private notes of today's sessions, which is asked when private lines are shown.
pub(super) fn doubt_private(desk: &Desk) -> Msg {
    match desk.dossier() {
        Ok(dossier) => doubt_of_today(&dossier).map_or(Msg::Unchanged, Msg::Told),
        Err(error) => Msg::Failed(said(&error)),
    }
}

fn doubt_of_today(dossier: &Dossier) -> Option<String> {
    let today = dossier.sessions.iter().filter(|session| session.on == dossier.today);
    let doubt = identifying_warning(today.flat_map(|session| notes(session, NoteFor::Coach)));
    doubt.map(|_| format!("{PRIVATE_DOUBT} Correct or withdraw it in the Journal."))
}

fn notes(session: &Session, seen: NoteFor) -> impl Iterator<Item = &str> {
    session.notes.iter().filter(move |note| note.seen == seen).map(|note| note.text.as_str())
}

/// Returns the given message, or the question whether the texts identify somebody.
pub(super) fn or_doubt<'a>(words: String, done: &str, texts: impl IntoIterator<Item = &'a str>) -> String {
    let doubt = identifying_words(texts);
    doubt.map_or(words, |doubt| format!("{done} {doubt}. Correct or withdraw it in the Journal."))
}

/// Like [`or_doubt`], for a note; one that only the coach may read is not quoted, because the client may see the
/// screen.
pub(super) fn note_or_doubt(words: String, done: &str, text: &str, seen: NoteFor) -> String {
    match seen {
        NoteFor::Coach if identifying_words([text]).is_some() => {
            format!("{done} It may include a name or a number. Correct or withdraw it in the Journal.")
        }
        NoteFor::Coach => words,
        NoteFor::Shared => or_doubt(words, done, [text]),
    }
}

/// Like [`or_doubt`], for a reason for declining an activity, which can only be withdrawn.
pub(super) fn reason_or_doubt(words: &str, reason: &str) -> String {
    let doubt = identifying_words([reason]);
    doubt.map_or_else(|| words.to_owned(), |doubt| format!("Declined. {doubt}. Withdraw it in Journal."))
}

/// Like [`or_doubt`], for an action.
pub(super) fn planned_or_doubt<'a>(words: String, texts: impl IntoIterator<Item = &'a str>) -> String {
    let doubt = identifying_words(texts);
    doubt.map_or(words, |doubt| format!("Added to your plan. {doubt}. Change or withdraw it there."))
}

/// Returns who may read a note in the records; the coach only, if the note is not found.
pub(super) fn seen_by(desk: &Desk, id: &str) -> Result<NoteFor, DeskError> {
    let sessions = desk.dossier()?.sessions;
    let mut notes = sessions.iter().flat_map(|session| &session.notes);
    Ok(notes.find(|note| note.id == id).map_or(NoteFor::Coach, |note| note.seen))
}

/// Corrects an entry; returns a message or a question about the new text.
pub(super) fn correct(desk: &mut Desk, piece: &Piece, with: &Correction) -> Result<String, DeskError> {
    let seen = match piece {
        Piece::Note(id) => seen_by(desk, id)?,
        _ => NoteFor::Shared,
    };
    desk.correct(piece, with)?;
    let texts = with.reflections.iter().map(|(_, text)| text).chain(&with.example).chain(&with.text);
    let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n");
    let words = "Corrected. The earlier version is saved too.".to_owned();
    Ok(note_or_doubt(words, "Corrected.", &text, seen))
}

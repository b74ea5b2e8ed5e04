//! Correction and withdrawal of entries. A withdrawal removes them from the records, the log of the database and every
//! copy in the data folder.

use super::{Desk, DeskError};
use crate::domain::{
    Answer, Correction, FileTaken, Note, NoteFor, Piece, Rated, Reflection, Session, SessionKind, clean, long_day,
};
use crate::report::{BackupLine, Withdrawal};
use crate::store::{Copies, Rewritten, Store, StoreError, WithdrawnWords, sha256};

impl Desk {
    /// Corrects an answer or a note: a new row replaces it, and the older one is marked as corrected.
    ///
    /// # Errors
    /// Returns an error if the entry does not exist, a value is not on its scale, or the records cannot be written.
    pub fn correct(&mut self, piece: &Piece, with: &Correction) -> Result<(), DeskError> {
        match piece {
            Piece::Note(id) => {
                self.written_alone(|session| session.notes.iter().any(|note| note.id == *id))?;
                let text = with.text.as_deref().unwrap_or_default();
                self.store_mut()?.correct_note(id, text)?;
            }
            Piece::Answer(id) => {
                let older = self.read(Store::answers)?.into_iter().find(|answer| answer.id == *id);
                let Some(older) = older else {
                    let corrected = self.read(Store::corrected_answers)?.iter().any(|(answer, _)| answer.id == *id);
                    let again = "this entry has already been corrected, so correct the newer one".to_owned();
                    let unknown = || StoreError::Unknown("answer", clean(id)).into();
                    return Err(if corrected { DeskError::NotCorrected(again) } else { unknown() });
                };
                let newer = self.corrected(&older, with)?;
                self.store_mut()?.correct_answer(id, &newer)?;
            }
            other => return Err(StoreError::Unknown("answer or note", other.key()).into()),
        }
        Ok(())
    }

    /// Returns the corrected answer. It keeps its titles and labels, except for the label of a changed rating.
    fn corrected(&self, older: &Answer, with: &Correction) -> Result<Answer, DeskError> {
        let library = &self.loaded_packs.library;
        let mut newer = Answer { id: String::new(), ..older.clone() };
        if let Some(rated) = with.rated
            && rated != older.rated
        {
            // A new rating is given with today's labels, so the edition must be the current one.
            let ix = library.find_in(&older.framework, &older.behaviour);
            let framework = ix.map(|ix| library.framework_of(ix));
            let fits = framework.is_some_and(|own| {
                own.edition == older.edition && rated.value().is_none_or(|value| own.scale.has(value))
            });
            if !fits {
                return Err(DeskError::NotCorrected(
                    "you cannot correct this rating, because it is not on the scale that was used".to_owned(),
                ));
            }
            newer.rated = rated;
            newer.wording.label.clear();
            let fresh = library.wording(&Answer { wording: crate::domain::Wording::default(), ..newer.clone() });
            newer.wording.label = fresh.label;
        }
        if let Some(example) = &with.example {
            newer.evidence.clone_from(example);
        }
        for (at, text) in &with.reflections {
            let count = newer.reflections.len();
            let own = at.checked_sub(1).and_then(|at| newer.reflections.get_mut(at));
            let Some(own) = own else {
                return Err(DeskError::NotCorrected(format!(
                    "this answer has {count} reflections, so there is no number {at}"
                )));
            };
            text.clone_into(&mut own.text);
        }
        newer.reflections.retain(|one: &Reflection| !one.text.trim().is_empty());
        if let Some(on) = with.on {
            if on > self.today() {
                return Err(DeskError::NotCorrected(format!("{} is in the future", long_day(on))));
            }
            newer.on = on;
        }
        let is_empty = newer.rated == Rated::Unanswered && newer.importance.is_none() && newer.words().next().is_none();
        if is_empty {
            return Err(DeskError::NotCorrected(
                "this would leave the answer empty, so withdraw it instead".to_owned(),
            ));
        }
        Ok(newer)
    }

    /// Adds a note to a session that has ended.
    ///
    /// # Errors
    /// Returns an error if the session does not exist, the note is empty, or the records cannot be written.
    pub fn add_note(&mut self, session: &str, text: &str, seen: NoteFor) -> Result<(), DeskError> {
        self.written_alone(|own| own.id == session)?;
        let title = format!("Added on {}", long_day(self.today()));
        let note = Note { id: String::new(), part: "added".to_owned(), title, text: text.to_owned(), seen };
        self.store_mut()?.add_note(session, &note)?;
        Ok(())
    }

    /// Fails for a session that a client wrote alone and shared, because only the client may change it.
    fn written_alone(&self, is_meant: impl Fn(&Session) -> bool) -> Result<(), DeskError> {
        let theirs = |session: &Session| session.kind == SessionKind::Alone && is_meant(session);
        if self.client().is_some() && self.read(Store::sessions)?.iter().any(theirs) {
            let words = "the client wrote this on their own. Only they can change it, but you can withdraw it here";
            return Err(DeskError::NotCorrected(words.to_owned()));
        }
        Ok(())
    }

    /// Withdraws a piece and returns the certificate, which is also saved in the records.
    ///
    /// # Errors
    /// Returns an error if the piece does not exist or the records cannot be written. Copies that could not be changed
    /// are recorded in the certificate instead.
    pub fn withdraw(&mut self, piece: &Piece) -> Result<Withdrawal, DeskError> {
        self.not_shut()?;
        let Some(store) = self.store() else { return Err(StoreError::Unknown("entry", piece.key()).into()) };
        let records = store.pieces(piece)?;
        let marks: Vec<String> = records.iter().map(|record| sha256(&record.key())).collect();
        let mark = sha256(&piece.key());
        let certificate =
            Withdrawal::new(self.clock.stamp(), store.vault_id(), mark.clone(), piece.words(), records.len());
        let words = self.store_mut()?.withdraw(piece, &records, &text_of(&certificate))?;
        let rewritten = self.store_mut()?.rewrite()? == Rewritten::Whole;
        let backups = self.withdraw_in_copies(&marks, &words);
        let mut certificate = certificate;
        (certificate.rewritten, certificate.backups) = (Some(rewritten), backups);
        certificate.handed_over = self.handed_over(&self.person()?.name).len();
        let certificate = certificate.with_sentences();
        self.store_mut()?.keep_withdrawal(&mark, &text_of(&certificate))?;
        Ok(certificate)
    }

    /// Completes earlier withdrawals: rewrites the file and checks every copy.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn finish_withdrawals(&mut self) -> Result<(bool, Vec<BackupLine>), DeskError> {
        let marks = self.read(Store::withdrawn)?;
        if marks.is_empty() {
            return Ok((true, Vec::new()));
        }
        let places = self.read(Store::withdrawn_places)?;
        let whole = self.store_mut()?.rewrite()? == Rewritten::Whole;
        Ok((whole, self.withdraw_in_copies(&marks, &places)))
    }

    /// Completes interrupted withdrawals and erasures. If another program is writing, the next start tries again.
    pub(super) fn finish_what_was_begun(&mut self) {
        let _ = self.finish_broken_off_erasures();
        let withdrawals = self.read(Store::broken_off).unwrap_or_default();
        if withdrawals.is_empty() {
            return;
        }
        let Ok((whole, backups)) = self.finish_withdrawals() else { return };
        for [person, piece, text] in withdrawals {
            let Ok(mut certificate) = serde_json::from_str::<Withdrawal>(&text) else { continue };
            (certificate.rewritten, certificate.backups) = (Some(whole), backups.clone());
            let done = certificate.with_sentences();
            let _ = self.store_mut().map(|store| store.keep_withdrawal_of(&person, &piece, &text_of(&done)));
        }
    }

    /// Returns the certificates of withdrawals for the current person as JSON, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn withdrawals(&self) -> Result<Vec<String>, DeskError> {
        self.read(Store::withdrawals)
    }

    /// Returns the imported files that can be withdrawn as a whole, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn files_taken(&self) -> Result<Vec<FileTaken>, DeskError> {
        self.read(Store::files_taken)
    }

    fn withdraw_in_copies(&self, marks: &[String], words: &WithdrawnWords) -> Vec<BackupLine> {
        self.in_copies(|store, copy| store.withdraw_in_copy(copy, (marks, words), Copies::Erase))
    }
}

fn text_of(certificate: &Withdrawal) -> String {
    serde_json::to_string(certificate).unwrap_or_default()
}

//! Drafts in a window whose records have been replaced by a restore. Nothing is saved there any more except drafts:
//! they go to the records that are in the folder now, if these are a copy of the same records and contain the person,
//! and otherwise to the records that were opened, in the folder where they were set aside.

use std::path::{Path, PathBuf};

use rusqlite::params;

use super::error::StoreError;
use super::people::Whose;
use super::sql::{Db, Mode};
use super::writer::Writer;
use super::{Store, copies, vault};

impl Store {
    /// Runs `work` on the records to which a draft of this window belongs, after other records have replaced them.
    pub(super) fn where_it_belongs<T>(&self, work: impl Fn(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        for place in self.candidates() {
            if let Some(mut db) = self.open_at(&place) {
                return work(&mut db);
            }
        }
        Err(StoreError::Moved)
    }

    /// Returns the data folder, then the folders that were set aside in it, newest first.
    fn candidates(&self) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut aside: Vec<PathBuf> =
            copies::folders(folder).into_iter().filter(|path| path.parent() == Some(folder)).collect();
        aside.sort();
        std::iter::once(folder.clone()).chain(aside.into_iter().rev()).collect()
    }

    /// Opens the records at `place` if they are these ones, or a copy of them that contains the person.
    fn open_at(&self, place: &Path) -> Option<Db> {
        let file = place.join(vault::DB);
        let same = self.db.is_file(&file);
        if !same && Some(place) != self.folder.as_deref() {
            return None;
        }
        let writer = Writer::free(place, &self.clock);
        let db = Db::open(&file, self.key.as_ref()?, Mode::Write, writer).ok()?;
        let id = match &self.whose {
            Whose::Mine => return Some(db),
            Whose::Client(id) => id.clone(),
        };
        let known = db.read().first("SELECT id FROM person WHERE id = $1", params![id], |_| Ok(()));
        known.is_ok_and(|known| known.is_some()).then_some(db)
    }
}

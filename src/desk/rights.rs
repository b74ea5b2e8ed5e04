//! A person's rights: everything about them in one export, and everything about everybody for one who leaves.

use super::{Desk, DeskError};
use crate::domain::{Archive, Holding, Person};
use crate::report::{Export, Scope, SealedViews, passages};
use crate::store::Store;

/// Whose records a right is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The one at the keyboard.
    Me,
    /// A client.
    Client(Person),
}

impl Subject {
    /// The client's id; `None` for oneself.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Me => None,
            Self::Client(person) => Some(&person.id),
        }
    }
}

/// What becomes of views of rounds that were not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seals {
    /// They are in the export: the law gives them to the person.
    Break,
    /// They stay out, and the export says so.
    Keep,
}

impl Desk {
    /// Whom a name means: `me` is oneself, everything else a client.
    ///
    /// # Errors
    /// When nobody or several are called so, or the records cannot be read.
    pub fn subject(&self, name: &str) -> Result<Subject, DeskError> {
        if name.trim() == "me" {
            return Ok(Subject::Me);
        }
        Ok(Subject::Client(self.one_client_called(name)?))
    }

    /// Everything about one person, as a draft for review.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn export_subject(&mut self, subject: &Subject, seals: Seals) -> Result<Export, DeskError> {
        let holding = self.holding(subject)?;
        let others: Vec<String> =
            self.clients()?.into_iter().filter(|person| person.id != holding.id).map(|person| person.name).collect();
        let (holding, sealed) = match seals {
            Seals::Break => (holding, SealedViews::Included),
            Seals::Keep => {
                let left = holding.sealed_answers().len();
                (holding.without_sealed(), SealedViews::LeftOut(left))
            }
        };
        let review = passages(&holding, &others);
        let archive = Archive { people: vec![holding], vault: Vec::new() };
        Ok(Export { scope: Scope::Subject, made_on: self.today(), archive, sealed, review })
    }

    /// Everything about everybody, oneself first, and what belongs to nobody.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn export_everybody(&mut self) -> Result<Export, DeskError> {
        let mut people = vec![self.holding(&Subject::Me)?];
        for client in self.clients()? {
            people.push(self.holding(&Subject::Client(client))?);
        }
        let archive = Archive { people, vault: self.read(Store::vault_rows)? };
        let (scope, sealed) = (Scope::Everybody, SealedViews::Included);
        Ok(Export { scope, made_on: self.today(), archive, sealed, review: Vec::new() })
    }

    /// Everything about one person.
    pub(super) fn holding(&mut self, subject: &Subject) -> Result<Holding, DeskError> {
        let before = self.client();
        let found = self.turn_to(subject.id()).and_then(|person| {
            let none = || Holding { id: String::new(), name: person.name, who: person.kind, kinds: Vec::new() };
            Ok(match self.store() {
                Some(store) => store.holding()?,
                None => none(),
            })
        });
        self.turn_to(before.as_deref())?;
        found
    }
}

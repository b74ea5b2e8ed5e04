//! Data rights: everything about one person in one export, and everything about everybody for a user who leaves.

use super::{Desk, DeskError};
use crate::domain::{Archive, Holding, Person};
use crate::report::{Export, Scope, SealedViews, passages};
use crate::store::Store;

/// The person that a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The user.
    Me,
    Client(Person),
}

impl Subject {
    /// Returns the client's id; `None` for the user.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Me => None,
            Self::Client(person) => Some(&person.id),
        }
    }
}

/// What to do with sealed views of comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seals {
    /// Include them: the person has a legal right to them.
    Break,
    /// Leave them out, and say so in the export.
    Keep,
}

impl Desk {
    /// Returns the person that a name refers to: `me` for the user, otherwise a client.
    ///
    /// # Errors
    /// Returns an error if nobody or several people have this name, or the records cannot be read.
    pub fn subject(&self, name: &str) -> Result<Subject, DeskError> {
        if name.trim() == "me" {
            return Ok(Subject::Me);
        }
        Ok(Subject::Client(self.one_client_called(name)?))
    }

    /// Builds the export of everything about one person, as a draft for review.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
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

    /// Builds the export of everything about everybody, the user first, and of what belongs to nobody.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn export_everybody(&mut self) -> Result<Export, DeskError> {
        let mut people = vec![self.holding(&Subject::Me)?];
        for client in self.clients()? {
            people.push(self.holding(&Subject::Client(client))?);
        }
        let archive = Archive { people, vault: self.read(Store::vault_rows)? };
        let (scope, sealed) = (Scope::Everybody, SealedViews::Included);
        Ok(Export { scope, made_on: self.today(), archive, sealed, review: Vec::new() })
    }

    /// Returns everything about one person.
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

//! Exchange between a coach and a client on two machines: what is shared, sealed for the other party and for the user,
//! and imported. Outgoing data is restricted in the same way as reports ([`Handout`]); incoming data becomes further
//! rows.
//!
//! An age file does not authenticate its sender: anybody who knows a public key can seal a file for it. So an incoming
//! file is shown before it is imported, and the sender's key that it states is only a claim, to be compared by
//! telephone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::parcel_file::{self, ContentError, MOST_SHARED};
use super::parcel_fit::fits;
use super::{Desk, DeskError, Records, Subject};
use crate::domain::{About, Added, By, Day, Parcel, Party, Person, fold};
use crate::os::{FileError, read_bytes};
use crate::report::Handout;
use crate::seal::{Recipient, SealError, open_with_keys, seal_for};
use crate::store::{Contact, Store, Why};

/// Why something was not shared or imported. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// An error of the records.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The file cannot be read.
    #[error("{} was not opened: {why}", path.display())]
    File { path: PathBuf, why: FileError },
    /// It cannot be unsealed.
    #[error("{} was not opened: {why}", path.display())]
    Seal { path: PathBuf, why: SealError },
    /// Its content is invalid.
    #[error("{} was not imported: {why}", path.display())]
    Content { path: PathBuf, why: ContentError },
    /// The parcel could not be sealed.
    #[error("it was not encrypted: {0}")]
    NotSealed(SealError),
    /// The parcel could not be serialised.
    #[error(transparent)]
    NotWritten(ContentError),
    /// The user has no key to open it with.
    #[error("{} was not opened: you have no key yet, so nobody can have encrypted anything for you", .0.display())]
    NoKey(PathBuf),
    /// It is not known which client it is about.
    #[error("it holds records of {0}, but Cairn does not know which of your clients that is")]
    WhichClient(String),
    /// The sender's key that it states belongs to somebody else: that person, and the one whose records were selected.
    #[error("it says that it comes from the key of {0}, not of {1}")]
    OthersKey(String, String),
    /// It has the name of another client: that client, and the one whose records were selected.
    #[error("it holds records of {0}, who is a client of yours, not of {1}")]
    OthersName(String, String),
    /// It contains the user's own records, but a client was named.
    #[error("it holds your own records, as your coach shared them, not those of a client")]
    YourOwn,
}

impl ShareError {
    /// Returns the next step, as one or two sentences.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Desk(error) => error.hint(),
            Self::File { .. } => "Check the name. A shared file is at most 10 MB.",
            Self::Seal { why: SealError::WrongKey, .. } => {
                "It was encrypted for another key. Send yours again with `cairn share --my-key`, and ask for a new \
                 file."
            }
            Self::Seal { .. } => "Ask for the file again, because it may have been damaged.",
            Self::Content { why: ContentError::Newer(_), .. } => "Use the newer version of Cairn to open it.",
            Self::Content { why: ContentError::TooMuch(_), .. } => {
                "Nothing was imported. Ask the sender for a new file without that entry: `cairn share --untick ID`."
            }
            Self::Content { why: ContentError::OtherWords(_), .. } => {
                "Nothing was imported. Ask the sender for their pack, or for a file without that entry: `cairn share \
                 --untick ID`."
            }
            Self::Content { .. } => "Nothing was imported. Ask for a file made with `cairn share`.",
            Self::NotSealed(_) | Self::NotWritten(_) => "Try again. If it happens again, report this message.",
            Self::NoKey(_) => "`cairn share --my-key` makes one and shows it, so that you can send it.",
            Self::WhichClient(_) => "Add --person NAME. `cairn people add NAME` adds a client.",
            Self::OthersKey(..) | Self::OthersName(..) => {
                "Nothing was imported. Add --person to say whose records it belongs to, or ask the sender."
            }
            Self::YourOwn => "Leave out --person.",
        }
    }

    /// Returns whether the file is about somebody other than the selected person, so that nothing of it may be shown.
    #[must_use]
    pub fn is_of_somebody_else(&self) -> bool {
        matches!(self, Self::OthersKey(..) | Self::OthersName(..) | Self::YourOwn)
    }

    /// Returns whether the input is at fault, not the records.
    #[must_use]
    pub fn is_input(&self) -> bool {
        match self {
            Self::Desk(error) => error.is_input(),
            _ => true,
        }
    }
}

/// A sealed file that has not been written yet.
#[derive(Debug)]
pub struct SealedParcel {
    pub bytes: Vec<u8>,
    /// SHA-256 hash of the content.
    pub sha256: String,
}

/// A file that was opened.
#[derive(Debug)]
pub struct OpenedParcel {
    /// The content.
    pub parcel: Parcel,
    /// SHA-256 hash of the content.
    pub sha256: String,
    /// The sender's key that the file states, if it is valid.
    pub from: Option<Recipient>,
    /// The named contact with that key.
    pub contact: Option<Contact>,
    /// Whether the file was made by this user.
    pub is_own: bool,
}

impl Desk {
    /// Returns the user's own public key; it is created if necessary.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn my_key(&mut self) -> Result<Recipient, DeskError> {
        Ok(self.store_mut()?.make_own_key()?.recipient())
    }

    /// Returns the named keys.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn contacts(&self) -> Result<Vec<Contact>, DeskError> {
        self.read(Store::contacts)
    }

    /// Names a key.
    ///
    /// # Errors
    /// Returns an error if the name is empty or the records cannot be written.
    pub fn name_key(&mut self, key: &Recipient, name: &str) -> Result<(), DeskError> {
        Ok(self.store_mut()?.name_key(key, name)?)
    }

    /// Removes the name of a key.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn forget_key(&mut self, recipient: &str) -> Result<(), DeskError> {
        Ok(self.store_mut()?.forget_key(recipient)?)
    }

    /// Builds the parcel of the current person: for a client, what the client may see; for the user's own records, what
    /// a coach may see. It never contains the coach's private notes or sealed views.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn parcel(&mut self, since: Option<Day>) -> Result<Parcel, DeskError> {
        let from = self.my_key()?.to_string();
        let (about, party) = match self.client() {
            Some(_) => (About::Reader, Party::Client),
            None => (About::Sender, Party::Coach),
        };
        let dossier = self.dossier()?;
        let purpose = dossier.engagement().map(|terms| terms.purpose).unwrap_or_default();
        let seen = Handout::new(&self.loaded_packs.library, &dossier, party).seen().clone();
        let parcel = Parcel {
            about,
            from,
            name: seen.person.name.clone(),
            made_on: self.today(),
            purpose,
            answers: seen.answers,
            sessions: seen.sessions,
            actions: seen.actions,
        };
        let parcel = self.under_first_ids(parcel)?;
        Ok(match since {
            Some(day) => parcel.since(day),
            None => parcel,
        })
    }

    /// Replaces the ids in a parcel by those in the records where they were first written, so that nothing is imported
    /// back as new.
    fn under_first_ids(&self, mut parcel: Parcel) -> Result<Parcel, DeskError> {
        let sources = self.read(Store::sources)?;
        let sources: BTreeMap<(String, String), String> =
            sources.into_iter().map(|(kind, here, there)| ((kind, here), there)).collect();
        let first = |kind: &str, id: &mut String| {
            if let Some(there) = sources.get(&(kind.to_owned(), id.clone())) {
                id.clone_from(there);
            }
        };
        parcel.answers.iter_mut().for_each(|answer| first("answer", &mut answer.id));
        parcel.actions.iter_mut().for_each(|action| first("action", &mut action.id));
        for session in &mut parcel.sessions {
            first("session", &mut session.id);
            session.actions.iter_mut().for_each(|id| first("action", id));
        }
        Ok(parcel)
    }

    /// Seals a parcel for these keys and the user's own.
    ///
    /// # Errors
    /// Returns an error if it cannot be sealed.
    pub fn sealed(&mut self, parcel: &Parcel, to: &[Recipient]) -> Result<SealedParcel, ShareError> {
        let mut keys = to.to_vec();
        keys.push(self.my_key()?);
        let (content, sha256) = parcel_file::written(parcel).map_err(ShareError::NotWritten)?;
        let bytes = seal_for(&keys, &content).map_err(ShareError::NotSealed)?;
        Ok(SealedParcel { bytes, sha256 })
    }

    /// Opens a shared file with the user's own key, without changing anything.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, was sealed for another key, was changed, or contains something
    /// else.
    pub fn open_parcel(&self, path: &Path) -> Result<OpenedParcel, ShareError> {
        let at = || path.to_path_buf();
        let key = self.read(Store::own_key)?.ok_or_else(|| ShareError::NoKey(at()))?;
        let bytes = read_bytes(path, 2 * MOST_SHARED).map_err(|why| ShareError::File { path: at(), why })?;
        let own = key.recipient();
        let content =
            open_with_keys(&[key], &bytes, MOST_SHARED).map_err(|why| ShareError::Seal { path: at(), why })?;
        let unfit = |why| ShareError::Content { path: at(), why };
        let (parcel, sha256) = parcel_file::read(&content).map_err(unfit)?;
        fits(&parcel, &self.loaded_packs.library, self.today()).map_err(unfit)?;
        let from = Recipient::parse(&parcel.from).ok();
        let contact = self.contacts()?.into_iter().find(|contact| contact.recipient == parcel.from);
        let is_own = from.as_ref() == Some(&own);
        Ok(OpenedParcel { parcel, sha256, from, contact, is_own })
    }

    /// Determines whose records an opened file belongs to: the user's own if a coach shares them; otherwise the client
    /// who was named, whose key it states, or who has the stated name.
    ///
    /// # Errors
    /// Returns an error if that is not known.
    pub fn belongs_to(&self, opened: &OpenedParcel, person: Option<&str>) -> Result<Subject, ShareError> {
        let subject = self.meant_for(opened, person)?;
        let clients = self.clients()?;
        let called = |id: Option<&str>| {
            let client = clients.iter().find(|person| Some(person.id.as_str()) == id);
            client.map_or_else(|| "someone you named for your own records".to_owned(), |person| person.name.clone())
        };
        if let Some(contact) = &opened.contact
            && contact.client.as_deref() != subject.id()
        {
            let meant = match subject.id() {
                None => "someone who shares your own records with you".to_owned(),
                id => called(id),
            };
            return Err(ShareError::OthersKey(called(contact.client.as_deref()), meant));
        }
        if let (None, Subject::Client(meant)) = (&opened.contact, &subject)
            && opened.parcel.about == About::Sender
            && let Some(other) = other_called(&clients, &meant.id, &opened.parcel.name)
        {
            return Err(ShareError::OthersName(other.name.clone(), meant.name.clone()));
        }
        Ok(subject)
    }

    /// Returns a client other than the current one, if `name` refers to that client.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn other_client_called(&self, name: &str) -> Result<Option<Person>, DeskError> {
        let open = self.client().unwrap_or_default();
        Ok(other_called(&self.clients()?, &open, name).cloned())
    }

    fn meant_for(&self, opened: &OpenedParcel, person: Option<&str>) -> Result<Subject, ShareError> {
        match (opened.parcel.about, person) {
            (About::Reader, Some(_)) => Err(ShareError::YourOwn),
            (About::Reader, None) => Ok(Subject::Me),
            (About::Sender, Some(name)) => Ok(Subject::Client(self.one_client_called(name)?)),
            (About::Sender, None) => {
                let clients = self.clients()?;
                let by_key = opened.contact.as_ref().and_then(|contact| contact.client.as_deref());
                let name = fold(&opened.parcel.name);
                let mut called = clients.iter().filter(|person| !name.is_empty() && fold(&person.name) == name);
                let by_name = match (called.next(), called.next()) {
                    (Some(one), None) => Some(one),
                    _ => None,
                };
                // A sender whose key is known would not use another key without notice.
                let keyed: BTreeSet<String> =
                    self.contacts()?.into_iter().filter_map(|contact| contact.client).collect();
                let by_name = by_name.filter(|person| !keyed.contains(&person.id));
                let found = clients.iter().find(|person| Some(person.id.as_str()) == by_key).or(by_name);
                let unknown = || ShareError::WhichClient(opened.parcel.name.clone());
                Ok(Subject::Client(found.cloned().ok_or_else(unknown)?))
            }
        }
    }

    /// Returns the ids of answers in a parcel that are attributed to the user but are not in these records: the user's
    /// own view in what a coach shares, or the coach's view in what a client shares.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn said_to_be_mine(&mut self, subject: &Subject, parcel: &Parcel) -> Result<BTreeSet<String>, DeskError> {
        let me = match parcel.about {
            About::Reader => By::Myself,
            About::Sender => By::Coach,
        };
        let before = self.client();
        self.turn_to(subject.id())?;
        let known = self.read(|store| {
            let mut known: BTreeSet<String> = store.answers()?.into_iter().map(|answer| answer.id).collect();
            known.extend(store.sources()?.into_iter().map(|(_, _, there)| there));
            Ok(known)
        });
        self.turn_to(before.as_deref())?;
        let known = known?;
        let claimed = parcel.answers.iter().filter(|answer| answer.by == me && !known.contains(&answer.id));
        Ok(claimed.map(|answer| answer.id.clone()).collect())
    }

    /// Returns the id with which the last file imported into these records can be withdrawn.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn last_file(&mut self, subject: &Subject) -> Result<Option<String>, DeskError> {
        let before = self.client();
        self.turn_to(subject.id())?;
        let all = self.files_taken();
        self.turn_to(before.as_deref())?;
        Ok(all?.pop().map(|file| file.id))
    }

    /// Imports a parcel into somebody's records, all of it or nothing, after making a backup.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn take_in(&mut self, subject: &Subject, parcel: &Parcel) -> Result<Added, DeskError> {
        let before = self.client();
        self.store_mut()?;
        if let (Records::Folder(..), Some(store)) = (&self.records, self.store()) {
            store.backup(None, Why::Change)?;
        }
        self.turn_to(subject.id())?;
        let added = self.store_mut()?.take_in(parcel);
        self.turn_to(before.as_deref())?;
        Ok(added?)
    }
}

/// Returns a client other than `open` to whom `name` refers: every word of it is part of the client's name. `None` if
/// it may as well refer to `open`.
fn other_called<'a>(clients: &'a [Person], open: &str, name: &str) -> Option<&'a Person> {
    let words = |text: &str| fold(text).split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
    let said = words(name);
    let means = |person: &&Person| !said.is_empty() && said.is_subset(&words(&person.name));
    let (own, others): (Vec<&Person>, Vec<&Person>) =
        clients.iter().filter(means).partition(|person| person.id == open);
    others.into_iter().next().filter(|_| own.is_empty())
}

//! `cairn share`: encrypted exchange between coach and client. Entries are listed and selected before they are
//! encrypted.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::ask::asked;
use super::out::{Out, complain, finish, standing};
use super::secrets::open;
use super::tick::Ticked;
use crate::desk::{Desk, OpenOptions, ShareError};
use crate::domain::{Parcel, clean, fold, join_and, parse_past_day, short_day};
use crate::error::{Error, ErrorKind};
use crate::os::{Existing, write_export};
use crate::seal::Recipient;
use crate::store::Contact;

/// Maximum number of files with the same name and day.
const MOST: usize = 99;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct ShareArgs {
    /// The key of the person who will read it, or the name you gave it (you can repeat this)
    #[arg(long, value_name = "age1…|NAME", required_unless_present_any = ["my_key", "keys", "forget"])]
    to: Vec<String>,
    /// Name each new key, in the same order
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// Only records from this date or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Save to this file. Cairn never replaces a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Show your own key, so that others can share with you
    #[arg(long, conflicts_with_all = ["to", "keys"])]
    my_key: bool,
    /// List the keys that you named
    #[arg(long, conflicts_with = "to")]
    keys: bool,
    /// Forget the name of a key, so that you can name it again. Give the key or its name
    #[arg(long, value_name = "age1…|NAME", conflicts_with_all = ["to", "keys", "my_key"])]
    forget: Option<String>,
    /// Show what would be sent, and what is ticked. Nothing is encrypted
    #[arg(long, conflicts_with_all = ["my_key", "keys"])]
    list: bool,
    /// Tick an entry, by the end of its id (you can repeat this)
    #[arg(long, value_name = "ID")]
    tick: Vec<String>,
    /// Leave an entry out, by the end of its id (you can repeat this)
    #[arg(long, value_name = "ID")]
    untick: Vec<String>,
    /// Encrypt what is ticked without asking
    #[arg(long)]
    yes: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct KeyJson<'a> {
    key: String,
    last: String,
    name: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct InIt {
    answers: usize,
    sessions: usize,
    actions: usize,
    from_day: Option<String>,
    to_day: Option<String>,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Shared<'a> {
    file: String,
    sealed_for: Vec<KeyJson<'a>>,
    content: InIt,
}

pub(super) fn run(args: &ShareArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    if args.my_key {
        my_key(&mut desk, args.json, out)?;
    } else if args.keys {
        keys(&desk, args.json, out)?;
    } else if let Some(whose) = &args.forget {
        forget(&mut desk, whose, out)?;
    } else {
        share(&mut desk, args, out)?;
    }
    Ok(finish(&desk.loaded_packs))
}

fn my_key(desk: &mut Desk, json: bool, out: &mut Out) -> Result<(), Error> {
    let key = desk.my_key()?;
    if json {
        return out.json(&key_of(&key, ""));
    }
    out.line(key.to_string());
    complain(&format!(
        "Send it to the person who shares with you, and read out the last letters by telephone: {}",
        key.last_letters()
    ));
    Ok(())
}

fn keys(desk: &Desk, json: bool, out: &mut Out) -> Result<(), Error> {
    let mut contacts = desk.contacts()?;
    // While a client's records are open, keys of others are not shown.
    contacts.retain(|contact| desk.client().is_none() || contact.client == desk.client());
    let keys = contacts.iter().filter_map(|contact| Some((Recipient::parse(&contact.recipient).ok()?, &contact.name)));
    if json {
        return out.json(&keys.map(|(key, name)| key_of(&key, name)).collect::<Vec<_>>());
    }
    if contacts.is_empty() {
        out.line("You have not named any keys. `cairn share --to KEY` asks for the name of a new one.");
    }
    for (key, name) in keys {
        out.line(format!("{name}: {key}"));
    }
    Ok(())
}

fn forget(desk: &mut Desk, whose: &str, out: &mut Out) -> Result<(), Error> {
    let contacts = desk.contacts()?;
    let text = one_key(&contacts, whose)?;
    let Some(contact) = contacts.iter().find(|contact| contact.recipient == text) else {
        let message = format!("there is no key called {}", clean(whose.trim()));
        return Err(Error::input(message, "`cairn share --keys` lists the keys that you named"));
    };
    desk.forget_key(&contact.recipient)?;
    out.line(format!("The key called {} is a new one again.", contact.name));
    Ok(())
}

/// Returns the key with a name, or the text itself if no key has that name.
fn one_key<'a>(contacts: &'a [Contact], text: &'a str) -> Result<&'a str, Error> {
    let called: Vec<&Contact> = contacts.iter().filter(|contact| contact.name == text.trim()).collect();
    match called.as_slice() {
        [] => Ok(text.trim()),
        [one] => Ok(&one.recipient),
        several => {
            let letters = |contact: &&Contact| {
                Recipient::parse(&contact.recipient)
                    .map_or_else(|_| String::new(), |key| format!("\u{2026}{}", key.last_letters()))
            };
            let keys = join_and(&several.iter().map(letters).collect::<Vec<_>>());
            let message = format!("several keys are called {}: {keys}", clean(text.trim()));
            Err(Error::input(message, "give the key itself, as `cairn share --keys` shows it"))
        }
    }
}

pub(super) fn key_of<'a>(key: &Recipient, name: &'a str) -> KeyJson<'a> {
    KeyJson { key: key.to_string(), last: key.last_letters(), name }
}

pub(super) fn in_it(parcel: &Parcel, sha256: &str) -> InIt {
    let days = parcel.days();
    InIt {
        answers: parcel.answers.len(),
        sessions: parcel.sessions.len(),
        actions: parcel.actions.len(),
        from_day: days.map(|(from, _)| from.to_string()),
        to_day: days.map(|(_, to)| to.to_string()),
        sha256: sha256.to_owned(),
    }
}

fn share(desk: &mut Desk, args: &ShareArgs, out: &mut Out) -> Result<(), Error> {
    let today = desk.today();
    let since = args.since.as_deref().map(|day| parse_past_day(day, today)).transpose();
    let since = since.map_err(|why| Error::input(why, "write it like --since 2026-11-01"))?;
    let keys = keys_meant(desk, args)?;
    let readers = if args.list { Vec::new() } else { readers(desk, keys, &args.name)? };
    let parcel = desk.parcel(since)?;
    if parcel.answers.is_empty() && parcel.sessions.is_empty() && parcel.actions.is_empty() {
        return Err(Error::input("there is nothing to share", "`cairn people show` says who can see what"));
    }
    let mut entries = Ticked::usual(&parcel);
    args.tick.iter().try_for_each(|id| entries.set(id, true))?;
    args.untick.iter().try_for_each(|id| entries.set(id, false))?;
    if args.list {
        entries.lines(&parcel, desk).iter().for_each(|line| out.line(line));
        return Ok(());
    }
    if !args.yes {
        let names: Vec<&str> = readers.iter().map(|(_, name)| name.as_str()).collect();
        entries.asked(&parcel, desk, &join_and(&names))?;
    }
    let parcel = entries.of(parcel);
    if parcel.answers.is_empty() && parcel.sessions.is_empty() && parcel.actions.is_empty() {
        return Err(Error::input("nothing is ticked, so nothing was encrypted", "--tick ID ticks an entry"));
    }
    let keys: Vec<Recipient> = readers.iter().map(|(key, _)| key.clone()).collect();
    let sealed = desk.sealed(&parcel, &keys)?;
    let known = desk.contacts()?;
    for (key, name) in readers.iter().filter(|(key, _)| !known.iter().any(|own| own.recipient == key.to_string())) {
        desk.name_key(key, name)?;
    }
    let file = write(desk, args.out.as_deref(), &sealed.bytes)?;
    if args.json {
        return out.json(&Shared {
            file: file.display().to_string(),
            sealed_for: readers.iter().map(|(key, name)| key_of(key, name)).collect(),
            content: in_it(&parcel, &sealed.sha256),
        });
    }
    let names: Vec<String> =
        readers.iter().map(|(key, name)| format!("\u{2026}{}, called {name}", key.last_letters())).collect();
    out.line(format!("Encrypted for {}, and for yourself.", join_and(&names)));
    tell(desk, &parcel, &sealed.sha256, out);
    out.line(format!("Saved: {}", clean(&file.display().to_string())));
    out.line("Before you send it for the first time, compare the last letters of the key by telephone.");
    Ok(())
}

/// Prints a summary of a parcel.
pub(super) fn tell(desk: &Desk, parcel: &Parcel, sha256: &str, out: &mut Out) {
    let days = parcel.days().map_or_else(String::new, |(from, to)| {
        let day = |day| short_day(day, desk.today());
        if from == to { format!(", {}", day(from)) } else { format!(", {} to {}", day(from), day(to)) }
    });
    out.line(format!("  {}{days}", parcel.words()));
    out.line(format!("  SHA-256 of the content: {sha256}"));
}

/// Returns the keys given with `--to`, each with its name if it has one. A key belongs to one person, and only that
/// person's records may be encrypted for it.
fn keys_meant(desk: &Desk, args: &ShareArgs) -> Result<Vec<(Recipient, Option<String>)>, Error> {
    let contacts = desk.contacts()?;
    let mut keys = Vec::new();
    for text in &args.to {
        let text = one_key(&contacts, text)?;
        let key = Recipient::parse(text).map_err(|error| {
            let message = format!("{}: {error}", clean(text));
            Error::input(message, "ask for the key again, or give a name from `cairn share --keys`")
        })?;
        let known = contacts.iter().find(|contact| contact.recipient == key.to_string());
        if let Some(whose) = known.and_then(|contact| somebody_elses(desk, contact).transpose()) {
            let message = format!(
                "the key \u{2026}{} belongs to {}, but these are the records of {}",
                key.last_letters(),
                whose?,
                whose_open(desk)?
            );
            return Err(Error::input(
                message,
                "nothing was encrypted. Give the key of the person whose records these are",
            ));
        }
        keys.push((key, known.map(|contact| contact.name.clone())));
    }
    Ok(keys)
}

/// Returns the keys with their names, asking for those of new keys.
fn readers(
    desk: &Desk,
    keys: Vec<(Recipient, Option<String>)>,
    names: &[String],
) -> Result<Vec<(Recipient, String)>, Error> {
    let mut names = names.iter();
    let reader = |(key, known): (Recipient, Option<String>)| {
        let name = match known {
            Some(name) => name,
            None => new_name(desk, &key, names.next().map(String::as_str), "")?,
        };
        Ok((key, name))
    };
    keys.into_iter().map(reader).collect()
}

/// Returns the owner of a key, if that is not the person whose records are open.
fn somebody_elses(desk: &Desk, contact: &Contact) -> Result<Option<String>, Error> {
    if contact.client == desk.client() {
        return Ok(None);
    }
    let owner = desk.clients()?.into_iter().find(|person| Some(&person.id) == contact.client.as_ref());
    Ok(Some(
        owner.map_or_else(|| format!("{}, who you named for your own records", contact.name), |person| person.name),
    ))
}

/// Returns the name of the person whose records are open.
fn whose_open(desk: &Desk) -> Result<String, Error> {
    let person = desk.person()?;
    Ok(if person.is_client() { person.name } else { "yourself".to_owned() })
}

/// Asks for the name of a new key, without saving it. The name of another client is refused for the records that are
/// open.
pub(super) fn new_name(desk: &Desk, key: &Recipient, given: Option<&str>, why: &str) -> Result<String, Error> {
    let last = key.last_letters();
    let name = match given {
        Some(name) => Some(name.trim().to_owned()),
        None => asked(&format!("{why}The key \u{2026}{last} is new. Compare these letters by telephone. Whose is it?")),
    };
    let refused =
        |message: String| Error::input(message, "say whose it is with --name NAME, after you compare its last letters");
    match name {
        Some(name) if !name.is_empty() => {
            refuse_other(desk, &name)?;
            refuse_twin(desk, key, &name).map(|()| clean(&name))
        }
        Some(_) => Err(refused(format!("the key \u{2026}{last} was not named, so nothing was done"))),
        None => Err(refused(format!("the key \u{2026}{last} has no name yet, and Cairn could not ask you"))),
    }
}

/// Refuses the name of another key, because keys with the same name could not be told apart when encrypting.
fn refuse_twin(desk: &Desk, key: &Recipient, name: &str) -> Result<(), Error> {
    let (own, known) = (key.to_string(), desk.contacts()?);
    let Some(twin) = known.iter().find(|known| known.recipient != own && fold(&known.name) == fold(name)) else {
        return Ok(());
    };
    let last = Recipient::parse(&twin.recipient).map(|twin| twin.last_letters()).unwrap_or_default();
    Err(Error::input(
        format!("{} already has another key, \u{2026}{last}, so nothing was done", clean(name)),
        "compare the letters by telephone. If both are theirs, give this one its own name, such as --name \"NAME, new \
         laptop\"",
    ))
}

/// Refuses the name of a client other than the one whose records are open.
pub(super) fn refuse_other(desk: &Desk, name: &str) -> Result<(), Error> {
    let Some(other) = desk.other_client_called(name)? else { return Ok(()) };
    Err(Error::input(
        format!("{} is a client of yours, but these are the records of {}", other.name, whose_open(desk)?),
        "nothing was done. Give the client whose records you mean with --person, and whose key it is with --name",
    ))
}

/// Writes the file to the path given, or under a generated name.
fn write(desk: &Desk, given: Option<&Path>, bytes: &[u8]) -> Result<PathBuf, Error> {
    let unwritten = |path: &Path, error: &std::io::Error| {
        let shown = clean(&path.display().to_string());
        match error.kind() {
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::IsADirectory => {
                Error::input(format!("{shown} already exists. Nothing was written"), "give another file with --out")
            }
            _ => Error::input(format!("{shown} cannot be written: {error}"), "give another file with --out"),
        }
    };
    if let Some(path) = given {
        write_export(path, bytes, Existing::Keep).map_err(|error| unwritten(path, &error))?;
        return Ok(path.to_path_buf());
    }
    let name = desk.person()?.name;
    let initials = name.split_whitespace().filter_map(|word| word.chars().next());
    let initials: String = initials.filter(char::is_ascii_alphanumeric).collect();
    let stem = format!("cairn-share-{}{}{initials}", desk.today(), if initials.is_empty() { "" } else { "-" });
    let names = (1..=MOST).map(|number| match number {
        1 => format!("{stem}.age"),
        more => format!("{stem}-{more}.age"),
    });
    let mut last = PathBuf::from(format!("{stem}.age"));
    for name in names {
        last = PathBuf::from(name);
        match write_export(&last, bytes, Existing::Keep) {
            Ok(()) => return Ok(last),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritten(&last, &error)),
        }
    }
    Err(unwritten(&last, &std::io::ErrorKind::AlreadyExists.into()))
}

impl From<ShareError> for Error {
    fn from(error: ShareError) -> Self {
        let kind = if error.is_input() { ErrorKind::Input } else { ErrorKind::Records };
        Self { kind, message: clean(&error.to_string()), hint: error.hint().to_owned() }
    }
}

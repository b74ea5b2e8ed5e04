//! `cairn share` and `cairn open`: a coach and a client on two machines.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::ask::asked;
use super::out::{Out, complain, finish, standing};
use super::secrets::open;
use crate::desk::{Desk, OpenedParcel, Opening, ShareError};
use crate::domain::{About, Parcel, clean, count, join_and, parse_past_day, short_day, typed};
use crate::error::{Error, ErrorKind};
use crate::os::{Existing, write_export};
use crate::seal::Recipient;

/// Most files of one name and day.
const MOST: usize = 99;

#[derive(Debug, Args)]
pub(super) struct ShareArgs {
    /// The key of whoever is to read it, or the name that you gave to it (may be repeated)
    #[arg(long, value_name = "age1…|NAME", required_unless_present_any = ["my_key", "keys"])]
    to: Vec<String>,
    /// Whose a key is that was not used before, in the order of the keys
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// Only what is of this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Write to this file, and never over one that is there
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Your own key, for others to share with you
    #[arg(long, conflicts_with_all = ["to", "keys"])]
    my_key: bool,
    /// The keys that you named
    #[arg(long, conflicts_with = "to")]
    keys: bool,
    /// One JSON value
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct OpenArgs {
    /// What somebody sent
    file: PathBuf,
    /// Show what is in it, and take nothing in
    #[arg(long)]
    dry_run: bool,
    /// Whose the key is that it says it comes from, if you did not name that yet
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// One JSON value
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct KeyJson<'a> {
    key: String,
    last: String,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct InIt {
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

#[derive(Debug, Serialize)]
struct OpenedJson<'a> {
    about: &'static str,
    name: &'a str,
    from: Option<KeyJson<'a>>,
    content: InIt,
    taken_in: Option<AddedJson>,
}

#[derive(Debug, Serialize)]
struct AddedJson {
    person: String,
    answers: usize,
    sessions: usize,
    actions: usize,
    changes_of_actions: usize,
    known: usize,
}

pub(super) fn run(args: &ShareArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.shelf = standing(std::mem::take(&mut desk.shelf))?;
    if args.my_key {
        my_key(&mut desk, args.json, out)?;
    } else if args.keys {
        keys(&desk, args.json, out)?;
    } else {
        share(&mut desk, args, out)?;
    }
    Ok(finish(&desk.shelf))
}

fn my_key(desk: &mut Desk, json: bool, out: &mut Out) -> Result<(), Error> {
    let key = desk.my_key()?;
    if json {
        return out.json(&key_of(&key, ""));
    }
    out.line(key.to_string());
    complain(&format!(
        "Send it to whoever shares with you, and read the last letters out by telephone: {}",
        key.last_letters()
    ));
    Ok(())
}

fn keys(desk: &Desk, json: bool, out: &mut Out) -> Result<(), Error> {
    let contacts = desk.contacts()?;
    let keys = contacts.iter().filter_map(|contact| Some((Recipient::parse(&contact.recipient).ok()?, &contact.name)));
    if json {
        return out.json(&keys.map(|(key, name)| key_of(&key, name)).collect::<Vec<_>>());
    }
    if contacts.is_empty() {
        out.line("No key was named yet. `cairn share --to KEY` asks for the name of a new one.");
    }
    for (key, name) in keys {
        out.line(format!("{name}: {key}"));
    }
    Ok(())
}

fn key_of<'a>(key: &Recipient, name: &'a str) -> KeyJson<'a> {
    KeyJson { key: key.to_string(), last: key.last_letters(), name }
}

fn in_it(parcel: &Parcel, sha256: &str) -> InIt {
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
    let readers = readers(desk, args)?;
    let parcel = desk.parcel(since)?;
    if parcel.answers.is_empty() && parcel.sessions.is_empty() && parcel.actions.is_empty() {
        return Err(Error::input("there is nothing that may be shared", "`cairn people show` says who may see what"));
    }
    let keys: Vec<Recipient> = readers.iter().map(|(key, _)| key.clone()).collect();
    let sealed = desk.sealed(&parcel, &keys)?;
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
    out.line(format!("Sealed for {}, and for yourself.", join_and(&names)));
    tell(desk, &parcel, &sealed.sha256, out);
    out.line(format!("Written: {}", clean(&file.display().to_string())));
    out.line("Before you send it for the first time, compare the last letters of the key by telephone.");
    Ok(())
}

/// What is in a parcel.
fn tell(desk: &Desk, parcel: &Parcel, sha256: &str, out: &mut Out) {
    let days = parcel.days().map_or_else(String::new, |(from, to)| {
        let day = |day| short_day(day, desk.today());
        if from == to { format!(", {}", day(from)) } else { format!(", {} to {}", day(from), day(to)) }
    });
    out.line(format!("  {}{days}", parcel.words()));
    out.line(format!("  SHA-256 of the content: {sha256}"));
}

/// The keys after `--to`, each with its name; a new one is named now.
fn readers(desk: &mut Desk, args: &ShareArgs) -> Result<Vec<(Recipient, String)>, Error> {
    let mut names = args.name.iter();
    let mut readers = Vec::new();
    for text in &args.to {
        let contacts = desk.contacts()?;
        let called = contacts.iter().find(|contact| contact.name == text.trim());
        let text = called.map_or(text.as_str(), |contact| contact.recipient.as_str());
        let key = Recipient::parse(text).map_err(|error| {
            let message = format!("\u{ab}{}\u{bb}: {error}", clean(text));
            Error::input(message, "ask for the key again, or give a name from `cairn share --keys`")
        })?;
        let known = contacts.iter().find(|contact| contact.recipient == key.to_string());
        let name = match known {
            Some(contact) => contact.name.clone(),
            None => named_now(desk, &key, names.next().map(String::as_str), "")?,
        };
        readers.push((key, name));
    }
    Ok(readers)
}

/// Has a key named that was not used before.
fn named_now(desk: &mut Desk, key: &Recipient, given: Option<&str>, why: &str) -> Result<String, Error> {
    let last = key.last_letters();
    let name = match given {
        Some(name) => Some(name.trim().to_owned()),
        None => asked(&format!("{why}The key \u{2026}{last} is new. Compare these letters by telephone. Whose is it?")),
    };
    let refused = |message: String| {
        Error::input(message, "say whose it is with --name NAME, once you have compared its last letters")
    };
    match name {
        Some(name) if !name.is_empty() => {
            desk.name_key(key, &name)?;
            Ok(clean(&name))
        }
        Some(_) => Err(refused(format!("the key \u{2026}{last} was not named, and nothing was done"))),
        None => Err(refused(format!("the key \u{2026}{last} was not named yet, and nobody is there to ask"))),
    }
}

/// Writes the file where it was asked for, or under a name of its own.
fn write(desk: &Desk, given: Option<&Path>, bytes: &[u8]) -> Result<PathBuf, Error> {
    let unwritten = |path: &Path, error: &std::io::Error| {
        let shown = clean(&path.display().to_string());
        match error.kind() {
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::IsADirectory => Error::input(
                format!("{shown} is there already, and nothing was written"),
                "name another file with --out",
            ),
            _ => Error::input(format!("{shown} cannot be written: {error}"), "name another file with --out"),
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

pub(super) fn take_in(args: &OpenArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    // The one named is whose records it goes into, which may not be the one whose are open.
    let own = Opening { person: None, ..opening.clone() };
    let mut desk = open(&own)?;
    desk.shelf = standing(std::mem::take(&mut desk.shelf))?;
    let opened = desk.open_parcel(&args.file)?;
    if !args.json {
        introduce(&desk, &opened, out);
    }
    if args.dry_run || opened.is_own {
        if args.json {
            out.json(&json_of(&opened, opened.contact.as_ref().map_or("", |contact| &contact.name), None))?;
        } else {
            let why = if opened.is_own { "You made this file yourself; nothing" } else { "Nothing" };
            out.line(format!("{why} was taken in."));
        }
        return Ok(finish(&desk.shelf));
    }
    let subject = desk.belongs_to(&opened, opening.person.as_deref())?;
    let sender = sender(&mut desk, &opened, &subject, args)?;
    let added = desk.take_in(&subject, &opened.parcel)?;
    let person = match &subject {
        crate::desk::Subject::Me => "me".to_owned(),
        crate::desk::Subject::Client(person) => person.name.clone(),
    };
    if args.json {
        let taken = AddedJson {
            person,
            answers: added.answers,
            sessions: added.sessions,
            actions: added.actions,
            changes_of_actions: added.states,
            known: added.known,
        };
        out.json(&json_of(&opened, &sender, Some(taken)))?;
    } else if added.is_nothing() {
        out.line("All of it is in your records already; nothing was added.");
    } else {
        let whose = if person == "me" { "your own records".to_owned() } else { format!("the records of {person}") };
        out.line(format!("Added to {whose}: {}.", added.words()));
        let name = if person == "me" { String::new() } else { format!(" --person {}", typed(&person)) };
        out.line(format!("      cairn{name} journal"));
    }
    if added.known > 0 && !added.is_nothing() {
        complain(&format!("{} there already", count(added.known, "record was", "records were")));
    }
    Ok(finish(&desk.shelf))
}

/// The name of the key that a file says it comes from; a new one is named now, for the records it goes into.
fn sender(
    desk: &mut Desk,
    opened: &OpenedParcel,
    subject: &crate::desk::Subject,
    args: &OpenArgs,
) -> Result<String, Error> {
    if let Some(contact) = &opened.contact {
        return Ok(contact.name.clone());
    }
    let Some(key) = &opened.from else {
        return Err(Error::input(
            format!("{} does not say which key it comes from", clean(&args.file.display().to_string())),
            "ask for a file that was made with `cairn share`",
        ));
    };
    if let crate::desk::Subject::Client(person) = subject {
        desk.turn_to(Some(&person.id))?;
    }
    let named = named_now(desk, key, args.name.as_deref(), "It says that it comes from a key that you do not know. ");
    desk.turn_to(None)?;
    named
}

fn introduce(desk: &Desk, opened: &OpenedParcel, out: &mut Out) {
    let parcel = &opened.parcel;
    let name = if parcel.name.is_empty() { "somebody without a name" } else { &parcel.name };
    let what = match parcel.about {
        About::Sender => format!("{name} shares what is theirs"),
        About::Reader => format!("Your coach shares what is yours, under the name {name}"),
    };
    out.line(format!("{what}; made on {}.", short_day(parcel.made_on, desk.today())));
    tell(desk, parcel, &opened.sha256, out);
    let last = opened.from.as_ref().map_or_else(|| "none".to_owned(), |key| format!("\u{2026}{}", key.last_letters()));
    let whose = opened.contact.as_ref().map_or_else(String::new, |contact| format!(", called {}", contact.name));
    out.line(format!("  It says that it comes from the key {last}{whose}. A sealed file does not prove who made it."));
}

fn json_of<'a>(opened: &'a OpenedParcel, sender: &'a str, taken_in: Option<AddedJson>) -> OpenedJson<'a> {
    OpenedJson {
        about: opened.parcel.about.id(),
        name: &opened.parcel.name,
        from: opened.from.as_ref().map(|key| key_of(key, sender)),
        content: in_it(&opened.parcel, &opened.sha256),
        taken_in,
    }
}

impl From<ShareError> for Error {
    fn from(error: ShareError) -> Self {
        let kind = if error.is_input() { ErrorKind::Input } else { ErrorKind::Records };
        Self { kind, message: clean(&error.to_string()), hint: error.hint().to_owned() }
    }
}

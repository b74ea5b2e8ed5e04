//! `cairn open`: shows what somebody sent entry by entry, asks before it is added to the records, and allows it to be
//! withdrawn as a whole.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::ask::asked;
use super::notice::{notices, warn};
use super::out::{Out, complain, finish, standing};
use super::secrets::open;
use super::share::{InIt, KeyJson, in_it, key_of, new_name, refuse_other, tell};
use super::tick::Ticked;
use crate::desk::{Desk, OpenOptions, OpenedParcel, Subject};
use crate::domain::{About, By, clean, count, short_day, typed};
use crate::error::Error;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct OpenArgs {
    /// The file someone sent
    file: PathBuf,
    /// Show what is in it. Nothing is imported
    #[arg(long)]
    dry_run: bool,
    /// Name the sender, if their key is new
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Import it without asking
    #[arg(long)]
    yes: bool,
    /// Also import ratings that it says are yours but that are not in your records
    #[arg(long)]
    with_mine: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
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

pub(super) fn take_in(args: &OpenArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    // `--person` names the person to whose records it is added, who need not be the one whose records are open.
    let own = OpenOptions { person: None, ..opening.clone() };
    let mut desk = open(&own)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let opened = desk.open_parcel(&args.file)?;
    let subject = desk.belongs_to(&opened, opening.person.as_deref());
    // Content about somebody else is refused before anything of it is shown.
    let subject = match subject {
        Err(wrong) if wrong.is_of_somebody_else() && !opened.is_own => return Err(wrong.into()),
        subject => subject,
    };
    if let (Some(name), Ok(subject), None) = (&args.name, &subject, &opened.contact) {
        desk.turn_to(subject.id())?;
        let other = refuse_other(&desk, name);
        desk.turn_to(None)?;
        other?;
    }
    let mine = not_mine(&mut desk, subject.as_ref().ok(), &opened, args)?;
    if !args.json {
        introduce(&desk, &opened, &mine, out);
        out.flush();
    }
    if args.dry_run || opened.is_own {
        if args.json {
            out.json(&json_of(&opened, opened.contact.as_ref().map_or("", |contact| &contact.name), None))?;
        } else {
            let why = if opened.is_own {
                "You made this file yourself, so there is nothing to import."
            } else {
                "Nothing was imported."
            };
            out.line(why);
        }
        return Ok(finish(&desk.loaded_packs));
    }
    let subject = subject?;
    if !args.yes {
        asked_about(&subject)?;
    }
    let sender = sender(&mut desk, &opened, &subject, args)?;
    let mut parcel = opened.parcel.clone();
    parcel.answers.retain(|answer| !mine.contains(&answer.id));
    tell_left_out(&mine);
    let added = desk.take_in(&subject, &parcel)?;
    let person = match &subject {
        Subject::Me => "me".to_owned(),
        Subject::Client(person) => person.name.clone(),
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
        warn(&desk.loaded_packs.noticed_in_parcel(&parcel));
    } else if added.is_nothing() {
        out.line("Everything in it is already in your records. Nothing was added.");
    } else {
        let whose = if person == "me" { "your own records".to_owned() } else { format!("the records of {person}") };
        out.line(format!("Added to {whose}: {}.", added.words()));
        let name = if person == "me" { String::new() } else { format!(" --person {}", typed(&person)) };
        out.line(format!("      cairn{name} journal"));
        if let Some(batch) = desk.last_file(&subject)? {
            out.line(format!("To withdraw all of it at once: cairn{name} withdraw --file {batch}"));
        }
    }
    if added.known > 0 && !added.is_nothing() {
        complain(&format!("{} already there", count(added.known, "record was", "records were")));
    }
    Ok(finish(&desk.loaded_packs))
}

/// Returns the ids of ratings that the file attributes to the person who opens it and that are to be left out. If it is
/// not known to whose records the file belongs, these are all such ratings.
fn not_mine(
    desk: &mut Desk,
    subject: Option<&Subject>,
    opened: &OpenedParcel,
    args: &OpenArgs,
) -> Result<BTreeSet<String>, Error> {
    if args.with_mine || opened.is_own {
        return Ok(BTreeSet::new());
    }
    let parcel = &opened.parcel;
    if let Some(subject) = subject {
        return Ok(desk.said_to_be_mine(subject, parcel)?);
    }
    let me = if parcel.about == About::Reader { By::Myself } else { By::Coach };
    Ok(parcel.answers.iter().filter(|answer| answer.by == me).map(|answer| answer.id.clone()).collect())
}

fn tell_left_out(mine: &BTreeSet<String>) {
    if mine.is_empty() {
        return;
    }
    let many = count(mine.len(), "rating that it says is yours and that", "ratings that it says are yours and that");
    complain(&format!(
        "warning: left out: {many} you did not give here\n  hint: if you gave them elsewhere, open it again with --with-mine"
    ));
}

/// Asks for confirmation after the content was shown; a script confirms with `--yes`.
fn asked_about(subject: &Subject) -> Result<(), Error> {
    let whose = match subject {
        Subject::Me => "your own records".to_owned(),
        Subject::Client(person) => format!("the records of {}", person.name),
    };
    match asked(&format!("Add these to {whose}? Type yes:")).as_deref() {
        Some("yes" | "y") => Ok(()),
        Some(_) => Err(Error::input("nothing was imported", "")),
        None => Err(Error::input(
            "nothing was imported, because Cairn could not ask you",
            "--dry-run shows it entry by entry. --yes imports it",
        )),
    }
}

/// Returns the name of the key that the file says it comes from. A new key is named first, for the records to which the
/// content is added.
fn sender(desk: &mut Desk, opened: &OpenedParcel, subject: &Subject, args: &OpenArgs) -> Result<String, Error> {
    if let Some(contact) = &opened.contact {
        return Ok(contact.name.clone());
    }
    let Some(key) = &opened.from else {
        return Err(Error::input(
            format!("{} does not say which key it comes from", clean(&args.file.display().to_string())),
            "ask for a file that was made with `cairn share`",
        ));
    };
    if let Subject::Client(person) = subject {
        desk.turn_to(Some(&person.id))?;
    }
    let named = new_name(desk, key, args.name.as_deref(), "It says that it comes from a key that you do not know. ");
    let named = named.and_then(|name| Ok(desk.name_key(key, &name).map(|()| name)?));
    desk.turn_to(None)?;
    named
}

fn introduce(desk: &Desk, opened: &OpenedParcel, left_out: &BTreeSet<String>, out: &mut Out) {
    let parcel = &opened.parcel;
    let name = if parcel.name.is_empty() { "A person without a name" } else { &parcel.name };
    let what = match parcel.about {
        About::Sender => format!("{name} shares their records"),
        About::Reader => format!("Your coach shares your records, under the name {name}"),
    };
    out.line(format!("{what}. Made on {}.", short_day(parcel.made_on, desk.today())));
    tell(desk, parcel, &opened.sha256, out);
    Ticked::all(parcel).without(left_out.clone()).lines(parcel, desk).iter().for_each(|line| out.line(line));
    let noticed = desk.loaded_packs.noticed_in_parcel(parcel);
    if !noticed.is_empty() {
        out.line("");
        notices(&noticed, &desk.loaded_packs.region, out);
    }
    let last = opened.from.as_ref().map_or_else(|| "none".to_owned(), |key| format!("\u{2026}{}", key.last_letters()));
    let whose = opened.contact.as_ref().map_or_else(String::new, |contact| format!(", called {}", contact.name));
    out.line(format!("  It says that it comes from the key {last}{whose}. Encryption does not prove who made it."));
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

//! `cairn people`: clients, their agreements, and their focus sets.

use super::secrets::open;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{PeopleArgs, PeopleCommand, TermsArgs};
use super::ask::asked;
use super::out::{Out, finish, standing};
use crate::desk::{Desk, DeskError, OpenOptions};
use crate::domain::{
    Engagement, EngagementPurpose, Focus, FocusSet, Organisation, Person, Sheet, count, parse_day, same_name, short_day,
};
use crate::error::Error;

#[derive(Debug, Serialize)]
struct PeopleRow<'a> {
    id: &'a str,
    name: &'a str,
    email: &'a str,
    level: Option<&'a str>,
    organisation: &'static str,
    in_hours_log_since: Option<String>,
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    person: PeopleRow<'a>,
    agreement: Option<Terms<'a>>,
    focus: Vec<Chosen>,
    answers_kept_apart: usize,
}

#[derive(Debug, Serialize)]
struct Terms<'a> {
    id: &'a str,
    purpose: &'static str,
    goal: &'a str,
    sponsor: &'a str,
    limits: &'a str,
    may_see: Vec<String>,
    keep_until: Option<String>,
    agreed_on: Option<String>,
    began_on: String,
    paid: bool,
}

#[derive(Debug, Serialize)]
struct Chosen {
    behaviour: String,
    importance: Option<i64>,
}

pub(super) fn run(args: &PeopleArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    match &args.what {
        None => list(&desk.clients()?, args.json, &mut desk, out)?,
        Some(PeopleCommand::Add { name, another }) => {
            let person = if *another { desk.add_another_client(name)? } else { added(&mut desk, name)? };
            if args.json {
                out.json(&row(&person))?;
            } else {
                out.line(format!("Added {}. Their records are separate from yours.", person.name));
                let clients = desk.clients()?;
                let alone = person.told_apart(&clients) == person.name;
                let whose = if alone { &person.name } else { &person.id };
                out.line(format!("      cairn --person {}", crate::domain::typed(whose)));
            }
        }
        Some(PeopleCommand::Show) => show(&client(&desk)?, &desk, args.json, out)?,
        Some(PeopleCommand::Card { name, email, hours_log }) => {
            let person = client(&desk)?;
            let today = desk.today();
            let name = name.as_deref().unwrap_or(&person.name);
            let email = email.as_deref().unwrap_or(&person.email);
            if !same_name(name, &person.name) {
                let same = desk.clients_of_the_same_name(name)?;
                if same.iter().any(|other| other.id != person.id) {
                    let message = format!("there is already a client called {}", crate::domain::clean(name));
                    return Err(Error::input(message, "add a letter or a place that tells the two apart"));
                }
            }
            let log = match hours_log.as_deref() {
                None => person.in_hours_log,
                Some("no") => None,
                Some(day) => Some(parse_day(day, today).map_err(|why| Error::input(why, "a date, or no"))?),
            };
            let person = desk.set_card(name, email, log)?;
            show(&person, &desk, args.json, out)?;
        }
        Some(PeopleCommand::Terms(terms)) => {
            client(&desk)?;
            let changed = changed(&desk, terms)?;
            desk.keep_engagement(&changed)?;
            show(&client(&desk)?, &desk, args.json, out)?;
        }
        Some(PeopleCommand::Focus { behaviours }) => {
            let focus = chosen(&desk, behaviours)?;
            let kept = desk.keep_focus(&focus)?;
            if args.json {
                out.json(&focus_rows(&kept))?;
            } else {
                let remark = kept.remark().map(|remark| format!(" {remark}")).unwrap_or_default();
                out.line(format!("The focus set has {}.{remark}", count(kept.items.len(), "behaviour", "behaviours")));
            }
        }
    }
    Ok(finish(&desk.loaded_packs))
}

/// Adds a client. If a client with that name exists, asks whether it is the same person.
fn added(desk: &mut Desk, name: &str) -> Result<Person, Error> {
    let refused = match desk.add_client(name) {
        Ok(person) => return Ok(person),
        Err(refused @ DeskError::SameName(..)) => refused,
        Err(other) => return Err(other.into()),
    };
    match asked(&format!("{refused} Type no to add another person:")).as_deref() {
        Some("no" | "n") => Ok(desk.add_another_client(name)?),
        _ => Err(refused.into()),
    }
}

/// Returns the client named with `--person`.
fn client(desk: &Desk) -> Result<Person, Error> {
    let person = desk.person()?;
    if person.is_client() {
        return Ok(person);
    }
    Err(Error::input("this needs a client", "give one with --person NAME. `cairn people` lists them"))
}

fn row(person: &Person) -> PeopleRow<'_> {
    PeopleRow {
        id: &person.id,
        name: &person.name,
        email: &person.email,
        level: person.level.as_deref(),
        organisation: match person.organisation {
            Organisation::NotStated => "",
            stated => stated.id(),
        },
        in_hours_log_since: person.in_hours_log.map(|day| day.to_string()),
    }
}

fn list(clients: &[Person], json: bool, desk: &mut Desk, out: &mut Out) -> Result<(), Error> {
    if json {
        return out.json(&clients.iter().map(row).collect::<Vec<_>>());
    }
    if clients.is_empty() {
        out.line("There are no clients. `cairn people add NAME` adds one. You can use initials.");
    }
    let waiting = desk.waiting()?;
    for client in clients {
        let waits = waiting.iter().find(|waits| waits.person.id == client.id);
        let note = waits.map_or_else(String::new, |waits| {
            let mut notes = Vec::new();
            notes.extend((waits.overdue > 0).then(|| format!("{} overdue", count(waits.overdue, "action", "actions"))));
            notes.extend((waits.soon > 0).then(|| format!("{} due within a week", waits.soon)));
            notes.extend(
                waits.keep_passed.map(|day| format!("records to review since {}", short_day(day, desk.today()))),
            );
            notes.extend(waits.unfinished.then(|| "a session to finish".to_owned()));
            format!(" ({})", notes.join(", "))
        });
        out.line(format!("{}{note}", client.told_apart(clients)));
    }
    Ok(())
}

fn focus_rows(focus: &FocusSet) -> Vec<Chosen> {
    let chosen = |item: &Focus| Chosen {
        behaviour: format!("{}/{}", item.framework, item.behaviour),
        importance: item.importance,
    };
    focus.items.iter().map(chosen).collect()
}

fn show(person: &Person, desk: &Desk, json: bool, out: &mut Out) -> Result<(), Error> {
    let dossier = desk.dossier()?;
    let terms = dossier.engagement();
    if !json {
        out.line(format!("What {} and the coach agreed", person.name));
        let terms = terms.cloned().unwrap_or_else(|| Engagement::usual(desk.today()));
        out.sheet(&Sheet::agreement(&desk.loaded_packs.library, &dossier, &terms));
        return Ok(());
    }
    let day = |day: Option<crate::domain::Day>| day.map(|day| day.to_string());
    out.json(&Whole {
        person: row(person),
        agreement: terms.map(|terms| Terms {
            id: &terms.id,
            purpose: terms.purpose.id(),
            goal: &terms.goal,
            sponsor: &terms.sponsor,
            limits: &terms.limits,
            may_see: terms.may_see.iter().map(|(kind, party)| format!("{} {}", party.id(), kind.id())).collect(),
            keep_until: day(terms.keep_until),
            agreed_on: day(terms.agreed_on),
            began_on: terms.began_on.to_string(),
            paid: terms.paid,
        }),
        focus: dossier.focus_now().map(focus_rows).unwrap_or_default(),
        answers_kept_apart: dossier.kept_apart,
    })
}

/// Returns the agreement with the changes applied. Changed terms must be agreed to again, unless the day of that is
/// given.
fn changed(desk: &Desk, args: &TermsArgs) -> Result<Engagement, Error> {
    let today = desk.today();
    let before = desk.dossier()?.engagement().cloned().unwrap_or_else(|| Engagement::usual(today));
    let day = |text: &str| parse_day(text, today).map_err(|why| Error::input(why, "write it like 2028-11-22"));
    let mut terms = before.clone();
    if let Some(purpose) = &args.purpose {
        terms.purpose = EngagementPurpose::parse(purpose).ok_or_else(|| {
            let message = format!("there is no purpose \"{}\"", crate::domain::clean(purpose));
            Error::input(message, "use development, selection or appraisal")
        })?;
        if terms.purpose != before.purpose {
            terms.also.clear();
        }
    }
    let set = |to: &mut String, from: &Option<String>| {
        if let Some(from) = from {
            to.clone_from(from);
        }
    };
    set(&mut terms.goal, &args.goal);
    set(&mut terms.sponsor, &args.sponsor);
    set(&mut terms.limits, &args.limits);
    if let Some(until) = &args.keep_until {
        terms.keep_until = Some(day(until)?);
    }
    terms.paid = args.paid.unwrap_or(terms.paid);
    if terms != before {
        terms.agreed_on = None;
    }
    if let Some(agreed) = &args.agreed {
        terms.agreed_on = Some(day(agreed)?);
    }
    if let Some(ended) = &args.ended {
        terms.ended_on = Some(day(ended)?);
    }
    Ok(terms)
}

/// Parses focus items of the form `FL-5` or `FL-5=3`, where 3 is the importance.
fn chosen(desk: &Desk, given: &[String]) -> Result<FocusSet, Error> {
    let library = &desk.loaded_packs.library;
    let mut items: Vec<Focus> = Vec::new();
    for text in given {
        let (code, importance) = match text.split_once('=') {
            Some((code, value)) => (code, Some(value)),
            None => (text.as_str(), None),
        };
        let ix = library.find(code).map_err(|error| Error::input(error.to_string(), "`cairn search` finds codes"))?;
        let scale = &library.framework_of(ix).importance;
        let importance = importance
            .map(|value| {
                value.parse::<i64>().ok().filter(|value| scale.has(*value)).ok_or_else(|| {
                    let message = format!("\"{}\" is not on the scale of importance", crate::domain::clean(value));
                    Error::input(message, format!("it goes from {} to {}", scale.lowest(), scale.highest()))
                })
            })
            .transpose()?;
        let behaviour = library.behaviour(ix);
        items.push(Focus { framework: behaviour.framework.clone(), behaviour: behaviour.code.clone(), importance });
    }
    Ok(FocusSet { id: String::new(), on: desk.today(), items })
}

//! `cairn report account`: selects the session or answer, writes the account, and warns about names.

use serde::Serialize;

use super::args::FormArgs;
use super::{doubted, formed, valued};
use crate::cli::out::{Out, complain};
use crate::desk::{Desk, Doubt};
use crate::domain::{Answer, By, Dossier, Party, clean, count};
use crate::error::Error;
use crate::report::{AccountFor, AccountOf, Handout, Page, Suspect, account};

#[derive(Debug, Serialize)]
struct Json<'a> {
    page: &'a Page,
    names: Vec<Named<'a>>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    words: &'a str,
    why: &'static str,
}

pub(super) fn run(desk: &Desk, which: &str, shape: AccountFor, form: &FormArgs, out: &mut Out) -> Result<(), Error> {
    let dossier = desk.dossier()?;
    let handout = Handout::new(&desk.loaded_packs.library, &dossier, Party::Client);
    let of = meant(&handout, which.trim())?;
    let known: Vec<String> = desk.clients()?.into_iter().map(|person| person.name).collect();
    let (page, found) = account(&handout, of, shape, &known);
    if form.json {
        let names = found.iter().map(|found| Named { words: &found.words, why: found.why.words() }).collect();
        valued(&Json { page: &page, names }, &form.to, out)?;
    } else {
        formed(&page, form, out)?;
    }
    warn(&found);
    // Names have been looked for above, including those of all clients.
    let mut doubts = desk.doubts_of(&page)?;
    doubts.retain(|doubt| *doubt == Doubt::Danger);
    doubted(&doubts);
    Ok(())
}

/// Returns the session or answer that the argument refers to.
fn meant<'a>(handout: &'a Handout<'_>, which: &str) -> Result<AccountOf<'a>, Error> {
    let seen: &Dossier = handout.seen();
    let library = handout.library();
    if which == "last" {
        let last = seen.sessions.iter().rfind(|session| session.on <= seen.today);
        return last.map(AccountOf::Session).ok_or_else(|| {
            Error::input("there is no session to write about yet", "give a behaviour that you wrote about, like FL-5")
        });
    }
    if let Ok(ix) = library.find(which) {
        let behaviour = library.behaviour(ix);
        // Text of another edition is still the person's own; text with a future date does not count yet.
        let written = |answer: &&Answer| {
            let own = answer.by == By::Myself && answer.on <= seen.today && answer.words().next().is_some();
            own && answer.framework == behaviour.framework && answer.behaviour == behaviour.code
        };
        let counts = |answer: &&Answer| library.counted(answer, seen.today).is_ok();
        let newest_first = || seen.answers.iter().rev().filter(written);
        let about = newest_first().find(counts).or_else(|| newest_first().next());
        return about.map(AccountOf::Answer).ok_or_else(|| {
            Error::input(
                format!("you have not written about {behaviour} yet"),
                "`cairn reflect` is where to write. `cairn report account last` uses the last session",
            )
        });
    }
    let by_name = |session: &&crate::domain::Session| {
        session.on.to_string() == which || (which.len() > 3 && session.id.ends_with(which))
    };
    seen.sessions.iter().rev().find(by_name).map(AccountOf::Session).ok_or_else(|| {
        Error::input(
            format!("there is no session or behaviour called \"{}\"", clean(which)),
            "use `last`, the date of a session like 2026-11-22, the end of its id, or a code like FL-5",
        )
    })
}

/// Prints warnings about passages that look like names.
fn warn(found: &[Suspect]) {
    if found.is_empty() {
        return;
    }
    let passages = count(found.len(), "passage looks", "passages look");
    complain(&format!("warning: names? {passages} as if someone could be recognised"));
    for one in found {
        complain(&format!("  - \u{201c}{}\u{201d}: {}", clean(&one.words), one.why.words()));
    }
    complain("  hint: write the role instead of the name, and leave out anything that points to one person");
}

//! `cairn papers`: the documents that an organisation needs before notes about people are kept with a program. They are
//! filled in as far as the program knows the facts; the remaining gaps are marked and listed at the end. They are a
//! starting point for the person responsible and not legal advice, and every document says so.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::out::Out;
use super::privacy;
use crate::desk::{OpenOptions, backups, lock_of};
use crate::domain::{Lock, count};
use crate::error::Error;

#[derive(Debug, Args)]
pub(super) struct PapersArgs {
    /// The document. Without it, Cairn lists all documents
    #[arg(value_enum)]
    paper: Option<Paper>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Paper {
    /// Record of processing (UK GDPR, Article 30)
    Record,
    /// Answers for the Data Security and Protection Toolkit
    Dspt,
    /// Data protection impact assessment (Article 35)
    Dpia,
    /// Privacy notice for the people you coach (Article 13)
    Notice,
    /// How long each kind of record is kept, and how it is removed
    Retention,
}

impl Paper {
    fn text(self) -> &'static str {
        match self {
            Self::Record => include_str!("record.md"),
            Self::Dspt => include_str!("dspt.md"),
            Self::Dpia => include_str!("dpia.md"),
            Self::Notice => include_str!("notice.md"),
            Self::Retention => include_str!("retention.md"),
        }
    }
}

pub(super) fn run(args: &PapersArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    match args.paper {
        Some(paper) => out.line(filled(paper.text(), &facts(opening)?)),
        None => list(out),
    }
    Ok(ExitCode::SUCCESS)
}

fn list(out: &mut Out) {
    for paper in Paper::value_variants() {
        if let Some(value) = paper.to_possible_value() {
            let about = value.get_help().map(ToString::to_string).unwrap_or_default();
            out.line(format!("cairn papers {:10} {about}", value.get_name()));
        }
    }
    out.line("");
    out.paragraph(
        "",
        "Each is Markdown, part filled in with what Cairn knows about these records: cairn papers dpia > dpia.md",
    );
}

/// Facts that the program knows: the name of a placeholder in braces, and its replacement.
type Facts = Vec<(&'static str, String)>;

fn facts(opening: &OpenOptions) -> Result<Facts, Error> {
    let safety = lock_of(opening)?;
    let locked = match safety.lock {
        Lock::Passphrase => "Encrypted and locked with a passphrase, with a paper key for recovery.",
        Lock::Open => {
            "**Encrypted but without a passphrase. The key is next to the records.** Until you run `cairn passphrase \
             set`, only disk encryption protects a lost computer."
        }
        Lock::Nothing => {
            "There are no records yet. Cairn encrypts them when you first save. `cairn passphrase set` locks them."
        }
        Lock::Memory => "A demo: nothing is saved.",
    };
    let others = match (safety.lock, safety.escrow.as_str()) {
        (Lock::Nothing | Lock::Memory, _) => "There are no records yet, so nobody can open them.".to_owned(),
        (Lock::Open, _) => {
            "Anyone who can read the folder can open the records, because they have no passphrase.".to_owned()
        }
        (Lock::Passphrase, "") => {
            "Only the person who set the passphrase, and anyone who has the paper key, can open the records.".to_owned()
        }
        (Lock::Passphrase, name) => {
            format!("As well as the person who set the passphrase, **{name}** can open the records (escrow).")
        }
    };
    let copies = match backups(opening)?.len() {
        0 => "None yet next to the records.".to_owned(),
        all => format!("{} next to the records.", count(all, "backup", "backups")),
    };
    let listed = |state| {
        let points = privacy::points(opening)?;
        let lines = points.iter().filter(|point| point.state == state);
        Ok::<_, Error>(
            lines.map(|point| format!("- **{}**: {}.", point.what, point.words)).collect::<Vec<_>>().join("\n"),
        )
    };
    Ok(vec![
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("day", opening.clock().today().to_string()),
        ("folder", opening.folder()?.display().to_string()),
        ("lock", locked.to_owned()),
        ("lock-in-short", in_short(safety.lock).to_owned()),
        ("others", others),
        ("backups", copies),
        ("protected", listed(privacy::Protection::Protected)?),
        ("not-protected", listed(privacy::Protection::NotProtected)?),
    ])
}

/// Describes the protection in one sentence for people who will never see the program.
fn in_short(lock: Lock) -> &'static str {
    match lock {
        Lock::Passphrase => "It is locked with a passphrase.",
        Lock::Open | Lock::Nothing | Lock::Memory => {
            "It has no passphrase. If the computer is lost, it is protected by [[how the device is protected]]."
        }
    }
}

/// Inserts the facts, and lists at the end what is left to fill in. Gaps are written in the text as
/// `[[what belongs there]]`.
fn filled(text: &str, facts: &Facts) -> String {
    let mut text = text.to_owned();
    for (name, fact) in facts {
        text = text.replace(&format!("{{{name}}}"), fact);
    }
    let mut places: Vec<String> = Vec::new();
    for part in text.split("[[").skip(1) {
        if let Some((place, _)) = part.split_once("]]")
            && !places.iter().any(|known| known == place)
        {
            places.push(place.to_owned());
        }
    }
    let list: Vec<String> = places.iter().map(|place| format!("- [ ] {place}")).collect();
    let text = text.trim_end().replace("[[", "**[").replace("]]", "]**");
    format!("{text}\n\n## Still to fill in\n\n{}", list.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_known_and_every_place_is_listed_once() {
        let opening = OpenOptions { demo: true, ..OpenOptions::default() };
        let facts = facts(&opening).expect("a demonstration has facts");
        for paper in Paper::value_variants() {
            let text = filled(paper.text(), &facts);
            assert!(!text.contains('{') && !text.contains("[["), "{paper:?} holds a fact that nobody knows:\n{text}");
            assert!(text.starts_with("# ") && text.contains("not legal advice"), "{paper:?}");
            let (before, list) = text.split_once("## Still to fill in").expect("a list");
            for line in list.lines().filter(|line| !line.is_empty()) {
                let place = line.strip_prefix("- [ ] ").expect("a box to tick");
                assert!(before.contains(&format!("**[{place}]**")), "{paper:?}: {place}");
            }
            assert_eq!(list.matches("- [ ]").count(), list.lines().filter(|line| !line.is_empty()).count());
            assert!(list.matches("- [ ]").count() > 1, "{paper:?} asks for nothing");
        }
    }
}

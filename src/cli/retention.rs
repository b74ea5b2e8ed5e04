//! `cairn retention`: lists whose records are due for review, and sets how long records are usually kept. It deletes
//! nothing.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::out::{Out, finish, standing};
use super::secrets::open;
use crate::desk::{Desk, OpenOptions};
use crate::domain::{Review, ReviewWhy, typed};
use crate::error::Error;

#[derive(Debug, Args)]
pub(super) struct RetentionArgs {
    #[command(subcommand)]
    what: Option<RetentionCommand>,
    /// Print as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum RetentionCommand {
    /// Set how long you usually keep records after an agreement ended, or after the last entry
    Set {
        /// 24m, 2y or none. A date you agreed with a client comes first
        period: String,
    },
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    usual_period: Option<String>,
    review: Vec<RetentionRow<'a>>,
}

#[derive(Debug, Serialize)]
struct RetentionRow<'a> {
    id: &'a str,
    name: &'a str,
    why: &'static str,
    keep_until: Option<String>,
    reason: &'static str,
    agreement_ended: Option<String>,
    last_entry: Option<String>,
}

pub(super) fn run(args: &RetentionArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    if let Some(RetentionCommand::Set { period }) = &args.what {
        let period = match period.as_str() {
            "none" => None,
            text => Some(text.parse().map_err(|why| Error::input(why, "write it like 24m, 2y or none"))?),
        };
        desk.set_retention_period(period)?;
    }
    let reviews = desk.reviews()?;
    if args.json {
        let usual_period = desk.retention_period()?.map(|period| period.to_string());
        out.json(&Whole { usual_period, review: reviews.iter().map(row).collect() })?;
    } else {
        print(&desk, &reviews, out)?;
    }
    Ok(finish(&desk.loaded_packs))
}

fn row(review: &Review) -> RetentionRow<'_> {
    let (why, until) = match review.why {
        ReviewWhy::Passed(until) => ("passed", Some(until)),
        ReviewWhy::Soon(until) => ("soon", Some(until)),
        ReviewWhy::NoDay => ("no-day", None),
    };
    RetentionRow {
        id: &review.person.id,
        name: &review.person.name,
        why,
        keep_until: until.map(|until| until.day().to_string()),
        reason: until.map_or("", |until| until.reason()),
        agreement_ended: review.ended.map(|day| day.to_string()),
        last_entry: review.last.map(|day| day.to_string()),
    }
}

fn print(desk: &Desk, reviews: &[Review], out: &mut Out) -> Result<(), Error> {
    match desk.retention_period()? {
        Some(period) => out.paragraph(
            "",
            &format!(
                "If you did not agree a date, you usually keep records for {}. This counts from the end of the agreement, or the last entry.",
                period.words()
            ),
        ),
        None => out.paragraph("", "There is no usual period. `cairn retention set 24m` sets one."),
    }
    if reviews.is_empty() {
        out.line("No client's records are due for review.");
        return Ok(());
    }
    for review in reviews {
        out.line("");
        let urgent = if matches!(review.why, ReviewWhy::Passed(_)) { "! " } else { "" };
        out.paragraph("", &format!("{urgent}{}: {}", review.person.name, review.words(desk.today())));
        let name = typed(&review.person.name);
        if review.is_due() {
            out.line(format!("      cairn export --subject {name} --format md --out FILE"));
            out.line(format!("      cairn erase {name}"));
        }
        out.line(format!("      cairn --person {name} people terms --keep-until DAY"));
    }
    out.line("");
    out.line("Cairn never deletes records automatically.");
    Ok(())
}

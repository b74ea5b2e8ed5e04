//! Argument definitions of `cairn report`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use crate::domain::{Party, ReportFormat};
use crate::report::AccountFor;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct ReportArgs {
    #[command(subcommand)]
    pub(super) what: Option<ReportCommand>,
    /// Who reads it; the sponsor reads what the client ticked and nothing else
    #[arg(long = "for", value_enum, default_value_t = Reader::Client, value_name = "WHOM")]
    pub(super) reader: Reader,
    #[command(flatten)]
    pub(super) form: FormArgs,
}

/// How a page is written, and where.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// How the page is written; without it, as the name of the file says, and otherwise markdown
    #[arg(long, value_parser = page_format(), value_name = "FORM")]
    pub(super) format: Option<ReportFormat>,
    /// The page as one JSON value
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) to: To,
}

/// Where something is written.
#[derive(Debug, Args)]
pub(super) struct To {
    /// Write to this file, which only you may read, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Reader {
    /// Whose development it is
    Client,
    /// Who coaches
    Coach,
    /// Who pays or asked for it
    Sponsor,
}

impl Reader {
    pub(super) fn party(self) -> Party {
        match self {
            Self::Client => Party::Client,
            Self::Coach => Party::Coach,
            Self::Sponsor => Party::Sponsor,
        }
    }
}

/// The formats of a page. A calendar is no page; `cairn report calendar` writes it.
fn page_format() -> impl TypedValueParser<Value = ReportFormat> {
    let pages = || ReportFormat::ALL.iter().copied().filter(|format| format.is_page());
    PossibleValuesParser::new(pages().map(|format| PossibleValue::new(format.id()).help(format.offer())))
        .try_map(move |id| pages().find(|format| format.id() == id).ok_or("not the format of a page"))
}

/// Whose shape an account has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// Nursing and Midwifery Council
    Nmc,
    /// Social Work England
    Swe,
}

impl Shape {
    pub(super) fn account(self) -> AccountFor {
        match self {
            Self::Nmc => AccountFor::Nmc,
            Self::Swe => AccountFor::SocialWork,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// What the sponsor could read, line by line in the very words; tick lines, or take ticks back
    Tick {
        /// Release these lines, by number
        #[arg(long, value_name = "N,N", value_delimiter = ',')]
        tick: Vec<usize>,
        /// Take these back
        #[arg(long, value_name = "N,N", value_delimiter = ',')]
        untick: Vec<usize>,
        /// The client is there and chooses the lines; asked for with --tick
        #[arg(long)]
        present: bool,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Steps and reviews as a calendar file, with neutral titles
    Calendar {
        #[command(flatten)]
        to: To,
    },
    /// The coach's hours with all clients who agreed to be named, as comma-separated values
    Hours {
        /// One JSON value
        #[arg(long)]
        json: bool,
        /// Print it as a spreadsheet reads it, with the mark of UTF-8; a file always has it
        #[arg(long, conflicts_with = "json")]
        excel: bool,
        #[command(flatten)]
        to: To,
    },
    /// A reflective account for a register, with a warning where it seems to name somebody
    Account {
        /// `last` for the last session, its day, the end of its id, or the code of a behaviour you wrote about
        which: String,
        /// Whose shape
        #[arg(long = "for", value_enum, default_value_t = Shape::Nmc, value_name = "WHOM")]
        shape: Shape,
        #[command(flatten)]
        form: FormArgs,
    },
}

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
    /// Who it is for. The sponsor only reads what the client ticked
    #[arg(long = "for", value_enum, default_value_t = Reader::Client, value_name = "WHOM")]
    pub(super) reader: Reader,
    #[command(flatten)]
    pub(super) form: FormArgs,
}

/// How a page is written, and where.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// The format. Without it, Cairn uses the ending of the file name, or markdown
    #[arg(long, value_parser = page_format(), value_name = "FORM")]
    pub(super) format: Option<ReportFormat>,
    /// Print as JSON
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) to: To,
}

/// Where something is written.
#[derive(Debug, Args)]
pub(super) struct To {
    /// Save to this file, which only you can read, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Reader {
    /// The person being coached
    Client,
    /// The coach
    Coach,
    /// Who pays or asked for the coaching
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
    /// Health and Care Professions Council
    Hcpc,
}

impl Shape {
    pub(super) fn account(self) -> AccountFor {
        match self {
            Self::Nmc => AccountFor::Nmc,
            Self::Swe => AccountFor::SocialWork,
            Self::Hcpc => AccountFor::Hcpc,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// Show what the sponsor could read, line by line, and tick or untick lines
    Tick {
        /// Tick these lines, by number
        #[arg(long, value_name = "N,N", value_delimiter = ',')]
        tick: Vec<usize>,
        /// Untick these lines, by number
        #[arg(long, value_name = "N,N", value_delimiter = ',')]
        untick: Vec<usize>,
        /// The client is with you and chooses the lines. You need this with --tick
        #[arg(long)]
        present: bool,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Save steps and dates to look back as a calendar file, with neutral titles
    Calendar {
        #[command(flatten)]
        to: To,
    },
    /// Print your coaching hours with all clients who agreed to be named, as comma-separated values
    Hours {
        /// Print as JSON
        #[arg(long)]
        json: bool,
        /// Print it for a spreadsheet, with the mark of UTF-8. A file always has this mark
        #[arg(long, conflicts_with = "json")]
        excel: bool,
        #[command(flatten)]
        to: To,
    },
    /// Create a reflective account for a register, with a warning if it seems to name someone
    Account {
        /// `last` for the last session, its day, the end of its id, or the code of a behaviour you wrote about
        which: String,
        /// The register whose form you use
        #[arg(long = "for", value_enum, default_value_t = Shape::Nmc, value_name = "WHOM")]
        shape: Shape,
        #[command(flatten)]
        form: FormArgs,
    },
}

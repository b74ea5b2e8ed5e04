//! Argument definitions of `cairn rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct RulesArgs {
    #[command(subcommand)]
    pub(in crate::cli) what: RulesCommand,
}

/// Packs that a command works on.
#[derive(Debug, Args)]
pub(in crate::cli) struct FolderArgs {
    /// Folders of packs
    pub(in crate::cli) folders: Vec<PathBuf>,
    /// The format of the results
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print as JSON
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FolderArgs {
    pub(in crate::cli) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people
    Text,
    /// Print as JSON
    Json,
    /// XML of the kind that build servers read
    Junit,
}

/// How the reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ApiFormat {
    /// For people
    Text,
    /// Print as JSON
    Json,
    /// A definition file (.d.rhai) for editors
    Rhai,
    /// A JSON Schema of the TOML files of a pack
    Schema,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TestArgs {
    /// Folders of packs
    pub(in crate::cli) folders: Vec<PathBuf>,
    /// Change every threshold and operator a little, one at a time, and report what no case notices
    #[arg(long)]
    pub(in crate::cli) mutate: bool,
    /// List the cases that passed as well
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// The format of the results
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print as JSON
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl TestArgs {
    pub(in crate::cli) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CoverageArgs {
    /// Folders of packs
    pub(in crate::cli) folders: Vec<PathBuf>,
    /// Fail below this many per cent
    #[arg(long, value_name = "PERCENT")]
    pub(in crate::cli) min: Option<usize>,
    /// Print as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    /// List every rule with its title and where to find it
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the rules of packs. Without a folder, check the built-in packs
    Check(FolderArgs),
    /// Run the cases of packs. Without a folder, run the cases of the built-in packs
    Test(TestArgs),
    /// Show what the cases of packs cover: conditions, rules and activities
    Coverage(CoverageArgs),
    /// Explain what a rule notices and why, and whether it applied
    Explain {
        /// Id of the rule, like `doing-it-all-myself`
        rule: String,
        /// Use the answers in a file instead of your records, or use - for standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Explain why a rule did not apply, and what would be enough
    WhyNot {
        /// Id of the rule
        rule: String,
        /// Use the answers in a file instead of your records, or use - for standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what Cairn would suggest if some answers were different. Nothing is saved
    Whatif {
        /// Like FL-5=2, FL-5=cannot-say, importance.FL-5=3, words.FL-5=…, coach.FL-5=4, level=managers
        #[arg(required = true, value_name = "CHANGE")]
        changes: Vec<String>,
        /// Start from the answers in a file instead of your records, or use - for standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare two editions of a pack over their cases, your own sessions and answers files
    Diff {
        /// Folder of the older edition
        old: PathBuf,
        /// Folder of the newer edition
        new: PathBuf,
        /// Use the answers in this file as well (you can repeat this)
        #[arg(long, value_name = "FILE")]
        answers: Vec<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check and test packs again when a file changes
    Watch {
        /// Folders of packs
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Show what the rules decided, newest first, without any of your words
    Log {
        /// Show at most this many lines
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: usize,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Repeat logged decisions and compare. Without a file, use the newest decision in your records
    Replay {
        /// A file with one decision on each line, or the list from `rules log --json`, or - for standard input
        file: Option<String>,
        /// The answers file that the decision used, if it did not use your records
        #[arg(long, value_name = "FILE", requires = "file")]
        answers: Option<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the whole rules language, and the format of the TOML files
    Api {
        /// The format
        #[arg(long, value_enum, default_value_t = ApiFormat::Text)]
        format: ApiFormat,
        /// Print as JSON
        #[arg(long, conflicts_with = "format")]
        json: bool,
    },
}

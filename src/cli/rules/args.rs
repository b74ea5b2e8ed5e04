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
    /// How the results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// One JSON value
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
    /// One JSON value
    Json,
    /// XML of the kind that build servers read
    Junit,
}

/// How the reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ApiFormat {
    /// For people
    Text,
    /// One JSON value
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
    /// Name the cases that passed too
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// How the results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// One JSON value
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
    /// One JSON value
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    /// Every rule with its title and where it stands
    List {
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Check the rules of packs; without a folder, the built-in ones
    Check(FolderArgs),
    /// Run the cases of packs; without a folder, those of the built-in ones
    Test(TestArgs),
    /// What the cases of packs cover: conditions true and false, rules that applied, activities suggested
    Coverage(CoverageArgs),
    /// What a rule notices and why; with the records or an answers file, how it came out
    Explain {
        /// Id of the rule, like `doing-it-all-myself`
        rule: String,
        /// Use the answers of a file and touch no records; - reads standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Why a rule did not speak: what is in its way, and what would be enough
    WhyNot {
        /// Id of the rule
        rule: String,
        /// Use the answers of a file and touch no records; - reads standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// What the advice would be if some answers were different; nothing is saved
    Whatif {
        /// Like FL-5=2, FL-5=cannot-say, importance.FL-5=3, words.FL-5=…, coach.FL-5=4, level=managers
        #[arg(required = true, value_name = "CHANGE")]
        changes: Vec<String>,
        /// Begin from the answers of a file and touch no records; - reads standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Compare two editions of a pack over their cases, your own sessions and answers files
    Diff {
        /// Folder of the older edition
        old: PathBuf,
        /// Folder of the newer edition
        new: PathBuf,
        /// Ask about the answers of this file too (may be repeated)
        #[arg(long, value_name = "FILE")]
        answers: Vec<String>,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Check and test packs again whenever a file of theirs changes
    Watch {
        /// Folders of packs
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// What the rules decided on the records, newest first; it has none of your words
    Log {
        /// Most lines shown
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: usize,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Make logged decisions again and compare; without a file, the newest of the records
    Replay {
        /// A file with one decision a line, or the list that `rules log --json` prints; - reads standard input
        file: Option<String>,
        /// The answers file that the decision was made on, if it was not made on the records
        #[arg(long, value_name = "FILE", requires = "file")]
        answers: Option<String>,
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// The whole rules language, and the shapes of the TOML files
    Api {
        /// How it is written
        #[arg(long, value_enum, default_value_t = ApiFormat::Text)]
        format: ApiFormat,
        /// One JSON value
        #[arg(long, conflicts_with = "format")]
        json: bool,
    },
}

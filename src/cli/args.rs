//! The grammar.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::journal::JournalArgs;
use super::pack::PackArgs;
use super::progress::ProgressArgs;
use crate::desk::Opening;
use crate::error::Error;

/// A coaching companion for the terminal: find leadership behaviours, reflect, and get development activities
/// recommended by rules that say why. Without a command it opens the screens.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, disable_help_subcommand = true, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// Keep records in this folder instead of the usual one
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Use a pack beside the built-in ones (may be repeated)
    #[arg(long = "pack", global = true, value_name = "DIR")]
    packs: Vec<PathBuf>,
    /// Lines instead of screens
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// A made-up month in memory; nothing is written
    #[arg(long, global = true)]
    demo: bool,
    /// Open the records of this client instead of your own; enough of the name to tell it apart
    #[arg(long, global = true, value_name = "NAME")]
    person: Option<String>,
    /// Take this day for today
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    today: Option<String>,
}

impl Global {
    /// What is to be opened.
    pub(super) fn opening(&self) -> Result<Opening, Error> {
        let today = self.today.as_deref().map(str::parse).transpose().map_err(|_| {
            let given = self.today.as_deref().unwrap_or("");
            Error::input(
                format!("\"{}\" is not a day", crate::domain::clean(given)),
                "write it like --today 2026-11-22",
            )
        })?;
        Ok(Opening {
            data_dir: self.data_dir.clone(),
            packs: self.packs.clone(),
            demo: self.demo,
            today,
            person: self.person.clone(),
            worker: crate::os::own_program(),
        })
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find behaviours by words, best first
    Search(SearchArgs),
    /// Show one behaviour whole
    Show(ShowArgs),
    /// Answer on behaviours, on screen or from a file
    Reflect(ReflectArgs),
    /// Get advice from the records or from an answers file
    Recommend(RecommendArgs),
    /// See and change what you decided to do
    Plan(PlanArgs),
    /// See how things changed: in words, by theme and by behaviour
    Progress(ProgressArgs),
    /// Read and search everything that was written, newest first
    Journal(JournalArgs),
    /// List, check and explain rules
    Rules(RulesArgs),
    /// Begin, check, sign, add, take away, list and trust packs
    Pack(PackArgs),
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Words in any order; 'exact ^prefix suffix$ !not a|b theme: level: code: in: for: arena:
    #[arg(required = true, num_args = 1..)]
    pub(super) query: Vec<String>,
    /// Most rows shown
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(super) limit: usize,
    /// One JSON value
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Code of the behaviour, like FL-5 or lqf/PQ-1
    pub(super) code: String,
    /// Only this level
    #[arg(long)]
    pub(super) level: Option<String>,
    /// One JSON value
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReflectArgs {
    /// Behaviour to open on screen
    #[arg(conflicts_with = "from", num_args = 0..=1)]
    pub(super) codes: Vec<String>,
    /// Save the answers of a JSON or TOML file; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<String>,
    /// One JSON value
    #[arg(long, requires = "from")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RecommendArgs {
    /// Use the answers of a JSON or TOML file and touch no records; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<String>,
    /// Add a line that tells what was decided, and from what, to this file
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    /// Show at most so many activities
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Show every condition behind the advice, and what was left out
    #[arg(long)]
    pub(super) explain: bool,
    /// One JSON value
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(subcommand)]
    pub(super) what: Option<PlanCommand>,
    /// One JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// Take a recommended activity into the plan
    Accept {
        /// Id of the activity, as `cairn recommend` shows it
        activity: String,
    },
    /// Add an action of your own
    Add {
        /// What you will do
        title: String,
        /// The first step
        #[arg(long, default_value = "")]
        first_step: String,
        /// By when: 2026-12-06, 6 Dec or +14
        #[arg(long)]
        due: Option<String>,
    },
    /// Mark an action as done
    Done {
        /// Id of the action, or enough of its end to tell it apart
        id: String,
        /// What you learned
        #[arg(long, default_value = "")]
        learned: String,
    },
    /// Let an action go
    Drop {
        /// Id of the action, or enough of its end to tell it apart
        id: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) what: RulesCommand,
}

/// Packs that a command works on.
#[derive(Debug, Args)]
pub(super) struct FolderArgs {
    /// Folders of packs
    pub(super) folders: Vec<PathBuf>,
    /// How the results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// One JSON value
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FolderArgs {
    /// The form asked for.
    pub(super) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON value
    Json,
    /// XML of the kind that build servers read
    Junit,
}

/// How the reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ApiFormat {
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
pub(super) struct TestArgs {
    /// Folders of packs
    pub(super) folders: Vec<PathBuf>,
    /// Change every threshold and operator a little, one at a time, and report what no case notices
    #[arg(long)]
    pub(super) mutate: bool,
    /// Name the cases that passed too
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// How the results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// One JSON value
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl TestArgs {
    /// The form asked for.
    pub(super) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// Folders of packs
    pub(super) folders: Vec<PathBuf>,
    /// Fail below this many per cent
    #[arg(long, value_name = "PERCENT")]
    pub(super) min: Option<usize>,
    /// One JSON value
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
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
    /// What the cases of packs reach: conditions seen true and false, rules heard, activities suggested
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
    /// What would be told if some answers were others; nothing is saved
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
    /// What the rules decided on the records, newest first; none of your words stand in it
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
        /// The answers that the file is about, where they are not the records
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_holds() {
        Cli::command().debug_assert();
    }
}

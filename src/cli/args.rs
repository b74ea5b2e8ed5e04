//! Definitions of the command line. Doc comments on arguments and subcommands are the texts that `--help` prints.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::config::ConfigArgs;
use super::doctor::DoctorArgs;
use super::erase::EraseArgs;
use super::export::ExportArgs;
use super::journal::JournalArgs;
use super::man::{CompletionsArgs, ManArgs};
use super::open::OpenArgs;
use super::pack::PackArgs;
use super::papers::PapersArgs;
pub(super) use super::people_args::{
    ChangeWords, PeopleArgs, PeopleCommand, PlanArgs, PlanCommand, PlanWords, SessionArgs, SessionCommand, TermsArgs,
};
use super::progress::ProgressArgs;
use super::report::ReportArgs;
use super::retention::RetentionArgs;
pub(super) use super::rules::args::{ApiFormat, CoverageArgs, FolderArgs, Format, RulesArgs, RulesCommand, TestArgs};
use super::share::ShareArgs;
use super::vault_args::{BackupArgs, PassphraseArgs, RestoreArgs, UnlockArgs};
use super::withdraw::{CorrectArgs, WithdrawArgs};
use crate::desk::OpenOptions;
use crate::domain::{Day, YEARS};
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
    /// Lines instead of screens: for screen readers, scripts and dumb terminals
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// Use the settings in this file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// A made-up month in memory; nothing is written
    #[arg(long, global = true)]
    demo: bool,
    /// Open the records of this client instead of your own; enough of the name to tell it apart
    #[arg(long, global = true, value_name = "NAME")]
    person: Option<String>,
    /// Read the passphrase, and whatever else would be asked for in secret, from this file descriptor, a line each
    #[arg(long, global = true, value_name = "N")]
    passphrase_fd: Option<u32>,
    /// Take this day for today
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    today: Option<String>,
}

impl Global {
    /// Returns the options for opening the records.
    pub(super) fn opening(&self) -> Result<OpenOptions, Error> {
        let day = |text: &str| text.parse::<Day>().ok().filter(|day| YEARS.contains(&day.year())).ok_or(());
        let today = self.today.as_deref().map(day).transpose().map_err(|()| {
            let given = self.today.as_deref().unwrap_or("");
            Error::input(
                format!("\"{}\" is not a day", crate::domain::clean(given)),
                "write it like --today 2026-11-22",
            )
        })?;
        Ok(OpenOptions {
            data_dir: self.data_dir.clone(),
            packs: self.packs.clone(),
            demo: self.demo,
            today,
            person: self.person.clone(),
            worker: crate::os::own_program(),
            secret: None,
            region: crate::safeguarding::Region::default(),
            passphrase_fd: self.passphrase_fd,
            policy: crate::os::policy_file(),
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
    /// Clients: list and add them, what was agreed, their focus set
    People(PeopleArgs),
    /// Finished sessions
    Session(SessionArgs),
    /// Hand over: a report, a calendar, the hours log, a reflective account
    Report(ReportArgs),
    /// Everything about a person who asks for it, or everything for one who leaves
    Export(ExportArgs),
    /// Correct an entry of the journal; the earlier version is kept
    Correct(CorrectArgs),
    /// Withdraw an entry from records and backups, with a certificate
    Withdraw(WithdrawArgs),
    /// Erase a person from records and backups, with a certificate
    Erase(EraseArgs),
    /// Share with a coach or a client on another machine, sealed for their key
    Share(ShareArgs),
    /// Open what a coach or a client shared, and take it in
    Open(OpenArgs),
    /// Whose records are due for review, and how long they are kept
    Retention(RetentionArgs),
    /// List, check and explain rules
    Rules(RulesArgs),
    /// Begin, check, sign, add, take away, list and trust packs
    Pack(PackArgs),
    /// Settings: what holds now, every one there is, where the file belongs
    Config(ConfigArgs),
    /// Lock the records with a passphrase, change it, take it away; the paper key
    Passphrase(PassphraseArgs),
    /// Check the passphrase, or set a new one with the paper key
    Unlock(UnlockArgs),
    /// Copy the records, checked, beside them or to another disk
    Backup(BackupArgs),
    /// Put a backup in place; what is there is moved aside, never deleted
    Restore(RestoreArgs),
    /// Look for what is wrong, and see what is not protected
    Doctor(DoctorArgs),
    /// What those who answer for data need in writing, filled in where Cairn knows it
    Papers(PapersArgs),
    /// Completions for a shell
    Completions(CompletionsArgs),
    /// The manual page, for man -l -
    Man(ManArgs),
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
    /// Throw away the reflection on this behaviour that was begun and not saved
    #[arg(long, requires = "codes", conflicts_with = "from")]
    pub(super) discard: bool,
    /// Do not ask
    #[arg(long, requires = "discard")]
    pub(super) yes: bool,
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_holds() {
        Cli::command().debug_assert();
    }
}

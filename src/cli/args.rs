//! Definitions of the command line. Doc comments on arguments and subcommands are the texts that `--help` prints.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::config::ConfigArgs;
use super::doctor::DoctorArgs;
use super::erase::EraseArgs;
use super::export::ExportArgs;
use super::journal::JournalArgs;
use super::man::{CompletionsArgs, ManArgs};
use super::note::NoteArgs;
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

/// Find leadership behaviours, reflect on them, and get ideas for what to do next, with reasons. Without a command,
/// Cairn opens its screens.
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
    /// Use a pack as well as the built-in ones (you can repeat this)
    #[arg(long = "pack", global = true, value_name = "DIR")]
    packs: Vec<PathBuf>,
    /// Lines instead of screens: for screen readers, scripts and dumb terminals
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// Use the settings in this file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Open a demo with made-up records. Nothing is saved
    #[arg(long, global = true)]
    demo: bool,
    /// Open this client's records. Part of the name is enough
    #[arg(long, global = true, value_name = "NAME")]
    person: Option<String>,
    /// Read the passphrase, and other secret answers, from this file descriptor, one on each line
    #[arg(long, global = true, value_name = "N")]
    passphrase_fd: Option<u32>,
    /// Use this date as today
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
                format!("\"{}\" is not a date", crate::domain::clean(given)),
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
            language: String::new(),
            offering: crate::domain::Offering::default(),
            passphrase_fd: self.passphrase_fd,
            policy: crate::os::policy_file(),
        })
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find behaviours by words, best first
    Search(SearchArgs),
    /// Show everything about one behaviour
    Show(ShowArgs),
    /// Rate and reflect on behaviours
    Reflect(ReflectArgs),
    /// Write a note in your journal
    Note(NoteArgs),
    /// Get suggestions from your records or from an answers file
    Recommend(RecommendArgs),
    /// See and change your plan
    Plan(PlanArgs),
    /// See what has changed, in words, by theme and by behaviour
    Progress(ProgressArgs),
    /// Read and search everything you have written, newest first
    Journal(JournalArgs),
    /// List and add clients, and see or change what you agreed
    People(PeopleArgs),
    /// See finished coaching sessions
    Session(SessionArgs),
    /// Create a report, a calendar, the hours log or a reflective account
    Report(ReportArgs),
    /// Export all records about one person, or everything you hold
    Export(ExportArgs),
    /// Correct an entry in the journal and keep the earlier version
    Correct(CorrectArgs),
    /// Withdraw an entry from records and backups, and get a certificate
    Withdraw(WithdrawArgs),
    /// Erase a person from records and backups, and get a certificate
    Erase(EraseArgs),
    /// Share with a coach or a client on another computer, encrypted for their key
    Share(ShareArgs),
    /// Import records that a coach or client shared with you
    Open(OpenArgs),
    /// See which records are due for review
    Retention(RetentionArgs),
    /// List, check and explain rules
    Rules(RulesArgs),
    /// Create, check, sign, add, remove, list and trust packs
    Pack(PackArgs),
    /// See your settings, all settings, or where the settings file goes
    Config(ConfigArgs),
    /// Set, change or remove a passphrase, or print a paper key
    Passphrase(PassphraseArgs),
    /// Check the passphrase, or set a new one with the paper key
    Unlock(UnlockArgs),
    /// Make a backup and check it
    Backup(BackupArgs),
    /// Restore a backup and keep a copy of your current records
    Restore(RestoreArgs),
    /// Check for problems, and see what is not protected
    Doctor(DoctorArgs),
    /// Print data protection documents, part filled in
    Papers(PapersArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man -l -
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Words in any order. Also 'exact ^prefix suffix$ !not a|b theme: level: code: in: for: arena:
    #[arg(required = true, num_args = 1..)]
    pub(super) query: Vec<String>,
    /// Show at most this many rows
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(super) limit: usize,
    /// The role to search for, like managers. Behaviours for other roles are left out.
    #[arg(long)]
    pub(super) level: Option<String>,
    /// Print as JSON
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
    /// One short, easy sentence first
    #[arg(long)]
    pub(super) easy: bool,
    /// Print as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReflectArgs {
    /// Behaviour to open on screen
    #[arg(conflicts_with = "from", num_args = 0..=1)]
    pub(super) codes: Vec<String>,
    /// Save the answers of a JSON or TOML file, or use - for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<String>,
    /// Discard your unfinished reflection on this behaviour
    #[arg(long, requires = "codes", conflicts_with = "from")]
    pub(super) discard: bool,
    /// Do not ask
    #[arg(long, requires = "discard")]
    pub(super) yes: bool,
    /// Print as JSON
    #[arg(long, requires = "from")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RecommendArgs {
    /// Use the answers of a JSON or TOML file instead of your records, or use - for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<String>,
    /// Add a line to this file that says what was decided, and from what
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    /// Show at most this many activities
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Show every condition behind a suggestion, and other ideas
    #[arg(long)]
    pub(super) explain: bool,
    /// Print as JSON
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

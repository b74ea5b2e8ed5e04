//! Argument definitions of `cairn passphrase`, `cairn unlock`, `cairn backup` and `cairn restore`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(in crate::cli) struct PassphraseArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: PassphraseCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PassphraseCommand {
    /// Lock the records, and print a paper key, which opens them if the passphrase is forgotten
    Set,
    /// Change the passphrase; the paper key stays
    Change,
    /// Take the passphrase away: whoever can read the folder can then read the records
    Remove,
    /// Print another paper key; the one before opens neither the records nor the copies beside them
    Paper,
    /// Offer four words for a passphrase
    Words,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UnlockArgs {
    /// Open the records with the paper key, and set a new passphrase
    #[arg(long)]
    pub(in crate::cli) recovery: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BackupArgs {
    /// Put the copy under this folder, e.g. on another disk, instead of beside the records
    pub(in crate::cli) dir: Option<PathBuf>,
    /// List the backups that there are
    #[arg(long, conflicts_with = "dir")]
    pub(in crate::cli) list: bool,
    /// One JSON value
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RestoreArgs {
    /// Folder of a backup; without it the newest good one beside the records
    pub(in crate::cli) from: Option<PathBuf>,
    /// Put it into this folder, which must hold no records, and leave the ones in use alone
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) into: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// One JSON value
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

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
    /// Set a passphrase and print a paper key, which opens your records if you forget the passphrase
    Set,
    /// Change the passphrase. The paper key stays the same
    Change,
    /// Remove the passphrase. Anyone who can read the folder can then read your records
    Remove,
    /// Print a new paper key. The old one still opens copies in other places, but not your records or the backups next
    /// to them
    Paper,
    /// Offer four words for a passphrase
    Words,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UnlockArgs {
    /// Open the records with the paper key and set a new passphrase
    #[arg(long)]
    pub(in crate::cli) recovery: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BackupArgs {
    /// Save the backup in this folder, for example on another disk
    pub(in crate::cli) dir: Option<PathBuf>,
    /// List your backups
    #[arg(long, conflicts_with = "dir")]
    pub(in crate::cli) list: bool,
    /// Print as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RestoreArgs {
    /// Folder of a backup. Without it, Cairn uses the newest good backup
    pub(in crate::cli) from: Option<PathBuf>,
    /// Restore into this folder, which must not hold records. Your current records do not change
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) into: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// Print as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

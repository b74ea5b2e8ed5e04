//! Argument definitions of `cairn pack`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::FolderArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct PackArgs {
    #[command(subcommand)]
    pub(in crate::cli) what: PackCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PackCommand {
    /// The packs in use, with layer, licence and attribution, and those that were left out
    List {
        /// One JSON value
        #[arg(long)]
        json: bool,
    },
    /// Check packs whole; without a folder, the built-in ones
    Check(FolderArgs),
    /// Begin a pack of your own: a small whole one, with notes for somebody who does not program
    New {
        /// A new folder
        folder: PathBuf,
        /// Its short name for machines; without it, the folder's name
        #[arg(long)]
        id: Option<String>,
        /// What people read
        #[arg(long)]
        title: Option<String>,
    },
    /// Add a pack to this account, or put a newer version in the place of an older one
    Add {
        /// Folder of the pack
        folder: PathBuf,
        /// For yourself: above the packs of organisations
        #[arg(long)]
        personal: bool,
    },
    /// Take a pack away that was added
    Remove {
        /// Id of the pack, as `cairn pack list` shows it
        id: String,
    },
    /// Sign a pack of your own, so that others can see that it is yours and that nobody changed it
    Sign {
        /// Folder of the pack
        folder: PathBuf,
    },
    /// Say whose packs you trust; alone, it lists the keys
    Trust(TrustArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrustArgs {
    /// Public key to trust, or a file that holds it
    #[arg(conflicts_with_all = ["remove", "require"])]
    pub(in crate::cli) key: Option<String>,
    /// Whose key it is
    #[arg(long, requires = "key")]
    pub(in crate::cli) name: Option<String>,
    /// Trust a key no more: the key, its first 8 digits, or its name
    #[arg(long, value_name = "KEY", conflicts_with = "require")]
    pub(in crate::cli) remove: Option<String>,
    /// Whether every pack must be signed by a key that you trust, personal ones as well
    #[arg(long, value_name = "on|off")]
    pub(in crate::cli) require: Option<Switch>,
    /// One JSON value
    #[arg(long, conflicts_with_all = ["key", "remove", "require"])]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Switch {
    On,
    Off,
}

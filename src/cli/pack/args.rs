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
    /// List packs with layer, licence and attribution, and packs that are not used
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check everything in packs. Without a folder, check the built-in packs
    Check(FolderArgs),
    /// Create a small pack of your own, with notes for people who are not programmers
    New {
        /// A new folder
        folder: PathBuf,
        /// Its short id. Without it, Cairn uses the folder's name
        #[arg(long)]
        id: Option<String>,
        /// The title that people read
        #[arg(long)]
        title: Option<String>,
    },
    /// Add a pack to this account, or replace an older version
    Add {
        /// Folder of the pack
        folder: PathBuf,
        /// Add it for yourself, above the packs of organisations
        #[arg(long)]
        personal: bool,
    },
    /// Remove a pack that you added
    Remove {
        /// Id of the pack, as `cairn pack list` shows it
        id: String,
    },
    /// Sign a pack of your own, so that others can see that it is yours and unchanged
    Sign {
        /// Folder of the pack
        folder: PathBuf,
    },
    /// Trust a key, or list the keys you trust
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
    /// Stop trusting a key. Give the key, its first 8 digits, or its name
    #[arg(long, value_name = "KEY", conflicts_with = "require")]
    pub(in crate::cli) remove: Option<String>,
    /// Whether every pack must be signed by a key that you trust, personal ones as well
    #[arg(long, value_name = "on|off")]
    pub(in crate::cli) require: Option<Switch>,
    /// Print as JSON
    #[arg(long, conflicts_with_all = ["key", "remove", "require"])]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Switch {
    On,
    Off,
}

//! `cairn config`: prints the present settings, the defaults, or the path of the settings file.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::out::Out;
use super::settings::Found;
use crate::config::{default_text, shown};
use crate::error::{Error, ErrorKind};

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Show your settings and any problems
    Show,
    /// Show all settings with their usual values, to start a file with
    Default,
    /// Show where the settings file goes
    Path,
}

pub(super) fn run(args: &ConfigArgs, found: &Found, out: &mut Out) -> Result<ExitCode, Error> {
    match args.command {
        ConfigCommand::Show => {
            let place = found.path.as_ref().map_or_else(String::new, |path| path.display().to_string());
            let state = if found.exists { "" } else { " (there is no such file, so these are the usual settings)" };
            out.line(format!("# {place}{state}"));
            out.line(shown(&found.settings).trim_end());
            if !found.faults.is_empty() {
                return Err(Error::faults(ErrorKind::Found, &found.faults));
            }
        }
        ConfigCommand::Default => out.line(default_text().trim_end()),
        ConfigCommand::Path => match &found.path {
            Some(path) => out.line(path.display().to_string()),
            None => {
                let hint = "set HOME, or give a file with --config";
                return Err(Error::input("this account has no home folder, so there is no place for settings", hint));
            }
        },
    }
    Ok(ExitCode::SUCCESS)
}

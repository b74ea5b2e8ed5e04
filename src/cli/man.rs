//! `cairn man` and `cairn completions`: generated from the argument definitions and the command table, so that they
//! always agree with the program.

use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::args::Cli;
use super::out::Out;
use crate::command::{COMMANDS, Context, Group};
use crate::domain::{did_you_mean, nearest};
use crate::error::{Error, ErrorKind};

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// A command, like pack or rules. Without it, the page is about Cairn
    #[arg(num_args = 0..)]
    command: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Prints a manual page in the format of `man`: `cairn man | man -l -`.
pub(super) fn page(args: &ManArgs, out: &mut Out) -> Result<ExitCode, Error> {
    let mut command = Cli::command();
    command.build();
    let mut name = "cairn".to_owned();
    for word in &args.command {
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let Some(found) = command.find_subcommand(word).cloned() else {
            let hint = match nearest(word, names.iter().map(String::as_str)) {
                Some(near) => did_you_mean(near),
                None => format!("there is {}", names.join(", ")),
            };
            return Err(Error::input(format!("{name} has no command \"{}\"", crate::domain::clean(word)), hint));
        };
        name = format!("{name}-{}", found.get_name());
        command = found;
    }
    let whole = args.command.is_empty();
    let mut bytes = Vec::new();
    let man = clap_mangen::Man::new(command.disable_help_subcommand(true)).title(name);
    let written = man.render(&mut bytes);
    written.map_err(|error| Error {
        kind: ErrorKind::Found,
        message: format!("the page could not be made: {error}"),
        hint: String::new(),
    })?;
    out.raw(&String::from_utf8_lossy(&bytes));
    if whole {
        out.raw(&keys());
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the completion script for a shell.
pub(super) fn completions(args: &CompletionsArgs, out: &mut Out) -> ExitCode {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cairn", &mut bytes);
    out.raw(&String::from_utf8_lossy(&bytes));
    ExitCode::SUCCESS
}

/// Returns the section with every default key, by group.
fn keys() -> String {
    let mut roff = ".SH KEYS\nThe usual keys. Your settings may change them (cairn config default).\n".to_owned();
    for group in Group::ALL {
        let _ = writeln!(roff, ".SS {}", escaped(group.title()));
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let mut places: Vec<(Context, Vec<&str>)> = Vec::new();
            for (context, key) in entry.keys {
                match places.iter_mut().find(|(known, _)| known == context) {
                    Some((_, keys)) => keys.push(key),
                    None => places.push((*context, vec![key])),
                }
            }
            let places: Vec<String> =
                places.iter().map(|(context, keys)| format!("{} ({})", keys.join(", "), context.id())).collect();
            let _ = writeln!(roff, ".TP\n\\fB{}\\fR\n{}", escaped(&places.join("; ")), escaped(entry.help));
        }
    }
    roff
}

/// Escapes text for roff.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_with_its_keys_is_in_the_page() {
        let page = keys();
        for entry in COMMANDS {
            assert!(page.contains(&escaped(entry.help)), "{}", entry.id);
            for (_, key) in entry.keys {
                assert!(page.contains(&escaped(key)), "{key}");
            }
        }
    }
}

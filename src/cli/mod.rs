//! The command line: argument definitions over the same core as the screens, and the only layer that prints.

mod args;
mod ask;
mod backup;
mod config;
mod doctor;
mod erase;
mod export;
mod journal;
mod man;
mod note;
mod notice;
mod open;
mod out;
mod pack;
mod papers;
mod passphrase;
mod people;
mod people_args;
mod plan;
mod privacy;
mod progress;
mod recommend;
mod reflect;
mod report;
mod retention;
mod rules;
mod search;
mod secrets;
mod session;
mod settings;
mod share;
mod show;
mod tick;
mod vault_args;
mod withdraw;
mod xml;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser;

use self::args::{Cli, Command};
use self::out::Out;
use self::secrets::Secrets;
use crate::config::Settings;
use crate::desk::{OpenOptions, WORKER, lock_of, serve};
use crate::domain::{Lock, count, write_days};
use crate::error::Error;
use crate::os::{Env, is_terminal_in, is_terminal_out, leave_no_core};
use crate::run::{self, PlainOptions, Typed};
use crate::safeguarding::Region;

/// Runs the program with its arguments, the first of which is the program's own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // This comes first, because a worker process has to limit its own resources before it reads anything else.
    if let [_, flag, seconds] = arguments.as_slice()
        && flag == WORKER
    {
        let seconds = seconds.to_str().and_then(|text| text.parse().ok()).unwrap_or(1);
        let done = serve(seconds, std::io::stdin(), std::io::stdout());
        return if done { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    leave_no_core();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are printed on stdout and are not errors; everything else goes to stderr.
            let code = if error.use_stderr() { 2 } else { 0 };
            if error.use_stderr() {
                // The message quotes what was typed and must therefore be cleaned.
                out::complain(error.to_string().trim_end());
            } else {
                let mut out = Out::default();
                out.note(error.print());
                if let Err(error) = out.written(true) {
                    out::complain(&error.to_string());
                    return error.exit();
                }
            }
            return ExitCode::from(code);
        }
    };
    let mut out = Out::default();
    let done = dispatch(&cli, &mut out);
    out.flush();
    // The command has taken effect even if its output could not be written; that is reported and sets the exit code.
    let done = done.and_then(|code| out.written(only_reads(&cli)).map(|()| code));
    match done {
        Ok(code) => code,
        Err(error) => {
            out::complain(&error.to_string());
            error.exit()
        }
    }
}

/// Returns the options for opening the records, with the region from the settings.
fn opening(cli: &Cli) -> Result<OpenOptions, Error> {
    let found = settings::load(cli.global.config.as_ref())?;
    // The screens and these commands show every fault themselves.
    let shows = matches!(cli.command, None | Some(Command::Doctor(_) | Command::Config(_)));
    if let Some(first) = found.faults.first().filter(|_| !shows) {
        let more = count(found.faults.len(), "problem", "problems");
        let (place, message) = (first.place(), &first.message);
        out::complain(&format!("settings: {more}. {place}: {message}. `cairn config show` lists every problem."));
    }
    write_days(found.settings.date);
    let offering = found.settings.offering();
    let Settings { region, language, .. } = found.settings;
    Ok(OpenOptions { region: Region(region), language, offering, ..cli.global.opening()? })
}

fn dispatch(cli: &Cli, out: &mut Out) -> Result<ExitCode, Error> {
    let opening = opening(cli)?;
    match &cli.command {
        None => screens(cli, None),
        Some(Command::Search(args)) => search::run(args, &opening, out),
        Some(Command::Show(args)) => show::run(args, &opening, out),
        Some(Command::Reflect(args)) => match reflect::run(args, &opening, out)? {
            Some(code) => Ok(code),
            None => screens(cli, args.codes.first().cloned()),
        },
        Some(Command::Note(args)) => note::run(args, &opening, out),
        Some(Command::Recommend(args)) => recommend::run(args, &opening, out),
        Some(Command::Plan(args)) => plan::run(args, &opening, out),
        Some(Command::Progress(args)) => progress::run(args, &opening, out),
        Some(Command::Journal(args)) => journal::run(args, &opening, out),
        Some(Command::People(args)) => people::run(args, &opening, out),
        Some(Command::Session(args)) => session::run(args, &opening, out),
        Some(Command::Report(args)) => report::run(args, &opening, out),
        Some(Command::Correct(args)) => withdraw::correct(args, &opening, out),
        Some(Command::Withdraw(args)) => withdraw::withdraw(args, &opening, out),
        Some(Command::Erase(args)) => erase::run(args, &opening, out),
        Some(Command::Retention(args)) => retention::run(args, &opening, out),
        Some(Command::Share(args)) => share::run(args, &opening, out),
        Some(Command::Open(args)) => open::take_in(args, &opening, out),
        Some(Command::Export(args)) => export::run(args, &opening, out),
        Some(Command::Rules(args)) => rules::run(args, &opening, out),
        Some(Command::Pack(args)) => pack::run(args, &opening, out),
        Some(Command::Passphrase(args)) => passphrase::run(args, &opening, out),
        Some(Command::Unlock(args)) => passphrase::unlock(args, &opening, out),
        Some(Command::Backup(args)) => backup::backup(args, &opening, out),
        Some(Command::Restore(args)) => backup::restore(args, &opening, out),
        Some(Command::Doctor(args)) => doctor::run(args, &opening, &settings::load(cli.global.config.as_ref())?, out),
        Some(Command::Papers(args)) => papers::run(args, &opening, out),
        Some(Command::Completions(args)) => Ok(man::completions(args, out)),
        Some(Command::Man(args)) => man::page(args, out),
        Some(Command::Config(args)) => config::run(args, &settings::load(cli.global.config.as_ref())?, out),
    }
}

/// Returns whether running the command again is harmless. Commands not listed here may have changed something.
fn only_reads(cli: &Cli) -> bool {
    matches!(
        cli.command,
        Some(
            Command::Search(_)
                | Command::Show(_)
                | Command::Recommend(_)
                | Command::Progress(_)
                | Command::Journal(_)
                | Command::Export(_)
                | Command::Rules(_)
                | Command::Doctor(_)
                | Command::Papers(_)
                | Command::Completions(_)
                | Command::Man(_)
                | Command::Config(_)
        )
    )
}

/// Runs the screens; or plain mode, if requested or if there is no terminal.
fn screens(cli: &Cli, reflect_on: Option<String>) -> Result<ExitCode, Error> {
    let mut opening = opening(cli)?;
    if opening.passphrase_fd.is_some() && lock_of(&opening)?.lock == Lock::Passphrase {
        opening.secret = Some(Secrets::of(opening.passphrase_fd)?.ask("Passphrase, or paper key")?);
    }
    let env = Env::read();
    let found = settings::load(cli.global.config.as_ref())?;
    let plain = cli.global.plain || found.settings.plain || env.plain || env.dumb;
    if plain || !is_terminal_out() || !is_terminal_in() {
        let typed = if is_terminal_in() { Typed::Shown } else { Typed::Unseen };
        let manner = PlainOptions { env, typed, settings: found.settings, faults: found.faults };
        run::lines(&opening, reflect_on, manner, io::stdin().lock(), io::stdout())?;
        return Ok(ExitCode::SUCCESS);
    }
    run::run(&opening, reflect_on, &env, found.settings, found.faults)?;
    Ok(ExitCode::SUCCESS)
}

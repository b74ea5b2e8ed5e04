//! `cairn doctor`: reports where files are, what is wrong, what the terminal supports and what is not protected.
//! Changes nothing.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::out::Out;
use super::privacy;
use super::secrets::Secrets;
use super::settings::Found;
use crate::desk::{LoadedPacks, OpenOptions, Vault, backups, health, lock_of, report_folder};
use crate::domain::{Day, Lock, clean, count};
use crate::error::Error;
use crate::os::{Background, Charset, Editor, Env, is_terminal_in, is_terminal_out, left_texts};

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Show only what is protected and what is not
    #[arg(long)]
    privacy: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Age in days from which a backup is reported as old.
const LONG_AGO: i32 = 14;

/// The result of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Well,
    Note,
    Wrong,
}

#[derive(Debug, Serialize)]
struct Finding {
    about: &'static str,
    what: &'static str,
    state: State,
    words: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    next: String,
}

#[derive(Debug, Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, about: &'static str, what: &'static str, state: State, words: impl Into<String>) {
        self.with_next(about, what, state, words, "");
    }

    fn with_next(
        &mut self,
        about: &'static str,
        what: &'static str,
        state: State,
        words: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.0.push(Finding { about, what, state, words: clean(&words.into()), next: clean(&next.into()) });
    }
}

const PATHS: &str = "Where things are";
const SETTINGS: &str = "Settings";
const PACKS: &str = "Packs and rules";
const RECORDS: &str = "Records";
const TERMINAL: &str = "Terminal";
const EXPOSED: &str = "What is not protected";
const SECTIONS: [&str; 6] = [PATHS, SETTINGS, PACKS, RECORDS, TERMINAL, EXPOSED];

pub(super) fn run(args: &DoctorArgs, opening: &OpenOptions, found: &Found, out: &mut Out) -> Result<ExitCode, Error> {
    if args.privacy {
        let points = privacy::points(opening)?;
        if args.json {
            out.json(&points)?;
        } else {
            privacy::print(&points, out);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let env = Env::read();
    let mut findings = Findings::default();
    settings(found, opening, &mut findings);
    packs(opening, &mut findings);
    records(&with_secret(opening)?, &mut findings);
    terminal(&env, &mut findings);
    // Findings are printed section by section, in whatever order they were found.
    let place = |finding: &Finding| SECTIONS.iter().position(|section| *section == finding.about);
    findings.0.sort_by_key(place);
    let wrong = findings.0.iter().filter(|finding| finding.state == State::Wrong).count();
    if args.json {
        out.json(&findings.0)?;
    } else {
        print(&findings, wrong, out);
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print(findings: &Findings, wrong: usize, out: &mut Out) {
    out.line(format!("Cairn {}", env!("CARGO_PKG_VERSION")));
    let mut about = "";
    for finding in &findings.0 {
        if finding.about != about {
            about = finding.about;
            out.line("");
            out.line(about);
        }
        let mark = match finding.state {
            State::Well => "  ok    ",
            State::Note => "  note  ",
            State::Wrong => "  WRONG ",
        };
        out.paragraph(mark, &format!("{}: {}", finding.what, finding.words));
        if !finding.next.is_empty() {
            out.paragraph("          ", &format!("next: {}", finding.next));
        }
    }
    out.line("");
    out.line(match wrong {
        0 => "No problems found.".to_owned(),
        wrong => format!("{} wrong.", count(wrong, "thing is", "things are")),
    });
}

fn settings(found: &Found, opening: &OpenOptions, findings: &mut Findings) {
    match &found.path {
        Some(path) => {
            let state = if found.exists { "" } else { " (no such file, so Cairn uses the usual settings)" };
            findings.add(PATHS, "settings", State::Well, format!("{}{state}", path.display()));
        }
        None => findings.add(PATHS, "settings", State::Note, "this account has no home folder, so there is no place"),
    }
    match report_folder(opening.data_dir.as_deref()) {
        Ok(folder) => findings.add(PATHS, "reports go to", State::Well, folder.display().to_string()),
        Err(error) => findings.add(PATHS, "reports go to", State::Note, error.to_string()),
    }
    if found.faults.is_empty() {
        findings.add(SETTINGS, "the file", State::Well, if found.exists { "no problems" } else { "none" });
    }
    for fault in &found.faults {
        let words = format!("{}: {}", fault.place(), fault.message);
        findings.with_next(SETTINGS, "the file", State::Wrong, words, &fault.hint);
    }
}

fn packs(opening: &OpenOptions, findings: &mut Findings) {
    let loaded_packs = LoadedPacks::open(opening);
    let names: Vec<String> =
        loaded_packs.library.packs.iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect();
    findings.add(PACKS, "in use", State::Well, names.join(", "));
    let rules = count(loaded_packs.rules.rules().len(), "rule", "rules");
    findings.add(PACKS, "rules", State::Well, format!("{rules} loaded"));
    for dropped in &loaded_packs.dropped {
        findings.with_next(PACKS, "not used", State::Wrong, dropped.sentence(), "cairn pack list");
    }
    for fault in loaded_packs.errors() {
        let words = format!("{}: {}", fault.place(), fault.message);
        findings.with_next(PACKS, "fault", State::Wrong, words, &fault.hint);
    }
}

fn records(opening: &OpenOptions, findings: &mut Findings) {
    let health = health(opening);
    match &health.folder {
        Some(folder) => findings.add(PATHS, "records", State::Well, folder.display().to_string()),
        None => findings.add(PATHS, "records", State::Wrong, "this account has no home folder, so use --data-dir"),
    }
    for (words, next) in &health.beside {
        findings.with_next(RECORDS, "next to them", State::Wrong, words, *next);
    }
    match &health.vault {
        Vault::None => findings.add(
            RECORDS,
            "vault",
            State::Well,
            "not created yet. Cairn creates it when you first \
            save",
        ),
        Vault::Open(held) => {
            let words = format!(
                "encrypted, can be read: {}, {}, {} of your own, {}, {} KiB",
                count(held.answers, "answer", "answers"),
                count(held.actions, "action", "actions"),
                count(held.drafts, "draft", "drafts"),
                count(held.clients, "client", "clients"),
                held.bytes / 1024
            );
            findings.add(RECORDS, "vault", State::Well, words);
        }
        Vault::Locked => {
            let words = "locked with a passphrase, so Cairn did not check them";
            findings.with_next(RECORDS, "vault", State::Note, words, "give the passphrase to check every page");
        }
        Vault::Broken(error) => {
            findings.with_next(RECORDS, "vault", State::Wrong, error.to_string(), error.hint());
        }
    }
    backups_made(opening, &health.vault, findings);
    if health.key_is_open {
        let words = "the key (key.open) is next to the records and has no passphrase. Anyone who can read your files can read them";
        findings.add(EXPOSED, "records", State::Note, words);
    }
    let screen = "the screen while it is open, the memory of the running program, and swap";
    findings.add(EXPOSED, "while it runs", State::Note, screen);
    findings.add(EXPOSED, "elsewhere", State::Note, "reports once they are saved, and backups that include the key");
    findings.add(EXPOSED, "network", State::Well, "Cairn does not use the network");
}

/// Reports the age of the newest backup.
fn backups_made(opening: &OpenOptions, vault: &Vault, findings: &mut Findings) {
    let all = backups(opening).unwrap_or_default();
    let today = opening.clock().today();
    match all.first() {
        None if matches!(vault, Vault::None) => {}
        None => findings.with_next(RECORDS, "backups", State::Note, "none yet", "cairn backup makes one"),
        Some(newest) => {
            let day = newest.made.split('T').next().unwrap_or("");
            let words = format!("{}, the newest of {day}", count(all.len(), "backup", "backups"));
            let old = day.parse::<Day>().is_ok_and(|day| (today - day).get_days() > LONG_AGO);
            let next = if old { "cairn backup makes one" } else { "" };
            findings.with_next(RECORDS, "backups", if old { State::Note } else { State::Well }, words, next);
        }
    }
}

/// Returns the opening options with a passphrase, if one is needed and a person can type it. If the person does not,
/// the checks run without it.
fn with_secret(opening: &OpenOptions) -> Result<OpenOptions, Error> {
    let locked = lock_of(opening).is_ok_and(|safety| safety.lock == Lock::Passphrase);
    let asked = opening.passphrase_fd.is_some() || (is_terminal_in() && is_terminal_out());
    if !locked || !asked {
        return Ok(opening.clone());
    }
    let secret =
        Secrets::of(opening.passphrase_fd)?.ask("Passphrase, or paper key (press esc to check without it)").ok();
    Ok(OpenOptions { secret, ..opening.clone() })
}

fn terminal(env: &Env, findings: &mut Findings) {
    let ends = match (is_terminal_in(), is_terminal_out()) {
        (true, true) => "input and output are a terminal, so Cairn uses screens",
        (false, _) => "the input is not a terminal, so Cairn uses plain text",
        (_, false) => "the output is not a terminal, so Cairn uses plain text",
    };
    findings.add(TERMINAL, "input and output", State::Well, ends);
    if env.dumb || env.plain {
        findings.add(TERMINAL, "plain", State::Note, "TERM=dumb or CAIRN_PLAIN asks for plain text instead of screens");
    }
    let colours = match (env.no_color, env.true_color) {
        (true, _) => "none: NO_COLOR is set",
        (false, true) => "sixteen million (COLORTERM says so)",
        (false, false) => "sixteen. Themes with their own shades, like heather, need COLORTERM=truecolor",
    };
    findings.add(TERMINAL, "colours", State::Well, colours);
    let background = match env.background {
        Some(Background::Light | Background::LightGrey) => "light (COLORFGBG)",
        Some(Background::Dark | Background::DarkGrey) => "dark (COLORFGBG)",
        None => "Cairn asks the terminal when it opens, or uses dark if there is no answer",
    };
    findings.add(TERMINAL, "background", State::Well, background);
    let (state, letters) = match (env.charset, env.utf8) {
        (_, Some(false)) => (State::Note, "the locale is not UTF-8, so Cairn uses ASCII for lines and symbols"),
        (Charset::Utf8, _) => (State::Well, "UTF-8"),
        _ => (State::Well, "the locale does not say, so Cairn uses UTF-8"),
    };
    findings.add(TERMINAL, "letters", state, letters);
    match Editor::of(env) {
        Ok(editor) => findings.add(TERMINAL, "editor", State::Well, editor.name()),
        Err(error) => findings.add(TERMINAL, "editor", State::Note, error.to_string()),
    }
    for folder in left_texts(env) {
        let text = format!(
            "{} holds a text that an editor had open. If no editor has it open now, read it and delete the folder",
            clean(&folder.display().to_string())
        );
        findings.add(TERMINAL, "left by an editor", State::Note, text);
    }
}

//! The cost of 5,000 sessions and 100,000 reflections: opening the records of a person, opening each screen, searching
//! the journal. Run with `cargo bench --bench journal`.
//!
//! Two encrypted stores on the disk: a coach with 50 clients (100 sessions and 2,000 reflections each), and the worst
//! case, all of it in one client. A reflection has about 24 words, two of them make an answer, and a session has three
//! notes. Searching and drawing are measured in a window of 200x60.
//!
//! **The budget.** A frame has 16 ms. Every key is answered within it, whatever is stored: the frame is drawn and says
//! what is still being loaded. Anything that is read from the disk or computed from all the records is done in another
//! thread, and is measured against reading the same rows and doing nothing with them. Processor time, alternating,
//! medians.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts as figures of a table")]

#[path = "measure.rs"]
mod measure;
#[path = "paper.rs"]
mod paper;
#[path = "synthetic.rs"]
#[expect(dead_code, reason = "only its records are used")]
mod synthetic;
#[path = "table.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod table;

use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

use cairn_coach::app::{Effect, LookBack, Model, Msg, PeopleJob, Query, update};
use cairn_coach::config::Theme;
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::{Answer, Day, Note, NoteFor, Rated, Reflection, fold};
use cairn_coach::run::{opened, perform};
use cairn_coach::store::NewSession;
use cairn_coach::tui::{Painter, draw};

use measure::{Outcome, cpu_ms, in_turns, wanted, within};
use paper::{Empty, Paper, WINDOW, paper};
use synthetic::records;
use table::{Bar, Table};

const SESSIONS: usize = 5_000;
const REFLECTIONS: usize = 100_000;
const TODAY: Day = jiff::civil::date(2026, 11, 22);
/// Duration of a frame in milliseconds.
const FRAME: f64 = 16.0;
/// One query of the fixture in this many is typed.
const EVERY: usize = 12;
/// Codes of the behaviours that are answered.
const CODES: [&str; 12] =
    ["FC-1", "FC-2", "FC-3", "FC-5", "FL-1", "FL-2", "FL-5", "SI-1", "SI-3", "DT-3", "DT-6", "DT-7"];

fn main() -> Outcome<ExitCode> {
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    crossterm::style::force_color_output(true);
    let texts: Vec<String> = records(REFLECTIONS).iter().map(|one| format!("{}. {}", one.title, one.text())).collect();
    let mut table = Table::begin();
    for (name, clients) in [("50 clients", 50), ("one client with all", 1)] {
        let folder = tempfile::tempdir()?;
        fill(folder.path(), &texts, clients)?;
        let mut bench = Bench::open(folder.path(), name)?;
        bench.switching(&mut table)?;
        bench.screens(&mut table)?;
        bench.search(&mut table)?;
    }
    Ok(table.end())
}

/// Writes everything as the program would.
fn fill(folder: &Path, texts: &[String], clients: usize) -> Outcome<()> {
    let mut desk = Desk::open(&opening(folder))?;
    for (at, own) in texts.chunks(texts.len().div_ceil(clients)).enumerate() {
        let person = desk.add_client(&format!("Client {at}"))?;
        desk.turn_to(Some(&person.id))?;
        let pairs: Vec<&[String]> = own.chunks(2).collect();
        let answers: Vec<Answer> = pairs.iter().enumerate().map(|(at, pair)| answer(at, pairs.len(), pair)).collect();
        desk.save_answers(&answers)?;
        let sessions = SESSIONS / clients;
        for at in 0..sessions {
            desk.end_session(&session(at, sessions, &own[at % own.len()]))?;
        }
    }
    Ok(())
}

fn opening(folder: &Path) -> OpenOptions {
    OpenOptions { data_dir: Some(folder.to_path_buf()), today: Some(TODAY), ..OpenOptions::default() }
}

/// Returns a date for item `at` of `of`, spread over three years.
fn day(at: usize, of: usize) -> Day {
    let days = i64::try_from((of - at) * 1_095 / of.max(1)).unwrap_or(0);
    TODAY.checked_sub(jiff::Span::new().days(days)).unwrap_or(TODAY)
}

fn answer(at: usize, of: usize, texts: &[String]) -> Answer {
    let code = CODES[at % CODES.len()];
    let prompt = format!("{}.reflect", code.to_lowercase());
    Answer {
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        rated: Rated::Value(1 + i64::try_from(at % 5).unwrap_or(0)),
        importance: Some(3),
        reflections: texts.iter().map(|text| Reflection { prompt: prompt.clone(), text: text.clone() }).collect(),
        ..Answer::blank(day(at, of))
    }
}

fn session(at: usize, of: usize, text: &str) -> NewSession {
    let note = |part: &str, seen| Note {
        id: String::new(),
        part: part.to_owned(),
        title: part.to_owned(),
        text: text.to_owned(),
        seen,
    };
    NewSession {
        on: day(at, of),
        minutes: 50,
        model: Some("grow".to_owned()),
        paid: true,
        notes: vec![note("check-in", NoteFor::Shared), note("summary", NoteFor::Shared), note("goal", NoteFor::Coach)],
        behaviours: vec![format!("empowered-communities/{}", CODES[at % CODES.len()])],
        actions: Vec::new(),
    }
}

/// The program with one of the stores.
struct Bench {
    name: &'static str,
    desk: Desk,
    model: Model,
    paper: Paper,
}

impl Bench {
    fn open(folder: &Path, name: &'static str) -> Outcome<Self> {
        let mut desk = Desk::open(&opening(folder))?;
        let mut model = Model::new(TODAY, false);
        model.shell.size = WINDOW;
        update(&mut model, Msg::Opened(Box::new(opened(&mut desk, None)?)));
        Ok(Self { name, desk, model, paper: paper(&Rc::default())? })
    }

    fn draw(&mut self) -> Outcome<()> {
        let (model, paint) =
            (&mut self.model, Painter { theme: Theme::built_in("dark").expect("it comes along"), ascii: false });
        self.paper.draw(|frame| draw(model, paint, frame))?;
        Ok(())
    }

    /// Presses a key and draws the frame. Returns the effects of the key.
    fn press(&mut self, key: &str) -> Outcome<Vec<Effect>> {
        let chord = key.parse().map_err(|_| format!("{key} is no key"))?;
        let asked = update(&mut self.model, Msg::Key(chord));
        self.draw()?;
        Ok(asked)
    }

    /// Measures opening the records of a client, including the frame.
    fn switching(&mut self, table: &mut Table) -> Outcome<()> {
        let clients = self.desk.clients()?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for at in 0..7 {
            let client = clients.get(at % clients.len()).map(|client| client.id.clone());
            let turned = cpu_ms(|| {
                let msg = perform(&mut self.desk, Effect::People(PeopleJob::TurnTo(client)));
                update(&mut self.model, msg);
                self.draw()
            });
            ours.push(turned);
            bare.push(cpu_ms(|| self.desk.dossier()));
        }
        let spent = (measure::median(ours), measure::median(bare));
        table.ratio(&format!("{}: open a client's records / read them", self.name), spent, Bar::AtMost(4.0));
        Ok(())
    }

    /// Measures opening each screen for the first time: the immediate frame, and the one with everything.
    fn screens(&mut self, table: &mut Table) -> Outcome<()> {
        self.press("1")?;
        let before = self.model.clone();
        let mut slowest = Vec::new();
        let screens = ["Find", "Advice", "Plan", "Rules", "Session", "Progress", "Journal"];
        for (what, key) in screens.into_iter().zip(["2", "4", "5", "6", "7", "8", "9"]) {
            let mut empty = Empty::new()?;
            let first = || {
                self.model = before.clone();
                let spent = cpu_ms(|| self.press(key));
                slowest.push(spent);
                Ok(spent)
            };
            let spent = in_turns(31, first, || Ok(empty.many(1)))?;
            table.ratio(&format!("{}: open {what}, first frame / empty draw", self.name), spent, Bar::AtMost(10.0));
        }
        let slowest = within(slowest, 100);
        table.figure(&format!("{}: open any screen, slowest first frame", self.name), slowest, Bar::AtMost(FRAME));
        for (what, key) in [("Progress", "8"), ("Journal", "9")] {
            let (mut ours, mut bare) = (Vec::new(), Vec::new());
            for _ in 0..5 {
                self.model = before.clone();
                let asked = self.press(key)?;
                let Some(look) = asked.into_iter().find_map(look_back) else {
                    return Err("nothing was asked for".into());
                };
                ours.push(cpu_ms(|| {
                    let msg = look.done();
                    let next = update(&mut self.model, msg);
                    self.draw().map(|()| next)
                }));
                bare.push(cpu_ms(|| self.desk.dossier()));
            }
            let spent = (measure::median(ours), measure::median(bare));
            table.ratio(&format!("{}: {what} put together and drawn / read", self.name), spent, Bar::AtMost(2.0));
        }
        self.model = before;
        Ok(())
    }

    /// Measures queries typed letter by letter in the journal, against a scan of the same texts and an empty frame for
    /// each letter.
    fn search(&mut self, table: &mut Table) -> Outcome<()> {
        let asked = self.press("9")?;
        let journal = asked.into_iter().find_map(look_back).ok_or("no journal was asked for")?;
        let next = update(&mut self.model, journal.done());
        let index = next.into_iter().find_map(look_back).ok_or("no index was asked for")?;
        let copy = index.clone();
        let spent = cpu_ms(|| copy.done());
        let read = cpu_ms(|| self.desk.dossier());
        table.ratio(&format!("{}: make the journal searchable / read it", self.name), (spent, read), Bar::AtMost(6.0));
        update(&mut self.model, index.done());
        let queries: Vec<&str> = include_str!("../fixtures/queries-tune.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(query, _)| query)
            .step_by(EVERY)
            .collect();
        let book = self.model.journal().ok_or("no journal came")?;
        let texts: Vec<String> = book
            .entries
            .iter()
            .map(|entry| {
                let own: Vec<String> = entry.texts.iter().map(|text| fold(&text.text)).collect();
                format!("{} {}", fold(&entry.title), own.join(" "))
            })
            .collect();
        let keys: usize = queries.iter().map(|query| query.chars().count()).sum();
        let mut all = Vec::new();
        let typed = || {
            let mut sum = 0.0;
            for query in &queries {
                for letter in query.chars() {
                    let key = if letter == ' ' { "space".to_owned() } else { letter.to_string() };
                    let spent = cpu_ms(|| self.press(&key));
                    all.push(spent);
                    sum += spent;
                }
                self.press("ctrl-u")?;
            }
            Ok(sum / keys as f64)
        };
        let mut empty = Empty::new()?;
        let scanned = || {
            let scanned = cpu_ms(|| queries.iter().map(|query| scan(&texts, query)).sum::<usize>()) / keys as f64;
            Ok(scanned + empty.many(keys))
        };
        let spent = in_turns(5, typed, scanned)?;
        table.ratio(&format!("{}: a letter / substring scan and empty draw", self.name), spent, Bar::AtMost(10.0));
        table.figure(
            &format!("{}: a letter in the journal, 99 % within", self.name),
            within(all, 99),
            Bar::AtMost(FRAME),
        );
        Ok(())
    }
}

fn look_back(effect: Effect) -> Option<LookBack> {
    match effect {
        Effect::Look(Query::LookBack(look)) => Some(look),
        _ => None,
    }
}

/// Returns the number of texts that contain the typed part, summed over all letters.
fn scan(texts: &[String], query: &str) -> usize {
    let typed = fold(query);
    let ends = typed.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.filter_map(|end| typed.get(..end)).map(|part| texts.iter().filter(|text| text.contains(part)).count()).sum()
}

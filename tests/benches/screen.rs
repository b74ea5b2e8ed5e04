//! The cost of a key, from the key to the bytes for the terminal, compared with drawing nothing. Run with `cargo bench
//! --bench screen`.
//!
//! A window of 200x60. The candidate changes the model, searches, draws every row, compares the frame with the previous
//! one and writes the difference through the same backend and buffer as the program does, into a sink that counts
//! bytes. The reference is ratatui drawing an empty frame of that size. The queries are those of the search fixtures,
//! typed letter by letter and cleared again; the behaviours added to the built-in ones have about 26 words. Processor
//! time per key, alternating, medians.

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

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use cairn_coach::app::{LookReply, Model, Msg, Opened, Reflect, Screen, Snapshot, Step, update};
use cairn_coach::config::Theme;
use cairn_coach::desk::LoadedPacks;
use cairn_coach::domain::{AppliesTo, Behaviour, Framework, Library, Person, Place, Profile, Scale, Theme as Group};
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::Index;
use cairn_coach::tui::{Painter, draw};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{execute, queue};

use measure::{Outcome, cpu_ms, in_turns, wanted, within};
use paper::{Empty, Paper, WINDOW, paper};
use synthetic::records;
use table::{Bar, Table};

/// One query of the fixture in this many is typed.
const EVERY: usize = 12;
/// Number of words of a long text.
const LONG: usize = 5_000;

fn main() -> Outcome<ExitCode> {
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    crossterm::style::force_color_output(true);
    let mut table = Table::begin();
    for (added, bar, rounds) in [(0, 6.0, 21), (1_000, 6.0, 21), (10_000, 9.0, 15), (100_000, 55.0, 5)] {
        typing(added, Bar::AtMost(bar), rounds, &mut table)?;
    }
    details(&mut table)?;
    rules(&mut table)?;
    long_text(&mut table)?;
    Ok(table.end())
}

/// Measures queries typed in Find, with `added` generated behaviours beside the built-in ones.
fn typing(added: usize, bar: Bar, rounds: usize, table: &mut Table) -> Outcome<()> {
    let mut program = Program::open(library(added))?;
    let mut empty = Empty::new()?;
    program.press("2")?;
    let queries: Vec<&str> = include_str!("../fixtures/queries-tune.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(query, _)| query)
        .step_by(EVERY)
        .collect();
    let keys: usize = queries.iter().map(|query| query.chars().count() + 1).sum();
    let all = || Ok(cpu_ms(|| queries.iter().try_for_each(|query| program.type_and_clear(query))) / keys as f64);
    let spent = in_turns(rounds, all, || Ok(empty.many(keys)))?;
    if program.model.person.screen != Screen::Find || program.written.get() == 0 {
        return Err("nothing was typed".into());
    }
    let what = match added {
        0 => "key to bytes, built-in library".to_owned(),
        _ => format!("key to bytes, {added} behaviours more"),
    };
    table.ratio(&format!("{what} / empty draw"), spent, bar);
    if added == 100_000 {
        table.figure(&format!("{what}: 99 % within"), slowest(&mut program, &queries)?, Bar::AtMost(16.0));
    }
    Ok(())
}

/// Returns the 99th percentile of the time per key in milliseconds.
fn slowest(program: &mut Program, queries: &[&str]) -> Outcome<f64> {
    let mut spent = Vec::new();
    for query in queries {
        for letter in query.chars() {
            spent.push(cpu_ms(|| program.letter(letter)));
        }
        program.press("ctrl-u")?;
    }
    Ok(within(spent, 99))
}

/// Measures going down the list in Find, which draws one detail after another, and opening a reflection with enter.
fn details(table: &mut Table) -> Outcome<()> {
    const STEPS: usize = 20;
    let (mut program, mut empty) = (Program::open(library(0))?, Empty::new()?);
    program.press("2")?;
    let down = || {
        let spent = cpu_ms(|| (0..STEPS).try_for_each(|_| program.press("down")));
        (0..STEPS).try_for_each(|_| program.press("up"))?;
        Ok(spent / STEPS as f64)
    };
    let spent = in_turns(31, down, || Ok(empty.many(STEPS)))?;
    table.ratio("open a detail: the next row in Find / empty draw", spent, Bar::AtMost(4.0));

    let open = || {
        let spent = cpu_ms(|| program.press("enter"));
        program.press("esc")?;
        Ok(spent)
    };
    let spent = in_turns(101, open, || Ok(empty.many(1)))?;
    table.ratio("open a behaviour to reflect on / empty draw", spent, Bar::AtMost(4.0));
    Ok(())
}

/// Measures the list of the built-in rules: going down it, and narrowing it by typing.
fn rules(table: &mut Table) -> Outcome<()> {
    const STEPS: usize = 20;
    let loaded_packs = LoadedPacks::load(&[]);
    let (mut program, mut empty) = (Program::open(library(0))?, Empty::new()?);
    program.press("6")?;
    let book = loaded_packs.rulebook(&program.model.person.snapshot.profile);
    update(&mut program.model, Msg::Look(LookReply::Rulebook(Box::new(book))));
    program.draw()?;
    let down = || {
        let spent = cpu_ms(|| (0..STEPS).try_for_each(|_| program.press("down")));
        (0..STEPS).try_for_each(|_| program.press("up"))?;
        Ok(spent / STEPS as f64)
    };
    let spent = in_turns(31, down, || Ok(empty.many(STEPS)))?;
    table.ratio("the next row in Rules / empty draw", spent, Bar::AtMost(4.0));
    let word = "room to grow fl-5";
    let typed = || Ok(cpu_ms(|| program.type_and_clear(word)) / (word.len() + 1) as f64);
    let spent = in_turns(31, typed, || Ok(empty.many(word.len() + 1)))?;
    table.ratio("a letter typed in Rules / empty draw", spent, Bar::AtMost(6.0));
    Ok(())
}

/// Measures writing in a text of 5,000 words: moving the caret, typing a letter, redrawing a page.
fn long_text(table: &mut Table) -> Outcome<()> {
    const KEYS: usize = 20;
    let (mut program, mut empty) = (Program::open(library(0))?, Empty::new()?);
    for key in ["2", "enter"] {
        program.press(key)?;
    }
    while !matches!(program.model.person.reflect.as_ref().map(Reflect::step), Some(Step::Write(_))) {
        program.press("tab")?;
    }
    let sentence = "On Tuesday I asked the team how the rota could work and waited for their ideas.";
    let paragraph = [sentence; 7].join(" ");
    let words = sentence.split_whitespace().count() * 7;
    let text = vec![paragraph; LONG.div_ceil(words)].join("\n\n");
    update(&mut program.model, Msg::Paste(text));
    program.draw()?;
    for (what, keys) in
        [("caret left", ["left"; KEYS]), ("caret a row up", ["up"; KEYS]), ("a letter typed", ["x"; KEYS])]
    {
        let press = || Ok(cpu_ms(|| keys.iter().try_for_each(|key| program.press(key))) / KEYS as f64);
        let spent = in_turns(15, press, || Ok(empty.many(KEYS)))?;
        table.ratio(&format!("a text of {LONG} words, {what} / empty draw"), spent, Bar::AtMost(4.0));
    }
    Ok(())
}

/// The screens without a terminal.
struct Program {
    model: Model,
    paper: Paper,
    /// Bytes written so far.
    written: Rc<Cell<usize>>,
}

impl Program {
    fn open(library: Library) -> Outcome<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let mut model = Model::new(today, false);
        model.shell.size = WINDOW;
        let snapshot = Snapshot::of_nobody(Profile::new(&library, Person::default(), today, Vec::new(), &[], &[]));
        let index = Arc::new(Index::of_library(&library));
        let (banner, said) = (String::new(), String::new());
        let opened = Opened { library: Arc::new(library), index, snapshot, banner, reflect_on: None, shut: None, said };
        update(&mut model, Msg::Opened(Box::new(opened)));
        let written = Rc::default();
        let mut program = Self { model, paper: paper(&written)?, written };
        program.draw()?;
        Ok(program)
    }

    /// Draws one frame, as the program's own screen does.
    fn draw(&mut self) -> io::Result<()> {
        let (model, paint) =
            (&mut self.model, Painter { theme: Theme::built_in("dark").expect("it comes along"), ascii: false });
        queue!(self.paper.backend_mut(), BeginSynchronizedUpdate)?;
        self.paper.draw(|frame| draw(model, paint, frame))?;
        execute!(self.paper.backend_mut(), EndSynchronizedUpdate)
    }

    fn press(&mut self, key: &str) -> io::Result<()> {
        let chord = key.parse().map_err(|_| io::Error::other(format!("{key} is no key")))?;
        update(&mut self.model, Msg::Key(chord));
        self.draw()
    }

    fn type_and_clear(&mut self, query: &str) -> io::Result<()> {
        query.chars().try_for_each(|letter| self.letter(letter))?;
        self.press("ctrl-u")
    }

    fn letter(&mut self, letter: char) -> io::Result<()> {
        let name = if letter == ' ' { "space".to_owned() } else { letter.to_string() };
        self.press(&name)
    }
}

/// Returns the built-in library followed by `added` generated behaviours.
fn library(added: usize) -> Library {
    let known = load(&builtin_packs()).library;
    if added == 0 {
        return known;
    }
    let made = records(added);
    let group = |title: &str| Group {
        code: title.to_owned(),
        id: title.to_owned(),
        title: title.to_owned(),
        motto: String::new(),
        aliases: Vec::new(),
        about: String::new(),
        levels: Vec::new(),
    };
    let titles: BTreeSet<&str> = made.iter().map(|one| one.theme).collect();
    let themes = titles.into_iter().map(group).collect();
    let framework = Framework {
        id: "made".to_owned(),
        edition: "1".to_owned(),
        title: "Made up".to_owned(),
        summary: String::new(),
        pack: "made".to_owned(),
        scale: Scale::standard(),
        importance: Scale::standard_importance(),
        levels: Vec::new(),
        arenas: Vec::new(),
        themes,
        externals: Vec::new(),
    };
    let behaviours = made.into_iter().map(|one| Behaviour {
        framework: "made".to_owned(),
        code: one.code,
        theme: one.theme.to_owned(),
        title: one.title,
        statement: one.statement,
        easy: String::new(),
        indicators: Vec::new(),
        opposite: String::new(),
        arenas: Vec::new(),
        applies_to: AppliesTo::Any,
        levels: Vec::new(),
        targets: Vec::new(),
        aliases: Vec::new(),
        keywords: one.keywords,
        source: Place { document: String::new(), theme: String::new(), position: 0 },
        reworded: Vec::new(),
    });
    // Only the content is copied, because the look-up tables have to be rebuilt for the whole library.
    let mut library = Library::default();
    library.frameworks = known.frameworks.into_iter().chain([framework]).collect();
    library.behaviours = known.behaviours.into_iter().chain(behaviours).collect();
    library.prompts = known.prompts;
    library.activities = known.activities;
    library.links = known.links;
    library.synonyms = known.synonyms;
    library.indexed().catalogued()
}

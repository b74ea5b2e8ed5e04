//! Plain mode as a conversation over the core, without a process: no input causes a panic, nothing is printed that a
//! screen reader cannot read, every command can be run by a line, and every listed row can be chosen.

use cairn_coach::app::{Layer, Model, Msg, Notice, Screen, update};
use cairn_coach::command::{COMMANDS, Command};
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::plain::{ParsedLine, Talk, Then};
use cairn_coach::run::{opened, perform};

use crate::harness::TODAY;

/// Steps of one random walk, and the number of walks.
const STEPS: usize = 220;
const WALKS: u64 = 4;

/// Enabled commands that no line runs, each with its reason.
const NOT_BY_LINE: &[(Command, &str)] = &[
    (Command::Help, "told at once: a page that lies over another has no use where nothing lies over anything"),
    (Command::Palette, "the same: every command is said by its name already"),
    (Command::Messages, "the same: they are said again at once"),
    (Command::CopyPage, "a clipboard is reached by an escape sequence; lines can be copied where they are read"),
];

/// A conversation.
struct Plain {
    model: Model,
    desk: Desk,
    talk: Talk,
    /// The latest output.
    said: Vec<String>,
}

impl Plain {
    fn open(opening: &OpenOptions) -> Self {
        let mut desk = Desk::open(&OpenOptions { today: Some(TODAY), ..opening.clone() }).expect("the desk opens");
        let everything = opened(&mut desk, None).expect("the records can be read");
        let model = Model::new(desk.today(), opening.demo);
        let mut plain = Self { model, desk, talk: Talk::default(), said: Vec::new() };
        let notices = plain.send(Msg::Opened(Box::new(everything)));
        plain.said = plain.talk.begin(&plain.model, &notices);
        plain
    }

    fn demo(person: Option<&str>) -> Self {
        Self::open(&OpenOptions { demo: true, person: person.map(str::to_owned), ..OpenOptions::default() })
    }

    fn send(&mut self, msg: Msg) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut waiting = update(&mut self.model, msg);
        notices.extend(self.model.person.notice.take());
        while !waiting.is_empty() {
            let outcome = perform(&mut self.desk, waiting.remove(0));
            waiting.extend(update(&mut self.model, outcome));
            notices.extend(self.model.person.notice.take());
        }
        notices
    }

    fn hear(&self, line: &str) -> ParsedLine {
        self.talk.parse(&self.model, line)
    }

    /// Processes a line and returns the output.
    fn line(&mut self, line: &str) -> String {
        let heard = self.hear(line);
        let notices: Vec<Notice> = heard.msgs.into_iter().flat_map(|msg| self.send(msg)).collect();
        self.said = self.talk.render(&self.model, &heard.then, &notices);
        self.said.join("\n")
    }

    fn lines(&mut self, lines: &[&str]) -> String {
        lines.iter().map(|line| self.line(line)).last().unwrap_or_default()
    }

    /// Returns the numbers of the rows in the latest output.
    fn numbers(&self) -> Vec<usize> {
        self.said.iter().filter_map(|line| line.split_once(". ")?.0.parse().ok()).collect()
    }
}

/// A reproducible random sequence.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).expect("small")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Returns whether a character confuses screen readers or could move a cursor.
fn is_noise(c: char) -> bool {
    c.is_control()
        || ('\u{2190}'..='\u{21ff}').contains(&c)
        || ('\u{2500}'..='\u{25ff}').contains(&c)
        || ('\u{2700}'..='\u{27bf}').contains(&c)
        || ('\u{2800}'..='\u{28ff}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
}

/// Asserts that the output can be spoken and names no key, because plain mode has none.
fn is_clean(plain: &Plain, line: &str) {
    for told in &plain.said {
        assert!(!told.contains(is_noise), "after {line:?}: {told:?}");
        assert!(!told.trim().is_empty() || told.is_empty(), "after {line:?} a line of blanks");
        for key in ["ctrl-", "shift-tab", "pagedown", "with esc", "enter goes", "enter closes", "tab goes", "; a notes"]
        {
            assert!(!told.contains(key), "after {line:?} a key is named: {told:?}");
        }
    }
}

const WORDS: &[&str] = &[
    "red tape",
    "Ll\u{177}r",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{628}\u{643}",
    "\u{1f468}\u{200d}\u{1f469}",
    ".",
    "..",
    "",
    "  ",
    "::",
    ":",
    ":)",
    "?",
    ":?",
    "0",
    "999999999999999999999999",
    "-1",
    "1.",
    "1 2 3",
    "accept 99",
    "\u{1b}[31mred\u{7}",
    "2026-12-06",
    "+14",
    "yes",
    "no",
    "dev",
    "help done",
    "again",
    "more",
    "show",
    "show 2",
    "open 1",
    "where",
    "messages",
    ":erase",
    "find no time",
    ":journal the",
    ":rules close",
    "reflect FL-5",
    "n",
    "c",
    "p",
    "a\u{202e}b",
    "save",
    "quit now",
];

/// Returns a random plausible line: an enabled command, a row, or words.
fn some_line(plain: &Plain, dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=4 => {
            let on: Vec<Command> = COMMANDS
                .iter()
                .map(|entry| entry.command)
                .filter(|command| *command != Command::Quit && plain.model.can(*command).is_ok())
                .collect();
            format!(":{}", dice.of(&on).entry().id)
        }
        5..=6 => match plain.numbers().as_slice() {
            [] => "1".to_owned(),
            rows => dice.of(rows).to_string(),
        },
        _ => (*dice.of(WORDS)).to_owned(),
    }
}

fn is_run(heard: &ParsedLine, command: Command) -> bool {
    heard.msgs.iter().any(|msg| matches!(msg, Msg::Run(run) if *run == command))
}

/// Asserts that every enabled command can be run, by its id and by the name in help.
fn all_can_be_run(plain: &Plain) {
    for entry in COMMANDS {
        let command = entry.command;
        if plain.model.can(command).is_err() || NOT_BY_LINE.iter().any(|(other, _)| *other == command) {
            continue;
        }
        let heard = plain.hear(&format!(":{}", entry.id));
        assert!(is_run(&heard, command), "{} on {:?} is heard as {heard:?}", entry.id, plain.model.person.screen);
    }
}

fn every_name_in_help_works(plain: &mut Plain) {
    let told = plain.talk.render(&plain.model, &Then::Help(String::new()), &[]);
    for line in told.iter().take_while(|line| *line != "Reading:") {
        let Some((name, help)) = line.split_once(". ") else { continue };
        let meant = COMMANDS.iter().find(|entry| entry.help == help && plain.model.can(entry.command).is_ok());
        let Some(entry) = meant else { continue };
        let heard = plain.hear(&format!(":{}", name.trim_start_matches(':')));
        assert!(is_run(&heard, entry.command), "{name} is heard as {heard:?}");
    }
}

/// Asserts that the number of every listed row is understood.
fn every_row_can_be_chosen(plain: &Plain) {
    let listed = plain.numbers();
    let is_list = listed.iter().enumerate().all(|(at, number)| *number == listed[0] + at);
    // Help and texts of people may contain numbered lines too; a list starts at 1 or continues the previous part.
    if !is_list || listed.is_empty() {
        return;
    }
    for number in listed {
        let heard = plain.hear(&number.to_string());
        let chosen = heard.msgs.iter().any(|msg| matches!(msg, Msg::Mark(row) if *row == number - 1));
        let is_text = heard.msgs.iter().any(|msg| matches!(msg, Msg::Replace(_)));
        assert!(chosen || is_text, "{number} is heard as {heard:?} after\n{}", plain.said.join("\n"));
    }
}

#[test]
fn whatever_is_said_nothing_breaks_and_everything_can_be_heard() {
    for seed in 1..=WALKS {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut plain = Plain::demo([None, Some("Amira Khan"), None, Some("Ben Osei")][(seed % 4) as usize]);
        for step in 0..STEPS {
            let line = some_line(&plain, &mut dice);
            let _ = plain.line(&line);
            is_clean(&plain, &line);
            assert!(
                !plain
                    .model
                    .person
                    .layers
                    .iter()
                    .any(|layer| matches!(layer, Layer::Help(_) | Layer::Palette(_) | Layer::Messages(_))),
                "help lies over something"
            );
            assert!(!plain.model.shell.quit, "{line:?} ended it");
            if !line.contains("help") && !line.contains("show") && line != "messages" && line != "?" && line != ":?" {
                every_row_can_be_chosen(&plain);
            }
            all_can_be_run(&plain);
            if step % 10 == 0 {
                every_name_in_help_works(&mut plain);
            }
        }
    }
}

/// Locks and backups need records on the disk.
fn locks_and_backups(never: &mut Vec<Command>) {
    let home = tempfile::tempdir().expect("a folder can be made");
    let mut plain = Plain::open(&OpenOptions { data_dir: Some(home.path().join("data")), ..OpenOptions::default() });
    let phrase = "Four words of mine";
    for line in ["say where you lead", "plan", "new", "Ask Sam", ":take", "home", "passphrase", phrase, phrase] {
        let _ = plain.line(line);
        all_can_be_run(&plain);
        never.retain(|command| plain.model.can(*command).is_err());
    }
}

#[test]
fn every_command_of_the_table_is_on_somewhere_and_can_be_said_there() {
    // The places of the program, each with lines that lead there.
    let ways: &[(Option<&str>, &[&str])] = &[
        (None, &[]),
        (None, &["find listening"]),
        (None, &["find listening", "1"]),
        (None, &["find listening", "1", "3", "1"]),
        (None, &["find listening", "1", "3", "1", "Some words.", "More of them."]),
        (None, &["find listening", "1", "3", "1", "Some words.", ":undo"]),
        (None, &["find listening", "1", "3", "1", "Some words.", ":select-all"]),
        (None, &["find listening", "1", "3", "1", "Some words.", ":select-all", ":copy"]),
        (None, &["tour"]),
        (None, &["tour", "next"]),
        (None, &["reflect FL-5", "3", ":back", ":next"]),
        (None, &["reflect FL-5", "3", "1", ".", ".", ".", ".", "."]),
        (None, &["advice"]),
        (None, &["advice", "decline 1"]),
        (None, &["advice", "rule 1"]),
        (None, &["plan"]),
        (None, &["plan", "new"]),
        (None, &["plan", "done 1"]),
        (None, &["plan", "done 1", "1"]),
        (None, &["plan", "done 1", "1", "Much.", "4", "5"]),
        (None, &["rules"]),
        (None, &["rules", "3"]),
        (None, &["rules did not apply", "2", "next rule"]),
        (None, &["progress"]),
        (None, &["journal"]),
        (None, &["journal", "1", ":open"]),
        (None, &["session"]),
        (None, &["session", "1", "Words."]),
        (None, &["session", "1", "Words.", ":summary"]),
        (None, &["people"]),
        (None, &["session", "1", "He hit her again.", ":summary", "finish session"]),
        (None, &["session", "1", "He hit her again.", ":summary", "finish session", "back"]),
        (Some("Amira Khan"), &["journal", "kind:note", "1"]),
        (Some("Amira Khan"), &[]),
        (Some("Amira Khan"), &["change"]),
        (Some("Amira Khan"), &["who can see what", "1", "done"]),
        (Some("Amira Khan"), &["progress"]),
        (Some("Amira Khan"), &["who can see what"]),
        (Some("Amira Khan"), &["session", "1", "next", ":private lines", "Words."]),
        (Some("Amira Khan"), &["session", "1", "next", "Words.", ":find risk"]),
        (Some("Amira Khan"), &["compare ratings"]),
        (Some("Amira Khan"), &["compare ratings", "go on", "1", "1", "1"]),
        (Some("Ben Osei"), &[]),
        (Some("Ben Osei"), &["compare ratings", "go on"]),
        (Some("Ben Osei"), &["compare ratings", "go on", "1"]),
    ];
    let mut never: Vec<Command> = COMMANDS.iter().map(|entry| entry.command).collect();
    for (person, lines) in ways {
        let mut plain = Plain::demo(*person);
        let _ = plain.lines(lines);
        all_can_be_run(&plain);
        every_name_in_help_works(&mut plain);
        never.retain(|command| plain.model.can(*command).is_err());
    }
    locks_and_backups(&mut never);
    // Whole pages are printed, so there is no scrolling. The rest needs packs in folders, answers given for another
    // purpose, or scales longer than the built-in ones.
    let rare = [
        Command::PageDown,
        Command::PageUp,
        // Selecting and copying exist on screen only.
        Command::CopyPage,
        Command::Cut,
        Command::Copy,
        Command::Insert,
        Command::ReadAgain,
        Command::UseEarlier,
        Command::Pick6,
        Command::Pick7,
        Command::Pick8,
        Command::Pick9,
        // Plain mode has no theme, nothing to copy and no overlays.
        Command::CopyPage,
        Command::Theme,
        Command::RunCommand,
    ];
    never.retain(|command| !rare.contains(command));
    let names: Vec<&str> = never.iter().map(|command| command.entry().id).collect();
    assert!(names.is_empty(), "never on: {names:?}");
}

#[test]
fn what_has_not_changed_is_not_told_again() {
    let mut plain = Plain::demo(None);
    let first = plain.line("advice");
    assert!(first.contains("1. ") && first.contains("Type a number to read that row"), "{first}");
    let shown = plain.line("1");
    assert!(shown.starts_with("1 of ") && !shown.contains("2. "), "{shown}");
    let why = plain.line("why");
    assert!(why.starts_with("Rule: ") && !why.contains("First step"), "{why}");
    assert_eq!(plain.line("why"), "No longer shown.");
    let again = plain.line("");
    assert!(again.contains(&first), "an empty line repeats:\n{again}");
    plain.line("plan");
    let back = plain.line("back");
    assert!(!back.contains("Type a number to read that row"), "what was taught is not taught again:\n{back}");
}

#[test]
fn words_that_are_no_command_are_answered_with_the_nearest() {
    let mut plain = Plain::demo(None);
    assert!(plain.line("advise").contains("Did you mean \"advice\"?"), "{:?}", plain.said);
    assert!(plain.line("p").contains("could be"), "{:?}", plain.said);
    assert_eq!(plain.line("adv").lines().next().map(|line| line.starts_with("Advice.")), Some(true));
    assert!(plain.line("accept 99").starts_with("Type a number from 1 to "), "{:?}", plain.said);
    assert_eq!(plain.line("reopen"), "Reopen: You can use this in: the plan screen.");
    // In a search line the same words are a query, and the colon is suggested.
    plain.line("find");
    assert!(
        plain.line("back").ends_with("That was a search. If you meant the command, type \":back\"."),
        "{:?}",
        plain.said
    );
    assert_eq!(plain.model.person.screen, Screen::Find);
    plain.line(":back");
    assert_eq!(plain.model.person.screen, Screen::Advice);
}

#[test]
fn where_a_line_is_text_commands_are_named_with_their_colon() {
    let mut plain = Plain::demo(None);
    assert!(plain.line("hepl me").contains("Type \"help\" to list commands"));
    plain.lines(&["reflect FL-5", "2", "3"]);
    let said = plain.line(":svae");
    assert!(said.contains("Did you mean \":save\"?") && said.contains("Type \":help\""), "{said}");
}

#[test]
fn an_answer_has_as_many_lines_as_it_needs() {
    let mut plain = Plain::demo(None);
    plain.lines(&["reflect FL-5", "2", "3"]);
    for line in ["One.", "", "..", "::two", ":) three :D", "\u{1b}[31mfour", ":D"] {
        assert_eq!(plain.line(line), "", "nothing is said while somebody writes");
    }
    assert!(plain.line("save").starts_with("Added to your text."), "{:?}", plain.said);
    plain.line(":undo");
    let shown = plain.line(":show");
    assert_eq!(shown, "You wrote 7 lines:\nOne.\n\n.\n:two\n:) three :D\n[31mfour\n:D");
    assert!(plain.line(":nonsense").contains("not a command"), "{:?}", plain.said);
    assert!(plain.line(".").starts_with("Saved, 7 lines."), "{:?}", plain.said);
    plain.line(":previous");
    assert!(plain.said.join("\n").contains("You wrote so far:\nOne."), "{:?}", plain.said);
    assert_eq!(plain.line(":erase"), "Erased. Start again.");
    assert_eq!(plain.line(":undo"), "The text now has 7 lines. To read it, type \":show\".");
    assert!(plain.line(":show").contains("One."), "an erased answer can be taken back");
}

//! Types keys into the real screens over a real desk, and reads what is drawn. No terminal, no thread, no sleep.

use std::path::Path;

use cairn_coach::app::{Model, Msg, update};
use cairn_coach::config::Theme;
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::Day;
use cairn_coach::run::{opened, perform};
use cairn_coach::tui::{Painter, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

/// The date of all tests.
pub(crate) const TODAY: Day = jiff::civil::date(2026, 11, 22);

/// The program under test.
pub(crate) struct App {
    pub(crate) model: Model,
    pub(crate) desk: Box<Desk>,
    pub(crate) theme: Theme,
    /// Draws lines and symbols in ASCII.
    pub(crate) ascii: bool,
    folder: Option<tempfile::TempDir>,
}

impl App {
    /// A new user: empty records in a temporary folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let opening =
            OpenOptions { data_dir: Some(folder.path().join("data")), today: Some(TODAY), ..OpenOptions::default() };
        Self { folder: Some(folder), ..Self::over(&opening) }
    }

    /// The demonstration: a user in the middle of a month.
    pub(crate) fn demo() -> Self {
        Self::over(&OpenOptions { demo: true, today: Some(TODAY), ..OpenOptions::default() })
    }

    /// The demonstration with the records of a client open.
    pub(crate) fn client(name: &str) -> Self {
        let person = Some(name.to_owned());
        Self::over(&OpenOptions { demo: true, today: Some(TODAY), person, ..OpenOptions::default() })
    }

    pub(crate) fn over(opening: &OpenOptions) -> Self {
        Self::at(Desk::open(opening).expect("the desk opens"), opening.demo)
    }

    /// The screens over a desk that already has content.
    pub(crate) fn at(desk: Desk, demo: bool) -> Self {
        let mut desk = Box::new(desk);
        let mut model = Model::new(desk.today(), demo);
        model.shell.watch.after = cairn_coach::config::Settings::default().lock_after;
        model.shell.themes = vec!["dark".to_owned(), "light".to_owned()];
        "dark".clone_into(&mut model.shell.theme);
        let everything = opened(&mut desk, None).expect("the records can be read");
        update(&mut model, Msg::Opened(Box::new(everything)));
        let theme = Theme::built_in("dark").expect("it comes along");
        Self { model, desk, theme, ascii: false, folder: None }
    }

    /// The demonstration, with the pack in a folder in addition to the built-in packs.
    pub(crate) fn with_pack(pack: &Path) -> Self {
        Self::over(&OpenOptions {
            demo: true,
            today: Some(TODAY),
            packs: vec![pack.to_path_buf()],
            ..OpenOptions::default()
        })
    }

    /// Opens the same records again, as the next start would.
    pub(crate) fn restarted(self) -> Self {
        let folder = self.folder.expect("records on disk");
        let opening =
            OpenOptions { data_dir: Some(folder.path().join("data")), today: Some(TODAY), ..OpenOptions::default() };
        drop(self.desk);
        Self { folder: Some(folder), ..Self::over(&opening) }
    }

    /// Reads the records again, after something was written or other records were opened on the desk.
    pub(crate) fn reopened(mut self) -> Self {
        let everything = opened(&mut self.desk, None).expect("the records can be read");
        self.send(Msg::Opened(Box::new(everything)));
        self
    }

    /// Returns the folder of the records.
    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.as_ref().expect("records on disk").path().join("data")
    }

    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.send(Msg::Resize(columns, rows));
        self
    }

    /// Sends a message and performs its effects until there are no more.
    pub(crate) fn send(&mut self, msg: Msg) {
        // What a key does depends on sizes on screen, so a frame is drawn before each message, as in the program.
        self.look();
        let mut waiting = update(&mut self.model, msg);
        while !waiting.is_empty() {
            let effect = waiting.remove(0);
            let outcome = perform(&mut self.desk, effect);
            waiting.extend(update(&mut self.model, outcome));
        }
    }

    /// Types keys by name, and texts in quotation marks: `/ 'no time' enter 2`.
    pub(crate) fn keys(mut self, script: &str) -> Self {
        self.press(script);
        self
    }

    pub(crate) fn press(&mut self, script: &str) {
        for (at, part) in script.split('\'').enumerate() {
            if at % 2 == 1 {
                for c in part.chars() {
                    let chord = if c == ' ' { "space".parse() } else { c.to_string().parse() };
                    self.send(Msg::Key(chord.expect("a letter is a key")));
                }
                continue;
            }
            for key in part.split_whitespace() {
                self.send(Msg::Key(key.parse().unwrap_or_else(|error| panic!("{error}"))));
            }
        }
    }

    /// Draws a frame, so that the next message finds the sizes on screen.
    pub(crate) fn look(&mut self) {
        let mut model = self.model.clone();
        let _ = self.drawn(&mut model);
        self.model.view = model.view;
    }

    fn buffer(&self) -> Buffer {
        self.drawn(&mut self.model.clone())
    }

    fn drawn(&self, model: &mut Model) -> Buffer {
        let (columns, rows) = model.shell.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
        let paint = Painter { theme: self.theme, ascii: self.ascii };
        terminal.draw(|frame| draw(model, paint, frame)).expect("a frame");
        terminal.backend().buffer().clone()
    }

    /// Returns the text on screen, without trailing blanks.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).map(|row| {
            let text: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            text.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Returns runs of the same style, one per line: `row from..to "text" colour attributes`, for everything that is
    /// not plain.
    pub(crate) fn styles(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let mut lines = Vec::new();
        for (y, row) in buffer.content.chunks(width).enumerate() {
            let mut from = 0;
            while from < row.len() {
                let (fg, modifier) = (row[from].fg, row[from].modifier);
                let to = (from..row.len())
                    .find(|at| (row[*at].fg, row[*at].modifier) != (fg, modifier))
                    .unwrap_or(row.len());
                if fg != Color::Reset || modifier != Modifier::empty() {
                    let text: String = row[from..to].iter().map(ratatui::buffer::Cell::symbol).collect();
                    lines.push(format!("{y} {from}..{to} {:?} {fg:?} {modifier:?}", text.trim_end()));
                }
                from = to;
            }
        }
        lines.join("\n")
    }

    /// Asserts that a text is on the screen.
    pub(crate) fn sees(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(screen.contains(text), "the screen does not say {text:?}:\n{screen}");
        self
    }

    /// Asserts that a text is not on the screen.
    pub(crate) fn misses(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "the screen says {text:?}:\n{screen}");
        self
    }
}

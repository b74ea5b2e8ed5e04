//! A page as data: its content and order, not its appearance. Markdown, HTML and JSON are made from it, and screens may
//! show it.

use serde::Serialize;

use crate::domain::{Party, clean};

/// Text on a page, cleaned of control characters when it is created; this includes what the user wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: AsRef<str>> From<T> for Words {
    fn from(text: T) -> Self {
        Self(clean(text.as_ref()).trim().to_owned())
    }
}

/// A complete page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Title: what the page is, and about whom.
    pub title: Words,
    /// Id of the party it is for: `client`, `coach` or `sponsor`.
    #[serde(rename = "for")]
    pub reader: &'static str,
    /// Facts under the title: date, purpose, readers.
    pub facts: Vec<Fact>,
    /// One or two introductory sentences; may be empty.
    pub opening: Words,
    /// Sections in order, strengths first.
    pub sections: Vec<Section>,
    /// Frameworks that the page uses.
    pub credits: Vec<Credit>,
    /// Closing notes.
    pub closing: Vec<Words>,
}

impl Page {
    /// Returns the texts that say what was written and agreed, without headings and labels, in no particular order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let facts = self.facts.iter().map(|fact| fact.text.as_str());
        let blocks = self.sections.iter().flat_map(|section| &section.blocks).flat_map(Block::texts);
        let ends = std::iter::once(self.title.as_str()).chain(self.closing.iter().map(Words::as_str));
        ends.chain(facts).chain(std::iter::once(self.opening.as_str())).chain(blocks)
    }

    pub(super) fn new(title: &str, party: Party) -> Self {
        Self {
            title: title.into(),
            reader: party.id(),
            facts: Vec::new(),
            opening: Words::default(),
            sections: Vec::new(),
            credits: Vec::new(),
            closing: Vec::new(),
        }
    }

    /// Adds a fact under the title, unless it is empty.
    pub(super) fn fact(&mut self, word: &str, text: impl AsRef<str>) {
        self.facts.extend(Fact::said(word, text));
    }

    /// Adds a section, unless it is empty.
    pub(super) fn section(&mut self, id: &'static str, title: impl AsRef<str>, blocks: Vec<Block>) {
        self.sections.extend(Section::of(id, title, blocks));
    }
}

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label.
    pub word: Words,
    /// The text.
    pub text: Words,
}

impl Fact {
    /// Returns a fact, unless its text is empty.
    pub(super) fn said(word: &str, text: impl AsRef<str>) -> Option<Self> {
        let text = Words::from(text);
        (!text.is_empty()).then(|| Self { word: word.into(), text })
    }
}

/// A part of the page with its own heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Identifier, unique on the page.
    pub id: &'static str,
    /// Heading.
    pub title: Words,
    /// Content.
    pub blocks: Vec<Block>,
}

impl Section {
    /// Returns a section, unless it is empty.
    pub(super) fn of(id: &'static str, title: impl AsRef<str>, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then(|| Self { id, title: title.into(), blocks })
    }
}

/// One block of a [`Section`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Paragraph written by the program.
    Text(Words),
    /// Less prominent paragraph that explains how to read what is beside it.
    Note(Words),
    /// Text that somebody wrote, with its line breaks.
    Quote(Words),
    /// List.
    Points(Vec<Words>),
    /// Item with a heading and facts.
    Item(Item),
    /// Table of numbers with a small drawing in each row.
    Table(Table),
    /// Space for the person to write in, with a hint at what belongs there.
    Blank(Words),
    /// Boxes to tick by hand.
    Ticks(Vec<Words>),
}

impl Block {
    /// Returns the texts of the block, without numbers.
    fn texts(&self) -> Vec<&str> {
        let words: Vec<&Words> = match self {
            Self::Text(words) | Self::Note(words) | Self::Quote(words) | Self::Blank(words) => vec![words],
            Self::Points(points) | Self::Ticks(points) => points.iter().collect(),
            Self::Item(item) => {
                let facts = item.facts.iter().map(|fact| &fact.text);
                [&item.title, &item.about, &item.quote, &item.question].into_iter().chain(facts).collect()
            }
            Self::Table(table) => table.rows.iter().map(|row| &row.words).collect(),
        };
        words.into_iter().map(Words::as_str).collect()
    }
}

/// An item with a heading and facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Item {
    /// Heading.
    pub title: Words,
    /// Sentence about it; may be empty.
    pub about: Words,
    /// Known facts.
    pub facts: Vec<Fact>,
    /// What somebody wrote about it; may be empty.
    pub quote: Words,
    /// Question to talk about; may be empty.
    pub question: Words,
}

impl Item {
    pub(super) fn titled(title: impl AsRef<str>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a fact, unless it is empty.
    pub(super) fn fact(&mut self, word: &str, text: impl AsRef<str>) {
        self.facts.extend(Fact::said(word, text));
    }
}

/// A table of numbers with a small drawing in each row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Caption.
    pub caption: Words,
    /// How to read the drawings.
    pub legend: Words,
    /// Headings of the first column, of the drawings, and of the numbers.
    pub heads: Vec<Words>,
    /// Rows, in order.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Name of what the row is about.
    pub name: Words,
    /// The drawing.
    pub drawing: Drawing,
    /// The drawing in words.
    pub words: Words,
    /// Numbers, one for each heading after that of the drawing.
    pub cells: Vec<Words>,
}

/// A small drawing on a scale that extends from the first to the second number of `scale`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// Two views of one behaviour, with the target.
    Views {
        /// The person's own rating.
        own: Option<i64>,
        /// The coach's rating.
        other: Option<i64>,
        /// The target; `None` if there is none.
        target: Option<i64>,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
    /// Ratings over time.
    Line {
        /// Days since the first day of the table, each with the rating.
        points: Vec<(i32, i64)>,
        /// Number of days that the table spans; at least 1.
        days: i32,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
    /// Mean of ratings.
    Bar {
        /// Ten times the mean, rounded.
        tenths: i64,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
}

/// Credit for a framework that the page quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credit {
    /// Name of the framework.
    pub title: Words,
    /// Current edition.
    pub edition: Words,
    /// Other editions under which older answers were given.
    pub older: Vec<Words>,
    /// Licence.
    pub licence: Words,
    /// Whom to credit.
    pub attribution: Words,
    /// What the pack was made from.
    pub source: Words,
    /// Id and version of its pack.
    pub pack: Words,
}

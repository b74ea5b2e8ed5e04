//! A page as data: what is on it and in which order, not how it looks. Markdown, HTML and JSON are made from it, and the
//! screens may show it.

use serde::Serialize;

use crate::domain::{Party, clean};

/// Text on a page. It was cleaned when it was put there, whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to read.
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

/// A whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What it is and whose.
    pub title: Words,
    /// Who it is for: `client`, `coach` or `sponsor`.
    #[serde(rename = "for")]
    pub reader: &'static str,
    /// What stands under the title: date, purpose, who reads it.
    pub facts: Vec<Fact>,
    /// A sentence or two before everything else; may be empty.
    pub opening: Words,
    /// In order, strengths first.
    pub sections: Vec<Section>,
    /// The frameworks it stands on.
    pub credits: Vec<Credit>,
    /// What is said at the very end.
    pub closing: Vec<Words>,
}

impl Page {
    /// Every text on the page, in no order that matters.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let facts = self.facts.iter().map(|fact| fact.text.as_str());
        let blocks = self.sections.iter().flat_map(|section| &section.blocks).flat_map(Block::texts);
        let ends = std::iter::once(self.title.as_str()).chain(self.closing.iter().map(Words::as_str));
        ends.chain(facts).chain(std::iter::once(self.opening.as_str())).chain(blocks)
    }

    /// An empty page.
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

    /// Adds a section, unless nothing is in it.
    pub(super) fn section(&mut self, id: &'static str, title: impl AsRef<str>, blocks: Vec<Block>) {
        self.sections.extend(Section::of(id, title, blocks));
    }
}

/// A word and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The word.
    pub word: Words,
    /// What it stands for.
    pub text: Words,
}

impl Fact {
    /// A fact, unless there is nothing to say.
    pub(super) fn said(word: &str, text: impl AsRef<str>) -> Option<Self> {
        let text = Words::from(text);
        (!text.is_empty()).then(|| Self { word: word.into(), text })
    }
}

/// A part of the page with its own heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Tells sections apart.
    pub id: &'static str,
    /// Its heading.
    pub title: Words,
    /// What is in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section, unless nothing is in it.
    pub(super) fn of(id: &'static str, title: impl AsRef<str>, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then(|| Self { id, title: title.into(), blocks })
    }
}

/// One block of a [`Section`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph of the page's own words.
    Text(Words),
    /// The same, quieter: how to read what stands beside it.
    Note(Words),
    /// What somebody wrote; line breaks are theirs.
    Quote(Words),
    /// A list.
    Points(Vec<Words>),
    /// Something with a heading and facts.
    Item(Item),
    /// Numbers, each row with a small drawing of them.
    Table(Table),
    /// Room for the person to write in, with what belongs there.
    Blank(Words),
    /// Boxes to tick by hand.
    Ticks(Vec<Words>),
}

impl Block {
    /// Every text in it, numbers left out.
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

/// Something with a heading and facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Item {
    /// Its heading.
    pub title: Words,
    /// A sentence about it; may be empty.
    pub about: Words,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// What somebody wrote about it; may be empty.
    pub quote: Words,
    /// A question to talk about; may be empty.
    pub question: Words,
}

impl Item {
    /// An item with a heading only.
    pub(super) fn titled(title: impl AsRef<str>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a fact, unless it is empty.
    pub(super) fn fact(&mut self, word: &str, text: impl AsRef<str>) {
        self.facts.extend(Fact::said(word, text));
    }
}

/// Numbers with a small drawing in each row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: Words,
    /// How to read the drawings.
    pub legend: Words,
    /// Heading of the first column, of the drawings, and of the numbers.
    pub heads: Vec<Words>,
    /// In order.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is about.
    pub name: Words,
    /// The drawing.
    pub drawing: Drawing,
    /// The drawing in words.
    pub words: Words,
    /// The numbers, one for each heading after the drawing's.
    pub cells: Vec<Words>,
}

/// A small drawing on a scale that goes from the first to the second number of `scale`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// Two views of one thing, and what is aimed at.
    Views {
        /// The person's own rating.
        own: Option<i64>,
        /// The coach's.
        other: Option<i64>,
        /// What is aimed at.
        target: i64,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
    /// Ratings over time.
    Line {
        /// Days since the first day of the table, and the rating.
        points: Vec<(i32, i64)>,
        /// How many days the table spans; at least 1.
        days: i32,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
    /// A mean in tenths of a point.
    Bar {
        /// Ten times the mean, rounded.
        tenths: i64,
        /// Lowest and highest point.
        scale: (i64, i64),
    },
}

/// A framework whose words stand on the page, and under which terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credit {
    /// Name of the framework.
    pub title: Words,
    /// Which publication of it.
    pub edition: Words,
    /// Editions under which older answers were given, where they are others.
    pub older: Vec<Words>,
    /// The terms.
    pub licence: Words,
    /// Whom to credit.
    pub attribution: Words,
    /// What it was made from.
    pub source: Words,
    /// Pack and version that hold it.
    pub pack: Words,
}

//! Problems in files that people write. Each names the file, the line, the problem and the next step. Packs and rules
//! use the same type, and it is printed the same way everywhere.

use std::fmt;

use super::clean::{clean, visible};

/// Maximum number of characters of the source line that are shown.
const SHOWN: usize = 160;
/// Number of characters shown before the fault if the line is longer than [`SHOWN`].
const BEFORE: usize = 60;

/// Whether a fault prevents the use of what contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be used.
    Error,
    /// It can be used, but should be corrected.
    Warning,
}

impl Severity {
    /// Returns the word printed before the message.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One fault in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether the fault prevents the use of the file.
    pub severity: Severity,
    /// The file name as its author knows it, such as `acme/activities.toml`.
    pub file: String,
    /// Line, counted from 1, if known.
    pub line: Option<usize>,
    /// Column in characters, counted from 1, if known.
    pub column: Option<usize>,
    /// The text of the line, or the part around the column if the line is long.
    pub source_line: String,
    /// What is wrong: a sentence without a full stop.
    pub message: String,
    /// The next step; may be empty.
    pub hint: String,
}

impl Fault {
    /// Creates an error in `file` without a position. All three arguments may quote text from the file and are cleaned.
    #[must_use]
    pub fn new(file: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            file: clean(&file.into()).replace('\n', " "),
            line: None,
            column: None,
            source_line: String::new(),
            message: clean(&message.into()),
            hint: clean(&hint.into()),
        }
    }

    /// Turns the fault into a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Sets the position to a byte offset in `text`.
    #[must_use]
    pub fn at_byte(self, text: &str, byte: usize) -> Self {
        let mut cut = byte.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let before = text.get(..cut).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        self.at(text, line, Some(column))
    }

    /// Sets the position to a line and column of `text`, both counted from 1.
    #[must_use]
    pub fn at(self, text: &str, line: usize, column: Option<usize>) -> Self {
        self.at_line(line, column, text.lines().nth(line.saturating_sub(1)).unwrap_or(""))
    }

    /// Sets the position to a line and column, both counted from 1, where the line reads `source`.
    #[must_use]
    pub fn at_line(mut self, line: usize, column: Option<usize>, source: &str) -> Self {
        self.line = Some(line);
        self.column = column;
        let skipped = skipped(column);
        let rest: String = source.chars().skip(skipped).take(SHOWN + 1).collect();
        let lead = if skipped > 0 { "\u{2026}" } else { "" };
        self.source_line = format!("{lead}{}", visible(&super::truncate(&rest, SHOWN)));
        self
    }

    /// Returns the number of characters of [`Fault::source_line`] before the fault.
    #[must_use]
    pub fn caret(&self) -> Option<usize> {
        let skipped = skipped(self.column);
        self.column.map(|column| column.saturating_sub(1 + skipped) + usize::from(skipped > 0))
    }

    /// Returns `file:line:column`, or as much of it as is known.
    #[must_use]
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            (Some(line), None) => format!("{}:{line}", self.file),
            _ => self.file.clone(),
        }
    }
}

/// Returns the number of characters left out at the start of a long line.
fn skipped(column: Option<usize>) -> usize {
    column.filter(|column| *column > SHOWN - BEFORE).map_or(0, |column| column - BEFORE)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.severity.word(), self.message)?;
        write!(f, "  --> {}", self.place())?;
        if let (Some(line), false) = (self.line, self.source_line.is_empty()) {
            let number = line.to_string();
            let gutter = " ".repeat(number.len());
            write!(f, "\n {gutter} |\n {number} | {}", self.source_line)?;
            if let Some(before) = self.caret() {
                write!(f, "\n {gutter} | {}^", " ".repeat(before))?;
            }
        }
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// Turns an error of the TOML parser into a message and a hint. There are specific hints for the most common mistakes
/// of authors.
#[must_use]
pub fn toml_words(raw: &str) -> (String, String) {
    let message = super::clean(raw).replace('\n', "; ");
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
    let hint = if message.starts_with("missing field") {
        format!("add {} = \"\u{2026}\" to this entry", quoted(&message))
    } else if message.starts_with("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        match nearest(&quoted(&message), known.iter().copied()) {
            Some(name) => did_you_mean(name),
            None => format!("the keys that you can use here are {}", known.join(", ")),
        }
    } else if message.starts_with("recursion limit") {
        "something has too many levels, so look for very many brackets, or full stops in a name".to_owned()
    } else if message.starts_with("invalid type") {
        "check the quotation marks and brackets of this value".to_owned()
    } else {
        "fix this line, because Cairn did not read anything after it".to_owned()
    };
    (super::truncate(&message, 300), hint)
}

/// Returns the hint for an unknown word that resembles a known one.
pub fn did_you_mean(near: impl std::fmt::Display) -> String {
    format!("did you mean \"{near}\"?")
}

/// Returns the entry of `known` that a mistyped `word` most likely meant: the nearest one with at most a third of the
/// letters different.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let limit = (wanted.len() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase().chars().take(64).collect::<Vec<_>>()), candidate))
        .filter(|(far, _)| *far <= limit)
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, candidate)| candidate)
}

/// Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_the_line_and_points_at_the_column() {
        let fault = Fault::new("acme/pack.toml", "the key is unknown", "remove it").at_byte("a = 1\nbüx = 2\n", 10);
        assert_eq!(fault.place(), "acme/pack.toml:2:4");
        assert!(fault.to_string().contains(" 2 | büx = 2\n   |    ^"), "{fault}");
    }

    #[test]
    fn a_quoted_line_paints_nothing_and_a_long_one_is_shown_around_the_place() {
        let shown = Fault::new("a", "b", "").at("x = \"\u{1b}[31m\t\u{202e}\"", 1, Some(6)).to_string();
        assert!(shown.contains("x = \"\u{fffd}[31m \u{fffd}\"\n   |      ^"), "{shown}");
        let long = format!("{}here{}", "ab ".repeat(1_000), " cd".repeat(1_000));
        let shown = Fault::new("a", "b", "").at(&long, 1, Some(3_001)).to_string();
        let lines: Vec<&str> = shown.lines().collect();
        let caret = lines[4].chars().position(|c| c == '^').expect("a caret");
        assert!(lines[3].chars().count() < 180 && lines[3].contains("\u{2026}"), "{shown}");
        assert_eq!(lines[3].chars().skip(caret).take(4).collect::<String>(), "here", "{shown}");
    }

    #[test]
    fn the_nearest_name_forgives_swaps_but_not_everything() {
        assert_eq!(nearest("raitng", ["rating", "trend"]), Some("rating"));
        assert_eq!(nearest("FL-9", ["FL-5", "DT-1"]), Some("FL-5"));
        assert_eq!(nearest("budget", ["rating", "trend"]), None);
    }
}

//! Output of the command line. It is collected and written once, so that a closed pipe does not cause a panic and an
//! error leaves no partial output.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::app::wrapped;
use crate::desk::{LoadedPacks, OpenOptions, PackOrigin};
use crate::domain::{Block, Fault, LeafSeen, ReportFormat, Sheet, clean};
use crate::error::{Error, ErrorKind, listed};

/// Width of printed paragraphs, in cells.
const WIDTH: usize = 88;

/// A buffer for standard output.
#[derive(Debug, Default)]
pub(super) struct Out {
    text: String,
    /// The first write error, other than a closed pipe.
    failed: Option<io::Error>,
}

impl Out {
    /// Appends one or more lines, cleaned of control characters.
    pub(super) fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(&clean(text.as_ref()));
        self.text.push('\n');
    }

    /// Prints the start of a line that the user completes.
    pub(super) fn question(&mut self, text: &str) {
        self.raw(text);
        self.flush();
    }

    /// Appends a wrapped paragraph, with `lead` before its first row and an indent of the same width before the others.
    pub(super) fn paragraph(&mut self, lead: &str, text: &str) {
        let indent = lead.chars().count();
        for (at, row) in wrapped(text, WIDTH.saturating_sub(indent).max(20)).into_iter().enumerate() {
            let lead = if at == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(format!("{lead}{row}").trim_end());
        }
    }

    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        for block in &sheet.blocks {
            match block {
                Block::Heading(text) => {
                    self.line("");
                    self.paragraph("", text);
                }
                Block::Text(text) | Block::Note(text) => self.paragraph("  ", text),
                Block::Point(text) => self.paragraph("  - ", text),
                Block::Pair(word, text) => self.paragraph("  ", &format!("{word}: {text}")),
            }
        }
    }

    /// Appends one condition: whether it held, what it needed, what it saw, and its position.
    pub(super) fn leaf(&mut self, leaf: &LeafSeen) {
        let polarity = if leaf.negated { "not " } else { "" };
        let words = [leaf.met().mark(), leaf.met().word(), polarity].join(" ");
        self.paragraph("  ", &format!("{words}{} | {} | {}", leaf.needed, leaf.seen, leaf.at));
    }

    /// Appends a value as formatted JSON.
    pub(super) fn json<T: Serialize>(&mut self, value: &T) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(value).map_err(|error| {
            Error::input(format!("the result cannot be written as JSON: {error}"), "leave out --json")
        })?;
        self.line(text);
        Ok(())
    }

    /// Appends text unchanged, with its own line ends.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Returns the text that was not flushed yet.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Writes the collected text. A write error is reported by [`Out::written`].
    pub(super) fn flush(&mut self) {
        let mut stdout = io::stdout().lock();
        let done = stdout.write_all(self.text.as_bytes()).and_then(|()| stdout.flush());
        self.note(done);
        self.text.clear();
    }

    /// Records the first write error; a closed pipe is not one.
    pub(super) fn note(&mut self, done: io::Result<()>) {
        if let Err(error) = done
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.failed.get_or_insert(error);
        }
    }

    /// Returns whether all output was written. The hint in the error depends on whether the command only reads.
    ///
    /// # Errors
    /// Returns an error for the first write that failed.
    pub(super) fn written(&mut self, only_reads: bool) -> Result<(), Error> {
        self.failed.take().map_or(Ok(()), |error| Err(not_printed(&error, only_reads)))
    }
}

/// Returns the error for output that is incomplete because writing it failed.
fn not_printed(error: &io::Error, only_reads: bool) -> Error {
    Error {
        kind: ErrorKind::Records,
        message: format!("Cairn could not write its output, so what you see is incomplete: {error}"),
        hint: if only_reads {
            "make room where the output goes, then run the command again".to_owned()
        } else {
            "the command has finished, and only its output is missing. Before you run it again, check with `cairn \
             journal`, `cairn plan` or `cairn doctor`"
                .to_owned()
        },
    }
}

/// Writes to standard error, cleaned, because the text may quote input, file names or messages of the system.
pub(super) fn complain(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{}", clean(text));
}

/// File extensions that indicate a format other than those of reports.
const OTHER_FORMS: [&str; 9] = ["json", "csv", "tsv", "pdf", "doc", "docx", "odt", "xls", "xlsx"];

/// Checks that a file name does not indicate another format than the one being written; unknown extensions are
/// accepted.
///
/// # Errors
/// Returns an error that names the usual extension.
pub(super) fn ends(path: Option<&Path>, endings: &[&str], what: &str) -> Result<(), Error> {
    let Some(end) = path.and_then(Path::extension).map(|end| end.to_string_lossy().to_lowercase()) else {
        return Ok(());
    };
    let known = ReportFormat::ALL.iter().flat_map(|format| format.endings()).chain(&OTHER_FORMS);
    if endings.contains(&end.as_str()) || !known.into_iter().any(|known| *known == end) {
        return Ok(());
    }
    let usual = endings.first().copied().unwrap_or_default();
    Err(Error::input(format!("{what} is not a file of the type .{}", clean(&end)), format!("end the name in .{usual}")))
}

/// Loads packs and rules for a command. Faults in a pack that was named on the command line are an error; added packs
/// with faults are left out.
pub(super) fn loaded_packs(opening: &OpenOptions) -> Result<LoadedPacks, Error> {
    standing(LoadedPacks::open(opening))
}

/// Returns packs that are loaded already, unless one named on the command line has faults.
pub(super) fn standing(loaded_packs: LoadedPacks) -> Result<LoadedPacks, Error> {
    if loaded_packs.dropped.iter().any(|dropped| dropped.way != PackOrigin::Added) {
        let faults: Vec<Fault> = loaded_packs.errors().cloned().collect();
        return Err(Error::faults(ErrorKind::Input, &faults));
    }
    Ok(loaded_packs)
}

/// Reports the packs that were left out, and returns the exit code of a command that otherwise succeeded.
pub(super) fn finish(loaded_packs: &LoadedPacks) -> std::process::ExitCode {
    let faults: Vec<Fault> = loaded_packs.errors().cloned().collect();
    if faults.is_empty() {
        return std::process::ExitCode::SUCCESS;
    }
    complain(&listed(&faults));
    std::process::ExitCode::from(ErrorKind::Found.code())
}

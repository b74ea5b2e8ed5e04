//! The text that is being written, in a person's own editor. It comes back as one step of undo, or not at all: whatever
//! the editor does, nothing that is written here is lost.

use super::effect::{Effect, TerminalJob};
use super::model::{Model, Tone};
use super::writing::{write, written};
use crate::command::key;
use crate::domain::clean;

/// What came of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// It has ended as it should.
    Came {
        /// What stands in the file.
        text: String,
        /// So soon that nobody can have looked at it.
        at_once: bool,
        /// The encoding it was read in, where it was not UTF-8.
        read_as: Option<&'static str>,
    },
    /// It has not.
    Failed {
        /// Why: whole sentences.
        why: String,
        /// What it had saved before, if that can be read.
        text: Option<String>,
        /// Where it left something of its own.
        left: Option<String>,
    },
}

/// Hands the text over.
pub(super) fn edit(model: &Model) -> Vec<Effect> {
    written(model)
        .map(|buffer| Effect::Terminal(TerminalJob::EditOutside(buffer.text().to_owned())))
        .into_iter()
        .collect()
}

/// Takes it back.
pub(super) fn edited(model: &mut Model, edited: Edited) {
    const EMPTY: &str = concat!(
        "The file came back empty, so your text stays; ",
        key!("select-all"),
        " and ",
        key!("erase-left"),
        " erase it."
    );
    let Some(before) = written(model).map(|buffer| buffer.text().to_owned()) else { return };
    match edited {
        Edited::Came { text, at_once: true, .. } if clean(&text) == before => {
            model.say(Tone::Plain, "Nothing changed. An editor with its own window may need a flag like --wait.");
        }
        Edited::Came { text, .. } if clean(&text) == before => model.say(Tone::Plain, "The text is as it was."),
        Edited::Came { text, .. } if text.trim().is_empty() => {
            model.say(Tone::Bad, EMPTY);
        }
        Edited::Came { text, read_as, .. } => take(model, &text, read_as),
        Edited::Failed { why, text, left } => {
            let saved = text.filter(|text| *text != before && !text.trim().is_empty());
            let mut words = format!("{why} Your text is as it was.");
            if let Some(saved) = saved {
                model.person.copied = saved;
                words = format!("{why} Your text is as it was; {} inserts what was saved.", key!("insert"));
            }
            if let Some(folder) = left {
                words.extend([" What it kept for itself is in ", &folder, "."]);
            }
            model.say(Tone::Bad, words);
        }
    }
}

fn take(model: &mut Model, text: &str, read_as: Option<&str>) {
    let mut left_out = 0;
    // Lines that editors end with a line feed more than they have are no blank lines of a person.
    write(model, |buffer| left_out = buffer.set(text.trim_end_matches(['\n', '\r'])));
    if left_out > 0 {
        let most = super::MOST_CHARACTERS;
        model.say(Tone::Bad, format!("Taken over but for {left_out} characters at the end; a text holds {most}."));
    } else {
        let how = read_as.map_or_else(
            || "Taken over from the editor".to_owned(),
            |name| format!("Saved as {name} and read as that"),
        );
        let words = format!("{how}; {} brings back what was here.", key!("undo"));
        model.say(Tone::Good, words);
    }
}

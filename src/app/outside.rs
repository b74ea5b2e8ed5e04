//! Editing a text in the user's own editor. The result replaces the text as one undo step, or not at all; whatever the
//! editor does, no text is lost.

use super::effect::{Effect, TerminalJob};
use super::model::{Model, Tone};
use super::writing::{Copied, is_private, write, written};
use crate::command::key;
use crate::domain::clean;

/// The result of an external editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// The editor ended successfully.
    Came {
        /// Content of the file.
        text: String,
        /// Whether it ended so quickly that the user cannot have seen the text.
        at_once: bool,
        /// Name of the encoding of the file; `None` for UTF-8.
        read_as: Option<&'static str>,
    },
    /// The editor failed.
    Failed {
        /// The reason, as complete sentences.
        why: String,
        /// What the editor had saved before, if it can be read.
        text: Option<String>,
        /// Folder in which the editor left files of its own, if it did.
        left: Option<String>,
    },
}

/// Opens the text being written in the external editor.
pub(super) fn edit(model: &Model) -> Vec<Effect> {
    written(model)
        .map(|buffer| Effect::Terminal(TerminalJob::EditOutside(buffer.text().to_owned())))
        .into_iter()
        .collect()
}

/// Takes the result of the external editor.
pub(super) fn edited(model: &mut Model, edited: Edited) {
    const EMPTY: &str = concat!(
        "The file came back empty, so Cairn kept your text. To erase it, press ",
        key!("select-all"),
        " and then ",
        key!("erase-left"),
        "."
    );
    let Some(before) = written(model).map(|buffer| buffer.text().to_owned()) else { return };
    match edited {
        Edited::Came { text, at_once: true, .. } if clean(&text) == before => {
            model.say(
                Tone::Plain,
                "Nothing changed. If your editor opens its own window, it may need a flag like \
                --wait.",
            );
        }
        Edited::Came { text, .. } if clean(&text) == before => model.say(Tone::Plain, "Your text has not changed."),
        Edited::Came { text, .. } if text.trim().is_empty() => {
            model.say(Tone::Bad, EMPTY);
        }
        Edited::Came { text, read_as, .. } => take(model, &text, read_as),
        Edited::Failed { why, text, left } => {
            let saved = text.filter(|text| *text != before && !text.trim().is_empty());
            let mut words = format!("{why} Your text has not changed.");
            if let Some(saved) = saved {
                model.person.copied = Copied { private: is_private(model), text: saved };
                words = format!("{why} Your text has not changed. To insert what you saved, press {}.", key!("insert"));
            }
            if let Some(folder) = left {
                words.extend([" The editor's own files are in ", &folder, "."]);
            }
            model.say(Tone::Bad, words);
        }
    }
}

fn take(model: &mut Model, text: &str, read_as: Option<&str>) {
    let mut left_out = 0;
    // Editors end the last line with a line feed; the user did not write a blank line.
    write(model, |buffer| left_out = buffer.set(text.trim_end_matches(['\n', '\r'])));
    if left_out > 0 {
        let most = super::MOST_CHARACTERS;
        model.say(Tone::Bad, format!("The last {left_out} characters were left out, because a text can hold {most}."));
    } else {
        let how = read_as.map_or_else(
            || "Your text came back from the editor".to_owned(),
            |name| format!("Your editor saved the text as {name}, and Cairn read it as that"),
        );
        let words = format!("{how}. To undo this, press {}.", key!("undo"));
        model.say(Tone::Good, words);
    }
}

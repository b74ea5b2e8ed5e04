//! A text in a person's own editor: the terminal is lent to it, and whatever becomes of it, something readable comes back.

use std::io;
use std::time::Duration;

use crate::app::Edited;
use crate::domain::clean;
use crate::os::{
    Edited as EditorDone, Editor, EditorEnd, EditorError, Env, FileError, TerminalModes, is_terminal_in,
    is_terminal_out,
};
use crate::tui::Screen;

/// An editor that ends sooner was hardly looked at: it has a window of its own, or is none.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Lends the terminal to the editor that the environment asks for. What came of it counts also if the terminal is gone
/// afterwards.
pub(super) fn edit(screen: &mut Screen, text: &str, env: &Env) -> (Edited, io::Result<()>) {
    match Editor::of(env) {
        Ok(editor) => {
            let (done, back) = screen.lend(|| lent(&editor, text, env));
            match (came(&editor, done), &back) {
                // A window that was closed ends an editor badly, and nobody can ask any more for what it had saved.
                (Edited::Failed { text: Some(text), .. }, Err(_)) => {
                    (Edited::Came { text, at_once: false, read_as: None }, back)
                }
                (edited, _) => (edited, back),
            }
        }
        Err(error) => (failed(&error), Ok(())),
    }
}

/// The same where nothing is drawn, in a terminal that is as the shell left it.
pub(super) fn edit_below(text: &str, env: &Env) -> Edited {
    if !is_terminal_in() || !is_terminal_out() {
        let why = "An editor needs a terminal of its own, and there is none here.".to_owned();
        return Edited::Failed { why, text: None, left: None };
    }
    match Editor::of(env) {
        Ok(editor) => {
            let done = lent(&editor, text, env);
            came(&editor, done)
        }
        Err(error) => failed(&error),
    }
}

/// Waits for the editor. One that was killed leaves the modes that it needed.
fn lent(editor: &Editor, text: &str, env: &Env) -> Result<EditorDone, EditorError> {
    let modes = TerminalModes::read();
    let done = editor.edit(text, env);
    let _ = modes.and_then(|modes| modes.put_back());
    done
}

/// What came of it.
fn came(editor: &Editor, done: Result<EditorDone, EditorError>) -> Edited {
    let edited = match done {
        Ok(edited) => edited,
        Err(error) => return failed(&error),
    };
    let name = clean(&editor.short_name());
    let left = edited.left.map(|folder| clean(&folder.display().to_string()));
    let (why, text) = match (edited.end, edited.text) {
        (EditorEnd::Well | EditorEnd::Asked, Ok(read)) => {
            let at_once = edited.took < AT_ONCE;
            return Edited::Came { text: read.text, at_once, read_as: read.read_as };
        }
        (EditorEnd::Well | EditorEnd::Asked, Err(error)) => {
            let why = match error {
                FileError::Missing => format!("The file was gone after {name}."),
                error => format!("What came back cannot be used: {error}."),
            };
            (why, None)
        }
        (EditorEnd::Badly(how), read) => (format!("{name} {how}."), read.ok().map(|read| read.text)),
    };
    Edited::Failed { why, text, left }
}

fn failed(error: &EditorError) -> Edited {
    Edited::Failed { why: clean(&error.to_string()), text: None, left: None }
}

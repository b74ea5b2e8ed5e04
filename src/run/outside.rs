//! Editing in the user's own editor: the terminal is lent to it, and every outcome results in a readable message.

use std::io;
use std::time::Duration;

use crate::app::Edited;
use crate::domain::clean;
use crate::os::{
    Edited as EditorDone, Editor, EditorEnd, EditorError, Env, FileError, TerminalModes, is_terminal_in,
    is_terminal_out,
};
use crate::tui::Screen;

/// An editor that ends sooner has probably opened a window of its own, or is not an editor.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Lends the terminal to the user's editor. The result is valid even if the terminal could not be restored.
pub(super) fn edit(screen: &mut Screen, text: &str, env: &Env) -> (Edited, io::Result<()>) {
    match Editor::of(env) {
        Ok(editor) => {
            let (done, back) = screen.lend(|| lent(&editor, text, env));
            match (came(&editor, done), &back) {
                // A closed window makes the editor fail, and the user can no longer be asked; what it saved is
                // accepted.
                (Edited::Failed { text: Some(text), .. }, Err(_)) => {
                    (Edited::Came { text, at_once: false, read_as: None }, back)
                }
                (edited, _) => (edited, back),
            }
        }
        Err(error) => (failed(&error), Ok(())),
    }
}

/// Like [`edit`], for plain mode, in which the terminal is in its normal state.
pub(super) fn edit_below(text: &str, env: &Env) -> Edited {
    if !is_terminal_in() || !is_terminal_out() {
        let why = "An editor needs its own terminal, but there is none here.".to_owned();
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

/// Runs the editor and restores the terminal modes, which an editor that is killed leaves changed.
fn lent(editor: &Editor, text: &str, env: &Env) -> Result<EditorDone, EditorError> {
    let modes = TerminalModes::read();
    let done = editor.edit(text, env);
    let _ = modes.and_then(|modes| modes.put_back());
    done
}

/// Converts the result into a message for the user.
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
                error => format!("Cairn cannot use what came back: {error}."),
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

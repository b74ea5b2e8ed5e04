//! A text in a person's own editor: the terminal is lent to it, and whatever becomes of it, something readable comes back.

use std::io;
use std::time::Duration;

use crate::app::Edited;
use crate::domain::clean;
use crate::os::{Editor, EditorEnd, EditorError, Env, FileError, TerminalModes};
use crate::tui::Screen;

/// An editor that ends sooner was hardly looked at: it has a window of its own, or is none.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Lends the terminal to the editor that the environment asks for.
pub(super) fn edit(screen: &mut Screen, text: &str, env: &Env) -> io::Result<Edited> {
    let editor = match Editor::of(env) {
        Ok(editor) => editor,
        Err(error) => return Ok(failed(&error)),
    };
    let done = screen.lend(|| {
        let modes = TerminalModes::read();
        let done = editor.edit(text, env);
        // One that was killed leaves the modes that it needed.
        let _ = modes.and_then(|modes| modes.put_back());
        done
    })?;
    let edited = match done {
        Ok(edited) => edited,
        Err(error) => return Ok(failed(&error)),
    };
    let name = clean(&editor.short_name());
    let left = edited.left.map(|folder| clean(&folder.display().to_string()));
    let (why, text) = match (edited.end, edited.text) {
        (EditorEnd::Well | EditorEnd::Asked, Ok(text)) => {
            return Ok(Edited::Came { text, at_once: edited.took < AT_ONCE });
        }
        (EditorEnd::Well | EditorEnd::Asked, Err(error)) => {
            let why = match error {
                FileError::Missing => format!("The file was gone after {name}."),
                FileError::NotText { .. } => "What came back is not UTF-8 text.".to_owned(),
                error => format!("What came back cannot be used: {error}."),
            };
            (why, None)
        }
        (EditorEnd::Badly(how), text) => (format!("{name} {how}."), text.ok()),
    };
    Ok(Edited::Failed { why, text, left })
}

fn failed(error: &EditorError) -> Edited {
    Edited::Failed { why: clean(&error.to_string()), text: None, left: None }
}

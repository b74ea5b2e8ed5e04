//! Key names in sentences. A sentence refers to a command and not to its key, so that it remains true if the key is
//! changed: `concat!("Private lines are hidden; ", key!("private-lines"), " shows them.")`. The placeholder is enclosed
//! in two control characters, which cleaned text never contains.

use super::{Command, Context, Keymap};
use crate::domain::clean;

/// Expands to the placeholder for the key of a command, given by its id.
#[macro_export]
#[doc(hidden)]
macro_rules! __key {
    ($id:literal) => {
        concat!("\u{1}", $id, "\u{2}")
    };
}
pub use crate::__key as key;

/// Replaces placeholders by the keys that reach the commands in these contexts, or by the command's title if no key
/// does.
#[must_use]
pub fn with_keys<'t>(text: &'t str, keymap: &Keymap, contexts: &[Context]) -> std::borrow::Cow<'t, str> {
    replaced(text, |command| match keymap.key_of(command, contexts) {
        Some(chord) => chord.to_string(),
        None => command.entry().title.to_owned(),
    })
}

/// Replaces placeholders by the titles of the commands, for output without keys. A command is typed there, not pressed:
/// after a colon if `colon` says so, because a line without one would be text.
#[must_use]
pub fn with_names(text: &str, colon: bool) -> std::borrow::Cow<'_, str> {
    if !text.contains('\u{1}') {
        return text.into();
    }
    let text = text.replace("press \u{1}", "type \u{1}").replace("Press \u{1}", "Type \u{1}");
    let colon = if colon { ":" } else { "" };
    replaced(&text, |command| format!("\"{colon}{}\"", command.entry().title.to_lowercase())).into_owned().into()
}

/// Cleans a sentence that may quote what somebody wrote, but preserves placeholders of existing commands.
#[must_use]
pub fn clean_sentence(text: &str) -> String {
    let mut parts = text.split('\u{1}');
    let mut out = clean(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once('\u{2}').filter(|(id, _)| Command::from_id(id).is_some()) {
            Some((id, rest)) => out.extend(["\u{1}", id, "\u{2}", &clean(rest)]),
            None => out.push_str(&clean(part)),
        }
    }
    out
}

fn replaced(text: &str, name: impl Fn(Command) -> String) -> std::borrow::Cow<'_, str> {
    if !text.contains('\u{1}') {
        return text.into();
    }
    let mut parts = text.split('\u{1}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once('\u{2}').unwrap_or((part, ""));
        let command = Command::from_id(id);
        debug_assert!(command.is_some(), "there is no command {id}");
        out.push_str(&command.map(&name).unwrap_or_default());
        out.push_str(rest);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_key_that_there_is() {
        let text = concat!("Hidden; ", key!("private-lines"), " shows, ", key!("back"), " leaves.");
        let mut map = Keymap::default();
        assert_eq!(with_keys(text, &map, &[Context::Global]), "Hidden; ctrl-o shows, esc leaves.");
        map.bind(Context::Global, Command::HidePrivate, &["f6".parse().expect("a key")]);
        assert_eq!(with_keys(text, &map, &[]), "Hidden; f6 shows, esc leaves.");
        map.bind(Context::Global, Command::HidePrivate, &[]);
        assert_eq!(with_keys(text, &map, &[]), "Hidden; Private notes shows, esc leaves.");
        assert_eq!(with_names(text, false), "Hidden; \"private notes\" shows, \"back\" leaves.");
        assert_eq!(with_names("Press \u{1}back\u{2}.", true), "Type \":back\".");
        assert_eq!(with_keys("no key", &map, &[]), "no key");
    }

    #[test]
    fn a_sentence_that_quotes_something_is_clean_and_still_names_its_keys() {
        let text = concat!("\u{1b}[2JHidden; ", key!("private-lines"), " shows\u{202e}.");
        assert_eq!(clean_sentence(text), concat!("[2JHidden; ", key!("private-lines"), " shows."));
        assert_eq!(clean_sentence("a\u{1}no command\u{2}b\u{1}c\u{2}"), "ano commandbc");
    }
}

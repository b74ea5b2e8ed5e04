//! From key to command and back. Hints ask the same [`Keymap::resolve`] that dispatches, so a hint cannot lie.

use std::collections::BTreeMap;

use super::{COMMANDS, Chord, Command, Context};

/// Which key means what, where.
#[derive(Debug, Clone)]
pub struct Keymap {
    map: BTreeMap<(Context, Chord), Command>,
}

/// A command and the keys that reach it from here, shortest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The command.
    pub command: Command,
    /// At least one.
    pub chords: Vec<Chord>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = BTreeMap::new();
        for entry in COMMANDS {
            for (context, key) in entry.keys {
                // A test parses every default key.
                if let Ok(chord) = key.parse() {
                    map.insert((*context, chord), entry.command);
                }
            }
        }
        Self { map }
    }
}

impl Keymap {
    /// What a key means for a stack of contexts, innermost first. A text context keeps printable keys for itself, and
    /// nothing but [`Context::Global`] is reached past a modal one.
    #[must_use]
    pub fn resolve(&self, contexts: &[Context], chord: Chord) -> Option<Command> {
        let mut modal = false;
        for context in contexts {
            if modal && *context != Context::Global {
                continue;
            }
            if let Some(command) = self.map.get(&(*context, chord)) {
                return Some(*command);
            }
            if context.is_text() && chord.printable().is_some() {
                return None;
            }
            modal |= context.is_modal();
        }
        None
    }

    /// Every command that some key reaches from here, in the order of the table.
    #[must_use]
    pub fn hints(&self, contexts: &[Context]) -> Vec<Hint> {
        let mut reached: BTreeMap<Command, Vec<Chord>> = BTreeMap::new();
        for ((context, chord), command) in &self.map {
            let chords = reached.entry(*command).or_default();
            let meant = contexts.contains(context) && self.resolve(contexts, *chord) == Some(*command);
            if meant && !chords.contains(chord) {
                chords.push(*chord);
            }
        }
        reached
            .into_iter()
            .filter(|(_, chords)| !chords.is_empty())
            .map(|(command, mut chords)| {
                let default = |chord: &Chord| {
                    let name = chord.to_string();
                    command.entry().keys.iter().position(|(_, key)| *key == name).unwrap_or(usize::MAX)
                };
                chords.sort_by_key(default);
                Hint { command, chords }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(text: &str) -> Chord {
        text.parse().expect("it is a key")
    }

    #[test]
    fn text_keeps_letters_and_a_modal_context_keeps_the_rest() {
        let map = Keymap::default();
        let find = [Context::Find, Context::Global];
        assert_eq!(map.resolve(&find, chord("q")), None);
        assert_eq!(map.resolve(&find, chord("enter")), Some(Command::FindOpen));
        assert_eq!(map.resolve(&find, chord("ctrl-q")), Some(Command::Quit));
        let picker = [Context::Picker, Context::Advice, Context::List, Context::Go, Context::Global];
        assert_eq!(map.resolve(&picker, chord("a")), None);
        assert_eq!(map.resolve(&picker, chord("esc")), Some(Command::Back));
    }

    #[test]
    fn a_shadowed_key_is_never_hinted() {
        let map = Keymap::default();
        let stack = [Context::Choice, Context::Reflect, Context::Go, Context::Global];
        let hints = map.hints(&stack);
        for hint in &hints {
            for key in &hint.chords {
                assert_eq!(map.resolve(&stack, *key), Some(hint.command));
            }
        }
        let go_plan = hints.iter().find(|hint| hint.command == Command::GoPlan);
        let by_digit = go_plan.is_some_and(|hint| hint.chords.contains(&chord("5")));
        assert!(!by_digit, "5 chooses the fifth point here");
    }
}

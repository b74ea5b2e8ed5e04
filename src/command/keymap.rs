//! Mapping between keys and commands. Hints use the same [`Keymap::resolve`] as dispatch, so a hint is always correct.

use std::collections::BTreeMap;

use super::{COMMANDS, Chord, Command, Context, KeyName};

/// A map from keys to commands, for each context.
#[derive(Debug, Clone)]
pub struct Keymap {
    map: BTreeMap<(Context, Chord), Command>,
}

/// The side effects of binding keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Commands that lost a key in that context, with the key.
    pub lost: Vec<(Command, Chord)>,
}

/// The reason why a key cannot be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// The context has text input, which would no longer receive the letter.
    #[error("a letter is text there, so it cannot be a key")]
    Letter,
    /// A letter bound in every context could not be typed in any text.
    #[error("a letter cannot work everywhere, because it is text in some places")]
    LetterEverywhere,
    /// Many terminals send the same bytes for it as for this other key.
    #[error("many terminals cannot send it: it looks like {0} to them")]
    Lost(&'static str),
}

/// Commands that must be reachable everywhere: quit, back, help and the command palette.
const NEEDED: [Command; 4] = [Command::Quit, Command::Back, Command::Help, Command::Palette];

/// A command with the keys that reach it: custom keys first, then default keys in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The command.
    pub command: Command,
    /// Keys that reach it; at least one.
    pub chords: Vec<Chord>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = BTreeMap::new();
        for entry in COMMANDS {
            for (context, key) in entry.keys {
                // A test parses every default key, so none is skipped here.
                if let Ok(chord) = key.parse() {
                    map.insert((*context, chord), entry.command);
                }
            }
        }
        Self { map }
    }
}

impl Keymap {
    /// Checks whether a key can work in a context.
    ///
    /// # Errors
    /// Returns the reason if it cannot.
    pub fn may_bind(context: Context, chord: Chord) -> Result<(), NoKey> {
        let same = match (chord.ctrl, chord.key) {
            (true, KeyName::Char('m' | 'j') | KeyName::Enter) => Some("enter"),
            (true, KeyName::Char('h') | KeyName::Backspace) => Some("backspace"),
            (true, KeyName::Char('[')) => Some("esc"),
            (true, KeyName::Char('i') | KeyName::Tab) => Some("tab"),
            _ if chord.shift && chord.key == KeyName::Enter => Some("enter"),
            _ => None,
        };
        match same {
            Some(other) => Err(NoKey::Lost(other)),
            None if chord.printable().is_none() => Ok(()),
            None if context == Context::Global => Err(NoKey::LetterEverywhere),
            None if context.is_text() => Err(NoKey::Letter),
            None => Ok(()),
        }
    }

    /// Replaces the keys of a command in a context; with an empty list, no key reaches it there. A key that belonged to
    /// another command is taken from it.
    pub fn bind(&mut self, context: Context, command: Command, chords: &[Chord]) -> Bound {
        self.map.retain(|(at, _), own| *at != context || *own != command);
        let mut lost = Vec::new();
        for chord in chords {
            let before = self.map.insert((context, *chord), command);
            lost.extend(before.filter(|other| *other != command).map(|other| (other, *chord)));
        }
        Bound { lost }
    }

    /// Restores the default keys of quit, back, help and the command palette, where a non-letter key no longer reaches
    /// one of them in some context; returns the commands that were restored.
    pub fn restore_needed(&mut self) -> Vec<Command> {
        let usual = Self::default();
        let mut restored = Vec::new();
        for command in NEEDED {
            let reached = |map: &Self, context: Context| {
                let stack = [context, Context::Global];
                map.map.iter().any(|((at, chord), own)| {
                    *own == command
                        && stack.contains(at)
                        && chord.printable().is_none()
                        && map.resolve(&stack, *chord) == Some(command)
                })
            };
            let unreached =
                |map: &Self| Context::ALL.iter().any(|context| reached(&usual, *context) && !reached(map, *context));
            if !unreached(self) {
                continue;
            }
            restored.push(command);
            let keys: Vec<(Context, Chord)> =
                usual.map.iter().filter(|(_, own)| **own == command).map(|(place, _)| *place).collect();
            for (context, chord) in &keys {
                // Keys that hide it in a more specific context are removed as well.
                self.map.retain(|(at, other), _| other != chord || (*context != Context::Global && at != context));
                self.map.insert((*context, *chord), command);
            }
        }
        restored
    }

    /// Returns the key that reaches a command in these contexts, or else one that reaches it elsewhere.
    #[must_use]
    pub fn key_of(&self, command: Command, contexts: &[Context]) -> Option<Chord> {
        let own = || self.map.iter().filter(|(_, other)| **other == command).map(|(place, _)| *place);
        let here = own().filter(|(at, chord)| contexts.contains(at) && self.resolve(contexts, *chord) == Some(command));
        let best = |keys: &mut dyn Iterator<Item = (Context, Chord)>| {
            keys.map(|(_, chord)| chord).min_by_key(|chord| usual_place(command, *chord))
        };
        best(&mut here.into_iter()).or_else(|| best(&mut own()))
    }

    /// Iterates over all keys, ordered by context.
    pub fn iter(&self) -> impl Iterator<Item = (Context, Chord, Command)> + '_ {
        self.map.iter().map(|((context, chord), command)| (*context, *chord, *command))
    }

    /// Returns the keys of a command in a context: custom keys first, then default keys in the order of the table.
    #[must_use]
    pub fn keys_in(&self, context: Context, command: Command) -> Vec<Chord> {
        let own = self.map.iter().filter(|((at, _), other)| *at == context && **other == command);
        let mut chords: Vec<Chord> = own.map(|((_, chord), _)| *chord).collect();
        chords.sort_by_key(|chord| usual_place(command, *chord));
        chords
    }

    /// Returns the command of a key for a stack of contexts, innermost first. A text context consumes printable keys,
    /// and beyond a modal context only [`Context::Text`] and [`Context::Global`] are searched.
    #[must_use]
    pub fn resolve(&self, contexts: &[Context], chord: Chord) -> Option<Command> {
        let mut modal = false;
        for context in contexts {
            if modal && !matches!(context, Context::Global | Context::Text) {
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

    /// Returns every command that some key reaches in these contexts, in the order of the table.
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
                chords.sort_by_key(|chord| usual_place(command, *chord));
                Hint { command, chords }
            })
            .collect()
    }
}

/// Returns the sort position of a key: default keys by their position in the table, custom keys before them, because
/// they were chosen deliberately.
fn usual_place(command: Command, chord: Chord) -> usize {
    let name = chord.to_string();
    command.entry().keys.iter().position(|(_, key)| *key == name).map_or(0, |at| at + 1)
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

    #[test]
    fn a_key_of_ones_own_takes_the_place_of_the_usual_one_and_of_whoever_had_it() {
        let mut map = Keymap::default();
        let bound = map.bind(Context::Advice, Command::Accept, &[chord("x")]);
        assert_eq!(bound.lost, [(Command::Decline, chord("x"))]);
        let stack = [Context::Advice, Context::List, Context::Go, Context::Global];
        assert_eq!(map.resolve(&stack, chord("x")), Some(Command::Accept));
        assert_eq!(map.resolve(&stack, chord("a")), None);
        let hints = map.hints(&stack);
        assert!(hints.iter().any(|hint| hint.command == Command::Accept && hint.chords == [chord("x")]));
        assert!(!hints.iter().any(|hint| hint.command == Command::Decline));
    }

    #[test]
    fn the_way_out_cannot_be_lost() {
        let mut map = Keymap::default();
        assert_eq!(map.restore_needed(), [], "the usual keys are enough");
        map.bind(Context::Global, Command::Quit, &[]);
        map.bind(Context::Write, Command::NewLine, &[chord("esc")]);
        assert_eq!(map.restore_needed(), [Command::Quit, Command::Back]);
        for context in Context::ALL {
            assert_eq!(map.resolve(&[*context, Context::Global], chord("ctrl-q")), Some(Command::Quit));
            assert_eq!(map.resolve(&[*context, Context::Global], chord("esc")), Some(Command::Back));
        }
    }

    #[test]
    fn keys_that_cannot_work_are_refused() {
        for (context, key) in [
            (Context::Write, "x"),
            (Context::Global, "x"),
            (Context::List, "ctrl-i"),
            (Context::List, "ctrl-m"),
            (Context::List, "ctrl-h"),
            (Context::Write, "shift-enter"),
        ] {
            assert!(Keymap::may_bind(context, chord(key)).is_err(), "{key}");
        }
        assert_eq!(Keymap::may_bind(Context::List, chord("x")), Ok(()));
    }
}

//! From key to command and back. Hints ask the same [`Keymap::resolve`] that dispatches, so a hint cannot lie.

use std::collections::BTreeMap;

use super::{COMMANDS, Chord, Command, Context, KeyName};

/// Which key means what, where.
#[derive(Debug, Clone)]
pub struct Keymap {
    map: BTreeMap<(Context, Chord), Command>,
}

/// What binding a key did beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Commands that lost a key in that context, and that key.
    pub lost: Vec<(Command, Chord)>,
}

/// Why a key cannot be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// It would keep a letter out of a text.
    #[error("a letter is text there, so it cannot be a key")]
    Letter,
    /// A letter everywhere would keep it out of every text.
    #[error("a letter cannot work everywhere, because it is text in some places")]
    LetterEverywhere,
    /// Many terminals send the same bytes for it and another key.
    #[error("many terminals cannot send it: it looks like {0} to them")]
    Lost(&'static str),
}

/// Commands that a person must be able to reach from anywhere: out, back, what can be done here, and its keys.
const NEEDED: [Command; 4] = [Command::Quit, Command::Back, Command::Help, Command::Palette];

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
    /// Whether a key can work in a context.
    ///
    /// # Errors
    /// Why not.
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

    /// Gives a command these keys in a context instead of the ones it has there; none means that no key reaches it there.
    /// A key that another command had is that command's no longer.
    pub fn bind(&mut self, context: Context, command: Command, chords: &[Chord]) -> Bound {
        self.map.retain(|(at, _), own| *at != context || *own != command);
        let mut lost = Vec::new();
        for chord in chords {
            let before = self.map.insert((context, *chord), command);
            lost.extend(before.filter(|other| *other != command).map(|other| (other, *chord)));
        }
        Bound { lost }
    }

    /// Gives commands that must be reached from anywhere their usual keys back, where no key that is not a letter is left
    /// for one; names them.
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
                // Also what shadows it further in.
                self.map.retain(|(at, other), _| other != chord || (*context != Context::Global && at != context));
                self.map.insert((*context, *chord), command);
            }
        }
        restored
    }

    /// The key that reaches a command from here; if none does, one that reaches it elsewhere.
    #[must_use]
    pub fn key_of(&self, command: Command, contexts: &[Context]) -> Option<Chord> {
        let own = || self.map.iter().filter(|(_, other)| **other == command).map(|(place, _)| *place);
        let here = own().filter(|(at, chord)| contexts.contains(at) && self.resolve(contexts, *chord) == Some(command));
        let best = |keys: &mut dyn Iterator<Item = (Context, Chord)>| {
            keys.map(|(_, chord)| chord).min_by_key(|chord| usual_place(command, *chord))
        };
        best(&mut here.into_iter()).or_else(|| best(&mut own()))
    }

    /// Every key in its context, in the order of contexts.
    pub fn iter(&self) -> impl Iterator<Item = (Context, Chord, Command)> + '_ {
        self.map.iter().map(|((context, chord), command)| (*context, *chord, *command))
    }

    /// The keys of a command in a context, the usual ones first.
    #[must_use]
    pub fn keys_in(&self, context: Context, command: Command) -> Vec<Chord> {
        let own = self.map.iter().filter(|((at, _), other)| *at == context && **other == command);
        let mut chords: Vec<Chord> = own.map(|((_, chord), _)| *chord).collect();
        chords.sort_by_key(|chord| usual_place(command, *chord));
        chords
    }

    /// What a key means for a stack of contexts, innermost first. A text context keeps printable keys for itself, and
    /// nothing but [`Context::Text`] and [`Context::Global`] is reached past a modal one.
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
                chords.sort_by_key(|chord| usual_place(command, *chord));
                Hint { command, chords }
            })
            .collect()
    }
}

/// Where a key stands in the table; keys of a person's own come first, as they were chosen on purpose.
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

//! Custom keys: tables `[keys.CONTEXT]` with commands and their keys, which override the defaults.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::file::Reader;
use crate::command::{COMMANDS, Chord, Command, Context, Keymap};
use crate::domain::{clean, join_and};

/// The name that means every context in which a command works.
pub(super) const ALL: &str = "all";
/// The value that means no key.
pub(super) const NONE: &str = "none";

/// The keys bound so far, by context.
type Taken = BTreeMap<(Context, Chord), Command>;

pub(super) fn read_keys(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Keymap {
    let mut map = Keymap::default();
    let mut taken = Taken::new();
    let Some(contexts) = reader.table(value, "[keys.advice]") else { return map };
    // Keys for a single context take precedence over those for all contexts.
    let (all, some): (Vec<_>, Vec<_>) = contexts.iter().partition(|(name, _)| name.get_ref() == ALL);
    for (name, value) in all.into_iter().chain(some) {
        let context = Context::from_id(name.get_ref());
        if context.is_none() && name.get_ref() != ALL {
            let known: Vec<&str> = std::iter::once(ALL).chain(Context::ALL.iter().map(|one| one.id())).collect();
            reader.unknown("a place for keys", name.get_ref(), name.span(), &known);
            continue;
        }
        let Some(commands) = reader.table(value, "[keys.advice]") else { continue };
        for (id, value) in commands {
            let Some(command) = Command::from_id(id.get_ref()) else {
                let known: Vec<&str> = COMMANDS.iter().map(|entry| entry.id).collect();
                reader.unknown("command", id.get_ref(), id.span(), &known);
                continue;
            };
            let works: Vec<Context> = works_in(command);
            if let Some(context) = context.filter(|context| !works.contains(context)) {
                let places: Vec<&str> = works.iter().map(|one| one.id()).collect();
                let message = format!("\"{}\" does nothing in \"{}\"", command.entry().id, context.id());
                reader.say(id.span(), message, format!("it works in {}", join_and(&places)));
                continue;
            }
            let chords = chords(reader, value);
            let Some(chords) = chords else { continue };
            for context in context.map_or(works, |one| vec![one]) {
                let everywhere = name.get_ref() == ALL;
                bind(reader, &mut map, &mut taken, context, command, &chords, everywhere);
            }
        }
    }
    for command in map.restore_needed() {
        let id = command.entry().id;
        let message = format!("there was no key left for \"{id}\", so its usual keys work as well");
        reader.warn(value.span(), message, format!("give \"{id}\" a key under [keys.everywhere] that is not a letter"));
    }
    map
}

/// Returns the contexts in which a command has default keys.
fn works_in(command: Command) -> Vec<Context> {
    let mut contexts: Vec<Context> = command.entry().keys.iter().map(|(context, _)| *context).collect();
    contexts.sort_unstable();
    contexts.dedup();
    contexts
}

/// Parses one key or a list of keys, with their positions; invalid ones are reported and left out. Returns `None` if
/// all were invalid.
fn chords(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Vec<(Chord, Range<usize>)>> {
    let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    };
    let mut chords = Vec::new();
    for item in &items {
        let text = reader.text_of(item, "\"ctrl-s\" or [\"a\", \"f5\"]")?;
        if text == NONE && items.len() == 1 {
            return Some(Vec::new());
        }
        match text.parse::<Chord>() {
            Ok(chord) => chords.push((chord, item.span())),
            Err(error) => reader.say(
                item.span(),
                clean(&error.to_string()),
                "`cairn config default` shows every key that is used now".to_owned(),
            ),
        }
    }
    (!chords.is_empty() || items.is_empty()).then_some(chords)
}

fn bind(
    reader: &mut Reader<'_>,
    map: &mut Keymap,
    taken: &mut Taken,
    context: Context,
    command: Command,
    chords: &[(Chord, Range<usize>)],
    everywhere: bool,
) {
    let mut fit = Vec::new();
    for (chord, at) in chords {
        match Keymap::may_bind(context, *chord) {
            Ok(()) => {}
            // A letter bound in all contexts applies only to those in which letters are not text.
            Err(_) if everywhere && chord.printable().is_some() => continue,
            Err(why) => {
                reader.say(
                    at.clone(),
                    format!("you cannot use \"{chord}\" in \"{}\", because {why}", context.id()),
                    "choose another key".to_owned(),
                );
                continue;
            }
        }
        match taken.get(&(context, *chord)).filter(|other| **other != command && !everywhere) {
            Some(other) => {
                let other = other.entry().id;
                let message = format!("\"{chord}\" already means \"{other}\" in \"{}\"", context.id());
                reader.say(at.clone(), message, "choose another key for one of them".to_owned());
            }
            None => fit.push(*chord),
        }
    }
    if fit.is_empty() && !chords.is_empty() {
        return;
    }
    taken.retain(|(at, _), other| *at != context || *other != command);
    taken.extend(fit.iter().map(|chord| ((context, *chord), command)));
    let bound = map.bind(context, command, &fit);
    for (other, chord) in bound.lost {
        if !map.keys_in(context, other).is_empty() {
            continue;
        }
        let at = chords.iter().find(|(own, _)| *own == chord).map_or(0..0, |(_, at)| at.clone());
        let id = other.entry().id;
        let message = format!("\"{id}\" no longer has a key in \"{}\"", context.id());
        reader.warn(
            at,
            message,
            format!("give it another under [keys.{}], or find it by its name in the list of commands", context.id()),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::command::{Command, Context};
    use crate::config::read;

    fn told(text: &str) -> Vec<String> {
        read("c", text).1.iter().map(|fault| format!("{}: {}", fault.line.unwrap_or(0), fault.message)).collect()
    }

    #[test]
    fn each_mistake_with_keys_is_told_in_its_own_words() {
        assert_eq!(
            told(
                "[keys.advice]\naccept = \"hyper-x\"\nsave = \"y\"\ndecline = \"ctrl-i\"\nadapt = \"z\"\nwhy = \"z\"\n[keys.find]\nfind-open = \"x\"\n[keys.everywhere]\nhelp = \"y\"\n"
            ),
            [
                "2: \"hyper-x\" is not a key. Write it like ctrl-s, alt-b, shift-tab, f1, space or x",
                "3: \"save\" does nothing in \"advice\"",
                "4: you cannot use \"ctrl-i\" in \"advice\", because many terminals cannot send it: it looks like tab to them",
                "6: \"z\" already means \"adapt\" in \"advice\"",
                "8: you cannot use \"x\" in \"find\", because a letter is text there, so it cannot be a key",
                "10: you cannot use \"y\" in \"everywhere\", because a letter cannot work everywhere, because it is text in some places",
            ]
        );
        assert_eq!(
            told("[keys.everywhere]\nquit = \"none\"\n"),
            ["1: there was no key left for \"quit\", so its usual keys work as well"]
        );
        assert_eq!(told("[keys.advice]\naccept = \"x\"\n"), ["2: \"decline\" no longer has a key in \"advice\""]);
    }

    #[test]
    fn a_key_for_all_contexts_is_one_for_each_in_which_it_can_be() {
        let (settings, faults) =
            read("c", "[keys.all]\ndown = [\"ctrl-n\", \"n\", \"down\"]\n[keys.picker]\ndown = \"f6\"\n");
        assert!(faults.iter().all(|fault| fault.message.contains("no longer has")), "{faults:?}");
        let keys = |context| {
            settings
                .keymap
                .keys_in(context, Command::Down)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(keys(Context::Find), "down ctrl-n");
        assert_eq!(keys(Context::List), "n down ctrl-n");
        assert_eq!(keys(Context::Picker), "f6");
    }
}

//! Settings as text in the format of the settings file: the defaults with a comment on each, and the present values.

use std::fmt::Write;

use super::keys::NONE;
use super::role::Role;
use super::settings::Settings;
use super::table::SETTINGS;
use super::theme::Theme;
use crate::command::{COMMANDS, Chord, Command, Context, Keymap};

/// Returns every setting with its default value. Reading the text gives the default settings.
#[must_use]
pub fn default_text() -> String {
    let mut text = String::from(
        "# Settings of Cairn. Every line is the usual value. Keep the lines that you change and remove the others.\n# \
         `cairn config path` shows where the file goes. `cairn config show` shows your settings and any problems.\n\n",
    );
    let themes: Vec<String> = Theme::BUILT_IN.iter().map(|(name, about)| format!("#   {name:<14} {about}")).collect();
    let _ = writeln!(
        text,
        "# auto is heather or chalk, like the background, and dark or light without true colour. NO_COLOR always means mono.\n{}\n{}",
        themes.join("\n"),
        values(&Settings::default())
    );
    text.push_str(
        "# Keys, by the place in which they work. A command can have one key, a list of keys, or \"none\".\n",
    );
    text.push_str("# [keys.all] means every place in which a command works.\n");
    text.push_str(&keys(&Keymap::default(), None));
    text.push_str("\n# A theme of your own. Colours you leave out come from its base. own is the terminal's own colour. Body text\n# always has that colour. A colour is one of the sixteen names or #rrggbb.\n#\n# [themes.mine]\n# base = \"dark\"\n");
    for role in Role::ALL.iter().filter(|role| **role != Role::Body) {
        let look = Theme::built_in("dark").unwrap_or_else(|| unreachable!("it comes along")).look(*role);
        let _ = writeln!(text, "# {:<29} # {}", format!("{} = \"{look}\"", role.id()), role.about());
    }
    text
}

/// Returns the present values, and the keys that differ from the defaults.
#[must_use]
pub fn shown(settings: &Settings) -> String {
    let mut text = values(settings);
    let own = keys(&settings.keymap, Some(&Keymap::default()));
    if own.is_empty() {
        text.push_str("# The keys are the usual ones. `cairn config default` lists them.\n");
    }
    text.push_str(&own);
    for (name, theme) in &settings.themes {
        let _ = writeln!(text, "\n[themes.{}]", toml_key(name));
        for role in Role::ALL.iter().filter(|role| **role != Role::Body) {
            let _ = writeln!(text, "{} = \"{}\"", role.id(), theme.look(*role));
        }
    }
    text
}

fn values(settings: &Settings) -> String {
    let mut text = String::new();
    for setting in SETTINGS {
        let line = format!("{} = {}", setting.key, (setting.show)(settings));
        let about = if setting.about.is_empty() { String::new() } else { format!("# {}", setting.about) };
        let _ = writeln!(text, "{}", format!("{line:<23} {about}").trim_end());
    }
    text.push('\n');
    text
}

/// Returns keys as tables by context; only those that differ from `usual`, if given.
fn keys(map: &Keymap, usual: Option<&Keymap>) -> String {
    let mut text = String::new();
    for context in Context::ALL {
        let mut rows = String::new();
        for entry in COMMANDS {
            let command = entry.command;
            let chords = map.keys_in(*context, command);
            let differs = usual.is_none_or(|usual| usual.keys_in(*context, command) != chords);
            let belongs = !chords.is_empty() || (usual.is_some() && works_here(*context, command));
            if belongs && differs {
                let _ = writeln!(rows, "{} = {}", entry.id, list(&chords));
            }
        }
        if !rows.is_empty() {
            let _ = write!(text, "\n# {}\n[keys.{}]\n{rows}", context.about(), context.id());
        }
    }
    text
}

fn works_here(context: Context, command: Command) -> bool {
    command.entry().keys.iter().any(|(own, _)| *own == context)
}

fn list(chords: &[Chord]) -> String {
    let keys: Vec<String> = chords.iter().map(|chord| quoted(&chord.to_string())).collect();
    match keys.as_slice() {
        [] => quoted(NONE),
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn toml_key(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') && !name.is_empty();
    if bare { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;

    #[test]
    fn the_usual_settings_read_as_themselves() {
        let (settings, faults) = read("config.toml", &default_text());
        assert_eq!(faults, []);
        let usual = Settings::default();
        assert_eq!(settings.keymap.iter().collect::<Vec<_>>(), usual.keymap.iter().collect::<Vec<_>>());
        assert_eq!(shown(&settings), shown(&usual));
    }

    #[test]
    fn what_holds_now_reads_as_itself() {
        let text = "theme = \"own \\\"one\\\"\"\nmouse = true\n[keys.advice]\naccept = [\"y\", \"f6\"]\ndecline = \"none\"\n[themes.'own \"one\"']\ntitle = \"red on #102030\"\n";
        let (settings, faults) = read("config.toml", text);
        assert_eq!(faults, []);
        let (again, faults) = read("config.toml", &shown(&settings));
        assert_eq!(faults, []);
        assert_eq!(shown(&again), shown(&settings));
        assert!(shown(&settings).contains("decline = \"none\""));
    }
}

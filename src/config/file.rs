//! Parser of the settings file. Every faulty line is reported with its position and a next step, and the rest is used.
//! Lines that are not valid TOML are skipped; what precedes and follows them is read.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::read_keys;
use super::look::Look;
use super::role::Role;
use super::settings::Settings;
use super::table::{SETTINGS, TABLES};
use super::theme::Theme;
use crate::domain::{Fault, clean, did_you_mean, join_or, nearest, toml_words};

/// Maximum number of invalid TOML lines that are skipped before the rest is given up.
const MOST_FAULTS: usize = 50;

/// Reads the text of a settings file. Faults name the file as `file`.
#[must_use]
pub fn read(file: &str, text: &str) -> (Settings, Vec<Fault>) {
    let mut reader = Reader { file, text, faults: Vec::new() };
    let toml = without_faults(&mut reader, text);
    let mut settings = Settings::default();
    let Ok(root) = DeTable::parse(&toml) else { return (settings, reader.faults) };
    let root = root.get_ref();
    // Themes are read first, because the line above them may name one.
    if let Some(themes) = root.get("themes") {
        settings.themes = themes_of(&mut reader, themes);
    }
    for (key, value) in root {
        match SETTINGS.iter().find(|setting| setting.key == key.get_ref()) {
            Some(setting) => (setting.read)(&mut reader, &mut settings, value),
            None if TABLES.contains(&key.get_ref().as_ref()) => {}
            None => {
                let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).chain(TABLES).collect();
                reader.unknown("setting", key.get_ref(), key.span(), &known);
            }
        }
    }
    if let Some(keys) = root.get("keys") {
        settings.keymap = read_keys(&mut reader, keys);
    }
    reader.faults.sort_by_key(|fault| (fault.line, fault.column));
    (settings, reader.faults)
}

/// Returns the text with every invalid TOML line replaced by spaces, so that positions are unchanged.
fn without_faults(reader: &mut Reader<'_>, text: &str) -> String {
    let mut toml = text.to_owned();
    for _ in 0..MOST_FAULTS {
        let Err(error) = DeTable::parse(&toml) else { break };
        let (message, _) = toml_words(error.message());
        let at = error.span().map_or(0, |span| span.start).min(toml.len().saturating_sub(1));
        reader.say(at..at, message, "fix this line. Cairn uses your other settings".to_owned());
        let head = toml.as_bytes().get(..at).unwrap_or_default();
        let from = head.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = toml.as_bytes().get(at..).unwrap_or_default().iter().position(|byte| *byte == b'\n');
        let to = end.map_or(toml.len(), |end| at + end);
        // At the end of the text, or a second time at the same position: nothing more can be skipped.
        if toml.get(from..to).is_none_or(|line| line.trim().is_empty()) {
            return String::new();
        }
        toml.replace_range(from..to, &" ".repeat(to - from));
    }
    toml
}

fn themes_of(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, Theme> {
    let mut themes = BTreeMap::new();
    let Some(tables) = reader.table(value, "[themes.NAME]") else { return themes };
    for (name, value) in tables {
        let Some(table) = reader.table(value, "[themes.NAME]") else { continue };
        let bases: Vec<&str> = Theme::BUILT_IN.iter().map(|(name, _)| *name).collect();
        let base = table.get("base").and_then(|base| reader.word(base, &bases)).unwrap_or("dark");
        let mut theme = Theme::built_in(base).unwrap_or_else(|| Theme::built_in("dark").expect("it comes along"));
        for (key, value) in table {
            if key.get_ref() != "base" {
                theme = with_look(reader, theme, key, value);
            }
        }
        themes.insert(clean(name.get_ref()), theme);
    }
    themes
}

fn with_look(
    reader: &mut Reader<'_>,
    theme: Theme,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
) -> Theme {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
    let Some(role) = Role::from_id(key.get_ref()) else {
        reader.unknown("role", key.get_ref(), key.span(), &roles);
        return theme;
    };
    if role == Role::Body {
        let message = "body text is always the terminal's own".to_owned();
        reader.say(
            key.span(),
            message,
            "remove this line, because the terminal's settings have its colours".to_owned(),
        );
        return theme;
    }
    let Some(text) = reader.text_of(value, "\"bold cyan\"") else { return theme };
    match text.parse::<Look>() {
        Ok(look) => theme.with(role, look),
        Err(error) => {
            let hint = "write it like \"bold cyan\", \"underline\" or \"#f0c674 on #303030\"".to_owned();
            reader.say(value.span(), clean(&error.to_string()), hint);
            theme
        }
    }
}

/// Converts values, and collects the faults in them.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// Reports an error at a position.
    pub(super) fn say(&mut self, at: Range<usize>, message: String, hint: String) {
        self.faults.push(Fault::new(self.file, message, hint).at_byte(self.text, at.start));
    }

    /// Reports a warning at a position, for a value that works but was perhaps not intended.
    pub(super) fn warn(&mut self, at: Range<usize>, message: String, hint: String) {
        self.faults.push(Fault::new(self.file, message, hint).warning().at_byte(self.text, at.start));
    }

    /// Reports an unknown word, with a suggestion.
    pub(super) fn unknown(&mut self, what: &str, word: &str, at: Range<usize>, known: &[&str]) {
        let hint = match nearest(word, known.iter().copied()) {
            Some(name) => did_you_mean(name),
            None if known.len() > 12 => "`cairn config default` lists every one".to_owned(),
            None => format!("there is {}", join_or(known)),
        };
        self.say(at, format!("there is no {what} \"{}\"", clean(word)), hint);
    }

    /// Returns an integer from 0 to `most`; reports any other value.
    pub(super) fn number(&mut self, value: &Spanned<DeValue<'_>>, most: u64) -> Option<u64> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| *number <= most);
        if number.is_none() {
            let hint = "write it without quotes, or 0 for never".to_owned();
            self.say(value.span(), format!("this is not a whole number from 0 to {most}"), hint);
        }
        number
    }

    /// Returns one of the known words; reports any other value.
    pub(super) fn word<'w>(&mut self, value: &Spanned<DeValue<'_>>, known: &[&'w str]) -> Option<&'w str> {
        let text = self.text_of(value, &format!("\"{}\"", known.first().copied().unwrap_or("")))?;
        let found = known.iter().find(|word| **word == text).copied();
        if found.is_none() {
            self.unknown("choice", &text, value.span(), known);
        }
        found
    }

    /// Returns the value of one of the known words; reports any other value.
    pub(super) fn choice<T: Copy>(&mut self, value: &Spanned<DeValue<'_>>, words: &[(&str, T)]) -> Option<T> {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let chosen = self.word(value, &known)?;
        words.iter().find(|(word, _)| *word == chosen).map(|(_, value)| *value)
    }

    /// Returns a string; reports any other value.
    pub(super) fn text_of(&mut self, value: &Spanned<DeValue<'_>>, example: &str) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.to_string());
        }
        self.say(value.span(), "this must be a text".to_owned(), format!("write it like {example}"));
        None
    }

    /// Returns a string as a list of one, or a list of strings; reports any other value.
    pub(super) fn texts_of(&mut self, value: &Spanned<DeValue<'_>>, example: &str) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(texts) => texts.iter().map(|text| self.text_of(text, example)).collect(),
            _ => self.text_of(value, example).map(|text| vec![text]),
        }
    }

    pub(super) fn yes_no(&mut self, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        if let DeValue::Boolean(yes) = value.get_ref() {
            return Some(*yes);
        }
        self.say(value.span(), "this must be yes or no".to_owned(), "write true or false".to_owned());
        None
    }

    /// Returns a table; reports any other value.
    pub(super) fn table<'v, 't>(&mut self, value: &'v Spanned<DeValue<'t>>, example: &str) -> Option<&'v DeTable<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.say(value.span(), "this must be a table".to_owned(), format!("write it like {example}"));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::ThemeChoice;
    use super::*;
    use crate::command::{Command, Context};

    fn faults(text: &str) -> Vec<String> {
        let (_, faults) = read("config.toml", text);
        faults.iter().map(|fault| format!("{} {}; {}", fault.line.unwrap_or(0), fault.message, fault.hint)).collect()
    }

    #[test]
    fn everything_wrong_is_told_and_the_rest_is_used() {
        let text = "theme = \"drak\"\nmouse = \"yes\"\ncolour = 1\nplain = true\n[keys.advice]\naccept = \"y\"\n[keys.advise]\naccept = \"z\"\n";
        let (settings, found) = read("config.toml", text);
        assert_eq!(
            found.iter().map(Fault::place).collect::<Vec<_>>(),
            ["config.toml:1:9", "config.toml:2:9", "config.toml:3:1", "config.toml:7:7"]
        );
        let told = faults(text);
        assert!(told[0].contains("did you mean \"dark\"?"), "{told:?}");
        assert!(told[2].contains("did you mean \"colours\"?"), "{told:?}");
        assert!(told[3].contains("did you mean \"advice\"?"), "{told:?}");
        assert!(settings.plain);
        let keys = settings.keymap.keys_in(Context::Advice, Command::Accept);
        assert_eq!(keys.iter().map(ToString::to_string).collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn a_file_that_is_no_toml_in_places_is_used_where_it_is() {
        let (settings, found) = read("config.toml", "mouse = true\nthis is no setting\nplain = true\n");
        assert!(!found.is_empty() && found[0].line == Some(2), "{found:?}");
        assert!(settings.mouse && settings.plain);
        for hostile in ["\0", "[[[[[[", "= = =", "keys = 3", "themes = []", "[keys]\nquit = \"x\"", "\u{feff}theme=\"x"]
        {
            let (_, found) = read("config.toml", hostile);
            assert!(!found.is_empty(), "{hostile:?}");
        }
        assert!(read("config.toml", "").1.is_empty());
    }

    #[test]
    fn themes_of_ones_own_stand_on_another_and_leave_body_text_alone() {
        let text = "theme = \"moor\"\n[themes.moor]\nbase = \"light\"\ntitle = \"#102030 bold\"\nbody = \"red\"\nmatsh = \"red\"\ngood = \"pink\"\n";
        let (settings, found) = read("config.toml", text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(settings.theme, ThemeChoice::Named("moor".to_owned()));
        let moor = settings.theme_named("moor").expect("it is there");
        assert_eq!(moor.look(Role::Title).to_string(), "#102030 bold");
        assert_eq!(moor.look(Role::Body), Look::default());
        assert_eq!(moor.look(Role::Label), Theme::built_in("light").expect("built in").look(Role::Label));
    }
}

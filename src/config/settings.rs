//! The settings: their types, their defaults, and one table from which they are read and printed. Keys and custom themes
//! have tables of their own in the file; see [`TABLES`].

use std::collections::BTreeMap;
use std::time::Duration;

use toml::Spanned;
use toml::de::DeValue;

use super::file::Reader;
use super::print::quoted;
use super::theme::Theme;
use crate::command::Keymap;

/// The theme setting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Dark or light, according to the terminal's background.
    #[default]
    Auto,
    /// The theme with this name.
    Named(String),
}

/// The setting for the number of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// As many as the terminal reports.
    #[default]
    Auto,
    /// Sixteen.
    Sixteen,
    /// True colour (24 bits).
    True,
}

/// The character set for lines and symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// According to the locale.
    #[default]
    Auto,
    /// Unicode lines, arrows and symbols.
    Unicode,
    /// ASCII characters, which every terminal and font has.
    Ascii,
}

/// The user's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Theme.
    pub theme: ThemeChoice,
    /// Number of colours.
    pub colours: Colours,
    /// Character set for lines and symbols.
    pub characters: Glyphs,
    /// Whether the mouse moves the selection from the start.
    pub mouse: bool,
    /// Whether plain mode is used instead of screens.
    pub plain: bool,
    /// Time without a key press after which the records are locked; zero means never.
    pub lock_after: Duration,
    /// Whether a passphrase is offered after the first save.
    pub ask_passphrase: bool,
    /// Region of the person, which selects telephone numbers for help.
    pub region: String,
    /// Key map, with the user's changes.
    pub keymap: Keymap,
    /// Custom themes by name.
    pub themes: BTreeMap<String, Theme>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            colours: Colours::default(),
            characters: Glyphs::default(),
            mouse: false,
            plain: false,
            lock_after: Duration::from_secs(10 * 60),
            ask_passphrase: true,
            region: "england".to_owned(),
            keymap: Keymap::default(),
            themes: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Returns the theme with a name; custom themes take precedence over built-in ones.
    #[must_use]
    pub fn theme_named(&self, name: &str) -> Option<Theme> {
        self.themes.get(name).copied().or_else(|| Theme::built_in(name))
    }
}

/// A line of the settings file.
pub(super) struct Setting {
    /// Name in the file.
    pub(super) key: &'static str,
    /// Comment beside the value; may be empty.
    pub(super) about: &'static str,
    /// Takes the value from the file, or reports why it is not one.
    pub(super) read: fn(&mut Reader<'_>, &mut Settings, &Spanned<DeValue<'_>>),
    /// Returns the value as it is written in the file.
    pub(super) show: fn(&Settings) -> String,
}

/// Names of the tables in the file that are no settings of one line.
pub(super) const TABLES: [&str; 2] = ["keys", "themes"];

/// Maximum of `lock_after`, in minutes: one day.
const MOST_MINUTES: u64 = 24 * 60;

/// Every setting, in the order in which they are printed.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "theme",
        about: "",
        read: |reader, settings, value| {
            let own: Vec<String> = settings.themes.keys().cloned().collect();
            let names = Theme::BUILT_IN.iter().map(|(name, _)| *name).chain(own.iter().map(String::as_str));
            let names: Vec<&str> = std::iter::once("auto").chain(names).collect();
            match reader.word(value, &names) {
                Some("auto") => settings.theme = ThemeChoice::Auto,
                Some(name) => settings.theme = ThemeChoice::Named(name.to_owned()),
                None => {}
            }
        },
        show: |settings| match &settings.theme {
            ThemeChoice::Auto => quoted("auto"),
            ThemeChoice::Named(name) => quoted(name),
        },
    },
    Setting {
        key: "colours",
        about: "auto, 16 or true; auto believes what the terminal says of itself",
        read: |reader, settings, value| {
            settings.colours = reader.choice(value, &COLOURS).unwrap_or(settings.colours);
        },
        show: |settings| word_of(&COLOURS, &settings.colours),
    },
    Setting {
        key: "characters",
        about: "auto, unicode or ascii: what lines and marks are drawn with",
        read: |reader, settings, value| {
            settings.characters = reader.choice(value, &GLYPHS).unwrap_or(settings.characters);
        },
        show: |settings| word_of(&GLYPHS, &settings.characters),
    },
    Setting {
        key: "mouse",
        about: "also alt-m; while it is on, most terminals select text with shift held",
        read: |reader, settings, value| settings.mouse = reader.yes_no(value).unwrap_or(settings.mouse),
        show: |settings| settings.mouse.to_string(),
    },
    Setting {
        key: "plain",
        about: "lines instead of screens, as with --plain",
        read: |reader, settings, value| settings.plain = reader.yes_no(value).unwrap_or(settings.plain),
        show: |settings| settings.plain.to_string(),
    },
    Setting {
        key: "lock_after",
        about: "minutes without a key after which your records are put away; 0 is never",
        read: |reader, settings, value| {
            if let Some(minutes) = reader.number(value, MOST_MINUTES) {
                settings.lock_after = Duration::from_secs(minutes * 60);
            }
        },
        show: |settings| (settings.lock_after.as_secs() / 60).to_string(),
    },
    Setting {
        key: "ask_passphrase",
        about: "offer a passphrase once, after the first save",
        read: |reader, settings, value| {
            settings.ask_passphrase = reader.yes_no(value).unwrap_or(settings.ask_passphrase);
        },
        show: |settings| settings.ask_passphrase.to_string(),
    },
    Setting {
        key: "region",
        about: "england, scotland, wales or northern-ireland: which numbers to ring are shown",
        read: |reader, settings, value| {
            // A region without known numbers is accepted: no number is then shown, which is better than a wrong one.
            if let Some(region) = reader.text_of(value, "\"england\"") {
                settings.region = crate::domain::fold(region.trim());
            }
        },
        show: |settings| quoted(&settings.region),
    },
];

/// The words of [`Colours`].
const COLOURS: [(&str, Colours); 3] = [("auto", Colours::Auto), ("16", Colours::Sixteen), ("true", Colours::True)];
/// The words of [`Glyphs`].
const GLYPHS: [(&str, Glyphs); 3] = [("auto", Glyphs::Auto), ("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)];

fn word_of<T: PartialEq>(words: &[(&str, T)], value: &T) -> String {
    quoted(words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| *word))
}

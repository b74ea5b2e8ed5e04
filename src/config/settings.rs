//! The settings: their types and their defaults. One [table](SETTINGS) says how each is read, printed and offered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::table::{SETTINGS, Setting, offered};
use super::theme::Theme;
use crate::command::Keymap;
use crate::domain::{DayStyle, ENGLISH, Front, Offering};

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
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
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
    /// Whether a behaviour is described by its easy sentence first.
    pub easy_words: bool,
    /// Region of the person, which selects telephone numbers for help.
    pub region: String,
    /// Language in which behaviours are shown if a pack has words for it, as a tag like `cy`.
    pub language: String,
    /// How days are written.
    pub date: DayStyle,
    /// Ids of the frameworks that are listed first; empty for the order of the packs.
    pub framework_in_front: Vec<String>,
    /// Whether the other frameworks are listed only if they are asked for.
    pub hides_other_frameworks: bool,
    /// Whether Cairn suggests a target for each level.
    pub targets: bool,
    /// Ids and titles of the frameworks that can be chosen; known when the packs are open, and not in the file.
    pub frameworks: Vec<(String, String)>,
    /// Key map, with the user's changes.
    pub keymap: Keymap,
    /// Custom themes by name.
    pub themes: BTreeMap<String, Theme>,
    /// The file they were read from, and are saved to; `None` if the account has no place for settings.
    pub file: Option<PathBuf>,
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
            easy_words: false,
            region: "england".to_owned(),
            language: ENGLISH.to_owned(),
            date: DayStyle::default(),
            framework_in_front: Vec::new(),
            hides_other_frameworks: false,
            targets: true,
            frameworks: Vec::new(),
            keymap: Keymap::default(),
            themes: BTreeMap::new(),
            file: None,
        }
    }
}

impl Settings {
    /// Returns the theme with a name; custom themes take precedence over built-in ones.
    #[must_use]
    pub fn theme_named(&self, name: &str) -> Option<Theme> {
        self.themes.get(name).copied().or_else(|| Theme::built_in(name))
    }

    /// Returns how the packs are to be offered.
    #[must_use]
    pub fn offering(&self) -> Offering {
        let front = Front { first: self.framework_in_front.clone(), only: self.hides_other_frameworks };
        Offering { front, without_suggested_targets: !self.targets }
    }
}

/// A value of a setting, as it is written in the file, and the words for it on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The value as it is written in the file.
    pub value: String,
    /// The words for it on the screen.
    pub words: String,
}

/// A setting that can be changed on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changeable {
    /// Name in the file.
    pub key: &'static str,
    /// Name on the screen.
    pub title: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The present value, in words.
    pub now: String,
    /// The values it can have.
    pub offers: Vec<Offered>,
    /// Index of the present value among the offers.
    pub at: usize,
}

impl Settings {
    /// Returns every setting with the values that it can have, in the order of the file.
    #[must_use]
    pub fn changeable(&self) -> Vec<Changeable> {
        let row = |setting: &Setting| {
            let value = (setting.show)(self);
            let mut offers = (setting.offers)(self);
            let at = offers.iter().position(|offer| offer.value == value).unwrap_or_else(|| {
                offers.push(offered(&value, value.trim_matches('"')));
                offers.len() - 1
            });
            let now = offers.get(at).map(|offer| offer.words.clone()).unwrap_or_default();
            Changeable { key: setting.key, title: setting.title, about: setting.about, now, offers, at }
        };
        SETTINGS.iter().map(row).collect()
    }
}

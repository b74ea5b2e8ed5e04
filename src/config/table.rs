//! The table from which settings are read, printed and offered. Keys and custom themes have tables of their own in the
//! file; see [`TABLES`].

use std::time::Duration;

use toml::Spanned;
use toml::de::DeValue;

use super::file::Reader;
use super::print::quoted;
use super::settings::{Colours, Glyphs, Offered, Settings, ThemeChoice};
use super::theme::Theme;
use crate::domain::{Day, DayStyle, ENGLISH, clean, is_language};

pub(super) fn offered(value: &str, words: &str) -> Offered {
    Offered { value: value.to_owned(), words: words.to_owned() }
}

fn yes_no(_: &Settings) -> Vec<Offered> {
    vec![offered("true", "on"), offered("false", "off")]
}

/// A line of the settings file.
pub(super) struct Setting {
    /// Name in the file.
    pub(super) key: &'static str,
    /// Name on the screen.
    pub(super) title: &'static str,
    /// Comment beside the value; may be empty.
    pub(super) about: &'static str,
    /// Returns the values that are offered on the screen, each with the words for it.
    pub(super) offers: fn(&Settings) -> Vec<Offered>,
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
        title: "Theme",
        about: "auto matches your terminal",
        offers: |settings| {
            let own = settings.themes.keys().map(|name| offered(&quoted(name), name));
            let built_in =
                Theme::BUILT_IN.iter().map(|(name, about)| offered(&quoted(name), &format!("{name}: {about}")));
            std::iter::once(offered(&quoted("auto"), "auto: dark or light, as your terminal is"))
                .chain(own)
                .chain(built_in)
                .collect()
        },
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
        title: "Colours",
        about: "auto, 16 or true, where auto uses what the terminal reports",
        offers: |_| {
            vec![
                offered(&quoted("auto"), "auto: as many as your terminal reports"),
                offered(&quoted("16"), "16 colours"),
                offered(&quoted("true"), "all colours"),
            ]
        },
        read: |reader, settings, value| {
            settings.colours = reader.choice(value, &COLOURS).unwrap_or(settings.colours);
        },
        show: |settings| word_of(&COLOURS, &settings.colours),
    },
    Setting {
        key: "characters",
        title: "Lines and symbols",
        about: "auto, unicode or ascii: how lines and symbols are drawn",
        offers: |_| {
            vec![
                offered(&quoted("auto"), "auto: as your language settings say"),
                offered(&quoted("unicode"), "lines, arrows and symbols"),
                offered(&quoted("ascii"), "plain characters only"),
            ]
        },
        read: |reader, settings, value| {
            settings.characters = reader.choice(value, &GLYPHS).unwrap_or(settings.characters);
        },
        show: |settings| word_of(&GLYPHS, &settings.characters),
    },
    Setting {
        key: "mouse",
        title: "Mouse",
        about: "click to select and open. Hold shift to select text",
        offers: yes_no,
        read: |reader, settings, value| settings.mouse = reader.yes_no(value).unwrap_or(settings.mouse),
        show: |settings| settings.mouse.to_string(),
    },
    Setting {
        key: "plain",
        title: "Plain text mode",
        about: "lines of text instead of screens, for a screen reader. Restart Cairn to see it",
        offers: yes_no,
        read: |reader, settings, value| settings.plain = reader.yes_no(value).unwrap_or(settings.plain),
        show: |settings| settings.plain.to_string(),
    },
    Setting {
        key: "lock_after",
        title: "Lock after",
        about: "minutes without a key press until your records lock, or 0 for never",
        offers: |_| {
            let minutes = [1, 2, 5, 10, 15, 30, 60].map(|minutes: u64| {
                offered(
                    &minutes.to_string(),
                    &crate::domain::count(usize::try_from(minutes).unwrap_or(0), "minute", "minutes"),
                )
            });
            minutes.into_iter().chain([offered("0", "never")]).collect()
        },
        read: |reader, settings, value| {
            if let Some(minutes) = reader.number(value, MOST_MINUTES) {
                settings.lock_after = Duration::from_secs(minutes * 60);
            }
        },
        show: |settings| (settings.lock_after.as_secs() / 60).to_string(),
    },
    Setting {
        key: "ask_passphrase",
        title: "Offer a passphrase",
        about: "offer a passphrase once, after your first save",
        offers: yes_no,
        read: |reader, settings, value| {
            settings.ask_passphrase = reader.yes_no(value).unwrap_or(settings.ask_passphrase);
        },
        show: |settings| settings.ask_passphrase.to_string(),
    },
    Setting {
        key: "easy_words",
        title: "Easy words",
        about: "describe each behaviour in one short, easy sentence first",
        offers: yes_no,
        read: |reader, settings, value| settings.easy_words = reader.yes_no(value).unwrap_or(settings.easy_words),
        show: |settings| settings.easy_words.to_string(),
    },
    Setting {
        key: "region",
        title: "Region",
        about: "england, scotland, wales or northern-ireland, for the numbers to ring. Restart Cairn to see them",
        offers: |_| {
            let regions = [
                ("england", "England"),
                ("scotland", "Scotland"),
                ("wales", "Wales"),
                ("northern-ireland", "Northern Ireland"),
            ];
            regions.into_iter().map(|(id, name)| offered(&quoted(id), name)).collect()
        },
        read: |reader, settings, value| {
            // A region without known numbers is accepted: no number is then shown, which is better than a wrong one.
            if let Some(region) = reader.text_of(value, "\"england\"") {
                settings.region = crate::domain::fold(region.trim());
            }
        },
        show: |settings| quoted(&settings.region),
    },
    Setting {
        key: "language",
        title: "Language",
        about: "the language of behaviours, like cy for Welsh, if a pack has them. Restart Cairn to see them",
        offers: |_| vec![offered(&quoted(ENGLISH), "English"), offered(&quoted("cy"), "Welsh, from a pack")],
        read: |reader, settings, value| {
            if let Some(tag) = reader.text_of(value, "\"cy\"").map(|tag| tag.trim().to_lowercase()) {
                if is_language(&tag) {
                    settings.language = tag;
                } else {
                    let hint = "write its code, like \"cy\" for Welsh or \"en\" for English".to_owned();
                    reader.say(value.span(), "this is not a language".to_owned(), hint);
                }
            }
        },
        show: |settings| quoted(&settings.language),
    },
    Setting {
        key: "date",
        title: "Dates",
        about: "short, long, numbers or iso: how dates are written",
        offers: |_| {
            let day = Day::constant(2026, 12, 6);
            DayStyle::ALL.map(|style| offered(&quoted(style.id()), &style.brief(day, day))).to_vec()
        },
        read: |reader, settings, value| {
            let ids = DayStyle::ALL.map(|style| (style.id(), style));
            settings.date = reader.choice(value, &ids).unwrap_or(settings.date);
        },
        show: |settings| quoted(settings.date.id()),
    },
    Setting {
        key: "framework_in_front",
        title: "Framework in front",
        about: "the one that lists start with, by its id, or auto",
        offers: |settings| {
            let own = settings.frameworks.iter().map(|(id, title)| offered(&quoted(id), title));
            std::iter::once(offered(&quoted(AUTO), "auto: your organisation's first")).chain(own).collect()
        },
        read: |reader, settings, value| {
            if let Some(ids) = reader.texts_of(value, "\"lqf\"") {
                let ids = ids.iter().map(|id| clean(id).trim().to_owned());
                settings.framework_in_front = ids.filter(|id| !id.is_empty() && id != AUTO).collect();
            }
        },
        show: |settings| match settings.framework_in_front.as_slice() {
            [] => quoted(AUTO),
            [one] => quoted(one),
            many => format!("[{}]", many.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ")),
        },
    },
    Setting {
        key: "other_frameworks",
        title: "Other frameworks",
        about: "after or hidden. You can always ask for one with in: or a code",
        offers: |_| {
            vec![
                offered(&quoted("after"), "after the framework in front"),
                offered(&quoted("hidden"), "hidden until you ask for them"),
            ]
        },
        read: |reader, settings, value| {
            settings.hides_other_frameworks = reader.choice(value, &OTHERS).unwrap_or(settings.hides_other_frameworks);
        },
        show: |settings| word_of(&OTHERS, &settings.hides_other_frameworks),
    },
    Setting {
        key: "targets",
        title: "Suggested targets",
        about: "targets that Cairn suggests for your level. Those of your organisation stay",
        offers: yes_no,
        read: |reader, settings, value| settings.targets = reader.yes_no(value).unwrap_or(settings.targets),
        show: |settings| settings.targets.to_string(),
    },
];

/// The value of `framework_in_front` for the order of the packs.
const AUTO: &str = "auto";
/// Whether the other frameworks are hidden, in words.
const OTHERS: [(&str, bool); 2] = [("after", false), ("hidden", true)];

/// The words of [`Colours`].
const COLOURS: [(&str, Colours); 3] = [("auto", Colours::Auto), ("16", Colours::Sixteen), ("true", Colours::True)];
/// The words of [`Glyphs`].
const GLYPHS: [(&str, Glyphs); 3] = [("auto", Glyphs::Auto), ("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)];

fn word_of<T: PartialEq>(words: &[(&str, T)], value: &T) -> String {
    quoted(words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| *word))
}

//! The environment and the abilities of the terminal, read once at the start.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::charset::Charset;

/// Brightness of the terminal's background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light text is readable on it.
    Dark,
    /// Darker than not, but too light for shades that are meant for a dark background.
    DarkGrey,
    /// Lighter than not, but too dark for shades that are meant for a light background.
    LightGrey,
    /// Dark text is readable on it.
    Light,
}

/// Settings from environment variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the environment")]
pub struct Env {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM=dumb`.
    pub dumb: bool,
    /// The terminal supports 24-bit colour, according to `COLORTERM` or `WT_SESSION`.
    pub true_color: bool,
    /// Whether the locale states UTF-8; `None` if it states nothing.
    pub utf8: Option<bool>,
    /// Background according to `COLORFGBG`.
    pub background: Option<Background>,
    /// `VISUAL`, a command; may be empty.
    pub visual: String,
    /// `EDITOR`, a command; may be empty.
    pub editor: String,
    /// Folders in `PATH`.
    pub path: Vec<PathBuf>,
    /// `XDG_RUNTIME_DIR`, if it is an absolute path.
    pub runtime_dir: Option<PathBuf>,
    /// `CAIRN_PLAIN` is set to a value other than empty or 0: plain mode instead of screens.
    pub plain: bool,
    /// Character set of the terminal according to the locale.
    pub charset: Charset,
}

impl Env {
    /// Reads the environment of the process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    pub fn read() -> Self {
        Self::of(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    /// Interprets the given variables.
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let true_color = set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit")
            // Windows Terminal has true colour and does not say so in `COLORTERM`.
            || set("WT_SESSION").is_some();
        // The first of these that is set counts, as in POSIX.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        Self {
            no_color: set("NO_COLOR").is_some(),
            dumb: set("TERM").is_some_and(|term| term == "dumb"),
            true_color,
            plain: set("CAIRN_PLAIN").is_some_and(|value| value != "0"),
            charset: if cfg!(windows) { Charset::Utf8 } else { Charset::of_locale(locale.as_deref()) },
            utf8: locale.map(|locale| {
                let locale = locale.to_lowercase();
                locale.contains("utf-8") || locale.contains("utf8")
            }),
            background: set("COLORFGBG").as_deref().and_then(background),
            visual: set("VISUAL").unwrap_or_default(),
            editor: set("EDITOR").unwrap_or_default(),
            path: set("PATH").iter().flat_map(std::env::split_paths).collect(),
            runtime_dir: set("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute()),
        }
    }
}

/// Interprets the last part of `COLORFGBG`, the number of one of 16 colours.
fn background(text: &str) -> Option<Background> {
    let number: u8 = text.rsplit(';').next()?.parse().ok()?;
    Some(match number {
        15 => Background::Light,
        7 | 9..=14 => Background::LightGrey,
        8 => Background::DarkGrey,
        _ => Background::Dark,
    })
}

#[must_use]
pub fn is_terminal_out() -> bool {
    std::io::stdout().is_terminal()
}

/// Returns whether standard output is discarded: `/dev/null`, which also replaces an output that was closed.
#[cfg(unix)]
#[must_use]
pub fn is_output_lost() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let out = std::io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from).and_then(|file| file.metadata());
    match (out, std::fs::metadata("/dev/null")) {
        (Ok(out), Ok(null)) => out.file_type().is_char_device() && out.rdev() == null.rdev(),
        (out, _) => out.is_err(),
    }
}

/// Not known on this system; always false.
#[cfg(not(unix))]
#[must_use]
pub fn is_output_lost() -> bool {
    false
}

#[must_use]
pub fn is_terminal_in() -> bool {
    std::io::stdin().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Env {
        Env::of(|name| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn variables_say_what_they_say() {
        assert_eq!(env(&[]), Env { charset: env(&[]).charset, ..Env::default() });
        assert!(env(&[("CAIRN_PLAIN", "1")]).plain && !env(&[("CAIRN_PLAIN", "0")]).plain);
        assert!(env(&[("NO_COLOR", "1")]).no_color && !env(&[("NO_COLOR", "")]).no_color);
        for (pairs, utf8) in [
            (&[("LANG", "cy_GB.UTF-8")][..], Some(true)),
            (&[("LANG", "C.utf8")], Some(true)),
            (&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], Some(false)),
            (&[("LC_CTYPE", "en_GB.ISO-8859-1")], Some(false)),
            (&[("LANG", "")], None),
        ] {
            assert_eq!(env(pairs).utf8, utf8, "{pairs:?}");
        }
        assert_eq!(env(&[("COLORFGBG", "0;15")]).background, Some(Background::Light));
        assert_eq!(env(&[("COLORFGBG", "15;default;0")]).background, Some(Background::Dark));
        assert_eq!(env(&[("COLORFGBG", "x")]).background, None);
    }
}

//! The environment and the terminal's abilities, read once at the start.

use std::io::IsTerminal;

use super::charset::Charset;

/// What the environment asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Env {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM=dumb`.
    pub dumb: bool,
    /// `CAIRN_PLAIN` is set, and not to nothing or 0: lines instead of screens, for whoever wants that everywhere.
    pub plain: bool,
    /// What the locale says a terminal can show.
    pub charset: Charset,
}

impl Env {
    /// Reads it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let plain = set("CAIRN_PLAIN") && std::env::var_os("CAIRN_PLAIN").is_some_and(|value| value != "0");
        // As `setlocale` reads them: the first that is set to something.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os).find(|v| !v.is_empty());
        let charset = if cfg!(windows) {
            Charset::Utf8
        } else {
            Charset::of_locale(locale.map(|name| name.to_string_lossy().into_owned()).as_deref())
        };
        Self { no_color: set("NO_COLOR"), dumb, plain, charset }
    }
}

/// Standard output is a terminal.
#[must_use]
pub fn is_terminal_out() -> bool {
    std::io::stdout().is_terminal()
}

/// Standard input is a terminal.
#[must_use]
pub fn is_terminal_in() -> bool {
    std::io::stdin().is_terminal()
}

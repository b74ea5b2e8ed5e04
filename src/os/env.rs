//! The environment and the terminal's abilities, read once at the start.

use std::io::IsTerminal;

/// What the environment asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Env {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM=dumb`.
    pub dumb: bool,
}

impl Env {
    /// Reads it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { no_color: set("NO_COLOR"), dumb }
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

//! A fault of ours must not take anybody's words with it: a panic is caught where it can be said what comes next. On the
//! screen's own thread the terminal is given back first.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::tui::leave_now;

/// Where the program broke down. What a panic says may hold words of a person, such as the text that was cut in a wrong
/// place, and is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Panicked(String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which thread it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultSite {
    /// The one that draws, and gives the terminal back.
    Screen,
    /// Another one.
    Behind,
}

thread_local! {
    static GUARDED: Cell<Option<FaultSite>> = const { Cell::new(None) };
    static BROKE_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

/// Does some work; a panic in it is no more than an error.
pub(super) fn guarded<T>(place: FaultSite, work: impl FnOnce() -> T) -> Result<T, Panicked> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| noted(panic, &before)));
    });
    let outer = GUARDED.replace(Some(place));
    // What the work has left half done is only written down afterwards, never worked on.
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    done.map_err(|_: Box<dyn Any + Send>| Panicked(BROKE_AT.take()))
}

fn noted(panic: &PanicHookInfo<'_>, before: &dyn Fn(&PanicHookInfo<'_>)) {
    let Some(place) = GUARDED.get() else { return before(panic) };
    let at = panic.location().map(|at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
    BROKE_AT.set(at.unwrap_or_else(|| "an unknown place".to_owned()));
    if place == FaultSite::Screen {
        leave_now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_place_and_without_its_words() {
        let broke = guarded(FaultSite::Behind, || -> u8 { panic!("my private words") });
        let place = broke.expect_err("it panics").to_string();
        assert!(place.starts_with("src/run/guard.rs:") && !place.contains("private"), "{place}");
        assert_eq!(guarded(FaultSite::Behind, || 7), Ok(7));
    }
}

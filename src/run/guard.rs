//! Panics must not lose the user's text: they are caught where the program can still report what to do. In the screen's
//! own thread the terminal is restored first.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::tui::leave_now;

/// Position of a panic in the source. The panic message may contain personal text, such as a string that was sliced
/// wrongly, and is not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Panicked(String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The thread in which guarded work runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultSite {
    /// The thread that draws; the terminal is restored after a panic.
    Screen,
    /// Any other thread.
    Behind,
}

thread_local! {
    static GUARDED: Cell<Option<FaultSite>> = const { Cell::new(None) };
    static BROKE_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

/// Runs `work` and turns a panic into an error.
pub(super) fn guarded<T>(place: FaultSite, work: impl FnOnce() -> T) -> Result<T, Panicked> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| noted(panic, &before)));
    });
    let outer = GUARDED.replace(Some(place));
    // Afterwards the state is only saved as drafts, never worked on.
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

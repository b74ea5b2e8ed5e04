//! Signal handling in a separate thread. crossterm's read never returns once the terminal is gone (crossterm #793), so
//! the event loop cannot do it. Before a signal ends the program, pending drafts are saved; before one stops it, the
//! terminal is restored, and it is taken over again afterwards.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, raise};

use super::worker::PendingDrafts;
use crate::os::{Place, Stopwatch, can_be_resumed, end_editor, exit_now, pause, place};
use crate::tui::{Aside, is_lent, leave_now};

/// How long a signal waits until drafts and earlier requests have been saved. Shorter than the ten seconds after which
/// most systems kill a program.
const LAST_WORDS: Duration = Duration::from_secs(8);
/// The same before the program is stopped, for which nobody wants to wait.
const BEFORE_STOP: Duration = Duration::from_secs(2);
/// How long the text of an editor that has ended may take to return to the event loop.
const COMING_BACK: Duration = Duration::from_secs(1);
/// How long restoring a slow terminal may take.
const LEAVING: Duration = Duration::from_secs(1);

/// Starts handling signals.
pub(super) fn watch(last: PendingDrafts) {
    let Ok(mut signals) = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]) else { return };
    std::thread::spawn(move || {
        let mut watch = Watch { last, aside: None, goes_on: false };
        for signal in signals.forever() {
            // Whatever goes wrong here, a program whose window was closed must not go on without signal handling.
            let taken = catch_unwind(AssertUnwindSafe(|| watch.take(signal)));
            if taken.is_err() && !matches!(signal, SIGTSTP | SIGCONT) {
                exit_now(128 + signal);
            }
        }
    });
}

/// Stops the program as Ctrl-Z does outside raw mode. Returns whether it could be resumed; if not, nothing is done.
pub(super) fn suspend() -> bool {
    can_be_resumed() && raise(SIGTSTP).is_ok()
}

struct Watch {
    last: PendingDrafts,
    /// Present while nothing may be drawn: stopped, or in the background.
    aside: Option<Aside>,
    /// Whether the next SIGCONT belongs to a stop that has been handled already.
    goes_on: bool,
}

impl Watch {
    fn take(&mut self, signal: i32) {
        match signal {
            SIGTSTP => self.stop(),
            SIGCONT => self.go_on(),
            // Keys for the program to which the terminal is lent; the system sends the signal to both.
            SIGINT | SIGQUIT if is_lent() => {}
            _ => self.end(signal),
        }
    }

    fn stop(&mut self) {
        if !can_be_resumed() {
            return;
        }
        if is_lent() {
            let _ = emulate_default_handler(SIGTSTP);
            return;
        }
        let _ = self.last.keep_for_now().recv_timeout(BEFORE_STOP);
        let aside = self.aside.take().unwrap_or_else(Aside::step);
        self.rest();
        self.come_back(aside);
    }

    /// Also called after a stop without preparation (SIGSTOP): a shell has had the terminal meanwhile.
    fn go_on(&mut self) {
        let told = std::mem::take(&mut self.goes_on);
        if is_lent() || (told && self.aside.is_none()) {
            return;
        }
        let aside = self.aside.take().unwrap_or_else(Aside::stay);
        self.come_back(aside);
    }

    /// Stops the program; returns after it has been resumed.
    fn rest(&mut self) {
        let _ = emulate_default_handler(SIGTSTP);
        self.goes_on = true;
    }

    /// Takes the terminal back. In the background it belongs to another process: the program stops again, as the system
    /// would stop one that uses the terminal, until the shell resumes it with `fg`. If the terminal is gone, the signal
    /// for that follows, which a stopped program could not handle.
    fn come_back(&mut self, aside: Aside) {
        while place() != Place::Foreground {
            if place() == Place::Gone || !can_be_resumed() {
                self.aside = Some(aside);
                return;
            }
            self.rest();
        }
        aside.come_back();
        // Wakes the event loop, which reads the size again and redraws everything.
        let _ = raise(SIGWINCH);
    }

    fn end(&self, signal: i32) {
        if self.last.are_outside() {
            // What the editor saves at the end returns to the event loop and becomes a pending draft.
            end_editor();
            let since = Stopwatch::start();
            while self.last.are_outside() && since.elapsed() < COMING_BACK {
                pause(Duration::from_millis(2));
            }
        }
        self.last.copying.stop.ask();
        let _ = self.last.keep().recv_timeout(LAST_WORDS);
        self.last.copying.end();
        if place() == Place::Foreground {
            let (done, left) = channel();
            std::thread::spawn(move || {
                leave_now();
                let _ = done.send(());
            });
            let _ = left.recv_timeout(LEAVING);
        }
        exit_now(128 + signal);
    }
}

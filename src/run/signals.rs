//! Signals, heard in a thread of their own: crossterm's read never returns once the terminal is gone (crossterm #793), so
//! the loop cannot hear them. What ends the program has its words kept first; what stops it gives the terminal back and
//! takes it over again afterwards.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, raise};

use super::worker::PendingDrafts;
use crate::os::{Place, Stopwatch, can_be_resumed, end_editor, exit_now, pause, place};
use crate::tui::{Aside, is_lent, leave_now};

/// How long a signal waits for the draft, and for what was asked before it, to be kept. Shorter than the ten seconds
/// that most systems give a program before they kill it.
const LAST_WORDS: Duration = Duration::from_secs(8);
/// The same before the program is stopped, which nobody wants to wait for.
const BEFORE_STOP: Duration = Duration::from_secs(2);
/// How long a text may take to come back from an editor that has ended.
const COMING_BACK: Duration = Duration::from_secs(1);
/// How long a slow terminal may take to be given back.
const LEAVING: Duration = Duration::from_secs(1);

/// Hears signals from now on.
pub(super) fn watch(last: PendingDrafts) {
    let Ok(mut signals) = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]) else { return };
    std::thread::spawn(move || {
        let mut watch = Watch { last, aside: None, goes_on: false };
        for signal in signals.forever() {
            // Whatever goes wrong in here, a program whose window was closed must not go on without ears.
            let taken = catch_unwind(AssertUnwindSafe(|| watch.take(signal)));
            if taken.is_err() && !matches!(signal, SIGTSTP | SIGCONT) {
                exit_now(128 + signal);
            }
        }
    });
}

/// Stops the program as ctrl-z does where nobody reads keys. Says whether anybody could bring it back; if not, nothing is
/// done.
pub(super) fn suspend() -> bool {
    can_be_resumed() && raise(SIGTSTP).is_ok()
}

struct Watch {
    last: PendingDrafts,
    /// While nothing may be drawn: stopped, or in the background.
    aside: Option<Aside>,
    /// The signal that makes a stopped program go on will be heard, too, and has been dealt with.
    goes_on: bool,
}

impl Watch {
    fn take(&mut self, signal: i32) {
        match signal {
            SIGTSTP => self.stop(),
            SIGCONT => self.go_on(),
            // Keys of the program that has the terminal, which the system sends to both.
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

    /// Also after a stop that nobody could prepare for (SIGSTOP): a shell has had the terminal since.
    fn go_on(&mut self) {
        let told = std::mem::take(&mut self.goes_on);
        if is_lent() || (told && self.aside.is_none()) {
            return;
        }
        let aside = self.aside.take().unwrap_or_else(Aside::stay);
        self.come_back(aside);
    }

    /// Stops the program, and returns when somebody has made it go on.
    fn rest(&mut self) {
        let _ = emulate_default_handler(SIGTSTP);
        self.goes_on = true;
    }

    /// In the background the terminal is somebody else's: there the program stops again, as the system would stop one that
    /// touched it, and the shell makes it go on with `fg`. Where the terminal is gone, the signal that says so follows: a
    /// program that stopped would not hear it.
    fn come_back(&mut self, aside: Aside) {
        while place() != Place::Foreground {
            if place() == Place::Gone || !can_be_resumed() {
                self.aside = Some(aside);
                return;
            }
            self.rest();
        }
        aside.come_back();
        // Wakes the loop, which reads a new size, forgets what stood on the screen and draws all of it.
        let _ = raise(SIGWINCH);
    }

    fn end(&self, signal: i32) {
        if self.last.are_outside() {
            // What the editor saves in its last moment comes back to the loop, and is among the last words.
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

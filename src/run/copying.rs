//! The backup of the day while it is being made, in a thread of its own: whoever ends the program waits for it, or has it
//! stopped, so that no half copy is left behind.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::store::Stop;

/// How long somebody who leaves waits for it. What is not made by then is made at another start.
const LEAVING: Duration = Duration::from_secs(2);
/// How long one that was stopped takes to clean up behind itself, at most.
const CLEANING: Duration = Duration::from_secs(2);

/// Backups that are being made.
#[derive(Debug, Clone, Default)]
pub(super) struct Copying {
    /// Asks them to stop.
    pub(super) stop: Stop,
    running: Arc<(Mutex<usize>, Condvar)>,
}

/// One of them, for as long as this lives.
#[derive(Debug)]
pub(super) struct Running(Copying);

impl Copying {
    /// One begins.
    pub(super) fn begin(&self) -> Running {
        *self.running.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Running(self.clone())
    }

    /// Waits until none is being made; one that takes long is stopped. For somebody who leaves in peace.
    pub(super) fn wait(&self) {
        if !self.wait_for(LEAVING) {
            self.end();
        }
    }

    /// Stops what is being made. For a window that was closed.
    pub(super) fn end(&self) {
        self.stop.ask();
        self.wait_for(CLEANING);
    }

    fn wait_for(&self, most: Duration) -> bool {
        let (running, ended) = &*self.running;
        let running = running.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = ended.wait_timeout_while(running, most, |running| *running > 0);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let (running, ended) = &*self.0.running;
        let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
        *running = running.saturating_sub(1);
        ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_ends_waits_until_nothing_is_being_made() {
        let copying = Copying::default();
        assert!(copying.wait_for(Duration::ZERO), "nothing is");
        let running = copying.begin();
        assert!(!copying.wait_for(Duration::from_millis(5)));
        let other = std::thread::spawn(move || drop(running));
        copying.end();
        other.join().expect("it ends");
        assert!(copying.wait_for(Duration::ZERO));
    }
}

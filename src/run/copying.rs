//! The daily backup while it is being made in its own thread. Code that ends the program waits for it or stops it, so
//! that no incomplete copy is left.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::store::Stop;

/// How long a normal exit waits for it. A backup that takes longer is stopped and made at a later start.
const LEAVING: Duration = Duration::from_secs(2);
/// How long a stopped backup may take to remove its files.
const CLEANING: Duration = Duration::from_secs(2);

/// The backups that are being made.
#[derive(Debug, Clone, Default)]
pub(super) struct Copying {
    /// Stops them.
    pub(super) stop: Stop,
    running: Arc<(Mutex<usize>, Condvar)>,
}

/// A backup in progress, as long as this value exists.
#[derive(Debug)]
pub(super) struct Running(Copying);

impl Copying {
    /// Registers a backup in progress.
    pub(super) fn begin(&self) -> Running {
        *self.running.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Running(self.clone())
    }

    /// Waits until no backup is in progress, and stops one that takes long. For a normal exit.
    pub(super) fn wait(&self) {
        if !self.wait_for(LEAVING) {
            self.end();
        }
    }

    /// Stops backups in progress. For a window that was closed.
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

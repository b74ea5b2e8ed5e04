//! Tests of the event loop with a script instead of a terminal and records on a real disk: what happens after a panic.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::app::{DraftJob, Effect};
use crate::desk::Desk;
use crate::tui::Input;

/// Sends a script, one key for each frame, once the records are open.
struct Script {
    keys: VecDeque<Input>,
    /// Frames for which drawing panics.
    breaks: fn(&Model) -> bool,
    is_open: bool,
    /// The notice and the banner in each frame.
    said: Arc<Mutex<Vec<(String, String)>>>,
}

impl Frontend for Script {
    fn draw(&mut self, model: &mut Model) -> io::Result<()> {
        assert!(!(self.breaks)(model), "a fault of ours");
        self.is_open = model.person.reflect.is_some();
        let notice = model.person.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        self.said.lock().expect("whole").push((notice, model.shell.banner.clone()));
        Ok(())
    }

    fn forget(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<Input>> {
        // No input while a reply is expected, so that the script always runs the same way.
        if wait.is_some_and(|wait| wait < Duration::from_millis(10)) || !self.is_open {
            std::thread::sleep(Duration::from_millis(1));
            return Ok(None);
        }
        Ok(Some(self.keys.pop_front().unwrap_or_else(|| key("ctrl-q"))))
    }

    fn is_waiting(&self) -> bool {
        false
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn edit(&mut self, _: &str) -> (Msg, io::Result<()>) {
        (Msg::Unchanged, Ok(()))
    }

    fn suspend(&mut self) -> Msg {
        Msg::Unchanged
    }
}

fn key(name: &str) -> Input {
    Input::Key(name.parse().expect("a key"))
}

/// Returns the text that is being written.
fn written(model: &Model) -> &str {
    model.person.reflect.as_ref().and_then(|reflect| reflect.page()).map_or("", |page| page.buffer.text())
}

/// The outcome, notice and banner of each frame, and the draft found by the next start.
type Played = (Result<(), Error>, Vec<(String, String)>, Option<String>);

/// Types these letters into a reflection on FL-5, and stops early if something panics.
fn play_script(
    letters: &str,
    breaks: fn(&Model) -> bool,
    perform: fn(&mut Desk, Option<&str>, Effect) -> Msg,
) -> Played {
    let folder = tempfile::tempdir().expect("a folder");
    let day = jiff::civil::date(2026, 11, 22);
    let opening =
        OpenOptions { data_dir: Some(folder.path().join("data")), today: Some(day), ..OpenOptions::default() };
    let letters = letters.chars().map(|c| key(&c.to_string()));
    let said = Arc::default();
    let keys = [key("2"), key("3")].into_iter().chain(letters).collect();
    let script = Script { keys, breaks, is_open: false, said: Arc::clone(&said) };
    let worker = Worker::start(opening.clone(), Some("FL-5".to_owned()), perform);
    let outcome = play(Model::new(day, false), script, worker, &crate::os::Clock::fixed(day));
    let draft = Desk::open(&opening).expect("the records are whole").drafts().expect("readable").pop();
    let said = said.lock().expect("whole").clone();
    (outcome, said, draft.and_then(|draft| draft.reflections.last().map(|written| written.text.clone())))
}

#[test]
fn who_types_and_leaves_finds_it_again() {
    let (outcome, _, draft) = play_script("words", |_| false, perform_for);
    assert_eq!((outcome, draft.as_deref()), (Ok(()), Some("words")));
}

#[test]
fn a_fault_in_drawing_is_said_with_its_place_and_takes_no_word() {
    let (outcome, _, draft) = play_script("words!never", |model| written(model).ends_with('!'), perform_for);
    let error = outcome.expect_err("it broke down");
    assert_eq!(error.kind, ErrorKind::Broken);
    assert!(error.message.contains("at src/run/tests.rs:"), "{error}");
    assert!(
        error.message.contains("What you were writing is saved") && !error.message.contains("fault of ours\n"),
        "{error}"
    );
    assert_eq!(draft.as_deref(), Some("words!"));
}

#[test]
fn a_fault_behind_the_screen_is_said_at_once_and_for_good_and_the_words_can_be_copied() {
    let (outcome, said, draft) = play_script(
        "word! and more",
        |_| false,
        |desk, client, effect| {
            assert!(
                !matches!(&effect, Effect::Draft(DraftJob::KeepAnswer(answer)) if format!("{answer:?}").contains('!')),
                "a fault of ours"
            );
            perform_for(desk, client, effect)
        },
    );
    let at = said.iter().position(|(_, banner)| banner == event_loop::WORKER_GONE).expect("it is said");
    assert_eq!(said.get(at).map(|(notice, _)| notice.as_str()), Some(event_loop::WORKER_GONE));
    let rest = said.get(at..).unwrap_or_default();
    assert!(
        rest.len() >= " and more".len() && rest.iter().all(|(_, banner)| banner == event_loop::WORKER_GONE),
        "{rest:?}"
    );
    let error = outcome.expect_err("it broke down");
    assert_eq!(error.kind, ErrorKind::Broken);
    assert!(error.message.contains("What you were writing last was NOT saved"), "{error}");
    assert_eq!(draft.as_deref(), Some("word"));
}

#[test]
fn the_day_follows_the_clock_while_the_screens_are_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, after) = (jiff::civil::date(2026, 12, 31), jiff::civil::date(2027, 1, 1));
    let opening =
        OpenOptions { data_dir: Some(folder.path().join("data")), today: Some(after), ..OpenOptions::default() };
    let keys = ["2", "3", "x"].map(key).into();
    let script = Script { keys, breaks: |_| false, is_open: false, said: Arc::default() };
    let worker = Worker::start(opening.clone(), Some("FL-5".to_owned()), perform_for);
    // The screens were opened on the previous day.
    play(Model::new(before, false), script, worker, &crate::os::Clock::fixed(after)).expect("it ends");
    let draft = Desk::open(&opening).expect("the records are whole").drafts().expect("readable").pop();
    assert_eq!(draft.map(|draft| draft.on), Some(after));
}

//! Locking on the screens: covering, opening, the paper key, backups; and in a real terminal with default settings.

#![expect(clippy::disallowed_methods, reason = "records are damaged from outside")]

use std::ops::{Deref, DerefMut};

use cairn_coach::app::{DraftJob, DraftReply, Effect, Layer, Msg, Offer, SecretFor, SecretPage, VaultJob, update};
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::Lock;

use crate::harness::App;

/// An app for these tests.
struct SessionDraft(App);

impl SessionDraft {
    fn keys(&mut self, script: &str) -> &mut Self {
        self.0.press(script);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.0.press(&format!("'{text}'"));
        self
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        self.0.sees(text);
        self
    }
}

impl Deref for SessionDraft {
    type Target = App;
    fn deref(&self) -> &App {
        &self.0
    }
}

impl DerefMut for SessionDraft {
    fn deref_mut(&mut self) -> &mut App {
        &mut self.0
    }
}

const MINE: &str = "four words of mine";

/// A saved reflection, with words that must not be visible once it is locked.
fn written() -> SessionDraft {
    let mut app = SessionDraft(App::new());
    app.model.shell.watch.offer = Offer::Page;
    app.keys("2").text("calculated risks").keys("enter").keys("2 3").text("Sentinel about Sam").keys("ctrl-s");
    // The advice comes first, and the passphrase is offered when it is left.
    app.keys("1");
    app
}

/// The same, locked with a passphrase.
fn locked_after() -> SessionDraft {
    let mut app = written();
    app.sees("Lock your records with a passphrase?");
    app.text(MINE).keys("enter").text(MINE).keys("enter");
    app.sees("This is your paper key").keys("enter");
    app
}

/// Returns the whole model as text.
fn memory(app: &App) -> String {
    format!("{:?}", app.model)
}

#[test]
fn a_passphrase_is_offered_once_after_the_first_save() {
    let mut app = written();
    app.sees("Lock your records with a passphrase?").sees("esc").keys("esc");
    assert_eq!(app.model.person.snapshot.safety.lock, Lock::Open);
    app.keys("1").sees("Lock your records with a passphrase");
    app.keys("2").text("delegating").keys("enter").keys("2 3").keys("ctrl-s");
    assert!(app.model.person.layers.is_empty(), "offered once");
    // The decision is remembered beyond this start.
    let mut app = SessionDraft(app.0.restarted());
    app.model.shell.watch.offer = Offer::Page;
    app.keys("2").text("red tape").keys("enter").keys("2 3").keys("ctrl-s");
    assert!(app.model.person.layers.is_empty(), "offered once");
}

#[test]
fn what_is_typed_in_secret_is_nowhere_to_be_seen() {
    let mut app = written();
    app.text(MINE);
    let screen = app.screen();
    assert!(!screen.contains(MINE) && screen.contains("\u{2022}\u{2022}\u{2022}"), "{screen}");
    assert!(!memory(&app).contains(MINE), "not even where a fault would be reported from");
    app.keys("ctrl-r").sees(MINE).keys("ctrl-r");
    app.keys("enter").text("something else").keys("enter").sees("The passphrases do not match");
    app.keys("ctrl-w").sees("Four random words");
    app.keys("esc");
    assert!(app.model.person.layers.is_empty());
    // A weak passphrase is rejected where it is typed, and nothing is locked.
    app.keys("P").text("short").keys("enter").text("short").keys("enter").sees("at least 12 letters");
    assert_eq!(app.model.person.snapshot.safety.lock, Lock::Open);
}

#[test]
fn after_locking_no_word_is_left_in_memory_and_the_passphrase_brings_all_back() {
    let mut app = locked_after();
    assert_eq!(app.model.person.snapshot.safety.lock, Lock::Passphrase);
    app.keys("9").sees("Sentinel about Sam").keys("ctrl-l");
    let screen = app.screen();
    assert!(screen.contains("Your records are locked") && !screen.contains("Sentinel"), "{screen}");
    assert!(!memory(&app).contains("Sentinel"));
    // There is no way around the lock.
    for key in ["esc", "1", "ctrl-p", ":", "f1", "w", "ctrl-f", "alt-o"] {
        app.keys(key);
        assert!(!app.screen().contains("Sentinel") && app.model.is_covered(), "{key}");
        if matches!(app.model.person.layers.last(), Some(Layer::Help(_))) {
            app.keys("esc");
        }
    }
    app.keys("ctrl-u").text("four words of yours").keys("enter").sees("This is not the passphrase");
    app.text(MINE).keys("enter");
    assert!(!app.model.is_covered());
    app.keys("9").sees("Sentinel about Sam");
}

#[test]
fn words_that_are_being_written_come_back_after_the_lock() {
    let mut app = locked_after();
    app.keys("2").text("delegating").keys("enter").keys("2 3").text("Half a sentence").keys("ctrl-l");
    assert!(app.model.is_covered() && !memory(&app).contains("Half a sentence"));
    app.text(MINE).keys("enter").sees("Finish ").keys("enter").sees("Half a sentence");
}

#[test]
fn ten_minutes_without_a_key_cover_the_screen_and_a_late_key_sees_nothing() {
    let mut app = locked_after();
    app.keys("9");
    app.model.shell.now = app.model.shell.watch.touched + 599;
    assert_eq!(app.model.idle_after(), Some(1_000));
    app.keys("1");
    assert!(!app.model.is_covered());
    app.model.shell.now += 600;
    app.send(Msg::Idle);
    assert!(app.model.is_covered());
    app.text(MINE).keys("enter").keys("9").sees("Sentinel");
    // After the machine was suspended, the first key does nothing but lock the screen.
    app.model.shell.now += 100_000;
    app.keys("down");
    assert!(app.model.is_covered() && !app.screen().contains("Sentinel"));
    app.text(MINE).keys("enter");
    app.model.shell.watch.after = std::time::Duration::ZERO;
    app.model.shell.now += 100_000;
    app.keys("9").sees("Sentinel");
}

#[test]
fn the_paper_key_opens_and_a_new_passphrase_is_asked_for() {
    let mut app = written();
    app.text(MINE).keys("enter").text(MINE).keys("enter");
    let Some(Layer::Paper(page)) = app.model.person.layers.last() else { panic!("the paper key is shown") };
    let typed = page.rows().join(" ").to_lowercase();
    app.keys("esc").sees("Write it down first").keys("enter").keys("ctrl-l");
    app.text(&typed).keys("enter").sees("Choose a new passphrase");
    app.text("four other words")
        .keys("enter")
        .text("four other words")
        .keys("enter")
        .sees("Your passphrase has changed");
    app.keys("ctrl-l").text(MINE).keys("enter").sees("This is not the passphrase");
    app.text("four other words").keys("enter");
    assert!(!app.model.is_covered());
    app.keys("9").sees("Sentinel");
}

#[test]
fn a_new_paper_key_is_shown_only_to_somebody_who_knows_the_passphrase() {
    let mut app = locked_after();
    app.keys("1 P down enter").sees("Make a new paper key").sees("Passphrase, or paper key");
    app.text("wrong one here").keys("enter").sees("This is not the passphrase").misses("AGE-SECRET-KEY-1");
    app.text(MINE).keys("enter").sees("This is your paper key").sees("AGE-SECRET-KEY-1");
}

#[test]
fn a_passphrase_is_changed_and_taken_away() {
    let mut app = locked_after();
    app.keys("1 P").sees("Change the passphrase").keys("enter");
    app.text("wrong one here")
        .keys("enter")
        .text("four other words")
        .keys("enter")
        .text("four other words")
        .keys("enter");
    app.sees("This is not the passphrase");
    app.keys("esc P enter").text(MINE).keys("enter").text("four other words").keys("enter");
    app.text("four other words").keys("enter").sees("Your passphrase has changed");
    app.keys("P down down enter").sees("Remove the passphrase").text("four other words").keys("enter");
    app.sees("no longer have a passphrase");
    assert_eq!(app.model.person.snapshot.safety.lock, Lock::Open);
    app.keys("ctrl-l").sees("The screen is hidden").keys("enter").keys("9").sees("Sentinel");
}

#[test]
fn a_backup_is_put_in_place_from_the_screens() {
    let mut app = locked_after();
    app.keys("1 B").sees("Backup made and checked");
    app.keys("2").text("delegating").keys("enter").keys("2 3").text("Later words").keys("ctrl-s");
    app.keys("9").sees("Later words").keys("esc R").sees("Which backup?").keys("enter").sees("This backup is locked");
    app.text(MINE).keys("enter").sees("is not damaged and holds 1 answer").keys("enter");
    app.keys("9").sees("Later words");
    app.keys("esc R enter").text(MINE).keys("enter").keys("down enter").sees("The backup is restored");
    app.keys("9").sees("Sentinel about Sam");
    assert!(!app.screen().contains("Later words"), "{}", app.screen());
}

#[test]
fn a_disk_that_is_full_does_not_cost_the_words_that_are_being_written() {
    let mut app = locked_after();
    app.keys("2").text("delegating").keys("enter").keys("2 3").text("Half a sentence");
    for words in [Msg::Paste("!".to_owned()), Msg::Run(cairn_coach::command::Command::Lock)] {
        let effects = update(&mut app.model, words);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Draft(DraftJob::KeepAnswer(_)))));
        assert!(!effects.contains(&Effect::Vault(VaultJob::PutAway)));
        drop(update(&mut app.model, Msg::Draft(DraftReply::AnswerNotKept("The disk is full.".to_owned()))));
    }
    app.sees("NOT locked").sees("Half a sentence!");
    app.keys("ctrl-l");
    assert!(app.model.is_covered());
    app.text(MINE).keys("enter").keys("enter").sees("Half a sentence!");
}

#[test]
fn every_page_for_a_secret_fits_a_small_window() {
    for purpose in [SecretFor::Unlock, SecretFor::Uncover, SecretFor::Choose, SecretFor::Change, SecretFor::Remove] {
        let mut page = SecretPage::new(purpose, "Acme Care");
        page.problem = "This is not the passphrase of these records.".to_owned();
        let last = page.lines.last().map(|line| line.label);
        page.at = page.lines.len().saturating_sub(1);
        for (columns, rows) in [(50, 14), (80, 24), (160, 45)] {
            let mut app = App::demo().sized(columns, rows);
            app.model.person.layers = vec![Layer::Secret(page.clone())];
            let screen = app.screen();
            assert!(last.is_none_or(|label| screen.contains(label)), "{columns}x{rows}\n{screen}");
        }
    }
}

#[test]
fn a_session_with_a_client_does_not_go_on_in_the_records_of_a_backup() {
    let mut app = locked_after();
    app.keys("1 B").sees("Backup made and checked");
    app.keys("w 'Anna Bee' enter down enter esc esc esc 7 enter tab 'ANNASHARED' ctrl-o ctrl-t 'ANNAPRIVATE'");
    app.sees("ANNAPRIVATE");
    app.keys("esc esc esc 1 R enter").text(MINE).keys("enter").keys("down enter").sees("The backup is restored");
    assert!(app.model.person.sitting.is_none() && !app.model.person.show_private);
    for keys in ["1", "f7", "9", "i"] {
        app.keys(&format!("esc esc esc {keys}"));
        assert!(!app.screen().contains("ANNA") && !app.screen().contains("Anna"), "{}", app.screen());
    }
}

#[test]
fn a_backup_that_cannot_be_restored_leaves_every_text_with_the_client_it_belongs_to() {
    let mut app = locked_after();
    app.keys("1 B").sees("Backup made and checked");
    app.keys("w 'Anna Bee' enter down enter esc esc esc 7 enter tab 'ANNASHARED' esc esc esc 1 R enter");
    app.text(MINE).keys("enter").sees("is not damaged");
    std::fs::remove_dir_all(app.data().join("backups")).expect("it is there");
    app.keys("down enter").sees("Nothing was restored");
    app.sees("Anna Bee").keys("7").sees("ANNASHARED");
    assert!(app.model.person.snapshot.person.is_client(), "it is still the client's session");
}

#[test]
fn damage_behind_the_lock_is_said_and_a_backup_is_put_in_place() {
    let mut app = locked_after();
    app.keys("1 B").sees("Backup made and checked").keys("ctrl-l");
    let file = app.data().join("cairn.db");
    let bytes = std::fs::read(&file).expect("readable");
    std::fs::write(&file, &bytes[..20_000]).expect("writable");
    for log in ["cairn.db-wal", "cairn.db-shm"] {
        let _ = std::fs::remove_file(app.data().join(log));
    }
    app.text(MINE).keys("enter").sees("Restore a backup").sees("Your records are damaged");
    // What needs no records works, and commands that would write say why they do not.
    app.keys("2").text("red tape").sees("FL-").keys("enter").sees("Cairn cannot open your records").keys("esc");
    app.keys("1 enter")
        .sees("Which backup?")
        .keys("enter")
        .text(MINE)
        .keys("enter")
        .sees("is not damaged and holds 1 answer");
    app.keys("down enter").sees("The backup is restored").keys("9").sees("Sentinel about Sam");
}

#[test]
fn a_client_who_was_asked_for_is_opened_by_the_passphrase_and_never_ones_own_records() {
    let mut app = locked_after();
    app.keys("esc esc esc 1 w").text("Zebulon Quist").keys("enter down enter");
    app.sees("Zebulon Quist");
    let opening = OpenOptions {
        data_dir: Some(app.data()),
        today: Some(crate::harness::TODAY),
        person: Some("zeb".to_owned()),
        ..OpenOptions::default()
    };
    let desk = Desk::open_telling(&opening, |_, _| {}).expect("it opens, and the records stay shut");
    let mut app = SessionDraft(App::at(desk, false));
    app.text(MINE).keys("enter").sees("Zebulon Quist");
    assert!(!app.screen().contains("Your own records"), "{}", app.screen());
    // An unknown client is reported before anything else opens.
    let nobody = OpenOptions { person: Some("nobody at all".to_owned()), ..opening };
    let desk = Desk::open_telling(&nobody, |_, _| {}).expect("it opens, and the records stay shut");
    let mut app = SessionDraft(App::at(desk, false));
    app.text(MINE).keys("enter").sees("No client is called");
    assert!(app.model.is_covered(), "nothing is shown yet");
}

//! Two people at one screen: what a coach and a client who read the same lines must not learn from them, apart from the
//! private notes themselves.

use cairn_coach::app::{DraftReply, Msg};

use crate::harness::App;

/// A coach with three clients, one of whom has an agreement and is open.
fn with_clients() -> App {
    App::new().keys(
        "w 'Amira Khan' enter down enter w 'Ben Osei' enter down enter w 'Tunde Adeyemi' enter down enter a down enter",
    )
}

#[test]
fn a_name_is_shown_for_letters_and_for_no_other_signs() {
    let mut app = with_clients();
    for typed in
        ["..", "--", "**", "!!", "''", "$$", "!z", "^b", "a|", "a\u{301}", "1", "  ", "e ", "\u{1f600}\u{1f600}", "b."]
    {
        app.press("w");
        app.send(Msg::Paste(typed.to_owned()));
        app.misses("Amira").misses("Ben Osei");
        app.press("esc");
    }
    app.press("w 'am'");
    app.sees("Amira Khan").misses("Ben Osei");
    app.press("ctrl-u 'ben o'");
    app.sees("Ben Osei").misses("Amira");
}

#[test]
fn a_concern_put_aside_is_not_shown_again_for_a_private_note() {
    let mut app = with_clients();
    app.press("7 enter tab 'I want to end my life.' ctrl-s enter");
    app.sees("Samaritans");
    app.press("x esc esc esc f7 enter tab 'A calm hour.' ctrl-o ctrl-t 'She said that she wants to kill herself.' ctrl-o ctrl-s enter");
    app.misses("Samaritans").misses("You are not on your own");
    app.press("esc esc esc 1");
    app.misses("People to ring").misses("You are not on your own");
    app.press("!");
    app.press("esc ctrl-o 1");
    app.sees("You are not on your own");
}

#[test]
fn nothing_is_said_of_a_private_note_while_it_is_hidden() {
    let mut app = with_clients();
    app.press("7 enter tab 'We talked.' tab ctrl-o ctrl-t 'Ring Mrs Quill on 07700 900123.'");
    app.sees("Goal\u{2713}");
    app.press("ctrl-o");
    app.sees("Check-in\u{2713}").misses("Goal\u{2713}");
    app.press("ctrl-g");
    app.sees("\u{2713} Check-in").misses("\u{2713} Goal");
    app.press("esc esc 1");
    app.sees("1 part written");
    app.press("f7 ctrl-s enter");
    app.sees("Your session is saved.").misses("Your session is still open").misses("note for the coach");
    app.press("i");
    app.misses("note for the coach");
    // The coach is informed as soon as the private lines are shown, not after they are hidden again.
    app.press("esc ctrl-o");
    app.sees("A note for the coach may include a name or a number.");
    app.press("9 ctrl-r");
    app.press("esc ctrl-o i");
    app.misses("may include a name");
}

#[test]
fn what_was_asked_or_searched_with_private_lines_shown_goes_with_them() {
    let mut app = with_clients();
    app.press("7 enter tab ctrl-o ctrl-t 'Watch the zebrastripe.' ctrl-s enter esc esc 9 'zebrastripe'");
    app.sees("Watch the zebrastripe.");
    app.press("ctrl-t");
    app.sees("Withdraw the note");
    app.press("ctrl-o");
    app.misses("Withdraw").misses("zebrastripe");
    app.press("down enter ctrl-o");
    app.sees("Watch the zebrastripe.");
    assert!(
        app.model.person.snapshot.dossier.sessions.iter().any(|session| !session.notes.is_empty()),
        "nothing was withdrawn"
    );
}

#[test]
fn whoever_unlocks_with_a_client_beside_them_sees_the_same_records_again() {
    let mut app = with_clients();
    app.press("5 n 'Ring the owl' ctrl-s ctrl-l");
    app.misses("Tunde");
    app.press("enter");
    app.sees("Tunde Adeyemi").misses("Your own records").misses("Something is waiting");
    assert_eq!(app.model.person.snapshot.person.name, "Tunde Adeyemi");
    app.press("ctrl-o");
    app.sees("PRIVATE NOTES ON SCREEN");
    app.press("ctrl-l enter");
    app.misses("PRIVATE NOTES ON SCREEN");
}

#[test]
fn a_passphrase_is_not_offered_with_a_client_at_the_screen() {
    let mut app = with_clients();
    app.model.shell.watch.offer = cairn_coach::app::Offer::Page;
    app.model.person.snapshot.safety.asked = false;
    app.press("7 enter tab 'A calm hour.' ctrl-s enter");
    app.sees("Your session is saved.");
    app.press("w 'myself' enter f7 enter 'Mine.' ctrl-s enter");
    app.sees("passphrase");
}

#[test]
fn prose_typed_at_a_list_writes_nothing_that_cannot_be_taken_back() {
    let sentences = [
        "We agree to adjust the rota; x exactly as Ben Booth said just before dinner. Yes! ",
        "j j x do it now, please: perhaps they vote, and Tom remembers my quiet word. ",
    ];
    let held = |app: &App| {
        let dossier = &app.model.person.snapshot.dossier;
        let titles: Vec<_> = dossier.actions.iter().map(|action| action.title.clone()).collect();
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {titles:?}",
            dossier.engagements,
            dossier.focus,
            dossier.sessions,
            dossier.answers,
            dossier.comparisons,
            dossier.releases,
            app.model.person.snapshot.person,
        )
    };
    for screen in [
        "1", "5", "8", "c", "c a", "c x", "c u", "c p", "v", "7", "7 enter", "h", "h enter", "w", "m", "i", "t", "!",
        "?", "R", "T",
    ] {
        for sentence in sentences {
            let mut app = App::client("Amira").keys(screen);
            let (before, files) = (held(&app), files_here());
            app.press(&format!("'{}'", sentence.replace('\'', "\u{2019}")));
            assert_eq!(held(&app), before, "{screen}: {sentence}");
            assert_eq!(files_here(), files, "{screen}: {sentence}");
        }
    }
    // Nor text typed where a path is asked for.
    let mut app = with_clients().keys("h enter enter");
    app.sees("Save it as");
    let files = files_here();
    app.press("' had a hard week. He left' enter");
    app.sees("The name of this file ends in .html.");
    assert_eq!(files_here(), files);
    // No letter copies the screen to the clipboard.
    App::client("Amira").keys("8 'y'").misses("Copied");
    // An action that a letter dropped can be reopened with a letter.
    let mut app = App::client("Amira").keys("5");
    let before = held(&app);
    app.press("x r");
    assert_eq!(held(&app), before);
}

/// Returns the files in the folder where the tests run, where a file without a path would be written.
fn files_here() -> Vec<std::path::PathBuf> {
    let folder = std::env::current_dir().expect("a folder").read_dir().expect("it is read");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn what_could_not_be_kept_is_said_before_the_program_ends() {
    let mut app = with_clients();
    app.press("7 enter tab 'We talked.'");
    app.send(Msg::Draft(DraftReply::TextNotKept(
        cairn_coach::domain::Slot::Session,
        "Your draft was not saved.".to_owned(),
    )));
    app.press("ctrl-q");
    app.sees("Cairn did NOT close, because it could not save what you typed.");
    assert!(!app.model.shell.quit);
    // The second attempt succeeded.
    app.press("ctrl-q");
    assert!(app.model.shell.quit);
    let mut app = with_clients();
    app.press("7 enter tab 'We talked.'");
    for _ in 0..2 {
        app.send(Msg::Draft(DraftReply::TextNotKept(
            cairn_coach::domain::Slot::Session,
            "Your draft was not saved.".to_owned(),
        )));
        assert!(!app.model.shell.quit);
        app.press("ctrl-q");
        app.send(Msg::Draft(DraftReply::TextNotKept(
            cairn_coach::domain::Slot::Session,
            "Your draft was not saved.".to_owned(),
        )));
        app.press("esc");
    }
    app.press("ctrl-q");
    assert!(app.model.shell.quit, "nobody is held");
}

/// The person's own words from a while ago are shown on the first screen only to somebody who reads alone.
#[test]
fn a_sentence_of_ones_own_is_shown_to_nobody_else() {
    const OWN: &str = "The evening walks went better than I had feared.";
    let wrote = |words: &str| {
        let mut app = App::new();
        let mut answer = cairn_coach::domain::Answer::blank(jiff::civil::date(2026, 10, 1));
        "empowered-communities".clone_into(&mut answer.framework);
        "2012".clone_into(&mut answer.edition);
        "FL-5".clone_into(&mut answer.behaviour);
        answer.rated = cairn_coach::domain::Rated::Value(2);
        words.clone_into(&mut answer.evidence);
        app.desk.save_answers(&[answer]).expect("it is saved");
        app.reopened()
    };
    for (columns, rows) in [(80, 24), (120, 35), (200, 50)] {
        // Nobody is coached: nothing is private, and nobody reads along.
        let app = wrote(OWN).sized(columns, rows);
        app.sees("You wrote on 1 Oct, for FL-5").sees("The evening walks");
        // There is a client, who may be at the screen.
        let mut app = app.keys("w 'Amira Khan' enter down enter");
        app.press("1");
        app.misses("evening walks");
        app.press("ctrl-o 1");
        app.misses("evening walks");
        app.press("w 'myself' enter 1");
        app.misses("evening walks").misses("You wrote on");
        app.press("ctrl-o");
        app.sees("The evening walks");
        app.press("ctrl-o");
        app.misses("evening walks");
        // What is a sign of danger or of being worn out is not brought back, nor anything beside it.
        for heavy in
            ["I want to end my life.", "I am exhausted and cannot go on like this.", "Ring her on 07700 900123."]
        {
            wrote(&format!("{OWN} {heavy}")).sized(columns, rows).misses("evening walks");
        }
    }
}

#[test]
fn today_quotes_nobody_while_private_lines_are_hidden_and_calls_no_rating_of_the_coach_the_clients() {
    for (width, height) in [(80, 24), (120, 35), (200, 50)] {
        let mut app = App::demo().sized(width, height);
        for _ in 0..4 {
            app.misses("I worry about what").misses("quicker myself");
            app.press("down");
        }
    }
    App::demo().sized(120, 35).keys("ctrl-o").sees("I worry about what");
    let app = App::client("Amira").sized(200, 50).keys("1");
    app.sees("Your last answers").sees("carefully: 3 (Usually)").misses("carefully: 4 (");
}

#[test]
fn what_is_typed_after_private_notes_are_shown_goes_into_the_shared_note_only_on_purpose() {
    let mut app = App::client("Amira").keys("7 enter tab 'Glad.' ctrl-o 'LEAKED'");
    app.sees("Cairn did not type that, because this is the SHARED note.").misses("LEAKED");
    app.press("right ' Shared.'");
    app.sees("Glad. Shared.");
    let mut app = App::client("Amira").keys("7 enter tab 'Glad.' ctrl-o ctrl-t 'Only mine.'");
    app.sees("Only mine.");
    app.press("ctrl-o");
    app.misses("Only mine.").sees("Glad.");
}

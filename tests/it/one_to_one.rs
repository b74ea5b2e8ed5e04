//! A coaching hour on the screens: people, agreement, focus set, session, comparison, plan; and what must never be
//! visible.

use cairn_coach::app::{DraftReply, Effect, Msg, PeopleJob, RecordsJob, Screen};
use cairn_coach::domain::{By, EngagementPurpose, NoteFor, Rated, Slot};

use crate::harness::App;

/// A new client with an agreement and a focus set of three behaviours.
fn with_client() -> App {
    App::new().keys("w 'Amira Khan' enter down enter a down enter 2 'FC-5' ctrl-t enter ctrl-u 'FL-5' ctrl-t down enter ctrl-u 'DT-1' ctrl-t down down enter esc")
}

/// Returns the text of every screen that can be reached from here, at the large size that shows most.
fn all_screens(app: &mut App) -> String {
    app.send(Msg::Resize(160, 60));
    let mut seen = String::new();
    for keys in ["1", "f2", "esc 4", "5", "6", "f7", "c", "v", "8", "9"] {
        app.press(&format!("esc esc esc {keys}"));
        seen.push_str(&app.screen());
    }
    seen
}

#[test]
fn an_hour_from_agreement_to_page_with_nothing_typed_twice() {
    let mut app = with_client();
    assert_eq!(app.model.focus().map(|focus| focus.items.len()), Some(3));
    app.press("7");
    app.sees("Start a session").sees("GROW").sees("Goal: ");
    app.press("enter");
    app.sees("No earlier session is recorded here.");
    app.press("tab 'Glad to be here.'");
    app.sees("Settle in, and agree what this hour is for.").sees("> Shared note");
    // Looks something up during a session and returns to the same character.
    app.press("left left left ctrl-f 'conflict' enter");
    assert_eq!(app.model.person.screen, Screen::Session);
    app.sees("Glad to be he FC-11").sees("re.");
    app.press("tab 'More voices in handover.' ctrl-g");
    app.sees("Way forward").sees("Change to another model");
    app.press("end up up up enter n");
    app.sees("What will you do?");
    app.press("'Ask the quietest first' ctrl-g enter enter enter 'If nobody speaks' enter 'I count to ten' enter 'Tomorrow, once' ctrl-s");
    app.sees("You agreed 1 action today").sees("Ask the quietest first");
    app.press("tab 'Wants to wait before taking over.' tab");
    app.sees("Amira Khan and the coach").sees("More voices in handover.").sees("Behaviours we discussed");
    app.press("pagedown");
    app.sees("Ask the quietest first").sees("nobody speaks \u{2014} count to ten");
    app.press("enter");
    app.sees("Your session is saved.");
    let session = app.model.person.snapshot.dossier.sessions.last().expect("it is kept").clone();
    assert_eq!((session.actions.len(), session.behaviours.len(), session.notes.len()), (1, 1, 3));
    assert!(app.model.person.sitting.is_none() && app.model.person.snapshot.kept.is_empty());
    // The next session starts where this one ended.
    let mut app = app.restarted();
    app.misses("Amira Khan's");
    app.press("w 'ami' enter 7 enter");
    app.sees("Last time, 22 Nov: Wants to wait before taking over.").sees("You have 1 open action");
    app.press("d");
    app.sees("Did it turn out");
    app.press("enter 'Silence helps.' enter");
    app.sees("\u{2713} Ask the quietest first").sees("Silence helps.");
}

#[test]
fn what_was_discussed_is_offered_and_nobody_is_said_to_have_written_it() {
    let app = App::new().keys("w 'Amira Khan' enter down enter 7 enter tab ctrl-f 'conflict' enter ctrl-s enter 1");
    let session = app.model.person.snapshot.dossier.sessions.last().expect("it is kept");
    assert_eq!(session.behaviours.len(), 1);
    app.sees("Reflect on FC-11").sees("in the session of 22 Nov").misses("you wrote");
}

#[test]
fn private_lines_are_on_no_screen_while_they_are_hidden() {
    let mut app = with_client().keys("7 enter tab 'Shared words' ctrl-t");
    app.sees("Private notes are hidden");
    app.press("ctrl-o ctrl-t 'zebrastripe'");
    app.sees("PRIVATE NOTES ON SCREEN").sees("PRIVATE to the coach").sees("zebrastripe");
    app.press("ctrl-o");
    app.sees("All private notes are hidden.").misses("zebrastripe").misses("PRIVATE");
    // Typing on without looking writes nothing into the shared note.
    app.press("'and she told me'");
    app.sees("Cairn did not type that, because this is the SHARED note.");
    app.press("backspace ctrl-u ctrl-w ctrl-z");
    app.press("right 'x'");
    let sitting = app.model.person.sitting.as_ref().expect("it goes on");
    assert_eq!(sitting.part().map(|part| part.shared.text()), Some("Shared wordsx"), "the caret left the private note");
    assert!(!all_screens(&mut app).contains("zebrastripe"));
    app.press("esc esc esc f7 ctrl-s");
    app.sees("Shared wordsx").misses("zebrastripe");
    app.press("enter");
    assert!(!all_screens(&mut app).contains("zebrastripe"));
    let notes = &app.model.person.snapshot.dossier.sessions[0].notes;
    assert!(
        notes.iter().any(|note| note.seen == NoteFor::Coach && note.text == "zebrastripe"),
        "it is kept all the same"
    );
    // A resumed session starts with everything private hidden and the caret in the shared note.
    let mut app = app.keys("esc esc 7 enter tab ctrl-o ctrl-t 'okapi'").restarted();
    app.press("w 'ami' enter 7");
    app.misses("okapi").sees("> Shared note");
    assert!(!app.model.person.sitting.as_ref().expect("taken up").in_private);
}

#[test]
fn a_look_at_something_else_does_not_let_private_words_into_the_shared_note() {
    for look in ["f1 esc", "ctrl-p esc", "ctrl-f esc", "esc 7", "ctrl-g esc", "f2"] {
        let mut app = with_client().keys("7 enter tab 'Shared' ctrl-o ctrl-t 'zebra' ctrl-o");
        app.press(look);
        app.press("'okapi' enter ctrl-v");
        let sitting = app.model.person.sitting.as_ref().expect("it goes on");
        assert_eq!(sitting.part().map(|part| part.shared.text()), Some("Shared"), "after {look}");
    }
    // Another part is another text.
    let app = with_client().keys("7 enter tab 'Shared' ctrl-o ctrl-t 'zebra' ctrl-o tab 'okapi'");
    app.sees("okapi");
}

#[test]
fn prose_typed_at_a_list_that_asks_chooses_nothing() {
    let app = with_client().keys("7 enter tab 'Shared words' alt-x 'just so' enter");
    app.sees("Shared words");
    assert!(app.model.person.sitting.is_some(), "the session goes on");
}

#[test]
fn what_was_looked_up_for_a_private_note_is_on_no_page_that_both_read() {
    let mut app = with_client().keys("7 enter tab ctrl-o ctrl-t 'ONLYPRIVATE ' ctrl-f ctrl-u 'FC-6' enter");
    app.sees("ONLYPRIVATE FC-6");
    app.press("ctrl-o ctrl-s");
    app.misses("FC-6").misses("Behaviours we discussed");
    // Hidden while it is looked up, it is written nowhere.
    let app = with_client().keys("7 enter tab ctrl-o ctrl-t ctrl-f ctrl-u 'FC-6' ctrl-o enter");
    app.sees("Cairn did not add that").misses("FC-6 ");
}

#[test]
fn private_lines_can_be_hidden_in_a_window_that_is_too_small() {
    let mut app = with_client().keys("7 enter tab ctrl-o ctrl-t 'zebra'");
    app.send(Msg::Resize(20, 6));
    app.press("ctrl-o");
    app.send(Msg::Resize(80, 24));
    app.misses("zebra");
    // It shows nothing that is not seen.
    app.send(Msg::Resize(20, 6));
    app.press("ctrl-o");
    app.send(Msg::Resize(80, 24));
    app.misses("zebra");
}

#[test]
fn what_follows_a_private_note_in_the_next_part_is_private_too() {
    let app = with_client().keys("7 enter tab ctrl-o ctrl-t 'zebra' tab 'okapi'");
    app.sees("> PRIVATE to the coach").sees("okapi");
    app.keys("ctrl-o").misses("okapi");
}

#[test]
fn what_is_typed_on_after_a_private_form_was_hidden_does_nothing() {
    let mut app = with_client().keys("7 enter tab 'Shared words' ctrl-o ctrl-t 'zebrastripe' ctrl-s enter");
    app.press("esc esc esc 9 'zebra' ctrl-r 'stripes' ctrl-o 'okapi' backspace enter");
    app.sees("Cairn did not type that, because the text is hidden.").misses("okapi");
    app.press("down 'shared'");
    app.sees("shared");
    // On Today, letters are commands.
    app.press("esc esc esc 9 ctrl-n 'okapi' esc esc 1 ctrl-o");
    app.sees("Finish writing");
    app.press("enter ctrl-o '9x7'");
    assert_eq!(app.model.person.screen, Screen::Home);
    app.press("down 9");
    assert_eq!(app.model.person.screen, Screen::Journal);
}

#[test]
fn a_private_note_that_is_being_written_or_corrected_leaves_the_screen_with_the_private_lines() {
    let mut app = with_client().keys("7 enter tab 'Shared words' ctrl-o ctrl-t 'zebrastripe' ctrl-s enter");
    for (begin, words) in [("esc esc esc 9 ctrl-n", "okapi"), ("esc esc esc 9 'zebra' ctrl-r", "stripes")] {
        app.press(&format!("{begin} '{words}'"));
        app.sees(words);
        app.press("ctrl-o");
        app.sees("All private notes are hidden.").misses(words).misses("zebrastripe");
        let seen = all_screens(&mut app);
        assert!(!seen.contains(words) && !seen.contains("Finish writing"), "{seen}");
        app.press("esc esc esc 1");
        assert!(!app.screen().contains("Finish writing"));
        // The text is stored and reappears with the private lines.
        app.press("ctrl-o");
        app.sees("Finish writing");
        app.press("enter");
        app.sees(words);
        app.press("alt-x down enter");
        app.sees("Discarded.").misses(words);
    }
}

#[test]
fn what_was_copied_from_a_private_note_is_not_pasted_once_it_is_hidden() {
    let mut app = with_client().keys("7 enter tab 'Shared' ctrl-o ctrl-t 'zebrastripe' alt-a alt-c ctrl-o ctrl-v");
    app.misses("zebrastripe");
    assert!(app.model.person.copied.text.is_empty());
    app.press("ctrl-o ctrl-t");
    app.sees("zebrastripe");
}

#[test]
fn what_was_cut_from_the_shared_note_can_still_be_inserted_after_private_lines_are_hidden() {
    let app = App::client("Amira").keys("7 enter ctrl-o tab 'Shared words' alt-a ctrl-x ctrl-o left ctrl-v");
    app.sees("Shared words");
    let app = App::client("Amira").keys("7 enter ctrl-o tab ctrl-t 'Grumpy' alt-a ctrl-x ctrl-o left ctrl-v");
    app.misses("Grumpy").sees("You have not cut or copied anything here yet");
}

#[test]
fn what_is_typed_after_a_private_note_was_asked_for_in_vain_is_not_in_the_shared_one() {
    let app = App::client("Amira").keys("7 enter tab 'Glad.' ctrl-t 'Grumpy today' enter");
    app.sees("Glad.").misses("Grumpy").sees("Cairn did not type that, because this is the SHARED note.");
    let app = app.keys("right ' Both.'");
    app.sees("Glad. Both.");
}

#[test]
fn what_was_put_aside_can_be_looked_at_again() {
    let mut app = App::new().keys("/ 'red tape' enter 2 3 'I want to kill myself.' ctrl-s");
    app.sees("Samaritans");
    app.press("x");
    app.sees("Hidden.").misses("Samaritans");
    app.press("esc esc esc 1 !");
    app.sees("Samaritans").sees("you hid this");
}

#[test]
fn a_view_of_the_coach_that_both_look_at_is_noticed_where_both_look() {
    let mut app = with_client().keys("v enter 2 ctrl-s enter 2 e 'I saw her slap a resident.' enter ctrl-s");
    app.misses("Adult safeguarding");
    app.press("enter");
    assert!(!app.model.notices().is_empty(), "both read it now");
}

#[test]
fn what_was_copied_in_a_view_is_not_pasted_in_the_other_one() {
    let mut app = with_client().keys("v enter 2 e 'zebrastripe' alt-a alt-c enter ctrl-s");
    assert!(app.model.person.copied.text.is_empty());
    app.press("enter e ctrl-v");
    app.misses("zebrastripe");
}

#[test]
fn an_example_for_a_view_waits_with_the_view_and_nowhere_else() {
    let mut app = with_client().keys("v enter 2 e 'zebrastripe'");
    app.press("esc");
    app.sees("zebrastripe");
    let mut app = app.restarted();
    app.press("w 'ami' enter 1");
    app.misses("An example").misses("zebrastripe");
    app.press("v enter");
    app.sees("zebrastripe");
}

#[test]
fn turning_to_somebody_else_leaves_not_a_word_behind() {
    let mut app = with_client();
    app.press("7 enter tab 'zebrastripe' ctrl-s enter 7 enter tab 'zebrastripe' ctrl-f 'okapi'");
    assert!(all_screens(&mut app).contains("zebrastripe"), "it is in the journal, and that is in memory");
    app.press("esc esc esc w 'Ben Osei' enter down enter");
    app.sees("What Ben Osei and the coach agreed");
    for word in ["zebrastripe", "okapi"] {
        assert!(!format!("{:?}", app.model).contains(word), "{word} is in memory");
        assert!(!all_screens(&mut app).contains(word));
    }
    assert!(!all_screens(&mut app).contains("Amira"), "nor her name");
    app.press("esc esc w 'ami' enter");
    app.sees("What Amira Khan and the coach agreed");
    app.press("1");
    app.sees("! Carry on with your session");
    app.press("enter");
    app.sees("zebrastripe");
}

/// Texts of one client that look like real ones: names, numbers, postcodes.
const MARKS: [&str; 5] = ["Quillfeather", "943 476 5919", "SW1A 9ZZ", "07700 900123", "zq@example.org"];

/// Every overlay of a screen, opened from Today.
const OVERLAYS: [&str; 12] = ["?", ":", "i", "w", "w 'qu'", "h", "m", "t", "T", "P", "R", "!"];

#[test]
fn no_word_about_one_client_is_on_any_screen_or_overlay_of_the_next() {
    let mut app = App::new().keys("w 'Zephyrine Quillfeather' enter down enter a down enter");
    app.press("n tab 'zq@example.org' enter e tab 'To ring 07700 900123' ctrl-s a");
    app.press("2 'FC-5' ctrl-t enter enter 2 2 'He lives at SW1A 9ZZ, NHS 943 476 5919.' ctrl-s");
    app.press("esc esc esc 7 enter tab 'Ring Mrs Quillfeather on 07700 900123.' ctrl-o ctrl-t 'Her postcode is SW1A 9ZZ.' ctrl-s");
    app.press("enter");
    assert!(app.model.person.sitting.is_some(), "the warning comes before closing, where it can still be changed");
    app.press("enter");
    assert!(app.model.person.sitting.is_none(), "read once, it closes");
    app.press("5 n 'Ring Mrs Quillfeather' ctrl-s h enter enter enter");
    app.press("7 enter tab 'Begun about Mrs Quillfeather'");
    app.press("esc esc esc i");
    app.sees("Quillfeather");
    app.press("esc esc esc esc w 'Ben Osei' enter down enter a down enter");
    app.sees("Ben Osei");
    let mut seen = format!(
        "{:?}",
        (&app.model.person.said, &app.model.person.notice, &app.model.person.copied, &app.model.person.layers)
    );
    seen.push_str(&all_screens(&mut app));
    for overlay in OVERLAYS {
        app.press(&format!("esc esc esc esc 1 {overlay}"));
        if overlay != "w 'qu'" {
            seen.push_str(&app.screen());
        }
    }
    for mark in MARKS {
        assert!(!seen.contains(mark), "{mark} is on a screen of somebody else");
        // The list of people contains names; nothing else in memory does.
        let mut model = app.model.clone();
        model.person.snapshot.clients.clear();
        model.person.layers.clear();
        assert!(!format!("{model:?}").contains(mark), "{mark} is in memory");
    }
}

#[test]
fn while_the_records_are_opened_nothing_can_be_written() {
    let mut app = with_client();
    app.press("w 'myself'");
    let effects = cairn_coach::app::update(&mut app.model, Msg::Key("enter".parse().expect("a key")));
    assert!(matches!(effects.last(), Some(Effect::People(PeopleJob::TurnTo(None)))), "{effects:?}");
    app.sees("Opening the records").misses("Amira");
    for key in ["7", "n", "enter", "a", "2"] {
        let typed = cairn_coach::app::update(&mut app.model, Msg::Key(key.parse().expect("a key")));
        assert!(typed.is_empty(), "{key} did {typed:?}");
    }
}

#[test]
fn names_of_other_clients_need_two_letters_while_somebody_sits_beside() {
    let mut app = App::client("Amira").keys("w");
    app.misses("Ben Osei");
    app.press("'b'");
    app.misses("Ben Osei");
    app.press("'e'");
    app.sees("Ben Osei");
    // Somebody else may be reading while the user's own records are open.
    let mut app = App::demo().keys("w");
    app.misses("Ben Osei").misses("Amira Khan");
    app.press("'am'");
    app.sees("Amira Khan").misses("Ben Osei");
    let app = App::demo().keys("ctrl-o w");
    app.sees("Ben Osei").sees("Amira Khan");
}

#[test]
fn who_writes_of_danger_in_a_view_is_told_when_it_is_put_away() {
    let mut app = with_client().keys("v enter e 'My husband hits me every night' enter 4 2 3 ctrl-s");
    app.sees("You deserve to be safe at home").sees("999");
    app.press("esc");
    app.sees("Amira Khan has submitted their ratings.");
    app.press("esc esc esc 1");
    app.sees("You deserve to be safe at home");
    assert!(!format!("{:?}", app.model).contains("hits me"), "and the words stay away until both views are opened");
}

#[test]
fn neither_sees_the_others_view_before_both_are_given() {
    let mut app = with_client().keys("v");
    app.sees("Amira Khan rates 3 behaviours first");
    app.press("enter");
    app.sees("Amira Khan's ratings").sees("1 of 3, 0 rated");
    app.press("e 'zebrastripe' enter 4 2");
    // A view begun by one person is not visible to the other, and continues where it was left.
    app.press("esc");
    assert!(!all_screens(&mut app).contains("zebrastripe"));
    app.press("esc esc esc v enter");
    app.sees("3 of 3, 2 rated");
    app.press("3 ctrl-s");
    app.sees("Ratings submitted. Now give the keyboard to your coach.");
    assert!(!format!("{:?}", app.model).contains("zebrastripe"), "put away means out of memory");
    assert!(app.model.person.snapshot.profile.rated().next().is_none(), "and the rules know nothing of it");
    app.press("enter");
    app.sees("The coach's ratings").misses("zebrastripe");
    app.press("e 'okapi' enter 2 2 2 ctrl-s");
    app.misses("okapi").sees("You have both submitted your ratings");
    app.press("enter");
    app.sees("Perhaps a blind spot").sees("FC-5").sees("client saw: zebrastripe").sees("coach saw: okapi");
    let (round, rows) = app.model.compared().expect("both are open");
    assert_eq!((round.answers.len(), rows.len()), (6, 3));
    assert_eq!(app.model.person.snapshot.profile.rated().count(), 3);
    let library = app.model.shell.library.clone().expect("open");
    let fc5 = library.find("FC-5").expect("built in");
    assert_eq!(
        app.model.person.snapshot.profile.by(By::Coach, fc5).map(|standing| standing.rated),
        Some(Rated::Value(2))
    );
    // Under another purpose the opened views are excluded like every answer, until the client agrees to their use.
    app.press("esc esc c e ctrl-u 'app' enter v");
    app.misses("zebrastripe").misses("okapi").misses("Your last comparison");
    assert!(app.model.compared().is_none());
    app.press("c u down enter v");
    app.sees("client saw: zebrastripe").sees("coach saw: okapi");
}

#[test]
fn answers_for_development_do_not_silently_serve_an_appraisal() {
    let mut app = with_client();
    app.press("2 ctrl-u 'FC-5' enter 2 tab ctrl-s");
    assert_eq!(app.model.person.snapshot.profile.rated().count(), 1);
    app.press("c e ctrl-u 'app' enter");
    app.sees("not agreed yet").sees("Purpose: appraisal");
    assert_eq!(app.model.terms().purpose, EngagementPurpose::Appraisal);
    assert_eq!(app.model.person.snapshot.profile.rated().count(), 0);
    app.press("pagedown");
    app.sees("1 answer was given for another purpose and not used here");
    app.press("u");
    app.sees("Can answers given for another purpose be used here?");
    app.press("enter");
    assert_eq!(app.model.person.snapshot.profile.rated().count(), 0, "nothing is noted by one letter");
    app.press("u down enter");
    assert_eq!(app.model.person.snapshot.profile.rated().count(), 1, "the client agreed that it may be");
}

#[test]
fn an_action_that_was_being_planned_waits_at_the_same_question() {
    let mut app = App::new().keys("5 n 'Try it' ctrl-g 'More time to liste'");
    app.press("ctrl-q");
    let mut app = app.restarted();
    app.sees("! Finish planning your action");
    app.press("enter");
    app.sees("What do you want to happen?").sees("More time to liste").sees("What: Try it");
    app.press("'n' ctrl-s 5");
    app.sees("Try it");
    let app = app.restarted();
    app.misses("Finish planning").sees("Do: Try it");
}

#[test]
fn the_tool_asks_and_never_blocks() {
    let mut app = App::new().keys("5 n 'Be better at it' ctrl-g enter enter enter 'if I have time'");
    app.press("enter enter enter ctrl-u enter enter enter enter enter");
    app.sees("Add this to your plan?")
        .sees("When and where will you need it?")
        .sees("When will you do the first step by?");
    app.sees("When will you look back at this?");
    app.press("enter");
    app.sees("Added to your plan, without a date.");
}

#[test]
fn alone_the_short_way_is_three_questions_and_is_kept() {
    let mut app = App::new().keys("7");
    app.sees("Write about something that happened").sees("Driscoll").sees("8 min");
    app.press("enter 'The family waited an hour.' tab 'It matters that we say so.' tab 'I call them at once.'");
    app.sees("Your words").misses("PRIVATE").misses("Shared note");
    app.press("ctrl-t");
    app.sees("there is only one note");
    app.press("ctrl-s");
    app.sees("What you wrote").sees("The family waited an hour.");
    app.press("enter");
    app.sees("Saved. You can find it in your Journal.");
    assert_eq!(app.model.person.snapshot.dossier.sessions[0].notes.len(), 3);
}

#[test]
fn another_model_keeps_what_is_written_and_an_empty_session_can_be_let_go() {
    let mut app = with_client().keys("7 enter tab tab 'Kept words.' ctrl-g end enter");
    app.sees("Change to").sees("A free talk");
    app.press("end enter ctrl-s");
    app.sees("Kept words.");
    let mut app = with_client().keys("7 enter ctrl-g end");
    app.sees("Delete this session");
    app.press("enter");
    app.sees("Start a session");
    assert!(app.restarted().keys("w 'ami' enter").model.person.sitting.is_none());
}

#[test]
fn a_report_is_written_on_a_key_and_the_sponsor_reads_what_is_ticked() {
    let mut app = with_client();
    app.press("5 n 'Ask the quietest first' ctrl-s h");
    app.sees("Who is this report for?").misses("For the sponsor");
    app.press("esc c e tab tab 'The trust' ctrl-s a down enter h");
    app.sees("Who is this report for?").sees("For the sponsor");
    app.press("enter");
    app.sees("Which format do you want?");
    app.press("enter");
    app.sees("Save it as").sees("2026-11-22-AK-client.html").misses("Written");
    app.press("enter");
    app.sees("Saved: ").sees("2026-11-22-AK-client.html");
    // An unwritable path is asked for again, with the typed text preserved.
    app.press("h enter enter ctrl-u '/no/such/folder/page.html' enter");
    app.sees("there is no such folder").sees("/no/such/folder/page.html").sees("Save it as");
    app.press("esc");
    app.press("h down down enter");
    app.sees("What can the sponsor read?").sees("[ ] ").sees("Ask the quietest first");
    app.press("space enter");
    app.sees("Is Amira Khan here, and did they choose?");
    app.press("enter");
    app.sees("Your ticks were not saved.");
    assert!(app.model.person.snapshot.dossier.releases.is_empty(), "nobody ticks for a client who is not there");
    app.press("h down down enter space enter down enter down enter enter");
    app.sees("2026-11-22-AK-sponsor.md");
    assert!(app.model.person.snapshot.dossier.releases.iter().all(|tick| tick.present));
    assert_eq!(app.model.person.snapshot.dossier.releases.len(), 1);
    let demo = App::client("Amira").keys("h enter enter");
    demo.sees("The demo saves nothing. To print it: cairn --demo --person \"Amira Khan\"").sees("--for client");
}

#[test]
fn what_waits_for_whom_is_counted_on_the_first_screen_and_only_while_alone() {
    let mut app = App::demo();
    app.sees("Your own records").sees("Something is waiting for 2 clients").misses("Amira").misses("Ben Osei");
    app.press("ctrl-o");
    app.sees("PRIVATE NOTES ON SCREEN").sees("Amira Khan").sees("1 action overdue").sees("Ben Osei");
    app.misses("three questions, each alone");
    let app = App::client("Amira").keys("1");
    app.sees("Ask both of them the same three questions").misses("Ben");
    let mut app = App::demo().keys("ctrl-o");
    app.press("home down down down enter");
    app.sees("What Amira Khan and the coach agreed");
}

#[test]
fn a_form_that_was_being_filled_in_waits_with_its_words() {
    let mut app = App::new().keys("5 n 'Try it' ctrl-s d enter 'Half a les'");
    app.press("ctrl-q");
    let mut app = app.restarted();
    app.sees("! Finish writing: What did you learn?");
    app.press("enter");
    app.sees("Half a les");
    app.press("'son' esc");
    app.sees("Finish writing");
    app.press("enter enter 5");
    app.sees("Half a lesson");
    app.restarted().misses("Finish writing");
}

#[test]
fn what_is_put_away_or_closed_is_followed_by_no_draft_and_comes_back_if_it_does_not_arrive() {
    let mut model = with_client().keys("7 enter tab 'Words' ctrl-s").model;
    let key = |model: &mut cairn_coach::app::Model, key: &str| {
        cairn_coach::app::update(model, Msg::Key(key.parse().expect("a key")))
    };
    let ends = key(&mut model, "enter");
    assert!(matches!(ends.as_slice(), [Effect::Records(RecordsJob::EndSession(..))]), "{ends:?}");
    assert!(model.unsaved_texts().is_empty(), "a signal keeps no draft of it either");
    let mut failed = model.clone();
    cairn_coach::app::update(
        &mut failed,
        Msg::Draft(DraftReply::TextNotKept(Slot::Session, "The disk is full.".to_owned())),
    );
    assert!(failed.person.sitting.is_some_and(|sitting| !sitting.is_empty()));
    assert!(key(&mut model, "ctrl-q").is_empty(), "leaving makes no draft of an ended session");
    let mut model = with_client().keys("v enter 4 4 4").model;
    let sealed = key(&mut model, "ctrl-s");
    assert!(matches!(sealed.as_slice(), [Effect::Records(RecordsJob::SealView(..))]), "{sealed:?}");
    cairn_coach::app::update(
        &mut model,
        Msg::Draft(DraftReply::TextNotKept(Slot::View(By::Myself), "The disk is full.".to_owned())),
    );
    assert_eq!(model.person.compare.round.map(|round| round.given()), Some(3));
}

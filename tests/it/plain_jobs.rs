//! Whole tasks through the real program with lines on its standard input, as a script or a user of a screen reader does
//! them, from the first start to what is on the disk afterwards.

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use crate::binary::{Cairn, Ran};

/// Runs the program on these lines, and asserts that its output contains no drawing characters.
fn says(cairn: &Cairn, args: &[&str], lines: &str) -> Ran {
    let ran = cairn.fed(args, lines).exits(0).quiet();
    for c in ran.out.chars() {
        assert!(!('\u{2500}'..='\u{28ff}').contains(&c), "{c:?} is drawn, not told:\n{}", ran.out);
    }
    ran
}

/// Asserts that all of these texts were printed, in this order.
fn in_order(ran: &Ran, texts: &[&str]) {
    let mut from = 0;
    for text in texts {
        let rest = ran.out.get(from..).unwrap_or("");
        let at = rest.find(text).unwrap_or_else(|| panic!("{text:?} is not said where it should be:\n{rest}"));
        from += at + text.len();
    }
}

#[test]
fn a_newcomer_reflects_takes_advice_and_has_a_plan() {
    let cairn = Cairn::new();
    let ran = says(
        &cairn,
        &[],
        "find\nno time to listen\n1\n2\n3\nI stayed quiet when the team\nasked for an answer.\n\nLl\u{177}r \u{645}\u{631}\u{62d}\u{628}\u{627} \u{1f600}\n.\n:save\nwhy 1\naccept 1\nplan\n1\nquit\n",
    );
    in_order(
        &ran,
        &[
            "Cairn, plain text mode. Sun 22 Nov 2026.",
            "Your own records are open.",
            "Welcome to Cairn",
            "1. Find a behaviour and reflect on it",
            "> find\n",
            "Type what is on your mind",
            "search> no time to listen\n",
            "1. FC-4 ",
            "Step 1 of 6: Rating.",
            "1. Not yet. ",
            "rating> 2\n",
            "Reflect on FC-4. Step 2 of 7: Importance.",
            "Reflect on FC-4. Step 3 of 7: Reflect.",
            "text> I stayed quiet when the team\ntext> asked for an answer.\ntext> \n",
            "Saved, 4 lines.\n",
            "Saved. Cairn suggests",
            "Rule: This matters in your role",
            "Added to your plan. First step by 6 Dec.",
            "Plan. 1 action, 1 of them open:",
            "due in 14 days",
            "1 of 1: ",
            "First step:",
            "You have left Cairn. Everything you wrote is saved.\n",
        ],
    );
    let entries = cairn.run(&["journal", "--json"]).exits(0).out;
    assert!(
        entries.contains("team\\nasked for an answer.\\n\\nLl\u{177}r \u{645}\u{631}\u{62d}\u{628}\u{627}"),
        "{entries}"
    );
    assert_eq!(cairn.run(&["plan", "--json"]).exits(0).rows().len(), 1);
    assert!(cairn.home_is_empty());
}

#[test]
fn what_is_unfinished_at_the_end_of_the_lines_waits() {
    let cairn = Cairn::new();
    says(&cairn, &["reflect", "FL-5"], "2\n3\nHalf a thought\n");
    let next = says(&cairn, &[], "1\n");
    in_order(
        &next,
        &["1. Now: Finish your reflection on FL-5", "Your draft is here", "You wrote so far:\nHalf a thought\n"],
    );
    // Drafts of a form, an action and a session are offered as well.
    says(&cairn, &[], "plan\nnew\nAsk the night team\nMore sleep\n");
    says(&cairn, &[], "session\n1\nToday the lift was broken.\n");
    let next = says(&cairn, &[], "1\n:show\n");
    in_order(
        &next,
        &["Now: Carry on with your session", "Now: Finish planning your action", "Today the lift was broken."],
    );
    let next = says(&cairn, &[], "2\n:previous\n:take\nplan\n");
    in_order(&next, &["Added to your plan", "1. Ask the night team"]);
    assert!(!says(&cairn, &[], "").out.contains("Finish planning"), "what is done is offered no more");
}

#[test]
fn a_line_typed_after_a_private_note_was_hidden_is_not_taken_for_the_shared_one() {
    let cairn = Cairn::new();
    let ran = says(
        &cairn,
        &[],
        "people Amira K\n1\n2\nback\nback\nsession\n1\nnext\n:private lines\n:private note\nPRIVATEWORDS\n.\n:private lines\nLEAKEDWORDS\n:private lines\n:private lines\nAGAINWORDS\nSHAREDWORDS\n.\n:summary\n",
    );
    in_order(
        &ran,
        &[
            "All private notes are hidden.",
            "What was written before stays above in this window.",
            "Cairn did not save that",
        ],
    );
    let page = ran.out.rsplit_once("and the coach.").expect("the page is read").1;
    assert!(page.contains("SHAREDWORDS") && !page.contains("LEAKEDWORDS") && !page.contains("PRIVATEWORDS"), "{page}");
}

#[test]
fn the_name_of_the_other_note_without_a_colon_never_leaves_a_private_line_in_the_shared_one() {
    let cairn = Cairn::new();
    let begin = "people Amira K\n1\n2\nback\nback\nsession\n1\nnext\n";
    // Refused: the next line is not taken. Allowed: the note changes.
    let lines = "other note\nLEAKEDWORDS\npriv\nother\n/private notes\nSHAREDWORDS\n:private notes\nprivate note\nPRIVATEWORDS\nprivate note\n:private note\nPRIVATEWORDS\n:other note\nshared note\n:summary\n";
    let ran = says(&cairn, &[], &format!("{begin}{lines}"));
    in_order(
        &ran,
        &[
            "Private notes are hidden. To show them, type \":private notes\".",
            "Cairn did not save that",
            "Not added to your text, because \"priv\" may be a command.",
            "Not added to your text, because \"other\" may be a command.",
            "You are still in the SHARED note. To go to the private note, type \":other note\".",
            "This is the PRIVATE note.",
            "You are in the private note already.",
            "You are in the private note already.",
            "You are in the shared note already.",
        ],
    );
    let page = ran.out.rsplit_once("This is the shared note.").expect("the page is read").1;
    assert!(page.contains("SHAREDWORDS"), "{page}");
    assert!(!page.contains("LEAKEDWORDS") && !page.contains("PRIVATEWORDS"), "{page}");
    let is_command =
        |line: &str| ["other note", "private note", "priv", "other", "/private notes"].contains(&line.trim());
    assert!(!page.lines().any(is_command), "a command is no text: {page}");
}

#[test]
fn a_search_that_a_question_is_in_the_way_of_says_so() {
    let cairn = Cairn::new();
    let ran = says(&cairn, &[], "my role\nfind micromanaging\n");
    in_order(&ran, &["What is your role?", "Finish this first. To leave it, type \"back\"."]);
}

#[test]
fn a_client_from_the_first_name_to_the_report() {
    let cairn = Cairn::new();
    let ran = says(
        &cairn,
        &[],
        "people Amira K\n1\n2\nchange\ndev\nMore voices in the team\nThe trust\n\n\nyes\nwe agree\n2\nfind listening\n:focus 1\n4\n:focus 2\n3\n:session\n1\nnext\nShe talked about meetings.\n.\n:private lines\n:private note\nSeems close to leaving.\n.\n:private lines\n:summary\nfinish session\n",
    );
    in_order(
        &ran,
        &[
            "1. Add the client ",
            "The records of Amira K are open.",
            "Read this together first. If you both agree, type \"we agree\".",
            "Not agreed yet",
            "Line 2 of 6.",
            "What the client wants: More voices in the team",
            "You have both agreed. You see this agreement whenever you open these records.",
            "how much does it matter now?",
            "Your focus set now has 2 behaviours.",
            "Session. Part 2 of 9: Check-in.",
            "Both of you can read it",
            "Only the coach can read it",
            "All private notes are hidden.",
            "She talked about meetings.",
            "Your session is saved.",
        ],
    );
    let page = ran.out.rsplit_once("Amira K and the coach.").expect("the page is read").1;
    assert!(!page.contains("leaving"), "a private note is on the page:\n{page}");
    // The two views, each given separately, and a report.
    let ran = says(
        &cairn,
        &["--person", "Amira"],
        "compare ratings\ngo on\n2\n2\nsubmit ratings\ngo on\n4\nn\nadd example\nThe Monday meeting\nsubmit ratings\ngo on\nreport\n1\n2\n\n",
    );
    in_order(
        &ran,
        &[
            "The records of Amira K are open, for development.",
            "Clear the window",
            "Amira K's ratings, 1 of 2",
            "Ratings submitted. Now give the keyboard to your coach.",
            "The coach's ratings, 1 of 2",
            "c means Can't say",
            "Ratings submitted. You have both finished",
            "Your last comparison.",
            "coach: 4 (",
            "coach saw: The Monday meeting",
            "Who is this report for?",
            "Which format do you want?",
            "Save it as ",
            "Saved: ",
        ],
    );
    let coach = ran.out.split_once("The coach's ratings, 1 of 2").expect("a view").1;
    let coach = coach.split_once("You have both submitted your ratings").expect("its end").0;
    assert!(!coach.contains("Chosen. ") && !coach.contains("(When reminded)"), "the first view is told in the second");
    assert!(fs::read_dir(cairn.data().join("handed-over")).expect("a report").next().is_some());
}

#[test]
fn looking_back_and_asking_rules() {
    let cairn = Cairn::new();
    let ran = says(
        &cairn,
        &["--demo"],
        "progress\n3\nchoose dates\n2\n1\nsee in journal 3\n:back\njournal by:me\n1\n:open\nback\n:rules close\n2\n:today\nrules applied\n2\nnext rule\n1\n",
    );
    in_order(
        &ran,
        &[
            "This is a demo. Nothing is saved.",
            "Progress. ",
            "1. Summary, with the average of each theme.",
            " rated).",
            "Compare from which date?",
            "To which date?",
            "Journal. ",
            "What you said on",
            "Rules. ",
            "Rule: ",
            "Why it matters",
            "It uses these answers:",
        ],
    );
    assert!(!cairn.data().exists() && cairn.home_is_empty(), "the demonstration writes nothing");
}

#[test]
fn no_lines_at_all_tell_the_first_place() {
    let cairn = Cairn::new();
    let ways = [
        (&[][..], "1. Find"),
        (&["--plain"], "1. Find"),
        (&["--demo"], "1. "),
        (&["--demo", "--person", "Amira"], "Agreement. "),
    ];
    for (args, first) in ways {
        let ran = says(&cairn, args, "");
        assert!(
            ran.out.starts_with("Cairn, plain text mode. Sun 22 Nov 2026.") && ran.out.contains(first),
            "{}",
            ran.out
        );
    }
    let ran = says(&cairn, &["reflect", "FL-5"], "");
    assert!(ran.out.contains("Reflect on FL-5 ") && ran.out.ends_with("is saved.\n"), "{}", ran.out);
    says(&cairn, &["reflect", "FL-99"], "").out.find("FL-99").expect("what is unknown is said");
    assert!(!cairn.data().exists(), "who only looks leaves nothing");
}

#[test]
fn letters_that_the_locale_does_not_know_are_told_in_others() {
    let cairn = Cairn::new();
    let told = |locale: &str, line: &[u8]| {
        let mut command = cairn.command(&["--demo", "reflect", "FL-5"]);
        command.env("LC_ALL", locale).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(b"2\n3\n").and_then(|()| stdin.write_all(line)).expect("it reads");
        stdin.write_all(b"\n:show\n:back\nadvice\n1\n").expect("it reads");
        drop(stdin);
        let done = child.wait_with_output().expect("it ends");
        assert!(done.status.success() && done.stderr.is_empty());
        done.stdout
    };
    let utf8 = String::from_utf8(told("cy_GB.UTF-8", "Ll\u{177}r \u{2013} caf\u{e9}".as_bytes())).expect("UTF-8");
    assert!(utf8.contains("Ll\u{177}r \u{2013} caf\u{e9}") && utf8.contains('\u{201c}'), "{utf8}");
    let plain = String::from_utf8(told("C", "Ll\u{177}r \u{2013} caf\u{e9}".as_bytes())).expect("UTF-8");
    assert!(
        plain.contains("Ll\u{177}r - caf\u{e9}") && !plain.contains(['\u{201c}', '\u{2013}', '\u{2019}']),
        "{plain}"
    );
    let latin = told("en_GB.ISO-8859-1", b"caf\xe9");
    assert!(latin.windows(10).any(|bytes| bytes == b"text> caf\xe9"), "{}", String::from_utf8_lossy(&latin));
    // Invalid bytes do not end the conversation.
    let broken = told("cy_GB.UTF-8", b"\xff\xfe\x80 caf\xe9 \x1b[31m\x00");
    assert!(String::from_utf8(broken).expect("UTF-8").contains("\u{20ac} caf\u{e9} [31m\n"));
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly_and_the_draft_is_kept() {
    let cairn = Cairn::new();
    let mut command = cairn.command(&["reflect", "FL-5"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = child.stdout.take().expect("piped");
    let mut first = [0; 64];
    stdout.read_exact(&mut first).expect("it speaks");
    stdin.write_all(b"2\n3\nA thought that stays\n").expect("it reads");
    drop(stdout);
    let _ = stdin.write_all("more\n".repeat(50).as_bytes());
    drop(stdin);
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    // The lines read before the output was closed are in the draft.
    let next = says(&cairn, &[], "1\n");
    assert!(next.out.contains("your reflection on FL-5"), "{}", next.out);
}

#[test]
fn a_line_without_end_and_a_text_without_end_are_taken_in_parts() {
    let cairn = Cairn::new();
    let long = "word ".repeat(200_000);
    let ran = says(&cairn, &["--demo", "reflect", "FL-5"], &format!("2\n3\n{long}\n.\n:save\nquit\n"));
    assert!(ran.out.contains("a text can hold 50000"), "what does not fit is said");
    assert!(ran.peak_kib.is_none_or(|peak| peak < 128 * 1024), "{:?}", ran.peak_kib);
}

#[test]
fn the_lines_of_the_guide_do_what_it_says() {
    let guide = include_str!("../../rules/guides/plain.md");
    let lines =
        guide.split_once("cairn <<'LINES'\n").and_then(|(_, rest)| rest.split_once("LINES\n")).expect("lines").0;
    let cairn = Cairn::new();
    let ran = says(&cairn, &[], lines);
    in_order(&ran, &["Reflect on FL-5", "Saved, 2 lines.", "Saved. Cairn suggests", "Added to your plan"]);
    let entries = cairn.run(&["journal", "--json"]).exits(0).out;
    assert!(entries.contains("walks,\\nand waited"), "{entries}");
}

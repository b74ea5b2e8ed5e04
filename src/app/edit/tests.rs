//! Tests of editing: tables of texts with commands, and random edits that check invariants.

use super::places::is_whole;
use super::*;
use crate::app::wrap;

/// Parses a text in which `|` is the caret and `[` the other end of the selection.
fn marked(text: &str) -> EditBuffer {
    let plain = text.replace(['|', '['], "");
    let place = |mark: char, other: char| {
        let at = text.find(mark)?;
        Some(at - usize::from(text.find(other).is_some_and(|first| first < at)))
    };
    let mut buffer = EditBuffer::new(&plain);
    buffer.marks = Marks { caret: place('|', '[').expect("a caret"), anchor: place('[', '|') };
    buffer
}

/// The inverse of [`marked`].
fn with_marks(buffer: &EditBuffer) -> String {
    let mut places = vec![(buffer.caret(), '|')];
    places.extend(buffer.selection().and(buffer.marks.anchor).map(|anchor| (anchor, '[')));
    places.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut text = buffer.text().to_owned();
    for (at, mark) in places {
        text.insert(at, mark);
    }
    text
}

/// Runs a script of command ids, with text to type in single quotation marks.
fn done(text: &str, script: &str, width: usize) -> String {
    let mut buffer = marked(text);
    let mut copied = String::new();
    for (at, part) in script.split('\'').enumerate() {
        if at % 2 == 1 {
            part.chars().for_each(|c| buffer.type_char(c));
            continue;
        }
        for word in part.split_whitespace() {
            let command = Command::from_id(word).unwrap_or_else(|| panic!("{word} is no command"));
            match command {
                Command::Insert => drop(buffer.paste(&copied)),
                other => {
                    if matches!(other, Command::Cut | Command::Copy) {
                        copied = buffer.selected().to_owned();
                    }
                    assert!(other == Command::Copy || buffer.run(other, width), "{word}");
                }
            }
        }
    }
    with_marks(&buffer)
}

#[test]
fn from_one_text_to_the_next() {
    for (before, script, after) in [
        ("one |two", "select-word-right", "one [two|"),
        ("one two|", "select-word-left 'x'", "one x|"),
        ("one two|", "select-word-left 'xy' undo", "one |two["),
        ("one [two|", "left", "one |two"),
        ("one |two[ three", "right", "one two| three"),
        ("one [two|", "line-start", "|one two"),
        ("one [two|", "erase-left", "one |"),
        ("one [two|", "erase-right", "one |"),
        ("one [two|", "new-line", "one \n|"),
        ("one |two", "select-left select-right", "one |two"),
        ("a|b", "select-right select-left select-left", "|a[b"),
        ("one two|", "select-line-start", "|one two["),
        ("one\ntwo| three\nfour", "select-line-end", "one\ntwo[ three|\nfour"),
        ("one\ntwo| three\nfour", "select-line-down", "one\ntwo[ three\nfou|r"),
        ("one\ntwo| three\nfour", "select-line-up select-line-up", "|one\ntwo[ three\nfour"),
        ("one\nt|wo", "select-line-down", "one\nt[wo|"),
        ("one |two", "select-all", "[one two|"),
        ("one |two", "select-all 'new' undo", "[one two|"),
        ("one |two", "select-all 'new' undo redo", "new|"),
        ("one |two three", "select-word-right cut line-end insert", "one  threetwo|"),
        ("one |two three", "select-word-right cut undo", "one [two| three"),
        ("|one two", "select-word-right copy line-end insert", "one twoone|"),
        ("|one two", "select-word-right copy insert insert", "oneone| two"),
        ("|", "'one two  three' undo", "one two|"),
        ("|", "'one two  three' undo undo", "one|"),
        ("|", "'one two  three' undo undo redo redo", "one two  three|"),
        ("one two|", "erase-left erase-left erase-left erase-left erase-left undo", "one |"),
        ("one two|", "erase-left erase-left erase-left erase-left erase-left undo undo", "one two|"),
        ("|one two", "erase-right erase-right erase-right erase-right undo", "| two"),
        ("one two|", "erase-word erase-word undo", "one |"),
        ("a\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}|b", "select-left cut", "a|b"),
        ("one [two|", "line-up left", "one tw|o"),
    ] {
        assert_eq!(done(before, script, 80), after, "{before:?}, {script}");
    }
}

#[test]
fn one_backspace_takes_one_seen_character() {
    for sample in [
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{1f1ec}\u{1f1e7}",
        "e\u{301}",
        "\u{915}\u{94d}\u{937}\u{93f}",
    ] {
        assert_eq!(done(&format!("a{sample}|"), "erase-left", 80), "a|", "{sample}");
    }
}

#[test]
fn typed_one_by_one_a_flag_stays_and_what_is_hidden_does_not() {
    let wales = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
    let mut buffer = EditBuffer::new("");
    wales.chars().chain("\u{202e}\u{e0067}\u{1b}\u{7}a\t".chars()).for_each(|c| buffer.type_char(c));
    assert_eq!(buffer.text(), format!("{wales}a"));
}

#[test]
fn up_and_down_follow_the_rows_on_screen_and_keep_their_column() {
    let mut buffer = EditBuffer::new("alpha beta gamma\nx\ndelta");
    assert_eq!(buffer.position(11), (3, 5));
    buffer.run(Command::LineUp, 11);
    assert_eq!(buffer.position(11), (2, 1));
    buffer.run(Command::LineUp, 11);
    assert_eq!(buffer.position(11), (1, 5));
}

#[test]
fn a_text_taken_over_from_outside_is_one_step_with_the_caret_where_it_differs() {
    let mut buffer = marked("One two| three.\nMore.");
    assert_eq!(buffer.set("One two and a half three.\nMore."), 0);
    assert_eq!(with_marks(&buffer), "One two and a half |three.\nMore.");
    buffer.run(Command::Undo, 80);
    assert_eq!(with_marks(&buffer), "One two| three.\nMore.");
    assert_eq!(buffer.set(&"x".repeat(MOST_CHARACTERS + 3)), 3);
    buffer.run(Command::Undo, 80);
    assert_eq!(with_marks(&buffer), "One two| three.\nMore.");
}

#[test]
fn only_what_fits_is_pasted_and_what_is_replaced_makes_room() {
    let mut buffer = EditBuffer::new(&"a".repeat(MOST_CHARACTERS - 2));
    assert_eq!(buffer.paste("\u{1f1ec}\u{1f1e7}\u{1f1eb}\u{1f1f7}"), 2);
    assert!(buffer.text().ends_with("a\u{1f1ec}\u{1f1e7}"));
    buffer.type_char('x');
    assert!(!buffer.text().ends_with('x'));
    buffer.run(Command::SelectLeft, 80);
    buffer.type_char('x');
    assert!(buffer.text().ends_with("ax"));
    // A family emoji is not cut, although its first part would fit.
    assert_eq!(buffer.paste("\u{1f468}\u{200d}\u{1f469}"), 3);
    assert!(buffer.text().ends_with("ax"));
}

#[test]
fn a_long_history_of_a_long_text_stays_small() {
    let mut buffer = EditBuffer::new(&"word ".repeat(9_999));
    for _ in 0..2_000 {
        " word".chars().for_each(|c| buffer.type_char(c));
        buffer.run(Command::EraseWord, 80);
    }
    let (steps, bytes) = buffer.history.size();
    assert!(steps == 500 && bytes < 4_000, "{steps} steps of {bytes} bytes");
    for _ in 0..200 {
        buffer.run(Command::SelectAll, 80);
        buffer.paste(&"\u{6f22}".repeat(MOST_CHARACTERS));
    }
    let (steps, bytes) = buffer.history.size();
    assert!((2..10).contains(&steps) && bytes <= 1024 * 1024, "{steps} steps of {bytes} bytes");
}

#[test]
fn random_edits_keep_caret_and_anchor_on_a_boundary_and_undo_restores_everything() {
    use Command as C;
    let pieces = ["a", " ", "\u{301}", "\u{200d}", "\u{1f469}", "\u{1f1ec}", "\u{6f22}", "\u{0e01}", "\n", "word"];
    let commands = [
        [C::EraseLeft, C::EraseRight, C::EraseWord, C::EraseToEnd, C::EraseToStart, C::NewLine, C::Cut, C::Undo],
        [C::Left, C::Right, C::WordLeft, C::WordRight, C::LineUp, C::LineDown, C::LineStart, C::LineEnd],
        [
            C::SelectLeft,
            C::SelectRight,
            C::SelectWordLeft,
            C::SelectWordRight,
            C::SelectLineUp,
            C::SelectLineDown,
            C::SelectLineStart,
            C::SelectLineEnd,
        ],
        [C::Redo, C::Undo, C::SelectAll, C::Cut, C::SelectLeft, C::SelectLeft, C::SelectRight, C::EraseLeft],
    ];
    let mut seed = 7_u64;
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % most as u64).unwrap_or(0)
    };
    for width in [3, 8, 20, 80] {
        let mut buffer = EditBuffer::new("");
        let mut copied = String::new();
        for _ in 0..2_000 {
            match next(5) {
                0 | 1 => {
                    // Selecting everything is rare, because otherwise there would never be a longer text.
                    let rows = if next(8) == 0 { 4 } else { 3 };
                    let command = commands[next(rows)][next(8)];
                    if command == C::Cut && buffer.selection().is_some() {
                        buffer.selected().clone_into(&mut copied);
                    }
                    assert!(buffer.run(command, width));
                }
                2 => assert_eq!(buffer.paste(pieces[next(pieces.len())]), 0),
                3 if copied.len() < 200 => assert_eq!(buffer.paste(&copied), 0),
                _ => pieces[next(pieces.len())].chars().for_each(|c| buffer.type_char(c)),
            }
            let Marks { caret, anchor } = buffer.marks;
            let whole = |at: usize| is_whole(buffer.text(), at);
            assert!(whole(caret) && anchor.is_none_or(whole), "{:?} in {:?}", buffer.marks, buffer.text());
            assert_eq!(*buffer.rows(width), *wrap(buffer.text(), width));
            let _ = buffer.position(width);
        }
        let end = buffer.text().to_owned();
        let steps = buffer.history.size().0;
        (0..steps).for_each(|_| assert!(buffer.run(C::Undo, width)));
        let start = buffer.text().to_owned();
        assert!(steps == 500 || start.is_empty());
        (0..steps).for_each(|_| assert!(buffer.run(C::Redo, width)));
        assert_eq!(buffer.text(), end);
        (0..steps).for_each(|_| assert!(buffer.run(C::Undo, width)));
        assert_eq!(buffer.text(), start);
    }
}

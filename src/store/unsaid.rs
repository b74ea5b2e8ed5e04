//! Search for withdrawn text in other texts, and its removal from drafts.

use crate::domain::fold;

/// Minimum number of characters of a quotation to search for.
const SHORTEST: usize = 4;
/// Characters that end a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '\n'];

/// Returns the text without the sentences of `texts`, which must be folded. A sentence that only quotes one of them or
/// is part of one is removed as a whole. `None` if the text contains none of them.
pub(super) fn without(text: &str, texts: &[String]) -> Option<String> {
    let needles: Vec<Vec<char>> = sentences_of(texts).map(|one| one.chars().collect()).collect();
    let mut left = String::with_capacity(text.len());
    let mut is_changed = false;
    for sentence in text.split_inclusive(ENDS) {
        match cut(sentence, &needles) {
            Some(rest) if rest.chars().any(char::is_alphanumeric) => left.push_str(&rest),
            None if !is_quoted_in(sentence, texts) && !is_part(sentence, texts) => {
                left.push_str(sentence);
                continue;
            }
            _ => {}
        }
        is_changed = true;
    }
    is_changed.then_some(left)
}

/// Returns whether a draft quotes one of the texts, or is the beginning or a part of one.
pub(super) fn holds(text: &str, texts: &[String]) -> bool {
    quotes(text, texts) || is_part(text, texts)
}

/// Returns whether a line quotes part of one of the texts, or contains a whole sentence of it.
pub(super) fn quotes(line: &str, texts: &[String]) -> bool {
    let folded = fold(line);
    is_quoted_in(line, texts) || sentences_of(texts).any(|one| folded.contains(one))
}

/// Returns the sentences of the texts that are long enough to search for.
fn sentences_of(texts: &[String]) -> impl Iterator<Item = &str> {
    let all = texts.iter().flat_map(|text| text.split(ENDS)).map(str::trim);
    all.filter(|one| one.chars().count() >= 2 * SHORTEST)
}

fn is_quoted_in(line: &str, texts: &[String]) -> bool {
    let marks = ['\u{ab}', '\u{bb}', '\u{201c}', '\u{201d}', '"'];
    let quoted = line.split(marks).skip(1).step_by(2).map(|part| fold(part.trim().trim_end_matches('\u{2026}')));
    let mut long = quoted.filter(|part| part.chars().count() >= SHORTEST);
    long.any(|part| texts.iter().any(|text| text.contains(part.trim())))
}

fn is_part(text: &str, texts: &[String]) -> bool {
    let part = fold(text);
    let part = part.trim();
    // The program's own values in a draft ("one-to-one", the id of a framework) are single words.
    let is_own = part.chars().count() >= 2 * SHORTEST && part.split_whitespace().count() > 2;
    is_own && texts.iter().any(|text| text.contains(part))
}

/// Returns the sentence without the given texts where they occur as whole words; `None` if they do not occur.
fn cut(sentence: &str, needles: &[Vec<char>]) -> Option<String> {
    // Each folded letter with the byte offset of its original letter.
    let mut letters: Vec<(usize, char)> = Vec::new();
    for (at, letter) in sentence.char_indices() {
        letters.extend(fold(letter.encode_utf8(&mut [0; 4])).chars().map(|folded| (at, folded)));
    }
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|(_, own)| own.is_alphanumeric());
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for needle in needles {
        let mut at = 0;
        while at + needle.len() <= letters.len() {
            let until = at + needle.len();
            let is_here = letters.iter().skip(at).zip(needle).all(|((_, own), wanted)| own == wanted);
            if is_here && !is_word(at.checked_sub(1)) && !is_word(Some(until)) {
                let end = letters.get(until).map_or(sentence.len(), |(place, _)| *place);
                spans.extend(letters.get(at).map(|(start, _)| (*start, end)));
                at = until;
            } else {
                at += 1;
            }
        }
    }
    let mut rest = String::with_capacity(sentence.len());
    for (at, letter) in sentence.char_indices() {
        if !spans.iter().any(|(start, end)| (*start..*end).contains(&at)) {
            rest.push(letter);
        }
    }
    (!spans.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_taken_back_goes() {
        let texts = ["i worry about getting it wrong.".to_owned()];
        for (text, left) in [
            ("Alpha. I worry about getting it wrong. Omega.", Some("Alpha. Omega.")),
            ("Alpha I worry about getting it wrong, often; beta.", Some("Alpha , often; beta.")),
            ("Before it I WORRY about getting it wrong. After.", Some("Before it . After.")),
            ("I worry about getting it wrongly.", None),
            ("Caf\u{e9}: I worry about getting it wrong", Some("Caf\u{e9}: ")),
            // Text that was still being typed, and text with a quotation.
            ("I worry about gett", Some("")),
            ("She said \u{201c}getting it wrong\u{201d} twice. Tea.", Some(" Tea.")),
            ("Nothing of it.", None),
        ] {
            assert_eq!(without(text, &texts).as_deref(), left, "{text}");
        }
    }
}

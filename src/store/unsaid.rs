//! Finding what was taken back in other texts, and cutting it out of what is being written.

use crate::domain::fold;

/// Fewest characters of a text that is looked for in what quotes it.
const SHORTEST: usize = 4;
/// Where a sentence ends.
const ENDS: [char; 4] = ['.', '!', '?', '\n'];

/// What is left of a text without what these say, which are folded: their sentences go where they stand, and a sentence goes
/// whole that only quotes one or is a part of one. `None` if there is none of it.
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

/// Whether a text that was being written quotes one of these, or is a beginning or a part of one.
pub(super) fn holds(text: &str, texts: &[String]) -> bool {
    quotes(text, texts) || is_part(text, texts)
}

/// Whether a line quotes something that stands in one of the texts, or holds a whole sentence of it.
pub(super) fn quotes(line: &str, texts: &[String]) -> bool {
    let folded = fold(line);
    is_quoted_in(line, texts) || sentences_of(texts).any(|one| folded.contains(one))
}

/// The sentences of these texts that are long enough to be looked for.
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
    // Words of the program in a draft ("one-to-one", the id of a framework) are single ones.
    let is_own = part.chars().count() >= 2 * SHORTEST && part.split_whitespace().count() > 2;
    is_own && texts.iter().any(|text| text.contains(part))
}

/// A sentence without the words of these, where they stand as words of their own; `None` if they do not.
fn cut(sentence: &str, needles: &[Vec<char>]) -> Option<String> {
    // Each folded letter with the place of the letter that it came from.
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
            // What was still being typed, and what quotes it.
            ("I worry about gett", Some("")),
            ("She said \u{201c}getting it wrong\u{201d} twice. Tea.", Some(" Tea.")),
            ("Nothing of it.", None),
        ] {
            assert_eq!(without(text, &texts).as_deref(), left, "{text}");
        }
    }
}

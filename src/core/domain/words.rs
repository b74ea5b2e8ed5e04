//! Helpers that format counts, lists and paths as English text.

/// Returns a count with its noun: `1 answer`, `3 answers`, `no answers`.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// Joins items: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn join_and<T: AsRef<str>>(items: &[T]) -> String {
    join(items, "and")
}

/// Joins items: `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn join_or<T: AsRef<str>>(items: &[T]) -> String {
    join(items, "or")
}

fn join<T: AsRef<str>>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// Returns the text with its first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns the text if it has at most `most` characters, or else its first `most - 1` characters and an ellipsis.
#[must_use]
pub fn truncate(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.pop();
        cut.push('\u{2026}');
    }
    cut
}

/// Returns a path as typed in a shell: in quotation marks if it contains spaces or other special characters.
#[must_use]
pub fn typed(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@' | ':' | '~');
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// Returns bytes as hexadecimal digits, two for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Parses pairs of hexadecimal digits; `None` for any other text.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_can_be_typed() {
        assert_eq!((typed("./a/b-1").as_str(), typed("our pack").as_str()), ("./a/b-1", "'our pack'"));
        assert_eq!(typed("it's"), "'it'\\''s'");
    }

    #[test]
    fn hexadecimal_digits_keep_their_zeros() {
        assert_eq!(hex(&[0, 0x0a, 0xff, 0x10]), "000aff10");
        assert_eq!(unhex("000aFF10"), Some(vec![0, 0x0a, 0xff, 0x10]));
        assert_eq!((unhex("0"), unhex("0g"), unhex("")), (None, None, Some(Vec::new())));
    }

    #[test]
    fn counts_and_lists_read_like_english() {
        assert_eq!(count(1, "answer", "answers"), "1 answer");
        assert_eq!(count(0, "answer", "answers"), "no answers");
        assert_eq!(join_and(&["a", "b", "c"]), "a, b and c");
        assert_eq!(truncate("h\u{e9}llo", 4), "h\u{e9}l\u{2026}");
    }
}

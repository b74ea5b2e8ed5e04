//! File names made from text such as the name of a person, pack or client. The result is always a single path component
//! that is valid on every system.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::clean;

/// Maximum length of a name with its extension in bytes; systems allow 255, and a number or an extension may be added.
const MOST_BYTES: usize = 120;

/// Name used if no usable characters are left.
const NOTHING: &str = "unnamed";

/// Makes a file name from text, with an extension (`html`; empty for none): no separators, no leading or trailing dots,
/// no Windows device name, nothing that needs quoting, and short enough for every system.
#[must_use]
pub fn safe_file_name(words: &str, ending: &str) -> String {
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    let room = MOST_BYTES - ending.len() - 1;
    let mut stem = String::new();
    for c in clean(words).chars() {
        let fits = c.is_alphanumeric()
            || matches!(c, '.' | '_' | '\u{200c}' | '\u{200d}')
            || !(c.is_ascii() || c.is_whitespace());
        match (fits, stem.ends_with('-')) {
            (true, _) => stem.push(c),
            (false, false) => stem.push('-'),
            (false, true) => {}
        }
    }
    let edge = ['.', '-'];
    let whole = stem.trim_matches(edge);
    let mut end = 0;
    for (at, grapheme) in whole.grapheme_indices(true) {
        if at + grapheme.len() > room {
            break;
        }
        end = at + grapheme.len();
    }
    let mut stem = clean(whole.get(..end).unwrap_or_default()).trim_matches(edge).to_owned();
    if stem.is_empty() {
        NOTHING.clone_into(&mut stem);
    }
    if is_device(&stem) {
        stem.insert(0, '_');
    }
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Returns whether the name refers to a device on Windows, whatever follows its first dot.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |name: &str| {
        let number = first.strip_prefix(name).unwrap_or_default();
        number.chars().count() == 1 && number.chars().all(|c| c.is_ascii_digit() || "\u{b9}\u{b2}\u{b3}".contains(c))
    };
    matches!(first.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use super::*;

    #[test]
    fn words_become_one_part_of_a_path() {
        for (words, ending, name) in [
            ("Amira Khan", "html", "Amira-Khan.html"),
            (
                "Ll\u{177}r / \u{645}\u{631}\u{62d}\u{628}\u{627}",
                "md",
                "Ll\u{177}r-\u{645}\u{631}\u{62d}\u{628}\u{627}.md",
            ),
            ("../../etc/passwd", "", "etc-passwd"),
            ("..", "", "unnamed"),
            ("C:\\Windows\\x", "csv", "C-Windows-x.csv"),
            ("con", "", "_con"),
            ("LPT1.txt", "", "_LPT1.txt"),
            ("Com\u{b9}", "ics", "_Com\u{b9}.ics"),
            ("COM10 console", "", "COM10-console"),
            (".hidden ", "", "hidden"),
            ("-rf $(x)`y` *?\"<>|", "", "rf-x-y"),
            ("a\u{202e}b\0c\n", "exe/..", "abc.exe"),
            ("", "html", "unnamed.html"),
        ] {
            assert_eq!(safe_file_name(words, ending), name, "{words:?}");
        }
        let long = safe_file_name(&"\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(40), "html");
        assert_eq!(long, format!("{}.html", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(6)));
    }

    #[test]
    fn whatever_the_words_the_file_lies_in_its_folder() {
        let signs: Vec<char> = "./\\:~ -a\0\u{202e}\u{e9}\u{2028}\u{1f468}\u{200d}\u{301}".chars().collect();
        for number in 0..signs.len().pow(5) {
            let words: String = (0..5).map(|place| signs[number / signs.len().pow(place) % signs.len()]).collect();
            for ending in ["", "md"] {
                let name = safe_file_name(&words, ending);
                let parts: Vec<_> = Path::new(&name).components().collect();
                assert!(matches!(parts[..], [Component::Normal(_)]), "{words:?}: {name:?}");
                assert!(
                    !name.starts_with(['.', '-', '~'])
                        && !name.ends_with(['.', ' '])
                        && !name.contains(['/', '\\', ':'])
                );
                assert!(name.len() <= MOST_BYTES && clean(&name) == name, "{words:?}: {name:?}");
            }
        }
    }
}

//! The words of the interface: every text of the source that a person may read is searched for words and signs that Cairn does
//! not use. Rules that a plain search can keep are in `scripts/words`.

#![expect(clippy::disallowed_methods, reason = "the source tree is read without caps")]
#![expect(clippy::string_slice, reason = "each cut is at a sign that was found there")]

use std::fs;
use std::path::{Path, PathBuf};

/// Maximum number of words in a sentence.
const MOST_WORDS: usize = 20;
/// Texts with fewer words are labels and parts of sentences.
const FEWEST_WORDS: usize = 4;
/// Words and phrases that are not used, because another one is plainer.
const UNUSED: [&str; 15] = [
    "whoever",
    "somebody",
    "beside",
    "mend",
    "mended",
    "put away",
    "let go",
    "at present",
    "one can",
    "one would",
    "taken in",
    "anew",
    "of one's own",
    "sitting",
    "not a day I know",
];
/// Files and folders whose texts nobody reads as sentences, each with the reason.
const NOT_READ: [(&str, &str); 12] = [
    ("src/openssl-sys", "a build script"),
    ("src/core/os/worker.rs", "commands of a shell, in tests"),
    ("src/core/os/risky_folder.rs", "mounts of a system, in tests"),
    ("src/core/search", "query syntax and word lists"),
    ("src/core/language", "word lists"),
    ("src/core/safeguarding", "patterns"),
    ("src/core/rules/api.rs", "reference of the rule language"),
    ("src/store", "SQL; its errors are read in the desk"),
    ("src/seal", "formats of keys"),
    ("src/report/name_words.rs", "word lists"),
    ("src/report/identity_codes.rs", "word lists"),
    ("src/report/names.rs", "marks that a person may have typed"),
];
/// Texts that may break a rule, by a part of them, each with the reason.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("});", "what to type in a rule"),
    ("note: ", "a note and its hint are two lines"),
    ("warning: ", "a warning and its hint are two lines"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        let name =
            path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below the root").to_string_lossy().replace('\\', "/");
        let is_test = name.contains("/tests") || name.ends_with("testing.rs");
        if is_test || NOT_READ.iter().any(|(own, _)| *own == name) {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Returns the string literals before the tests of a file, each with its line, counted from 1. Escapes stay as written;
/// continued lines are joined.
fn literals(source: &str) -> Vec<(usize, String)> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source;
    let line_of = |rest: &str| source[..source.len() - rest.len()].matches('\n').count() + 1;
    while let Some(first) = rest.chars().next() {
        let after_line = |rest: &str| rest.find('\n').map_or(rest.len(), |at| at);
        if rest.starts_with("//") {
            rest = &rest[after_line(rest)..];
        } else if rest.starts_with("r#\"") {
            let end = rest[3..].find("\"#").expect("it ends") + 3;
            found.push((line_of(rest), rest[3..end].to_owned()));
            rest = &rest[end + 2..];
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest = &rest[if rest.starts_with("'\"'") { 3 } else { 4 }..];
        } else if first == '"' {
            let mut end = 1;
            while !rest[end..].starts_with('"') {
                end += if rest[end..].starts_with('\\') {
                    2
                } else {
                    rest[end..].chars().next().map_or(1, char::len_utf8)
                };
            }
            let mut text = String::new();
            for (at, line) in rest[1..end].split("\\\n").enumerate() {
                text.push_str(if at > 0 { line.trim_start() } else { line });
            }
            found.push((line_of(rest), text));
            rest = &rest[end + 1..];
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// Returns what is wrong with a text; `None` if it is well.
fn problem(text: &str) -> Option<String> {
    if text.contains(['\u{ab}', '\u{bb}']) || text.contains("\\u{ab}") || text.contains("\\u{bb}") {
        return Some("a guillemet".to_owned());
    }
    let plain = text.replace("\\n", " ").replace("\\\"", "\"");
    let words = |text: &str| text.split_whitespace().count();
    if words(&plain) < FEWEST_WORDS || EXCEPTIONS.iter().any(|(part, _)| plain.contains(part)) {
        return None;
    }
    // SQL, commands of a shell and styles are no sentences.
    if ["SELECT", "INSERT", "CREATE", "$1", "style", "{{", "<"].iter().any(|sign| plain.contains(sign)) {
        return None;
    }
    if plain.contains(';') {
        return Some("a semicolon: write two sentences".to_owned());
    }
    let lower = format!(" {} ", plain.to_lowercase().replace(['.', ',', ':', '?', '!', '(', ')'], " "));
    if let Some(word) = UNUSED.iter().find(|word| lower.contains(&format!(" {word} "))) {
        return Some(format!("\"{word}\""));
    }
    let long = plain.split_inclusive(['.', '?', '!']).map(words).find(|count| *count > MOST_WORDS)?;
    Some(format!("a sentence of {long} words"))
}

#[test]
fn the_interface_speaks_plainly() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    assert!(files.len() > 200, "{}", files.len());
    let mut read = 0;
    let mut wrong = Vec::new();
    for path in files {
        let source = fs::read_to_string(&path).expect("readable");
        for (line, text) in literals(&source) {
            read += 1;
            if let Some(why) = problem(&text) {
                wrong.push(format!("{}:{line}: {why}: {text}", path.strip_prefix(root).expect("below").display()));
            }
        }
    }
    assert!(read > 4_000, "{read} texts were read");
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_rule_finds_what_it_is_for() {
    for bad in [
        "Open \\u{ab}Plan\\u{bb}",
        "It is saved; nothing was lost here.",
        "Ask somebody who knows about it.",
        "This is a sentence with far too many words in it, so that whoever is tired reads it twice and gives up then.",
    ] {
        assert!(problem(bad).is_some(), "{bad}");
    }
    assert_eq!(problem("Saved. You have 2 new suggestions."), None);
    let found = literals(
        "// \"no\"\nlet a = 'x'; let q = '\"'; say(\"one \\\n    two\", \"\\\"three\\\"\");\n#[cfg(test)]\nmod tests { \"no\" }",
    );
    assert_eq!(found, [(2, "one two".to_owned()), (3, "\\\"three\\\"".to_owned())]);
}

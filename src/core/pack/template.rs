//! A small complete pack as a starting point, for `cairn pack new`. Its files are in `template/`, with notes in plain
//! English for people who do not program; a test creates one and runs every check on it.

use super::registry::quoted;

/// The files as `(path, text)`; `{id}`, `{title}` and `{folder}` are replaced.
const FILES: [(&str, &str); 6] = [
    ("README.md", include_str!("template/README.md")),
    ("pack.toml", include_str!("template/pack.toml")),
    ("activities.toml", include_str!("template/activities.toml")),
    ("rules/10-feedback.rhai", include_str!("template/rules/10-feedback.rhai")),
    ("rules/20-risk.rhai", include_str!("template/rules/20-risk.rhai")),
    ("cases/stories.toml", include_str!("template/cases/stories.toml")),
];

/// Returns the files of a new pack, as pairs of path and text.
#[must_use]
pub fn new_pack(id: &str, title: &str, folder: &str) -> Vec<(&'static str, String)> {
    let fill = |(path, text): &(&'static str, &str)| {
        // In quotation marks the title is part of a TOML file, where some characters must be escaped.
        let text = text.replace("\"{title}\"", &quoted(title)).replace("{title}", title);
        (*path, text.replace("{id}", id).replace("{folder}", folder))
    };
    FILES.iter().map(fill).collect()
}

/// Returns an id made from a folder name; `None` if no character of it can be used.
#[must_use]
pub fn id_from(name: &str) -> Option<String> {
    let mut id = String::new();
    for c in crate::domain::fold(name).chars().take(60) {
        match c {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' => id.push(c),
            _ if id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    let id = id.trim_matches(['-', '.']).to_owned();
    (!id.is_empty()).then_some(id)
}

/// Returns whether a text can be the id of a pack.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=60).contains(&text.len()) && text.chars().all(good) && text.starts_with(ends) && text.ends_with(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folders_name_becomes_an_id() {
        assert_eq!(id_from("Our Pack (2026)").as_deref(), Some("our-pack-2026"));
        assert_eq!(id_from("\u{c9}quipe.nord").as_deref(), Some("equipe.nord"));
        assert_eq!((id_from("\u{65e5}\u{672c}"), id_from("..")), (None, None));
        for id in [".", "..", "-rf", "a.", "-", "A", "a b", ""] {
            assert!(!is_id(id), "{id}");
        }
        assert!(is_id("acme.north-2") && is_id("a"));
    }

    #[test]
    fn what_is_filled_in_cannot_break_a_file() {
        let files = new_pack("a", "A \"quoted\" \\ title\n[[x]]", "a");
        let manifest = files.iter().find(|(path, _)| *path == "pack.toml").map(|(_, text)| text.clone());
        let manifest: toml::Table = toml::from_str(&manifest.expect("it has one")).expect("it is TOML");
        assert_eq!(manifest["title"].as_str(), Some("A \"quoted\" \\ title [[x]]"));
        assert!(files.iter().all(|(_, text)| !text.contains("{id}") && !text.contains("{title}")));
    }
}

//! The explanation at the head of a rule file: comment lines under fixed headings, shown on screen and
//! by `cairn rules explain`.

use crate::domain::clean;

/// The expected headings, in order.
pub const HEADINGS: [&str; 3] = ["What it notices", "Why it matters", "What it cannot know"];

/// The explanation at the head of one rule file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleDoc {
    /// Sections as `(heading, text)`, in the order written.
    pub sections: Vec<(String, String)>,
}

impl RuleDoc {
    /// Reads the lines that begin with `//!` before the first line of code; `# ` begins a heading. If a file has no
    /// such line, lines that begin with `//` are read instead, so that a forgotten `!` does not lose the explanation.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let head = || text.lines().map(str::trim).take_while(|line| line.is_empty() || line.starts_with("//"));
        let mark = if head().any(|line| line.starts_with("//!")) { "//!" } else { "//" };
        let mut sections: Vec<(String, String)> = Vec::new();
        for line in head().filter_map(|line| line.strip_prefix(mark)) {
            let comment = clean(line.trim_start_matches(['/', '!']).trim());
            if let Some(heading) = comment.strip_prefix("# ") {
                sections.push((heading.trim().to_owned(), String::new()));
            } else if let Some((_, body)) = sections.last_mut() {
                if !body.is_empty() && !comment.is_empty() {
                    body.push(' ');
                }
                body.push_str(&comment);
            }
        }
        Self { sections }
    }

    /// Returns the headings that are missing or have no text.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        HEADINGS
            .into_iter()
            .filter(|heading| !self.sections.iter().any(|(own, body)| own == heading && !body.is_empty()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_paragraphs_are_read_up_to_the_code() {
        let doc =
            RuleDoc::read("//! # What it notices\n//! Two\n//! lines.\n\n//! # Why it matters\nrule(1);\n// # Later\n");
        assert_eq!(doc.sections[0], ("What it notices".to_owned(), "Two lines.".to_owned()));
        assert_eq!(doc.missing(), ["Why it matters", "What it cannot know"]);
        let notes = RuleDoc::read("//! # What it notices\n//! This.\n\n// a note for the author\nrule(1);\n");
        assert_eq!(notes.sections[0].1, "This.", "notes for the author are not for the reader");
        assert_eq!(RuleDoc::read("// # What it notices\n// This.\n").sections[0].1, "This.");
    }
}

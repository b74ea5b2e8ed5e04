//! A page as Markdown. Text that somebody wrote remains text: it cannot become a heading, a list, a link or HTML.

use super::page::{Block, Credit, Fact, Item, Page, Section, Table, Words};

/// Writes a page as Markdown (`CommonMark` with tables).
#[must_use]
pub fn markdown(page: &Page) -> String {
    let mut out = Text::default();
    out.block(&format!("# {}", inline(&page.title)));
    out.facts(&page.facts);
    out.text(&page.opening);
    for section in &page.sections {
        out.section(section);
    }
    if !page.credits.is_empty() {
        out.block("## The framework");
    }
    for credit in &page.credits {
        out.credit(credit);
    }
    for line in &page.closing {
        out.text(line);
    }
    out.done
}

/// The document written so far, with an empty line between blocks.
#[derive(Default)]
struct Text {
    done: String,
}

impl Text {
    /// Appends a block unchanged.
    fn block(&mut self, text: &str) {
        if !self.done.is_empty() {
            self.done.push('\n');
        }
        self.done.push_str(text);
        self.done.push('\n');
    }

    fn text(&mut self, words: &Words) {
        if !words.is_empty() {
            self.block(&inline(words));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let lines: Vec<String> =
            facts.iter().map(|fact| format!("- **{}:** {}", inline(&fact.word), inline(&fact.text))).collect();
        if !lines.is_empty() {
            self.block(&lines.join("\n"));
        }
    }

    fn points(&mut self, points: &[Words], lead: &str) {
        let lines: Vec<String> = points.iter().map(|point| format!("{lead}{}", inline(point))).collect();
        self.block(&lines.join("\n"));
    }

    fn section(&mut self, section: &Section) {
        self.block(&format!("## {}", inline(&section.title)));
        for block in &section.blocks {
            match block {
                Block::Text(words) => self.text(words),
                Block::Note(words) => self.block(&format!("*{}*", inline(words))),
                Block::Quote(words) => self.quote(words),
                Block::Points(points) => self.points(points, "- "),
                Block::Ticks(points) => self.points(points, "- [ ] "),
                Block::Item(item) => self.item(item),
                Block::Table(table) => self.table(table),
                Block::Blank(words) => self.block(&format!("*{}*\n\n\\_\\_\\_\\_\\_\\_\\_\\_", inline(words))),
            }
        }
    }

    fn item(&mut self, item: &Item) {
        self.block(&format!("### {}", inline(&item.title)));
        self.text(&item.about);
        self.facts(&item.facts);
        self.quote(&item.quote);
        if !item.question.is_empty() {
            self.block(&format!("**{}**", inline(&item.question)));
        }
    }

    /// Appends a quotation that preserves line breaks.
    fn quote(&mut self, words: &Words) {
        if words.is_empty() {
            return;
        }
        self.block(&quoted(words.as_str()));
    }

    /// Appends a table without its drawings.
    fn table(&mut self, table: &Table) {
        self.block(&format!("**{}**", inline(&table.caption)));
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let drawn = 1;
        let heads: Vec<String> =
            table.heads.iter().enumerate().filter(|(at, _)| *at != drawn).map(|(_, h)| inline(h)).collect();
        let rule: Vec<String> =
            heads.iter().enumerate().map(|(at, _)| if at == 0 { "---" } else { "--:" }.to_owned()).collect();
        let mut lines = vec![row(heads), row(rule)];
        lines.extend(
            table
                .rows
                .iter()
                .map(|line| row(std::iter::once(inline(&line.name)).chain(line.cells.iter().map(inline)).collect())),
        );
        self.block(&lines.join("\n"));
    }

    fn credit(&mut self, credit: &Credit) {
        let edition =
            format!("{}, edition {} (pack {})", credit.title.as_str(), credit.edition.as_str(), credit.pack.as_str());
        let older: Vec<&str> = credit.older.iter().map(Words::as_str).collect();
        let fact = |word: &str, text: &str| Fact::said(word, text);
        let facts = [
            fact("Framework", &edition),
            fact("Some answers were given under edition", &older.join(", ")),
            fact("Terms", credit.licence.as_str()),
            fact("Credit", credit.attribution.as_str()),
            fact("Made from", credit.source.as_str()),
        ];
        let facts: Vec<Fact> = facts.into_iter().flatten().collect();
        self.facts(&facts);
    }
}

/// Returns a block quotation that preserves line breaks.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let quoted = lines.iter().enumerate().map(|(at, line)| {
        // Line breaks inside a paragraph are marked with a backslash, because Markdown would otherwise join the lines.
        let breaks = !line.is_empty() && lines.get(at + 1).is_some_and(|next| !next.is_empty());
        let text = escaped(line);
        format!("> {text}{}", if breaks { "\\" } else { "" }).trim_end().to_owned()
    });
    quoted.collect::<Vec<_>>().join("\n")
}

fn inline(words: &Words) -> String {
    on_one_line(words.as_str())
}

/// Returns a text on one line, escaped.
pub(super) fn on_one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Escapes every character of a line that has a meaning in Markdown.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let letters: Vec<char> = line.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let start = letters.get(..at).unwrap_or_default();
        let leads = start.iter().all(|c| c.is_whitespace());
        let numbers = start.iter().all(|c| c.is_whitespace() || c.is_ascii_digit());
        let parted = next.is_none_or(|c| c.is_whitespace());
        let means = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' => true,
            // Markers of lists, rules and underlined headings; then markers of numbered lists.
            '-' | '+' | '=' => leads,
            ')' => numbers && parted,
            // The last two occur in addresses that some renderers turn into links.
            '.' => (numbers && parted) || matches!(before, Some('w' | 'W')),
            ':' => next == Some(&'/'),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(*letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::page::Row;
    use super::*;
    use crate::domain::Party;

    #[test]
    fn what_somebody_wrote_stays_text() {
        for (written, text) in [
            ("# not a heading", "\\# not a heading"),
            ("- not a list", "\\- not a list"),
            ("12. not a list", "12\\. not a list"),
            ("3) nor this", "3\\) nor this"),
            ("=====", "\\====="),
            ("3.5", "3.5"),
            ("[a](http://b.c) <b>x</b> &amp;", "\\[a\\](http\\://b.c) \\<b\\>x\\</b\\> \\&amp;"),
            ("www.example.org a@b.c", "www\\.example.org a\\@b.c"),
            ("a | b `c` *d* _e_ ~f~ \\g", "a \\| b \\`c\\` \\*d\\* \\_e\\_ \\~f\\~ \\\\g"),
            ("well-kept, at 3.5 (of 5)", "well-kept, at 3.5 (of 5)"),
        ] {
            assert_eq!(escaped(written), text);
        }
    }

    #[test]
    fn lines_of_a_quotation_keep_their_place_and_cannot_leave_it() {
        let mut text = Text::default();
        text.quote(&Words::from("One\n    two\n\n# three\r\n> four"));
        assert_eq!(text.done, "> One\\\n> two\n>\n> \\# three\\\n> \\> four\n");
    }

    #[test]
    fn a_table_has_its_numbers_and_no_drawing() {
        let mut page = Page::new("A | B", Party::Client);
        let row = Row {
            name: "x|y".into(),
            drawing: super::super::page::Drawing::Bar { tenths: 35, scale: (1, 5) },
            words: "Mean 3.5.".into(),
            cells: vec!["3.5".into()],
        };
        let heads = vec!["Theme".into(), "Low to high".into(), "Mean".into()];
        let table = Table { caption: "Numbers".into(), legend: Words::default(), heads, rows: vec![row] };
        page.section("themes", "By theme", vec![Block::Table(table)]);
        let expected = "# A \\| B\n\n## By theme\n\n**Numbers**\n\n| Theme | Mean |\n| --- | --: |\n| x\\|y | 3.5 |\n";
        assert_eq!(markdown(&page), expected);
    }
}

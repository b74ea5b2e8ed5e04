//! A page as one self-contained HTML file: style and drawings are embedded, there is no script, and its policy lets the
//! browser fetch nothing. The template escapes every text; only the style sheet is inserted unescaped.

use maud::{DOCTYPE, Markup, PreEscaped, Render, html as template};

use super::chart::drawn;
use super::page::{Block, Credit, Fact, Item, Page, Section, Table, Words};

/// Style sheet for screen and print.
const STYLE: &str = include_str!("style.css");
/// Number of lines shown where there is room to write.
const LINES: usize = 4;
/// Content security policy under which nothing may be fetched or run.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

impl Render for Words {
    fn render_to(&self, buffer: &mut String) {
        self.as_str().render_to(buffer);
    }
}

/// Writes a page as a self-contained HTML file.
#[must_use]
pub fn html(page: &Page) -> String {
    let markup = template! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (page.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (page.title) }
                    (facts(&page.facts, "facts"))
                }
                main {
                    @if !page.opening.is_empty() { p class="opening" { (page.opening) } }
                    @for part in &page.sections { (section(part)) }
                }
                @if !(page.credits.is_empty() && page.closing.is_empty()) { (footer(page)) }
            }
        }
    };
    markup.into_string()
}

fn footer(page: &Page) -> Markup {
    template! {
        footer {
            @if !page.credits.is_empty() {
                section aria-labelledby="h-framework" {
                    h2 id="h-framework" { "The framework" }
                    @for own in &page.credits { (credit(own)) }
                }
            }
            @for line in &page.closing { p { (line) } }
        }
    }
}

fn section(section: &Section) -> Markup {
    let heading = format!("h-{}", section.id);
    template! {
        section class=(section.id) aria-labelledby=(heading) {
            h2 id=(heading) { (section.title) }
            @for (at, block) in section.blocks.iter().enumerate() {
                (self::block(block, &format!("{}-{at}", section.id)))
            }
        }
    }
}

fn block(block: &Block, id: &str) -> Markup {
    template! {
        @match block {
            Block::Text(words) => p { (words) },
            Block::Note(words) => p class="note" { (words) },
            Block::Quote(words) => (quote(words)),
            Block::Points(points) => ul { @for point in points { li { (point) } } },
            Block::Ticks(points) => ul class="ticks" { @for point in points { li { (point) } } },
            Block::Item(item) => (self::item(item)),
            Block::Table(table) => (self::table(table, id)),
            Block::Blank(words) => { p class="note" { (words) } div class="blank" { @for _ in 0..LINES { div {} } } },
        }
    }
}

fn quote(words: &Words) -> Markup {
    template! { @if !words.is_empty() { blockquote { p { (words) } } } }
}

fn facts(facts: &[Fact], class: &str) -> Markup {
    template! {
        @if !facts.is_empty() {
            dl class=(class) {
                @for fact in facts { div { dt { (fact.word) } dd { (fact.text) } } }
            }
        }
    }
}

fn item(item: &Item) -> Markup {
    template! {
        article {
            h3 { (item.title) }
            @if !item.about.is_empty() { p class="about" { (item.about) } }
            (facts(&item.facts, "known"))
            (quote(&item.quote))
            @if !item.question.is_empty() { p class="question" { (item.question) } }
        }
    }
}

/// Returns drawings and numbers in one table, so that long row names wrap and no label is cut off.
fn table(table: &Table, id: &str) -> Markup {
    template! {
        table {
            caption { (table.caption) span class="note" { (table.legend) } }
            thead { tr { @for head in &table.heads { th scope="col" { (head) } } } }
            tbody {
                @for (at, row) in table.rows.iter().enumerate() {
                    tr {
                        th scope="row" { (row.name) }
                        td class="drawing" { (drawn(row, &format!("{id}-{at}"))) }
                        @for cell in &row.cells { td { (cell) } }
                    }
                }
            }
        }
    }
}

fn credit(credit: &Credit) -> Markup {
    template! {
        p {
            strong { (credit.title) } ", edition " (credit.edition) " (pack " (credit.pack) "). "
            @if !credit.older.is_empty() {
                "Some answers were given under edition "
                @for (at, edition) in credit.older.iter().enumerate() { @if at > 0 { ", " } (edition) } ". "
            }
            "Made from: " (credit.source) ". " (credit.licence) " " (credit.attribution)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Party;

    #[test]
    fn nothing_that_somebody_wrote_becomes_markup() {
        let hostile = "</title><script>alert(1)</script><img src=//x onerror=y>\"'&\u{1b}[31m\u{202e}";
        let mut page = Page::new(hostile, Party::Client);
        page.fact(hostile, hostile);
        let words = || Words::from(hostile);
        let item = Item { about: words(), quote: words(), question: words(), ..Item::titled(hostile) };
        let blocks = vec![
            Block::Text(words()),
            Block::Note(words()),
            Block::Quote(words()),
            Block::Points(vec![words()]),
            Block::Ticks(vec![words()]),
            Block::Blank(words()),
            Block::Item(item),
        ];
        page.section("strengths", hostile, blocks);
        page.closing.push(words());
        let text = html(&page);
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{1b}'), "{text}");
        assert!(!text.contains('\u{202e}') && text.matches("</title>").count() == 1, "{text}");
        assert_eq!(text.matches("&lt;script&gt;").count(), 16, "{text}");
    }

    #[test]
    fn the_style_fetches_nothing() {
        for word in ["url(", "@import", "http", "<"] {
            assert!(!STYLE.contains(word), "{word}");
        }
    }
}

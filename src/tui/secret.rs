//! Where a passphrase is asked for: over a cover that shows nothing of the records, or as a page; and the paper key.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Text};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::footer_line;
use super::page::{Page, centred};
use super::paint::{Painter, fit};
use crate::app::{Model, PaperPage, SecretLine, SecretPage};
use crate::config::Role;

/// Widest page; a few words are easier to take in when they stand together.
const WIDEST: u16 = 72;
/// What stands for a letter.
const DOT: &str = "\u{2022}";

/// The whole screen: the page in the middle, and the keys that work.
pub(super) fn cover(page: &SecretPage, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [title, body, footer] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    canvas.render_widget(Paragraph::new(Line::from(paint.span(Role::Title, " Cairn"))), title);
    draw(page, model, paint, canvas, Rect { x: body.x + 1, width: body.width - 2, ..body });
    canvas.render_widget(Paragraph::new(footer_line(&model.hints(), paint, usize::from(footer.width))), footer);
}

/// The page, between a third and the middle of what there is.
pub(super) fn draw(secret: &SecretPage, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = area.width.min(WIDEST);
    let mut page = Page::new(paint, width);
    page.text(Role::Title, secret.title());
    page.line(Line::default());
    for words in secret.words() {
        page.text(Role::Body, &model.keyed(words));
    }
    if !secret.escrow.is_empty() {
        page.text(Role::State, &format!("{} can open these records too.", secret.escrow));
    }
    if let Some(words) = &secret.offered {
        page.line(Line::default());
        page.text(Role::Label, "Four words, drawn by lot. Type them, or ask for others:");
        page.text(Role::Heading, &format!("  {}", words.reveal()));
    }
    let mut caret = (0, page.lines.len());
    for (at, line) in secret.lines.iter().enumerate() {
        page.line(Line::default());
        let here = at == secret.at;
        let lead = if here { "> " } else { "  " };
        let role = if here { Role::Heading } else { Role::Label };
        page.text(role, &format!("{lead}{}", line.label));
        let shown = shown(line, secret.shown, usize::from(width).saturating_sub(6));
        if here {
            caret = (4 + shown.width(), page.lines.len());
        }
        page.line(Line::from(paint.span(Role::Body, format!("    {shown}"))));
    }
    page.line(Line::default());
    if secret.working {
        page.text(Role::Note, "One moment\u{2026} this takes a second or two, on purpose.");
    } else if !secret.problem.is_empty() {
        page.text(Role::Bad, &format!("! {}", secret.problem));
    }
    let inner = centred(area, width, page.lines.len());
    // In a small window the line that is typed in stays in sight.
    let skip = (caret.1 + 3)
        .saturating_sub(usize::from(inner.height))
        .min(page.lines.len().saturating_sub(usize::from(inner.height)));
    let lines: Vec<Line<'_>> = page.lines.into_iter().skip(skip).collect();
    canvas.render_widget(Text::from(lines), inner);
    let column = u16::try_from(caret.0).unwrap_or(0).min(inner.width.saturating_sub(1));
    let row = u16::try_from(caret.1.saturating_sub(skip)).unwrap_or(0).min(inner.height.saturating_sub(1));
    canvas.set_cursor_position((inner.x + column, inner.y + row));
}

/// Dots, or the end of what is typed.
fn shown(line: &SecretLine, readable: bool, width: usize) -> String {
    if !readable {
        return DOT.repeat(line.typed.letters().min(width));
    }
    let text = line.typed.reveal();
    let mut letters: Vec<char> = text.chars().rev().take(width).collect();
    letters.reverse();
    fit(&letters.into_iter().collect::<String>(), width)
}

/// The paper key.
pub(super) fn paper(paper: &PaperPage, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = area.width.min(WIDEST);
    let mut page = Page::new(paint, width);
    page.text(Role::Title, "Your records are locked. This is your paper key");
    page.line(Line::default());
    for row in paper.rows() {
        page.line(Line::from(paint.span(Role::Heading, format!("    {row}"))));
    }
    page.line(Line::default());
    for words in PaperPage::WORDS {
        page.text(Role::Body, words);
    }
    if !paper.escrow.is_empty() {
        page.text(Role::State, &format!("{} can open these records too.", paper.escrow));
    }
    let inner = centred(area, width, page.lines.len());
    canvas.render_widget(Text::from(page.lines), inner);
    canvas.set_cursor_position((inner.x, inner.y));
}

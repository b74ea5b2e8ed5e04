//! Rules: every pack and rule in a list that narrows, and the marked one in words.

use std::ops::Range;

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::entry::entry;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use crate::app::{Model, RuleRow, RulesScreen};
use crate::config::Role;
use crate::domain::{
    Lead, PackCard, PackState, RuleCard, Rulebook, Severity, Sheet, count, places_of, states, wrong_words,
};

const HINT: &str = "type a part of a name, or spoke, came close, silent, cannot tell";

/// Percent of a wide window for the list: its rows hold a title and how it came out.
const LIST: u16 = 50;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [line, word, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let rules = &model.person.rules;
    let Some(book) = &rules.book else {
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, "Reading the rules\u{2026}")), word);
        entry("Rules: ", &rules.filter, HINT, paint, canvas, line);
        return;
    };
    canvas.render_widget(
        Paragraph::new(paint.span(Role::Note, fit(&model.about_rules(book), usize::from(word.width)))),
        word,
    );
    if rules.rows.is_empty() {
        beside(model, book, paint, canvas, body);
        return entry("Rules: ", &rules.filter, HINT, paint, canvas, line);
    }
    let titles = Titles { percent: LIST, ..Titles::two("Packs and rules", "In words") };
    let places = panes(titles, rules.rows.len(), paint, canvas, body);
    let (list, detail) = (places.list, places.detail);
    let width = usize::from(list.width);
    let words = rules.words();
    draw_rows(canvas, list, rules.row, rules.rows.len(), |at| match rules.rows.get(at) {
        Some(one) => Row { rules, book, words: &words, marked: at == rules.row, paint, width }.line(*one),
        None => Line::default(),
    });
    beside(model, book, paint, canvas, detail);
    // Last, so that the terminal's cursor stands where letters appear.
    entry("Rules: ", &rules.filter, HINT, paint, canvas, line);
}

/// What a row is made with.
struct Row<'a> {
    rules: &'a RulesScreen,
    book: &'a Rulebook,
    words: &'a [String],
    marked: bool,
    paint: Painter,
    width: usize,
}

impl Row<'_> {
    fn line(&self, row: RuleRow) -> Line<'static> {
        match row {
            RuleRow::Faults => {
                let words = wrong_words(self.book.wrong());
                self.made(0, Role::Bad, "! ", &format!("What is wrong: {words}"), "")
            }
            RuleRow::Pack(at) => self.book.packs.get(at).map(|pack| self.pack(at, pack)).unwrap_or_default(),
            RuleRow::Family(at) => self.family(at),
            RuleRow::Rule(at, family) => {
                let rule = self.book.rules.get(at);
                rule.map(|rule| self.rule(rule, family)).unwrap_or_default()
            }
        }
    }

    fn pack(&self, at: usize, pack: &PackCard) -> Line<'static> {
        let rules: usize = self.book.families_of(at).map(|(_, family)| family.members.len()).sum();
        let health = pack.health();
        let words = match pack.state {
            PackState::LeftOut => format!("left out, {health}"),
            PackState::Kept if health.is_empty() => "old rules kept".to_owned(),
            PackState::Kept => format!("old rules kept, {health}"),
            PackState::Loaded if health.is_empty() => count(rules, "rule", "rules"),
            PackState::Loaded => format!("{}, {health}", count(rules, "rule", "rules")),
        };
        let wrong = pack.faults.iter().any(|fault| fault.severity == Severity::Error);
        let role = if wrong { Role::Bad } else { Role::Heading };
        let mark = match (wrong, rules) {
            (true, _) => "! ",
            (false, 0) => "  ",
            _ => self.fold(RuleRow::Pack(at)),
        };
        self.made(0, role, mark, &format!("{} {}", pack.title, pack.version), &words)
    }

    fn family(&self, at: usize) -> Line<'static> {
        let Some(family) = self.book.families.get(at) else { return Line::default() };
        let members = || family.members.iter().filter_map(|at| self.book.rules.get(*at));
        let title = members().next().map(|rule| rule.title.clone()).unwrap_or_default();
        // The most telling state only: the detail counts them all.
        let words = states(members()).first().map(|(n, state)| format!("{n} {state}")).unwrap_or_default();
        let text = format!("{title} \u{00d7}{}", family.members.len());
        let role = if members().any(RuleCard::spoke) { Role::Good } else { Role::Body };
        self.made(2, role, self.fold(RuleRow::Family(at)), &text, &words)
    }

    fn rule(&self, card: &RuleCard, family: usize) -> Line<'static> {
        let alone = self.book.families.get(family).is_none_or(|family| family.members.len() == 1);
        // The rules of a family have one title, so their ids tell them apart.
        let (indent, text) = if alone { (2, card.title.clone()) } else { (4, card.id.clone()) };
        let role = if card.spoke() { Role::Good } else { Role::Body };
        let mark = match card.state() {
            "spoke" => "+ ",
            "came close" => "~ ",
            "silent" => "- ",
            "switched off" => "\u{00d7} ",
            _ => "? ",
        };
        self.made(indent, role, mark, &text, card.state())
    }

    fn fold(&self, row: RuleRow) -> &'static str {
        if self.rules.is_open(row) { "\u{25be} " } else { "\u{25b8} " }
    }

    fn made(&self, indent: usize, role: Role, mark: &'static str, text: &str, note: &str) -> Line<'static> {
        let lead = if self.marked { "> " } else { "  " };
        let role = if self.marked { Role::Marked } else { role };
        // How it came out is what the list is read for, so here the name gives way.
        let room = self.width.saturating_sub(if note.is_empty() { 0 } else { note.width() + 3 });
        let text = fit(&format!("{lead}{}{mark}{text}", " ".repeat(indent)), room);
        let hits = self.words.iter().flat_map(|word| places_of(&text, word));
        let left = self.paint.marked(role, &text, &apart(hits.collect()));
        let right = if note.is_empty() {
            Vec::new()
        } else {
            vec![self.paint.span(Role::Note, note.to_owned()), Span::raw(" ")]
        };
        spread(left, right, self.width)
    }
}

/// Places in order, of which none begins before the one in front of it has ended.
fn apart(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let kept = place.start >= end;
        end = if kept { place.end } else { end };
        kept
    });
    places
}

/// The marked row in words.
fn beside(model: &Model, book: &Rulebook, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let rules = &model.person.rules;
    let mut page = Page::new(paint, area.width);
    match rules.marked() {
        None => nothing(&mut page),
        Some(RuleRow::Faults) => {
            page.text(Role::Title, "What is wrong");
            page.text(
                Role::Body,
                "A pack or a rule with a fault is left out; everything else goes on. Mend the file, and it is read again.",
            );
            page.faults(book.faults());
        }
        Some(RuleRow::Pack(at)) => {
            let Some(pack) = book.packs.get(at) else { return };
            page.text(Role::Title, &pack.title);
            page.sheet(&Sheet::pack_state(pack));
            // What keeps a pack from standing comes first; what should be mended some day, last.
            let urgent = pack.state != PackState::Loaded;
            if urgent {
                page.faults(pack.faults.iter());
                page.gap();
            }
            page.sheet(&Sheet::pack(book, at, pack));
            if !urgent {
                page.faults(pack.faults.iter());
            }
        }
        Some(RuleRow::Family(at)) => {
            let Some(family) = book.families.get(at) else { return };
            let title = family.members.first().and_then(|at| book.rules.get(*at)).map_or("", |rule| &rule.title);
            page.text(Role::Title, title);
            page.sheet(&Sheet::family(book, family, rules.beside().map(std::convert::AsRef::as_ref)));
        }
        Some(RuleRow::Rule(at, _)) => {
            let title = book.rules.get(at).map_or("", |rule| rule.title.as_str());
            page.text(Role::Title, title);
            if let Some(detail) = rules.beside() {
                page.sheet(&Sheet::rule(detail, &model.person.snapshot.advised, Lead::Explanation));
            }
        }
    }
    page.draw(canvas, area, rules.scroll);
}

fn nothing(page: &mut Page<'_>) {
    page.text(Role::Body, "No pack and no rule has that in its name, and none came out that way.");
    page.text(Role::Body, "Try fewer letters, a behaviour's code like FL-5, or one of: spoke, came close, silent.");
}

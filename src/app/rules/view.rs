//! The view of the rules screen: the filtered list, and the marked row in words.

use super::{RuleRow, RulesScreen};
use crate::app::model::Model;
use crate::app::view::{
    Body, Highlight, Lines, ListLayout, ListView, Mark, PagePart, PageView, RowTone, RowView, Rows, SearchView, View,
};
use crate::domain::{Lead, PackCard, PackState, RuleCard, Rulebook, Severity, Sheet, count, states, wrong_words};

const HINT: &str = "type part of a name, or applied, just missed, did not apply, not enough answers";
const TEACH: [&str; 2] = [
    "Type part of a name, or applied, just missed, did not apply, not enough answers. Leave the line empty to list \
     everything.",
    "Type a number to read that rule, or to list a group of rules. Type \":show\" and a number to read about it.",
];
/// Percentage of a wide window that the list takes: its rows hold a title and a result.
const LIST: u16 = 50;

pub(super) fn view(model: &Model) -> View<'_> {
    let rules = &model.person.rules;
    let search = Some(SearchView { label: "Rules: ", typed: &rules.filter, hint: HINT });
    let Some(book) = &rules.book else {
        return View { search, ..View::waiting("Rules", "Loading the rules\u{2026}") };
    };
    let rows =
        Rows::new(rules.rows.len(), move |at| rules.rows.get(at).map(|at| row(rules, book, *at)).unwrap_or_default());
    let list = ListView {
        layout: ListLayout::Panes(LIST),
        highlight: Highlight::Words(rules.words()),
        ..ListView::new("Packs and rules", rules.row, rows).with("Details", detail(model, book))
    };
    View {
        about: model.about_rules(book),
        about_is_shown: true,
        search,
        scroll: rules.scroll,
        lines: Lines { teach: TEACH.to_vec(), ..Lines::default() },
        ..View::new("Rules", Body::list(list))
    }
}

fn row(rules: &RulesScreen, book: &Rulebook, row: RuleRow) -> RowView {
    let view = match row {
        RuleRow::Faults => {
            let words = wrong_words(book.wrong());
            let told = format!("Now: problems to fix, {words}.");
            let text = format!("Problems to fix: {words}");
            RowView { mark: Mark::Urgent, tone: RowTone::Bad, only_read: true, told, ..RowView::of(text) }
        }
        RuleRow::Pack(at) => book.packs.get(at).map(|card| pack(rules, book, at, card)).unwrap_or_default(),
        RuleRow::Family(at) => family(rules, book, at),
        RuleRow::Rule(at, family) => book.rules.get(at).map(|card| rule(book, card, family)).unwrap_or_default(),
    };
    // The result matters most, so the name is shortened if the row is too long.
    RowView { note_stays: true, ..view }
}

fn pack(rules: &RulesScreen, book: &Rulebook, at: usize, pack: &PackCard) -> RowView {
    let many: usize = book.families_of(at).map(|(_, family)| family.members.len()).sum();
    let health = pack.health();
    let health = if health.is_empty() { health } else { format!(", {health}") };
    let state = match pack.state {
        PackState::LeftOut => "not used".to_owned(),
        PackState::Kept => "using old rules".to_owned(),
        PackState::Loaded => count(many, "rule", "rules"),
    };
    let is_open = rules.is_open(RuleRow::Pack(at));
    let shut = if many > 0 && !is_open { ", not listed" } else { "" };
    let title = format!("{} {}", pack.title, pack.version);
    let told = format!("Pack {}: {state}{health}{shut}.", title.trim_end());
    let wrong = pack.faults.iter().any(|fault| fault.severity == Severity::Error);
    let (mark, tone) = match (wrong, many) {
        (true, _) => (Mark::Urgent, RowTone::Bad),
        (false, 0) => (Mark::None, RowTone::Heading),
        (false, _) => (Mark::Unfolded(is_open), RowTone::Heading),
    };
    // Without a mark, the name is indented to line up with the names of other packs.
    let indent = if mark == Mark::None { 2 } else { 0 };
    RowView { mark, tone, indent, note: format!("{state}{health}"), only_read: true, told, ..RowView::of(title) }
}

fn family(rules: &RulesScreen, book: &Rulebook, at: usize) -> RowView {
    let Some(family) = book.families.get(at) else { return RowView::default() };
    let members = || family.members.iter().filter_map(|at| book.rules.get(*at));
    let title = members().next().map(|rule| rule.title.clone()).unwrap_or_default();
    let all: Vec<String> = states(members()).iter().map(|(n, state)| format!("{n} {state}")).collect();
    let is_open = rules.is_open(RuleRow::Family(at));
    let open = if is_open { ", listed below" } else { "" };
    RowView {
        mark: Mark::Unfolded(is_open),
        tone: if members().any(RuleCard::spoke) { RowTone::Good } else { RowTone::Plain },
        indent: 2,
        // Only the first state; the detail counts them all.
        note: all.first().cloned().unwrap_or_default(),
        told: format!("Group of {} rules{open}: {title}, {}.", family.members.len(), all.join(", ")),
        ..RowView::of(format!("{title} \u{00d7}{}", family.members.len()))
    }
}

fn rule(book: &Rulebook, card: &RuleCard, family: usize) -> RowView {
    let alone = book.families.get(family).is_none_or(|family| family.members.len() == 1);
    // All rules of a family have the same title, so their ids are shown.
    let (indent, text) = if alone { (2, &card.title) } else { (4, &card.id) };
    let letter = match card.state() {
        "applied" => '+',
        "just missed" => '~',
        "did not apply" => '-',
        "switched off" => '\u{00d7}',
        _ => '?',
    };
    RowView {
        mark: Mark::Letter(letter),
        tone: if card.spoke() { RowTone::Good } else { RowTone::Plain },
        indent,
        note: card.state().to_owned(),
        told: format!("Rule: {text}, {}.", card.state()),
        ..RowView::of(text)
    }
}

/// Returns the detail of the marked row.
fn detail(model: &Model, book: &Rulebook) -> PageView {
    let rules = &model.person.rules;
    match rules.marked() {
        None => nothing(),
        Some(RuleRow::Faults) => {
            let mut sheet = Sheet::default();
            sheet.text(
                "Cairn does not use a pack or rule with a fault. Everything else works. Fix the file and Cairn will \
                 read it again.",
            );
            let faults = book.faults().cloned().collect();
            PageView::of("Problems to fix", vec![PagePart::Sheet(sheet), PagePart::Faults(faults)])
        }
        Some(RuleRow::Pack(at)) => {
            let Some(pack) = book.packs.get(at) else { return PageView::default() };
            let mut parts = vec![PagePart::Sheet(Sheet::pack(book, at, pack))];
            let faults = PagePart::Faults(pack.faults.clone());
            // Errors that prevent a pack from being used come first; warnings come last.
            if pack.state == PackState::Loaded {
                parts.push(faults);
            } else {
                parts.splice(0..0, [faults, PagePart::Gap]);
            }
            parts.insert(0, PagePart::Sheet(Sheet::pack_state(pack)));
            PageView::of(&pack.title, parts)
        }
        Some(RuleRow::Family(at)) => {
            let Some(family) = book.families.get(at) else { return PageView::default() };
            let title = family.members.first().and_then(|at| book.rules.get(*at)).map_or("", |rule| &rule.title);
            PageView::new(title, Sheet::family(book, family, rules.beside().map(AsRef::as_ref)))
        }
        Some(RuleRow::Rule(at, _)) => {
            let title = book.rules.get(at).map_or("", |rule| rule.title.as_str());
            let sheet = |detail| Sheet::rule(detail, &model.person.snapshot.advised, Lead::Explanation);
            PageView::new(title, rules.beside().map(|detail| sheet(detail)).unwrap_or_default())
        }
    }
}

fn nothing() -> PageView {
    let mut sheet = Sheet::default();
    sheet.text("No pack or rule matches that.");
    sheet.text("Try a shorter word, a code like FL-5, or one of: applied, just missed, did not apply.");
    PageView::untitled(sheet)
}

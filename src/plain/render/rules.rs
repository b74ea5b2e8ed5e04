//! Rules: every pack and rule in a list that narrows, and one rule whole with the answers it looked at.

use super::super::place_text::{Number, PlaceText};
use super::faults::faults;
use super::nothing;
use crate::app::{Model, RuleRow, RulesScreen};
use crate::domain::{
    By, Lead, Looked, PackCard, PackState, RuleCard, Rulebook, Sheet, count, short_day, states, wrong_words,
};

pub(super) fn list(model: &Model) -> PlaceText {
    let rules = &model.person.rules;
    let Some(book) = &rules.book else { return nothing("Rules") };
    let mut out = PlaceText::at("Rules");
    out.say(format!("Rules. {}.", model.about_rules(book).trim_end_matches('.')));
    if rules.rows.is_empty() {
        out.say("No pack and no rule has that in its name, and none came out that way.");
        out.say("Try fewer letters, a behaviour's code like FL-5, or one of: spoke, came close, silent.");
    }
    for row in &rules.rows {
        out.row(words(rules, book, *row));
    }
    out.row = rules.row;
    out.number = match rules.marked() {
        Some(RuleRow::Faults | RuleRow::Pack(_)) => Number::Reads,
        _ => Number::Does,
    };
    detail(model, book, &mut out);
    out.teach("Type a part of a name, or spoke, came close, silent, cannot tell. An empty line lists everything.");
    out.teach("A number reads that rule whole, or lists the rules of a family; \u{ab}:show\u{bb} and a number tells what it is.");
    out
}

fn words(rules: &RulesScreen, book: &Rulebook, row: RuleRow) -> String {
    match row {
        RuleRow::Faults => format!("Now: what is wrong, {}.", wrong_words(book.wrong())),
        RuleRow::Pack(at) => book.packs.get(at).map(|card| pack(rules, book, at, card)).unwrap_or_default(),
        RuleRow::Family(at) => {
            let Some(family) = book.families.get(at) else { return String::new() };
            let members = || family.members.iter().filter_map(|at| book.rules.get(*at));
            let title = members().next().map(|rule| rule.title.clone()).unwrap_or_default();
            let listed: Vec<String> = states(members()).iter().map(|(n, state)| format!("{n} {state}")).collect();
            let open = if rules.is_open(row) { ", listed below" } else { "" };
            format!("Family of {} rules{open}: {title}; {}.", family.members.len(), listed.join(", "))
        }
        RuleRow::Rule(at, family) => {
            let alone = book.families.get(family).is_none_or(|family| family.members.len() == 1);
            // The rules of a family have one title, so their ids tell them apart.
            let of = |card: &RuleCard| if alone { card.title.clone() } else { card.id.clone() };
            book.rules.get(at).map(|card| format!("Rule: {}; {}.", of(card), card.state())).unwrap_or_default()
        }
    }
}

fn pack(rules: &RulesScreen, book: &Rulebook, at: usize, pack: &PackCard) -> String {
    let many: usize = book.families_of(at).map(|(_, family)| family.members.len()).sum();
    let state = match pack.state {
        PackState::LeftOut => "left out".to_owned(),
        PackState::Kept => "old rules kept".to_owned(),
        PackState::Loaded => count(many, "rule", "rules"),
    };
    let health = pack.health();
    let health = if health.is_empty() { health } else { format!(", {health}") };
    let shut = if many > 0 && !rules.is_open(RuleRow::Pack(at)) { ", not listed" } else { "" };
    format!("Pack {}: {state}{health}{shut}.", format!("{} {}", pack.title, pack.version).trim_end())
}

/// The marked row in words.
fn detail(model: &Model, book: &Rulebook, out: &mut PlaceText) {
    let rules = &model.person.rules;
    match rules.marked() {
        None => {}
        Some(RuleRow::Faults) => {
            out.detail("What is wrong:", &Sheet::default());
            out.detail.extend(faults(book.faults()));
        }
        Some(RuleRow::Pack(at)) => {
            let Some(pack) = book.packs.get(at) else { return };
            out.detail(&format!("Pack {}.", pack.title), &Sheet::pack_state(pack));
            out.detail.extend(faults(pack.faults.iter()));
            out.detail("", &Sheet::pack(book, at, pack));
        }
        Some(RuleRow::Family(at)) => {
            let Some(family) = book.families.get(at) else { return };
            let title = family.members.first().and_then(|at| book.rules.get(*at)).map_or("", |rule| &rule.title);
            out.detail(title, &Sheet::family(book, family, rules.beside().map(std::convert::AsRef::as_ref)));
        }
        Some(RuleRow::Rule(at, _)) => {
            let title = book.rules.get(at).map_or("", |rule| rule.title.as_str());
            let sheet =
                rules.beside().map(|found| Sheet::rule(found, &model.person.snapshot.advised, Lead::Explanation));
            out.detail(title, &sheet.unwrap_or_default());
        }
    }
}

/// One rule whole: how it came out first, then what it is for, then the answers that it looked at.
pub(super) fn rule(model: &Model) -> PlaceText {
    let page = &model.person.rules.page;
    let Some(found) = model.person.rules.in_front() else {
        let mut out = PlaceText::at("rule gone");
        out.say("This rule is no longer there; \u{ab}back\u{bb} goes back.");
        return out;
    };
    let mut out = PlaceText::at(format!("rule {}", found.id));
    let place = match page.ids.len() {
        0 | 1 => String::new(),
        all => format!(" {} of {all}.", page.at + 1),
    };
    out.say(format!("Rule: {}.{place}", found.title.trim_end_matches('.')));
    out.read(&Sheet::rule(found, &model.person.snapshot.advised, Lead::Evaluation));
    out.say(match found.looked.len() {
        0 => "It looks at no answer of yours.",
        _ => "It looks at these answers:",
    });
    for looked in &found.looked {
        out.row(looked_at(model, looked));
    }
    out.row = page.row;
    if !found.looked.is_empty() {
        out.teach("A number goes to that answer.");
    }
    out
}

fn looked_at(model: &Model, looked: &Looked) -> String {
    let words = match &looked.said {
        None => "not answered yet".to_owned(),
        Some(said) => {
            let who = match said.by {
                By::Myself => "",
                By::Coach => "your coach said ",
                By::Other => "somebody else said ",
            };
            format!("{who}{}, {}", said.words, short_day(said.on, model.shell.today))
        }
    };
    format!("{} {}: {words}.", looked.code, looked.title)
}

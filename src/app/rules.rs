//! Rules: every pack and rule in a list that narrows as one types, and one rule whole. What is shown comes from outside:
//! the list when the screen is opened or the answers have changed, a rule when it is marked.

mod searched;
mod view;

use super::effect::{Effect, Query};
use std::collections::BTreeSet;
use std::sync::Arc;

use self::searched::{has_all, haystacks, pack_hay};
use super::edit::EditBuffer;
use super::handler::{Handled, act};
use super::model::Model;
use super::place::{List, Place, Screen};
use super::rule::{RulePage, read_again};
use super::view::View;
use super::writing::{changed, clear};
use crate::command::{Command, Context, key};
use crate::domain::{Family, RuleCard, RuleDetail, Rulebook, fold};

/// Every pack and rule.
pub(super) struct RulesPlace;

impl Place for RulesPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Rules, Context::Text, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        Some(match command {
            Command::RuleOpen => can_open(model).and_then(|()| act(open)),
            Command::ReadAgain => read_again(model),
            Command::FindClear => clear(&model.person.rules.filter),
            _ => return None,
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        Some(List { marked: model.person.rules.row, rows: model.person.rules.rows.len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        (model.person.rules.row, model.person.rules.scroll) = (row, 0);
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.rules.scroll)
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        Some(&model.person.rules.filter)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if changed(&mut model.person.rules.filter, change) {
            model.person.rules.narrow();
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleRow {
    /// Everything that is wrong.
    Faults,
    /// A pack, by its place in the rulebook.
    Pack(usize),
    /// Rules written as one, by the family's place.
    Family(usize),
    /// One rule, by its place, and its family's.
    Rule(usize, usize),
}

/// The state of the list.
#[derive(Debug, Clone)]
pub struct RulesScreen {
    /// What is typed.
    pub filter: EditBuffer,
    /// Every pack and rule; `None` until it is there.
    pub book: Option<Arc<Rulebook>>,
    /// What can be found of each rule, folded.
    hay: Vec<String>,
    /// What is shown of it.
    pub rows: Vec<RuleRow>,
    /// The marked row.
    pub row: usize,
    /// How far the detail is scrolled.
    pub scroll: u16,
    /// Families that are open, by pack and name.
    open: BTreeSet<(String, String)>,
    /// Packs that are closed.
    shut: BTreeSet<String>,
    /// The rule that was asked about last.
    pub detail: Option<Arc<RuleDetail>>,
    /// The rule in front.
    pub page: RulePage,
    /// The rulebook is of the answers and rules that there are now.
    fresh: bool,
    asked: Asked,
    /// The rule in front was asked for and is no longer there.
    pub gone: bool,
}

/// What is on its way, so that nothing is asked twice.
#[derive(Debug, Clone, Default)]
struct Asked {
    book: bool,
    rule: Option<String>,
}

impl Default for RulesScreen {
    fn default() -> Self {
        Self {
            filter: EditBuffer::line(""),
            book: None,
            hay: Vec::new(),
            rows: Vec::new(),
            row: 0,
            scroll: 0,
            open: BTreeSet::new(),
            shut: BTreeSet::new(),
            detail: None,
            page: RulePage::default(),
            fresh: false,
            asked: Asked::default(),
            gone: false,
        }
    }
}

impl RulesScreen {
    /// The marked row.
    #[must_use]
    pub fn marked(&self) -> Option<RuleRow> {
        self.rows.get(self.row).copied()
    }

    /// Whether the rows below a pack or a family are shown.
    #[must_use]
    pub fn is_open(&self, row: RuleRow) -> bool {
        let Some(book) = &self.book else { return false };
        match row {
            RuleRow::Pack(at) => {
                self.is_filtered() || book.packs.get(at).is_some_and(|pack| !self.shut.contains(&pack.id))
            }
            RuleRow::Family(at) => family_key(book, at).is_some_and(|key| self.open.contains(&key)),
            RuleRow::Faults | RuleRow::Rule(..) => false,
        }
    }

    /// Whether something is typed.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.filter.text().trim().is_empty()
    }

    /// What is typed, word by word, folded.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.filter.text().split_whitespace().map(fold).collect()
    }

    /// How many rules the rows stand for.
    #[must_use]
    pub fn found(&self) -> usize {
        let of = |row: &RuleRow| match row {
            RuleRow::Rule(at, _) => vec![*at],
            RuleRow::Family(at) => self
                .book
                .as_ref()
                .and_then(|book| book.families.get(*at))
                .map(|family| family.members.clone())
                .unwrap_or_default(),
            RuleRow::Faults | RuleRow::Pack(_) => Vec::new(),
        };
        self.rows.iter().flat_map(of).collect::<BTreeSet<_>>().len()
    }

    /// Takes a rulebook; the mark stays on what it was on.
    pub(super) fn take(&mut self, book: Rulebook) {
        (self.asked.book, self.fresh) = (false, true);
        self.hay = haystacks(&book);
        let before = self.marked().and_then(|row| key(self.book.as_ref()?, row));
        self.book = Some(Arc::new(book));
        self.rebuild();
        let same = |row: &RuleRow| self.book.as_ref().is_some_and(|book| key(book, *row) == before);
        let place = before.as_ref().and_then(|_| self.rows.iter().position(same));
        self.row = place.unwrap_or(self.row).min(self.rows.len().saturating_sub(1));
    }

    /// Takes a rule whole.
    pub(super) fn judge(&mut self, detail: RuleDetail) {
        self.asked.rule = None;
        self.detail = Some(Arc::new(detail));
    }

    /// What is shown is of answers or rules that are no more.
    pub(super) fn outdated(&mut self) {
        (self.fresh, self.asked, self.detail, self.gone) = (false, Asked::default(), None, false);
    }

    /// Makes the rows again after something was typed; the first one that is found is marked.
    pub(super) fn narrow(&mut self) {
        self.rebuild();
        (self.row, self.scroll) = (0, 0);
        if self.is_filtered() {
            let rule = self.rows.iter().position(|row| !matches!(row, RuleRow::Pack(_) | RuleRow::Faults));
            self.row = rule.unwrap_or(0);
        }
    }

    /// Makes the rows again after something was typed, opened or closed.
    pub(super) fn rebuild(&mut self) {
        let Some(book) = self.book.clone() else { return };
        let words = self.words();
        let mut rows = Vec::new();
        if words.is_empty() && book.faults().next().is_some() {
            rows.push(RuleRow::Faults);
        }
        for (at, pack) in book.packs.iter().enumerate() {
            let before = rows.len();
            rows.push(RuleRow::Pack(at));
            if words.is_empty() {
                if !self.shut.contains(&pack.id) {
                    self.whole(&book, at, &mut rows);
                }
            } else {
                self.narrowed(&book, at, &words, &mut rows);
                if rows.len() == before + 1 && !has_all(&pack_hay(pack), &words) {
                    rows.pop();
                }
            }
        }
        self.rows = rows;
    }

    fn whole(&self, book: &Rulebook, pack: usize, rows: &mut Vec<RuleRow>) {
        for (at, family) in book.families_of(pack) {
            self.family(at, family, rows);
        }
    }

    fn family(&self, at: usize, family: &Family, rows: &mut Vec<RuleRow>) {
        if let [alone] = family.members.as_slice() {
            rows.push(RuleRow::Rule(*alone, at));
            return;
        }
        rows.push(RuleRow::Family(at));
        if self.is_open(RuleRow::Family(at)) {
            rows.extend(family.members.iter().map(|member| RuleRow::Rule(*member, at)));
        }
    }

    /// Families of which every rule is found stay one row; of the others, the rules that are.
    fn narrowed(&self, book: &Rulebook, pack: usize, words: &[String], rows: &mut Vec<RuleRow>) {
        for (at, family) in book.families_of(pack) {
            let found = |member: &&usize| self.hay.get(**member).is_some_and(|hay| has_all(hay, words));
            let members: Vec<usize> = family.members.iter().filter(found).copied().collect();
            if members.len() == family.members.len() {
                self.family(at, family, rows);
            } else {
                rows.extend(members.into_iter().map(|member| RuleRow::Rule(member, at)));
            }
        }
    }

    /// The rule whose detail the list shows: the marked one, or the first of a marked family.
    fn marked_rule(&self) -> Option<&RuleCard> {
        let book = self.book.as_ref()?;
        let at = match self.marked()? {
            RuleRow::Rule(at, _) => at,
            RuleRow::Family(at) => *book.families.get(at)?.members.first()?,
            RuleRow::Faults | RuleRow::Pack(_) => return None,
        };
        book.rules.get(at)
    }

    /// The detail that belongs to the marked row, once it is there.
    #[must_use]
    pub fn beside(&self) -> Option<&Arc<RuleDetail>> {
        let rule = self.marked_rule()?;
        self.detail.as_ref().filter(|detail| detail.id == rule.id)
    }
}

fn family_key(book: &Rulebook, at: usize) -> Option<(String, String)> {
    let family = book.families.get(at)?;
    Some((book.packs.get(family.pack)?.id.clone(), family.name.clone()))
}

/// What a row stands for, whatever its place.
fn key(book: &Rulebook, row: RuleRow) -> Option<(u8, String, String)> {
    Some(match row {
        RuleRow::Faults => (0, String::new(), String::new()),
        RuleRow::Pack(at) => (1, book.packs.get(at)?.id.clone(), String::new()),
        RuleRow::Family(at) => {
            let (pack, name) = family_key(book, at)?;
            (2, pack, name)
        }
        RuleRow::Rule(at, _) => (3, String::new(), book.rules.get(at)?.id.clone()),
    })
}

/// What the screen in front lacks, as effects; each thing is asked for once.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let wanted = match model.person.screen {
        Screen::Rules => model.person.rules.marked_rule().map(|rule| rule.id.clone()),
        Screen::Rule => model.person.rules.page.ids.get(model.person.rules.page.at).cloned(),
        _ => return Vec::new(),
    };
    // Nothing can be asked before packs and records are open.
    if model.shell.library.is_none() {
        return Vec::new();
    }
    let rules = &mut model.person.rules;
    let mut effects = Vec::new();
    if !rules.fresh && !rules.asked.book {
        rules.asked.book = true;
        effects.push(Effect::Look(Query::Rulebook));
    }
    if let Some(id) = wanted {
        let known = rules.detail.as_ref().is_some_and(|detail| detail.id == id);
        if !known && rules.asked.rule.as_ref() != Some(&id) {
            rules.asked.rule = Some(id.clone());
            rules.gone = false;
            effects.push(Effect::Look(Query::Rule(id)));
        }
    }
    effects
}

/// Opens what is marked: the rows below a pack or a family, or a rule whole.
fn open(model: &mut Model) {
    let rules = &mut model.person.rules;
    let (Some(book), Some(row)) = (rules.book.clone(), rules.marked()) else { return };
    match row {
        RuleRow::Faults => {}
        RuleRow::Pack(at) => {
            let Some(pack) = book.packs.get(at) else { return };
            if !rules.shut.remove(&pack.id) {
                rules.shut.insert(pack.id.clone());
            }
            rules.rebuild();
        }
        RuleRow::Family(at) => {
            let Some(key) = family_key(&book, at) else { return };
            if !rules.open.remove(&key) {
                rules.open.insert(key);
            }
            rules.rebuild();
        }
        RuleRow::Rule(marked, _) => {
            let shown =
                rules.rows.iter().filter_map(|row| if let RuleRow::Rule(at, _) = row { Some(*at) } else { None });
            let shown: Vec<usize> = shown.collect();
            let at = shown.iter().position(|at| *at == marked).unwrap_or(0);
            let ids = shown.iter().filter_map(|at| book.rules.get(*at)).map(|rule| rule.id.clone()).collect();
            rules.page = RulePage { ids, at, ..RulePage::default() };
            model.go(Screen::Rule);
        }
    }
}

/// Whether there is something to open, and if not, why.
fn can_open(model: &Model) -> Result<(), &'static str> {
    match model.person.rules.marked() {
        None => Err("No row is marked."),
        Some(RuleRow::Faults) => Err(concat!("All of it is beside; ", key!("page-down"), " reads on.")),
        Some(RuleRow::Pack(_)) if model.person.rules.is_filtered() => {
            Err("Empty the line first; then a pack can be closed.")
        }
        Some(RuleRow::Pack(at)) => match &model.person.rules.book {
            Some(book) if book.families_of(at).next().is_some() => Ok(()),
            _ => Err("This pack has no rules to show or hide."),
        },
        Some(_) => Ok(()),
    }
}

//! The rules screen: a list of all packs and rules that is filtered as the user types. Its content is requested from
//! the worker: the list when the screen is opened or the answers have changed, a rule when it is marked.

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

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleRow {
    /// All faults in packs and rules.
    Faults,
    /// A pack, by index into [`Rulebook::packs`].
    Pack(usize),
    /// A family of rules that share one definition, by index into [`Rulebook::families`].
    Family(usize),
    /// A rule: index into [`Rulebook::rules`], and index of its family.
    Rule(usize, usize),
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct RulesScreen {
    /// Text typed to filter the list.
    pub filter: EditBuffer,
    /// All packs and rules; `None` until they are available.
    pub book: Option<Arc<Rulebook>>,
    /// Searchable text of each rule, folded, in the order of the rules.
    hay: Vec<String>,
    /// The rows that are shown.
    pub rows: Vec<RuleRow>,
    /// Index of the marked row, counted from 0.
    pub row: usize,
    /// Scroll offset of the detail, in rows.
    pub scroll: u16,
    /// Expanded families, as id of the pack and name of the family.
    open: BTreeSet<(String, String)>,
    /// Ids of the collapsed packs.
    shut: BTreeSet<String>,
    /// The detail of the rule that was requested last.
    pub detail: Option<Arc<RuleDetail>>,
    /// The state of the screen that shows one rule.
    pub page: RulePage,
    /// Whether `book` belongs to the current answers and rules.
    fresh: bool,
    asked: Asked,
    /// Whether the rule in front was requested and no longer exists.
    pub gone: bool,
}

/// Pending requests, so that nothing is requested twice.
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
    /// Returns the marked row.
    #[must_use]
    pub fn marked(&self) -> Option<RuleRow> {
        self.rows.get(self.row).copied()
    }

    /// Returns whether the rows below a pack or a family are shown.
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

    /// Returns whether a filter is typed.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.filter.text().trim().is_empty()
    }

    /// Returns the words of the filter, folded.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.filter.text().split_whitespace().map(fold).collect()
    }

    /// Returns the number of rules in the list, including those of collapsed families.
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

    /// Takes a rulebook; the mark stays on its pack, family or rule.
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

    /// Takes the detail of a rule.
    pub(super) fn judge(&mut self, detail: RuleDetail) {
        self.asked.rule = None;
        self.detail = Some(Arc::new(detail));
    }

    /// Marks everything as outdated, because the answers or rules have changed.
    pub(super) fn outdated(&mut self) {
        (self.fresh, self.asked, self.detail, self.gone) = (false, Asked::default(), None, false);
    }

    /// Rebuilds the rows after the filter changed, and marks the first match.
    pub(super) fn narrow(&mut self) {
        self.rebuild();
        (self.row, self.scroll) = (0, 0);
        if self.is_filtered() {
            let rule = self.rows.iter().position(|row| !matches!(row, RuleRow::Pack(_) | RuleRow::Faults));
            self.row = rule.unwrap_or(0);
        }
    }

    /// Rebuilds the rows after the filter changed, or after a pack or family was expanded or collapsed.
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

    /// Adds the rules that match. A family stays one row if all its rules match; otherwise its matching rules are
    /// listed.
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

    /// Returns the rule to show as detail: the marked one, or the first one of a marked family.
    fn marked_rule(&self) -> Option<&RuleCard> {
        let book = self.book.as_ref()?;
        let at = match self.marked()? {
            RuleRow::Rule(at, _) => at,
            RuleRow::Family(at) => *book.families.get(at)?.members.first()?,
            RuleRow::Faults | RuleRow::Pack(_) => return None,
        };
        book.rules.get(at)
    }

    /// Returns the detail for the marked row; `None` until it is available.
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

/// Returns a key that identifies the subject of a row independently of its position.
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

/// Requests what the screen in front needs and does not have; nothing is requested twice.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let wanted = match model.person.screen {
        Screen::Rules => model.person.rules.marked_rule().map(|rule| rule.id.clone()),
        Screen::Rule => model.person.rules.page.ids.get(model.person.rules.page.at).cloned(),
        _ => return Vec::new(),
    };
    // Requests are possible only after packs and records are open.
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

/// Opens the marked row: expands or collapses a pack or a family, or shows a rule in full.
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

/// Checks whether the marked row can be opened; the error says why not.
fn can_open(model: &Model) -> Result<(), &'static str> {
    match model.person.rules.marked() {
        None => Err("Select a row first."),
        Some(RuleRow::Faults) => Err(concat!("It is all on screen. To read on, press ", key!("page-down"), ".")),
        Some(RuleRow::Pack(_)) if model.person.rules.is_filtered() => {
            Err("Clear the search line first. Then you can close a pack.")
        }
        Some(RuleRow::Pack(at)) => match &model.person.rules.book {
            Some(book) if book.families_of(at).next().is_some() => Ok(()),
            _ => Err("This pack has no rules to show or hide."),
        },
        Some(_) => Ok(()),
    }
}

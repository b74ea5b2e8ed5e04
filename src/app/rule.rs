//! The screen of one rule: its result and the answers that it read, with a way to each of them.

use super::effect::{Effect, Query};
use std::sync::Arc;

use super::handler::{Handled, when};
use super::model::Model;
use super::place::{List, Place, Screen};
use super::reflect::{recall, reflect_on};
use super::rules::RulesScreen;
use super::view::{Body, Lines, ListLayout, ListView, PageView, RowView, Rows, TitleView, View};
use crate::command::{Command, Context, key};
use crate::domain::{Advice, Answer, By, Day, Lead, Looked, RuleDetail, Sheet, short_day};

pub(super) struct RulePlace;

impl Place for RulePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Rule, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let rules = &model.person.rules;
        Some(match command {
            Command::ReadAgain => read_again(model),
            Command::ToAnswer => when(rules.looked_at().is_some(), "This rule does not use any answers.", to_answer),
            Command::NextRule => {
                let more = rules.page.at + 1 < rules.page.ids.len();
                when(more, "This is the last rule.", |model: &mut Model| turn(model, true))
            }
            Command::PreviousRule => {
                when(rules.page.at > 0, "This is the first rule.", |model: &mut Model| turn(model, false))
            }
            _ => return None,
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        let rows = model.person.rules.in_front().map_or(0, |detail| detail.looked.len());
        Some(List { marked: model.person.rules.page.row, rows })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        model.person.rules.page.row = row;
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.rules.page.scroll)
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let page = &model.person.rules.page;
        let Some(detail) = model.person.rules.in_front() else {
            let gone = concat!("This rule no longer exists. To go back, press ", key!("back"), ".");
            let words = if model.person.rules.gone { gone } else { "Checking the rule\u{2026}" };
            return Some(View::page("", PageView::note(words), 0));
        };
        let place = match page.ids.len() {
            0 | 1 => detail.id.clone(),
            all => format!("{}, {} of {all}", detail.id, page.at + 1),
        };
        let about = match detail.looked.len() {
            0 => "It does not use any of your answers.",
            _ => "It uses these answers:",
        };
        let today = model.shell.today;
        let row = move |at: usize| detail.looked.get(at).map(|looked| row(looked, today)).unwrap_or_default();
        let sheet = Sheet::rule(detail, &model.person.snapshot.advised, Lead::Evaluation);
        let list = ListView::new("", page.row, Rows::new(detail.looked.len(), row));
        let list = ListView { layout: ListLayout::DetailFirst, ..list.with("", PageView::untitled(sheet)) };
        let teach = if detail.looked.is_empty() { Vec::new() } else { vec!["Type a number to go to that answer."] };
        Some(View {
            place: format!("rule page {}", detail.id),
            about: about.to_owned(),
            about_is_shown: true,
            title: Some(TitleView::new(&detail.title, place)),
            scroll: page.scroll,
            lines: Lines { teach, ..Lines::default() },
            ..View::new(format!("Rule: {}", detail.title), Body::list(list))
        })
    }
}

/// Returns the row of an answer, such as `FL-5 Open to new ideas     2 (When reminded), 20 Nov`. The title is
/// shortened if the row is too long.
fn row(looked: &Looked, today: Day) -> RowView {
    let note = match &looked.said {
        None => "not answered yet".to_owned(),
        Some(said) => {
            let who = match said.by {
                By::Myself => "",
                By::Coach => "your coach: ",
                By::Other => "another person: ",
            };
            format!("{who}{}, {}", said.words, short_day(said.on, today))
        }
    };
    RowView { code: looked.code.clone(), note, note_stays: true, ..RowView::of(&looked.title) }
}

/// Returns the handler that reads the packs in folders again, if there are any.
pub(super) fn read_again(model: &Model) -> Handled {
    let watched = model.person.rules.book.as_ref().is_some_and(|book| book.watched > 0);
    let why = "All packs are built in, so they do not change. To add your own, start Cairn with --pack FOLDER.";
    when(watched, why, |_: &mut Model| Effect::Look(Query::Reread { asked: true }))
}

/// The state of the screen: the rule in front, and the other rules that can be reached from it.
#[derive(Debug, Clone, Default)]
pub struct RulePage {
    /// Ids of the rules, in the order of the list or the advice they were opened from.
    pub ids: Vec<String>,
    /// Index of the rule in front, counted from 0.
    pub at: usize,
    /// Index of the marked answer, counted from 0.
    pub row: usize,
    /// Scroll offset of the text, in rows.
    pub scroll: u16,
}

impl RulesScreen {
    /// Returns the detail of the rule in front; `None` until it is available.
    #[must_use]
    pub fn in_front(&self) -> Option<&Arc<RuleDetail>> {
        let id = self.page.ids.get(self.page.at)?;
        self.detail.as_ref().filter(|detail| detail.id == *id)
    }

    /// Returns the marked answer of the rule in front.
    #[must_use]
    pub fn looked_at(&self) -> Option<&Looked> {
        self.in_front()?.looked.get(self.page.row)
    }
}

/// Shows the rules behind the marked advice.
pub(super) fn behind(model: &mut Model) {
    let Some(ids) = super::advice::marked(model).map(Advice::rules) else { return };
    model.person.rules.page = RulePage { ids, ..RulePage::default() };
    model.go(Screen::Rule);
}

/// Goes to the next rule, or to the previous one.
fn turn(model: &mut Model, on: bool) {
    let page = &mut model.person.rules.page;
    let at = if on { page.at + 1 } else { page.at.saturating_sub(1) };
    *page = RulePage {
        at: at.min(page.ids.len().saturating_sub(1)),
        ids: std::mem::take(&mut page.ids),
        row: 0,
        scroll: 0,
    };
}

/// Goes to the marked answer, or to a new reflection on its behaviour if there is none.
fn to_answer(model: &mut Model) -> Vec<Effect> {
    let Some(looked) = model.person.rules.looked_at().cloned() else { return Vec::new() };
    let found = looked.said.as_ref().and_then(|said| {
        let standing = model.person.snapshot.profile.by(said.by, looked.ix)?;
        let same = |answer: &&Answer| answer.id == said.answer;
        standing.answers.iter().find(same).or(standing.answers.last()).cloned()
    });
    let effects = reflect_on(model, looked.ix);
    if let Some(answer) = found {
        recall(model, answer);
    }
    effects
}

/// Returns whether folders of packs are being watched on the current screen.
pub(super) fn is_watching(model: &Model) -> bool {
    let shown = matches!(model.person.screen, Screen::Rules | Screen::Rule);
    shown && model.person.rules.book.as_ref().is_some_and(|book| book.watched > 0)
}

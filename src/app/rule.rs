//! One rule whole: how it came out, the answers it looked at, and the way to each of them and back.

use std::sync::Arc;

use super::model::{Model, Screen};
use super::msg::Effect;
use super::rules::{self, RulesScreen};
use super::update::{recall, reflect_on};
use crate::command::Command;
use crate::domain::{Advice, Answer, Looked, RuleDetail};

/// One rule whole, and the others that lead on from it.
#[derive(Debug, Clone, Default)]
pub struct RulePage {
    /// Ids, in the order of the list or the card they came from.
    pub ids: Vec<String>,
    /// The one in front.
    pub at: usize,
    /// The marked answer.
    pub row: usize,
    /// How far the text is scrolled.
    pub scroll: u16,
}

impl RulesScreen {
    /// The detail of the rule in front, once it is there.
    #[must_use]
    pub fn in_front(&self) -> Option<&Arc<RuleDetail>> {
        let id = self.page.ids.get(self.page.at)?;
        self.detail.as_ref().filter(|detail| detail.id == *id)
    }

    /// The marked answer of the rule in front.
    #[must_use]
    pub fn looked_at(&self) -> Option<&Looked> {
        self.in_front()?.looked.get(self.page.row)
    }
}

/// Whether one of the commands about rules does something now.
pub(super) fn can(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    let rules = &model.person.rules;
    match command {
        Command::RuleOpen => rules::can_open(model),
        Command::ReadAgain => when(
            rules.book.as_ref().is_some_and(|book| book.watched > 0),
            "All packs are built in, and they do not change; start with --pack FOLDER to add your own.",
        ),
        Command::ToAnswer => when(rules.looked_at().is_some(), "This rule looks at no answer."),
        Command::NextRule => when(rules.page.at + 1 < rules.page.ids.len(), "This is the last rule."),
        _ => when(rules.page.at > 0, "This is the first rule."),
    }
}

/// Shows the rules behind the marked advice.
pub(super) fn behind(model: &mut Model) {
    let Some(ids) = super::advice::marked(model).map(Advice::rules) else { return };
    model.person.rules.page = RulePage { ids, ..RulePage::default() };
    model.go(Screen::Rule);
}

/// Goes on to the next rule, or back to the one before.
pub(super) fn turn(model: &mut Model, on: bool) {
    let page = &mut model.person.rules.page;
    let at = if on { page.at + 1 } else { page.at.saturating_sub(1) };
    *page = RulePage {
        at: at.min(page.ids.len().saturating_sub(1)),
        ids: std::mem::take(&mut page.ids),
        row: 0,
        scroll: 0,
    };
}

/// Goes to the marked answer, or to where one can be given.
pub(super) fn to_answer(model: &mut Model) -> Vec<Effect> {
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

/// Whether folders of packs are looked at now.
pub(super) fn is_watching(model: &Model) -> bool {
    let shown = matches!(model.person.screen, Screen::Rules | Screen::Rule);
    shown && model.person.rules.book.as_ref().is_some_and(|book| book.watched > 0)
}

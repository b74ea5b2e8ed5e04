//! Moving the mark in lists and scrolling pages.

use super::home::items;
use super::layer::{HelpPage, Layer};
use super::model::{Model, Screen};
use super::parts::PartKind;
use super::reflect::Step;
use super::rules;
use super::sitting::Sitting;
use crate::command::Command;

/// Where the mark goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Next,
    Before,
    First,
    Last,
    /// This row, counted from 0; the last one if there are fewer.
    Row(usize),
}

impl To {
    /// Where a command leads; `None` if it is none that moves the mark.
    pub(super) fn by(command: Command) -> Option<Self> {
        match command {
            Command::Down => Some(Self::Next),
            Command::Up => Some(Self::Before),
            Command::First => Some(Self::First),
            Command::Last => Some(Self::Last),
            _ => None,
        }
    }
}

fn moved(row: usize, rows: usize, to: To) -> usize {
    let last = rows.saturating_sub(1);
    match to {
        To::Next => (row + 1).min(last),
        To::Before => row.saturating_sub(1),
        To::First => 0,
        To::Last => last,
        To::Row(row) => row.min(last),
    }
}

/// Moves the mark, or the page where there is none.
pub(super) fn move_row(model: &mut Model, to: To) {
    match model.person.layers.last_mut() {
        Some(Layer::Picker(picker)) => {
            picker.at = moved(picker.at, picker.rows.len(), to);
            return;
        }
        Some(Layer::Help(HelpPage { scroll, .. }) | Layer::Messages(scroll) | Layer::Safety(scroll)) => {
            let most = model.view.page_most.get();
            *scroll = u16::try_from(moved(usize::from(*scroll), usize::from(most) + 1, to)).unwrap_or(most);
            return;
        }
        Some(Layer::Palette(palette)) => {
            palette.at = moved(palette.at, palette.shown.len(), to);
            return;
        }
        Some(Layer::Chooser(chooser)) => {
            chooser.at = moved(chooser.at, chooser.len(), to);
            return;
        }
        Some(Layer::Ticks(ticks)) => {
            ticks.at = moved(ticks.at, ticks.rows.len(), to);
            return;
        }
        Some(Layer::Form(_) | Layer::Dialogue(_) | Layer::Tour(_) | Layer::Secret(_) | Layer::Paper(_)) => return,
        None => {}
    }
    match model.person.screen {
        Screen::Agreement => model.person.page_scroll = scrolled(model.person.page_scroll, to, model),
        Screen::Compare => match (&model.shell.library, &mut model.person.compare.round) {
            (Some(library), Some(round)) => round.row = moved(round.row, round.rows(library), to),
            _ => model.person.compare.scroll = scrolled(model.person.compare.scroll, to, model),
        },
        Screen::Past => model.person.journal.past_scroll = scrolled(model.person.journal.past_scroll, to, model),
        Screen::Progress => {
            let rows = model.person.progress.rows().len();
            (model.person.progress.row, model.person.progress.scroll) = (moved(model.person.progress.row, rows, to), 0);
        }
        Screen::Journal => {
            (model.person.journal.row, model.person.journal.scroll) =
                (moved(model.person.journal.row, model.journal_rows(), to), 0);
        }
        Screen::Session => move_in_session(model, to),
        Screen::Home => model.person.home_row = moved(model.person.home_row, items(model).len(), to),
        Screen::Find => {
            (model.person.find.row, model.person.find.scroll) =
                (moved(model.person.find.row, model.person.find.rows(), to), 0);
        }
        Screen::Advice => {
            let rows = model.person.snapshot.advised.shown.len();
            (model.person.advice.row, model.person.advice.scroll) = (moved(model.person.advice.row, rows, to), 0);
        }
        Screen::Plan => {
            let rows = model.plan_rows().len();
            (model.person.plan.row, model.person.plan.scroll) = (moved(model.person.plan.row, rows, to), 0);
        }
        Screen::Rules | Screen::Rule => rules::move_row(model, |row, rows| moved(row, rows, to)),
        Screen::Reflect => {
            let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) else { return };
            if matches!(reflect.step(), Step::Before | Step::Review) {
                let most = model.view.page_most.get();
                let at = moved(usize::from(reflect.scroll), usize::from(most) + 1, to);
                reflect.scroll = u16::try_from(at).unwrap_or(most);
            } else {
                reflect.row = moved(reflect.row, reflect.rows(library), to);
            }
        }
    }
}

/// One row down or up a page, or to one of its ends.
fn scrolled(at: u16, to: To, model: &Model) -> u16 {
    let most = model.view.page_most.get();
    u16::try_from(moved(usize::from(at), usize::from(most) + 1, to)).unwrap_or(most)
}

fn move_in_session(model: &mut Model, to: To) {
    match model.person.sitting.as_ref().and_then(Sitting::part).map(|part| part.kind) {
        None => model.person.begin_row = moved(model.person.begin_row, model.session_models().len(), to),
        Some(PartKind::Agenda | PartKind::Agreed) => {
            let rows = model.plan_rows().len();
            (model.person.plan.row, model.person.plan.scroll) = (moved(model.person.plan.row, rows, to), 0);
        }
        Some(PartKind::Page | PartKind::Write) => {
            model.person.page_scroll = scrolled(model.person.page_scroll, to, model);
        }
    }
}

/// A page of the text on screen down or up.
pub(super) fn scroll(model: &mut Model, down: bool) {
    scroll_by(model, down, model.view.page_rows.get().saturating_sub(1).max(1));
}

/// So many rows of it.
pub(super) fn scroll_by(model: &mut Model, down: bool, page: u16) {
    let most = model.view.page_most.get();
    let at = if let Some(Layer::Help(HelpPage { scroll, .. }) | Layer::Messages(scroll) | Layer::Safety(scroll)) =
        model.person.layers.last_mut()
    {
        scroll
    } else {
        match model.person.screen {
            Screen::Find => &mut model.person.find.scroll,
            Screen::Advice => &mut model.person.advice.scroll,
            Screen::Plan => &mut model.person.plan.scroll,
            Screen::Rules => &mut model.person.rules.scroll,
            Screen::Rule => &mut model.person.rules.page.scroll,
            Screen::Reflect => match &mut model.person.reflect {
                Some(reflect) => &mut reflect.scroll,
                None => return,
            },
            Screen::Progress => &mut model.person.progress.scroll,
            Screen::Journal => &mut model.person.journal.scroll,
            Screen::Past => &mut model.person.journal.past_scroll,
            Screen::Agreement => &mut model.person.page_scroll,
            Screen::Compare => &mut model.person.compare.scroll,
            Screen::Session => match &mut model.person.sitting {
                Some(sitting) if sitting.buffer().is_some() => &mut sitting.scroll,
                Some(sitting) if sitting.part().is_some_and(|part| part.kind != PartKind::Page) => {
                    &mut model.person.plan.scroll
                }
                _ => &mut model.person.page_scroll,
            },
            Screen::Home => return,
        }
    };
    *at = if down { at.saturating_add(page).min(most) } else { at.saturating_sub(page) };
}

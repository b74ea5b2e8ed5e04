//! Moving the mark in lists and scrolling pages.

use super::home::items;
use super::layer::Layer;
use super::model::{Model, Screen};
use super::parts::PartKind;
use super::reflect::Step;
use super::rules;
use super::sitting::Sitting;
use crate::command::Command;

fn moved(row: usize, rows: usize, command: Command) -> usize {
    let last = rows.saturating_sub(1);
    match command {
        Command::Down => (row + 1).min(last),
        Command::Up => row.saturating_sub(1),
        Command::First => 0,
        _ => last,
    }
}

/// Moves the mark, or the page where there is none.
pub(super) fn move_row(model: &mut Model, command: Command) {
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => {
            picker.at = moved(picker.at, picker.rows.len(), command);
            return;
        }
        Some(Layer::Help) => {
            let most = usize::from(model.view.page_most.get());
            let at = moved(usize::from(model.help_scroll), most + 1, command);
            model.help_scroll = u16::try_from(at).unwrap_or(u16::MAX);
            return;
        }
        Some(Layer::Chooser(chooser)) => {
            chooser.at = moved(chooser.at, chooser.len(), command);
            return;
        }
        Some(Layer::Ticks(ticks)) => {
            ticks.at = moved(ticks.at, ticks.rows.len(), command);
            return;
        }
        Some(Layer::Form(_) | Layer::Dialogue(_)) => return,
        None => {}
    }
    match model.screen {
        Screen::Agreement => model.page_scroll = scrolled(model.page_scroll, command, model),
        Screen::Compare => match (&model.library, &mut model.compare.round) {
            (Some(library), Some(round)) => round.row = moved(round.row, round.rows(library), command),
            _ => model.compare.scroll = scrolled(model.compare.scroll, command, model),
        },
        Screen::Past => model.journal.past_scroll = scrolled(model.journal.past_scroll, command, model),
        Screen::Progress => {
            let rows = model.progress.rows().len();
            (model.progress.row, model.progress.scroll) = (moved(model.progress.row, rows, command), 0);
        }
        Screen::Journal => {
            (model.journal.row, model.journal.scroll) = (moved(model.journal.row, model.journal_rows(), command), 0);
        }
        Screen::Session => move_in_session(model, command),
        Screen::Home => model.home_row = moved(model.home_row, items(model).len(), command),
        Screen::Find => {
            (model.find.row, model.find.scroll) = (moved(model.find.row, model.find.rows(), command), 0);
        }
        Screen::Advice => {
            let rows = model.snapshot.advised.shown.len();
            (model.advice.row, model.advice.scroll) = (moved(model.advice.row, rows, command), 0);
        }
        Screen::Plan => {
            let rows = model.plan_rows().len();
            (model.plan.row, model.plan.scroll) = (moved(model.plan.row, rows, command), 0);
        }
        Screen::Rules | Screen::Rule => rules::move_row(model, |row, rows| moved(row, rows, command)),
        Screen::Reflect => {
            let (Some(library), Some(reflect)) = (&model.library, &mut model.reflect) else { return };
            if matches!(reflect.step(), Step::Before | Step::Review) {
                let by: i16 = if command == Command::Up { -1 } else { 1 };
                reflect.scroll = reflect.scroll.saturating_add_signed(by).min(model.view.page_most.get());
            } else {
                reflect.row = moved(reflect.row, reflect.rows(library), command);
            }
        }
    }
}

/// One row down or up a page, or to one of its ends.
fn scrolled(at: u16, command: Command, model: &Model) -> u16 {
    let most = model.view.page_most.get();
    u16::try_from(moved(usize::from(at), usize::from(most) + 1, command)).unwrap_or(most)
}

fn move_in_session(model: &mut Model, command: Command) {
    match model.sitting.as_ref().and_then(Sitting::part).map(|part| part.kind) {
        None => model.begin_row = moved(model.begin_row, model.session_models().len(), command),
        Some(PartKind::Agenda | PartKind::Agreed) => {
            let rows = model.plan_rows().len();
            (model.plan.row, model.plan.scroll) = (moved(model.plan.row, rows, command), 0);
        }
        Some(PartKind::Page | PartKind::Write) => model.page_scroll = scrolled(model.page_scroll, command, model),
    }
}

/// A page of the text on screen down or up.
pub(super) fn scroll(model: &mut Model, down: bool) {
    let page = model.view.page_rows.get().saturating_sub(1).max(1);
    let most = model.view.page_most.get();
    let at = if let Some(Layer::Help) = model.layers.last() {
        &mut model.help_scroll
    } else {
        match model.screen {
            Screen::Find => &mut model.find.scroll,
            Screen::Advice => &mut model.advice.scroll,
            Screen::Plan => &mut model.plan.scroll,
            Screen::Rules => &mut model.rules.scroll,
            Screen::Rule => &mut model.rules.page.scroll,
            Screen::Reflect => match &mut model.reflect {
                Some(reflect) => &mut reflect.scroll,
                None => return,
            },
            Screen::Progress => &mut model.progress.scroll,
            Screen::Journal => &mut model.journal.scroll,
            Screen::Past => &mut model.journal.past_scroll,
            Screen::Agreement => &mut model.page_scroll,
            Screen::Compare => &mut model.compare.scroll,
            Screen::Session => match &mut model.sitting {
                Some(sitting) if sitting.buffer().is_some() => &mut sitting.scroll,
                Some(sitting) if sitting.part().is_some_and(|part| part.kind != PartKind::Page) => {
                    &mut model.plan.scroll
                }
                _ => &mut model.page_scroll,
            },
            Screen::Home => return,
        }
    };
    *at = if down { at.saturating_add(page).min(most) } else { at.saturating_sub(page) };
}

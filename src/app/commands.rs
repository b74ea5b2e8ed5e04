//! Every command: when it is off and why, and what it does. `enabled` is the one guard for keys, hints and help.

use super::advice::{accept, adapt, decline, marked};
use super::home::{Target, items};
use super::layer::{Layer, Picker, PickerFor};
use super::model::{Model, Screen, Tone};
use super::msg::Effect;
use super::plan::{change, done, new, with_status};
use super::reflect::Step;
use super::submit::{levels_of, picked, submit};
use super::update::{keep_draft, reflect_on, write};
use super::{journal, progress, rule, rules};
use crate::command::Command;
use crate::domain::{ActionStatus, NonAnswer};

/// Whether a command does something now.
pub(super) fn enabled(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    let status = model.marked_action().map(|action| action.status);
    let step = model.reflect.as_ref().map(super::Reflect::step);
    match command {
        Command::GoHome
        | Command::GoFind
        | Command::GoAdvice
        | Command::GoPlan
        | Command::GoRules
        | Command::GoProgress
        | Command::GoJournal
        | Command::AboutMe
        | Command::GoReflect
            if !model.layers.is_empty() =>
        {
            Err("Finish this first, or leave it with esc.")
        }
        go if Screen::TABS.iter().any(|(screen, tab)| *tab == go && *screen == model.screen) => {
            Err("This is the screen you are on.")
        }
        Command::AboutMe => when(model.library.is_some(), "The library is still opening."),
        Command::GoReflect => when(model.reflect.is_some(), "Choose a behaviour in Find first."),
        Command::Back => {
            when(!model.layers.is_empty() || model.screen != Screen::Home, "This is the first screen; q leaves Cairn.")
        }
        Command::Help => {
            when(!matches!(model.layers.last(), Some(Layer::Form(_))), "Finish this first, or leave it with esc.")
        }
        Command::FindOpen if model.library.is_none() => Err("The records are still opening."),
        Command::FindOpen => when(model.find.marked().is_some(), "Nothing is found to reflect on."),
        Command::FindClear if model.screen == Screen::Rules => {
            when(!model.rules.filter.text().is_empty(), "The line is empty.")
        }
        Command::FindClear if model.screen == Screen::Journal => {
            when(!model.journal.query.text().is_empty(), "The line is empty.")
        }
        Command::FindClear => when(!model.find.query.text().is_empty(), "The search line is empty."),
        Command::RuleOpen | Command::ReadAgain | Command::ToAnswer | Command::NextRule | Command::PreviousRule => {
            rule::can(model, command)
        }
        Command::CompareDays | Command::Beside | Command::InJournal => progress::can(model, command),
        Command::JournalOpen => journal::can_open(model),
        Command::Save => when(
            model.reflect.as_ref().is_some_and(|reflect| !reflect.is_empty()),
            "Nothing to save yet: choose a rating or write a word.",
        ),
        Command::NextStep => when(
            model.reflect.as_ref().is_some_and(|r| r.at + 1 < r.steps.len()),
            "This is the last step; enter saves.",
        ),
        Command::PreviousStep => when(model.reflect.as_ref().is_some_and(|r| r.at > 0), "This is the first step."),
        Command::Unchoose => {
            when(model.reflect.as_ref().is_some_and(super::Reflect::is_chosen), "Nothing is chosen here.")
        }
        Command::PickNotApplicable | Command::PickCannotSay | Command::PickPreferNot => {
            when(step == Some(Step::Rating), "This belongs to the rating.")
        }
        Command::Accept | Command::Adapt | Command::Decline | Command::Why | Command::Behind => {
            when(marked(model).is_some(), "There is no advice yet: reflect on a behaviour first.")
        }
        Command::LeftOut => {
            let advised = &model.snapshot.advised;
            when(!advised.not_shown.is_empty() || !advised.near.is_empty(), "Nothing was left out.")
        }
        Command::Done | Command::Change | Command::Drop => {
            when(status == Some(ActionStatus::Open), "No open action is marked.")
        }
        Command::Reopen => when(status.is_some_and(|s| s != ActionStatus::Open), "This action is open."),
        Command::PageDown | Command::PageUp => when(model.view.page_most.get() > 0, "All of it is in sight."),
        Command::NextField | Command::PreviousField => when(
            matches!(model.layers.last(), Some(Layer::Form(form)) if form.fields.len() > 1),
            "There is one line only.",
        ),
        other => match pick_row(other) {
            Some(row) => when(row < points(model), "There is no such point here."),
            None => Ok(()),
        },
    }
}

/// How many numbered points the step in front offers.
fn points(model: &Model) -> usize {
    let (Some(library), Some(reflect)) = (&model.library, &model.reflect) else { return 0 };
    let extra = if reflect.step() == Step::Rating { NonAnswer::ALL.len() } else { 0 };
    reflect.rows(library).saturating_sub(extra)
}

fn pick_row(command: Command) -> Option<usize> {
    const PICKS: [Command; 9] = [
        Command::Pick1,
        Command::Pick2,
        Command::Pick3,
        Command::Pick4,
        Command::Pick5,
        Command::Pick6,
        Command::Pick7,
        Command::Pick8,
        Command::Pick9,
    ];
    PICKS.iter().position(|pick| *pick == command)
}

/// Does a command that is enabled.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::GoHome => return leave_to(model, Screen::Home),
        Command::GoFind => return leave_to(model, Screen::Find),
        Command::GoReflect => return leave_to(model, Screen::Reflect),
        Command::GoAdvice => return leave_to(model, Screen::Advice),
        Command::GoPlan => return leave_to(model, Screen::Plan),
        Command::GoRules => return leave_to(model, Screen::Rules),
        Command::GoProgress => return leave_to(model, Screen::Progress),
        Command::GoJournal => return leave_to(model, Screen::Journal),
        Command::CompareDays => progress::compare_days(model),
        Command::Beside => progress::toggle_beside(model),
        Command::InJournal => journal::show(model, &progress::query(model)),
        Command::Evidence => journal::toggle_evidence(model),
        Command::JournalOpen => return journal::open(model),
        Command::RuleOpen => rules::open(model),
        Command::Behind => rule::behind(model),
        Command::ToAnswer => return rule::to_answer(model),
        Command::NextRule | Command::PreviousRule => rule::turn(model, command == Command::NextRule),
        Command::ReadAgain => return vec![Effect::Reread { asked: true }],
        Command::AboutMe => about_me(model),
        Command::Help => toggle_help(model),
        Command::Back => return back(model),
        Command::Quit => {
            model.quit = true;
            return keep_draft(model);
        }
        Command::Open => return open(model),
        Command::FindOpen => {
            if let Some(ix) = model.find.marked() {
                return reflect_on(model, ix);
            }
        }
        Command::NextStep => step_by(model, 1),
        Command::PreviousStep => step_by(model, -1),
        Command::Save => return save(model),
        Command::Choose => choose(model, None),
        Command::PickNotApplicable => choose_non_answer(model, NonAnswer::NotApplicable),
        Command::PickCannotSay => choose_non_answer(model, NonAnswer::CannotSay),
        Command::PickPreferNot => choose_non_answer(model, NonAnswer::PreferNotToSay),
        Command::Unchoose => {
            if let Some(reflect) = &mut model.reflect {
                reflect.unchoose();
            }
        }
        Command::Accept => return accept(model),
        Command::Adapt => adapt(model),
        Command::Decline => decline(model),
        Command::Why => (model.advice.why, model.advice.scroll) = (!model.advice.why, 0),
        Command::LeftOut => (model.advice.left_out, model.advice.scroll) = (!model.advice.left_out, 0),
        Command::Done => done(model),
        Command::Change => change(model),
        Command::Drop => return set_status(model, ActionStatus::Dropped),
        Command::Reopen => return set_status(model, ActionStatus::Open),
        Command::New => new(model),
        Command::Submit => return submit(model),
        Command::NextField => move_field(model, 1),
        Command::PreviousField => move_field(model, -1),
        Command::PickOpen => return picked(model),
        Command::Down | Command::Up | Command::First | Command::Last => move_row(model, command),
        Command::PageDown | Command::PageUp => scroll(model, command == Command::PageDown),
        other => match pick_row(other) {
            Some(row) => choose(model, Some(row)),
            None => edit(model, other),
        },
    }
    Vec::new()
}

fn edit(model: &mut Model, command: Command) {
    let width = usize::from(model.view.write_width.get().max(10));
    write(model, |buffer| {
        buffer.run(command, width);
    });
}

/// Shows another screen; what is being written is kept.
fn leave_to(model: &mut Model, screen: Screen) -> Vec<Effect> {
    let effects = keep_draft(model);
    model.go(screen);
    effects
}

fn back(model: &mut Model) -> Vec<Effect> {
    if model.layers.pop().is_some() {
        return Vec::new();
    }
    let effects = keep_draft(model);
    model.screen = model.trail.pop().unwrap_or(Screen::Home);
    effects
}

fn toggle_help(model: &mut Model) {
    if let Some(Layer::Help) = model.layers.last() {
        model.layers.pop();
    } else {
        model.layers.push(Layer::Help);
        model.help_scroll = 0;
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    let Some(item) = items(model).into_iter().nth(model.home_row) else { return Vec::new() };
    match item.to {
        Target::Find => model.go(Screen::Find),
        Target::Advice => model.go(Screen::Advice),
        Target::Rules => model.go(Screen::Rules),
        Target::AboutMe => about_me(model),
        Target::Reflect(ix) => return reflect_on(model, ix),
        Target::Action(id) => {
            model.plan.row = model.plan_rows().iter().position(|action| action.id == id).unwrap_or(0);
            model.go(Screen::Plan);
        }
    }
    Vec::new()
}

fn about_me(model: &mut Model) {
    let Some(library) = &model.library else { return };
    let Some(framework) = levels_of(library) else { return };
    let own = model.snapshot.person.level.as_deref().and_then(|own| framework.level(own)).map_or(0, |(at, _)| at);
    let mut rows = vec!["I would rather not say".to_owned()];
    rows.extend(framework.levels.iter().map(|level| level.title.clone()));
    model.layers.push(Layer::Picker(Picker::new("Where do you lead from?", rows, own, PickerFor::Level)));
}

fn step_by(model: &mut Model, by: isize) {
    let (Some(library), Some(reflect)) = (&model.library, &mut model.reflect) else { return };
    reflect.go(reflect.at.saturating_add_signed(by), library);
}

fn choose(model: &mut Model, row: Option<usize>) {
    let (Some(library), Some(reflect)) = (&model.library, &mut model.reflect) else { return };
    let row = row.unwrap_or(reflect.row);
    reflect.choose(row, library);
}

fn choose_non_answer(model: &mut Model, kind: NonAnswer) {
    let at = NonAnswer::ALL.iter().position(|other| *other == kind).unwrap_or(0);
    let row = points(model) + at;
    choose(model, Some(row));
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.library.clone() else { return Vec::new() };
    let Some(reflect) = model.reflect.take() else { return Vec::new() };
    let answer = reflect.answer(&library, model.today);
    model
        .snapshot
        .drafts
        .retain(|draft| (&draft.framework, &draft.behaviour) != (&answer.framework, &answer.behaviour));
    model.saving = Some(reflect);
    model.advice = super::AdviceScreen::default();
    model.trail.retain(|screen| *screen != Screen::Reflect);
    model.screen = Screen::Advice;
    vec![Effect::SaveAnswer(Box::new(answer))]
}

fn set_status(model: &mut Model, status: ActionStatus) -> Vec<Effect> {
    model.marked_action().map(|action| with_status(action, status, &action.learned)).into_iter().collect()
}

fn move_field(model: &mut Model, by: isize) {
    if let Some(Layer::Form(form)) = model.layers.last_mut() {
        let last = isize::try_from(form.fields.len()).unwrap_or(1);
        let at = isize::try_from(form.at).unwrap_or(0) + by;
        form.at = usize::try_from(at.rem_euclid(last.max(1))).unwrap_or(0);
    }
}

fn moved(row: usize, rows: usize, command: Command) -> usize {
    let last = rows.saturating_sub(1);
    match command {
        Command::Down => (row + 1).min(last),
        Command::Up => row.saturating_sub(1),
        Command::First => 0,
        _ => last,
    }
}

fn move_row(model: &mut Model, command: Command) {
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
        Some(Layer::Form(_)) => return,
        None => {}
    }
    match model.screen {
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
        Screen::Progress => {
            let rows = model.progress.rows().len();
            (model.progress.row, model.progress.scroll) = (moved(model.progress.row, rows, command), 0);
        }
        Screen::Journal => {
            (model.journal.row, model.journal.scroll) = (moved(model.journal.row, model.journal_rows(), command), 0);
        }
        Screen::Past => {
            let most = usize::from(model.view.page_most.get());
            let at = moved(usize::from(model.journal.past_scroll), most + 1, command);
            model.journal.past_scroll = u16::try_from(at).unwrap_or(u16::MAX);
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

fn scroll(model: &mut Model, down: bool) {
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
            Screen::Progress => &mut model.progress.scroll,
            Screen::Journal => &mut model.journal.scroll,
            Screen::Past => &mut model.journal.past_scroll,
            Screen::Rule => &mut model.rules.page.scroll,
            Screen::Reflect => match &mut model.reflect {
                Some(reflect) => &mut reflect.scroll,
                None => return,
            },
            Screen::Home => return,
        }
    };
    *at = if down { at.saturating_add(page).min(most) } else { at.saturating_sub(page) };
}

/// Says that something went wrong while an answer was saved, and brings the answer back.
pub(super) fn unsave(model: &mut Model, why: String) {
    if let Some(mut reflect) = model.saving.take() {
        reflect.unsaved = true;
        model.reflect = Some(reflect);
        model.go(Screen::Reflect);
    }
    model.say(Tone::Bad, why);
}

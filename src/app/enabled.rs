//! When a command is off, and why. The one guard for keys, hints and help.

use super::advice::marked;
use super::layer::Layer;
use super::model::{Model, Records, Screen};
use super::reflect::Step;
use super::{agreement, amend, compare, journal, locked, progress, rule, session, writing};
use crate::command::{Command, Group, key};
use crate::domain::{ActionStatus, NonAnswer};

/// Whether a command does something now.
pub(super) fn enabled(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    let status = model.marked_action().map(|action| action.status);
    let reflect = model.person.reflect.as_ref();
    let step = reflect.map(super::Reflect::step);
    let (person, shell) = (&model.person, &model.shell);
    if let Some(found) = locked::can(model, command) {
        return found;
    }
    if let Some(found) = amend::can(model, command).filter(|_| model.shell.records != Records::Turning) {
        return found;
    }
    match command {
        Command::Quit => Ok(()),
        _ if model.shell.records == Records::Turning => Err("The records are being opened."),
        go if command.entry().group == Group::Go
            && !matches!(go, Command::Back | Command::Help | Command::Palette | Command::HidePrivate)
            && !model.person.layers.is_empty() =>
        {
            Err(concat!("Finish this first, or leave it with ", key!("back"), "."))
        }
        go if Screen::TABS.iter().any(|(screen, tab)| *tab == go && *screen == person.screen) => {
            Err("This is the screen you are on.")
        }
        Command::AboutMe | Command::GoSession | Command::People => {
            when(model.shell.library.is_some(), "The library is still opening.")
        }
        Command::GoReflect => when(model.person.reflect.is_some(), "Choose a behaviour in Find first."),
        Command::Back => when(
            !model.person.layers.is_empty() || model.person.screen != Screen::Home,
            concat!("This is the first screen; ", key!("quit"), " leaves Cairn."),
        ),
        Command::FindOpen | Command::FocusToggle if shell.library.is_none() => Err("The records are still opening."),
        Command::FocusToggle => when(model.person.find.marked().is_some(), "Nothing is found to choose."),
        Command::FindOpen => when(model.person.find.marked().is_some(), "Nothing is found to reflect on."),
        Command::FindClear => when(!search_line(model).is_empty(), "The search line is empty."),
        Command::Safety => when(!(model.notices().is_empty() && model.put_aside().is_empty()), "Nothing was noticed."),
        Command::PutAside => when(!model.notices().is_empty(), "All of it was put aside."),
        Command::RuleOpen | Command::ReadAgain | Command::ToAnswer | Command::NextRule | Command::PreviousRule => {
            rule::can(model, command)
        }
        Command::CompareDays | Command::Beside | Command::InJournal => progress::can(model, command),
        Command::JournalOpen => journal::can_open(model),
        Command::Save => when(
            reflect.is_some_and(|reflect| !reflect.is_empty()),
            "Nothing to save yet: choose a rating or write a word.",
        ),
        Command::NextStep => when(
            reflect.is_some_and(|r| r.at + 1 < r.steps.len()),
            concat!("This is the last step; ", key!("save"), " saves."),
        ),
        Command::PreviousStep => when(reflect.is_some_and(|r| r.at > 0), "This is the first step."),
        Command::Unchoose if person.screen == Screen::Compare => Ok(()),
        Command::Unchoose => when(reflect.is_some_and(super::Reflect::is_chosen), "Nothing is chosen here."),
        Command::PickNotApplicable | Command::PickCannotSay | Command::PickPreferNot => {
            let rating = step == Some(Step::Rating) || model.person.screen == Screen::Compare;
            when(rating, "This belongs to the rating.")
        }
        Command::Why if model.view.beside.get() => Err("The reasons stand beside."),
        Command::Accept | Command::Adapt | Command::Decline | Command::Why | Command::Behind => {
            when(marked(model).is_some(), "There is no advice yet: reflect on a behaviour first.")
        }
        Command::LeftOut => {
            let advised = &model.person.snapshot.advised;
            when(!advised.not_shown.is_empty() || !advised.near.is_empty(), "Nothing was left out.")
        }
        Command::Done | Command::Change | Command::Drop => {
            when(status == Some(ActionStatus::Open), "No open action is marked.")
        }
        Command::Reopen => when(status.is_some_and(|s| s != ActionStatus::Open), "This action is open."),
        Command::PageDown | Command::PageUp => when(model.view.page_most.get() > 0, "All of it is in sight."),
        Command::NextField | Command::PreviousField => when(
            matches!(model.person.layers.last(), Some(Layer::Form(form)) if form.fields.len() > 1),
            "There is one line only.",
        ),
        other => match pick_row(other) {
            Some(row) => when(row < points(model), "There is no such point here."),
            None => over_screens(model, other).unwrap_or_else(|| coaching(model, other)),
        },
    }
}

/// What is looked for on the screen in front.
fn search_line(model: &Model) -> &str {
    match model.person.screen {
        Screen::Rules => model.person.rules.filter.text(),
        Screen::Journal => model.person.journal.query.text(),
        _ => model.person.find.query.text(),
    }
}

/// The same for what lies over the screens; `None` for everything else.
fn over_screens(model: &Model, command: Command) -> Option<Result<(), &'static str>> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    Some(match command {
        Command::Palette => {
            when(!matches!(model.person.layers.last(), Some(Layer::Palette(_))), "This is the list of commands.")
        }
        Command::HidePrivate => {
            let clients = model.person.snapshot.person.is_client() || !model.person.snapshot.clients.is_empty();
            when(clients || model.person.show_private, "There are private lines and names only with clients.")
        }
        Command::Theme => when(model.shell.themes.len() > 1, "Without colour there is one theme."),
        Command::RunCommand => {
            let marked =
                matches!(model.person.layers.last(), Some(Layer::Palette(palette)) if palette.marked().is_some());
            when(marked, "There is no such command.")
        }
        Command::PreviousCard => when(!super::tour::is_first(model), "This is the first card."),
        _ => return None,
    })
}

/// The same for what coach and client do together.
fn coaching(model: &Model, command: Command) -> Result<(), &'static str> {
    match command {
        Command::BeginSession
        | Command::NextPart
        | Command::PreviousPart
        | Command::OtherNote
        | Command::ToPage
        | Command::EndSession
        | Command::NoteBehaviour => session::can(model, command),
        Command::GoAgreement | Command::Agree | Command::EndAgreement | Command::UseEarlier => {
            agreement::can(model, command)
        }
        Command::GoCompare | Command::GiveView | Command::NextView | Command::PreviousView | Command::Seal => {
            compare::can(model, command)
        }
        other => writing::can(model, other),
    }
}

/// How many numbered points the step in front offers.
pub(super) fn points(model: &Model) -> usize {
    if model.person.screen == Screen::Compare {
        let round = model.shell.library.as_ref().zip(model.person.compare.round.as_ref());
        return round.map_or(0, |(library, round)| round.rows(library).saturating_sub(NonAnswer::ALL.len()));
    }
    let (Some(library), Some(reflect)) = (&model.shell.library, &model.person.reflect) else { return 0 };
    let extra = if reflect.step() == Step::Rating { NonAnswer::ALL.len() } else { 0 };
    reflect.rows(library).saturating_sub(extra)
}

/// The point that a number key means.
pub(super) fn pick_row(command: Command) -> Option<usize> {
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

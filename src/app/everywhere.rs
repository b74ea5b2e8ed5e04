//! Commands that work in every place: going to a screen, moving the mark, writing, and commands for the whole program.

use super::effect::{Effect, TerminalJob, VaultJob};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::moving::{To, move_row, scroll};
use super::picker::Picker;
use super::place::Screen;
use super::reflect::keep_draft;
use super::{
    about_me, compare, drafts, handover, help, locked, locking, messages, mouse, palette, people, safety, session,
    settings, tour, writing,
};
use crate::command::{Command, Group, key};
use crate::domain::Lock;

/// Returns the handler of a command, or why it is unavailable. Keys, hints, help and palette all use this function.
pub(super) fn handle(model: &Model, command: Command) -> Handled {
    if model.shell.records == Records::Turning {
        return if command == Command::Quit { act(drafts::leave) } else { Err("Opening your records.") };
    }
    if let Some(why) = locked::off(model, command) {
        return Err(why);
    }
    // Commands that lead elsewhere are unavailable until the overlay is finished.
    let anyway = matches!(
        command,
        Command::Back | Command::Help | Command::Palette | Command::HidePrivate | Command::Lock | Command::Quit
    );
    if command.entry().group == Group::Go && !anyway && !model.person.layers.is_empty() {
        return Err(concat!("Finish this first. To leave it, press ", key!("back"), "."));
    }
    model.place().handle(model, command).unwrap_or_else(|| anywhere(model, command))
}

/// Returns the handler of a command that does not depend on the place in front.
fn anywhere(model: &Model, command: Command) -> Handled {
    if let Some(screen) = Screen::of(command) {
        return go(model, screen);
    }
    if let Some(to) = To::by(command) {
        return act(move |model: &mut Model| move_row(model, to));
    }
    match command {
        Command::PageDown | Command::PageUp => {
            let down = command == Command::PageDown;
            when(model.view.page_most > 0, "There is nothing more to scroll.", move |model: &mut Model| {
                scroll(model, down);
            })
        }
        Command::Back => {
            let leads = !model.person.layers.is_empty() || model.person.screen != Screen::Home;
            when(leads, concat!("This is the first screen. To leave Cairn, press ", key!("quit"), "."), back)
        }
        Command::Quit => act(drafts::leave),
        Command::Help => act(help::toggle),
        Command::Palette => act(palette::open),
        Command::Messages => act(messages::open),
        Command::Tour => act(tour::open),
        Command::Theme => {
            when(model.shell.themes.len() > 1, "You cannot change the theme when colour is off.", choose_theme)
        }
        Command::QuickNote => super::amend::quick_note_handler(model),
        Command::Settings => settings::handle(model),
        Command::Mouse => act(mouse::toggle),
        Command::Suspend => act(suspend),
        Command::HowToPause => act(|model: &mut Model| model.say(Tone::Plain, HOW_TO_PAUSE)),
        Command::AboutMe => when(model.shell.library.is_some(), OPENING, about_me::ask),
        Command::People => when(model.shell.library.is_some(), OPENING, people::choose),
        Command::HandOver => act(handover::open),
        Command::HidePrivate => {
            let clients = model.person.snapshot.person.is_client() || !model.person.snapshot.clients.is_empty();
            let why = "Private notes and names are only for coaching records.";
            when(clients || model.person.show_private, why, session::hide_private)
        }
        Command::Safety => {
            let noticed = !(model.notices().is_empty() && model.put_aside().is_empty());
            when(noticed, "Cairn has not noticed any words that can mean danger.", safety::open)
        }
        Command::Lock | Command::Passphrase | Command::BackUp | Command::Restore => vault(model, command),
        _ => writing::handle(model, command),
    }
}

/// Reason given while the packs are being read.
pub(super) const OPENING: &str = "Cairn is still opening the library.";

/// Returns the handler of a command for the records as a whole: lock, passphrase, backup, restore.
fn vault(model: &Model, command: Command) -> Handled {
    let lock = model.person.snapshot.safety.lock;
    match command {
        Command::Lock => when(lock != Lock::Nothing, "There are no records to lock yet.", locking::lock),
        _ if model.shell.demo => Err("This is a demo. Nothing is saved."),
        Command::BackUp => {
            when(lock != Lock::Nothing, "There are no records yet.", |_: &mut Model| Effect::Vault(VaultJob::BackUp))
        }
        _ if model.shell.library.is_none() => Err("Cairn is still opening your records."),
        Command::Restore => act(|_: &mut Model| Effect::Vault(VaultJob::ListBackups)),
        _ => act(locking::passphrase),
    }
}

/// Returns the handler that goes to a screen.
fn go(model: &Model, screen: Screen) -> Handled {
    if model.person.screen == screen {
        return Err("You are already on this screen.");
    }
    screen.place().reachable(model)?;
    act(move |model: &mut Model| {
        let effects = keep_draft(model);
        compare::stash(model);
        screen.place().entered(model);
        model.go(screen);
        effects
    })
}

/// Goes back: closes the top overlay, or returns to the previous screen. What is being written is kept as a draft.
fn back(model: &mut Model) -> Vec<Effect> {
    match model.person.layers.pop() {
        Some(Layer::Dialogue(dialogue)) => {
            let (slot, changed) = (dialogue.slot(), dialogue.keeping.has_draft() || dialogue.keeping.is_unsaved());
            return drafts::left(model, &slot, dialogue.draft(), changed);
        }
        Some(Layer::Secret(page)) if page.may_be_put_off() => return vec![Effect::Vault(VaultJob::DeclinePassphrase)],
        Some(Layer::Form(form)) => {
            let Some(slot) = form.slot() else { return Vec::new() };
            return drafts::left(model, &slot, form.draft(), form.is_changed());
        }
        Some(_) => return Vec::new(),
        None => {}
    }
    let effects = keep_draft(model);
    compare::stash(model);
    model.person.screen = model.person.trail.pop().unwrap_or(Screen::Home);
    if model.person.screen == Screen::Find {
        model.person.find.query.select_all();
    }
    effects
}

const HOW_TO_PAUSE: &str = concat!("To pause Cairn and go to the shell, press ", key!("suspend"), ".");

/// Hides private lines before suspending, because somebody else may be watching when the program resumes.
fn suspend(model: &mut Model) -> Vec<Effect> {
    let mut effects = if model.person.show_private { session::hide_private(model) } else { Vec::new() };
    effects.push(Effect::Terminal(TerminalJob::Suspend));
    effects
}

fn choose_theme(model: &mut Model) {
    let at = model.shell.themes.iter().position(|name| *name == model.shell.theme).unwrap_or(0);
    let rows = model.shell.themes.clone();
    let picker = Picker::new("How should it look?", rows, at, |model: &mut Model, row: usize| {
        let name = model.shell.themes.get(row).cloned()?;
        model.shell.theme.clone_from(&name);
        settings::save(model, "theme", format!("\"{name}\""))
    });
    model.person.layers.push(Layer::Picker(Picker { tries_theme: true, ..picker }));
}

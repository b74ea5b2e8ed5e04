//! The settings on screen: a list from which one is chosen, then its values. A change is saved in the settings file at once.

use super::effect::Effect;
use super::handler::{Handled, when};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::mouse::Mouse;
use super::picker::Picker;
use super::reread::reread;
use super::snapshot::Opened;
use super::{about_me, home, locking};
use crate::config::{Changeable, Settings, ThemeChoice};
use crate::domain::Lock;

/// Rows after the settings that lead to what is not in the settings file.
const MORE: [&str; 2] = ["Your role", "Passphrase"];

/// Returns the handler that opens the settings.
pub(super) fn handle(model: &Model) -> Handled {
    when(!model.shell.demo, "This is a demo, so settings are not saved.", |model: &mut Model| open(model, 0))
}

fn open(model: &mut Model, at: usize) {
    if let Some(library) = &model.shell.library {
        let own = library.frameworks.iter().map(|framework| (framework.id.clone(), framework.title.clone()));
        model.shell.settings.frameworks = own.collect();
    }
    let rows = model.shell.settings.changeable();
    let wide = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let lock = match model.person.snapshot.safety.lock {
        Lock::Passphrase => "set",
        Lock::Nothing | Lock::Memory | Lock::Open => "not set",
    };
    let more = MORE.into_iter().zip([home::about(model), lock.to_owned()]);
    let now = rows.iter().map(|row| (row.title, row.now.clone())).chain(more);
    let words = now.map(|(title, now)| format!("{title:wide$}  {now}")).collect();
    let then = move |model: &mut Model, row: usize| match rows.get(row) {
        Some(setting) => ask(model, setting.clone(), row),
        None if row == rows.len() => about_me::ask(model),
        None => locking::passphrase(model),
    };
    model.person.layers.push(Layer::Picker(Picker::new("Settings", words, at, then)));
}

/// Offers the values of a setting.
fn ask(model: &mut Model, setting: Changeable, row: usize) {
    let words = setting.offers.iter().map(|offer| offer.words.clone()).collect();
    let title = format!("{}: {}", setting.title, setting.about);
    let at = setting.at;
    let then = move |model: &mut Model, chosen: usize| {
        open(model, row);
        let value = setting.offers.get(chosen).map(|offer| offer.value.clone());
        value.filter(|_| chosen != setting.at).and_then(|value| save(model, setting.key, value))
    };
    model.person.layers.push(Layer::Picker(Picker::new(&title, words, at, then)));
}

/// Returns the effect that saves a setting; says why if there is no file for it.
pub(super) fn save(model: &mut Model, key: &'static str, value: String) -> Option<Effect> {
    if model.shell.demo {
        model.say(Tone::Plain, "This is a demo, so settings are not saved.");
        return None;
    }
    let Some(file) = model.shell.settings.file.clone() else {
        model.say(Tone::Bad, "This account has no folder for settings.");
        return None;
    };
    Some(Effect::Setting(file, key, value))
}

/// Takes the settings as they are after a change, and the packs and records as they read with them (`None` if that is as
/// before). Keys stay as they are until the next start.
pub(super) fn changed(model: &mut Model, settings: Settings, again: Option<Box<Opened>>, words: String) -> Vec<Effect> {
    let keymap = model.shell.settings.keymap.clone();
    if let (ThemeChoice::Named(name), true) = (&settings.theme, model.shell.themes.len() > 1) {
        model.shell.theme.clone_from(name);
    }
    if settings.mouse != model.shell.settings.mouse {
        model.shell.mouse = if settings.mouse { Mouse::Ours } else { Mouse::Terminals };
    }
    model.shell.watch.after = settings.lock_after;
    model.shell.settings = Settings { keymap, ..settings };
    let again = again.filter(|opened| opened.shut.is_none() && model.shell.records == Records::Open);
    let effects = again.map(|opened| reread(model, *opened, Tone::Good, words.clone())).unwrap_or_default();
    // The list shows the new value.
    if let Some(Layer::Picker(picker)) = model.person.layers.last()
        && picker.title == "Settings"
    {
        let at = picker.at;
        model.person.layers.pop();
        open(model, at);
    }
    model.say(Tone::Good, words);
    effects
}

//! The pages on which something is typed in secret, and the paper key: what their keys do.

use super::effect::{Effect, VaultJob};
use super::form::ONE_LINE;
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::locking;
use super::model::Model;
use super::place::Place;
use super::secret::SecretPage;
use crate::command::{Command, Context, key};
use crate::seal::Secret;

/// Where a passphrase is asked for.
pub(super) struct SecretPlace;

impl Place for SecretPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Secret, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let Some(Layer::Secret(page)) = model.person.layers.last() else { return None };
        let (lines, typed) = (page.lines.len(), "Nothing is typed here.");
        Some(match command {
            Command::TakeSecret => when(!page.working, "It is being tried.", locking::take),
            Command::Reveal => when(lines > 0, typed, |model: &mut Model| {
                change(model, |page| page.shown = !page.shown);
            }),
            Command::ClearSecret => when(lines > 0, typed, |model: &mut Model| {
                change(model, |page| page.line_mut().into_iter().for_each(|line| *line = Secret::roomy()));
            }),
            Command::EraseLeft => act(|model: &mut Model| {
                change(model, |page| page.line_mut().into_iter().for_each(Secret::erase));
            }),
            Command::OfferWords => when(page.is_choosing(), "No new passphrase is chosen here.", |_: &mut Model| {
                Effect::Vault(VaultJob::OfferWords)
            }),
            Command::NextField => when(lines > 1, ONE_LINE, move |model: &mut Model| {
                change(model, |page| page.at = (page.at + 1) % lines);
            }),
            Command::PreviousField => when(lines > 1, ONE_LINE, move |model: &mut Model| {
                change(model, |page| page.at = (page.at + lines - 1) % lines);
            }),
            Command::Back if page.is_cover() || page.working => Err("Type the passphrase first."),
            _ => return None,
        })
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut SecretPage)) {
    if let Some(Layer::Secret(page)) = model.person.layers.last_mut() {
        change(page);
    }
}

/// The paper key.
pub(super) struct PaperPlace;

impl Place for PaperPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Paper, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        match command {
            Command::PaperKept => Some(act(|model: &mut Model| drop(model.person.layers.pop()))),
            Command::Back => Some(Err(concat!("Write it down first; ", key!("paper-kept"), " goes on."))),
            _ => None,
        }
    }
}

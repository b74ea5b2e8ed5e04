//! The places for secret input and for the paper key.

use super::effect::{Effect, VaultJob};
use super::form::ONE_LINE;
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::locking;
use super::model::Model;
use super::place::Place;
use super::secret::{PaperPage, SecretPage};
use super::view::{Body, Lines, PagePart, PageView, SecretLineView, SecretView, View};
use crate::command::{Command, Context, key};
use crate::domain::Sheet;
use crate::seal::Secret;

/// Largest width of these pages in cells; short text is easier to read in a narrow block.
pub const SECRET_CARD: u16 = 72;

/// Returns a sentence about who else can open the records; `None` for nobody.
fn others(escrow: &str) -> Option<PagePart> {
    (!escrow.is_empty()).then(|| PagePart::State(format!("{escrow} can also open these records.")))
}

/// The place in which a passphrase is typed.
pub(super) struct SecretPlace;

impl Place for SecretPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Secret, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let Some(Layer::Secret(page)) = model.person.layers.last() else { return None };
        let (lines, typed) = (page.lines.len(), "You do not type anything here.");
        Some(match command {
            Command::TakeSecret => when(!page.working, "Checking your passphrase\u{2026}", locking::take),
            Command::Reveal => when(lines > 0, typed, |model: &mut Model| {
                change(model, |page| page.shown = !page.shown);
            }),
            Command::ClearSecret => when(lines > 0, typed, |model: &mut Model| {
                change(model, |page| page.line_mut().into_iter().for_each(|line| *line = Secret::roomy()));
            }),
            Command::EraseLeft => act(|model: &mut Model| {
                change(model, |page| page.line_mut().into_iter().for_each(Secret::erase));
            }),
            Command::OfferWords => {
                when(page.is_choosing(), "You are not choosing a new passphrase here.", |_: &mut Model| {
                    Effect::Vault(VaultJob::OfferWords)
                })
            }
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

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Secret(page)) = model.person.layers.last() else { return None };
        let mut words = Sheet::default();
        for text in page.words() {
            words.text(*text);
        }
        let mut parts = vec![PagePart::Title(page.title().to_owned()), PagePart::Gap, PagePart::Sheet(words)];
        parts.extend(others(&page.escrow));
        let lines = page.lines.iter().map(|line| SecretLineView {
            label: line.label,
            letters: line.typed.letters(),
            shown: page.shown.then(|| line.typed.reveal()),
        });
        let body = Body::Secret(SecretView {
            parts,
            offered: page.offered.as_ref().map(Secret::reveal),
            lines: lines.collect(),
            at: page.at,
            working: page.working,
            problem: &page.problem,
        });
        let teach = "Type \":offer words\" for four words. To leave everything as it is, type \":back\".";
        let teach = if page.is_choosing() { vec![teach] } else { Vec::new() };
        // Newly offered words change the identity of the place, so that plain mode prints them.
        let offered = page.offered.as_ref().map_or("", |words| words.reveal());
        Some(View {
            place: format!("secret {} {} {} {offered}", page.title(), page.at, page.problem),
            lines: Lines { teach, ..Lines::default() },
            ..View::new("", body)
        })
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut SecretPage)) {
    if let Some(Layer::Secret(page)) = model.person.layers.last_mut() {
        change(page);
    }
}

/// The place that shows the paper key.
pub(super) struct PaperPlace;

impl Place for PaperPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Paper, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        match command {
            Command::PaperKept => Some(act(|model: &mut Model| drop(model.person.layers.pop()))),
            Command::Back => Some(Err(concat!("Write it down first. To go on, press ", key!("paper-kept"), "."))),
            _ => None,
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Paper(page)) = model.person.layers.last() else { return None };
        let mut words = Sheet::default();
        for text in PaperPage::WORDS {
            words.text(text);
        }
        let title = "Your records are locked. This is your paper key".to_owned();
        let mut parts = vec![PagePart::Title(title), PagePart::Gap, PagePart::Key(page.rows()), PagePart::Gap];
        parts.push(PagePart::Sheet(words));
        parts.extend(others(&page.escrow));
        let ask = "When you have written it down, type \"written down\" to go on.";
        let lines = Lines { ask: vec![ask], ..Lines::default() };
        let page = PageView { card: Some(SECRET_CARD), ..PageView::of("", parts) };
        Some(View { place: "paper key".to_owned(), lines, ..View::page("", page, 0) })
    }
}

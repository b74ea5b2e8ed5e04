//! Putting records away and opening them again; passphrase, paper key and backups on the screens.
//!
//! Locking has two steps. First the screen is covered and drafts are saved. The records are put away and cleared from
//! memory only after the drafts have been saved, so that a full disk does not cost the user any text.

use std::time::Duration;

use super::drafts;
use super::effect::{Effect, VaultJob};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::msg::{BackupRow, Msg, VaultReply};
use super::people::{forget_person, leave};
use super::picker::Picker;
use super::place::Screen;
use super::secret::{PaperPage, SecretFor, SecretPage};
use super::update::refresh;
use crate::command::key;
use crate::domain::{Lock, Shut};
use crate::seal::Secret;

/// How a passphrase is offered after the first save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    Never,
    /// As a page over the screen.
    Page,
    /// As a sentence, for plain mode: a page would consume the next line although the user did not ask for it.
    Sentence,
}

/// Settings and state of locking.
#[derive(Debug, Clone)]
pub struct Watch {
    /// How a passphrase is offered after the first save.
    pub offer: Offer,
    /// Whether the screen is covered and the records are put away as soon as all drafts are saved.
    pub locking: bool,
    /// Time without a key after which the records are put away, as the settings say; zero for never.
    pub after: Duration,
    /// Time of the last key, in seconds since the program started.
    pub touched: u64,
    /// Whether the page is still to be shown: the advice on the first save is read first.
    pub due: bool,
    /// Id of the client whose records were put away; they are opened again after the passphrase.
    pub was: Option<String>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { offer: Offer::Never, locking: false, after: Duration::ZERO, touched: 0, due: false, was: None }
    }
}

/// Handles a reply about passphrases and backups.
pub(super) fn heard(model: &mut Model, reply: VaultReply) -> Vec<Effect> {
    match reply {
        VaultReply::SecretRefused(why) => refused(model, why),
        VaultReply::SecretTaken(snapshot, words) => {
            taken(model);
            refresh(model, *snapshot);
            model.say(Tone::Good, words);
        }
        VaultReply::PaperKey(key, snapshot) => {
            refresh(model, *snapshot);
            paper(model, key);
        }
        VaultReply::Words(words) => offered(model, words),
        VaultReply::Backups(rows) => choose_backup(model, &rows),
        VaultReply::BackupLocked(path) => ask_backup(model, path),
        VaultReply::BackupChecked(words, path, secret) => confirm_restore(model, &words, path, secret),
        VaultReply::NotRestored(opened, why) => {
            let effects = super::update::open(model, *opened);
            model.say(Tone::Bad, why);
            return effects;
        }
    }
    Vec::new()
}

/// Locks the screen if input arrives after the time limit, for example after the machine was asleep; the input itself
/// is then dropped, except pasted or replaced text, which is kept. Returns the message unchanged if it should be
/// handled as usual.
pub(super) fn late(model: &mut Model, msg: Msg) -> Result<Vec<Effect>, Msg> {
    if !matches!(msg, Msg::Key(_) | Msg::Run(_) | Msg::Paste(_) | Msg::Replace(_) | Msg::Click(..) | Msg::Wheel(_)) {
        return Err(msg);
    }
    let late = model.lock_in() == Some(0);
    model.shell.watch.touched = model.shell.now;
    if !late {
        return Err(msg);
    }
    let mut effects = match msg {
        Msg::Paste(_) | Msg::Replace(_) => super::update::take(model, msg),
        _ => Vec::new(),
    };
    effects.extend(lock(model));
    Ok(effects)
}

/// Covers the screen and saves drafts.
pub(super) fn lock(model: &mut Model) -> Vec<Effect> {
    model.shell.watch.locking = true;
    model.person.notice = None;
    let effects = drafts::keep_all(model);
    cover(model);
    effects
}

fn cover(model: &mut Model) {
    let safety = &model.person.snapshot.safety;
    let purpose = if safety.lock == Lock::Passphrase { SecretFor::Unlock } else { SecretFor::Uncover };
    let page = SecretPage::new(purpose, &safety.escrow);
    model.person.layers.push(Layer::Secret(page));
}

/// Completes locking once nothing is being saved: the records are put away and cleared from memory.
pub(super) fn put_away(model: &mut Model) -> Vec<Effect> {
    let sends = model.person.reflect.as_ref().is_some_and(|reflect| reflect.keeping.is_unsaved());
    if !model.shell.watch.locking
        || sends
        || !model.unsaved_texts().is_empty()
        || model.person.saving.is_some()
        || model.person.ending.is_some()
        || model.person.withheld.is_some()
    {
        return Vec::new();
    }
    model.shell.watch.locking = false;
    let cover = model.person.layers.pop();
    let safety = std::mem::take(&mut model.person.snapshot.safety);
    // The client may still be beside the user who unlocks, so the same records are opened again.
    model.shell.watch.was = model.client();
    forget_person(model);
    model.person.snapshot.clients.clear();
    model.person.snapshot.safety = safety;
    model.person.said.clear();
    model.shell.records = Records::Shut;
    model.person.layers.extend(cover);
    vec![Effect::Vault(VaultJob::PutAway)]
}

/// Cancels locking, because a draft could not be saved.
pub(super) fn not_kept(model: &mut Model) {
    if std::mem::take(&mut model.shell.watch.locking) {
        model.person.layers.retain(|layer| !matches!(layer, Layer::Secret(page) if page.is_cover()));
        model.say(Tone::Unsaved, "Cairn is NOT locked, because it could not save what you were writing.");
    }
}

/// Handles records that exist but could not be opened.
pub(super) fn shut(model: &mut Model, shut: Shut) {
    model.shell.records = Records::Shut;
    if shut.locked {
        let page = SecretPage::new(SecretFor::Unlock, &shut.escrow);
        model.person.snapshot.safety.lock = Lock::Passphrase;
        model.person.snapshot.safety.escrow.clone_from(&shut.escrow);
        model.person.layers = vec![Layer::Secret(page)];
    } else {
        model.person.layers.retain(|layer| !matches!(layer, Layer::Secret(page) if page.is_cover()));
        model.shell.banner = format!("{}. {}", shut.why.trim_end_matches('.'), shut.next);
        model.shell.shut = Some(shut);
    }
}

/// Handles records that were opened. A user who unlocked with the paper key is asked for a new passphrase.
pub(super) fn came_in(model: &mut Model) {
    model.shell.records = Records::Open;
    model.shell.shut = None;
    let paper = match model.person.layers.last() {
        Some(Layer::Secret(page)) if page.purpose == SecretFor::Unlock => {
            Some(page.typed(0)).filter(crate::seal::Identity::is_meant)
        }
        _ => None,
    };
    let escrow = model.person.snapshot.safety.escrow.clone();
    model.person.layers.retain(|layer| !matches!(layer, Layer::Secret(page) if page.is_cover()));
    model.person.layers.extend(paper.map(|paper| Layer::Secret(SecretPage::new(SecretFor::Reset(paper), &escrow))));
}

/// Offers a passphrase after the first save, once.
pub(super) fn first_save(model: &mut Model) -> Vec<Effect> {
    let with_client = model.person.snapshot.person.is_client();
    let safety = &mut model.person.snapshot.safety;
    // A passphrase and a paper key should not be chosen while a client is at the screen.
    if safety.lock != Lock::Open || safety.asked || (with_client && model.shell.watch.offer == Offer::Page) {
        return Vec::new();
    }
    match model.shell.watch.offer {
        Offer::Never => return Vec::new(),
        Offer::Page => model.shell.watch.due = true,
        Offer::Sentence => {
            let said = model.person.notice.take().map_or_else(String::new, |notice| format!("{} ", notice.text));
            let words = concat!("Your records have no passphrase. To set one, press ", key!("passphrase"), ".");
            model.say(Tone::Plain, format!("{said}{words}"));
        }
    }
    model.person.snapshot.safety.asked = true;
    // The answer to the page, or postponing it, is recorded later; the sentence is recorded at once.
    if model.shell.watch.offer == Offer::Sentence {
        vec![Effect::Vault(VaultJob::DeclinePassphrase)]
    } else {
        Vec::new()
    }
}

/// Shows the page that offers a passphrase, once the advice on the first save has been read.
pub(super) fn offer_due(model: &mut Model) {
    let reads =
        model.person.screen == Screen::Advice || !model.person.layers.is_empty() || model.person.saving.is_some();
    if !model.shell.watch.due || reads || model.shell.records != Records::Open {
        return;
    }
    model.shell.watch.due = false;
    if model.person.snapshot.safety.lock == Lock::Open && !model.person.snapshot.person.is_client() {
        model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Choose, "")));
    }
}

/// Asks for a new passphrase, or what to do with the existing one.
pub(super) fn passphrase(model: &mut Model) {
    if model.person.snapshot.safety.lock != Lock::Passphrase {
        model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Choose, "")));
        return;
    }
    let rows = ["Change the passphrase", "Make a new paper key", "Remove the passphrase"].map(str::to_owned);
    let picker = Picker::new("Your passphrase", rows.to_vec(), 0, passphrase_picked);
    model.person.layers.push(Layer::Picker(picker));
}

/// Handles the choice of what to do with the passphrase.
fn passphrase_picked(model: &mut Model, row: usize) {
    let purpose = match row {
        0 => SecretFor::Change,
        1 => SecretFor::NewPaperKey,
        _ => SecretFor::Remove,
    };
    let escrow = model.person.snapshot.safety.escrow.clone();
    model.person.layers.push(Layer::Secret(SecretPage::new(purpose, &escrow)));
}

fn page(model: &mut Model) -> Option<&mut SecretPage> {
    match model.person.layers.last_mut() {
        Some(Layer::Secret(page)) => Some(page),
        _ => None,
    }
}

/// Types text into the secret line in front. Returns whether the page in front is a secret page.
pub(super) fn type_in(model: &mut Model, text: &str) -> bool {
    let Some(page) = page(model) else { return false };
    if let Some(line) = page.line_mut() {
        line.type_in(text);
    }
    true
}

/// Replaces the content of the secret line in front, as lines of plain mode do. Returns whether the page in front is a
/// secret page.
pub(super) fn retype(model: &mut Model, text: &str) -> bool {
    let Some(page) = page(model) else { return false };
    if let Some(line) = page.line_mut() {
        *line = Secret::roomy();
        line.type_in(text);
    }
    true
}

/// Submits the line in front; after the last line, submits the page.
pub(super) fn take(model: &mut Model) -> Vec<Effect> {
    let Some(page) = page(model) else { return Vec::new() };
    if page.working {
        return Vec::new();
    }
    if page.at + 1 < page.lines.len() {
        page.at += 1;
        return Vec::new();
    }
    let new = if page.is_choosing() { page.chosen() } else { Ok(Secret::default()) };
    let new = match new {
        Ok(new) => new,
        Err(problem) => {
            page.problem = problem.to_owned();
            return Vec::new();
        }
    };
    page.working = true;
    let old = page.typed(0);
    vec![match &page.purpose {
        SecretFor::Unlock => Effect::Vault(VaultJob::Unlock(Some(old))),
        SecretFor::Uncover => Effect::Vault(VaultJob::Unlock(None)),
        SecretFor::Choose => Effect::Vault(VaultJob::SetPassphrase(new)),
        SecretFor::Reset(paper) => Effect::Vault(VaultJob::ChangePassphrase(paper.clone(), new)),
        SecretFor::Change => Effect::Vault(VaultJob::ChangePassphrase(old, new)),
        SecretFor::NewPaperKey => Effect::Vault(VaultJob::NewPaperKey(old)),
        SecretFor::Remove => Effect::Vault(VaultJob::RemovePassphrase(old)),
        SecretFor::Backup(path) => Effect::Vault(VaultJob::CheckBackup(path.clone(), Some(old))),
    }]
}

/// Handles a rejected passphrase or paper key.
fn refused(model: &mut Model, why: String) {
    let Some(page) = page(model) else { return model.say(Tone::Bad, why) };
    if page.purpose == SecretFor::Uncover {
        // Without a passphrase this is rejected only if another window has set one, so a line to type it in is needed.
        let escrow = std::mem::take(&mut page.escrow);
        *page = SecretPage::new(SecretFor::Unlock, &escrow);
        "Another window has set a passphrase.".clone_into(&mut page.problem);
    } else {
        page.problem = why;
    }
    page.working = false;
    // A mistyped secret is typed again; of a new passphrase, both lines are typed again.
    page.at = if page.is_choosing() { page.lines.len().saturating_sub(2) } else { 0 };
    let from = page.at;
    for line in page.lines.iter_mut().skip(from) {
        line.typed = Secret::roomy();
    }
}

/// Shows words offered as a new passphrase.
fn offered(model: &mut Model, words: Secret) {
    if let Some(page) = page(model).filter(|page| page.is_choosing()) {
        page.offered = Some(words);
    }
}

/// Closes the secret page after its input was accepted.
pub(super) fn taken(model: &mut Model) {
    if page(model).is_some_and(|page| !page.is_cover()) {
        model.person.layers.pop();
    }
}

/// Shows the paper key, once.
fn paper(model: &mut Model, paper: Secret) {
    taken(model);
    let escrow = model.person.snapshot.safety.escrow.clone();
    model.person.layers.push(Layer::Paper(PaperPage { key: paper, escrow }));
}

/// Opens the list of backups to choose from.
fn choose_backup(model: &mut Model, rows: &[BackupRow]) {
    if rows.is_empty() {
        return model.say(Tone::Plain, concat!("There is no backup yet. To make one, press ", key!("back-up"), "."));
    }
    let said = rows.iter().map(|row| row.words.clone()).collect();
    let paths: Vec<String> = rows.iter().map(|row| row.path.clone()).collect();
    let then = move |model: &mut Model, row: usize| {
        model.say(Tone::Plain, "Checking the backup\u{2026}");
        paths.get(row).map(|path| Effect::Vault(VaultJob::CheckBackup(path.clone(), None)))
    };
    model.person.layers.push(Layer::Picker(Picker::new("Which backup?", said, 0, then)));
}

/// Asks for the passphrase of a backup, which may differ from the current one.
fn ask_backup(model: &mut Model, path: String) {
    model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Backup(path), "")));
}

/// Asks for confirmation before a checked backup is restored.
fn confirm_restore(model: &mut Model, words: &str, path: String, secret: Option<Secret>) {
    taken(model);
    let (no, yes) = ("No, leave everything as it is", "Yes, restore it and keep a copy of your current records");
    let picker = Picker::ask(words, no, yes, move |model: &mut Model| {
        // A session with a client must not go on in other records. Its draft stays in those that are set aside.
        let mut effects = if model.shell.records == Records::Open { leave(model) } else { Vec::new() };
        model.say(Tone::Plain, "Restoring the backup\u{2026}");
        effects.push(Effect::Vault(VaultJob::Restore(path.clone(), secret.clone())));
        effects
    });
    model.person.layers.push(Layer::Picker(picker));
}

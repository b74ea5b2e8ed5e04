//! Putting records away and getting them back; passphrase, paper key, backups, as the screens ask for them.
//!
//! Locking goes in two steps. First the screen is covered, and what is being written is kept. Only once that has arrived are
//! the records put away and every word of them forgotten: a disk that is full must not cost anybody their words.

use super::drafts;
use super::effect::{Effect, VaultJob};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::msg::{BackupRow, Msg, VaultReply};
use super::people::forget_person;
use super::picker::Picker;
use super::secret::{PaperPage, SecretFor, SecretPage};
use super::update::refresh;
use crate::command::key;
use crate::domain::{Lock, Shut};
use crate::seal::Secret;

/// Seconds without a key after which records are put away, unless the settings say otherwise.
const AFTER: u64 = 600;

/// How a passphrase is offered after the first save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Not at all.
    Never,
    /// As a page over the screen.
    Page,
    /// As a sentence: a page would take the next line of somebody who did not ask for it.
    Sentence,
}

/// When records are put away.
#[derive(Debug, Clone)]
pub struct Watch {
    /// How a passphrase is offered after the first save.
    pub offer: Offer,
    /// The screen is covered, and the records are put away as soon as all that was typed is kept.
    pub locking: bool,
    /// Seconds without a key after which that happens by itself; 0 for never.
    pub after: u64,
    /// When a key came last, in seconds since the program began.
    pub touched: u64,
    /// Id of the client whose records were put away, to be opened again with the passphrase.
    pub was: Option<String>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { offer: Offer::Never, locking: false, after: AFTER, touched: 0, was: None }
    }
}

/// Takes in what came of a passphrase or a backup.
pub(super) fn heard(model: &mut Model, reply: VaultReply) {
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
    }
}

/// A key comes; one that comes late only covers the screen. A machine that slept kept it as it was: whoever opens it does
/// not see more than that. Words are kept, wherever they go.
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

/// Covers the screen, and keeps what is being written.
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

/// Goes on with a lock once nothing is on its way any more: the records are put away and forgotten.
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
    // Whoever unlocks it may have the client beside them still: the same records open again.
    model.shell.watch.was = model.client();
    forget_person(model);
    model.person.snapshot.clients.clear();
    model.person.snapshot.safety = safety;
    model.person.said.clear();
    model.shell.records = Records::Shut;
    model.person.layers.extend(cover);
    vec![Effect::Vault(VaultJob::PutAway)]
}

/// What was being written could not be kept, so nothing is put away.
pub(super) fn not_kept(model: &mut Model) {
    if std::mem::take(&mut model.shell.watch.locking) {
        model.person.layers.retain(|layer| !matches!(layer, Layer::Secret(page) if page.is_cover()));
        model.say(Tone::Unsaved, "NOT locked: what you were writing could not be kept.");
    }
}

/// Records that are there and not open.
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

/// The records are open again; whoever came with the paper key is asked for a passphrase.
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

/// After the first save, a passphrase is asked for, once.
pub(super) fn first_save(model: &mut Model) -> Vec<Effect> {
    let with_client = model.person.snapshot.person.is_client();
    let safety = &mut model.person.snapshot.safety;
    // A passphrase and a paper key are nothing to be chosen with a client at the screen.
    if safety.lock != Lock::Open || safety.asked || (with_client && model.shell.watch.offer == Offer::Page) {
        return Vec::new();
    }
    match model.shell.watch.offer {
        Offer::Never => return Vec::new(),
        Offer::Page => model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Choose, ""))),
        Offer::Sentence => {
            let said = model.person.notice.take().map_or_else(String::new, |notice| format!("{} ", notice.text));
            let words = concat!("Your records are not locked; ", key!("passphrase"), " locks them with a passphrase.");
            model.say(Tone::Plain, format!("{said}{words}"));
        }
    }
    model.person.snapshot.safety.asked = true;
    // The page is noted when it is put off, and answered when it is not.
    if model.shell.watch.offer == Offer::Sentence {
        vec![Effect::Vault(VaultJob::DeclinePassphrase)]
    } else {
        Vec::new()
    }
}

/// Asks for a passphrase, or what to do with the one there is.
pub(super) fn passphrase(model: &mut Model) {
    if model.person.snapshot.safety.lock != Lock::Passphrase {
        model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Choose, "")));
        return;
    }
    let rows = ["Change the passphrase", "Make a new paper key", "Take the passphrase away"].map(str::to_owned);
    let picker = Picker::new("Your records are locked", rows.to_vec(), 0, passphrase_picked);
    model.person.layers.push(Layer::Picker(picker));
}

/// What was chosen there.
fn passphrase_picked(model: &mut Model, row: usize) -> Vec<Effect> {
    let purpose = match row {
        0 => SecretFor::Change,
        1 => return vec![Effect::Vault(VaultJob::NewPaperKey)],
        _ => SecretFor::Remove,
    };
    let escrow = model.person.snapshot.safety.escrow.clone();
    model.person.layers.push(Layer::Secret(SecretPage::new(purpose, &escrow)));
    Vec::new()
}

fn page(model: &mut Model) -> Option<&mut SecretPage> {
    match model.person.layers.last_mut() {
        Some(Layer::Secret(page)) => Some(page),
        _ => None,
    }
}

/// Types into the line in front, if one is typed in secret there; says whether it was.
pub(super) fn type_in(model: &mut Model, text: &str) -> bool {
    let Some(page) = page(model) else { return false };
    if let Some(line) = page.line_mut() {
        line.type_in(text);
    }
    true
}

/// Puts a line in the place of what is typed, as lines of the plain mode do.
pub(super) fn retype(model: &mut Model, text: &str) -> bool {
    let Some(page) = page(model) else { return false };
    if let Some(line) = page.line_mut() {
        *line = Secret::roomy();
        line.type_in(text);
    }
    true
}

/// Takes the line; at the last one, all of it.
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
        SecretFor::Remove => Effect::Vault(VaultJob::RemovePassphrase(old)),
        SecretFor::Backup(path) => Effect::Vault(VaultJob::CheckBackup(path.clone(), Some(old))),
    }]
}

/// What was typed was not taken: why, and the next step.
fn refused(model: &mut Model, why: String) {
    let Some(page) = page(model) else { return model.say(Tone::Bad, why) };
    if page.purpose == SecretFor::Uncover {
        // Without a passphrase this is refused only where another window has set one: there has to be a line to type it in.
        let escrow = std::mem::take(&mut page.escrow);
        *page = SecretPage::new(SecretFor::Unlock, &escrow);
        "Another window has set a passphrase meanwhile.".clone_into(&mut page.problem);
    } else {
        page.problem = why;
    }
    page.working = false;
    // Whoever mistyped it types it again; a new one that is too easy is seen to at its first line.
    page.at = if page.is_choosing() { page.lines.len().saturating_sub(2) } else { 0 };
    let from = page.at;
    for line in page.lines.iter_mut().skip(from) {
        line.typed = Secret::roomy();
    }
}

/// Words for a new passphrase are there.
fn offered(model: &mut Model, words: Secret) {
    if let Some(page) = page(model).filter(|page| page.is_choosing()) {
        page.offered = Some(words);
    }
}

/// It was taken: the page goes.
pub(super) fn taken(model: &mut Model) {
    if page(model).is_some_and(|page| !page.is_cover()) {
        model.person.layers.pop();
    }
}

/// Shows a paper key, once.
fn paper(model: &mut Model, paper: Secret) {
    taken(model);
    let escrow = model.person.snapshot.safety.escrow.clone();
    model.person.layers.push(Layer::Paper(PaperPage { key: paper, escrow }));
}

/// Offers the backups there are.
fn choose_backup(model: &mut Model, rows: &[BackupRow]) {
    if rows.is_empty() {
        return model.say(Tone::Plain, concat!("There is no backup yet; ", key!("back-up"), " makes one."));
    }
    let said = rows.iter().map(|row| row.words.clone()).collect();
    let paths: Vec<String> = rows.iter().map(|row| row.path.clone()).collect();
    let then = move |model: &mut Model, row: usize| {
        model.say(Tone::Plain, "Checking every page of the backup\u{2026}");
        paths.get(row).map(|path| Effect::Vault(VaultJob::CheckBackup(path.clone(), None)))
    };
    model.person.layers.push(Layer::Picker(Picker::new("Which backup?", said, 0, then)));
}

/// A backup is locked with a passphrase of its own time.
fn ask_backup(model: &mut Model, path: String) {
    model.person.layers.push(Layer::Secret(SecretPage::new(SecretFor::Backup(path), "")));
}

/// A backup was opened and checked: asks before it is put in place.
fn confirm_restore(model: &mut Model, words: &str, path: String, secret: Option<Secret>) {
    taken(model);
    let (no, yes) = ("Leave everything as it is", "Put it in place; what is there now is moved aside, not deleted");
    let picker = Picker::ask(words, no, yes, move |model: &mut Model| {
        model.say(Tone::Plain, "Putting the backup in place\u{2026}");
        Effect::Vault(VaultJob::Restore(path.clone(), secret.clone()))
    });
    model.person.layers.push(Layer::Picker(picker));
}

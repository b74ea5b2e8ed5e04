//! The entry point of this module: processes a message, changes the model and returns effects.

use super::effect::{Effect, Query};
use super::msg::{DraftReply, LookReply, Msg, RecordsReply, TerminalReply, VaultReply};
use super::snapshot::{Opened, Snapshot};
use std::sync::Arc;

use super::answering::{Reflect, Step};
use super::edit::MOST_CHARACTERS;
use super::find::{search, search_again};
use super::handler::Handled;
use super::model::{Model, Records, Tone};
use super::mouse::{click, wheel};
use super::moving::{To, move_row};
use super::outside::edited;
use super::place::Screen;
use super::reflect::unsave;
use super::reread::{self, idle, judged};
use super::writing::{copy_page, paste, replace, write};
use super::{
    compare, drafts, everywhere, handover, held_back, journal, locking, people, progress, rule, rules, safety, session,
    settings, withdraw,
};
use crate::command::{Chord, Command, Context};
use crate::domain::Library;
use crate::search::Index;

/// Processes a message and returns the effects to be performed.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    // A failed save is tried again after a pause: another failure at once would replace the notice about the first one.
    let failed = matches!(
        msg,
        Msg::Records(RecordsReply::NotSaved(_) | RecordsReply::NotFinished(..))
            | Msg::Draft(DraftReply::AnswerNotKept(_) | DraftReply::TextNotKept(..))
    );
    // Opening records must not open the safety page, because their notices are not new. Saving may, even if it creates
    // the records.
    let opens = matches!(
        msg,
        Msg::Opened(_)
            | Msg::Vault(VaultReply::NotRestored(..))
            | Msg::Records(RecordsReply::Turned(_))
            | Msg::Look(LookReply::Reread(..))
    );
    let (client, before) = (model.client(), model.person.snapshot.advised.safety.clone());
    let mut effects = take(model, msg);
    if !opens && model.client() == client && model.shell.records == Records::Open {
        safety::open_new(model, &before);
    }
    if !failed {
        effects.extend(drafts::keep(model));
    }
    effects.extend(rules::ask(model));
    effects.extend(progress::ask(model));
    effects.extend(journal::ask(model));
    effects.extend(locking::put_away(model));
    locking::offer_due(model);
    effects
}

pub(super) fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let msg = match locking::late(model, msg) {
        Ok(effects) => return effects,
        Err(msg) => msg,
    };
    match msg {
        Msg::Key(chord) => return key(model, chord),
        Msg::Run(command) => {
            model.person.notice = None;
            return chosen(model, command);
        }
        Msg::Mark(row) => move_row(model, To::Row(row)),
        Msg::Click(..) | Msg::Wheel(_) | Msg::Paste(_) if model.is_too_small() => {}
        Msg::Click(column, row) => return click(model, column, row),
        Msg::Wheel(to) => wheel(model, to),
        Msg::Paste(text) => paste(model, &text),
        Msg::Replace(text) => replace(model, &text),
        Msg::Resize(columns, rows) => model.shell.size = (columns, rows),
        Msg::Idle => return idle(model),
        Msg::Day(day) => return new_day(model, day),
        Msg::Searchable(library, index) => searchable(model, library, index),
        Msg::Opened(opened) => return open(model, *opened),
        Msg::Records(reply) => return records(model, reply),
        Msg::Draft(reply) => draft(model, reply),
        Msg::Vault(reply) => return locking::heard(model, reply),
        Msg::Look(reply) => return found(model, reply),
        Msg::Terminal(TerminalReply::Edited(what)) => edited(model, what),
        Msg::Terminal(TerminalReply::PageDrawn) => return copy_page(model),
        Msg::Settings(now, again, words) => return settings::changed(model, *now, again, words),
        Msg::Told(words) => model.say(Tone::Plain, words),
        Msg::Failed(why) => model.say(Tone::Bad, why),
        Msg::Gone(why) => drafts::gone(model, why),
        Msg::Unchanged => {}
    }
    Vec::new()
}

/// Handles the reply to a change to the records.
fn records(model: &mut Model, reply: RecordsReply) -> Vec<Effect> {
    match reply {
        RecordsReply::Refreshed(snapshot, word) => refreshed(model, *snapshot, word),
        RecordsReply::ChangedElsewhere(snapshot) => reread::changed_elsewhere(model, *snapshot),
        RecordsReply::Saved(snapshot, word) => {
            model.person.saving = None;
            refresh(model, *snapshot);
            model.say(Tone::Good, word);
            return locking::first_save(model);
        }
        RecordsReply::NotFinished(slot, why) => {
            drafts::arrived(model, &slot, None);
            model.say(Tone::Unsaved, why);
            locking::not_kept(model);
        }
        RecordsReply::NotSaved(why) => {
            unsave(model, why);
            locking::not_kept(model);
        }
        RecordsReply::Turned(snapshot) => people::turned(model, *snapshot),
        RecordsReply::Withdrawn(snapshot, word) => withdraw::done(model, *snapshot, word),
        RecordsReply::NotWithdrawn(why) => withdraw::not_done(model, Some(why)),
        RecordsReply::SessionEnded(snapshot) => {
            refresh(model, *snapshot);
            session::ended(model);
            return locking::first_save(model);
        }
        RecordsReply::SessionDoubted(doubt) => session::doubted(model, doubt),
        RecordsReply::Compared(snapshot, doubted) => {
            refresh(model, *snapshot);
            compare::compared(model, doubted);
        }
    }
    Vec::new()
}

/// Handles the reply to saving a draft.
fn draft(model: &mut Model, reply: DraftReply) {
    match reply {
        DraftReply::AnswerKept(at) => drafts::answer_arrived(model, Some(at)),
        DraftReply::AnswerNotKept(why) => {
            drafts::answer_arrived(model, None);
            not_done(model, why);
        }
        DraftReply::TextKept(slot, at) => drafts::arrived(model, &slot, Some(at)),
        DraftReply::TextNotKept(slot, why) => {
            drafts::arrived(model, &slot, None);
            not_done(model, why);
        }
        DraftReply::TextDropped(slot) => drafts::dropped(model, &slot),
    }
}

/// Handles the reply to a query.
fn found(model: &mut Model, reply: LookReply) -> Vec<Effect> {
    match reply {
        LookReply::Rulebook(book) => model.person.rules.take(*book),
        LookReply::Rule(detail) => judged(model, detail),
        LookReply::Progress(found, of) => model.person.progress.take(*found, of),
        LookReply::Journal(book, of) => model.person.journal.take(book, of),
        LookReply::JournalIndexed(of, index) => model.person.journal.take_index(&of, index),
        LookReply::Releasable(items) => handover::offer(model, items),
        LookReply::SuggestedPath(party, form, path) => handover::ask_path(model, party, form, (&path, "")),
        LookReply::NotWritten(party, form, path, why) => handover::ask_path(model, party, form, (&path, &why)),
        LookReply::Reread(opened, tone, words) => return reread::reread(model, *opened, tone, words),
    }
    Vec::new()
}

/// Reports that a draft was not saved, and cancels locking, which waits for it.
fn not_done(model: &mut Model, why: String) {
    if model.person.notice.as_ref().is_none_or(|notice| notice.tone != Tone::Unsaved) {
        model.say(Tone::Bad, why);
    }
    locking::not_kept(model);
}

/// Handles the end of opening: packs, rules and records are available, or the reason why records are not.
pub(super) fn open(model: &mut Model, opened: Opened) -> Vec<Effect> {
    if model.shell.index.is_none() {
        searchable(model, Arc::clone(&opened.library), opened.index);
    }
    model.shell.library = Some(opened.library);
    model.shell.banner = opened.banner;
    if let Some(shut) = opened.shut {
        locking::shut(model, shut);
        return Vec::new();
    }
    refresh(model, opened.snapshot);
    locking::came_in(model);
    // Open the client's records before any text of the user's own records is on the screen.
    let was =
        model.shell.watch.was.take().filter(|id| model.person.snapshot.clients.iter().any(|client| client.id == *id));
    if was.is_some() && model.person.layers.is_empty() {
        return people::turn_to(model, was);
    }
    people::take_up(model);
    if !opened.said.is_empty() {
        model.say(Tone::Good, opened.said);
    }
    if model.person.snapshot.person.is_client() && model.person.screen == Screen::Home {
        model.go(Screen::Agreement);
    }
    if let Some(code) = opened.reflect_on {
        reflect_on_code(model, &code);
    }
    Vec::new()
}

/// Sets the library and index to search.
pub(super) fn searchable(model: &mut Model, library: Arc<Library>, index: Arc<Index>) {
    model.person.find.library = Some(library);
    model.shell.index = Some(index);
    search(model);
}

fn key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let contexts = model.contexts();
    let found = command_for(model, &contexts, chord);
    // A key whose effect cannot be seen does nothing, except for quitting and for hiding private lines.
    let hides = found == Some(Command::HidePrivate) && model.person.show_private;
    if model.is_too_small() && found != Some(Command::Quit) && !hides {
        return Vec::new();
    }
    model.person.notice = None;
    if held_back::drops_key(model, chord) {
        return Vec::new();
    }
    let Some(command) = found else {
        if let Some(c) = chord.printable()
            && locking::type_in(model, c.encode_utf8(&mut [0; 4]))
        {
            return Vec::new();
        }
        if let (Some(c), true) = (chord.printable(), contexts.iter().any(|context| context.is_text())) {
            let mut full = false;
            write(model, |buffer| {
                full = buffer.is_full();
                buffer.type_char(c);
            });
            if full {
                let words = format!(
                    "This text is full. It can hold {MOST_CHARACTERS} characters. Your last letter was not \
                        added."
                );
                model.say(Tone::Bad, words);
            }
        }
        return Vec::new();
    };
    chosen(model, command)
}

/// Returns the command of a key. A key that copies in a text where nothing is selected means what it means elsewhere:
/// ctrl-c leaves, as in every terminal.
fn command_for(model: &Model, contexts: &[Context], chord: Chord) -> Option<Command> {
    let keymap = &model.shell.settings.keymap;
    let found = keymap.resolve(contexts, chord)?;
    if found == Command::Copy && model.can(Command::Copy).is_err() {
        return keymap.resolve(&[Context::Global], chord).or(Some(found));
    }
    Some(found)
}

/// Runs the command that a key of this name has in the current place.
pub(super) fn pressed(model: &mut Model, name: &str) -> Vec<Effect> {
    let command = name.parse().ok().and_then(|chord| model.shell.settings.keymap.resolve(&model.contexts(), chord));
    command.map(|command| chosen(model, command)).unwrap_or_default()
}

/// Runs a command, or says why it is unavailable. Every command passes through here, however it was chosen.
pub(super) fn chosen(model: &mut Model, command: Command) -> Vec<Effect> {
    let act = match model.handle(command) {
        Ok(act) => act,
        Err(why) => {
            model.say(Tone::Plain, why);
            held_back::refused(model, command);
            return Vec::new();
        }
    };
    model.shell.last_command = Some(command);
    if held_back::drops(model, command) {
        return Vec::new();
    }
    act(model)
}

/// Replaces the snapshot, and keeps every mark on a row that exists.
pub(super) fn refresh(model: &mut Model, snapshot: Snapshot) {
    let marked = model.marked_action().map(|action| action.id.clone());
    if model.person.snapshot.person.id != snapshot.person.id {
        model.person.progress = super::ProgressScreen::default();
        model.person.journal = super::JournalScreen::default();
    }
    model.person.snapshot = snapshot;
    search_again(model);
    model.person.rules.outdated();
    let last = |rows: usize| rows.saturating_sub(1);
    let rows = model.plan_rows();
    let same = marked.and_then(|id| rows.iter().position(|action| action.id == id));
    let plan_last = last(rows.len());
    model.person.at[Screen::Plan].row = same.unwrap_or(model.person.at[Screen::Plan].row).min(plan_last);
    model.person.at[Screen::Advice].row =
        model.person.at[Screen::Advice].row.min(last(model.person.snapshot.advised.shown.len()));
    model.person.at[Screen::Home].row = model.person.at[Screen::Home].row.min(last(super::items(model).len()));
}

/// Replaces the snapshot and shows a notice, unless it is empty.
pub(super) fn refreshed(model: &mut Model, snapshot: Snapshot, word: String) {
    refresh(model, snapshot);
    if !word.is_empty() {
        model.say(Tone::Good, word);
    }
}

/// Sets today's date. If it has changed, the records are read again, because due days are counted from it.
fn new_day(model: &mut Model, day: crate::domain::Day) -> Vec<Effect> {
    if day == model.shell.today {
        return Vec::new();
    }
    model.shell.today = day;
    if model.shell.records == super::model::Records::Open { vec![Effect::Look(Query::Refresh)] } else { Vec::new() }
}

/// Opens a reflection by the code of its behaviour, as requested by `cairn reflect FL-5`.
fn reflect_on_code(model: &mut Model, code: &str) {
    let found = model.shell.library.as_ref().map(|library| library.find(code));
    match found {
        Some(Ok(ix)) => drop(super::reflect::reflect_on(model, ix)),
        Some(Err(error)) => model.say(Tone::Bad, format!("{error}.")),
        None => {}
    }
}

impl Model {
    /// Returns whether the window is smaller than [`FLOOR`](super::FLOOR).
    #[must_use]
    pub fn is_too_small(&self) -> bool {
        self.shell.size.0 < super::model::FLOOR.0 || self.shell.size.1 < super::model::FLOOR.1
    }

    /// Returns how long to wait for a key before [`Msg::Idle`], in milliseconds; `None` to wait without limit.
    #[must_use]
    pub fn idle_after(&self) -> Option<u64> {
        // Changes are saved at once, so a draft that is still due here was not saved, and is tried again.
        let mut waits = self.person.reflect.as_ref().is_some_and(|reflect| reflect.keeping.is_due());
        waits |= self.person.sitting.as_ref().is_some_and(|sitting| sitting.keeping.is_due());
        let draft = waits.then_some(super::reflect::DRAFT_AFTER_MS);
        let look = rule::is_watching(self).then_some(super::reread::LOOK_AFTER_MS);
        let again = super::reread::is_looking(self).then_some(super::reread::LOOK_AGAIN_MS);
        // The elapsed minutes of a session are displayed.
        let minute = (self.person.screen == Screen::Session && self.person.sitting.is_some()).then_some(60_000);
        let away = self.lock_in().map(|seconds| seconds.max(1) * 1000);
        draft.into_iter().chain(look).chain(again).chain(minute).chain(away).min()
    }

    /// Returns the commands that are available now with their keys, as hints for footer and help.
    #[must_use]
    pub fn hints(&self) -> Vec<crate::command::Hint> {
        let mut hints = self.shell.settings.keymap.hints(&self.contexts());
        hints.retain(|hint| self.can(hint.command).is_ok() && !held_back::holds(self, hint.command));
        hints
    }

    /// Checks whether a command is available now.
    ///
    /// # Errors
    /// Returns the reason why not: it belongs to another screen, or there is nothing for it to do.
    pub fn can(&self, command: Command) -> Result<(), &'static str> {
        self.handle(command).map(drop)
    }

    fn handle(&self, command: Command) -> Handled {
        if !command.works_in(&self.contexts()) {
            return Err("This does not work on this screen.");
        }
        everywhere::handle(self, command)
    }

    /// Returns whether the step in front offers points to choose from.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        let step = self.person.reflect.as_ref().map(Reflect::step);
        self.person.screen == Screen::Reflect && matches!(step, Some(Step::Rating | Step::Importance))
    }
}

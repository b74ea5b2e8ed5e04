//! Withdrawing something permanently: an entry of the journal or a part of it, an action, a view that was put away, or
//! everything that came from one file. Each withdrawal is confirmed first.

use super::answering::Reflect;
use super::effect::{Effect, RecordsJob};
use super::handler::{Handled, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::Picker;
use super::place::Screen;
use super::session_draft::SessionDraft;
use super::snapshot::Snapshot;
use super::writing::Copied;
use super::{drafts, locked};
use crate::domain::{Answer, By, Entry, EntryKind, FileTaken, Piece, Written, count, long_day, truncate};

/// Longest quotation in a row or a title, in characters.
const SHOWN: usize = 60;

/// Returns the handler of the command, or the reason why nothing can be withdrawn; `nothing` is the reason if there is
/// nothing.
pub(super) fn handle(model: &Model, nothing: &'static str) -> Handled {
    if model.person.withheld.is_some() {
        return Err(locked::WITHDRAWING);
    }
    when(can_be_withdrawn(model).is_some(), nothing, withdraw)
}

/// Asks what to withdraw.
fn withdraw(model: &mut Model) {
    let Some((what, pieces)) = can_be_withdrawn(model) else { return };
    let title =
        format!("Withdraw {what}? Cairn deletes the words from your records and from the backups next to them.");
    let mut rows = vec!["No, keep it as it is".to_owned()];
    rows.extend(pieces.iter().map(|(_, words)| words.clone()));
    let pieces: Vec<Piece> = pieces.into_iter().map(|(piece, _)| piece).collect();
    let then = move |model: &mut Model, row| withdrawn(model, &pieces, row);
    let picker = Picker { shows_words: true, ..Picker::new(&title, rows, 0, then) };
    model.person.layers.push(Layer::Picker(picker));
}

/// Returns what can be withdrawn on the current screen: a description of the whole, and its pieces with a label each.
fn can_be_withdrawn(model: &Model) -> Option<(String, Vec<(Piece, String)>)> {
    match model.person.screen {
        Screen::Compare => Some(("a set of ratings".to_owned(), views(model))).filter(|(_, views)| !views.is_empty()),
        Screen::Plan => {
            let action = model.marked_action()?;
            let pieces = vec![whole_action(&action.id)].into_iter().chain(file_of(model, &action.id)).collect();
            Some((format!("the action \u{201c}{}\u{201d}", truncate(&action.title, SHOWN)), pieces))
        }
        _ => {
            let entry = model.marked_entry()?;
            let what = format!("the {} of {}, {}", entry.kind.id(), long_day(entry.on), truncate(&entry.title, SHOWN));
            Some((what, pieces(model, entry)))
        }
    }
}

/// Returns the views that were put away, newest comparison first, whether or not they have been opened since.
fn views(model: &Model) -> Vec<(Piece, String)> {
    let rounds = model.person.snapshot.dossier.comparisons.iter().rev();
    let given = rounds.flat_map(|round| [By::Myself, By::Coach].map(|by| (round, by)));
    given
        // Leave out a view that has been withdrawn from an opened comparison.
        .filter(|(round, by)| {
            round.is_done(*by) && (round.opened_on.is_none() || round.answers.iter().any(|own| own.by == *by))
        })
        .map(|(round, by)| {
            let whose = if by == By::Myself { model.person.snapshot.person.name.as_str() } else { "the coach" };
            let words = format!("Withdraw the ratings by {whose}, from the round started on {}", long_day(round.on));
            (Piece::View(round.id.clone(), by), words)
        })
        .collect()
}

/// Returns what can be withdrawn with an entry: the entry, a part of it, or everything that came from the same file.
fn pieces(model: &Model, entry: &Entry) -> Vec<(Piece, String)> {
    // A file contains the id of a session, not the ids of its notes.
    let record = match &entry.place {
        Written::Answer(..) | Written::Advice => &entry.id,
        Written::Session(id) | Written::Action(id) => id,
    };
    own_pieces(model, entry).into_iter().chain(file_of(model, record)).collect()
}

/// Returns the file that a record came from; `None` if it was written here.
fn file_of(model: &Model, record: &String) -> Option<(Piece, String)> {
    let is_of = |file: &&FileTaken| file.records.contains(record) || file.newer.contains(record);
    let file = model.person.snapshot.dossier.files.iter().find(is_of)?;
    let day = file.at.get(..10).unwrap_or(&file.at);
    let day = day.parse().map_or_else(|_| day.to_owned(), long_day);
    let all = count(file.records.len(), "record", "records");
    Some((Piece::TakenIn(file.id.clone()), format!("Withdraw everything that came in the same file on {day}: {all}")))
}

fn whole_action(id: &str) -> (Piece, String) {
    (Piece::Action(id.to_owned()), "Withdraw the action and everything noted on it".to_owned())
}

/// Returns the pieces of an entry that can be withdrawn.
fn own_pieces(model: &Model, entry: &Entry) -> Vec<(Piece, String)> {
    let id = entry.id.clone();
    match entry.kind {
        EntryKind::Note => {
            let words = entry.texts.first().map_or("", |quote| quote.text.as_str());
            let words = truncate(&words.replace('\n', " "), SHOWN);
            vec![(Piece::Note(id), format!("Withdraw the note: {words}"))]
        }
        EntryKind::Action => vec![whole_action(&id)],
        EntryKind::Reason => vec![(Piece::Reason(id), "Withdraw the reason. The activity stays declined".to_owned())],
        EntryKind::Answer => {
            let mut found = vec![(Piece::Answer(id.clone()), "Withdraw the whole answer".to_owned())];
            let all = || model.person.snapshot.dossier.answers.iter();
            let older = || model.person.snapshot.dossier.older_answers.iter().map(|(answer, _)| answer);
            let Some(answer) = all().chain(older()).find(|answer| answer.id == id) else { return found };
            for (at, written) in (1..).zip(&answer.reflections) {
                let words = format!("Withdraw only: {}", truncate(&written.text.replace('\n', " "), SHOWN));
                found.push((Piece::Reflection(id.clone(), at), words));
            }
            if !answer.evidence.trim().is_empty() {
                let example = truncate(&answer.evidence.replace('\n', " "), SHOWN);
                found.push((Piece::Example(id), format!("Withdraw only the example: {example}")));
            }
            found
        }
    }
}

/// Handles the choice of what to withdraw; the first row keeps everything.
fn withdrawn(model: &mut Model, pieces: &[Piece], row: usize) -> Vec<Effect> {
    // Text copied from it must not be pasted again either.
    model.person.copied = Copied::default();
    let Some(piece) = row.checked_sub(1).and_then(|at| pieces.get(at)) else { return Vec::new() };
    // Open drafts would bring the withdrawn words back, so they are saved first and read again afterwards.
    let mut effects = drafts::keep_all(model);
    model.person.withheld = Some(Box::new(Withheld {
        sitting: model.person.sitting.take(),
        reflect: model.person.reflect.take(),
        unkept: false,
    }));
    effects.push(Effect::Records(RecordsJob::Withdraw(piece.clone())));
    effects
}

/// Texts being written while something is withdrawn.
#[derive(Debug, Clone)]
pub struct Withheld {
    sitting: Option<SessionDraft>,
    reflect: Option<Reflect>,
    /// Whether one of them could not be saved, so that its stored draft is incomplete.
    pub(super) unkept: bool,
}

/// Handles a successful withdrawal: the texts being written continue from what is left of their drafts.
pub(super) fn done(model: &mut Model, snapshot: Snapshot, word: String) {
    super::update::refreshed(model, snapshot, word);
    // An incomplete draft must not replace what was typed.
    if model.person.withheld.as_ref().is_some_and(|withheld| withheld.unkept) {
        return not_done(model, None);
    }
    let Some(withheld) = model.person.withheld.take() else { return };
    let Withheld { sitting, reflect, .. } = *withheld;
    super::people::take_up(model);
    if let (Some(now), Some(before)) = (&mut model.person.sitting, sitting) {
        // The clock kept running, so the elapsed time is taken from the session and not from the draft.
        (now.since, now.spent) = (before.since, before.spent);
    }
    if let (Some(library), Some(before)) = (model.shell.library.clone(), reflect) {
        let behaviour = library.behaviour(before.behaviour);
        let of = |draft: &&Answer| draft.framework == behaviour.framework && draft.behaviour == behaviour.code;
        let level = model.level_for(before.behaviour);
        let draft = model.person.snapshot.drafts.iter().find(of);
        let mut now = Reflect::begin(&library, before.behaviour, level.as_deref(), draft);
        // The earlier answer that was shown, if it still exists.
        let id = before.before.map(|answer| answer.id);
        let earlier = model.person.snapshot.dossier.answers.iter().find(|answer| Some(&answer.id) == id.as_ref());
        if let Some(answer) = earlier {
            now.recall(answer.clone(), &library);
        }
        now.go(before.at, &library);
        model.person.reflect = Some(now);
    }
}

/// Handles a failed withdrawal: all texts being written are restored.
pub(super) fn not_done(model: &mut Model, why: Option<String>) {
    if let Some(why) = why {
        model.say(Tone::Bad, why);
    }
    if let Some(withheld) = model.person.withheld.take() {
        (model.person.sitting, model.person.reflect) = (withheld.sitting, withheld.reflect);
        // A save that was pending is no longer waited for, so the texts are saved again.
        if let Some(sitting) = &mut model.person.sitting {
            sitting.keeping.again();
        }
        if let Some(reflect) = &mut model.person.reflect {
            reflect.keeping.again();
        }
    }
}

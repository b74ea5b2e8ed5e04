//! Taking something back for good: an entry of the journal or a part of it, an action, a view that was put away, or all that
//! came in one file. Each is asked about first.

use super::answering::Reflect;
use super::effect::{Effect, RecordsJob};
use super::handler::{Handled, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::Picker;
use super::place::Screen;
use super::session_draft::SessionDraft;
use super::snapshot::Snapshot;
use super::{drafts, locked};
use crate::domain::{Answer, By, Entry, EntryKind, FileTaken, Piece, Written, count, long_day, truncate};

/// Longest question that a row or a line shows.
const SHOWN: usize = 60;

/// What the command does now, or why nothing can be taken back.
pub(super) fn handle(model: &Model, nothing: &'static str) -> Handled {
    if model.person.withheld.is_some() {
        return Err(locked::WITHDRAWING);
    }
    when(can_be_withdrawn(model).is_some(), nothing, withdraw)
}

/// Asks what is to be taken back.
fn withdraw(model: &mut Model) {
    let Some((what, pieces)) = can_be_withdrawn(model) else { return };
    let title = format!("Withdraw {what}? The words are then kept nowhere.");
    let mut rows = vec!["Keep it as it is".to_owned()];
    rows.extend(pieces.iter().map(|(_, words)| words.clone()));
    let pieces: Vec<Piece> = pieces.into_iter().map(|(piece, _)| piece).collect();
    let then = move |model: &mut Model, row| withdrawn(model, &pieces, row);
    let picker = Picker { shows_words: true, ..Picker::new(&title, rows, 0, then) };
    model.person.layers.push(Layer::Picker(picker));
}

/// What the screen in front can take back, and what its parts are.
fn can_be_withdrawn(model: &Model) -> Option<(String, Vec<(Piece, String)>)> {
    match model.person.screen {
        Screen::Compare => Some(("a view".to_owned(), views(model))).filter(|(_, views)| !views.is_empty()),
        Screen::Plan => {
            let action = model.marked_action()?;
            let pieces = vec![whole_action(&action.id)].into_iter().chain(file_of(model, &action.id)).collect();
            Some((format!("\u{ab}{}\u{bb}", truncate(&action.title, SHOWN)), pieces))
        }
        _ => {
            let entry = model.marked_entry()?;
            let what = format!("the {} of {}, {}", entry.kind.id(), long_day(entry.on), truncate(&entry.title, SHOWN));
            Some((what, pieces(model, entry)))
        }
    }
}

/// The views that were put away, newest round first; whether they were opened since makes no difference.
fn views(model: &Model) -> Vec<(Piece, String)> {
    let rounds = model.person.snapshot.dossier.comparisons.iter().rev();
    let given = rounds.flat_map(|round| [By::Myself, By::Coach].map(|by| (round, by)));
    given
        // One that was taken out of an opened round is not there any more.
        .filter(|(round, by)| {
            round.is_done(*by) && (round.opened_on.is_none() || round.answers.iter().any(|own| own.by == *by))
        })
        .map(|(round, by)| {
            let whose = if by == By::Myself { model.person.snapshot.person.name.as_str() } else { "the coach" };
            let words = format!("Withdraw the view by {whose}, of the round begun on {}", long_day(round.on));
            (Piece::View(round.id.clone(), by), words)
        })
        .collect()
}

/// What can be taken back with an entry: it, a part of it, or all that came in the same file.
fn pieces(model: &Model, entry: &Entry) -> Vec<(Piece, String)> {
    // The id of a note is not that of the session that came in the file.
    let record = match &entry.place {
        Written::Answer(..) | Written::Advice => &entry.id,
        Written::Session(id) | Written::Action(id) => id,
    };
    own_pieces(model, entry).into_iter().chain(file_of(model, record)).collect()
}

/// The file that a record came in, if it came in one.
fn file_of(model: &Model, record: &String) -> Option<(Piece, String)> {
    let is_of = |file: &&FileTaken| file.records.contains(record) || file.newer.contains(record);
    let file = model.person.snapshot.dossier.files.iter().find(is_of)?;
    let day = file.at.get(..10).unwrap_or(&file.at);
    let day = day.parse().map_or_else(|_| day.to_owned(), long_day);
    let all = count(file.records.len(), "record", "records");
    Some((Piece::TakenIn(file.id.clone()), format!("Withdraw all that came in its file on {day}: {all}")))
}

fn whole_action(id: &str) -> (Piece, String) {
    (Piece::Action(id.to_owned()), "Withdraw the action with all that was noted on it".to_owned())
}

/// What of an entry can be taken back.
fn own_pieces(model: &Model, entry: &Entry) -> Vec<(Piece, String)> {
    let id = entry.id.clone();
    match entry.kind {
        EntryKind::Note => {
            let words = entry.texts.first().map_or("", |quote| quote.text.as_str());
            let words = truncate(&words.replace('\n', " "), SHOWN);
            vec![(Piece::Note(id), format!("Withdraw the note: {words}"))]
        }
        EntryKind::Action => vec![whole_action(&id)],
        EntryKind::Reason => vec![(Piece::Reason(id), "Withdraw the reason; the activity stays set aside".to_owned())],
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

/// The choice of a withdrawal; the first row keeps it.
fn withdrawn(model: &mut Model, pieces: &[Piece], row: usize) -> Vec<Effect> {
    // What was copied from it is not to come back either.
    model.person.copied.clear();
    let Some(piece) = row.checked_sub(1).and_then(|at| pieces.get(at)) else { return Vec::new() };
    // The records lose the words, and what is written here would bring them back: it is kept first and read again.
    let mut effects = drafts::keep_all(model);
    model.person.withheld = Some(Box::new(Withheld {
        sitting: model.person.sitting.take(),
        reflect: model.person.reflect.take(),
        unkept: false,
    }));
    effects.push(Effect::Records(RecordsJob::Withdraw(piece.clone())));
    effects
}

/// What is being written while something is withdrawn.
#[derive(Debug, Clone)]
pub struct Withheld {
    sitting: Option<SessionDraft>,
    reflect: Option<Reflect>,
    /// It did not reach the disk, so that its draft there lacks words.
    pub(super) unkept: bool,
}

/// It is withdrawn: what was being written goes on from what is left of its draft.
pub(super) fn done(model: &mut Model, snapshot: Snapshot, word: String) {
    super::update::refreshed(model, snapshot, word);
    // A draft that lacks words does not take the place of what was typed.
    if model.person.withheld.as_ref().is_some_and(|withheld| withheld.unkept) {
        return not_done(model, None);
    }
    let Some(withheld) = model.person.withheld.take() else { return };
    let Withheld { sitting, reflect, .. } = *withheld;
    super::people::take_up(model);
    if let (Some(now), Some(before)) = (&mut model.person.sitting, sitting) {
        // Its clock went on, and so does the time that was not kept yet.
        (now.since, now.spent) = (before.since, before.spent);
    }
    if let (Some(library), Some(before)) = (model.shell.library.clone(), reflect) {
        let behaviour = library.behaviour(before.behaviour);
        let of = |draft: &&Answer| draft.framework == behaviour.framework && draft.behaviour == behaviour.code;
        let level = model.level_for(before.behaviour);
        let draft = model.person.snapshot.drafts.iter().find(of);
        let mut now = Reflect::begin(&library, before.behaviour, level.as_deref(), draft);
        // The answer that it began from, as far as that is there still.
        let id = before.before.map(|answer| answer.id);
        let earlier = model.person.snapshot.dossier.answers.iter().find(|answer| Some(&answer.id) == id.as_ref());
        if let Some(answer) = earlier {
            now.recall(answer.clone(), &library);
        }
        now.go(before.at, &library);
        model.person.reflect = Some(now);
    }
}

/// It is not: everything that was being written is there again.
pub(super) fn not_done(model: &mut Model, why: Option<String>) {
    if let Some(why) = why {
        model.say(Tone::Bad, why);
    }
    if let Some(withheld) = model.person.withheld.take() {
        (model.person.sitting, model.person.reflect) = (withheld.sitting, withheld.reflect);
        // Nobody waits for what was on its way any more: it is kept again.
        if let Some(sitting) = &mut model.person.sitting {
            sitting.keeping.again();
        }
        if let Some(reflect) = &mut model.person.reflect {
            reflect.keeping.again();
        }
    }
}

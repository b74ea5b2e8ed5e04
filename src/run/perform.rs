//! Performs the effects of the screens on the desk. Tests of the screens call it without a thread.

use std::sync::Arc;

use super::doubts::{correct, doubt_of, doubt_private, note_or_doubt, or_doubt, planned_or_doubt, reason_or_doubt};
use super::handing::{hand_over, suggest_path};
use super::vault;
use crate::app::{
    Changed, Decision, DraftJob, DraftReply, Effect, LookReply, Msg, Opened, PeopleJob, Planned, Query, RecordsJob,
    RecordsReply, Snapshot, TerminalJob, TerminalReply, Tone,
};
use crate::command::key;
use crate::desk::{Desk, DeskError, Reread};
use crate::domain::{
    ActionStatus, Answer, By, Day, Engagement, Person, Piece, Profile, Session, Slot, Verdict, capital, short_day,
};
use crate::report::identifying_words;
use crate::store::{Change, NewAction, NewSession, NewVerdict};

/// Message after a safety notice was put aside.
const PUT_ASIDE: &str =
    concat!("Hidden. To see it again, press ", key!("safety"), ". It also comes back if you write similar words.");

/// Collects everything that the screens read from an open desk.
///
/// # Errors
/// Returns an error if the records cannot be read.
pub fn opened(desk: &mut Desk, reflect_on: Option<String>) -> Result<Opened, DeskError> {
    let shut = desk.shut();
    let snapshot = match &shut {
        None => snapshot(desk)?,
        // Everything that needs no records works without them.
        Some(_) => Snapshot::of_nobody(Profile::new(
            &desk.loaded_packs.library,
            Person::default(),
            desk.today(),
            vec![],
            &[],
            &[],
        )),
    };
    Ok(Opened {
        library: Arc::clone(&desk.loaded_packs.library),
        index: desk.index(),
        snapshot,
        banner: desk.loaded_packs.banner(),
        reflect_on,
        shut,
        said: String::new(),
    })
}

/// Reads the current person's records. What needs attention for clients is collected only while no client is selected,
/// because a client may see the screen.
pub(super) fn snapshot(desk: &mut Desk) -> Result<Snapshot, DeskError> {
    let (waiting, due_for_review) = match desk.client() {
        None => (desk.waiting()?, desk.reviews()?.iter().filter(|review| review.is_due()).count()),
        Some(_) => (Vec::new(), 0),
    };
    let profile = Arc::clone(desk.profile()?);
    let dossier = desk.dossier()?;
    let (safety, put_aside) = desk.notices_and_put_aside(&dossier)?;
    let remembered = desk.remembered(&dossier);
    Ok(Snapshot {
        person: desk.person()?,
        put_aside,
        advised: desk.loaded_packs.advise_beside(safety, None, &profile),
        profile,
        actions: dossier.actions.clone(),
        drafts: desk.drafts()?,
        dossier: Arc::new(dossier),
        clients: desk.clients()?,
        waiting,
        due_for_review,
        kept: desk.kept_texts()?,
        safety: desk.safety(),
        remembered,
    })
}

/// Performs an effect for the client with this id, or for the user. It is refused if another person is selected, so
/// that delays never put one person's text into another's records.
pub(super) fn perform_for(desk: &mut Desk, client: Option<&str>, effect: Effect) -> Msg {
    if desk.client().as_deref() == client || is_nobodys(&effect) {
        return perform(desk, effect);
    }
    let why = "This was for another person, so Cairn did not save it.".to_owned();
    match effect {
        Effect::Records(RecordsJob::SaveAnswer(_)) => Msg::Records(RecordsReply::NotSaved(why)),
        Effect::Records(RecordsJob::Withdraw(_)) => Msg::Records(RecordsReply::NotWithdrawn(why)),
        Effect::Draft(DraftJob::KeepText(slot, _)) => Msg::Draft(DraftReply::TextNotKept(slot, why)),
        Effect::Draft(DraftJob::KeepAnswer(_)) => Msg::Draft(DraftReply::AnswerNotKept(why)),
        Effect::Look(Query::ChangedElsewhere(_)) => Msg::Unchanged,
        _ => Msg::Failed(why),
    }
}

/// Returns whether an effect concerns no person in particular.
fn is_nobodys(effect: &Effect) -> bool {
    match effect {
        Effect::Vault(_) | Effect::Setting(..) | Effect::Terminal(_) => true,
        Effect::Look(query) => {
            matches!(query, Query::Rulebook | Query::Rule(_) | Query::LookBack(_) | Query::Reread { .. })
        }
        Effect::Records(_) | Effect::Draft(_) | Effect::People(_) | Effect::Report(..) => false,
    }
}

/// Performs an effect and returns the reply. Tests of the screens call this without a thread.
#[must_use]
pub fn perform(desk: &mut Desk, effect: Effect) -> Msg {
    match effect {
        Effect::Records(job) => records(desk, job),
        Effect::Draft(job) => draft(desk, job),
        Effect::People(job) => people(desk, job),
        Effect::Vault(job) => vault::perform(desk, job),
        Effect::Look(query) => look(desk, query).unwrap_or_else(|error| Msg::Failed(said(&error))),
        Effect::Setting(file, key, value) => super::setting::save(desk, &file, key, &value),
        Effect::Report(party, form, path) => hand_over(desk, party, form, &path),
        // The event loop performs the rest of these if there is a terminal.
        Effect::Terminal(TerminalJob::CopyPage) => Msg::Terminal(TerminalReply::PageDrawn),
        Effect::Terminal(TerminalJob::Copy(_) | TerminalJob::EditOutside(_) | TerminalJob::Suspend) => Msg::Unchanged,
    }
}

fn draft(desk: &mut Desk, job: DraftJob) -> Msg {
    let not_kept = |error: &DeskError| format!("Your draft was not saved. {}", said(error));
    match job {
        DraftJob::KeepAnswer(answer) => Msg::Draft(match desk.keep_draft(&answer) {
            Ok(at) => DraftReply::AnswerKept(at),
            Err(error) => DraftReply::AnswerNotKept(not_kept(&error)),
        }),
        DraftJob::KeepText(slot, body) => Msg::Draft(match desk.keep_text(&slot, &body) {
            Ok(at) => DraftReply::TextKept(slot, at),
            Err(error) => DraftReply::TextNotKept(slot, not_kept(&error)),
        }),
        DraftJob::DropAnswer(framework, code) => match desk.drop_draft(&framework, &code) {
            Ok(()) => Msg::Draft(DraftReply::AnswerKept(String::new())),
            Err(error) => Msg::Failed(said(&error)),
        },
        DraftJob::DropText(slot) => match desk.drop_text(&slot) {
            Ok(()) => Msg::Draft(DraftReply::TextDropped(slot)),
            Err(error) => Msg::Failed(said(&error)),
        },
    }
}

fn people(desk: &mut Desk, job: PeopleJob) -> Msg {
    let turned = |snapshot| Msg::Records(RecordsReply::Turned(snapshot));
    match job {
        PeopleJob::TurnTo(client) => told(desk, |desk| desk.turn_to(client.as_deref()).map(drop), turned),
        PeopleJob::AddClient(name) => {
            let add = |desk: &mut Desk| {
                let client = desk.add_client(&name)?;
                desk.turn_to(Some(&client.id)).map(drop)
            };
            told(desk, add, turned)
        }
    }
}

fn look(desk: &mut Desk, query: Query) -> Result<Msg, DeskError> {
    Ok(match query {
        Query::Refresh => new_day(desk)?,
        Query::Rulebook => Msg::Look(LookReply::Rulebook(Box::new(desk.rulebook()?))),
        Query::Rule(id) => Msg::Look(LookReply::Rule(desk.judged(&id)?.map(Box::new))),
        Query::LookBack(look) => look.done(),
        Query::Releasable => Msg::Look(LookReply::Releasable(desk.releasable()?)),
        Query::SuggestPath(party, form) => suggest_path(desk, party, form),
        Query::DoubtPrivate => doubt_private(desk),
        Query::Reread { asked } => reread(desk, asked)?,
        // A failed check is not reported to a user who is only reading.
        Query::ChangedElsewhere(look) => look_again(desk, &look).unwrap_or(Msg::Unchanged),
    })
}

/// Reads the records again if another program has changed them.
fn look_again(desk: &mut Desk, look: &str) -> Result<Msg, DeskError> {
    let before = desk.client();
    if !desk.is_changed_elsewhere(look)? {
        return Ok(Msg::Unchanged);
    }
    let fresh = Box::new(snapshot(desk)?);
    Ok(if before == desk.client() {
        Msg::Records(RecordsReply::ChangedElsewhere(fresh))
    } else {
        Msg::Records(RecordsReply::Turned(fresh))
    })
}

/// Withdraws a piece permanently.
fn withdraw(desk: &mut Desk, piece: &Piece) -> Msg {
    match desk.withdraw(piece).and_then(|done| Ok((snapshot(desk)?, done.words()))) {
        Ok((snapshot, words)) => Msg::Records(RecordsReply::Withdrawn(Box::new(snapshot), words)),
        Err(error) => Msg::Records(RecordsReply::NotWithdrawn(format!("That did not work. {}", said(&error)))),
    }
}

/// Recomputes everything that depends on the day.
fn new_day(desk: &mut Desk) -> Result<Msg, DeskError> {
    desk.new_day();
    Ok(Msg::Records(RecordsReply::Refreshed(Box::new(snapshot(desk)?), String::new())))
}

/// Performs work and replies with the updated records.
fn told(desk: &mut Desk, work: impl FnOnce(&mut Desk) -> Result<(), DeskError>, msg: fn(Box<Snapshot>) -> Msg) -> Msg {
    match work(desk).and_then(|()| snapshot(desk)) {
        Ok(snapshot) => msg(Box::new(snapshot)),
        Err(error) => Msg::Failed(format!("That did not work. {}", said(&error))),
    }
}

/// Seals a view of a comparison.
fn put_away(desk: &mut Desk, id: &str, by: By, answers: &[Answer]) -> Msg {
    let doubted = identifying_words(answers.iter().flat_map(Answer::words)).is_some();
    match desk.seal_view(id, by, answers).and_then(|_| snapshot(desk)) {
        Ok(snapshot) => Msg::Records(RecordsReply::Compared(Box::new(snapshot), doubted)),
        Err(error) => {
            let why = format!("Your ratings were NOT submitted. They are still here. {}", said(&error));
            Msg::Records(RecordsReply::NotFinished(Slot::View(by), why))
        }
    }
}

/// Ends a session, unless its notes seem to identify somebody and the question about this has not been shown.
fn end_session(desk: &mut Desk, session: Session, read: &str, private: bool) -> Result<Msg, DeskError> {
    let doubt = doubt_of(&session, private);
    if !doubt.is_empty() && doubt != read {
        return Ok(Msg::Records(RecordsReply::SessionDoubted(doubt)));
    }
    desk.end_session(&NewSession {
        on: session.on,
        minutes: session.minutes,
        model: session.model,
        paid: session.paid,
        notes: session.notes,
        behaviours: session.behaviours,
        actions: session.actions,
    })?;
    Ok(Msg::Records(RecordsReply::SessionEnded(Box::new(snapshot(desk)?))))
}

/// Returns an error as a sentence with its next step.
pub(super) fn said(error: &DeskError) -> String {
    format!("{}. {}", capital(&error.to_string()), error.hint())
}

/// Checks the folders of packs for changes.
fn reread(desk: &mut Desk, asked: bool) -> Result<Msg, DeskError> {
    let (tone, words) = match desk.reread(asked) {
        Reread::Same if asked => {
            return Ok(Msg::Told("Nothing has changed since the packs were last read.".to_owned()));
        }
        Reread::Same => return Ok(Msg::Unchanged),
        Reread::Taken(words) => (Tone::Good, words),
        Reread::Wrong(words) => (Tone::Bad, words),
    };
    Ok(Msg::Look(LookReply::Reread(Box::new(opened(desk, None)?), tone, words)))
}

fn save(desk: &mut Desk, answer: &Answer) -> Result<(Snapshot, String), DeskError> {
    desk.save_answers(std::slice::from_ref(answer))?;
    // The answer is saved; a missing line in the log is no reason to fail.
    let _ = desk.note_decision();
    let snapshot = snapshot(desk)?;
    let words = snapshot.advised.after_saving(&answer.behaviour);
    Ok((snapshot, or_doubt(words, "Saved.", answer.words())))
}

fn records(desk: &mut Desk, job: RecordsJob) -> Msg {
    let compared = |now| Msg::Records(RecordsReply::Compared(now, false));
    let words = match job {
        RecordsJob::SaveAnswer(answer) => {
            return Msg::Records(match save(desk, &answer) {
                Ok((snapshot, words)) => RecordsReply::Saved(Box::new(snapshot), words),
                Err(error) => RecordsReply::NotSaved(format!("NOT saved. Your words are still here. {}", said(&error))),
            });
        }
        RecordsJob::EndSession(session, read, private) => {
            return end_session(desk, *session, &read, private).unwrap_or_else(|error| {
                let why = format!("NOT saved. Your session is still here. {}", said(&error));
                Msg::Records(RecordsReply::NotFinished(Slot::Session, why))
            });
        }
        RecordsJob::Withdraw(piece) => return withdraw(desk, &piece),
        RecordsJob::SealView(id, by, answers) => return put_away(desk, &id, by, &answers),
        RecordsJob::BeginComparison => return told(desk, |desk| desk.begin_comparison().map(drop), compared),
        RecordsJob::OpenComparison(id) => {
            return told(desk, |desk| desk.open_comparison(&id).map(drop), compared);
        }
        RecordsJob::PutAside(concerns) => {
            let mut all = concerns.iter();
            all.try_for_each(|concern| desk.put_notice_aside(concern)).map(|()| PUT_ASIDE.to_owned())
        }
        RecordsJob::Decide(decision) => decide(desk, &decision),
        RecordsJob::AddAction(planned) => add_action(desk, *planned),
        RecordsJob::ChangeAction(changed) => change_action(desk, *changed),
        RecordsJob::SetPerson(level, organisation) => {
            desk.set_person(level.as_deref(), organisation).map(|()| String::new())
        }
        RecordsJob::SetCard(name, email, hours_log) => {
            desk.set_card(&name, &email, hours_log).map(|_| "Saved.".to_owned())
        }
        RecordsJob::KeepEngagement(terms) => keep_engagement(desk, &terms),
        RecordsJob::Correct(piece, with) => correct(desk, &piece, &with),
        RecordsJob::QuickNote(text, on) => desk
            .add_quick_note(&text, on)
            .map(|_| or_doubt("Saved in your journal.".to_owned(), "Saved.", [text.as_str()])),
        RecordsJob::AddNote(session, text, seen) => desk
            .add_note(&session, &text, seen)
            .map(|()| note_or_doubt("Your note was added.".to_owned(), "Added.", &text, seen)),
        RecordsJob::KeepFocus(focus) => desk.keep_focus(&focus).map(|_| String::new()),
        RecordsJob::Release(ticks) => desk.tick(&ticks).map(|()| String::new()),
    };
    match words.and_then(|words| Ok((snapshot(desk)?, words))) {
        Ok((snapshot, words)) => Msg::Records(RecordsReply::Refreshed(Box::new(snapshot), words)),
        Err(error) => Msg::Failed(format!("That did not work. {}", said(&error))),
    }
}

fn add_action(desk: &mut Desk, planned: Planned) -> Result<String, DeskError> {
    let today = desk.today();
    let words = planned_or_doubt(in_plan(&planned, today), planned.words());
    desk.add_action(&own_action(planned, today))?;
    Ok(words)
}

fn change_action(desk: &mut Desk, changed: Changed) -> Result<String, DeskError> {
    let today = desk.today();
    let Changed { id, planned, status, learned, came_out } = changed;
    let words = match status {
        ActionStatus::Open => planned_or_doubt("Your plan has changed.".to_owned(), planned.words()),
        ActionStatus::Done => {
            or_doubt("Done. Look back at this in a few weeks.".to_owned(), "Done.", [learned.as_str()])
        }
        ActionStatus::Dropped => {
            concat!("Stopped. It stays in your list. To reopen it, press ", key!("reopen"), ".").to_owned()
        }
    };
    let Planned { title, first_step, due, intent } = planned;
    desk.change_action(&id, &Change { title, first_step, status, learned, due, intent, came_out, on: today })?;
    Ok(words)
}

fn keep_engagement(desk: &mut Desk, terms: &Engagement) -> Result<String, DeskError> {
    let kept = desk.keep_engagement(terms)?;
    let words = match (kept.agreed_on, kept.ended_on) {
        (_, Some(_)) => "The agreement ended today. The records stay here until you erase them.",
        (Some(_), None) => "You have both agreed. You see this agreement whenever you open these records.",
        (None, None) => concat!("Saved. Agree to it together. To record that you agree, press ", key!("agree"), "."),
    };
    Ok(words.to_owned())
}

fn own_action(planned: Planned, today: Day) -> NewAction {
    NewAction {
        decided_on: today,
        activity: None,
        rules: Vec::new(),
        because: String::new(),
        behaviours: Vec::new(),
        title: planned.title,
        first_step: planned.first_step,
        due: planned.due,
        intent: planned.intent,
    }
}

fn in_plan(planned: &Planned, today: Day) -> String {
    planned.due.map_or_else(
        || "Added to your plan, without a date.".to_owned(),
        |due| format!("Added to your plan. First step by {}.", short_day(due, today)),
    )
}

fn decide(desk: &mut Desk, decision: &Decision) -> Result<String, DeskError> {
    let today = desk.today();
    let verdict = NewVerdict {
        activity: decision.activity.clone(),
        verdict: decision.verdict,
        reason: decision.reason.clone(),
        rules: decision.rules.clone(),
        because: decision.because.clone(),
        on: today,
    };
    let action = decision.planned.clone().map(|planned| NewAction {
        activity: Some(decision.activity.clone()),
        rules: decision.rules.clone(),
        because: decision.because.clone(),
        behaviours: decision.behaviours.clone(),
        ..own_action(planned, today)
    });
    desk.decide(&verdict, action.as_ref())?;
    Ok(match (decision.verdict, &decision.planned) {
        (Verdict::Declined, _) | (_, None) => {
            reason_or_doubt("Declined. Cairn may suggest it again later.", &decision.reason)
        }
        (_, Some(planned)) => planned_or_doubt(in_plan(planned, today), planned.words()),
    })
}

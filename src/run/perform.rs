//! Does what the screens ask for, over the desk. The tests of the screens call it without a thread.

use std::sync::Arc;

use super::doubts::{correct, doubt_of, doubt_private, note_or_doubt, or_doubt, planned_or_doubt, reason_or_doubt};
use super::handing::{hand_over, suggest_path};
use super::vault;
use crate::app::{Changed, Decision, Effect, Msg, Opened, Planned, Snapshot, Tone};
use crate::command::key;
use crate::desk::{Desk, DeskError, Reread, SESSION_SLOT};
use crate::domain::{ActionStatus, Answer, By, Day, Person, Piece, Profile, Session, Verdict, count, short_day};
use crate::report::identifying_words;
use crate::store::{Change, NewAction, NewSession, NewVerdict};

/// Said when what was noticed was put aside.
const PUT_ASIDE: &str =
    concat!("Put aside. ", key!("safety"), " shows it again; it comes back if such words are written again.");

/// Everything that the screens read, from an open desk.
///
/// # Errors
/// When the records cannot be read.
pub fn opened(desk: &mut Desk, reflect_on: Option<String>) -> Result<Opened, DeskError> {
    let shut = desk.shut();
    let snapshot = match &shut {
        None => snapshot(desk)?,
        // What needs no records goes on without them.
        Some(_) => {
            Snapshot::of_nobody(Profile::new(&desk.shelf.library, Person::default(), desk.today(), vec![], &[], &[]))
        }
    };
    Ok(Opened {
        library: Arc::clone(&desk.shelf.library),
        index: desk.index(),
        snapshot,
        banner: desk.shelf.banner(),
        reflect_on,
        shut,
        said: String::new(),
    })
}

/// The records of the person that are open now. What waits for clients is looked up only while none of them can read it.
pub(super) fn snapshot(desk: &mut Desk) -> Result<Snapshot, DeskError> {
    let (waiting, due_for_review) = match desk.client() {
        None => (desk.waiting()?, desk.reviews()?.iter().filter(|review| review.is_due()).count()),
        Some(_) => (Vec::new(), 0),
    };
    let profile = Arc::clone(desk.profile()?);
    let dossier = desk.dossier()?;
    let (safety, put_aside) = desk.notices_and_put_aside(&dossier)?;
    Ok(Snapshot {
        person: desk.person()?,
        put_aside,
        advised: desk.shelf.advise_beside(safety, None, &profile),
        profile,
        actions: dossier.actions.clone(),
        drafts: desk.drafts()?,
        dossier: Arc::new(dossier),
        clients: desk.clients()?,
        waiting,
        due_for_review,
        kept: desk.kept_texts()?,
        safety: desk.safety(),
    })
}

/// Does one effect for the client with this id, or for oneself. If the records of somebody else are open it is refused:
/// a slow disk must not put one person's words into another's records.
pub(super) fn perform_for(desk: &mut Desk, client: Option<&str>, effect: Effect) -> Msg {
    if desk.client().as_deref() == client
        || vault::is_of_vault(&effect)
        || matches!(
            effect,
            Effect::Copy(_)
                | Effect::CopyPage
                | Effect::Consult
                | Effect::LookBack(_)
                | Effect::Judge(_)
                | Effect::Reread { .. }
        )
    {
        return perform(desk, effect);
    }
    let why = "This was for another person, and nothing was written.".to_owned();
    match effect {
        Effect::SaveAnswer(_) => Msg::NotSaved(why),
        Effect::KeepText(slot, _) => Msg::TextNotKept(slot, why),
        Effect::KeepDraft(_) => Msg::DraftNotKept(why),
        Effect::Withdraw(_) => Msg::NotWithdrawn(why),
        Effect::LookAgain(_) => Msg::Unchanged,
        _ => Msg::Failed(why),
    }
}

/// Does one effect and says what came of it. The tests of the screens call this without a thread.
#[must_use]
pub fn perform(desk: &mut Desk, effect: Effect) -> Msg {
    if vault::is_of_vault(&effect) {
        return vault::perform(desk, effect);
    }
    match effect {
        Effect::SaveAnswer(answer) => match save(desk, &answer) {
            Ok((snapshot, words)) => Msg::Saved(Box::new(snapshot), words),
            Err(error) => Msg::NotSaved(format!("NOT saved, your words are still here. {}", said(&error))),
        },
        Effect::KeepDraft(answer) => match desk.keep_draft(&answer) {
            Ok(at) => Msg::DraftKept(at),
            Err(error) => Msg::DraftNotKept(format!("The draft was not kept. {}", said(&error))),
        },
        Effect::DropDraft(framework, code) => match desk.drop_draft(&framework, &code) {
            Ok(()) => Msg::DraftKept(String::new()),
            Err(error) => Msg::Failed(said(&error)),
        },
        // The screen's own thread does these where there is a terminal.
        Effect::Copy(_) | Effect::EditOutside(_) | Effect::Suspend => Msg::Unchanged,
        Effect::PutAside(concerns) => {
            let aside = |desk: &mut Desk| concerns.iter().try_for_each(|concern| desk.put_notice_aside(concern));
            told(desk, aside, |snapshot| Msg::Refreshed(snapshot, PUT_ASIDE.to_owned()))
        }
        Effect::CopyPage => Msg::PageDrawn,
        Effect::LookBack(look) => look.done(),
        Effect::Consult => match desk.rulebook() {
            Ok(book) => Msg::Rulebook(Box::new(book)),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::Judge(rule) => match desk.judged(&rule) {
            Ok(detail) => Msg::Judged(detail.map(Box::new)),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::TurnTo(client) => told(desk, |desk| desk.turn_to(client.as_deref()).map(drop), Msg::Turned),
        Effect::AddClient(name) => {
            let add = |desk: &mut Desk| {
                let client = desk.add_client(&name)?;
                desk.turn_to(Some(&client.id)).map(drop)
            };
            told(desk, add, Msg::Turned)
        }
        Effect::KeepText(slot, body) => match desk.keep_text(&slot, &body) {
            Ok(at) => Msg::TextKept(slot, at),
            Err(error) => Msg::TextNotKept(slot, format!("The draft was not kept. {}", said(&error))),
        },
        Effect::DropText(slot) => match desk.drop_text(&slot) {
            Ok(()) => Msg::TextDropped(slot),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::DoubtPrivate => doubt_private(desk),
        Effect::EndSession(session, read, private) => match end_session(desk, *session, &read, private) {
            Ok(msg) => msg,
            Err(error) => {
                let why = format!("NOT kept, the session is still here. {}", said(&error));
                Msg::TextNotKept(SESSION_SLOT.to_owned(), why)
            }
        },
        Effect::BeginComparison => {
            told(desk, |desk| desk.begin_comparison().map(drop), |now| Msg::Compared(now, false))
        }
        Effect::SealView(id, by, answers) => put_away(desk, &id, by, &answers),
        Effect::OpenComparison(id) => {
            told(desk, |desk| desk.open_comparison(&id).map(drop), |now| Msg::Compared(now, false))
        }
        Effect::Withdraw(piece) => withdraw(desk, &piece),
        Effect::Releasable => match desk.releasable() {
            Ok(items) => Msg::Releasable(items),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::SuggestPath(party, form) => suggest_path(desk, party, form),
        Effect::Report(party, form, path) => hand_over(desk, party, form, &path),
        Effect::Refresh => new_day(desk),
        Effect::LookAgain(look) => look_again(desk, &look).unwrap_or(Msg::Unchanged),
        Effect::Reread { asked } => reread(desk, asked).unwrap_or_else(|error| Msg::Failed(said(&error))),
        other => match change(desk, other).and_then(|words| Ok((snapshot(desk)?, words))) {
            Ok((snapshot, words)) => Msg::Refreshed(Box::new(snapshot), words),
            Err(error) => Msg::Failed(format!("Not done. {}", said(&error))),
        },
    }
}

/// The records as another window left them.
fn look_again(desk: &mut Desk, look: &str) -> Result<Msg, DeskError> {
    let before = desk.client();
    if !desk.is_changed_elsewhere(look)? {
        return Ok(Msg::Unchanged);
    }
    let fresh = Box::new(snapshot(desk)?);
    Ok(if before == desk.client() { Msg::ChangedElsewhere(fresh) } else { Msg::Turned(fresh) })
}

/// Takes something back for good.
fn withdraw(desk: &mut Desk, piece: &Piece) -> Msg {
    match desk.withdraw(piece).and_then(|done| Ok((snapshot(desk)?, done.words()))) {
        Ok((snapshot, words)) => Msg::Withdrawn(Box::new(snapshot), words),
        Err(error) => Msg::NotWithdrawn(format!("Not done. {}", said(&error))),
    }
}

/// Everything that counts days, counted anew.
fn new_day(desk: &mut Desk) -> Msg {
    desk.new_day();
    match snapshot(desk) {
        Ok(snapshot) => Msg::Refreshed(Box::new(snapshot), String::new()),
        Err(error) => Msg::Failed(said(&error)),
    }
}

/// Does something and tells of the records as they are then.
fn told(desk: &mut Desk, work: impl FnOnce(&mut Desk) -> Result<(), DeskError>, msg: fn(Box<Snapshot>) -> Msg) -> Msg {
    match work(desk).and_then(|()| snapshot(desk)) {
        Ok(snapshot) => msg(Box::new(snapshot)),
        Err(error) => Msg::Failed(format!("Not done. {}", said(&error))),
    }
}

/// Puts a view of a comparison away.
fn put_away(desk: &mut Desk, id: &str, by: By, answers: &[Answer]) -> Msg {
    let slot = format!("compare/{}", by.id());
    let doubted = identifying_words(answers.iter().flat_map(Answer::words)).is_some();
    match desk.seal_view(id, by, answers, &slot).and_then(|_| snapshot(desk)) {
        Ok(snapshot) => Msg::Compared(Box::new(snapshot), doubted),
        Err(error) => Msg::TextNotKept(slot, format!("NOT put away, the view is still here. {}", said(&error))),
    }
}

/// Ends it, unless its notes seem to name somebody and that was not read yet.
fn end_session(desk: &mut Desk, session: Session, read: &str, private: bool) -> Result<Msg, DeskError> {
    let doubt = doubt_of(&session, private);
    if !doubt.is_empty() && doubt != read {
        return Ok(Msg::SessionDoubted(doubt));
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
    Ok(Msg::SessionEnded(Box::new(snapshot(desk)?)))
}

/// A sentence about an error, with its next step.
pub(super) fn said(error: &DeskError) -> String {
    let mut words = error.to_string();
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    format!("{words}. {}", error.hint())
}

/// Looks at the folders of packs.
fn reread(desk: &mut Desk, asked: bool) -> Result<Msg, DeskError> {
    let (tone, words) = match desk.reread(asked) {
        Reread::Same if asked => return Ok(Msg::Told("Nothing is different since the packs were read.".to_owned())),
        Reread::Same => return Ok(Msg::Unchanged),
        Reread::Taken(words) => (Tone::Good, words),
        Reread::Wrong(words) => (Tone::Bad, words),
    };
    Ok(Msg::Reread(Box::new(opened(desk, None)?), tone, words))
}

fn save(desk: &mut Desk, answer: &Answer) -> Result<(Snapshot, String), DeskError> {
    desk.save_answers(std::slice::from_ref(answer))?;
    // The answer is safe; that the log has a line less is nothing to stop for.
    let _ = desk.note_decision();
    let snapshot = snapshot(desk)?;
    let words = match snapshot.advised.shown.len() {
        0 => "Saved.".to_owned(),
        n => format!("Saved. Your answers suggest {}, each with its reason.", count(n, "activity", "activities")),
    };
    Ok((snapshot, or_doubt(words, "Saved.", answer.words())))
}

fn change(desk: &mut Desk, effect: Effect) -> Result<String, DeskError> {
    let today = desk.today();
    Ok(match effect {
        Effect::Decide(decision) => decide(desk, &decision, today)?,
        Effect::AddAction(planned) => {
            let words = planned_or_doubt(in_plan(&planned, today), planned.words());
            desk.add_action(&own_action(*planned, today))?;
            words
        }
        Effect::ChangeAction(changed) => {
            let Changed { id, planned, status, learned, came_out } = *changed;
            let words = match status {
                ActionStatus::Open => "The plan is changed.",
                ActionStatus::Done => "Done. Well worth a look back in a while.",
                ActionStatus::Dropped => {
                    concat!("Let go. It stays in the list, and ", key!("reopen"), " takes it up again.")
                }
            };
            let words = match status {
                ActionStatus::Open => planned_or_doubt(words.to_owned(), planned.words()),
                ActionStatus::Done => or_doubt(words.to_owned(), "Done.", [learned.as_str()]),
                ActionStatus::Dropped => words.to_owned(),
            };
            let Planned { title, first_step, due, intent } = planned;
            let change = Change { title, first_step, status, learned, due, intent, came_out, on: today };
            desk.change_action(&id, &change)?;
            words
        }
        Effect::SetPerson(level, organisation) => {
            desk.set_person(level.as_deref(), organisation)?;
            String::new()
        }
        Effect::SetCard(name, email, hours_log) => {
            desk.set_card(&name, &email, hours_log)?;
            "Noted.".to_owned()
        }
        Effect::KeepEngagement(terms) => {
            let kept = desk.keep_engagement(&terms)?;
            let words = match (kept.agreed_on, kept.ended_on) {
                (_, Some(_)) => "The agreement has ended today. Its records stay until the day agreed.",
                (Some(_), None) => "Agreed. It is shown whenever these records are opened.",
                (None, None) => concat!("Noted. Agree to it together: ", key!("agree"), "."),
            };
            words.to_owned()
        }
        Effect::Correct(piece, with) => correct(desk, &piece, &with)?,
        Effect::AddNote(session, text, seen) => {
            desk.add_note(&session, &text, seen)?;
            note_or_doubt("The note was added.".to_owned(), "Added.", &text, seen)
        }
        Effect::KeepFocus(focus) => {
            desk.keep_focus(&focus)?;
            String::new()
        }
        Effect::Release(ticks) => {
            desk.tick(&ticks)?;
            String::new()
        }
        // Everything else is done above.
        _ => String::new(),
    })
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
        || "It is in your plan, without a day.".to_owned(),
        |due| format!("It is in your plan: first step by {}.", short_day(due, today)),
    )
}

fn decide(desk: &mut Desk, decision: &Decision, today: Day) -> Result<String, DeskError> {
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
            reason_or_doubt("Set aside. It may come back after some sessions.", &decision.reason)
        }
        (_, Some(planned)) => planned_or_doubt(in_plan(planned, today), planned.words()),
    })
}

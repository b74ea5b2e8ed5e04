//! Two views: the client rates the focus set, puts the view away and hands over; the coach does the same; then both
//! views are opened together. While one view is being given, the other one is not in the program's memory, and leaving
//! the screen removes the unfinished view from it.

mod view;

use super::choosing::{self, pick_row};
use super::effect::{Effect, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::place::{List, Place, Screen};
use super::round::Round;
use super::view::View;
use super::withdraw;
use super::writing::Copied;
use crate::command::{Command, Context, key};
use crate::domain::{Answer, BehaviourIx, By, Compared, Comparison, NonAnswer, Rated, Slot, compare as compare_views};

pub(super) struct ComparePlace;

impl Place for ComparePlace {
    fn contexts(&self, model: &Model) -> Vec<Context> {
        let own = if model.person.compare.round.is_some() {
            [Context::Choice, Context::Rating]
        } else {
            [Context::Views, Context::List]
        };
        own.into_iter().chain([Context::Go, Context::Global]).collect()
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let Some(round) = &model.person.compare.round else {
            let none = concat!("To choose a focus set first, press ", key!("focus"), " in Find.");
            return Some(match command {
                Command::GiveView if model.person.compare.sealing.is_some() => Err("Cairn is submitting your ratings."),
                Command::GiveView => when(model.comparison_stand() != ComparisonState::NoFocus, none, give),
                Command::WithdrawEntry => withdraw::handle(model, "Nobody has submitted ratings yet."),
                _ => return None,
            });
        };
        Some(match command {
            Command::NextView => {
                let last = concat!("That was the last one. To submit your ratings, press ", key!("seal"), ".");
                when(round.at + 1 < round.behaviours.len(), last, |model: &mut Model| step(model, 1))
            }
            Command::PreviousView => {
                when(round.at > 0, "This is the first behaviour.", |model: &mut Model| step(model, -1))
            }
            Command::Example => act(example),
            Command::Seal => when(round.given() > 0, "You have not rated anything yet.", seal),
            Command::Choose => act(|model: &mut Model| choose(model, None)),
            Command::Unchoose => act(unchoose),
            other => {
                let library = model.shell.library.as_ref()?;
                let points = round.rows(library).saturating_sub(NonAnswer::ALL.len());
                let row = pick_row(other, points)?;
                choosing::within(row, round.rows(library), choose)
            }
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        let round = model.person.compare.round.as_ref()?;
        Some(List { marked: round.row, rows: round.rows(model.shell.library.as_ref()?) })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(round) = &mut model.person.compare.round {
            round.row = row;
        }
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Compare)
    }

    fn reachable(&self, model: &Model) -> Result<(), &'static str> {
        let why =
            concat!("You can only compare ratings with a client. To open their records, press ", key!("people"), ".");
        if model.person.snapshot.person.is_client() { Ok(()) } else { Err(why) }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct CompareScreen {
    /// The view being given.
    pub round: Option<Round>,
    /// A view that is being saved; it returns to `round` if saving fails.
    pub sealing: Option<Round>,
}

/// The state of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonState {
    /// There is no focus set to compare.
    NoFocus,
    /// No comparison is in progress.
    Ready,
    /// It is this person's turn to give a view.
    Turn(By),
    /// Both views are given and can be opened.
    Sealed,
}

impl Model {
    /// Returns the newest comparison.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.person.snapshot.dossier.comparisons.last()
    }

    /// Returns the state of the comparison.
    #[must_use]
    pub fn comparison_stand(&self) -> ComparisonState {
        match self.comparison().filter(|round| round.opened_on.is_none()) {
            Some(round) if !round.client_done => ComparisonState::Turn(By::Myself),
            Some(round) if !round.coach_done => ComparisonState::Turn(By::Coach),
            Some(_) => ComparisonState::Sealed,
            None if self.focus().is_none() => ComparisonState::NoFocus,
            None => ComparisonState::Ready,
        }
    }

    /// Returns the last opened comparison whose views may be used for the current purpose of the agreement, with its
    /// rows, strengths first.
    #[must_use]
    pub fn compared(&self) -> Option<(&Comparison, Vec<Compared>)> {
        let library = self.shell.library.as_ref()?;
        let opened = self.person.snapshot.dossier.comparisons.iter().rev().find(|round| {
            // Views given for another purpose are kept apart, and a comparison without any answer has nothing to show.
            round.opened_on.is_some() && !round.answers.is_empty()
        })?;
        let level = self.person.snapshot.person.level.as_deref();
        Some((opened, compare_views(library, opened, level, self.shell.today)))
    }
}

/// Begins a comparison, begins or continues a view, or opens both views, depending on the state.
fn give(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    if model.person.compare.sealing.is_some() {
        return Vec::new();
    }
    match (model.comparison_stand(), model.comparison()) {
        (ComparisonState::Ready, _) => vec![Effect::Records(RecordsJob::BeginComparison)],
        (ComparisonState::Turn(by), Some(comparison)) => {
            model.person.compare.round =
                Some(Round::begin(&library, comparison, by, model.person.snapshot.kept(&Slot::View(by))));
            Vec::new()
        }
        (ComparisonState::Sealed, Some(comparison)) => {
            vec![Effect::Records(RecordsJob::OpenComparison(comparison.id.clone()))]
        }
        _ => Vec::new(),
    }
}

/// Removes the view being given from the screen and keeps its draft, from which it continues at that person's next
/// turn.
pub(super) fn stash(model: &mut Model) {
    let Some(round) = model.person.compare.round.take() else { return };
    model.person.copied = Copied::default();
    let slot = Slot::View(round.by);
    model.person.snapshot.kept.retain(|(own, _)| *own != slot);
    model.person.snapshot.kept.push((slot, round.draft()));
}

/// Chooses a point of the scale; `None` for the marked one.
fn choose(model: &mut Model, row: Option<usize>) {
    let (Some(library), Some(round)) = (model.shell.library.clone(), &mut model.person.compare.round) else { return };
    round.choose(row.unwrap_or(round.row), &library);
}

/// Clears the choice.
fn unchoose(model: &mut Model) {
    if let Some(round) = &mut model.person.compare.round
        && let Some(view) = round.views.get_mut(round.at)
    {
        view.rated = Rated::Unanswered;
        round.keeping.change();
    }
}

/// Moves by this many behaviours.
fn step(model: &mut Model, by: isize) {
    let (Some(library), Some(round)) = (model.shell.library.clone(), &mut model.person.compare.round) else { return };
    round.go(round.at.saturating_add_signed(by), &library);
}

/// Opens the form for an example.
fn example(model: &mut Model) {
    let Some(round) = &model.person.compare.round else { return };
    let field =
        Field::new("example", "What I saw", &round.view().example, "one moment, shown together with the ratings");
    model.person.layers.push(Layer::Form(Form::new("An example", vec![field], FormFor::Example)));
}

/// Copies the example being typed into the view, because it is saved with the view and not separately.
pub(super) fn follow_example(model: &mut Model) {
    let Some(Layer::Form(form)) = model.person.layers.last_mut() else { return };
    if form.purpose == FormFor::Example && form.keeping.settle() {
        let text = form.only_line();
        exampled(model, &text);
    }
}

/// Sets the example of the behaviour in front.
pub(super) fn exampled(model: &mut Model, text: &str) {
    if let Some(round) = &mut model.person.compare.round
        && let Some(view) = round.views.get_mut(round.at)
    {
        text.clone_into(&mut view.example);
        round.keeping.change();
    }
}

/// Puts the view away.
fn seal(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    let importance = |model: &Model, ix: BehaviourIx| {
        let focus = model.focus()?;
        focus.behaviours(&library).find(|(own, _)| *own == ix).and_then(|(_, item)| item.importance)
    };
    let Some(round) = &model.person.compare.round else { return Vec::new() };
    let said = round.behaviours.iter().zip(&round.views);
    let said = said.filter(|(_, view)| view.rated != Rated::Unanswered || !view.example.trim().is_empty());
    let answers: Vec<Answer> = said
        .map(|(ix, view)| Answer {
            framework: library.behaviour(*ix).framework.clone(),
            edition: library.framework_of(*ix).edition.clone(),
            behaviour: library.behaviour(*ix).code.clone(),
            by: round.by,
            rated: view.rated,
            importance: importance(model, *ix).filter(|_| round.by == By::Myself),
            evidence: view.example.clone(),
            ..Answer::blank(model.shell.today)
        })
        .collect();
    let (id, by) = (round.id.clone(), round.by);
    // It is held apart from `round`, so that no draft is saved after it. The copied text is cleared, so that nothing of
    // this view can be pasted into the other one.
    model.person.compare.sealing = model.person.compare.round.take();
    model.person.copied = Copied::default();
    vec![Effect::Records(RecordsJob::SealView(id, by, answers))]
}

/// Handles a reply about the comparison: it was begun, a view was put away, or both were opened.
pub(super) fn compared(model: &mut Model, doubted: bool) {
    let was = model.person.compare.sealing.take();
    model.person.at[Screen::Compare].scroll = 0;
    // The suspicious words are not quoted, because the other person uses the screen next.
    let doubt = concat!("Your example may include a name or a number. To withdraw it, press ", key!("withdraw"), ". ");
    let doubt = if doubted { doubt } else { "" };
    match (was, model.comparison_stand()) {
        (Some(_), ComparisonState::Turn(By::Coach)) => {
            model.say(Tone::Good, format!("Ratings submitted. {doubt}Now give the keyboard to your coach."));
        }
        (Some(_), _) => model.say(
            Tone::Good,
            format!(
                "Ratings submitted. {doubt}You have both finished, so look at \
            them together."
            ),
        ),
        // Beside the results of the round before nobody was told yet to look away, so the page says first whose turn it is.
        (None, ComparisonState::Turn(_)) if model.person.screen == Screen::Compare && model.compared().is_none() => {
            drop(give(model));
        }
        (None, _) => {}
    }
}

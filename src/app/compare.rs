//! Two views: the client rates the focus set, puts the view away, hands over; the coach does the same; then both are
//! opened together. While a view is being given nothing of the other is in this program's memory, and leaving the screen
//! takes the half-given view off it.

use serde::{Deserialize, Serialize};

use super::layer::{Field, Form, FormFor, Layer};
use super::model::{Model, Screen, Tone};
use super::msg::Effect;
use crate::command::{Command, key};
use crate::domain::{
    Answer, BehaviourIx, By, Compared, Comparison, Library, NonAnswer, Rated, clean, compare as compare_views,
};

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct CompareScreen {
    /// The view being given.
    pub round: Option<Round>,
    /// A view on its way to the disk; it comes back to the screen if it does not arrive.
    pub sealing: Option<Round>,
    /// How far what is read is scrolled.
    pub scroll: u16,
}

/// One behaviour seen by one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The rating or non-answer.
    pub rated: Rated,
    /// What was seen; may be empty.
    pub example: String,
}

/// A view being given.
#[derive(Debug, Clone)]
pub struct Round {
    /// The comparison it belongs to.
    pub id: String,
    /// Whose view.
    pub by: By,
    /// What is rated.
    pub behaviours: Vec<BehaviourIx>,
    /// Full codes of the same.
    codes: Vec<String>,
    /// The views so far, one a behaviour.
    pub views: Vec<View>,
    /// The behaviour in front.
    pub at: usize,
    /// The marked point of the scale.
    pub row: usize,
    /// Something changed since it was last kept.
    pub unsaved: bool,
    /// It is on its way to the disk.
    pub keeping: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    id: String,
    at: usize,
    views: Vec<KeptView>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptView {
    behaviour: String,
    rating: Option<i64>,
    non_answer: Option<String>,
    example: String,
}

/// Where a comparison stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// There is no focus set to compare.
    NoFocus,
    /// None goes on.
    Ready,
    /// It is this person's turn.
    Turn(By),
    /// Both views are given.
    Sealed,
}

impl Round {
    fn begin(library: &Library, comparison: &Comparison, by: By, kept: Option<&str>) -> Self {
        let behaviours: Vec<BehaviourIx> =
            comparison.behaviours.iter().filter_map(|(framework, code)| library.find_in(framework, code)).collect();
        let views = vec![View::default(); behaviours.len()];
        let codes = behaviours.iter().map(|ix| library.behaviour(*ix).full_code()).collect();
        let id = comparison.id.clone();
        let mut round = Self { id, by, behaviours, codes, views, at: 0, row: 0, unsaved: false, keeping: false };
        let kept = kept.and_then(|body| serde_json::from_str::<Kept>(body).ok()).filter(|kept| kept.id == round.id);
        for view in kept.iter().flat_map(|kept| &kept.views) {
            let at = round.codes.iter().position(|code| *code == view.behaviour);
            let own = at.and_then(|at| round.views.get_mut(at));
            if let Some(own) = own {
                let not = view.non_answer.as_deref().and_then(NonAnswer::parse).map(Rated::Not);
                own.rated = view.rating.map(Rated::Value).or(not).unwrap_or_default();
                own.example = clean(&view.example);
            }
        }
        round.go(kept.map_or(0, |kept| kept.at), library);
        round.unsaved = false;
        round
    }

    /// Where it is kept.
    #[must_use]
    pub fn slot(&self) -> String {
        slot(self.by)
    }

    /// What is kept of it; codes stand in place of numbers, which may change with the packs.
    #[must_use]
    pub fn draft(&self) -> String {
        let views = self.codes.iter().zip(&self.views).map(|(behaviour, view)| KeptView {
            behaviour: behaviour.clone(),
            rating: view.rated.value(),
            non_answer: match view.rated {
                Rated::Not(kind) => Some(kind.id().to_owned()),
                _ => None,
            },
            example: view.example.clone(),
        });
        let kept = Kept { id: self.id.clone(), at: self.at, views: views.collect() };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// The behaviour in front.
    #[must_use]
    pub fn behaviour(&self) -> Option<BehaviourIx> {
        self.behaviours.get(self.at).copied()
    }

    /// What was said about it so far.
    #[must_use]
    pub fn view(&self) -> View {
        self.views.get(self.at).cloned().unwrap_or_default()
    }

    /// How many behaviours were rated or given a non-answer.
    #[must_use]
    pub fn given(&self) -> usize {
        self.views.iter().filter(|view| view.rated != Rated::Unanswered).count()
    }

    fn go(&mut self, at: usize, library: &Library) {
        self.at = at.min(self.behaviours.len().saturating_sub(1));
        let points = self.behaviour().map(|ix| library.framework_of(ix).scale.points.as_slice()).unwrap_or_default();
        self.row = match self.view().rated {
            Rated::Value(value) => points.iter().position(|point| point.value == value).unwrap_or(0),
            Rated::Not(kind) => points.len() + NonAnswer::ALL.iter().position(|own| *own == kind).unwrap_or(0),
            Rated::Unanswered => 0,
        };
        self.unsaved = true;
    }

    /// Rows that the scale offers, non-answers included.
    #[must_use]
    pub fn rows(&self, library: &Library) -> usize {
        self.behaviour().map_or(0, |ix| library.framework_of(ix).scale.points.len() + NonAnswer::ALL.len())
    }

    fn choose(&mut self, row: usize, library: &Library) {
        let Some(ix) = self.behaviour() else { return };
        let points = &library.framework_of(ix).scale.points;
        let value = points.get(row).map(|point| Rated::Value(point.value));
        let not = row.checked_sub(points.len()).and_then(|at| NonAnswer::ALL.get(at)).map(|kind| Rated::Not(*kind));
        let (Some(rated), Some(view)) = (value.or(not), self.views.get_mut(self.at)) else { return };
        view.rated = rated;
        (self.row, self.unsaved) = (row, true);
        if self.at + 1 < self.behaviours.len() {
            self.go(self.at + 1, library);
        }
    }
}

fn slot(by: By) -> String {
    format!("compare/{}", by.id())
}

impl Model {
    /// The newest round of comparison.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.person.snapshot.dossier.comparisons.last()
    }

    /// Where the comparison stands.
    #[must_use]
    pub fn comparison_stand(&self) -> Stand {
        match self.comparison().filter(|round| round.opened_on.is_none()) {
            Some(round) if !round.client_done => Stand::Turn(By::Myself),
            Some(round) if !round.coach_done => Stand::Turn(By::Coach),
            Some(_) => Stand::Sealed,
            None if self.focus().is_none() => Stand::NoFocus,
            None => Stand::Ready,
        }
    }

    /// The last opened comparison whose views may be used for what the agreement is for now, row by row, strengths first.
    #[must_use]
    pub fn compared(&self) -> Option<(&Comparison, Vec<Compared>)> {
        let library = self.shell.library.as_ref()?;
        let opened = self.person.snapshot.dossier.comparisons.iter().rev().find(|round| {
            // Views that were given for another purpose are kept apart, and a round without any says nothing.
            round.opened_on.is_some() && !round.answers.is_empty()
        })?;
        let level = self.person.snapshot.person.level.as_deref();
        Some((opened, compare_views(library, opened, level, self.shell.today)))
    }
}

/// Whether a command of the comparison does something now.
pub(super) fn can(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    let round = model.person.compare.round.as_ref();
    match command {
        Command::GoCompare if model.person.screen == Screen::Compare => Err("This is the screen you are on."),
        Command::GoCompare => when(
            model.person.snapshot.person.is_client(),
            concat!("Two views need a client; ", key!("people"), " opens their records."),
        ),
        Command::GiveView if model.person.compare.sealing.is_some() => Err("The view is being put away."),
        Command::GiveView => when(
            model.comparison_stand() != Stand::NoFocus,
            concat!("Choose a focus set first: ", key!("focus"), " in Find."),
        ),
        Command::NextView => when(
            round.is_some_and(|r| r.at + 1 < r.behaviours.len()),
            concat!("This is the last one; ", key!("seal"), " puts it away."),
        ),
        Command::PreviousView => when(round.is_some_and(|r| r.at > 0), "This is the first one."),
        Command::Seal => when(round.is_some_and(|r| r.given() > 0), "Nothing is rated yet."),
        _ => Ok(()),
    }
}

/// What enter does: begins a round, begins or goes on with a view, opens both.
pub(super) fn give(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    if model.person.compare.sealing.is_some() {
        return Vec::new();
    }
    match (model.comparison_stand(), model.comparison()) {
        (Stand::Ready, _) => vec![Effect::BeginComparison],
        (Stand::Turn(by), Some(comparison)) => {
            model.person.compare.round =
                Some(Round::begin(&library, comparison, by, model.person.snapshot.kept(&slot(by))));
            Vec::new()
        }
        (Stand::Sealed, Some(comparison)) => vec![Effect::OpenComparison(comparison.id.clone())],
        _ => Vec::new(),
    }
}

/// Takes a view that is being given off the screen: it is kept, and goes on from there when it is that person's turn.
pub(super) fn put_by(model: &mut Model) {
    let Some(round) = model.person.compare.round.take() else { return };
    model.person.copied.clear();
    let slot = round.slot();
    model.person.snapshot.kept.retain(|(own, _)| *own != slot);
    model.person.snapshot.kept.push((slot, round.draft()));
}

/// Chooses a point of the scale, or the marked one.
pub(super) fn choose(model: &mut Model, row: Option<usize>) {
    let (Some(library), Some(round)) = (model.shell.library.clone(), &mut model.person.compare.round) else { return };
    round.choose(row.unwrap_or(round.row), &library);
}

/// Takes the choice back.
pub(super) fn unchoose(model: &mut Model) {
    if let Some(round) = &mut model.person.compare.round
        && let Some(view) = round.views.get_mut(round.at)
    {
        view.rated = Rated::Unanswered;
        round.unsaved = true;
    }
}

/// Goes by so many behaviours.
pub(super) fn step(model: &mut Model, by: isize) {
    let (Some(library), Some(round)) = (model.shell.library.clone(), &mut model.person.compare.round) else { return };
    round.go(round.at.saturating_add_signed(by), &library);
}

/// Asks for an example.
pub(super) fn example(model: &mut Model) {
    let Some(round) = &model.person.compare.round else { return };
    let field = Field::new("What I saw", &round.view().example, "one moment; it is opened together with the ratings");
    model.person.layers.push(Layer::Form(Form::new("An example", vec![field], FormFor::Example)));
}

/// The example that is being typed is part of the view: it is kept with it, and nowhere else.
pub(super) fn follow_example(model: &mut Model) {
    let Some(Layer::Form(form)) = model.person.layers.last_mut() else { return };
    if form.purpose == FormFor::Example && std::mem::take(&mut form.unsaved) {
        let text = form.line(0);
        exampled(model, &text);
    }
}

/// Takes the example.
pub(super) fn exampled(model: &mut Model, text: &str) {
    if let Some(round) = &mut model.person.compare.round
        && let Some(view) = round.views.get_mut(round.at)
    {
        text.clone_into(&mut view.example);
        round.unsaved = true;
    }
}

/// Puts the view away.
pub(super) fn seal(model: &mut Model) -> Vec<Effect> {
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
            on: model.shell.today,
            id: String::new(),
            framework: library.behaviour(*ix).framework.clone(),
            edition: library.framework_of(*ix).edition.clone(),
            behaviour: library.behaviour(*ix).code.clone(),
            by: round.by,
            rated: view.rated,
            importance: importance(model, *ix).filter(|_| round.by == By::Myself),
            reflections: Vec::new(),
            evidence: view.example.clone(),
            wording: crate::domain::Wording::default(),
        })
        .collect();
    let (id, by) = (round.id.clone(), round.by);
    // It waits apart: no draft may follow a view that is put away, and nothing of it is pasted in the other one.
    model.person.compare.sealing = model.person.compare.round.take();
    model.person.copied.clear();
    vec![Effect::SealView(id, by, answers)]
}

/// A comparison was begun, a view put away, or both were opened.
pub(super) fn compared(model: &mut Model, doubted: bool) {
    let was = model.person.compare.sealing.take();
    model.person.compare.scroll = 0;
    // No word of it: the other one sits down here next.
    let doubt = concat!("It may hold a name or a number; ", key!("withdraw"), " withdraws it. ");
    let doubt = if doubted { doubt } else { "" };
    match (was, model.comparison_stand()) {
        (Some(_), Stand::Turn(By::Coach)) => model.say(Tone::Good, format!("Put away. {doubt}Hand over to the coach.")),
        (Some(_), _) => model.say(Tone::Good, format!("Put away. {doubt}Both views are given; open them together.")),
        (None, Stand::Turn(_)) if model.person.screen == Screen::Compare => drop(give(model)),
        (None, _) => {}
    }
}

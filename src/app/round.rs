//! One person's view in a comparison, given one behaviour of the focus set at a time.

use serde::{Deserialize, Serialize};

use super::keeping::{Keeping, drafted};
use crate::domain::{BehaviourIx, By, Comparison, Library, NonAnswer, Rated, Slot, clean};

/// One behaviour as rated by one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RatedBehaviour {
    /// The rating or non-answer.
    pub rated: Rated,
    /// An example of what was seen; may be empty.
    pub example: String,
}

/// A view being given.
#[derive(Debug, Clone)]
pub struct Round {
    /// Id of the comparison it belongs to.
    pub id: String,
    /// The person who gives the view.
    pub by: By,
    /// The behaviours to rate.
    pub behaviours: Vec<BehaviourIx>,
    /// Full codes of `behaviours`, in the same order.
    codes: Vec<String>,
    /// The ratings so far, in the order of `behaviours`.
    pub views: Vec<RatedBehaviour>,
    /// Index of the behaviour in front, counted from 0.
    pub at: usize,
    /// Index of the marked point, counted from 0; non-answers follow the points of the scale.
    pub row: usize,
    /// Whether the draft is saved.
    pub keeping: Keeping,
}

#[derive(Debug, Serialize, Deserialize)]
struct RoundFile {
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

impl Round {
    pub(super) fn begin(library: &Library, comparison: &Comparison, by: By, kept: Option<&str>) -> Self {
        let behaviours: Vec<BehaviourIx> =
            comparison.behaviours.iter().filter_map(|(framework, code)| library.find_in(framework, code)).collect();
        let views = vec![RatedBehaviour::default(); behaviours.len()];
        let codes = behaviours.iter().map(|ix| library.behaviour(*ix).full_code()).collect();
        let id = comparison.id.clone();
        let mut round = Self { id, by, behaviours, codes, views, at: 0, row: 0, keeping: Keeping::default() };
        let kept =
            kept.and_then(|body| serde_json::from_str::<RoundFile>(body).ok()).filter(|kept| kept.id == round.id);
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
        round.keeping.settle();
        round
    }

    /// Returns the draft as JSON. It contains codes instead of indices, because indices may change with the packs.
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
        let kept = RoundFile { id: self.id.clone(), at: self.at, views: views.collect() };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Returns the behaviour in front.
    #[must_use]
    pub fn behaviour(&self) -> Option<BehaviourIx> {
        self.behaviours.get(self.at).copied()
    }

    /// Returns the rating of the behaviour in front so far.
    #[must_use]
    pub fn view(&self) -> RatedBehaviour {
        self.views.get(self.at).cloned().unwrap_or_default()
    }

    /// Returns the number of behaviours that were rated or given a non-answer.
    #[must_use]
    pub fn given(&self) -> usize {
        self.views.iter().filter(|view| view.rated != Rated::Unanswered).count()
    }

    pub(super) fn go(&mut self, at: usize, library: &Library) {
        self.at = at.min(self.behaviours.len().saturating_sub(1));
        let points = self.behaviour().map(|ix| library.framework_of(ix).scale.points.as_slice()).unwrap_or_default();
        self.row = match self.view().rated {
            Rated::Value(value) => points.iter().position(|point| point.value == value).unwrap_or(0),
            Rated::Not(kind) => points.len() + NonAnswer::ALL.iter().position(|own| *own == kind).unwrap_or(0),
            Rated::Unanswered => 0,
        };
        self.keeping.change();
    }

    /// Returns the number of points of the scale, non-answers included.
    #[must_use]
    pub fn rows(&self, library: &Library) -> usize {
        self.behaviour().map_or(0, |ix| library.framework_of(ix).scale.points.len() + NonAnswer::ALL.len())
    }

    pub(super) fn choose(&mut self, row: usize, library: &Library) {
        let Some(ix) = self.behaviour() else { return };
        let points = &library.framework_of(ix).scale.points;
        let value = points.get(row).map(|point| Rated::Value(point.value));
        let not = row.checked_sub(points.len()).and_then(|at| NonAnswer::ALL.get(at)).map(|kind| Rated::Not(*kind));
        let (Some(rated), Some(view)) = (value.or(not), self.views.get_mut(self.at)) else { return };
        view.rated = rated;
        self.row = row;
        self.keeping.change();
        if self.at + 1 < self.behaviours.len() {
            self.go(self.at + 1, library);
        }
    }
}

drafted!(Round, |round| Some(Slot::View(round.by)), |round, _| round.draft());

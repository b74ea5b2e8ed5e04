//! What a command does where it is asked for, or why it does nothing there. Guard and act are one arm: what has no arm is
//! off.

use super::effect::Effect;
use super::model::Model;

/// What a command does now.
pub(super) type Handler = Box<dyn FnOnce(&mut Model) -> Vec<Effect>>;

/// What a command does now, or why it does nothing, as a sentence.
pub(super) type Handled = Result<Handler, &'static str>;

/// What comes of a handler: nothing, one effect or several.
pub(super) trait Outcome {
    /// As effects, in the order in which they are to be done.
    fn effects(self) -> Vec<Effect>;
}

impl Outcome for () {
    fn effects(self) -> Vec<Effect> {
        Vec::new()
    }
}

impl Outcome for Effect {
    fn effects(self) -> Vec<Effect> {
        vec![self]
    }
}

impl Outcome for Option<Effect> {
    fn effects(self) -> Vec<Effect> {
        self.into_iter().collect()
    }
}

impl Outcome for Vec<Effect> {
    fn effects(self) -> Vec<Effect> {
        self
    }
}

/// It does this.
#[expect(clippy::unnecessary_wraps, reason = "arms that use it have the same type as those that use `when`")]
pub(super) fn act<R: Outcome>(does: impl FnOnce(&mut Model) -> R + 'static) -> Handled {
    Ok(Box::new(move |model| does(model).effects()))
}

/// It does this if something holds, and nothing otherwise.
pub(super) fn when<R: Outcome>(
    holds: bool,
    otherwise: &'static str,
    does: impl FnOnce(&mut Model) -> R + 'static,
) -> Handled {
    if holds { act(does) } else { Err(otherwise) }
}

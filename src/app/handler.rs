//! Handlers: what a command does in the current place, or why it does nothing there. The guard and the action are
//! written in one match arm; a command without an arm is unavailable.

use super::effect::Effect;
use super::model::Model;

/// The action of a command that is available.
pub(super) type Handler = Box<dyn FnOnce(&mut Model) -> Vec<Effect>>;

/// The action of a command, or the reason why it is unavailable, as a sentence.
pub(super) type Handled = Result<Handler, &'static str>;

/// The return value of a handler: no effect, one or several.
pub(super) trait Outcome {
    /// Converts the value into effects, in the order in which they are to be done.
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

/// Returns a handler that is always available.
#[expect(clippy::unnecessary_wraps, reason = "arms that use it have the same type as those that use `when`")]
pub(super) fn act<R: Outcome>(does: impl FnOnce(&mut Model) -> R + 'static) -> Handled {
    Ok(Box::new(move |model| does(model).effects()))
}

/// Returns a handler that is available if `holds`; `otherwise` is the reason why it is not.
pub(super) fn when<R: Outcome>(
    holds: bool,
    otherwise: &'static str,
    does: impl FnOnce(&mut Model) -> R + 'static,
) -> Handled {
    if holds { act(does) } else { Err(otherwise) }
}

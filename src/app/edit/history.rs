//! What was changed in a text, so that it can be undone and redone: the changes and not the texts, so that a long text
//! with a long history stays small. Typing and erasing are joined word by word.

use std::collections::VecDeque;
use std::ops::Range;

/// Most steps that can be undone.
const MOST_STEPS: usize = 500;
/// Most bytes that are remembered. A text of the longest kind can be replaced whole twice within it.
const MOST_BYTES: usize = 1024 * 1024;

/// What kind of change it was: only those of the same kind are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character was typed.
    Typed,
    /// What stands before the caret was erased.
    ErasedLeft,
    /// What stands after it was erased.
    ErasedRight,
    /// A step of its own.
    Whole,
}

/// Caret and, where something is selected, the other end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) caret: usize,
    pub(super) anchor: Option<usize>,
}

/// At byte `at`, `out` was taken away and `put` was put there.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: usize,
    pub(super) out: String,
    pub(super) put: String,
    pub(super) before: Marks,
    /// Where the caret stood then.
    pub(super) after: usize,
}

impl Step {
    fn bytes(&self) -> usize {
        self.out.len() + self.put.len()
    }

    /// Goes on with this step instead of beginning a new one; gives the new one back where they do not belong together.
    fn join(&mut self, next: Self, kind: Kind) -> Option<Self> {
        let joins = match kind {
            Kind::Typed => {
                let begins = !self.put.ends_with(char::is_whitespace) && next.put.starts_with(char::is_whitespace);
                next.out.is_empty() && self.at + self.put.len() == next.at && !begins
            }
            Kind::ErasedLeft => {
                let begins = !self.out.starts_with(char::is_whitespace) && next.out.ends_with(char::is_whitespace);
                self.put.is_empty() && next.at + next.out.len() == self.at && !begins
            }
            Kind::ErasedRight => {
                let begins = !self.out.ends_with(char::is_whitespace) && next.out.starts_with(char::is_whitespace);
                self.put.is_empty() && next.at == self.at && !begins
            }
            Kind::Whole => false,
        };
        if !joins {
            return Some(next);
        }
        match kind {
            Kind::ErasedLeft => {
                self.out.insert_str(0, &next.out);
                self.at = next.at;
            }
            Kind::ErasedRight => self.out.push_str(&next.out),
            Kind::Typed | Kind::Whole => self.put.push_str(&next.put),
        }
        self.after = next.after;
        None
    }
}

/// The steps back and forward from where a text is.
#[derive(Debug, Clone)]
pub(super) struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Bytes of what is done.
    bytes: usize,
    last: Kind,
}

impl Default for History {
    fn default() -> Self {
        Self { done: VecDeque::new(), undone: Vec::new(), bytes: 0, last: Kind::Whole }
    }
}

impl History {
    /// Remembers a change that was made.
    pub(super) fn note(&mut self, step: Step, kind: Kind) {
        self.undone.clear();
        self.bytes += step.bytes();
        let rest = match self.done.back_mut() {
            Some(top) if self.last == kind => top.join(step, kind),
            _ => Some(step),
        };
        self.done.extend(rest);
        self.last = kind;
        while self.done.len() > MOST_STEPS || (self.bytes > MOST_BYTES && self.done.len() > 1) {
            self.bytes -= self.done.pop_front().map_or(0, |step| step.bytes());
        }
    }

    /// Whatever comes is a step of its own.
    pub(super) fn seal(&mut self) {
        self.last = Kind::Whole;
    }

    /// Takes the last step back.
    pub(super) fn back(&mut self, text: &mut String) -> Option<Marks> {
        let step = self.done.pop_back()?;
        self.seal();
        self.bytes -= step.bytes();
        let marks = step.before;
        swap(text, step.at..step.at + step.put.len(), &step.out);
        self.undone.push(step);
        Some(marks)
    }

    /// Does the step again that was taken back last.
    pub(super) fn forward(&mut self, text: &mut String) -> Option<Marks> {
        let step = self.undone.pop()?;
        self.seal();
        self.bytes += step.bytes();
        let marks = Marks { caret: step.after, anchor: None };
        swap(text, step.at..step.at + step.out.len(), &step.put);
        self.done.push_back(step);
        Some(marks)
    }

    /// Whether there is a step to take back.
    pub(super) fn can_go_back(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is one to do again.
    pub(super) fn can_go_forward(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Steps that can be taken back, and the bytes they take.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.done.len(), self.bytes)
    }
}

/// The steps are made of whole characters of the very text they are undone in, so the range always fits.
fn swap(text: &mut String, range: Range<usize>, put: &str) {
    if text.get(range.clone()).is_some() {
        text.replace_range(range, put);
    }
}

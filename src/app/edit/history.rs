//! Undo and redo of a text. The history stores the changes and not the texts, so that it stays small for a long text
//! with many changes. Consecutive typing or erasing is joined word by word.

use std::collections::VecDeque;
use std::ops::Range;

/// Most steps that can be undone.
const MOST_STEPS: usize = 500;
/// Most bytes stored in the history. The longest possible text can be replaced as a whole twice within this limit.
const MOST_BYTES: usize = 1024 * 1024;

/// The kind of a change; only changes of the same kind are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character was typed.
    Typed,
    /// Text before the caret was erased.
    ErasedLeft,
    /// Text after the caret was erased.
    ErasedRight,
    /// A change that is a step of its own.
    Whole,
}

/// Byte offset of the caret and, if text is selected, of the other end of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) caret: usize,
    pub(super) anchor: Option<usize>,
}

/// A change: at byte `at`, the text `out` was replaced with `put`.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: usize,
    pub(super) out: String,
    pub(super) put: String,
    pub(super) before: Marks,
    /// Byte offset of the caret after the change.
    pub(super) after: usize,
}

impl Step {
    fn bytes(&self) -> usize {
        self.out.len() + self.put.len()
    }

    /// Extends this step with the next one; returns the next one if they do not belong together.
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

/// The steps that can be undone and redone.
#[derive(Debug, Clone)]
pub(super) struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Bytes stored in `done`.
    bytes: usize,
    last: Kind,
}

impl Default for History {
    fn default() -> Self {
        Self { done: VecDeque::new(), undone: Vec::new(), bytes: 0, last: Kind::Whole }
    }
}

impl History {
    /// Adds a change that was made.
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

    /// Ends the current step: the next change begins a new one.
    pub(super) fn seal(&mut self) {
        self.last = Kind::Whole;
    }

    /// Undoes the last step and returns the marks to restore; `None` if there is no step.
    pub(super) fn back(&mut self, text: &mut String) -> Option<Marks> {
        let step = self.done.pop_back()?;
        self.seal();
        self.bytes -= step.bytes();
        let marks = step.before;
        swap(text, step.at..step.at + step.put.len(), &step.out);
        self.undone.push(step);
        Some(marks)
    }

    /// Redoes the step that was undone last and returns the marks to set; `None` if there is no step.
    pub(super) fn forward(&mut self, text: &mut String) -> Option<Marks> {
        let step = self.undone.pop()?;
        self.seal();
        self.bytes += step.bytes();
        let marks = Marks { caret: step.after, anchor: None };
        swap(text, step.at..step.at + step.out.len(), &step.put);
        self.done.push_back(step);
        Some(marks)
    }

    pub(super) fn can_go_back(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_go_forward(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Returns the number of steps that can be undone, and their size in bytes.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.done.len(), self.bytes)
    }
}

/// Replaces a range of the text. Steps consist of whole characters of the text they are applied to, so the range is
/// always valid.
fn swap(text: &mut String, range: Range<usize>, put: &str) {
    if text.get(range.clone()).is_some() {
        text.replace_range(range, put);
    }
}

//! Faults of packs in full, with the source line as it is. The column is given as a number, because a caret under the
//! line means nothing in speech.

use crate::domain::{Fault, capital};

pub(super) fn faults<'a>(found: impl Iterator<Item = &'a Fault>) -> Vec<String> {
    let mut out = Vec::new();
    for fault in found {
        out.push(capital(&format!("{}: {}.", fault.severity.word(), fault.message.trim_end_matches('.'))));
        out.push(format!("It is in {}.", fault.place()));
        if !fault.source_line.trim().is_empty() {
            out.push(format!("The line is: {}", fault.source_line.trim()));
        }
        if !fault.hint.is_empty() {
            out.push(format!("What to do: {}.", fault.hint.trim_end_matches('.')));
        }
    }
    out
}

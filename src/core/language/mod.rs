//! Interpretation of what a person wrote: sentences and words, phrases, the context of a phrase, and what a sentence as a
//! whole says.
//!
//! A phrase that occurs need not be meant. "Not exhausted any more", "I used to be exhausted", "if I get exhausted" and
//! "my manager is exhausted" all contain the word, and none says that the writer is exhausted. [`context`] looks for
//! cues, each with a scope in the sentence, after the method of `ConText` (Harkema, Dowling, Thornblade and Chapman,
//! 2009, "`ConText`: an algorithm for determining negation, experiencer, and temporal status from clinical reports", J
//! Biomed Inform 42:839), which extends `NegEx` (Chapman and others, 2001). The cues were collected for this program,
//! from reflections and not from clinical notes.
//!
//! Phrases only find wording that somebody thought of. [`Weights`] find similar wording, and a [`Topic`] is what they find.
//!
//! This module does not decide how to respond; rules and the safety notices do.

mod context;
mod cues;
mod letters;
mod pattern;
mod phrase;
mod sentence;
mod topic;
mod weights;

pub use context::{Context, Subject, read_around};
pub use letters::{Letters, letters_of};
pub use pattern::{ANY_NAME, Classes, Found, Pattern, Start};
pub use phrase::{Phrase, PhraseError};
pub use sentence::{Sentence, Token, sentences, stem};
pub use topic::{SAYS, TOPICS, Topic};
pub use weights::{BIAS, UNIT, Weights, root_of, traits_of};

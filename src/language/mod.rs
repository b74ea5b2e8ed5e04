//! How words that a person wrote are understood: sentences and words, phrases, and what stands around a phrase.
//!
//! A phrase that is found is not yet meant. "Not exhausted any more", "I used to be exhausted", "if I get exhausted" and
//! "my manager is exhausted" all hold the word and none of them says that the writer is exhausted. [`context`] looks for
//! the words that say so, each with a scope in the sentence, after the method of `ConText` (Harkema, Dowling, Thornblade
//! and Chapman, 2009, "`ConText`: an algorithm for determining negation, experiencer, and temporal status from clinical
//! reports", J Biomed Inform 42:839), which extends `NegEx` (Chapman and others, 2001). The words are ours, collected from
//! reflections and not from clinical notes.
//!
//! Nothing here decides what to say: rules and the safety notices do.

mod context;
mod cues;
mod pattern;
mod phrase;
mod sentence;

pub use context::{Context, Subject, read_around};
pub use pattern::{ANY_NAME, Classes, Found, Pattern, Start};
pub use phrase::{Phrase, PhraseError};
pub use sentence::{Sentence, Token, sentences, stem};

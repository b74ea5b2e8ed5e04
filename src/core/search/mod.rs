//! Search while the user types: an index of words, not of sentences.
//!
//! A subsequence matcher over whole sentences finds almost every short query in almost every document; matching words
//! is both better and faster. Every text is therefore folded and split into [words](Index::words) once, and a keystroke
//! only looks at the vocabulary: the word itself, its other forms, words that begin with it, synonyms, and typing
//! mistakes. The files:
//!
//! | file | purpose |
//! | --- | --- |
//! | `document`, `library`, `journal` | what is indexed; a library and a journal as documents |
//! | `words`, `stem`, `function_words` | from text to words |
//! | `build`, `intern`, `vocabulary`, `postings`, `keys`, `facets`, `bits` | the tables of the index |
//! | `query` | the parser of the query language |
//! | `names` | finding a person by name |
//! | `expand`, `fallback`, `typo`, `fuzzy` | from the query to words in the texts |
//! | `rank` | from words to the best documents |
//! | `offer` | what is offered to one person, and in which order |
//! | `found`, `highlight` | the result, and the ranges to highlight in displayed text |
//!
//! The module depends on no other module of this crate but `domain`; it draws nothing and stores no query.

mod bits;
mod build;
mod document;
mod expand;
mod facets;
mod fallback;
mod found;
mod function_words;
mod fuzzy;
mod highlight;
mod index;
mod intern;
mod journal;
mod keys;
mod known_words;
mod library;
mod names;
mod offer;
mod postings;
mod query;
mod rank;
mod stem;
mod typo;
mod vocabulary;
mod words;

pub use document::{Document, Facet, FacetValue, Field};
pub use found::{Found, Held, HeldWhy, Hit};
pub use index::Index;
pub use journal::journal_field;
pub use names::best_names;
pub use offer::Asker;
pub use query::syntax;

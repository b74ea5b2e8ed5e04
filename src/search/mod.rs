//! Finding behaviours while somebody types: an index of words, not of sentences.
//!
//! A subsequence matcher over whole sentences finds almost every short query in almost every record; matching words is
//! both better and faster. So every text is folded and cut into [words](Index::words) once, and a keystroke looks at
//! the vocabulary: the word itself, its other forms, words that begin so, synonyms, slips of the finger. The layers:
//!
//! | file | does |
//! | --- | --- |
//! | `document`, `library`, `journal` | what is indexed; a library and a journal as documents |
//! | `words`, `stem`, `function_words` | from text to words |
//! | `build`, `intern`, `vocabulary`, `postings`, `keys`, `facets`, `bits` | the tables of the index |
//! | `query` | what was typed, understood: the one parser |
//! | `names` | finding a person |
//! | `expand`, `fall_back`, `typo`, `fuzzy` | from what was typed to words that stand in the texts |
//! | `rank` | from words to the best records |
//! | `found`, `highlight` | the answer, and where to mark it in what is shown |
//!
//! Uses the domain and nothing else of this crate; draws nothing and remembers no query.

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
mod library;
mod names;
mod postings;
mod query;
mod rank;
mod stem;
mod typo;
mod vocabulary;
mod words;

pub use document::{Document, Facet, FacetValue, Field};
pub use found::{Found, Hit};
pub use index::Index;
pub use journal::journal_field;
pub use names::best_names;
pub use query::syntax;

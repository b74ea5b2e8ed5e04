//! All integration tests in one binary, so that the library is linked once.

mod search_language;
mod search_quality;
mod search_typos;

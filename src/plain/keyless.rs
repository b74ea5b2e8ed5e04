//! Sentences of the core that name a key, as somebody without keys should hear them. A test holds that each of them is
//! still said, and the walk through the product holds that no other key is named.

use crate::command::with_names;

/// What is said, and what is told instead.
pub const KEYLESS: &[(&str, &str)] = &[
    (
        "1 on the job  2 through others  3 formal learning  4 reflection",
        "1 on the job, 2 through others, 3 formal learning, 4 reflection",
    ),
    ("Show every key that works here.", "Say which commands work here."),
];

/// A text of the core without keys.
pub(super) fn keyless(text: &str) -> String {
    KEYLESS.iter().fold(with_names(text).into_owned(), |text, (key, word)| text.replace(key, word))
}

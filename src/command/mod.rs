//! The command table: everything that a person can do. The key map, footer, help and key table of the README are
//! derived from it. Screens do not handle keys themselves, except for printable keys that go into the text being
//! written.

mod also;
mod in_words;
mod key;
mod keymap;
mod table;

pub use in_words::{clean_sentence, key, with_keys, with_names};
pub use key::{Chord, KeyError, KeyName};
pub use keymap::{Bound, Hint, Keymap, NoKey};
pub use table::{COMMANDS, Command, Context, Entry, Group};

//! Settings: what the user's file says, held against what there is. Everything wrong with it is told, and the rest is
//! used. Reads text and never a disk.

mod file;
mod keys;
mod look;
mod print;
mod role;
mod theme;

pub use file::{Colours, Glyphs, Settings, ThemeChoice, read};
pub use look::{Attribute, Attributes, Basic, Ink, Look, LookError};
pub use print::{default_text, shown};
pub use role::Role;
pub use theme::{Depth, Theme};

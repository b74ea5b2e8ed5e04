//! Settings: reads the text of the user's settings file and checks it. Everything wrong is reported, and the rest is
//! used. This module never accesses the disk.

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

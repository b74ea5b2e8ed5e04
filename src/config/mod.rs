//! Settings: reads the text of the user's settings file and checks it. Everything wrong is reported, and the rest is
//! used. This module never accesses the disk.

mod edit;
mod file;
mod keys;
mod look;
mod print;
mod role;
mod settings;
mod table;
mod theme;

pub use edit::{EditError, with_setting};
pub use file::read;
pub use look::{Attribute, Attributes, Basic, Ink, Look, LookError};
pub use print::{default_text, shown};
pub use role::Role;
pub use settings::{Changeable, Colours, Glyphs, Offered, Settings, ThemeChoice};
pub use theme::{Depth, Theme};

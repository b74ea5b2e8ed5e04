//! Settings. Themes today; the user's file comes with the keys.

mod theme;

pub use theme::{Attribute, Ink, Look, Role, Theme};

//! The terminal: drawing the model and reading keys. Drawing takes `&Model` and changes nothing but the sizes in its
//! [`ViewCache`](crate::app::ViewCache); no file here decides what a key does.

mod advice;
mod agreement;
mod background;
mod chart;
mod chrome;
mod compare;
mod dialogue;
mod entry;
mod faults;
mod find;
mod glyphs;
mod help;
mod home;
mod journal;
mod layers;
mod messages;
mod page;
mod paint;
mod palette;
mod panes;
mod picture;
mod plan;
mod progress;
mod reflect;
mod rule;
mod rules;
mod safety;
mod secret;
mod session;
mod stage;
mod term;
mod tour;
mod writing;

pub use background::{Asking, Sifted};
pub use chrome::draw;
pub use paint::Painter;
pub use stage::{Aside, is_lent, leave_now};
pub use term::{Input, Screen};

//! The terminal: drawing the model and reading keys. Drawing reads the model; the sizes that come of it are a
//! [`Viewport`](crate::app::Viewport), which is handed over before anything asks for it. No file here decides what a key does.

mod background;
mod canvas;
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
mod view;
mod writing;

pub use background::{Asking, Sifted};
pub use chrome::draw;
pub use paint::Painter;
pub use stage::{Aside, is_lent, leave_now};
pub use term::{Input, Screen};

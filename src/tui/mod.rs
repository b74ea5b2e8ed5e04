//! The terminal: drawing the model and reading keys. Drawing reads the model; the sizes that come of it are a
//! [`Viewport`](crate::app::Viewport), which is handed over before anything asks for it. No file here decides what a key does.

mod background;
mod canvas;
mod chart;
mod chrome;
mod entry;
mod faults;
mod glyphs;
mod help;
mod page;
mod paint;
mod palette;
mod panes;
mod stage;
mod term;
mod view;
mod web;
mod writing;

pub use background::{Asking, Sifted};
pub use chrome::draw;
pub use paint::Painter;
pub use stage::{Aside, is_lent, leave_now};
pub use term::{Input, Screen};

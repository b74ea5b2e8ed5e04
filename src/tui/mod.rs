//! The terminal user interface: draws the model and reads keys. Drawing only reads the model; the sizes that result are
//! collected in a [`Viewport`](crate::app::Viewport), which is stored in the model before anything asks for it. Nothing
//! in this module decides what a key does.

mod background;
mod canvas;
mod chart;
mod chrome;
mod entry;
mod escape;
mod faults;
mod glyphs;
mod more;
mod page;
mod paint;
mod panes;
mod stage;
mod term;
mod view;
mod web;
mod writing;

pub use background::{Asking, Sifted};
pub use chrome::draw;
pub use escape::Joining;
pub use paint::Painter;
pub use stage::{Aside, is_lent, leave_now};
pub use term::{Input, Screen};

//! The terminal: drawing the model and reading keys. Drawing takes `&Model` and changes nothing but the sizes in its
//! [`ViewCache`](crate::app::ViewCache); no file here decides what a key does.

mod advice;
mod agreement;
mod chart;
mod chrome;
mod compare;
mod dialogue;
mod entry;
mod faults;
mod find;
mod help;
mod home;
mod journal;
mod layers;
mod page;
mod paint;
mod picture;
mod plan;
mod progress;
mod reflect;
mod rule;
mod rules;
mod session;
mod term;
mod writing;

pub use chrome::draw;
pub use paint::Painter;
pub use term::{Input, Screen, leave_now, panic_restores};

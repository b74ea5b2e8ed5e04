//! The one door to the world: clock, directories, environment, files. Everywhere else these are clippy errors.

mod clock;
mod dirs;
mod env;
mod files;
mod process;

pub use clock::{Clock, Stopwatch};
pub use dirs::{DirError, data_dir};
pub use env::{Env, is_terminal_in, is_terminal_out};
pub use process::exit_now;
pub use files::{FileError, create_private_file, list_dir, private_dir, read_text, read_text_from, write_private};

//! The one door to the world: clock, directories, environment, files. Everywhere else these are clippy errors.

mod clock;
mod dirs;
mod env;
mod files;
mod process;
mod stamp;

pub use clock::{Clock, Stopwatch};
pub use dirs::{DirError, data_dir};
pub use env::{Env, is_terminal_in, is_terminal_out};
pub use files::{
    FileError, create_private_file, file_len, list_dir, lock_private, private_dir, read_given, read_text,
    read_text_from, real_dir, write_private,
};
pub use process::{exit_now, pause, resident_kib};
pub use stamp::Stamp;

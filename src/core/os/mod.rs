//! Access to the outside world: clock, folders, environment, files, processes. Direct access elsewhere is a clippy
//! error.

mod ask;
mod charset;
mod clock;
mod decode;
mod dirs;
mod editor;
mod env;
mod export;
mod file_name;
mod files;
mod folders;
mod job;
mod process;
mod risky_folder;
mod secrets;
mod stamp;
mod wipe;
mod worker;

pub use ask::tell_terminal;
pub use charset::{Charset, plain_sign};
pub use clock::{Clock, LongWatch, Stopwatch, WorkWatch};
pub use decode::{Decoded, decoded};
pub use dirs::{DirError, config_file, data_dir, documents_dir, policy_file};
#[cfg(unix)]
pub use editor::end_editor;
pub use editor::{Edited, Editor, EditorEnd, EditorError, left_texts};
pub use env::{Background, Env, is_output_lost, is_terminal_in, is_terminal_out};
pub use export::{Existing, is_there, write_export, write_through};
pub use file_name::safe_file_name;
pub use files::{
    FileError, append_line, copy_private, create_private_file, file_len, flush_file, folder_kept_as_it_is,
    is_plain_folder, list_dir, list_some, lock_private, make_folders, private_dir, read_bytes, read_given, read_text,
    read_text_from, read_written, read_written_from, real_dir, rename_file, text_of, write_plain, write_private,
};
pub use folders::{remove_folder, rename_folder, write_folder};
#[cfg(unix)]
pub use job::{Place, place};
pub use job::{TerminalModes, can_be_resumed, terminal_columns};
pub use process::{exit_now, leave_no_core, pause, process_number, resident_kib};
pub use risky_folder::{RiskyFolder, risky_folder};
pub use secrets::{Quiet, SecretLines, ask_secret, quiet_terminal};
pub use stamp::{FileId, Stamp, file_id};
pub use wipe::{WIPING, is_blank, wipe_file, wipe_rest};
pub use worker::{WorkerError, ask_worker, limit_self, own_program};

//! The `cairn` binary, which passes its arguments to the library.

fn main() -> std::process::ExitCode {
    cairn_coach::cli::main(std::env::args_os())
}

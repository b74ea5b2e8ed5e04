//! The fuzz target of `day` in `doors.rs`.

#![no_main]

#[path = "../doors.rs"]
mod doors;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let door = doors::DOORS.iter().find(|(name, _)| *name == "day");
    door.expect("it is in the table").1(text);
});

//! Tests of the records as files: what a power cut, another program, a damaged file or a changed passphrase leaves.

mod damaged_files;
mod data_folder;
mod key_changes;
mod passphrases;

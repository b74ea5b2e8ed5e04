//! Loads packs from disk and from the binary: read, parse, check, merge, link. The result is a
//! [`Library`](crate::domain::Library); faults are reported as [`Fault`](crate::domain::Fault)s that name file, line,
//! cause and next step. Rules are not run here: their text is passed on.

mod builtin;
mod check;
mod check_catalogue;
mod check_framework;
mod keys;
mod lint;
mod load;
mod merge;
mod raw;
mod registry;
mod removed;
mod seal;
mod source;
mod starting;
mod template;
mod trust;

pub use builtin::builtin_packs;
pub use keys::{KeyShape, TomlFile, TomlKey, toml_files};
pub use lint::{double_barrelled, lint, open_question};
pub use load::{Loaded, load};
pub use registry::{FOLDER as PACKS_FOLDER, Installed, Layer, Registry, Version, lock_packs};
pub use seal::{PublicKey, Seal, digest, fingerprint, public_key, sign, verify};
pub use source::{OtherFiles, PackFiles, PackFolder, declared, label_of, read_pack};
pub use starting::Starting;
pub use template::{id_from, is_id, new_pack};
pub use trust::{Signed, Trust, Trusted, signing_key};

//! Sealing: what can be opened only with a passphrase or with a key. The format is that of [age](https://age-encryption.org/v1),
//! so that everything sealed here opens with the ordinary programs `age` and `rage` as well, without us.
//!
//! | file | idea |
//! | --- | --- |
//! | `secret` | texts that are wiped from memory and never printed by accident |
//! | `passphrase` | what a person keeps in mind, and words offered for one |
//! | `keys` | keys of their own: the paper key, the one of a coach, the one of an employer |
//! | `file` | sealing and opening bytes |
//!
//! This is the only layer that knows the `age` crate. It touches no disk.

mod file;
mod keys;
mod passphrase;
mod secret;

pub use file::{SealError, open_with_keys, open_with_passphrase, seal_for, seal_with_passphrase};
pub use keys::{Identity, KeyTextError, Recipient};
pub use passphrase::{FEWEST_LETTERS, OFFERED_WORDS, Passphrase, WeakPassphrase, offered_words};
pub use secret::Secret;

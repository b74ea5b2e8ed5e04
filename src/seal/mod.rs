//! Sealing of data so that it can be opened only with a passphrase or a key. The format is that of
//! [age](https://age-encryption.org/v1), so the standard programs `age` and `rage` can open everything that Cairn
//! seals.
//!
//! | file | content |
//! | --- | --- |
//! | `secret` | texts that are wiped from memory and hidden in debug output |
//! | `passphrase` | passphrases, their strength, and suggested words |
//! | `keys` | key pairs: the paper key, a coach's key, an employer's key |
//! | `file` | sealing and opening of bytes |
//!
//! No other layer uses the `age` crate. This layer does not access the disk.

mod file;
mod keys;
mod passphrase;
mod secret;

pub use file::{SealError, open_with_keys, open_with_passphrase, seal_for, seal_with_passphrase};
pub use keys::{Identity, KeyTextError, Recipient};
pub use passphrase::{FEWEST_LETTERS, OFFERED_WORDS, Passphrase, WeakPassphrase, offered_words};
pub use secret::Secret;

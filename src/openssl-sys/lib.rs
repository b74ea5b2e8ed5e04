//! Links libcrypto for SQLCipher. Nothing in it is called from Rust: what is done is done in build.rs.

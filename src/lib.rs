//! Cairn.
pub mod domain;
pub mod os;
pub mod pack;
pub mod store;

//! Cairn.
pub mod app;
pub mod command;
pub mod config;
pub mod domain;
pub mod os;
pub mod pack;
pub mod rules;
pub mod search;
pub mod tui;

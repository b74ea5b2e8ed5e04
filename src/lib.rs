//! Cairn.
pub mod app;
pub mod cli;
pub mod command;
pub mod config;
pub mod desk;
pub mod domain;
pub mod error;
pub mod os;
pub mod pack;
pub mod rules;
pub mod run;
pub mod search;
pub mod store;
pub mod tui;

//! The plain mode: the same core, commands and content as lines in and lines out, for screen readers, scripts and dumb
//! terminals. A line becomes [`Msg`](crate::app::Msg)s for [`update`](crate::app::update); what changed in the
//! [`Model`](crate::app::Model) becomes sentences. No screen, no terminal and no disk here: [`run`](crate::run) reads the
//! lines, performs the effects and writes what is said, so that everything can be tested as a conversation.
//!
//! # What a line means
//! Where nothing is being written, a number chooses a row and a word is a command ([`orders`]). In a search line the line
//! is the query. Where text is written, a line is text, and a single dot ends it. A colon in front makes a line a command
//! everywhere ([`parse`]).
//!
//! # What is said
//! Every place has one teller ([`render`]), which says all of it as a [`PlaceText`](place_text::PlaceText): head, numbered rows, the marked
//! row whole, what is written, what can be done. [`Talk`] compares it with what was told last and says only what is new. A
//! notice of the core comes first, for it is the answer to the line.
//!
//! A statement is one line, however long it is: a script reads it whole, and a screen reader knows where it ends. Only a
//! terminal that says how wide it is gets it broken between words, by whoever writes it. Nothing is drawn: no boxes, bars or marks, no cursor movement and no escape sequence. Long lists are told in
//! parts, because a voice cannot be skimmed.

mod help;
mod input_mode;
mod orders;
mod parse;
mod place_text;
mod render;
mod talk;

pub use orders::Own;
pub use parse::{ParsedLine, Then};
pub use talk::Talk;

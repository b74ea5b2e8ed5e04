//! Plain mode: the same core, commands and content as on screen, as lines of input and lines of output, for screen
//! readers, scripts and dumb terminals. A line is converted to [`Msg`](crate::app::Msg)s for
//! [`update`](crate::app::update); what changes in the [`Model`](crate::app::Model) is converted to sentences. Nothing
//! here touches the screen, the terminal or the disk: [`run`](crate::run) reads the lines, performs the effects and
//! writes the output, so that everything can be tested as a conversation.
//!
//! # Input
//! Where no text is being written, a number chooses a row and a word is a command ([`orders`]). In a search line the
//! input is the query. Where text is written, a line is part of the text and a single dot ends it. A line that starts
//! with a colon is a command everywhere ([`parse`]).
//!
//! # Output
//! [`render`] describes each screen or overlay in full as a [`PlaceText`](place_text::PlaceText): heading, numbered
//! rows, the marked row in full, the text being written, what can be done. [`Talk`] compares it with the previous
//! output and prints only what is new. A notice of the core comes first, because it is the answer to the line.
//!
//! A statement is one line, however long: a script reads it whole, and a screen reader knows where it ends. It is
//! broken between words only for a terminal that reports its width, by the code that writes it. The output contains no
//! boxes, bars or symbols, no cursor movement and no escape sequences. Long lists are printed in parts, because speech
//! cannot be skimmed.

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

//! Looks by role, in the terminal's own sixteen colours. Body text is always the terminal's own, and nothing is said by
//! colour alone: every look that means something also has an attribute or a mark beside it.

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Body,
    /// Says something about the text beside it.
    Note,
    /// The name of what is shown.
    Title,
    /// Above a part of a page.
    Heading,
    /// Codes and words that stand for something.
    Label,
    /// The marked row.
    Marked,
    /// Letters that matched.
    Match,
    /// Something was done.
    Good,
    /// Should not wait.
    Urgent,
    /// Something was not done.
    Bad,
    /// A key in a hint.
    Key,
    /// The tab in front.
    Tab,
    /// Lines and frames.
    Line,
    /// What was chosen.
    Chosen,
}

/// Colours that are legible on dark and on light backgrounds; white, black and the greys are never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The terminal's own.
    Own,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Magenta.
    Magenta,
    /// Cyan.
    Cyan,
}

/// How a role looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colour of the letters.
    pub ink: Ink,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Colours changed over.
    pub reverse: bool,
}

const PLAIN: Look = Look { ink: Ink::Own, bold: false, italic: false, underline: false, reverse: false };

/// A look for every role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Sixteen colours.
    Colour,
    /// Attributes only, for `NO_COLOR`.
    Mono,
}

impl Theme {
    /// The look of a role.
    #[must_use]
    pub fn look(self, role: Role) -> Look {
        let look = match role {
            Role::Body | Role::Line => PLAIN,
            Role::Note => Look { italic: true, ..PLAIN },
            Role::Title | Role::Heading => Look { bold: true, ..PLAIN },
            Role::Label => Look { ink: Ink::Cyan, ..PLAIN },
            Role::Marked | Role::Tab => Look { reverse: true, bold: true, ..PLAIN },
            Role::Match => Look { ink: Ink::Magenta, bold: true, underline: true, ..PLAIN },
            Role::Good => Look { ink: Ink::Green, bold: true, ..PLAIN },
            Role::Urgent => Look { ink: Ink::Yellow, bold: true, ..PLAIN },
            Role::Bad => Look { ink: Ink::Red, bold: true, ..PLAIN },
            Role::Key => Look { ink: Ink::Cyan, bold: true, ..PLAIN },
            Role::Chosen => Look { ink: Ink::Green, bold: true, ..PLAIN },
        };
        match self {
            Self::Colour => look,
            Self::Mono => Look { ink: Ink::Own, ..look },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_every_meaning_keeps_an_attribute() {
        for role in [Role::Marked, Role::Match, Role::Good, Role::Urgent, Role::Bad, Role::Key, Role::Chosen, Role::Tab] {
            let look = Theme::Mono.look(role);
            assert_eq!(look.ink, Ink::Own);
            assert!(look.bold || look.underline || look.reverse, "{role:?}");
        }
    }
}

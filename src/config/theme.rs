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
    /// Text that is selected.
    Selected,
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

/// What is done to letters beside their colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Colours changed over.
    Reverse,
}

/// How a role looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colour of the letters.
    pub ink: Ink,
    /// What is done to them beside.
    pub attributes: &'static [Attribute],
}

const fn look(ink: Ink, attributes: &'static [Attribute]) -> Look {
    Look { ink, attributes }
}

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
            Role::Body | Role::Line => look(Ink::Own, &[]),
            Role::Note => look(Ink::Own, &[Attribute::Italic]),
            Role::Title | Role::Heading => look(Ink::Own, &[Attribute::Bold]),
            Role::Label => look(Ink::Cyan, &[]),
            Role::Marked | Role::Tab => look(Ink::Own, &[Attribute::Reverse, Attribute::Bold]),
            Role::Selected => look(Ink::Own, &[Attribute::Reverse]),
            Role::Match => look(Ink::Magenta, &[Attribute::Bold, Attribute::Underline]),
            Role::Good | Role::Chosen => look(Ink::Green, &[Attribute::Bold]),
            Role::Urgent => look(Ink::Yellow, &[Attribute::Bold]),
            Role::Bad => look(Ink::Red, &[Attribute::Bold]),
            Role::Key => look(Ink::Cyan, &[Attribute::Bold]),
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
        for role in [
            Role::Marked,
            Role::Selected,
            Role::Match,
            Role::Good,
            Role::Urgent,
            Role::Bad,
            Role::Key,
            Role::Chosen,
            Role::Tab,
        ] {
            let look = Theme::Mono.look(role);
            assert_eq!(look.ink, Ink::Own);
            assert!(!look.attributes.is_empty(), "{role:?}");
        }
    }
}

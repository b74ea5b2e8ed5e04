//! Roles: what a part of the screen means. Colours are assigned to roles and never to places, so a theme is one short
//! table.

use crate::domain::named;

named! {
    /// The meaning of a part of the screen.
    Role {
        Body "body" "Ordinary text, which is always the terminal's own.";
        Note "note" "Says something about the text next to it.";
        Hint "hint" "In an empty line until you type something.";
        Title "title" "The name of what is shown.";
        Heading "heading" "Above a part of a page.";
        Label "label" "Codes, and words that say what follows.";
        Marked "marked" "The selected row.";
        Match "match" "Letters that a search found.";
        Selected "selected" "Text that you selected.";
        Good "good" "Something was done.";
        Urgent "urgent" "Should not wait.";
        Bad "bad" "Something was not done.";
        Key "key" "A key in a hint.";
        Tab "tab" "The current tab.";
        Line "line" "Lines and frames.";
        Chosen "chosen" "What you chose.";
        Private "private" "What only the coach can read.";
        State "state" "A state to be aware of, such as private notes on screen.";
        Client "client" "Whose records are open.";
        Bar "bar" "A bar or a line of a chart.";
        Other "other" "A second one next to it.";
        Focus "focus" "A sign at what you are on.";
    }
}

impl Role {
    /// Number of roles.
    pub const COUNT: usize = Self::ALL.len();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_a_table() {
        for (at, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, at);
            assert_eq!(Role::from_id(role.id()), Some(*role));
            assert!(role.about().ends_with('.') && role.about().matches('.').count() == 1);
        }
    }
}

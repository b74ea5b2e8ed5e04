//! Pages for secret input, which cover everything else. Their text is stored separately from all other text: it has no
//! draft, cannot be copied, has no undo history, and is wiped when the page is closed.

use crate::command::key;
use crate::seal::Secret;

/// The purpose of a secret page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretFor {
    /// Unlocking records that have a passphrase.
    Unlock,
    /// Continuing with records that have no passphrase and were put away.
    Uncover,
    /// Choosing the first passphrase. It may be postponed, and is offered once after the first save.
    Choose,
    /// Choosing a new passphrase after unlocking with this paper key.
    Reset(Secret),
    /// Changing the passphrase.
    Change,
    /// Making a new paper key.
    NewPaperKey,
    /// Removing the passphrase.
    Remove,
    /// Opening the backup in this folder.
    Backup(String),
}

/// A line of secret input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretLine {
    pub label: &'static str,
    pub typed: Secret,
}

/// The state of a secret page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretPage {
    pub purpose: SecretFor,
    /// The lines; empty only for [`SecretFor::Uncover`].
    pub lines: Vec<SecretLine>,
    /// Index of the line that is typed in, counted from 0.
    pub at: usize,
    /// Why the input was rejected; may be empty.
    pub problem: String,
    /// Whether the input is being checked, which takes about a second.
    pub working: bool,
    /// Whether the typed text is visible.
    pub shown: bool,
    /// Words offered as a passphrase; `None` if none were asked for.
    pub offered: Option<Secret>,
    /// Who else can open the records; empty for nobody.
    pub escrow: String,
}

const NEW: &str = "New passphrase";
const AGAIN: &str = "Type it again";
const OLD: &str = "Passphrase, or paper key";

impl SecretPage {
    /// Creates a page with nothing typed yet.
    #[must_use]
    pub fn new(purpose: SecretFor, escrow: &str) -> Self {
        let labels: &[&'static str] = match purpose {
            SecretFor::Unlock | SecretFor::NewPaperKey | SecretFor::Remove | SecretFor::Backup(_) => &[OLD],
            SecretFor::Uncover => &[],
            SecretFor::Choose | SecretFor::Reset(_) => &[NEW, AGAIN],
            SecretFor::Change => &[OLD, NEW, AGAIN],
        };
        let lines = labels.iter().map(|label| SecretLine { label, typed: Secret::roomy() }).collect();
        Self {
            purpose,
            lines,
            at: 0,
            problem: String::new(),
            working: false,
            shown: false,
            offered: None,
            escrow: escrow.to_owned(),
        }
    }

    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.purpose {
            SecretFor::Unlock => "Your records are locked",
            SecretFor::Uncover => "The screen is hidden",
            SecretFor::Choose => "Lock your records with a passphrase?",
            SecretFor::Reset(_) => "Choose a new passphrase",
            SecretFor::Change => "Change the passphrase",
            SecretFor::NewPaperKey => "Make a new paper key",
            SecretFor::Remove => "Remove the passphrase",
            SecretFor::Backup(_) => "This backup is locked",
        }
    }

    /// Returns the text to read first, one paragraph per element.
    #[must_use]
    pub fn words(&self) -> &'static [&'static str] {
        match self.purpose {
            SecretFor::Unlock => &[
                "Type your passphrase. If you have forgotten it, type the paper key instead, which begins with AGE-SECRET-KEY.",
                "Each try takes about a second. This is deliberate. It stops other people from trying many.",
            ],
            SecretFor::Uncover => {
                &["Your records have no passphrase, so this only hides the screen. Anyone at this computer can open \
                    them."]
            }
            SecretFor::Choose => &[
                "Anyone who can read your files, or has your disk or a copy of it, can read what you write. A \
                 passphrase of 12 letters or more locks it. Four words are easy to remember.",
                concat!(
                    "To do this later, press ",
                    key!("back"),
                    ". When you are ready, press ",
                    key!("passphrase"),
                    "."
                ),
            ],
            SecretFor::Reset(_) => {
                &["You used your paper key. Choose a passphrase that you can remember. Your paper key stays the same."]
            }
            SecretFor::Change => {
                &["Your paper key stays the same. The new passphrase also opens the backups next to your records. \
                 Copies in other places still open with the old one. Anyone who can open such a copy can also open \
                 these records."]
            }
            SecretFor::NewPaperKey => {
                &["You need pen and paper, because Cairn shows the new key once. Your old paper key will stop working \
                 for your records and for the backups next to them."]
            }
            SecretFor::Remove => &[
                "Anyone who can read your files, or has a copy of your disk, will be able to read your records. Your paper \
                 key will stop working.",
            ],
            SecretFor::Backup(_) => {
                &["Type your passphrase. If that does not open it, try an earlier passphrase or paper key."]
            }
        }
    }

    /// Returns the line that is typed in and clears the problem; `None` while the input is being checked.
    pub fn line_mut(&mut self) -> Option<&mut Secret> {
        if self.working {
            return None;
        }
        self.problem.clear();
        self.lines.get_mut(self.at).map(|line| &mut line.typed)
    }

    /// Returns the text of a line; empty if there is no such line.
    #[must_use]
    pub fn typed(&self, at: usize) -> Secret {
        self.lines.get(at).map(|line| line.typed.clone()).unwrap_or_default()
    }

    /// Returns whether the page covers the records, so that nothing of them is visible.
    #[must_use]
    pub fn is_cover(&self) -> bool {
        matches!(self.purpose, SecretFor::Unlock | SecretFor::Uncover)
    }

    /// Returns whether a new passphrase is chosen on this page.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        matches!(self.purpose, SecretFor::Choose | SecretFor::Reset(_) | SecretFor::Change)
    }

    /// Returns whether leaving the page postpones the choice, because the user may not have asked for the page.
    pub(super) fn may_be_put_off(&self) -> bool {
        self.purpose == SecretFor::Choose
    }

    /// Returns the new passphrase, if both lines are the same and not empty.
    pub(super) fn chosen(&self) -> Result<Secret, &'static str> {
        let (Some(again), Some(new)) = (self.lines.last(), self.lines.iter().rev().nth(1)) else {
            return Err("You have not typed anything.");
        };
        if new.typed.letters() == 0 {
            return Err("You have not typed anything yet.");
        }
        if new.typed == again.typed {
            Ok(new.typed.clone())
        } else {
            Err("The passphrases do not match. Type them \
            again.")
        }
    }
}

/// The page that shows the paper key, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPage {
    pub key: Secret,
    /// Who else can open the records; empty for nobody.
    pub escrow: String,
}

impl PaperPage {
    /// Returns the key in groups that are easy to copy by hand: the prefix, then rows of up to four groups of five
    /// characters.
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        const START: usize = "AGE-SECRET-KEY-1".len();
        let text = self.key.reveal();
        let (start, rest) = text.split_at_checked(START).unwrap_or((text, ""));
        let letters: Vec<char> = rest.chars().collect();
        let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
        let mut rows = vec![start.to_owned()];
        rows.extend(groups.chunks(4).map(|row| row.join(" ")));
        rows
    }

    /// Explains what to do with the key.
    pub const WORDS: [&'static str; 3] = [
        "Write it down or print it. Keep it where you keep your passport. If you forget the passphrase, type this key \
         instead. Spaces and small letters do not matter.",
        "Cairn shows it only once and does not save it. If you lose both the passphrase and this key, nobody can open \
         your records. We cannot either.",
        "Copies that you made earlier in other places still open as they did then. Make them again, and delete the \
         old ones.",
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_passphrase_is_typed_twice() {
        let mut page = SecretPage::new(SecretFor::Change, "");
        assert_eq!(page.chosen(), Err("You have not typed anything yet."));
        for (at, text) in ["old", "four words", "four wordz"].into_iter().enumerate() {
            page.at = at;
            page.line_mut().expect("a line").type_in(text);
        }
        assert_eq!(page.chosen(), Err("The passphrases do not match. Type them again."));
        page.line_mut().expect("a line").erase();
        page.line_mut().expect("a line").type_in("s");
        assert_eq!(page.chosen().map(|new| new.reveal().to_owned()), Ok("four words".to_owned()));
        page.working = true;
        assert!(page.line_mut().is_none());
    }

    #[test]
    fn a_paper_key_is_shown_in_groups() {
        let key = crate::seal::Identity::generate().text();
        let page = PaperPage { key: key.clone(), escrow: String::new() };
        let joined: String = page.rows().concat().split_whitespace().collect();
        assert_eq!(joined, key.reveal());
        assert!(page.rows().iter().all(|row| row.len() <= 23));
    }
}

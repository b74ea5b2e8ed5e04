//! What an organisation says about passphrases: who can open records besides, in a file that no person of it can overlook.

use serde::Deserialize;

use super::{DeskError, OpenOptions};
use crate::domain::{can_be_read, clean, fold, spelt};
use crate::os::read_text;
use crate::seal::Recipient;
use crate::store::Escrow;

/// More than what an organisation says about passphrases ever has.
const POLICY_CAP: u64 = 64 * 1024;

/// What an organisation says about passphrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    escrow: EscrowSaid,
}

/// Who can open records besides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EscrowSaid {
    name: String,
    key: String,
}

/// Letters of the longest name that is shown whole on every screen and paper.
const LONGEST_NAME: usize = 120;
/// Fewest letters of a name that can be seen: nobody opens records under a blank one.
const LETTERS: usize = 2;

impl OpenOptions {
    /// Who can open records besides, once they are locked.
    ///
    /// # Errors
    /// [`DeskError::Policy`].
    pub fn escrow(&self) -> Result<Option<Escrow>, DeskError> {
        let Some(path) = &self.policy else { return Ok(None) };
        let wrong = |why: String| DeskError::Policy { path: path.clone(), why };
        let text = read_text(path, POLICY_CAP).map_err(|error| wrong(error.to_string()))?;
        let policy: Policy = toml::from_str(&text).map_err(|error| wrong(clean(error.message())))?;
        let key = Recipient::parse(&policy.escrow.key).map_err(|error| wrong(error.to_string()))?;
        let name = clean(&policy.escrow.name).replace('\n', " ").trim().to_owned();
        if !can_be_read(&name, LETTERS) {
            return Err(wrong("the name of who can open the records cannot be read; write who they are".to_owned()));
        }
        if speaks_of_the_reader(&name) {
            return Err(wrong(format!("\"{name}\" names nobody; write who can open the records, by their name")));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(wrong(format!("the name of who can open the records has more than {LONGEST_NAME} letters")));
        }
        Ok(Some(Escrow { name, key }))
    }
}

/// Whether a name would be read as the reader, or as one of the ways that everybody has.
fn speaks_of_the_reader(name: &str) -> bool {
    const TAKEN: [&str; 14] = [
        "you",
        "yourself",
        "me",
        "myself",
        "i",
        "we",
        "us",
        "nobody",
        "no one",
        "anybody",
        "paper key",
        "passphrase",
        "cairn",
        "someone",
    ];
    let plain = fold(&spelt(name));
    let plain = plain.trim_matches(|letter: char| !letter.is_alphanumeric());
    let bare = ["your ", "the ", "my ", "our "].iter().find_map(|lead| plain.strip_prefix(lead)).unwrap_or(plain);
    TAKEN.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_opens_records_under_a_name_that_means_the_reader() {
        for taken in ["you", "You", " YOU. ", "your paper key", "Nobody", "me", "\u{ff39}\u{ff2f}\u{ff35}"] {
            assert!(speaks_of_the_reader(taken), "{taken}");
        }
        assert!(!speaks_of_the_reader("Youth Services Trust") && !speaks_of_the_reader("Cairn Valley Care"));
    }

    #[test]
    fn nobody_opens_records_under_a_name_that_cannot_be_seen() {
        for blank in ["", "   ", "\u{200b}\u{200b}", "\u{2800}", "\u{3164}\u{3164}", "\u{115f}", "--", "."] {
            assert!(!can_be_read(&clean(blank), LETTERS), "{blank:?}");
        }
        for name in ["Acme Care", "Gofal Môn", "NHS", "\u{5bfa}\u{5ead}"] {
            assert!(can_be_read(name, LETTERS), "{name}");
        }
    }
}

//! The policy of an organisation for passphrases: a second party that can open records, in a file that everybody in the
//! organisation can see.

use serde::Deserialize;

use super::{DeskError, OpenOptions};
use crate::domain::{can_be_read, clean, fold, spelt};
use crate::os::read_text;
use crate::seal::Recipient;
use crate::store::Escrow;

/// Maximum size of the policy in bytes.
const POLICY_CAP: u64 = 64 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    escrow: EscrowSaid,
}

/// The second party.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EscrowSaid {
    name: String,
    key: String,
}

/// Maximum length of the name in characters; it is shown in full on every screen and paper.
const LONGEST_NAME: usize = 120;
/// Minimum number of visible letters of the name: nobody may have access under a blank name.
const LETTERS: usize = 2;

impl OpenOptions {
    /// Returns the second party that can open records once they are locked, if the policy names one.
    ///
    /// # Errors
    /// [`DeskError::Policy`] if the file is invalid.
    pub fn escrow(&self) -> Result<Option<Escrow>, DeskError> {
        let Some(path) = &self.policy else { return Ok(None) };
        let wrong = |why: String| DeskError::Policy { path: path.clone(), why };
        let text = read_text(path, POLICY_CAP).map_err(|error| wrong(error.to_string()))?;
        let policy: Policy = toml::from_str(&text).map_err(|error| wrong(clean(error.message())))?;
        let key = Recipient::parse(&policy.escrow.key).map_err(|error| wrong(error.to_string()))?;
        let name = clean(&policy.escrow.name).replace('\n', " ").trim().to_owned();
        if !can_be_read(&name, LETTERS) {
            return Err(wrong(
                "Cairn cannot read the name of the person who can open the records. Write who they are".to_owned(),
            ));
        }
        if speaks_of_the_reader(&name) {
            return Err(wrong(format!("\"{name}\" is not a name. Write who can open the records, by their name")));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(wrong(format!(
                "the name of the person who can open the records has more than {LONGEST_NAME} \
                letters"
            )));
        }
        Ok(Some(Escrow { name, key }))
    }
}

/// Returns whether a name would be understood as the reader, or as the passphrase or paper key.
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

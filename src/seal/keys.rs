//! Key pairs: the secret half (`AGE-SECRET-KEY-1…`, 74 characters) opens what was sealed for the public half (`age1…`,
//! 62 characters). Both contain a checksum, so a mistyped character is noticed.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret;

use super::secret::Secret;

/// Prefix of secret keys.
const SECRET: &str = "AGE-SECRET-KEY-1";
/// Number of characters of a key that are read out for comparison.
const READ_OUT: usize = 8;

/// Why a text is not a valid key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyTextError {
    /// It is not a public key.
    #[error("this is not a public key. It has 62 letters and starts with age1, so check for a wrong letter")]
    Recipient,
    /// It is not a secret key.
    #[error(
        "this is not a secret key. It has 74 letters and starts with AGE-SECRET-KEY-1, so check for a wrong letter"
    )]
    Identity,
}

/// A public key, for which something can be sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(pub(super) age::x25519::Recipient);

impl Recipient {
    /// Parses a typed or pasted key.
    ///
    /// # Errors
    /// Returns an error if it is not a public key.
    pub fn parse(text: &str) -> Result<Self, KeyTextError> {
        let text: String = text.split_whitespace().collect();
        age::x25519::Recipient::from_str(&text).map(Self).map_err(|_| KeyTextError::Recipient)
    }

    /// Returns the last characters, for comparison over the telephone.
    #[must_use]
    pub fn last_letters(&self) -> String {
        let text = self.to_string();
        text.chars().skip(text.chars().count().saturating_sub(READ_OUT)).collect()
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

/// A secret key.
#[derive(Clone)]
pub struct Identity(pub(super) age::x25519::Identity);

impl Identity {
    /// Generates a key with random numbers from the operating system.
    #[must_use]
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Parses a key typed from paper; spaces, missing hyphens in the prefix and lower case are accepted.
    ///
    /// # Errors
    /// Returns an error if it is not a secret key.
    pub fn parse(text: &Secret) -> Result<Self, KeyTextError> {
        let letters: String =
            text.reveal().chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let start: String = SECRET.chars().filter(char::is_ascii_alphanumeric).collect();
        let rest = letters.strip_prefix(&start).ok_or(KeyTextError::Identity)?;
        let whole = Secret::new(format!("{SECRET}{rest}"));
        age::x25519::Identity::from_str(whole.reveal()).map(Self).map_err(|_| KeyTextError::Identity)
    }

    /// Returns whether the text is meant as a secret key rather than a passphrase.
    #[must_use]
    pub fn is_meant(text: &Secret) -> bool {
        let letters: String = text.reveal().chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        letters.eq_ignore_ascii_case("AGESECRETKEY")
    }

    /// Returns the key as text.
    #[must_use]
    pub fn text(&self) -> Secret {
        Secret::new(self.0.to_string().expose_secret().to_owned())
    }

    /// Returns the public key.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_a_person_types_it_from_paper() {
        let key = Identity::generate();
        let text = key.text().reveal().to_owned();
        assert!(text.starts_with(SECRET) && text.len() == 74);
        let grouped: Vec<String> = text.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into()).collect();
        for typed in [text.clone(), text.to_lowercase(), grouped.join(" "), format!("  {text}\n")] {
            let secret = Secret::new(typed);
            assert!(Identity::is_meant(&secret));
            assert_eq!(Identity::parse(&secret).expect("the same key").recipient(), key.recipient());
        }
        let public = key.recipient().to_string();
        assert_eq!(Recipient::parse(&format!(" {public}\n")).expect("a key"), key.recipient());
        assert!(public.ends_with(&key.recipient().last_letters()) && key.recipient().last_letters().len() == 8);
    }

    #[test]
    fn one_wrong_letter_is_noticed() {
        let text = Identity::generate().text().reveal().to_owned();
        for at in (16..74).step_by(5) {
            let wrong: String = text
                .chars()
                .enumerate()
                .map(|(i, c)| if i == at { if c == 'Q' { 'P' } else { 'Q' } } else { c })
                .collect();
            assert!(Identity::parse(&Secret::new(wrong)).is_err());
        }
        assert_eq!(Recipient::parse("age1qqq"), Err(KeyTextError::Recipient));
        assert!(!Identity::is_meant(&Secret::new("age of innocence".to_owned())));
        assert!(!format!("{:?}", Identity::generate()).contains("AGE-"));
    }
}

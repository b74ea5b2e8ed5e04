//! Passphrases for records: long rather than complicated, as the National Cyber Security Centre advises (three random
//! words, ncsc.gov.uk). There are no rules about special characters and digits, and no expiry.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::keys::Identity;
use super::secret::Secret;

/// Minimum length of a passphrase in characters.
pub const FEWEST_LETTERS: usize = 12;
/// Number of suggested words. They come from a list of 2,048, so 2^44 phrases are equally likely.
pub const OFFERED_WORDS: usize = 4;
/// Maximum length in bytes; nobody types more.
const MOST_BYTES: usize = 1024;
/// Minimum number of guesses that a passphrase must withstand, as a power of ten: at about a second for each, a hundred
/// machines would need three years.
const GUESSES: f64 = 10.0;
/// Number of characters whose strength is estimated; any further ones only make it better.
const WEIGHED: usize = 100;

/// A passphrase in Unicode normalisation form NFC, so that all keyboards give the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passphrase(Secret);

/// Reasons for which a text cannot be a new passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// It is too short.
    #[error("a passphrase has at least {FEWEST_LETTERS} letters. Four words are easy to remember")]
    Short,
    /// It consists of only a few different characters.
    #[error("a passphrase with so few different letters is easy to guess. Four words are easy to remember")]
    Uniform,
    /// It is easy to guess; contains the reason.
    #[error("{0}. Four words that do not belong together are hard to guess and easy to remember")]
    Guessed(&'static str),
    /// It begins like a paper key and would be mistaken for one.
    #[error("this starts like a paper key and would be used as one, so choose another passphrase")]
    LooksLikeKey,
    /// It is too long.
    #[error("a passphrase has at most {MOST_BYTES} bytes")]
    Long,
    /// It contains line breaks or control characters.
    #[error("a passphrase cannot have line breaks or control characters")]
    Control,
}

impl Passphrase {
    /// Takes an existing passphrase without checks.
    #[must_use]
    pub fn typed(text: &Secret) -> Self {
        Self(Secret::new(text.reveal().nfc().collect()))
    }

    /// Checks a new passphrase.
    ///
    /// # Errors
    /// Returns an error if it is too easy to guess or cannot be typed.
    pub fn new(text: &Secret) -> Result<Self, WeakPassphrase> {
        let passphrase = Self::typed(text);
        let letters: Vec<&str> = passphrase.reveal().graphemes(true).collect();
        if passphrase.reveal().len() > MOST_BYTES {
            return Err(WeakPassphrase::Long);
        }
        if passphrase.reveal().chars().any(char::is_control) {
            return Err(WeakPassphrase::Control);
        }
        if letters.len() < FEWEST_LETTERS {
            return Err(WeakPassphrase::Short);
        }
        let mut different = letters;
        different.sort_unstable();
        different.dedup();
        if different.len() < 5 {
            return Err(WeakPassphrase::Uniform);
        }
        if Identity::is_meant(text) {
            return Err(WeakPassphrase::LooksLikeKey);
        }
        match too_easy(passphrase.reveal()) {
            Some(why) => Err(WeakPassphrase::Guessed(why)),
            None => Ok(passphrase),
        }
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// Returns why a text is easy to guess, if it is. The strength is estimated with zxcvbn, which knows common passwords,
/// words and names, repetitions, keyboard rows and dates.
fn too_easy(text: &str) -> Option<&'static str> {
    use zxcvbn::feedback::Warning;
    let weighed: String = text.chars().take(WEIGHED).collect();
    let found = zxcvbn::zxcvbn(&weighed, &["cairn", "coaching", "passphrase"]);
    if found.guesses_log10() >= GUESSES {
        return None;
    }
    Some(match found.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        Some(Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "This repeats letters or words, so it is easy to guess"
        }
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => "Letters or digits in order are easy to guess",
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "Keys next to each other are easy to guess"
        }
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "This is like a passphrase that many people use",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "Years and dates are easy to guess"
        }
        _ => "This is made of common words or names, so it is easy to guess",
    })
}

/// Suggests random words for a new passphrase.
///
/// # Errors
/// Returns the error of the operating system as text if it has no random bytes.
pub fn offered_words() -> Result<Secret, String> {
    let list = bip39::Language::English.word_list();
    let mut drawn = [0_u8; OFFERED_WORDS * 2];
    getrandom::fill(&mut drawn).map_err(|error| error.to_string())?;
    let pairs = drawn.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    // 2,048 divides 65,536, so every word is equally likely.
    let words: Vec<&str> =
        pairs.map(|pair| list.get(usize::from(u16::from_le_bytes(pair)) % list.len()).copied().unwrap_or("")).collect();
    Ok(Secret::new(words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(text: &str) -> Result<Passphrase, WeakPassphrase> {
        Passphrase::new(&Secret::new(text.to_owned()))
    }

    #[test]
    fn short_uniform_and_untypable_ones_are_refused() {
        assert!(new("correct horse battery").is_ok());
        assert!(new("\u{f4}l-troed y d\u{f4}n").is_ok());
        assert_eq!(new("elevenchars"), Err(WeakPassphrase::Short));
        assert_eq!(new("abababababababab"), Err(WeakPassphrase::Uniform));
        assert_eq!(new("one line\nand another"), Err(WeakPassphrase::Control));
        assert_eq!(new(&"word and ".repeat(200)), Err(WeakPassphrase::Long));
    }

    #[test]
    fn common_and_repeated_words_are_weighed_and_what_looks_like_a_key_is_refused() {
        for easy in [
            "passwordpassword",
            "password password password",
            "123456789012",
            "aaaaaaaabcde",
            "qwertyuiop12",
            "            abcd",
            "manchesterunited",
            "iloveyou1234",
            "Summer2026!!!!",
            "cairncairncairn",
            "letmeinletmein",
        ] {
            let refused = new(easy).expect_err(easy);
            assert!(matches!(refused, WeakPassphrase::Guessed(_) | WeakPassphrase::Uniform), "{easy}: {refused}");
            assert!(refused.to_string().contains("our words"), "{refused}");
        }
        for key in ["age secret key to my heart", "Age-Secret-Keyring 2026", "AGE-SECRET-KEY-1 is what I typed"] {
            assert_eq!(new(key), Err(WeakPassphrase::LooksLikeKey), "{key}");
        }
        for good in ["four words of mine", " leading space pass", "mountain river cloud tree", "caf\u{e9} con leche"] {
            assert!(new(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn two_spellings_of_one_letter_are_one_passphrase() {
        assert_eq!(new("caf\u{e9} con leche"), new("cafe\u{301} con leche"));
    }

    #[test]
    fn offered_words_are_good_and_never_the_same() {
        let words = offered_words().expect("the system has random bytes");
        assert_eq!(words.reveal().split(' ').count(), OFFERED_WORDS);
        assert!(Passphrase::new(&words).is_ok());
        assert_ne!(words, offered_words().expect("the system has random bytes"));
        assert_eq!(bip39::Language::English.word_list().len(), 2048);
    }
}

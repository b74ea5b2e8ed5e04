//! Sealing and opening of bytes. All sealed content is authenticated: a flipped bit or a missing end gives an error,
//! never wrong bytes.

use std::io::{self, Read, Write};
use std::iter::once;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor};

use super::keys::{Identity, Recipient};
use super::passphrase::Passphrase;

/// Work factor for one guess at a passphrase: scrypt with N = 2^18, r = 8, p = 1, which takes about a second and 256
/// MiB. It is fixed, because a slow machine would reject the value chosen automatically on a fast one.
#[cfg(not(test))]
const WORK: u8 = 18;
/// A low value, so that tests of other code need not wait.
#[cfg(test)]
const WORK: u8 = 8;
/// Maximum work factor accepted when opening a file: 4 GiB and about twenty seconds.
const MOST_WORK: u8 = 22;

/// Reasons for which something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The passphrase or key is not one that the file was sealed with.
    #[error("this passphrase or key does not open it")]
    WrongKey,
    /// The file was changed, or its end is missing.
    #[error("it is damaged, because it was changed or its end is missing")]
    Damaged,
    /// The file is not an age file.
    #[error("it is not an encrypted file, because it does not start like one made by age")]
    NotSealed,
    /// The file demands so much work or memory that it must be malicious.
    #[error("it asks for more work than any honest file does")]
    TooMuchWork,
    /// The content is larger than the limit, given in KiB.
    #[error("what is in it is larger than {0} KiB")]
    TooLarge(u64),
    /// No recipient was given.
    #[error("you did not say who to encrypt it for")]
    Nobody,
    /// An error of the operating system.
    #[error("it could not be encrypted: {0}")]
    Io(#[from] io::Error),
}

impl From<DecryptError> for SealError {
    fn from(error: DecryptError) -> Self {
        match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
                Self::WrongKey
            }
            DecryptError::ExcessiveWork { .. } => Self::TooMuchWork,
            DecryptError::UnknownFormat => Self::NotSealed,
            _ => Self::Damaged,
        }
    }
}

/// The first bytes of age files.
const MAGIC: &[u8] = b"age-encryption.org/";

/// First and last line of the armoured form, which can be sent in the body of an e-mail.
const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
/// Number of bytes at the start of a file in which the armour must begin; an e-mail may have text before it.
const BEFORE: usize = 16 * 1024;
/// Maximum number of keys that a file may be sealed for.
const MOST_READERS: usize = 100;

/// Returns the armoured part of a text, for line ends of any system and without text or quotation marks added by an
/// e-mail program; `None` if there is none.
fn armoured(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..bytes.len().min(BEFORE))?;
    let at = start.windows(BEGIN.len()).position(|part| part == BEGIN.as_bytes())?;
    let text = String::from_utf8_lossy(bytes.get(at..)?);
    let end = text.find(END).map_or(text.len(), |end| end + END.len());
    let lines = text.get(..end)?.lines().map(|line| line.trim().trim_start_matches('>').trim());
    Some(lines.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect())
}

/// Converts UTF-16 text with a byte order mark to UTF-8; `None` if there is no mark.
fn utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let units = |pairs: &[u8], unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        pairs.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect()
    };
    let units = match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => return None,
    };
    Some(String::from_utf16_lossy(&units).into_bytes())
}

fn bytes_of(armoured: &str) -> Result<Vec<u8>, SealError> {
    let mut bytes = Vec::new();
    let mut reader = age::armor::ArmoredReader::new(armoured.as_bytes());
    reader.read_to_end(&mut bytes).map_err(|_| SealError::Damaged)?;
    Ok(bytes)
}

/// Seals bytes for all given recipients.
///
/// # Errors
/// Returns an error if there are no recipients or the system has no random numbers.
pub fn seal_for(recipients: &[Recipient], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let recipients = recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
    seal(Encryptor::with_recipients(recipients).map_err(|_| SealError::Nobody)?, bytes)
}

/// Seals bytes with a passphrase; takes about a second.
///
/// # Errors
/// Returns an error if the system has no random numbers.
pub fn seal_with_passphrase(passphrase: &Passphrase, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.reveal().to_owned()));
    recipient.set_work_factor(WORK);
    let recipient: &dyn age::Recipient = &recipient;
    seal(Encryptor::with_recipients(once(recipient)).map_err(|_| SealError::Nobody)?, bytes)
}

fn seal(encryptor: Encryptor, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut sealed = Vec::with_capacity(bytes.len() + bytes.len() / 1024 + 512);
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(sealed)
}

/// Opens sealed bytes with any of these keys, with a limit of `cap` bytes for the content.
///
/// # Errors
/// See [`SealError`].
pub fn open_with_keys(keys: &[Identity], sealed: &[u8], cap: u64) -> Result<Vec<u8>, SealError> {
    open(sealed, cap, keys.iter().map(|key| &key.0 as &dyn age::Identity))
}

/// Opens sealed bytes with a passphrase, which takes about a second, with a limit of `cap` bytes for the content.
///
/// # Errors
/// See [`SealError`].
pub fn open_with_passphrase(passphrase: &Passphrase, sealed: &[u8], cap: u64) -> Result<Vec<u8>, SealError> {
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.reveal().to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    open(sealed, cap, once(&identity as &dyn age::Identity))
}

fn open<'a>(
    sealed: &[u8],
    cap: u64,
    identities: impl Iterator<Item = &'a dyn age::Identity>,
) -> Result<Vec<u8>, SealError> {
    let text = utf16(sealed);
    let sealed = text.as_deref().unwrap_or(sealed);
    let unarmoured = match armoured(sealed) {
        Some(text) => bytes_of(&text)?,
        None => Vec::new(),
    };
    let sealed = if unarmoured.is_empty() { sealed } else { &unarmoured };
    if !sealed.starts_with(MAGIC) {
        return Err(SealError::NotSealed);
    }
    // Every recipient is tried with every key, so their number is limited.
    let head = sealed.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"---"));
    if head.filter(|line| line.starts_with(b"-> ")).take(MOST_READERS + 1).count() > MOST_READERS {
        return Err(SealError::TooMuchWork);
    }
    let reader = Decryptor::new_buffered(sealed)?.decrypt(identities)?;
    let mut bytes = Vec::new();
    reader.take(cap + 1).read_to_end(&mut bytes).map_err(|_| SealError::Damaged)?;
    if bytes.len() as u64 > cap { Err(SealError::TooLarge(cap / 1024)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Secret;

    fn phrase(text: &str) -> Passphrase {
        Passphrase::typed(&Secret::new(text.to_owned()))
    }

    #[test]
    fn what_is_sealed_with_a_passphrase_opens_with_it_alone() {
        let sealed = seal_with_passphrase(&phrase("four words of mine"), b"the key").expect("sealed");
        assert_eq!(open_with_passphrase(&phrase("four words of mine"), &sealed, 99).expect("opens"), b"the key");
        let wrong = open_with_passphrase(&phrase("four words of yours"), &sealed, 99);
        assert!(matches!(wrong, Err(SealError::WrongKey)));
        assert!(matches!(open_with_keys(&[Identity::generate()], &sealed, 99), Err(SealError::WrongKey)));
        assert!(matches!(open_with_passphrase(&phrase("four words of mine"), &sealed, 6), Err(SealError::TooLarge(_))));
    }

    #[test]
    fn what_is_sealed_for_two_opens_for_either_and_for_nobody_else() {
        let (one, two) = (Identity::generate(), Identity::generate());
        let sealed = seal_for(&[one.recipient(), two.recipient()], b"page").expect("sealed");
        for key in [one, two] {
            assert_eq!(open_with_keys(&[Identity::generate(), key], &sealed, 99).expect("opens"), b"page");
        }
        assert!(matches!(open_with_keys(&[Identity::generate()], &sealed, 99), Err(SealError::WrongKey)));
        assert!(matches!(seal_for(&[], b"page"), Err(SealError::Nobody)));
    }

    /// Returns the armoured form.
    fn in_armour(sealed: &[u8]) -> String {
        let mut text = Vec::new();
        let format = age::armor::Format::AsciiArmor;
        let mut writer = age::armor::ArmoredWriter::wrap_output(&mut text, format).expect("memory");
        writer.write_all(sealed).expect("memory");
        writer.finish().expect("memory");
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn the_armoured_form_opens_as_a_mail_carries_it() {
        let key = Identity::generate();
        let page = "a page of words ".repeat(50);
        let text = in_armour(&seal_for(&[key.recipient()], page.as_bytes()).expect("sealed"));
        let quoted: String = text.lines().flat_map(|line| ["> ", line, "\r\n"]).collect();
        for sent in [
            text.clone(),
            text.replace('\n', "\r\n"),
            text.trim_end().to_owned(),
            format!("Dear Ann,\nhere it is:\n\n{text}\nBest wishes\n"),
            format!("\u{feff}{text}"),
            quoted,
        ] {
            let low: Vec<u8> = [0xff, 0xfe].into_iter().chain(sent.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            let high: Vec<u8> =
                [0xfe, 0xff].into_iter().chain(sent.encode_utf16().flat_map(u16::to_be_bytes)).collect();
            for bytes in [sent.as_bytes(), &low, &high] {
                let opened = open_with_keys(std::slice::from_ref(&key), bytes, 9_999).expect("opens");
                assert_eq!(opened, page.as_bytes());
            }
        }
        let cut = text.get(..text.len() / 2).unwrap_or_default();
        assert!(open_with_keys(std::slice::from_ref(&key), cut.as_bytes(), 9_999).is_err());
        let worse = text.replace(char::is_uppercase, "A");
        assert!(open_with_keys(&[key], worse.as_bytes(), 9_999).is_err());
    }

    #[test]
    fn a_file_for_thousands_is_refused_before_any_is_tried() {
        let key = Identity::generate();
        let many: Vec<Recipient> = (0..=MOST_READERS).map(|_| key.recipient()).collect();
        let sealed = seal_for(&many, b"page").expect("sealed");
        assert!(matches!(open_with_keys(&[key], &sealed, 99), Err(SealError::TooMuchWork)));
    }

    #[test]
    fn every_flipped_bit_and_every_missing_end_is_noticed() {
        let key = Identity::generate();
        let sealed = seal_for(&[key.recipient()], b"a page of words").expect("sealed");
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            if let Some(byte) = bad.get_mut(at) {
                *byte ^= 1;
            }
            assert!(open_with_keys(std::slice::from_ref(&key), &bad, 99).is_err(), "byte {at}");
            let cut = sealed.get(..at).unwrap_or_default();
            assert!(open_with_keys(std::slice::from_ref(&key), cut, 99).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_file_that_asks_for_too_much_work_is_refused_at_once() {
        let sealed = seal_with_passphrase(&phrase("four words of mine"), b"x").expect("sealed");
        let text = String::from_utf8_lossy(&sealed).into_owned();
        let line = text.lines().nth(1).expect("the line of scrypt").to_owned();
        let greedy = line.rsplit_once(' ').map(|(front, _)| format!("{front} 40")).expect("it ends with the work");
        let place = sealed.windows(line.len()).position(|part| part == line.as_bytes()).expect("it is there");
        let mut bad = sealed.clone();
        bad.splice(place..place + line.len(), greedy.bytes());
        assert!(matches!(open_with_passphrase(&phrase("x"), &bad, 99), Err(SealError::TooMuchWork)));
        assert!(matches!(open_with_passphrase(&phrase("x"), b"PK\x03\x04", 99), Err(SealError::NotSealed)));
    }
}

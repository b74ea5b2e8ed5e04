//! Detection of numbers and addresses in a text that identify a single person. It serves a warning when a note is
//! saved; it decides nothing, and text that it does not report may still identify somebody. Made for Britain.
//!
//! Names are not looked for: a coach writes them on purpose, and [`super::suspects`] looks for them before anything is
//! handed over. Dates are only reported if words beside them say that somebody was born then, because a diary is full
//! of dates.
//!
//! The check digit of the NHS number and the formats of postcodes and National Insurance numbers follow the NHS Data
//! Dictionary and GOV.UK.

use std::ops::Range;

use super::identity_codes::{is_inward, is_nhs_number, is_outward};
use crate::domain::{parse_day, truncate};

/// A kind of identifying passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifyingKind {
    /// Ten digits with a valid check digit.
    NhsNumber,
    /// Date of birth.
    BirthDate,
    /// A postcode.
    Postcode,
    /// A telephone number.
    Phone,
    /// A National Insurance number.
    NationalInsurance,
    /// An e-mail address.
    Email,
}

impl IdentifyingKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::NhsNumber, Self::BirthDate, Self::Postcode, Self::Phone, Self::NationalInsurance, Self::Email];

    /// Returns the kind in words, with an article.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::BirthDate => "a date of birth",
            Self::Postcode => "a postcode",
            Self::Phone => "a telephone number",
            Self::NationalInsurance => "a National Insurance number",
            Self::Email => "an email address",
        }
    }
}

/// A passage that identifies somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifying {
    /// Byte range in the text.
    pub place: Range<usize>,
    /// The passage itself.
    pub words: String,
    /// What it seems to be.
    pub kind: IdentifyingKind,
}

/// Separators allowed between two groups of one number.
const BETWEEN: [&str; 6] = [" ", "\n", "\u{a0}", ") ", " (", "\u{2009}"];

/// Groupings of the ten digits of an NHS number that are recognised.
const GROUPS: [&[usize]; 4] = [&[10], &[3, 3, 4], &[3, 7], &[6, 4]];

/// Maximum length of a passage quoted in a short sentence, in characters.
const LONGEST: usize = 20;

/// Maximum number of words between "born" and the date.
const NEAR: usize = 6;

/// Returns the identifying passages of a text, in order and without overlaps. Takes time proportional to the length.
#[must_use]
pub fn identifying(text: &str) -> Vec<Identifying> {
    let words = words(text);
    let mut found: Vec<Identifying> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = email(&words, at)
            .or_else(|| insurance(&words, at))
            .or_else(|| postcode(&words, at))
            .or_else(|| birth(&words, at))
            .or_else(|| number(&words, at));
        let Some((kind, used)) = hit else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (words.get(at), words.get(at + used - 1)) {
            let place = first.from..last.from + last.text.len();
            let passage = text.get(place.clone()).unwrap_or_default().to_owned();
            found.push(Identifying { place, words: passage, kind });
        }
        at += used;
    }
    found
}

/// The warning shown instead of [`identifying_warning`] for a note that only the coach may read. It quotes nothing,
/// because the client may be looking at the screen.
pub const PRIVATE_DOUBT: &str = "A note for the coach may include a name or a number.";

/// Returns a warning in the form of a question if something in these texts identifies somebody; `None` otherwise.
#[must_use]
pub fn identifying_warning<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let (first, more) = first_of(texts)?;
    let kind = first.kind.words();
    Some(format!(
        "It may include {kind} (\u{201c}{}\u{201d}){more}. Could you use initials and no numbers?",
        first.words
    ))
}

/// Returns a shorter text for use on a screen after saving, which fits in a line of 80 columns. The caller adds what
/// can be done about it.
#[must_use]
pub fn identifying_words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let (first, more) = first_of(texts)?;
    Some(format!("\u{201c}{}\u{201d} may be {}{more}", truncate(&first.words, LONGEST), first.kind.words()))
}

/// Returns the first identifying passage of these texts, and words for how many more there are.
fn first_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<(Identifying, String)> {
    let mut found = texts.into_iter().flat_map(identifying);
    let first = found.next()?;
    let more = match found.count() {
        0 => String::new(),
        1 => " and one more".to_owned(),
        more => format!(" and {more} more"),
    };
    Some((first, more))
}

/// A run of characters between white space, without the punctuation around it.
struct Word<'a> {
    text: &'a str,
    from: usize,
    /// Whether it may continue a number from the word before.
    joined: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut from = 0;
    for part in text.split(char::is_whitespace) {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '@');
        let lead = part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '@').len();
        if !bare.is_empty() {
            let end = words.last().map_or(0, |word| word.from + word.text.len());
            let between = text.get(end..from + lead).unwrap_or_default();
            words.push(Word { text: bare, from: from + lead, joined: BETWEEN.contains(&between) });
        }
        from +=
            part.len() + text.get(from + part.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    words
}

type Hit = Option<(IdentifyingKind, usize)>;

fn text_at<'a>(words: &[Word<'a>], at: usize) -> &'a str {
    words.get(at).map_or("", |word| word.text)
}

/// Returns the word at an index if it may continue the one before; otherwise an empty text.
fn joined_at<'a>(words: &[Word<'a>], at: usize) -> &'a str {
    words.get(at).filter(|word| word.joined).map_or("", |word| word.text)
}

fn email(words: &[Word<'_>], at: usize) -> Hit {
    let (name, host) = text_at(words, at).split_once('@')?;
    let fits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._-+'%".contains(c));
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is =
        fits(name) && fits(host) && host.contains('.') && ending.len() > 1 && ending.chars().all(char::is_alphabetic);
    is.then_some((IdentifyingKind::Email, 1))
}

/// Recognises two letters, six digits and a letter from A to D, in one word or in groups.
fn insurance(words: &[Word<'_>], at: usize) -> Hit {
    let mut letters = String::new();
    for used in 1..=5 {
        let word = if used == 1 { text_at(words, at) } else { joined_at(words, at + used - 1) };
        if word.is_empty() || word.len() > 13 {
            return None;
        }
        letters.extend(word.chars().filter(|c| *c != '-').map(|c| c.to_ascii_uppercase()));
        if letters.len() == 9 {
            let shape = letters.bytes().enumerate().all(|(at, byte)| match at {
                0 | 1 => byte.is_ascii_uppercase() && !b"DFIQUV".contains(&byte),
                8 => (b'A'..=b'D').contains(&byte),
                _ => byte.is_ascii_digit(),
            });
            let never = ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].iter().any(|two| letters.starts_with(two));
            return (shape && !never && letters.get(1..2).is_none_or(|two| two != "O"))
                .then_some((IdentifyingKind::NationalInsurance, used));
        }
        if letters.len() > 9 {
            return None;
        }
    }
    None
}

/// Recognises `SW1A 1AA` and `SW1A1AA`. The form without a space must be in capitals, so that a code on a form is less
/// often mistaken for a postcode.
fn postcode(words: &[Word<'_>], at: usize) -> Hit {
    let first = text_at(words, at);
    if is_outward(first) && is_inward(joined_at(words, at + 1)) {
        return Some((IdentifyingKind::Postcode, 2));
    }
    let (outward, inward) = first.len().checked_sub(3).and_then(|cut| first.split_at_checked(cut))?;
    let capital = !first.chars().any(char::is_lowercase);
    (capital && is_outward(outward) && is_inward(inward)).then_some((IdentifyingKind::Postcode, 1))
}

/// Recognises a date that follows a word for birth.
fn birth(words: &[Word<'_>], at: usize) -> Hit {
    let used = day_words(words, at)?;
    let before = words.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
    let says = before.iter().enumerate().any(|(place, word)| {
        let plain = word.text.to_ascii_lowercase().replace('.', "");
        match plain.as_str() {
            "born" | "dob" | "birthday" | "birthdate" | "d-o-b" => true,
            // "The birth of the project" is not a date of birth.
            "birth" => place > 0 && before.get(place - 1).is_some_and(|of| of.text.eq_ignore_ascii_case("of")),
            _ => false,
        }
    });
    says.then_some((IdentifyingKind::BirthDate, used))
}

/// Returns the number of words of a full date that begins here: `12/03/1956`, `1956-03-12`, `12 March 1956`,
/// `12th of March, 1956`.
fn day_words(words: &[Word<'_>], at: usize) -> Option<usize> {
    let first = text_at(words, at);
    let figures = first.replace(['/', '.'], "-");
    let parts: Vec<u32> = figures.split('-').filter_map(|part| part.parse().ok()).collect();
    if parts.len() == 3 && figures.split('-').count() == 3 {
        let fits = matches!(parts[..], [day, month, year] if (1..=31).contains(&day) && (1..=12).contains(&month) && (year < 100 || (1900..2100).contains(&year)))
            || matches!(parts[..], [year, month, day] if (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day));
        return fits.then_some(1);
    }
    let day = first.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if !day.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) {
        return None;
    }
    let of = usize::from(text_at(words, at + 1).eq_ignore_ascii_case("of"));
    let (month, year) = (text_at(words, at + 1 + of), text_at(words, at + 2 + of));
    // A number outside these two centuries is more likely a page or a price.
    let full = year.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    let short: String = month.chars().take(3).collect();
    (full && parse_day(&format!("1 {short} {year}"), crate::domain::Day::MAX).is_ok()).then_some(3 + of)
}

/// Recognises an NHS number or a telephone number: digits in groups, in one word or several.
fn number(words: &[Word<'_>], at: usize) -> Hit {
    let (mut digits, mut groups) = (String::new(), Vec::new());
    let mut best: Hit = None;
    let plus = text_at(words, at).starts_with('+');
    for used in 1..=6 {
        let word = if used == 1 { text_at(words, at) } else { joined_at(words, at + used - 1) };
        let bare = if used == 1 { word.trim_start_matches('+') } else { word };
        let grouped = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || "-()".contains(c));
        if !grouped || is_day(word) {
            break;
        }
        digits.extend(bare.chars().filter(char::is_ascii_digit));
        groups.extend(bare.split('-').map(str::len));
        if digits.len() > 14 {
            break;
        }
        let kind = if is_phone(&digits, plus) {
            Some(IdentifyingKind::Phone)
        } else {
            (GROUPS.contains(&groups.as_slice()) && is_nhs_number(&digits)).then_some(IdentifyingKind::NhsNumber)
        };
        if let Some(kind) = kind {
            best = Some((kind, used));
        }
    }
    // A longer run of digits is neither.
    let after = best.map_or("", |(_, used)| joined_at(words, at + used));
    best.filter(|_| !after.starts_with(|c: char| c.is_ascii_digit()) || is_day(after))
}

/// Returns whether a word is a date like `2026-11-22` or `22-11-2026`.
fn is_day(word: &str) -> bool {
    let mut parts = word.split('-').map(str::len);
    matches!(
        (parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(4), Some(2), Some(2), None) | (Some(2), Some(2), Some(4), None)
    )
}

/// Recognises British numbers, with nine or ten digits after 0 or 44 of which the first is 1, 2, 3, 7 or 8, and foreign
/// ones with a plus sign.
fn is_phone(digits: &str, plus: bool) -> bool {
    let from_outside = if plus { digits.strip_prefix("44") } else { digits.strip_prefix("0044") };
    let inside = if plus { None } else { digits.strip_prefix('0').filter(|rest| !rest.starts_with('0')) };
    let rest = from_outside.map(|rest| rest.strip_prefix('0').unwrap_or(rest)).or(inside);
    rest.is_some_and(|rest| matches!(rest.len(), 9 | 10) && rest.starts_with(['1', '2', '3', '7', '8']))
        || (plus && from_outside.is_none() && (10..=14).contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::IdentifyingKind as K;
    use super::*;

    #[test]
    fn what_belongs_to_one_person_is_found_where_it_stands() {
        for (text, passage, kind) in [
            ("NHS 943 476 5919.", "943 476 5919", K::NhsNumber),
            ("(943-476-5919)", "943-476-5919", K::NhsNumber),
            ("number 9434765919, she said", "9434765919", K::NhsNumber),
            ("DOB: 12/03/1956", "12/03/1956", K::BirthDate),
            ("D.O.B. 12.3.56 and so on", "12.3.56", K::BirthDate),
            ("date of birth is the 12th of March 1956", "12th of March 1956", K::BirthDate),
            ("He was born on 3 September 1948 in Cardiff", "3 September 1948", K::BirthDate),
            ("born 1948-09-03", "1948-09-03", K::BirthDate),
            ("lives in SW1A 1AA now", "SW1A 1AA", K::Postcode),
            ("at cf10 3nq", "cf10 3nq", K::Postcode),
            ("(M11AE)", "M11AE", K::Postcode),
            ("ring 020 7946 0958", "020 7946 0958", K::Phone),
            ("on (020) 7946 0958", "020) 7946 0958", K::Phone),
            ("07700 900123", "07700 900123", K::Phone),
            ("07700-900-123", "07700-900-123", K::Phone),
            ("+44 (0)20 7946 0958", "+44 (0)20 7946 0958", K::Phone),
            ("0044 7700 900 123", "0044 7700 900 123", K::Phone),
            ("+353 1 234 5678", "+353 1 234 5678", K::Phone),
            ("AB 12 34 56 C", "AB 12 34 56 C", K::NationalInsurance),
            ("ni ab123456c!", "ab123456c", K::NationalInsurance),
            ("write to sian.o'neill+x@council.gov.uk.", "sian.o'neill+x@council.gov.uk", K::Email),
        ] {
            let found = identifying(text);
            let all: Vec<_> = found.iter().map(|one| (one.words.as_str(), one.kind)).collect();
            assert_eq!(all, [(passage, kind)], "{text:?}");
            assert_eq!(text.get(found[0].place.clone()), Some(passage));
        }
    }

    /// Ordinary dates, amounts, behaviour codes, times and numbers with a wrong check digit, which must not be
    /// reported.
    const ORDINARY: &str = "On 3 September 2026 I met the team; the next meeting is on 12/03/2027 at 10:30, room 4.12. We \
        spoke about FL-5 and DT-7 (twice), 2019-2020 12 people came, 2024-2025 10 left. The birth of the project was on 3 May \
        2024. \n\n- 1,200 pounds; 45 % of 300 visits; ratio 3 to 4; page 12 of 340; reference 943 476 5918 and 1234567890.\n\
        I was born in Swansea, and reborn as a manager. M25 to J12, A4 paper, B2 English, P45 form, S3 bucket, E5 band, Box 5.\n\
        26 11 22, 2026-11-22, 22.11.2026, 10-15 minutes, 0.83 hours, 07:00 to 19:00, 24/7, 101 and 999, 111 option 2.\n\
        She @mentioned me; a@b is no address. 000 000 0000 is a placeholder. Week 47, sprint 12, version 1.10.2, 2 x 4 x 100.\n\
        Delegating on 14 Nov took 30 minutes instead of 5. NVQ 3AB, room SW1 and 12AB, BS 7671, ISO 27001 2022, CQC 2024.";

    #[test]
    fn a_page_of_ordinary_reflections_identifies_nobody() {
        assert_eq!(identifying(ORDINARY), []);
        assert_eq!(identifying(""), []);
        assert_eq!(identifying_warning([ORDINARY, ""]), None);
    }

    #[test]
    fn the_warning_asks_and_quotes_the_first() {
        let texts = ["Her postcode is CF10 3NQ", "07700 900123 or sian@council.gov.uk"];
        let words = identifying_warning(texts).expect("there are three");
        assert_eq!(
            words,
            "It may include a postcode (\u{201c}CF10 3NQ\u{201d}) and 2 more. Could you use initials and no numbers?"
        );
    }

    #[test]
    fn long_texts_take_no_longer_for_each_of_their_words() {
        for piece in ["1 ", "12-", "+44 ", "SW1A ", "born ", "a@", "AB 12 ", "1 March ", "\u{645} "] {
            assert!(identifying(&piece.repeat(100_000)).len() < 100_000);
        }
    }
}

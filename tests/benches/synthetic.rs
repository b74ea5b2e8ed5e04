//! Generated libraries of any size for tests and benchmarks, the same on every machine: about 26 words and 190 bytes
//! per record, with the words of the built-in library at their frequencies and a long tail of made-up words.

use std::borrow::Cow;
use std::collections::HashSet;

use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::{Document, Facet, FacetValue, Field};

/// Number of words in each field of a record: title, statement, everyday words.
const TITLE: usize = 6;
const STATEMENT: usize = 12;
const KEYWORDS: usize = 6;
/// One word in this many is made up.
const MADE_UP_EVERY: u64 = 4;
const THEMES: [&str; 8] = [
    "Strategic intent",
    "Driving transformation",
    "Working with others",
    "Flexibility",
    "Setting direction",
    "Care",
    "Learning together",
    "Local enterprise",
];

/// A small, fast random generator with the same sequence on every machine.
pub(crate) struct Xorshift(u64);

impl Xorshift {
    /// Accepts any seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Returns the next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Returns a number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Returns an element of a list.
    pub(crate) fn pick<'a>(&mut self, of: &'a [String]) -> &'a str {
        of.get(self.below(of.len())).map_or("", String::as_str)
    }
}

/// A generated behaviour.
pub(crate) struct Record {
    pub(crate) title: String,
    pub(crate) statement: String,
    pub(crate) theme: &'static str,
    pub(crate) keywords: Vec<String>,
    pub(crate) code: String,
}

impl Record {
    /// Returns all its text, as a plain scan sees it.
    pub(crate) fn text(&self) -> String {
        format!("{} {} {} {} {}", self.code, self.title, self.statement, self.theme, self.keywords.join(" "))
    }

    /// Returns it as it is indexed.
    pub(crate) fn document(&self) -> Document<'_> {
        let mut fields = vec![
            (Field::Code, Cow::Borrowed(self.code.as_str())),
            (Field::Title, Cow::Borrowed(self.title.as_str())),
            (Field::Statement, Cow::Borrowed(self.statement.as_str())),
            (Field::Theme, Cow::Borrowed(self.theme)),
        ];
        fields.extend(self.keywords.iter().map(|word| (Field::Keyword, Cow::Borrowed(word.as_str()))));
        let theme = FacetValue { facet: Facet::Theme, names: vec![Cow::Borrowed(self.theme)] };
        Document { fields, facets: vec![theme], boost: 1.0 }
    }
}

/// Returns every word of the built-in library as often as it occurs there, including small words.
pub(crate) fn real_words() -> Vec<String> {
    let library = load(&builtin_packs()).library;
    let mut words = Vec::new();
    for behaviour in &library.behaviours {
        let mut add = |text: &str| {
            let own = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
            words.extend(own.map(str::to_lowercase));
        };
        add(&behaviour.title);
        add(&behaviour.statement);
        behaviour.indicators.iter().chain(&behaviour.keywords).for_each(|text| add(text));
        behaviour.levels.iter().for_each(|(_, text)| add(text));
    }
    words
}

/// Returns words that could be English: the first half of one real word and the second half of another.
fn made_up(real: &[String], count: usize, random: &mut Xorshift) -> Vec<String> {
    let long: Vec<&String> = real.iter().filter(|word| word.is_ascii() && word.len() > 4).collect();
    let half = |word: &str, second: bool| {
        let middle = word.len() / 2;
        let range = if second { middle..word.len() } else { 0..middle };
        word.get(range).unwrap_or_default().to_owned()
    };
    (0..count)
        .map(|_| {
            let (first, second) = (long[random.below(long.len())], long[random.below(long.len())]);
            format!("{}{}", half(first, false), half(second, true))
        })
        .collect()
}

/// Returns `count` records.
pub(crate) fn records(count: usize) -> Vec<Record> {
    let mut random = Xorshift::new(7);
    let real = real_words();
    let tail = made_up(&real, 60_000, &mut random);
    let word = |random: &mut Xorshift| {
        if random.next().is_multiple_of(MADE_UP_EVERY) {
            // The product of two draws makes some words common and most rare.
            let at = random.below(tail.len()) * random.below(tail.len()) / tail.len();
            tail[at].clone()
        } else {
            random.pick(&real).to_owned()
        }
    };
    let sentence = |random: &mut Xorshift, words: usize| {
        let all: Vec<String> = (0..words).map(|_| word(random)).collect();
        all.join(" ")
    };
    (0..count)
        .map(|at| Record {
            title: sentence(&mut random, TITLE),
            statement: sentence(&mut random, STATEMENT),
            theme: THEMES[random.below(THEMES.len())],
            keywords: (0..KEYWORDS).map(|_| word(&mut random)).collect(),
            code: format!("XX-{}", at + 1),
        })
        .collect()
}

/// Returns a word with one typing error: two letters swapped, one missing, one doubled or one wrong.
pub(crate) fn mistyped(word: &str, random: &mut Xorshift) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + random.below(letters.len().saturating_sub(2));
    match random.below(4) {
        0 => letters.swap(at, (at + 1).min(word.len() - 1)),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0)),
    }
    letters.into_iter().collect()
}

/// Returns the percentage of the first ten rows that contain the intended word or another form of it, for words typed
/// exactly and for the same words with one typing error.
pub(crate) fn first_ten_right(records: &[Record], index: &cairn_coach::search::Index, words: usize) -> (f64, f64) {
    let mut random = Xorshift::new(11);
    let texts: Vec<String> = records.iter().map(|record| record.text().to_lowercase().replace('-', "")).collect();
    // A mistyped word that is left with four letters may be an abbreviation, and is not corrected on purpose.
    let real: Vec<String> =
        real_words().into_iter().filter(|w| w.len() > 5 && w.chars().all(|c| c.is_ascii_lowercase())).collect();
    let known: HashSet<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
    let (mut exact, mut wrong) = ((0_u32, 0_u32), (0, 0));
    for _ in 0..words {
        let meant = random.pick(&real).to_owned();
        let slipped = mistyped(&meant, &mut random);
        let stem: String = meant.chars().take(meant.len().max(7) - 3).collect();
        for (typed, tally) in [(&meant, &mut exact), (&slipped, &mut wrong)] {
            // An error that yields another word of the library cannot be recognised as one.
            if typed != &meant && known.contains(typed.as_str()) {
                continue;
            }
            for hit in index.search(typed, 10).hits {
                tally.1 += 1;
                tally.0 += u32::from(texts[hit.record as usize].contains(&stem));
            }
        }
    }
    let percent = |(right, all): (u32, u32)| 100.0 * f64::from(right) / f64::from(all.max(1));
    (percent(exact), percent(wrong))
}

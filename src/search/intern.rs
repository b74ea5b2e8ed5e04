//! Numbers for words while an index is built. Words stand one after the other in one text in the order they were met, so
//! that the common ones, met first, stay together in the processor's cache: a map of boxed words took twice as long.

/// Distinct words, each with the number of words met before it.
#[derive(Debug, Default)]
pub(super) struct Interner {
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
    hashes: Vec<u32>,
    /// A power of two of places, each empty (0) or a word's number plus one.
    places: Vec<u32>,
}

impl Interner {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The number of a word, and whether it is new.
    pub(super) fn number(&mut self, word: &str) -> (u32, bool) {
        if self.places.len() < 2 * (self.len() + 1) {
            self.grow();
        }
        let hash = hash(word);
        let mask = self.places.len() - 1;
        let mut place = hash as usize & mask;
        while let Some(number) = self.places[place].checked_sub(1) {
            if self.hashes[number as usize] == hash && self.word(number) == word {
                return (number, false);
            }
            place = (place + 1) & mask;
        }
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX - 1);
        self.places[place] = number + 1;
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.hashes.push(hash);
        (number, true)
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1024);
        self.places = vec![0; size];
        for (number, hash) in (1..).zip(&self.hashes) {
            let mut place = *hash as usize & (size - 1);
            while self.places[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.places[place] = number;
        }
    }
}

/// Quick, for short words, eight bytes at a time. Packs are chosen by the person who loads them, so it need not
/// withstand crafted collisions.
fn hash(word: &str) -> u32 {
    let mix = |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (whole, rest) = word.as_bytes().as_chunks::<8>();
    let long = whole.iter().fold(0, |hash, part| mix(hash, u64::from_le_bytes(*part)));
    let long = mix(long, rest.iter().fold(0, |part, byte| part << 8 | u64::from(*byte)));
    u32::try_from((long ^ (long >> 32)) & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_have_one_number_however_many_there_are() {
        let mut words = Interner::default();
        let all: Vec<String> = (0..5000).map(|n| format!("word{n}")).collect();
        for (at, word) in (0..).zip(&all) {
            assert_eq!(words.number(word), (at, true));
        }
        for (at, word) in (0..).zip(&all) {
            assert_eq!(words.number(word), (at, false));
            assert_eq!(words.word(at), word);
        }
        assert_eq!(words.number(""), (5000, true));
        assert_eq!(words.len(), 5001);
    }
}

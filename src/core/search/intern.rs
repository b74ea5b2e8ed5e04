//! Assigns numbers to words while an index is built. Words are stored one after the other in one string, in the order
//! in which they are met, so that common words, which are met first, stay together in the processor's cache. A map of
//! boxed words took twice as long.

/// A set of distinct words, numbered from 0 in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Interner {
    text: String,
    /// End of each word in `text`, in bytes.
    ends: Vec<u32>,
    /// Hash table whose size is a power of two. Each entry is 0 if empty, or holds a word's hash in the upper and its
    /// number plus one in the lower 32 bits, so that usually one look is enough.
    places: Vec<u64>,
}

impl Interner {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the word with this number.
    pub(super) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Returns the number of a word, and whether it is new.
    pub(super) fn number(&mut self, word: &str) -> (u32, bool) {
        if self.places.len() < 2 * (self.len() + 1) {
            self.grow();
        }
        let hash = hash(word);
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        while self.places[at] != 0 {
            let number = number_in(self.places[at]);
            if hash_in(self.places[at]) == hash && self.word(number) == word {
                return (number, false);
            }
            at = (at + 1) & mask;
        }
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX - 1);
        self.places[at] = u64::from(hash) << 32 | u64::from(number + 1);
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        (number, true)
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1024);
        let before = std::mem::replace(&mut self.places, vec![0; size]);
        for place in before.into_iter().filter(|place| *place != 0) {
            let mut at = hash_in(place) as usize & (size - 1);
            while self.places[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.places[at] = place;
        }
    }
}

fn hash_in(place: u64) -> u32 {
    u32::try_from(place >> 32).unwrap_or_default()
}

fn number_in(place: u64) -> u32 {
    u32::try_from(place & u64::from(u32::MAX)).unwrap_or_default().saturating_sub(1)
}

/// A fast hash for short words that reads eight bytes at a time. It need not resist crafted collisions, because packs
/// are chosen by the person who loads them.
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

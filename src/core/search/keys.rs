//! Sorted tables that map a number to documents, for whole names ("positive risk taking") and for initials ("mps").
//! Numbers and documents are stored in separate vectors, which avoids padding.

/// A sorted multimap from numbers to documents.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys<K> {
    keys: Vec<K>,
    records: Vec<u32>,
}

impl<K: Copy + Ord> Keys<K> {
    /// Builds the table from pairs in any order.
    pub(super) fn new(mut pairs: Vec<(K, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let (keys, records): (Vec<K>, Vec<u32>) = pairs.into_iter().unzip();
        let mut new = Self { keys, records };
        new.keys.shrink_to_fit();
        new.records.shrink_to_fit();
        new
    }

    /// Returns the documents of all keys between two keys, both included; ascending if both keys are equal.
    pub(super) fn between(&self, from: K, to: K) -> &[u32] {
        let start = self.keys.partition_point(|key| *key < from);
        let end = self.keys.partition_point(|key| *key <= to);
        self.records.get(start..end).unwrap_or_default()
    }

    /// Returns the size on the heap, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<K>() * self.keys.capacity() + 4 * self.records.capacity()
    }
}

/// A number computed from the words of a name, independent of their order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Name {
    sum: u32,
    words: u32,
}

impl Name {
    /// Adds a word by the number of its stem.
    pub(super) fn add(&mut self, stem: u32) {
        let mixed = stem.wrapping_mul(0x9e37_79b1);
        self.sum = self.sum.wrapping_add(mixed ^ (mixed >> 15));
        self.words += 1;
    }

    /// Returns the number; `None` if the name has no words.
    pub(super) fn number(self) -> Option<u32> {
        (self.words > 0).then_some(self.sum)
    }
}

/// Packs up to eight initials into an integer that sorts like their text.
pub(super) fn pack_initials(initials: impl Iterator<Item = char>) -> u64 {
    initials.take(8).zip(0..).fold(0, |packed, (c, at): (char, u32)| {
        let letter = u8::try_from(c).unwrap_or(b'?');
        packed | u64::from(letter) << (56 - 8 * at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_found_by_their_beginning() {
        let pack = |text: &str| pack_initials(text.chars());
        let keys = Keys::new(vec![(pack("mps"), 4), (pack("mp"), 9), (pack("nhs"), 1)]);
        assert_eq!(keys.between(pack("mps"), pack("mps")), [4]);
        assert_eq!(keys.between(pack("m"), pack("m") | u64::MAX >> 8), [9, 4]);
    }

    #[test]
    fn a_name_is_the_same_in_any_order() {
        let name = |stems: [u32; 2]| {
            let mut name = Name::default();
            for stem in stems {
                name.add(stem);
            }
            name.number()
        };
        assert_eq!(name([1, 2]), name([2, 1]));
        assert_ne!(name([1, 2]), name([1, 3]));
        assert_eq!(Name::default().number(), None);
    }
}

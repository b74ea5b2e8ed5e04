//! A set of document indices as a bit set.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// Creates an empty set for this many documents.
    pub(super) fn none(records: usize) -> Self {
        Self(vec![0; records.div_ceil(64)])
    }

    pub(super) fn insert(&mut self, record: u32) {
        if let Some(part) = self.0.get_mut(record as usize / 64) {
            *part |= 1 << (record % 64);
        }
    }

    pub(super) fn contains(&self, record: u32) -> bool {
        self.0.get(record as usize / 64).is_some_and(|part| part >> (record % 64) & 1 == 1)
    }

    /// Returns the complement. It may contain indices beyond the last document, which callers never ask for.
    pub(super) fn inverted(mut self) -> Self {
        self.0.iter_mut().for_each(|part| *part = !*part);
        self
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own &= theirs);
    }

    pub(super) fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own |= theirs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_and_join() {
        let mut a = Bits::none(130);
        a.insert(1);
        a.insert(129);
        let mut b = Bits::none(130);
        b.insert(129);
        let not_b = b.clone().inverted();
        assert!(!not_b.contains(129) && not_b.contains(1));
        a.intersect(&b);
        assert!(a.contains(129) && !a.contains(1) && !a.contains(5000));
        a.unite(&not_b);
        assert!(a.contains(1));
    }
}

//! Facet values by which results can be filtered, each with its documents.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::document::{Facet, FacetValue};
use super::words::{each_word, squeeze};
use crate::domain::fold;

/// A value with all its names.
#[derive(Debug, Clone)]
struct Value {
    /// Every word of every name, and every name without spaces and punctuation; folded.
    names: Vec<Box<str>>,
    /// Document indices, ascending.
    records: Vec<u32>,
}

/// All values of all facets, keyed by the first name as written.
#[derive(Debug, Clone, Default)]
pub(super) struct Facets(BTreeMap<Facet, BTreeMap<Box<str>, Value>>);

impl Facets {
    /// Adds a value of a document.
    pub(super) fn add(&mut self, record: u32, value: &FacetValue<'_>) {
        let Some(title) = value.names.first() else { return };
        let values = self.0.entry(value.facet).or_default();
        if !values.contains_key(title.as_ref()) {
            let names = value.names.iter().flat_map(|name| searchable(name)).collect();
            values.insert(title.as_ref().into(), Value { names, records: Vec::new() });
        }
        if let Some(own) = values.get_mut(title.as_ref())
            && own.records.last() != Some(&record)
        {
            own.records.push(record);
        }
    }

    /// Returns the documents with a value of the facet of which a name begins with `typed`; `None` if no value has one.
    pub(super) fn records(&self, facet: Facet, typed: &str, of: usize) -> Option<Bits> {
        let mut found: Option<Bits> = None;
        for value in self.0.get(&facet)?.values() {
            if value.names.iter().any(|name| name.starts_with(typed)) {
                let bits = found.get_or_insert_with(|| Bits::none(of));
                value.records.iter().for_each(|record| bits.insert(*record));
            }
        }
        found
    }

    /// Returns the titles of all values of a facet.
    pub(super) fn titles(&self, facet: Facet) -> Vec<&str> {
        self.0.get(&facet).into_iter().flat_map(BTreeMap::keys).map(AsRef::as_ref).collect()
    }

    pub(super) fn shrink(&mut self) {
        self.0.values_mut().flat_map(BTreeMap::values_mut).for_each(|value| value.records.shrink_to_fit());
    }

    /// Returns the approximate size on the heap, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.0
            .values()
            .flat_map(BTreeMap::values)
            .map(|value| 4 * value.records.capacity() + 64 + 24 * value.names.len())
            .sum()
    }
}

fn searchable(name: &str) -> Vec<Box<str>> {
    let folded = fold(name);
    let mut words: Vec<Box<str>> = vec![squeeze(&folded).into()];
    each_word(&folded, |word| words.push(word.text.as_ref().into()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_any_word_of_any_name() {
        let mut facets = Facets::default();
        let level =
            |names: [&'static str; 2]| FacetValue { facet: Facet::Level, names: names.map(Into::into).to_vec() };
        facets.add(0, &level(["Front-line staff", "practitioner"]));
        facets.add(3, &level(["Front-line staff", "practitioner"]));
        facets.add(3, &level(["Senior leaders", "director"]));
        for typed in ["front", "line", "frontlinest", "staff", "prac"] {
            let found = facets.records(Facet::Level, typed, 4).unwrap();
            assert!(found.contains(0) && found.contains(3) && !found.contains(1), "{typed}");
        }
        assert!(facets.records(Facet::Level, "zzz", 4).is_none());
        assert!(facets.records(Facet::Theme, "front", 4).is_none());
        assert_eq!(facets.titles(Facet::Level), ["Front-line staff", "Senior leaders"]);
    }
}

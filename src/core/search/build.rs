//! Builds an index: every document is folded and split into words once, then the words are sorted and the postings
//! arranged by word.

use std::collections::BTreeMap;

use super::document::{Document, Field};
use super::facets::Facets;
use super::function_words::is_function_word;
use super::index::Index;
use super::intern::Interner;
use super::keys::{Keys, Name, pack_initials};
use super::postings::{MOST_RECORDS, Posting, Postings};
use super::stem::Stems;
use super::vocabulary::{Vocabulary, WordIx};
use super::words::{Shape, each_word, squeeze};
use crate::domain::fold;

/// Properties of a word that follow from its letters alone.
#[derive(Debug, Clone, Copy)]
struct Known {
    stem: u32,
    small: bool,
    initial: char,
}

/// The state while an index is built, with words numbered in the order in which they are met.
struct Builder {
    stems: Stems,
    words: Interner,
    known: Vec<Known>,
    pairs: Vec<(u32, Posting)>,
    written: Vec<(u32, Box<str>)>,
    names: Vec<(u32, u32)>,
    initials: Vec<(u64, u32)>,
    facets: Facets,
    boosts: Vec<f32>,
}

/// Builds the index of documents, numbered in order, with synonyms.
pub(super) fn build<'a>(
    documents: impl IntoIterator<Item = Document<'a>>,
    synonyms: &BTreeMap<String, Vec<String>>,
) -> Index {
    let mut builder = Builder {
        stems: Stems::new(),
        words: Interner::default(),
        known: Vec::new(),
        pairs: Vec::new(),
        written: Vec::new(),
        names: Vec::new(),
        initials: Vec::new(),
        facets: Facets::default(),
        boosts: Vec::new(),
    };
    let mut records = 0;
    for document in documents.into_iter().take(MOST_RECORDS as usize) {
        builder.add(records, &document);
        records += 1;
    }
    // The keys of synonyms are added to the vocabulary too, so that typing mistakes in them are recognised.
    for typed in synonyms.keys() {
        builder.id(&squeeze(&fold(typed)));
    }
    builder.finish(records, synonyms)
}

impl Builder {
    fn add(&mut self, record: u32, document: &Document<'_>) {
        let mut initials = [String::new(), String::new()];
        for (field, text) in &document.fields {
            let folded = fold(text);
            let mut name = Name::default();
            let named = matches!(field, Field::Title | Field::Alias | Field::Keyword);
            let [all, telling] = &mut initials;
            all.clear();
            telling.clear();
            each_word(&folded, |word| {
                // `fl 5` also finds `FL-5`, which is indexed joined; the number alone would only fill the vocabulary.
                if *field == Field::Code && word.shape == Shape::Part && word.text.bytes().all(|b| b.is_ascii_digit()) {
                    return;
                }
                let id = self.id(&word.text);
                self.pairs.push((id, Posting::new(record, *field)));
                let known = self.known.get(id as usize).copied();
                if word.shape == Shape::Joined {
                    self.remember_spelling(id, folded.get(word.range.clone()));
                } else if let Some(known) = known
                    && named
                {
                    all.push(known.initial);
                    if !known.small {
                        telling.push(known.initial);
                        name.add(known.stem);
                    }
                }
            });
            self.name_and_initials(record, *field, name, &initials);
        }
        document.facets.iter().for_each(|value| self.facets.add(record, value));
        self.boosts.push(document.boost);
    }

    /// Stores the keys by which a whole name is found; initials only for titles and aliases.
    fn name_and_initials(&mut self, record: u32, field: Field, name: Name, initials: &[String; 2]) {
        if let Some(number) = name.number() {
            self.names.push((number, record));
        }
        if matches!(field, Field::Title | Field::Alias) {
            for letters in initials.iter().filter(|letters| letters.len() > 1) {
                self.initials.push((pack_initials(letters.chars()), record));
            }
        }
    }

    /// Returns the number of a word, assigning a new one if necessary.
    fn id(&mut self, word: &str) -> u32 {
        let (id, new) = self.words.number(word);
        if !new {
            return id;
        }
        self.known.push(Known {
            stem: self.stems.number(word),
            small: is_function_word(word),
            initial: word.chars().next().unwrap_or(' '),
        });
        id
    }

    /// Stores the first spelling of a word that is indexed without its hyphens.
    fn remember_spelling(&mut self, id: u32, written: Option<&str>) {
        let latest = self.known.len() == id as usize + 1;
        if let Some(written) = written.filter(|_| latest)
            && self.written.last().is_none_or(|(last, _)| *last != id)
        {
            self.written.push((id, written.into()));
        }
    }

    fn finish(self, records: u32, synonyms: &BTreeMap<String, Vec<String>>) -> Index {
        let mut words: Vec<(&str, u32)> = (0..).take(self.words.len()).map(|id| (self.words.word(id), id)).collect();
        words.sort_unstable();
        let mut sorted: Vec<WordIx> = vec![0; words.len()];
        for (at, (_, id)) in (0..).zip(&words) {
            sorted[*id as usize] = at;
        }
        let mut pairs = self.pairs;
        for (word, _) in &mut pairs {
            *word = sorted[*word as usize];
        }
        let written = self.written.into_iter().map(|(id, text)| (sorted[id as usize], text)).collect();
        let stem_of = |id: u32| self.known.get(id as usize).map_or(0, |known| known.stem);
        let vocabulary = Vocabulary::new(words.iter().map(|(word, id)| (*word, stem_of(*id)))).spelt(written);
        let postings = Postings::new(vocabulary.len(), &pairs);
        let mut facets = self.facets;
        facets.shrink();
        let plain = self.boosts.iter().all(|boost| (boost - 1.0).abs() < f32::EPSILON);
        Index {
            synonyms: link(&vocabulary, &self.stems, synonyms),
            vocabulary,
            postings,
            names: Keys::new(self.names),
            initials: Keys::new(self.initials),
            facets,
            boosts: if plain { Vec::new() } else { self.boosts },
            records,
        }
    }
}

/// Returns the pairs of a typed word and its synonym that are both in the vocabulary, sorted.
fn link(vocabulary: &Vocabulary, stems: &Stems, synonyms: &BTreeMap<String, Vec<String>>) -> Vec<(WordIx, WordIx)> {
    let mut pairs = Vec::new();
    for (typed, values) in synonyms {
        let Some(key) = vocabulary.find(&squeeze(&fold(typed))) else { continue };
        for value in values {
            let value = squeeze(&fold(value));
            pairs.extend(vocabulary.of_stem(stems.number(&value)).map(|ix| (key, ix)));
        }
    }
    pairs.retain(|(key, value)| key != value);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

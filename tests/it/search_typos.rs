//! Mistyped words in a library as large as packs can make it: the first results must contain the word that was meant.

#[path = "../benches/synthetic.rs"]
mod synthetic;

use std::collections::BTreeMap;

use cairn_coach::search::{Document, Index};
use synthetic::{Record, first_ten_right, records};

#[test]
fn the_first_ten_rows_are_right() {
    let all = records(2_000);
    let index = Index::build(all.iter().map(Record::document), &BTreeMap::new());
    let (exact, wrong) = first_ten_right(&all, &index, 1_000);
    assert!(exact >= 97.0, "{exact} % of rows are right for exact words");
    assert!(wrong >= 95.0, "{wrong} % of rows are right for mistyped words");
}

#[test]
fn an_index_of_nothing_finds_nothing() {
    let index = Index::build(std::iter::empty::<Document<'_>>(), &BTreeMap::new());
    assert!(index.is_empty() && index.search("risk", 10).hits.is_empty() && index.search("", 10).hits.is_empty());
}

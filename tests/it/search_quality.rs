//! Search quality: queries as practitioners type them, each with the behaviour that was meant, which must be among the
//! first three rows of the built-in library.

use cairn_coach::domain::Library;
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::Index;

/// Number of rows among which the behaviour must be.
const ROWS: usize = 3;

/// Returns `(query, code)` for each line of a fixture.
fn queries(text: &str) -> Vec<(&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

/// Returns the codes of the first rows found.
fn first_codes(library: &Library, index: &Index, query: &str) -> Vec<String> {
    let found = index.search(query, ROWS);
    let code = |record: u32| library.behaviours.get(record as usize).map(|b| b.code.clone());
    found.hits.iter().filter_map(|hit| code(hit.record)).collect()
}

/// Returns the share of successful queries in percent, and a description of the others.
fn share_found(text: &str) -> (usize, Vec<String>) {
    let library = load(&builtin_packs()).library;
    let index = Index::of_library(&library);
    let all = queries(text);
    let missed: Vec<String> = all
        .iter()
        .map(|(query, meant)| (query, meant, first_codes(&library, &index, query)))
        .filter(|(_, meant, codes)| !codes.iter().any(|code| code == *meant))
        .map(|(query, meant, codes)| format!("{query}: {meant} is not among {}", codes.join(" ")))
        .collect();
    (100 * (all.len() - missed.len()) / all.len(), missed)
}

#[test]
fn queries_that_the_weights_were_tuned_with_are_found() {
    let (share, missed) = share_found(include_str!("../fixtures/queries-tune.tsv"));
    assert!(share >= 95, "{share} %\n{}", missed.join("\n"));
}

#[test]
fn queries_kept_apart_are_found() {
    let (share, missed) = share_found(include_str!("../fixtures/queries-check.tsv"));
    assert!(share >= 92, "{share} %\n{}", missed.join("\n"));
}

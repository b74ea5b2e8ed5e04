//! The query language over the built-in library, and unusual input.

use cairn_coach::domain::Library;
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::{Found, Index, syntax};

struct LoadedPacks {
    library: Library,
    index: Index,
}

impl LoadedPacks {
    fn new() -> Self {
        let library = load(&builtin_packs()).library;
        let index = Index::of_library(&library);
        Self { library, index }
    }

    fn codes(&self, query: &str) -> Vec<&str> {
        let hits = self.index.search(query, 100).hits;
        hits.iter().map(|hit| self.library.behaviours[hit.record as usize].code.as_str()).collect()
    }

    fn found(&self, query: &str) -> Found {
        self.index.search(query, 100)
    }
}

#[test]
fn nothing_typed_lists_the_library_in_order() {
    let loaded_packs = LoadedPacks::new();
    for query in ["", "  ", "!", "theme:", "|", "'"] {
        let found = loaded_packs.found(query);
        assert_eq!(found.total, loaded_packs.library.behaviours.len(), "{query}");
        assert!(found.hits.windows(2).all(|pair| pair[0].record < pair[1].record));
        assert!(found.hits.iter().all(|hit| hit.score == 0.0));
    }
    assert_eq!(loaded_packs.index.search("", 5).hits.len(), 5);
}

#[test]
fn codes_are_found_however_they_are_written() {
    let loaded_packs = LoadedPacks::new();
    for query in ["FL-5", "fl-5", "fl5", "FL 5", "code:fl5", "code:FL-5", "Fl\u{2011}5"] {
        assert_eq!(loaded_packs.codes(query).first(), Some(&"FL-5"), "{query}");
    }
    let theme = loaded_packs.codes("FL");
    assert_eq!(theme[..7], ["FL-1", "FL-2", "FL-3", "FL-4", "FL-5", "FL-6", "FL-7"]);
    assert_eq!(loaded_packs.codes("code:FL").len(), 7);
    assert_eq!(loaded_packs.codes("is 1").first(), Some(&"IS-1"));
}

#[test]
fn filters_narrow_and_their_negation_excludes() {
    let loaded_packs = LoadedPacks::new();
    assert_eq!(loaded_packs.codes("theme:flex").len(), 7);
    assert_eq!(loaded_packs.codes("theme:facilitative-and").len(), 12);
    assert_eq!(loaded_packs.codes("in:lqf").len(), 28);
    assert_eq!(loaded_packs.codes("!in:lqf").len(), 37);
    assert_eq!(loaded_packs.codes("for:provider"), ["DT-9"]);
    assert_eq!(loaded_packs.codes("theme:flex | theme:strategic").len(), 14);
    assert!(loaded_packs.codes("risk in:lqf").iter().all(|code| !code.starts_with("FL")));
    assert_eq!(loaded_packs.codes("theme:flex risk").first(), Some(&"FL-5"));
    assert!(loaded_packs.found("theme:zzz").problem.is_some_and(|p| p.contains("Flexibility")));
    assert!(loaded_packs.found("thme:flex").problem.is_some_and(|p| p.contains("theme:")));
}

#[test]
fn operators_mean_what_the_card_says() {
    let loaded_packs = LoadedPacks::new();
    let with = loaded_packs.found("pilot").total;
    assert!(loaded_packs.found("!pilot !pilots").total + with >= loaded_packs.library.behaviours.len());
    assert!(!loaded_packs.codes("change !pilots").contains(&"DT-3"));
    assert!(loaded_packs.found("'delegates").hits.is_empty());
    assert_eq!(loaded_packs.codes("delegates").first(), Some(&"FC-5"));
    let (one, other) = (loaded_packs.codes("'hosting"), loaded_packs.codes("'tokenism"));
    let both = loaded_packs.codes("'hosting | 'tokenism");
    assert!(one.iter().chain(&other).all(|code| both.contains(code)));
    assert!(loaded_packs.codes("^entrepren").contains(&"FL-6"));
    assert!(loaded_packs.codes("ship$").contains(&"FC-10"));
    // Examples for the journal are tested with a journal.
    for (example, meaning) in syntax().iter().filter(|(_, meaning)| !meaning.starts_with("in the journal")) {
        let example = example.split(" or ").next().unwrap();
        assert!(
            loaded_packs.found(example).total > 0 && loaded_packs.found(example).problem.is_none(),
            "{example}: {meaning}"
        );
    }
}

#[test]
fn a_forgiven_mistake_is_said_and_the_right_word_marked() {
    let loaded_packs = LoadedPacks::new();
    let found = loaded_packs.found("co-producton");
    assert_eq!(found.shown_for, [("producton".to_owned(), "production".to_owned())]);
    let text = "True Co-Production, always";
    let marked: Vec<&str> = found.highlights(text).into_iter().filter_map(|range| text.get(range)).collect();
    assert_eq!(marked, ["Co", "Production"]);
    assert!(loaded_packs.found("risk").shown_for.is_empty());
    assert_eq!(loaded_packs.found("burocracy").shown_for[0].1, "bureaucracy");
}

#[test]
fn where_no_record_has_all_words_those_with_most_are_found() {
    let loaded_packs = LoadedPacks::new();
    let found = loaded_packs.found("lean xylophone");
    assert_eq!((found.with_all, found.all_words), (0, false));
    assert_eq!(loaded_packs.codes("lean xylophone").first(), Some(&"FL-6"));
    assert!(loaded_packs.found("xylophone qqq").hits.is_empty());
    let scores: Vec<f32> = loaded_packs.found("staff need time to change").hits.iter().map(|hit| hit.score).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
}

#[test]
fn no_input_breaks_it() {
    let loaded_packs = LoadedPacks::new();
    let alphabet: Vec<char> = "abcdefgiklmnoprstuvy  '^$!|:-,.\u{e9}\u{301}\u{df}\u{645}\u{1f468}\u{200d}\u{1f469}\u{ac00}\u{4e2d}I\u{130}5\n\u{0}\u{202e}"
        .chars()
        .chain("theme:in:level:code:".chars())
        .collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..3000 {
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % (1 << 31)).unwrap()
        };
        let query: String = (0..next() % 40).map(|_| alphabet[next() % alphabet.len()]).collect();
        let found = loaded_packs.index.search(&query, 10);
        assert!(found.hits.len() <= 10 && found.hits.len() <= found.total && found.with_all <= found.total);
        let shown: String = (0..next() % 60).map(|_| alphabet[next() % alphabet.len()]).collect();
        let mut last = 0;
        for range in found.highlights(&shown) {
            assert!(
                range.start >= last && range.start < range.end && shown.get(range.clone()).is_some(),
                "{query:?} {shown:?}"
            );
            last = range.end;
        }
    }
    for query in ["a".repeat(100_000), "a-".repeat(50_000), "| ".repeat(50_000), "\u{301}".repeat(1000)] {
        let _ = loaded_packs.index.search(&query, usize::MAX).highlights(&query);
    }
}

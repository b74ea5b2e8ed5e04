//! The query language: parses what was typed into groups of atoms. Every group must hold, and of each group at least
//! one atom. The same parser serves the screen, plain mode, the command line and the journal. No input is an error:
//! unfinished parts are ignored, and an unknown filter is searched for as a word and mentioned.

use super::document::Facet;
use super::function_words::is_function_word;
use super::words::{Shape, each_word, squeeze};
use crate::domain::{fold, nearest};

/// Maximum length of a query, in characters; the rest is ignored.
const LONGEST: usize = 200;
/// Maximum number of groups; the rest is ignored.
const MOST: usize = 16;

/// Returns the syntax card: pairs of an example and its meaning.
#[must_use]
pub fn syntax() -> &'static [(&'static str, &'static str)] {
    &[
        ("listen conflict", "both words, in any order, typing mistakes and other forms forgiven"),
        ("'risk", "the word exactly so"),
        ("^co", "a word that begins so"),
        ("ship$", "a word that ends so"),
        ("!pilot", "without this; also in front of any of the others"),
        ("delegate | trust", "one of these"),
        ("FL-5 or fl5", "a code; FL alone lists its theme"),
        ("theme:flex", "only this theme"),
        ("level:manager", "only what is described for this level"),
        ("code:FL", "only codes that begin so"),
        ("in:lqf", "only this framework"),
        ("for:provider", "only what is for this kind of organisation"),
        ("arena:people", "only this arena"),
        ("kind:example", "in the journal: only examples; also answer, note, action, reason, private"),
        ("by:coach", "in the journal: only what the coach wrote; also me, other"),
        ("on:nov", "in the journal: only this month; on:2026 is a year"),
    ]
}

/// How a query word must match a word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Including other forms, synonyms and typing mistakes.
    Fuzzy,
    /// The whole word exactly.
    Exact,
    /// At the beginning of a word.
    Prefix,
    /// At the end of a word.
    Suffix,
}

/// What an atom asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A word.
    Word(Mode, String),
    /// A value of a facet, reduced to letters and digits.
    Filter(Facet, String),
}

/// The smallest part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Whether it must not hold.
    pub(super) negated: bool,
    pub(super) what: What,
}

/// Alternatives, one of which must hold.
pub(super) type Group = Vec<Atom>;

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Groups, all of which must hold.
    pub(super) groups: Vec<Group>,
    /// Part that was not understood, as a sentence.
    pub(super) problem: Option<String>,
}

pub(super) fn parse(typed: &str) -> Query {
    let typed: String = typed.chars().take(LONGEST).collect();
    let mut query = Query::default();
    let pieces = pieces(&typed);
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Text(text) = piece else { continue };
        let alternative_to_last = at > 0 && pieces.get(at - 1) == Some(&Piece::Or) && !query.groups.is_empty();
        let alone = !alternative_to_last && pieces.get(at + 1) != Some(&Piece::Or);
        let atoms = atoms(text, alone, &mut query.problem);
        if alternative_to_last && let Some(last) = query.groups.last_mut() {
            last.extend(atoms);
        } else if alone {
            query.groups.extend(atoms.into_iter().map(|atom| vec![atom]));
        } else if !atoms.is_empty() {
            query.groups.push(atoms);
        }
    }
    drop_function_words(&mut query.groups);
    query.groups.truncate(MOST);
    query
}

/// A text, or the `|` between two texts.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'q> {
    Text(&'q str),
    Or,
}

fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    for stretch in typed.split_whitespace() {
        for (at, text) in stretch.split('|').enumerate() {
            if at > 0 {
                found.push(Piece::Or);
            }
            if !text.is_empty() {
                found.push(Piece::Text(text));
            }
        }
    }
    found
}

/// Parses one stretch of text: one atom for an operator or a filter, otherwise one for each word. A hyphenated word is
/// split only if it is `alone`, not part of an alternative; expansion tries neighbouring words as one word again.
fn atoms(text: &str, alone: bool, problem: &mut Option<String>) -> Vec<Atom> {
    let folded = fold(text);
    let rest = folded.trim_start_matches('!');
    let negated = rest.len() < folded.len();
    if let Some((name, value)) = rest.split_once(':')
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
    {
        let value = squeeze(value);
        if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.id() == name) {
            let filter = Atom { negated, what: What::Filter(facet, value.clone()) };
            return if value.is_empty() { Vec::new() } else { vec![filter] };
        }
        if !value.is_empty() {
            problem.get_or_insert_with(|| unknown_filter(name));
        }
        let word = if value.is_empty() { name.to_owned() } else { value };
        return vec![Atom { negated, what: What::Word(Mode::Fuzzy, word) }];
    }
    let (mode, word) = operator(rest);
    let whole = squeeze(word);
    if whole.is_empty() {
        return Vec::new();
    }
    if mode != Mode::Fuzzy || negated || !alone {
        return vec![Atom { negated, what: What::Word(mode, whole) }];
    }
    let mut found = Vec::new();
    let apostrophe = word.contains('\'') && !word.contains('-');
    each_word(word, |own| {
        if own.shape == Shape::Whole || (own.shape == Shape::Joined) == apostrophe {
            found.push(Atom { negated, what: What::Word(Mode::Fuzzy, own.text.into_owned()) });
        }
    });
    found
}

/// Splits the operator from a word.
fn operator(text: &str) -> (Mode, &str) {
    if let Some(word) = text.strip_prefix('\'') {
        return (Mode::Exact, word);
    }
    match (text.strip_prefix('^'), text.strip_suffix('$')) {
        (Some(word), Some(_)) => (Mode::Exact, word),
        (Some(word), None) => (Mode::Prefix, word),
        (None, Some(word)) => (Mode::Suffix, word),
        (None, None) => (Mode::Fuzzy, text),
    }
}

fn unknown_filter(name: &str) -> String {
    let known = Facet::ALL.map(Facet::id);
    if let Some(near) = nearest(name, known) {
        return format!("There is no filter \"{name}:\" - did you mean \"{near}:\"?");
    }
    let known = known.map(|id| format!("{id}:"));
    format!("There is no filter \"{name}:\"; there are {}.", crate::domain::join_and(&known))
}

/// Removes function words typed as plain words, if the query asks for anything else.
fn drop_function_words(groups: &mut Vec<Group>) {
    let word = |group: &Group| match group.as_slice() {
        [Atom { negated: false, what: What::Word(Mode::Fuzzy, word) }] => Some(word.clone()),
        _ => None,
    };
    let words: Vec<Option<String>> = groups.iter().map(word).collect();
    let numbered = |at: usize| {
        // "is 1" means the code IS-1.
        words.get(at + 1).is_some_and(|next| next.as_ref().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())))
    };
    let small: Vec<bool> = words
        .iter()
        .enumerate()
        .map(|(at, word)| word.as_ref().is_some_and(|word| is_function_word(word)) && !numbered(at))
        .collect();
    let asks = |group: &Group| group.iter().any(|atom| !atom.negated && matches!(atom.what, What::Word(..)));
    if groups.iter().zip(&small).any(|(group, small)| !small && asks(group)) {
        let mut small = small.iter();
        groups.retain(|_| !small.next().copied().unwrap_or(false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(mode: Mode, text: &str) -> Atom {
        Atom { negated: false, what: What::Word(mode, text.to_owned()) }
    }

    #[test]
    fn operators_stand_at_a_word() {
        assert_eq!(parse("'Risk").groups, [[word(Mode::Exact, "risk")]]);
        assert_eq!(parse("^co").groups, [[word(Mode::Prefix, "co")]]);
        assert_eq!(parse("ship$").groups, [[word(Mode::Suffix, "ship")]]);
        assert_eq!(parse("^co-production$").groups, [[word(Mode::Exact, "coproduction")]]);
        let not = parse("!^co").groups;
        assert!(not[0][0].negated && not[0][0].what == What::Word(Mode::Prefix, "co".to_owned()));
    }

    #[test]
    fn alternatives_bind_closer_than_neighbours() {
        let groups = parse("trust | power|control staff").groups;
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].len(), 3);
    }

    #[test]
    fn what_is_unfinished_is_ignored() {
        for typed in ["", "  ", "!", "'", "^", "$", "^$", "|", "| |", "theme:", "!theme:", "!!", "-", "''", "!|^"] {
            assert_eq!(parse(typed), Query::default(), "{typed}");
        }
        assert_eq!(parse("| risk |").groups, [[word(Mode::Fuzzy, "risk")]]);
    }

    #[test]
    fn filters_are_named_and_a_misspelt_one_is_mentioned() {
        let query = parse("level:Senior-Leaders");
        assert_eq!(query.groups[0][0].what, What::Filter(Facet::Level, "seniorleaders".to_owned()));
        assert!(parse("thme:flex").problem.is_some_and(|p| p.contains("did you mean \"theme:\"")));
        assert_eq!(parse("note:").problem, None);
    }

    #[test]
    fn small_words_are_left_out_unless_nothing_else_is_asked() {
        assert_eq!(parse("how do I deal with it").groups, [[word(Mode::Fuzzy, "deal")]]);
        assert_eq!(parse("of the").groups.len(), 2);
        assert_eq!(parse("is 1").groups.len(), 2);
        assert_eq!(parse("the !risk").groups.len(), 2);
        assert_eq!(parse("don't").groups, [[word(Mode::Fuzzy, "dont")]]);
    }

    #[test]
    fn long_queries_are_cut() {
        assert_eq!(parse(&"ab ".repeat(5000)).groups.len(), MOST);
    }
}

//! Small English words that carry no meaning of their own in a question such as «how do I deal with conflict».

/// Sorted, folded, without apostrophes.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "anybody", "anyone", "are", "as", "at", "be", "been", "being", "but", "by", "can", "cant", "could",
    "did", "do", "does", "doing", "dont", "everybody", "everyone", "for", "from", "get", "getting", "had", "has", "have", "having", "he", "her",
    "him", "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "it", "its", "ive", "just", "like", "me", "must", "my",
    "myself", "need", "not", "of", "on", "or", "our", "ours", "she", "should", "so", "some", "somebody", "someone", "something",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "us", "very",
    "want", "wants", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with",
    "would", "you", "your",
];

/// Whether a folded word is one of them.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_knows_its_words() {
        assert!(FUNCTION_WORDS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(is_function_word("with") && !is_function_word("risk"));
    }
}

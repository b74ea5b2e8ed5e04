//! Readability check: sentences of at most 25 words (the limit in GOV.UK's content design manual) and a grade of at
//! most 12 by the formula of Kincaid and others, 1975: `0.39 × words per sentence + 11.8 × syllables per word − 15.59`.
//! Syllables are counted as groups of vowels, which is accurate enough for a warning, and only for English.

/// Maximum number of words in a sentence.
const MOST_WORDS: usize = 25;
/// Highest acceptable reading grade.
const HIGHEST: f64 = 12.0;
/// Minimum number of words for which a grade is meaningful.
const ENOUGH: usize = 10;

/// Checks whether a text is easy to read.
///
/// # Errors
/// Returns the reason why it is hard to read, as a phrase.
pub(super) fn hard_to_read(text: &str) -> Result<(), String> {
    let plain = without_blanks(text);
    let sentences: Vec<Vec<&str>> = plain
        .split(['.', '!', '?', ';', ':'])
        .map(|sentence| sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect())
        .filter(|words: &Vec<&str>| !words.is_empty())
        .collect();
    if let Some(longest) = sentences.iter().map(Vec::len).max().filter(|words| *words > MOST_WORDS) {
        return Err(format!("a sentence has {longest} words, but {MOST_WORDS} or fewer are easier to follow"));
    }
    let words: Vec<&str> = sentences.concat();
    let grade = grade(&words, sentences.len());
    if words.len() >= ENOUGH && grade > HIGHEST {
        return Err(format!("its words are long (reading grade {grade:.0}, and up to {HIGHEST:.0} is easy)"));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
fn grade(words: &[&str], sentences: usize) -> f64 {
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (count, sentences) = (words.len().max(1) as f64, sentences.max(1) as f64);
    0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59
}

fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups =
        letters.iter().enumerate().filter(|(at, c)| vowel(c) && (*at == 0 || !vowel(&letters[at - 1]))).count();
    let silent = letters.len() > 2 && letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    groups.saturating_sub(usize::from(silent)).max(1)
}

/// Replaces each placeholder by one short word.
fn without_blanks(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                plain.push_str("this");
            }
            '}' => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_plain_sentences_pass_and_long_ones_do_not() {
        assert_eq!(hard_to_read("You rated {behaviour} {value}, and you say it matters in your role."), Ok(()));
        let long = "word ".repeat(26);
        assert!(hard_to_read(&long).is_err_and(|why| why.contains("26 words")));
        let heavy = "Organisational interdependencies necessitate systematically institutionalising accountability \
                     considerations regarding multidisciplinary collaboration opportunities.";
        assert!(hard_to_read(heavy).is_err_and(|why| why.contains("grade")));
    }

    #[test]
    fn syllables_are_groups_of_vowels() {
        for (word, expected) in [("care", 1), ("people", 2), ("behaviour", 3), ("the", 1), ("matters", 2), ("x", 1)] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }
}

//! A sentence of the person's own from a while ago, to meet again on the first screen.

use super::{Answer, By, Day};

/// Days that must have passed since it was written.
const A_WHILE: i32 = 14;
/// Fewest and most characters of a sentence that says something and fits into a few lines.
const FEWEST: usize = 24;
const MOST: usize = 160;

/// A sentence that the person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The day on which it was written.
    pub on: Day,
    /// Code of the behaviour that it is about.
    pub behaviour: String,
    /// The sentence as written.
    pub words: String,
}

impl Remembered {
    /// Returns the sentences to choose from on a day: the first of each text of the person's own answers, the one whose
    /// turn it is first, each with the answer that it is from. Only answers are used, which are never private notes.
    pub fn choices(answers: &[Answer], today: Day) -> impl Iterator<Item = (Self, &Answer)> {
        let old = |answer: &&Answer| answer.by == By::Myself && (today - answer.on).get_days() >= A_WHILE;
        let mut found: Vec<(Self, &Answer)> = Vec::new();
        for answer in answers.iter().filter(old) {
            let of = |words: &str| Self { on: answer.on, behaviour: answer.behaviour.clone(), words: words.to_owned() };
            found.extend(answer.words().filter_map(first_sentence).map(|words| (of(words), answer)));
        }
        found.sort_by(|(one, a), (two, b)| (one.on, &a.id, &one.words).cmp(&(two.on, &b.id, &two.words)));
        // The next one every day, in turn.
        let days = (today - Day::constant(2000, 1, 1)).get_days().unsigned_abs() as usize;
        let turn = days.checked_rem(found.len()).unwrap_or(0);
        found.rotate_left(turn);
        found.into_iter()
    }
}

/// Returns the first sentence of a text; `None` if it is too short to say something, or too long.
fn first_sentence(text: &str) -> Option<&str> {
    let text = text.trim();
    let ends = text.char_indices().filter(|(at, c)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or("");
        *c == '\n' || (matches!(c, '.' | '!' | '?') && rest.chars().next().is_none_or(char::is_whitespace))
    });
    let whole = std::iter::once(text.len());
    let sentence = ends
        .map(|(at, c)| if c == '\n' { at } else { at + c.len_utf8() })
        .chain(whole)
        .filter_map(|end| text.get(..end).map(str::trim))
        .find(|sentence| sentence.chars().count() >= FEWEST)?;
    (sentence.chars().count() <= MOST && !sentence.contains('\n')).then_some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(id: &str, on: Day, by: By, evidence: &str) -> Answer {
        Answer { id: id.to_owned(), by, evidence: evidence.to_owned(), ..Answer::blank(on) }
    }

    #[test]
    fn a_sentence_is_whole_and_neither_short_nor_long() {
        let whole = "We tried the evening walks again.";
        assert_eq!(first_sentence(whole), Some(whole));
        assert_eq!(first_sentence(&format!("{whole} It went well.")), Some(whole));
        assert_eq!(first_sentence("Met Dr. Li about the walks. Good."), Some("Met Dr. Li about the walks."));
        assert_eq!(first_sentence("We tried the evening walks\nagain"), Some("We tried the evening walks"));
        for text in ["", "  ", "Too short.", "one\ntwo\nthree", &"word ".repeat(60)] {
            assert_eq!(first_sentence(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_old_answers_of_the_persons_own_are_used_each_in_its_turn() {
        let today = jiff::civil::date(2026, 11, 22);
        let old = jiff::civil::date(2026, 10, 1);
        let answers = [
            answer("a", old, By::Myself, "The first sentence that I wrote."),
            answer("b", old, By::Myself, "The second sentence that I wrote."),
            answer("c", old, By::Coach, "What my coach wrote about me then."),
            answer("d", jiff::civil::date(2026, 11, 20), By::Myself, "What I wrote only two days ago."),
        ];
        let on = |day: Day| Remembered::choices(&answers, day).map(|(one, _)| one.words).collect::<Vec<_>>();
        let first = on(today);
        assert_eq!(first.len(), 2, "{first:?}");
        assert_eq!(first, on(today));
        let next = on(jiff::civil::date(2026, 11, 23));
        assert_eq!(next.first(), first.last());
        assert_eq!(Remembered::choices(&[], today).count(), 0);
    }
}

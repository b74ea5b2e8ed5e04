//! Cleaning of all text that enters the program. Cleaned text cannot send control sequences to the terminal, reverse
//! the direction of a line or hide words between visible ones. Real scripts, accents, emoji families and flags are
//! preserved.
//!
//! An invisible character is preserved only where it has an effect: a joiner between letters that join or between
//! pictographs, a selector after a character with more than one shape, tag letters after the flag of a nation.
//! Everywhere else it is removed. Private-use characters are preserved: they show as a box or as a custom sign and hide
//! nothing. Letters of different scripts that look alike are *not* detected.

use unicode_normalization::char::is_combining_mark;

use super::signs::{
    BLACK_FLAG, JOINER, KEYCAP, NATIONS, NON_JOINER, encloses, has_shapes, is_hidden, is_joining, is_key, is_odd_space,
    is_pictograph, is_selector, is_tone, joins_on,
};

/// Maximum number of combining marks on one character. Real scripts need at most four; stacked "zalgo" text uses
/// dozens.
const MOST_MARKS: usize = 6;

/// Maximum number of pictographs joined into one; the largest family with its skin tones has four.
const MOST_JOINED: usize = 7;

/// Removes what must not reach a terminal or the records. Line feeds are preserved; tabs and other separators become
/// spaces. Idempotent, and linear in the length of the text.
#[must_use]
pub fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    Cleaner::new(text.len(), Gap::Closed).all(&one_feed(text), Ending::Finished)
}

/// Like [`clean`], for text produced by the program, which is nearly always clean; it is then returned without a copy.
#[must_use]
pub fn cleaned(text: String) -> String {
    if is_plain(&text) { text } else { clean(&text) }
}

/// Like [`clean`], for text that is still being typed: a character at the end that depends on the next one is
/// preserved.
#[must_use]
pub fn clean_unfinished(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    Cleaner::new(text.len(), Gap::Closed).all(&one_feed(text), Ending::Open)
}

/// Returns the text with every character that [`clean`] would remove replaced by `\u{fffd}`, so that the number of
/// characters is the same. Used for lines quoted in errors, where the columns must stay right.
#[must_use]
pub(super) fn visible(text: &str) -> String {
    Cleaner::new(text.len(), Gap::Shown).all(text, Ending::Finished)
}

/// Returns whether the text is printable ASCII and line feeds, as nearly all text of packs is. Checking bytes costs a
/// tenth of checking characters.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte))
}

fn one_feed(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// What replaces a removed character: nothing, or `\u{fffd}`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Closed,
    Shown,
}

/// Whether the text is complete or may continue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Finished,
    Open,
}

/// What the next character must be for the pending one to be preserved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Joining,
    Pictograph,
    Keycap,
}

impl Awaited {
    fn is(self, c: char) -> bool {
        match self {
            Self::Joining => is_joining(c),
            Self::Pictograph => is_pictograph(c),
            Self::Keycap => c == KEYCAP,
        }
    }
}

struct Cleaner {
    out: String,
    gap: Gap,
    /// The last visible character that was preserved.
    last: Option<char>,
    /// The last character to which combining marks can apply.
    base: Option<char>,
    /// A variation selector was applied to `base`.
    chosen: bool,
    marks: usize,
    framed: bool,
    joined: usize,
    /// Byte offset in `out` of the pending character, and what must follow it.
    waits: Option<(usize, Awaited)>,
}

impl Cleaner {
    fn new(room: usize, gap: Gap) -> Self {
        let out = String::with_capacity(room);
        Self { out, gap, last: None, base: None, chosen: false, marks: 0, framed: false, joined: 0, waits: None }
    }

    fn all(mut self, text: &str, ending: Ending) -> String {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            self.take(c);
            if c == BLACK_FLAG {
                let letters = rest.as_str();
                let nation = NATIONS.iter().find_map(|nation| Some((nation, letters.strip_prefix(nation)?)));
                if let Some((nation, after)) = nation {
                    self.out.push_str(nation);
                    rest = after.chars();
                } else if ending == Ending::Open && NATIONS.iter().any(|nation| nation.starts_with(letters)) {
                    self.out.push_str(letters);
                    return self.out;
                }
            }
        }
        if ending == Ending::Finished {
            self.settle(None);
        }
        self.out
    }

    fn take(&mut self, c: char) {
        if c == '\n' || is_odd_space(c) {
            self.keep(if c == '\n' { c } else { ' ' });
        } else if c == JOINER || c == NON_JOINER {
            self.join(c);
        } else if is_selector(c) {
            self.select(c);
        } else if is_hidden(c) {
            self.drop_one();
        } else if is_combining_mark(c) || is_tone(c) {
            self.mark(c);
        } else {
            self.keep(c);
        }
    }

    /// Appends a character that does not modify another one.
    fn keep(&mut self, c: char) {
        let linked = matches!(self.waits, Some((_, Awaited::Pictograph))) && is_pictograph(c);
        self.settle(Some(c));
        self.joined = if linked { self.joined + 1 } else { 0 };
        (self.last, self.base, self.chosen, self.marks, self.framed) = (Some(c), Some(c), false, 0, false);
        self.out.push(c);
    }

    fn mark(&mut self, c: char) {
        if self.marks == MOST_MARKS || (encloses(c) && self.framed) {
            return self.drop_one();
        }
        self.settle(Some(c));
        self.marks += 1;
        self.framed |= encloses(c);
        self.last = Some(c);
        self.out.push(c);
    }

    fn join(&mut self, c: char) {
        let (Some(last), Some(base)) = (self.last, self.base) else { return self.drop_one() };
        if self.waits.is_some() {
            return self.drop_one();
        }
        if c == JOINER && is_pictograph(base) && self.joined < MOST_JOINED {
            self.wait(c, Awaited::Pictograph);
        } else if is_joining(last) && c == JOINER && joins_on(last) {
            // This joiner is visible whatever follows; a second one would not be.
            self.last = None;
            self.out.push(c);
        } else if is_joining(last) {
            self.wait(c, Awaited::Joining);
        } else {
            self.drop_one();
        }
    }

    fn select(&mut self, c: char) {
        match self.base {
            Some(base) if !self.chosen && self.marks == 0 && self.waits.is_none() && has_shapes(base, c) => {
                self.chosen = true;
                self.out.push(c);
            }
            Some(base)
                if c == '\u{fe0f}' && !self.chosen && self.marks == 0 && self.waits.is_none() && is_key(base) =>
            {
                self.wait(c, Awaited::Keycap);
            }
            _ => self.drop_one(),
        }
    }

    fn wait(&mut self, c: char, awaited: Awaited) {
        self.waits = Some((self.out.len(), awaited));
        self.out.push(c);
    }

    /// Preserves or removes the pending character once the next one is known.
    fn settle(&mut self, next: Option<char>) {
        let Some((at, awaited)) = self.waits.take() else { return };
        if next.is_some_and(|next| awaited.is(next)) {
            return;
        }
        let after = self.out.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
        self.out.replace_range(at..after, if self.gap == Gap::Shown { "\u{fffd}" } else { "" });
    }

    fn drop_one(&mut self) {
        if self.gap == Gap::Shown {
            self.out.push('\u{fffd}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: &[&str] = &[
        "Ll\u{177}r, Te\u{301}ulu, na\u{ef}ve \u{201c}quotes\u{201d} \u{2014} \u{20ac}5",
        // Farsi with a non-joiner, a single joined letter, Arabic with vowels, Hebrew with points and accents.
        "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645} \u{6f1}\u{6f4}\u{6f0}\u{6f5} \u{647}\u{200d}.",
        "\u{645}\u{64f}\u{62d}\u{64e}\u{645}\u{651}\u{64e}\u{62f}",
        "\u{5d1}\u{5bc}\u{5b0}\u{5e8}\u{5b5}\u{5d0}\u{5e9}\u{5c1}\u{5b4}\u{596}\u{5d9}\u{5ea}",
        // Hindi, Bengali with a joiner before the mark, Malayalam with a joiner at the end of a word, Sinhala, Tamil,
        // Thai.
        "\u{915}\u{94d}\u{937}\u{924}\u{94d}\u{930}\u{93f}\u{92f} \u{915}\u{94d}\u{200d}\u{937} \u{915}\u{94d}\u{200c}\u{937}",
        "\u{9b0}\u{200d}\u{9cd}\u{9af}\u{9be}\u{9ac}",
        "\u{d28}\u{d4d}\u{200d} \u{d36}\u{d4d}\u{d30}\u{d40}",
        "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
        "\u{e19}\u{e49}\u{e33} \u{ba8}\u{ba9}\u{bcd}\u{bb1}\u{bbf}",
        // Mongolian and Chinese with variation selectors, Japanese, Korean.
        "\u{182c}\u{180b}\u{1820} \u{908a}\u{e0101} \u{6f22}\u{5b57} \u{304b}\u{3099} \u{1112}\u{1161}\u{11ab}",
        // A family, skin tones, a rainbow flag, a pirate flag, a heart in colour, a detective, keycaps, flags of
        // nations.
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} \u{1f44d}\u{1f3fd} \u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
        "\u{1f3f4}\u{200d}\u{2620}\u{fe0f} \u{2764}\u{fe0f}\u{200d}\u{1f525} \u{1f575}\u{1f3fd}\u{200d}\u{2642}\u{fe0f}",
        "\u{1f469}\u{1f3fb}\u{200d}\u{2764}\u{fe0f}\u{200d}\u{1f48b}\u{200d}\u{1f468}\u{1f3fe} 1\u{fe0f}\u{20e3} #\u{20e3}",
        "\u{1f1ec}\u{1f1e7} \u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} \u{263a}\u{fe0e}",
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "\u{e000} private \u{fffd} \u{3000} \u{a0}|",
    ];

    #[test]
    fn real_writing_stays_as_it_is() {
        for kept in KEPT {
            assert_eq!(clean(kept), *kept);
        }
        let families = KEPT[10].repeat(20);
        assert_eq!(clean(&families), families);
    }

    #[test]
    fn what_paints_turns_or_hides_is_taken_away() {
        for (given, left) in [
            ("a\u{1b}[31mred\u{7}\r\nb\tc\u{9b}2J\u{7f}", "a[31mred\nb c2J"),
            ("abc\u{202e}def\u{200b}\u{2066}x\u{2069}\u{200e}\u{61c}", "abcdefx"),
            ("one\u{2028}two\u{85}three\u{b}four", "one two three four"),
            ("pass\u{ad}word\u{34f}\u{2060}\u{feff}\u{3164}\u{ffa0}\u{115f}\u{180e}", "password"),
            // Joiners and selectors without effect.
            ("pa\u{200d}ss\u{200c}wo\u{fe0f}rd\u{e0101}\u{200d}", "password"),
            ("\u{200d}\u{1f468}\u{200d} \u{200d}\u{1f469}\u{fe0f}\u{fe0f}", "\u{1f468} \u{1f469}\u{fe0f}"),
            ("\u{645}\u{200c}\u{200c}\u{200d}\u{62e} \u{645}\u{200c}", "\u{645}\u{200c}\u{62e} \u{645}"),
            ("1\u{fe0f}2\u{fe0f}3", "123"),
            // Hidden text in tag letters: alone, after a flag, and without an end tag.
            ("a\u{e0073}\u{e0065}\u{e007f}b", "ab"),
            ("\u{1f3f4}\u{e0073}\u{e0065}\u{e0063}\u{e0072}\u{e0065}\u{e0074}\u{e007f}b", "\u{1f3f4}b"),
            ("\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}b", "\u{1f3f4}b"),
            ("\u{fff9}a\u{fffa}b\u{fffb}\u{fdd0}\u{ffff}\u{10fffe}\u{1d173}", "ab"),
            ("a\u{20dd}\u{20de}\u{488}", "a\u{20dd}"),
        ] {
            assert_eq!(clean(given), left, "{given:?}");
        }
        assert_eq!(clean(&format!("a{}", "\u{301}".repeat(50))).chars().count(), 7);
        assert_eq!(clean(&format!("a{}", "\u{301}\u{200c}".repeat(50))).chars().count(), 7);
        assert_eq!(clean(&"\u{1f468}\u{200d}".repeat(50)).matches(JOINER).count(), 43);
    }

    #[test]
    fn what_is_being_typed_waits_for_its_next_character() {
        for whole in KEPT {
            let mut typed = String::new();
            for c in whole.chars() {
                typed.push(c);
                assert_eq!(clean_unfinished(&typed), typed, "{whole:?}");
            }
        }
        assert_eq!(clean_unfinished("a\u{200d}"), "a");
        assert_eq!(clean_unfinished("\u{1f3f4}\u{e0073}"), "\u{1f3f4}");
    }

    /// Builds a random text from characters that affect each other and ones that do not.
    fn random(seed: &mut u64) -> String {
        const SIGNS: &str = "a1# \n\u{301}\u{20e3}\u{20dd}\u{200c}\u{200d}\u{200b}\u{fe0f}\u{fe00}\u{e0101}\u{202e}\u{645}\u{647}\u{94d}\u{915}\
             \u{1820}\u{180b}\u{180e}\u{908a}\u{1f468}\u{1f3fd}\u{2764}\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}\u{1b}\u{2028}\u{ad}";
        let signs: Vec<char> = SIGNS.chars().collect();
        let mut next = |below: usize| {
            *seed ^= *seed << 13;
            *seed ^= *seed >> 7;
            *seed ^= *seed << 17;
            usize::try_from(*seed >> 33).expect("31 bits") % below
        };
        let mut text = String::new();
        for _ in 0..next(40) {
            match next(12) {
                0 => text.push_str(KEPT[next(KEPT.len())]),
                1 => text.push_str(NATIONS[next(3)]),
                2 => text.extend(char::from_u32(u32::try_from(next(0x11_0000)).expect("small"))),
                _ => text.push(signs[next(signs.len())]),
            }
        }
        text
    }

    #[test]
    fn whatever_is_given_cleaning_twice_is_cleaning_once_and_nothing_hidden_is_left() {
        let mut seed = 0x5eed;
        for _ in 0..20_000 {
            let text = random(&mut seed);
            let once = clean(&text);
            assert_eq!(clean(&once), once, "{text:?}");
            assert!(
                !once.contains(|c| (c != '\n' && is_hidden(c) && !NATIONS.concat().contains(c)) || is_odd_space(c)),
                "{text:?}"
            );
            let mut marks = 0;
            for c in once.chars() {
                marks = if is_combining_mark(c) && !is_selector(c) { marks + 1 } else { 0 };
                assert!(marks <= MOST_MARKS, "{text:?}");
            }
            assert!(clean_unfinished(&text).starts_with(once.trim_end_matches('\n')), "{text:?}");
            let text = text.replace(['\r', '\u{fffd}'], "");
            let shown = visible(&text);
            assert_eq!(shown.chars().count(), text.chars().count(), "{text:?}");
            assert_eq!(shown.replace('\u{fffd}', ""), clean(&text), "{text:?}");
        }
    }

    #[test]
    fn a_long_hostile_text_takes_no_longer_for_each_of_its_characters() {
        for piece in
            ["\u{1f468}\u{200d}", "\u{645}\u{200c}\u{200b}", "\u{1f3f4}\u{e0067}", "1\u{fe0f}\u{200d}", "\u{301}"]
        {
            let text = piece.repeat(300_000);
            // A quadratic algorithm would take minutes.
            assert!(clean(&text).len() <= text.len() && visible(&text).len() <= 3 * text.len());
        }
    }
}

//! Formats and check digits of codes that identify somebody in Britain: the two parts of a postcode, and the NHS
//! number.

/// The letters that postcode areas begin with, so that a code such as `FL5 2AB` is not mistaken for a postcode.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX \
    FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL \
    OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV \
    YO ZE ";

/// Returns whether a word is the first part of a postcode, area and district, such as `SW1A`.
pub(super) fn is_outward(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    let cut = word.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(word.len());
    let Some((area, district)) = word.split_at_checked(cut) else { return false };
    let mut signs = district.chars();
    let shape = match (signs.next(), signs.next(), signs.next()) {
        (Some(one), None, None) => one.is_ascii_digit(),
        (Some(one), Some(two), None) => one.is_ascii_digit() && two.is_ascii_alphanumeric(),
        _ => false,
    };
    shape && !area.is_empty() && AREAS.contains(&format!(" {area} "))
}

/// Returns whether a word is the second part of a postcode, such as `1AA`.
pub(super) fn is_inward(word: &str) -> bool {
    let mut signs = word.chars();
    let letter = |c: char| c.is_ascii_alphabetic() && !"CIKMOV".contains(c.to_ascii_uppercase());
    matches!((signs.next(), signs.next(), signs.next(), signs.next()),
        (Some(digit), Some(one), Some(two), None) if digit.is_ascii_digit() && letter(one) && letter(two))
}

/// Returns whether a text consists of ten digits of which the last is eleven minus the sum of the others, weighted from
/// ten down to two, modulo eleven.
pub(super) fn is_nhs_number(digits: &str) -> bool {
    let figures: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((last, others)) = figures.split_last().filter(|_| figures.len() == 10) else { return false };
    let sum: u32 = others.iter().zip((2..=10).rev()).map(|(figure, weight)| figure * weight).sum();
    let check = (11 - sum % 11) % 11;
    // A number with ten equal digits is a placeholder.
    check == *last && figures.iter().any(|figure| figure != last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_data_dictionary() {
        for (digits, is) in [
            ("9434765919", true),
            ("9434765918", false),
            ("4010232137", true),
            ("1111111111", false),
            ("987654321", false),
        ] {
            assert_eq!(is_nhs_number(digits), is, "{digits}");
        }
        // A single wrong digit and two swapped digits are always detected.
        for at in 0..10 {
            for figure in '0'..='9' {
                let mut digits: Vec<char> = "9434765919".chars().collect();
                let same = digits[at] == figure;
                digits[at] = figure;
                assert_eq!(is_nhs_number(&digits.iter().collect::<String>()), same);
            }
        }
    }
}

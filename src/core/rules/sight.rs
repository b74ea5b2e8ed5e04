//! Mistakes that can be recognised from the text at the position of a parse error, which often says more than what the
//! parser expected. All are mistakes that authors who do not program make.

/// Maximum number of characters of a name that are shown.
const LONGEST: usize = 40;

/// Returns a message and a next step, from the parser's message and the text before and after the position.
pub(super) fn seen(raw: &str, before: &str, rest: &str) -> Option<(String, String)> {
    let said = |message: String, hint: &str| Some((message, hint.to_owned()));
    if let Some(name) = raw.strip_prefix("Expecting ':' to follow the property '") {
        let name = name.split('\'').next().unwrap_or("");
        return Some((format!("the colon after {name} is missing"), format!("write {name}: …")));
    }
    let unnamed = raw.contains("Undefined variable") || raw.contains("Variable not found");
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).take(LONGEST).collect();
    if unnamed && !word.is_empty() {
        return Some((
            format!("\"{word}\" is not a name that rules know"),
            format!("if it is a code or a text, put it in quotation marks, like \"{word}\""),
        ));
    }
    if raw.contains("Expecting name of a property") {
        let joining = ["and", "or", "not"].contains(&word.as_str());
        let hint = if joining { "remove the comma before it" } else { "write a field, such as title: \"…\"" };
        return said("the name of a field is expected here".to_owned(), hint);
    }
    if !raw.starts_with("Expecting") {
        return None;
    }
    for (wrong, right) in [("=>", ">="), ("=<", "<="), ("<>", "!=")] {
        if rest.starts_with(wrong) {
            return Some((format!("{wrong} compares nothing"), format!("write {right}")));
        }
    }
    if rest.starts_with('=') && !rest.starts_with("==") {
        return said("one = compares nothing".to_owned(), "write == if two things must be the same");
    }
    let small = word.to_lowercase();
    if word != small && ["and", "or", "not"].contains(&small.as_str()) {
        return Some((format!("{word} is not understood"), format!("write {small} in small letters")));
    }
    // A sentence that contains a quotation mark ends there.
    if before.ends_with('"') && rest.starts_with(char::is_alphanumeric) {
        return said(
            "the text ends here, but more of it follows".to_owned(),
            "inside a text, write curly quotation marks, “like this”",
        );
    }
    rest.chars().next().filter(|c| matches!(c, ']' | ')' | '}')).and_then(|closing| {
        let opening = match closing {
            ']' => '[',
            ')' => '(',
            _ => '{',
        };
        said(
            format!("this {closing} closes nothing"),
            &format!("remove it, or open with {opening} where the list or call starts"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_there_tells_what_was_meant() {
        let comma = "Expecting ',' to separate the items of this object map literal";
        let close = "Expecting '}' to end this object map literal";
        for (raw, before, rest, message, hint) in [
            (close, "when: rating(\"FL-1\") ", "=> 2,", "=> compares nothing", "write >="),
            (close, "when: rating(\"FL-1\") ", "= 2,", "one = compares nothing", "=="),
            (comma, "when: rating(\"FL-1\") <= 2 ", "AND x", "AND is not understood", "small letters"),
            (close, "suggest: \"a\"", "],", "this ] closes nothing", "open with ["),
            (comma, "because: \"You wrote \"", "no time\"", "the text ends here", "“"),
            (
                "Expecting ':' to follow the property 'when' in this",
                "when ",
                "rating(",
                "the colon after when is missing",
                "when:",
            ),
            ("Expecting name of a property", "when: a, ", "and b", "the name of a field", "comma before it"),
            ("Undefined variable: FL", "rating(", "FL-1)", "\"FL-1\" is not a name", "quotation marks, like \"FL-1\""),
        ] {
            let (found, next) = seen(raw, before, rest).unwrap_or_else(|| panic!("{raw} before {rest}"));
            assert!(found.contains(message) && next.contains(hint), "{found}: {next}");
        }
        assert_eq!(seen(comma, "title: \"T\"", "\n"), None);
        assert_eq!(seen(close, "", ""), None);
    }
}

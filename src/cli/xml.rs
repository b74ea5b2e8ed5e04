//! `JUnit` XML output, which build servers read: test suites with cases that passed or failed.

use crate::domain::clean;

pub(super) struct Case {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) failure: Option<String>,
}

/// Returns a test suite as an XML document.
pub(super) fn junit(suite: &str, cases: &[Case]) -> String {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    let (suite, tests) = (escaped(suite), cases.len());
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{tests}\" failures=\"{failures}\">\n  \
         <testsuite name=\"{suite}\" tests=\"{tests}\" failures=\"{failures}\">\n"
    );
    for case in cases {
        let open = format!("    <testcase name=\"{}\" classname=\"{}\"", escaped(&case.name), escaped(&case.file));
        match &case.failure {
            None => {
                text.push_str(&open);
                text.push_str("/>\n");
            }
            Some(failure) => {
                let first = failure.lines().next().unwrap_or("");
                let message = escaped(first);
                let body = escaped(failure);
                let inner = format!(">\n      <failure message=\"{message}\">{body}</failure>\n    </testcase>\n");
                text.push_str(&open);
                text.push_str(&inner);
            }
        }
    }
    text.push_str("  </testsuite>\n</testsuites>");
    text
}

/// Escapes text for an attribute or element; cleaning has removed the control characters that XML cannot contain.
fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_failures_are_escaped() {
        let case = |failure: Option<&str>| Case {
            name: "a \"b\" <c>".to_owned(),
            file: "x.toml:1".to_owned(),
            failure: failure.map(str::to_owned),
        };
        let text = junit("s & t", &[case(None), case(Some("needs <= 2\u{1b}[31m\nmore"))]);
        assert!(text.contains("tests=\"2\" failures=\"1\"") && text.contains("name=\"s &amp; t\""), "{text}");
        assert!(text.contains("name=\"a &quot;b&quot; &lt;c&gt;\""), "{text}");
        assert!(text.contains("needs &lt;= 2") && !text.contains('\u{1b}'), "{text}");
    }
}

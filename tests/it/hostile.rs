//! Hostile scripts: the real program checks each and must end soon, with little memory, without a panic or a signal,
//! and with a message that says what is wrong. What they try is listed in RULES.md 2 and 3c, with additions.

use crate::binary::Cairn;

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
/// A condition and the rest of a rule, to build on.
const RULE: &str =
    "rule(\"acme.r\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"b\" });\n";

/// Faulty scripts, each with words of the message.
const WRONG: &[(&str, &str)] = &[
    // Endless loops.
    ("loop {}", "a.rhai:"),
    ("while true {}", "a.rhai:"),
    ("for i in 0..9223372036854775807 { let x = i; }", "a.rhai:7"),
    ("loop { try { throw 1; } catch { } }", "a.rhai:"),
    ("loop { try { loop {} } catch { continue; } }", "a.rhai:"),
    ("try { loop {} } catch (e) { loop {} }", "a.rhai:"),
    ("do {} while true;", "a.rhai:"),
    ("do {} until false;", "a.rhai:"),
    ("fn f() { loop {} } f();", "a.rhai:"),
    ("let i = 0; while i >= 0 { i += 1; }", "a.rhai:"),
    ("fn f(n) { f(n + 1) } f(0);", "too deeply"),
    ("fn f(n) { g(n) } fn g(n) { f(n) } f(0);", "too deeply"),
    ("fn f(n) { f(n) + f(n) } f(1);", "too deeply"),
    ("fn f(n) { try { f(n) } catch { f(n) } } f(1);", "a.rhai"),
    ("fn f(a, b) { f(b, a) } f(1, 2);", "too deeply"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { let t = s == s; }", "a.rhai:7"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { s.contains(s); }", "a.rhai:7"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { s.to_upper(); }", "a.rhai:7"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { lower(s); }", "a.rhai:7"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { s.replace(\"x\", \"y\"); }", "a.rhai:7"),
    // Filling the memory.
    ("let s = \"x\"; loop { s += s; }", "too large"),
    ("let s = \"x\"; loop { s = `${s}${s}`; }", "too large"),
    ("let s = \"x\"; loop { s = s + s + s; }", "too large"),
    ("let s = \"\"; loop { s += \"xxxxxxxxxx\"; }", "too large"),
    ("let a = [1]; loop { a += a; }", "too large"),
    ("let a = []; loop { a.push(a); }", "a.rhai:7"),
    ("let a = [0]; loop { a = [a, a]; }", "too large"),
    ("let a = [0]; loop { a = a + a; }", "too large"),
    ("let m = #{}; loop { m = #{ a: m, b: m }; }", "too large"),
    ("let m = #{}; let i = 0; loop { m[`k${i}`] = i; i += 1; }", "a.rhai"),
    ("let m = #{}; let i = 0; loop { m[`k${i}`] = #{ a: i }; i += 1; }", "a.rhai"),
    ("let m = #{}; loop { m.a = m; }", "too large"),
    (
        "let m = #{}; let i = 0; let s = \"x\"; for i in 0..13 { s += s; } loop { m[`k${i}`] = `${s}${i}`; i += 1; }",
        "a.rhai:7",
    ),
    ("let b = blob(1000000000);", "no function \"blob\""),
    ("let s = \"\".pad(1, \"\");", "a.rhai:7"),
    ("let s = \"x\"; s.pad(1000000000, \"y\");", "a.rhai:7"),
    ("let a = []; a.pad(1000000000, 0);", "a.rhai:7"),
    ("let a = [3, 1, 2]; a.sort();", "a.rhai:7"),
    ("let m = #{ a: 1 }; m.to_json();", "a.rhai:7"),
    ("let s = \"a b\"; loop { s.split(); }", "a.rhai:7"),
    ("let a = []; let b = [a, a]; for i in 0..40 { b = [b, b, b]; }", "too large"),
    ("fn f(a, n) { if n == 0 { a } else { f([a, a], n - 1) } } f([], 15);", "too large"),
    // Access to anything outside the script.
    ("eval(\"1\");", "eval"),
    ("let s = \"eval(s)\"; eval(s);", "eval"),
    ("import \"../outside\" as x;", "import"),
    ("import \"/etc/passwd\" as x;", "import"),
    ("import \"link\" as x;", "import"),
    ("import \"a\" as a;", "import"),
    ("export let x = 1;", "export"),
    ("let f = Fn(\"rule\");", "Fn"),
    ("let f = Fn(\"ev\" + \"al\"); f.call(\"1\");", "Fn"),
    ("let f = || 0; loop { let g = f; f = || g; }", "a.rhai:7"),
    ("let f = |x| x; f.call(1);", "a.rhai:7"),
    ("let m = #{}; let f = || m; m.f = f; m.to_json();", "a.rhai:7"),
    ("let f = 1; f.curry(2);", "curry"),
    ("call(\"rule\");", "call"),
    ("is_shared(1);", "is_shared"),
    ("sleep(3600);", "no function \"sleep\""),
    ("sleep(1e300);", "a.rhai:7"),
    ("timestamp();", "no function \"timestamp\""),
    ("let t = timestamp(); loop { if t.elapsed > 1 { break; } }", "timestamp"),
    ("exit();", "no function \"exit\""),
    ("exit(0);", "no function \"exit\""),
    ("open(\"/etc/passwd\");", "no function \"open\""),
    ("open_file(\"/etc/passwd\");", "no function"),
    ("rand();", "no function \"rand\""),
    ("env(\"HOME\");", "no function \"env\""),
    ("system(\"ls\");", "no function \"system\""),
    ("let x = global::rating;", "a.rhai:7"),
    ("this.x = 1;", "a.rhai:7"),
    ("fn rating(b) { 99 } rating(\"FL-5\");", "rating"),
    ("fn rule(a, b) { } rule(1, 2);", "rule"),
    ("fn print(x) { } print(1);", "a.rhai"),
    ("spawn(1);", "a.rhai:7"),
    ("async fn f() { }", "a.rhai:7"),
    // Printing.
    ("loop { print(\"hello hello hello hello\"); }", "more than 64 KiB"),
    ("let s = \"x\"; for i in 0..13 { s += s; } loop { print(s); }", "a.rhai:7"),
    ("loop { debug(#{ a: [1, 2, 3] }); }", "a.rhai:7"),
    // Numbers.
    ("let x = 9223372036854775807 + 1;", "overflow"),
    ("let x = -9223372036854775807 - 2;", "overflow"),
    ("let x = 9223372036854775807 * 9223372036854775807;", "overflow"),
    ("let x = 1 / 0;", "divided by 0"),
    ("let x = 1 % 0;", "zero"),
    ("let x = 2 ** 99;", "a.rhai:7"),
    (
        "let x = 0.0 / 0.0; rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= x, suggest: [], because: \"b\" });",
        "a.rhai:7",
    ),
    // Names and fields.
    ("ratng(\"\u{1b}[5m\"); // \u{202e}", "did you mean \"rating\"?"),
    ("rule(\"a b\", #{});", "cannot be the id of a rule"),
    ("rule(\"\u{1b}[31m\u{202e}\", #{});", "cannot be the id of a rule"),
    ("rule(\"\", #{});", "cannot be the id of a rule"),
    ("rule(1, 2);", "a.rhai:7"),
    ("rule();", "a.rhai:7"),
    (
        "rule(\"a.x\", #{ title: 1, when: 2, suggest: 3, because: 4, priority: \"x\", topic: [], cooldown: #{}, locked: 7 });",
        "a.rhai:7",
    ),
    (
        "rule(\"a.x\", #{ title: \"\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"\" });",
        "a.rhai:7",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: true, suggest: [\"small-bet\"], because: \"b\" });",
        "when must be a condition",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\"), suggest: [\"small-bet\"], because: \"b\" });",
        "when must be",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= \"low\", suggest: [\"small-bet\"], because: \"b\" });",
        "a.rhai:7",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-55\") <= 2, suggest: [\"small-bet\"], because: \"b\" });",
        "no behaviour \"FL-55\"",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bat\"], because: \"b\" });",
        "no activity \"small-bat\"",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"../../x\"], because: \"b\" });",
        "no activity",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"{\u{1b}}\" });",
        "a.rhai:7",
    ),
    (
        "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"{__proto__}\" });",
        "a.rhai:7",
    ),
    (
        "replace(\"no-such-rule\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"b\" });",
        "no-such-rule",
    ),
    ("disable(\"no-such-rule\", \"x\");", "no-such-rule"),
    ("adjust(\"doing-it-all-myself\", #{ priority: 9223372036854775807 });", "a.rhai:7"),
    ("average(\"\u{202e}\");", "a.rhai:7"),
    ("behaviours(\"../../x\");", "a.rhai:7"),
    // Conditions that grow.
    ("let c = rating(\"FL-5\") <= 2; loop { c = c and c; }", "more than 400 parts"),
    ("let c = rating(\"FL-5\") <= 2; for i in 0..64 { c = c or not(c); }", "more than 400 parts"),
    ("let c = rating(\"FL-5\") <= 2; for i in 0..64 { c = all([c, c, c]); }", "more than 400 parts"),
    ("let c = rating(\"FL-5\") <= 2; loop { c = not(c); }", "a.rhai:7"),
    ("let c = rating(\"FL-5\") <= 2; loop { c = !c; }", "a.rhai:7"),
    ("let c = rating(\"FL-5\") <= 2; loop { c = any([all([c])]); }", "a.rhai:7"),
    ("let c = rating(\"FL-5\") <= 2; loop { c = at_least(1, [not(c)]); }", "a.rhai:7"),
    ("let n = rating(\"FL-5\"); loop { n = -n; }", "more than 400 parts"),
    ("let n = rating(\"FL-5\"); loop { n = n + n; }", "more than 400 parts"),
    ("let c = rating(\"FL-5\") <= 2; for i in 0..64 { c = at_least(1, [c, c]); }", "more than 400 parts"),
    // Texts that no editor writes.
    ("let x = \"unclosed", "a.rhai:7"),
    ("let x = `unclosed ${", "a.rhai:7"),
    ("let x = '\u{0}\u{0}';", "a.rhai:7"),
    ("let x = \"\\u{110000}\";", "a.rhai:7"),
    ("let x = \"\\xZZ\";", "a.rhai:7"),
    ("\u{0}", "a.rhai:7"),
    ("let \u{202e}x = 1;", "a.rhai:7"),
    ("\u{201c}smart\u{201d}", "a.rhai:7"),
    ("}}}}}}}}", "a.rhai:7"),
    ("let a = [1, 2, 3]; a[9223372036854775807];", "a.rhai:7"),
    ("let a = [1, 2, 3]; a[-9223372036854775807];", "a.rhai:7"),
    ("let s = \"x\"; s[9223372036854775807];", "a.rhai:7"),
    ("throw #{ a: \"\u{1b}[31m\u{202e}\" };", "a.rhai:7"),
    ("throw \"x\";", "a.rhai:7"),
    ("return rule;", "a.rhai:7"),
];

/// Returns a script with `n` copies of `part`.
fn long(open: &str, part: &str, close: &str, n: usize) -> String {
    [open, &part.repeat(n), close].concat()
}

/// Repeats a text `n` times, each with its number in place of `NN`.
fn many(part: &str, n: usize) -> String {
    (0..n).map(|n| part.replace("NN", &n.to_string())).collect()
}

/// Faulty scripts that are too long to write out.
fn made() -> Vec<(String, String, &'static str)> {
    let nest = |open: &str, close: &str| {
        format!("let x = {}1{};", open.repeat(100_000 / open.len()), close.repeat(100_000 / open.len()))
    };
    let text = "x".repeat(200_000);
    let field = |name: &str, value: &str| {
        let rule = RULE.replace("title: \"T\"", "title: \"T\", FIELD").replace("FIELD", &format!("note: \"{value}\""));
        if name == "note" {
            rule
        } else {
            RULE.replace(
                &format!("{name}: \"{}\"", if name == "title" { "T" } else { "b" }),
                &format!("{name}: \"{value}\""),
            )
        }
    };
    let rules = many(&RULE.replace("acme.r", "acme.rNN"), 2_001);
    let list = |item: &str, n: usize| long("let x = [", &format!("{item}, "), "];", n);
    [
        ("deep parentheses", nest("(", ")"), "a.rhai:7"),
        ("deep arrays", nest("[", "]"), "a.rhai:7"),
        ("deep maps", nest("#{a:", "}"), "a.rhai:7"),
        ("deep blocks", nest("{", "}"), "a.rhai:7"),
        ("deep minus", format!("let x = {}1;", "-".repeat(100_000)), "a.rhai:7"),
        ("deep not", format!("let x = {}true;", "!".repeat(100_000)), "a.rhai:7"),
        ("deep else", long("if true {}", " else if true {}", "", 10_000), "a.rhai:7"),
        ("a chain of plus", long("let x = 1", " + 1", ";", 50_000), "a.rhai:7"),
        ("a chain of dots", long("let x = 1", ".a", ";", 50_000), "a.rhai:7"),
        ("a chain of indices", long("let x = [1]; x", "[0]", ";", 50_000), "a.rhai:7"),
        ("a chain of and", long("let c = rating(\"FL-5\") <= 2; c = c", " and c", ";", 20_000), "a.rhai:7"),
        ("templates in templates", format!("let x = {}1{};", "`${".repeat(30_000), "}`".repeat(30_000)), "a.rhai:7"),
        ("a line of 256 KiB", "a".repeat(262_000 - 200), "a.rhai:7"),
        ("a file that is too large", "/".repeat(300_000), "larger than 256 KiB"),
        ("many variables", many("let vNN = NN;", 5_000), "a.rhai:7"),
        ("many functions", many("fn fNN() {}", 5_000), "a.rhai:7"),
        ("many numbers", list("1", 60_000), "exceeds the maximum"),
        ("many texts", list("\"abc\"", 30_000), "exceeds the maximum"),
        ("many comments", long("", "/* x */", "x", 30_000), "a.rhai"),
        ("many lines", long("", "\n", "x", 200_000), "a.rhai"),
        ("more rules than a pack may have", rules, "more than"),
        ("the same rule again", RULE.repeat(2), "declared twice"),
        ("a title without end", field("title", &text), ""),
        ("a sentence without end", field("because", &text), ""),
        ("an unknown field without end", field("note", &text), "Length of string exceeds"),
        ("an id without end", RULE.replace("acme.r", &text), "Length of string exceeds"),
        ("an activity without end", RULE.replace("small-bet", &text), "Length of string exceeds"),
        ("a behaviour without end", RULE.replace("FL-5", &text), "Length of string exceeds"),
        ("a name without end", format!("{text}();"), "a.rhai:7"),
        ("blanks without end", RULE.replace("\"b\"", &format!("\"{}\"", "{value}".repeat(20_000))), ""),
        ("phrases without end", format!("mentions(\"FL-5\", [{}]);", "\"word word\", ".repeat(900)), ""),
        ("stars", format!("mentions(\"FL-5\", [{}]);", "\"a*\", ".repeat(900)), ""),
    ]
    .into_iter()
    .map(|(name, script, said)| (name.to_owned(), script, said))
    .collect()
}

/// Scripts without a fault, or without one that the script is responsible for.
const ODD: &[&str] = &[
    "for i in 0..9000000000000000000 { i; }",
    "let x = 1 << 65;",
    "let x = 1 << -1;",
    "let x = 99999999999999999999999999999999;",
    "let x = 1e999;",
    "/* unclosed",
    "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"{behaviour\" });",
    "rule(\"a.x\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"{{{{{{\" });",
    "",
    "//",
    "let \u{e9}t\u{e9} = 1;",
    "let x = \"\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\";",
    "let x = 0x7fffffffffffffff;",
    "let x = \"a\\u0000b\"; print(x);",
    "print(\"\u{1b}[31mred\u{202e}\u{7}\");",
    "debug(\"\\x1b]0;title\\x07\");",
    "for i in 0..100 { print(i); }",
    "let c = rating(\"FL-5\") <= 9223372036854775807;",
    "let c = rating(\"FL-5\") == -9223372036854775807;",
    "switch 1 { 1 => 2, _ => 3 }",
];

/// Checks a pack with one script. Returns a description of what went wrong, if anything.
fn check(script: &[u8], said: &str, name: &str) -> Option<String> {
    let cairn = Cairn::new();
    cairn.file("acme/pack.toml", MANIFEST);
    let head = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";
    cairn.file("acme/rules/a.rhai", [head.as_bytes(), script].concat());
    let what = if script.len().is_multiple_of(2) { "pack" } else { "rules" };
    let ran = cairn.run(&[what, "check", "acme"]);
    let name: String = name.chars().take(120).collect();
    if let Some(fault) = ran.big_or_slow() {
        return Some(format!("{name}: {fault}"));
    }
    let is_told = said.is_empty() || (ran.code == 1 && ran.out.contains(said) && ran.out.contains("hint: "));
    let out: String = ran.out.chars().chain(ran.err.chars()).take(300).collect();
    (!is_told || ran.out.len() > 100_000).then(|| format!("{name}: {said:?}: {}\n{out}", ran.code))
}

/// Asserts that nothing went wrong.
fn none(wrong: impl Iterator<Item = Option<String>>) {
    let wrong: Vec<String> = wrong.flatten().collect();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn scripts_that_attack_are_told_what_is_wrong_with_them() {
    assert!(WRONG.len() + made().len() + ODD.len() > 150);
    none(WRONG.iter().map(|(script, said)| check(script.as_bytes(), said, script)));
}

#[test]
fn scripts_without_end_are_told_so() {
    none(made().iter().map(|(name, script, said)| check(script.as_bytes(), said, name)));
}

#[test]
fn scripts_that_are_only_odd_do_no_harm() {
    none(ODD.iter().map(|script| check(script.as_bytes(), "", script)));
    let wide: Vec<u8> = RULE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    none(
        [
            // As other editors save them, and as none does.
            check(&[b"\xef\xbb\xbf".as_slice(), RULE.as_bytes()].concat(), "", "a mark in the middle"),
            check(RULE.replace('\n', "\r\n").as_bytes(), "", "other ends of lines"),
            check(b"let x = \"\xff\xfe\";", "not UTF-8", "no text"),
            check(&wide, "a.rhai:7", "wide text"),
        ]
        .into_iter(),
    );
}

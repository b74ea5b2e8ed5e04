//! Packs with hostile files and folders: links, pipes, sizes, names, and values of every wrong kind. The real program
//! checks and uses each.

#![expect(clippy::disallowed_methods, reason = "packs are written from outside")]

use std::fs;
use std::process::Command;

use crate::binary::Cairn;

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
const ACTIVITY: &str = "[[activity]]\nid = \"acme-one\"\ntitle = \"One\"\nkind = \"on-the-job\"\nbehaviours = [\"FL-5\"]\nminutes = 10\nfirst_step = \"Begin.\"\n";
const FRAMEWORK: &str = "id = \"acme\"\nedition = \"1\"\ntitle = \"Acme\"\nsummary = \"Ours.\"\n[[theme]]\ncode = \"AC\"\nid = \"ac\"\ntitle = \"Acting\"\n[[behaviour]]\ncode = \"AC-1\"\ntheme = \"AC\"\ntitle = \"Acts\"\nstatement = \"Acts in good time.\"\n";
const PROMPT: &str =
    "[[prompt]]\nid = \"acme.p\"\nbehaviour = \"FL-5\"\npurpose = \"reflect\"\ntext = \"What was it?\"\n";
const MODEL: &str = "[[model]]\nid = \"acme.m\"\ntitle = \"M\"\nkind = \"conversation\"\n[[model.stage]]\nid = \"s\"\ntitle = \"S\"\nprompts = [\"What?\"]\n[[model.stage]]\nid = \"t\"\ntitle = \"T\"\nprompts = [\"How?\"]\n";
const SYNONYMS: &str = "[synonyms]\na = [\"b\"]\n";

/// Checks a pack in three ways and uses it. Returns a description of what went wrong, if anything. `said` must be
/// reported unless it is empty.
fn attack(name: &str, said: &str, make: impl FnOnce(&Cairn)) -> Option<String> {
    let cairn = Cairn::new();
    cairn.file("acme/pack.toml", MANIFEST);
    make(&cairn);
    let used = cairn.run(&["--pack", "acme", "search", "risk"]);
    let rules = cairn.run(&["rules", "check", "acme"]);
    // The author may still be working on the pack and sign it later, so this is only a warning.
    let (said_later, later) =
        if name.starts_with("pack.lock") || name.starts_with("pack.sig") { ("", "warning") } else { (said, "") };
    let runs = [(&used, said), (&cairn.run(&["pack", "check", "acme"]), said), (&rules, said_later)];
    if !rules.err.contains(later) {
        return Some(format!("{name}: no warning in {}", rules.err));
    }
    for (ran, said) in runs {
        if let Some(fault) = ran.big_or_slow() {
            return Some(format!("{name}: {fault}"));
        }
        let text = [ran.out.as_str(), &ran.err].concat();
        let is_told = said.is_empty() || (ran.code > 0 && text.contains(said) && text.contains("hint: "));
        if !is_told || text.len() > 100_000 {
            return Some(format!("{name}: {said:?}: {}\n{}", ran.code, text.chars().take(400).collect::<String>()));
        }
    }
    None
}

fn none(wrong: impl Iterator<Item = Option<String>>) {
    let wrong: Vec<String> = wrong.flatten().collect();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

/// A file, its content, and words of the message.
type Wrong = (&'static str, String, &'static str);

/// Repeats a text `n` times, each with its number in place of `NN`.
fn many(entry: &str, n: usize) -> String {
    (0..n).map(|n| entry.replace("NN", &n.to_string())).collect()
}

fn manifests() -> Vec<Wrong> {
    let manifest = |from: &str, to: &str| MANIFEST.replace(from, to);
    let deep = |open: &str, close: &str| format!("{MANIFEST}x = {}{}\n", open.repeat(80_000), close.repeat(80_000));
    let chain: String =
        (0..5_000).map(|n| ["a", &n.to_string(), " = \"a", &(n + 1).to_string(), "\"\n"].concat()).collect();
    vec![
        ("pack.toml", String::new(), "missing field"),
        ("pack.toml", "\u{0}".repeat(100), "pack.toml:1"),
        ("pack.toml", "[".repeat(500_000), "more than 85000 values"),
        ("pack.toml", deep("[", "]"), "pack.toml:8"),
        ("pack.toml", deep("{a=", "}"), "more than 85000 values"),
        ("pack.toml", format!("{MANIFEST}{}", "[a]\n".repeat(50_000)), "pack.toml:"),
        ("pack.toml", format!("{MANIFEST}[{}]\n", vec!["a"; 80_000].join(".")), "too many levels"),
        ("pack.toml", format!("{MANIFEST}{} = 1\n", vec!["a"; 80_000].join(".")), "too many levels"),
        ("pack.toml", format!("{MANIFEST}id = \"acme\"\n"), "duplicate key"),
        ("pack.toml", manifest("\"1.0.0\"", "\"1.0\""), "pack.toml:2"),
        ("pack.toml", manifest("\"1.0.0\"", "\"-1.0.0\""), "pack.toml:2"),
        ("pack.toml", manifest("\"1.0.0\"", "\"99999999999999999999.0.0\""), "pack.toml:2"),
        ("pack.toml", manifest("\"1.0.0\"", &format!("\"1.0.0-{}\"", "a.".repeat(50_000))), "pack.toml:2"),
        ("pack.toml", manifest("\"1.0.0\"", &format!("\"1.0.0-{}\"", "a".repeat(5_000))), "longer than 60"),
        ("pack.toml", manifest("\"1\"", "\"99999999999999999999\""), "rules_api is not a number"),
        ("pack.toml", manifest("\"1\"", "\"-1\""), "rules_api is not a number"),
        ("pack.toml", manifest("\"1\"", "1"), "pack.toml:7"),
        ("pack.toml", manifest("\"Acme\"", "\"\\u001b[31m\\u202e\""), ""),
        ("pack.toml", manifest("\"Acme\"", "\"\\u202e\""), "the title is empty"),
        ("pack.toml", manifest("\"Acme\"", &format!("\"{}\"", "x".repeat(900_000))), ""),
        ("pack.toml", manifest("\"acme\"", "\"../../etc\""), "cannot be the id of a pack"),
        ("pack.toml", manifest("\"acme\"", "\"built in\""), "cannot be the id of a pack"),
        ("pack.toml", format!("{MANIFEST}requires = [\"acme\"]\n"), ""),
        ("pack.toml", format!("{MANIFEST}requires = [\"acme >=2\"]\n"), "requires acme"),
        ("pack.toml", format!("{MANIFEST}requires = [{}]\n", "\"nobody\", ".repeat(20_000)), "is not loaded"),
        ("pack.toml", format!("{MANIFEST}requires = [\"lqf {}\"]\n", ">=1, ".repeat(20_000)), "pack.toml:8"),
        ("pack.toml", format!("{MANIFEST}[renamed]\na = \"b\"\nb = \"a\"\n"), "in a circle"),
        ("pack.toml", format!("{MANIFEST}[renamed]\n{}", many("aNN = \"b\"\n", 20_000)), ""),
        ("pack.toml", format!("{MANIFEST}[renamed]\n{chain}"), ""),
    ]
}

fn frameworks() -> Vec<Wrong> {
    let framework = |from: &str, to: &str| FRAMEWORK.replace(from, to);
    let scale = |points: &str| {
        FRAMEWORK.replace("[[theme]]", &format!("[scale]\nquestion = \"How?\"\npoints = [{points}]\n[[theme]]"))
    };
    vec![
        ("framework.toml", scale(""), "2 to 10 points"),
        ("framework.toml", scale(&many("{ value = NN, label = \"NN\" }, ", 1_000)), "2 to 10 points"),
        (
            "framework.toml",
            scale("{ value = 9223372036854775807, label = \"a\" }, { value = -9223372036854775808, label = \"b\" }"),
            "framework.toml:",
        ),
        ("framework.toml", scale("{ value = 99999999999999999999, label = \"a\" }"), "framework.toml:"),
        ("framework.toml", scale("{ value = 1.5, label = \"a\" }, { value = nan, label = \"b\" }"), "framework.toml:"),
        ("framework.toml", format!("{FRAMEWORK}{}", many("[[level]]\nid = \"lNN\"\ntitle = \"L\"\n", 1_000)), ""),
        ("framework.toml", framework("theme = \"AC\"", "theme = \"XX\""), "no theme \"XX\""),
        ("framework.toml", framework("[[theme]]\ncode = \"AC\"\nid = \"ac\"\ntitle = \"Acting\"\n", ""), "no theme"),
        ("framework.toml", framework("AC-1", "\\u001b[31m"), "framework.toml:"),
        (
            "framework.toml",
            format!(
                "{FRAMEWORK}{}",
                many("[[behaviour]]\ncode = \"AC-1\"\ntheme = \"AC\"\ntitle = \"A\"\nstatement = \"S\"\n", 5_000)
            ),
            "framework.toml:",
        ),
        (
            "framework.toml",
            format!(
                "{FRAMEWORK}{}",
                many("[[behaviour]]\ncode = \"B-NN\"\ntheme = \"AC\"\ntitle = \"A\"\nstatement = \"S\"\n", 10_000)
            ),
            "",
        ),
        (
            "framework.toml",
            format!(
                "{FRAMEWORK}{}",
                many("[[link]]\nfrom = \"AC-1\"\nframework = \"fNN\"\nto = \"X\"\ncertainty = \"stated\"\n", 10_000)
            ),
            "no framework",
        ),
        (
            "framework.toml",
            format!(
                "{FRAMEWORK}[[link]]\nfrom = \"AC-1\"\nframework = \"acme\"\nto = \"AC-1\"\ncertainty = \"stated\"\n"
            ),
            "",
        ),
    ]
}

fn activities() -> Vec<Wrong> {
    vec![
        ("activities.toml", ACTIVITY.replace("= 10", "= 99999999999999999999"), "activities.toml:6"),
        ("activities.toml", ACTIVITY.replace("= 10", "= 1e400"), "activities.toml:6"),
        ("activities.toml", ACTIVITY.replace("= 10", "= nan"), "activities.toml:6"),
        ("activities.toml", ACTIVITY.replace("= 10", "= 1979-05-27"), "activities.toml:6"),
        ("activities.toml", ACTIVITY.replace("[\"FL-5\"]", "[1, [2], {}]"), "activities.toml:5"),
        ("activities.toml", ACTIVITY.replace("[\"FL-5\"]", &format!("[{}]", "\"FL-5\", ".repeat(50_000))), ""),
        (
            "activities.toml",
            ACTIVITY.replace("[\"FL-5\"]", &format!("[{}]", "\"XX-5\", ".repeat(50_000))),
            "no behaviour",
        ),
        ("activities.toml", ACTIVITY.replace("acme-one", "\\u0000\\u202e"), "cannot be the id"),
        ("activities.toml", many(&ACTIVITY.replace("acme-one", "acme-NN"), 7_000), ""),
        (
            "activities.toml",
            many(&ACTIVITY.replace("acme-one", "acme-NN").replace("[\"FL-5\"]", "[]"), 7_000),
            "develops no behaviour",
        ),
        (
            "activities.toml",
            many(&format!("{}replaces = true\n", ACTIVITY.replace("acme-one", "acme-NN")), 6_000),
            "to replace",
        ),
        ("activities.toml", "activity = \"x\"\n".to_owned(), "activities.toml:1"),
        ("activities.toml", "activity = [[[[]]]]\n".to_owned(), "activities.toml:1"),
        ("activities.toml", format!("activity = [{}]\n", "{}, ".repeat(200_000)), "more than 85000 values"),
        ("activities.toml", format!("x = [{}]\n", "[],".repeat(340_000)), "more than 85000 values"),
        ("activities.toml", format!("x = [{}]\n", "1,".repeat(500_000)), "more than 85000 values"),
        ("activities.toml", many("kNN = 1\n", 90_000), "more than 85000 values"),
        ("activities.toml", format!("x = \"{}", "\\u0041".repeat(150_000)), "activities.toml:1"),
        ("activities.toml", format!("x = {}\n", "9".repeat(900_000)), "activities.toml:1"),
    ]
}

fn others() -> Vec<Wrong> {
    vec![
        ("prompts.toml", PROMPT.replace("\"reflect\"", "[]"), "prompts.toml:4"),
        ("prompts.toml", many(&PROMPT.replace("acme.p", "acme.NN"), 10_000), ""),
        ("prompts.toml", PROMPT.replace("What was it?", "\\u001b]0;x\\u0007\\u202e?"), ""),
        ("models.toml", MODEL.replace("[\"What?\"]", "\"What?\""), "models.toml:8"),
        ("models.toml", many(MODEL, 500), "defined twice"),
        ("models.toml", format!("{MODEL}minutes = 1\n"), "models.toml:13"),
        ("synonyms.toml", SYNONYMS.replace("[\"b\"]", "1"), "synonyms.toml:2"),
        ("synonyms.toml", format!("[synonyms]\n{}", many("wNN = [\"a\", \"b\"]\n", 40_000)), ""),
        ("synonyms.toml", format!("[synonyms]\na = [{}]\n", "\"a\", ".repeat(140_000)), ""),
        ("cases/a.toml", "[[case]]\nname = 1\n".to_owned(), ""),
        ("cases/a.toml", "x".repeat(1_000_000), ""),
        ("cases/a.toml", "x".repeat(1_100_000), "larger than"),
        ("prompts.toml", " ".repeat(10_000_000), "larger than"),
        ("pack.lock", "\u{0}".repeat(1_000), "not what `cairn pack sign` writes"),
        ("pack.lock", format!("pack acme 1.0.0\n{}", "00  x\n".repeat(100_000)), "pack.lock"),
        ("pack.sig", "key = 1".to_owned(), "its pack.lock is missing"),
    ]
}

fn files() -> Vec<Wrong> {
    [manifests(), frameworks(), activities(), others()].concat()
}

#[test]
fn files_with_wrong_values_are_told_with_their_place() {
    assert!(files().len() > 60);
    none(files().into_iter().map(|(file, text, said)| {
        let name =
            format!("{file}: {} {}", text.len(), text.chars().skip(text.len().min(120)).take(100).collect::<String>());
        attack(&name, said, |cairn| drop(cairn.file(&format!("acme/{file}"), &text)))
    }));
}

#[cfg(unix)]
#[test]
fn files_that_are_no_files_are_neither_followed_nor_waited_for() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    let link = |to: &'static str, at: &'static str| {
        move |cairn: &Cairn| {
            cairn.file("outside/secret.toml", "secret = 1\n");
            cairn.file("outside/a.rhai", "print(\"secret\");\n");
            let _ = fs::remove_file(cairn.path(&format!("acme/{at}")));
            fs::create_dir_all(cairn.path(&format!("acme/{at}")).parent().expect("inside")).expect("writable");
            symlink(to.replace("ROOT", &cairn.path("").display().to_string()), cairn.path(&format!("acme/{at}")))
                .expect("a link");
        }
    };
    let run = |program: &'static str, at: &'static str| {
        move |cairn: &Cairn| {
            fs::create_dir_all(cairn.path(&format!("acme/{at}")).parent().expect("inside")).expect("writable");
            assert!(
                Command::new(program)
                    .arg(cairn.path(&format!("acme/{at}")))
                    .status()
                    .is_ok_and(|status| status.success())
            );
        }
    };
    none(
        [
            attack("a link to a file", "not a regular file", link("../outside/secret.toml", "prompts.toml")),
            attack("an absolute link", "not a regular file", link("/etc/passwd", "prompts.toml")),
            attack("a link to a device", "not a regular file", link("/dev/zero", "activities.toml")),
            attack("a link to nothing", "not a regular file", link("nowhere", "prompts.toml")),
            attack("a link to itself", "not a regular file", link("prompts.toml", "prompts.toml")),
            attack("a manifest elsewhere", "not a regular file", link("../outside/secret.toml", "pack.toml")),
            attack("a folder elsewhere", "not a plain folder", link("../outside", "rules")),
            attack("the folder itself", "not a plain folder", link(".", "rules")),
            attack("the whole disk", "not a plain folder", link("/", "cases")),
            attack("a rule elsewhere", "not a regular file", link("../../outside/a.rhai", "rules/a.rhai")),
            attack("an absolute rule", "not a regular file", link("ROOT/outside/a.rhai", "rules/a.rhai")),
            attack("a pipe", "not a regular file", run("mkfifo", "prompts.toml")),
            attack("a pipe for rules", "not a regular file", run("mkfifo", "rules/a.rhai")),
            attack("a folder for a file", "not a regular file", run("mkdir", "prompts.toml")),
            attack("a folder for a rule", "not a regular file", run("mkdir", "rules/a.rhai")),
            attack("a file for a folder", "not a plain folder", |cairn| drop(cairn.file("acme/rules", "x"))),
            attack("a pipe for the signature", "not a regular file", run("mkfifo", "pack.lock")),
            attack("a socket", "not a regular file", |cairn| {
                // The name of a socket must be short. The file remains when the socket is closed.
                let at = tempfile::tempdir().expect("a folder");
                drop(UnixListener::bind(at.path().join("s")).expect("a socket"));
                let _ = fs::rename(at.path().join("s"), cairn.path("acme/prompts.toml"));
                if !cairn.path("acme/prompts.toml").exists() {
                    drop(UnixListener::bind(cairn.path("acme/prompts.toml")));
                }
            }),
            attack("a file that may not be read", "", |cairn| {
                let file = cairn.file("acme/prompts.toml", PROMPT);
                fs::set_permissions(file, fs::Permissions::from_mode(0o0)).expect("changeable");
            }),
            attack("a name of two lines", "cannot be shown", |cairn| drop(cairn.file("acme/rules/a\nb.rhai", ""))),
            attack("a name that paints", "cannot be shown", |cairn| {
                cairn.file("acme/rules/\u{1b}[31m\u{202e}.rhai", "");
            }),
            attack("a name beside that paints", "", |cairn| drop(cairn.file("acme/\u{1b}[31m\u{202e}.toml", ""))),
            attack("a name that is no text", "", |cairn| {
                use std::os::unix::ffi::OsStrExt;
                cairn.file("acme/rules/a.rhai", "");
                let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.rhai");
                drop(fs::write(cairn.path("acme/rules").join(name), ""));
            }),
        ]
        .into_iter(),
    );
}

#[test]
fn folders_with_too_much_in_them_are_refused() {
    let fill = |folder: &'static str, n: usize, size: usize| {
        move |cairn: &Cairn| {
            fs::create_dir_all(cairn.path(folder)).expect("writable");
            for at in 0..n {
                let name = if folder.ends_with("rules") { format!("{at}.rhai") } else { format!("{at}.toml") };
                fs::write(cairn.path(folder).join(name), "/".repeat(size)).expect("writable");
            }
        }
    };
    none(
        [
            attack("very many files", "more than 1000 files", fill("acme", 100_000, 0)),
            attack("very many rules", "more than 500 files", fill("acme/rules", 20_000, 0)),
            attack("very many cases", "more than 500 files", fill("acme/cases", 600, 0)),
            attack("many large rules", "larger than 4096 KiB", fill("acme/rules", 500, 256 * 1024)),
            attack("many large cases", "larger than 4096 KiB", fill("acme/cases", 100, 1024 * 1024)),
            attack("many empty rules", "", fill("acme/rules", 500, 0)),
            attack("a deep folder", "", |cairn| drop(cairn.file(&format!("acme/{}a.md", "d/".repeat(200)), ""))),
            attack("many that never end", "take too long", |cairn| {
                for at in 0..300 {
                    cairn.file(
                        &format!("acme/rules/{at:03}.rhai"),
                        "let s = \"x\"; for i in 0..13 { s += s; } loop { print(s); }",
                    );
                }
            }),
        ]
        .into_iter(),
    );
}

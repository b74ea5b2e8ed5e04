//! Every file and stream that is read has a size limit, and every parser a depth limit. One byte too many and 200,000
//! nested levels are passed to the real program, which must report them and use little memory.
//!
//! | reader | limit | passed to |
//! | --- | --- | --- |
//! | `desk::answers_file` | 2 MiB, 20,000 answers | `recommend --answers`, `reflect --from`, files and pipes |
//! | `pack::source` | TOML 1 MiB, script 256 KiB, pack 4 MiB and 500 files | `--pack`, `pack check`, `rules check` |
//! | `cli::settings` | 256 KiB | `--config` |
//! | `cli::rules::replay` | 16 MiB | `rules replay`, files and pipes |
//! | `desk::signing` | 64 KiB | `pack trust` |
//! | `pack::registry`, `pack::trust` | 256 KiB | the lists in the data folder, here `pack list` |
//! | `store::key`, `store::vault` | 4 KiB | `key.open` and `vault.toml` in the data folder |
//! | `os::editor` | 4 MiB | a file that an editor returns: `manners.rs` |
//! | `run::lines` | 256 KiB per line | plain mode: `foreign_text.rs` |
//! | drafts | 1,000,000 characters | the records: `foreign_text.rs`, `src/store/enter.rs` |

#![cfg(unix)]

use crate::binary::{Cairn, Ran};

const DEPTH: usize = 200_000;
const MIB: usize = 1024 * 1024;

/// Maximum memory in KiB for a hostile file of the allowed size. The TOML parser takes about a hundred times the size
/// of a file that only opens tables (72 MB for 600 kB, measured).
const MOST_MEMORY: u64 = 160 * 1024;

/// Describes what is wrong if the program did not end by itself, or used too much memory.
fn heavy(ran: &Ran) -> Option<String> {
    let wrong = !(0..=2).contains(&ran.code) || ran.peak_kib.is_some_and(|peak| peak > MOST_MEMORY);
    wrong.then(|| format!("{ran:?}"))
}

/// Deeply nested files in every notation.
fn deep_files() -> Vec<(&'static str, String)> {
    vec![
        ("lists.json", "[".repeat(DEPTH)),
        ("objects.json", "{\"answers\":".repeat(DEPTH)),
        ("inside.json", format!("{{\"answers\":[{{\"behaviour\":{}", "[".repeat(DEPTH))),
        ("lists.toml", format!("answers = {}", "[".repeat(DEPTH))),
        ("tables.toml", format!("answers = {}", "{a=".repeat(DEPTH))),
        ("keys.toml", format!("{}a = 1", "a.".repeat(DEPTH))),
        ("heads.toml", format!("[{}a]\nx = 1", "a.".repeat(DEPTH))),
    ]
}

#[test]
fn answers_have_a_cap_and_a_depth() {
    let cairn = Cairn::new();
    let cap = 2 * MIB;
    let empty = "{\"answers\":[]}";
    let just = format!("{empty}{}", " ".repeat(cap - empty.len()));
    cairn.file("just.json", &just);
    cairn.run(&["recommend", "--answers", "just.json"]).exits(0);
    cairn.fed(&["recommend", "--answers", "-"], &just).exits(0);
    let more = format!("{just} ");
    cairn.file("more.json", &more);
    for args in [&["recommend", "--answers", "more.json"][..], &["reflect", "--from", "more.json"]] {
        cairn.run(args).exits(2).says(&["larger than 2048 KiB", "split it"]);
    }
    cairn.fed(&["reflect", "--from", "-"], &more).exits(2).says(&["larger than 2048 KiB"]);
    for (name, text) in deep_files() {
        cairn.file(name, &text);
        let ran = cairn.run(&["recommend", "--answers", name]).exits(2).says(&[name]);
        assert_eq!(heavy(&ran), None, "{name}");
        let ran = cairn.fed(&["reflect", "--from", "-"], &text).exits(2).says(&["standard input"]);
        assert_eq!(heavy(&ran), None, "{name} on standard input");
        let ran = cairn.run(&["rules", "replay", name]).exits(2);
        assert_eq!(heavy(&ran), None, "{name} as a log");
    }
    // Many small elements in few bytes.
    let many = format!("{{\"answers\":[{}{{}}]}}", "{},".repeat(cap / 3 - 20));
    cairn.file("many.json", many);
    assert!(!cairn.data().exists(), "nothing was saved");
    cairn.run(&["recommend", "--answers", "many.json"]).exits(2);
}

#[test]
fn settings_have_a_cap_and_a_depth() {
    let cairn = Cairn::new();
    cairn.file("more.toml", "#".repeat(256 * 1024 + 1));
    let ran = cairn.run(&["--config", "more.toml", "config", "show"]);
    assert!(ran.code == 2 && ran.err.contains("larger than 256 KiB"), "{ran:?}");
    for (name, text) in deep_files() {
        let cut: String = text.chars().take(256 * 1024).collect();
        cairn.file(name, cut);
        let ran = cairn.run(&["--config", name, "config", "show"]);
        assert_eq!(heavy(&ran), None, "{name}: {}", ran.err);
    }
}

#[test]
fn packs_have_caps_and_a_depth() {
    const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"x\"\nattribution = \"x\"\nsource = \"x\"\nrules_api = \"1\"\n";
    for (file, cap) in [
        ("pack.toml", MIB),
        ("framework.toml", MIB),
        ("activities.toml", MIB),
        ("prompts.toml", MIB),
        ("rules/a.rhai", 256 * 1024),
        ("cases/a.toml", MIB),
    ] {
        let cairn = Cairn::new();
        cairn.file("acme/pack.toml", MANIFEST);
        let sign = if file.starts_with("rules") { "/" } else { "#" };
        cairn.file(&format!("acme/{file}"), sign.repeat(cap + 1));
        for command in ["pack", "rules"] {
            let ran = cairn.run(&[command, "check", "acme"]);
            assert!(
                ran.code > 0 && ran.err.contains("larger than") || ran.out.contains("larger than"),
                "{file}: {ran:?}"
            );
            assert_eq!(heavy(&ran), None, "{file}");
        }
        for (name, text) in deep_files() {
            let cut: String = text.chars().take(cap).collect();
            cairn.file(&format!("acme/{file}"), format!("{}{cut}", if file == "pack.toml" { MANIFEST } else { "" }));
            // Cases are read only by commands that run them.
            let command = if file.starts_with("cases") { "test" } else { "check" };
            let ran = cairn.run(&["rules", command, "acme"]);
            assert!(ran.code > 0, "{name} as {file}: {ran:?}");
            assert_eq!(heavy(&ran), None, "{name} as {file}");
        }
    }
}

#[test]
fn files_of_our_own_have_caps_too() {
    for (file, bytes, args, code) in [
        ("data/key.open", 4_097, &["plan"][..], 3),
        ("data/packs.toml", 256 * 1024 + 1, &["pack", "list"], 0),
        ("data/trust.toml", 256 * 1024 + 1, &["pack", "trust"], 0),
    ] {
        let cairn = Cairn::new();
        cairn.run(&["plan", "add", "x"]).exits(0);
        cairn.file(file, "#".repeat(bytes));
        let ran = cairn.run(args);
        assert_eq!(heavy(&ran).filter(|_| ran.code != 3), None, "{file}");
        assert!(code == 0 || ran.code == code, "{file}: {ran:?}");
    }
    let cairn = Cairn::new();
    cairn.run(&["plan", "add", "x"]).exits(0);
    // `vault.toml` proves that there are records, whatever its size.
    cairn.file("data/vault.toml", "#".repeat(5_000));
    assert!(cairn.run(&["plan"]).exits(0).out.contains('x'));
    cairn.file("key.pub", "k".repeat(64 * 1024 + 1));
    cairn.run(&["pack", "trust", "key.pub"]).exits(2).says(&["larger than 64 KiB"]);
}

//! Checks the structure of the source: layers, which layer may use which crate, file length, headers, and that every
//! test file is included.

#![expect(clippy::disallowed_methods, reason = "the source tree is read without caps")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers that each layer may use. `run` and `cli` are above all others.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("os", &["domain"]),
    ("language", &["domain"]),
    ("safeguarding", &["domain", "language"]),
    ("pack", &["domain", "os", "safeguarding"]),
    ("search", &["domain"]),
    ("rules", &["domain", "language", "os", "safeguarding"]),
    ("seal", &[]),
    ("store", &["domain", "os", "seal"]),
    ("report", &["domain"]),
    ("desk", &["domain", "os", "pack", "report", "rules", "safeguarding", "seal", "search", "store"]),
    ("config", &["command", "domain"]),
    ("command", &["domain"]),
    ("app", &["command", "config", "domain", "seal", "search"]),
    // Search results are drawn with their highlights, and the help shows the syntax of search lines.
    ("tui", &["app", "command", "config", "domain", "os", "search"]),
    // The help shows the syntax of search lines.
    ("plain", &["app", "command", "domain", "search"]),
    ("error", &["desk", "domain"]),
    ("run", &["app", "command", "config", "desk", "domain", "error", "os", "plain", "report", "seal", "store", "tui"]),
    (
        "cli",
        &[
            "app",
            "command",
            "config",
            "desk",
            "domain",
            "error",
            "os",
            "pack",
            "report",
            "rules",
            "run",
            "safeguarding",
            "seal",
            "search",
            "store",
        ],
    ),
];

/// External crates and the layers in which they may be used.
const OWNERS: &[(&str, &[&str])] = &[
    ("rhai", &["rules"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("fuzzy_matcher", &["search"]),
    ("rust_stemmers", &["language", "search"]),
    ("rusqlite", &["store"]),
    ("directories", &["os"]),
    ("rustix", &["os"]),
    ("shell_words", &["os"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("signal_hook", &["run"]),
    ("age", &["seal"]),
    ("bip39", &["seal"]),
    ("zxcvbn", &["seal"]),
    ("zeroize", &["os", "seal", "store"]),
    ("getrandom", &["pack", "seal", "store"]),
    ("ed25519_dalek", &["pack"]),
    ("maud", &["report"]),
    ("icalendar", &["report"]),
    ("csv", &["report"]),
    ("sha2", &["pack", "store"]),
    ("uuid", &["os", "store"]),
];

/// Files that consist of tables may be longer.
const TABLES: &[&str] = &[
    "src/core/rules/api.rs",
    "src/core/language/cues.rs",
    "src/command/table.rs",
    "src/core/pack/keys.rs",
    "src/store/catalogue.rs",
];
/// Maximum length of any other file in lines.
const LONGEST: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            // A crate that only builds code of others is not a layer.
            if !(path.join("Cargo.toml").exists() && path.join("build.rs").exists()) {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Returns `(src/app/find.rs, app, text)` for every source file.
fn sources() -> Vec<(String, String, String)> {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).expect("inside").display().to_string();
            let inside = name.trim_start_matches("src/").trim_start_matches("core/");
            let layer = inside.split(['/', '.']).next().unwrap_or("").to_owned();
            (name, layer, fs::read_to_string(path).expect("readable"))
        })
        .collect()
}

/// Returns the lines of code. Comments and doc links are not uses of a layer, and inline tests may use any layer.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    shipped.lines().map(|line| line.split("//").next().unwrap_or(""))
}

#[test]
fn every_layer_uses_only_the_layers_below_it() {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let layers: BTreeSet<&str> = rules.keys().copied().collect();
    let mut wrong = Vec::new();
    for (name, layer, text) in sources() {
        let Some(allowed) = rules.get(layer.as_str()) else { continue };
        for line in code(&text) {
            for part in line.split("crate::").skip(1) {
                let used = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if layers.contains(used) && used != layer && !allowed.contains(&used) {
                    wrong.push(format!("{name} uses {used}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_role_of_a_theme_is_drawn_somewhere() {
    let drawn: String = sources().into_iter().filter(|(_, layer, _)| layer == "tui").map(|(.., text)| text).collect();
    for role in cairn_coach::config::Role::ALL {
        let name = format!("Role::{role:?}");
        let used = drawn.split(&name).skip(1).any(|after| !after.starts_with(char::is_alphanumeric));
        assert!(used, "a theme can say how {name} looks, and nothing looks so");
    }
}

#[test]
fn every_layer_is_known_and_documented() {
    let known: BTreeSet<&str> = MAY_USE.iter().map(|(layer, _)| *layer).chain(["lib", "main"]).collect();
    let layers: BTreeSet<String> = sources().into_iter().map(|(_, layer, _)| layer).collect();
    let unknown: Vec<&String> = layers.iter().filter(|layer| !known.contains(layer.as_str())).collect();
    assert!(unknown.is_empty(), "no rule for {unknown:?}");
    let doc = fs::read_to_string(root().join("src/lib.rs")).expect("readable");
    for (layer, _) in MAY_USE {
        assert!(doc.contains(&format!("| [`{layer}`] |")), "lib.rs does not describe {layer}");
    }
}

#[test]
fn every_outside_crate_has_one_owner() {
    let mut wrong = Vec::new();
    for (name, layer, text) in sources() {
        for (crate_name, owners) in OWNERS {
            let used = code(&text).any(|line| {
                let uses = line.match_indices(&format!("{crate_name}::")).any(|(at, _)| {
                    // Not the end of another word: `age` occurs in `page` and `message`.
                    !line.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
                });
                uses && !line.contains(&format!("::{crate_name}"))
            });
            if used && !owners.contains(&layer.as_str()) {
                wrong.push(format!("{name} uses {crate_name}, which belongs to {owners:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fuzzy_matcher_stands_behind_one_file() {
    let users: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, text)| code(text).any(|line| line.contains("fuzzy_matcher::")))
        .map(|(name, _, _)| name)
        .collect();
    assert_eq!(users, ["src/core/search/fuzzy.rs"]);
}

#[test]
fn files_are_one_idea_each_and_say_which() {
    let mut wrong = Vec::new();
    for (name, _, text) in sources() {
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not open with //!"));
        }
        let lines = text.lines().count();
        if lines > LONGEST && !TABLES.contains(&name.as_str()) {
            wrong.push(format!("{name} has {lines} lines"));
        }
        for word in ["TODO", "FIXME", "XXX"] {
            // As a whole word only: `VTODO` is the name of a task in calendar files.
            if text.split(|c: char| !c.is_alphanumeric()).any(|part| part == word) {
                wrong.push(format!("{name} holds a {word}"));
            }
        }
        let globs = text.lines().any(|line| {
            line.trim_start().starts_with("use ") && line.contains("::*") && line.trim() != "use super::*;"
        });
        if globs {
            wrong.push(format!("{name} imports by glob"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).expect("readable");
    let mut files = Vec::new();
    rust_files(&root().join("tests/it"), &mut files);
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let known = name == "main" || main.lines().any(|line| line == format!("mod {name};"));
        assert!(known, "tests/it/{name}.rs is not in tests/it/main.rs");
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("readable");
    let mut benches = Vec::new();
    rust_files(&root().join("tests/benches"), &mut benches);
    for bench in benches {
        let name = bench.strip_prefix(root()).expect("inside").display().to_string();
        let module = benches_that_include(&bench);
        assert!(
            manifest.contains(&format!("\"{name}\"")) || module,
            "{name} is no bench of Cargo.toml and no module of one"
        );
    }
}

/// Returns whether some bench includes this file as a module.
fn benches_that_include(file: &Path) -> bool {
    let stem = file.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut all = Vec::new();
    rust_files(&root().join("tests/benches"), &mut all);
    all.iter().any(|other| {
        fs::read_to_string(other).expect("readable").lines().any(|line| line.trim() == format!("mod {stem};"))
    })
}

#[test]
fn the_top_level_is_what_the_owner_fixed() {
    let fixed = ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "rules", "scripts", "src", "tests"];
    let mut found: Vec<String> = fs::read_dir(root())
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    found.sort();
    assert_eq!(found, fixed);
}

#[test]
fn every_file_of_a_built_in_pack_is_in_the_binary() {
    let packs = cairn_coach::pack::builtin_packs();
    for pack in &packs {
        let folder = root().join("rules").join(&pack.label);
        let mut on_disk = Vec::new();
        for entry in fs::read_dir(&folder).expect("the pack's folder is there") {
            let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|extension| extension == "toml") {
                on_disk.push(name);
            }
        }
        for inside in ["rules", "cases"] {
            let Ok(files) = fs::read_dir(folder.join(inside)) else { continue };
            on_disk.extend(
                files.map(|entry| format!("{inside}/{}", entry.expect("readable").file_name().to_string_lossy())),
            );
        }
        on_disk.sort();
        let held: Vec<String> = pack.files.keys().cloned().collect();
        assert_eq!(held, on_disk, "{}", pack.label);
    }
}

//! Signed packs: made, shipped, trusted, altered in transit, and stripped of their signature.

#![expect(clippy::disallowed_methods, reason = "packs are changed from outside")]

use std::fs;

use serde_json::{Value, json};

use crate::binary::{Cairn, has_keys};
use crate::cli_added::{pack, row, rule, snapshot};

/// Signs a pack with the key in the data folder `keys`. Returns the public key.
fn signed(cairn: &Cairn, keys: &str, folder: &str) -> String {
    let out = cairn.run_in(keys, &["pack", "sign", folder]).exits(0).quiet().out;
    let line = out.lines().find(|line| line.trim().len() == 64).expect("the public key is shown");
    line.trim().to_owned()
}

/// Returns a home with a signed pack `acme`, and its public key.
fn shipped() -> (Cairn, String) {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[("README.md", "# For its author\n")]);
    let key = signed(&cairn, "author", "acme");
    (cairn, key)
}

fn trust(cairn: &Cairn, args: &[&str], code: i32) -> String {
    let ran = cairn.run(&[&["pack", "trust"], args].concat()).exits(code);
    [ran.out, ran.err].concat()
}

#[test]
fn a_signed_pack_is_known_by_its_key() {
    let (cairn, key) = shipped();
    let lock = fs::read_to_string(cairn.path("acme/pack.lock")).expect("readable");
    assert!(lock.contains("pack acme 1.0.0\n") && lock.contains("  README.md\n") && lock.contains("  rules/a.rhai\n"));
    assert!(fs::read_to_string(cairn.path("acme/pack.sig")).expect("readable").contains(&key));
    assert_eq!(signed(&cairn, "author", "acme"), key, "the key is made once, and the same bytes are signed");
    assert_eq!(fs::read_to_string(cairn.path("acme/pack.lock")).expect("readable"), lock);
    let said = cairn.run(&["pack", "add", "acme"]).exits(0).quiet().out;
    assert!(said.contains("signed by an unknown key"), "{said}");
    assert_eq!(row(&cairn, "acme", 0)[0]["signature"], "unknown-key");
    assert!(trust(&cairn, &[&key, "--name", "Acme \u{1b}[31mOD"], 0).contains("You trust packs signed by Acme [31mOD"));
    assert_eq!(row(&cairn, "acme", 0)[0]["signature"], "trusted");
    let listed: Value = cairn.run(&["pack", "trust", "--json"]).exits(0).quiet().json();
    assert_eq!(listed, json!({ "require_signed": false, "keys": [{ "key": key, "name": "Acme [31mOD" }] }));
    has_keys(&listed, &["require_signed", "keys"]);
    assert!(snapshot(&cairn).iter().any(|(path, _)| path.ends_with("acme@1.0.0/README.md")), "what is signed is kept");
}

#[cfg(unix)]
#[test]
fn the_secret_key_is_private_and_shipped_files_are_not() {
    use std::os::unix::fs::PermissionsExt;
    let (cairn, key) = shipped();
    let mode = |path: &str| fs::metadata(cairn.path(path)).expect("readable").permissions().mode() & 0o777;
    assert_eq!(mode("author/packs/signing.key"), 0o600);
    assert_eq!(mode("acme/pack.lock"), mode("acme/pack.toml"));
    let secret = fs::read_to_string(cairn.path("author/packs/signing.key")).expect("readable");
    assert!(!secret.contains(&key) && secret.contains("Do not give it to anyone"));
    cairn.file("author/packs/signing.key", "nonsense");
    cairn.run_in("author", &["pack", "sign", "acme"]).exits(3).says(&["does not hold a key", "signing.key"]);
}

#[test]
fn what_was_changed_on_the_way_is_refused_everywhere() {
    let rules = rule("acme.other").replace("FL-5", "FL-1");
    let changes: [(&str, Option<&str>, &str); 8] = [
        ("rules/a.rhai", Some(&rules), "was changed after the pack was signed"),
        ("rules/b.rhai", Some(&rules), "not in pack.lock"),
        ("README.md", Some("other"), "was changed after the pack was signed"),
        ("notes.txt", Some(""), "not in pack.lock"),
        ("README.md", None, "is missing"),
        ("rules/a.rhai", None, "is missing"),
        ("pack.lock", Some("pack acme 1.0.0\n"), "the signature is wrong"),
        ("pack.lock", None, "its pack.lock is missing"),
    ];
    for (file, text, said) in changes {
        let (cairn, key) = shipped();
        match text {
            Some(text) => drop(cairn.file(&format!("acme/{file}"), text)),
            None => fs::remove_file(cairn.path(&format!("acme/{file}"))).expect("removable"),
        }
        for trusted in [false, true] {
            if trusted {
                trust(&cairn, &[&key], 0);
            }
            let place = format!("acme/{}", if said.contains("signature is wrong") { "pack.sig" } else { file });
            cairn.run(&["pack", "add", "acme"]).exits(2).says(&[said, &place, "cairn pack sign acme"]);
            cairn.run(&["pack", "add", "acme", "--personal"]).exits(2).says(&[said]);
            cairn.run(&["--pack", "acme", "plan"]).exits(2).says(&[said, &place]);
            assert!(cairn.run(&["pack", "check", "acme"]).exits(1).out.contains(said));
            // The author is still working on the pack.
            let checked = cairn.run(&["rules", "check", "acme"]);
            assert!(!checked.out.contains("error") && checked.err.starts_with("warning: acme has changed since"));
        }
    }
}

#[test]
fn a_stripped_signature_is_refused_wherever_trust_is_configured() {
    let (cairn, key) = shipped();
    pack(&cairn, "plain", "plain", "1.0.0", &[]);
    cairn.run(&["pack", "add", "acme"]).exits(0);
    cairn.run(&["pack", "add", "plain"]).exits(0);
    let said = trust(&cairn, &[&key, "--name", "Acme"], 0);
    assert!(said.contains("the pack plain 1.0.0 is not used: the pack is not signed"), "{said}");
    assert_eq!(
        (&row(&cairn, "plain", 1)[0]["used"], &row(&cairn, "acme", 1)[0]["used"]),
        (&json!(false), &json!(true))
    );
    cairn.run(&["search", "risk"]).exits(1).says(&["you said whose packs you trust", "plain@1.0.0"]);
    cairn.run(&["pack", "remove", "plain"]).exits(0);

    for file in ["pack.sig", "pack.lock"] {
        fs::remove_file(cairn.path(&format!("acme/{file}"))).expect("removable");
        let manifest = fs::read_to_string(cairn.path("acme/pack.toml")).expect("readable");
        for args in [&["pack", "add", "acme"][..], &["--pack", "acme", "plan"], &["--demo", "--pack", "acme", "plan"]] {
            cairn.run(args).exits(2).says(&["the pack is not signed", "cairn pack trust"]);
        }
        assert!(cairn.run(&["pack", "check", "acme"]).exits(1).out.contains("the pack is not signed"));
        cairn.run(&["rules", "check", "acme"]).exits(0).quiet();
        cairn.file("acme/pack.toml", manifest);
    }
    // A signature by another key is rejected too.
    let other = signed(&cairn, "other", "acme");
    cairn.run(&["--pack", "acme", "plan"]).exits(2).says(&["a key that you do not trust", &other, "cairn pack trust"]);
    // Personal packs need no signature until signatures are required.
    pack(&cairn, "mine", "mine", "1.0.0", &[]);
    cairn.run(&["pack", "add", "mine", "--personal"]).exits(0);
    assert!(trust(&cairn, &["--require", "on"], 0).contains("the pack mine 1.0.0 is not used"));
    cairn.run(&["pack", "remove", "mine"]).exits(0);
    cairn.run(&["pack", "add", "mine", "--personal"]).exits(2).says(&["you require a signature"]);
    assert!(trust(&cairn, &["--remove", "Acme"], 0).contains("you can only use built-in packs"));
    cairn.run(&["search", "risk"]).exits(1).says(&["a key that you do not trust"]);
    trust(&cairn, &["--require", "off"], 0);
    cairn.run(&["search", "risk"]).exits(0).quiet();
    assert!(trust(&cairn, &[], 0).contains("You do not trust any key"));
}

#[test]
fn trust_that_cannot_be_read_lets_nobody_in() {
    let (cairn, key) = shipped();
    trust(&cairn, &[&key], 0);
    cairn.run(&["pack", "add", "acme"]).exits(0);
    for text in ["", "format = 1\nrequire_sined = true\n", "format = 9\n", "\u{0}"] {
        cairn.file("data/packs/trust.toml", text);
        let ran = cairn.run(&["search", "risk"]).exits(1).says(&["whose packs you trust cannot be used", "trust.toml"]);
        assert!(ran.out.contains("FL-5"));
        assert_eq!(row(&cairn, "acme", 1)[0]["used"], false);
        trust(&cairn, &[], 2);
        trust(&cairn, &[&key], 2);
        assert_eq!(fs::read_to_string(cairn.path("data/packs/trust.toml")).expect("readable"), text);
    }
}

#[test]
fn keys_are_given_as_digits_or_in_a_file() {
    let (cairn, key) = shipped();
    cairn.file("key.txt", format!("Our key, since 2026:\n  {key}\n"));
    for (given, said) in [
        ("key.txt", "You trust packs signed by"),
        ("acme/pack.sig", "You trust packs signed by"),
        ("acme/pack.lock", "more than one key"),
        ("acme/pack.toml", "does not hold a key"),
        ("nowhere", "is not a key or a file"),
        ("acme", "not a regular file"),
        ("abc", "is not a key or a file"),
        (&"0".repeat(64), "is not a key or a file"),
        ("\u{1b}[31m", "is not a key or a file"),
    ] {
        let code = if said.starts_with("You") { 0 } else { 2 };
        assert!(trust(&cairn, &[given], code).contains(said), "{given}");
    }
    assert!(trust(&cairn, &["--remove", "zz"], 2).contains("no key that you trust is called"));
    let digits: String = key.chars().take(8).collect();
    assert!(trust(&cairn, &["--remove", &digits], 0).contains("no longer"));
}

#[test]
fn a_pack_with_anything_wrong_in_it_is_not_signed() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[("rules/b.rhai", "raing(1);\n")]);
    cairn.run(&["pack", "sign", "acme"]).exits(2).says(&["\"raing\"", "acme/rules/b.rhai:1:1"]);
    pack(&cairn, "b", "b", "1.0.0", &[("drafts/x.md", "")]);
    cairn.run(&["pack", "sign", "b"]).exits(2).says(&["this folder is not part of a pack", "b/drafts"]);
    cairn.run(&["pack", "sign", "nowhere"]).exits(2).says(&["nowhere is not a folder"]);
    assert!(!cairn.path("acme/pack.lock").exists() && !cairn.path("b/pack.sig").exists() && !cairn.data().exists());
    // Files left by editors and version control are not part of the pack.
    pack(&cairn, "c", "c", "1.0.0", &[(".git/x", ""), (".DS_Store", "")]);
    signed(&cairn, "data", "c");
    cairn.file("c/.swp", "");
    cairn.run(&["pack", "check", "c"]).exits(0).quiet();
}

#[test]
fn a_pack_is_left_out_when_the_process_that_tries_it_out_breaks_unless_somebody_vouches_for_it() {
    use cairn_coach::desk::{LoadedPacks, OpenOptions};
    let (cairn, key) = shipped();
    let with = |worker: &str| {
        let opening = OpenOptions {
            data_dir: Some(cairn.data()),
            packs: vec![cairn.path("acme")],
            worker: Some(worker.into()),
            ..OpenOptions::default()
        };
        LoadedPacks::open(&opening)
    };
    let stands = |loaded_packs: &LoadedPacks| loaded_packs.rules.rule("acme.r").is_some();
    assert!(stands(&with(env!("CARGO_BIN_EXE_cairn"))));
    for (worker, said) in
        [("/bin/false", "was stopped"), ("/nowhere", "could not be started"), ("/bin/cat", "was stopped")]
    {
        let loaded_packs = with(worker);
        assert!(!stands(&loaded_packs) && loaded_packs.banner().contains(said), "{worker}: {}", loaded_packs.banner());
        assert!(loaded_packs.rules.rule("doing-it-all-myself").is_some(), "the others go on");
    }
    trust(&cairn, &[&key], 0);
    assert!(stands(&with("/bin/false")), "it is not asked");
}

//! Damage, another account, another clock, another program and no network, on the real binary. How the store itself
//! handles damage is tested in `src/store/tests/damaged_files.rs`.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "files are damaged from outside")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::binary::{Cairn, Ran, skipped};
use crate::terminal::Tui;
use crate::trace::can_trace;

const WORDS: &str = "sapphire";

/// Records with texts on many pages of the database.
fn filled() -> Cairn {
    let cairn = Cairn::new();
    let one = |n: usize| {
        format!(
            "{{\"behaviour\":\"FL-{}\",\"rating\":3,\"on\":\"2026-11-20\",\"evidence\":\"{WORDS}{n}z {}\"}}",
            n % 5 + 1,
            "a long day ".repeat(200)
        )
    };
    let all: Vec<String> = (0..30).map(one).collect();
    cairn.fed(&["reflect", "--from", "-"], &format!("{{\"answers\":[{}]}}", all.join(","))).exits(0);
    cairn.run(&["people", "add", "Amira Khan"]).exits(0);
    cairn.run(&["plan", "add", "cobalt"]).exits(0);
    cairn
}

/// Returns whether all texts are printed, or an error is reported.
fn told_or_refused(ran: &Ran, what: &str) -> bool {
    let whole = (0..30).all(|n| ran.out.contains(&format!("{WORDS}{n}z")));
    match ran.code {
        0 => {
            assert!(whole, "{what}: less is told than was written, and no word about it: {}", ran.err);
            false
        }
        3 => {
            assert!(ran.err.starts_with("error: ") && ran.err.contains("hint: "), "{what}: {}", ran.err);
            assert!(!ran.err.to_lowercase().contains("passphrase"), "{what}: {}", ran.err);
            true
        }
        code => panic!("{what}: it ended with {code}: {}", ran.err),
    }
}

/// A small seeded random generator (xorshift64).
fn random(seed: &mut u64, below: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed >> 33).expect("31 bits") % below
}

#[test]
fn sixty_flipped_bits_are_noticed_and_none_is_taken_for_a_new_start() {
    let cairn = filled();
    let file = cairn.data().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    let mut seed = 0xb175_f11b;
    let mut by_reading = 0;
    for _ in 0..60 {
        let (place, bit) = (random(&mut seed, good.len()), random(&mut seed, 8));
        let mut bad = good.clone();
        bad[place] ^= 1 << bit;
        fs::write(&file, &bad).expect("writable");
        let what = format!("bit {bit} of byte {place}");
        by_reading += usize::from(told_or_refused(&cairn.run(&["journal", "--limit", "999", "--json"]), &what));
        // `doctor` detects damage that reading misses.
        let doctor = cairn.run(&["doctor"]);
        assert!(doctor.code == 1 && doctor.out.contains("WRONG"), "{what} is well to doctor:\n{}", doctor.out);
        assert_eq!(fs::read(&file).expect("readable"), bad, "{what}: the damaged file stays as it is");
    }
    assert!(by_reading > 20, "{by_reading} of 60 were noticed by reading alone");
    fs::write(&file, &good).expect("writable");
    assert!(!told_or_refused(&cairn.run(&["journal", "--limit", "999", "--json"]), "mended"));
    cairn.run(&["doctor"]).exits(0);
}

#[test]
fn a_database_cut_off_anywhere_is_damage() {
    let cairn = filled();
    let file = cairn.data().join("cairn.db");
    let good = fs::read(&file).expect("readable");
    let steps = (0..good.len()).step_by(good.len() / 12).chain([1, 100, 4_095, 4_096, 4_097, good.len() - 1]);
    for length in steps {
        fs::write(&file, &good[..length]).expect("writable");
        let ran = cairn.run(&["journal", "--limit", "999", "--json"]);
        assert!(told_or_refused(&ran, &format!("{length} bytes")), "{length} bytes: nothing was said");
        let ran = cairn.run(&["plan", "add", "x"]);
        ran.exits(3);
        assert_eq!(fs::read(&file).expect("readable").len(), length, "nothing is made new");
    }
}

#[test]
fn a_damaged_log_gives_back_whole_saves_or_an_error() {
    let cairn = filled();
    // A killed program leaves its write-ahead log behind.
    let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
    tui.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    tui.send("in the log").see("in the log").send("\x13").see("Saved.");
    tui.signal("KILL");
    let _ = tui.ended();
    let log = cairn.data().join("cairn.db-wal");
    let good = fs::read(&log).expect("it was killed before the log was folded in");
    let database = fs::read(cairn.data().join("cairn.db")).expect("readable");
    let mut seed = 0x106;
    for round in 0..20 {
        let mut bad = good.clone();
        if round % 2 == 0 {
            bad[random(&mut seed, good.len())] ^= 1 << random(&mut seed, 8);
        } else {
            bad.truncate(random(&mut seed, good.len()));
        }
        fs::write(&log, &bad).expect("writable");
        fs::write(cairn.data().join("cairn.db"), &database).expect("writable");
        let _ = fs::remove_file(cairn.data().join("cairn.db-shm"));
        let ran = cairn.run(&["journal", "--limit", "999", "--json"]);
        told_or_refused(&ran, &format!("round {round}"));
    }
}

/// Runs the program as an account that owns nothing here; `None` where that is not possible.
fn as_nobody(cairn: &Cairn, args: &[&str]) -> Option<(i32, String)> {
    let program = cairn.command(args);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command.arg(program.get_program()).args(program.get_args()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.current_dir(cairn.path("")).stdin(Stdio::null()).output().ok()?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let code = output.status.code()?;
    // Codes 1, 126 and 127 are those of `setpriv` itself: it lacks permission, or the program cannot be started.
    if said.contains("setpriv:") { None } else { Some((code, said)) }
}

#[test]
fn an_account_that_may_only_read_is_told_so_and_reads() {
    let cairn = filled();
    let mode =
        |name: &str, mode: u32| fs::set_permissions(cairn.path(name), fs::Permissions::from_mode(mode)).expect("ours");
    mode("", 0o755);
    if as_nobody(&cairn, &["--version"]).is_none_or(|(code, _)| code != 0) {
        return skipped("read-only", "no other account can start the program here");
    }
    mode("home", 0o777);
    for name in fs::read_dir(cairn.data()).expect("readable").flatten() {
        if name.path().is_file() {
            fs::set_permissions(name.path(), fs::Permissions::from_mode(0o644)).expect("ours");
        }
    }
    mode("data", 0o755);
    let (code, said) = as_nobody(&cairn, &["plan", "add", "x"]).expect("it starts");
    assert!(code == 3 && said.contains("read-only") && said.contains("hint: "), "{code}: {said}");
    let (code, said) = as_nobody(&cairn, &["plan"]).expect("it starts");
    assert!(code == 0 && said.contains("cobalt"), "{code}: {said}");
    // A folder that cannot be entered is an error, not a first start.
    mode("data", 0o700);
    let (code, said) = as_nobody(&cairn, &["plan"]).expect("it starts");
    assert!(code == 3 && said.starts_with("error: "), "{code}: {said}");
    assert!(cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
}

#[test]
fn two_programs_at_once_lose_nothing_and_the_second_is_told() {
    let cairn = filled();
    let mut one = Tui::start(&cairn, &["reflect", "FL-5"]);
    one.see("How often do you do this").send("2").see("How much does this matter").send("3").see("Use your own words");
    one.send("from the first")
        .see("from the first")
        .until("a draft on the disk", |screen| screen.contents().contains("draft saved 1"));
    // Reading works meanwhile; writing waits, and says for what if the wait fails.
    assert!(cairn.run(&["plan"]).exits(0).out.contains("cobalt"));
    let ran = cairn.run(&["plan", "add", "indigo"]);
    if ran.code == 0 {
        assert!(cairn.run(&["plan"]).exits(0).out.contains("indigo"));
    } else {
        assert!(ran.code == 3 && ran.err.contains("window") && ran.err.contains("hint: "), "{ran:?}");
    }
    one.send("\x13").see("Saved.").send("\x11");
    assert_eq!(one.exit(), 0);
    assert!(cairn.run(&["journal"]).exits(0).out.contains("from the first"));
    cairn.run(&["plan", "add", "violet"]).exits(0);
}

#[test]
fn a_clock_that_goes_back_two_years_changes_no_order_and_loses_nothing() {
    let Ok(found) = Command::new("faketime").arg("--version").output() else {
        return skipped("clock jumps", "faketime is not there; the order of ids is tested in src/core/os/clock.rs");
    };
    assert!(found.status.success());
    let cairn = Cairn::new();
    for (offset, word) in [("+0d", "early"), ("-2y", "middle"), ("+2y", "late")] {
        let program = cairn.command(&["plan", "add", word]);
        let mut command = Command::new("faketime");
        command.args(["-f", offset]).arg(program.get_program()).args(program.get_args()).env_clear();
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        assert!(command.current_dir(cairn.path("")).status().is_ok_and(|status| status.success()));
    }
    let plan = cairn.run(&["plan"]).exits(0).out;
    let places: Vec<_> = ["early", "middle", "late"].iter().map(|word| plan.find(word)).collect();
    assert!(places.iter().all(Option::is_some), "{plan}");
}

#[test]
fn no_command_and_no_screen_opens_a_connection() {
    if !can_trace("no network") {
        return;
    }
    let cairn = filled();
    let out = cairn.path("out").display().to_string();
    let runs: Vec<Vec<&str>> = vec![
        vec!["search", "red tape"],
        vec!["show", "FL-5"],
        vec!["recommend", "--json"],
        vec!["plan"],
        vec!["progress"],
        vec!["journal"],
        vec!["people"],
        vec!["session"],
        vec!["report", "--format", "html", "--out", &out],
        vec!["rules", "list"],
        vec!["rules", "test"],
        vec!["rules", "api"],
        vec!["pack", "list"],
        vec!["pack", "check"],
        vec!["pack", "new", "ours"],
        vec!["--pack", "ours", "pack", "list"],
        vec!["pack", "add", "ours"],
        vec!["config", "show"],
        vec!["doctor"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["--help"],
        vec!["--demo", "--plain"],
        vec!["--plain"],
        vec!["reflect", "FL-5"],
        vec!["no-such-command"],
        vec!["plan", "add", "x"],
    ];
    for args in runs {
        assert_eq!(connections(&cairn, &args), "", "{args:?}");
    }
    // The same for the screens, in a terminal.
    let log = cairn.path("network.log");
    let script = format!("strace -f -e trace=network -o '{}' \"$@\"", log.display());
    let mut tui = Tui::in_shell(&cairn, &script, &["--demo"], &[]);
    tui.see("DEMO").send("/risk").see("FL-5").send("\x11");
    assert_eq!(tui.exit(), 0);
    assert_eq!(calls(&fs::read_to_string(log).expect("traced")), "");
}

/// Returns the network calls in a log of `strace`.
fn calls(log: &str) -> String {
    // Sending needs a socket to be created; sockets between the program's own threads have no address.
    let opens = |line: &str| ["socket(", "connect(", "bind("].iter().any(|call| line.contains(call));
    let is = |line: &&str| opens(line) && !line.contains("AF_UNIX");
    log.lines().filter(is).collect::<Vec<_>>().join("\n")
}

fn connections(cairn: &Cairn, args: &[&str]) -> String {
    let log = cairn.path("network.log");
    let program = cairn.command(args);
    let mut command = Command::new("strace");
    command.args(["-f", "-e", "trace=network", "-o"]).arg(&log).arg(program.get_program()).args(program.get_args());
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let done =
        command.current_dir(cairn.path("")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(done.is_ok(), "strace starts");
    calls(&fs::read_to_string(log).expect("traced"))
}

#[test]
fn a_key_that_is_lost_is_found_again_in_a_copy_and_nothing_is_lost() {
    for lost in [None, Some("")] {
        let cairn = filled();
        cairn.run(&["backup"]).exits(0);
        cairn.file("late.json", r#"{"answers":[{"behaviour":"FL-1","rating":2,"evidence":"After the backup."}]}"#);
        cairn.run(&["reflect", "--from", "late.json"]).exits(0);
        let key = cairn.data().join("key.open");
        match lost {
            None => std::fs::remove_file(&key).expect("it is there"),
            Some(text) => std::fs::write(&key, text).expect("writable"),
        }
        let ran = cairn.run(&["doctor"]);
        assert!(!ran.out.contains("passphrase change"), "{}", ran.out);
        assert!(cairn.run(&["journal"]).exits(0).out.contains("After the backup."));
        assert!(std::fs::read_to_string(&key).expect("it is there again").contains("not locked"));
    }
    // The key of other records is not put in place.
    let (cairn, other) = (filled(), filled());
    cairn.run(&["backup"]).exits(0);
    for copy in std::fs::read_dir(cairn.data().join("backups")).expect("there are some") {
        let copy = copy.expect("readable").path().join("key.open");
        std::fs::copy(other.data().join("key.open"), copy).expect("writable");
    }
    std::fs::remove_file(cairn.data().join("key.open")).expect("it is there");
    cairn.run(&["journal"]).exits(3).says(&["key of your records is missing"]);
    assert!(!cairn.data().join("key.open").exists());
}

/// The key of other records is in the folder: the right one is found, nothing written after the backup is lost, and the
/// other key is preserved.
#[test]
fn the_key_of_other_records_is_not_taken_for_damage() {
    let other = "ab".repeat(32);
    let cairn = filled();
    cairn.run(&["backup"]).exits(0);
    cairn.file("late.json", r#"{"answers":[{"behaviour":"FL-1","rating":2,"evidence":"After the backup."}]}"#);
    cairn.run(&["reflect", "--from", "late.json"]).exits(0);
    let key = cairn.data().join("key.open");
    std::fs::write(&key, &other).expect("writable");
    assert!(cairn.run(&["journal"]).exits(0).out.contains("After the backup."));
    assert!(std::fs::read_to_string(&key).expect("there").contains("not locked"));
    assert_eq!(std::fs::read_to_string(cairn.data().join("key.open.other")).expect("kept"), other);
    // Locked records with a plain key beside them.
    let secrets = "correct horse battery staple\ncorrect horse battery staple\n";
    let with =
        |cairn: &Cairn, args: &[&str], typed: &str| cairn.fed(&[&["--passphrase-fd", "0"], args].concat(), typed);
    with(&cairn, &["passphrase", "set"], secrets).exits(0);
    std::fs::write(&key, &other).expect("writable");
    cairn.run(&["journal"]).exits(3).says(&["your records are locked"]);
    assert!(key.exists());
    assert!(with(&cairn, &["journal"], secrets).exits(0).out.contains("After the backup."));
    assert!(!key.exists(), "they are locked as before");
    // Without a backup and a passphrase nothing is guessed and nothing is moved.
    let cairn = filled();
    drop(std::fs::remove_dir_all(cairn.data().join("backups")));
    let key = cairn.data().join("key.open");
    std::fs::write(&key, &other).expect("writable");
    cairn.run(&["journal"]).exits(3).says(&["the key is wrong", "there is a backup"]);
    assert_eq!(std::fs::read_to_string(&key).expect("there"), other);
}

#[test]
fn a_file_of_the_passphrase_that_is_damaged_comes_back_from_a_copy() {
    let secrets = "correct horse battery staple\ncorrect horse battery staple\n";
    let with =
        |cairn: &Cairn, args: &[&str], typed: &str| cairn.fed(&[&["--passphrase-fd", "0"], args].concat(), typed);
    let cairn = filled();
    cairn.run(&["backup"]).exits(0);
    let said = with(&cairn, &["passphrase", "set"], secrets).exits(0).out;
    let paper = said.lines().find(|line| line.contains("AGE-SECRET-KEY")).expect("a paper key").trim().to_owned();
    for (damaged, typed, args) in [
        ("key.passphrase.age", secrets.to_owned(), &["journal"][..]),
        ("key.recovery.age", format!("{paper}\n{secrets}"), &["unlock", "--recovery"][..]),
    ] {
        let file = cairn.data().join(damaged);
        let good = std::fs::read(&file).expect("readable");
        std::fs::write(&file, "no age file at all").expect("writable");
        with(&cairn, args, &typed).exits(0);
        let now = std::fs::read(&file).expect("readable");
        assert!(now == good || args.len() > 1, "{damaged} is there again");
        with(&cairn, &["journal"], secrets).exits(0);
    }
    // Without a backup the other way is named, and works.
    drop(std::fs::remove_dir_all(cairn.data().join("backups")));
    std::fs::write(cairn.data().join("key.passphrase.age"), "no age file at all").expect("writable");
    with(&cairn, &["journal"], secrets).exits(3).says(&["key.passphrase.age is damaged", "paper key"]);
    with(&cairn, &["unlock", "--recovery"], &format!("{paper}\n{secrets}")).exits(0);
    with(&cairn, &["journal"], secrets).exits(0);
    std::fs::remove_file(cairn.data().join("key.recovery.age")).expect("there");
    let said = with(&cairn, &["doctor"], secrets);
    assert!(said.out.contains("key.recovery.age") && said.out.contains("passphrase paper"), "{}", said.out);
}

#[test]
fn a_way_to_the_key_that_is_lost_comes_back_from_a_copy_or_its_hint_works() {
    let secrets = "correct horse battery staple\ncorrect horse battery staple\n";
    let with =
        |cairn: &Cairn, args: &[&str], typed: &str| cairn.fed(&[&["--passphrase-fd", "0"], args].concat(), typed);
    for lost in ["key.passphrase.age", "key.recovery.age"] {
        let cairn = filled();
        cairn.run(&["backup"]).exits(0);
        let said = with(&cairn, &["passphrase", "set"], secrets).exits(0).out;
        let paper = said.lines().find(|line| line.contains("AGE-SECRET-KEY")).expect("a paper key").trim().to_owned();
        std::fs::remove_file(cairn.data().join(lost)).expect("it is there");
        with(&cairn, &["journal"], secrets).exits(0);
        assert!(cairn.data().join(lost).exists(), "{lost} comes back from the copy");
        with(&cairn, &["unlock", "--recovery"], &format!("{paper}\n{secrets}")).exits(0);
        // Where no backup has it, the message leads to records that open.
        std::fs::remove_dir_all(cairn.data().join("backups")).expect("there are some");
        std::fs::remove_file(cairn.data().join(lost)).expect("it is there");
        if lost == "key.recovery.age" {
            let said = with(&cairn, &["passphrase", "change"], &format!("correct horse battery staple\n{secrets}"));
            assert!(said.exits(0).out.contains("You do not have a paper key. `cairn passphrase paper` makes one"));
            with(&cairn, &["passphrase", "paper"], secrets).exits(0);
        } else {
            with(&cairn, &["journal"], secrets).exits(3).says(&["key.passphrase.age", "`cairn unlock --recovery`"]);
            with(&cairn, &["unlock", "--recovery"], &format!("{paper}\n{secrets}")).exits(0);
        }
        with(&cairn, &["journal"], secrets).exits(0);
    }
}

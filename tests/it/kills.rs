//! The real binary is killed forty times without warning during its work: lines that save one text after another, files
//! taken in, somebody typing on screen. Afterwards the records open, and everything that was reported as saved is in
//! them.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "processes are ended from outside, at real moments")]

use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::binary::Cairn;
use crate::terminal::Tui;

/// Random moments that differ from run to run: nothing here may depend on them.
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos();
        Self(u64::try_from(now % u128::from(u64::MAX)).expect("fits") | 1)
    }

    fn below(&mut self, millis: u64) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Duration::from_micros(self.0 % (millis * 1_000))
    }
}

/// Starts the program with this input and kills it after a while. Returns its output up to then.
fn killed(cairn: &Cairn, args: &[&str], input: &str, after: Duration) -> String {
    let mut command = cairn.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child: Child = command.spawn().expect("it starts");
    let mut keyboard = child.stdin.take().expect("piped");
    let input = input.to_owned();
    let typing = std::thread::spawn(move || drop(keyboard.write_all(input.as_bytes())));
    let mut from = child.stdout.take().expect("piped");
    let listening = std::thread::spawn(move || {
        let mut said = Vec::new();
        let _ = from.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    });
    std::thread::sleep(after);
    let _ = child.kill();
    let _ = child.wait();
    typing.join().expect("it ends");
    listening.join().expect("it ends")
}

/// Asserts that everything promised is there, and that something can be saved.
fn holds(cairn: &Cairn, promised: &[String], round: usize) {
    let journal = cairn.run(&["journal", "--limit", "99999", "--json"]).exits(0);
    for word in promised {
        assert!(journal.out.contains(word.as_str()), "round {round}: {word} is lost, of {} promised", promised.len());
    }
}

fn answer(word: &str) -> String {
    format!("{{\"answers\":[{{\"behaviour\":\"FL-6\",\"rating\":3,\"on\":\"2026-11-20\",\"evidence\":\"{word}\"}}]}}")
}

#[test]
fn what_was_saved_survives_being_killed_at_any_moment() {
    let (cairn, mut moments, mut promised) = (Cairn::new(), Moments::new(), Vec::new());
    // Measures a start and ten texts, so that the moments fall into the work on every machine.
    let one = |word: &str| format!("reflect FL-5\n2\n3\n{word} is what I wrote\n:save\n:back\n:back\n");
    let since = std::time::Instant::now();
    let whole: String = (0..10).map(|n| one(&format!("first{n}z"))).collect();
    let said = cairn.fed(&["--plain"], &whole).exits(0);
    assert_eq!(said.out.matches("Saved").count(), 10, "{}", said.out);
    promised.extend((0..10).map(|n| format!("first{n}z")));
    let most = u64::try_from(since.elapsed().as_millis()).expect("short").max(50);
    let mut cut_short = 0;
    for round in 0..24 {
        let words: Vec<String> = (0..10).map(|n| format!("lines{round}x{n}z")).collect();
        let input: String = words.iter().map(|word| one(word)).collect();
        let said = killed(&cairn, &["--plain"], &input, moments.below(most));
        let saved = said.matches("Saved").count();
        cut_short += usize::from((1..10).contains(&saved));
        promised.extend(words.into_iter().take(saved));
        holds(&cairn, &promised, round);
    }
    assert!(cut_short > 2, "only {cut_short} of 24 were killed between two saves");
    for round in 24..34 {
        let word = format!("file{round}z");
        let said = killed(&cairn, &["reflect", "--from", "-"], &answer(&word), moments.below(most / 4));
        if said.contains("Saved 1") {
            promised.push(word);
        }
        holds(&cairn, &promised, round);
    }
}

#[test]
fn what_the_screen_said_was_kept_survives_being_killed() {
    let (cairn, mut moments, mut promised) = (Cairn::new(), Moments::new(), Vec::new());
    for round in 0..6 {
        let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
        let word = format!("screen{round}z");
        if round > 0 {
            tui.see("Your draft is here").see(&format!("half{}z", round - 1)).send("\x01");
        } else {
            tui.see("How often do you do this")
                .send("2")
                .see("How much does this matter")
                .send("3")
                .see("Use your own words");
        }
        tui.send(&format!(" {word}")).see(&word).send("\x13").see("Saved.");
        promised.push(word);
        // Once more, this time only as far as the draft.
        let half = format!("half{round}z");
        drop(tui);
        let mut tui = Tui::start(&cairn, &["reflect", "FL-5"]);
        tui.see("How often do you do this")
            .send("2")
            .see("How much does this matter")
            .send("3")
            .see("Use your own words");
        tui.send(&half).see(&half).until("a draft on the disk", |screen| {
            let text = screen.contents();
            text.contains("draft saved 1") && !text.contains("saved 12:00\u{2026}")
        });
        std::thread::sleep(moments.below(40));
        tui.signal("KILL");
        let _ = tui.ended();
        holds(&cairn, &promised, round);
    }
}

//! `cairn doctor --privacy`: says for the present records what is protected and what is not, one item per line. People
//! who decide whether notes about others may be kept here rely on this page, so it describes only what is implemented.

use serde::Serialize;

use super::out::Out;
use crate::desk::{OpenOptions, copies_beside, lock_of};
use crate::domain::{Lock, Safety, count};
use crate::error::Error;
use crate::os::{RiskyFolder, risky_folder};

/// Whether something is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Protection {
    /// Cairn protects it.
    Protected,
    /// Cairn does not or cannot protect it.
    NotProtected,
}

/// One item of the list.
#[derive(Debug, Serialize)]
pub(super) struct Point {
    pub(super) state: Protection,
    pub(super) what: &'static str,
    pub(super) words: String,
}

use Protection::{NotProtected, Protected};

/// Returns all items for the records that these options would open.
pub(super) fn points(opening: &OpenOptions) -> Result<Vec<Point>, Error> {
    let safety = lock_of(opening)?;
    let (copies, open_copies) = if opening.demo { (0, 0) } else { copies_beside(opening)? };
    let mut points = vec![at_rest(&safety)];
    if !safety.escrow.is_empty() {
        let words =
            format!("{} can also open these records, because their key was set when they were locked", safety.escrow);
        points.push(Point { state: NotProtected, what: "another person", words });
    }
    points.extend(place(opening));
    points.push(Point {
        state: if open_copies == 0 { Protected } else { NotProtected },
        what: "backups",
        words: copies_words(copies, open_copies),
    });
    points.extend(ALWAYS.iter().map(|(state, what, words)| Point { state: *state, what, words: (*words).to_owned() }));
    if safety.lock == Lock::Passphrase {
        let words = "if you lose both the passphrase and the paper key, nobody can open your records";
        points.push(Point { state: NotProtected, what: "a lost passphrase", words: words.to_owned() });
    }
    // What is not protected comes first, because that is what people look for here.
    points.sort_by_key(|point| point.state == Protected);
    Ok(points)
}

/// Returns an item if the folder is synchronised by another program or is on another machine.
fn place(opening: &OpenOptions) -> Option<Point> {
    let words = match risky_folder(&opening.folder().ok()?)? {
        RiskyFolder::Synced(by) => {
            format!("{by} copies the folder to other computers, so give a folder outside it with --data-dir")
        }
        RiskyFolder::Network(kind) => {
            format!("the folder is on another computer ({kind}), so give one here with --data-dir")
        }
    };
    Some(Point { state: NotProtected, what: "the place of the records", words })
}

/// Returns who can read the stored records.
pub(super) fn at_rest(safety: &Safety) -> Point {
    let (state, words) = match safety.lock {
        Lock::Nothing => {
            (Protected, "there are none yet. Cairn encrypts them when you first save, and a passphrase locks them")
        }
        Lock::Memory => (Protected, "a demo is only in memory. Nothing is saved"),
        Lock::Open => (
            NotProtected,
            "encrypted but without a passphrase. The key is next to them in key.open. Anyone who can read your files or has your disk can read them. `cairn passphrase set` locks them",
        ),
        Lock::Passphrase => (
            Protected,
            "encrypted with SQLCipher (AES-256) and locked. Your passphrase or your paper key opens them. A longer \
             passphrase is harder to guess. Each guess takes about a second on a computer like this",
        ),
    };
    Point { state, what: "records on the disk", words: words.to_owned() }
}

fn copies_words(all: usize, open: usize) -> String {
    match (all, open) {
        (0, _) => "there are none next to the records yet".to_owned(),
        (all, 0) => format!("{} next to the records, locked like them", count(all, "copy", "copies")),
        (all, open) => format!(
            "{} next to the records. {open} have the key next to them, so anyone who can read that folder can read \
             them",
            count(all, "copy", "copies")
        ),
    }
}

/// Items that do not depend on the lock.
const ALWAYS: &[(Protection, &str, &str)] = &[
    (Protected, "network", "Cairn does not use the network in any command or screen, and a test checks this"),
    (
        Protected,
        "damage",
        "Cairn notices a changed or lost page when it reads it, and `cairn doctor` checks all pages. Cairn never \
         treats damaged records as a new start",
    ),
    (Protected, "other accounts", "only this account can use the folder and its files, if the system supports this"),
    (
        Protected,
        "text from outside",
        "packs, files and pasted text cannot change the terminal, hide words or name files elsewhere",
    ),
    (NotProtected, "while it is open", "anyone at your screen, or any program you run, can read what you read"),
    (
        NotProtected,
        "memory and swap",
        "Cairn clears its own copies of the passphrase and key after use. What you read and write stays in memory and \
         may reach swap or the sleep file, so encrypt the disk",
    ),
    (
        NotProtected,
        "the clipboard",
        "text you copy is in the clipboard, and in any program that keeps a clipboard \
        history",
    ),
    (
        NotProtected,
        "your own editor",
        "it gets the text in a private file, which Cairn deletes afterwards. Its own copies (swap, backup, history) \
         are not deleted",
    ),
    (
        NotProtected,
        "the terminal",
        "screens leave nothing behind. What a command prints stays in the terminal. What you type on the command line stays in the shell history",
    ),
    (
        NotProtected,
        "what you share",
        "a report, calendar or export in plain text is only as safe as the place where you save it",
    ),
    (NotProtected, "copies of the folder", "copies that a backup program or synced folder makes open like the records"),
    (
        NotProtected,
        "what can be seen from outside",
        "other people can see that records exist, their size and when \
        they changed",
    ),
    (
        NotProtected,
        "people you write about",
        "Cairn may not spot names in a note. Write initials or roles, and no numbers",
    ),
];

/// Prints the items, unprotected ones first.
pub(super) fn print(points: &[Point], out: &mut Out) {
    for (state, heading) in [(NotProtected, "What is not protected"), (Protected, "What is protected")] {
        out.line(heading);
        for point in points.iter().filter(|point| point.state == state) {
            out.paragraph("  - ", &format!("{}: {}.", point.what, point.words));
        }
        out.line("");
    }
    out.line("`cairn papers` prints this for people who have to sign for it.");
}

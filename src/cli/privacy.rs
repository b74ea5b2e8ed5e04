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
            format!("{} can open these records besides you: their key was set when they were locked", safety.escrow);
        points.push(Point { state: NotProtected, what: "somebody else", words });
    }
    points.extend(place(opening));
    points.push(Point {
        state: if open_copies == 0 { Protected } else { NotProtected },
        what: "backups",
        words: copies_words(copies, open_copies),
    });
    points.extend(ALWAYS.iter().map(|(state, what, words)| Point { state: *state, what, words: (*words).to_owned() }));
    if safety.lock == Lock::Passphrase {
        let words =
            "whoever loses both the passphrase and the paper key has lost the records: nobody can open them then";
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
            format!("the folder is copied to other computers by {by}; name one outside it with --data-dir")
        }
        RiskyFolder::Network(kind) => {
            format!("the folder lies on another machine ({kind}); name one here with --data-dir")
        }
    };
    Some(Point { state: NotProtected, what: "the place of the records", words })
}

/// Returns who can read the stored records.
pub(super) fn at_rest(safety: &Safety) -> Point {
    let (state, words) = match safety.lock {
        Lock::Nothing => (
            Protected,
            "there are none yet; they are encrypted from the first save on, and locked once you set a passphrase",
        ),
        Lock::Memory => (Protected, "a demonstration is kept in memory and written nowhere"),
        Lock::Open => (
            NotProtected,
            "encrypted, but not locked: the key lies beside them in key.open, so whoever can read your files, or holds \
             your disk, can read them. `cairn passphrase set` locks them",
        ),
        Lock::Passphrase => (
            Protected,
            "encrypted with SQLCipher (AES-256) and locked: the key opens with your passphrase or your paper key. How \
             long a thief has to guess depends on the passphrase; each guess costs a machine like this one about a second",
        ),
    };
    Point { state, what: "records on the disk", words: words.to_owned() }
}

fn copies_words(all: usize, open: usize) -> String {
    match (all, open) {
        (0, _) => "there are none beside the records yet".to_owned(),
        (all, 0) => format!("{} beside the records, locked like them", count(all, "copy", "copies")),
        (all, open) => format!(
            "{} beside the records, of which {open} with the key beside it: whoever can read that folder can read them",
            count(all, "copy", "copies")
        ),
    }
}

/// Items that do not depend on the lock.
const ALWAYS: &[(Protection, &str, &str)] = &[
    (Protected, "network", "Cairn opens no connection, on no command and no screen; a test watches for it"),
    (
        Protected,
        "damage",
        "a changed bit or a lost page is noticed when it is read, and all of them by `cairn doctor`; damaged records are never taken for a new start",
    ),
    (
        Protected,
        "other accounts",
        "the folder and every file in it are for this account alone, where the system has such modes",
    ),
    (
        Protected,
        "text from outside",
        "packs, files and pasted text cannot paint the terminal, hide words or name a file elsewhere",
    ),
    (NotProtected, "while it is open", "whoever sits at your screen, or runs a program as you, reads what you read"),
    (
        NotProtected,
        "memory and swap",
        "Cairn wipes its own copies of passphrase and key after use; what you read and write passes through memory, which is not, and may \
         reach swap or the file a computer makes when it sleeps: encrypt the disk",
    ),
    (NotProtected, "the clipboard", "what you copy is with the clipboard, and with whatever keeps a history of it"),
    (
        NotProtected,
        "your own editor",
        "it gets the text in a private file, wiped afterwards; what it copies elsewhere (swap, backup, history) is its own",
    ),
    (
        NotProtected,
        "the terminal",
        "screens leave nothing behind; what a command prints stays in the scrollback, and what you type as an argument \
         in the history of the shell",
    ),
    (
        NotProtected,
        "what you hand over",
        "a report, a calendar or an export in plain text is as safe as the place you put it",
    ),
    (
        NotProtected,
        "copies of the folder",
        "what a backup program or a synced folder takes along opens as the records do",
    ),
    (NotProtected, "what can be seen from outside", "that there are records, how large they are and when they changed"),
    (
        NotProtected,
        "people you write about",
        "names in a note are noticed at best: write initials or roles, and no numbers",
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
    out.line("`cairn papers` prints this for those who have to sign for it.");
}

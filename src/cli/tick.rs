//! Selection of entries to share: only ticked entries are sent.

use std::collections::BTreeSet;

use super::ask::asked;
use super::out::complain;
use crate::desk::Desk;
use crate::domain::{Answer, By, Library, Parcel, Rated, Session, SessionKind, clean, count, short_day, truncate};
use crate::error::Error;
use crate::os::is_terminal_in;

/// Maximum number of characters of an entry's text that are shown.
const SHOWN: usize = 60;
/// Number of characters at the end of an id that are shown.
const ID: usize = 6;
/// Minimum number of characters at the end of an id that identify an entry.
const FEWEST: usize = 4;

/// The reason shown for an entry that is not added to the records.
const LEFT_OUT: &str = ", left out because it says that this rating is yours, but you did not give it here";

/// The ticked entries of a parcel, by id.
#[derive(Debug, Default)]
pub(super) struct Ticked {
    ids: Vec<String>,
    chosen: BTreeSet<String>,
    /// Entries that will not be added to the records, ticked or not.
    left_out: BTreeSet<String>,
}

impl Ticked {
    /// Ticks all entries except what the person wrote alone, which is not sent unless they tick it.
    pub(super) fn usual(parcel: &Parcel) -> Self {
        let mut entries = Self::all(parcel);
        for session in parcel.sessions.iter().filter(|session| session.kind == SessionKind::Alone) {
            entries.chosen.remove(&session.id);
        }
        entries
    }

    /// Ticks all entries.
    pub(super) fn all(parcel: &Parcel) -> Self {
        let answers = parcel.answers.iter().map(|answer| &answer.id);
        let sessions = parcel.sessions.iter().map(|session| &session.id);
        let ids: Vec<String> =
            answers.chain(sessions).chain(parcel.actions.iter().map(|action| &action.id)).cloned().collect();
        Self { chosen: ids.iter().cloned().collect(), ids, left_out: BTreeSet::new() }
    }

    /// Unticks these entries: ratings that the file says the person who opens it gave, and that this person did not give.
    pub(super) fn without(mut self, left_out: BTreeSet<String>) -> Self {
        self.chosen.retain(|id| !left_out.contains(id));
        self.left_out = left_out;
        self
    }

    /// Ticks or unticks an entry, given by the end of its id.
    ///
    /// # Errors
    /// Returns an error if no entry or several entries match.
    pub(super) fn set(&mut self, end: &str, tick: bool) -> Result<(), Error> {
        let end = end.trim();
        let meant: Vec<&String> = self.ids.iter().filter(|id| end.len() >= FEWEST && id.ends_with(end)).collect();
        let [one] = meant.as_slice() else {
            let message = format!("{} means {}", clean(end), count(meant.len(), "entry", "entries"));
            return Err(Error::input(message, "give the end of an id that `cairn share --to WHOM --list` shows"));
        };
        let one = (*one).clone();
        if tick {
            self.chosen.insert(one)
        } else {
            self.chosen.remove(&one)
        };
        Ok(())
    }

    /// Reduces a parcel to its ticked entries.
    pub(super) fn of(&self, mut parcel: Parcel) -> Parcel {
        parcel.answers.retain(|answer| self.chosen.contains(&answer.id));
        parcel.sessions.retain(|session| self.chosen.contains(&session.id));
        parcel.actions.retain(|action| self.chosen.contains(&action.id));
        let kept: BTreeSet<&String> = parcel.actions.iter().map(|action| &action.id).collect();
        for session in &mut parcel.sessions {
            session.actions.retain(|id| kept.contains(id));
        }
        parcel
    }

    /// Returns one line for each entry: number, tick, day, description, end of its id.
    pub(super) fn lines(&self, parcel: &Parcel, desk: &Desk) -> Vec<String> {
        let today = desk.today();
        let day = |on| short_day(on, today);
        let answers = parcel.answers.iter().map(|answer| {
            (answer.id.as_str(), format!("{}  {}", day(answer.on), of_answer(answer, &desk.loaded_packs.library)))
        });
        let sessions =
            parcel.sessions.iter().map(|one| (one.id.as_str(), format!("{}  {}", day(one.on), of_session(one))));
        let actions = parcel.actions.iter().map(|one| {
            (one.id.as_str(), format!("{}  action: {}", day(one.changed_on), truncate(&clean(&one.title), SHOWN)))
        });
        let all = answers.chain(sessions).chain(actions).enumerate();
        all.map(|(at, (id, words))| {
            let mark = if self.chosen.contains(id) { "x" } else { " " };
            let end: String = id.chars().skip(id.chars().count().saturating_sub(ID)).collect();
            let why = if self.left_out.contains(id) { LEFT_OUT } else { "" };
            format!("{:>4} [{mark}] {words}  ({end}){why}", at + 1)
        })
        .collect()
    }

    /// Shows the list and lets the user change ticks until they confirm.
    ///
    /// # Errors
    /// Returns an error if there is no terminal or the user does not confirm.
    pub(super) fn asked(&mut self, parcel: &Parcel, desk: &Desk, whom: &str) -> Result<(), Error> {
        let nobody = || {
            Error::input(
                "nothing was encrypted, because Cairn could not ask you",
                "--list shows it, --tick and --untick change it, and --yes encrypts what is ticked",
            )
        };
        if !is_terminal_in() {
            return Err(nobody());
        }
        loop {
            self.lines(parcel, desk).iter().for_each(|line| complain(line));
            let question = format!(
                "Encrypt the {} with an x for {}? Type yes, or numbers to change ticks:",
                self.chosen.len(),
                clean(whom)
            );
            let typed = asked(&question).ok_or_else(nobody)?;
            let numbers: Vec<usize> = typed.split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
            match typed.as_str() {
                "yes" | "y" => return Ok(()),
                _ if numbers.is_empty() => return Err(Error::input("nothing was encrypted", "")),
                _ => numbers.into_iter().for_each(|number| self.turn(number)),
            }
        }
    }

    fn turn(&mut self, number: usize) {
        let Some(id) = number.checked_sub(1).and_then(|at| self.ids.get(at)).cloned() else { return };
        if !self.chosen.remove(&id) {
            self.chosen.insert(id);
        }
    }
}

fn of_answer(answer: &Answer, library: &Library) -> String {
    let by = match answer.by {
        By::Myself => "rated by the person",
        By::Coach => "rated by the coach",
        By::Other => "rated by another person",
    };
    let given = library.wording(answer);
    let here = library.framework(&answer.framework).is_some_and(|own| own.edition == answer.edition);
    let known = here && library.find_in(&answer.framework, &answer.behaviour).is_some();
    // Titles of behaviours come from the sender if the edition of the framework is not loaded here; they are marked.
    let said = |text: &str| {
        let text = truncate(&clean(text).replace('\n', " "), SHOWN);
        match (text.trim(), known) {
            ("", _) => String::new(),
            (text, true) => format!(" ({text})"),
            (text, false) => format!(" (in the sender's words \u{201c}{text}\u{201d})"),
        }
    };
    let rating = match answer.rated {
        Rated::Value(value) => format!("{by}: {value}{}", said(&given.label)),
        Rated::Not(_) | Rated::Unanswered => "not rated".to_owned(),
    };
    let edition = if known { String::new() } else { format!(" of edition {}, not known here", clean(&answer.edition)) };
    let texts: Vec<&str> = answer.words().collect();
    format!("answer on {}{edition}{}, {rating}{}", clean(&answer.behaviour), said(&given.title), quoted(&texts))
}

fn of_session(session: &Session) -> String {
    let notes = count(session.notes.len(), "note", "notes");
    let what = match session.kind {
        SessionKind::Alone => format!("what was written alone, {notes}"),
        SessionKind::OneToOne => {
            format!("session of {}, {notes}", count(usize::try_from(session.minutes).unwrap_or(0), "minute", "minutes"))
        }
    };
    let texts: Vec<&str> = session.notes.iter().map(|note| note.text.as_str()).collect();
    format!("{what}{}", quoted(&texts))
}

/// Returns the beginning of an entry's text in quotation marks; empty if it has none.
fn quoted(texts: &[&str]) -> String {
    let words = truncate(&clean(&texts.join(" ")).replace('\n', " "), SHOWN);
    let words = words.trim();
    if words.is_empty() { String::new() } else { format!(", \u{201c}{words}\u{201d}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{About, EngagementPurpose};

    fn session(id: &str, kind: SessionKind) -> Session {
        Session {
            id: id.to_owned(),
            kind,
            on: jiff::civil::date(2026, 11, 22),
            minutes: 40,
            model: None,
            engagement: None,
            purpose: EngagementPurpose::Development,
            paid: false,
            notes: Vec::new(),
            behaviours: Vec::new(),
            actions: Vec::new(),
        }
    }

    #[test]
    fn what_was_written_alone_goes_only_if_it_is_ticked() {
        let parcel = Parcel {
            about: About::Sender,
            from: String::new(),
            name: String::new(),
            made_on: jiff::civil::date(2026, 11, 22),
            purpose: EngagementPurpose::Development,
            answers: Vec::new(),
            sessions: vec![session("aaaa-1111", SessionKind::Alone), session("bbbb-2222", SessionKind::OneToOne)],
            actions: Vec::new(),
        };
        let mut entries = Ticked::usual(&parcel);
        let sent =
            |entries: &Ticked| entries.of(parcel.clone()).sessions.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(sent(&entries), ["bbbb-2222"]);
        entries.set("1111", true).expect("one is meant");
        entries.set("2222", false).expect("one is meant");
        assert_eq!(sent(&entries), ["aaaa-1111"]);
        assert!(entries.set("1", true).is_err() && entries.set("9999", true).is_err());
        entries.turn(1);
        entries.turn(7);
        assert_eq!(sent(&entries), [] as [String; 0]);
    }
}

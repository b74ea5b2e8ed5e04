//! The journal: everything that one person and their coach have written, newest first, with the place where it was
//! written. It also groups the entries by behaviour as evidence for the next session.

use super::entry::{of_answer, of_reason, of_session};
use super::{
    BehaviourIx, By, Day, Dossier, Entry, EntryKind, Library, Note, NoteFor, Party, Private, RecordKind, Session,
    SessionKind, long_day,
};

/// The entries about one behaviour since the last session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// Index of the behaviour.
    pub behaviour: BehaviourIx,
    /// Code and title.
    pub title: String,
    /// Whether the behaviour is in the focus set.
    pub is_focus: bool,
    /// Entries since the last session, as indices into [`Journal::entries`], newest first.
    pub entries: Vec<usize>,
    /// Number of earlier entries.
    pub earlier: usize,
}

/// The journal of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// Id of the person.
    pub person: String,
    /// Whether entries that only the coach may read are included.
    pub private: Private,
    /// The day on which the journal was built.
    pub today: Day,
    /// All entries, newest first.
    pub entries: Vec<Entry>,
    /// Sessions with the notes that may be read, oldest first.
    pub sessions: Vec<Session>,
    /// The day of the last one-to-one session.
    pub since: Option<Day>,
    /// Evidence by behaviour: the focus set first, in the order of choice, then the behaviours with most entries.
    pub gathered: Vec<Gathered>,
}

impl Journal {
    /// Collects everything that may be read. The coach's ratings are included if the agreement shows them to the
    /// client, or if `private` is [`Private::Shown`].
    #[must_use]
    pub fn of(library: &Library, dossier: &Dossier, private: Private) -> Self {
        let all = private == Private::Shown;
        let seen = |by: By| by == By::Myself || all || dossier.shows(RecordKind::CoachRatings, Party::Client);
        let sessions: Vec<Session> = dossier
            .sessions
            .iter()
            .map(|session| {
                let readable = |note: &&Note| all || note.seen == NoteFor::Shared;
                Session { notes: session.notes.iter().filter(readable).cloned().collect(), ..session.clone() }
            })
            .collect();
        let mut entries: Vec<Entry> = dossier
            .answers
            .iter()
            .filter(|answer| seen(answer.by))
            .map(|answer| of_answer(library, answer, dossier.today))
            .collect();
        entries.extend(corrected_answers(library, dossier).filter(|entry| entry.by.is_none_or(seen)));
        entries.extend(corrected_notes(dossier).filter(|entry| all || !entry.private));
        entries.extend(sessions.iter().flat_map(of_session));
        entries.extend(dossier.actions.iter().map(Entry::of_action).filter(|entry| !entry.texts.is_empty()));
        entries.extend(dossier.set_aside.iter().map(|reason| of_reason(library, reason)));
        // A note belongs to the behaviours that it names, also if their codes were added later.
        for entry in entries.iter_mut().filter(|entry| entry.kind == EntryKind::Note) {
            for code in entry.texts.iter().flat_map(|text| library.named_in(&text.text)) {
                if !entry.behaviours.contains(&code) {
                    entry.behaviours.push(code);
                }
            }
        }
        entries.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| b.id.cmp(&a.id)));
        let held = |session: &&Session| session.kind == SessionKind::OneToOne && session.on <= dossier.today;
        let since = sessions.iter().filter(held).map(|session| session.on).max();
        let mut journal = Self {
            person: dossier.person.id.clone(),
            private,
            today: dossier.today,
            entries,
            sessions,
            since,
            gathered: Vec::new(),
        };
        journal.gathered = journal.gather(library, dossier);
        journal
    }

    /// Returns the session with this id.
    #[must_use]
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// Groups what was written since the last session by behaviour, as evidence for the next one.
    fn gather(&self, library: &Library, dossier: &Dossier) -> Vec<Gathered> {
        let mut by_behaviour: Vec<Vec<usize>> = vec![Vec::new(); library.behaviours.len()];
        let says = |entry: &Entry| !entry.texts.is_empty() && entry.aside.is_empty();
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| says(entry)) {
            for code in &entry.behaviours {
                if let Ok(ix) = library.find(code)
                    && let Some(own) = by_behaviour.get_mut(ix.at())
                {
                    own.push(at);
                }
            }
        }
        let fresh = |at: &usize| self.entries.get(*at).is_some_and(|entry| self.since.is_none_or(|day| entry.on > day));
        let gathered = |ix: BehaviourIx, is_focus: bool| {
            let all = by_behaviour.get(ix.at()).map(Vec::as_slice).unwrap_or_default();
            let entries: Vec<usize> = all.iter().copied().filter(fresh).collect();
            let title = library.behaviour(ix).to_string();
            Gathered { behaviour: ix, title, is_focus, earlier: all.len() - entries.len(), entries }
        };
        let focus: Vec<BehaviourIx> =
            dossier.focus_now().into_iter().flat_map(|focus| focus.behaviours(library)).map(|(ix, _)| ix).collect();
        let mut others: Vec<Gathered> = library
            .indices()
            .filter(|ix| !focus.contains(ix))
            .map(|ix| gathered(ix, false))
            .filter(|row| !row.entries.is_empty())
            .collect();
        others.sort_by_key(|row| std::cmp::Reverse(row.entries.len()));
        focus.iter().map(|ix| gathered(*ix, true)).chain(others).collect()
    }
}

/// Returns entries for the superseded versions of corrected answers.
fn corrected_answers<'a>(library: &'a Library, dossier: &'a Dossier) -> impl Iterator<Item = Entry> + 'a {
    dossier.older_answers.iter().map(|(answer, day)| Entry {
        aside: format!("corrected on {}", long_day(*day)),
        ..of_answer(library, answer, dossier.today)
    })
}

/// Returns entries for the superseded versions of corrected notes.
fn corrected_notes(dossier: &Dossier) -> impl Iterator<Item = Entry> + '_ {
    dossier.older_notes.iter().flat_map(|((session, note), day)| {
        let session = dossier.sessions.iter().find(|own| own.id == *session);
        let of = |session: &Session| {
            let aside = format!("corrected on {}", long_day(*day));
            let alone = Session { notes: vec![note.clone()], ..session.clone() };
            of_session(&alone).map(|entry| Entry { aside: aside.clone(), ..entry }).collect::<Vec<_>>()
        };
        session.map(of).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Action, ActionStatus, Answer, EngagementPurpose, Focus, FocusSet, Intent, Rated, Reflection, Written,
    };

    fn on(month: i8, day: i8) -> Day {
        jiff::civil::date(2026, month, day)
    }

    fn answer(code: &str, day: Day, words: &str) -> Answer {
        Answer {
            id: format!("a-{code}-{day}"),
            framework: "empowered-communities".to_owned(),
            edition: "2012".to_owned(),
            behaviour: code.to_owned(),
            rated: Rated::Value(2),
            reflections: vec![Reflection { prompt: "Why?".to_owned(), text: words.to_owned() }],
            ..Answer::blank(day)
        }
    }

    fn session(day: Day, notes: &[(&str, NoteFor)]) -> Session {
        Session {
            id: format!("s-{day}"),
            kind: SessionKind::OneToOne,
            on: day,
            minutes: 50,
            model: None,
            engagement: None,
            purpose: EngagementPurpose::Development,
            paid: true,
            notes: notes
                .iter()
                .map(|(text, seen)| Note {
                    id: format!("n-{text}"),
                    part: "summary".to_owned(),
                    title: "Summary".to_owned(),
                    text: (*text).to_owned(),
                    seen: *seen,
                })
                .collect(),
            behaviours: vec!["empowered-communities/FC-5".to_owned()],
            actions: Vec::new(),
        }
    }

    fn action(learned: &str) -> Action {
        Action {
            id: "p".to_owned(),
            decided_on: on(9, 1),
            activity: None,
            rules: Vec::new(),
            because: String::new(),
            behaviours: vec!["FL-5".to_owned()],
            title: "Try it".to_owned(),
            first_step: String::new(),
            due: None,
            status: ActionStatus::Done,
            changed_on: on(11, 10),
            learned: learned.to_owned(),
            intent: Intent::default(),
            came_out: None,
        }
    }

    fn dossier() -> Dossier {
        Dossier {
            today: on(11, 22),
            answers: vec![answer("FC-5", on(9, 3), "old words"), answer("FL-5", on(11, 20), "new words")],
            sessions: vec![session(on(11, 5), &[("for both", NoteFor::Shared), ("mine alone", NoteFor::Coach)])],
            actions: vec![action("It works.")],
            focus: vec![FocusSet {
                id: "f".to_owned(),
                on: on(9, 1),
                items: vec![Focus {
                    framework: "empowered-communities".to_owned(),
                    behaviour: "FC-5".to_owned(),
                    importance: None,
                }],
            }],
            ..Dossier::default()
        }
    }

    #[test]
    fn everything_written_is_there_newest_first_and_knows_its_place() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let journal = Journal::of(&library, &dossier(), Private::Hidden);
        let places: Vec<&Written> = journal.entries.iter().map(|entry| &entry.place).collect();
        assert!(
            matches!(
                places.as_slice(),
                [Written::Answer(_, code, _), Written::Action(_), Written::Session(_), Written::Answer(..)] if code == "FL-5"
            ),
            "{places:?}"
        );
        let note = &journal.entries[2];
        assert_eq!((note.title.as_str(), note.by, note.whose()), ("Session: Summary", None, "both of you"));
        assert_eq!(journal.entries[3].rated, "2 (When reminded)");
        let mut bare = dossier();
        bare.actions = vec![action("  ")];
        assert_eq!(
            Journal::of(&library, &bare, Private::Hidden).entries.len(),
            3,
            "an action without words is no entry"
        );
    }

    #[test]
    fn what_only_the_coach_may_read_is_nowhere_unless_it_is_wanted() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let hidden = Journal::of(&library, &dossier(), Private::Hidden);
        assert!(!format!("{hidden:?}").contains("mine alone"));
        let shown = Journal::of(&library, &dossier(), Private::Shown);
        let private: Vec<&Entry> = shown.entries.iter().filter(|entry| entry.private).collect();
        assert_eq!(private.len(), 1);
        assert_eq!((private[0].by, private[0].texts[0].text.as_str()), (Some(By::Coach), "mine alone"));
    }

    #[test]
    fn evidence_is_what_came_since_the_last_session_with_the_focus_first() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let journal = Journal::of(&library, &dossier(), Private::Hidden);
        assert_eq!(journal.since, Some(on(11, 5)));
        let rows: Vec<(&str, bool, usize, usize)> = journal
            .gathered
            .iter()
            .map(|row| (library.behaviour(row.behaviour).code.as_str(), row.is_focus, row.entries.len(), row.earlier))
            .collect();
        assert_eq!(rows, [("FC-5", true, 0, 2), ("FL-5", false, 2, 0)]);
        let without = Dossier { sessions: Vec::new(), ..dossier() };
        let journal = Journal::of(&library, &without, Private::Hidden);
        assert_eq!(journal.gathered[0].entries.len(), 1, "before the first session all of it counts");
    }
}

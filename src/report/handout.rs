//! The privacy gate. A handout contains what one party may see of a dossier and nothing else, and every document that
//! is handed over is made from a handout. What is left out here cannot appear on a page by mistake.
//!
//! - Coach-private notes are never included, for any party; only their number is, and only for the coach.
//! - Views of a comparison that is not opened are never included, nor is an answer that is one of them.
//! - Other kinds of record are included as far as the current agreement shows them to the party.
//! - Whatever was said for a purpose that the agreement does not name is left out.
//! - The sponsor's handout contains the lines that the client ticked, word for word, of kinds that the agreement shows
//!   to the sponsor, and only once both have agreed to it.

use std::collections::BTreeMap;

use super::release::release_items;
use crate::domain::{
    Action, Answer, By, Comparison, Day, Dossier, EngagementPurpose, Library, NoteFor, Party, Person, Rated,
    RecordKind, Release, ReleaseItem, Session,
};

/// The part of a dossier that one party may see.
#[derive(Debug, Clone)]
pub struct Handout<'a> {
    library: &'a Library,
    party: Party,
    seen: Dossier,
    private_notes: usize,
    released: Vec<(ReleaseItem, Release)>,
}

impl<'a> Handout<'a> {
    /// Reduces a dossier to what the party may see.
    #[must_use]
    pub fn new(library: &'a Library, dossier: &Dossier, party: Party) -> Self {
        let notes = dossier.sessions.iter().flat_map(|session| &session.notes);
        let private_notes = match party {
            Party::Coach => notes.filter(|note| note.seen != NoteFor::Shared).count(),
            Party::Client | Party::Sponsor => 0,
        };
        let (seen, released) = match party {
            Party::Coach | Party::Client => (cut(library, dossier, party), Vec::new()),
            Party::Sponsor => (bare(dossier), released(library, dossier)),
        };
        Self { library, party, seen, private_notes, released }
    }

    /// Returns the loaded packs.
    #[must_use]
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// Returns the party that reads it.
    #[must_use]
    pub fn party(&self) -> Party {
        self.party
    }

    /// Returns the visible records. For the sponsor there are none; see [`Handout::released`].
    #[must_use]
    pub fn seen(&self) -> &Dossier {
        &self.seen
    }

    /// For the coach: returns the number of notes that remain in the coach's records; 0 for others.
    #[must_use]
    pub fn private_notes(&self) -> usize {
        self.private_notes
    }

    /// For the sponsor: returns the lines that the client ticked, with the tick; empty for others.
    #[must_use]
    pub fn released(&self) -> &[(ReleaseItem, Release)] {
        &self.released
    }

    /// Returns whether the party may see a kind of record.
    #[must_use]
    pub fn shows(&self, kind: RecordKind) -> bool {
        self.seen.shows(kind, self.party)
    }
}

/// Returns the dossier without what coach or client may not see.
fn cut(library: &Library, dossier: &Dossier, party: Party) -> Dossier {
    let shows = |kind| dossier.shows(kind, party);
    Dossier {
        person: card(&dossier.person),
        today: dossier.today,
        engagements: dossier.engagements.clone(),
        focus: dossier.focus.clone(),
        sessions: sessions(dossier, shows(RecordKind::SharedNotes)),
        answers: answers(library, dossier, party),
        older_answers: Vec::new(),
        older_notes: Vec::new(),
        kept_apart: dossier.kept_apart,
        actions: if shows(RecordKind::Plan) { plan(dossier) } else { Vec::new() },
        revisions: if shows(RecordKind::Plan) { dossier.revisions.clone() } else { BTreeMap::new() },
        verdicts: Vec::new(),
        set_aside: Vec::new(),
        comparisons: comparisons(dossier, party),
        releases: Vec::new(),
        gone: if shows(RecordKind::Plan) { dossier.gone.clone() } else { Vec::new() },
        files: Vec::new(),
    }
}

/// Returns a dossier that contains only the person and the agreement with the sponsor.
fn bare(dossier: &Dossier) -> Dossier {
    let mut agreed: Vec<_> = dossier.engagement().cloned().into_iter().collect();
    for engagement in &mut agreed {
        engagement.goal = String::new();
        engagement.limits = String::new();
    }
    Dossier {
        person: Person { level: None, ..card(&dossier.person) },
        today: dossier.today,
        engagements: agreed,
        ..Dossier::default()
    }
}

/// Returns a person without the details that are only for the coach's own records.
fn card(person: &Person) -> Person {
    Person { email: String::new(), in_hours_log: None, ..person.clone() }
}

/// Returns whether something said for a purpose may be used under the current agreement.
fn serves(dossier: &Dossier, purpose: EngagementPurpose) -> bool {
    dossier.engagement().map_or(purpose == EngagementPurpose::default(), |engagement| engagement.uses(purpose))
}

fn sessions(dossier: &Dossier, with_notes: bool) -> Vec<Session> {
    let usable = dossier.sessions.iter().filter(|session| serves(dossier, session.purpose));
    let readable = |session: &Session| Session {
        notes: if with_notes { session.shared().cloned().collect() } else { Vec::new() },
        ..session.clone()
    };
    usable.map(readable).collect()
}

/// Returns the plan without the reasons for recommendations, which may quote a reflection or a rating.
fn plan(dossier: &Dossier) -> Vec<Action> {
    dossier.actions.iter().map(|action| Action { because: String::new(), ..action.clone() }).collect()
}

/// Returns the answers that are not sealed, each reduced to what the party may see.
fn answers(library: &Library, dossier: &Dossier, party: Party) -> Vec<Answer> {
    let closed = dossier.comparisons.iter().filter(|round| round.opened_on.is_none());
    let sealed: Vec<&Answer> = closed.flat_map(|round| &round.answers).collect();
    let is_sealed =
        |answer: &Answer| sealed.iter().any(|own| *own == answer || (!own.id.is_empty() && own.id == answer.id));
    let open = dossier.answers.iter().filter(|answer| !is_sealed(answer));
    let mut seen: Vec<Answer> = open.filter_map(|answer| readable(dossier, party, answer)).collect();
    if !dossier.shows(RecordKind::Progress, party) {
        keep_newest_ratings(library, dossier.today, &mut seen);
    }
    seen
}

/// Returns an answer reduced to what a party may see; `None` if nothing remains.
fn readable(dossier: &Dossier, party: Party, answer: &Answer) -> Option<Answer> {
    let shows = |kind| dossier.shows(kind, party);
    let mut seen = answer.clone();
    if answer.by != By::Myself {
        return shows(RecordKind::CoachRatings).then_some(seen);
    }
    if !shows(RecordKind::Ratings) {
        (seen.rated, seen.importance) = (Rated::Unanswered, None);
    }
    if !shows(RecordKind::Reflections) {
        seen = seen.without_words();
    }
    let is_empty = seen.rated == Rated::Unanswered && seen.importance.is_none() && seen.words().next().is_none();
    (!is_empty).then_some(seen)
}

/// Removes all ratings from a list, oldest first, except the newest of each rater for each behaviour. A rating that
/// does not [count](Library::counted) is only considered if none counts, so that a rating with a future date does not
/// hide a present one.
fn keep_newest_ratings(library: &Library, today: Day, answers: &mut [Answer]) {
    // Answers of others are exempt, because it is unknown whether two of them are by the same rater.
    let rated = |answer: &Answer| answer.rated != Rated::Unanswered && answer.by != By::Other;
    let of = |answer: &Answer| (answer.framework.clone(), answer.behaviour.clone(), answer.by);
    let mut kept: BTreeMap<(String, String, By), usize> = BTreeMap::new();
    for counts in [true, false] {
        for (at, answer) in answers.iter().enumerate().rev().filter(|(_, answer)| rated(answer)) {
            if library.counted(answer, today).is_ok() == counts {
                kept.entry(of(answer)).or_insert(at);
            }
        }
    }
    for (at, answer) in answers.iter_mut().enumerate().filter(|(_, answer)| rated(answer)) {
        if kept.get(&of(answer)) != Some(&at) {
            (answer.rated, answer.importance) = (Rated::Unanswered, None);
        }
    }
}

/// Returns the opened rounds, if the party may see both views, with the answers that may be used.
fn comparisons(dossier: &Dossier, party: Party) -> Vec<Comparison> {
    if !(dossier.shows(RecordKind::Ratings, party) && dossier.shows(RecordKind::CoachRatings, party)) {
        return Vec::new();
    }
    let usable = |answer: &&Answer| dossier.answers.contains(answer);
    let opened = dossier.comparisons.iter().filter(|round| round.opened_on.is_some());
    let readable = opened.map(|round| Comparison {
        answers: round.answers.iter().filter(usable).filter_map(|answer| readable(dossier, party, answer)).collect(),
        ..round.clone()
    });
    let mut seen: Vec<Comparison> = readable.filter(|round| !round.answers.is_empty()).collect();
    if !dossier.shows(RecordKind::Progress, party) {
        seen.drain(..seen.len().saturating_sub(1));
    }
    seen
}

/// Returns the lines that the client ticked and the agreement shows to the sponsor.
fn released(library: &Library, dossier: &Dossier) -> Vec<(ReleaseItem, Release)> {
    let agreed = dossier.engagement().is_some_and(|engagement| engagement.agreed_on.is_some());
    if !agreed {
        return Vec::new();
    }
    release_items(library, dossier)
        .into_iter()
        .filter(|item| dossier.shows(item.kind, Party::Sponsor))
        .filter_map(|item| item.tick(&dossier.releases).cloned().map(|tick| (item, tick)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, answer, day, dossier, library, note, session};
    use super::*;

    /// Returns a dossier with at least one record of every kind.
    fn full() -> Dossier {
        let coach = Answer { by: By::Coach, id: "by-coach".to_owned(), ..answer("FL-5", 4) };
        let round = |id: &str, opened: bool, answers: Vec<Answer>| Comparison {
            id: id.to_owned(),
            on: day(2026, 11, 20),
            behaviours: vec![("empowered-communities".to_owned(), "FL-5".to_owned())],
            client_done: true,
            coach_done: true,
            opened_on: opened.then(|| day(2026, 11, 21)),
            answers,
        };
        let talk = Session {
            notes: vec![note("goal", "shared", NoteFor::Shared), note("goal", "private", NoteFor::Coach)],
            ..session(day(2026, 11, 20))
        };
        Dossier {
            sessions: vec![talk],
            answers: vec![answer("FL-5", 2), coach.clone(), answer("DT-6", 3)],
            actions: vec![action("a", "Ask first")],
            comparisons: vec![
                round("open", true, vec![answer("FL-5", 2), coach]),
                round("closed", false, vec![answer("DT-6", 3)]),
            ],
            ..dossier()
        }
    }

    fn without(kind: RecordKind, party: Party) -> Dossier {
        let mut dossier = full();
        for terms in &mut dossier.engagements {
            terms.may_see.remove(&(kind, party));
        }
        dossier
    }

    #[test]
    fn what_is_for_the_coach_alone_and_what_is_sealed_comes_through_for_nobody() {
        let library = library();
        for party in Party::ALL {
            let handout = Handout::new(&library, &full(), party);
            let notes: Vec<&str> =
                handout.seen().sessions.iter().flat_map(|s| &s.notes).map(|note| note.text.as_str()).collect();
            let shared: &[&str] = if party == Party::Sponsor { &[] } else { &["shared"] };
            assert_eq!(notes, shared);
            assert_eq!(handout.private_notes(), usize::from(party == Party::Coach));
            assert!(handout.seen().comparisons.iter().all(|round| round.id == "open"));
            let codes: Vec<&str> = handout.seen().answers.iter().map(|answer| answer.behaviour.as_str()).collect();
            assert!(!codes.contains(&"DT-6"), "a sealed answer among the others: {codes:?}");
        }
    }

    #[test]
    fn each_kind_of_record_comes_through_as_agreed() {
        let library = library();
        let seen = |kind| Handout::new(&library, &without(kind, Party::Coach), Party::Coach).seen().clone();
        let ratings = seen(RecordKind::Ratings);
        assert!(
            ratings.comparisons.is_empty()
                && ratings.answers.iter().all(|a| a.by != By::Myself || a.rated.value().is_none())
        );
        let reflections = seen(RecordKind::Reflections);
        assert!(reflections.answers.iter().filter(|a| a.by == By::Myself).all(|a| a.words().next().is_none()));
        assert!(reflections.comparisons.iter().flat_map(|round| &round.answers).any(|a| a.rated.value() == Some(2)));
        let coach = seen(RecordKind::CoachRatings);
        assert!(coach.comparisons.is_empty() && coach.answers.iter().all(|answer| answer.by == By::Myself));
        assert!(seen(RecordKind::SharedNotes).sessions.iter().all(|session| session.notes.is_empty()));
        assert!(seen(RecordKind::Plan).actions.is_empty());
    }

    #[test]
    fn without_progress_only_the_newest_rating_is_left() {
        let library = library();
        let mut dossier = without(RecordKind::Progress, Party::Client);
        let older = Answer { on: day(2026, 9, 1), id: "older".to_owned(), ..answer("FL-5", 1) };
        dossier.answers.insert(0, older);
        let seen = Handout::new(&library, &dossier, Party::Client).seen().clone();
        let own: Vec<Option<i64>> =
            seen.answers.iter().filter(|answer| answer.by == By::Myself).map(|answer| answer.rated.value()).collect();
        assert_eq!(own, [None, Some(2)]);
        // A rating with a future date does not hide a present one.
        dossier.answers.push(Answer { on: day(2062, 11, 20), id: "ahead".to_owned(), ..answer("FL-5", 5) });
        let seen = Handout::new(&library, &dossier, Party::Client).seen().clone();
        let own = seen.answers.iter().filter(|answer| answer.by == By::Myself && answer.rated.value().is_some());
        assert_eq!(own.map(|answer| answer.rated.value()).collect::<Vec<_>>(), [Some(2)]);
    }

    #[test]
    fn what_was_said_for_another_purpose_stays_behind() {
        let library = library();
        let mut dossier = full();
        for terms in &mut dossier.engagements {
            terms.purpose = EngagementPurpose::Appraisal;
        }
        // The records supply only answers that may be used; here there are none, and therefore no view of a round.
        dossier.answers.clear();
        let seen = Handout::new(&library, &dossier, Party::Coach).seen().clone();
        assert!(seen.sessions.is_empty() && seen.comparisons.is_empty());
    }

    #[test]
    fn the_sponsor_gets_ticked_lines_that_are_agreed_and_unchanged() {
        let library = library();
        let mut dossier = full();
        let tick = |item: &ReleaseItem| Release {
            key: item.key.clone(),
            words: item.words.clone(),
            on: day(2026, 11, 1),
            present: true,
        };
        let items = release_items(&library, &dossier);
        assert_eq!(
            items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(),
            ["progress/empowered-communities/FL-5", "plan/a", "sessions"]
        );
        let released = |dossier: &Dossier| Handout::new(&library, dossier, Party::Sponsor).released().len();
        assert_eq!(released(&dossier), 0);
        dossier.releases = items.iter().map(tick).collect();
        assert_eq!(released(&dossier), 3);
        let bare = Handout::new(&library, &dossier, Party::Sponsor);
        assert!(bare.seen().answers.is_empty() && bare.seen().actions.is_empty() && bare.seen().sessions.is_empty());
        dossier.actions.iter_mut().for_each(|action| action.title.push('!'));
        assert_eq!(released(&dossier), 2, "other words than those that were ticked");
        dossier
            .engagements
            .iter_mut()
            .for_each(|terms| terms.may_see.retain(|(kind, _)| *kind != RecordKind::Progress));
        assert_eq!(released(&dossier), 0, "not agreed");
        let mut unsigned = Dossier { releases: items.iter().map(tick).collect(), ..full() };
        unsigned.engagements.iter_mut().for_each(|terms| terms.agreed_on = None);
        assert_eq!(released(&unsigned), 0, "nothing counts before both have agreed");
    }
}

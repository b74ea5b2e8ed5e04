//! Everything in the records about one person that may be used under the current agreement. Progress, journal, summary
//! and reports are built from it. It never contains sealed views of a comparison.

use std::collections::BTreeMap;

use super::{
    Action, Answer, Comparison, Day, Engagement, FileTaken, FocusSet, GoneAction, Library, Note, Party, Person,
    Profile, Release, Revision, Session, SessionKind, SetAside, Story, Verdict,
};

/// One person's records as of one day.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// The person.
    pub person: Person,
    /// The day as of which the records were read.
    pub today: Day,
    /// All agreements, oldest first.
    pub engagements: Vec<Engagement>,
    /// All focus sets, oldest first.
    pub focus: Vec<FocusSet>,
    /// All sessions that have ended, oldest first, including notes private to the coach.
    pub sessions: Vec<Session>,
    /// All answers that may be used for the current purpose, oldest first.
    pub answers: Vec<Answer>,
    /// Superseded versions of corrected answers, each with the day of the correction.
    pub older_answers: Vec<(Answer, Day)>,
    /// Superseded versions of corrected notes, each with the id of its session and the day of the correction.
    pub older_notes: Vec<((String, Note), Day)>,
    /// Number of answers that are left out because they were given for another purpose.
    pub kept_apart: usize,
    /// The actions of the plan in their current state, in the order in which they were decided.
    pub actions: Vec<Action>,
    /// Change history of each action, by action id.
    pub revisions: BTreeMap<String, Revision>,
    /// Verdicts on advice, as activity id, verdict and day.
    pub verdicts: Vec<(String, Verdict, Day)>,
    /// Reasons for setting activities aside, where the person wrote one.
    pub set_aside: Vec<SetAside>,
    /// Rounds of comparison, oldest first; only opened ones contain answers.
    pub comparisons: Vec<Comparison>,
    /// What the client released to the sponsor and has not revoked.
    pub releases: Vec<Release>,
    /// Withdrawn actions that had a due or review day.
    pub gone: Vec<GoneAction>,
    /// Files that were imported, oldest first.
    pub files: Vec<FileTaken>,
}

impl Dossier {
    /// Returns the current agreement: the newest one that has not ended.
    #[must_use]
    pub fn engagement(&self) -> Option<&Engagement> {
        self.engagements.iter().rev().find(|engagement| engagement.is_open())
    }

    /// Returns the current focus set; `None` if there is none or it is empty.
    #[must_use]
    pub fn focus_now(&self) -> Option<&FocusSet> {
        self.focus.last().filter(|focus| !focus.items.is_empty())
    }

    /// Returns the sessions that were held, oldest first. For a client these are the one-to-one sessions, not those the
    /// client wrote alone and shared.
    #[must_use]
    pub fn held(&self) -> impl DoubleEndedIterator<Item = &Session> + Clone {
        let client = self.person.is_client();
        self.sessions.iter().filter(move |session| !client || session.kind == SessionKind::OneToOne)
    }

    /// Returns the last session that was held; sessions dated after `today` are skipped.
    #[must_use]
    pub fn last_held(&self) -> Option<&Session> {
        self.held().rfind(|session| session.on <= self.today)
    }

    /// Returns the last round of comparison that is not dated after `today`.
    #[must_use]
    pub fn last_round(&self) -> Option<&Comparison> {
        self.comparisons.iter().rfind(|round| round.on <= self.today)
    }

    /// Returns the part of the records that rules can use.
    #[must_use]
    pub fn story(&self) -> Story {
        Story {
            person: self.person.clone(),
            today: self.today,
            answers: self.answers.clone(),
            actions: self.actions.clone(),
            verdicts: self.verdicts.clone(),
        }
    }

    /// Returns the answers in the form in which rules evaluate them.
    #[must_use]
    pub fn profile(&self, library: &Library) -> Profile {
        self.story().profile(library)
    }

    /// Returns whether a party may see a kind of record under the current agreement. Without an agreement, coach and
    /// client may see everything and a sponsor nothing.
    #[must_use]
    pub fn shows(&self, kind: super::RecordKind, party: Party) -> bool {
        self.engagement().map_or(party != Party::Sponsor, |engagement| engagement.shows(kind, party))
    }
}

/// Counts of what needs attention for one client, without any content, because it is shown when no client is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The client.
    pub person: Person,
    /// Open actions that are overdue.
    pub overdue: usize,
    /// Open actions due today or within seven days.
    pub soon: usize,
    /// The day until which the records may be kept, if it has passed.
    pub keep_passed: Option<Day>,
    /// A session was started and has not ended.
    pub unfinished: bool,
    /// Day of the last session.
    pub last: Option<Day>,
}

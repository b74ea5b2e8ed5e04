//! Everything that the records hold about one person and that their current agreement lets be used: what progress,
//! journal, summary and reports are made from. Sealed views of a comparison never get in here.

use std::collections::BTreeMap;

use super::{
    Action, Answer, Comparison, Day, Engagement, FileTaken, FocusSet, GoneAction, Library, Note, Party, Person,
    Profile, Release, Revision, Session, SessionKind, SetAside, Story, Verdict,
};

/// One person's records on a day.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// Whose.
    pub person: Person,
    /// The day.
    pub today: Day,
    /// All agreements, oldest first.
    pub engagements: Vec<Engagement>,
    /// All focus sets, oldest first.
    pub focus: Vec<FocusSet>,
    /// All sessions that have ended, oldest first, with coach-private notes.
    pub sessions: Vec<Session>,
    /// All answers that may be used for the current purpose, oldest first.
    pub answers: Vec<Answer>,
    /// Answers that were corrected since, each with the day.
    pub older_answers: Vec<(Answer, Day)>,
    /// Notes that were corrected since, each with its session and the day.
    pub older_notes: Vec<((String, Note), Day)>,
    /// How many answers are kept apart because they were given for another purpose.
    pub kept_apart: usize,
    /// The plan as it stands, in the order of decision.
    pub actions: Vec<Action>,
    /// What happened to each action so far, by its id.
    pub revisions: BTreeMap<String, Revision>,
    /// Verdicts on advice: activity, verdict, day.
    pub verdicts: Vec<(String, Verdict, Day)>,
    /// Why activities were set aside, where that was said in own words.
    pub set_aside: Vec<SetAside>,
    /// Rounds of comparison, oldest first; only opened ones hold answers.
    pub comparisons: Vec<Comparison>,
    /// What the client ticked for the sponsor, and has not taken back.
    pub releases: Vec<Release>,
    /// Actions that were withdrawn and had a day.
    pub gone: Vec<GoneAction>,
    /// The files that were taken in, oldest first.
    pub files: Vec<FileTaken>,
}

impl Dossier {
    /// The agreement that holds now: the newest one that has not ended.
    #[must_use]
    pub fn engagement(&self) -> Option<&Engagement> {
        self.engagements.iter().rev().find(|engagement| engagement.is_open())
    }

    /// The focus set that holds now.
    #[must_use]
    pub fn focus_now(&self) -> Option<&FocusSet> {
        self.focus.last().filter(|focus| !focus.items.is_empty())
    }

    /// The sessions that were held, oldest first: of a client those with the coach, and not what they wrote alone and
    /// shared.
    #[must_use]
    pub fn held(&self) -> impl DoubleEndedIterator<Item = &Session> + Clone {
        let client = self.person.is_client();
        self.sessions.iter().filter(move |session| !client || session.kind == SessionKind::OneToOne)
    }

    /// The last session that was held; one whose day has not come was not held yet.
    #[must_use]
    pub fn last_held(&self) -> Option<&Session> {
        self.held().rfind(|session| session.on <= self.today)
    }

    /// The last round of comparison whose day has come.
    #[must_use]
    pub fn last_round(&self) -> Option<&Comparison> {
        self.comparisons.iter().rfind(|round| round.on <= self.today)
    }

    /// The same as the rules are told it.
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

    /// The answers as the rules see them.
    #[must_use]
    pub fn profile(&self, library: &Library) -> Profile {
        self.story().profile(library)
    }

    /// Whether a party may see a kind of record under the agreement that holds. Without an agreement coach and client
    /// see what they wrote, and a sponsor sees nothing.
    #[must_use]
    pub fn shows(&self, kind: super::RecordKind, party: Party) -> bool {
        self.engagement().map_or(party != Party::Sponsor, |engagement| engagement.shows(kind, party))
    }
}

/// What waits for one client, without a word of what it is: this is shown while no client is at the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub person: Person,
    /// Open actions whose day has passed.
    pub overdue: usize,
    /// Open actions due today or within seven days.
    pub soon: usize,
    /// The day until which records are kept has passed.
    pub keep_passed: Option<Day>,
    /// A session was begun and not ended.
    pub unfinished: bool,
    /// The day of the last session.
    pub last: Option<Day>,
}

//! The agreement between coach and client: what for, who may see what, until when. It is shown when it is opened, and
//! what was said for one purpose serves another only after the client agreed to it (COACHING.md 0 and 3.7).

use std::collections::BTreeSet;

use super::Day;

/// What the work is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum EngagementPurpose {
    /// The client's own growth; nobody decides anything about them by it.
    #[default]
    Development,
    /// Choosing somebody for a role.
    Selection,
    /// Judging how somebody does their job.
    Appraisal,
}

impl EngagementPurpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Development, Self::Selection, Self::Appraisal];

    /// The word used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Selection => "selection",
            Self::Appraisal => "appraisal",
        }
    }

    /// One sentence for the person who chooses.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Development => "for the client's own growth; nothing is decided about them by it",
            Self::Selection => "to choose somebody for a role; the client knows that it is",
            Self::Appraisal => "to look at how somebody does their job; the client knows that it is",
        }
    }

    /// Reads [`EngagementPurpose::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.id() == text)
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who coaches.
    Coach,
    /// Whose development it is.
    Client,
    /// Who pays or asked for it.
    Sponsor,
}

impl Party {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Coach, Self::Client, Self::Sponsor];

    /// The word used in the records, on the command line and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Coach => "coach",
            Self::Client => "client",
            Self::Sponsor => "sponsor",
        }
    }

    /// Reads [`Party::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.id() == text)
    }
}

/// A kind of record that the parties agree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// The client's own ratings.
    Ratings,
    /// What the client wrote to prompts, examples included.
    Reflections,
    /// Ratings by the coach, after both have seen them.
    CoachRatings,
    /// Notes of sessions that are marked as shared.
    SharedNotes,
    /// What was agreed to be done.
    Plan,
    /// How things changed.
    Progress,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Ratings, Self::Reflections, Self::CoachRatings, Self::SharedNotes, Self::Plan, Self::Progress];

    /// The word used in the records.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Ratings => "ratings",
            Self::Reflections => "reflections",
            Self::CoachRatings => "coach-ratings",
            Self::SharedNotes => "shared-notes",
            Self::Plan => "plan",
            Self::Progress => "progress",
        }
    }

    /// The words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ratings => "the client's ratings",
            Self::Reflections => "what the client wrote",
            Self::CoachRatings => "the coach's ratings, once opened",
            Self::SharedNotes => "shared notes",
            Self::Plan => "the plan",
            Self::Progress => "progress",
        }
    }

    /// The words for somebody to whom they belong, or not.
    #[must_use]
    pub fn title_for(self, party: Party) -> &'static str {
        match (self, party) {
            (Self::Ratings, Party::Client) => "their own ratings",
            (Self::Reflections, Party::Client) => "what they wrote",
            _ => self.title(),
        }
    }

    /// Reads [`RecordKind::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// The agreement as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// What for.
    pub purpose: EngagementPurpose,
    /// Other purposes that the client agreed earlier answers may serve here, too.
    pub also: BTreeSet<EngagementPurpose>,
    /// What the client wants from it, in their words; may be empty.
    pub goal: String,
    /// Who pays or asked for it; empty if nobody else does.
    pub sponsor: String,
    /// Who may see what. Coach-private notes are of no kind: nobody but the coach sees them here.
    pub may_see: BTreeSet<(RecordKind, Party)>,
    /// When confidence ends: law, court order, danger.
    pub limits: String,
    /// Until when the records are kept.
    pub keep_until: Option<Day>,
    /// When both agreed to this; `None` while they have not.
    pub agreed_on: Option<Day>,
    /// First day.
    pub began_on: Day,
    /// Last day; `None` while it goes on.
    pub ended_on: Option<Day>,
    /// The coach is paid for it.
    pub paid: bool,
}

impl Engagement {
    /// What two people usually agree: for development; the sponsor sees plan and progress as far as the client ticks
    /// them; two years. Nothing of it counts before they have agreed on a day.
    #[must_use]
    pub fn usual(today: Day) -> Self {
        let mut may_see = BTreeSet::new();
        for kind in RecordKind::ALL {
            may_see.extend([(kind, Party::Coach), (kind, Party::Client)]);
        }
        may_see.extend([(RecordKind::Plan, Party::Sponsor), (RecordKind::Progress, Party::Sponsor)]);
        Self {
            id: String::new(),
            purpose: EngagementPurpose::Development,
            also: BTreeSet::new(),
            goal: String::new(),
            sponsor: String::new(),
            may_see,
            limits: "What is said stays between us, except where the law or a court asks for it, or where somebody is \
                     in danger; then the coach says so first wherever that is safe."
                .to_owned(),
            keep_until: today.checked_add(jiff::Span::new().years(2)).ok(),
            agreed_on: None,
            began_on: today,
            ended_on: None,
            paid: false,
        }
    }

    /// Whether a party may see a kind of record.
    #[must_use]
    pub fn shows(&self, kind: RecordKind, party: Party) -> bool {
        self.may_see.contains(&(kind, party))
    }

    /// Purposes for which answers were given that may be used here.
    #[must_use]
    pub fn uses(&self, purpose: EngagementPurpose) -> bool {
        self.purpose == purpose || self.also.contains(&purpose)
    }

    /// It goes on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended_on.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_agreement_shows_a_sponsor_plan_and_progress_only_and_serves_one_purpose() {
        let usual = Engagement::usual(jiff::civil::date(2026, 11, 22));
        let seen: Vec<RecordKind> =
            RecordKind::ALL.into_iter().filter(|kind| usual.shows(*kind, Party::Sponsor)).collect();
        assert_eq!(seen, [RecordKind::Plan, RecordKind::Progress]);
        assert!(usual.uses(EngagementPurpose::Development) && !usual.uses(EngagementPurpose::Appraisal));
        assert!(usual.agreed_on.is_none() && usual.is_open());
        assert_eq!(usual.keep_until, Some(jiff::civil::date(2028, 11, 22)));
    }

    #[test]
    fn words_in_the_records_are_read_back() {
        assert!(EngagementPurpose::ALL.into_iter().all(|word| EngagementPurpose::parse(word.id()) == Some(word)));
        assert!(Party::ALL.into_iter().all(|word| Party::parse(word.id()) == Some(word)));
        assert!(RecordKind::ALL.into_iter().all(|word| RecordKind::parse(word.id()) == Some(word)));
    }
}

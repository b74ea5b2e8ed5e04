//! The agreement between coach and client: its purpose, who may see what, and until when records are kept. It is shown
//! whenever it is opened. What was said for one purpose may be used for another only after the client has agreed
//! (COACHING.md 0 and 3.7).

use std::collections::BTreeSet;

use super::Day;

/// The purpose of the coaching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum EngagementPurpose {
    /// The client's own growth; it is not used for any decision about them.
    #[default]
    Development,
    /// Selecting somebody for a role.
    Selection,
    /// Assessing how somebody does their job.
    Appraisal,
}

impl EngagementPurpose {
    /// All purposes.
    pub const ALL: [Self; 3] = [Self::Development, Self::Selection, Self::Appraisal];

    /// Returns the identifier used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Selection => "selection",
            Self::Appraisal => "appraisal",
        }
    }

    /// Returns one sentence that explains the purpose to the person who chooses it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Development => "for the client's own development, not to make decisions about them",
            Self::Selection => "to choose someone for a role, and the client knows this",
            Self::Appraisal => "to look at how someone does their job, and the client knows this",
        }
    }

    /// Parses the output of [`EngagementPurpose::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.id() == text)
    }
}

/// A party to the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The person who coaches.
    Coach,
    /// The person whose development it is.
    Client,
    /// The person or organisation that pays for the coaching or asked for it.
    Sponsor,
}

impl Party {
    /// All parties.
    pub const ALL: [Self; 3] = [Self::Coach, Self::Client, Self::Sponsor];

    /// Returns the identifier used in the records, on the command line and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Coach => "coach",
            Self::Client => "client",
            Self::Sponsor => "sponsor",
        }
    }

    /// Parses the output of [`Party::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.id() == text)
    }
}

/// A kind of record whose visibility the parties agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// The client's own ratings.
    Ratings,
    /// The client's reflections and examples.
    Reflections,
    /// Ratings by the coach, once both views have been opened.
    CoachRatings,
    /// Notes of sessions that are marked as shared.
    SharedNotes,
    /// The actions that were agreed.
    Plan,
    /// How ratings changed over time.
    Progress,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Ratings, Self::Reflections, Self::CoachRatings, Self::SharedNotes, Self::Plan, Self::Progress];

    /// Returns the identifier used in the records.
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

    /// Returns the words shown on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ratings => "the client's ratings",
            Self::Reflections => "what the client wrote",
            Self::CoachRatings => "the coach's ratings, once you have both finished",
            Self::SharedNotes => "shared notes",
            Self::Plan => "the plan",
            Self::Progress => "progress",
        }
    }

    /// Returns the words shown to a party; the client's own records are described as their own.
    #[must_use]
    pub fn title_for(self, party: Party) -> &'static str {
        match (self, party) {
            (Self::Ratings, Party::Client) => "their own ratings",
            (Self::Reflections, Party::Client) => "what they wrote",
            _ => self.title(),
        }
    }

    /// Parses the output of [`RecordKind::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// An agreement in its current state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// Purpose of the coaching.
    pub purpose: EngagementPurpose,
    /// Other purposes for which answers may have been given that the client agreed may be used here.
    pub also: BTreeSet<EngagementPurpose>,
    /// The client's goal in their own words; may be empty.
    pub goal: String,
    /// Who pays for the coaching or asked for it; empty if nobody else is involved.
    pub sponsor: String,
    /// Which party may see which kind of record. Notes private to the coach belong to no kind, so this never exposes
    /// them.
    pub may_see: BTreeSet<(RecordKind, Party)>,
    /// The limits of confidentiality: law, court order, danger.
    pub limits: String,
    /// Last day until which the records are kept.
    pub keep_until: Option<Day>,
    /// The day on which both parties agreed; `None` if they have not.
    pub agreed_on: Option<Day>,
    /// First day.
    pub began_on: Day,
    /// Last day; `None` while the agreement is open.
    pub ended_on: Option<Day>,
    /// The coach is paid for it.
    pub paid: bool,
}

impl Engagement {
    /// Returns a typical agreement: for development, with plan and progress visible to the sponsor as far as the client
    /// releases them, and records kept for two years. It has no effect until both parties have agreed to it.
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
            limits:
                "What the client says is confidential. The coach shares it only if the law or a court requires it, or \
                someone is at risk of harm. The coach tells the client first if that is safe."
                    .to_owned(),
            keep_until: today.checked_add(jiff::Span::new().years(2)).ok(),
            agreed_on: None,
            began_on: today,
            ended_on: None,
            paid: false,
        }
    }

    /// Returns whether a party may see a kind of record.
    #[must_use]
    pub fn shows(&self, kind: RecordKind, party: Party) -> bool {
        self.may_see.contains(&(kind, party))
    }

    /// Returns whether answers given for `purpose` may be used under this agreement.
    #[must_use]
    pub fn uses(&self, purpose: EngagementPurpose) -> bool {
        self.purpose == purpose || self.also.contains(&purpose)
    }

    /// Returns whether the agreement has not ended.
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

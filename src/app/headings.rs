//! Sentences above the lists of screens; they are the same on screen and in plain mode.

use super::answering::{Reflect, Step};
use super::journal::Listing;
use super::model::Model;
use crate::domain::{
    ActionStatus, BehaviourIx, Journal, Progress, Purpose, Rulebook, Session, count, join_and, long_day, short_day,
    states,
};
use crate::search::Found;

/// Steps shown to a user who opens Cairn for the first time.
pub const FIRST_STEPS: [&str; 4] = [
    "Find: type what is on your mind, like red tape or no time to listen.",
    "Reflect: say how often you do it, and answer one question.",
    "Advice: see what Cairn suggests, and why. Use it, change it or leave it.",
    "Plan: choose a first step for the next 2 weeks, and a date to look back.",
];

impl Model {
    /// Returns whether the user's own records are open and there is nothing of theirs in them: no answer, note, action,
    /// focus set or draft.
    #[must_use]
    pub fn is_first_time(&self) -> bool {
        let is_open = self.shell.shut.is_none() && self.shell.library.is_some();
        !self.person.snapshot.person.is_client() && is_open && self.is_unrated() && self.there_is().is_empty()
    }

    /// Returns whether no behaviour was ever answered.
    #[must_use]
    pub fn is_unrated(&self) -> bool {
        self.person.snapshot.profile.session_days().is_empty()
    }

    /// Returns what there is of the person besides answers, as phrases like `written 2 journal entries`.
    fn there_is(&self) -> Vec<String> {
        let (person, dossier) = (&self.person, &self.person.snapshot.dossier);
        let begun = person.reflect.as_ref().is_some_and(|reflect| !reflect.is_empty()) || person.sitting.is_some();
        let drafts = person.snapshot.drafts.len() + person.snapshot.kept.len();
        let parts = [
            ("written", dossier.sessions.len(), "journal entry", "journal entries"),
            ("chosen", self.focus().map_or(0, |focus| focus.items.len()), "behaviour", "behaviours"),
            ("planned", person.snapshot.actions.len(), "action", "actions"),
            ("decided on", dossier.verdicts.len(), "suggestion", "suggestions"),
            ("started", if drafts == 0 { usize::from(begun) } else { drafts }, "draft", "drafts"),
        ];
        let parts = parts.into_iter().filter(|(_, many, ..)| *many > 0);
        parts.map(|(verb, many, one, more)| format!("{verb} {}", count(many, one, more))).collect()
    }

    /// Returns the behaviour that the newest journal entry or session names, and which that is, while none was ever
    /// answered. What was discussed in a session was not written by the client.
    #[must_use]
    pub fn next_of_notes(&self) -> Option<(BehaviourIx, String)> {
        let library = self.shell.library.as_ref().filter(|_| self.is_unrated())?;
        let mut sessions = self.person.snapshot.dossier.sessions.iter().rev();
        let named = |session: &Session| {
            let found = session.behaviours.iter().find_map(|code| library.find(code).ok())?;
            let day = short_day(session.on, self.shell.today);
            let is_client = self.person.snapshot.person.is_client();
            let where_from = if is_client { "in the session of" } else { "you wrote about it on" };
            Some((found, format!("{where_from} {day}")))
        };
        sessions.find_map(named)
    }

    /// Returns the first line of the first screen.
    #[must_use]
    pub fn greeting(&self) -> String {
        let person = &self.person.snapshot.person;
        if person.is_client() {
            return person.name.clone();
        }
        if self.is_first_time() {
            "Welcome to Cairn. Take ten minutes to think about how you lead.".to_owned()
        } else if self.person.snapshot.clients.is_empty() {
            long_day(self.shell.today)
        } else {
            format!("Your own records. {}", long_day(self.shell.today))
        }
    }

    /// Returns a sentence about the person's progress so far, or about why the records are not open.
    #[must_use]
    pub fn so_far(&self) -> String {
        let Some(library) = &self.shell.library else { return "Opening the library\u{2026}".to_owned() };
        if let Some(shut) = &self.shell.shut {
            return format!("{} Looking at this page changes nothing. Do not delete anything yet.", in_full(&shut.why));
        }
        if self.person.snapshot.person.is_client() {
            return self.client_so_far();
        }
        let profile = &self.person.snapshot.profile;
        let days = profile.session_days();
        let there_is = self.there_is();
        if days.is_empty() && !there_is.is_empty() {
            return format!(
                "You have {}. Next: rate a behaviour, so that Cairn can suggest what to try.",
                join_and(&there_is)
            );
        }
        if days.is_empty() {
            let level = self.person.snapshot.person.level.as_deref();
            let offered = library.indices().filter(|ix| library.is_offered(*ix, level)).count();
            return format!(
                "{} for leaders in health and social care. Choose one, answer a question about it, and get ideas for \
                 what to do next. Everything stays on this computer.",
                count(offered, "behaviour", "behaviours")
            );
        }
        let done = self.person.snapshot.actions.iter().filter(|action| action.status == ActionStatus::Done).count();
        format!(
            "You have reflected on {} in {}, and finished {}.",
            count(profile.answered().count(), "behaviour", "behaviours"),
            count(days.len(), "session", "sessions"),
            count(done, "action", "actions"),
        )
    }

    /// Returns a sentence about the work with a client so far.
    fn client_so_far(&self) -> String {
        let dossier = &self.person.snapshot.dossier;
        let sessions = match dossier.held().count() {
            0 => "No session yet".to_owned(),
            some => count(some, "session", "sessions"),
        };
        let last = dossier.last_held().map(|last| format!(", the last on {}", short_day(last.on, self.shell.today)));
        let goal = dossier.engagement().map(|terms| terms.goal.trim_end_matches('.')).filter(|goal| !goal.is_empty());
        let goal = goal.map(|goal| format!(" Goal: {goal}.")).unwrap_or_default();
        format!("{sessions}{}.{goal}", last.unwrap_or_default())
    }

    /// Returns the number of behaviours found, and how the query was interpreted.
    #[must_use]
    pub fn about_found(found: &Found) -> String {
        if let Some(problem) = &found.problem {
            return problem.clone();
        }
        let mut words = count(found.total, "behaviour", "behaviours");
        if !found.all_words && found.total > 0 {
            words = match found.with_all {
                0 => format!("{words}, none with all your words"),
                _ => format!("{words}, best match first"),
            };
        }
        with_shown(words, found)
    }

    /// Returns the number of entries listed in the journal, and how the query was interpreted.
    #[must_use]
    pub fn about_journal(&self, book: &Journal) -> String {
        let all = count(book.entries.len(), "entry", "entries");
        if self.person.journal.listing == Listing::Evidence {
            let since = book.since.map_or_else(
                || "everything, as there is no session yet".to_owned(),
                |day| format!("since the session of {}", short_day(day, book.today)),
            );
            return format!("What you wrote for the next session, by behaviour: {since}");
        }
        let Some(found) = &self.person.journal.found else {
            return match (self.person.journal.is_asked(), self.person.journal.is_indexing()) {
                (true, _) => format!("Getting {all} ready to search\u{2026} You can read all of them now."),
                (false, _) => format!("{all}, newest first"),
            };
        };
        if let Some(problem) = &found.problem {
            return problem.clone();
        }
        let mut words = format!("{} of {all}", found.total);
        if !found.all_words && found.total > 0 {
            words = match found.with_all {
                0 => format!("{words}, none with all your words"),
                n => format!("{words}. The first {n} match all your words"),
            };
        }
        with_shown(words, found)
    }

    /// Returns the number of rules, and how many there are in each state.
    #[must_use]
    pub fn about_rules(&self, book: &Rulebook) -> String {
        let states: Vec<String> = states(book.rules.iter()).iter().map(|(n, state)| format!("{n} {state}")).collect();
        let rules = count(book.rules.len(), "rule", "rules");
        if self.person.rules.is_filtered() {
            return format!("{} of {rules} found", self.person.rules.found());
        }
        if self.person.snapshot.profile.session_days().is_empty() {
            return format!("{rules}. They use your answers. You have not given any yet.");
        }
        format!("{rules}: {}", states.join(", "))
    }

    /// Returns which days are compared, such as `3 Sep compared with 19 Nov; answers on 4 days`.
    #[must_use]
    pub fn about_progress(progress: &Progress) -> String {
        let Some((from, to)) = progress.span else { return String::new() };
        let days = count(progress.days.len(), "day", "days");
        let (from, to) = (short_day(from, progress.today), short_day(to, progress.today));
        if from == to {
            return format!("{to}, with answers on {days} so far");
        }
        format!("{from} compared with {to}, with answers on {days}")
    }
}

fn with_shown(mut words: String, found: &Found) -> String {
    if !found.shown_for.is_empty() {
        let shown: Vec<&str> = found.shown_for.iter().map(|(_, shown)| shown.as_str()).collect();
        words = format!("{words}, showing {}", join_and(&shown));
    }
    match found.held_words() {
        Some(held) => format!("{words}. {held}"),
        None => words,
    }
}

impl Reflect {
    #[must_use]
    pub fn step_name(&self, step: Step, with_coach: bool) -> &'static str {
        match step {
            Step::Before => "Earlier",
            Step::Rating => "Rating",
            Step::Importance => "Importance",
            Step::Write(at) => match self.pages.get(at).map(|page| (page.prompt.is_empty(), page.purpose)) {
                Some((true, _)) | None => "Example",
                Some((_, Purpose::Reflect)) if self.follows_its_like(at) => "More",
                Some((_, Purpose::Reflect)) => "Reflect",
                Some((_, Purpose::Appreciative)) => "Strength",
                Some((_, Purpose::Coach)) if !with_coach => "Question",
                Some((_, Purpose::Coach)) => "Coach asks",
                Some((_, Purpose::Evidence)) => "Evidence",
            },
            Step::Review => "Review",
        }
    }

    /// Returns whether a question is not the first of its purpose among the steps.
    fn follows_its_like(&self, at: usize) -> bool {
        let purpose = |at: usize| self.pages.get(at).map(|page| page.purpose);
        self.steps.iter().find_map(|step| match step {
            Step::Write(other) if purpose(*other) == purpose(at) => Some(*other),
            _ => None,
        }) != Some(at)
    }
}

/// Ends the text with exactly one full stop.
fn in_full(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

//! Detection of danger words in everything that a person can write, wherever they write it.

use super::{Desk, DeskError, LoadedPacks};
use crate::domain::{
    Action, Answer, By, Comparison, Day, Dossier, HeardIn, NoteFor, Parcel, Party, Profile, RecordKind, SafetyNotice,
    Session, SetAside, Slot,
};
use crate::safeguarding::{Utterance, concern as concern_of, concerns, listen, notice_of};

/// Number of days for which texts are examined. Older texts could be read before or are no longer relevant; the newest
/// text about each behaviour is examined regardless of its age.
const LISTENED_TO: i32 = 90;
/// Maximum number of texts examined, newest first. Examining one takes about a tenth of a millisecond.
const MOST_LISTENED_TO: usize = 2_000;
/// Slot with the notices that the person put aside.
const ASIDE_SLOT: &str = "safety/aside";
/// Slot with what was detected in views that are not opened yet.
const UNOPENED_SLOT: &str = "safety/unopened";

impl LoadedPacks {
    /// Returns notices about the newest text for each behaviour.
    #[must_use]
    pub fn noticed(&self, profile: &Profile) -> Vec<SafetyNotice> {
        let newest = profile
            .answered()
            .filter_map(|(_, standing)| standing.answers.iter().rev().find(|answer| answer.words().next().is_some()));
        // Texts are examined whatever the edition they were written under.
        let apart = profile.apart().iter().map(|(answer, _)| answer);
        self.listen(newest.chain(apart).flat_map(in_answer).collect())
    }

    /// Returns notices about these answers.
    #[must_use]
    pub fn noticed_in(&self, answers: &[Answer]) -> Vec<SafetyNotice> {
        self.listen(answers.iter().flat_map(in_answer).collect())
    }

    /// Returns notices about actions of the plan.
    #[must_use]
    pub fn noticed_in_plan(&self, actions: &[Action]) -> Vec<SafetyNotice> {
        self.listen(actions.iter().flat_map(in_action).collect())
    }

    /// Returns notices about the content of a shared file.
    #[must_use]
    pub fn noticed_in_parcel(&self, parcel: &Parcel) -> Vec<SafetyNotice> {
        let answers = parcel.answers.iter().flat_map(in_answer);
        let sessions = parcel.sessions.iter().flat_map(in_session);
        self.listen(answers.chain(sessions).chain(parcel.actions.iter().flat_map(in_action)).collect())
    }

    /// Returns notices about a single text.
    #[must_use]
    pub fn noticed_in_text(&self, text: &str, on: Day) -> Vec<SafetyNotice> {
        let place = HeardIn { entry: String::new(), behaviour: String::new(), on, private: false };
        self.listen(vec![Utterance { text, place }])
    }

    fn listen(&self, texts: Vec<Utterance<'_>>) -> Vec<SafetyNotice> {
        listen(texts, &self.region, &self.library.contacts)
    }
}

impl Desk {
    /// Returns notices about everything that the person wrote recently, including sessions, notes and the plan, without
    /// those that were put aside.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn notices(&self, dossier: &Dossier) -> Result<Vec<SafetyNotice>, DeskError> {
        Ok(self.notices_and_put_aside(dossier)?.0)
    }

    /// Returns the same notices, and those that were put aside.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn notices_and_put_aside(
        &self,
        dossier: &Dossier,
    ) -> Result<(Vec<SafetyNotice>, Vec<SafetyNotice>), DeskError> {
        let from = dossier.today.checked_sub(jiff::Span::new().days(LISTENED_TO)).unwrap_or(Day::MIN);
        let mut texts: Vec<Utterance<'_>> = Vec::new();
        let late = |answer: &&Answer| answer.on >= from;
        let shown = dossier.shows(RecordKind::CoachRatings, Party::Client);
        let seen = |answer| in_answer(answer).map(|heard| if shown { heard.shared() } else { heard });
        texts.extend(dossier.answers.iter().filter(late).flat_map(seen));
        // Both client and coach see opened views.
        let opened = dossier.comparisons.iter().flat_map(|round| &round.answers);
        texts.extend(opened.filter(late).flat_map(|answer| in_answer(answer).map(Utterance::shared)));
        texts.extend(dossier.sessions.iter().filter(|session| session.on >= from).flat_map(in_session));
        texts.extend(dossier.actions.iter().filter(|action| action.changed_on >= from).flat_map(in_action));
        texts.extend(dossier.set_aside.iter().filter(|reason| reason.on >= from).map(in_reason));
        texts.sort_by_key(|heard| std::cmp::Reverse(heard.place.on));
        texts.truncate(MOST_LISTENED_TO);
        let profile = self.profile()?;
        let older = self.loaded_packs.noticed(profile);
        let mut notices = self.loaded_packs.listen(texts);
        join(&mut notices, older);
        join(&mut notices, self.noticed_unopened(dossier, from)?);
        let aside = self.aside()?;
        // A concern that was put aside for one entry and detected in another is reported for the other one only: if
        // that is a note for the coach, showing the first entry must not reveal it.
        let of = |is_aside: bool| {
            let here = |notice: &SafetyNotice| {
                let mut own = notice.clone();
                own.heard_in.retain(|place| aside.contains(&line_of(&notice.concern, place)) == is_aside);
                (!own.heard_in.is_empty()).then_some(own)
            };
            notices.iter().filter_map(here).collect()
        };
        Ok((of(false), of(true)))
    }

    /// Puts a notice aside until wording of the same concern is written again.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn put_notice_aside(&mut self, concern: &str) -> Result<(), DeskError> {
        let dossier = self.dossier()?;
        let notices = self.notices(&dossier)?;
        let mut lines = self.aside()?;
        for notice in notices.iter().filter(|notice| notice.concern == concern) {
            lines.extend(notice.heard_in.iter().map(|place| line_of(&notice.concern, place)));
        }
        self.keep_text(&Slot::Other(ASIDE_SLOT.to_owned()), &lines.join("\n"))?;
        Ok(())
    }

    fn aside(&self) -> Result<Vec<String>, DeskError> {
        self.lines_of(ASIDE_SLOT)
    }

    fn lines_of(&self, slot: &str) -> Result<Vec<String>, DeskError> {
        let kept = self.kept_text(&Slot::Other(slot.to_owned()))?.unwrap_or_default();
        Ok(kept.lines().map(str::to_owned).collect())
    }

    /// Saves what was detected in a sealed view: the concern, the round and whose view it is, but none of the text,
    /// which nobody may read before both views are opened.
    pub(super) fn keep_noticed_in_view(&mut self, round: &str, by: By, answers: &[Answer]) -> Result<(), DeskError> {
        let noticed = self.loaded_packs.noticed_in(answers);
        if noticed.is_empty() {
            return Ok(());
        }
        let mut lines = self.lines_of(UNOPENED_SLOT)?;
        lines.extend(noticed.iter().map(|notice| format!("{} {round} {}", notice.concern, by.id())));
        self.keep_text(&Slot::Other(UNOPENED_SLOT.to_owned()), &lines.join("\n")).map(drop)
    }

    /// Returns notices for sealed views; once both are opened, their answers are examined like all others.
    fn noticed_unopened(&self, dossier: &Dossier, from: Day) -> Result<Vec<SafetyNotice>, DeskError> {
        let mut notices = Vec::new();
        for line in self.lines_of(UNOPENED_SLOT)? {
            let [concern, id, by] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else { continue };
            let (Some(concern), Some(by)) = (concern_of(concern), By::parse(by)) else { continue };
            let waits = |round: &&Comparison| round.id == id && round.opened_on.is_none() && round.is_done(by);
            let round = dossier.comparisons.iter().find(waits).filter(|round| round.on >= from);
            notices.extend(round.map(|round| {
                let private = by == By::Coach;
                let place = HeardIn { entry: id.to_owned(), behaviour: String::new(), on: round.on, private };
                notice_of(concern, vec![place], &self.loaded_packs.region, &self.loaded_packs.library.contacts)
            }));
        }
        Ok(notices)
    }
}

fn line_of(concern: &str, place: &HeardIn) -> String {
    format!("{concern} {}", place.entry)
}

/// Merges notices, one for each concern, most urgent first.
fn join(known: &mut Vec<SafetyNotice>, more: Vec<SafetyNotice>) {
    for notice in more {
        match known.iter_mut().find(|known| known.concern == notice.concern) {
            Some(known) => {
                let new: Vec<HeardIn> =
                    notice.heard_in.into_iter().filter(|place| !known.heard_in.contains(place)).collect();
                known.heard_in.extend(new);
            }
            None => known.push(notice),
        }
    }
    known.sort_by_key(|notice| concerns().iter().position(|known| known.id == notice.concern));
}

fn in_answer(answer: &Answer) -> impl Iterator<Item = Utterance<'_>> {
    let place = HeardIn {
        entry: answer.id.clone(),
        behaviour: answer.behaviour.clone(),
        on: answer.on,
        private: answer.by == By::Coach,
    };
    answer.words().map(move |text| Utterance { text, place: place.clone() })
}

fn in_session(session: &Session) -> impl Iterator<Item = Utterance<'_>> {
    session.notes.iter().map(|note| Utterance {
        text: &note.text,
        place: HeardIn {
            entry: if note.id.is_empty() { session.id.clone() } else { note.id.clone() },
            behaviour: String::new(),
            on: session.on,
            private: note.seen == NoteFor::Coach,
        },
    })
}

fn in_reason(reason: &SetAside) -> Utterance<'_> {
    let place = HeardIn { entry: reason.id.clone(), behaviour: String::new(), on: reason.on, private: false };
    Utterance { text: &reason.words, place }
}

fn in_action(action: &Action) -> impl Iterator<Item = Utterance<'_>> {
    let intent = &action.intent;
    // Title, outcome and evidence of an activity are the pack's texts.
    let mine =
        [action.title.as_str(), &intent.outcome, &intent.evidence].into_iter().filter(|_| action.activity.is_none());
    let texts =
        [action.learned.as_str(), &intent.wish, &intent.obstacle, &intent.situation, &intent.response, &intent.helper];
    let place = HeardIn {
        entry: format!("{}/{}", action.id, action.changed_on),
        behaviour: action.behaviours.first().cloned().unwrap_or_default(),
        on: action.changed_on,
        private: false,
    };
    mine.chain(texts).map(move |text| Utterance { text, place: place.clone() })
}

//! How a stored answer is interpreted with the packs that are loaded. An answer keeps the titles and labels under which
//! it was given. It counts only if those still have the same meaning: the same edition, title and label, or ones that
//! the pack declares to be reworded with the same meaning. All other answers are listed but do not count.

use super::{Answer, BehaviourIx, Day, Library, Rated};

/// The titles and labels under which an answer was given. Each is empty if it is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Wording {
    /// Title of the behaviour.
    pub title: String,
    /// Label of the point on the rating scale; empty for a non-answer.
    pub label: String,
    /// Label of the point on the importance scale.
    pub importance: String,
}

impl Wording {
    /// Returns whether none of the texts is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.label.is_empty() && self.importance.is_empty()
    }
}

/// An answer that counts, expressed on the current scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Index of the behaviour.
    pub behaviour: BehaviourIx,
    /// Rating on the current scale.
    pub rated: Rated,
    /// Importance on the current scale; `None` if none was given or its label has another meaning.
    pub importance: Option<i64>,
}

/// Why an answer does not count and is not compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCompared {
    /// It is dated in the future.
    Ahead,
    /// It was given under another edition of the framework.
    Edition,
    /// Its rating is not on the scale.
    Scale,
    /// Its code has another title, so it may mean something else.
    Title,
    /// Its point has another label, so it may mean something else.
    Label,
    /// No loaded pack defines its behaviour.
    Gone,
}

impl NotCompared {
    /// Returns the identifier used in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Edition => "edition",
            Self::Scale => "scale",
            Self::Title => "title",
            Self::Label => "label",
            Self::Gone => "gone",
        }
    }

    /// Returns the reason as a clause; `edition` is that of the answer.
    #[must_use]
    pub fn words(self, edition: &str) -> String {
        match self {
            Self::Ahead => "its date is in the future".to_owned(),
            Self::Edition => format!("given under edition {edition}"),
            Self::Scale => "not on the scale as it is now".to_owned(),
            Self::Title => "the code now has another title".to_owned(),
            Self::Label => "the rating now has another label".to_owned(),
            Self::Gone => format!("the packs no longer have it (edition {edition})"),
        }
    }
}

impl Library {
    /// Interprets an answer as of `today`. No other code decides whether an answer counts.
    ///
    /// # Errors
    /// Returns the reason why the answer does not count.
    pub fn counted(&self, answer: &Answer, today: Day) -> Result<Counted, NotCompared> {
        if answer.on > today {
            return Err(NotCompared::Ahead);
        }
        let behaviour = self.find_in(&answer.framework, &answer.behaviour).ok_or(NotCompared::Gone)?;
        let framework = self.framework_of(behaviour);
        if framework.edition != answer.edition {
            return self.mapped(answer).ok_or(NotCompared::Edition);
        }
        let given = &answer.wording;
        if !self.behaviour(behaviour).was_called(&given.title) {
            return Err(NotCompared::Title);
        }
        if let Rated::Value(value) = answer.rated {
            let point = framework.scale.point(value).ok_or(NotCompared::Scale)?;
            if !point.was_labelled(&given.label) {
                return Err(NotCompared::Label);
            }
        }
        let same =
            |value: &i64| framework.importance.point(*value).is_some_and(|point| point.was_labelled(&given.importance));
        Ok(Counted { behaviour, rated: answer.rated, importance: answer.importance.filter(same) })
    }

    /// Converts an answer given under another edition. No pack can declare such a conversion yet, so the result is
    /// always `None`; an edition map belongs here and nowhere else.
    #[expect(clippy::unused_self, reason = "the map will be part of the library")]
    fn mapped(&self, _answer: &Answer) -> Option<Counted> {
        None
    }

    /// Returns the titles and labels of an answer: the stored ones or, if there are none, those of the packs if they
    /// have the same edition.
    #[must_use]
    pub fn wording(&self, answer: &Answer) -> Wording {
        if !answer.wording.is_empty() {
            return answer.wording.clone();
        }
        let Some(ix) = self.find_in(&answer.framework, &answer.behaviour) else { return Wording::default() };
        let framework = self.framework_of(ix);
        if framework.edition != answer.edition {
            return Wording::default();
        }
        let label = |value: Option<i64>, scale: &super::Scale| {
            value.and_then(|value| scale.label(value)).unwrap_or_default().to_owned()
        };
        Wording {
            title: self.behaviour(ix).title.clone(),
            label: label(answer.rated.value(), &framework.scale),
            importance: label(answer.importance, &framework.importance),
        }
    }

    /// Returns a copy of the answer with [`Library::wording`] filled in.
    #[must_use]
    pub fn worded(&self, answer: &Answer) -> Answer {
        Answer { wording: self.wording(answer), ..answer.clone() }
    }
}

impl Answer {
    /// Returns the rating in the words in which it was given: `2 (When reminded)`, `Can't say`, `not rated`, or the
    /// number alone if its label is not known.
    #[must_use]
    pub fn rating_words(&self) -> String {
        match self.rated {
            Rated::Unanswered => "not rated".to_owned(),
            Rated::Value(value) if self.wording.label.is_empty() => value.to_string(),
            Rated::Value(value) => format!("{value} ({})", self.wording.label),
            Rated::Not(kind) => kind.title().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = jiff::civil::date(2026, 11, 22);

    fn library() -> Library {
        crate::pack::load(&crate::pack::builtin_packs()).library
    }

    fn answer(value: i64) -> Answer {
        Answer {
            framework: "empowered-communities".to_owned(),
            edition: "2012".to_owned(),
            behaviour: "FL-5".to_owned(),
            rated: Rated::Value(value),
            importance: Some(3),
            ..Answer::blank(jiff::civil::date(2026, 9, 1))
        }
    }

    #[test]
    fn an_answer_counts_only_in_the_words_it_was_given_in() {
        let mut library = library();
        let own = library.worded(&answer(2));
        assert!(!own.wording.title.is_empty() && !own.wording.label.is_empty() && !own.wording.importance.is_empty());
        assert!(library.counted(&own, TODAY).is_ok());
        let why = |answer: &Answer, library: &Library| library.counted(answer, TODAY).err();
        assert_eq!(why(&Answer { edition: "2009".to_owned(), ..own.clone() }, &library), Some(NotCompared::Edition));
        assert_eq!(
            why(&Answer { on: jiff::civil::date(2026, 11, 23), ..own.clone() }, &library),
            Some(NotCompared::Ahead)
        );
        assert_eq!(why(&Answer { behaviour: "FL-77".to_owned(), ..own.clone() }, &library), Some(NotCompared::Gone));
        assert_eq!(why(&Answer { rated: Rated::Value(9), ..own.clone() }, &library), Some(NotCompared::Scale));
        // The pack changes its scale and keeps the edition.
        let framework = library.frameworks.iter_mut().find(|own| own.id == "empowered-communities").expect("built in");
        let point = framework.scale.points.iter_mut().find(|point| point.value == 2).expect("a point");
        let before = std::mem::replace(&mut point.label, "Always".to_owned());
        assert_eq!(why(&own, &library), Some(NotCompared::Label));
        // The pack declares that both wordings mean the same.
        let framework = library.frameworks.iter_mut().find(|own| own.id == "empowered-communities").expect("built in");
        let point = framework.scale.points.iter_mut().find(|point| point.value == 2).expect("a point");
        point.reworded.push(before);
        assert_eq!(why(&own, &library), None);
        assert_eq!(own.rating_words(), format!("2 ({})", own.wording.label), "its own words stay");
        // The code is reused for another behaviour.
        let ix = library.find("FL-5").expect("built in");
        let behaviour = library.behaviours.get_mut(ix.at()).expect("it is there");
        let before = std::mem::replace(&mut behaviour.title, "Something else".to_owned());
        assert_eq!(why(&own, &library), Some(NotCompared::Title));
        let behaviour = library.behaviours.get_mut(ix.at()).expect("it is there");
        behaviour.reworded.push(before);
        assert_eq!(why(&own, &library), None);
    }

    #[test]
    fn importance_under_another_label_is_not_known() {
        let mut library = library();
        let own = library.worded(&answer(2));
        let framework = library.frameworks.iter_mut().find(|own| own.id == "empowered-communities").expect("built in");
        framework.importance.points.iter_mut().for_each(|point| point.label.push('!'));
        let counted = library.counted(&own, TODAY).expect("the rating still counts");
        assert_eq!((counted.rated, counted.importance), (Rated::Value(2), None));
    }
}

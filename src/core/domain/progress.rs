//! How one person's ratings changed: dated snapshots, each behaviour between two days, and a profile by theme. Words
//! come first, and there is never a single score for a person. Answers under another edition are listed and never
//! combined with current ones.

use std::collections::{BTreeMap, BTreeSet};

use super::behaved::Behaved;
use super::course::quotes;
use super::progress_words::in_words;
use super::{
    Answer, BehaviourIx, By, Day, Dossier, Excluded, Framework, Library, Party, RatingHistory, RecordKind, ThemeProfile,
};

/// Whether content that only the coach may read is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Private {
    /// Excluded: somebody else may see the screen.
    #[default]
    Hidden,
    /// Included: the coach is alone and asked for it.
    Shown,
}

/// A day on which somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnapshotDay {
    /// The day.
    pub on: Day,
    /// Number of answers that the person gave.
    pub own: usize,
    /// Number of answers that others gave about the person.
    pub others: usize,
}

/// Options for building a [`Progress`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asking {
    /// The two days to compare; `None` for the first and the newest day.
    pub days: Option<(Day, Day)>,
    /// Whether content that only the coach may read is included.
    pub private: Private,
}

/// The progress of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Id of the person.
    pub person: String,
    /// The options it was built with.
    pub asked: Asking,
    /// The day on which it was built.
    pub today: Day,
    /// Days on which somebody answered, oldest first.
    pub days: Vec<SnapshotDay>,
    /// The two days that are compared; `None` if there are no answers.
    pub span: Option<(Day, Day)>,
    /// A summary in a few sentences.
    pub words: Vec<String>,
    /// Themes of all frameworks with at least one answer, in the order of the frameworks.
    pub themes: Vec<ThemeProfile>,
    /// Answered behaviours in the order of the library; those that no pack defines any more come last.
    pub rows: Vec<Behaved>,
}

impl Progress {
    /// Builds the progress from the first to the newest day.
    #[must_use]
    pub fn of(library: &Library, dossier: &Dossier) -> Self {
        Self::asked(library, dossier, Asking::default())
    }

    /// Builds the progress between two days, optionally with content that only the coach may read.
    #[must_use]
    pub fn asked(library: &Library, dossier: &Dossier, asked: Asking) -> Self {
        let seen = |by: By| {
            let agreed = || dossier.shows(RecordKind::CoachRatings, Party::Client);
            by == By::Myself || asked.private == Private::Shown || agreed()
        };
        let mut answers: Vec<&Answer> = dossier.answers.iter().filter(|answer| seen(answer.by)).collect();
        answers.sort();
        // Answers dated in the future are listed but not used for comparison.
        let come: Vec<&Answer> = answers.iter().copied().filter(|answer| answer.on <= dossier.today).collect();
        let days = days(&come);
        let span = asked.days.or_else(|| Some((days.first()?.on, days.last()?.on)));
        let span = span.or_else(|| (!answers.is_empty()).then_some((dossier.today, dossier.today)));
        let span = span.map(|(from, to)| (from.min(to), from.max(to)));
        let mut grouped: BTreeMap<(&str, &str), Vec<&Answer>> = BTreeMap::new();
        for answer in &answers {
            grouped.entry((&answer.framework, &answer.behaviour)).or_default().push(answer);
        }
        let mut progress = Self {
            person: dossier.person.id.clone(),
            asked,
            today: dossier.today,
            days,
            span,
            words: Vec::new(),
            themes: Vec::new(),
            rows: Vec::new(),
        };
        if let Some(span) = span {
            let one = |((framework, code), list): (&(&str, &str), &Vec<&Answer>)| {
                behaved(library, dossier, (framework, code), list, span)
            };
            progress.rows = grouped.iter().map(one).collect();
            let place = |ix: BehaviourIx| library.place_of(&library.behaviour(ix).framework);
            progress.rows.sort_by_key(|row| (row.ix.is_none(), row.ix.map(place), row.ix));
            progress.profile(library, dossier);
            progress.words = in_words(&progress, dossier, span);
        }
        progress
    }

    /// Builds the themes of every framework with at least one answer.
    fn profile(&mut self, library: &Library, dossier: &Dossier) {
        let touched: BTreeSet<&str> =
            self.rows.iter().filter_map(|row| Some(library.behaviour(row.ix?).framework.as_str())).collect();
        let mut touched: Vec<&Framework> =
            library.frameworks.iter().filter(|framework| touched.contains(framework.id.as_str())).collect();
        touched.sort_by_key(|framework| library.place_of(&framework.id));
        for framework in touched {
            for theme in &framework.themes {
                let is_answered = self.rows.iter().any(|row| {
                    row.ix.is_some_and(|ix| {
                        let behaviour = library.behaviour(ix);
                        behaviour.framework == framework.id && behaviour.theme == theme.code
                    })
                });
                if !is_answered && theme.is_for_others(framework, dossier.person.level.as_deref()) {
                    continue;
                }
                let at = self.themes.len();
                let of_theme = |ix: BehaviourIx| {
                    let behaviour = library.behaviour(ix);
                    behaviour.framework == framework.id && behaviour.theme == theme.code
                };
                for row in self.rows.iter_mut().filter(|row| row.ix.is_some_and(of_theme)) {
                    row.theme = Some(at);
                }
                let rows: Vec<&Behaved> = self.rows.iter().filter(|row| row.theme == Some(at)).collect();
                let meant = |ix: &BehaviourIx| {
                    let answered = || rows.iter().any(|row| row.ix == Some(*ix));
                    dossier.person.organisation.meets(library.behaviour(*ix).applies_to) || answered()
                };
                let of = library.indices().filter(|ix| of_theme(*ix)).filter(meant).count();
                let profile = ThemeProfile::of(framework, theme, &rows, of);
                self.themes.push(profile);
            }
        }
    }
}

fn days(answers: &[&Answer]) -> Vec<SnapshotDay> {
    let mut days: Vec<SnapshotDay> = Vec::new();
    for answer in answers {
        if days.last().is_none_or(|last| last.on != answer.on) {
            days.push(SnapshotDay { on: answer.on, own: 0, others: 0 });
        }
        if let Some(day) = days.last_mut() {
            if answer.by == By::Myself { day.own += 1 } else { day.others += 1 }
        }
    }
    days
}

fn behaved(
    library: &Library,
    dossier: &Dossier,
    (framework_id, code): (&str, &str),
    answers: &[&Answer],
    span: (Day, Day),
) -> Behaved {
    let ix = library.find_in(framework_id, code);
    let framework = ix.map(|ix| library.framework_of(ix));
    let apart = |answer: &Answer| library.counted(answer, dossier.today).err();
    let read = |answer: &&Answer| {
        let counted = library.counted(answer, dossier.today).ok()?;
        Some(Answer { rated: counted.rated, importance: counted.importance, ..library.worded(answer) })
    };
    let compared: Vec<Answer> = answers.iter().filter_map(read).collect();
    let set_apart = |answer: &&Answer| {
        Some(Excluded {
            on: answer.on,
            by: answer.by,
            rated: answer.rated,
            said: library.worded(answer).rating_words(),
            title: library.wording(answer).title,
            edition: answer.edition.clone(),
            why: apart(answer)?,
            quotes: quotes(library, answer).collect(),
        })
    };
    let course = |(by, own): (By, Vec<&Answer>)| {
        let course = RatingHistory::of(&own, library, &framework?.scale, span);
        course.latest.is_some().then_some((by, course))
    };
    // Two answers by others may be from different people, so each has a history of its own.
    let views = By::ALL.into_iter().flat_map(|by| {
        let own: Vec<&Answer> = compared.iter().filter(|answer| answer.by == by).collect();
        if by == By::Other { own.into_iter().map(|one| (by, vec![one])).collect() } else { vec![(by, own)] }
    });
    let level = framework.zip(dossier.person.level.as_deref()).and_then(|(own, level)| own.level(level));
    let target = ix.and_then(|ix| library.target(ix, level.map(|(_, level)| level.id.as_str())));
    let mut newest = compared.iter().rev().filter(|answer| answer.by == By::Myself && answer.on <= span.1);
    let importance = newest.find_map(|answer| answer.importance);
    let label = |scale: &super::Scale, value: i64| (value, scale.label(value).unwrap_or_default().to_owned());
    // The current title is used only if at least one answer counts under it.
    let own = answers.iter().rev().map(|answer| library.wording(answer).title).find(|title| !title.is_empty());
    let now = ix.map(|ix| library.behaviour(ix).title.clone());
    let title = if compared.is_empty() { own.or(now) } else { now };
    let title = title.unwrap_or_else(|| code.to_owned());
    Behaved {
        ix,
        full_code: format!("{framework_id}/{code}"),
        code: ix.map_or_else(|| code.to_owned(), |ix| library.behaviour(ix).code.clone()),
        title,
        theme: None,
        scale: framework.map_or_else(Vec::new, |own| {
            own.scale.points.iter().map(|point| (point.value, point.label.clone())).collect()
        }),
        courses: views.filter_map(course).collect(),
        importance: framework.zip(importance).map(|(own, value)| label(&own.importance, value)),
        target: framework.zip(target).map(|(own, value)| label(&own.scale, value)),
        is_suggested: framework.is_some_and(|own| library.suggests_targets(own)),
        apart: answers.iter().filter_map(set_apart).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Comparison, Mean, Move, NonAnswer, NotCompared, Person, Rated};

    fn library() -> Library {
        crate::pack::load(&crate::pack::builtin_packs()).library
    }

    fn answer(code: &str, (month, day): (i8, i8), rated: Rated) -> Answer {
        Answer {
            id: format!("{month:02}{day:02}{code}"),
            framework: "empowered-communities".to_owned(),
            edition: "2012".to_owned(),
            behaviour: code.to_owned(),
            rated,
            importance: Some(3),
            evidence: format!("What I saw on day {day}."),
            ..Answer::blank(jiff::civil::date(2026, month, day))
        }
    }

    fn dossier(answers: Vec<Answer>) -> Dossier {
        let person = Person { level: Some("managers".to_owned()), ..Person::default() };
        Dossier { today: jiff::civil::date(2026, 11, 22), person, answers, ..Dossier::default() }
    }

    fn row<'a>(progress: &'a Progress, code: &str) -> &'a Behaved {
        progress.rows.iter().find(|row| row.code == code).expect("it was answered")
    }

    #[test]
    fn another_edition_is_listed_and_never_joined_with_todays() {
        let library = library();
        let old = Answer { edition: "2009".to_owned(), ..answer("FL-5", (2, 1), Rated::Value(5)) };
        let gone = answer("FL-77", (3, 1), Rated::Value(1));
        let off = Answer { edition: "2012".to_owned(), ..answer("FL-5", (4, 1), Rated::Value(9)) };
        let new = answer("FL-5", (9, 1), Rated::Value(2));
        let newer = answer("FL-5", (10, 1), Rated::Value(3));
        let progress = Progress::of(&library, &dossier(vec![newer, new, off, gone, old]));
        let known = row(&progress, "FL-5");
        let course = known.by(By::Myself).expect("rated");
        assert_eq!(course.line.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(known.moved(), Move::Up(1));
        let why: Vec<NotCompared> = known.apart.iter().map(|apart| apart.why).collect();
        assert_eq!(why, [NotCompared::Edition, NotCompared::Scale]);
        assert_eq!(
            known.apart[0].words(&known.title, progress.today),
            "5 on 1 Feb, given under edition 2009 and not compared"
        );
        assert_eq!(known.apart[0].quotes[0].text, "What I saw on day 1.");
        assert_eq!(row(&progress, "FL-77").apart[0].why, NotCompared::Gone);
        // Neither enters a mean.
        let theme = progress.themes.iter().find(|theme| theme.code == "FL").expect("answered");
        assert_eq!(theme.own.mean, Some(Mean { tenths: 30, n: 1 }));
        assert!(progress.words.iter().any(|words| words.starts_with("3 answers were given under another edition")));
    }

    #[test]
    fn a_non_answer_is_counted_and_in_no_mean_and_n_is_that_of_the_organisation() {
        let library = library();
        let answers = vec![
            answer("DT-1", (9, 1), Rated::Value(2)),
            answer("DT-2", (9, 1), Rated::Value(5)),
            answer("DT-3", (9, 1), Rated::Not(NonAnswer::CannotSay)),
            answer("DT-4", (9, 1), Rated::Not(NonAnswer::NotApplicable)),
            answer("DT-5", (9, 1), Rated::Unanswered),
        ];
        let mut dossier = dossier(answers);
        let theme = |dossier: &Dossier| {
            let progress = Progress::of(&library, dossier);
            progress.themes.iter().find(|theme| theme.code == "DT").expect("answered").clone()
        };
        let all = theme(&dossier);
        assert_eq!(
            (all.own.mean, all.own.not, all.own.unanswered, all.of),
            (Some(Mean { tenths: 35, n: 2 }), [1, 1, 0], 7, 11)
        );
        assert_eq!(all.words(), "3.5 (2 of 11 rated)");
        assert!(all.apart().contains("Can't say (1)"), "{}", all.apart());
        dossier.person.organisation = crate::domain::Organisation::Provider;
        assert_eq!(theme(&dossier).of, 10, "one is for commissioners");
        assert_eq!(all.again, None, "nothing was rated twice");
    }

    #[test]
    fn any_two_days_can_be_compared_and_like_stands_beside_like() {
        let library = library();
        let days = [("FL-5", 9, 2), ("FL-1", 9, 4), ("FL-5", 10, 3), ("FL-2", 10, 1), ("FL-5", 11, 5), ("FL-1", 11, 4)];
        let answers = days.map(|(code, month, value)| answer(code, (month, 1), Rated::Value(value)));
        let dossier = dossier(answers.to_vec());
        let whole = Progress::of(&library, &dossier);
        assert_eq!(whole.days.len(), 3);
        let theme = |progress: &Progress| progress.themes.iter().find(|theme| theme.code == "FL").cloned();
        let again = theme(&whole).and_then(|theme| theme.again).expect("two were rated twice");
        assert_eq!((again.before, again.after), (Mean { tenths: 30, n: 2 }, Mean { tenths: 45, n: 2 }));
        assert_eq!(whole.words[0], "Since 1 Sep you rated 3 behaviours: 1 went up, 1 stayed and 1 rated once so far.");
        let on = |month| jiff::civil::date(2026, month, 1);
        let part = Asking { days: Some((on(9), on(10))), private: Private::Hidden };
        let part = Progress::asked(&library, &dossier, part);
        assert_eq!(row(&part, "FL-5").moved(), Move::Up(1));
        assert_eq!(row(&part, "FL-1").moved(), Move::Once);
        assert!(part.words[0].starts_with("Between 1 Sep and 1 Oct you rated 3 behaviours"), "{}", part.words[0]);
        let back = Asking { days: Some((on(10), on(9))), private: Private::Hidden };
        assert_eq!(Progress::asked(&library, &dossier, back).span, part.span, "whichever is named first");
    }

    #[test]
    fn sealed_views_are_never_seen_and_the_coachs_ratings_only_where_it_was_agreed() {
        let library = library();
        let own = answer("FL-5", (9, 1), Rated::Value(2));
        let coach = Answer { by: By::Coach, ..answer("FL-5", (9, 2), Rated::Value(4)) };
        let mut with = dossier(vec![own.clone(), coach]);
        with.comparisons.push(Comparison {
            id: "c".to_owned(),
            on: own.on,
            behaviours: vec![(own.framework.clone(), "FL-5".to_owned())],
            client_done: true,
            coach_done: true,
            opened_on: None,
            answers: vec![Answer { by: By::Coach, ..answer("FL-1", (9, 3), Rated::Value(1)) }],
        });
        let agreed = Progress::of(&library, &with);
        assert_eq!(row(&agreed, "FL-5").gap(), Some(2));
        assert!(agreed.rows.iter().all(|row| row.code != "FL-1"), "a view that is sealed is nowhere");
        let mut terms = crate::domain::Engagement::usual(with.today);
        terms.may_see.remove(&(RecordKind::CoachRatings, Party::Client));
        with.engagements.push(terms);
        let hidden = Progress::of(&library, &with);
        assert_eq!((row(&hidden, "FL-5").gap(), hidden.days.len()), (None, 1));
        let shown = Progress::asked(&library, &with, Asking { private: Private::Shown, ..Asking::default() });
        assert_eq!(row(&shown, "FL-5").gap(), Some(2));
    }

    #[test]
    fn no_answers_are_no_progress_and_no_fault() {
        let empty = Progress::of(&library(), &dossier(Vec::new()));
        assert!(empty.words.is_empty() && empty.themes.is_empty() && empty.span.is_none());
    }
}

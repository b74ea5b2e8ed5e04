//! Comparison of two versions of a pack, and the version step that the changes require: **major** if an id was removed
//! or a locked rule was loosened, **minor** if ids were added or conditions, suggestions or orders changed, **patch**
//! for changes of wording (RULES.md 4.3).

use std::collections::BTreeMap;

use super::LoadedPacks;
use super::meaning::{ShiftKind, shifts};
use crate::domain::{Answer, Story};
use crate::rules::{Rule, in_words};

/// Size of a version step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    None,
    /// Changes of wording only.
    Patch,
    /// Additional or different advice.
    Minor,
    /// Something that others may rely on was removed.
    Major,
}

impl Step {
    /// Returns the name used in semantic versioning.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "no",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The version step that it requires.
    pub step: Step,
    /// Description, as a phrase.
    pub words: String,
}

/// All changes of one pack.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Version number of the older version.
    pub from: String,
    /// Version number of the newer version.
    pub to: String,
    /// Changes, largest step first.
    pub changes: Vec<Changed>,
    /// Whether answers have another meaning although the edition is the same.
    pub shifted: bool,
}

impl Edition {
    /// Compares a pack as loaded in `old` and in `new`.
    #[must_use]
    pub fn between(old: &LoadedPacks, new: &LoadedPacks, pack: &str) -> Self {
        let version = |loaded_packs: &LoadedPacks| {
            let found = loaded_packs.library.packs.iter().find(|info| info.id == pack);
            found.map_or_else(String::new, |info| info.version.clone())
        };
        let mut changes = Vec::new();
        rules(old, new, pack, &mut changes);
        activities(old, new, pack, &mut changes);
        let shifted = frameworks(old, new, pack, &mut changes);
        changes.sort_by(|a: &Changed, b: &Changed| b.step.cmp(&a.step).then_with(|| a.words.cmp(&b.words)));
        Self { from: version(old), to: version(new), changes, shifted }
    }

    /// Returns the largest step that a change requires.
    #[must_use]
    pub fn needed(&self) -> Step {
        self.changes.iter().map(|change| change.step).max().unwrap_or(Step::None)
    }

    /// Returns the step between the version numbers; `None` if the newer one is lower or one is invalid.
    #[must_use]
    pub fn taken(&self) -> Option<Step> {
        let (from, to) = (semver::Version::parse(&self.from).ok()?, semver::Version::parse(&self.to).ok()?);
        if to < from {
            return None;
        }
        Some(match () {
            () if to.major > from.major => Step::Major,
            () if to.minor > from.minor => Step::Minor,
            () if to > from => Step::Patch,
            () => Step::None,
        })
    }
}

fn by_id<'a>(loaded_packs: &'a LoadedPacks, pack: &str) -> BTreeMap<&'a str, &'a Rule> {
    let own = loaded_packs.rules.rules().iter().filter(|rule| rule.pack == pack);
    own.map(|rule| (rule.id.as_str(), rule)).collect()
}

fn rules(old: &LoadedPacks, new: &LoadedPacks, pack: &str, changes: &mut Vec<Changed>) {
    let (before, now) = (by_id(old, pack), by_id(new, pack));
    let mut say = |step: Step, words: String| changes.push(Changed { step, words });
    for (id, rule) in &before {
        match now.get(new.library.current_id(id)) {
            None => say(Step::Major, format!("the rule {id} is gone")),
            Some(other) => one_rule((old, rule), (new, other), &mut say),
        }
    }
    for id in now.keys().filter(|id| !before.keys().any(|before| new.library.current_id(before) == **id)) {
        say(Step::Minor, format!("the rule {id} is new"));
    }
}

fn one_rule(
    (old, before): (&LoadedPacks, &Rule),
    (new, now): (&LoadedPacks, &Rule),
    say: &mut impl FnMut(Step, String),
) {
    let id = &now.id;
    if before.id != *id {
        say(Step::Minor, format!("the rule {} is now called {id}", before.id));
    }
    if before.locked && !now.locked {
        say(Step::Major, format!("the rule {id} is no longer locked"));
    }
    let (was, is) = (in_words(&before.when, &old.library), in_words(&now.when, &new.library));
    if was != is {
        let step = if before.locked { Step::Major } else { Step::Minor };
        say(step, format!("the rule {id} has another condition: {was} \u{2192} {is}"));
    }
    if before.suggest != now.suggest {
        say(
            Step::Minor,
            format!("the rule {id} suggests {} instead of {}", now.suggest.join(", "), before.suggest.join(", ")),
        );
    }
    if before.priority != now.priority {
        say(Step::Minor, format!("the rule {id} has priority {} instead of {}", now.priority, before.priority));
    }
    if before.cooldown != now.cooldown {
        say(Step::Minor, format!("the rule {id} has a cooldown of {} instead of {}", now.cooldown, before.cooldown));
    }
    if before.topic != now.topic {
        say(Step::Minor, format!("the rule {id} is in the topic {} instead of {}", now.topic, before.topic));
    }
    if !before.locked && now.locked {
        say(Step::Minor, format!("the rule {id} is locked now"));
    }
    if (&before.title, &before.because) != (&now.title, &now.because) {
        say(Step::Patch, format!("the rule {id} has other words"));
    }
}

/// Lists the changes of frameworks; returns whether answers have another meaning under the same edition.
fn frameworks(old: &LoadedPacks, new: &LoadedPacks, pack: &str, changes: &mut Vec<Changed>) -> bool {
    let mut shifted = false;
    for shift in shifts(&old.library, &new.library, pack) {
        let step = match shift.kind {
            ShiftKind::Meaning | ShiftKind::Edition => Step::Major,
            ShiftKind::Around => Step::Minor,
            ShiftKind::Reworded => Step::Patch,
        };
        let words = match shift.kind {
            ShiftKind::Meaning => format!("under the same edition of {}, {}", shift.framework, shift.words),
            ShiftKind::Reworded => format!("{}, declared to mean the same", shift.words),
            ShiftKind::Edition | ShiftKind::Around => shift.words,
        };
        shifted |= shift.kind == ShiftKind::Meaning;
        changes.push(Changed { step, words });
    }
    shifted
}

/// Returns the number of answers that count with the old packs but not with the new ones.
#[must_use]
pub fn answers_that_stop(old: &LoadedPacks, new: &LoadedPacks, stories: &[&Story]) -> usize {
    let counts = |loaded_packs: &LoadedPacks, story: &Story, answer: &Answer| {
        loaded_packs.library.counted(answer, story.today).is_ok()
    };
    let of = |story: &&Story| {
        // Answers without titles and labels were given with those of the old packs.
        let given = story.answers.iter().map(|answer| old.library.worded(answer));
        given.filter(|answer| counts(old, story, answer) && !counts(new, story, answer)).count()
    };
    stories.iter().map(of).sum()
}

fn activities(old: &LoadedPacks, new: &LoadedPacks, pack: &str, changes: &mut Vec<Changed>) {
    let own = |loaded_packs: &LoadedPacks| -> BTreeMap<String, String> {
        let all = loaded_packs.library.activities.iter().filter(|activity| activity.pack == pack);
        all.map(|activity| (activity.id.clone(), format!("{activity:?}"))).collect()
    };
    let (before, now) = (own(old), own(new));
    let mut say = |step: Step, words: String| changes.push(Changed { step, words });
    for (id, was) in &before {
        match now.get(new.library.current_id(id)) {
            None => say(Step::Major, format!("the activity {id} is gone")),
            Some(is) if is != was => say(Step::Patch, format!("the activity {id} has changed")),
            Some(_) => {}
        }
    }
    for id in now.keys().filter(|id| !before.keys().any(|before| new.library.current_id(before) == id.as_str())) {
        say(Step::Minor, format!("the activity {id} is new"));
    }
}

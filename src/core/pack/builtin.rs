//! The packs compiled into the binary from `rules/`. A test compares this list with the folder.

use super::source::PackFiles;

/// The origin stated by built-in packs.
pub(super) const ORIGIN: &str = crate::domain::BUILT_IN;

macro_rules! packs {
    ($($id:literal: [$($path:literal),* $(,)?]),* $(,)?) => {
        &[$(($id, &[$(($path, include_str!(concat!("../../../rules/", $id, "/", $path)))),*])),*]
    };
}

/// Built-in packs as `(pack, [(path, text)])`, lowest layer first.
const PACKS: &[(&str, &[(&str, &str)])] = packs! {
    "lqf": [
        "pack.toml",
        "framework.toml",
        "prompts.toml",
        "activities.toml",
        "rules/10-element-not-yet.rhai",
        "rules/20-element-to-share.rhai",
        "rules/30-a-senior-dimension.rhai",
        "cases/elements.toml",
    ],
    "empowered-communities": [
        "pack.toml",
        "framework.toml",
        "prompts.toml",
        "activities.toml",
        "synonyms.toml",
        "rules/10-matters-and-not-yet.rhai",
        "rules/12-one-step-to-go.rhai",
        "rules/15-tried-and-not-moved.rhai",
        "rules/16-a-course-may-help.rhai",
        "rules/17-beside-the-course.rhai",
        "rules/20-not-yet.rhai",
        "rules/22-putting-it-off.rhai",
        "rules/25-no-time.rhai",
        "rules/26-new-here.rhai",
        "rules/30-slipping.rhai",
        "rules/32-rising.rhai",
        "rules/35-standing-still.rhai",
        "rules/37-always-this-one.rhai",
        "rules/38-set-aside-again.rhai",
        "rules/40-a-strength-to-lend.rhai",
        "rules/42-theme-to-teach.rhai",
        "rules/43-best-so-far.rhai",
        "rules/44-more-than-is-asked.rhai",
        "rules/45-gone-quiet.rhai",
        "rules/46-lowest-that-matters.rhai",
        "rules/50-cannot-say.rhai",
        "rules/51-out-of-sight.rhai",
        "rules/52-not-part-of-my-role.rhai",
        "rules/55-coach-sees-it-differently.rhai",
        "rules/56-others-see-it-differently.rhai",
        "rules/57-two-of-you-see-it.rhai",
        "rules/58-your-coach-has-rated-it.rhai",
        "rules/60-doing-it-all-myself.rhai",
        "rules/61-told-afterwards.rhai",
        "rules/62-afraid-of-getting-it-wrong.rhai",
        "rules/63-a-label-for-a-person.rhai",
        "rules/64-pilot-after-pilot.rhai",
        "rules/65-hands-tied.rhai",
        "rules/66-running-on-empty.rhai",
        "rules/67-worn-thin.rhai",
        "rules/68-hard-to-say.rhai",
        "rules/69-a-voice-in-the-room.rhai",
        "rules/69-nobody-says-how-i-do.rhai",
        "rules/69-not-speaking.rhai",
        "rules/70-far-from-the-front-line.rhai",
        "rules/71-a-voice-from-the-floor.rhai",
        "rules/72-buying-hours.rhai",
        "rules/73-the-same-everywhere.rhai",
        "rules/74-the-same-offer.rhai",
        "rules/75-a-part-of-your-own.rhai",
        "rules/77-sharing-hangs-together.rhai",
        "rules/80-uneven-theme.rhai",
        "rules/81-one-theme-behind.rhai",
        "rules/82-a-new-theme.rhai",
        "rules/83-all-alike.rhai",
        "rules/85-few-words.rhai",
        "rules/86-plan-is-full.rhai",
        "rules/87-plan-is-late.rhai",
        "rules/90-first-day-here.rhai",
        "rules/91-thought-and-not-tried.rhai",
        "rules/92-a-practised-hand.rhai",
        "rules/93-only-courses-so-far.rhai",
        "rules/94-never-with-others.rhai",
        "rules/95-asking-is-put-off.rhai",
        "rules/96-feedback-left-lying.rhai",
        "rules/97-it-did-not-help.rhai",
        "rules/97-harder-than-it-looked.rhai",
        "rules/98-a-trial-that-failed.rhai",
        "cases/in-their-words.toml",
        "cases/over-time.toml",
        "cases/several-views.toml",
        "cases/the-plan.toml",
        "cases/themes.toml",
        "cases/what-was-tried.toml",
        "cases/where-to-begin.toml",
        "cases/who-and-where.toml",
    ],
    "models": ["pack.toml", "models.toml"],
};

/// Returns the built-in packs in layer order.
#[must_use]
pub fn builtin_packs() -> Vec<PackFiles> {
    PACKS
        .iter()
        .map(|(id, files)| PackFiles {
            label: (*id).to_owned(),
            origin: ORIGIN.to_owned(),
            files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        })
        .collect()
}

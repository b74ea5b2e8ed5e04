//! Sheet of what a person's own records contain about one behaviour: rating, last reflection, planned actions, and
//! activities for it. It is shown beside the behaviour if there is room.

use super::sheet::Sheet;
use super::{ActionStatus, BehaviourIx, Dossier, Library, Profile, Reflection, short_day, truncate};

/// Maximum number of activities listed.
const ACTIVITIES: usize = 5;
/// Maximum number of characters of the last reflection.
const WORDS: usize = 280;

impl Sheet {
    /// Builds the sheet of one person's records about one behaviour.
    #[must_use]
    pub fn yours(library: &Library, ix: BehaviourIx, profile: &Profile, dossier: &Dossier) -> Self {
        let mut sheet = Self::default();
        let (scale, today) = (&library.framework_of(ix).scale, profile.today);
        let Some(standing) = profile.of(ix) else {
            sheet.note("You have not reflected on this yet.");
            sheet.could_do(library, ix);
            return sheet;
        };
        sheet.pair("Now", format!("{}, {}", standing.words(scale), short_day(standing.on, today)));
        let importance = standing.importance.and_then(|value| library.framework_of(ix).importance.label(value));
        if let Some(importance) = importance {
            sheet.pair("In your role", importance.to_owned());
        }
        let earlier: Vec<String> = standing
            .history
            .iter()
            .rev()
            .filter(|(day, _)| *day < standing.on)
            .take(3)
            .map(|(day, value)| format!("{value} ({})", short_day(*day, today)))
            .collect();
        if !earlier.is_empty() {
            sheet.pair("Before", earlier.join(", "));
        }
        let written = |words: &Reflection| !words.text.trim().is_empty();
        if let Some(words) =
            standing.answers.iter().rev().find_map(|answer| answer.reflections.iter().find(|one| written(one)))
        {
            sheet.heading("What you wrote last");
            let asked = library.question(&words.prompt);
            sheet.note(asked);
            sheet.text(truncate(words.text.trim(), WORDS));
        }
        let code = format!("{}/{}", library.behaviour(ix).framework, library.behaviour(ix).code);
        let planned: Vec<String> = dossier
            .actions
            .iter()
            .filter(|action| action.status == ActionStatus::Open && action.behaviours.contains(&code))
            .map(|action| action.title.clone())
            .collect();
        sheet.points("In your plan", &planned);
        sheet.could_do(library, ix);
        sheet
    }

    fn could_do(&mut self, library: &Library, ix: BehaviourIx) {
        let fit = library.activities.iter().filter(|activity| activity.behaviours.contains(&ix));
        let titles: Vec<String> =
            fit.take(ACTIVITIES).map(|activity| format!("{} ({})", activity.title, activity.effort())).collect();
        self.points("Things you could try", &titles);
    }
}

//! Previews of what the rows of the first screen lead to, and recent activity; shown beside the list in a wide window.

use super::home::Target;
use super::model::Model;
use super::secret::{SecretFor, SecretPage};
use super::tour::card;
use super::view::PageView;
use crate::domain::{Answer, BehaviourIx, By, Library, Sheet, short_day};
use crate::search::syntax;

const ABOUT_ME: [&str; 2] = [
    "Cairn describes behaviours for your role. Some activities and rules are for one kind of organisation only.",
    "Nothing else depends on this. You can skip it.",
];
const PEOPLE: [&str; 1] =
    ["Each client has their own records. You open one person's records at a time. Private notes are hidden each time \
     you open a person's records."];
const COMPARE: [&str; 1] =
    ["The client and the coach rate the same behaviours separately. Then you look at both sets of ratings together."];

/// Most recent answers, and most examples of searches.
const MOST: usize = 6;

impl Model {
    /// Returns the sheet of a behaviour as this person reads it: for their level, and in easy words if they chose these.
    pub(super) fn behaviour_sheet(&self, library: &Library, ix: BehaviourIx) -> Sheet {
        Sheet::behaviour(library, ix, self.level_for(ix).as_deref(), self.shell.settings.easy_words)
    }

    /// Returns the preview of a row of the first screen; `None` if there is none.
    pub(super) fn preview(&self, to: &Target) -> Option<PageView> {
        let library = self.shell.library.as_deref()?;
        match to {
            Target::Action(id) => {
                let action = self.person.snapshot.actions.iter().find(|action| action.id == *id)?;
                let sheet = if self.is_alone() { Sheet::action } else { Sheet::action_without_reason };
                Some(PageView::new(&action.title, sheet(library, action, self.shell.today)))
            }
            Target::Reflect(ix) => {
                Some(PageView::new(library.behaviour(*ix).to_string(), self.behaviour_sheet(library, *ix)))
            }
            Target::Advice => {
                let first = self.person.snapshot.advised.shown.first()?;
                let sheet = if self.is_alone() {
                    Sheet::advice(library, first, self.shell.today, false)
                } else {
                    Sheet::suggested_activity(library, first)
                };
                Some(PageView::new(&first.title, sheet))
            }
            Target::Session => {
                let models = self.session_models();
                let first = models.first()?;
                Some(PageView::new(&first.title, Sheet::model(first)))
            }
            Target::Find => {
                let mut sheet = Sheet::default();
                for (example, meaning) in syntax().iter().take(MOST) {
                    sheet.pair(example, *meaning);
                }
                Some(PageView::new("Ways to search", sheet))
            }
            Target::Person(id) => Some(lines("Waiting for you", self.waits_for(id))),
            Target::Safety => {
                let notices = self.notices();
                let sheet = Sheet { blocks: notices.iter().flat_map(|notice| Sheet::notice(notice).blocks).collect() };
                Some(PageView::new("People to ring", sheet))
            }
            Target::Tour => {
                let first = card(self, 0);
                Some(lines(first.title, std::iter::once(first.words).chain(first.seen)))
            }
            Target::AboutMe => Some(lines("Why we ask", ABOUT_ME.map(str::to_owned))),
            Target::People => Some(lines("How this works", PEOPLE.map(str::to_owned))),
            Target::Compare => Some(lines("How this works", COMPARE.map(str::to_owned))),
            Target::Agreement => {
                let dossier = &self.person.snapshot.dossier;
                let sheet = Sheet::agreement(library, dossier, dossier.engagement()?);
                Some(PageView::new("The agreement", sheet))
            }
            Target::Passphrase => {
                let words = SecretPage::new(SecretFor::Choose, "").words();
                Some(lines("How this works", words.iter().map(|words| (*words).to_owned())))
            }
            Target::Restore => {
                let shut = self.shell.shut.as_ref()?;
                Some(lines("Problems to fix", [shut.why.clone(), shut.next.clone()]))
            }
            Target::Rules => Some(lines("Problems to fix", [self.shell.banner.clone()])),
            Target::Messages => {
                let faults = self.shell.faults.iter().map(|fault| format!("{}: {}.", fault.place(), fault.message));
                Some(lines("Problems to fix", faults))
            }
            Target::Dialogue(_) | Target::Form(_) => None,
        }
    }

    fn waits_for(&self, id: &str) -> Vec<String> {
        let Some(waiting) = self.person.snapshot.waiting.iter().find(|waiting| waiting.person.id == id) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if waiting.unfinished {
            lines.push("A session is not finished.".to_owned());
        }
        for (count, words) in [(waiting.overdue, "overdue"), (waiting.soon, "due within a week")] {
            if count > 0 {
                lines.push(format!("{}, {words}.", crate::domain::count(count, "action", "actions")));
            }
        }
        if let Some(day) = waiting.last {
            lines.push(format!("The last session was on {}.", short_day(day, self.shell.today)));
        }
        lines
    }

    /// Returns the focus set and the most recent answers.
    #[must_use]
    pub fn lately(&self) -> Lately {
        let Some(library) = self.shell.library.as_deref() else { return Lately::default() };
        let title = |ix: BehaviourIx| library.behaviour(ix).to_string();
        let focus = self.focus().map(|focus| focus.items.iter()).into_iter().flatten();
        let mut answers: Vec<String> = Vec::new();
        let own = |answer: &&Answer| answer.by == By::Myself;
        for answer in self.person.snapshot.dossier.answers.iter().rev().filter(own) {
            let Ok(counted) = library.counted(answer, self.shell.today) else { continue };
            let given = library.worded(answer);
            let about = match given.wording.title.as_str() {
                "" => title(counted.behaviour),
                own => format!("{} {own}", answer.behaviour),
            };
            answers.push(format!("{}  {about}: {}", short_day(answer.on, self.shell.today), given.rating_words()));
            if answers.len() == MOST {
                break;
            }
        }
        Lately {
            focus: focus.filter_map(|one| library.find_in(&one.framework, &one.behaviour)).map(title).collect(),
            answers,
        }
    }
}

/// Recent activity.
#[derive(Debug, Clone, Default)]
pub struct Lately {
    /// Behaviours of the focus set, each with code and title.
    pub focus: Vec<String>,
    /// The most recent answers, newest first.
    pub answers: Vec<String>,
}

fn lines(title: &str, lines: impl IntoIterator<Item = String>) -> PageView {
    let mut sheet = Sheet::default();
    for line in lines {
        sheet.text(line);
    }
    PageView::new(title, sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_library_there_is_nothing_behind_a_row() {
        let model = Model::new(jiff::civil::date(2026, 11, 22), false);
        assert!(model.preview(&Target::Find).is_none());
        assert!(model.lately().answers.is_empty());
    }
}

//! What lies behind the marked row of the first screen, and what was done lately: what a wide window shows beside it.

use super::home::Target;
use super::model::Model;
use super::secret::{SecretFor, SecretPage};
use super::tour::card;
use crate::domain::{BehaviourIx, Sheet, short_day};
use crate::search::syntax;

/// Most lines of what was done lately, and of ways to search.
const MOST: usize = 6;

/// What lies behind a row.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its name.
    pub title: String,
    /// All of it.
    pub body: PreviewBody,
}

/// What it consists of.
#[derive(Debug, Clone)]
pub enum PreviewBody {
    /// Reading matter.
    Sheet(Sheet),
    /// Lines.
    Lines(Vec<String>),
}

impl Model {
    /// What lies behind a row of the first screen.
    #[must_use]
    pub fn preview(&self, to: &Target) -> Option<Preview> {
        let library = self.shell.library.as_deref()?;
        let sheet = |title: String, sheet: Sheet| Some(Preview { title, body: PreviewBody::Sheet(sheet) });
        let lines = |title: &str, lines: Vec<String>| {
            Some(Preview { title: title.to_owned(), body: PreviewBody::Lines(lines) })
        };
        match to {
            Target::Action(id) => {
                let action = self.person.snapshot.actions.iter().find(|action| action.id == *id)?;
                sheet(action.title.clone(), Sheet::action(library, action, self.shell.today))
            }
            Target::Reflect(ix) => {
                let own = self.level_for(*ix);
                sheet(library.behaviour(*ix).to_string(), Sheet::behaviour(library, *ix, own.as_deref()))
            }
            Target::Advice => {
                let first = self.person.snapshot.advised.shown.first()?;
                sheet(first.title.clone(), Sheet::advice(library, first, self.shell.today, false))
            }
            Target::Session => {
                let models = self.session_models();
                let first = models.first()?;
                sheet(first.title.clone(), Sheet::model(first))
            }
            Target::Find => {
                let ways = syntax().iter().take(MOST).map(|(example, meaning)| format!("{example}: {meaning}"));
                lines("Ways to search", ways.collect())
            }
            Target::Person(id) => lines("What waits", self.waits_for(id)),
            Target::Safety => {
                let notices = self.notices();
                let sheet = Sheet { blocks: notices.iter().flat_map(|notice| Sheet::notice(notice).blocks).collect() };
                Some(Preview { title: "People to ring".to_owned(), body: PreviewBody::Sheet(sheet) })
            }
            Target::Tour => {
                let first = card(self, 0);
                lines(first.title, std::iter::once(first.words).chain(first.seen).collect())
            }
            Target::AboutMe => lines(
                "What it is for",
                vec![
                    "Behaviours are described for the level that you lead from, and some activities and rules are for one kind of organisation only.".to_owned(),
                    "Nothing else depends on it, and you may leave it open.".to_owned(),
                ],
            ),
            Target::People => lines(
                "What it is for",
                vec![
                    "Each client has records of their own. One person's are open at a time, and private lines are hidden whenever they are opened.".to_owned(),
                ],
            ),
            Target::Agreement => {
                let dossier = &self.person.snapshot.dossier;
                sheet("The agreement".to_owned(), Sheet::agreement(library, dossier, dossier.engagement()?))
            }
            Target::Passphrase => lines(
                "What it is for",
                SecretPage::new(SecretFor::Choose, "").words().iter().map(|words| (*words).to_owned()).collect(),
            ),
            Target::Restore => {
                let shut = self.shell.shut.as_ref()?;
                lines("What is wrong", vec![shut.why.clone(), shut.next.clone()])
            }
            Target::Rules => lines("What is wrong", vec![self.shell.banner.clone()]),
            Target::Messages => lines(
                "What is wrong",
                self.shell.faults.iter().map(|fault| format!("{}: {}.", fault.place(), fault.message)).collect(),
            ),
            Target::Compare => lines(
                "What it is for",
                vec![
                    "The client and the coach rate the same behaviours, each without seeing the other. Both views are opened together and talked about.".to_owned(),
                ],
            ),
            Target::Dialogue(_) | Target::Form(_) => None,
        }
    }

    fn waits_for(&self, id: &str) -> Vec<String> {
        let Some(waiting) = self.person.snapshot.waiting.iter().find(|waiting| waiting.person.id == id) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if waiting.unfinished {
            lines.push("A session was begun and not ended.".to_owned());
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

    /// The behaviours that were chosen, and the answers given last, the newest first.
    #[must_use]
    pub fn lately(&self) -> Lately {
        let Some(library) = self.shell.library.as_deref() else { return Lately::default() };
        let title = |ix: BehaviourIx| library.behaviour(ix).to_string();
        let focus = self.focus().map(|focus| focus.items.iter()).into_iter().flatten();
        let mut answers: Vec<String> = Vec::new();
        for answer in self.person.snapshot.dossier.answers.iter().rev() {
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

/// What was chosen and done lately.
#[derive(Debug, Clone, Default)]
pub struct Lately {
    /// The focus set.
    pub focus: Vec<String>,
    /// The last answers.
    pub answers: Vec<String>,
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

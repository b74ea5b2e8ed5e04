//! What else the first screen shows where there is room: the coming dates of the plan, what was agreed, and what was written
//! last. What a person wrote is only quoted if nobody can be reading along.

use super::super::model::Model;
use crate::domain::{ActionStatus, Block, Day, Session, Sheet, count, short_day, truncate};

/// Most dates, and most journal entries.
const MOST: usize = 5;
/// Most characters of an entry's first words.
const FIRST_WORDS: usize = 90;

impl Model {
    /// Returns the coming days on which something in the plan is due or looked back at, earliest first; empty if there
    /// are none. What is overdue is among the next things to do.
    pub(super) fn coming_up(&self) -> Sheet {
        let today = self.shell.today;
        let open = self.person.snapshot.actions.iter().filter(|action| action.status == ActionStatus::Open);
        let mut dates: Vec<(Day, String)> = open
            .flat_map(|action| {
                let due = action.due.map(|day| (day, action.title.clone()));
                let review = action.intent.review.map(|day| (day, format!("Look back at: {}", action.title)));
                [due, review].into_iter().flatten()
            })
            .filter(|(day, _)| *day >= today)
            .collect();
        dates.sort();
        let (more, mut sheet) = (dates.len().saturating_sub(MOST), Sheet::default());
        for (day, words) in dates.into_iter().take(MOST) {
            sheet.pair(&short_day(day, today), words);
        }
        if more > 0 {
            sheet.note(format!("{} in the plan", count(more, "more date", "more dates")));
        }
        sheet
    }

    /// Returns what was agreed in the last session: its actions and its summary; empty if there is nothing.
    pub(super) fn last_agreed(&self) -> Sheet {
        let (snapshot, mut sheet) = (&self.person.snapshot, Sheet::default());
        let Some(session) = snapshot.dossier.last_held().filter(|_| snapshot.person.is_client() || self.is_alone())
        else {
            return sheet;
        };
        let title = |id: &String| snapshot.actions.iter().find(|action| action.id == *id).map(|own| own.title.clone());
        let actions: Vec<String> = session.actions.iter().filter_map(title).collect();
        let summary = session.summary().map(str::trim).filter(|text| !text.is_empty());
        if actions.is_empty() && summary.is_none() {
            return sheet;
        }
        sheet.heading(format!("Agreed on {}", short_day(session.on, self.shell.today)));
        sheet.blocks.extend(actions.into_iter().map(Block::Point));
        if let Some(text) = summary {
            sheet.text(truncate(text, 4 * FIRST_WORDS));
        }
        sheet
    }

    /// Returns the first words of the newest journal entries, each as a point; empty if there are none, or somebody may be
    /// reading along.
    pub(super) fn entries(&self) -> Vec<Block> {
        if !self.is_alone() {
            return Vec::new();
        }
        let words = |session: &Session| {
            let text = session.shared().map(|note| note.text.trim()).find(|text| !text.is_empty())?;
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(format!("{}  {}", short_day(session.on, self.shell.today), truncate(&line, FIRST_WORDS)))
        };
        self.person.snapshot.dossier.sessions.iter().rev().filter_map(words).take(MOST).map(Block::Point).collect()
    }
}

//! Sheets for coaching sessions: the agreement, the page of a session, a conversation model, two compared views.

use super::words::capital;
use super::{
    Action, ActionStatus, Block, Compared, Comparison, ConversationModel, Day, Dossier, Engagement, Library, NoteFor,
    Party, RecordKind, Session, SessionKind, Sheet, count, join_and, long_day, short_day,
};

impl Sheet {
    /// Builds the sheet of the agreement between coach and client, with the current focus set and progress.
    #[must_use]
    pub fn agreement(library: &Library, dossier: &Dossier, terms: &Engagement) -> Self {
        let mut sheet = Self::default();
        sheet.note(match terms.agreed_on {
            Some(day) => format!("agreed on {}", long_day(day)),
            None => "not agreed yet".to_owned(),
        });
        sheet.pair("Purpose", format!("{}: {}", terms.purpose.id(), terms.purpose.meaning()));
        let goal = if terms.goal.is_empty() { "not answered yet" } else { terms.goal.as_str() };
        sheet.pair("What the client wants", goal);
        if !terms.sponsor.is_empty() {
            sheet.pair("Sponsor", terms.sponsor.clone());
        }
        sheet.heading("Who can see what");
        for party in [Party::Client, Party::Sponsor] {
            let kinds: Vec<&str> = RecordKind::ALL
                .iter()
                .filter(|kind| terms.shows(**kind, party))
                .map(|kind| kind.title_for(party))
                .collect();
            let words = match (party, kinds.as_slice()) {
                (Party::Sponsor, _) if terms.sponsor.is_empty() => "there is none".to_owned(),
                (_, []) => "nothing".to_owned(),
                (Party::Sponsor, _) => {
                    format!("{}, but only the lines that the client ticks", join_and(&kinds))
                }
                (_, _) => join_and(&kinds),
            };
            sheet.pair(if party == Party::Client { "The client" } else { "The sponsor" }, words);
        }
        sheet.pair("The coach", "everything written here, and private notes that only the coach can read");
        sheet.heading("Limits of confidentiality");
        sheet.text(terms.limits.clone());
        sheet.heading("The records");
        sheet.pair(
            "Keep until",
            terms.keep_until.map_or_else(
                || "no date agreed".to_owned(),
                |day| {
                    let past = if day < dossier.today {
                        " (this date has passed, so check what you still need: cairn retention explains how)"
                    } else {
                        ""
                    };
                    format!("{}{past}", long_day(day))
                },
            ),
        );
        if dossier.kept_apart > 0 {
            let words = count(dossier.kept_apart, "answer was", "answers were");
            sheet.text(format!(
                "{words} given for another purpose and not used here. If the client agrees to use them, record it here."
            ));
        }
        sheet.pair(
            "Hours log",
            match dossier.person.in_hours_log {
                Some(day) => format!("the client agreed on {} to be named in it", long_day(day)),
                None => "the client is not named in it".to_owned(),
            },
        );
        sheet.where_it_stands(library, dossier);
        sheet
    }

    fn where_it_stands(&mut self, library: &Library, dossier: &Dossier) {
        self.heading("Where things are now");
        if let Some(focus) = dossier.focus_now() {
            for (ix, item) in focus.behaviours(library) {
                let importance = &library.framework_of(ix).importance;
                let weight = item.importance.and_then(|value| importance.label(value)).unwrap_or(
                    "importance not \
                    answered",
                );
                self.blocks.push(Block::Point(format!("{}: {weight}", library.behaviour(ix))));
            }
        } else {
            self.text("No focus set yet. Choose three to six behaviours together, in Find.");
        }
        let open = dossier.actions.iter().filter(|action| action.status == ActionStatus::Open).count();
        let last = dossier.last_held().map_or_else(
            || "no session yet".to_owned(),
            |session| {
                let sessions = count(dossier.held().count(), "session", "sessions");
                format!("{sessions}, last session {}", short_day(session.on, dossier.today))
            },
        );
        self.note(format!("{last}, {}", count(open, "open action", "open actions")));
    }

    /// Builds the page that coach and client read together before a session ends, or that a person reads after writing
    /// alone. It contains nothing private.
    #[must_use]
    pub fn session_page(library: &Library, session: &Session, agreed: &[&Action], today: Day) -> Self {
        let mut sheet = Self::default();
        let model = session.model.as_deref().and_then(|id| library.models.iter().find(|model| model.id == id));
        let with = model.map(|model| format!(", {}", model.title)).unwrap_or_default();
        let minutes = if session.minutes > 0 { format!(", {} min", session.minutes) } else { String::new() };
        sheet.note(format!("{}{with}{minutes}", long_day(session.on)));
        for note in session.notes.iter().filter(|note| note.seen == NoteFor::Shared) {
            sheet.heading(note.title.clone());
            for line in note.text.lines().filter(|line| !line.trim().is_empty()) {
                sheet.text(line.to_owned());
            }
        }
        let spoken: Vec<String> = session
            .behaviours
            .iter()
            .filter_map(|code| library.find(code).ok())
            .map(|ix| library.behaviour(ix).to_string())
            .collect();
        sheet.points("Behaviours we discussed", &spoken);
        sheet.heading(if session.kind == SessionKind::Alone { "What I will do" } else { "Actions we agreed" });
        if agreed.is_empty() {
            sheet.note("nothing new");
        }
        for action in agreed {
            sheet.action_lines(action, today);
        }
        sheet
    }

    /// Appends an action in a few lines.
    fn action_lines(&mut self, action: &Action, today: Day) {
        self.blocks.push(Block::Point(action.title.clone()));
        let intent = &action.intent;
        if !intent.situation.is_empty() || !intent.response.is_empty() {
            self.pair("  If \u{2026} then", format!("{} \u{2014} {}", intent.if_words(), intent.then_words()));
        }
        if !action.first_step.is_empty() {
            let by = action.due.map(|due| format!(", by {}", short_day(due, today))).unwrap_or_default();
            self.pair("  First step", format!("{}{by}", action.first_step.trim_end_matches('.')));
        }
        if let Some(review) = intent.review {
            self.pair("  Look back on", long_day(review));
        }
    }

    /// Builds the sheet of a conversation model: when it is suitable, and its stages.
    #[must_use]
    pub fn model(model: &ConversationModel) -> Self {
        let mut sheet = Self::default();
        sheet.text(model.best_for.clone());
        sheet.note(format!("about {} minutes. You can use the stages in any order, or skip any", model.minutes));
        for stage in &model.stages {
            sheet.pair(&stage.title, stage.aim.clone());
        }
        sheet.note(model.source.clone());
        sheet
    }

    /// Builds the sheet with the notes of a session; the coach's private notes are included only if `private` is set.
    #[must_use]
    pub fn session_notes(library: &Library, session: &Session, actions: &[Action], private: bool, today: Day) -> Self {
        let agreed: Vec<&Action> = actions.iter().filter(|action| session.actions.contains(&action.id)).collect();
        let mut sheet = Self::session_page(library, session, &agreed, today);
        let own = session.notes.iter().filter(|note| private && note.seen == NoteFor::Coach);
        for (at, note) in own.enumerate() {
            if at == 0 {
                sheet.heading("Private to the coach");
            }
            sheet.pair(&note.title, note.text.clone());
        }
        sheet
    }

    /// Builds the sheet of two opened views as questions, strengths first.
    #[must_use]
    pub fn comparison(library: &Library, round: &Comparison, rows: &[Compared], today: Day) -> Self {
        let mut sheet = Self::default();
        if let Some(day) = round.opened_on {
            let words = count(rows.len(), "behaviour", "behaviours");
            sheet
                .note(format!("{words}, compared on {}, to start a conversation, not to judge", short_day(day, today)));
        }
        let mut kind = None;
        for row in rows {
            if kind != Some(row.kind) {
                sheet.heading(capital(row.kind.title()));
                sheet.text(row.kind.question());
                kind = Some(row.kind);
            }
            let scale = &library.framework_of(row.behaviour).scale;
            sheet.blocks.push(Block::Point(library.behaviour(row.behaviour).to_string()));
            sheet.pair("  client", row.own.words(scale));
            sheet.pair("  coach", row.other.words(scale));
            for (whose, example) in ["client saw", "coach saw"].into_iter().zip(&row.examples) {
                if !example.trim().is_empty() {
                    sheet.pair(&format!("  {whose}"), example.clone());
                }
            }
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EngagementPurpose, Note};

    #[test]
    fn nothing_private_gets_on_the_page() {
        let note = |text: &str, seen| Note {
            id: String::new(),
            part: "goal".to_owned(),
            title: "Goal".to_owned(),
            text: text.to_owned(),
            seen,
        };
        let session = Session {
            id: String::new(),
            kind: SessionKind::OneToOne,
            on: jiff::civil::date(2026, 11, 22),
            minutes: 55,
            model: None,
            engagement: None,
            purpose: EngagementPurpose::Development,
            paid: false,
            notes: vec![note("More voices.", NoteFor::Shared), note("Seems tired.", NoteFor::Coach)],
            behaviours: Vec::new(),
            actions: Vec::new(),
        };
        let words = |sheet: Sheet| format!("{:?}", sheet.blocks);
        let library = Library::default();
        let page = words(Sheet::session_page(&library, &session, &[], session.on));
        assert!(page.contains("More voices.") && !page.contains("tired"));
        assert!(!words(Sheet::session_notes(&library, &session, &[], false, session.on)).contains("tired"));
        assert!(words(Sheet::session_notes(&library, &session, &[], true, session.on)).contains("tired"));
    }
}

//! Sheets for journal entries and for sessions that have ended.

use super::{
    Action, Day, Entry, EntryKind, Gathered, Journal, Library, NoteFor, Session, SessionKind, Sheet, count, join_and,
    long_day,
};

impl Sheet {
    /// Builds the sheet of one journal entry.
    #[must_use]
    pub fn entry(library: &Library, entry: &Entry) -> Self {
        let mut sheet = Self::default();
        let kind = match (entry.private, entry.kind) {
            (true, _) => "a note that only the coach can read",
            (_, EntryKind::Answer) => "an answer",
            (_, EntryKind::Note) => "a note",
            (_, EntryKind::Action) => "an action",
            (_, EntryKind::Reason) => "a reason",
        };
        let by = if entry.private { String::new() } else { format!(" by {}", entry.whose()) };
        sheet.note(format!("{}, {kind}{by}", long_day(entry.on)));
        if !entry.rated.is_empty() {
            sheet.pair("Rating", entry.rated.clone());
        }
        if !entry.aside.is_empty() {
            sheet.note(format!("Listed here but not counted: {}.", entry.aside));
        }
        for text in &entry.texts {
            match (text.asked.as_str(), entry.kind) {
                ("", _) => sheet.heading("A recent example"),
                (_, EntryKind::Note) => {}
                (asked, _) => sheet.heading(asked),
            }
            sheet.text(text.text.clone());
        }
        if entry.texts.is_empty() {
            sheet.note("You did not write anything with it.");
        }
        if entry.kind != EntryKind::Answer {
            sheet.about(library, &entry.behaviours);
        }
        sheet
    }

    fn about(&mut self, library: &Library, codes: &[String]) {
        let titles: Vec<String> = codes
            .iter()
            .map(|code| library.find(code).map_or_else(|_| code.clone(), |ix| library.behaviour(ix).to_string()))
            .collect();
        if !titles.is_empty() {
            self.note(format!("About {}", join_and(&titles)));
        }
    }

    /// Builds the sheet of a session that has ended. All notes of `session` are shown; those that only the coach may
    /// read are marked.
    #[must_use]
    pub fn session(library: &Library, session: &Session, actions: &[Action], today: Day) -> Self {
        let mut sheet = Self::default();
        let mut words = match session.kind {
            SessionKind::Alone => "On my own".to_owned(),
            SessionKind::OneToOne => "One-to-one".to_owned(),
        };
        if let Some(model) = &session.model {
            let title = library.models.iter().find(|own| own.id == *model).map_or(model, |own| &own.title);
            words = format!("{words}, {title}");
        }
        if session.minutes > 0 {
            words = format!("{words}, {}", count(session.minutes as usize, "minute", "minutes"));
        }
        let days = usize::try_from((today - session.on).get_days()).unwrap_or(0);
        let ago = if days == 0 { "today".to_owned() } else { format!("{} ago", count(days, "day", "days")) };
        sheet.note(format!("{words}, {ago}"));
        sheet.about(library, &session.behaviours);
        for note in &session.notes {
            match note.seen {
                NoteFor::Shared => sheet.heading(note.title.clone()),
                NoteFor::Coach => sheet.heading(format!("{} (only the coach can read this)", note.title)),
            }
            sheet.text(note.text.clone());
        }
        if session.notes.is_empty() {
            sheet.note("There are no notes that you can see here.");
        }
        let agreed: Vec<&str> = actions
            .iter()
            .filter(|action| session.actions.contains(&action.id))
            .map(|action| action.title.as_str())
            .collect();
        sheet.points("Actions you agreed", &agreed);
        sheet
    }

    /// Builds the sheet of the entries about one behaviour since the last session.
    #[must_use]
    pub fn gathered(journal: &Journal, row: &Gathered) -> Self {
        let mut sheet = Self::default();
        let since = journal.since.map_or_else(|| "so far".to_owned(), |day| format!("since {}", long_day(day)));
        let entries = count(row.entries.len(), "entry", "entries");
        let earlier = if row.earlier > 0 { format!(", and {} from before", row.earlier) } else { String::new() };
        let focus = if row.is_focus { "In your focus set, " } else { "" };
        sheet.note(format!("{focus}{entries} {since}{earlier}"));
        for entry in row.entries.iter().filter_map(|at| journal.entries.get(*at)) {
            let rated = if entry.rated.is_empty() { String::new() } else { format!(", {}", entry.rated) };
            let private = if entry.private { ", only for the coach" } else { "" };
            sheet.heading(format!("{}, {}{rated}{private}", long_day(entry.on), entry.whose()));
            entry.texts.iter().for_each(|text| sheet.text(text.text.trim().to_owned()));
        }
        if row.entries.is_empty() {
            sheet.text("Nothing yet. What did you see this week that shows this?");
        }
        sheet
    }
}

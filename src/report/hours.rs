//! The coach's hours log with the details that the ICF asks for: who, from when to when, and how many paid and unpaid
//! hours. It contains nothing that was said in a session, and a client who has not agreed to be named is left out and
//! only counted.

use super::cell::{BOM, csv_cell};
use crate::domain::{Day, Person, Session, SessionKind, clean};

/// One client in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// Name of the client.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Day of the first session.
    pub from: Day,
    /// Day of the last session.
    pub to: Day,
    /// Minutes of paid sessions.
    pub paid: u32,
    /// Minutes of unpaid sessions.
    pub unpaid: u32,
}

/// The hours log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursLog {
    /// Clients who agreed to be named, in the order in which they were added.
    pub rows: Vec<HoursRow>,
    /// Number of clients with sessions who have not agreed.
    pub left_out: usize,
    /// Number of sessions of clients in the log whose length is unknown.
    pub unmeasured: usize,
}

impl HoursLog {
    /// Adds a client with their one-to-one sessions; sessions dated after `today` do not count yet.
    pub fn add(&mut self, person: &Person, sessions: &[Session], today: Day) {
        let counts = |session: &&Session| session.kind == SessionKind::OneToOne && session.on <= today;
        let mut held = sessions.iter().filter(counts).peekable();
        if !person.is_client() || held.peek().is_none() {
            return;
        }
        if person.in_hours_log.is_none() {
            self.left_out += 1;
            return;
        }
        let (name, email) = (clean(&person.name), clean(&person.email));
        let mut row: Option<HoursRow> = None;
        for session in held {
            let row = row.get_or_insert_with(|| HoursRow {
                name: name.clone(),
                email: email.clone(),
                from: session.on,
                to: session.on,
                paid: 0,
                unpaid: 0,
            });
            (row.from, row.to) = (row.from.min(session.on), row.to.max(session.on));
            let minutes = if session.paid { &mut row.paid } else { &mut row.unpaid };
            *minutes = minutes.saturating_add(session.minutes);
            self.unmeasured += usize::from(session.minutes == 0);
        }
        self.rows.extend(row);
    }

    /// Returns the log as CSV with a byte order mark and a header line.
    ///
    /// # Errors
    /// Returns the error of the CSV writer; none is expected for a log that fits into memory.
    pub fn to_csv(&self) -> Result<String, HoursError> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record([
            "Client name",
            "E-mail",
            "Start date",
            "End date",
            "Individual or group",
            "Number in group",
            "Paid hours",
            "Pro bono hours",
        ])?;
        for row in &self.rows {
            let (from, to) = (row.from.to_string(), row.to.to_string());
            let cells = [
                csv_cell(&row.name),
                csv_cell(&row.email),
                from,
                to,
                "individual".to_owned(),
                "1".to_owned(),
                hours(row.paid),
                hours(row.unpaid),
            ];
            writer.write_record(&cells)?;
        }
        let bytes = writer.into_inner().map_err(|error| HoursError(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| HoursError(error.to_string()))?;
        Ok(format!("{BOM}{text}"))
    }
}

/// An error while writing the log as CSV.
#[derive(Debug, thiserror::Error)]
#[error("the hours log cannot be written: {0}")]
pub struct HoursError(String);

impl From<csv::Error> for HoursError {
    fn from(error: csv::Error) -> Self {
        Self(error.to_string())
    }
}

/// Formats minutes as hours with two decimals, rounded to the nearest hundredth.
fn hours(minutes: u32) -> String {
    let hundredths = (u64::from(minutes) * 100 + 30) / 60;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{client, day, note, session};
    use super::*;
    use crate::domain::NoteFor;

    fn log(people: &[(Person, Vec<Session>)]) -> HoursLog {
        let mut log = HoursLog::default();
        for (person, sessions) in people {
            log.add(person, sessions, day(2026, 11, 22));
        }
        log
    }

    #[test]
    fn who_did_not_agree_is_left_out_and_no_word_of_a_session_is_in_it() {
        let agreed = |name: &str| Person { in_hours_log: Some(day(2026, 1, 2)), ..client(name) };
        let talk = |on, minutes, paid| Session {
            minutes,
            paid,
            notes: vec![note("goal", "A word of it.", NoteFor::Coach)],
            ..session(on)
        };
        let alone = Session { kind: SessionKind::Alone, ..talk(day(2026, 2, 1), 600, true) };
        let log = log(&[
            (agreed("Amira Khan"), vec![talk(day(2026, 3, 1), 50, true), talk(day(2026, 1, 9), 45, false), alone]),
            (client("Bryn Rees"), vec![talk(day(2026, 3, 1), 60, true)]),
            (agreed("Carys Lloyd"), vec![]),
            (Person::default(), vec![talk(day(2026, 3, 1), 60, true)]),
        ]);
        assert_eq!((log.rows.len(), log.left_out, log.unmeasured), (1, 1, 0));
        let text = log.to_csv().expect("it can be written");
        let expected = "Amira Khan,,2026-01-09,2026-03-01,individual,1,0.83,0.75\r\n";
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.ends_with(expected), "{text}");
        assert!(!text.contains("word") && !text.contains("Bryn"));
    }

    #[test]
    fn cells_are_quoted_and_no_formula() {
        let mut person = Person { in_hours_log: Some(day(2026, 1, 2)), ..client("=HYPERLINK(\"x\"), \"Al\"") };
        person.email = "@sum".to_owned();
        let text = log(&[(person, vec![session(day(2026, 3, 1))])]).to_csv().expect("it can be written");
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\"), \"\"Al\"\"\",'@sum,"), "{text}");
        for (minutes, written) in [(0, "0.00"), (1, "0.02"), (59, "0.98"), (60, "1.00"), (100, "1.67")] {
            assert_eq!(hours(minutes), written);
        }
    }
}

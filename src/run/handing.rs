//! Reports made from the screens: suggestion of a path, and writing.

use super::perform::said;
use crate::app::{LookReply, Msg};
use crate::desk::{Desk, Doubt};
use crate::domain::{Party, Person, ReportFormat, clean};

/// Suggests a path for a report; in a demonstration nothing is written.
pub(super) fn suggest_path(desk: &Desk, party: Party, form: ReportFormat) -> Msg {
    if desk.is_demo() {
        let client = desk.person().ok().filter(Person::is_client);
        let whose = client.map(|client| format!(" --person \"{}\"", clean(&client.name))).unwrap_or_default();
        let words = format!("The demo saves nothing. To print it: cairn --demo{whose} report --for {}", party.id());
        return Msg::Told(words);
    }
    match desk.report_path(party, form) {
        Ok(path) => Msg::Look(LookReply::SuggestedPath(party, form, clean(&path.display().to_string()))),
        Err(error) => Msg::Failed(said(&error)),
    }
}

/// Writes a report; the message says where it is and what to check first.
pub(super) fn hand_over(desk: &Desk, party: Party, form: ReportFormat, path: &str) -> Msg {
    match desk.hand_over(party, form, std::path::Path::new(path)) {
        Ok((path, doubts)) => {
            let look = |doubt: &Doubt| match doubt {
                Doubt::OtherClient(_) => "it may name another client of yours",
                Doubt::Danger => "it quotes words that can mean someone is in danger",
            };
            let doubts: Vec<&str> = doubts.iter().map(look).collect();
            let read =
                if doubts.is_empty() { String::new() } else { format!(" Read it first: {}.", doubts.join(", and ")) };
            // The path comes first: what does not fit in a narrow window can be read in the list of messages.
            Msg::Told(format!("Saved: {}.{read}", clean(&path.display().to_string())))
        }
        Err(error) => Msg::Look(LookReply::NotWritten(party, form, path.to_owned(), said(&error))),
    }
}

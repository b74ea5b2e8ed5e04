//! Contacts for help, read once per process from `rules/safety/contacts.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::concerns::Concern;
use crate::domain::{Contact, Day};

const CONTACTS: &str = include_str!("../../../rules/safety/contacts.toml");
/// Number of days after which a telephone number has to be checked against its source again.
const GOOD_FOR: i32 = 366;
/// The region of a number that is valid everywhere in the United Kingdom.
const EVERYWHERE: &str = "uk";

/// The region of a person, as far as telephone numbers differ: `england`, `scotland`, `wales`, `northern-ireland`, or
/// another word, for which no numbers are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region(pub String);

impl Default for Region {
    fn default() -> Self {
        Self("england".to_owned())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    #[serde(default)]
    number: String,
    when: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    checked: String,
}

fn entries() -> &'static [Entry] {
    static READ: OnceLock<Vec<Entry>> = OnceLock::new();
    READ.get_or_init(|| {
        let file: File = toml::from_str(CONTACTS).expect("rules/safety/contacts.toml is right, as a test holds");
        file.contact
    })
}

impl Region {
    /// Returns whether there are numbers for the region.
    #[must_use]
    pub fn is_known(&self) -> bool {
        entries().iter().any(|entry| entry.region == self.0 && entry.region != EVERYWHERE)
    }

    /// Returns a sentence that says which numbers are shown and how to get others.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = match self.0.as_str() {
            "england" => "England",
            "scotland" => "Scotland",
            "wales" => "Wales",
            "northern-ireland" => "Northern Ireland",
            other => {
                return format!(
                    "Cairn does not know numbers for \"{other}\". Set region in the settings to a place in the UK."
                );
            }
        };
        format!("These numbers are for {name}. For another place, set region in the settings.")
    }

    fn has(&self, entry: &Entry) -> bool {
        match entry.region.as_str() {
            "" => true,
            EVERYWHERE => self.is_known(),
            region => region == self.0,
        }
    }
}

/// Returns the contacts for a concern, in order: those of organisations first, because they know their own services.
pub(super) fn contacts_for(concern: &Concern, region: &Region, own: &[Contact]) -> Vec<Contact> {
    let theirs = own.iter().filter(|contact| contact.concerns.is_empty() || contact.concerns.contains(&concern.id));
    let ours = concern.contacts.iter().flat_map(|id| entries().iter().filter(move |entry| entry.id == *id));
    let ours = ours.filter(|entry| region.has(entry)).map(|entry| Contact {
        name: entry.name.clone(),
        number: entry.number.clone(),
        when: entry.when.clone(),
        concerns: Vec::new(),
    });
    theirs.cloned().chain(ours).collect()
}

/// Returns the contacts whose number has no source, or was last checked more than 366 days before `today` or on an
/// unreadable date.
#[must_use]
pub fn stale_contacts(today: Day) -> Vec<String> {
    let with_number = entries().iter().filter(|entry| !entry.number.is_empty());
    let stale = with_number.filter(|entry| {
        let checked = entry.checked.parse::<Day>().ok();
        checked.is_none_or(|day| (today - day).get_days() > GOOD_FOR) || entry.source.is_empty()
    });
    stale.map(|entry| format!("{} ({})", entry.name, entry.checked)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::concerns::{concern, concerns};
    use super::*;

    #[test]
    fn every_contact_is_there_and_every_region_has_somebody() {
        for concern in concerns() {
            for id in &concern.contacts {
                assert!(entries().iter().any(|entry| entry.id == *id), "{}: no contact {id}", concern.id);
            }
        }
        let ids = |region: &str| -> Vec<String> {
            let own = contacts_for(concern("self-harm").expect("there"), &Region(region.to_owned()), &[]);
            own.into_iter().map(|contact| contact.number).collect()
        };
        assert_eq!(ids("england").first().map(String::as_str), Some("999"));
        assert!(ids("northern-ireland").contains(&"0808 808 8000".to_owned()));
        assert!(!ids("wales").contains(&"0808 808 8000".to_owned()));
        // A number that may be wrong is worse than none.
        assert!(ids("atlantis").iter().all(String::is_empty) && !ids("atlantis").is_empty());
    }

    #[test]
    fn numbers_have_a_source_and_a_day_and_grow_old() {
        assert_eq!(stale_contacts(jiff::civil::date(2027, 6, 1)), Vec::<String>::new());
        assert!(stale_contacts(jiff::civil::date(2028, 1, 1)).len() > 5);
    }

    #[test]
    fn an_organisations_own_people_come_first() {
        let lead = Contact {
            name: "Asha, our safety lead".to_owned(),
            number: "01234 567890".to_owned(),
            when: "any time".to_owned(),
            concerns: vec!["harm".to_owned()],
        };
        let own = contacts_for(concern("harm").expect("there"), &Region::default(), std::slice::from_ref(&lead));
        assert_eq!(own.first(), Some(&lead));
        assert!(
            !contacts_for(concern("self-harm").expect("there"), &Region::default(), std::slice::from_ref(&lead))
                .contains(&lead)
        );
    }
}

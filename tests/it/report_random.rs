//! A property over random records: whatever was written, sealed, ticked and agreed, in whatever order, no report
//! contains a word that its reader may not see.

use std::collections::{BTreeMap, BTreeSet};

use cairn_coach::domain::{Action, Dossier, EngagementPurpose, Party, RecordKind, ReportFormat};
use cairn_coach::report::{
    AccountFor, AccountOf, Handout, account, calendar, formatted, markdown, release_items, report,
};

use crate::random_records::{Mark, What, World, words_in};

/// Desks, and clients on each: 320 dossiers.
const DESKS: u64 = 20;
const CLIENTS: usize = 16;

/// Returns every report about the client whose records are open, as `(form, reader, text)`.
fn handed_over(world: &World, dossier: &Dossier) -> Vec<(String, Party, String)> {
    let library = &world.desk.loaded_packs.library;
    let mut out = Vec::new();
    for party in Party::ALL {
        let handout = Handout::new(library, dossier, party);
        out.push(("what comes through the gate".to_owned(), party, format!("{:?}", handout.seen())));
        let page = report(&handout);
        let json = serde_json::to_string(&page).expect("a page is JSON");
        for format in ReportFormat::ALL {
            out.extend(formatted(&page, *format).map(|text| (format.id().to_owned(), party, text)));
        }
        out.push(("json".to_owned(), party, json));
        out.push(("calendar".to_owned(), party, calendar(&handout)));
    }
    let client = Handout::new(library, dossier, Party::Client);
    let lines: Vec<String> = release_items(library, dossier).into_iter().map(|item| item.words).collect();
    out.push(("lines to tick".to_owned(), Party::Client, lines.join("\n")));
    // Accounts are requested for the whole dossier: what the handout does not contain must not appear.
    let sessions = dossier.sessions.iter().map(AccountOf::Session);
    for of in sessions.chain(dossier.answers.iter().map(AccountOf::Answer)) {
        for shape in [AccountFor::Nmc, AccountFor::SocialWork] {
            let (page, found) = account(&client, of, shape, &[]);
            let named: Vec<String> = found.into_iter().map(|found| found.words).collect();
            out.push(("account".to_owned(), Party::Client, format!("{}{named:?}", markdown(&page))));
        }
    }
    out
}

/// Returns why a word must not be in a report for a party; `None` if it may.
fn forbidden(
    mark: &Mark,
    client: usize,
    dossier: &Dossier,
    party: Party,
    released: &BTreeSet<String>,
    word: &str,
) -> Option<String> {
    if mark.client != client {
        return Some("it is another client's".to_owned());
    }
    if matches!(mark.what, What::Private | What::Half(_) | What::Never) {
        return Some("it is for nobody".to_owned());
    }
    let is_sealed = |round: &String| dossier.comparisons.iter().any(|own| own.id == *round && own.opened_on.is_none());
    if mark.round.as_ref().is_some_and(is_sealed) {
        return Some("it is sealed".to_owned());
    }
    if party == Party::Sponsor {
        let own = dossier.person.name == word || dossier.engagement().is_some_and(|terms| terms.sponsor == word);
        return (!own && !released.contains(word)).then(|| "it was not released".to_owned());
    }
    let What::Kind(kind) = mark.what else { return None };
    if !dossier.shows(kind, party) {
        return Some(format!("{} are not shown to them", kind.id()));
    }
    let apart = matches!(kind, RecordKind::SharedNotes | RecordKind::Reflections | RecordKind::CoachRatings);
    let uses =
        dossier.engagement().map_or(mark.purpose == EngagementPurpose::default(), |terms| terms.uses(mark.purpose));
    (apart && !uses).then(|| "it was said for another purpose".to_owned())
}

/// Returns the words of the lines that are ticked, unchanged, agreed and shown to the sponsor.
fn released(dossier: &Dossier) -> BTreeSet<String> {
    let agreed = dossier.engagement().is_some_and(|terms| terms.agreed_on.is_some());
    let kind = |key: &str| match key.split('/').next() {
        Some("goal" | "plan") => RecordKind::Plan,
        _ => RecordKind::Progress,
    };
    let stands = |key: &str, words: &str| match key.strip_prefix("plan/") {
        Some(id) => {
            let title = |action: &Action| action.id == id && words.contains(&action.title);
            dossier.actions.iter().any(title)
        }
        None => true,
    };
    let shown = dossier.releases.iter().filter(|release| {
        agreed && dossier.shows(kind(&release.key), Party::Sponsor) && stands(&release.key, &release.words)
    });
    shown.flat_map(|release| words_in(&release.words)).collect()
}

#[test]
fn nothing_that_is_handed_over_says_more_than_its_reader_may_see() {
    let mut seen: BTreeMap<(Party, &str), usize> = BTreeMap::new();
    let mut dossiers = 0;
    for seed in 1..=DESKS {
        let mut world = World::new(seed);
        for client in 0..CLIENTS {
            world.client(client);
        }
        let people = world.desk.clients().expect("readable");
        for person in &people {
            world.desk.turn_to(Some(&person.id)).expect("the client is there");
            let dossier = world.desk.dossier().expect("readable");
            // Clients of the demonstration are not in `world`: every marked word is foreign to them.
            let client = world.marks.get(&person.name).map_or(usize::MAX, |mark| mark.client);
            let released = released(&dossier);
            dossiers += usize::from(client != usize::MAX);
            for (form, party, text) in handed_over(&world, &dossier) {
                for word in words_in(&text) {
                    let mark = world.marks.get(&word).unwrap_or_else(|| panic!("{word} was never written"));
                    if let Some(why) = forbidden(mark, client, &dossier, party, &released, &word) {
                        panic!("desk {seed}, {form} for the {}: {word} ({mark:?}): {why}\n{text}", party.id());
                    }
                    let kind = match mark.what {
                        What::Kind(kind) => kind.id(),
                        _ => "own",
                    };
                    *seen.entry((party, kind)).or_default() += 1;
                }
            }
        }
        hours(&mut world);
    }
    assert_eq!(dossiers, 320);
    // Empty pages would satisfy the property too, so what may be visible must be visible.
    for party in [Party::Client, Party::Coach] {
        for kind in ["shared-notes", "reflections", "coach-ratings", "plan", "own"] {
            assert!(seen.get(&(party, kind)).is_some_and(|n| *n > 100), "{kind} for the {}: {seen:?}", party.id());
        }
    }
    assert!(seen.get(&(Party::Sponsor, "plan")).is_some_and(|n| *n > 20), "{seen:?}");
}

/// Asserts that the log of hours contains names and addresses of those who agreed, and no other word.
fn hours(world: &mut World) {
    let log = world.desk.hours_log().expect("readable");
    let text = log.to_csv().expect("it can be written");
    let agreed: BTreeSet<String> = world
        .desk
        .clients()
        .expect("readable")
        .into_iter()
        .filter(|person| person.in_hours_log.is_some())
        .flat_map(|person| [person.name, person.email])
        .collect();
    let found = words_in(&text);
    assert!(!found.is_empty() && found.is_subset(&agreed), "{text}");
}

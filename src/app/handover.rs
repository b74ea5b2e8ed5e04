//! Handing over: for whom, in which form, and for a sponsor what the client ticks after reading it.

use super::effect::{Effect, Query, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::{Picker, Ticks};
use crate::command::key;
use crate::domain::{Party, ReleaseItem, ReportFormat};

/// The forms in the order they are offered.
const FORMS: [(ReportFormat, &str); 3] = [
    (ReportFormat::Html, "A page that opens in a browser and prints on A4"),
    (ReportFormat::Markdown, "Plain text with marks (Markdown)"),
    (ReportFormat::Calendar, "The days of the plan, for a calendar; neutral titles"),
];

/// Whom a report can be for. Alone there is only oneself.
fn parties(model: &Model) -> Vec<(Party, &'static str)> {
    if !model.person.snapshot.person.is_client() {
        return vec![(Party::Client, "For me")];
    }
    vec![
        (Party::Client, "For the client"),
        (Party::Coach, "For the coach's file; private notes stay out of it"),
        (Party::Sponsor, "For the sponsor: only what the client ticks, line by line"),
    ]
}

/// Asks for whom.
pub(super) fn open(model: &mut Model) {
    let parties = parties(model);
    if let [(party, _)] = parties.as_slice() {
        let party = *party;
        ask_form(model, party);
        return;
    }
    let rows = parties.iter().map(|(_, words)| (*words).to_owned()).collect();
    model.person.layers.push(Layer::Picker(Picker::new("For whom is it?", rows, 0, party_picked)));
}

fn ask_form(model: &mut Model, party: Party) {
    let rows = FORMS.iter().map(|(_, words)| (*words).to_owned()).collect();
    let then =
        move |_: &mut Model, row: usize| FORMS.get(row).map(|(form, _)| Effect::Look(Query::SuggestPath(party, *form)));
    model.person.layers.push(Layer::Picker(Picker::new("In which form?", rows, 0, then)));
}

/// For a sponsor the client ticks first.
fn party_picked(model: &mut Model, row: usize) -> Vec<Effect> {
    match parties(model).get(row) {
        Some((Party::Sponsor, _)) => vec![Effect::Look(Query::Releasable)],
        Some((party, _)) => {
            ask_form(model, *party);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Shows every line that the sponsor could read, word for word.
pub(super) fn offer(model: &mut Model, items: Vec<ReleaseItem>) {
    if items.is_empty() {
        model.say(
            Tone::Plain,
            concat!(
                "The agreement lets the sponsor see nothing of what there is; ",
                key!("may-see"),
                " on the agreement changes that."
            ),
        );
        return;
    }
    let releases = &model.person.snapshot.dossier.releases;
    let rows = items.iter().map(|item| (item.words.clone(), item.is_released(releases))).collect();
    let note = "The client ticks. The sponsor reads these very words and nothing else.";
    let then = move |model: &mut Model, ticked: &[bool]| released(model, &items, ticked);
    model.person.layers.push(Layer::Ticks(Ticks::new("What may the sponsor read?", note, rows, then)));
}

/// Keeps the ticks that changed, then asks for the form.
fn released(model: &mut Model, items: &[ReleaseItem], ticked: &[bool]) -> Vec<Effect> {
    let releases = &model.person.snapshot.dossier.releases;
    let changed: Vec<(ReleaseItem, bool)> = items
        .iter()
        .zip(ticked)
        .filter(|(item, ticked)| item.is_released(releases) != **ticked)
        .map(|(item, ticked)| (item.clone(), *ticked))
        .collect();
    if changed.iter().any(|(_, ticked)| *ticked) {
        let rows = vec!["No, keep no tick".to_owned(), "Yes, they are here and chose these lines".to_owned()];
        let title = format!("Is {} here, and did they choose?", model.person.snapshot.person.name);
        let then = move |model: &mut Model, row| present(model, changed.clone(), row);
        model.person.layers.push(Layer::Picker(Picker::new(&title, rows, 0, then)));
        return Vec::new();
    }
    ask_form(model, Party::Sponsor);
    if changed.is_empty() { Vec::new() } else { vec![Effect::Records(RecordsJob::Release(changed))] }
}

/// Keeps the ticks if the client is there; the sponsor's page says so, and must not say it of somebody who was not.
fn present(model: &mut Model, changed: Vec<(ReleaseItem, bool)>, row: usize) -> Vec<Effect> {
    if row != 1 {
        model.say(Tone::Plain, "No tick was kept. The client chooses what the sponsor reads.");
        return Vec::new();
    }
    ask_form(model, Party::Sponsor);
    vec![Effect::Records(RecordsJob::Release(changed))]
}

/// Asks where it is to be written: nothing leaves the records without a look at where it goes.
pub(super) fn ask_path(model: &mut Model, party: Party, form: ReportFormat, (path, problem): (&str, &str)) {
    let field =
        Field::new("path", "Write it to", path, "the file is not locked: keep it where only its reader can open it");
    let purpose = FormFor::ReportPath(party.id().to_owned(), form.id().to_owned());
    let form = Form { problem: problem.to_owned(), ..Form::new("Hand over", vec![field], purpose) };
    model.person.layers.push(Layer::Form(form));
}

/// Asks for the report.
pub(super) fn path_typed(typed: &Form, party: &str, form: &str) -> Result<Effect, String> {
    let path = typed.only_line();
    let known = Party::parse(party).zip(ReportFormat::parse(form)).filter(|_| !path.is_empty());
    let (party, form) = known.ok_or("Name a file to write it to.")?;
    // What was typed for another place does not become the name of a file.
    if ReportFormat::of_file(std::path::Path::new(&path)) != Some(form) {
        let usual = form.endings().first().copied().unwrap_or_default();
        return Err(format!("The name of this file ends in .{usual}. Take out what comes after it."));
    }
    Ok(Effect::Report(party, form, path))
}

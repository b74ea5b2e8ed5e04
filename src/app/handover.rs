//! Handing over a report: asks for whom and in which format, and for a sponsor also which lines the client releases.

use super::effect::{Effect, Query, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::{Picker, Ticks};
use crate::command::key;
use crate::domain::{Party, ReleaseItem, ReportFormat};

/// Returns the parties a report can be for. For the user's own records there is only one, and a sponsor is offered only
/// if the agreement names one.
fn parties(model: &Model) -> Vec<(Party, &'static str)> {
    if !model.person.snapshot.person.is_client() {
        return vec![(Party::Client, "For me")];
    }
    let mut parties =
        vec![(Party::Client, "For the client"), (Party::Coach, "For the coach's file, without private notes")];
    if model.person.snapshot.dossier.engagement().is_some_and(|terms| !terms.sponsor.trim().is_empty()) {
        parties.push((Party::Sponsor, "For the sponsor, with only what the client ticks"));
    }
    parties
}

/// Asks for whom the report is.
pub(super) fn open(model: &mut Model) {
    let parties = parties(model);
    if let [(party, _)] = parties.as_slice() {
        let party = *party;
        ask_form(model, party);
        return;
    }
    let rows = parties.iter().map(|(_, words)| (*words).to_owned()).collect();
    model.person.layers.push(Layer::Picker(Picker::new("Who is this report for?", rows, 0, party_picked)));
}

fn ask_form(model: &mut Model, party: Party) {
    let rows = ReportFormat::ALL.iter().map(|format| format.offer().to_owned()).collect();
    let then = move |_: &mut Model, row: usize| {
        ReportFormat::ALL.get(row).map(|format| Effect::Look(Query::SuggestPath(party, *format)))
    };
    model.person.layers.push(Layer::Picker(Picker::new("Which format do you want?", rows, 0, then)));
}

/// For a sponsor, the client ticks the lines to release first.
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

/// Shows every line that the sponsor could be allowed to read, word for word.
pub(super) fn offer(model: &mut Model, items: Vec<ReleaseItem>) {
    if items.is_empty() {
        model.say(
            Tone::Plain,
            concat!(
                "The agreement does not let the sponsor see any of this. To change that, press ",
                key!("may-see"),
                " on the agreement."
            ),
        );
        return;
    }
    let releases = &model.person.snapshot.dossier.releases;
    let rows = items.iter().map(|item| (item.words.clone(), item.is_released(releases))).collect();
    let note = "The client ticks what the sponsor can read. The sponsor reads these words and nothing else.";
    let then = move |model: &mut Model, ticked: &[bool]| released(model, &items, ticked);
    model.person.layers.push(Layer::Ticks(Ticks::new("What can the sponsor read?", note, rows, then)));
}

/// Saves the changed ticks, then asks for the format. New ticks have to be confirmed first.
fn released(model: &mut Model, items: &[ReleaseItem], ticked: &[bool]) -> Vec<Effect> {
    let releases = &model.person.snapshot.dossier.releases;
    let changed: Vec<(ReleaseItem, bool)> = items
        .iter()
        .zip(ticked)
        .filter(|(item, ticked)| item.is_released(releases) != **ticked)
        .map(|(item, ticked)| (item.clone(), *ticked))
        .collect();
    if changed.iter().any(|(_, ticked)| *ticked) {
        let rows =
            vec!["No, do not save these ticks".to_owned(), "Yes, they are here and chose these lines".to_owned()];
        let title = format!("Is {} here, and did they choose?", model.person.snapshot.person.name);
        let then = move |model: &mut Model, row| present(model, changed.clone(), row);
        model.person.layers.push(Layer::Picker(Picker::new(&title, rows, 0, then)));
        return Vec::new();
    }
    ask_form(model, Party::Sponsor);
    if changed.is_empty() { Vec::new() } else { vec![Effect::Records(RecordsJob::Release(changed))] }
}

/// Saves the ticks only if the client is present, because the sponsor's page says that the client chose the lines.
fn present(model: &mut Model, changed: Vec<(ReleaseItem, bool)>, row: usize) -> Vec<Effect> {
    if row != 1 {
        model.say(Tone::Plain, "Your ticks were not saved. The client must choose what the sponsor reads.");
        return Vec::new();
    }
    ask_form(model, Party::Sponsor);
    vec![Effect::Records(RecordsJob::Release(changed))]
}

/// Asks for the path of the report, so that nothing leaves the records before the user has seen where it goes.
pub(super) fn ask_path(model: &mut Model, party: Party, form: ReportFormat, (path, problem): (&str, &str)) {
    let field = Field::new(
        "path",
        "Save it as",
        path,
        "the file is not encrypted, so save it where only its reader can open \
            it",
    );
    let purpose = FormFor::ReportPath(party.id().to_owned(), form.id().to_owned());
    let form = Form { problem: problem.to_owned(), ..Form::new("Report", vec![field], purpose) };
    model.person.layers.push(Layer::Form(form));
}

/// Reads the form with the path of the report.
pub(super) fn path_typed(typed: &Form, party: &str, form: &str) -> Result<Effect, String> {
    let path = typed.only_line();
    let known = Party::parse(party).zip(ReportFormat::parse(form)).filter(|_| !path.is_empty());
    let (party, form) = known.ok_or("Enter a file name.")?;
    // A line typed for another purpose, such as a command, must not become a file name.
    if ReportFormat::of_file(std::path::Path::new(&path)) != Some(form) {
        let usual = form.ending();
        return Err(format!("The name of this file ends in .{usual}. Remove what comes after it."));
    }
    Ok(Effect::Report(party, form, path))
}

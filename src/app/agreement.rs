//! The agreement screen: what coach and client agreed. It is shown whenever a client's records are opened.

use super::effect::{Effect, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::Model;
use super::people;
use super::picker::{Picker, Ticks};
use super::place::{Place, Screen};
use super::view::{PageView, View};
use crate::command::{Command, Context, key};
use crate::domain::{Day, Engagement, EngagementPurpose, Party, RecordKind, Sheet, parse_day, typed_day};

pub(super) struct AgreementPlace;

impl Place for AgreementPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Agreement, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let dossier = &model.person.snapshot.dossier;
        let holds = dossier.engagement();
        Some(match command {
            Command::Agree => {
                let open = holds.is_none_or(|terms| terms.agreed_on.is_none());
                when(open, "You have already agreed to this.", ask_to_agree)
            }
            Command::EndAgreement => when(holds.is_some(), "There is no agreement yet.", ask_to_end),
            Command::UseEarlier => {
                when(dossier.kept_apart > 0, "There are no earlier answers for another purpose.", use_earlier)
            }
            Command::EditTerms => act(edit),
            Command::MaySee => act(may_see),
            Command::EditCard => act(people::edit_card),
            _ => return None,
        })
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Agreement)
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let person = &model.person;
        let title = format!("What {} and the coach agreed", person.snapshot.person.name);
        let sheet = Sheet::agreement(model.shell.library.as_ref()?, &person.snapshot.dossier, &model.terms());
        Some(View::page("Agreement", PageView::new(title, sheet), person.at[Screen::Agreement].scroll))
    }

    fn reachable(&self, model: &Model) -> Result<(), &'static str> {
        let why = concat!("To open a client's records first, press ", key!("people"), ".");
        if model.person.snapshot.person.is_client() { Ok(()) } else { Err(why) }
    }
}

impl Model {
    /// Returns the current agreement, or the default terms to begin from if there is none.
    #[must_use]
    pub fn terms(&self) -> Engagement {
        self.person.snapshot.dossier.engagement().cloned().unwrap_or_else(|| Engagement::usual(self.shell.today))
    }
}

fn keep(terms: Engagement) -> Effect {
    Effect::Records(RecordsJob::KeepEngagement(Box::new(terms)))
}

/// Asks for confirmation, because a key pressed by mistake must not record a consent that nobody gave.
fn ask_to_agree(model: &mut Model) {
    let agree = |model: &mut Model| keep(Engagement { agreed_on: Some(model.shell.today), ..model.terms() });
    let picker = Picker::ask("Do you both agree to this?", "No, not yet", "Yes, we agree to it today", agree);
    model.person.layers.push(Layer::Picker(picker));
}

/// Asks whether the client allows answers given for another purpose to be used for this one.
fn use_earlier(model: &mut Model) {
    let title = "Can answers given for another purpose be used here?";
    let picker = Picker::ask(title, "No, do not use them", "Yes, the client agrees to it", |model: &mut Model| {
        let terms = model.terms();
        let also = EngagementPurpose::ALL.into_iter().filter(|purpose| *purpose != terms.purpose).collect();
        keep(Engagement { also, ..terms })
    });
    model.person.layers.push(Layer::Picker(picker));
}

/// Opens a form with the terms of the agreement.
fn edit(model: &mut Model) {
    let terms = model.terms();
    let day = |day: Option<Day>| day.map(typed_day).unwrap_or_default();
    let fields = vec![
        Field::new("purpose", "Purpose", terms.purpose.id(), "development, selection or appraisal"),
        Field::new("goal", "What the client wants", &terms.goal, "in their words"),
        Field::new("sponsor", "Sponsor", &terms.sponsor, "who pays or asked for the coaching, or leave empty"),
        Field::new("limits", "Limits of confidentiality", &terms.limits, ""),
        Field::new("keep-until", "Keep records until", &day(terms.keep_until), "a date you agreed with the client"),
        Field::new("paid", "Paid work", if terms.paid { "yes" } else { "no" }, "yes or no, for your hours log"),
    ];
    super::drafts::begin_form(model, Form::new("The agreement", fields, FormFor::Terms));
}

/// Asks for confirmation, because a key pressed by mistake must not end the agreement.
fn ask_to_end(model: &mut Model) {
    let end = |model: &mut Model| keep(Engagement { ended_on: Some(model.shell.today), ..model.terms() });
    let picker = Picker::ask("End the agreement?", "No, keep it open", "Yes, end it today", end);
    model.person.layers.push(Layer::Picker(picker));
}

/// Reads the form. Another purpose, sponsor, limit or retention date makes a new agreement that both have to agree to;
/// another purpose also ends the permission to use answers given for other purposes.
pub(super) fn read(model: &Model, form: &Form) -> Result<Effect, String> {
    let before = model.terms();
    let typed = form.line("purpose").to_lowercase();
    let purpose =
        EngagementPurpose::ALL.into_iter().find(|purpose| !typed.is_empty() && purpose.id().starts_with(&typed));
    let purpose = purpose.ok_or("Enter a purpose: development, selection or appraisal.")?;
    let until = form.line("keep-until");
    let keep_until = if until.is_empty() { None } else { Some(parse_day(&until, model.shell.today)?) };
    let paid = match form.line("paid").to_lowercase().as_str() {
        "yes" | "y" => true,
        "no" | "n" | "" => false,
        _ => return Err("For paid work, enter yes or no.".to_owned()),
    };
    let also = if purpose == before.purpose { before.also.clone() } else { std::collections::BTreeSet::new() };
    let terms = Engagement {
        purpose,
        also,
        goal: form.line("goal"),
        sponsor: form.line("sponsor"),
        limits: form.line("limits"),
        keep_until,
        paid,
        ..before.clone()
    };
    let words = |terms: &Engagement| (terms.purpose, terms.sponsor.clone(), terms.limits.clone(), terms.keep_until);
    let agreed_on = terms.agreed_on.filter(|_| words(&terms) == words(&before));
    Ok(Effect::Records(RecordsJob::KeepEngagement(Box::new(Engagement { agreed_on, ..terms }))))
}

/// Opens the list of who may see what. The coach is not in it, because the coach always sees what is said to them.
fn may_see(model: &mut Model) {
    let terms = model.terms();
    let pairs: Vec<(RecordKind, Party)> = [Party::Client, Party::Sponsor]
        .into_iter()
        .flat_map(|party| RecordKind::ALL.into_iter().map(move |kind| (kind, party)))
        .collect();
    let rows = pairs.iter().map(|(kind, party)| {
        (format!("the {} can see {}", party.id(), kind.title_for(*party)), terms.shows(*kind, *party))
    });
    let rows = rows.collect();
    let note = "A sponsor can only read what the client ticks, line by line. Private notes are never shared this way.";
    let then = move |model: &mut Model, ticked: &[bool]| seen(model, &pairs, ticked);
    model.person.layers.push(Layer::Ticks(Ticks::new("Who can see what", note, rows, then)));
}

/// Saves the ticks. Any change has to be agreed to again.
fn seen(model: &Model, pairs: &[(RecordKind, Party)], ticked: &[bool]) -> Vec<Effect> {
    let before = model.terms();
    let mut may_see = before.may_see.clone();
    for (pair, ticked) in pairs.iter().zip(ticked) {
        if *ticked {
            may_see.insert(*pair)
        } else {
            may_see.remove(pair)
        };
    }
    if may_see == before.may_see {
        return Vec::new();
    }
    vec![keep(Engagement { may_see, agreed_on: None, ..before })]
}

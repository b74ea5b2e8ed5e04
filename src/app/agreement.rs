//! Agreement: what coach and client agreed, shown whenever a client's records are opened, and its words.

use super::layer::{Field, Form, FormFor, Layer, Picker, PickerFor, Ticks, TicksFor};
use super::model::{Model, Screen};
use super::msg::Effect;
use crate::command::{Command, key};
use crate::domain::{Day, Engagement, EngagementPurpose, Party, RecordKind, parse_day};

impl Model {
    /// The agreement that holds, or the usual one to begin from.
    #[must_use]
    pub fn terms(&self) -> Engagement {
        self.person.snapshot.dossier.engagement().cloned().unwrap_or_else(|| Engagement::usual(self.shell.today))
    }
}

/// Whether a command of the agreement does something now.
pub(super) fn can(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    let holds = model.person.snapshot.dossier.engagement();
    match command {
        Command::GoAgreement if model.person.screen == Screen::Agreement => Err("This is the screen you are on."),
        Command::GoAgreement => when(
            model.person.snapshot.person.is_client(),
            concat!("Open a client's records first, with ", key!("people"), "."),
        ),
        Command::Agree => when(holds.is_none_or(|terms| terms.agreed_on.is_none()), "You have agreed to this."),
        Command::EndAgreement => when(holds.is_some(), "There is no agreement yet."),
        Command::UseEarlier => {
            when(model.person.snapshot.dossier.kept_apart > 0, "No answers are kept apart for another purpose.")
        }
        _ => Ok(()),
    }
}

fn keep(terms: Engagement) -> Vec<Effect> {
    vec![Effect::KeepEngagement(Box::new(terms))]
}

/// Asks first: a letter typed by mistake must not note a consent that nobody gave.
pub(super) fn ask_to_agree(model: &mut Model) {
    let rows = ["No, not yet", "Yes, we agree to it today"].map(str::to_owned).to_vec();
    model.person.layers.push(Layer::Picker(Picker::new("Do you both agree to this?", rows, 0, PickerFor::Agree)));
}

/// Notes that both agreed today.
pub(super) fn agree(model: &Model) -> Vec<Effect> {
    keep(Engagement { agreed_on: Some(model.shell.today), ..model.terms() })
}

/// Ends the agreement today.
pub(super) fn end(model: &Model) -> Vec<Effect> {
    keep(Engagement { ended_on: Some(model.shell.today), ..model.terms() })
}

/// Asks whether the client lets earlier answers serve this purpose, too.
pub(super) fn use_earlier(model: &mut Model) {
    let rows = ["No, keep them apart", "Yes, the client agrees to it"].map(str::to_owned).to_vec();
    let title = "May answers given for another purpose serve this one?";
    model.person.layers.push(Layer::Picker(Picker::new(title, rows, 0, PickerFor::UseEarlier)));
}

/// Notes it, if that is what was picked.
pub(super) fn earlier_used(model: &Model, row: usize) -> Vec<Effect> {
    if row != 1 {
        return Vec::new();
    }
    let terms = model.terms();
    let also = EngagementPurpose::ALL.into_iter().filter(|purpose| *purpose != terms.purpose).collect();
    keep(Engagement { also, ..terms })
}

/// Opens the words of the agreement.
pub(super) fn edit(model: &mut Model) {
    let terms = model.terms();
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let fields = vec![
        Field::new("What for", terms.purpose.id(), "development, selection or appraisal"),
        Field::new("What the client wants from it", &terms.goal, "in their words"),
        Field::new("Who pays or asked for it", &terms.sponsor, "the sponsor; empty if nobody else does"),
        Field::new("Limits of confidence", &terms.limits, ""),
        Field::new("Records are kept until", &day(terms.keep_until), "a day, agreed with the client"),
        Field::new("Paid work", if terms.paid { "yes" } else { "no" }, "yes or no; for the coach's hours log"),
    ];
    super::drafts::begin_form(model, Form::new("The agreement", fields, FormFor::Terms));
}

/// Asks first: a letter typed by mistake must not end it.
pub(super) fn ask_to_end(model: &mut Model) {
    let rows = vec!["No, it goes on".to_owned(), "Yes, end it today".to_owned()];
    model.person.layers.push(Layer::Picker(Picker::new("End the agreement?", rows, 0, PickerFor::EndAgreement)));
}

/// Reads it back. Another purpose, sponsor or limit is a new agreement to be agreed to; what was given for one purpose
/// does not follow to another.
pub(super) fn read(model: &Model, form: &Form) -> Result<Effect, String> {
    let before = model.terms();
    let typed = form.line(0).to_lowercase();
    let purpose =
        EngagementPurpose::ALL.into_iter().find(|purpose| !typed.is_empty() && purpose.id().starts_with(&typed));
    let purpose = purpose.ok_or("The purpose is development, selection or appraisal.")?;
    let until = form.line(4);
    let keep_until = if until.is_empty() { None } else { Some(parse_day(&until, model.shell.today)?) };
    let paid = match form.line(5).to_lowercase().as_str() {
        "yes" | "y" => true,
        "no" | "n" | "" => false,
        _ => return Err("Paid work is yes or no.".to_owned()),
    };
    let also = if purpose == before.purpose { before.also.clone() } else { std::collections::BTreeSet::new() };
    let terms = Engagement {
        purpose,
        also,
        goal: form.line(1),
        sponsor: form.line(2),
        limits: form.line(3),
        keep_until,
        paid,
        ..before.clone()
    };
    let words = |terms: &Engagement| (terms.purpose, terms.sponsor.clone(), terms.limits.clone(), terms.keep_until);
    let agreed_on = terms.agreed_on.filter(|_| words(&terms) == words(&before));
    Ok(Effect::KeepEngagement(Box::new(Engagement { agreed_on, ..terms })))
}

/// Opens the list of who may see what. The coach sees what is said to them; that is no question.
pub(super) fn may_see(model: &mut Model) {
    let terms = model.terms();
    let pairs: Vec<(RecordKind, Party)> = [Party::Client, Party::Sponsor]
        .into_iter()
        .flat_map(|party| RecordKind::ALL.into_iter().map(move |kind| (kind, party)))
        .collect();
    let rows = pairs.iter().map(|(kind, party)| {
        (format!("the {} may see {}", party.id(), kind.title_for(*party)), terms.shows(*kind, *party))
    });
    model.person.layers.push(Layer::Ticks(Ticks {
        title: "Who may see what".to_owned(),
        note: "A sponsor reads nothing that the client has not ticked line by line. Private notes are on no list."
            .to_owned(),
        rows: rows.collect(),
        at: 0,
        purpose: TicksFor::MaySee(pairs),
    }));
}

/// Takes the ticks. A change has to be agreed to anew.
pub(super) fn seen(model: &Model, pairs: &[(RecordKind, Party)], ticked: &[bool]) -> Vec<Effect> {
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
    keep(Engagement { may_see, agreed_on: None, ..before })
}

//! The first screen: what matters now, as rows that lead where they say.

use super::model::Model;
use crate::domain::{ActionStatus, BehaviourIx, Due, Organisation, Rated, count, short_day};

/// Most actions listed.
const MOST_ACTIONS: usize = 4;
/// Days after which something important is worth a look back.
const LOOK_BACK: i32 = 60;

/// Where a row leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The search screen.
    Find,
    /// A reflection on this behaviour, with its draft if there is one.
    Reflect(BehaviourIx),
    /// The advice screen.
    Advice,
    /// This action in the plan.
    Action(String),
    /// Level and organisation.
    AboutMe,
    /// The packs and rules.
    Rules,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub text: String,
    /// The rest of it, quieter.
    pub note: String,
    /// It should not wait.
    pub urgent: bool,
    /// Where it leads.
    pub to: Target,
}

fn item(text: impl Into<String>, note: impl Into<String>, to: Target) -> Item {
    Item { text: text.into(), note: note.into(), urgent: false, to }
}

/// The rows, most pressing first. There is always at least one.
#[must_use]
pub fn items(model: &Model) -> Vec<Item> {
    let Some(library) = &model.library else {
        return vec![item("Find a behaviour", "opening the library\u{2026}", Target::Find)];
    };
    let mut rows = Vec::new();
    for draft in &model.snapshot.drafts {
        if let Some(ix) = library.find_in(&draft.framework, &draft.behaviour) {
            let text = format!("Finish what you began on {}", library.behaviour(ix));
            rows.push(Item { urgent: true, ..item(text, "kept as a draft", Target::Reflect(ix)) });
        }
    }
    actions(model, &mut rows);
    let waiting = model.snapshot.advised.shown.len();
    if waiting > 0 {
        let text = format!("See what your answers suggest: {}", count(waiting, "activity", "activities"));
        rows.push(item(text, "each with its reason", Target::Advice));
    }
    look_back(model, library, &mut rows);
    let first = model.snapshot.profile.session_days().is_empty();
    let note = if first { "type what is on your mind, choose, reflect" } else { "type what is on your mind" };
    rows.push(item("Find a behaviour and reflect on it", note, Target::Find));
    if !model.banner.is_empty() {
        let text = "See what is wrong with a pack or a rule";
        rows.push(Item { urgent: true, ..item(text, "everything else works", Target::Rules) });
    }
    let person = &model.snapshot.person;
    let unsaid = person.level.is_none() || person.organisation == Organisation::NotStated;
    rows.push(item(
        if unsaid { "Say where you lead from" } else { "Change where you lead from" },
        if unsaid { "level and kind of organisation; sharpens the advice".to_owned() } else { about(model) },
        Target::AboutMe,
    ));
    rows
}

/// Level and organisation in words.
pub(super) fn about(model: &Model) -> String {
    let person = &model.snapshot.person;
    let level = person.level.as_deref().map(|id| {
        let found = model.library.as_ref().and_then(|library| library.level(id));
        found.map_or(id, |(_, _, level)| level.title.as_str())
    });
    match (level, person.organisation) {
        (None, Organisation::NotStated) => "not stated".to_owned(),
        (Some(level), Organisation::NotStated) => level.to_owned(),
        (None, kind) => kind.title().to_owned(),
        (Some(level), kind) => format!("{level}, {}", kind.title()),
    }
}

fn actions(model: &Model, rows: &mut Vec<Item>) {
    let open = model.plan_rows().into_iter().filter(|action| action.status == ActionStatus::Open);
    let (mut listed, mut more) = (0, 0);
    for action in open {
        let due = action.due_on(model.today);
        if listed == MOST_ACTIONS {
            more += 1;
            continue;
        }
        listed += 1;
        let urgent = matches!(due, Due::Overdue(_) | Due::Today);
        let to = Target::Action(action.id.clone());
        rows.push(Item { urgent, ..item(format!("Do: {}", action.title), due.words(), to) });
    }
    if let (true, Some(first)) = (more > 0, model.plan_rows().get(MOST_ACTIONS)) {
        let to = Target::Action(first.id.clone());
        rows.push(item(format!("{} in the plan", count(more, "more action", "more actions")), "", to));
    }
}

/// The one behaviour most worth coming back to: called important, and longest not looked at.
fn look_back(model: &Model, library: &crate::domain::Library, rows: &mut Vec<Item>) {
    let oldest = model
        .snapshot
        .profile
        .answered()
        .filter(|(_, standing)| standing.importance.unwrap_or(0) >= 2 && standing.rated != Rated::Unanswered)
        .filter_map(|(ix, standing)| Some((standing.answers.last()?.on, ix)))
        .filter(|(on, _)| (model.today - *on).get_days() >= LOOK_BACK)
        .min();
    if let Some((on, ix)) = oldest {
        let text = format!("Look back at {}", library.behaviour(ix));
        rows.push(item(text, format!("last on {}", short_day(on, model.today)), Target::Reflect(ix)));
    }
}

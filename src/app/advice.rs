//! The advice screen: recommended activities, the reasons for them, and the user's decision about each.

use super::dialogue::{Dialogue, DialogueFor};
use super::drafts;
use super::effect::{Decision, Effect, Planned, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::picker::Picker;
use super::place::{Place, Screen};
use super::rule;
use super::view::{Body, Lines, ListView, Mark, NUMBER_READS, Number, PageView, RowView, Rows, ThirdView, View};
use crate::command::{Command, Context, key};
use crate::domain::{Advice, Intent, Sheet, USUAL_REASONS, Verdict, count, first_step_by, join_and};

/// Last row of the reasons for declining; it opens a form for the user's own words.
const OTHER_REASON: &str = "Something else\u{2026}";

pub(super) struct AdvicePlace;

impl Place for AdvicePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Advice, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let on_marked = marked(model).is_some();
        let none = if model.person.snapshot.profile.session_days().is_empty() {
            "There are no suggestions yet. Reflect on a behaviour first."
        } else {
            "There are no more suggestions now. Reflect on another behaviour to get more."
        };
        if model.person.advice.left_out {
            // Only what can be seen is decided on.
            match command {
                Command::Back => return Some(act(close_others)),
                Command::Accept | Command::Adapt | Command::Decline | Command::Behind | Command::Why => {
                    return Some(Err(concat!("To close the other ideas first, press ", key!("left-out"), ".")));
                }
                _ => {}
            }
        }
        Some(match command {
            Command::Accept => when(on_marked, none, accept),
            Command::Adapt => when(on_marked, none, adapt),
            Command::Decline => when(on_marked, none, decline),
            Command::Behind => when(on_marked, none, rule::behind),
            Command::Why if model.view.beside => Err("The reasons are already on screen."),
            Command::Why => when(on_marked, none, |model: &mut Model| {
                model.person.advice.why = !model.person.advice.why;
                model.person.at[Screen::Advice].scroll = 0;
            }),
            Command::LeftOut => {
                let advised = &model.person.snapshot.advised;
                let any = !(advised.not_shown.is_empty() && advised.near.is_empty() && advised.unmet.is_empty());
                when(any, "There is nothing else to show.", |model: &mut Model| {
                    model.person.advice.left_out = !model.person.advice.left_out;
                    model.person.at[Screen::Advice].scroll = 0;
                })
            }
            _ => return None,
        })
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Advice)
    }

    fn entered(&self, model: &mut Model) {
        close_others(model);
    }

    fn rows(&self, model: &Model) -> Option<usize> {
        Some(model.person.snapshot.advised.shown.len())
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let advised = &model.person.snapshot.advised;
        let body = if advised.shown.is_empty() { Body::Page(nothing(model)) } else { Body::list(rows(model)?) };
        let notices = model.notices();
        let first = notices.into_iter().map(|notice| PageView::new(&notice.title, Sheet::notice(notice))).collect();
        let first_more = concat!("More people to ring: ", key!("safety"), ".");
        let is_list = matches!(body, Body::List(_));
        let unfinished = unfinished(model).map(|words| format!(". {words}")).unwrap_or_default();
        let about = if is_list {
            let codes: Vec<String> = advised.unmet.iter().take(3).map(|unmet| unmet.code.clone()).collect();
            let without = if codes.is_empty() {
                String::new()
            } else {
                format!(". Nothing yet for {}: press {} to see why", join_and(&codes), key!("left-out"))
            };
            let activities = count(advised.shown.len(), "activity", "activities");
            format!("Cairn suggests {activities}{without}{unfinished}")
        } else {
            String::new()
        };
        let lines = Lines { number: Number::Reads, teach: vec![NUMBER_READS], ..Lines::default() };
        Some(View {
            about,
            about_is_shown: is_list && !(advised.unmet.is_empty() && unfinished.is_empty()),
            first,
            first_more,
            scroll: model.person.at[Screen::Advice].scroll,
            lines,
            ..View::new("Advice", body)
        })
    }
}

/// Shows the marked activity again instead of the other ideas.
fn close_others(model: &mut Model) {
    model.person.advice.left_out = false;
    model.person.at[Screen::Advice].scroll = 0;
}

/// Returns the list of recommended activities, with the marked one in full.
fn rows(model: &Model) -> Option<ListView<'_>> {
    let (library, today) = (model.shell.library.as_ref()?, model.shell.today);
    let (own, advised) = (&model.person.advice, &model.person.snapshot.advised);
    let row = move |at: usize| {
        let Some(advice) = advised.shown.get(at) else { return RowView::default() };
        let activity = library.activity(&advice.activity);
        let note = activity.map(|activity| format!("{}, {}", activity.kind.title(), activity.effort()));
        RowView { mark: Mark::Number, note: note.unwrap_or_default(), ..RowView::of(&advice.title) }
    };
    let marked = model.person.at[Screen::Advice].row;
    let (detail, third) = match advised.shown.get(marked) {
        _ if own.left_out => (PageView::new("Other ideas", Sheet::left_out(advised)), None),
        Some(advice) => {
            let whole = |why| PageView::new(&advice.title, Sheet::advice(library, advice, today, why));
            (whole(own.why), Some(ThirdView::new("Why", Sheet::reasons(advice), whole(false))))
        }
        None => (PageView::default(), None),
    };
    let list = ListView::new("Suggested for you", marked, Rows::new(advised.shown.len(), row));
    Some(ListView { third, ..list.with("What to do", detail) })
}

/// Returns a sentence about the reflection that was begun and not saved; `None` if there is none.
fn unfinished(model: &Model) -> Option<String> {
    let ix = model.unfinished()?;
    let code = &model.shell.library.as_ref()?.behaviour(ix).code;
    Some(format!("You have not finished {code}: {} opens it", key!("reflect")))
}

/// Returns a page that explains why there is no advice.
fn nothing(model: &Model) -> PageView {
    let (person, advised) = (&model.person, &model.person.snapshot.advised);
    let mut sheet = Sheet::default();
    if person.saving.is_some() {
        sheet.text("Saving and looking for suggestions\u{2026}");
        return PageView::untitled(sheet);
    }
    if let Some(words) = unfinished(model) {
        sheet.text(format!("{words}."));
    }
    if let Some(why) = advised.why_nothing() {
        sheet.text(why);
        return PageView::untitled(sheet);
    }
    let first = person.snapshot.profile.session_days().is_empty();
    if first {
        sheet.text("Suggestions come from your answers. Find a behaviour, rate it, and come back.");
    } else {
        sheet.text("There are no new suggestions. Reflect on another behaviour to get more.");
        sheet.text("To get better suggestions, say how much it matters and write a sentence or two.");
    }
    sheet.blocks.extend(Sheet::left_out(advised).blocks);
    PageView::new(if first { "No suggestions yet" } else { "No suggestions now" }, sheet)
}

/// The state of the advice screen.
#[derive(Debug, Clone, Default)]
pub struct AdviceScreen {
    /// Whether the detail includes the conditions of the rules.
    pub why: bool,
    /// Whether the detail shows the activities that were left out instead of the marked one.
    pub left_out: bool,
}

/// Returns the marked advice; `None` if there is no advice.
pub(super) fn marked(model: &Model) -> Option<&Advice> {
    model.person.snapshot.advised.shown.get(model.person.at[Screen::Advice].row)
}

fn planned(model: &Model, advice: &Advice) -> Planned {
    let activity = model.shell.library.as_ref().and_then(|library| library.activity(&advice.activity));
    Planned {
        title: advice.title.clone(),
        first_step: activity.map(|activity| activity.first_step.clone()).unwrap_or_default(),
        due: Some(first_step_by(model.shell.today)),
        intent: activity.map(Intent::of_activity).unwrap_or_default(),
    }
}

fn decision(advice: &Advice, verdict: Verdict, reason: &str, planned: Option<Planned>) -> Effect {
    Effect::Records(RecordsJob::Decide(Box::new(Decision {
        activity: advice.activity.clone(),
        verdict,
        reason: reason.to_owned(),
        because: advice.because(),
        rules: advice.rules(),
        behaviours: advice.behaviours(),
        planned,
    })))
}

/// Adds the marked activity to the plan unchanged.
fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(advice) = marked(model) else { return Vec::new() };
    vec![decision(advice, Verdict::Accepted, "", Some(planned(model, advice)))]
}

/// Opens the plan dialogue, in which the marked activity can be put in the user's own words.
fn adapt(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let planned = planned(model, advice);
    let id = advice.activity.clone();
    super::plan::begin(model, Dialogue::new(DialogueFor::Adapt(id), &planned));
}

/// Asks why the marked activity is declined.
fn decline(model: &mut Model) {
    let Some(advice) = marked(model) else { return };
    let activity = advice.activity.clone();
    let rows = USUAL_REASONS.iter().chain([&OTHER_REASON]).map(|reason| (*reason).to_owned()).collect();
    let then = move |model: &mut Model, row: usize| match USUAL_REASONS.get(row) {
        Some(reason) => declined(model, &activity, reason),
        None => {
            let field = Field::new("because", "Your reason", "", "in your own words");
            let form = Form::new("Why is this not for you?", vec![field], FormFor::DeclineBecause(activity.clone()));
            drafts::begin_form(model, form);
            Vec::new()
        }
    };
    model.person.layers.push(Layer::Picker(Picker::new("Why is this not for you?", rows, 0, then)));
}

/// Declines an activity for this reason.
pub(super) fn declined(model: &mut Model, activity: &str, reason: &str) -> Vec<Effect> {
    let advice = model.person.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This suggestion is out of date.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Declined, reason, None)]
}

/// Adds an activity to the plan in the user's own words.
pub(super) fn adapted(model: &mut Model, activity: &str, planned: Planned) -> Vec<Effect> {
    let advice = model.person.snapshot.advised.shown.iter().find(|advice| advice.activity == activity);
    let Some(advice) = advice else {
        model.say(Tone::Bad, "This suggestion is out of date.");
        return Vec::new();
    };
    vec![decision(advice, Verdict::Adapted, "", Some(planned))]
}

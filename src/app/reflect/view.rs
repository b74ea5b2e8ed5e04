//! The view of a reflection: one step at a time, with the behaviour beside it.

use crate::app::answering::{Reflect, Step};
use crate::app::model::Model;
use crate::app::view::{
    Body, FieldView, Lines, PagePart, PageView, PointView, PointsView, StepsView, TitleView, View, WritingView,
};
use crate::app::writing::kept_words;
use crate::command::{Command, key};
use crate::domain::{BehaviourIx, By, Library, NonAnswer, Rated, Scale, Sheet, count, long_day, short_day};

/// The commands that choose the non-answers, in the order of `NonAnswer::ALL`.
const INSTEAD: [Command; 3] = [Command::PickNotApplicable, Command::PickCannotSay, Command::PickPreferNot];
const WRITE: [&str; 2] = [
    "Use your own words, on as many lines as you like. Do not use people's names.",
    "Type a dot to skip the question. Type \":save\" to save the whole reflection. Type \":edit\" to open your editor.",
];

pub(super) fn view(model: &Model) -> View<'_> {
    let (Some(library), Some(reflect)) = (&model.shell.library, &model.person.reflect) else {
        return View::waiting("Reflect", "Choose a behaviour in Find first");
    };
    let behaviour = library.behaviour(reflect.behaviour);
    let kept = kept_words(reflect.keeping.saved_at(), reflect.keeping.is_unsaved(), model.shell.demo);
    let kept = if kept.is_empty() { String::new() } else { format!("draft {kept}") };
    let steps = StepsView {
        word: "step",
        steps: reflect
            .steps
            .iter()
            .map(|step| {
                (
                    reflect.step_name(*step, model.person.snapshot.person.is_client()).to_owned(),
                    is_filled(reflect, *step),
                )
            })
            .collect(),
        at: reflect.at,
    };
    let sheet = model.behaviour_sheet(library, reflect.behaviour);
    let (body, lines) = match reflect.step() {
        Step::Before => {
            let sheet = reflect.before.as_ref().map(|answer| Sheet::answer(library, answer, model.shell.today));
            let lines = Lines { ask: vec!["Type \"next\" to give a new answer."], ..Lines::default() };
            (Body::Page(PageView::untitled(sheet.unwrap_or_default())), lines)
        }
        Step::Rating => (Body::Points(rating(model, library, reflect)), Lines::default()),
        Step::Importance => (Body::Points(importance(library, reflect)), Lines::default()),
        Step::Write(_) => {
            let ask = vec!["Write your answer. To finish, type a dot on its own line."];
            (writing(reflect), Lines { ask, teach: WRITE.to_vec(), ..Lines::default() })
        }
        Step::Review => (Body::Page(PageView::of("", review(model, library, reflect))), Lines::default()),
    };
    // In the later steps, the code is enough to recall which behaviour a resumed draft is about.
    let name = match reflect.step() {
        Step::Before | Step::Rating => format!("Reflect on {behaviour}"),
        _ => format!("Reflect on {}", behaviour.code),
    };
    View {
        place: format!("reflect {} {}", behaviour.full_code(), reflect.at),
        title: Some(TitleView::new(behaviour.to_string(), kept)),
        steps: Some(steps),
        beside: Some(PageView::new("What it is", sheet)),
        scroll: reflect.scroll,
        lines,
        ..View::new(name, body)
    }
}

fn is_filled(reflect: &Reflect, step: Step) -> bool {
    match step {
        Step::Rating => reflect.rated != Rated::Unanswered,
        Step::Importance => reflect.importance.is_some(),
        Step::Write(at) => reflect.pages.get(at).is_some_and(|page| !page.buffer.text().trim().is_empty()),
        Step::Before | Step::Review => false,
    }
}

fn rating(model: &Model, library: &Library, reflect: &Reflect) -> PointsView {
    let scale = &library.framework_of(reflect.behaviour).scale;
    PointsView {
        reading: about(model, library, reflect.behaviour),
        intro: Vec::new(),
        question: scale.question.clone(),
        points: rated_points(scale, By::Myself, reflect.rated),
        marked: reflect.row,
        after: Vec::new(),
    }
}

/// Returns the points of a scale with their meaning for this rater, followed by the non-answers.
pub(in crate::app) fn rated_points(scale: &Scale, by: By, rated: Rated) -> Vec<PointView> {
    let instead = NonAnswer::ALL.into_iter().zip(INSTEAD).map(|(kind, command)| PointView {
        label: kind.title().to_owned(),
        meaning: String::new(),
        chosen: rated == Rated::Not(kind),
        instead: Some(command),
    });
    points(scale, by, rated.value()).into_iter().chain(instead).collect()
}

fn points(scale: &Scale, by: By, value: Option<i64>) -> Vec<PointView> {
    let point = |point: &crate::domain::Point| PointView {
        label: point.label.clone(),
        meaning: if by == By::Myself { &point.meaning } else { &point.of_others }.clone(),
        chosen: value == Some(point.value),
        instead: None,
    };
    scale.points.iter().map(point).collect()
}

/// Returns what the behaviour is, how it looks from the person's level, what it is not, and the person's last answer.
fn about(model: &Model, library: &Library, ix: BehaviourIx) -> Vec<PagePart> {
    let behaviour = library.behaviour(ix);
    let mut statement = Sheet::default();
    statement.text(behaviour.in_words(model.shell.settings.easy_words));
    let mut parts = vec![PagePart::Sheet(statement)];
    let own = model.level_for(ix);
    let level = own.and_then(|own| behaviour.levels.iter().find(|(id, _)| *id == own));
    parts.extend(level.map(|(_, text)| PagePart::Own("In your role", text.clone())));
    if !behaviour.opposite.is_empty() {
        parts.push(PagePart::Own("What this does not look like", behaviour.opposite.clone()));
    }
    parts.extend(model.person.snapshot.profile.of(ix).map(|standing| {
        let rated = standing.words(&library.framework_of(ix).scale);
        PagePart::Own("Last time", format!("{rated}, {}", short_day(standing.on, model.shell.today)))
    }));
    parts
}

fn importance(library: &Library, reflect: &Reflect) -> PointsView {
    let scale = &library.framework_of(reflect.behaviour).importance;
    let (mut intro, mut after) = (Sheet::default(), Sheet::default());
    intro.text("This helps Cairn suggest what to work on first.");
    after.note("Short of time? Answer one question and save. You can skip any step.");
    PointsView {
        reading: Vec::new(),
        intro: vec![PagePart::Sheet(intro)],
        question: scale.question.clone(),
        points: points(scale, By::Myself, reflect.importance),
        marked: reflect.row,
        after: vec![PagePart::Sheet(after)],
    }
}

fn writing(reflect: &Reflect) -> Body<'_> {
    let Some(page) = reflect.page() else { return Body::Page(PageView::default()) };
    let mut asks = Sheet::default();
    asks.heading(page.question.clone());
    let words = page.buffer.words();
    let note = if words == 0 {
        "Use your own words. Do not use people's names.".to_owned()
    } else {
        count(words, "word", "words")
    };
    let field = FieldView { label: String::new(), told: "", note, private: false, here: true, text: &page.buffer };
    Body::Writing(WritingView {
        asks: vec![PagePart::Sheet(asks)],
        fields: vec![field],
        most_rows: None,
        problem: String::new(),
        after: Vec::new(),
    })
}

/// Returns a summary of what will be saved.
fn review(model: &Model, library: &Library, reflect: &Reflect) -> Vec<PagePart> {
    let framework = library.framework_of(reflect.behaviour);
    let mut sheet = Sheet::default();
    if reflect.is_empty() {
        sheet.text(concat!(
            "You have not answered anything yet. To go back, press ",
            key!("previous-step"),
            ". To leave, press ",
            key!("back"),
            "."
        ));
        return vec![PagePart::Sheet(sheet)];
    }
    sheet.heading("This will be saved. Your earlier answers will not change.");
    let importance = reflect.importance.and_then(|value| framework.importance.label(value));
    let mut parts = vec![
        PagePart::Sheet(sheet),
        PagePart::Gap,
        PagePart::Own("Rating", reflect.rated.words(&framework.scale)),
        PagePart::Own("Importance", importance.unwrap_or("not answered").to_owned()),
    ];
    let on = reflect.on.filter(|on| *on != model.shell.today);
    parts.extend(on.map(|on| PagePart::Own("This happened on", long_day(on))));
    for written in reflect.pages.iter().filter(|page| !page.buffer.text().trim().is_empty()) {
        let mut sheet = Sheet::default();
        sheet.note(written.question.clone());
        sheet.text(written.buffer.text().trim());
        parts.extend([PagePart::Gap, PagePart::Sheet(sheet)]);
    }
    parts
}

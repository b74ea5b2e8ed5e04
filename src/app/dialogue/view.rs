//! The view of the plan dialogue: the question in front with the answers so far, and at the end a summary with
//! questions about gaps.

use super::{Dialogue, DialogueFor};
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::view::{Body, FieldView, Lines, PagePart, PageView, TitleView, View, WritingView};
use crate::command::key;
use crate::domain::Sheet;

/// Rows of an answer on screen.
const ROWS: u16 = 3;
const TEACH: &str =
    "To add the action to your plan at any time, type \":add to plan\". To go back a question, type \":previous\".";

pub(super) fn view(model: &Model) -> Option<View<'_>> {
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last() else { return None };
    let (Some((question, note)), Some(text)) = (dialogue.asked(), dialogue.buffer()) else {
        return Some(look_over(dialogue, model));
    };
    let (mut asks, mut after) = (Sheet::default(), Sheet::default());
    asks.heading(question);
    let said: Vec<(usize, &str, &str)> = dialogue.answered().filter(|(at, ..)| *at != dialogue.at).collect();
    if !said.is_empty() {
        after.note("So far");
    }
    for (_, label, text) in said {
        after.pair(label, text);
    }
    let field = FieldView { label: String::new(), told: "", note: note.to_owned(), private: false, here: true, text };
    let writing = WritingView {
        asks: vec![PagePart::Sheet(asks)],
        fields: vec![field],
        most_rows: Some(ROWS),
        problem: dialogue.problem.clone(),
        after: vec![PagePart::Sheet(after)],
    };
    let (at, of) = dialogue.progress();
    let place = format!("{at} of {of}");
    let first = dialogue.at == 0;
    let name = if first { format!("{}. Question {place}", dialogue.title()) } else { format!("Question {place}") };
    Some(View {
        place: format!("dialogue {} {}", dialogue.at, dialogue.problem),
        title: Some(TitleView::new(dialogue.title(), place)),
        lines: Lines { teach: if first { vec![TEACH] } else { Vec::new() }, ..Lines::default() },
        ..View::new(name, Body::Writing(writing))
    })
}

/// Returns the summary of all answers, with the questions about gaps.
fn look_over<'a>(dialogue: &Dialogue, model: &'a Model) -> View<'a> {
    let mut sheet = Sheet::default();
    for (_, label, text) in dialogue.answered() {
        sheet.pair(label, text);
    }
    let questions = dialogue.questions(&model.person.snapshot.actions, model.shell.today);
    sheet.heading(if questions.is_empty() {
        "Your action says when you start, and when you will look back."
    } else {
        "Before you save it"
    });
    let changes = matches!(dialogue.purpose, DialogueFor::Change(_));
    let mut last = Sheet::default();
    last.note(if changes {
        concat!(key!("next-question"), " saves the change. ", key!("previous-question"), " goes back.")
    } else {
        concat!(key!("next-question"), " adds it to your plan. ", key!("previous-question"), " goes back.")
    });
    if !dialogue.all {
        last.note(concat!(
            key!("more-questions"),
            " asks more questions: what might get in your way, and who can help."
        ));
    }
    let parts =
        vec![PagePart::Gap, PagePart::Sheet(sheet), PagePart::Asked(questions), PagePart::Gap, PagePart::Sheet(last)];
    let page = PageView::of(if changes { "Save this change?" } else { "Add this to your plan?" }, parts);
    View { place: "dialogue end".to_owned(), ..View::page("", page, 0) }
}

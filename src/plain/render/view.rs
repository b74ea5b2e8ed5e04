//! Renders a [`View`] as lines: the same content as on screen, with charts in words and numbers.

use super::super::place_text::{PlaceText, lines};
use super::faults::faults;
use crate::app::{
    Body, FieldView, FormView, ListLayout, ListView, Mark, Model, PagePart, PageView, PointView, PointsView, RowView,
    SecretView, Tone, View, WritingView,
};
use crate::domain::{Sheet, capital};

/// Explain how to answer a one-line text that is empty, and one that has content.
const EMPTY: &str = "Type your answer on one line, or press Enter to leave it empty.";
const FILLED: &str = "Type a new answer to replace it, or press Enter to keep it. Type \":erase\" to empty it.";

pub(super) fn render(view: &View<'_>) -> PlaceText {
    let mut out = PlaceText::at(view.place.clone());
    out.number = view.lines.number;
    out.unasked = view.lines.unasked;
    problem(&mut out, view);
    for notice in &view.first {
        out.say(format!("First: {}.", notice.title));
        parts(&mut out, &notice.parts);
    }
    let name = if is_said_by_page(view) { view.name.as_str() } else { "" };
    if name.is_empty() {
        out.say(heading(view));
    }
    parts(&mut out, &view.head);
    match &view.body {
        Body::Page(page) => read(&mut out, name, page),
        Body::List(list) => rows(&mut out, list, &view.about),
        Body::Points(view) => points(&mut out, view),
        Body::Writing(view) => writing(&mut out, view),
        Body::Form(view) => form(&mut out, view),
        Body::Secret(view) => secret(&mut out, view),
    }
    for line in &view.lines.ask {
        out.ask(line);
    }
    for line in &view.lines.teach {
        out.teach(line);
    }
    if view.lines.anew {
        let taught = std::mem::take(&mut out.teach);
        out.ask.extend(taught);
    }
    out
}

/// Puts the reason why the last input was rejected before everything else.
fn problem(out: &mut PlaceText, view: &View<'_>) {
    let why = match &view.body {
        Body::Form(form) => form.problem.as_str(),
        Body::Writing(writing) => writing.problem.as_str(),
        Body::Secret(secret) => secret.problem,
        Body::Page(_) | Body::List(_) | Body::Points(_) => "",
    };
    if !why.is_empty() {
        out.say(format!("That did not work: {why}"));
    }
}

/// Returns whether the content of a page names the place, so that no separate heading is needed.
fn is_said_by_page(view: &View<'_>) -> bool {
    let has_words = |page: &PageView| !page.title.is_empty() || !page.parts.is_empty();
    view.steps.is_none() && matches!(&view.body, Body::Page(page) if has_words(page))
}

/// Returns the name of the place, the current step and the sentence about the whole.
fn heading(view: &View<'_>) -> String {
    let mut words = sentence(&view.name);
    if let Some(steps) = &view.steps {
        let name = steps.steps.get(steps.at).map_or("", |(name, _)| name);
        let (at, all) = (steps.at + 1, steps.steps.len());
        words = format!("{words} {} {at} of {all}: {name}.", capital(steps.word));
    }
    let about = match &view.body {
        // Printed after the detail.
        Body::List(list) if list.layout == ListLayout::DetailFirst => String::new(),
        _ => sentence(&view.about),
    };
    match &view.body {
        // The rows follow, hence the colon.
        Body::List(_) if !about.is_empty() && !view.about_is_shown => {
            format!("{words} {}:", about.trim_end_matches('.'))
        }
        _ if about.is_empty() => words,
        _ => format!("{words} {about}").trim().to_owned(),
    }
}

/// Adds a full stop, unless the text ends with a punctuation mark.
fn sentence(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text if text.ends_with(['.', '?', '!', '\u{2026}', ':']) => text.to_owned(),
        text => format!("{text}."),
    }
}

/// Renders a page under its title, or under the name of its place.
fn read(out: &mut PlaceText, name: &str, page: &PageView) {
    match page.title.as_str() {
        "" => {}
        title if title.starts_with(name) => out.say(sentence(title)),
        title => out.say(format!("{} {}", sentence(name), sentence(title)).trim_start()),
    }
    parts(out, &page.parts);
}

/// Returns the faults of settings and packs and the recent messages, newest first.
pub(in crate::plain) fn messages(model: &Model) -> Vec<String> {
    sheets(&model.messages()).flat_map(|sheet| lines(&sheet)).collect()
}

fn parts(out: &mut PlaceText, parts: &[PagePart]) {
    for sheet in sheets(parts) {
        out.read(&sheet);
    }
}

/// Converts the parts of a page to sheets.
fn sheets(parts: &[PagePart]) -> impl Iterator<Item = Sheet> {
    parts.iter().map(|part| {
        let mut sheet = Sheet::default();
        match part {
            PagePart::Sheet(own) | PagePart::Bars(_, own) | PagePart::Stands(_, own) => return own.clone(),
            // The text beside these says what they show.
            PagePart::Gap | PagePart::Scales(_) | PagePart::Keys(_) => {}
            PagePart::Title(text) => sheet.text(sentence(text)),
            PagePart::Own(word, text) => sheet.pair(word, text),
            PagePart::Asked(questions) => {
                for text in questions {
                    sheet.text(text);
                }
            }
            PagePart::Table(title, rows) => {
                sheet.heading(*title);
                for (typed, does) in rows {
                    sheet.pair(typed.as_str(), *does);
                }
            }
            PagePart::Numbered(steps) => {
                for (at, step) in steps.iter().enumerate() {
                    sheet.text(format!("Step {}. {step}", at + 1));
                }
            }
            PagePart::Quoted(rows) => {
                for row in rows {
                    sheet.text(row.trim());
                }
            }
            PagePart::Key(rows) => sheet.text(rows.concat().replace(' ', "")),
            PagePart::Said(Tone::Bad | Tone::Unsaved, text) => sheet.text(format!("Attention: {text}")),
            PagePart::State(text) | PagePart::Said(_, text) => sheet.text(text),
            PagePart::Faults(found) => faults(found.iter()).into_iter().for_each(|line| sheet.text(line)),
        }
        sheet
    })
}

/// Renders the rows of a list, and the marked row in full.
fn rows(out: &mut PlaceText, list: &ListView<'_>, about: &str) {
    if list.layout == ListLayout::DetailFirst {
        parts(out, &list.detail.parts);
        out.say(sentence(about));
    }
    for at in 0..list.rows.len() {
        let view = list.rows.get(at);
        out.row(row(&view));
        if view.only_read {
            out.only_read.insert(at);
        }
    }
    out.row = list.marked;
    // Text that is shown below a list on screen is read before it.
    if let Some(third) = list.third.as_ref().filter(|third| third.else_below) {
        parts(out, &third.page.parts);
    }
    if list.rows.is_empty() && list.layout != ListLayout::DetailFirst {
        return read(out, "", &list.detail);
    }
    if list.layout == ListLayout::DetailFirst {
        return;
    }
    let title = list.detail.title.trim_end_matches('.');
    // Details that are not about the marked row get no row number.
    let marked = (list.marked < list.rows.len()).then(|| list.rows.get(list.marked));
    let is_row = marked.is_some_and(|row| !title.is_empty() && row.text.trim_end_matches('.') == title);
    let number = if is_row { format!("{} of {}: ", list.marked + 1, list.rows.len()) } else { String::new() };
    out.detail(&format!("{number}{}", sentence(title)), &Sheet::default());
    for sheet in sheets(&list.detail.parts) {
        out.detail("", &sheet);
    }
}

fn row(row: &RowView) -> String {
    if !row.told.is_empty() {
        return row.told.clone();
    }
    let lead = match row.mark {
        Mark::Urgent => "Now: ",
        Mark::Ticked(true) => "Ticked: ",
        Mark::Ticked(false) => "Not ticked: ",
        _ => "",
    };
    let code = if row.code.is_empty() { String::new() } else { format!("{} ", row.code) };
    let note = if row.note.is_empty() { String::new() } else { format!(", {}", row.note) };
    // On screen an ellipsis means that a row opens something; it is not read out.
    let text = row.text.trim().trim_end_matches(['.', '\u{2026}']);
    format!("{lead}{code}{text}{note}.")
}

/// Renders the question, the points as rows, and how to choose a point or none.
fn points(out: &mut PlaceText, view: &PointsView) {
    parts(out, &view.reading);
    parts(out, &view.intro);
    out.say(&view.question);
    out.points = true;
    out.row = view.marked;
    let (points, instead): (Vec<&PointView>, Vec<&PointView>) =
        view.points.iter().partition(|point| point.instead.is_none());
    for point in &points {
        let chosen = if point.chosen { " Chosen." } else { "" };
        let meaning = if point.meaning.is_empty() { String::new() } else { format!(" {}", point.meaning) };
        out.row(format!("{}.{meaning}{chosen}", point.label));
    }
    // An answer given instead of a rating is not a row.
    for point in instead.iter().filter(|point| point.chosen) {
        out.say(format!("Chosen so far: {}.", point.label));
    }
    let letters = if instead.is_empty() { "" } else { ", or n, c, p instead of a rating" };
    out.ask(format!("Type a number from 1 to {}{letters}. Press Enter to skip it.", points.len()));
    if !instead.is_empty() {
        // The letters are those of the table of commands; a test checks that they agree.
        let kinds = ["n", "c", "p"].into_iter().zip(&instead);
        let listed: Vec<String> = kinds.map(|(letter, point)| format!("{letter} means {}", point.label)).collect();
        out.teach(format!("{}.", listed.join(", ")));
    }
    parts(out, &view.after);
}

/// Renders the questions and the text field.
fn writing(out: &mut PlaceText, view: &WritingView<'_>) {
    parts(out, &view.asks);
    let Some(field) = view.fields.iter().find(|field| field.here) else { return };
    out.say(field.told);
    match view.most_rows {
        Some(_) => one_line(out, field.text.text()),
        None => out.written(field.text.text()),
    }
}

/// Renders the current field of a form.
fn form(out: &mut PlaceText, form: &FormView<'_>) {
    let Some(at) = form.fields.iter().position(|field| field.here) else { return };
    let Some(field) = form.fields.get(at) else { return };
    if form.fields.len() > 1 {
        out.say(format!("Line {} of {}.", at + 1, form.fields.len()));
    }
    out.say(format!("{}:", named(field)));
    one_line(out, field.text.text());
}

fn named(field: &FieldView<'_>) -> String {
    if field.note.is_empty() { field.label.clone() } else { format!("{} ({})", field.label, field.note) }
}

/// Renders the content of a one-line text and how to change it.
fn one_line(out: &mut PlaceText, text: &str) {
    if text.trim().is_empty() {
        out.teach(EMPTY);
    } else {
        out.say(format!("Your text: {text}"));
        out.teach(FILLED);
    }
}

/// Renders a request for a secret. What is typed is never printed.
fn secret(out: &mut PlaceText, view: &SecretView<'_>) {
    if view.at == 0 || !view.problem.is_empty() {
        parts(out, &view.parts);
    }
    if let Some(words) = view.offered {
        out.say(format!("Four words you could use: {words}."));
    }
    match view.lines.get(view.at) {
        Some(line) => out.say(format!("{}:", line.label)),
        None => out.ask("Type \"go on\" to continue."),
    }
}

//! The view of a session: its parts, the questions of the model beside the text, and for each text who may read it; or
//! the models to begin a session with.

use crate::app::model::Model;
use crate::app::parts::{Part, PartKind};
use crate::app::place::Screen;
use crate::app::session_draft::SessionDraft;
use crate::app::view::{
    Body, FieldView, Lines, ListView, NUMBER_READS, Number, PagePart, PageView, RowView, Rows, StepsView, TitleView,
    View, WritingView,
};
use crate::app::writing::kept_words;
use crate::command::key;
use crate::domain::{Action, ActionStatus, ConversationModel, Library, SessionKind, Sheet, count, short_day};

const WRITE: [&str; 2] = [
    "You can write as many lines as you like.",
    "Type \":parts\" to go to any part, \":find\" to look something up, or \":summary\" to finish. Type \":edit\" to \
     open your editor.",
];

pub(super) fn view(model: &Model) -> View<'_> {
    let Some(library) = &model.shell.library else {
        return View::waiting("Session", "Opening the records\u{2026}");
    };
    let Some(sitting) = &model.person.sitting else { return begin(model) };
    let Some(part) = sitting.part() else { return begin(model) };
    let private = model.person.show_private;
    let steps = StepsView {
        word: "part",
        // The existence of a private note is private too.
        steps: sitting.parts.iter().map(|part| (part.title.clone(), part.is_seen(private))).collect(),
        at: sitting.at,
    };
    let body = match part.kind {
        PartKind::Agenda | PartKind::Agreed => plan(model, part),
        PartKind::Write => write(model, sitting, part),
        PartKind::Page => page(model, library, sitting),
    };
    View { place: format!("session {} {}", part.id, sitting.in_private), steps: Some(steps), ..body }
}

/// Returns the view for choosing a model, with a description of the marked one.
fn begin(model: &Model) -> View<'_> {
    let offered = model.session_models();
    let alone = model.session_kind() == SessionKind::Alone;
    let name = if alone { "Write about something that happened" } else { "Start a session" };
    let mut head = Sheet::default();
    head.note(model.person.snapshot.dossier.last_held().map_or_else(
        || "Choose a coaching model. You can use the stages in any order.".to_owned(),
        |last| {
            format!(
                "Your last session was on {}. You can use the stages in any order.",
                short_day(last.on, model.shell.today)
            )
        },
    ));
    let marked = model.person.at[Screen::Session].row;
    let detail = offered.get(marked).map(|found| PageView::new(&found.title, Sheet::model(found)));
    let list = ListView::new("Models", marked, offered.into_iter().map(row).collect());
    let ask = "Type a number to start with that model. Type \"show\" and a number to read about it.";
    View {
        title: Some(TitleView::new(name, "")),
        head: vec![PagePart::Sheet(head)],
        lines: Lines { ask: vec![ask], ..Lines::default() },
        ..View::new(name, Body::list(list.with("What it is for", detail.unwrap_or_default())))
    }
}

fn row(found: &ConversationModel) -> RowView {
    let told = format!("{}, {}.", found.title, count(found.minutes as usize, "minute", "minutes"));
    RowView { note: format!("{} min", found.minutes), told, ..RowView::of(&found.title) }
}

/// Returns the view of a part that looks back at agreed actions or agrees on new ones; it shows the plan itself, with
/// all its keys.
fn plan<'a>(model: &'a Model, part: &Part) -> View<'a> {
    let mut head = Sheet::default();
    let question = if part.kind == PartKind::Agreed {
        match model.agreed().len() {
            0 => concat!("What will happen? To add an action, one question at a time, press ", key!("new"), ".")
                .to_owned(),
            new => {
                format!(
                    "What will happen? You agreed {} today. To add another, press {}.",
                    count(new, "action", "actions"),
                    key!("new")
                )
            }
        }
    } else {
        let today = model.shell.today;
        match model.person.snapshot.dossier.last_held() {
            Some(last) => {
                let last_note = || last.shared().last().map(|note| note.text.as_str());
                let words = last.summary().or_else(last_note).unwrap_or("no shared note was saved");
                head.pair(&format!("Last time, {}", short_day(last.on, today)), words);
            }
            None => head.text("No earlier session is recorded here."),
        }
        let open = model.plan_rows().iter().filter(|action| action.status == ActionStatus::Open).count();
        match open {
            0 => concat!("There are no open actions. To go on, press ", key!("next-part"), ".").to_owned(),
            open => format!(
                "You have {}. What happened? To mark one as done, press {}.",
                count(open, "open action", "open actions"),
                key!("done")
            ),
        }
    };
    let list = model.plan_list().filter(|list| !list.rows.is_empty());
    let teach = if list.is_some() { vec![NUMBER_READS] } else { Vec::new() };
    let list = list.unwrap_or_else(|| ListView::new("", 0, Rows::new(0, |_| RowView::default())));
    View {
        head: vec![PagePart::Sheet(head), PagePart::Title(question)],
        scroll: model.person.at[Screen::Plan].scroll,
        lines: Lines { number: Number::Reads, teach, ..Lines::default() },
        ..View::new("Session", Body::list(list))
    }
}

fn write<'a>(model: &'a Model, sitting: &'a SessionDraft, part: &'a Part) -> View<'a> {
    let mut asks = Sheet::default();
    if !part.aim.is_empty() {
        asks.note(part.aim.clone());
    }
    let both = model.person.show_private && sitting.kind == SessionKind::OneToOne;
    let (label, told) = match sitting.kind {
        SessionKind::Alone => ("Your words", "These are your own words. They stay with you."),
        SessionKind::OneToOne => ("Shared note", "This is the shared note. Both of you can read it."),
    };
    let kept = kept_words(sitting.keeping.saved_at(), sitting.keeping.is_unsaved(), model.shell.demo);
    let field = |label: &str, told, private, text: &'a crate::app::EditBuffer| {
        let here = private == sitting.in_private || !both;
        let words = if text.text().trim().is_empty() { String::new() } else { count(text.words(), "word", "words") };
        let note = if here && !kept.is_empty() { format!("{words}  {kept}") } else { words };
        FieldView { label: label.to_owned(), told, note, private, here, text }
    };
    let mut fields = vec![field(label, told, false, &part.shared)];
    if both {
        let told = "This is the PRIVATE note. Only the coach can read it.";
        fields.push(field("PRIVATE to the coach", told, true, &part.private));
    }
    let writing = WritingView {
        asks: vec![PagePart::Sheet(asks), PagePart::Asked(part.prompts.clone())],
        fields,
        most_rows: None,
        problem: String::new(),
        after: Vec::new(),
    };
    let ask = "Write your note. To go to the next part, type a dot on its own line.";
    View {
        scroll: sitting.scroll,
        lines: Lines { ask: vec![ask], teach: WRITE.to_vec(), ..Lines::default() },
        ..View::new("Session", Body::Writing(writing))
    }
}

/// Returns the view of the page that is read together.
fn page<'a>(model: &'a Model, library: &Library, sitting: &SessionDraft) -> View<'a> {
    let ids = model.agreed();
    let agreed: Vec<&Action> = model.person.snapshot.actions.iter().filter(|action| ids.contains(&action.id)).collect();
    let session = sitting.session(model.shell.now, ids.clone());
    let sheet = Sheet::session_page(library, &session, &agreed, model.shell.today);
    let mut after = Sheet::default();
    let title = match sitting.kind {
        SessionKind::OneToOne => {
            after.note(concat!(
                "Read it together. To finish and save the session, press ",
                key!("end-session"),
                ". To go back, press ",
                key!("previous-part"),
                "."
            ));
            format!("{} and the coach", model.person.snapshot.person.name)
        }
        SessionKind::Alone => {
            let words = concat!(
                key!("end-session"),
                " saves it in your Journal. To go back, press ",
                key!("previous-part"),
                "."
            );
            after.note(words);
            "What you wrote".to_owned()
        }
    };
    let parts = vec![PagePart::Sheet(sheet), PagePart::Gap, PagePart::Sheet(after)];
    View::page("Session", PageView::of(title, parts), model.person.at[Screen::Session].scroll)
}

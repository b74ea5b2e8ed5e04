//! What lies over a screen: help, a form, a list to pick from. Data, not code: the top layer sees the key first.

use serde::{Deserialize, Serialize};

use super::amend::Begun;
use super::dialogue::Dialogue;
use super::drafts;
use super::edit::EditBuffer;
use super::palette::Palette;
use super::secret::{PaperPage, SecretPage};
use crate::domain::{Day, Party, Piece, RecordKind, ReleaseItem, clean, fold};
use crate::seal::Secret;
use crate::search::best_names;

/// One thing over the screen.
#[derive(Debug, Clone)]
pub enum Layer {
    /// Every key that works here.
    Help(HelpPage),
    /// Every command, which narrows as one types.
    Palette(Palette),
    /// What was said lately.
    Messages(u16),
    /// A card of the tour, counted from 0.
    Tour(usize),
    /// Lines to fill in.
    Form(Form),
    /// A list to pick one from.
    Picker(Picker),
    /// A list that narrows as one types.
    Chooser(Chooser),
    /// A list of which any may be ticked.
    Ticks(Ticks),
    /// Questions asked one after the other.
    Dialogue(Box<Dialogue>),
    /// A passphrase.
    Secret(SecretPage),
    /// The paper key, shown once.
    Paper(PaperPage),
    /// People to ring; how far it is scrolled.
    Safety(u16),
}

/// The help page.
#[derive(Debug, Clone)]
pub struct HelpPage {
    /// What is typed to narrow it.
    pub filter: EditBuffer,
    /// How far it is scrolled.
    pub scroll: u16,
}

impl Default for HelpPage {
    fn default() -> Self {
        Self { filter: EditBuffer::line(""), scroll: 0 }
    }
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormFor {
    /// Set this activity aside for a reason in own words.
    DeclineBecause(String),
    /// What was learned from this action, which is done.
    Done(String),
    /// Name, e-mail address and consent of the client.
    Card,
    /// The words of the agreement.
    Terms,
    /// An example for the behaviour that is being rated in a comparison.
    Example,
    /// Where a report is written: for whom and in which form, by id.
    ReportPath(String, String),
    /// What this entry of the journal says instead.
    Correct(String),
    /// The day on which what is reflected on happened.
    HappenedOn,
    /// A note for this session, and who may read it.
    AddNote(String, String),
}

impl FormFor {
    /// Where what is written in it is kept; `None` for a day or a path, which is worth no draft. What is written for a view
    /// goes with the view.
    #[must_use]
    pub(super) fn slot(&self) -> Option<String> {
        let own = match self {
            Self::DeclineBecause(activity) => format!("decline/{activity}"),
            Self::Done(action) => format!("done/{action}"),
            Self::Card => "card".to_owned(),
            Self::Terms => "terms".to_owned(),
            Self::Correct(piece) => format!("correct/{piece}"),
            Self::AddNote(session, seen) => format!("note/{session}/{seen}"),
            Self::Example | Self::ReportPath(..) | Self::HappenedOn => return None,
        };
        Some(format!("{}/{own}", drafts::FORM))
    }
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// What is written in it.
    pub buffer: EditBuffer,
    /// How to fill it in; may be empty.
    pub note: String,
}

impl Field {
    /// A line with something in it already.
    #[must_use]
    pub fn new(label: &str, text: &str, note: &str) -> Self {
        Self { label: label.to_owned(), buffer: EditBuffer::line(text), note: note.to_owned() }
    }

    /// A line that was kept, with its line breaks.
    fn kept(label: &str, text: &str, note: &str) -> Self {
        let buffer = if text.contains('\n') { EditBuffer::new(text) } else { EditBuffer::line(text) };
        Self { buffer, ..Self::new(label, "", note) }
    }
}

/// Lines to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// Heading.
    pub title: String,
    /// At least one.
    pub fields: Vec<Field>,
    /// The line being written.
    pub at: usize,
    /// What happens with it.
    pub purpose: FormFor,
    /// What is wrong with it; may be empty.
    pub problem: String,
    /// Something changed since it was last kept.
    pub unsaved: bool,
    /// It is on its way to the disk.
    pub keeping: bool,
    /// A draft of it was sent to the disk, and has to go when it is taken.
    pub drafted: bool,
}

/// A form as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct KeptForm {
    title: String,
    purpose: FormFor,
    at: usize,
    fields: Vec<[String; 3]>,
}

impl Form {
    /// A form at its first line.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>, purpose: FormFor) -> Self {
        let problem = String::new();
        Self {
            title: title.to_owned(),
            fields,
            at: 0,
            purpose,
            problem,
            unsaved: false,
            keeping: false,
            drafted: false,
        }
    }

    /// Whether anything was written in it, whatever of it is on the disk already.
    pub(super) fn is_changed(&self) -> bool {
        self.drafted || self.unsaved || self.keeping
    }

    /// Where it is kept, if it is.
    #[must_use]
    pub fn slot(&self) -> Option<String> {
        self.purpose.slot()
    }

    /// What is kept of it.
    #[must_use]
    pub fn draft(&self) -> String {
        let line = |field: &Field| [field.label.clone(), field.buffer.text().to_owned(), field.note.clone()];
        let fields = self.fields.iter().map(line).collect();
        let kept = KeptForm { title: self.title.clone(), purpose: self.purpose.clone(), at: self.at, fields };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Takes up what was kept; `None` if it is something else.
    #[must_use]
    pub fn resume(body: &str) -> Option<Self> {
        let kept: KeptForm = serde_json::from_str(body).ok()?;
        let fields: Vec<Field> =
            kept.fields.iter().map(|[label, text, note]| Field::kept(&clean(label), text, &clean(note))).collect();
        let at = kept.at.min(fields.len().checked_sub(1)?);
        Some(Self { at, drafted: true, ..Self::new(&clean(&kept.title), fields, kept.purpose) })
    }

    /// What is written in a line, without white space around it.
    #[must_use]
    pub fn line(&self, at: usize) -> String {
        self.fields.get(at).map_or("", |field| field.buffer.text()).trim().to_owned()
    }
}

/// What a list is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerFor {
    /// The person's level; rows after the first are the levels of the first framework that has any.
    Level,
    /// The kind of organisation.
    Organisation,
    /// Why this activity is set aside.
    Decline(String),
    /// What came of this action, which is done.
    CameOut(String),
    /// How much this behaviour of the focus set matters.
    Importance(String, String),
    /// The part of the session to go to; the row after the parts changes the model.
    Part,
    /// The model to go on with; the first row is none.
    OtherModel,
    /// For whom a report is.
    ReportFor,
    /// How it is written.
    ReportForm(Party),
    /// The first of the two days that are compared.
    FromDay,
    /// The second one, with the first.
    ToDay(Day),
    /// How the screens look.
    Theme,
    /// What to do about the passphrase.
    Passphrase,
    /// Which backup to put in place: their folders.
    Backup(Vec<String>),
    /// Whether to put this one in place, and what opens it.
    Restore(String, Option<Secret>),
    /// Whether to add a client of this name.
    AddClient(String),
    /// Whether both agree to what the agreement says.
    Agree,
    /// Whether to end the agreement.
    EndAgreement,
    /// Whether earlier answers may serve another purpose.
    UseEarlier,
    /// Whether the client is there and chose these ticks.
    Present(Vec<(ReleaseItem, bool)>),
    /// Which of these is taken back; the first row keeps all.
    Withdraw(Vec<Piece>),
    /// Whether what was begun is thrown away.
    Discard(Begun),
}

/// A list to pick one from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// Heading.
    pub title: String,
    /// At least one.
    pub rows: Vec<String>,
    /// The marked row.
    pub at: usize,
    /// What happens with the choice.
    pub purpose: PickerFor,
}

impl Picker {
    /// A list with a row marked.
    #[must_use]
    pub fn new(title: &str, rows: Vec<String>, at: usize, purpose: PickerFor) -> Self {
        Self { title: title.to_owned(), rows, at, purpose }
    }
}

/// One row of a [`Chooser`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Whom it means; `None` for oneself.
    pub id: Option<String>,
    /// What it says.
    pub text: String,
    /// The rest of it, quieter.
    pub note: String,
}

/// People, narrowed by typing. While a client is at the screen, others are named only once two letters of a name are
/// typed: a list of all clients is nobody's business but the coach's.
#[derive(Debug, Clone)]
pub struct Chooser {
    /// Heading.
    pub title: String,
    /// What is typed.
    pub typed: EditBuffer,
    /// All rows.
    pub rows: Vec<Choice>,
    /// Rows that fit, best first.
    pub shown: Vec<usize>,
    /// The marked one of those; one more than there are means «add what is typed».
    pub at: usize,
    /// Rows that stand before anything is typed.
    pub open: bool,
}

/// Letters that must be typed before names are shown with somebody at the screen.
const LETTERS: usize = 2;

/// The words of a name as it is typed: letters and digits without capitals and accents.
fn words_of_name(typed: &str) -> Vec<String> {
    let spaced: String = fold(typed).chars().map(|sign| if sign.is_alphanumeric() { sign } else { ' ' }).collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}

impl Chooser {
    /// A list with nothing typed yet.
    #[must_use]
    pub fn new(title: &str, rows: Vec<Choice>, open: bool) -> Self {
        let mut chooser =
            Self { title: title.to_owned(), typed: EditBuffer::line(""), rows, shown: Vec::new(), at: 0, open };
        chooser.narrow();
        chooser
    }

    /// Finds the rows that fit what is typed. Oneself is always there.
    pub fn narrow(&mut self) {
        let typed = self.typed.text().trim();
        let names: Vec<&str> = self.rows.iter().map(|row| row.text.as_str()).collect();
        // Signs are no letters, and would find whatever there is.
        let words: Vec<String> = words_of_name(typed);
        let allowed = self.open || words.iter().any(|word| word.chars().count() >= LETTERS);
        self.shown = match (words.is_empty(), allowed) {
            (true, true) => (0..self.rows.len()).collect(),
            (false, true) => best_names(&names, &words.join(" ")),
            (_, false) => {
                (0..self.rows.len()).filter(|at| self.rows.get(*at).is_some_and(|row| row.id.is_none())).collect()
            }
        };
        // Whoever types a whole new name does not open the records of somebody whose name only looks like it.
        let begins = |row: &&Choice| {
            let own = words_of_name(&row.text);
            words.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
        };
        let fits =
            self.shown.first().and_then(|at| self.rows.get(*at)).is_some_and(|row| row.id.is_none() || begins(&row));
        self.at = if fits || !self.can_add() { 0 } else { self.shown.len() };
    }

    /// Rows on screen, with the one that adds a client where a name is typed that nobody has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len() + usize::from(self.can_add())
    }

    /// Nothing is offered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether what is typed could be a new client.
    #[must_use]
    pub fn can_add(&self) -> bool {
        let typed = self.typed.text().trim();
        !typed.is_empty() && !self.rows.iter().any(|row| row.id.is_some() && row.text == typed)
    }
}

/// What ticked rows are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicksFor {
    /// Who may see what.
    MaySee(Vec<(RecordKind, Party)>),
    /// What the sponsor may read.
    Release(Vec<ReleaseItem>),
}

/// A list of which any may be ticked.
#[derive(Debug, Clone)]
pub struct Ticks {
    /// Heading.
    pub title: String,
    /// What it means, under the heading.
    pub note: String,
    /// What each row says, and whether it is ticked.
    pub rows: Vec<(String, bool)>,
    /// The marked row.
    pub at: usize,
    /// What happens with them.
    pub purpose: TicksFor,
}

//! The palette: all commands, filtered as the user types. Unavailable commands are listed too, with the reason.

use super::choosing::is_number;
use super::edit::EditBuffer;
use super::effect::Effect;
use super::handler::{Handled, when};
use super::layer::Layer;
use super::model::{Model, Viewport};
use super::place::{List, Place};
use super::update::chosen;
use super::view::{Body, CODE_COLUMN, ListLayout, ListView, PageView, RowTone, RowView, Rows, SearchView, View};
use super::writing::changed;
use crate::command::{COMMANDS, Command, Context, Group};
use crate::domain::Sheet;
use crate::search::best_names;

pub(super) struct PalettePlace;

impl Place for PalettePlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Palette, Context::Text, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        match command {
            Command::RunCommand => {
                let marked = palette(model).is_some_and(|palette| palette.marked().is_some());
                Some(when(marked, "There is no such command.", run_marked))
            }
            Command::Palette => Some(Err("You are already in the list of commands.")),
            _ => None,
        }
    }

    fn list(&self, model: &Model) -> Option<List> {
        palette(model).map(|palette| List { marked: palette.at, rows: palette.shown.len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(Layer::Palette(palette)) = model.person.layers.last_mut() {
            palette.at = row;
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let palette = palette(model)?;
        let rows = Rows::new(palette.shown.len(), move |at| palette.row(at).map(row).unwrap_or_default());
        let list = ListView { layout: ListLayout::Table, ..ListView::new("Commands", palette.at, rows) };
        let mut nothing = Sheet::default();
        if palette.shown.is_empty() {
            nothing.text("No command matches that.");
        }
        let hint = "type what you want to do, like plan or report";
        let search = SearchView { label: "Run: ", typed: &palette.typed, hint };
        Some(View {
            search: Some(search),
            ..View::new("Commands", Body::list(list.with("", PageView::untitled(nothing))))
        })
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        palette(model).map(|palette| &palette.typed)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if let Some(Layer::Palette(palette)) = model.person.layers.last_mut()
            && changed(&mut palette.typed, change)
        {
            palette.narrow();
        }
    }
}

fn palette(model: &Model) -> Option<&Palette> {
    match model.person.layers.last() {
        Some(Layer::Palette(palette)) => Some(palette),
        _ => None,
    }
}

/// Returns the row of a command: its title, its keys as far as there is room, and what it does or why it is unavailable.
fn row(row: &PaletteRow) -> RowView {
    let entry = row.command.entry();
    let is_off = !row.off.is_empty();
    let both = row.keys.iter().take(2).cloned().collect::<Vec<_>>().join("  ");
    let code = if both.len() < CODE_COLUMN { both } else { row.keys.first().cloned().unwrap_or_default() };
    let note = if is_off { row.off.clone() } else { entry.help.to_owned() };
    let tone = if is_off { RowTone::Off } else { RowTone::Plain };
    RowView { tone, code, note, ..RowView::of(entry.title) }
}

/// A command in the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteRow {
    pub command: Command,
    /// Its keys in this place, shortest first; empty if no key runs it.
    pub keys: Vec<String>,
    /// Why it is unavailable; empty if it is available.
    pub off: String,
    /// The command that goes to its screen, if it belongs to another one that can be reached from here.
    pub way: Option<Command>,
}

/// The state of the palette.
#[derive(Debug, Clone)]
pub struct Palette {
    pub typed: EditBuffer,
    /// All commands: those that are available here, then those that are unavailable here, then those of other places.
    pub rows: Vec<PaletteRow>,
    /// Indices into `rows` of the commands that match, best match first.
    pub shown: Vec<usize>,
    /// Index of the marked row in `shown`, counted from 0.
    pub at: usize,
    /// Sizes of the place below the palette, which some commands depend on.
    under: Viewport,
}

impl Palette {
    /// Creates the palette with the state of every command in the place in front.
    #[must_use]
    pub fn over(model: &Model) -> Self {
        let contexts = model.contexts();
        let hints = model.shell.settings.keymap.hints(&contexts);
        let mut rows: Vec<(u8, u8, PaletteRow)> = COMMANDS
            .iter()
            .filter(|entry| offered(entry.command))
            .map(|entry| {
                let command = entry.command;
                let keys = hints.iter().find(|hint| hint.command == command).map(|hint| &hint.chords);
                let keys = keys.into_iter().flatten().map(ToString::to_string).collect();
                let (class, off) = match model.can(command) {
                    Ok(()) => (0, String::new()),
                    Err(why) if command.works_in(&contexts) => (1, model.keyed(why).into_owned()),
                    Err(_) => (2, elsewhere(command)),
                };
                let way = way_to(command).filter(|way| class == 2 && model.can(*way).is_ok());
                (class, u8::MAX - entry.priority, PaletteRow { command, keys, off, way })
            })
            .collect();
        rows.sort_by_key(|(class, rank, _)| (*class, *rank));
        let rows: Vec<PaletteRow> = rows.into_iter().map(|(_, _, row)| row).collect();
        let mut palette =
            Self { typed: EditBuffer::line(""), rows, shown: Vec::new(), at: 0, under: model.view.clone() };
        palette.narrow();
        palette
    }

    /// Finds the commands that match what is typed, by name and then by description. Available commands come first.
    pub fn narrow(&mut self) {
        let typed = self.typed.text().trim();
        self.at = 0;
        if typed.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let entries = || self.rows.iter().map(|row| row.command.entry());
        let named: Vec<String> = entries().map(|entry| format!("{} {}", entry.title, entry.id)).collect();
        let also: Vec<&str> = entries().map(|entry| entry.command.also()).collect();
        let told: Vec<&str> = entries().map(|entry| entry.help).collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let mut found: Vec<usize> = Vec::new();
        for texts in [named, also, told] {
            let more = best_names(&texts, typed).into_iter().filter(|at| !found.contains(at)).collect::<Vec<_>>();
            found.extend(more);
        }
        found.sort_by_key(|at| self.rows.get(*at).is_some_and(|row| !row.off.is_empty()));
        self.shown = found;
    }

    fn row(&self, at: usize) -> Option<&PaletteRow> {
        self.rows.get(*self.shown.get(at)?)
    }

    /// Returns the marked command; `None` if none matches.
    #[must_use]
    pub fn marked(&self) -> Option<&PaletteRow> {
        self.row(self.at)
    }
}

/// Returns whether a command is listed. Moving a mark or a caret is done by keys only.
fn offered(command: Command) -> bool {
    let entry = command.entry();
    let by_key = matches!(entry.group, Group::Move | Group::Edit) && entry.priority == 0;
    let of_a_layer =
        entry.keys.iter().all(|(context, _)| matches!(context, Context::Palette | Context::Tour | Context::Help));
    !by_key && !of_a_layer && !is_number(command) && command != Command::Palette
}

/// Returns a sentence that says where a command belongs.
#[must_use]
pub fn elsewhere(command: Command) -> String {
    let place = command.entry().keys.first().map_or("", |(context, _)| context.about()).trim_end_matches('.');
    let mut letters = place.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("You can use this in: {first}{}.", letters.as_str())
}

/// Returns the command that goes to the screen on which another command works; `None` if it works in no screen of its own.
fn way_to(command: Command) -> Option<Command> {
    let (context, _) = command.entry().keys.first()?;
    Some(match context {
        Context::Home => Command::GoHome,
        Context::Find => Command::GoFind,
        Context::Reflect | Context::Choice | Context::Review => Command::GoReflect,
        Context::Advice => Command::GoAdvice,
        Context::Plan => Command::GoPlan,
        Context::Rules => Command::GoRules,
        Context::Progress => Command::GoProgress,
        Context::Journal => Command::GoJournal,
        Context::Begin | Context::Session => Command::GoSession,
        Context::Agreement => Command::GoAgreement,
        Context::Views => Command::GoCompare,
        _ => return None,
    })
}

pub(super) fn open(model: &mut Model) {
    // An overlay that is only read is replaced; one that is being filled in stays below.
    if matches!(model.person.layers.last(), Some(Layer::Help(_) | Layer::Messages(_) | Layer::Tour(_))) {
        model.person.layers.pop();
    }
    let palette = Palette::over(model);
    model.person.layers.push(Layer::Palette(palette));
}

/// Runs the marked command; if it is unavailable, says why and keeps the palette open.
fn run_marked(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Palette(palette)) = model.person.layers.last() else { return Vec::new() };
    let Some(row) = palette.marked().cloned() else { return Vec::new() };
    let under = palette.under.clone();
    if let Some(way) = row.way {
        // The screen on which it works is opened, and its key is named: running it at once would act on what happens to be
        // selected there.
        model.person.layers.pop();
        model.view = under;
        let effects = chosen(model, way);
        let key = model.shell.settings.keymap.key_of(row.command, &model.contexts());
        let title = row.command.entry().title;
        let words = match key {
            Some(key) => format!("Here you are. To do this, press {key} ({title})."),
            None => format!("{title} works on this screen."),
        };
        model.say(super::model::Tone::Plain, words);
        return effects;
    }
    if !row.off.is_empty() {
        model.say(super::model::Tone::Plain, row.off);
        return Vec::new();
    }
    model.person.layers.pop();
    model.view = under;
    let effects = chosen(model, row.command);
    model.shell.last_command = Some(Command::RunCommand);
    effects
}

//! The conversation: remembers the previous output, so that only what is new is printed.

use std::collections::BTreeSet;

use super::help;
use super::input_mode::InputMode;
use super::orders::Own;
use super::parse::{ParsedLine, Then, parse};
use super::place_text::{AT_ONCE, PlaceText};
use super::render::{messages, render};
use crate::app::{Model, Notice, Screen, Tone};
use crate::command::with_names;
use crate::domain::{count, long_day};

/// Maximum number of messages that `messages` repeats.
const MOST_MESSAGES: usize = 12;
/// Maximum number of changed rows that are printed alone, without the rest of the list.
const FEW: usize = 3;

/// The previous output.
#[derive(Debug, Default)]
pub struct Talk {
    told: PlaceText,
    /// Number of rows of the list printed so far.
    upto: usize,
    /// The place under a form or a choice, and its `upto`, for the return to it.
    below: Option<(PlaceText, usize)>,
    standing: Vec<String>,
    /// The explanations already printed.
    taught: BTreeSet<String>,
    /// The sentence that named the commands last.
    hint: String,
}

impl Talk {
    /// Returns the greeting and the current place.
    pub fn begin(&mut self, model: &Model, notices: &[Notice]) -> Vec<String> {
        let mut out = vec![format!("Cairn, plain text mode. {}.", long_day(model.shell.today))];
        out.push(
            "Type a number to choose an item, or a command. Type \"help\" to see commands, or \"quit\" to leave."
                .to_owned(),
        );
        out.extend(self.render(model, &Then::Whole, notices));
        out
    }

    /// Parses a line as input to the current place.
    #[must_use]
    pub fn parse(&self, model: &Model, line: &str) -> ParsedLine {
        parse(model, &render(model), line)
    }

    /// Returns the prompt for the next line.
    #[must_use]
    pub fn prompt(model: &Model) -> &'static str {
        InputMode::of(model).prompt()
    }

    /// Returns what is to be printed after the messages of a line have been processed, with the notices of the core.
    pub fn render(&mut self, model: &Model, then: &Then, notices: &[Notice]) -> Vec<String> {
        // A command is named as it has to be typed next.
        let colon = InputMode::of(model).is_words();
        self.told(model, then, notices).iter().map(|line| with_names(line, colon).into_owned()).collect()
    }

    fn told(&mut self, model: &Model, then: &Then, notices: &[Notice]) -> Vec<String> {
        let now = render(model);
        let mut out = Vec::new();
        self.stand(model, &mut out);
        out.extend(notices.iter().map(noted));
        if let Then::Taken(Some(name)) = then {
            out.push(format!("Added to your text. If you meant the command, type \":{name}\"."));
        }
        if *then == Then::Ended {
            out.push(self.ended());
        }
        if model.shell.quit {
            return out;
        }
        let before = out.len();
        let then = if self.come_back(model, &now, &mut out) { &Then::New } else { then };
        match then {
            _ if now.place != self.told.place => self.whole(model, &now, &mut out),
            Then::Whole | Then::Found(_) => self.asked(model, &now, &mut out),
            Then::Detail => out.extend(detail_of(&now)),
            Then::Say(words) => out.extend(words.iter().cloned()),
            Then::Own(own) => self.own(*own, model, &now, &mut out),
            Then::Help(said) if said.is_empty() => out.extend(help::page(model)),
            Then::Help(said) => out.extend(help::of(model, said)),
            Then::Taken(_) if InputMode::of(model) == InputMode::Lines => {}
            Then::New | Then::Taken(_) | Then::Ended => {
                self.news(&now, &mut out);
                // Every line gets an answer, if only the heading once more.
                if out.len() == before && notices.is_empty() {
                    out.extend(if now.head.is_empty() {
                        vec!["Nothing changed.".to_owned()]
                    } else {
                        now.head.clone()
                    });
                }
            }
        }
        if let Then::Found(Some(name)) = then {
            out.push(format!("That was a search. If you meant the command, type \":{name}\"."));
        }
        self.told = now;
        out
    }

    /// Handles the return from a form or a choice to the place under it: prints its name, and prepares for only its
    /// changes to be printed. Returns whether this was such a return.
    fn come_back(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) -> bool {
        // A look-up during a session is left as quickly as a form.
        if !model.person.layers.is_empty() || (model.person.screen == Screen::Find && model.is_look_up()) {
            if self.below.is_none() {
                self.below = Some((self.told.clone(), self.upto));
            }
            return false;
        }
        let Some((below, upto)) = self.below.take().filter(|(below, _)| below.place == now.place) else { return false };
        (self.told, self.upto) = (below, upto);
        self.hint.clear();
        // Its name, unless that has changed and is printed as new.
        out.extend(now.head.first().filter(|name| self.told.head.contains(name)).cloned());
        true
    }

    /// Prints the lines of [`standing`] that are new since they were last printed.
    fn stand(&mut self, model: &Model, out: &mut Vec<String>) {
        let now = standing(model);
        out.extend(now.iter().filter(|line| !self.standing.contains(line)).cloned());
        self.standing = now;
    }

    fn ended(&self) -> String {
        match self.told.written.len() {
            0 => "You have not written anything.".to_owned(),
            lines => format!("Saved, {}.", count(lines, "line", "lines")),
        }
    }

    /// Prints the whole place.
    fn whole(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        out.extend(now.head.iter().cloned());
        self.upto = 0;
        if !now.unasked {
            self.list(now, 0, out);
        }
        if !now.written.is_empty() {
            out.push("You wrote so far:".to_owned());
            out.extend(now.written.iter().cloned());
            out.push("What you write now is added below. To start again, type \":erase\".".to_owned());
        }
        out.extend(now.ask.iter().cloned());
        out.extend(now.teach.iter().filter(|line| self.taught.insert((*line).clone())).cloned());
        let hint = help::hint(model, now);
        if hint != self.hint {
            out.push(hint.clone());
        }
        self.hint = hint;
    }

    /// Prints the whole place with its explanations and commands, as if for the first time.
    fn again(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        self.hint.clear();
        self.taught.retain(|line| !now.teach.contains(line));
        self.whole(model, now, out);
    }

    /// Prints the whole place on request, including a list that is otherwise printed only on request. A search line is
    /// printed without its explanations.
    fn asked(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        if InputMode::of(model) == InputMode::Query {
            out.extend(now.head.iter().cloned());
            self.list(now, 0, out);
        } else {
            self.again(model, now, out);
        }
    }

    fn list(&mut self, now: &PlaceText, from: usize, out: &mut Vec<String>) {
        out.extend(now.list(from));
        self.upto = (from + AT_ONCE).min(now.rows.len());
    }

    /// Prints what has changed since the previous output: of the list, either the few changed rows or all from the
    /// first change on.
    fn news(&mut self, now: &PlaceText, out: &mut Vec<String>) {
        let before = out.len();
        out.extend(now.head.iter().filter(|line| !self.told.head.contains(line)).cloned());
        let changed: Vec<usize> =
            (0..now.rows.len()).filter(|at| now.rows.get(*at) != self.told.rows.get(*at)).collect();
        if now.rows.len() == self.told.rows.len() && changed.len() <= FEW {
            out.extend(changed.iter().filter_map(|at| now.numbered(*at)));
        } else if let Some(first) = changed.first() {
            self.list(now, *first, out);
        } else {
            out.push(format!("The list now has {}.", count(now.rows.len(), "row", "rows")));
        }
        if out.len() > before {
            return;
        }
        if now.written != self.told.written {
            let lines = count(now.written.len(), "line", "lines");
            out.push(format!("The text now has {lines}. To read it, type \":show\"."));
        } else if now.row != self.told.row {
            out.extend(now.numbered(now.row));
        } else if now.detail != self.told.detail {
            out.extend(now.detail.iter().filter(|line| !self.told.detail.contains(line)).cloned());
            if out.len() == before {
                out.push("No longer shown.".to_owned());
            }
        }
    }

    fn own(&mut self, own: Own, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        match own {
            Own::Again => self.again(model, now, out),
            Own::More if self.upto >= now.rows.len() => out.push("End of page.".to_owned()),
            Own::More => self.list(now, self.upto, out),
            Own::Show | Own::Open | Own::Erase => {
                out.push(format!("You wrote {}:", count(now.written.len(), "line", "lines")));
                out.extend(now.written.iter().cloned());
            }
            Own::Where => {
                out.extend(now.head.first().cloned());
                out.extend(standing(model));
                out.extend(
                    model
                        .person
                        .sitting
                        .as_ref()
                        .map(|sitting| format!("Session: {}.", sitting.time_words(model.shell.now))),
                );
            }
            Own::Messages => {
                out.extend(messages(model).into_iter().take(MOST_MESSAGES));
            }
            Own::Help => out.extend(help::page(model)),
            Own::Searching => out.extend(help::searching()),
        }
    }
}

/// Returns the text of a notice. That of an error starts with `Attention:`.
fn noted(notice: &Notice) -> String {
    match notice.tone {
        Tone::Bad | Tone::Unsaved => format!("Attention: {}", notice.text),
        Tone::Good | Tone::Plain => notice.text.clone(),
    }
}

/// Returns the marked row in full, or the row as listed if it has no details.
fn detail_of(now: &PlaceText) -> Vec<String> {
    match (now.detail.is_empty(), now.numbered(now.row)) {
        (false, _) => now.detail.clone(),
        (true, Some(row)) => vec![row],
        (true, None) => vec!["That is the end. To read this screen again, type \"again\".".to_owned()],
    }
}

/// Returns what applies everywhere: whose records are open, what is wrong, and that a demonstration writes nothing.
fn standing(model: &Model) -> Vec<String> {
    let person = &model.person.snapshot.person;
    let mut out = Vec::new();
    if model.shell.demo {
        out.push("This is a demo. Nothing is saved.".to_owned());
    }
    if person.is_client() {
        let purpose = model.person.snapshot.dossier.engagement().map(|terms| format!(", for {}", terms.purpose.id()));
        out.push(format!("The records of {} are open{}.", person.name, purpose.unwrap_or_default()));
    } else if model.shell.library.is_some() {
        out.push("Your own records are open.".to_owned());
    }
    if !model.shell.banner.is_empty() {
        out.push(format!("Attention: {}", model.shell.banner));
    }
    out
}

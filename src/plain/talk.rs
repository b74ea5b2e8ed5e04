//! The conversation: what was told last, so that only what is new is told next.

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

/// Messages that are said again.
const MOST_MESSAGES: usize = 12;
/// Rows of a list that may have changed for them to be told alone.
const FEW: usize = 3;

/// What was told last.
#[derive(Debug, Default)]
pub struct Talk {
    told: PlaceText,
    /// How far the list was told.
    upto: usize,
    /// The place under a form or a choice, for coming back to it.
    below: Option<(PlaceText, usize)>,
    standing: Vec<String>,
    /// What was taught already.
    taught: BTreeSet<String>,
    /// The commands that were named last.
    hint: String,
}

impl Talk {
    /// The first words, and the place in front.
    pub fn begin(&mut self, model: &Model, notices: &[Notice]) -> Vec<String> {
        let mut out = vec![format!("Cairn, {}, as lines of text.", long_day(model.shell.today))];
        out.push(
            "A number chooses a row, a word is a command; \u{ab}help\u{bb} lists them, \u{ab}quit\u{bb} leaves."
                .to_owned(),
        );
        out.extend(self.render(model, &Then::Whole, notices));
        out
    }

    /// What a line means in the place in front.
    #[must_use]
    pub fn parse(&self, model: &Model, line: &str) -> ParsedLine {
        parse(model, &render(model), line)
    }

    /// What stands in front of the next line.
    #[must_use]
    pub fn prompt(model: &Model) -> &'static str {
        InputMode::of(model).prompt()
    }

    /// What is to be said now that the messages of a line are done, with what the core said meanwhile.
    pub fn render(&mut self, model: &Model, then: &Then, notices: &[Notice]) -> Vec<String> {
        let now = render(model);
        let mut out = Vec::new();
        self.stand(model, &mut out);
        out.extend(notices.iter().map(noted));
        if let Then::Taken(Some(name)) = then {
            out.push(format!("Taken as text. If you meant the command, it is \u{ab}:{name}\u{bb}."));
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
                // A line is always answered, if only with the question once more.
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
            out.push(format!("That was a search. The command is \u{ab}:{name}\u{bb}."));
        }
        self.told = now;
        out
    }

    /// From a form or a choice back to the place under it: only what is different there is told, after its name.
    fn come_back(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) -> bool {
        // What is looked up over a session is as short a way as a form.
        if !model.person.layers.is_empty() || (model.person.screen == Screen::Find && model.is_look_up()) {
            if self.below.is_none() {
                self.below = Some((self.told.clone(), self.upto));
            }
            return false;
        }
        let Some((below, upto)) = self.below.take().filter(|(below, _)| below.place == now.place) else { return false };
        (self.told, self.upto) = (below, upto);
        self.hint.clear();
        // Its name, unless that has changed and is told as new.
        out.extend(now.head.first().filter(|name| self.told.head.contains(name)).cloned());
        true
    }

    /// Whose records are open, and whether anything private is told: whenever that changes.
    fn stand(&mut self, model: &Model, out: &mut Vec<String>) {
        let now = standing(model);
        out.extend(now.iter().filter(|line| !self.standing.contains(line)).cloned());
        self.standing = now;
    }

    fn ended(&self) -> String {
        match self.told.written.len() {
            0 => "Nothing written.".to_owned(),
            lines => format!("Kept, {}.", count(lines, "line", "lines")),
        }
    }

    /// All of a place.
    fn whole(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        out.extend(now.head.iter().cloned());
        self.upto = 0;
        if !now.unasked {
            self.list(now, 0, out);
        }
        if !now.written.is_empty() {
            out.push("You wrote so far:".to_owned());
            out.extend(now.written.iter().cloned());
            out.push("What you write now is added below; \u{ab}:erase\u{bb} begins again.".to_owned());
        }
        out.extend(now.ask.iter().cloned());
        out.extend(now.teach.iter().filter(|line| self.taught.insert((*line).clone())).cloned());
        let hint = help::hint(model, now);
        if hint != self.hint {
            out.push(hint.clone());
        }
        self.hint = hint;
    }

    /// All of a place as if it were the first time.
    fn again(&mut self, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        self.hint.clear();
        self.taught.retain(|line| !now.teach.contains(line));
        self.whole(model, now, out);
    }

    /// All of it, because somebody asked: the list, too; and where a search goes on, without its instructions.
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

    /// What is different since it was told last: of the list the rows from the first that is, or the few that are.
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
            out.push(format!("The list has {} now.", count(now.rows.len(), "row", "rows")));
        }
        if out.len() > before {
            return;
        }
        if now.written != self.told.written {
            let lines = count(now.written.len(), "line", "lines");
            out.push(format!("The text has {lines} now; \u{ab}:show\u{bb} reads it."));
        } else if now.row != self.told.row {
            out.extend(now.numbered(now.row));
        } else if now.detail != self.told.detail {
            out.extend(now.detail.iter().filter(|line| !self.told.detail.contains(line)).cloned());
            if out.len() == before {
                out.push("No longer told.".to_owned());
            }
        }
    }

    fn own(&mut self, own: Own, model: &Model, now: &PlaceText, out: &mut Vec<String>) {
        match own {
            Own::Again => self.again(model, now, out),
            Own::More if self.upto >= now.rows.len() => out.push("That was all of it.".to_owned()),
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

/// What the core said. A sentence about something that went wrong says so first.
fn noted(notice: &Notice) -> String {
    match notice.tone {
        Tone::Bad | Tone::Unsaved => format!("Attention: {}", with_names(&notice.text)),
        Tone::Good | Tone::Plain => with_names(&notice.text).into_owned(),
    }
}

/// The marked row whole; where a list has no more than its rows, the row.
fn detail_of(now: &PlaceText) -> Vec<String> {
    match (now.detail.is_empty(), now.numbered(now.row)) {
        (false, _) => now.detail.clone(),
        (true, Some(row)) => vec![row],
        (true, None) => vec!["There is nothing more to read here; \u{ab}again\u{bb} repeats it.".to_owned()],
    }
}

/// What holds everywhere: whose records, whether anything private is told, what is wrong, that nothing is written.
fn standing(model: &Model) -> Vec<String> {
    let person = &model.person.snapshot.person;
    let mut out = Vec::new();
    if model.shell.demo {
        out.push("This is a demonstration; nothing is written to the disk.".to_owned());
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

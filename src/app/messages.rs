//! Recent messages: every notice shown above the footer, so that none is lost with the next key.

use std::collections::VecDeque;

use super::layer::Layer;
use super::model::{Model, Notice, Tone};
use super::place::Place;
use super::view::{PagePart, PageView, View};
use crate::command::{Context, clean_sentence, with_keys};
use crate::domain::{Fault, Sheet, count};

pub(super) struct MessagesPlace;

impl Place for MessagesPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Messages, Context::Global]
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        match model.person.layers.last_mut() {
            Some(Layer::Messages(scroll)) => Some(scroll),
            _ => None,
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Messages(scroll)) = model.person.layers.last() else { return None };
        Some(View { place: "said lately".to_owned(), ..View::page("", PageView::of("", model.messages()), *scroll) })
    }
}

/// Most notices that are stored.
const MOST: usize = 200;

/// A notice with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub notice: Notice,
    /// Time in seconds since the program started.
    pub at: u64,
    /// Whether private lines of a client were on the screen at that time; the notice is removed when they are hidden.
    pub private: bool,
}

impl Model {
    /// Shows a notice above the footer, and adds it to the recent notices.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        // The text may contain a file name or a message of the operating system.
        let notice = Notice { text: clean_sentence(&text.into()), tone };
        // An unavailable command gives the same notice each time; it is stored once.
        if self.person.said.back().is_none_or(|last| last.notice != notice) {
            let private = self.person.show_private && self.person.snapshot.person.is_client();
            keep(&mut self.person.said, Said { notice: notice.clone(), at: self.shell.now, private });
        }
        self.person.notice = Some(notice);
    }
}

fn keep(said: &mut VecDeque<Said>, one: Said) {
    if said.len() == MOST {
        said.pop_front();
    }
    said.push_back(one);
}

impl Model {
    /// Returns a sentence with the keys that its commands currently have.
    #[must_use]
    pub fn keyed<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        with_keys(text, &self.shell.settings.keymap, &self.contexts())
    }

    /// Shows the first problem with the settings as a notice, and stores all of them to be read later.
    pub fn take_faults(&mut self, faults: Vec<Fault>) {
        let Some(first) = faults.first() else { return };
        let others = match faults.len() {
            1 => String::new(),
            many => format!(" And {}.", count(many - 1, "more", "more")),
        };
        self.say(
            Tone::Bad,
            format!("{}: {}.{others} Cairn uses the rest of your settings.", first.place(), first.message),
        );
        self.shell.faults = faults;
    }
}

impl Model {
    /// Returns the problems with settings and packs, and the recent notices, newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<PagePart> {
        let heading = |text: &str| {
            let mut sheet = Sheet::default();
            sheet.heading(text);
            PagePart::Sheet(sheet)
        };
        let mut parts = Vec::new();
        if !self.shell.faults.is_empty() {
            parts.push(heading("Your settings"));
        }
        for fault in &self.shell.faults {
            parts.push(PagePart::Said(Tone::Bad, format!("{}: {}.", fault.place(), fault.message)));
            if !fault.hint.is_empty() {
                parts.push(PagePart::Said(Tone::Plain, format!("{}.", fault.hint.trim_end_matches('.'))));
            }
        }
        if !self.shell.banner.is_empty() {
            parts.push(heading("Packs and rules"));
            parts.push(PagePart::Said(Tone::Bad, self.shell.banner.clone()));
        }
        parts.push(heading("Recent messages, newest first"));
        if self.person.said.is_empty() {
            let mut sheet = Sheet::default();
            sheet.note("Nothing yet. What flashes up at the bottom of the screen is listed here.");
            parts.push(PagePart::Sheet(sheet));
        }
        parts.extend(self.person.said.iter().rev().map(|said| {
            PagePart::Said(said.notice.tone, format!("{} ({})", said.notice.text, ago(said.at, self.shell.now)))
        }));
        parts
    }
}

pub(super) fn open(model: &mut Model) {
    model.person.layers.push(Layer::Messages(0));
}

/// Returns how long ago something happened, in words. Both times are in seconds since the program started.
#[must_use]
pub fn ago(at: u64, now: u64) -> String {
    match now.saturating_sub(at) {
        0..60 => "just now".to_owned(),
        seconds @ 60..3600 => format!("{} ago", count(usize::try_from(seconds / 60).unwrap_or(0), "minute", "minutes")),
        seconds => format!("{} ago", count(usize::try_from(seconds / 3600).unwrap_or(0), "hour", "hours")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_hundred_are_kept_and_none_twice_in_a_row() {
        let mut model = Model::new(jiff::civil::date(2026, 11, 22), false);
        for at in 0..300 {
            model.shell.now = at;
            model.say(Tone::Plain, format!("{at}"));
            model.say(Tone::Plain, format!("{at}"));
        }
        assert_eq!(model.person.said.len(), MOST);
        assert_eq!(model.person.said.front().map(|said| said.notice.text.as_str()), Some("100"));
        assert_eq!(
            (ago(5, 5), ago(0, 60), ago(0, 7200)),
            ("just now".into(), "1 minute ago".into(), "2 hours ago".into())
        );
    }
}

//! A property over random records: with somebody beside the coach and private lines hidden, no reachable screen, nor
//! plain mode in the same place, contains a private note, a sealed view, a word of another client, or an answer that
//! was given for another purpose.

use std::collections::BTreeMap;

use cairn_coach::app::{ComparisonState, Model, Screen};
use cairn_coach::domain::{EngagementPurpose, Party, RecordKind};
use cairn_coach::plain::{Talk, Then};

use crate::harness::App;
use crate::random_records::{Mark, OWN, What, World, words_in};

/// Desks per test, and clients on each: 60 clients and 2 coaches in two tests, which run in parallel.
const DESKS: u64 = 5;
const CLIENTS: usize = 6;

/// Walks as `(name, keys)`, where `!` checks the screen.
const WALK: &[(&str, &str)] = &[
    ("agreement", "c ! end ! esc c p ! esc c e ! esc c n ! esc esc"),
    ("today", "1 ! end !"),
    ("find", "2 ! 'zq' ! ctrl-u"),
    ("reflect", "f2 ctrl-u 'FL-5' enter ! tab ! tab ! tab ! tab !"),
    ("advice", "esc esc 4 ! enter ! l ! r ! pagedown ! esc esc e ! esc"),
    ("plan", "esc 5 ! end ! enter ! tab ! esc home d ! esc"),
    ("rules", "f6 ctrl-u ! enter ! down enter ! tab ! pagedown !"),
    ("progress", "esc esc f8 ! s ! down down ! down down down ! pagedown ! s b ! esc home down down enter !"),
    ("journal", "f9 ctrl-u ! down ! end ! enter ! pagedown ! esc"),
    ("journal", "esc f9 ctrl-u 'kind:note' ! enter ! pagedown ! esc"),
    ("journal", "esc f9 ctrl-u 'kind:private' ! ctrl-u 'by:coach' ! down ! enter ! esc"),
    ("journal", "esc f9 ctrl-u 'zq' ! ctrl-u 'on:nov' ! ctrl-u"),
    ("journal", "esc f9 tab ! down ! end ! enter ! esc esc f9 tab"),
    ("two views", "esc esc esc 1 v ! pagedown ! end !"),
    ("hand over", "esc esc h ! down down enter ! esc esc"),
    ("people", "esc 1 w ! esc"),
    ("help", "esc 1 ? ! esc m ! esc"),
];

/// The walk through an open session.
const SESSION: &str = "esc esc f7 ! tab ! tab ! tab ! tab ! tab ! tab ! tab ! tab ! ctrl-g ! esc ctrl-s ! pagedown ! \
                       shift-tab ! ctrl-f 'risk' ! esc esc";

/// The screens of one person, and everything that was ever written on the desk.
struct Visit<'a> {
    app: &'a mut App,
    marks: &'a BTreeMap<String, Mark>,
    client: usize,
    seed: u64,
    walks: usize,
    seen: &'a mut BTreeMap<&'static str, usize>,
    /// One example of each kind of leak.
    leaks: &'a mut BTreeMap<String, String>,
}

impl Visit<'_> {
    /// Walks through one place. Sizes alternate from one person to the next.
    fn walk(&mut self, place: &str, keys: &str) {
        self.walks += 1;
        let size = if (self.client + self.walks).is_multiple_of(2) { (160, 60) } else { (80, 24) };
        for part in keys.split('!') {
            self.app.press(part);
            if !part.trim().is_empty() {
                self.look(place, size);
            }
        }
    }

    fn look(&mut self, place: &str, size: (u16, u16)) {
        self.app.model.shell.size = size;
        let screen = format!("{}\n{}", self.app.screen(), told(&self.app.model));
        self.app.model.shell.size = (80, 24);
        for word in words_in(&screen) {
            let mark = self.marks.get(&word).unwrap_or_else(|| panic!("{word} was never written:\n{screen}"));
            if let Some(why) = self.forbidden(place, mark) {
                let leak = format!("desk {}, client {}: {word} ({mark:?})\n{screen}", self.seed, self.client);
                self.leaks.entry(format!("{place}: {why}")).or_insert(leak);
            }
            *self.seen.entry(name(mark.what)).or_default() += 1;
        }
        let others = ["Amira Khan", "Ben Osei"].iter().any(|other| screen.contains(other));
        assert!(self.client == OWN || !others, "{place} names another client:\n{screen}");
    }

    /// Returns why a word must not be on this screen; `None` if it may.
    fn forbidden(&self, place: &str, mark: &Mark) -> Option<&'static str> {
        let dossier = &self.app.model.person.snapshot.dossier;
        if mark.client != self.client {
            let listed = place == "people" || self.app.model.person.screen == Screen::Home;
            let alone = self.client == OWN && listed && mark.what == What::Name;
            return (!alone).then_some("it is another client's");
        }
        let is_sealed =
            |round: &String| dossier.comparisons.iter().any(|own| own.id == *round && own.opened_on.is_none());
        if mark.round.as_ref().is_some_and(is_sealed) {
            return Some("it is sealed");
        }
        let apart = match mark.what {
            What::Private => return Some("it is private"),
            What::Half(by) if place != "a view" || self.app.model.comparison_stand() != ComparisonState::Turn(by) => {
                return Some("it is half a view, and not theirs");
            }
            What::Kind(RecordKind::CoachRatings)
                if place != "two views" && !dossier.shows(RecordKind::CoachRatings, Party::Client) =>
            {
                return Some("the agreement keeps what the coach saw from the client");
            }
            What::Kind(kind) => matches!(kind, RecordKind::Reflections | RecordKind::CoachRatings),
            _ => false,
        };
        let uses =
            dossier.engagement().map_or(mark.purpose == EngagementPurpose::default(), |terms| terms.uses(mark.purpose));
        (apart && !uses).then_some("it was said for another purpose")
    }

    fn everywhere(&mut self) {
        for (place, keys) in WALK {
            self.walk(place, keys);
        }
        if self.app.model.person.sitting.is_some() {
            self.walk("session", SESSION);
        }
        assert!(!self.app.model.person.show_private, "nothing on the way showed what is private");
        // The person whose turn it is sees their own unfinished view and nothing of the other person's.
        if let ComparisonState::Turn(_) = self.app.model.comparison_stand() {
            self.walk("a view", "esc esc esc 1 v enter ! tab ! e ! esc esc");
        }
        self.shown_and_hidden();
    }

    /// Shows private lines in the journal and hides them again: then they are gone everywhere.
    fn shown_and_hidden(&mut self) {
        if self.client == OWN {
            return;
        }
        self.app.press("esc esc esc f9 ctrl-u ctrl-o");
        let shown = words_in(&self.app.screen());
        let private = shown.iter().filter(|word| self.marks[*word].what == What::Private).count();
        *self.seen.entry("private, shown").or_default() += private;
        self.walk("journal", "ctrl-o ! down ! enter ! pagedown !");
        self.walk("session", "esc esc esc f7 ctrl-o ctrl-o ! ctrl-t !");
        self.app.press("esc esc esc 1");
    }
}

/// Returns the output of plain mode for the same place, including the marked row in full.
fn told(model: &Model) -> String {
    let mut talk = Talk::default();
    let mut lines = talk.render(model, &Then::Whole, &[]);
    lines.extend(talk.render(model, &Then::Detail, &[]));
    lines.join("\n")
}

fn name(what: What) -> &'static str {
    match what {
        What::Kind(kind) => kind.id(),
        What::Name => "name",
        What::Own => "own",
        What::Private => "private",
        What::Half(_) => "half a view",
        What::Never => "half-written",
    }
}

#[test]
fn no_screen_says_more_than_whoever_sits_there_may_see() {
    visited(1);
}

#[test]
fn nor_on_other_desks() {
    visited(1 + DESKS);
}

/// Opens several desks with random seeds from `from` on, as each of their people.
fn visited(from: u64) {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut leaks = BTreeMap::new();
    let mut clients = 0;
    for seed in from..from + DESKS {
        let mut world = World::new(1_000 + seed);
        for client in 0..CLIENTS {
            world.client(client);
        }
        world.own();
        let marks = std::mem::take(&mut world.marks);
        let mut app = App::at(world.desk, true);
        if seed == from {
            Visit { app: &mut app, marks: &marks, client: OWN, seed, walks: 0, seen: &mut seen, leaks: &mut leaks }
                .everywhere();
        }
        let people: Vec<String> = app.model.person.snapshot.clients.iter().map(|person| person.name.clone()).collect();
        for (row, name) in people.iter().enumerate() {
            let Some(mark) = marks.get(name) else { continue };
            // Through the list of people, as a coach would; from a client back to the coach's own records first.
            app.press("esc esc esc 1 w 'myself' enter 1 ctrl-o w");
            for _ in 0..=row {
                app.press("down");
            }
            app.press("enter");
            assert_eq!((&app.model.person.snapshot.person.name, app.model.person.screen), (name, Screen::Agreement));
            clients += 1;
            Visit {
                app: &mut app,
                marks: &marks,
                client: mark.client,
                seed,
                walks: 0,
                seen: &mut seen,
                leaks: &mut leaks,
            }
            .everywhere();
        }
    }
    let leaks: Vec<String> = leaks.into_iter().map(|(what, leak)| format!("{what}\n{leak}")).collect();
    assert!(leaks.is_empty(), "{}", leaks.join("\n\n"));
    assert_eq!(clients, 30);
    // Empty screens would satisfy the property too, so what may be visible must be visible.
    for kind in ["shared-notes", "reflections", "coach-ratings", "plan", "name", "own", "half-written"] {
        assert!(seen.get(kind).is_some_and(|n| *n > 100), "{kind}: {seen:?}");
    }
    for kind in ["private, shown", "half a view"] {
        assert!(seen.get(kind).is_some_and(|n| *n > 2), "{kind}: {seen:?}");
    }
}

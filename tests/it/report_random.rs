//! A property over random records: whatever was written, sealed, ticked and agreed, in whatever order, nothing that is
//! handed over holds a word that its reader may not see. Every text is one word that occurs nowhere else and says whose it
//! is, of what kind and for which purpose, so that a leak names itself.

use std::collections::{BTreeMap, BTreeSet};

use cairn_coach::desk::{Desk, Opening};
use cairn_coach::domain::{
    Action, ActionStatus, Answer, By, Dossier, Engagement, EngagementPurpose, Focus, FocusSet, Intent, Note, NoteFor,
    Party, Rated, RecordKind, Reflection, SUMMARY,
};
use cairn_coach::report::{AccountFor, AccountOf, Handout, account, calendar, html, markdown, release_items, report};
use cairn_coach::store::{NewAction, NewSession};

use crate::harness::TODAY;

/// Desks, and clients on each: 320 dossiers.
const DESKS: u64 = 20;
const CLIENTS: usize = 16;
const CODES: [&str; 6] = ["FL-5", "FC-5", "DT-7", "SI-1", "DT-6", "FC-2"];

/// Small, seeded, good enough to shuffle records (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// On pages that show this kind.
    Kind(RecordKind),
    /// The client's name, the sponsor's, the aim: on their own pages.
    Own,
    /// On no page at all.
    Never,
}

#[derive(Debug, Clone)]
struct Mark {
    client: usize,
    what: What,
    purpose: EngagementPurpose,
    /// The round it was sealed in.
    round: Option<String>,
}

/// One desk, and every word that was ever written on it.
struct World {
    desk: Desk,
    dice: Dice,
    marks: BTreeMap<String, Mark>,
    client: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let opening = Opening { demo: true, today: Some(TODAY), ..Opening::default() };
        let desk = Desk::open(&opening).expect("the desk opens");
        Self { desk, dice: Dice(seed * 7_919 + 1), marks: BTreeMap::new(), client: 0 }
    }

    /// A new word. Letters only, so that no form can change it.
    fn word(&mut self, what: What) -> String {
        let purpose =
            self.desk.dossier().expect("readable").engagement().map(|terms| terms.purpose).unwrap_or_default();
        let number = self.marks.len();
        let letters: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        let word = format!("Zq{letters}xz");
        self.marks.insert(word.clone(), Mark { client: self.client, what, purpose, round: None });
        word
    }

    /// Nothing, a word, or a word among signs that mean something to Markdown, HTML and spreadsheets.
    fn text(&mut self, what: What) -> String {
        match self.dice.below(4) {
            0 => String::new(),
            1 => format!("=# <b>\n- {}\"'&amp;</script>", self.word(what)),
            _ => self.word(what),
        }
    }

    fn client(&mut self, client: usize) {
        self.client = client;
        let name = self.word(What::Own);
        let person = self.desk.add_client(&name).expect("writable");
        self.desk.turn_to(Some(&person.id)).expect("the client is there");
        let email = self.word(What::Never);
        let consent = self.dice.one_in(2).then_some(TODAY);
        self.desk.set_card(&name, &email, consent).expect("writable");
        for _ in 0..(10 + self.dice.below(25)) {
            self.step();
        }
    }

    fn step(&mut self) {
        match self.dice.below(10) {
            0 => self.engagement(),
            1 => self.focus(),
            2 | 3 => self.session(),
            4 | 5 => self.answers(),
            6 => self.comparison(),
            7 => self.action(),
            8 => self.change(),
            _ => self.tick(),
        }
    }

    fn engagement(&mut self) {
        let old = self.desk.dossier().expect("readable").engagement().cloned();
        let mut terms = match old {
            Some(old) if self.dice.one_in(2) => old,
            _ => Engagement::usual(TODAY),
        };
        if self.dice.one_in(2) {
            terms.may_see.retain(|_| self.dice.below(4) > 0);
        }
        if self.dice.one_in(3) {
            terms.purpose = self.dice.of(&EngagementPurpose::ALL);
        }
        if self.dice.one_in(4) {
            terms.also.insert(self.dice.of(&EngagementPurpose::ALL));
        }
        if self.dice.below(4) > 0 {
            terms.agreed_on = Some(TODAY);
        }
        if self.dice.one_in(8) {
            terms.ended_on = Some(TODAY);
        }
        terms.goal = self.text(What::Own);
        terms.sponsor = self.word(What::Own);
        self.desk.keep_engagement(&terms).expect("writable");
    }

    fn focus(&mut self) {
        let items = CODES.iter().take(1 + self.dice.below(CODES.len())).map(|code| Focus {
            framework: "empowered-communities".to_owned(),
            behaviour: (*code).to_owned(),
            importance: Some(3),
        });
        let focus = FocusSet { id: String::new(), on: TODAY, items: items.collect() };
        self.desk.keep_focus(&focus).expect("writable");
    }

    fn session(&mut self) {
        let mut notes = Vec::new();
        for part in ["check-in", "goal", "reality", SUMMARY] {
            let (shared, private) = (self.text(What::Kind(RecordKind::SharedNotes)), self.text(What::Never));
            for (text, seen) in [(shared, NoteFor::Shared), (private, NoteFor::Coach)] {
                notes.push(Note { id: String::new(), part: part.to_owned(), title: part.to_owned(), text, seen });
            }
        }
        let model = self.dice.one_in(2).then(|| "grow".to_owned());
        let session = NewSession {
            on: TODAY,
            minutes: 50,
            model,
            paid: self.dice.one_in(2),
            notes,
            behaviours: Vec::new(),
            actions: Vec::new(),
        };
        self.desk.end_session(&session).expect("writable");
    }

    fn answer(&mut self, by: By, sealed: Option<&str>) -> Answer {
        let words = match by {
            By::Myself => RecordKind::Reflections,
            By::Coach | By::Other => RecordKind::CoachRatings,
        };
        let texts = [self.text(What::Kind(words)), self.text(What::Kind(words))];
        for mark in texts.iter().flat_map(|text| words_in(text)) {
            if let (Some(round), Some(mark)) = (sealed, self.marks.get_mut(&mark)) {
                mark.round = Some(round.to_owned());
            }
        }
        let [evidence, reflection] = texts;
        let days = i64::try_from(self.dice.below(60)).expect("small");
        Answer {
            on: TODAY.checked_sub(jiff::Span::new().days(days)).expect("a day"),
            id: String::new(),
            framework: "empowered-communities".to_owned(),
            edition: "2012".to_owned(),
            behaviour: self.dice.of(&CODES).to_owned(),
            by,
            rated: Rated::Value(1 + i64::try_from(self.dice.below(5)).expect("small")),
            importance: Some(2),
            reflections: vec![Reflection { prompt: String::new(), text: reflection }],
            evidence,
        }
    }

    fn answers(&mut self) {
        let by = self.dice.of(&[By::Myself, By::Myself, By::Coach, By::Other]);
        let answers = [self.answer(by, None), self.answer(by, None)];
        self.desk.save_answers(&answers).expect("writable");
    }

    /// A round that gets as far as it gets: begun, one view, both views, opened.
    fn comparison(&mut self) {
        let Ok(round) = self.desk.begin_comparison() else { return };
        let far = self.dice.below(4);
        for (at, by) in [By::Myself, By::Coach].into_iter().enumerate() {
            if far > at {
                let answers = [self.answer(by, Some(&round.id)), self.answer(by, Some(&round.id))];
                self.desk.seal_view(&round.id, by, &answers, "view").expect("writable");
            }
        }
        if far == 3 {
            self.desk.open_comparison(&round.id).expect("both views are given");
        }
    }

    fn intent(&mut self) -> Intent {
        let plan = What::Kind(RecordKind::Plan);
        Intent {
            wish: self.text(plan),
            outcome: self.text(plan),
            obstacle: self.text(plan),
            situation: self.text(plan),
            response: self.text(plan),
            helper: self.text(plan),
            evidence: self.text(plan),
            review: self.dice.one_in(2).then_some(TODAY),
            kind: None,
        }
    }

    fn action(&mut self) {
        let action = NewAction {
            decided_on: TODAY,
            activity: None,
            rules: Vec::new(),
            because: self.word(What::Never),
            behaviours: vec!["FL-5".to_owned()],
            title: self.word(What::Kind(RecordKind::Plan)),
            first_step: self.text(What::Kind(RecordKind::Plan)),
            due: self.dice.one_in(2).then_some(TODAY),
            intent: self.intent(),
        };
        self.desk.add_action(&action).expect("writable");
    }

    fn change(&mut self) {
        let actions = self.desk.actions().expect("readable");
        let Some(action) = actions.get(self.dice.below(actions.len().max(1))) else { return };
        let status = self.dice.of(&ActionStatus::ALL);
        let mut change = self.desk.change_of(action, status);
        change.learned = self.text(What::Kind(RecordKind::Plan));
        if self.dice.one_in(3) {
            change.title = self.word(What::Kind(RecordKind::Plan));
        }
        self.desk.change_action(&action.id, &change).expect("writable");
    }

    fn tick(&mut self) {
        let dossier = self.desk.dossier().expect("readable");
        let items = release_items(&self.desk.shelf.library, &dossier);
        let ticks: Vec<_> = items.into_iter().filter(|_| self.dice.one_in(2)).map(|item| (item, true)).collect();
        let ticks: Vec<_> = ticks.into_iter().map(|(item, _)| (item, self.dice.below(4) > 0)).collect();
        self.desk.tick(&ticks).expect("writable");
    }

    /// Everything that can be handed over about the client whose records are open, with its reader.
    fn handed_over(&self, dossier: &Dossier) -> Vec<(String, Party, String)> {
        let library = &self.desk.shelf.library;
        let mut out = Vec::new();
        for party in Party::ALL {
            let handout = Handout::new(library, dossier, party);
            out.push(("what comes through the gate".to_owned(), party, format!("{:?}", handout.seen())));
            let page = report(&handout);
            let json = serde_json::to_string(&page).expect("a page is JSON");
            out.push(("markdown".to_owned(), party, markdown(&page)));
            out.push(("html".to_owned(), party, html(&page)));
            out.push(("json".to_owned(), party, json));
            out.push(("calendar".to_owned(), party, calendar(&handout)));
        }
        let client = Handout::new(library, dossier, Party::Client);
        let lines: Vec<String> = release_items(library, dossier).into_iter().map(|item| item.words).collect();
        out.push(("lines to tick".to_owned(), Party::Client, lines.join("\n")));
        // Accounts are asked for over the whole dossier: what the handout does not hold must not come out.
        let sessions = dossier.sessions.iter().map(AccountOf::Session);
        for of in sessions.chain(dossier.answers.iter().map(AccountOf::Answer)) {
            for shape in [AccountFor::Nmc, AccountFor::SocialWork] {
                let (page, found) = account(&client, of, shape, &[]);
                let named: Vec<String> = found.into_iter().map(|found| found.words).collect();
                out.push(("account".to_owned(), Party::Client, format!("{}{named:?}", markdown(&page))));
            }
        }
        out
    }
}

/// The marked words in a text.
fn words_in(text: &str) -> BTreeSet<String> {
    let ends = |word: &str| word.find("xz").map(|end| format!("Zq{}xz", word.get(..end).unwrap_or_default()));
    text.split("Zq").skip(1).filter_map(ends).collect()
}

/// Why a word must not stand on what is handed to a party; `None` if it may.
fn forbidden(
    mark: &Mark,
    client: usize,
    dossier: &Dossier,
    party: Party,
    released: &BTreeSet<String>,
    word: &str,
) -> Option<String> {
    if mark.client != client {
        return Some("it is another client's".to_owned());
    }
    if mark.what == What::Never {
        return Some("it is for nobody".to_owned());
    }
    let is_sealed = |round: &String| dossier.comparisons.iter().any(|own| own.id == *round && own.opened_on.is_none());
    if mark.round.as_ref().is_some_and(is_sealed) {
        return Some("it is sealed".to_owned());
    }
    if party == Party::Sponsor {
        let own = dossier.person.name == word || dossier.engagement().is_some_and(|terms| terms.sponsor == word);
        return (!own && !released.contains(word)).then(|| "it was not released".to_owned());
    }
    let What::Kind(kind) = mark.what else { return None };
    if !dossier.shows(kind, party) {
        return Some(format!("{} are not shown to them", kind.id()));
    }
    let apart = matches!(kind, RecordKind::SharedNotes | RecordKind::Reflections | RecordKind::CoachRatings);
    let uses =
        dossier.engagement().map_or(mark.purpose == EngagementPurpose::default(), |terms| terms.uses(mark.purpose));
    (apart && !uses).then(|| "it was said for another purpose".to_owned())
}

/// Words of the lines that are ticked, unchanged, agreed and shown to the sponsor.
fn released(dossier: &Dossier) -> BTreeSet<String> {
    let agreed = dossier.engagement().is_some_and(|terms| terms.agreed_on.is_some());
    let kind = |key: &str| match key.split('/').next() {
        Some("goal" | "plan") => RecordKind::Plan,
        _ => RecordKind::Progress,
    };
    let stands = |key: &str, words: &str| match key.strip_prefix("plan/") {
        Some(id) => {
            let title = |action: &Action| action.id == id && words.contains(&action.title);
            dossier.actions.iter().any(title)
        }
        None => true,
    };
    let shown = dossier.releases.iter().filter(|release| {
        agreed && dossier.shows(kind(&release.key), Party::Sponsor) && stands(&release.key, &release.words)
    });
    shown.flat_map(|release| words_in(&release.words)).collect()
}

#[test]
fn nothing_that_is_handed_over_says_more_than_its_reader_may_see() {
    let mut seen: BTreeMap<(Party, &str), usize> = BTreeMap::new();
    let mut dossiers = 0;
    for seed in 1..=DESKS {
        let mut world = World::new(seed);
        for client in 0..CLIENTS {
            world.client(client);
        }
        let people = world.desk.clients().expect("readable");
        for person in &people {
            world.desk.turn_to(Some(&person.id)).expect("the client is there");
            let dossier = world.desk.dossier().expect("readable");
            // Clients of the demonstration are not ours: every marked word is foreign to them.
            let client = world.marks.get(&person.name).map_or(usize::MAX, |mark| mark.client);
            let released = released(&dossier);
            dossiers += usize::from(client != usize::MAX);
            for (form, party, text) in world.handed_over(&dossier) {
                for word in words_in(&text) {
                    let mark = world.marks.get(&word).unwrap_or_else(|| panic!("{word} was never written"));
                    if let Some(why) = forbidden(mark, client, &dossier, party, &released, &word) {
                        panic!("desk {seed}, {form} for the {}: {word} ({mark:?}): {why}\n{text}", party.id());
                    }
                    let kind = match mark.what {
                        What::Kind(kind) => kind.id(),
                        What::Own | What::Never => "own",
                    };
                    *seen.entry((party, kind)).or_default() += 1;
                }
            }
        }
        hours(&mut world);
    }
    assert_eq!(dossiers, 320);
    // The property would hold for empty pages, too: what may be seen is seen.
    for party in [Party::Client, Party::Coach] {
        for kind in ["shared-notes", "reflections", "coach-ratings", "plan", "own"] {
            assert!(seen.get(&(party, kind)).is_some_and(|n| *n > 100), "{kind} for the {}: {seen:?}", party.id());
        }
    }
    assert!(seen.get(&(Party::Sponsor, "plan")).is_some_and(|n| *n > 20), "{seen:?}");
}

/// The hours log holds names and addresses of those who agreed, and no other word.
fn hours(world: &mut World) {
    let log = world.desk.hours_log().expect("readable");
    let text = log.to_csv().expect("it can be written");
    let agreed: BTreeSet<String> = world
        .desk
        .clients()
        .expect("readable")
        .into_iter()
        .filter(|person| person.in_hours_log.is_some())
        .flat_map(|person| [person.name, person.email])
        .collect();
    let found = words_in(&text);
    assert!(!found.is_empty() && found.is_subset(&agreed), "{text}");
}

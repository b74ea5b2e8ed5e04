//! Random records on a real desk: clients, changing agreements, sessions with private notes, comparisons at every
//! stage, drafts of every kind. Each text is a word that occurs nowhere else, and its mark records the owner, the kind
//! and the purpose, so that a leak identifies itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::{
    ActionStatus, Answer, By, Engagement, EngagementPurpose, Focus, FocusSet, Intent, Note, NoteFor, Rated, RecordKind,
    Reflection, SUMMARY, Slot,
};
use cairn_coach::report::release_items;
use cairn_coach::store::{NewAction, NewSession};
use serde_json::json;

use crate::harness::TODAY;

/// The client number of the coach's own records.
pub(crate) const OWN: usize = 1_000;

const CODES: [&str; 6] = ["FL-5", "FC-5", "DT-7", "SI-1", "DT-6", "FC-2"];

/// A small seeded random generator, good enough to shuffle records (xorshift64*).
pub(crate) struct Dice(u64);

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

/// The kind of text that a word belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// May be on pages that show this kind.
    Kind(RecordKind),
    /// The client's name.
    Name,
    /// The sponsor's name or the aim: on their own pages only.
    Own,
    /// The coach's private note: on no page, and on no screen while private lines are hidden.
    Private,
    /// In an unfinished view: visible only to the person whose turn it is.
    Half(By),
    /// In a draft, or about the client: on their own screens, and on no page.
    Never,
}

#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) client: usize,
    pub(crate) what: What,
    pub(crate) purpose: EngagementPurpose,
    /// The comparison in which it was sealed.
    pub(crate) round: Option<String>,
}

/// One desk, and every word that was ever written on it.
pub(crate) struct World {
    pub(crate) desk: Desk,
    dice: Dice,
    pub(crate) marks: BTreeMap<String, Mark>,
    client: usize,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let opening = OpenOptions { demo: true, today: Some(TODAY), ..OpenOptions::default() };
        Self::over(seed, &opening)
    }

    /// The same with records in a folder, so that they can be inspected from outside.
    pub(crate) fn on_disk(seed: u64, folder: &Path) -> Self {
        Self::over(
            seed,
            &OpenOptions { data_dir: Some(folder.to_path_buf()), today: Some(TODAY), ..OpenOptions::default() },
        )
    }

    fn over(seed: u64, opening: &OpenOptions) -> Self {
        let desk = Desk::open(opening).expect("the desk opens");
        Self { desk, dice: Dice(seed * 7_919 + 1), marks: BTreeMap::new(), client: 0 }
    }

    /// Returns a new word, of letters only, so that no output format changes it.
    fn word(&mut self, what: What) -> String {
        let purpose =
            self.desk.dossier().expect("readable").engagement().map(|terms| terms.purpose).unwrap_or_default();
        let number = self.marks.len();
        let letters: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        let word = format!("Zq{letters}xz");
        self.marks.insert(word.clone(), Mark { client: self.client, what, purpose, round: None });
        word
    }

    /// Returns nothing, a word, or a word among characters special to Markdown, HTML and spreadsheets.
    fn text(&mut self, what: What) -> String {
        match self.dice.below(4) {
            0 => String::new(),
            1 => format!("=# <b>\n- {}\"'&amp;</script>", self.word(what)),
            _ => self.word(what),
        }
    }

    pub(crate) fn client(&mut self, client: usize) {
        self.client = client;
        let name = self.word(What::Name);
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
        match self.dice.below(12) {
            0 => self.engagement(),
            1 => self.focus(),
            2 | 3 => self.session(),
            4 | 5 => self.answers(),
            6 => self.comparison(),
            7 => self.action(),
            8 => self.change(),
            9 => self.tick(),
            10 => self.begun_session(),
            _ => self.begun(),
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
            let (shared, private) = (self.text(What::Kind(RecordKind::SharedNotes)), self.text(What::Private));
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
            framework: "empowered-communities".to_owned(),
            edition: "2012".to_owned(),
            behaviour: self.dice.of(&CODES).to_owned(),
            by,
            rated: Rated::Value(1 + i64::try_from(self.dice.below(5)).expect("small")),
            importance: Some(2),
            reflections: vec![Reflection { prompt: String::new(), text: reflection }],
            evidence,
            ..Answer::blank(TODAY.checked_sub(jiff::Span::new().days(days)).expect("a day"))
        }
    }

    fn answers(&mut self) {
        let by = self.dice.of(&[By::Myself, By::Myself, By::Coach, By::Other]);
        let answers = [self.answer(by, None), self.answer(by, None)];
        self.desk.save_answers(&answers).expect("writable");
    }

    /// Adds a comparison at a random stage: begun, one view, both views, opened.
    fn comparison(&mut self) {
        let Ok(round) = self.desk.begin_comparison() else { return };
        let far = self.dice.below(4);
        for (at, by) in [By::Myself, By::Coach].into_iter().enumerate() {
            if far > at {
                let answers = [self.answer(by, Some(&round.id)), self.answer(by, Some(&round.id))];
                self.desk.seal_view(&round.id, by, &answers).expect("writable");
            }
        }
        if far < 3 && self.dice.one_in(2) {
            self.half_view();
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
        let items = release_items(&self.desk.loaded_packs.library, &dossier);
        let ticks: Vec<_> = items.into_iter().filter(|_| self.dice.one_in(2)).map(|item| (item, true)).collect();
        let ticks: Vec<_> = ticks.into_iter().map(|(item, _)| (item, self.dice.below(4) > 0)).collect();
        self.desk.tick(&ticks).expect("writable");
    }

    /// Adds answers to the coach's own records.
    pub(crate) fn own(&mut self) {
        self.client = OWN;
        self.desk.turn_to(None).expect("one's own");
        for _ in 0..(5 + self.dice.below(10)) {
            match self.dice.below(4) {
                0 => self.answers(),
                1 => self.action(),
                2 => self.begun(),
                _ => self.change(),
            }
        }
    }

    /// Adds an open session with shared and private words.
    fn begun_session(&mut self) {
        let mut notes = Vec::new();
        for part in ["check-in", "goal", "reality", "options", SUMMARY, "of-an-older-pack"] {
            let (shared, private) = (self.text(What::Never), self.text(What::Private));
            notes.push(json!({"part": part, "title": part, "shared": shared, "private": private}));
        }
        let part = self.dice.of(&["check-in", "goal", "options"]);
        let (model, in_private) = (self.dice.of(&["grow", "oskar", "gone"]), self.dice.one_in(2));
        let kept = json!({
            "kind": "one-to-one", "model": model, "part": part, "in_private": in_private, "caret": 0,
            "begun": TODAY.to_string(), "spent": 60, "behaviours": [], "known": [], "notes": notes,
        });
        self.desk.keep_text(&Slot::Session, &kept.to_string()).expect("writable");
    }

    /// Adds a draft of a view, an action or an answer.
    fn begun(&mut self) {
        match self.dice.below(3) {
            0 => self.half_view(),
            1 => {
                let texts: Vec<String> = (0..12).map(|_| self.word(What::Never)).collect();
                let kept = json!({"purpose": "New", "at": 1, "texts": texts});
                self.desk.keep_text(&Slot::Plan(String::new()), &kept.to_string()).expect("writable");
            }
            _ => {
                let mut answer = self.answer(By::Myself, None);
                answer.evidence = self.word(What::Never);
                answer.reflections.clear();
                self.desk.keep_draft(&answer).expect("writable");
            }
        }
    }

    /// Adds an unfinished view of either person to the current comparison.
    fn half_view(&mut self) {
        let rounds = self.desk.dossier().expect("readable").comparisons;
        let Some(round) = rounds.last().filter(|round| round.opened_on.is_none()) else { return };
        let turn = if round.client_done { By::Coach } else { By::Myself };
        let by = self.dice.of(&[By::Myself, By::Coach, turn, turn]);
        let view = |(framework, code): &(String, String)| {
            let example = self.word(What::Half(by));
            json!({"behaviour": format!("{framework}/{code}"), "rating": 2, "non_answer": null, "example": example})
        };
        let views: Vec<_> = round.behaviours.iter().map(view).collect();
        let kept = json!({"id": round.id, "at": 0, "views": views});
        self.desk.keep_text(&Slot::View(by), &kept.to_string()).expect("writable");
    }
}

/// Returns the marked words in a text.
pub(crate) fn words_in(text: &str) -> BTreeSet<String> {
    let word = |rest: &str| {
        let end = rest.find(|c: char| !('a'..='j').contains(&c))?;
        let (letters, after) = (rest.get(..end)?, rest.get(end..)?);
        after.starts_with("xz").then(|| format!("Zq{letters}xz"))
    };
    text.split("Zq").skip(1).filter_map(word).collect()
}

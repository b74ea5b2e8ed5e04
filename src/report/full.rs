//! The report for client and coach. It should read like a single page: strengths first, words before numbers, questions
//! before advice. There is no overall score, and no comparison with anybody else.

use super::handout::Handout;
use super::page::{Block, Item, Page, Section, Words};
use super::{credits, movement, others, sponsor, steps, strengths, views};
use crate::domain::{
    BehaviourIx, Day, EngagementPurpose, NonAnswer, Party, Profile, Rated, RecordKind, Session, SessionKind, capital,
    count, join_and, long_day,
};

/// The data from which the sections of a report are made.
pub(super) struct Matter<'a> {
    /// What the reader may see.
    pub(super) handout: &'a Handout<'a>,
    /// Profile made from the answers in the handout.
    pub(super) profile: Profile,
    /// Names of the two raters on the page: the person, then the coach.
    pub(super) called: [String; 2],
    /// The person as the object of a sentence.
    pub(super) spoken_of: String,
}

impl Matter<'_> {
    /// Returns an item for a behaviour, with its title and its statement in the framework.
    pub(super) fn item(&self, ix: BehaviourIx) -> Item {
        let behaviour = self.handout.library().behaviour(ix);
        Item { about: Words::from(&behaviour.statement), ..Item::titled(&behaviour.title) }
    }

    /// Returns a rating in words, for example `Usually (3)`.
    pub(super) fn rating(&self, ix: BehaviourIx, rated: Rated) -> String {
        let scale = &self.handout.library().framework_of(ix).scale;
        match rated {
            Rated::Value(value) => match scale.label(value) {
                Some(label) => format!("{label} ({value})"),
                None => value.to_string(),
            },
            Rated::Not(_) | Rated::Unanswered => rated.words(scale),
        }
    }

    /// Returns a rating in words, with the label that the point had when it was chosen, if `label` is not empty.
    pub(super) fn given(&self, ix: BehaviourIx, rated: Rated, label: &str) -> String {
        match rated {
            Rated::Value(value) if !label.is_empty() => format!("{label} ({value})"),
            _ => self.rating(ix, rated),
        }
    }

    /// Returns the person's own rating on a day in words.
    pub(super) fn own_on(&self, ix: BehaviourIx, day: Day, value: i64) -> String {
        let answer = self.profile.of(ix).and_then(|standing| standing.rated_on(day, value));
        self.given(ix, Rated::Value(value), answer.map_or("", |answer| answer.wording.label.as_str()))
    }

    /// Returns the lowest and the highest point of a behaviour's scale.
    pub(super) fn scale(&self, ix: BehaviourIx) -> (i64, i64) {
        let scale = &self.handout.library().framework_of(ix).scale;
        (scale.lowest(), scale.highest())
    }
}

/// Returns the report for the party that the handout is made for.
#[must_use]
pub fn report(handout: &Handout<'_>) -> Page {
    match handout.party() {
        Party::Sponsor => sponsor::page(handout),
        Party::Client | Party::Coach => page(handout),
    }
}

fn page(handout: &Handout<'_>) -> Page {
    let seen = handout.seen();
    let profile = seen.profile(handout.library());
    let (called, spoken_of) = match (handout.party(), seen.person.name.as_str()) {
        (Party::Coach, "") => (["Client", "Coach"], "the client"),
        (Party::Coach, name) => ([name, "Coach"], name),
        _ => (["You", "Your coach"], "you"),
    };
    let matter = Matter { handout, profile, called: called.map(str::to_owned), spoken_of: spoken_of.to_owned() };
    let mut page = Page::new(&title(handout), handout.party());
    facts(&mut page, handout);
    let (heading, strengths) = strengths::blocks(&matter);
    page.section("focus", "What we looked at", focus(&matter, &strengths));
    page.sections.splice(0..0, Section::of("strengths", heading, strengths));
    if let Some(session) = seen.last_held() {
        let heading = match session.kind {
            SessionKind::OneToOne => format!("The last session, {}", long_day(session.on)),
            SessionKind::Alone => format!("The last reflection, {}", long_day(session.on)),
        };
        page.section("session", heading, notes(session));
    }
    page.section("steps", "Agreed steps", steps::open(&matter));
    page.section("views", "Ratings compared, as questions", views::blocks(&matter));
    page.section("others", "What others said, each on their own", others::blocks(&matter));
    page.section("change", "Change over time", movement::blocks(&matter));
    page.section("themes", "By theme", movement::themes(&matter));
    page.section("learned", "What was learned", steps::learned(&matter));
    if page.sections.is_empty() {
        let words = "There is nothing to show on this page yet. It fills as you answer, meet and plan.";
        page.section("strengths", "Nothing to show yet", vec![Block::Text(words.into())]);
    }
    page.section("apart", "Not on this page", apart(&matter));
    page.credits = credits::of_handout(handout);
    let purpose = seen.engagement().map(|terms| terms.purpose).unwrap_or_default();
    page.closing.extend(closing(purpose));
    page
}

fn title(handout: &Handout<'_>) -> String {
    let name = &handout.seen().person.name;
    match (handout.party(), name.is_empty()) {
        (_, true) => "Development report".to_owned(),
        (Party::Coach, false) => format!("Development report on {name}"),
        (_, false) => format!("Development report for {name}"),
    }
}

fn facts(page: &mut Page, handout: &Handout<'_>) {
    let seen = handout.seen();
    let reader = match handout.party() {
        Party::Coach => "the coach",
        Party::Client | Party::Sponsor if handout.seen().engagement().is_some() => "the person being coached",
        Party::Client | Party::Sponsor => "the person it is about",
    };
    page.fact("Made on", long_day(seen.today));
    page.fact("For", reader);
    if let Some(terms) = seen.engagement() {
        page.fact("Purpose", format!("{}: {}", capital(terms.purpose.id()), terms.purpose.meaning()));
        page.fact("Aim", &terms.goal);
        page.fact("Keep records until", terms.keep_until.map(long_day).unwrap_or_default());
    }
}

/// Returns the focus set, with the importance of each behaviour. The statement of a behaviour is omitted if it is
/// already among the strengths.
fn focus(matter: &Matter<'_>, strengths: &[Block]) -> Vec<Block> {
    let library = matter.handout.library();
    let Some(focus) = matter.handout.seen().focus_now() else { return Vec::new() };
    let items = focus.behaviours(library).map(|(ix, chosen)| {
        let mut item = matter.item(ix);
        let importance = chosen.importance.or(matter.profile.of(ix).and_then(|standing| standing.importance));
        let label = importance.and_then(|value| library.framework_of(ix).importance.label(value));
        item.fact("In this role", label.unwrap_or_default());
        let told = |block: &Block| matches!(block, Block::Item(other) if other.title == item.title);
        if strengths.iter().any(told) {
            item.about = Words::default();
        }
        Block::Item(item)
    });
    items.collect()
}

/// Returns the shared notes of a session: the summary first, then the parts in order.
fn notes(session: &Session) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    if let Some(summary) = session.summary() {
        blocks.push(Block::Quote(summary.into()));
    }
    let parts = session.shared().filter(|note| note.part != crate::domain::SUMMARY);
    blocks.extend(parts.map(|note| Block::Item(Item { quote: Words::from(&note.text), ..Item::titled(&note.title) })));
    blocks
}

/// Returns what was left out, and how much of it there is.
fn apart(matter: &Matter<'_>) -> Vec<Block> {
    let handout = matter.handout;
    let mut points: Vec<Words> = Vec::new();
    let kept = handout.seen().kept_apart;
    if kept > 0 {
        let given = count(kept, "answer was", "answers were");
        points.push(Words::from(format!("{given} given for another purpose and not used here.")));
    }
    if handout.private_notes() > 0 {
        let notes = count(handout.private_notes(), "private note stays", "private notes stay");
        points.push(Words::from(format!("{notes} in the coach's records.")));
    }
    if handout.shows(RecordKind::Ratings) {
        points.extend(not_rated(&matter.profile));
    }
    if points.is_empty() { Vec::new() } else { vec![Block::Points(points)] }
}

/// Returns the number of answers without a rating, by kind; `None` if there are none.
fn not_rated(profile: &Profile) -> Option<Words> {
    let of = |kind| profile.answered().filter(|(_, standing)| standing.rated == Rated::Not(kind)).count();
    let kinds = NonAnswer::ALL.into_iter().map(|kind| (of(kind), kind)).filter(|(n, _)| *n > 0);
    let words: Vec<String> = kinds.map(|(n, kind)| format!("{} ({})", kind.title(), times(n))).collect();
    (!words.is_empty())
        .then(|| Words::from(format!("Answers without a rating are not in the averages: {}.", join_and(&words))))
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// Returns the closing notes on how to read the page.
fn closing(purpose: EngagementPurpose) -> Vec<Words> {
    let mut lines = vec![Words::from(
        "Ratings are views on one day, to talk about. They do not measure a person, and there is no overall score.",
    )];
    if purpose == EngagementPurpose::Development {
        lines.push(Words::from("Made for development. You need a new agreement to use it for selection or appraisal."));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, answer, day, dossier, library, note, session};
    use super::*;
    use crate::domain::{ActionStatus, Answer, By, Comparison, Dossier, Focus, FocusSet, NoteFor};
    use crate::report::markdown;

    fn rich() -> Dossier {
        let older = Answer { on: day(2026, 9, 20), id: "older".to_owned(), ..answer("FL-5", 2) };
        let coach = Answer { by: By::Coach, id: "coach".to_owned(), importance: None, ..answer("FL-5", 5) };
        let own = Answer { evidence: "We tried the evening walks.".to_owned(), ..answer("FL-5", 4) };
        let mut done = action("b", "Good news first");
        (done.status, done.learned) = (ActionStatus::Done, "Two minutes are enough.".to_owned());
        let focus =
            Focus { framework: "empowered-communities".to_owned(), behaviour: "FL-5".to_owned(), importance: Some(3) };
        Dossier {
            focus: vec![FocusSet { id: String::new(), on: day(2026, 9, 1), items: vec![focus] }],
            sessions: vec![Session {
                notes: vec![
                    note("goal", "More voices.", NoteFor::Shared),
                    note(crate::domain::SUMMARY, "Ask before planning.", NoteFor::Shared),
                    note("goal", "Tired?", NoteFor::Coach),
                ],
                ..session(day(2026, 11, 20))
            }],
            comparisons: vec![Comparison {
                id: "r".to_owned(),
                on: day(2026, 11, 20),
                behaviours: vec![("empowered-communities".to_owned(), "FL-5".to_owned())],
                client_done: true,
                coach_done: true,
                opened_on: Some(day(2026, 11, 20)),
                answers: vec![own.clone(), coach.clone()],
            }],
            answers: vec![older, own, coach, answer("DT-7", 2)],
            kept_apart: 3,
            actions: vec![action("a", "Ask first"), done],
            ..dossier()
        }
    }

    fn written(dossier: &Dossier, party: Party) -> String {
        let library = library();
        markdown(&report(&Handout::new(&library, dossier, party)))
    }

    #[test]
    fn strengths_come_first_and_everything_is_in_its_place() {
        let text = written(&rich(), Party::Client);
        let mut from = 0;
        for words in [
            "# Development report for Amira Khan",
            "## Strengths",
            "**Seen by:** both",
            "evening walks",
            "## What we looked at",
            "Central",
            "## The last session, Fri 20 Nov 2026",
            "Ask before planning",
            "More voices",
            "## Agreed steps",
            "Ask one colleague (by Sun 6 Dec 2026)",
            "## Ratings compared, as questions",
            "**You:** Always, even under pressure (4)",
            "## Change over time",
            "from When reminded (2) on Sun 20 Sep 2026 to Always, even under pressure (4)",
            "## By theme",
            "| Flexibility | 4.0 | 1 of 1 | 0 |",
            "## What was learned",
            "Two minutes are enough",
            "3 answers were given for another purpose",
            "## The framework",
            "**Terms:**",
            "no overall score",
        ] {
            let at = text.get(from..).and_then(|rest| rest.find(words));
            from += at.unwrap_or_else(|| panic!("{words} does not follow in\n{text}"));
        }
        assert!(
            !text.contains("Tired") && !text.contains("private note") && !text.contains("private thought"),
            "{text}"
        );
    }

    #[test]
    fn the_coach_reads_names_and_how_many_notes_stay_private() {
        let text = written(&rich(), Party::Coach);
        for words in ["report on Amira Khan", "**Amira Khan:** Always", "1 private note stays in the coach's records"] {
            assert!(text.contains(words), "{words} is not in\n{text}");
        }
        assert!(!text.contains("Tired"));
    }

    #[test]
    fn empty_records_make_an_honest_page() {
        let text = written(&dossier(), Party::Client);
        assert!(text.contains("There is nothing to show on this page yet"), "{text}");
        let text = written(&rich(), Party::Sponsor);
        assert!(text.contains("Nothing is ticked") && !text.contains("cairn report tick"), "{text}");
        assert!(!text.contains("Ask first") && !text.contains("Usually") && !text.contains("framework"), "{text}");
    }

    #[test]
    fn where_nothing_reaches_its_target_the_highest_is_shown_as_such() {
        let answers = vec![answer("FL-5", 2), answer("DT-7", 3), answer("SI-1", 1)];
        let text = written(&Dossier { answers, ..dossier() }, Party::Client);
        let (strengths, _) = text.split_once("## By theme").unwrap_or_default();
        assert!(
            !strengths.contains("## Strengths")
                && strengths.contains("Rated highest so far")
                && strengths.contains("Usually (3)"),
            "{text}"
        );
        assert!(!strengths.contains("(2)") && !strengths.contains("(1)"), "{text}");
    }
}

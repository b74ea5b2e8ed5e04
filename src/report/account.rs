//! A reflective account in the form required by one of two regulators. It is filled in from what the person wrote, and
//! left blank where only the person can continue. Nothing is invented. Passages that look like names are reported,
//! because an account must not name anybody else (COACHING.md 3.6).

use super::handout::Handout;
use super::names::{Suspect, suspects};
use super::page::{Block, Item, Page, Words};
use crate::domain::{Answer, Note, Party, SUMMARY, Session, long_day};

/// The regulator for whose form an account is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountFor {
    /// Nursing and Midwifery Council: revalidation.
    Nmc,
    /// Social Work England: continuing professional development.
    SocialWork,
    /// Health and Care Professions Council: continuing professional development.
    Hcpc,
}

/// The source of an account.
#[derive(Debug, Clone, Copy)]
pub enum AccountOf<'a> {
    /// The shared notes of a session.
    Session(&'a Session),
    /// What was written about one behaviour on one day.
    Answer(&'a Answer),
}

/// The four themes of the Code for nurses and midwives, to be ticked by hand.
const THEMES: [&str; 4] =
    ["Prioritise people", "Practise effectively", "Preserve safety", "Promote professionalism and trust"];

/// The content of the records for an account: what happened, what was learned, what changed.
#[derive(Default)]
struct Parts {
    about: String,
    on: String,
    happened: Vec<Block>,
    learned: Vec<Block>,
    changed: Vec<Block>,
}

/// Returns an account, and the passages in it that look like names. The handout must be the client's: the account
/// belongs to that person, and because it is made only from their handout, it cannot contain the coach's private notes.
#[must_use]
pub fn account(handout: &Handout<'_>, of: AccountOf<'_>, shape: AccountFor, known: &[String]) -> (Page, Vec<Suspect>) {
    let parts = match of {
        AccountOf::Session(session) => {
            let own = handout.seen().sessions.iter().find(|own| own.id == session.id);
            own.map(|session| of_session(handout, session)).unwrap_or_default()
        }
        AccountOf::Answer(answer) => {
            let own = handout.seen().answers.iter().find(|own| own.id == answer.id);
            own.map(|answer| of_answer(handout, answer)).unwrap_or_default()
        }
    };
    let mut page = Page::new("Reflective account", Party::Client);
    page.fact("Made on", long_day(handout.seen().today));
    page.fact("About", &parts.about);
    page.fact("Day", &parts.on);
    page.opening = "Write so that nobody but you can be recognised: no names, places or dates that point to a person. \
        Quoted text is from your records. Write the rest yourself."
        .into();
    match shape {
        AccountFor::Nmc => nmc(&mut page, parts),
        AccountFor::SocialWork => social_work(&mut page, parts),
        AccountFor::Hcpc => hcpc(&mut page, parts),
    }
    let found = suspects(&written(&page), known);
    (page, found)
}

/// Returns the blocks, or a blank to write in if there are none.
fn or_blank(blocks: Vec<Block>, hint: &str) -> Vec<Block> {
    if blocks.is_empty() { vec![Block::Blank(hint.into())] } else { blocks }
}

fn nmc(page: &mut Page, parts: Parts) {
    page.fact("Form", "Nursing and Midwifery Council revalidation: one of five accounts in three years");
    let kind = ["Learning activity", "Feedback about my practice", "Event or experience in my practice"];
    let mut happened = vec![Block::Ticks(kind.map(Words::from).to_vec())];
    happened.extend(or_blank(parts.happened, "What it was and what happened."));
    page.section("happened", "What this account is about", happened);
    page.section("learned", "What I learned from it", or_blank(parts.learned, "What you see differently now."));
    let hint = "What you have done differently since then. What changed for people in your care.";
    page.section("changed", "What I changed or improved", or_blank(parts.changed, hint));
    let code = vec![
        Block::Ticks(THEMES.map(Words::from).to_vec()),
        Block::Blank("How it relates to the themes you ticked.".into()),
    ];
    page.section("code", "How it relates to the Code", code);
}

fn social_work(page: &mut Page, parts: Parts) {
    page.fact("Form", "Social Work England, continuing professional development");
    page.section("happened", "What I did", or_blank(parts.happened, "The activity and why you chose it."));
    page.section(
        "learned",
        "What I learned",
        or_blank(
            parts.learned,
            "What you know or notice that you did not \
        before.",
        ),
    );
    let hint = "What is different in your practice, and for the people you work with.";
    page.section("changed", "What it changes in my practice and for people", or_blank(parts.changed, hint));
    let peer = "Who you talked to (their role, not their name), when, and what they said.";
    page.section("peer", "What I discussed with a peer", vec![Block::Blank(peer.into())]);
}

/// The two sections after what was learned follow the council's third and fourth standard of continuing professional
/// development: the quality of practice, and the benefit to service users.
fn hcpc(page: &mut Page, parts: Parts) {
    page.fact("Form", "Health and Care Professions Council, continuing professional development");
    page.section("happened", "What I did", or_blank(parts.happened, "The activity, and why you chose it."));
    page.section("learned", "What I learned", or_blank(parts.learned, "What you know or see that you did not before."));
    let hint = "What you do differently, and how that makes your practice better.";
    page.section("changed", "How it improves the quality of my practice", or_blank(parts.changed, hint));
    let benefit = vec![Block::Blank("What is better for the people who use your service.".into())];
    page.section("benefit", "How it benefits people who use services", benefit);
}

/// Sorts the notes of a session: those on the first third of the model's stages say what happened, those on the second
/// what was learned, those on the last what changes. A note that belongs to no stage is sorted by its position among
/// the notes.
fn of_session(handout: &Handout<'_>, session: &Session) -> Parts {
    let models = &handout.library().models;
    let model = session.model.as_deref().and_then(|id| models.iter().find(|model| model.id == id));
    let notes: Vec<&Note> = session.shared().filter(|note| note.part != SUMMARY).collect();
    let mut parts = Parts {
        about: model.map_or_else(|| "A session".to_owned(), |model| format!("A session using {}", model.title)),
        on: long_day(session.on),
        ..Parts::default()
    };
    for (at, note) in notes.iter().enumerate() {
        let stages = model.map(|model| model.stages.as_slice()).unwrap_or_default();
        let stage = stages.iter().position(|stage| stage.id == note.part);
        let (at, of) = stage.map_or((at, notes.len()), |stage| (stage, stages.len()));
        let block = Block::Item(Item { quote: Words::from(&note.text), ..Item::titled(&note.title) });
        match at * 3 / of.max(1) {
            0 => parts.happened.push(block),
            1 => parts.learned.push(block),
            _ => parts.changed.push(block),
        }
    }
    parts.learned.extend(session.summary().map(|text| Block::Quote(text.into())));
    let agreed = handout.seen().actions.iter().filter(|action| session.actions.contains(&action.id));
    parts.changed.extend(agreed.map(|action| Block::Quote(Words::from(&action.title))));
    parts
}

/// Returns the example given as what happened, and the answers to prompts as what was learned.
fn of_answer(handout: &Handout<'_>, answer: &Answer) -> Parts {
    // The title under which the answer was given, not a later one.
    let title = Some(handout.library().wording(answer).title).filter(|title| !title.is_empty());
    let quote = |text: &str| (!text.trim().is_empty()).then(|| Block::Quote(text.into()));
    let mut happened: Vec<Block> = quote(&answer.evidence).into_iter().collect();
    let mut learned: Vec<Block> = answer.reflections.iter().filter_map(|reflection| quote(&reflection.text)).collect();
    // Without an example, what was written first says what happened.
    if happened.is_empty() && !learned.is_empty() {
        happened.push(learned.remove(0));
    }
    Parts {
        about: title.unwrap_or_else(|| answer.behaviour.clone()),
        on: long_day(answer.on),
        happened,
        learned,
        changed: Vec::new(),
    }
}

/// Returns everything on the page that was taken from the records, one passage per line.
fn written(page: &Page) -> String {
    let mut lines = Vec::new();
    for block in page.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Quote(words) => lines.push(words.as_str()),
            Block::Item(item) => lines.push(item.quote.as_str()),
            Block::Text(_)
            | Block::Note(_)
            | Block::Points(_)
            | Block::Table(_)
            | Block::Blank(_)
            | Block::Ticks(_) => {}
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, day, dossier, library, note, session};
    use super::*;
    use crate::domain::{Dossier, NoteFor};
    use crate::report::markdown;

    fn told() -> Session {
        Session {
            model: Some("gibbs".to_owned()),
            notes: vec![
                note("description", "A visit that I planned alone.", NoteFor::Shared),
                note("analysis", "I was afraid of the rota. Mrs Pugh said so.", NoteFor::Shared),
                note("analysis", "SECRET of the coach.", NoteFor::Coach),
                note("action-plan", "I ask first.", NoteFor::Shared),
                note(SUMMARY, "Ask before planning.", NoteFor::Shared),
            ],
            ..session(day(2026, 11, 20))
        }
    }

    #[test]
    fn notes_fall_into_the_shape_and_blanks_stay_blank() {
        let library = library();
        let dossier = Dossier { sessions: vec![told()], ..dossier() };
        let handout = Handout::new(&library, &dossier, Party::Client);
        let (page, found) = account(&handout, AccountOf::Session(&dossier.sessions[0]), AccountFor::Nmc, &[]);
        let text = markdown(&page);
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is not in\n{text}"));
        assert!(at("What this account is about") < at("planned alone") && at("planned alone") < at("What I learned"));
        assert!(at("afraid of the rota") < at("What I changed") && at("What I changed") < at("I ask first"));
        for theme in THEMES {
            at(theme);
        }
        assert!(!text.contains("SECRET"), "{text}");
        assert_eq!(found.iter().map(|found| found.words.as_str()).collect::<Vec<_>>(), ["Mrs Pugh"]);
    }

    #[test]
    fn one_answer_makes_an_account_for_a_social_worker() {
        let library = library();
        let dossier = Dossier { answers: vec![answer("FL-5", 2)], ..dossier() };
        let handout = Handout::new(&library, &dossier, Party::Client);
        let (page, _) = account(&handout, AccountOf::Answer(&dossier.answers[0]), AccountFor::SocialWork, &[]);
        let text = markdown(&page);
        for words in ["An example", "Some words", "peer", "their role, not their name"] {
            assert!(text.contains(words), "{words} is not in\n{text}");
        }
    }

    #[test]
    fn without_an_example_the_first_text_says_what_happened() {
        let library = library();
        let alone = Answer { evidence: String::new(), ..answer("FL-5", 2) };
        let dossier = Dossier { answers: vec![alone], ..dossier() };
        let handout = Handout::new(&library, &dossier, Party::Client);
        let (page, _) = account(&handout, AccountOf::Answer(&dossier.answers[0]), AccountFor::Hcpc, &[]);
        let text = markdown(&page);
        let (happened, learned) = (text.find("What I did"), text.find("What I learned"));
        let said = text.find("Some words");
        assert!(happened < said && said < learned, "{text}");
        assert!(text.contains("benefits people who use services"), "{text}");
    }
}

//! Tests of saving and resuming the plan dialogue.

use super::*;
use crate::domain::ActivityKind;

const TODAY: Day = jiff::civil::date(2026, 11, 22);

fn empty() -> Planned {
    Planned { title: String::new(), first_step: String::new(), due: None, intent: Intent::default() }
}

#[test]
fn what_was_known_comes_back_and_a_day_that_is_none_is_said_there() {
    let known = Planned {
        title: "Ask one person".to_owned(),
        first_step: "Write to them".to_owned(),
        due: Some(jiff::civil::date(2026, 12, 6)),
        intent: Intent { kind: Some(ActivityKind::Formal), wish: "More voices".to_owned(), ..Intent::default() },
    };
    let mut dialogue = Dialogue::new(DialogueFor::New, &known);
    assert_eq!(dialogue.planned(TODAY), Some(known));
    dialogue.at = 7;
    dialogue.buffer_mut().expect("a question").set("someday");
    assert_eq!(dialogue.planned(TODAY), None);
    assert!(dialogue.at == 7 && !dialogue.problem.is_empty());
    dialogue.go(1, TODAY);
    assert_eq!(dialogue.at, 7, "it stays until it is understood");
}

#[test]
fn it_is_kept_and_taken_up_at_the_same_question() {
    let mut dialogue = Dialogue::new(DialogueFor::Adapt("small-bet".to_owned()), &empty());
    assert!(dialogue.planned(TODAY).is_none(), "a title is all it needs");
    dialogue.buffer_mut().expect("a question").set("Try it");
    dialogue.go(1, TODAY);
    let again = Dialogue::resume(&dialogue.draft()).expect("its own draft");
    assert_eq!((again.at, again.purpose.clone()), (6, DialogueFor::Adapt("small-bet".to_owned())));
    assert_eq!(again.answered().map(|(_, label, text)| (label, text)).collect::<Vec<_>>(), [("What", "Try it")]);
    assert!(Dialogue::resume("[]").is_none());
}

#[test]
fn answers_go_back_to_their_questions_by_id_and_those_of_earlier_editions_by_place() {
    let answers = |body: &str| {
        let again = Dialogue::resume(body).expect("a draft");
        let texts: Vec<(&str, String)> = again.answered().map(|(_, label, text)| (label, text.to_owned())).collect();
        (again.at, texts)
    };
    let by_id =
        r#"{"purpose": "New", "question": "kind", "answers": {"helper": "Sam", "title": "Try it", "gone": "x"}}"#;
    assert_eq!(answers(by_id), (8, vec![("What", "Try it".to_owned()), ("Who helps", "Sam".to_owned())]));
    let by_place = r#"{"purpose": "New", "at": 2, "texts": ["Try it", "", "Calm"]}"#;
    assert_eq!(answers(by_place), (2, vec![("What", "Try it".to_owned()), ("Best result", "Calm".to_owned())]));
    let mut dialogue = Dialogue::resume(by_place).expect("a draft");
    dialogue.at = QUESTIONS.len();
    assert_eq!(answers(&dialogue.draft()).0, QUESTIONS.len(), "the look over all answers is kept, too");
}

#[test]
fn kinds_are_read_by_number_and_by_word() {
    assert_eq!(read_kind("3"), Ok(Some(ActivityKind::Formal)));
    for words in ["course", "training", "a course or training", "formal"] {
        assert_eq!(read_kind(words), Ok(Some(ActivityKind::Formal)), "{words}");
    }
    assert_eq!(read_kind("through"), Ok(Some(ActivityKind::ThroughOthers)));
    assert_eq!(read_kind(""), Ok(None));
    assert!(read_kind("5").is_err() && read_kind("lunch").is_err());
}

#[test]
fn three_questions_are_asked_and_the_others_on_request() {
    let mut dialogue = Dialogue::new(DialogueFor::New, &empty());
    let mut words = Vec::new();
    dialogue.buffer_mut().expect("a question").set("Try it");
    while let Some((asked, _)) = dialogue.asked() {
        words.push((asked, dialogue.progress()));
        dialogue.go(1, TODAY);
    }
    assert_eq!(
        words,
        [
            ("What will you do?", (1, 3)),
            ("When and where will you start?", (2, 3)),
            ("When will you look back at this?", (3, 3))
        ]
    );
    dialogue.ask_all();
    assert_eq!(dialogue.asked().map(|(words, _)| words), Some("What do you want to happen?"));
    assert_eq!(dialogue.progress(), (2, 12));
    let again = Dialogue::resume(&dialogue.draft()).expect("its own draft");
    assert!(again.all && again.at == 1);
    // A mistake in a question that is not asked is shown all the same.
    let mut dialogue = Dialogue::new(DialogueFor::New, &empty());
    dialogue.buffer_mut().expect("a question").set("Try it");
    dialogue.texts[7] = EditBuffer::line("someday");
    assert!(dialogue.planned(TODAY).is_none() && dialogue.all && dialogue.at == 7);
    // What was planned in full is changed in full.
    let known = Planned { intent: Intent { wish: "Calm".to_owned(), ..Intent::default() }, ..empty() };
    assert!(Dialogue::new(DialogueFor::Change("a".to_owned()), &known).all);
    assert!(!Dialogue::new(DialogueFor::Change("a".to_owned()), &empty()).all);
}

//! The built-in content is complete, in order, phrased as open questions, and in the project's own words.

use std::collections::{BTreeMap, BTreeSet};

use cairn_coach::domain::{Activity, ActivityKind, AppliesTo, Certainty, Height, Library, ModelKind, Purpose};
use cairn_coach::pack::{builtin_packs, lint, load, open_question};
use sha2::{Digest, Sha256};

fn library() -> Library {
    let loaded = load(&builtin_packs());
    assert!(
        loaded.faults.is_empty(),
        "{}",
        loaded.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
    loaded.library
}

/// `(theme, title, motto, number of behaviours)` in the order of the document.
const THEMES: [(&str, &str, &str, usize); 4] = [
    ("SI", "Strategic intent", "Seeing the whole picture", 7),
    ("DT", "Driving transformation", "Changing the system", 11),
    ("FC", "Facilitative and collaborative style", "Working with others and co-producing", 12),
    ("FL", "Flexibility", "Open to new ideas", 7),
];

#[test]
fn thirty_seven_behaviours_stand_in_the_documents_order() {
    let library = library();
    let framework = library.framework("empowered-communities").expect("it is built in");
    let themes: Vec<(&str, &str, &str)> =
        framework.themes.iter().map(|t| (t.code.as_str(), t.title.as_str(), t.motto.as_str())).collect();
    assert_eq!(themes, THEMES.map(|(code, title, motto, _)| (code, title, motto)));
    let codes: Vec<&str> =
        library.behaviours.iter().filter(|b| b.framework == framework.id).map(|b| b.code.as_str()).collect();
    let expected: Vec<String> =
        THEMES.iter().flat_map(|(code, _, _, n)| (1..=*n).map(move |at| format!("{code}-{at}"))).collect();
    assert_eq!(codes, expected);
    assert_eq!(codes.len(), 37);
    assert_eq!(
        framework.levels.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(),
        ["front-line", "managers", "senior-leaders", "people-and-carers"]
    );
    assert_eq!(framework.scale.points.len(), 5);
    assert_eq!(framework.importance.points.len(), 3);
}

#[test]
fn every_behaviour_is_complete() {
    let library = library();
    let mut positions: BTreeMap<&str, u32> = BTreeMap::new();
    for ix in library.indices().filter(|ix| library.behaviour(*ix).framework == "empowered-communities") {
        let b = library.behaviour(ix);
        let code = &b.code;
        assert!(b.statement.split_whitespace().count() >= 8, "{code}: statement");
        assert!(b.indicators.len() >= 2, "{code}: indicators");
        assert!(b.opposite.split_whitespace().count() >= 8, "{code}: opposite");
        assert_eq!(b.levels.len(), 4, "{code}: levels");
        assert!(b.aliases.len() >= 3, "{code}: aliases");
        assert!(b.keywords.len() >= 10, "{code}: everyday words");
        assert!(!b.arenas.is_empty(), "{code}: arena");
        assert!(!b.source.document.is_empty() && !b.source.theme.is_empty(), "{code}: source");
        let next = positions.entry(&b.theme).or_insert(0);
        *next += 1;
        assert_eq!(b.source.position, *next, "{code}: position in the source");
        let expected = match code.as_str() {
            "DT-8" => AppliesTo::Commissioner,
            "DT-9" => AppliesTo::Provider,
            _ => AppliesTo::Any,
        };
        assert_eq!(b.applies_to, expected, "{code}: applies to");
        let prompts: Vec<Purpose> =
            library.prompts.iter().filter(|p| p.behaviour == ix && p.level.is_none()).map(|p| p.purpose).collect();
        assert!(prompts.len() >= 4, "{code}: {} prompts for every level", prompts.len());
        for purpose in Purpose::ALL {
            assert!(prompts.contains(&purpose), "{code}: no prompt to {}", purpose.id());
        }
    }
}

#[test]
fn the_lqf_has_seven_dimensions_and_twenty_eight_linked_elements() {
    let library = library();
    let lqf = library.framework("lqf").expect("it is built in");
    assert_eq!(lqf.themes.len(), 7);
    for theme in &lqf.themes {
        let elements = library.behaviours.iter().filter(|b| b.framework == "lqf" && b.theme == theme.code).count();
        assert_eq!(elements, 4, "{}", theme.title);
    }
    for ix in library.indices().filter(|ix| library.behaviour(*ix).framework == "lqf") {
        let b = library.behaviour(ix);
        assert!(library.prompts_for(ix, None).count() >= 2, "{}: prompts", b.code);
        // Two dimensions are for senior staff only.
        let levels = if ["CV", "DS"].contains(&b.theme.as_str()) { 2 } else { lqf.levels.len() };
        assert_eq!(b.levels.len(), levels, "{}: levels", b.code);
        let linked = library.links.iter().any(|l| l.framework == "lqf" && l.from == b.code);
        assert!(linked, "{} has no link", b.code);
    }
}

#[test]
fn every_link_of_the_document_is_there_with_its_certainty() {
    let library = library();
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for link in library.links.iter().filter(|link| link.framework == "empowered-communities") {
        *found.entry((link.from.as_str(), link.to_framework.as_str())).or_insert(0) += 1;
        assert!(
            link.certainty == Certainty::Stated || !link.note.is_empty(),
            "{} -> {:?} does not say why it is inferred",
            link.from,
            link.to
        );
    }
    let total: usize = found.values().sum();
    assert_eq!(total, 36, "{found:?}");
    for theme in ["SI", "DT", "FC", "FL"] {
        for framework in ["ccg-360", "nhs-lf", "lqf"] {
            assert!(found.contains_key(&(theme, framework)), "{theme} has no link to {framework}");
        }
    }
}

#[test]
fn the_models_are_there() {
    let library = library();
    for (id, kind, stages) in [
        ("grow", ModelKind::Conversation, 4),
        ("clear", ModelKind::Conversation, 5),
        ("oskar", ModelKind::Conversation, 5),
        ("ai-4d", ModelKind::Conversation, 4),
        ("gibbs", ModelKind::Reflection, 6),
        ("driscoll", ModelKind::Reflection, 3),
        ("kolb", ModelKind::Reflection, 4),
    ] {
        let model = library.models.iter().find(|m| m.id == id);
        assert_eq!(model.map(|m| (m.kind, m.stages.len())), Some((kind, stages)), "{id}");
    }
}

#[test]
fn every_behaviour_has_three_activities_of_more_than_one_kind() {
    let library = library();
    assert!(library.activities.len() >= 80, "{}", library.activities.len());
    for kind in ActivityKind::ALL {
        assert!(library.activities.iter().any(|a| a.kind == kind), "{}", kind.id());
    }
    for ix in library.indices() {
        let activities = library.activities_for(ix);
        assert!(activities.len() >= 3, "{}: {} activities", library.behaviour(ix).code, activities.len());
        let kinds: BTreeSet<ActivityKind> = activities.iter().map(|a| a.kind).collect();
        assert!(
            kinds.len() >= 2 || library.behaviour(ix).framework == "lqf",
            "{}: one kind only",
            library.behaviour(ix).code
        );
    }
    for activity in &library.activities {
        assert!(activity.first_step.split_whitespace().count() >= 6, "{}: first step", activity.id);
        assert!(!activity.afterwards.is_empty() && activity.minutes > 0, "{}: what one would see, effort", activity.id);
    }
}

#[test]
fn every_prompt_is_an_open_question() {
    let library = library();
    for prompt in &library.prompts {
        assert_eq!(open_question(&prompt.text), Ok(()), "{}: {}", prompt.id, prompt.text);
    }
    for model in &library.models {
        for prompt in model.stages.iter().flat_map(|stage| &stage.prompts) {
            assert_eq!(open_question(prompt), Ok(()), "{}: {prompt}", model.id);
        }
    }
}

#[test]
fn a_careful_author_has_nothing_to_mend() {
    let library = library();
    for pack in builtin_packs() {
        let faults = lint(&pack, &library);
        assert!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}

/// Returns the sentences of a text with their numbers of words.
fn sentences(text: &str) -> Vec<(String, usize)> {
    let parts = text.split_inclusive(['.', '?', '!']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| (part.to_owned(), part.split_whitespace().count())).collect()
}

#[test]
fn behaviours_and_prompts_are_short_enough_to_be_read_at_the_end_of_a_shift() {
    let library = library();
    for behaviour in &library.behaviours {
        for (sentence, words) in sentences(&behaviour.statement) {
            assert!(words <= 20, "{}: {words} words: {sentence}", behaviour.code);
        }
        let easy = behaviour.easy.split_whitespace().count();
        assert!((6..=15).contains(&easy), "{}: {easy} words: {}", behaviour.code, behaviour.easy);
    }
    for prompt in &library.prompts {
        let words = prompt.text.split_whitespace().count();
        assert!(words <= 20, "{}: {words} words: {}", prompt.id, prompt.text);
    }
}

#[test]
fn after_a_low_rating_no_prompt_presumes_success_and_one_asks_what_is_in_the_way() {
    let library = library();
    for ix in library.indices() {
        let code = &library.behaviour(ix).code;
        let asked = |height| library.prompts_for(ix, None).filter(move |prompt| prompt.fits(height));
        assert!(asked(None).any(|prompt| prompt.purpose == Purpose::Reflect), "{code}: nothing to ask before a rating");
        let low: Vec<&str> = asked(Some(Height::Low)).map(|prompt| prompt.id.as_str()).collect();
        assert!(low.iter().any(|id| id.contains(".low")), "{code}: {low:?}");
        assert!(!asked(Some(Height::High)).any(|prompt| prompt.id.contains(".low")), "{code}");
    }
}

#[test]
fn every_activity_says_whether_somebody_has_to_agree_and_some_are_for_people_who_use_services() {
    let library = library();
    for activity in &library.activities {
        assert!(activity.permission.is_some(), "{}", activity.id);
    }
    let own = |activity: &&Activity| activity.levels == ["people-and-carers"];
    let themes: BTreeSet<&str> = library
        .activities
        .iter()
        .filter(own)
        .flat_map(|activity| &activity.behaviours)
        .map(|ix| library.behaviour(*ix).theme.as_str())
        .collect();
    assert!(library.activities.iter().filter(own).count() >= 20);
    assert!(["SI", "DT", "FC", "FL"].iter().all(|theme| themes.contains(theme)), "{themes:?}");
}

/// Length in words of a run that must not occur in a source document.
const WINDOW: usize = 7;

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn hash(window: &[String]) -> String {
    let digest = Sha256::digest(window.join(" ").as_bytes());
    digest.iter().take(6).fold(String::new(), |text, byte| text + format!("{byte:02x}").as_str())
}

/// The two source documents are not in this repository. Hashes of their runs of seven words are, so that a copied
/// sentence is found without storing the text. `CAIRN_SEEDS=FOLDER` regenerates the list.
#[test]
#[expect(clippy::disallowed_methods, reason = "a fixture is made anew on request")]
fn no_sentence_is_copied_from_the_sources() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/source-runs.txt");
    if let Some(folder) = std::env::var_os("CAIRN_SEEDS") {
        let mut hashes = BTreeSet::new();
        for entry in std::fs::read_dir(folder).expect("the folder of the source documents") {
            let text = std::fs::read_to_string(entry.expect("readable").path()).expect("readable");
            hashes.extend(words(&text).windows(WINDOW).map(hash));
        }
        std::fs::write(path, hashes.into_iter().collect::<Vec<_>>().join("\n")).expect("writable");
    }
    let known: BTreeSet<String> =
        std::fs::read_to_string(path).expect("the list is there").lines().map(str::to_owned).collect();
    assert!(known.len() > 2_000, "{}", known.len());
    // The title of the document may be cited.
    let title = words("Leadership for empowered and healthy communities: A framework, July 2012");
    let mut copied = Vec::new();
    // The template for organisations is not a built-in pack, but must be in the project's own words too.
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/example-organisation");
    let packs = cairn_coach::desk::LoadedPacks::load(&[template.into()]).packs;
    assert_eq!(packs.len(), builtin_packs().len() + 1);
    for pack in packs {
        for (file, text) in &pack.files {
            for line in text.lines() {
                for window in words(line).windows(WINDOW).filter(|window| known.contains(&hash(window))) {
                    if !title.windows(WINDOW).any(|own| own == window) {
                        copied.push(format!("{}/{file}: {}", pack.label, window.join(" ")));
                    }
                }
            }
        }
    }
    assert!(copied.is_empty(), "{}", copied.join("\n"));
}

//! The behaviours of a library as documents.

use std::borrow::Cow;

use super::document::{Document, Facet, FacetValue, Field};
use crate::domain::{Behaviour, BehaviourIx, Framework, Library};

/// Factor on the score for each framework that was loaded later. Packs are layers, lowest first, and a later one is
/// closer to the person: the organisation's own framework takes precedence over the general one. The factor decides
/// between behaviours that match equally well, but does not rank running text above a title.
const EARLIER: f32 = 0.85;

/// Returns one document for each behaviour, in order.
pub(super) fn documents(library: &Library) -> impl Iterator<Item = Document<'_>> {
    let mut prompts: Vec<Vec<&str>> = vec![Vec::new(); library.behaviours.len()];
    for prompt in &library.prompts {
        if let Some(own) = prompts.get_mut(prompt.behaviour.at()) {
            own.push(&prompt.text);
        }
    }
    library.indices().zip(prompts).map(|(ix, prompts)| document(library, ix, prompts))
}

fn document<'a>(library: &'a Library, ix: BehaviourIx, prompts: Vec<&'a str>) -> Document<'a> {
    let behaviour = library.behaviour(ix);
    let theme = library.theme_of(ix);
    let framework = library.framework_of(ix);
    let one = |field, text: &'a str| (field, Cow::Borrowed(text));
    let mut fields = vec![
        one(Field::Code, &behaviour.code),
        one(Field::Title, &behaviour.title),
        one(Field::Theme, &theme.title),
        one(Field::Theme, &theme.motto),
        one(Field::Statement, &behaviour.statement),
        one(Field::Opposite, &behaviour.opposite),
    ];
    let mut many = |field, texts: &'a [String]| fields.extend(texts.iter().map(|text| one(field, text)));
    many(Field::Alias, &behaviour.aliases);
    many(Field::Keyword, &behaviour.keywords);
    many(Field::Theme, &theme.aliases);
    many(Field::Indicator, &behaviour.indicators);
    fields.extend(behaviour.levels.iter().map(|(_, text)| one(Field::Level, text)));
    fields.extend(prompts.into_iter().map(|text| one(Field::Prompt, text)));
    Document { fields, facets: facets(behaviour, framework, theme), boost: boost(library, framework) }
}

fn facets<'a>(
    behaviour: &'a Behaviour,
    framework: &'a Framework,
    theme: &'a crate::domain::Theme,
) -> Vec<FacetValue<'a>> {
    let value =
        |facet, names: Vec<&'a str>| FacetValue { facet, names: names.into_iter().map(Cow::Borrowed).collect() };
    let aliases = theme.aliases.iter().map(String::as_str);
    let mut found = vec![
        value(Facet::Framework, vec![&framework.title, &framework.id]),
        value(Facet::Theme, [theme.title.as_str(), &theme.code, &theme.id].into_iter().chain(aliases).collect()),
        value(Facet::For, vec![behaviour.applies_to.id()]),
    ];
    for level in &framework.levels {
        if behaviour.levels.iter().any(|(id, _)| *id == level.id) {
            let aliases = level.aliases.iter().map(String::as_str);
            found.push(value(Facet::Level, [level.title.as_str(), &level.id].into_iter().chain(aliases).collect()));
        }
    }
    for arena in &framework.arenas {
        if behaviour.arenas.contains(&arena.id) {
            found.push(value(Facet::Arena, vec![&arena.title, &arena.id]));
        }
    }
    found
}

/// Returns 1 for the framework loaded last, and less for each earlier one.
fn boost(library: &Library, framework: &Framework) -> f32 {
    let later = library.frameworks.iter().rev().take_while(|own| own.id != framework.id);
    later.fold(1.0, |boost, _| boost * EARLIER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_behaviour_has_a_code_a_title_and_its_theme() {
        let library = crate::pack::load(&crate::pack::builtin_packs()).library;
        let all: Vec<Document<'_>> = documents(&library).collect();
        assert_eq!(all.len(), library.behaviours.len());
        for document in &all {
            for wanted in [Field::Code, Field::Title, Field::Theme, Field::Statement, Field::Prompt] {
                assert!(document.fields.iter().any(|(field, _)| *field == wanted));
            }
            assert!(document.facets.iter().any(|value| value.facet == Facet::Theme));
        }
        assert!(all.first().is_some_and(|first| first.boost < 1.0), "the earlier framework stands back");
    }
}

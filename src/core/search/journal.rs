//! Journal entries as documents, newest first. What a person wrote has more weight than the question that it answers
//! and than the title of the behaviour; among entries that match equally well, newer ones come first.

use std::borrow::Cow;

use super::document::{Document, Facet, FacetValue, Field};
use crate::domain::{By, Entry, Journal, Library};

/// Reduction of the score of an entry that is at least [`OLD`] days old, compared with one of today.
const AGE: f32 = 0.15;
/// Age in days from which the score is not reduced further.
const OLD: i16 = 730;

/// Returns one document for each entry, in order.
pub(super) fn documents<'a>(library: &'a Library, journal: &'a Journal) -> impl Iterator<Item = Document<'a>> {
    journal.entries.iter().map(move |entry| document(library, journal, entry))
}

fn document<'a>(library: &'a Library, journal: &'a Journal, entry: &'a Entry) -> Document<'a> {
    let mut fields = Vec::with_capacity(2 * entry.texts.len() + 4);
    // The title of an action or note is the person's own words; the title of an answer is the framework's.
    let own = !matches!(entry.kind, crate::domain::EntryKind::Answer);
    fields.push((if own { Field::Statement } else { Field::Level }, Cow::Borrowed(entry.title.as_str())));
    for text in &entry.texts {
        fields.push((Field::Statement, Cow::Borrowed(text.text.as_str())));
        if !own {
            fields.push((Field::Prompt, Cow::Borrowed(text.asked.as_str())));
        }
    }
    let mut facets = vec![
        value(Facet::Kind, vec![entry.kind.id().into()]),
        value(Facet::On, vec![month(entry, "%B %Y"), month(entry, "%Y-%m")]),
    ];
    let more = [("example", entry.has_example()), ("private", entry.private)];
    facets.extend(more.iter().filter(|(_, is)| *is).map(|(name, _)| value(Facet::Kind, vec![(*name).into()])));
    facets.extend(who(entry).into_iter().map(|names| value(Facet::By, names)));
    for full in &entry.behaviours {
        let Ok(ix) = library.find(full) else {
            fields.push((Field::Code, Cow::Borrowed(full.rsplit('/').next().unwrap_or(full))));
            continue;
        };
        let (theme, framework) = (library.theme_of(ix), library.framework_of(ix));
        fields.push((Field::Code, Cow::Borrowed(library.behaviour(ix).code.as_str())));
        fields.push((Field::Theme, Cow::Borrowed(theme.title.as_str())));
        let names = [&theme.title, &theme.code, &theme.id].into_iter().chain(&theme.aliases);
        facets.push(value(Facet::Theme, names.map(|name| Cow::Borrowed(name.as_str())).collect()));
        facets.push(value(Facet::Framework, vec![framework.title.as_str().into(), framework.id.as_str().into()]));
    }
    let age = i16::try_from((journal.today - entry.on).get_days()).unwrap_or(OLD).clamp(0, OLD);
    Document { fields, facets, boost: 1.0 - AGE * f32::from(age) / f32::from(OLD) }
}

fn value(facet: Facet, names: Vec<Cow<'_, str>>) -> FacetValue<'_> {
    FacetValue { facet, names }
}

fn who(entry: &Entry) -> Vec<Vec<Cow<'static, str>>> {
    let names = |by: By| match by {
        By::Myself => vec!["me".into(), "self".into(), "client".into()],
        By::Coach => vec!["coach".into()],
        By::Other => vec!["other".into()],
    };
    match entry.by {
        Some(by) => vec![names(by)],
        None => vec![names(By::Myself), names(By::Coach)],
    }
}

fn month(entry: &Entry, shape: &str) -> Cow<'static, str> {
    entry.on.strftime(shape).to_string().into()
}

/// Returns a phrase that says where in an entry a match is; empty if none is needed.
#[must_use]
pub fn journal_field(field: Field) -> &'static str {
    match field {
        Field::Prompt => "in the question",
        Field::Theme => "in the theme",
        Field::Level => "in the behaviour",
        _ => "",
    }
}

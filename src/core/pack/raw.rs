//! The TOML files of a pack as written. Values are not interpreted yet; unknown keys are refused. `Spanned` records the
//! position of values that a later stage may report.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A text with its position.
pub(super) type Text = Spanned<String>;

/// The TOML files that a pack may have.
pub(super) const TOML_FILES: [&str; 8] = [
    "pack.toml",
    "framework.toml",
    "prompts.toml",
    "models.toml",
    "activities.toml",
    "synonyms.toml",
    "translations.toml",
    "contacts.toml",
];

/// The content of `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) summary: String,
    pub(super) licence: Text,
    pub(super) attribution: Text,
    pub(super) source: Text,
    pub(super) rules_api: Text,
    pub(super) language: Option<Text>,
    #[serde(default)]
    pub(super) requires: Vec<Text>,
    /// Present ids of rules and activities, by former id.
    #[serde(default)]
    pub(super) renamed: BTreeMap<Text, Text>,
}

/// The content of `framework.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Framework {
    pub(super) id: Text,
    pub(super) edition: Text,
    pub(super) title: Text,
    pub(super) summary: Text,
    pub(super) scale: Option<Spanned<Scale>>,
    pub(super) importance: Option<Spanned<Scale>>,
    #[serde(default, rename = "level")]
    pub(super) levels: Vec<Level>,
    #[serde(default, rename = "arena")]
    pub(super) arenas: Vec<Arena>,
    #[serde(default, rename = "theme")]
    pub(super) themes: Vec<Theme>,
    #[serde(default, rename = "behaviour")]
    pub(super) behaviours: Vec<Behaviour>,
    #[serde(default, rename = "link")]
    pub(super) links: Vec<Link>,
    #[serde(default, rename = "external")]
    pub(super) externals: Vec<External>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scale {
    pub(super) question: String,
    #[serde(default)]
    pub(super) reworded: Vec<String>,
    pub(super) points: Vec<Point>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub(super) value: Spanned<i64>,
    pub(super) label: Text,
    #[serde(default)]
    pub(super) meaning: String,
    #[serde(default)]
    pub(super) of_others: String,
    #[serde(default)]
    pub(super) reworded: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub(super) id: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) about: String,
    pub(super) target: Option<Spanned<i64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arena {
    pub(super) id: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) about: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub(super) code: Text,
    pub(super) id: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) motto: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) levels: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Behaviour {
    pub(super) code: Text,
    pub(super) theme: Text,
    pub(super) title: Text,
    pub(super) statement: Text,
    #[serde(default)]
    pub(super) indicators: Vec<String>,
    #[serde(default)]
    pub(super) easy: String,
    #[serde(default)]
    pub(super) opposite: String,
    #[serde(default)]
    pub(super) arenas: Vec<Text>,
    pub(super) applies_to: Option<Text>,
    #[serde(default)]
    pub(super) levels: BTreeMap<Text, String>,
    #[serde(default)]
    pub(super) targets: BTreeMap<Text, Spanned<i64>>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    #[serde(default)]
    pub(super) reworded: Vec<String>,
    pub(super) source: Option<Place>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    #[serde(default)]
    pub(super) document: String,
    #[serde(default)]
    pub(super) theme: String,
    #[serde(default)]
    pub(super) position: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    pub(super) from: Text,
    pub(super) framework: Text,
    pub(super) to: Option<Text>,
    pub(super) dimension: Option<Text>,
    pub(super) element: Option<String>,
    #[serde(default)]
    pub(super) gist: String,
    pub(super) certainty: Text,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct External {
    pub(super) id: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) about: String,
}

/// The content of `prompts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prompts {
    #[serde(default, rename = "prompt")]
    pub(super) prompts: Vec<Prompt>,
    #[serde(default)]
    pub(super) earlier: BTreeMap<Text, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prompt {
    pub(super) id: Text,
    pub(super) behaviour: Text,
    pub(super) purpose: Text,
    pub(super) level: Option<Text>,
    #[serde(default)]
    pub(super) fits: Vec<Text>,
    pub(super) text: Text,
    #[serde(default)]
    pub(super) replaces: bool,
}

/// The content of `models.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Models {
    #[serde(default, rename = "model")]
    pub(super) models: Vec<Model>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) kind: Text,
    #[serde(default)]
    pub(super) best_for: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) minutes: u32,
    #[serde(default, rename = "stage")]
    pub(super) stages: Vec<Stage>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stage {
    pub(super) id: Text,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) aim: String,
    pub(super) prompts: Vec<Text>,
}

/// The content of `activities.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Activities {
    #[serde(default, rename = "activity")]
    pub(super) activities: Vec<Activity>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Activity {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) kind: Text,
    pub(super) behaviours: Spanned<Vec<Text>>,
    #[serde(default)]
    pub(super) levels: Vec<Text>,
    pub(super) applies_to: Option<Text>,
    pub(super) minutes: u32,
    pub(super) permission: Option<Text>,
    pub(super) first_step: Text,
    #[serde(default)]
    pub(super) steps: Vec<String>,
    #[serde(default)]
    pub(super) afterwards: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) replaces: bool,
}

/// The content of `synonyms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Synonyms {
    #[serde(default)]
    pub(super) synonyms: BTreeMap<String, Vec<String>>,
}

/// The content of `contacts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contacts {
    #[serde(default, rename = "contact")]
    pub(super) contacts: Vec<Contact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    pub(super) name: Text,
    #[serde(default)]
    pub(super) number: String,
    #[serde(default)]
    pub(super) when: String,
    #[serde(default, rename = "for")]
    pub(super) concerns: Vec<Text>,
}

/// The content of `translations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Translations {
    #[serde(default, rename = "behaviour")]
    pub(super) behaviours: Vec<Translated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Translated {
    pub(super) language: Text,
    pub(super) code: Text,
    pub(super) title: Text,
    pub(super) statement: Text,
    #[serde(default)]
    pub(super) easy: String,
    #[serde(default)]
    pub(super) indicators: Vec<String>,
    #[serde(default)]
    pub(super) opposite: String,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
}

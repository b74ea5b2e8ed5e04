//! `cairn rules api`: the rules language for people, editors and programs, and the format of the TOML files as a JSON
//! Schema. Everything is generated from the tables that the loader itself uses.

use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::args::ApiFormat;
use super::super::out::Out;
use crate::error::Error;
use crate::pack::{KeyShape, TomlKey, toml_files};
use crate::rules::{ApiKind, api};

#[derive(Debug, Serialize)]
struct Entry {
    name: &'static str,
    signature: &'static str,
    forms: &'static [&'static str],
    kind: &'static str,
    doc: &'static str,
    example: &'static str,
}

pub(super) fn reference(format: ApiFormat, out: &mut Out) -> Result<ExitCode, Error> {
    match format {
        ApiFormat::Text => text(out),
        ApiFormat::Json => out.json(&entries())?,
        ApiFormat::Rhai => out.line(definitions().trim_end()),
        ApiFormat::Schema => out.json(&schema())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn entries() -> Vec<Entry> {
    api()
        .iter()
        .map(|entry| Entry {
            name: entry.name,
            signature: entry.signature,
            forms: entry.forms,
            kind: entry.kind.id(),
            doc: entry.doc,
            example: entry.example,
        })
        .collect()
}

fn text(out: &mut Out) {
    for (at, kind) in ApiKind::ALL.into_iter().enumerate() {
        if at > 0 {
            out.line("");
        }
        out.line(kind.title());
        for entry in api().iter().filter(|entry| entry.kind == kind) {
            out.line("");
            out.line(format!("  {}", entry.signature));
            out.paragraph("      ", entry.doc);
            out.paragraph("      ", &format!("Example: {}", entry.example));
        }
    }
}

/// Returns definitions in the format of Rhai's own tools: a doc comment and one line for each overload.
fn definitions() -> String {
    let mut text = String::from("module static;\n");
    for entry in api() {
        for form in entry.forms {
            text.push_str("\n/// ");
            text.push_str(entry.doc);
            text.push_str("\n///\n/// Example: `");
            text.push_str(entry.example);
            text.push_str("`\n");
            text.push_str(form);
            text.push_str(";\n");
        }
    }
    text
}

/// Returns one schema with a definition for each file of a pack.
fn schema() -> Value {
    let mut files = Map::new();
    for file in toml_files() {
        let mut object = object(file.keys);
        object.insert("description".to_owned(), json!(file.about));
        files.insert(file.name.to_owned(), Value::Object(object));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The TOML files of a Cairn pack",
        "description": "Each file of a pack has its own definition, by its path inside the pack.",
        "$defs": files,
    })
}

fn object(keys: &[TomlKey]) -> Map<String, Value> {
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("required".to_owned(), json!(required));
    object.insert("additionalProperties".to_owned(), json!(false));
    object
}

fn property(key: &TomlKey) -> Value {
    let mut value = shape(&key.shape);
    if let Some(map) = value.as_object_mut() {
        map.insert("description".to_owned(), json!(key.doc));
    }
    value
}

fn shape(shape: &KeyShape) -> Value {
    match shape {
        KeyShape::Text => json!({ "type": "string" }),
        KeyShape::Whole => json!({ "type": "integer" }),
        KeyShape::YesNo => json!({ "type": "boolean" }),
        KeyShape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        KeyShape::OneOf(words) => json!({ "type": "string", "enum": words }),
        KeyShape::TextByName => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        KeyShape::TextsByName => {
            json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } })
        }
        KeyShape::WholeByName => json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
        KeyShape::WholesByName => {
            json!({ "type": "array", "items": { "type": "object", "additionalProperties": { "type": "integer" } } })
        }
        KeyShape::Table(keys) => Value::Object(object(keys)),
        KeyShape::Tables(keys) => json!({ "type": "array", "items": Value::Object(object(keys)) }),
    }
}

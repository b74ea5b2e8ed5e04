//! Changes that a later pack makes to the rules of an earlier one: `replace`, `adjust` and `disable`. Scripts only
//! record them; [`apply`] carries them out when every file has run, lowest layer first, so that the order of files has
//! no effect.

use rhai::{Dynamic, Engine, ImmutableString, NativeCallContext};

use super::api::Fields;
use super::build::Build;
use super::cond::Span;
use super::declare::{Form, Rule};
use crate::domain::{Fault, Library, RuleFile, clean, did_you_mean, is_blank, nearest, truncate};

/// Fields that `adjust` accepts.
const FIELDS: [&str; 3] = ["priority", "cooldown", "note"];

/// A change that one pack makes to a rule of another.
#[derive(Debug, Clone)]
pub(super) struct Override {
    /// The rule's id as written by the author.
    id: String,
    /// Id of the pack that makes the change.
    pack: String,
    layer: usize,
    at: Span,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Replace(Box<Rule>),
    Adjust { priority: Option<i64>, cooldown: Option<usize>, note: String },
    Disable { why: String },
}

impl What {
    fn verb(&self) -> &'static str {
        match self {
            Self::Replace(_) => "replace",
            Self::Adjust { .. } => "adjust",
            Self::Disable { .. } => "disable",
        }
    }
}

/// A change that a later pack made to a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// Id of the pack that made the change.
    pub pack: String,
    /// The change and its reason as a phrase, for example `priority 50 → 10 by acme: our rota changes in June`.
    pub words: String,
    /// Position of the change in the rule file.
    pub at: Span,
}

/// Records an override made by the file that is running.
fn note(build: &Build, id: &str, at: Span, what: What) {
    let whose = build.with(|state| state.file.as_ref().map(|file| (file.pack.clone(), file.layer)));
    let Some((pack, layer)) = whose else { return };
    let said = Override { id: id.to_owned(), pack, layer, at, what };
    build.with(|state| state.overrides.push(said));
}

pub(super) fn register_replace(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("replace", move |context: NativeCallContext, id: ImmutableString, fields: Fields| {
        let form = Form::new(&build, &id, build.here(&context));
        if let Some(rule) = form.rule(fields) {
            note(&build, &id, rule.at.clone(), What::Replace(Box::new(rule)));
        }
    });
}

pub(super) fn register_adjust(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("adjust", move |context: NativeCallContext, id: ImmutableString, mut fields: Fields| {
        let at = build.here(&context);
        let form = Form::new(&build, &id, at.clone());
        let known = form.only(&fields, &FIELDS);
        let named = ["priority", "cooldown"].map(|name| fields.contains_key(name));
        let priority = form.stated(&mut fields, "priority", 0..=100);
        let cooldown = form.stated(&mut fields, "cooldown", 0..=50);
        let words = form.text(&mut fields, "note");
        if known && named == [false, false] {
            build.report(&at, format!("adjust \"{id}\" changes nothing"), "name a priority or a cooldown");
        }
        let understood = named == [priority.is_some(), cooldown.is_some()] && named != [false, false] && known;
        if let (true, Some(words)) = (understood, words) {
            let cooldown = cooldown.and_then(|sessions| usize::try_from(sessions).ok());
            note(&build, &id, at, What::Adjust { priority, cooldown, note: words });
        }
    });
}

pub(super) fn register_disable(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("disable", move |context: NativeCallContext, id: ImmutableString, why: Dynamic| {
        let at = build.here(&context);
        let why = why.try_cast::<ImmutableString>().map(|why| clean(&why)).filter(|why| !is_blank(why));
        match why {
            Some(why) => note(&build, &id, at, What::Disable { why }),
            None => {
                let message = format!("disable \"{}\" does not say why", truncate(&clean(&id), 60));
                build.report(
                    &at,
                    message,
                    "write disable(\"rule\", \"why\"), because people read it where a \
                    suggestion is missing",
                );
            }
        }
    });
}

/// Carries out overrides. One that cannot be carried out is reported as a fault at its position.
pub(super) fn apply(rules: &mut [Rule], overrides: Vec<Override>, library: &Library, faults: &mut Vec<Fault>) {
    let mut done: Vec<(String, String, &'static str, Span)> = Vec::new();
    for said in overrides {
        let key = (said.pack.clone(), library.current_id(&said.id).to_owned(), said.what.verb());
        let twin = done.iter().find(|(pack, id, verb, _)| (pack, id, *verb) == (&key.0, &key.1, key.2));
        let outcome = match twin {
            Some((_, _, verb, first)) => Err((
                format!("this pack says {verb} \"{}\" twice. The first is at {first}", said.id),
                "keep one of them".to_owned(),
            )),
            None => one(rules, &said, library),
        };
        match outcome {
            Ok(()) => done.push((key.0, key.1, key.2, said.at.clone())),
            Err((message, hint)) => faults.push(fault(&said, &message, &hint, library)),
        }
    }
}

fn fault(said: &Override, message: &str, hint: &str, library: &Library) -> Fault {
    let fault = Fault::new(said.at.file.as_ref(), clean(message), clean(hint));
    let file: Option<&RuleFile> = library.rule_files.iter().find(|file| *file.name == *said.at.file);
    match file {
        Some(file) if said.at.line > 0 => fault.at(&file.text, said.at.line, Some(said.at.column)),
        _ => fault,
    }
}

/// Carries out one override; an error is a message and a hint.
fn one(rules: &mut [Rule], said: &Override, library: &Library) -> Result<(), (String, String)> {
    let verb = said.what.verb();
    let id = library.current_id(&said.id);
    // A family is addressed by a prefix and a star. `replace` does not accept one, because it supplies a single rule.
    let family = id.strip_suffix('*').filter(|start| !start.is_empty() && !matches!(said.what, What::Replace(_)));
    let meant = |rule: &Rule| family.map_or(rule.id == id, |start| rule.id.starts_with(start));
    let found: Vec<usize> = rules.iter().enumerate().filter(|(_, rule)| meant(rule)).map(|(at, _)| at).collect();
    if found.is_empty() {
        let near = nearest(id, rules.iter().map(|rule| rule.id.as_str()));
        let hint = near.map_or_else(
            || "`cairn rules list` shows the ids. Declare a rule of your own with rule(…)".to_owned(),
            did_you_mean,
        );
        return Err((format!("there is no rule \"{}\" to {verb}", truncate(&said.id, 60)), hint));
    }
    for at in &found {
        allowed(&rules[*at], said, library)?;
    }
    for at in found {
        change(&mut rules[at], said);
    }
    Ok(())
}

/// Checks whether a pack may make this change to a rule; an error is a message and a hint.
fn allowed(rule: &Rule, said: &Override, library: &Library) -> Result<(), (String, String)> {
    let id = &rule.id;
    if rule.owner == said.pack {
        let message = format!("the rule \"{id}\" is this pack's own. It is at {}", rule.at);
        return Err((message, "change it there".to_owned()));
    }
    if rule.owner_layer > said.layer {
        let message = format!("the rule \"{id}\" is of \"{}\", which comes after this pack", rule.owner);
        return Err((message, "a pack can change rules of the packs below it only".to_owned()));
    }
    unlocked(rule, said, library)
}

/// Checks the lock of a rule: any pack may strengthen a locked rule, and only its own pack may weaken it. A personal
/// pack may always disable it.
fn unlocked(rule: &Rule, said: &Override, library: &Library) -> Result<(), (String, String)> {
    let personal = library.packs.iter().any(|info| info.id == said.pack && info.personal);
    let weakens = match &said.what {
        What::Replace(_) => true,
        What::Disable { .. } => !personal,
        What::Adjust { priority, cooldown, .. } => {
            priority.is_some_and(|new| new < rule.priority) || cooldown.is_some_and(|new| new > rule.cooldown)
        }
    };
    if !rule.locked || !weakens {
        return Ok(());
    }
    let message = format!("the rule \"{}\" is locked by \"{}\", so other packs cannot weaken it", rule.id, rule.owner);
    Err((message, "raise its priority, add a rule next to it, or ask its owners to unlock it".to_owned()))
}

fn change(rule: &mut Rule, said: &Override) {
    let by = &said.pack;
    let tell = |words: String, changes: &mut Vec<RuleChange>| {
        changes.push(RuleChange { pack: by.clone(), words, at: said.at.clone() });
    };
    match &said.what {
        What::Replace(new) => {
            tell(format!("replaced by {by}, and {} had it at {}", rule.pack, rule.at), &mut rule.changes);
            let mut new = new.as_ref().clone();
            new.id.clone_from(&rule.id);
            new.owner.clone_from(&rule.owner);
            new.owner_layer = rule.owner_layer;
            new.changes = std::mem::take(&mut rule.changes);
            *rule = new;
        }
        What::Adjust { priority, cooldown, note } => {
            if let Some(new) = priority {
                tell(format!("priority {} \u{2192} {new} by {by}: {note}", rule.priority), &mut rule.changes);
                rule.priority = *new;
            }
            if let Some(new) = cooldown {
                tell(format!("cooldown {} \u{2192} {new} sessions by {by}: {note}", rule.cooldown), &mut rule.changes);
                rule.cooldown = *new;
            }
        }
        What::Disable { why } => {
            tell(format!("switched off by {by}: {why}"), &mut rule.changes);
            rule.off = Some(format!("switched off by {by}: {why}"));
        }
    }
}

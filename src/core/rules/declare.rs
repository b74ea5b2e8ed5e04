//! `rule(id, #{ … })`: checks the fields of a declaration and builds the rule.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, ImmutableString, NativeCallContext};

use super::api::Fields;
use super::build::{Build, MOST_RULES, plain_type};
use super::cond::{Cond, Condition, Span};
use super::fact::{Fact, Test};
use super::overrides::RuleChange;
use crate::domain::{clean, did_you_mean, is_blank, nearest, truncate};
use crate::safeguarding::concern;

/// Fields that a rule may have.
const FIELDS: [&str; 8] = ["title", "when", "suggest", "because", "priority", "topic", "cooldown", "locked"];
/// Placeholders in `because` that are filled from the answers.
const BLANKS: [&str; 7] = ["behaviour", "value", "label", "importance", "target", "quote", "days"];
/// Default priority.
const PRIORITY: i64 = 50;
/// Default cooldown, in sessions.
const COOLDOWN: i64 = 3;

/// A rule that was declared and found valid.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id, unique across packs.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Id of the pack that wrote this version of the rule.
    pub pack: String,
    /// Layer of that pack.
    pub layer: usize,
    /// Id of the pack that first declared it; differs from `pack` if the rule was replaced.
    pub owner: String,
    /// Layer of the owner.
    pub owner_layer: usize,
    /// The condition under which it fires.
    pub when: Arc<Cond>,
    /// Ids of existing activities, the most suitable first.
    pub suggest: Vec<String>,
    /// The sentence that is shown to the person.
    pub because: Template,
    /// Priority from 0 to 100; only used for ordering.
    pub priority: i64,
    /// Groups advice; by default the code of the behaviour.
    pub topic: String,
    /// Number of sessions for which an activity is not suggested again after it was done or declined.
    pub cooldown: usize,
    /// Whether packs above the owner's are forbidden to weaken it.
    pub locked: bool,
    /// Who disabled it and why; a disabled rule never produces advice.
    pub off: Option<String>,
    /// Changes by later packs, in order.
    pub changes: Vec<RuleChange>,
    /// Position of the declaration.
    pub at: Span,
}

impl Rule {
    /// Returns whether the rule is enabled.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.off.is_none()
    }
}

/// A sentence with placeholders, for example `You rated {behaviour} {value}.`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The text as written.
    pub text: String,
}

impl Template {
    /// Returns the names of its placeholders, in order.
    pub fn blanks(&self) -> impl Iterator<Item = &str> {
        self.text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
    }

    /// Returns the sentence with its placeholders filled; one without a value becomes an ellipsis.
    #[must_use]
    pub fn fill(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let mut parts = self.text.split('{');
        let mut filled = parts.next().unwrap_or("").to_owned();
        for part in parts {
            match part.split_once('}') {
                Some((name, rest)) => {
                    filled.push_str(&value(name).unwrap_or_else(|| "\u{2026}".to_owned()));
                    filled.push_str(rest);
                }
                None => filled.push_str(part),
            }
        }
        filled
    }
}

pub(super) fn declare(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("rule", move |context: NativeCallContext, id: ImmutableString, fields: Fields| {
        let at = build.here(&context);
        let form = Form::new(&build, &id, at);
        if let Some(rule) = form.rule(fields) {
            build.with(|state| state.rules.push(rule));
        }
    });
}

/// One declaration while it is read. Each method reports what is wrong and returns `None`.
pub(super) struct Form<'a> {
    build: &'a Build,
    id: String,
    at: Span,
}

impl<'a> Form<'a> {
    pub(super) fn new(build: &'a Build, id: &str, at: Span) -> Self {
        Self { build, id: clean(id), at }
    }

    /// Returns whether every field is one of `known`; reports the others.
    pub(super) fn only(&self, fields: &Fields, known: &[&str]) -> bool {
        let set: BTreeSet<&str> = known.iter().copied().collect();
        let unknown: Vec<String> =
            fields.keys().map(ToString::to_string).filter(|key| !set.contains(key.as_str())).collect();
        for key in &unknown {
            let hint = nearest(key, known.iter().copied())
                .map_or_else(|| format!("it can have {}", known.join(", ")), did_you_mean);
            self.report(Some(key), format!("rule \"{}\": unknown field \"{}\"", self.id, truncate(key, 40)), hint);
        }
        unknown.is_empty()
    }

    pub(super) fn rule(&self, mut fields: Fields) -> Option<Rule> {
        let known = self.only(&fields, &FIELDS);
        let named = self.named();
        let title = self.text(&mut fields, "title");
        let because = self.text(&mut fields, "because");
        let when = self.condition(&mut fields);
        let suggest = self.suggestions(&mut fields);
        let priority = self.whole(&mut fields, "priority", PRIORITY, 0..=100);
        let cooldown = self.whole(&mut fields, "cooldown", COOLDOWN, 0..=50);
        let topic = fields.remove("topic").map(|value| self.as_text("topic", value));
        let locked = self.flag(&mut fields, "locked");
        let (title, because, when) = (title?, because?, when?);
        let template = self.template(because, &when)?;
        let topic = topic.unwrap_or_else(|| Some(self.own_topic(&when)))?;
        if !known || !named {
            return None;
        }
        let (pack, layer) = self.build.with(|state| state.file.as_ref().map(|file| (file.pack.clone(), file.layer)))?;
        Some(Rule {
            id: self.id.clone(),
            title,
            owner: pack.clone(),
            owner_layer: layer,
            pack,
            layer,
            when,
            suggest: suggest?,
            because: template,
            priority: priority?,
            topic,
            cooldown: usize::try_from(cooldown?).ok()?,
            locked: locked?,
            off: None,
            changes: Vec::new(),
            at: self.at.clone(),
        })
    }

    /// Returns the position of a quoted text below the start of the rule, or else of the rule itself.
    fn place_of(&self, text: &str) -> Span {
        self.below(&format!("\"{text}\"")).unwrap_or_else(|| self.at.clone())
    }

    /// Returns the first position of `wanted` within the 40 lines from the start of the rule.
    fn below(&self, wanted: &str) -> Option<Span> {
        self.build.with(|state| {
            let text = &state.file.as_ref()?.text;
            let below = text.lines().enumerate().skip(self.at.line.saturating_sub(1)).take(40);
            below.into_iter().find_map(|(at, line)| {
                let column = line.find(wanted)?;
                let column = line.get(..column)?.chars().count() + 1;
                Some(Span { file: self.at.file.clone(), line: at + 1, column })
            })
        })
    }

    /// Reports a fault at the line of a field if it can be found, otherwise at the rule.
    fn report(&self, field: Option<&str>, message: String, hint: impl Into<String>) {
        let at = field.and_then(|field| self.below(&format!("{field}:"))).unwrap_or_else(|| self.at.clone());
        self.build.report(&at, message, hint);
    }

    fn named(&self) -> bool {
        let good = |c: char| {
            c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '_') || c.is_ascii_uppercase()
        };
        let full = self.build.with(|state| state.rules.len() >= MOST_RULES);
        if full {
            self.report(None, format!("the file declares more than {MOST_RULES} rules"), "split the pack");
            return false;
        }
        let fine = !self.id.is_empty() && self.id.len() <= 120 && self.id.chars().all(good);
        if !fine {
            let message = format!("\"{}\" cannot be the id of a rule", truncate(&self.id, 60));
            self.report(None, message, "use letters, digits, hyphens and full stops, like \"feedback.gone-quiet\"");
        }
        fine
    }

    fn missing(&self, field: &str, example: &str) {
        self.report(None, format!("rule \"{}\" has no {field}", self.id), format!("add {field}: {example}"));
    }

    pub(super) fn text(&self, fields: &mut Fields, name: &str) -> Option<String> {
        let Some(value) = fields.remove(name) else {
            self.missing(name, "\"…\",");
            return None;
        };
        self.as_text(name, value)
    }

    fn as_text(&self, name: &str, value: Dynamic) -> Option<String> {
        let kind = plain_type(value.type_name());
        match value.try_cast::<ImmutableString>().map(|text| clean(&text)).filter(|text| !is_blank(text)) {
            Some(text) => Some(text),
            None => {
                let message =
                    format!("rule \"{}\": {name} must be a text that says something, but it is {kind}", self.id);
                self.report(Some(name), message, format!("write {name}: \"…\""));
                None
            }
        }
    }

    fn whole(&self, fields: &mut Fields, name: &str, usual: i64, range: RangeInclusive<i64>) -> Option<i64> {
        if fields.contains_key(name) { self.stated(fields, name, range) } else { Some(usual) }
    }

    /// Returns an integer field if it is present; reports a value outside `range`.
    pub(super) fn stated(&self, fields: &mut Fields, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = fields.remove(name)?;
        let found = value.as_int().ok().filter(|value| range.contains(value));
        if found.is_none() {
            let (low, high) = (range.start(), range.end());
            let message = format!("rule \"{}\": {name} must be a whole number from {low} to {high}", self.id);
            self.report(Some(name), message, format!("write {name}: {}", (low + high) / 2));
        }
        found
    }

    fn flag(&self, fields: &mut Fields, name: &str) -> Option<bool> {
        let Some(value) = fields.remove(name) else { return Some(false) };
        let found = value.as_bool().ok();
        if found.is_none() {
            let message = format!("rule \"{}\": {name} must be true or false", self.id);
            self.report(Some(name), message, format!("write {name}: true"));
        }
        found
    }

    fn condition(&self, fields: &mut Fields) -> Option<Arc<Cond>> {
        let Some(value) = fields.remove("when") else {
            self.missing("when", "rating(\"FL-1\") <= 2,");
            return None;
        };
        let kind = plain_type(value.type_name());
        match value.try_cast::<Condition>() {
            Some(condition) if condition.broken => None,
            Some(condition) => Some(condition.cond),
            None => {
                let message = format!("rule \"{}\": when must be a condition, but it is {kind}", self.id);
                self.report(Some("when"), message, "compare something, like rating(\"FL-1\") <= 2");
                None
            }
        }
    }

    fn suggestions(&self, fields: &mut Fields) -> Option<Vec<String>> {
        let Some(value) = fields.remove("suggest") else {
            self.missing("suggest", "[\"an-activity\"],");
            return None;
        };
        let list = match value.clone().try_cast::<ImmutableString>() {
            Some(one) => vec![Dynamic::from(one)],
            None => match value.try_cast::<Array>() {
                Some(list) => list,
                None => {
                    let message = format!("rule \"{}\": suggest must be a list of activities", self.id);
                    self.report(Some("suggest"), message, "write suggest: [\"one-question-feedback\"]");
                    return None;
                }
            },
        };
        let ids = self.build.texts(&self.at, list, "suggest")?;
        if ids.is_empty() {
            let message = format!("rule \"{}\" suggests nothing", self.id);
            self.report(
                Some("suggest"),
                message,
                "name at least one activity, because `activities(b, kind)` may not have found any",
            );
            return None;
        }
        let found = ids.iter().filter(|id| self.build.activity(|| self.place_of(id), id).is_some()).count();
        (found == ids.len()).then_some(ids)
    }

    /// Returns the template if every placeholder can be filled from this rule's conditions; otherwise reports it.
    fn template(&self, text: String, when: &Cond) -> Option<Template> {
        let template = Template { text };
        let (mut behaviour, mut quote, mut importance, mut target) = (false, false, false, false);
        when.leaves(&mut |leaf, _| {
            behaviour |= !leaf.test.behaviours().is_empty();
            quote |= match &leaf.test {
                Test::Mentions(..) => true,
                // Words of danger are not quoted back.
                Test::Heard(id) => concern(id).is_some_and(|concern| !concern.is_danger),
                _ => false,
            };
            if let Test::Compare(a, _, b) = &leaf.test {
                let mut one = |fact: &Fact| {
                    importance |= matches!(fact, Fact::Importance(_));
                    target |= matches!(fact, Fact::Target(_) | Fact::Gap(_));
                };
                a.each(&mut one);
                b.each(&mut one);
            }
        });
        for blank in template.blanks() {
            let why = match blank {
                "quote" if !quote => "the rule does not use any words, so use mentions(…) in its condition",
                "importance" if !importance => "the rule does not use importance",
                "target" if !target => "the rule does not use a target",
                _ if !BLANKS.contains(&blank) => "there is no blank of that name",
                "behaviour" | "label" | "days" if !behaviour => "the rule does not use a behaviour",
                _ => continue,
            };
            let message =
                format!("rule \"{}\": {{{}}} in because cannot be filled: {why}", self.id, truncate(blank, 30));
            let known: Vec<String> = BLANKS.iter().map(|name| format!("{{{name}}}")).collect();
            self.report(Some("because"), message, format!("the blanks are {}", known.join(", ")));
            return None;
        }
        Some(template)
    }

    /// Returns the code of the first behaviour that the rule looks at, or else the rule's own id.
    fn own_topic(&self, when: &Cond) -> String {
        let mut first = None;
        when.leaves(&mut |leaf, _| {
            first = first.or(leaf.test.behaviours().first().copied());
        });
        first.map_or_else(|| self.id.clone(), |ix| self.build.library.behaviour(ix).full_code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_lists_and_fills_its_blanks() {
        let template = Template { text: "You rated {behaviour} {value}, and {nothing}.".to_owned() };
        assert_eq!(template.blanks().collect::<Vec<_>>(), ["behaviour", "value", "nothing"]);
        let filled = template.fill(|name| (name != "nothing").then(|| name.to_uppercase()));
        assert_eq!(filled, "You rated BEHAVIOUR VALUE, and \u{2026}.");
        assert_eq!(Template { text: "odd { brace".to_owned() }.fill(|_| None), "odd  brace");
    }
}

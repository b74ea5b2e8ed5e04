//! The state that a running script writes into: rules declared, faults found and notes printed. It is shared by all API
//! functions of one engine. A wrong name does not stop the script: it is reported and replaced by a placeholder, and
//! only the rule that contains it is dropped. An author therefore sees all mistakes at once, and the other rules remain
//! usable.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString, NativeCallContext};

use super::cond::{Condition, Number, Span};
use super::declare::Rule;
use super::fact::{Fact, Test};
use super::overrides::Override;
use crate::domain::{Activity, BehaviourIx, Fault, Library, RuleFile, clean, did_you_mean, nearest, truncate};
use crate::language::{Phrase, PhraseError};

/// Maximum number of rules in one pack.
pub(super) const MOST_RULES: usize = 2_000;
/// Maximum size of the text that `print` may produce for `rules check`, in bytes.
const MOST_PRINTED: usize = 64 * 1024;

/// The state while one file runs.
#[derive(Debug, Default)]
pub(super) struct Building {
    pub(super) file: Option<RuleFile>,
    /// The file's name, shared by all spans in it.
    pub(super) name: Arc<str>,
    pub(super) rules: Vec<Rule>,
    /// Changes that it makes to rules of other packs.
    pub(super) overrides: Vec<Override>,
    pub(super) faults: Vec<Fault>,
    pub(super) printed: String,
}

/// A handle to the state, held by every API function.
#[derive(Clone)]
pub(super) struct Build {
    pub(super) library: Arc<Library>,
    state: Rc<RefCell<Building>>,
    /// Phrase lists already parsed: a rule declared for each of many behaviours repeats the same list.
    phrases: Rc<RefCell<Lists>>,
}

/// Parsed phrase lists, by their texts.
type Lists = HashMap<Vec<String>, Arc<[Phrase]>>;

impl Build {
    pub(super) fn new(library: Arc<Library>) -> Self {
        Self { library, state: Rc::default(), phrases: Rc::default() }
    }

    /// Parses phrases.
    ///
    /// # Errors
    /// Returns the error of the first phrase that cannot be parsed.
    pub(super) fn phrases(&self, texts: Vec<String>) -> Result<Arc<[Phrase]>, PhraseError> {
        if let Some(known) = self.phrases.borrow().get(&texts) {
            return Ok(Arc::clone(known));
        }
        let read: Arc<[Phrase]> = texts.iter().map(|text| Phrase::parse(text)).collect::<Result<_, _>>()?;
        self.phrases.borrow_mut().insert(texts, Arc::clone(&read));
        Ok(read)
    }

    /// Starts a file with an empty state.
    pub(super) fn begin(&self, file: &RuleFile) {
        *self.state.borrow_mut() =
            Building { file: Some(file.clone()), name: Arc::from(file.name.as_str()), ..Building::default() };
    }

    /// Returns the id of the pack whose file is running.
    pub(super) fn pack(&self) -> String {
        self.with(|state| state.file.as_ref().map(|file| file.pack.clone()).unwrap_or_default())
    }

    /// Returns a behaviour's code as this pack's files may write it: alone for its own framework, otherwise with the
    /// framework.
    pub(super) fn code(&self, ix: BehaviourIx) -> String {
        let behaviour = self.library.behaviour(ix);
        let own = self.library.framework_of(ix).pack == self.pack();
        if own { behaviour.code.clone() } else { behaviour.full_code() }
    }

    /// Ends a file and returns its state.
    pub(super) fn end(&self) -> Building {
        self.state.take()
    }

    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Building) -> T) -> T {
        act(&mut self.state.borrow_mut())
    }

    /// Records text that a script prints, up to a limit; returns whether there was room for it.
    pub(super) fn print(&self, text: &str) -> bool {
        self.with(|state| {
            if state.printed.len() + text.len() > MOST_PRINTED {
                return false;
            }
            state.printed.push_str(&clean(text));
            state.printed.push('\n');
            true
        })
    }

    /// Returns whether less than 1 KiB remains for printing.
    pub(super) fn print_is_full(&self) -> bool {
        self.with(|state| state.printed.len() + 1024 > MOST_PRINTED)
    }

    /// Returns the position in the script from which the current function was called.
    pub(super) fn here(&self, context: &NativeCallContext) -> Span {
        let position = context.call_position();
        Span {
            file: self.with(|state| Arc::clone(&state.name)),
            line: position.line().unwrap_or(0),
            column: position.position().unwrap_or(0),
        }
    }

    /// Reports a fault at a position in the current file.
    pub(super) fn report(&self, at: &Span, message: impl Into<String>, hint: impl Into<String>) {
        self.with(|state| {
            let Some(file) = &state.file else { return };
            let fault = Fault::new(&file.name, clean(&message.into()), clean(&hint.into()));
            let fault = match at.line {
                0 => fault,
                line => fault.at(&file.text, line, (at.column > 0).then_some(at.column)),
            };
            if state.faults.len() < 100 && !state.faults.contains(&fault) {
                state.faults.push(fault);
            }
        });
    }

    /// Returns a behaviour by its code; reports an unknown one and returns `None`.
    pub(super) fn behaviour(&self, at: &Span, code: &str) -> Option<BehaviourIx> {
        match self.library.find_from(&self.pack(), code) {
            Ok(ix) => Some(ix),
            Err(error) => {
                self.report(
                    at,
                    error.to_string(),
                    "behaviours are named by code, like \"FL-5\", and `cairn search` finds them",
                );
                None
            }
        }
    }

    /// Returns all behaviours of a theme (by code or id) or of a framework (by id); reports an unknown name and returns
    /// `None`.
    pub(super) fn group(&self, at: &Span, name: &str) -> Option<Vec<BehaviourIx>> {
        let library = &self.library;
        let found = library.group(name);
        if !found.is_empty() {
            return Some(found);
        }
        let mut known: Vec<&str> = library.frameworks.iter().map(|framework| framework.id.as_str()).collect();
        known.extend(library.frameworks.iter().flat_map(|f| &f.themes).map(|theme| theme.code.as_str()));
        let hint = nearest(name, known.iter().copied())
            .map_or_else(|| format!("it can be {}", known.join(", ")), did_you_mean);
        self.report(at, format!("there is no theme or framework \"{}\"", truncate(name, 60)), hint);
        None
    }

    /// Returns the behaviours in an array of codes; reports faults and returns `None`.
    pub(super) fn behaviours(&self, at: &Span, codes: Array) -> Option<Vec<BehaviourIx>> {
        let texts = self.texts(at, codes, "a list of behaviours")?;
        let found: Vec<Option<BehaviourIx>> = texts.iter().map(|code| self.behaviour(at, code)).collect();
        found.into_iter().collect()
    }

    /// Returns an activity by its id; reports an unknown one, at the position that `at` finds, and returns `None`.
    pub(super) fn activity(&self, at: impl FnOnce() -> Span, id: &str) -> Option<&Activity> {
        let found = self.library.activity(id);
        if found.is_none() {
            let hint = nearest(id, self.library.activities.iter().map(|activity| activity.id.as_str()))
                .map_or_else(|| "activities are named by their id in activities.toml".to_owned(), did_you_mean);
            self.report(&at(), format!("there is no activity \"{}\"", truncate(id, 60)), hint);
        }
        found
    }

    /// Converts an array of texts; reports an element of another type and returns `None`.
    pub(super) fn texts(&self, at: &Span, list: Array, what: &str) -> Option<Vec<String>> {
        let mut texts = Vec::with_capacity(list.len());
        for item in list {
            let kind = item.type_name().to_owned();
            match item.try_cast::<ImmutableString>() {
                Some(text) => texts.push(text.to_string()),
                None => {
                    let message =
                        format!("{what} holds texts in quotation marks, and this one holds {}", plain_type(&kind));
                    self.report(at, message, "write it like [\"one\", \"two\"]");
                    return None;
                }
            }
        }
        Some(texts)
    }

    /// Converts an array of conditions; reports an element of another type and returns `None`.
    pub(super) fn conditions(&self, at: &Span, list: Array, what: &str) -> Option<Vec<Condition>> {
        let mut conditions = Vec::with_capacity(list.len());
        for item in list {
            match item.try_cast::<Condition>() {
                Some(condition) => conditions.push(condition),
                None => {
                    self.report(
                        at,
                        format!("{what} takes a list of conditions"),
                        "write it like any([answered(\"FL-1\"), done(\"…\")])",
                    );
                    return None;
                }
            }
        }
        Some(conditions)
    }

    /// Returns a number for the script, or a placeholder if `fact` is `None` because a fault was reported.
    pub(super) fn number(at: Span, fact: Option<Fact>) -> Dynamic {
        let broken = fact.is_none();
        Dynamic::from(Number { fact: fact.unwrap_or(Fact::Sessions), at, size: 1, broken })
    }

    /// Returns a condition for the script, or a placeholder if `test` is `None` because a fault was reported.
    pub(super) fn condition(at: Span, test: Option<Test>) -> Dynamic {
        Dynamic::from(match test {
            None => Condition::broken(at),
            Some(test) => Condition::leaf(test, at),
        })
    }
}

/// Returns the name of a Rhai type in an author's words, with its article.
pub(super) fn plain_type(name: &str) -> &'static str {
    match name.rsplit("::").next().unwrap_or(name) {
        "string" | "&str" | "ImmutableString" | "char" => "a text",
        "i64" | "f64" | "Number" => "a number",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "a map",
        "Condition" => "a condition",
        "()" => "nothing",
        _ => "something else",
    }
}

//! Stages 2 and 3 for a single pack: parse (TOML into [`raw`](super::raw)), then check every entry on its own and
//! convert it to domain types. References to other entries remain text and are resolved by [`merge`](super::merge).

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::raw;
use super::raw::TOML_FILES;
use super::source::PackFiles;
use crate::domain::{
    Behaviour, Contact, ConversationModel, Fault, Framework, Height, Link, PackInfo, Purpose, RuleFile, Translation,
    clean, is_blank, is_language, nearest, toml_words,
};

/// Maximum number of faults reported for one pack.
pub(super) const MOST_FAULTS: usize = 300;
/// Maximum number of former ids in one pack; resolving a chain of renamings takes one step for each.
const MOST_RENAMED: usize = 500;
/// Maximum number of values in the TOML files of one pack. Each takes 200 bytes of memory, whatever its text.
const MOST_VALUES: usize = 85_000;

/// The text of a file with its name, from which faults with positions are made.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) text: String,
    /// Byte offset of each line; computed once, because a file may have thousands of faults.
    starts: Vec<usize>,
}

impl Sheet {
    pub(super) fn new(name: String, text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, text, starts }
    }

    /// Creates a fault at a byte range in this file.
    pub(super) fn fault(&self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Fault {
        let (line, column) = self.place(span.start);
        let from = self.starts.get(line - 1).copied().unwrap_or(0);
        let source = self.text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or("");
        Fault::new(&self.name, message, hint).at_line(line, Some(column), source)
    }

    /// Returns the line and column of a byte offset, both counted from 1.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let from = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(from..byte).unwrap_or("");
        (line, before.chars().count() + 1)
    }
}

/// A checked entry that names other entries, with its position for faults.
#[derive(Debug)]
pub(super) struct Entry<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
    pub(super) replaces: bool,
}

/// An unresolved reference, with its position.
#[derive(Debug)]
pub(super) struct Ref {
    pub(super) to: String,
    pub(super) span: Range<usize>,
}

/// A prompt whose behaviour is not resolved yet.
#[derive(Debug)]
pub(super) struct LoosePrompt {
    pub(super) id: String,
    pub(super) behaviour: Ref,
    pub(super) purpose: Purpose,
    pub(super) level: Option<Ref>,
    pub(super) fits: Vec<Height>,
    pub(super) text: String,
}

/// An activity whose behaviours and levels are not resolved yet.
#[derive(Debug)]
pub(super) struct LooseActivity {
    pub(super) activity: crate::domain::Activity,
    pub(super) behaviours: Vec<Ref>,
    pub(super) levels: Vec<Ref>,
}

/// A translation whose behaviour is not resolved yet.
#[derive(Debug)]
pub(super) struct LooseTranslation {
    pub(super) behaviour: Ref,
    pub(super) words: Translation,
}

/// A pack of which every entry was checked on its own.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) info: PackInfo,
    pub(super) manifest: Sheet,
    pub(super) id_span: Range<usize>,
    pub(super) requires: Vec<(String, semver::VersionReq, Range<usize>)>,
    /// Former id, present id, and the position of the former id.
    pub(super) renamed: Vec<(String, String, Range<usize>)>,
    pub(super) framework: Option<(Sheet, Framework, Range<usize>)>,
    pub(super) behaviours: Vec<Entry<Behaviour>>,
    pub(super) links: Vec<Entry<Link>>,
    pub(super) prompts: (Sheet, Vec<Entry<LoosePrompt>>),
    pub(super) models: (Sheet, Vec<Entry<ConversationModel>>),
    pub(super) activities: (Sheet, Vec<Entry<LooseActivity>>),
    /// Id and text of questions that are no longer asked.
    pub(super) earlier: Vec<(String, String)>,
    pub(super) synonyms: Vec<(String, Vec<String>)>,
    pub(super) translations: (Sheet, Vec<Entry<LooseTranslation>>),
    pub(super) contacts: Vec<Contact>,
    pub(super) rules: Vec<RuleFile>,
}

/// Parses and checks one pack.
///
/// # Errors
/// Returns every fault found; of TOML syntax errors only the first in each file.
pub(super) fn check(files: &PackFiles, layer: usize) -> Result<Checked, Vec<Fault>> {
    let mut at = Checker { faults: Vec::new() };
    let mut values = 0;
    for path in TOML_FILES {
        values += files.files.get(path).map_or(0, |text| values_in(text));
        if values > MOST_VALUES {
            let message = format!("the TOML files of this pack, up to this one, hold more than {MOST_VALUES} values");
            return Err(vec![Fault::new(files.name(path), message, "split it into two packs")]);
        }
    }
    let sheet = |path: &str| Sheet::new(files.name(path), files.files.get(path).cloned().unwrap_or_default());
    let manifest_sheet = sheet("pack.toml");
    let manifest: Option<raw::Manifest> = at.parse(&manifest_sheet);
    let framework_sheet = sheet("framework.toml");
    let framework: Option<raw::Framework> =
        files.files.contains_key("framework.toml").then(|| at.parse(&framework_sheet)).flatten();
    let prompts_sheet = sheet("prompts.toml");
    let prompts: Option<raw::Prompts> = at.parse(&prompts_sheet);
    let models_sheet = sheet("models.toml");
    let models: Option<raw::Models> = at.parse(&models_sheet);
    let activities_sheet = sheet("activities.toml");
    let activities: Option<raw::Activities> = at.parse(&activities_sheet);
    let synonyms: Option<raw::Synonyms> = at.parse(&sheet("synonyms.toml"));
    let translations_sheet = sheet("translations.toml");
    let translations: Option<raw::Translations> = at.parse(&translations_sheet);
    let contacts_sheet = sheet("contacts.toml");
    let contacts: Option<raw::Contacts> = at.parse(&contacts_sheet);
    let Some(mut manifest) = manifest else { return Err(at.faults) };
    let renamed = at.renamed(&manifest_sheet, std::mem::take(&mut manifest.renamed));

    let id_span = manifest.id.span();
    let (info, requires) = at.manifest(&manifest_sheet, manifest, files, layer);
    let (framework, behaviours, links) = match framework {
        None => (None, Vec::new(), Vec::new()),
        Some(raw) => at.framework(framework_sheet, raw, &info),
    };
    let (prompts, earlier) = at.prompts(&prompts_sheet, prompts);
    let models = at.models(&models_sheet, models, &info);
    let activities = at.activities(&activities_sheet, activities, &info);
    let translations = at.translations(&translations_sheet, translations);
    let contacts = at.contacts(&contacts_sheet, contacts);
    let rules = files
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("rules/"))
        .map(|(path, text)| RuleFile { pack: info.id.clone(), layer, name: files.name(path), text: text.clone() })
        .collect();
    let checked = Checked {
        info,
        manifest: manifest_sheet,
        id_span,
        requires,
        renamed,
        framework,
        behaviours,
        links,
        prompts: (prompts_sheet, prompts),
        earlier,
        models: (models_sheet, models),
        activities: (activities_sheet, activities),
        synonyms: synonyms.map(|raw| raw.synonyms.into_iter().collect()).unwrap_or_default(),
        translations: (translations_sheet, translations),
        contacts,
        rules,
    };
    if at.faults.is_empty() { Ok(checked) } else { Err(at.faults) }
}

/// Collects faults, so that an author sees all of them at once.
pub(super) struct Checker {
    pub(super) faults: Vec<Fault>,
}

impl Checker {
    pub(super) fn parse<T: DeserializeOwned>(&mut self, sheet: &Sheet) -> Option<T> {
        match toml::from_str(&sheet.text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.faults.push(toml_fault(sheet, &error));
                None
            }
        }
    }

    pub(super) fn refuse(
        &mut self,
        sheet: &Sheet,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        // Quoting the line of a fault takes time and memory proportional to its length.
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(sheet.fault(span, message, hint));
        }
    }

    /// Returns a cleaned text; an empty one is a fault.
    pub(super) fn words(&mut self, sheet: &Sheet, text: Spanned<String>, what: &str) -> String {
        let span = text.span();
        let cleaned = clean(&text.into_inner());
        if is_blank(&cleaned) {
            self.refuse(sheet, span, format!("the {what} is empty"), format!("write the {what}"));
        }
        cleaned
    }

    /// Returns an id; a fault unless it consists of lower-case letters, digits, `-` and `.`.
    pub(super) fn id(&mut self, sheet: &Sheet, text: Spanned<String>, what: &str) -> String {
        let span = text.span();
        let id = text.into_inner();
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        // An id with a leading hyphen would be a command-line option, and one of full stops could leave its folder.
        let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if id.is_empty() || id.len() > 80 || !id.chars().all(good) || !id.starts_with(ends) || !id.ends_with(ends) {
            let message = format!("\"{}\" cannot be the id of a {what}", clean(&crate::domain::truncate(&id, 40)));
            self.refuse(
                sheet,
                span,
                message,
                "use lower-case letters, digits, and hyphens and full stops between them, at most 80",
            );
        }
        id
    }

    /// Returns a language tag in small letters; a fault unless it has the form of one (BCP 47: a language of two or
    /// three letters, and subtags of two to eight letters or digits).
    pub(super) fn language(&mut self, sheet: &Sheet, text: Spanned<String>) -> String {
        let span = text.span();
        let tag = text.into_inner().trim().to_lowercase();
        if !is_language(&tag) {
            let message = format!("\"{}\" is not a language", clean(&crate::domain::truncate(&tag, 40)));
            self.refuse(sheet, span, message, "write its code, like \"cy\" for Welsh or \"en\" for English");
        }
        tag
    }

    /// Returns the former ids with their present ids.
    fn renamed(&mut self, sheet: &Sheet, raw: BTreeMap<raw::Text, raw::Text>) -> Vec<(String, String, Range<usize>)> {
        let entry = |(before, now): (raw::Text, raw::Text)| {
            let span = before.span();
            let (before, now) = (self.words(sheet, before, "former id"), self.words(sheet, now, "present id"));
            (before, now, span)
        };
        let mut all: Vec<_> = raw.into_iter().map(entry).collect();
        if let Some((.., span)) = all.get(MOST_RENAMED).cloned() {
            let message = format!("more than {MOST_RENAMED} ids are renamed");
            self.refuse(sheet, span, message, "remove the ones that nobody uses any more");
            all.truncate(MOST_RENAMED);
        }
        all
    }

    /// Returns the value of one of a few known words; `None` after reporting an unknown one.
    pub(super) fn choice<T: Copy>(
        &mut self,
        sheet: &Sheet,
        text: &Spanned<String>,
        what: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, value)) = known.iter().find(|(name, _)| name == text.as_ref()) {
            return Some(*value);
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let hint = match nearest(text.as_ref(), names.iter().copied()) {
            Some(name) => format!("did you mean \"{name}\"? It can be {}", names.join(", ")),
            None => format!("it can be {}", names.join(", ")),
        };
        let given = clean(&crate::domain::truncate(text.as_ref(), 40));
        self.refuse(sheet, text.span(), format!("there is no {what} \"{given}\""), hint);
        None
    }
}

/// Returns an upper bound of the number of values in a TOML text: it counts the characters that open, separate or
/// assign a value, outside strings and comments.
fn values_in(toml: &str) -> usize {
    let (mut count, mut quote, mut escaped) = (0, 0_u8, false);
    let mut comment = false;
    for byte in toml.bytes() {
        match byte {
            b'\n' => (quote, comment, escaped) = (0, false, false),
            _ if comment => {}
            _ if escaped => escaped = false,
            b'\\' if quote == b'"' => escaped = true,
            _ if quote != 0 => quote = if byte == quote { 0 } else { quote },
            b'"' | b'\'' => quote = byte,
            b'#' => comment = true,
            b'[' | b'{' | b',' | b'=' | b'.' => count += 1,
            _ => {}
        }
    }
    count
}

pub(super) fn reference(text: raw::Text) -> Ref {
    let span = text.span();
    Ref { to: text.into_inner(), span }
}

pub(super) fn cleaned(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| clean(text)).filter(|text| !is_blank(text)).collect()
}

/// Converts a TOML error to a fault, with a next step for the mistakes that authors make most often.
fn toml_fault(sheet: &Sheet, error: &toml::de::Error) -> Fault {
    let (message, hint) = toml_words(error.message());
    match error.span() {
        Some(span) => sheet.fault(span, message, hint),
        None => Fault::new(&sheet.name, message, hint),
    }
}

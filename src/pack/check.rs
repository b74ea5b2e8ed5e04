//! Stages 2 and 3 for one pack alone: parse (TOML into [`raw`](super::raw)), then check every entry by itself and turn it
//! into domain types. References to other entries are left as text for [`merge`](super::merge).

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::raw;
use super::source::PackFiles;
use crate::domain::{
    ActivityKind, AppliesTo, Arena, Behaviour, Certainty, ConversationModel, External, Fault, Framework, Level, Link,
    LinkTarget, ModelKind, PackInfo, Place, Point, Purpose, RuleFile, Scale, Stage, Theme, clean, is_blank, nearest,
};

/// Rules of this version are understood.
const RULES_API: u32 = 1;

/// One file's text with its name: what a fault needs to point into it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) text: String,
}

impl Sheet {
    /// A fault at a place in this file.
    pub(super) fn fault(&self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault::new(&self.name, message, hint).at_byte(&self.text, span.start)
    }
}

/// A checked entry that names other entries, with the place to blame.
#[derive(Debug)]
pub(super) struct Entry<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
    pub(super) replaces: bool,
}

/// A text that refers to something, with its place.
#[derive(Debug)]
pub(super) struct Ref {
    pub(super) to: String,
    pub(super) span: Range<usize>,
}

/// A prompt whose behaviour is not looked up yet.
#[derive(Debug)]
pub(super) struct LoosePrompt {
    pub(super) id: String,
    pub(super) behaviour: Ref,
    pub(super) purpose: Purpose,
    pub(super) level: Option<Ref>,
    pub(super) text: String,
}

/// An activity whose behaviours are not looked up yet.
#[derive(Debug)]
pub(super) struct LooseActivity {
    pub(super) activity: crate::domain::Activity,
    pub(super) behaviours: Vec<Ref>,
    pub(super) levels: Vec<Ref>,
}

/// One pack, each entry checked by itself.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) info: PackInfo,
    pub(super) manifest: Sheet,
    pub(super) id_span: Range<usize>,
    pub(super) requires: Vec<(String, semver::VersionReq, Range<usize>)>,
    pub(super) framework: Option<(Sheet, Framework, Range<usize>)>,
    pub(super) behaviours: Vec<Entry<Behaviour>>,
    pub(super) links: Vec<Entry<Link>>,
    pub(super) prompts: (Sheet, Vec<Entry<LoosePrompt>>),
    pub(super) models: (Sheet, Vec<Entry<ConversationModel>>),
    pub(super) activities: (Sheet, Vec<Entry<LooseActivity>>),
    pub(super) synonyms: Vec<(String, Vec<String>)>,
    pub(super) rules: Vec<RuleFile>,
}

/// Parses and checks one pack.
///
/// # Errors
/// Every fault found; TOML itself reports one a file.
pub(super) fn check(files: &PackFiles, layer: usize) -> Result<Checked, Vec<Fault>> {
    let mut at = Checker { faults: Vec::new() };
    let sheet = |path: &str| Sheet { name: files.name(path), text: files.files.get(path).cloned().unwrap_or_default() };
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
    let Some(manifest) = manifest else { return Err(at.faults) };

    let id_span = manifest.id.span();
    let (info, requires) = at.manifest(&manifest_sheet, manifest, files, layer);
    let (framework, behaviours, links) = match framework {
        None => (None, Vec::new(), Vec::new()),
        Some(raw) => at.framework(framework_sheet, raw, &info),
    };
    let prompts = at.prompts(&prompts_sheet, prompts);
    let models = at.models(&models_sheet, models, &info);
    let activities = at.activities(&activities_sheet, activities, &info);
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
        framework,
        behaviours,
        links,
        prompts: (prompts_sheet, prompts),
        models: (models_sheet, models),
        activities: (activities_sheet, activities),
        synonyms: synonyms.map(|raw| raw.synonyms.into_iter().collect()).unwrap_or_default(),
        rules,
    };
    if at.faults.is_empty() { Ok(checked) } else { Err(at.faults) }
}

/// Collects faults, so that an author sees all of them at once.
struct Checker {
    faults: Vec<Fault>,
}

impl Checker {
    fn parse<T: DeserializeOwned>(&mut self, sheet: &Sheet) -> Option<T> {
        match toml::from_str(&sheet.text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.faults.push(toml_fault(sheet, &error));
                None
            }
        }
    }

    fn refuse(&mut self, sheet: &Sheet, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(sheet.fault(span, message, hint));
    }

    /// A text that must say something.
    fn words(&mut self, sheet: &Sheet, text: Spanned<String>, what: &str) -> String {
        let span = text.span();
        let cleaned = clean(&text.into_inner());
        if is_blank(&cleaned) {
            self.refuse(sheet, span, format!("the {what} is empty"), format!("write the {what}"));
        }
        cleaned
    }

    /// A name for machines: lower-case letters, digits, `-` and `.`.
    fn id(&mut self, sheet: &Sheet, text: Spanned<String>, what: &str) -> String {
        let span = text.span();
        let id = text.into_inner();
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if id.is_empty() || id.len() > 80 || !id.chars().all(good) {
            let message = format!("\"{}\" cannot be the id of a {what}", clean(&crate::domain::truncate(&id, 40)));
            self.refuse(sheet, span, message, "use lower-case letters, digits, hyphens and full stops, at most 80");
        }
        id
    }

    /// One of a few words.
    fn choice<T: Copy>(&mut self, sheet: &Sheet, text: &Spanned<String>, what: &str, known: &[(&str, T)]) -> Option<T> {
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

    fn manifest(
        &mut self,
        sheet: &Sheet,
        raw: raw::Manifest,
        files: &PackFiles,
        layer: usize,
    ) -> (PackInfo, Vec<(String, semver::VersionReq, Range<usize>)>) {
        if let Err(error) = semver::Version::parse(raw.version.as_ref()) {
            let message = format!("the version is not a semantic version: {error}");
            self.refuse(sheet, raw.version.span(), message, "write three numbers, like \"1.0.0\"");
        }
        match raw.rules_api.as_ref().parse::<u32>() {
            Ok(api) if api > RULES_API => self.refuse(
                sheet,
                raw.rules_api.span(),
                format!("the pack needs rules_api {api}, and this program understands {RULES_API}"),
                "use a newer version of cairn",
            ),
            Ok(1..) => {}
            _ => self.refuse(sheet, raw.rules_api.span(), "rules_api is not a number", "write rules_api = \"1\""),
        }
        let requires = raw.requires.into_iter().filter_map(|text| self.requirement(sheet, &text)).collect();
        let info = PackInfo {
            id: self.id(sheet, raw.id, "pack"),
            version: raw.version.into_inner(),
            title: self.words(sheet, raw.title, "title"),
            summary: clean(&raw.summary),
            licence: self.words(sheet, raw.licence, "licence"),
            attribution: self.words(sheet, raw.attribution, "attribution"),
            source: self.words(sheet, raw.source, "source"),
            origin: files.origin.clone(),
            layer,
        };
        (info, requires)
    }

    fn requirement(&mut self, sheet: &Sheet, text: &raw::Text) -> Option<(String, semver::VersionReq, Range<usize>)> {
        let (id, version) = text.as_ref().split_once(' ').unwrap_or((text.as_ref(), "*"));
        match semver::VersionReq::parse(version.trim()) {
            Ok(wanted) => Some((id.to_owned(), wanted, text.span())),
            Err(error) => {
                let message = format!("\"{}\" is not a requirement: {error}", clean(text.as_ref()));
                self.refuse(sheet, text.span(), message, "write a pack and a version, like \"lqf >=1.0.0\"");
                None
            }
        }
    }

    fn scale(&mut self, sheet: &Sheet, raw: Option<Spanned<raw::Scale>>, standard: Scale) -> Scale {
        let Some(raw) = raw else { return standard };
        let span = raw.span();
        let raw = raw.into_inner();
        if !(2..=10).contains(&raw.points.len()) {
            let message = "a scale has from two to ten points, each with a label";
            self.refuse(sheet, span, message, "add { value = 1, label = \"…\", meaning = \"…\" } for each point");
        }
        let mut points: Vec<Point> = Vec::new();
        for point in raw.points {
            let value = *point.value.get_ref();
            if !(0..=100).contains(&value) || points.last().is_some_and(|before| before.value >= value) {
                let message = format!("the points of a scale must ascend between 0 and 100, and {value} does not");
                self.refuse(sheet, point.value.span(), message, "give each point a higher value than the one before");
            }
            let label = self.words(sheet, point.label, "label");
            points.push(Point { value, label, meaning: clean(&point.meaning) });
        }
        Scale { question: clean(&raw.question), points }
    }

    #[expect(clippy::type_complexity, reason = "three parts of one file, taken apart on the spot")]
    fn framework(
        &mut self,
        sheet: Sheet,
        raw: raw::Framework,
        info: &PackInfo,
    ) -> (Option<(Sheet, Framework, Range<usize>)>, Vec<Entry<Behaviour>>, Vec<Entry<Link>>) {
        let span = raw.id.span();
        let framework = Framework {
            id: self.id(&sheet, raw.id, "framework"),
            edition: self.words(&sheet, raw.edition, "edition"),
            title: self.words(&sheet, raw.title, "title"),
            summary: self.words(&sheet, raw.summary, "summary"),
            pack: info.id.clone(),
            scale: self.scale(&sheet, raw.scale, Scale::standard()),
            importance: self.scale(&sheet, raw.importance, Scale::standard_importance()),
            levels: raw.levels.into_iter().map(|level| self.level(&sheet, level)).collect(),
            arenas: raw.arenas.into_iter().map(|arena| self.arena(&sheet, arena)).collect(),
            themes: raw.themes.into_iter().map(|theme| self.theme(&sheet, theme)).collect(),
            externals: raw.externals.into_iter().map(|external| self.external(&sheet, external)).collect(),
        };
        let mut behaviours: Vec<Entry<Behaviour>> = Vec::new();
        for raw in raw.behaviours {
            let entry = self.behaviour(&sheet, raw, &framework, info);
            if let Some(twin) = behaviours.iter().find(|other| other.value.code == entry.value.code) {
                let first = Fault::new("", "", "").at_byte(&sheet.text, twin.span.start).line.unwrap_or(0);
                let message = format!("the code {} is used twice; the first is on line {first}", entry.value.code);
                self.refuse(&sheet, entry.span.clone(), message, "give one of them another code");
            }
            behaviours.push(entry);
        }
        let links = raw.links.into_iter().filter_map(|link| self.link(&sheet, link, &framework)).collect();
        (Some((sheet, framework, span)), behaviours, links)
    }

    fn level(&mut self, sheet: &Sheet, raw: raw::Level) -> Level {
        Level {
            id: self.id(sheet, raw.id, "level"),
            title: self.words(sheet, raw.title, "title"),
            aliases: cleaned(raw.aliases),
            about: clean(&raw.about),
        }
    }

    fn arena(&mut self, sheet: &Sheet, raw: raw::Arena) -> Arena {
        Arena {
            id: self.id(sheet, raw.id, "arena"),
            title: self.words(sheet, raw.title, "title"),
            about: clean(&raw.about),
        }
    }

    fn theme(&mut self, sheet: &Sheet, raw: raw::Theme) -> Theme {
        Theme {
            code: self.code(sheet, raw.code),
            id: self.id(sheet, raw.id, "theme"),
            title: self.words(sheet, raw.title, "title"),
            motto: clean(&raw.motto),
            aliases: cleaned(raw.aliases),
            about: clean(&raw.about),
        }
    }

    fn external(&mut self, sheet: &Sheet, raw: raw::External) -> External {
        External {
            id: self.id(sheet, raw.id, "framework"),
            title: self.words(sheet, raw.title, "title"),
            about: clean(&raw.about),
        }
    }

    fn code(&mut self, sheet: &Sheet, raw: raw::Text) -> String {
        let good = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        let text = raw.as_ref();
        if text.is_empty() || text.len() > 20 || !text.chars().all(good) {
            let message = format!("\"{}\" cannot be a code", clean(&crate::domain::truncate(text, 40)));
            self.refuse(sheet, raw.span(), message, "use capitals, digits and a hyphen, like FL-5");
        }
        raw.into_inner()
    }

    fn behaviour(
        &mut self,
        sheet: &Sheet,
        raw: raw::Behaviour,
        framework: &Framework,
        info: &PackInfo,
    ) -> Entry<Behaviour> {
        let span = raw.code.span();
        let themes: Vec<(&str, ())> = framework.themes.iter().map(|theme| (theme.code.as_str(), ())).collect();
        self.choice(sheet, &raw.theme, "theme", &themes);
        let arenas: Vec<(&str, ())> = framework.arenas.iter().map(|arena| (arena.id.as_str(), ())).collect();
        for arena in &raw.arenas {
            self.choice(sheet, arena, "arena", &arenas);
        }
        let known: Vec<(&str, ())> = framework.levels.iter().map(|level| (level.id.as_str(), ())).collect();
        for level in raw.levels.keys() {
            self.choice(sheet, level, "level", &known);
        }
        let levels = framework
            .levels
            .iter()
            .filter_map(|level| {
                let (_, text) = raw.levels.iter().find(|(id, _)| id.as_ref() == &level.id)?;
                Some((level.id.clone(), clean(text)))
            })
            .collect();
        let source = raw.source.unwrap_or(raw::Place { document: String::new(), theme: String::new(), position: 0 });
        let document = if is_blank(&source.document) { info.source.clone() } else { clean(&source.document) };
        let value = Behaviour {
            framework: framework.id.clone(),
            code: self.code(sheet, raw.code),
            theme: raw.theme.into_inner(),
            title: self.words(sheet, raw.title, "title"),
            statement: self.words(sheet, raw.statement, "statement"),
            indicators: cleaned(raw.indicators),
            opposite: clean(&raw.opposite),
            arenas: raw.arenas.into_iter().map(Spanned::into_inner).collect(),
            applies_to: self.applies_to(sheet, raw.applies_to.as_ref()),
            levels,
            aliases: cleaned(raw.aliases),
            keywords: cleaned(raw.keywords),
            source: Place { document, theme: clean(&source.theme), position: source.position },
        };
        Entry { value, span, replaces: false }
    }

    fn applies_to(&mut self, sheet: &Sheet, raw: Option<&raw::Text>) -> AppliesTo {
        let known = [AppliesTo::Any, AppliesTo::Commissioner, AppliesTo::Provider].map(|kind| (kind.id(), kind));
        raw.and_then(|text| self.choice(sheet, text, "kind of organisation", &known)).unwrap_or(AppliesTo::Any)
    }

    fn link(&mut self, sheet: &Sheet, raw: raw::Link, framework: &Framework) -> Option<Entry<Link>> {
        let known = [Certainty::Stated, Certainty::Inferred].map(|kind| (kind.id(), kind));
        let certainty = self.choice(sheet, &raw.certainty, "certainty", &known)?;
        let to = match (raw.to, raw.dimension) {
            (Some(code), None) => LinkTarget::Code(code.into_inner()),
            (None, Some(name)) => {
                LinkTarget::Dimension(clean(name.as_ref()), raw.element.map(|element| clean(&element)))
            }
            _ => {
                let hint = "write to = \"FL-5\" for a framework that is loaded, else dimension = \"…\"";
                self.refuse(sheet, raw.from.span(), "a link needs either to or dimension", hint);
                return None;
            }
        };
        let span = raw.from.span();
        let value = Link {
            framework: framework.id.clone(),
            from: raw.from.into_inner(),
            to_framework: raw.framework.into_inner(),
            to,
            gist: clean(&raw.gist),
            certainty,
            note: clean(&raw.note),
        };
        Some(Entry { value, span, replaces: false })
    }

    fn prompts(&mut self, sheet: &Sheet, raw: Option<raw::Prompts>) -> Vec<Entry<LoosePrompt>> {
        let known = Purpose::ALL.map(|purpose| (purpose.id(), purpose));
        let mut checked = Vec::new();
        for raw in raw.map(|raw| raw.prompts).unwrap_or_default() {
            let span = raw.id.span();
            let purpose = self.choice(sheet, &raw.purpose, "purpose", &known);
            let value = LoosePrompt {
                id: self.id(sheet, raw.id, "prompt"),
                behaviour: reference(raw.behaviour),
                purpose: purpose.unwrap_or(Purpose::Reflect),
                level: raw.level.map(reference),
                text: self.words(sheet, raw.text, "text"),
            };
            checked.push(Entry { value, span, replaces: raw.replaces });
        }
        checked
    }

    fn models(&mut self, sheet: &Sheet, raw: Option<raw::Models>, info: &PackInfo) -> Vec<Entry<ConversationModel>> {
        let known = [ModelKind::Conversation, ModelKind::Reflection].map(|kind| (kind.id(), kind));
        let mut checked = Vec::new();
        for raw in raw.map(|raw| raw.models).unwrap_or_default() {
            let span = raw.id.span();
            if raw.stages.len() < 2 {
                self.refuse(sheet, span.clone(), "a model has at least two stages", "add [[model.stage]] entries");
            }
            let kind = self.choice(sheet, &raw.kind, "kind of model", &known).unwrap_or(ModelKind::Conversation);
            let value = ConversationModel {
                id: self.id(sheet, raw.id, "model"),
                pack: info.id.clone(),
                title: self.words(sheet, raw.title, "title"),
                kind,
                best_for: clean(&raw.best_for),
                source: clean(&raw.source),
                minutes: raw.minutes,
                stages: raw.stages.into_iter().map(|stage| self.stage(sheet, stage)).collect(),
            };
            checked.push(Entry { value, span, replaces: false });
        }
        checked
    }

    fn stage(&mut self, sheet: &Sheet, raw: raw::Stage) -> Stage {
        Stage {
            id: self.id(sheet, raw.id, "stage"),
            title: self.words(sheet, raw.title, "title"),
            aim: clean(&raw.aim),
            prompts: raw.prompts.into_iter().map(|text| self.words(sheet, text, "prompt")).collect(),
        }
    }

    fn activities(
        &mut self,
        sheet: &Sheet,
        raw: Option<raw::Activities>,
        info: &PackInfo,
    ) -> Vec<Entry<LooseActivity>> {
        let known = ActivityKind::ALL.map(|kind| (kind.id(), kind));
        let mut checked = Vec::new();
        for raw in raw.map(|raw| raw.activities).unwrap_or_default() {
            let span = raw.id.span();
            let kind = self.choice(sheet, &raw.kind, "kind of activity", &known).unwrap_or(ActivityKind::OnTheJob);
            if raw.behaviours.as_ref().is_empty() {
                let hint = "name the behaviours it develops, like behaviours = [\"FL-5\"]";
                self.refuse(sheet, raw.behaviours.span(), "the activity develops no behaviour", hint);
            }
            let activity = crate::domain::Activity {
                id: self.id(sheet, raw.id, "activity"),
                pack: info.id.clone(),
                title: self.words(sheet, raw.title, "title"),
                kind,
                behaviours: Vec::new(),
                levels: Vec::new(),
                applies_to: self.applies_to(sheet, raw.applies_to.as_ref()),
                minutes: raw.minutes,
                first_step: self.words(sheet, raw.first_step, "first step"),
                steps: cleaned(raw.steps),
                afterwards: clean(&raw.afterwards),
                tags: cleaned(raw.tags),
            };
            let behaviours = raw.behaviours.into_inner().into_iter().map(reference).collect();
            let levels = raw.levels.into_iter().map(reference).collect();
            let value = LooseActivity { activity, behaviours, levels };
            checked.push(Entry { value, span, replaces: raw.replaces });
        }
        checked
    }
}

fn reference(text: raw::Text) -> Ref {
    let span = text.span();
    Ref { to: text.into_inner(), span }
}

fn cleaned(texts: Vec<String>) -> Vec<String> {
    texts.iter().map(|text| clean(text)).filter(|text| !is_blank(text)).collect()
}

/// A TOML error in our shape, with a next step for the three mistakes that authors make most.
fn toml_fault(sheet: &Sheet, error: &toml::de::Error) -> Fault {
    let message = clean(error.message()).replace('\n', "; ");
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
    let hint = if message.starts_with("missing field") {
        format!("add {} = \"…\" to this entry", quoted(&message))
    } else if message.starts_with("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        match nearest(&quoted(&message), known.iter().copied()) {
            Some(name) => format!("did you mean \"{name}\"?"),
            None => format!("the keys that are understood here are {}", known.join(", ")),
        }
    } else if message.starts_with("invalid type") {
        "check the quotation marks and brackets of this value".to_owned()
    } else {
        "mend this line; everything after it was not read".to_owned()
    };
    let fault = Fault::new(&sheet.name, crate::domain::truncate(&message, 300), hint);
    match error.span() {
        Some(span) => fault.at_byte(&sheet.text, span.start),
        None => fault,
    }
}

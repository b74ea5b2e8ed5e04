//! Checks `pack.toml` and `framework.toml`, entry by entry.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::check::{Checker, Entry, Sheet, cleaned};
use super::raw;
use super::source::PackFiles;
use crate::domain::{
    AppliesTo, Arena, Behaviour, Certainty, ENGLISH, External, Framework, Level, Link, LinkTarget, PackInfo, Place,
    Point, Scale, Theme, clean, is_blank, truncate,
};

/// Maximum length of a version in bytes; it is part of a folder name.
const LONGEST_VERSION: usize = 60;
/// The highest version of the rules API that this program supports.
const RULES_API: u32 = 1;

impl Checker {
    pub(super) fn manifest(
        &mut self,
        sheet: &Sheet,
        raw: raw::Manifest,
        files: &PackFiles,
        layer: usize,
    ) -> (PackInfo, Vec<(String, semver::VersionReq, Range<usize>)>) {
        if let Err(error) = semver::Version::parse(raw.version.as_ref()) {
            let message = format!("the version is not a semantic version: {error}");
            self.refuse(sheet, raw.version.span(), message, "write three numbers, like \"1.0.0\"");
        } else if raw.version.as_ref().len() > LONGEST_VERSION {
            let message = format!("the version is longer than {LONGEST_VERSION} characters");
            self.refuse(sheet, raw.version.span(), message, "write three numbers, like \"1.0.0\"");
        }
        match raw.rules_api.as_ref().parse::<u32>() {
            Ok(api) if api > RULES_API => self.refuse(
                sheet,
                raw.rules_api.span(),
                format!("the pack needs rules_api {api}, but this program understands {RULES_API}"),
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
            language: raw.language.map_or_else(|| ENGLISH.to_owned(), |tag| self.language(sheet, tag)),
            layer,
            personal: false,
        };
        (info, requires)
    }

    pub(super) fn requirement(
        &mut self,
        sheet: &Sheet,
        text: &raw::Text,
    ) -> Option<(String, semver::VersionReq, Range<usize>)> {
        let (id, version) = text.as_ref().split_once(' ').unwrap_or((text.as_ref(), "*"));
        match semver::VersionReq::parse(version.trim()) {
            Ok(wanted) => Some((id.to_owned(), wanted, text.span())),
            Err(error) => {
                let shown = clean(&truncate(text.as_ref(), 80));
                let message = format!("\"{shown}\" is not a requirement: {}", truncate(&error.to_string(), 200));
                self.refuse(sheet, text.span(), message, "write a pack and a version, like \"lqf >=1.0.0\"");
                None
            }
        }
    }

    pub(super) fn scale(&mut self, sheet: &Sheet, raw: Option<Spanned<raw::Scale>>, standard: Scale) -> Scale {
        let Some(raw) = raw else { return standard };
        let span = raw.span();
        let raw = raw.into_inner();
        if !(2..=10).contains(&raw.points.len()) {
            let message = "a scale has 2 to 10 points, each with a label";
            self.refuse(sheet, span, message, "add { value = 1, label = \"…\", meaning = \"…\" } for each point");
        }
        let mut points: Vec<Point> = Vec::new();
        for point in raw.points {
            let value = *point.value.get_ref();
            if !(0..=100).contains(&value) || points.last().is_some_and(|before| before.value >= value) {
                let message = format!("the points of a scale must go up between 0 and 100, but {value} does not");
                self.refuse(
                    sheet,
                    point.value.span(),
                    message,
                    "give each point a higher value than the point before \
                    it",
                );
            }
            let label = self.words(sheet, point.label, "label");
            let (meaning, of_others) = (clean(&point.meaning), clean(&point.of_others));
            points.push(Point { value, label, meaning, of_others, reworded: cleaned(&point.reworded) });
        }
        Scale { question: clean(&raw.question), reworded: cleaned(&raw.reworded), points }
    }

    #[expect(clippy::type_complexity, reason = "three parts of one file, taken apart on the spot")]
    pub(super) fn framework(
        &mut self,
        sheet: Sheet,
        raw: raw::Framework,
        info: &PackInfo,
    ) -> (Option<(Sheet, Framework, Range<usize>)>, Vec<Entry<Behaviour>>, Vec<Entry<Link>>) {
        let span = raw.id.span();
        let scale = self.scale(&sheet, raw.scale, Scale::standard());
        let levels: Vec<Level> = raw.levels.into_iter().map(|level| self.level(&sheet, level, &scale)).collect();
        let framework = Framework {
            id: self.id(&sheet, raw.id, "framework"),
            edition: self.words(&sheet, raw.edition, "edition"),
            title: self.words(&sheet, raw.title, "title"),
            summary: self.words(&sheet, raw.summary, "summary"),
            pack: info.id.clone(),
            themes: raw.themes.into_iter().map(|theme| self.theme(&sheet, theme, &levels)).collect(),
            levels,
            scale,
            importance: self.scale(&sheet, raw.importance, Scale::standard_importance()),
            arenas: raw.arenas.into_iter().map(|arena| self.arena(&sheet, arena)).collect(),
            externals: raw.externals.into_iter().map(|external| self.external(&sheet, external)).collect(),
        };
        let mut behaviours: Vec<Entry<Behaviour>> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for raw in raw.behaviours {
            let entry = self.behaviour(&sheet, raw, &framework, info);
            let place = *places.entry(entry.value.code.clone()).or_insert(entry.span.start);
            if place != entry.span.start {
                let (first, _) = sheet.place(place);
                let message = format!("the code {} is used twice. The first is on line {first}", entry.value.code);
                self.refuse(&sheet, entry.span.clone(), message, "give one of them another code");
            }
            behaviours.push(entry);
        }
        let links = raw.links.into_iter().filter_map(|link| self.link(&sheet, link, &framework)).collect();
        (Some((sheet, framework, span)), behaviours, links)
    }

    pub(super) fn level(&mut self, sheet: &Sheet, raw: raw::Level, scale: &Scale) -> Level {
        Level {
            id: self.id(sheet, raw.id, "level"),
            title: self.words(sheet, raw.title, "title"),
            aliases: cleaned(&raw.aliases),
            about: clean(&raw.about),
            target: raw.target.map(|target| self.target(sheet, &target, scale)),
        }
    }

    /// Returns a target; one that is not a point of the scale is a fault.
    fn target(&mut self, sheet: &Sheet, raw: &Spanned<i64>, scale: &Scale) -> i64 {
        let value = *raw.as_ref();
        if !scale.has(value) {
            let points: Vec<String> = scale.points.iter().map(|point| point.value.to_string()).collect();
            let message = format!("a target of {value} is not a point of the scale");
            self.refuse(sheet, raw.span(), message, format!("the points are {}", points.join(", ")));
        }
        value
    }

    pub(super) fn arena(&mut self, sheet: &Sheet, raw: raw::Arena) -> Arena {
        Arena {
            id: self.id(sheet, raw.id, "arena"),
            title: self.words(sheet, raw.title, "title"),
            about: clean(&raw.about),
        }
    }

    pub(super) fn theme(&mut self, sheet: &Sheet, raw: raw::Theme, levels: &[Level]) -> Theme {
        let known: Vec<(&str, ())> = levels.iter().map(|level| (level.id.as_str(), ())).collect();
        for level in &raw.levels {
            self.choice(sheet, level, "level", &known);
        }
        Theme {
            code: self.code(sheet, raw.code),
            id: self.id(sheet, raw.id, "theme"),
            title: self.words(sheet, raw.title, "title"),
            motto: clean(&raw.motto),
            aliases: cleaned(&raw.aliases),
            about: clean(&raw.about),
            levels: raw.levels.into_iter().map(Spanned::into_inner).collect(),
        }
    }

    pub(super) fn external(&mut self, sheet: &Sheet, raw: raw::External) -> External {
        External {
            id: self.id(sheet, raw.id, "framework"),
            title: self.words(sheet, raw.title, "title"),
            about: clean(&raw.about),
        }
    }

    pub(super) fn code(&mut self, sheet: &Sheet, raw: raw::Text) -> String {
        let good = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        let text = raw.as_ref();
        if text.is_empty() || text.len() > 20 || !text.chars().all(good) {
            let message = format!("\"{}\" cannot be a code", clean(&crate::domain::truncate(text, 40)));
            self.refuse(sheet, raw.span(), message, "use capitals, digits and a hyphen, like FL-5");
        }
        raw.into_inner()
    }

    pub(super) fn behaviour(
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
        for level in raw.targets.keys() {
            self.choice(sheet, level, "level", &known);
        }
        let expected = |(level, target): (&raw::Text, &Spanned<i64>)| {
            (level.as_ref().clone(), self.target(sheet, target, &framework.scale))
        };
        let targets = raw.targets.iter().map(expected).collect();
        let source = raw.source.unwrap_or(raw::Place { document: String::new(), theme: String::new(), position: 0 });
        let document = if is_blank(&source.document) { info.source.clone() } else { clean(&source.document) };
        let value = Behaviour {
            framework: framework.id.clone(),
            code: self.code(sheet, raw.code),
            theme: raw.theme.into_inner(),
            title: self.words(sheet, raw.title, "title"),
            statement: self.words(sheet, raw.statement, "statement"),
            easy: clean(&raw.easy),
            indicators: cleaned(&raw.indicators),
            opposite: clean(&raw.opposite),
            arenas: raw.arenas.into_iter().map(Spanned::into_inner).collect(),
            applies_to: self.applies_to(sheet, raw.applies_to.as_ref()),
            levels,
            targets,
            aliases: cleaned(&raw.aliases),
            keywords: cleaned(&raw.keywords),
            reworded: cleaned(&raw.reworded),
            source: Place { document, theme: clean(&source.theme), position: source.position },
        };
        Entry { value, span, replaces: false }
    }

    pub(super) fn applies_to(&mut self, sheet: &Sheet, raw: Option<&raw::Text>) -> AppliesTo {
        let known = [AppliesTo::Any, AppliesTo::Commissioner, AppliesTo::Provider].map(|kind| (kind.id(), kind));
        raw.and_then(|text| self.choice(sheet, text, "kind of organisation", &known)).unwrap_or(AppliesTo::Any)
    }

    pub(super) fn link(&mut self, sheet: &Sheet, raw: raw::Link, framework: &Framework) -> Option<Entry<Link>> {
        let known = [Certainty::Stated, Certainty::Inferred].map(|kind| (kind.id(), kind));
        let certainty = self.choice(sheet, &raw.certainty, "certainty", &known)?;
        let to = match (raw.to, raw.dimension) {
            (Some(code), None) => LinkTarget::Code(code.into_inner()),
            (None, Some(name)) => {
                LinkTarget::Dimension(clean(name.as_ref()), raw.element.map(|element| clean(&element)))
            }
            _ => {
                let hint = "write to = \"FL-5\" for a framework that is loaded, or dimension = \"…\"";
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
}

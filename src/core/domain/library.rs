//! The content of all packs, checked, linked and merged. It is built by `pack` and never changed afterwards.

use std::collections::BTreeMap;

use super::{
    Activity, Behaviour, ConversationModel, Framework, Link, LinkTarget, Offering, Prompt, Purpose, Theme, Translation,
    nearest,
};

/// Index into [`Library::behaviours`], counted from 0; cheap to copy and compare.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BehaviourIx(pub u32);

impl BehaviourIx {
    /// Returns the position as an index into a slice.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// The description of a pack from its manifest.
#[derive(Debug, Clone)]
pub struct PackInfo {
    /// Identifier, unique across all packs.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Name shown on the screen.
    pub title: String,
    /// Description of the content.
    pub summary: String,
    /// Licence of the texts.
    pub licence: String,
    /// Whom to credit.
    pub attribution: String,
    /// The source it was made from.
    pub source: String,
    /// `built in` or the path of the folder.
    pub origin: String,
    /// Language of its texts, as a tag like `en` or `cy`.
    pub language: String,
    /// Position among the layers, lowest first.
    pub layer: usize,
    /// Whether it is the person's own pack, above all others. Set by the code that loads it.
    pub personal: bool,
}

/// The origin of built-in packs.
pub const BUILT_IN: &str = "built in";

impl PackInfo {
    /// Returns whether the pack is built into the binary.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.origin == BUILT_IN
    }
}

/// The text of one `rules/*.rhai` file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Id of its pack.
    pub pack: String,
    /// Layer of its pack.
    pub layer: usize,
    /// `pack/rules/name.rhai`, as shown in errors and explanations.
    pub name: String,
    /// Content of the file.
    pub text: String,
}

/// Why a code does not identify a behaviour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No framework defines the code.
    #[error("there is no behaviour \"{code}\"{}", nearest.as_ref().map_or(String::new(), |n| format!(" - did you mean \"{n}\"?")))]
    Unknown {
        /// The code that was looked up.
        code: String,
        /// The most similar existing code.
        nearest: Option<String>,
    },
    /// More than one framework defines the code.
    #[error("\"{code}\" is in more than one framework. Write one of {}", super::join_and(choices))]
    Ambiguous {
        /// The code that was looked up.
        code: String,
        /// The full codes to choose from.
        choices: Vec<String>,
    },
}

/// The merged content of all packs, in layer order.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Packs, lowest layer first.
    pub packs: Vec<PackInfo>,
    /// Frameworks, in layer order.
    pub frameworks: Vec<Framework>,
    /// The behaviours of all frameworks, in the order of the frameworks.
    pub behaviours: Vec<Behaviour>,
    /// Prompts by behaviour, in file order.
    pub prompts: Vec<Prompt>,
    /// Questions that are no longer asked, by the ids of their prompts; they are shown with the answers given to them.
    pub earlier: BTreeMap<String, String>,
    /// Conversation and reflection models.
    pub models: Vec<ConversationModel>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Crosswalk links.
    pub links: Vec<Link>,
    /// Synonyms: a word that is typed, and the words used in the texts.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// Words of behaviours in other languages, at most one for each behaviour and language.
    pub translations: Vec<Translation>,
    /// Organisations' own contacts for when somebody may be in danger, those of the highest layer first.
    pub contacts: Vec<super::Contact>,
    /// Rule files; they have not been run.
    pub rule_files: Vec<RuleFile>,
    /// Earlier ids of rules and activities, each with the current id.
    pub renamed: BTreeMap<String, String>,
    /// How the person wants the content to be offered.
    pub offering: Offering,
    by_code: BTreeMap<String, Vec<BehaviourIx>>,
    by_full_code: BTreeMap<String, BehaviourIx>,
    activity_by_id: BTreeMap<String, usize>,
}

impl Library {
    /// Builds the look-up tables of behaviours. Called once by the loader when all behaviours are present.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        for (at, behaviour) in self.behaviours.iter().enumerate() {
            let ix = BehaviourIx(u32::try_from(at).unwrap_or(u32::MAX));
            self.by_code.entry(plain(&behaviour.code)).or_default().push(ix);
            self.by_full_code.insert(plain(&behaviour.full_code()), ix);
        }
        self
    }

    /// Builds the look-up table of activities. Called last, because activities refer to behaviours.
    #[must_use]
    pub fn catalogued(mut self) -> Self {
        self.activity_by_id = self.activities.iter().enumerate().map(|(at, a)| (a.id.clone(), at)).collect();
        self
    }

    /// Returns all behaviours of a theme (by code or id) or of a framework (by id), in order; empty if the name is
    /// unknown.
    #[must_use]
    pub fn group(&self, name: &str) -> Vec<BehaviourIx> {
        let of_it = |ix: &BehaviourIx| {
            let theme = self.theme_of(*ix);
            [&theme.code, &theme.id, &self.behaviour(*ix).framework].iter().any(|own| *own == name)
        };
        self.indices().filter(of_it).collect()
    }

    /// Returns the current id of a rule or an activity, given a current or an earlier id.
    #[must_use]
    pub fn current_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.renamed.get(id).map_or(id, String::as_str)
    }

    /// Returns the target rating of a behaviour at a level; `None` if the framework states none, or if it is a
    /// suggestion of Cairn and the person wants none.
    #[must_use]
    pub fn target(&self, ix: BehaviourIx, level: Option<&str>) -> Option<i64> {
        let behaviour = self.behaviour(ix);
        if self.offering.without_suggested_targets && self.suggests_targets(self.framework_of(ix)) {
            return None;
        }
        let known = level.and_then(|id| self.framework_of(ix).levels.iter().find(|level| level.id == id));
        let own = known.and_then(|level| behaviour.targets.iter().find(|(id, _)| *id == level.id));
        own.map(|(_, target)| *target).or(known?.target)
    }

    /// Returns the behaviour at an index.
    #[must_use]
    pub fn behaviour(&self, ix: BehaviourIx) -> &Behaviour {
        &self.behaviours[ix.at()]
    }

    /// Returns all indices in order.
    pub fn indices(&self) -> impl Iterator<Item = BehaviourIx> + use<> {
        (0..u32::try_from(self.behaviours.len()).unwrap_or(u32::MAX)).map(BehaviourIx)
    }

    /// Finds a behaviour by `FL-5`, `fl5` or `framework/FL-5`.
    ///
    /// # Errors
    /// Returns an error if no framework, or more than one, defines the code.
    pub fn find(&self, code: &str) -> Result<BehaviourIx, LookupError> {
        let wanted = plain(code);
        if let Some(ix) = self.by_full_code.get(&wanted) {
            return Ok(*ix);
        }
        match self.by_code.get(&wanted).map(Vec::as_slice) {
            Some([ix]) => Ok(*ix),
            Some(many) => Err(LookupError::Ambiguous {
                code: code.to_owned(),
                choices: many.iter().map(|ix| self.behaviour(*ix).full_code()).collect(),
            }),
            None => Err(LookupError::Unknown {
                code: super::truncate(code, 60),
                nearest: nearest(code, self.behaviours.iter().map(|b| b.code.as_str())).map(str::to_owned),
            }),
        }
    }

    /// Finds a behaviour by a code in the files of one pack. A bare code is first looked up in that pack's own
    /// frameworks, so that a framework added later cannot make it ambiguous.
    ///
    /// # Errors
    /// The same as [`Library::find`].
    pub fn find_from(&self, pack: &str, code: &str) -> Result<BehaviourIx, LookupError> {
        self.frameworks
            .iter()
            .filter(|framework| framework.pack == pack)
            .find_map(|framework| self.find_in(&framework.id, code))
            .map_or_else(|| self.find(code), Ok)
    }

    /// Finds a behaviour by framework id and code.
    #[must_use]
    pub fn find_in(&self, framework: &str, code: &str) -> Option<BehaviourIx> {
        self.by_full_code.get(&plain(&format!("{framework}/{code}"))).copied()
    }

    /// Returns the framework with this id.
    #[must_use]
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().find(|framework| framework.id == id)
    }

    /// Returns the framework of a behaviour.
    ///
    /// # Panics
    /// Never: the loader rejects a behaviour without a framework.
    #[must_use]
    pub fn framework_of(&self, ix: BehaviourIx) -> &Framework {
        self.framework(&self.behaviour(ix).framework).expect("every behaviour was loaded with its framework")
    }

    /// Returns the theme of a behaviour.
    ///
    /// # Panics
    /// Never: the loader rejects a behaviour without a theme.
    #[must_use]
    pub fn theme_of(&self, ix: BehaviourIx) -> &Theme {
        let code = &self.behaviour(ix).theme;
        self.framework_of(ix)
            .themes
            .iter()
            .find(|theme| theme.code == *code)
            .expect("every behaviour was loaded with its theme")
    }

    /// Returns the prompts for a behaviour that suit every level or the given one, ordered by purpose.
    pub fn prompts_for<'a>(&'a self, ix: BehaviourIx, level: Option<&'a str>) -> impl Iterator<Item = &'a Prompt> {
        Purpose::ALL.into_iter().flat_map(move |purpose| {
            self.prompts.iter().filter(move |prompt| {
                prompt.behaviour == ix
                    && prompt.purpose == purpose
                    && (prompt.level.is_none() || prompt.level.as_deref() == level)
            })
        })
    }

    /// Returns the prompt with this id.
    #[must_use]
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.id == id)
    }

    /// Returns the question of the prompt with this id, also if it is no longer asked; the id itself if it is not known.
    #[must_use]
    pub fn question<'a>(&'a self, id: &'a str) -> &'a str {
        let now = self.prompt(id).map(|prompt| prompt.text.as_str());
        now.or_else(|| self.earlier.get(id).map(String::as_str)).unwrap_or(id)
    }

    /// Returns the activity with this id.
    #[must_use]
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activity_by_id.get(id).map(|at| &self.activities[*at])
    }

    /// Returns the activities for a behaviour, ordered by its position in their list of behaviours.
    #[must_use]
    pub fn activities_for(&self, ix: BehaviourIx) -> Vec<&Activity> {
        let mut found: Vec<(usize, &Activity)> = self
            .activities
            .iter()
            .filter_map(|activity| Some((activity.behaviours.iter().position(|own| *own == ix)?, activity)))
            .collect();
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, activity)| activity).collect()
    }

    /// Returns a level by id, title or alias, with its framework and its position counted from 1. Frameworks share
    /// words such as "manager", so an exact id takes precedence, then the framework with most behaviours.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<(&Framework, usize, &super::Level)> {
        let size = |id: &str| self.behaviours.iter().filter(|behaviour| behaviour.framework == id).count();
        let found = self.frameworks.iter().filter_map(|framework| {
            let (at, level) = framework.level(name)?;
            Some((framework, at, level))
        });
        found.max_by_key(|(framework, _, level)| (level.id == name, size(&framework.id)))
    }

    /// Returns the links of a behaviour to other frameworks: those of the behaviour itself, those of its theme, and
    /// those that point to it from another framework.
    #[must_use]
    pub fn crosswalk(&self, ix: BehaviourIx) -> Vec<Crossing<'_>> {
        let behaviour = self.behaviour(ix);
        let mut found: Vec<Crossing<'_>> = Vec::new();
        for link in &self.links {
            let ours = link.framework == behaviour.framework;
            if ours && (link.from == behaviour.code || link.from == behaviour.theme) {
                found.push(Crossing {
                    framework: self.framework_title(&link.to_framework),
                    words: self.target_words(link),
                    of_theme: link.from == behaviour.theme,
                    link,
                });
            } else if link.to_framework == behaviour.framework && link.to == LinkTarget::Code(behaviour.code.clone()) {
                found.push(Crossing {
                    framework: self.framework_title(&link.framework),
                    words: self.source_words(link),
                    of_theme: false,
                    link,
                });
            }
        }
        found.sort_by_key(|crossing| crossing.of_theme);
        found
    }

    fn framework_title(&self, id: &str) -> String {
        self.framework(id)
            .map(|framework| framework.title.clone())
            .or_else(|| {
                let externals = self.frameworks.iter().flat_map(|framework| &framework.externals);
                externals.clone().find(|external| external.id == id).map(|external| external.title.clone())
            })
            .unwrap_or_else(|| id.to_owned())
    }

    fn target_words(&self, link: &Link) -> String {
        match &link.to {
            LinkTarget::Code(code) => self.named(&link.to_framework, code),
            LinkTarget::Dimension(dimension, None) => dimension.clone(),
            LinkTarget::Dimension(dimension, Some(element)) => format!("{dimension}: {element}"),
        }
    }

    fn source_words(&self, link: &Link) -> String {
        self.named(&link.framework, &link.from)
    }

    fn named(&self, framework: &str, code: &str) -> String {
        match self.find_in(framework, code) {
            Some(ix) => self.behaviour(ix).to_string(),
            None => code.to_owned(),
        }
    }
}

/// A link between a behaviour and another framework.
#[derive(Debug, Clone)]
pub struct Crossing<'a> {
    /// Title of the other framework.
    pub framework: String,
    /// The dimension or behaviour in the other framework.
    pub words: String,
    /// The link belongs to the whole theme, not to this behaviour alone.
    pub of_theme: bool,
    /// The link itself.
    pub link: &'a Link,
}

/// Returns a code in upper case without hyphens, spaces and underscores.
fn plain(code: &str) -> String {
    if code.is_ascii() {
        let letters = code.bytes().filter(|letter| !matches!(letter, b'-' | b' ' | b'_'));
        return letters.map(|letter| char::from(letter.to_ascii_uppercase())).collect();
    }
    code.chars().filter(|c| !matches!(c, '-' | ' ' | '_')).flat_map(char::to_uppercase).collect()
}

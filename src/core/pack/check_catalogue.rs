//! Checks prompts, models and activities, entry by entry.

use std::collections::BTreeSet;

use super::check::{Checker, Entry, LooseActivity, LoosePrompt, LooseTranslation, Sheet, cleaned, reference};
use super::raw;
use crate::domain::{
    ActivityKind, Contact, ConversationModel, Height, ModelKind, PackInfo, Permission, Purpose, Stage, Translation,
    clean, fold,
};
use crate::safeguarding::concerns;

/// Maximum effort of one activity, in minutes: about a year of working hours.
const MOST_MINUTES: u32 = 100_000;

impl Checker {
    /// Checks the prompts, and the questions that are no longer asked. Returns these as pairs of id and text.
    pub(super) fn prompts(
        &mut self,
        sheet: &Sheet,
        raw: Option<raw::Prompts>,
    ) -> (Vec<Entry<LoosePrompt>>, Vec<(String, String)>) {
        let known = Purpose::ALL.map(|purpose| (purpose.id(), purpose));
        let heights = Height::ALL.map(|height| (height.id(), height));
        let Some(raw) = raw else { return Default::default() };
        let mut checked = Vec::new();
        for raw in raw.prompts {
            let span = raw.id.span();
            let purpose = self.choice(sheet, &raw.purpose, "purpose", &known);
            let value = LoosePrompt {
                id: self.id(sheet, raw.id, "prompt"),
                behaviour: reference(raw.behaviour),
                purpose: purpose.unwrap_or(Purpose::Reflect),
                level: raw.level.map(reference),
                fits: raw.fits.iter().filter_map(|fit| self.choice(sheet, fit, "rating", &heights)).collect(),
                text: self.words(sheet, raw.text, "text"),
            };
            checked.push(Entry { value, span, replaces: raw.replaces });
        }
        let mut earlier = Vec::new();
        for (id, text) in raw.earlier {
            if checked.iter().any(|entry| entry.value.id == *id.as_ref()) {
                let message =
                    format!("the question \"{}\" is asked and is also called an earlier one", clean(id.as_ref()));
                self.refuse(sheet, id.span(), message, "give the question that is asked now an id of its own");
            }
            earlier.push((clean(id.as_ref()), clean(&text)));
        }
        (checked, earlier)
    }

    /// Checks the translations of behaviours. A second one for the same behaviour and language is refused.
    pub(super) fn translations(
        &mut self,
        sheet: &Sheet,
        raw: Option<raw::Translations>,
    ) -> Vec<Entry<LooseTranslation>> {
        let mut checked: Vec<Entry<LooseTranslation>> = Vec::new();
        let mut seen = BTreeSet::new();
        for raw in raw.map(|raw| raw.behaviours).unwrap_or_default() {
            let span = raw.code.span();
            let words = Translation {
                language: self.language(sheet, raw.language),
                title: self.words(sheet, raw.title, "title"),
                statement: self.words(sheet, raw.statement, "statement"),
                easy: clean(&raw.easy),
                indicators: cleaned(&raw.indicators),
                opposite: clean(&raw.opposite),
                keywords: cleaned(&raw.keywords),
                ..Translation::default()
            };
            let behaviour = reference(raw.code);
            if !seen.insert((fold(&behaviour.to), words.language.clone())) {
                let message = format!("{} is translated into \"{}\" twice", clean(&behaviour.to), words.language);
                self.refuse(sheet, span.clone(), message, "keep one of the two");
            }
            checked.push(Entry { value: LooseTranslation { behaviour, words }, span, replaces: false });
        }
        checked
    }

    pub(super) fn models(
        &mut self,
        sheet: &Sheet,
        raw: Option<raw::Models>,
        info: &PackInfo,
    ) -> Vec<Entry<ConversationModel>> {
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

    pub(super) fn stage(&mut self, sheet: &Sheet, raw: raw::Stage) -> Stage {
        Stage {
            id: self.id(sheet, raw.id, "stage"),
            title: self.words(sheet, raw.title, "title"),
            aim: clean(&raw.aim),
            prompts: raw.prompts.into_iter().map(|text| self.words(sheet, text, "prompt")).collect(),
        }
    }

    pub(super) fn activities(
        &mut self,
        sheet: &Sheet,
        raw: Option<raw::Activities>,
        info: &PackInfo,
    ) -> Vec<Entry<LooseActivity>> {
        let known = ActivityKind::ALL.map(|kind| (kind.id(), kind));
        let permissions = Permission::ALL.map(|permission| (permission.id(), permission));
        let mut checked = Vec::new();
        for raw in raw.map(|raw| raw.activities).unwrap_or_default() {
            let span = raw.id.span();
            let kind = self.choice(sheet, &raw.kind, "kind of activity", &known).unwrap_or(ActivityKind::OnTheJob);
            if !(1..=MOST_MINUTES).contains(&raw.minutes) {
                let message = format!("an effort of {} minutes is not between 1 and {MOST_MINUTES}", raw.minutes);
                self.refuse(
                    sheet,
                    span.clone(),
                    message,
                    "write the honest total effort in minutes, like minutes = 60",
                );
            }
            if raw.behaviours.as_ref().is_empty() {
                let hint = "name the behaviours it develops, like behaviours = [\"FL-5\"]";
                self.refuse(sheet, raw.behaviours.span(), "the activity develops no behaviour", hint);
            }
            let permission = raw.permission.as_ref();
            let permission = permission.and_then(|text| self.choice(sheet, text, "permission", &permissions));
            let activity = crate::domain::Activity {
                id: self.id(sheet, raw.id, "activity"),
                pack: info.id.clone(),
                title: self.words(sheet, raw.title, "title"),
                kind,
                behaviours: Vec::new(),
                levels: Vec::new(),
                applies_to: self.applies_to(sheet, raw.applies_to.as_ref()),
                minutes: raw.minutes,
                permission,
                first_step: self.words(sheet, raw.first_step, "first step"),
                steps: cleaned(&raw.steps),
                afterwards: clean(&raw.afterwards),
                tags: cleaned(&raw.tags),
            };
            let behaviours = raw.behaviours.into_inner().into_iter().map(reference).collect();
            let levels = raw.levels.into_iter().map(reference).collect();
            let value = LooseActivity { activity, behaviours, levels };
            checked.push(Entry { value, span, replaces: raw.replaces });
        }
        checked
    }

    /// Checks the contacts that an organisation adds. An unknown concern is a fault, because the contact would never be
    /// shown.
    pub(super) fn contacts(&mut self, sheet: &Sheet, raw: Option<raw::Contacts>) -> Vec<Contact> {
        let known: Vec<&str> = concerns().iter().map(|concern| concern.id.as_str()).collect();
        let mut checked = Vec::new();
        for raw in raw.map(|raw| raw.contacts).unwrap_or_default() {
            for concern in raw.concerns.iter().filter(|concern| !known.contains(&concern.as_ref().as_str())) {
                let message = format!("there is no concern \"{}\"", clean(concern.as_ref()));
                self.refuse(sheet, concern.span(), message, format!("it can be {}", known.join(", ")));
            }
            checked.push(Contact {
                name: self.words(sheet, raw.name, "name"),
                number: clean(&raw.number),
                when: clean(&raw.when),
                concerns: raw.concerns.into_iter().map(toml::Spanned::into_inner).collect(),
            });
        }
        checked
    }
}

//! Construction of the rulebook from the loaded packs and one person's answers, and of the details of one rule.

use std::collections::BTreeMap;

use super::loaded_packs::LoadedPacks;
use super::resolve::is_in;
use super::{Desk, DeskError, PackOrigin};
use crate::domain::{
    BehaviourIx, By, Family, Fault, Library, Looked, Meant, PackCard, PackInfo, PackState, Profile, RuleCard,
    RuleDetail, Rulebook, Said, Suggested, Truth,
};
use crate::pack::Layer;
use crate::rules::{Cond, Fact, Facts, Rule, Sought, Test, came_close, explained, looked_at, truth, why_not};

impl Desk {
    /// Builds the rulebook: all packs and rules, with the results for the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn rulebook(&self) -> Result<Rulebook, DeskError> {
        let added = self.loaded_packs.held.iter().filter(|held| held.way == PackOrigin::Added).count();
        let watched = self.watch.named() + added;
        Ok(Rulebook { watched, ..self.loaded_packs.rulebook(self.profile()?) })
    }

    /// Returns the details of one rule; `Ok(None)` if there is no such rule.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn judged(&self, rule: &str) -> Result<Option<RuleDetail>, DeskError> {
        let profile = self.profile()?;
        Ok(self.loaded_packs.rules.rule(rule).map(|rule| self.loaded_packs.judged(rule, profile)))
    }
}

/// Returns whether a rule is listed for a person: not if everything it looks at is meant for other levels and was never
/// answered, nor if it needs a target that Cairn suggests and the person wants none.
fn is_listed(rule: &Rule, library: &Library, profile: &Profile) -> bool {
    let level = profile.person.level.as_deref();
    let (mut about, mut wants_target) = (Vec::new(), false);
    rule.when.leaves(&mut |leaf, _| {
        about.extend(leaf.test.behaviours());
        if let Test::Compare(left, _, right) = &leaf.test {
            let mut one = |fact: &Fact| match fact {
                Fact::Target(ix) | Fact::Gap(ix) => wants_target |= library.suggests_targets(library.framework_of(*ix)),
                _ => {}
            };
            left.each(&mut one);
            right.each(&mut one);
        }
    });
    let is_for_others = |ix: &BehaviourIx| library.meant(*ix, level) == Meant::No && profile.of(*ix).is_none();
    let not_meant = !about.is_empty() && about.iter().all(is_for_others);
    !(not_meant || wants_target && library.offering.without_suggested_targets)
}

impl LoadedPacks {
    /// Builds the rulebook for a profile.
    #[must_use]
    pub fn rulebook(&self, profile: &Profile) -> Rulebook {
        let facts = Facts::new(&self.library, profile);
        let mut book = Rulebook { packs: self.pack_cards(), ..Rulebook::default() };
        let at: BTreeMap<String, usize> =
            book.packs.iter().enumerate().map(|(at, card)| (card.id.clone(), at)).collect();
        let mut families: BTreeMap<(usize, &str, usize), usize> = BTreeMap::new();
        for rule in self.rules.rules().iter().filter(|rule| is_listed(rule, &self.library, profile)) {
            let Some(pack) = at.get(&rule.pack).copied() else { continue };
            let place = (pack, rule.at.file.as_ref(), rule.at.line);
            let member = book.rules.len();
            book.rules.push(card(rule, &facts));
            match families.get(&place).and_then(|family| book.families.get_mut(*family)) {
                Some(family) => family.members.push(member),
                None => {
                    families.insert(place, book.families.len());
                    book.families.push(Family { pack, members: vec![member], name: String::new() });
                }
            }
        }
        for family in &mut book.families {
            family.name = name(family.members.iter().filter_map(|at| book.rules.get(*at)).map(|rule| rule.id.as_str()));
        }
        book.families.sort_by_key(|family| family.pack);
        book
    }

    /// Returns the packs that were left out first, then the highest layer first, because users look for what they
    /// added. Packs without rules come last.
    fn pack_cards(&self) -> Vec<PackCard> {
        let left_out = self.dropped.iter().filter(|dropped| !dropped.kept).map(|dropped| (&dropped.id, &dropped.label));
        let left_out = left_out.map(|(id, label)| PackCard {
            id: id.clone(),
            title: id.clone(),
            version: String::new(),
            summary: String::new(),
            licence: String::new(),
            attribution: String::new(),
            source: String::new(),
            layer: String::new(),
            from: label.clone(),
            signature: String::new(),
            state: PackState::LeftOut,
            faults: self.faults_of(label),
        });
        let has_rules = |info: &&PackInfo| self.rules.rules().iter().any(|rule| rule.pack == info.id);
        let (with, without): (Vec<_>, Vec<_>) = self.library.packs.iter().rev().partition(has_rules);
        left_out.chain(with.into_iter().chain(without).map(|info| self.pack_card(info))).collect()
    }

    fn pack_card(&self, info: &PackInfo) -> PackCard {
        let label = if info.is_built_in() { &info.id } else { &info.origin };
        let kept = !info.is_built_in() && self.is_kept(label);
        let held = self.held.iter().find(|held| held.used && !info.is_built_in() && held.label == *label);
        PackCard {
            id: info.id.clone(),
            title: info.title.clone(),
            version: info.version.clone(),
            summary: info.summary.clone(),
            licence: info.licence.clone(),
            attribution: info.attribution.clone(),
            source: info.source.clone(),
            layer: held.map_or(Layer::BuiltIn.title(), |held| held.layer.title()).to_owned(),
            from: held.map(|held| held.from.clone()).unwrap_or_default(),
            signature: held.map(|held| held.signed.sentence()).unwrap_or_default(),
            state: if kept { PackState::Kept } else { PackState::Loaded },
            faults: self.faults_of(label),
        }
    }

    fn faults_of(&self, label: &str) -> Vec<Fault> {
        self.faults.iter().filter(|fault| is_in(fault, label)).cloned().collect()
    }

    /// Returns the details of one rule.
    #[must_use]
    pub fn judged(&self, rule: &Rule, profile: &Profile) -> RuleDetail {
        let facts = Facts::new(&self.library, profile);
        let (reason, _) = explained(rule, &facts);
        let outcome = truth(&rule.when, &facts);
        let spoke = outcome == Truth::Yes && rule.is_on();
        let why_not = why_not(rule, &facts);
        let suggests = rule.suggest.iter().filter_map(|id| self.library.activity(id)).map(|activity| Suggested {
            id: activity.id.clone(),
            title: activity.title.clone(),
            note: activity.terms(),
        });
        let pack = self.library.packs.iter().find(|info| info.id == rule.pack);
        RuleDetail {
            id: rule.id.clone(),
            title: rule.title.clone(),
            pack: pack.map_or_else(|| rule.pack.clone(), |info| format!("{} {}", info.title, info.version)),
            priority: rule.priority,
            at: reason.at,
            sections: self.rules.doc(rule).map(|doc| doc.sections.clone()).unwrap_or_default(),
            because: if spoke { reason.because } else { rule.because.fill(|_| None) },
            suggests: suggests.collect(),
            truth: outcome,
            leaves: reason.leaves,
            why_not: why_not.because,
            nearest: why_not.nearest,
            would_change: if spoke { reason.would_change } else { String::new() },
            off: rule.off.clone(),
            changes: rule.changes.iter().map(|change| change.words.clone()).collect(),
            locked: rule.locked,
            looked: self.looked(rule, &facts),
        }
    }

    /// Returns what a rule reads: the quotations it found, the answers it read, and then the unanswered behaviours.
    fn looked(&self, rule: &Rule, facts: &Facts<'_>) -> Vec<Looked> {
        let mut rows: Vec<Looked> = Vec::new();
        let mut add = |row: Looked| {
            let who = |row: &Looked| (row.ix, row.said.as_ref().map_or(By::Myself, |said| said.by));
            if !rows.iter().any(|known| who(known) == who(&row)) {
                rows.push(row);
            }
        };
        each_test(&rule.when, &mut |test| {
            if let Test::Mentions(of, phrases) = test
                && let Sought::Found(quote) = facts.mention(*of, phrases)
            {
                let words = format!("\u{201c}{}\u{201d}", quote.text);
                let (on, answer) = (quote.answer.on, quote.answer.id.clone());
                add(Looked { said: Some(Said { words, on, by: By::Myself, answer }), ..self.unsaid(quote.behaviour) });
            }
        });
        for (ix, by) in looked_at(rule, facts) {
            let Some(standing) = facts.profile.by(by, ix) else { continue };
            let words = standing.words(facts.scale(ix));
            let answer = standing.newest().map(|answer| answer.id.clone()).unwrap_or_default();
            add(Looked { said: Some(Said { words, on: standing.on, by, answer }), ..self.unsaid(ix) });
        }
        each_test(&rule.when, &mut |test| {
            for ix in test.behaviours() {
                add(self.unsaid(ix));
            }
        });
        rows
    }

    fn unsaid(&self, ix: crate::domain::BehaviourIx) -> Looked {
        let behaviour = self.library.behaviour(ix);
        Looked { ix, code: behaviour.code.clone(), title: behaviour.title.clone(), said: None }
    }
}

fn each_test<'a>(cond: &'a Cond, see: &mut impl FnMut(&'a Test)) {
    cond.leaves(&mut |leaf, _| see(&leaf.test));
}

fn card(rule: &Rule, facts: &Facts<'_>) -> RuleCard {
    let truth = truth(&rule.when, facts);
    RuleCard {
        id: rule.id.clone(),
        title: rule.title.clone(),
        truth,
        near: truth == Truth::No && came_close(rule, facts),
        off: !rule.is_on(),
    }
}

/// Returns the common part of the ids of a family, without the final separator.
fn name<'a>(mut ids: impl Iterator<Item = &'a str>) -> String {
    let Some(first) = ids.next() else { return String::new() };
    let mut alone = true;
    let common = ids.fold(first, |common, id| {
        alone = false;
        let same = common.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
        common.get(..same).unwrap_or("")
    });
    if alone {
        return common.to_owned();
    }
    // `not-yet.SI-1` and `not-yet.SI-2` give `not-yet`, not `not-yet.SI-`.
    let whole = common.rsplit_once(['.', '/']).map_or(common, |(head, _)| head);
    let whole = whole.trim_end_matches(['.', '-', '_', '/']);
    if whole.is_empty() { first.to_owned() } else { whole.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_called_by_what_its_ids_share() {
        let of = |ids: &[&str]| name(ids.iter().copied());
        assert_eq!(of(&["alone.FL-1"]), "alone.FL-1");
        assert_eq!(of(&["not-yet.SI-1", "not-yet.SI-2"]), "not-yet");
        assert_eq!(of(&["gap-1", "gap-2"]), "gap");
        assert_eq!(of(&["a", "b"]), "a");
    }
}

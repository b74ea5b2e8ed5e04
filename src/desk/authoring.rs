//! Tools for authors of packs: running the cases, their coverage, and mutation testing of the rules.

use super::LoadedPacks;
use crate::domain::Fault;
use crate::pack::PackFiles;
use crate::rules::{Case, CaseOutcome, Coverage, Mutant, mutants, read_cases, run_case};

impl LoadedPacks {
    /// Returns the id of a loaded pack; empty if it is not loaded.
    #[must_use]
    pub fn id_of(&self, pack: &PackFiles) -> &str {
        let found = self.library.packs.iter().find(|info| info.origin == pack.origin && pack.is(&info.id));
        found.map_or("", |info| info.id.as_str())
    }

    /// Reads the cases of one pack.
    ///
    /// # Errors
    /// Returns all faults found in its case files.
    pub fn cases(&self, pack: &PackFiles) -> Result<Vec<Case>, Vec<Fault>> {
        let id = self.id_of(pack);
        let (mut cases, mut faults) = (Vec::new(), Vec::new());
        for (path, text) in pack.files.iter().filter(|(path, _)| path.starts_with("cases/")) {
            match read_cases(&pack.name(path), text, id, &self.library, &self.rules) {
                Ok(found) => cases.extend(found),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(cases) } else { Err(faults) }
    }

    /// Reads the cases of several packs.
    ///
    /// # Errors
    /// Returns all faults found in their case files.
    pub fn cases_of(&self, packs: &[PackFiles]) -> Result<Vec<Case>, Vec<Fault>> {
        let (mut cases, mut faults) = (Vec::new(), Vec::new());
        for pack in packs {
            match self.cases(pack) {
                Ok(found) => cases.extend(found),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(cases) } else { Err(faults) }
    }

    #[must_use]
    pub fn run(&self, cases: &[Case]) -> Vec<CaseOutcome> {
        cases.iter().map(|case| run_case(case, &self.library, &self.rules)).collect()
    }

    /// Returns which rules and conditions of the packs the cases reach.
    #[must_use]
    pub fn coverage(&self, packs: &[PackFiles], cases: &[Case]) -> Coverage {
        Coverage::of(&self.rules, &self.library, &self.ids_of(packs), cases)
    }

    /// Makes every small change to the rules of the packs and returns whether a case detected it.
    #[must_use]
    pub fn mutants(&self, packs: &[PackFiles], cases: &[Case]) -> Vec<Mutant> {
        mutants(&self.rules, &self.library, &self.ids_of(packs), cases)
    }

    fn ids_of(&self, packs: &[PackFiles]) -> Vec<&str> {
        packs.iter().map(|pack| self.id_of(pack)).collect()
    }
}

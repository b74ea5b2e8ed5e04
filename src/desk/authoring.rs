//! What an author of a pack asks of it: its cases, what they reach, and whether they would notice a mistake.

use super::LoadedPacks;
use crate::domain::Fault;
use crate::pack::PackFiles;
use crate::rules::{Case, CaseOutcome, Coverage, Mutant, mutants, read_cases, run_case};

impl LoadedPacks {
    /// The id of a pack that was read; empty where it does not stand.
    #[must_use]
    pub fn id_of(&self, pack: &PackFiles) -> &str {
        let found = self.library.packs.iter().find(|info| info.origin == pack.origin && pack.is(&info.id));
        found.map_or("", |info| info.id.as_str())
    }

    /// The cases of one pack.
    ///
    /// # Errors
    /// Every fault found in its case files.
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

    /// The cases of several packs.
    ///
    /// # Errors
    /// Every fault found in their case files.
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

    /// Runs cases.
    #[must_use]
    pub fn run(&self, cases: &[Case]) -> Vec<CaseOutcome> {
        cases.iter().map(|case| run_case(case, &self.library, &self.rules)).collect()
    }

    /// What the cases reach of the packs.
    #[must_use]
    pub fn coverage(&self, packs: &[PackFiles], cases: &[Case]) -> Coverage {
        Coverage::of(&self.rules, &self.library, &self.ids_of(packs), cases)
    }

    /// Every small change to the rules of the packs, and whether a case noticed it.
    #[must_use]
    pub fn mutants(&self, packs: &[PackFiles], cases: &[Case]) -> Vec<Mutant> {
        mutants(&self.rules, &self.library, &self.ids_of(packs), cases)
    }

    fn ids_of(&self, packs: &[PackFiles]) -> Vec<&str> {
        packs.iter().map(|pack| self.id_of(pack)).collect()
    }
}

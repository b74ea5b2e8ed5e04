//! How the records are protected, as the screens show it.

/// Who can read the records with access to the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lock {
    /// There are no records on the disk.
    #[default]
    Nothing,
    /// The records are in memory only (demonstration).
    Memory,
    /// Anybody who can read the folder: the key is stored unprotected.
    Open,
    /// Anybody who has the passphrase or the paper key.
    Passphrase,
}

/// How the records are protected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Safety {
    /// Who can read the records.
    pub lock: Lock,
    /// Who else can open them according to the policy; empty for nobody.
    pub escrow: String,
    /// Whether the user was once asked to choose a passphrase.
    pub asked: bool,
    /// Why the records are read-only, as a sentence; empty if they can be written.
    pub look: String,
}

/// Records that exist but are not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    /// Whether only the passphrase is missing.
    pub locked: bool,
    /// Who else can open them; empty for nobody.
    pub escrow: String,
    /// Why they are not open, as a sentence.
    pub why: String,
    /// The next step, as a sentence.
    pub next: String,
}

//! How records are kept from others, as the screens tell it.

/// Who could read the records if they had the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lock {
    /// There are none on the disk.
    #[default]
    Nothing,
    /// They are in memory only: a demonstration.
    Memory,
    /// Whoever can read the folder: the key lies open.
    Open,
    /// Whoever knows the passphrase or has the paper key.
    Passphrase,
}

/// How records are kept from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Safety {
    /// Who could read them.
    pub lock: Lock,
    /// Who can open them besides, as a policy names them; empty for nobody.
    pub escrow: String,
    /// A passphrase was offered once.
    pub asked: bool,
    /// Why they can only be looked at, as a whole sentence; empty if they can be written.
    pub look: String,
}

/// Records that are there and not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    /// Nothing but a passphrase is missing.
    pub locked: bool,
    /// Who can open them besides; empty for nobody.
    pub escrow: String,
    /// Why they are not open, as a whole sentence.
    pub why: String,
    /// The next step, as a whole sentence.
    pub next: String,
}

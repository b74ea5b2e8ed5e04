//! A model of a disk that loses power: which of a program's recorded writes may survive. Everything that was flushed
//! survives. Each later write may be there, be missing, or be there in some of its 512-byte sectors; each folder has
//! its changes of names up to some point. This is the worst that a file system may legally do.

#![expect(clippy::disallowed_methods, reason = "disks are made from outside")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const SECTOR: usize = 512;

/// A call that changes the disk.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    /// Opens or creates a file, truncated if asked; `handle` is the number of the descriptor.
    Open {
        handle: i64,
        path: PathBuf,
        make: bool,
        empty: bool,
    },
    /// Writes at an offset, or after the previous write if there is none.
    Write {
        handle: i64,
        at: Option<usize>,
        bytes: Vec<u8>,
    },
    Seek {
        handle: i64,
        to: usize,
    },
    Cut {
        handle: i64,
        length: usize,
    },
    /// Flushes a file, or the names in a folder.
    Flush {
        handle: i64,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
}

#[derive(Debug, Clone)]
enum Change {
    Put(usize, Vec<u8>),
    Length(usize),
}

fn apply(bytes: &mut Vec<u8>, change: &Change, mut sector_stays: impl FnMut() -> bool) {
    match change {
        Change::Length(length) => bytes.resize(*length, 0),
        Change::Put(at, new) => {
            if bytes.len() < at + new.len() {
                bytes.resize(at + new.len(), 0);
            }
            let mut from = 0;
            while from < new.len() {
                let to = (SECTOR - (at + from) % SECTOR + from).min(new.len());
                if sector_stays() {
                    bytes[at + from..at + to].copy_from_slice(&new[from..to]);
                }
                from = to;
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Name {
    File(PathBuf, usize),
    Folder(PathBuf),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf),
}

impl Name {
    fn folder(&self) -> PathBuf {
        let (Self::File(path, _) | Self::Folder(path) | Self::Gone(path) | Self::Moved(_, path)) = self;
        path.parent().unwrap_or(path).to_path_buf()
    }
}

type Names = BTreeMap<PathBuf, Option<usize>>;

fn rename(names: &mut Names, name: &Name) {
    match name {
        Name::File(path, file) => drop(names.insert(path.clone(), Some(*file))),
        Name::Folder(path) => drop(names.insert(path.clone(), None)),
        Name::Gone(path) => drop(names.remove(path)),
        Name::Moved(from, to) => {
            // A folder moves with all its content.
            let below: Vec<PathBuf> = names.keys().filter(|path| path.starts_with(from)).cloned().collect();
            for path in below {
                let file = names.remove(&path).expect("just seen");
                let rest = path.strip_prefix(from).expect("below");
                names.insert(if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) }, file);
            }
        }
    }
}

/// The flushed content of a file, and the changes since.
#[derive(Debug, Clone, Default)]
struct File {
    safe: Vec<u8>,
    later: Vec<Change>,
}

/// The disk below one folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    files: Vec<File>,
    /// The names as the program sees them.
    now: Names,
    safe: Names,
    later: Vec<Name>,
    handles: BTreeMap<i64, (PathBuf, Option<usize>, usize)>,
}

impl Disk {
    /// Starts another process, which has its own handles.
    pub(crate) fn begin_process(&mut self) {
        self.handles.clear();
    }

    fn name(&mut self, name: Name) {
        rename(&mut self.now, &name);
        self.later.push(name);
    }

    pub(crate) fn take(&mut self, call: &Call) {
        match call {
            Call::Open { handle, path, make, empty } => {
                let mut file = self.now.get(path).copied().flatten();
                if file.is_none() && *make {
                    self.files.push(File::default());
                    file = Some(self.files.len() - 1);
                    self.name(Name::File(path.clone(), self.files.len() - 1));
                }
                if let Some(file) = file.filter(|_| *empty) {
                    self.files[file].later.push(Change::Length(0));
                }
                self.handles.insert(*handle, (path.clone(), file, 0));
            }
            Call::Write { handle, at, bytes } => {
                let Some((_, Some(file), place)) = self.handles.get_mut(handle) else { return };
                let from = at.unwrap_or(*place);
                if at.is_none() {
                    *place += bytes.len();
                }
                self.files[*file].later.push(Change::Put(from, bytes.clone()));
            }
            Call::Seek { handle, to } => {
                if let Some((.., place)) = self.handles.get_mut(handle) {
                    *place = *to;
                }
            }
            Call::Cut { handle, length } => {
                if let Some((_, Some(file), _)) = self.handles.get(handle) {
                    self.files[*file].later.push(Change::Length(*length));
                }
            }
            Call::Flush { handle } => match self.handles.get(handle).cloned() {
                Some((_, Some(file), _)) => {
                    let file = &mut self.files[file];
                    for change in std::mem::take(&mut file.later) {
                        apply(&mut file.safe, &change, || true);
                    }
                }
                Some((folder, None, _)) => {
                    let (here, elsewhere) =
                        std::mem::take(&mut self.later).into_iter().partition(|name| name.folder() == folder);
                    self.later = elsewhere;
                    let here: Vec<Name> = here;
                    for name in &here {
                        rename(&mut self.safe, name);
                    }
                }
                None => {}
            },
            Call::Rename { from, to } => self.name(Name::Moved(from.clone(), to.clone())),
            Call::Remove { path } => self.name(Name::Gone(path.clone())),
            Call::MakeFolder { path } => self.name(Name::Folder(path.clone())),
        }
    }

    /// Writes what is left after a power cut to another folder. `dice(n)` returns a random number below `n`.
    pub(crate) fn image(&self, root: &Path, onto: &Path, dice: &mut impl FnMut(usize) -> usize) {
        let mut names = self.safe.clone();
        let mut stops: BTreeMap<PathBuf, usize> = BTreeMap::new();
        let mut seen: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for name in &self.later {
            *seen.entry(name.folder()).or_default() += 1;
        }
        for (folder, changes) in &seen {
            stops.insert(folder.clone(), dice(changes + 1));
        }
        for name in &self.later {
            let left = stops.get_mut(&name.folder()).expect("counted");
            if *left > 0 {
                *left -= 1;
                rename(&mut names, name);
            }
        }
        // Half of the power cuts tear writes; the others keep or drop whole ones.
        let tears = dice(2) == 0;
        for (path, file) in &names {
            let Ok(rest) = path.strip_prefix(root) else { continue };
            let target = onto.join(rest);
            // The content of a lost folder is lost with it.
            let whole =
                path.ancestors().skip(1).take_while(|above| *above != root).all(|above| names.contains_key(above));
            if !whole {
                continue;
            }
            match file {
                None => fs::create_dir_all(&target).expect("writable"),
                Some(file) => {
                    let file = &self.files[*file];
                    let mut bytes = file.safe.clone();
                    for change in &file.later {
                        let fate = dice(3);
                        match (fate, change) {
                            (0, _) => {}
                            (1, Change::Put(..)) if tears => apply(&mut bytes, change, || dice(2) == 0),
                            _ => apply(&mut bytes, change, || true),
                        }
                    }
                    fs::create_dir_all(target.parent().expect("below")).expect("writable");
                    fs::write(&target, bytes).expect("writable");
                }
            }
        }
    }
}

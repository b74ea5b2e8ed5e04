//! Detection of folders in which an open database can be damaged: a synchronisation program may copy a partial write,
//! and a network file system has no reliable locks and shared memory.
//!
//! Indications are files that such programs leave in the folder or above it, the names of their folders directly in a
//! home folder, and on Linux the table of mounts. A folder that is synchronised without such indications is not
//! detected.

use std::path::{Component, Path, PathBuf};

use super::files::{list_some, read_text_from};

/// Maximum number of bytes of the mount table that are read.
const TABLE_CAP: u64 = 4 * 1024 * 1024;

/// Maximum number of names in a folder that are checked.
const MOST_NAMES: usize = 1_000;

/// Why records should not be stored in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RiskyFolder {
    /// A program synchronises it to other computers; contains the program's name.
    Synced(&'static str),
    /// It is on a network file system; contains the type, such as `nfs4`.
    Network(String),
}

/// Files that synchronisation programs leave in their folders.
const MARKS: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".dropbox", "Dropbox"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync", "Resilio Sync"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".megaignore", "MEGA"),
    (".debris", "MEGA"),
];

/// Names of their folders in a home folder; a name that continues with ` -` or ` (` belongs to the same program
/// (`OneDrive - Borough Council`).
const NAMES: &[(&str, &str)] = &[
    ("Dropbox", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("My Drive", "Google Drive"),
    ("iCloud Drive", "iCloud"),
    ("iCloudDrive", "iCloud"),
    ("Nextcloud", "Nextcloud"),
    ("ownCloud", "ownCloud"),
    ("pCloud Drive", "pCloud"),
    ("pCloudDrive", "pCloud"),
    ("MEGA", "MEGA"),
    ("MEGAsync", "MEGA"),
    ("Box", "Box"),
    ("Box Sync", "Box"),
    ("Resilio Sync", "Resilio Sync"),
    ("Sync", "Syncthing or Sync.com"),
    ("Tresorit", "Tresorit"),
];

/// Types of file systems on other machines or provided by a program. Types that containers and virtual machines use for
/// folders of the same machine (`overlay`, `9p`, `virtiofs`) are not included.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs3",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "coda",
    "ceph",
    "glusterfs",
    "lustre",
    "beegfs",
    "davfs",
    "davfs2",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.kio-fuse",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.onedriver",
    "fuse.google-drive-ocamlfuse",
    "fuse.s3fs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.ceph-fuse",
    "fuse.smbnetfs",
    "fuse.curlftpfs",
    "fuse.pCloud",
    "fuse.pcloud",
    "fuse.DriveFS",
    "fuse.dropbox",
];

/// Returns why records should not be stored in this folder, if there is a reason. If the folder does not exist yet, the
/// folders above it are checked.
#[must_use]
pub fn risky_folder(folder: &Path) -> Option<RiskyFolder> {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    let real = nearest(folder);
    let by = synced_by(&real, home.as_deref()).map(RiskyFolder::Synced);
    by.or_else(|| network_of(&real, &mounts()?).map(RiskyFolder::Network))
}

/// Returns the canonical path of a folder; for one that does not exist, the existing part is resolved.
fn nearest(folder: &Path) -> PathBuf {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    for above in whole.ancestors() {
        if let Ok(real) = above.canonicalize() {
            return whole.strip_prefix(above).map_or_else(|_| real.clone(), |rest| real.join(rest));
        }
    }
    whole
}

/// Returns the program that synchronises this folder.
fn synced_by(folder: &Path, home: Option<&Path>) -> Option<&'static str> {
    let home = home.map(nearest);
    by_name(folder, home.as_deref()).or_else(|| {
        // A mark in the home folder itself only contains a program's settings.
        let above = folder.ancestors().take_while(|above| Some(*above) != home.as_deref());
        above.filter(|above| above.parent().is_some()).find_map(|above| {
            let mark = MARKS.iter().find(|(mark, _)| above.join(mark).symlink_metadata().is_ok()).map(|(_, by)| *by);
            mark.or_else(|| has_journal(above).then_some("Nextcloud or ownCloud"))
        })
    })
}

/// Nextcloud and ownCloud keep a journal whose name contains a number.
fn has_journal(folder: &Path) -> bool {
    let is =
        |name: &str| (name.starts_with(".sync_") || name.starts_with("._sync_")) && name.strip_suffix(".db").is_some();
    list_some(folder, MOST_NAMES).is_ok_and(|names| names.iter().any(|name| is(name)))
}

fn by_name(folder: &Path, home: Option<&Path>) -> Option<&'static str> {
    let parts: Vec<&str> = folder
        .components()
        .filter_map(|part| if let Component::Normal(name) = part { name.to_str() } else { None })
        .collect();
    // On macOS, they are in the library folder of an account, at any path.
    for pair in parts.windows(2) {
        match pair {
            ["Library", "Mobile Documents"] => return Some("iCloud"),
            ["Library", "CloudStorage"] => return Some("a cloud storage program"),
            _ => {}
        }
    }
    let below = home.and_then(|home| folder.strip_prefix(home).ok())?;
    let Some(Component::Normal(first)) = below.components().next() else { return None };
    let first = first.to_str()?;
    let is = |name: &str| {
        let rest = first.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
        rest.is_some()
            && first
                .get(name.len()..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(" -") || rest.starts_with(" ("))
    };
    NAMES.iter().find(|(name, _)| is(name)).map(|(_, by)| *by)
}

/// Reads the table of mounts, if the system has one.
fn mounts() -> Option<String> {
    read_text_from(std::fs::File::open("/proc/self/mountinfo").ok()?, TABLE_CAP).ok()
}

/// Returns the type of the file system of a folder if it is a network one. The longest matching mount point counts, and
/// the later one if there are two at the same path.
fn network_of(folder: &Path, table: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in table.lines() {
        // Format: 36 35 98:0 /root /mount/point options… - type source options
        let (Some(point), Some((_, after))) = (line.split(' ').nth(4), line.split_once(" - ")) else { continue };
        let Some(kind) = after.split(' ').next() else { continue };
        let point = PathBuf::from(unescaped(point));
        let depth = point.components().count();
        if folder.starts_with(&point) && best.is_none_or(|(most, _)| depth >= most) {
            best = Some((depth, kind));
        }
    }
    best.filter(|(_, kind)| NETWORK.contains(kind)).map(|(_, kind)| kind.to_owned())
}

/// Decodes spaces, tabs, line feeds and backslashes, which are octal numbers in the table.
fn unescaped(point: &str) -> String {
    let signs = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    signs.iter().fold(point.to_owned(), |point, (written, sign)| point.replace(written, sign))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make the signs that other programs leave")]
mod tests {
    use std::fs;

    use super::*;

    const TABLE: &str = "22 1 254:0 / / rw,relatime - ext4 /dev/root rw\n\
        30 22 0:26 / /srv rw shared:1 - nfs4 nas:/export rw\n\
        31 30 0:27 / /srv/local rw - xfs /dev/sdb rw\n\
        32 22 0:28 / /mnt/a\\040b rw - cifs //nas/share rw\n\
        33 22 0:29 / /media/x rw - fuse.rclone remote: rw\n\
        34 22 0:30 / /twice rw - nfs nas:/x rw\n\
        35 22 0:31 / /twice rw - ext4 /dev/sdc rw\n\
        36 22 0:32 / /shared rw - 9p host rw\n\
        37 22 0:33 / /virtual rw - virtiofs host rw\n\
        38 22 0:34 / /over rw - overlay overlay rw\n\
        half a line\n39 22 0:1 / /bad\n";

    #[test]
    fn the_longest_mount_point_says_what_a_folder_lies_on() {
        for (folder, kind) in [
            ("/var/a/.local", None),
            ("/srv", Some("nfs4")),
            ("/srv/deep/down", Some("nfs4")),
            ("/srvice", None),
            ("/srv/local/x", None),
            ("/mnt/a b/records", Some("cifs")),
            ("/media/x/y", Some("fuse.rclone")),
            ("/twice/x", None),
            ("/shared/x", None),
            ("/virtual", None),
            ("/over", None),
        ] {
            assert_eq!(network_of(Path::new(folder), TABLE).as_deref(), kind, "{folder}");
        }
        assert_eq!(network_of(Path::new("/srv"), ""), None);
    }

    #[test]
    fn the_names_of_synced_folders_count_right_below_a_home() {
        let home = Path::new("/accounts/amira");
        for (folder, by) in [
            ("/accounts/amira/Dropbox/cairn", Some("Dropbox")),
            ("/accounts/amira/dropbox", Some("Dropbox")),
            ("/accounts/amira/OneDrive - Borough Council/x", Some("OneDrive")),
            ("/accounts/amira/Dropbox (Personal)/x", Some("Dropbox")),
            ("/accounts/amira/Boxes/x", None),
            ("/accounts/amira/notes/Dropbox", None),
            ("/accounts/amira", None),
            ("/accounts/other/Dropbox", None),
            ("/accounts/amira/Library/Mobile Documents/com~apple~CloudDocs/x", Some("iCloud")),
            ("/accounts/amira/Library/CloudStorage/OneDrive-X/y", Some("a cloud storage program")),
            ("/accounts/amira/.local/share/cairn", None),
        ] {
            assert_eq!(by_name(Path::new(folder), Some(home)), by, "{folder}");
        }
    }

    #[test]
    fn a_mark_above_a_folder_counts_even_where_the_folder_is_not_there_yet() {
        let temp = tempfile::tempdir().expect("a folder can be made");
        let shared = temp.path().join("shared");
        fs::create_dir_all(shared.join(".stfolder")).expect("writable");
        for folder in [shared.clone(), shared.join("not/there/yet")] {
            assert_eq!(risky_folder(&folder), Some(RiskyFolder::Synced("Syncthing")), "{folder:?}");
        }
        assert_eq!(risky_folder(&temp.path().join("beside")), None);
        fs::write(temp.path().join("shared/x.db"), "").expect("writable");
        fs::remove_dir(shared.join(".stfolder")).expect("ours");
        assert_eq!(risky_folder(&shared), None);
        fs::write(shared.join(".sync_0a1b.db"), "").expect("writable");
        assert_eq!(risky_folder(&shared), Some(RiskyFolder::Synced("Nextcloud or ownCloud")));
        fs::remove_file(shared.join(".sync_0a1b.db")).expect("ours");
        fs::create_dir(shared.join(".stfolder")).expect("writable");
        // A home folder contains the settings of such programs.
        fs::create_dir(temp.path().join(".dropbox")).expect("writable");
        assert_eq!(synced_by(&nearest(&temp.path().join("cairn")), Some(temp.path())), None);
        assert_eq!(synced_by(&nearest(&temp.path().join("cairn")), None), Some("Dropbox"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&shared, temp.path().join("link")).expect("a link can be made");
            assert_eq!(risky_folder(&temp.path().join("link/x")), Some(RiskyFolder::Synced("Syncthing")));
        }
    }
}

//! Editing of a text in the user's own editor. The text is private: its file is in a folder that only this account can
//! access, and it is overwritten and removed afterwards. Files that the editor itself writes (swap files, its history)
//! are not controlled. What a crashed editor left for its own recovery is kept and reported.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::clock::{Clock, Stopwatch};
use super::decode::{Decoded, decoded};
use super::env::Env;
use super::files::{FileError, create_private_file, private_dir, read_bytes};
use super::folders::remove_folder;

/// Maximum number of bytes read back.
const CAP: u64 = 4 * 1024 * 1024;
/// How long an editor may take to exit after it was asked to.
const FAREWELL: Duration = Duration::from_secs(2);

/// The editor's program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// Reasons for which the editor cannot be used, as sentences.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// No editor is configured and `vi` does not exist.
    #[error("There is no editor. Set VISUAL or EDITOR to the one you use, like EDITOR=nano.")]
    None,
    /// The value of this variable cannot be parsed as a command.
    #[error("{0} is not a command, because a quotation mark is not closed.")]
    Unclosed(&'static str),
    /// The program does not exist or cannot be started.
    #[error("{0} could not be started: {1}.")]
    Start(String, io::Error),
    /// The file to edit could not be created.
    #[error("A file for the editor could not be made: {0}.")]
    File(io::Error),
}

/// How an editor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorEnd {
    /// It ended successfully.
    Well,
    /// It ended on a signal: its window was closed or the machine is shutting down.
    Asked,
    /// It failed; the text follows its name, such as `ended with exit code 1`.
    Badly(String),
}

/// The result of editing.
#[derive(Debug)]
pub struct Edited {
    /// How the editor ended.
    pub end: EditorEnd,
    /// Content of the file afterwards.
    pub text: Result<Decoded, FileError>,
    /// How long the editor was open.
    pub took: Duration,
    /// The folder in which a crashed editor left files of its own.
    pub left: Option<PathBuf>,
}

/// Process id of the running editor, if there is one.
static RUNNING: Mutex<Option<u32>> = Mutex::new(None);

impl Editor {
    /// Returns the editor from the environment: `VISUAL`, then `EDITOR`, then `vi` if it exists.
    ///
    /// # Errors
    /// [`EditorError::None`] or [`EditorError::Unclosed`].
    pub fn of(env: &Env) -> Result<Self, EditorError> {
        for (name, value) in [("VISUAL", &env.visual), ("EDITOR", &env.editor)] {
            let words = shell_words::split(value).map_err(|_| EditorError::Unclosed(name))?;
            if let Some((program, arguments)) = words.split_first() {
                return Ok(Self { program: program.clone(), arguments: arguments.to_vec() });
            }
        }
        let is_there = env.path.iter().any(|folder| folder.join("vi").is_file());
        if is_there { Ok(Self { program: "vi".to_owned(), arguments: Vec::new() }) } else { Err(EditorError::None) }
    }

    /// Returns the command without the file.
    #[must_use]
    pub fn name(&self) -> String {
        std::iter::once(&self.program).chain(&self.arguments).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Returns the file name of the program.
    #[must_use]
    pub fn short_name(&self) -> String {
        let name = Path::new(&self.program).file_name();
        name.map_or_else(|| self.program.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// Edits a text and waits until the editor ends. The editor inherits the standard streams, so the terminal must be
    /// released first.
    ///
    /// # Errors
    /// [`EditorError::Start`] or [`EditorError::File`]; the file is removed then as well.
    pub fn edit(&self, text: &str, env: &Env) -> Result<Edited, EditorError> {
        let name = Clock::system().new_id();
        let folder = place(env).join(format!("cairn-{name}"));
        // A unique name, because many editors identify swap files and cursor positions by the name alone.
        let file = folder.join(format!("{name}.md"));
        let made = private_dir(&folder).and_then(|_| write_lines(&file, text));
        if let Err(error) = made {
            let _ = remove_folder(&folder);
            return Err(EditorError::File(error));
        }
        let since = Stopwatch::start();
        let ended = self.run(&file);
        let took = since.elapsed();
        let text = read(&file);
        let end = match ended {
            Ok(status) => end_of(status),
            Err(error) => {
                let _ = wipe(&file).and_then(|()| remove_folder(&folder));
                return Err(EditorError::Start(self.name(), error));
            }
        };
        let _ = wipe(&file);
        let left = match end {
            // Backup copies that the editor made are no longer needed.
            EditorEnd::Well => {
                let _ = remove_folder(&folder);
                None
            }
            // A folder that is not empty is kept.
            EditorEnd::Asked | EditorEnd::Badly(_) => fs::remove_dir(&folder).is_err().then_some(folder),
        };
        Ok(Edited { end, text, took, left })
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door for the program that a person asked for")]
    fn run(&self, file: &Path) -> io::Result<ExitStatus> {
        let mut child: Child = Command::new(&self.program).args(&self.arguments).arg(file).spawn()?;
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(child.id());
        let status = child.wait();
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = None;
        status
    }
}

/// Asks the running editor to exit because the program has to end, and waits for it for a short time.
#[cfg(unix)]
pub fn end_editor() {
    use rustix::process::{Pid, Signal, kill_process};
    let running = || *RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let pid = running().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
    let Some(pid) = pid else { return };
    let _ = kill_process(pid, Signal::TERM);
    let since = Stopwatch::start();
    while running().is_some() && since.elapsed() < FAREWELL {
        super::pause(Duration::from_millis(5));
    }
}

/// Returns the folders of texts that an editor has open now, or had open when the program was killed; the latter were
/// not overwritten.
#[must_use]
pub fn left_texts(env: &Env) -> Vec<PathBuf> {
    let place = place(env);
    let Ok(names) = super::files::list_dir(&place) else { return Vec::new() };
    let ours = |name: &String| {
        name.strip_prefix("cairn-")
            .is_some_and(|id| id.len() == 36 && id.chars().all(|sign| sign.is_ascii_hexdigit() || sign == '-'))
    };
    names.into_iter().filter(ours).map(|name| place.join(name)).filter(|folder| is_private(folder)).collect()
}

/// Returns a folder for private files that no other account can access, if the system has one, or else the folder for
/// temporary files.
fn place(env: &Env) -> PathBuf {
    env.runtime_dir.clone().filter(|folder| is_private(folder)).unwrap_or_else(std::env::temp_dir)
}

#[cfg(unix)]
fn is_private(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let ours = rustix::process::getuid().as_raw();
    fs::symlink_metadata(folder)
        .is_ok_and(|about| about.is_dir() && about.uid() == ours && about.mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    false
}

/// Writes a text with a final line feed, as editors do.
fn write_lines(file: &Path, text: &str) -> io::Result<()> {
    let mut file = create_private_file(file)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")
}

fn read(file: &Path) -> Result<Decoded, FileError> {
    let mut read = decoded(&read_bytes(file, CAP)?);
    if read.text.ends_with('\n') {
        read.text.pop();
    }
    Ok(read)
}

/// Overwrites a file and removes it. If the editor replaced the file instead of writing to it, the old content stays in
/// unnamed blocks on the disk, which cannot be prevented.
fn wipe(file: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(file)?;
    if about.is_file() {
        let mut zeros = OpenOptions::new().write(true).open(file)?;
        io::copy(&mut io::Read::take(io::repeat(0), about.len()), &mut zeros)?;
        File::sync_all(&zeros)?;
    }
    fs::remove_file(file)
}

fn end_of(status: ExitStatus) -> EditorEnd {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        use rustix::process::Signal;
        let asked = [Signal::HUP, Signal::TERM].iter().any(|other| other.as_raw() == signal);
        return if asked { EditorEnd::Asked } else { EditorEnd::Badly(format!("was killed by signal {signal}")) };
    }
    match status.code() {
        Some(0) => EditorEnd::Well,
        Some(code) => EditorEnd::Badly(format!("ended with exit code {code}")),
        None => EditorEnd::Badly("ended badly".to_owned()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Runs a shell command as the editor, with the file as `$1`; also returns what was left in the folder.
    fn edited(script: &str) -> (Result<Edited, EditorError>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let env = Env { runtime_dir: Some(private_dir(folder.path()).expect("private")), ..Env::default() };
        let editor = Env { visual: format!("sh -c '{script}' sh"), ..env.clone() };
        let edited = Editor::of(&editor).expect("a command").edit("Ll\u{177}r\nand I", &env);
        (edited, super::super::list_dir(folder.path()).expect("readable"))
    }

    fn text(script: &str) -> (EditorEnd, String) {
        let (edited, left) = edited(script);
        let edited = edited.expect("it was started");
        assert_eq!(left, [""; 0], "{script}");
        (edited.end, edited.text.map_or_else(|error| error.to_string(), |read| read.text))
    }

    #[test]
    fn what_an_editor_leaves_comes_back_and_its_file_goes() {
        let bad = |how: &str| EditorEnd::Badly(how.to_owned());
        for (script, end, after) in [
            ("true", EditorEnd::Well, "Ll\u{177}r\nand I"),
            ("echo more >> $1", EditorEnd::Well, "Ll\u{177}r\nand I\nmore"),
            ("printf more > $1", EditorEnd::Well, "more"),
            ("stat -c %a $1 > $1.x; mv $1.x $1", EditorEnd::Well, "600"),
            (": > $1", EditorEnd::Well, ""),
            ("rm $1", EditorEnd::Well, "the file does not exist"),
            ("printf \"caf\\351\" > $1", EditorEnd::Well, "caf\u{e9}"),
            ("rm $1; mkdir $1", EditorEnd::Well, "it is not a regular file"),
            ("head -c 10000000 /dev/zero > $1", EditorEnd::Well, "the file is larger than 4096 KiB"),
            ("cp $1 $1~", EditorEnd::Well, "Ll\u{177}r\nand I"),
            ("echo x > $1; exit 3", bad("ended with exit code 3"), "x"),
            ("kill -9 $$", bad("was killed by signal 9"), "Ll\u{177}r\nand I"),
            // Not HUP, which is ignored by programs started by `nohup`.
            ("echo saved > $1; kill -TERM $$", EditorEnd::Asked, "saved"),
        ] {
            assert_eq!(text(script), (end, after.to_owned()), "{script}");
        }
    }

    #[test]
    fn what_a_crashed_editor_keeps_for_its_recovery_stays_and_is_told() {
        let (edited, left) = edited("echo unsaved > $1.swp; kill -9 $$");
        let edited = edited.expect("it was started");
        let folder = edited.left.expect("it is told");
        assert_eq!(left, [folder.file_name().expect("a name").to_string_lossy()]);
        let (edited, left) = super::tests::edited("exit 1");
        assert!(edited.expect("it was started").left.is_none() && left.is_empty());
    }

    #[test]
    fn commands_are_split_as_a_shell_does_and_what_is_missing_is_said() {
        let of = |visual: &str, editor: &str| {
            Editor::of(&Env { visual: visual.to_owned(), editor: editor.to_owned(), ..Env::default() })
        };
        assert_eq!(of("code --wait", "nano").expect("a command").name(), "code --wait");
        assert_eq!(of(" ", "'/my editor' -x").expect("a command").program, "/my editor");
        let said = |result: Result<Editor, EditorError>| result.expect_err("none").to_string();
        assert_eq!(said(of("", "'vi")), "EDITOR is not a command, because a quotation mark is not closed.");
        assert!(said(of("", "")).starts_with("There is no editor. Set VISUAL or EDITOR"));
        let missing = of("/nowhere/vi -x", "").expect("a command").edit("", &Env::default());
        assert!(missing.expect_err("not there").to_string().starts_with("/nowhere/vi -x could not be started: "));
    }
}

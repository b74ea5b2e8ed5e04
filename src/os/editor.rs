//! A person's own editor on a text. The text is private: its file lies in a folder that only this account may enter, and
//! is overwritten and removed afterwards. What an editor itself writes beside it or elsewhere (a swap file, a history of
//! its own) is the editor's business; what a crashed one left for its own recovery stays where it is and is told.

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

/// Most bytes read back.
const CAP: u64 = 4 * 1024 * 1024;
/// How long an editor that was asked to end may take for it.
const FAREWELL: Duration = Duration::from_secs(2);

/// Which program, with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// Why there is none, or what went wrong with it. Each is a whole sentence.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Nothing is set, and the usual one is not there.
    #[error("There is no editor: set VISUAL or EDITOR to the one you use, like EDITOR=nano.")]
    None,
    /// What is set cannot be read as a command.
    #[error("{0} is no command: a quotation mark is not closed.")]
    Unclosed(&'static str),
    /// It is not there, or may not be started.
    #[error("{0} could not be started: {1}.")]
    Start(String, io::Error),
    /// The file for it could not be made.
    #[error("A file for the editor could not be made: {0}.")]
    File(io::Error),
}

/// How an editor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorEnd {
    /// By itself and well.
    Well,
    /// The system asked it to: a window was closed, the machine goes down.
    Asked,
    /// Badly; how, to follow its name: `ended with exit code 1`.
    Badly(String),
}

/// What came of it.
#[derive(Debug)]
pub struct Edited {
    /// How it ended.
    pub end: EditorEnd,
    /// What stands in the file now.
    pub text: Result<Decoded, FileError>,
    /// How long it took.
    pub took: Duration,
    /// A folder in which a crashed editor left something of its own.
    pub left: Option<PathBuf>,
}

/// The editor that runs, if one does.
static RUNNING: Mutex<Option<u32>> = Mutex::new(None);

impl Editor {
    /// The one that the environment asks for: `VISUAL`, then `EDITOR`, then `vi` where there is one.
    ///
    /// # Errors
    /// [`EditorError::None`], [`EditorError::Unclosed`].
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

    /// As it was asked for, without the file.
    #[must_use]
    pub fn name(&self) -> String {
        std::iter::once(&self.program).chain(&self.arguments).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The name of the program alone.
    #[must_use]
    pub fn short_name(&self) -> String {
        let name = Path::new(&self.program).file_name();
        name.map_or_else(|| self.program.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// Hands it a text and the terminal, and waits. Standard streams are ours: leave the terminal to it before.
    ///
    /// # Errors
    /// [`EditorError::Start`], [`EditorError::File`]; the file is removed then, too.
    pub fn edit(&self, text: &str, env: &Env) -> Result<Edited, EditorError> {
        let name = Clock::system().new_id();
        let folder = place(env).join(format!("cairn-{name}"));
        // A name of its own: many editors keep swap files and positions by the name alone.
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
            // Copies that an editor keeps of what it has written are worth nothing to anybody any more.
            EditorEnd::Well => {
                let _ = remove_folder(&folder);
                None
            }
            // A folder that is not empty stays.
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

/// Asks the editor that runs to end, because we have to, and gives it and whoever waits for it a moment.
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

/// A folder for private files that no other account can look into, if the system has one; else where temporary files go.
/// Folders of texts that an editor has open now, or had when this program was killed: then nobody overwrote them.
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

/// Text with a line feed at its end, as editors expect and write it.
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

/// Overwrites and removes it. An editor that wrote a new file instead of into this one has left the old text on the disk,
/// unnamed; that is beyond us.
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

    /// Runs a line of shell as the editor, with the file as `$1`; says what was left in the folder afterwards, too.
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
            // Not HUP, which is ignored in what `nohup` started.
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
        assert_eq!(said(of("", "'vi")), "EDITOR is no command: a quotation mark is not closed.");
        assert!(said(of("", "")).starts_with("There is no editor: set VISUAL or EDITOR"));
        let missing = of("/nowhere/vi -x", "").expect("a command").edit("", &Env::default());
        assert!(missing.expect_err("not there").to_string().starts_with("/nowhere/vi -x could not be started: "));
    }
}

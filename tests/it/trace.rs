//! Reads a log of `strace`: the calls that change the disk, and the program's output.

#![expect(clippy::disallowed_methods, reason = "another program is started on ours")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::binary::Cairn;
use crate::disk::Call;

const CALLS: &str = "trace=openat,open,creat,write,pwrite64,writev,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,\
    unlink,unlinkat,rmdir,mkdir,mkdirat";

/// The events, in order.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Disk(Call),
    /// Text on standard output.
    Said(String),
    /// A new process starts.
    Begins,
}

/// Returns whether `strace` is available and may trace; reports the test as skipped if not.
pub(crate) fn can_trace(test: &str) -> bool {
    let works = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let works = works.is_ok_and(|status| status.success());
    if !works {
        crate::binary::skipped(test, "strace is not there, or may not trace");
    }
    works
}

/// Runs the program under `strace` and returns the events.
pub(crate) fn traced(cairn: &Cairn, args: &[&str], input: &str) -> Vec<Event> {
    let log = cairn.path("trace.log");
    let program = cairn.command(args);
    let mut command = Command::new("strace");
    command.args(["-f", "-s", "4000000", "-xx", "-e", CALLS, "-e", "signal=none", "-o"]).arg(&log);
    command.arg(program.get_program()).args(program.get_args()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(cairn.path("")).stdin(fs::File::open(cairn.file("stdin", input)).expect("readable"));
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("strace starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let mut events = vec![Event::Begins];
    events.extend(read(&fs::read_to_string(&log).expect("readable"), &cairn.path("")));
    events
}

/// Parses lines such as `812 pwrite64(4, "\x00…", 4096, 0) = 4096`. A call that another thread interrupted takes two
/// lines.
fn read(log: &str, here: &Path) -> Vec<Event> {
    let mut unfinished: BTreeMap<&str, String> = BTreeMap::new();
    let mut events = Vec::new();
    for line in log.lines() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            unfinished.insert(pid, begun.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            Some((_, end)) => format!("{}{end}", unfinished.remove(pid).unwrap_or_default()),
            None => rest.to_owned(),
        };
        events.extend(event(&whole, here));
    }
    events
}

fn event(line: &str, here: &Path) -> Option<Event> {
    let (call, result) = line.rsplit_once(" = ")?;
    let result: i64 = result.split_whitespace().next()?.parse().ok().filter(|result| *result >= 0)?;
    let (name, arguments) = call.trim_end().strip_suffix(')')?.split_once('(')?;
    let arguments: Vec<&str> = arguments.split(", ").collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<i64>().ok());
    let size = |at: usize| number(at).and_then(|number| usize::try_from(number).ok());
    let path = |at: usize| -> Option<PathBuf> {
        let bytes = quoted(arguments.get(at)?)?;
        Some(here.join(String::from_utf8(bytes).ok()?))
    };
    let call = match name {
        "openat" | "open" | "creat" => {
            let at = usize::from(name == "openat");
            let flags = arguments.get(at + 1).copied().unwrap_or_default();
            let make = flags.contains("O_CREAT") || name == "creat";
            Call::Open { handle: result, path: path(at)?, make, empty: flags.contains("O_TRUNC") || name == "creat" }
        }
        "write" if number(0)? == 1 => {
            return Some(Event::Said(String::from_utf8_lossy(&quoted(arguments.get(1)?)?).into_owned()));
        }
        "write" => Call::Write { handle: number(0)?, at: None, bytes: taken(arguments.get(1)?, result)? },
        "pwrite64" => Call::Write { handle: number(0)?, at: Some(size(3)?), bytes: taken(arguments.get(1)?, result)? },
        "lseek" => Call::Seek { handle: number(0)?, to: usize::try_from(result).ok()? },
        "ftruncate" => Call::Cut { handle: number(0)?, length: size(1)? },
        "fsync" | "fdatasync" => Call::Flush { handle: number(0)? },
        "rename" => Call::Rename { from: path(0)?, to: path(1)? },
        "renameat" | "renameat2" => Call::Rename { from: path(1)?, to: path(3)? },
        "unlink" | "rmdir" => Call::Remove { path: path(0)? },
        "unlinkat" => Call::Remove { path: path(1)? },
        "mkdir" => Call::MakeFolder { path: path(0)? },
        "mkdirat" => Call::MakeFolder { path: path(1)? },
        other => panic!("{other} was traced and is not understood"),
    };
    Some(Event::Disk(call))
}

/// Decodes a hexadecimal text and truncates it to the number of bytes that the system accepted.
fn taken(text: &str, result: i64) -> Option<Vec<u8>> {
    let mut bytes = quoted(text)?;
    bytes.truncate(usize::try_from(result).ok()?);
    Some(bytes)
}

fn quoted(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    inner.split("\\x").skip(1).map(|two| u8::from_str_radix(two, 16).ok()).collect()
}

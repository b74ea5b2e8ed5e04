//! Asking for something that must not be seen: from a terminal that does not show it, or from a file descriptor that a script
//! passes. Never from an argument or the environment, where other programs can read along.

use std::fs::File;
use std::io::{self, Read, Write};

use zeroize::Zeroizing;

/// More than any passphrase or key has, in bytes.
const MOST: usize = 4096;

/// Lines from a file descriptor.
#[derive(Debug)]
pub struct SecretLines(Box<File>);

impl SecretLines {
    /// Opens a file descriptor that whoever started us has left open.
    ///
    /// # Errors
    /// When there is none of this number, or the system has none.
    pub fn of(descriptor: u32) -> io::Result<Self> {
        if cfg!(not(unix)) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Ok(Self(Box::new(File::open(format!("/dev/fd/{descriptor}"))?)))
    }

    /// The next line, without its end; `None` when there is none any more.
    ///
    /// # Errors
    /// When it is too long or no text, or what the system said.
    pub fn next_line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        let mut line = Zeroizing::new(Vec::with_capacity(MOST));
        let mut byte = Zeroizing::new([0_u8; 1]);
        // One byte at a time: what comes after the line is not ours to take.
        while self.0.read(byte.as_mut())? == 1 {
            match byte[0] {
                b'\n' => return text(&mut line).map(Some),
                _ if line.len() == MOST => return Err(io::ErrorKind::InvalidData.into()),
                other => line.push(other),
            }
        }
        if line.is_empty() { Ok(None) } else { text(&mut line).map(Some) }
    }
}

fn text(line: &mut Zeroizing<Vec<u8>>) -> io::Result<Zeroizing<String>> {
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let text = std::str::from_utf8(line).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Asks on the terminal, whatever standard input and output are; what is typed is not shown. `None` when it was given up.
///
/// # Errors
/// When there is no terminal.
#[cfg(unix)]
pub fn ask_secret(prompt: &str) -> io::Result<Option<Zeroizing<String>>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let before = tcgetattr(&terminal)?;
    let mut quiet = before.clone();
    // Also without signals: ctrl-c must not end us while the terminal is quiet.
    quiet.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    tcsetattr(&terminal, OptionalActions::Flush, &quiet)?;
    let typed = terminal.write_all(prompt.as_bytes()).and_then(|()| read_keys(&mut terminal));
    let back = tcsetattr(&terminal, OptionalActions::Flush, &before);
    let _ = terminal.write_all(b"\n");
    back?;
    typed
}

/// A terminal on standard input that does not show what is typed, until this is dropped.
#[derive(Debug)]
pub struct Quiet {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

/// Makes the terminal on standard input quiet. Lines are still edited and signals still heard.
#[must_use]
pub fn quiet_terminal() -> Quiet {
    #[cfg(unix)]
    {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(rustix::stdio::stdin()).ok();
        if let Some(mut quiet) = before.clone() {
            quiet.local_modes &= !LocalModes::ECHO;
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &quiet);
        }
        Quiet { before }
    }
    #[cfg(not(unix))]
    Quiet {}
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.before {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, before);
        }
    }
}

/// Where there is no such terminal.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn ask_secret(_: &str) -> io::Result<Option<Zeroizing<String>>> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn read_keys(terminal: &mut impl Read) -> io::Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(MOST));
    let mut byte = Zeroizing::new([0_u8; 1]);
    loop {
        if terminal.read(byte.as_mut())? == 0 {
            return Ok(None);
        }
        match byte[0] {
            b'\n' | b'\r' => return text(&mut line).map(Some),
            // ctrl-c, ctrl-d, escape
            3 | 4 | 27 => return Ok(None),
            // ctrl-u
            21 => line.clear(),
            8 | 127 => {
                // The bytes of one letter.
                while line.pop().is_some_and(|last| last & 0xc0 == 0x80) {}
            }
            other if line.len() < MOST => line.push(other),
            _ => {}
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Option<String> {
        read_keys(&mut keys.as_bytes()).expect("readable").map(|line| line.to_string())
    }

    #[test]
    fn keys_are_read_as_a_line_that_can_be_corrected_and_given_up() {
        assert_eq!(typed("four words\r").as_deref(), Some("four words"));
        assert_eq!(typed("caf\u{e9}\u{7f}\u{7f}fe\n").as_deref(), Some("cafe"));
        assert_eq!(typed("wrong\u{15}right\n").as_deref(), Some("right"));
        assert_eq!(typed("four\u{3}"), None);
        assert_eq!(typed("four"), None);
    }

    #[test]
    fn lines_are_read_one_at_a_time() {
        use std::os::fd::AsRawFd;
        let (read, mut write) = io::pipe().expect("a pipe can be made");
        write.write_all(b"one\r\ntwo").expect("it takes it");
        drop(write);
        let number = u32::try_from(read.as_raw_fd()).expect("a number");
        let mut lines = SecretLines::of(number).expect("it is open");
        let mut next = || lines.next_line().expect("readable").map(|line| line.to_string());
        assert_eq!((next().as_deref(), next().as_deref(), next()), (Some("one"), Some("two"), None));
    }
}

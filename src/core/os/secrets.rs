//! Input of secrets: from a terminal without echo, or from a file descriptor passed by a script. Never from an argument
//! or the environment, which other programs can read.

use std::fs::File;
use std::io::{self, Read, Write};

use zeroize::Zeroizing;

/// Maximum length in bytes; every passphrase and key is shorter.
const MOST: usize = 4096;

/// Lines from a file descriptor.
#[derive(Debug)]
pub struct SecretLines(Box<File>);

impl SecretLines {
    /// Opens a file descriptor that the parent process left open.
    ///
    /// # Errors
    /// Returns an error if it is not open or the system has no file descriptors.
    pub fn of(descriptor: u32) -> io::Result<Self> {
        if cfg!(not(unix)) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Ok(Self(Box::new(File::open(format!("/dev/fd/{descriptor}"))?)))
    }

    /// Reads the next line without its line end; `None` at the end.
    ///
    /// # Errors
    /// Returns an error if the line is too long or not text, or the error of the operating system.
    pub fn next_line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        let mut line = Zeroizing::new(Vec::with_capacity(MOST));
        let mut byte = Zeroizing::new([0_u8; 1]);
        // One byte at a time, so that nothing after the line is consumed.
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

/// Asks for a secret on the terminal without echo, whatever standard input and output are. `None` if the user cancels.
///
/// # Errors
/// Returns an error if there is no terminal.
#[cfg(unix)]
pub fn ask_secret(prompt: &str) -> io::Result<Option<Zeroizing<String>>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let before = tcgetattr(&terminal)?;
    let mut quiet = before.clone();
    // Signals are off as well, so that Ctrl-C cannot end the program while echo is off.
    quiet.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    tcsetattr(&terminal, OptionalActions::Flush, &quiet)?;
    let typed = terminal.write_all(prompt.as_bytes()).and_then(|()| read_keys(&mut terminal));
    let back = tcsetattr(&terminal, OptionalActions::Flush, &before);
    let _ = terminal.write_all(b"\n");
    back?;
    typed
}

/// Keeps the echo of the terminal on standard input off until it is dropped.
#[derive(Debug)]
pub struct Quiet {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

/// Turns off the echo of the terminal on standard input. Line editing and signals still work.
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

/// Not supported on this system.
///
/// # Errors
/// Always returns an error.
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
            // Ctrl-C, Ctrl-D, Escape
            3 | 4 | 27 => return Ok(None),
            // Ctrl-U
            21 => line.clear(),
            8 | 127 => {
                // Removes all bytes of one character.
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

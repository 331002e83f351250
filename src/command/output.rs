//! What the command writes, and how it ends.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// A seed or a check failed.
pub const FAILED: u8 = 1;

/// Bad usage, or there is nothing to work with.
pub const UNUSABLE: u8 = 2;

/// The end of a command that did not come to a good one.
#[derive(Debug)]
pub struct Ending {
    code: u8,
    message: Option<String>,
}

impl Ending {
    /// Something failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { code: FAILED, message: Some(message.into()) }
    }

    /// What was asked for can't be done.
    pub fn unusable(message: impl Into<String>) -> Self {
        Self { code: UNUSABLE, message: Some(message.into()) }
    }

    /// All was said already.
    #[must_use]
    pub fn silent(code: u8) -> Self {
        Self { code, message: None }
    }

    /// With something to say.
    #[must_use]
    pub fn with_message(self, message: String) -> Self {
        Self { message: Some(message), ..self }
    }

    /// Says it, and gives the exit code.
    #[must_use]
    pub fn tell(&self) -> ExitCode {
        if let Some(message) = &self.message {
            let _ = writeln!(io::stderr(), "error: {message}");
        }
        ExitCode::from(self.code)
    }
}

/// Writes a file that is never seen half written: whoever waits for it reads it as soon as it is there.
///
/// # Errors
/// If it can't be written.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // what could not be put in place is of no use beside it
        let _ = fs::remove_file(&part);
    }
    written
}

/// Writes to standard output, which may be closed: then there is nobody to tell.
///
/// # Errors
/// If it can't be written for another reason.
pub fn say(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !io::stdout().is_terminal() => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}

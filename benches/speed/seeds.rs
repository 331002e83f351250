//! Seeds of any size, written to files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Fallible;
use crate::wire::{PROJECT_ID, SECRET, user_id};

/// A seed of the built-in project with so many users; each has three sessions, and begins with the member that
/// `first_member` gives them.
pub fn write(name: &str, users: usize, first_member: impl Fn(usize) -> &'static str) -> Fallible<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    writeln!(file, r#"{{"projects": [{{"project_id": "{PROJECT_ID}", "secrets": ["{SECRET}"], "users": ["#)?;
    for number in 0..users {
        let comma = if number + 1 < users { "," } else { "" };
        writeln!(file, "{}{comma}", user(number, first_member(number)))?;
    }
    writeln!(file, "]}}]}}")?;
    file.flush()?;
    Ok(path)
}

/// A seed of so many users, with nothing wrong in it.
pub fn of_users(users: usize) -> Fallible<PathBuf> {
    write(&format!("{users}-users.json"), users, |_| "")
}

/// A user's entry.
pub fn user(number: usize, first_member: &str) -> String {
    let session = |which: usize| {
        format!(r#"{{"session_id":"session-test-00000000-0000-4000-8000-{:012x}","expires_at":"+24h"}}"#, 3 * number + which)
    };
    let sessions = [session(0), session(1), session(2)].join(",");
    format!(r#"{{{first_member}"user_id":"{}","sessions":[{sessions}]}}"#, user_id(number))
}

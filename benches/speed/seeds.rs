//! Seeds of any size, written to files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Fallible;
use crate::wire::{PROJECT_ID, SECRET, user_id};

/// A seed of the built-in project with so many users, each as `user` writes them.
pub fn write(name: &str, users: usize, user: impl Fn(usize) -> String) -> Fallible<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    writeln!(file, r#"{{"projects": [{{"project_id": "{PROJECT_ID}", "secrets": ["{SECRET}"], "users": ["#)?;
    for number in 0..users {
        let comma = if number + 1 < users { "," } else { "" };
        writeln!(file, "{}{comma}", user(number))?;
    }
    writeln!(file, "]}}]}}")?;
    file.flush()?;
    Ok(path)
}

/// A seed of so many users with so many sessions each, and nothing wrong in it.
pub fn of_users(users: usize, sessions: usize) -> Fallible<PathBuf> {
    write(&format!("{users}-users-{sessions}.json"), users, |number| user(number, sessions, ""))
}

/// The entry of a user with so many sessions; it begins with `first_member`.
pub fn user(number: usize, sessions: usize, first_member: &str) -> String {
    let session = |which: usize| {
        format!(
            r#"{{"session_id":"session-test-00000000-0000-4000-8000-{:012x}","expires_at":"+24h"}}"#,
            sessions * number + which
        )
    };
    let sessions = (0..sessions).map(session).collect::<Vec<_>>().join(",");
    format!(r#"{{{first_member}"user_id":"{}","sessions":[{sessions}]}}"#, user_id(number))
}

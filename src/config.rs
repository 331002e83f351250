//! Validated settings, each default in one place, and the seed's sources read from where they lie.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::bucket::{Period, RateLimit, RateSetting};
use crate::domain::timestamp::Timestamp;
use crate::smtp::SmtpServer;
use crate::tls::dns_name::CertificateName;
use crate::wire::profile::WireProfile;
use crate::wire::seed;
use crate::wire::seed::report::Source;

/// Where the emulator listens unless told otherwise.
pub const DEFAULT_HOST: &str = "127.0.0.1";

/// The port it listens on unless told otherwise.
pub const DEFAULT_PORT: u16 = 7898;

/// The bucket of a project that has none of its own: always applied, never in a test suite's way.
pub const DEFAULT_RATE_LIMIT: &str = "10000/s";

/// How many requests each project's journal keeps unless told otherwise.
pub const DEFAULT_JOURNAL: usize = 1_000;

/// A seed larger than this is refused unread, in bytes.
pub const MAX_SEED_BYTES: u64 = 1 << 30;

/// How credentials are checked (`--auth`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuthMode {
    /// As the real service does.
    #[default]
    Strict,
    /// Any Basic credentials do: those that name a project speak for it, all others for the first.
    Any,
}

/// What an emulator needs to know beside its seed.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Settings {
    /// The face it shows.
    pub wire: WireProfile,
    /// How strictly it checks credentials.
    pub auth: AuthMode,
    /// The bucket of projects that have none of their own.
    pub rate_limit: RateSetting,
    /// Where the clock is frozen; wins over a seed's own.
    pub clock: Option<Timestamp>,
    /// What ids are drawn from, if they are to repeat.
    pub id_seed: Option<u64>,
    /// Whether `/__mock` is there.
    pub control: bool,
    /// More hosts by which `/__mock` may be asked for; a web page of another site could have no name of them.
    pub control_hosts: Vec<CertificateName>,
    /// Whether unknown credentials of the vendor's form get a project of their own.
    pub auto_projects: bool,
    /// Whether refusals say why in a header.
    pub explain: bool,
    /// How many requests each project's journal keeps; 0 keeps none.
    pub journal: usize,
    /// Whether the journal keeps bodies.
    pub journal_bodies: bool,
    /// Whether the vendor's sandbox values work, in projects of the test environment.
    pub sandbox: bool,
    /// Where e-mails go beside the outbox.
    pub smtp: Option<SmtpServer>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            wire: WireProfile::default(),
            auth: AuthMode::default(),
            rate_limit: RateLimit::new(10_000, Period::Second, None).map_or(RateSetting::Off, RateSetting::Limited),
            clock: None,
            id_seed: None,
            control: true,
            control_hosts: Vec::new(),
            auto_projects: false,
            explain: true,
            journal: DEFAULT_JOURNAL,
            journal_bodies: false,
            sandbox: true,
            smtp: None,
        }
    }
}

/// Why a seed can't be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file or folder can't be opened.
    #[error("--seed {}: {error}", path.display())]
    Unreadable {
        /// What was asked for.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// There is nothing in the folder.
    #[error("--seed {}: there is no .json file in this folder", .0.display())]
    EmptyFolder(PathBuf),
    /// It is larger than any seed should be.
    #[error("--seed {}: it is larger than {} MiB; that is no seed, or it wants to be several", .0.display(), MAX_SEED_BYTES >> 20)]
    TooLarge(PathBuf),
    /// It is not text.
    #[error("--seed {}: it is not UTF-8 (the first odd byte is at offset {offset})", path.display())]
    NotText {
        /// What was asked for.
        path: PathBuf,
        /// Where the text ends.
        offset: usize,
    },
}

/// Reads the sources that `--seed` and `--seed-json` name; the built-in seed if they name none.
///
/// # Errors
/// At the first path that can't be read.
pub fn read_sources(paths: &[PathBuf], inline: Option<&str>) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Source { name: "standard input".to_owned(), text: read_text(path, io::stdin(), 0)? });
            continue;
        }
        for file in files(path)? {
            let opened = fs::File::open(&file).map_err(|error| unreadable(&file, error))?;
            let bytes = opened.metadata().map_or(0, |about| about.len());
            sources.push(Source { name: file.display().to_string(), text: read_text(&file, opened, bytes)? });
        }
    }
    if let Some(json) = inline {
        sources.push(Source { name: "--seed-json".to_owned(), text: json.to_owned() });
    }
    if sources.is_empty() {
        sources.push(built_in());
    }
    Ok(sources)
}

/// The seeds of a folder that may as well be empty or absent (`--seed-dir`): what the image looks at, since nobody has
/// to mount one.
///
/// # Errors
/// If it is there and can't be read.
pub fn seeds_if_any(folder: &Path) -> Result<Vec<PathBuf>, SourceError> {
    match files(folder) {
        Err(SourceError::EmptyFolder(_)) => Ok(Vec::new()),
        Err(SourceError::Unreadable { error, .. }) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        found => found,
    }
}

/// The seed that is built into the program.
#[must_use]
pub fn built_in() -> Source {
    Source { name: "the built-in seed".to_owned(), text: seed::BUILT_IN.to_owned() }
}

/// A file itself; of a folder its `.json` files by name, but for JSON Schemas.
fn files(path: &Path) -> Result<Vec<PathBuf>, SourceError> {
    if !fs::metadata(path).map_err(|error| unreadable(path, error))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let is_seed = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".schema.json") && !name.starts_with('.')
    };
    let entries = fs::read_dir(path).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    let mut files: Vec<PathBuf> = entries.map_err(|error| unreadable(path, error))?.into_iter().filter(is_seed).collect();
    files.sort();
    if files.is_empty() {
        return Err(SourceError::EmptyFolder(path.to_owned()));
    }
    Ok(files)
}

/// Reads a text of about so many `bytes`.
fn read_text(path: &Path, from: impl Read, bytes: u64) -> Result<String, SourceError> {
    let mut bytes = Vec::with_capacity(usize::try_from(bytes.min(MAX_SEED_BYTES)).unwrap_or(0));
    from.take(MAX_SEED_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, error))?;
    if bytes.len() as u64 > MAX_SEED_BYTES {
        return Err(SourceError::TooLarge(path.to_owned()));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| SourceError::NotText { path: path.to_owned(), offset: error.utf8_error().valid_up_to() })?;
    // what some editors put in front
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unreadable(path: &Path, error: io::Error) -> SourceError {
    SourceError::Unreadable { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_rate_is_the_documented_one() {
        assert_eq!(Settings::default().rate_limit.to_string(), DEFAULT_RATE_LIMIT);
    }

    #[test]
    fn a_seed_folder_may_be_absent_or_empty_but_not_unreadable() {
        let found = |path: &str| seeds_if_any(Path::new(path)).map(|files| files.len()).map_err(|error| error.to_string());
        assert_eq!(found("no/such/folder"), Ok(0));
        assert_eq!(found("src"), Ok(0));
        assert!(found("seed").is_ok_and(|files| files > 0));
        assert!(found("Cargo.toml/seed").is_err_and(|message| message.contains("Cargo.toml/seed")));
    }
}

//! A text that is to be read as a seed.

/// A text that is to be read as a seed, and the name by which messages call it.
#[derive(Debug, Clone)]
pub struct Source {
    /// A file's path, `--seed-json`, `standard input`, `the body`.
    pub name: String,
    /// The JSON.
    pub text: String,
}

//! The runtime that the commands run on.

use tokio::runtime::{Builder, Runtime};

/// Starts it, with a thread for each core.
///
/// # Errors
/// That the system gives it no threads, in a sentence.
pub fn start() -> Result<Runtime, String> {
    Builder::new_multi_thread().enable_all().build().map_err(|error| format!("the runtime can't start: {error}"))
}

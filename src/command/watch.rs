//! `--watch`: starts the world over when a seed changes. A bad edit is reported and changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tracing::{error, info};

use crate::app::App;
use crate::system::Stopwatch;
use crate::wire::seed::report::Source;

/// How long nothing may have changed before a seed is read again: an editor writes a file in several steps.
const DEBOUNCE: Duration = Duration::from_millis(100);

/// The longest that changes are waited out: something else may be written to the folder all the time, such as a log.
const MAX_DEBOUNCE: Duration = Duration::from_millis(500);

/// Watches the seeds of an emulator until what it returns is dropped. `read` reads them, and `loaded` is what they were when
/// the emulator started.
///
/// # Errors
/// If a seed can't be watched.
pub fn start(
    app: Arc<App>,
    paths: &[PathBuf],
    loaded: Vec<Source>,
    read: impl Fn() -> Result<Vec<Source>, String> + Send + 'static,
) -> Result<RecommendedWatcher, String> {
    let (changed, changes) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // nobody listens any more only when the process ends
            let _ = changed.send(());
        }
    });
    let mut watcher = watcher.map_err(|error| format!("--watch: {error}"))?;
    for path in paths {
        if path.as_os_str() == "-" {
            return Err("--watch: standard input can't be watched; give --seed a file".to_owned());
        }
        // of a file its folder is watched: an editor puts another file in its place
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new(".")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let watched = watcher.watch(folder, RecursiveMode::NonRecursive);
        watched.map_err(|error| format!("--watch: {}: {error}", folder.display()))?;
    }
    std::thread::spawn(move || follow(&app, &changes, &loaded, &read));
    Ok(watcher)
}

fn follow(app: &App, changes: &Receiver<()>, loaded: &[Source], read: &dyn Fn() -> Result<Vec<Source>, String>) {
    let texts = |sources: &[Source]| -> Vec<String> { sources.iter().map(|source| source.text.clone()).collect() };
    let mut known = texts(loaded);
    loop {
        // at first, too: a seed may have changed before it was watched; later, another file of its folder may have
        match read() {
            Ok(sources) if texts(&sources) == known => {}
            Ok(sources) => match app.reload(&sources) {
                Ok(counts) => {
                    known = texts(&sources);
                    info!(%counts, "the seed changed: the world starts over");
                }
                Err(error) => error!(%error, "the seed changed, and is wrong; the old world stays"),
            },
            Err(error) => error!(%error, "a seed can't be read; the old world stays"),
        }
        if changes.recv().is_err() {
            return;
        }
        let waited = Stopwatch::start();
        while waited.elapsed() < MAX_DEBOUNCE && changes.recv_timeout(DEBOUNCE).is_ok() {}
    }
}

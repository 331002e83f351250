//! The command's log: events of the library, written to standard error in the format that was asked for. The
//! library itself installs nothing.

use std::io::{self, IsTerminal};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;

use super::cli::LogFormat;

/// Starts the log. A panic becomes an event of it.
pub fn start(format: Option<LogFormat>) {
    let terminal = io::stderr().is_terminal();
    let format = format.unwrap_or(if terminal { LogFormat::Pretty } else { LogFormat::Json });
    let builder = fmt().with_max_level(LevelFilter::INFO).with_writer(io::stderr).with_target(false);
    match format {
        LogFormat::Pretty => builder.with_ansi(terminal).compact().init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
        LogFormat::Off => return,
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a bug in the emulator: please report it")));
}

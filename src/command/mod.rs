//! The command: flags, settings, socket, ready line, exit code. Everything else is the library.

mod banner;
mod cli;
mod healthcheck;
mod telemetry;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::App;
use crate::config;
use crate::emulator::Problems;
use crate::server::Server;
use crate::wire::seed;
use crate::wire::seed::report::Source;
use cli::{Command, SeedArgs, ServeArgs};

/// A seed or a check failed.
const FAILED: u8 = 1;

/// Runs the program with the arguments and the environment of its process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match cli.command {
        None => serve(&cli.serve),
        Some(Command::Serve(args)) => serve(&args),
        Some(Command::Validate(args)) => validate(&args),
        Some(Command::Schema) => say(&seed::schema::document()),
        Some(Command::Healthcheck(args)) => healthcheck::ask(&args.host, args.port).map_err(|error| error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(io::stderr(), "error: {message}");
            ExitCode::from(FAILED)
        }
    }
}

fn serve(args: &ServeArgs) -> Result<(), String> {
    let sources = sources(&args.seed)?;
    let app = App::new(args.settings(), &sources).map_err(|problems| Problems(&problems).to_string())?;
    telemetry::start(args.log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the runtime can't start: {error}"))?;
    runtime.block_on(async {
        let app = Arc::new(app);
        let bound = Server::bind(&args.host, args.port, Arc::clone(&app)).await;
        let server = bound.map_err(|error| cannot_listen(args, &error))?;
        let address = server.local_addr().map_err(|error| format!("the socket has no address: {error}"))?;
        let stopped = stop_signal().map_err(|error| format!("signals can't be received: {error}"))?;
        let base_url = banner::base_url(&args.host, address.port());
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        say(&banner::ready(&base_url, &app, &names))?;
        if let Some(path) = &args.ready_file {
            fs::write(path, &base_url).map_err(|error| format!("--ready-file {}: {error}", path.display()))?;
        }
        server.run(stopped).await;
        Ok(())
    })
}

fn validate(args: &SeedArgs) -> Result<(), String> {
    let sources = sources(args)?;
    let app = App::new(config::Settings::default(), &sources).map_err(|problems| Problems(&problems).to_string())?;
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    say(&format!("{}: fine ({})\n", names.join(", "), app.boot_counts()))
}

/// The seeds that were named, those that lie in the optional folder, and the one given in place.
fn sources(args: &SeedArgs) -> Result<Vec<Source>, String> {
    let mut paths = args.paths();
    if let Some(folder) = &args.seed_dir {
        paths.extend(config::seeds_if_any(folder).map_err(|error| error.to_string())?);
    }
    config::read_sources(&paths, args.inline()).map_err(|error| error.to_string())
}

fn cannot_listen(args: &ServeArgs, error: &io::Error) -> String {
    let (host, port) = (&args.host, args.port);
    let remedy = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "; something listens there already: choose another --port (STYTCH_MOCK_PORT), 0 for a free one"
        }
        io::ErrorKind::PermissionDenied => {
            "; ports below 1024 are for privileged users: choose another --port (STYTCH_MOCK_PORT)"
        }
        _ => "; check --host (STYTCH_MOCK_HOST)",
    };
    format!("can't listen on {host}:{port}: {error}{remedy}")
}

/// Done at the first SIGTERM or SIGINT.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Writes to standard output, which may be closed: then there is nobody to tell.
fn say(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !io::stdout().is_terminal() => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}

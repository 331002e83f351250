//! The command: flags, settings, socket, ready line, exit code. Everything else is the library.

mod banner;
mod cli;
mod healthcheck;
mod logging;
mod output;
mod record;
mod runtime;
mod stop;
mod target;
mod usage;
mod verify;
mod watch;
mod wire;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use crate::api::operations;
use crate::app::App;
use crate::config;
use crate::emulator::Problems;
use crate::server::{BindError, Server};
use crate::smtp::Mailer;
use crate::system;
use crate::tls::{Tls, ca_directory};
use crate::wire::seed;
use crate::wire::seed::report::Source;
use cli::{CaArgs, Command, SeedArgs, ServeArgs, TlsArgs, ValidateArgs};
use output::{Ending, say, write_whole};

/// Runs the program with the arguments and the environment of its process.
#[must_use]
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs the program with other arguments, the first of which is its name.
#[must_use]
pub fn run_with(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> ExitCode {
    let cli = match usage::parse(arguments.into_iter().map(Into::into)) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match cli.command {
        None => serve(&cli.serve).map_err(Ending::failed),
        Some(Command::Serve(args)) => serve(&args).map_err(Ending::failed),
        Some(Command::Validate(args)) => validate(&args).map_err(Ending::failed),
        Some(Command::Schema) => say(&seed::schema::document()).map_err(Ending::failed),
        Some(Command::Ca(args)) => ca(&args).map_err(Ending::failed),
        Some(Command::Verify(args)) => verify::verify(&args),
        Some(Command::Record(args)) => record::record(&args),
        Some(Command::Healthcheck(args)) => {
            healthcheck::ask(&args.host, args.port).map_err(|error| Ending::failed(error.to_string()))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(),
    }
}

fn serve(args: &ServeArgs) -> Result<(), String> {
    let sources = read_seed(&[], &args.seed)?;
    let app = App::new(args.settings(), &sources, operations::names()).map_err(|problems| Problems(&problems).to_string())?;
    let tls = prepare_tls(&args.tls)?;
    let app = app.with_ca(tls.as_ref().and_then(|(_, tls)| tls.ca_pem.clone()));
    logging::start(args.log);
    let runtime = runtime::start()?;
    runtime.block_on(async {
        let mailer = app.settings().smtp.as_ref().map(Mailer::start);
        let app = Arc::new(app.with_mailer(mailer));
        let mut server = Server::bind(&args.host, args.port, Arc::clone(&app)).await.map_err(cannot_listen)?;
        if let Some((port, tls)) = &tls {
            server = server.with_tls(&args.host, *port, tls).await.map_err(cannot_listen)?;
        }
        let no_address = |error| format!("the socket has no address: {error}");
        let address = server.local_addr().map_err(no_address)?;
        let tls_address = server.tls_addr().map_err(no_address)?;
        let stopped = stop::requested(args.exit_with_stdin).map_err(|error| format!("signals can't be received: {error}"))?;
        let base_url = banner::base_url("http", &args.host, address.port());
        let tls_url = tls_address.map(|address| banner::base_url("https", &args.host, address.port()));
        if let (Some(path), Some(pem)) = (&args.tls.ca_file, app.ca_pem()) {
            fs::write(path, pem).map_err(|error| format!("--ca-file {}: {error}", path.display()))?;
        }
        let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
        // before anybody is told that it is ready, and may edit a seed
        let _watcher = if args.watch {
            let paths: Vec<PathBuf> = args.seed.paths().into_iter().chain(args.seed.seed_dir.clone()).collect();
            let seed = args.seed.clone();
            Some(watch::start(Arc::clone(&app), &paths, sources, move || read_seed(&[], &seed))?)
        } else {
            // nothing of a seed is read again: its text may be large
            drop(sources);
            None
        };
        say(&banner::ready(&base_url, tls_url.as_deref(), &app, &names))?;
        if let Some(path) = &args.ready_file {
            write_whole(path, &base_url).map_err(|error| format!("--ready-file {}: {error}", path.display()))?;
        }
        server.run(stopped).await;
        Ok(())
    })
}

fn validate(args: &ValidateArgs) -> Result<(), String> {
    let sources = read_seed(&args.paths, &args.seed)?;
    let app = App::new(config::Settings::default(), &sources, operations::names())
        .map_err(|problems| Problems(&problems).to_string())?;
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    say(&format!("{}: fine ({})\n", names.join(", "), app.boot_counts()))
}

/// The seeds that were named, those that lie in the optional folder, and the one given in place.
fn read_seed(named: &[PathBuf], args: &SeedArgs) -> Result<Vec<Source>, String> {
    let mut paths = [named, &args.paths()].concat();
    if let Some(folder) = &args.seed_dir {
        paths.extend(config::seeds_if_any(folder).map_err(|error| error.to_string())?);
    }
    config::read_sources(&paths, args.inline()).map_err(|error| error.to_string())
}

/// TLS and its port, if one was asked for.
fn prepare_tls(args: &TlsArgs) -> Result<Option<(u16, Tls)>, String> {
    let Some(port) = args.tls_port else { return Ok(None) };
    let tls = Tls::prepare(&args.settings(), system::machine_time()).map_err(|error| error.to_string())?;
    Ok(Some((port, tls)))
}

fn ca(args: &CaArgs) -> Result<(), String> {
    let pem = match &args.ca_dir {
        Some(folder) => {
            let authority = ca_directory::authority(folder, system::machine_time()).map_err(|error| error.to_string())?;
            authority.pem().to_owned()
        }
        None => healthcheck::ask_for_ca(&args.emulator.host, args.emulator.port).map_err(|error| error.to_string())?,
    };
    say(&pem)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn cannot_listen(error: BindError) -> String {
    let flag = error.flag;
    let variable = cli::variable(flag);
    let remedy = match error.error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("something listens there already: choose another {flag} ({variable}), 0 for a free one")
        }
        io::ErrorKind::PermissionDenied => {
            format!("ports below 1024 are for privileged users: choose another {flag} ({variable})")
        }
        _ => "check --host (STYTCH_MOCK_HOST)".to_owned(),
    };
    format!("{error}; {remedy}")
}

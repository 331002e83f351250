//! Reading the command line: what was typed becomes flags, or an error that names the flag or the variable at fault.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::cli::{Cli, Command, ServeArgs};

/// Reads the command line and the environment.
///
/// # Errors
/// clap's, which knows how to print itself; a value that came out of the environment is traced to its variable.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = Cli::try_parse_from(&arguments).map_err(|error| match error.kind() {
        ErrorKind::InvalidUtf8 => not_text(&arguments),
        _ => name_variable(error),
    })?;
    let serve = match &cli.command {
        None => Some(&cli.serve),
        Some(Command::Serve(args)) => Some(&**args),
        Some(_) => None,
    };
    let checked = serve.map_or(Ok(()), ServeArgs::check);
    checked.map_err(|what| Cli::command().error(ErrorKind::ArgumentConflict, what))?;
    Ok(cli)
}

/// clap says of a value that is not UTF-8 neither what it is nor where it came from.
fn not_text(arguments: &[OsString]) -> clap::Error {
    let mut command = Cli::command();
    let flag = arguments.iter().position(|argument| argument.to_str().is_none()).map(|index| {
        let flag =
            index.checked_sub(1).map(|before| arguments[before].to_string_lossy()).filter(|before| before.starts_with('-'));
        flag.unwrap_or_else(|| arguments[index].to_string_lossy()).into_owned()
    });
    let is_odd = |variable: &&std::ffi::OsStr| std::env::var_os(variable).is_some_and(|value| value.to_str().is_none());
    let variable =
        || command.get_arguments().filter_map(clap::Arg::get_env).find(is_odd).map(|name| name.to_string_lossy().into_owned());
    let name = flag.or_else(variable).unwrap_or_else(|| "an argument".to_owned());
    command.error(ErrorKind::InvalidUtf8, format!("the value of {name} is not UTF-8"))
}

/// Whether a variable holds a value, by itself or in a list.
fn is_part(set: &str, value: &str) -> bool {
    set == value || set.split(',').any(|part| part == value)
}

/// clap names the flag of a bad value, even where no flag was typed.
fn name_variable(mut error: clap::Error) -> clap::Error {
    if !matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return error;
    }
    let (Some(ContextValue::String(flag)), Some(ContextValue::String(value))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::InvalidValue))
    else {
        return error;
    };
    let long = flag.trim_start_matches("--").split([' ', '=']).next().unwrap_or_default().to_owned();
    let command = Cli::command();
    let arguments = command.get_arguments().chain(command.get_subcommands().flat_map(clap::Command::get_arguments));
    let variable = arguments.filter(|argument| argument.get_long() == Some(&long)).find_map(clap::Arg::get_env);
    if let Some(variable) =
        variable.filter(|variable| std::env::var_os(variable).is_some_and(|set| is_part(&set.to_string_lossy(), value)))
    {
        let named = format!("{flag} (from {})", variable.to_string_lossy());
        error.insert(ContextKind::InvalidArg, ContextValue::String(named));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_plane_answers_to_every_name_that_the_emulator_was_given() {
        let line = "stytch-mock --host a.example.com --tls-port 1 --tls-name b.example.com --control-host c.example.com";
        let hosts = parse(line.split(' ').map(OsString::from)).unwrap().serve.settings().control_hosts;
        for host in ["a.example.com", "b.example.com", "c.example.com"] {
            assert!(hosts.iter().any(|name| name.covers(host)), "{host}");
        }
    }
}

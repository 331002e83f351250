//! `stytch-mock verify`: flags, report, exit code.

use clap::{Args, ValueEnum};

use super::output::{Ending, FAILED, UNUSABLE, say};
use super::target::TargetArgs;
use super::wire::WireArg;
use super::{runtime, stop};
use crate::verify::catalogue::{self, Choice};
use crate::verify::format::{self, Format};
use crate::verify::report::Verdict;
use crate::verify::run::{self, Ignored, Plan};

/// The flags of `verify`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct VerifyArgs {
    /// The service.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Also make users, use them and delete them. In projects of the test environment only
    #[arg(long)]
    pub write: bool,
    /// How to write the report, to standard output
    #[arg(long, value_enum, value_name = "FORMAT", env = "STYTCH_MOCK_FORMAT", default_value = "text")]
    pub format: FormatArg,
    /// The emulator's face to compare with; an emulator without --wire live shows the other one
    #[arg(long, value_enum, value_name = "PROFILE", default_value = "live")]
    pub wire: WireArg,
    /// Only the cases whose names begin so. Repeatable
    #[arg(long = "case", value_name = "NAME", value_delimiter = ',')]
    pub cases: Vec<String>,
    /// A difference that is known: CASE, or CASE:PLACE as the report has it; * stands for every case. Repeatable
    #[arg(long = "ignore", value_name = "CASE:PLACE")]
    pub ignored: Vec<String>,
    /// List the cases with their sources, and ask nobody
    #[arg(long)]
    pub list: bool,
}

const AFTER_HELP: &str = "\
    Asks the service and an emulator inside this program the same, and says what differs: status, headers, keys and \
    their order, types, texts. Ids, times and tokens are compared by their form. Nothing is changed there without \
    --write.\n\n\
    Exit codes: 0 equal; 1 something differs, or a user could not be deleted; 2 bad usage, or the service can't be \
    asked.";

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people
    Text,
    /// An object
    Json,
    /// XML, as test runners write it
    Junit,
}

/// Runs it.
///
/// # Errors
/// If something differs, or nothing can be compared.
pub fn verify(args: &VerifyArgs) -> Result<(), Ending> {
    if args.list {
        return say(&catalogue::listed()).map_err(Ending::failed);
    }
    let service = args.target.service().map_err(Ending::unusable)?;
    if args.write && service.credentials.environment() == "live" {
        return Err(Ending::unusable("--write makes users: it is for projects of the test environment"));
    }
    let plan = Plan {
        address: service.address,
        tls: service.tls,
        credentials: service.credentials,
        rate: args.target.rate,
        wire: args.wire.profile(),
        choice: Choice { with_written: args.write, with_sandbox: true, names: args.cases.clone() },
        ignored: args.ignored.iter().map(|text| Ignored::parse(text)).collect(),
    };
    let runtime = runtime::start().map_err(Ending::failed)?;
    let report = runtime.block_on(async {
        let stopped = stop::requested(false).map_err(|error| Ending::failed(format!("signals can't be received: {error}")))?;
        run::run(plan, stopped).await.map_err(|error| Ending::unusable(error.to_string()))
    })?;
    let format = match args.format {
        FormatArg::Text => Format::Text,
        FormatArg::Json => Format::Json,
        FormatArg::Junit => Format::Junit,
    };
    say(&format::write(&report, format)).map_err(Ending::failed)?;
    match report.verdict() {
        Verdict::Equal => Ok(()),
        Verdict::Different => Err(Ending::silent(FAILED)),
        Verdict::Interrupted => Err(Ending::silent(UNUSABLE).with_message(report.interrupted.unwrap_or_default())),
    }
}

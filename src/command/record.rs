//! `stytch-mock record`: flags, the seed, what a person has to know of it.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::output::{Ending, FAILED, say, write_whole};
use super::runtime;
use super::target::TargetArgs;
use crate::record::run::{self, Plan, Recording};

/// The flags of `record`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct RecordArgs {
    /// The service.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Whom to record, by user id or external id. Repeatable
    #[arg(long = "user-id", value_name = "ID", value_delimiter = ',', required = true)]
    pub user_ids: Vec<String>,
    /// Write the seed into this file. Default: standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Keep the ids as they are. Default: each id gets another, the same one wherever it stands
    #[arg(long)]
    pub keep_ids: bool,
}

const AFTER_HELP: &str = "\
    Asks for users, their sessions and the RBAC policy, and writes them as a seed; `stytch-mock --wire live --seed \
    FILE` then answers the same requests the same. It only reads. The seed holds no secret of the project, and no \
    session token and no password: the service tells neither. It does hold what the service tells about people: \
    addresses, names, metadata.\n\n\
    Exit codes: 0 done; 1 the seed is written, and does not answer all as it was recorded; 2 bad usage, or it can't be \
    recorded.";

/// Runs it.
///
/// # Errors
/// If nothing can be recorded, or something can't be played as it was recorded.
pub fn record(args: &RecordArgs) -> Result<(), Ending> {
    let service = args.target.service().map_err(Ending::unusable)?;
    let user_ids: Vec<String> = args.user_ids.iter().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    if user_ids.is_empty() {
        return Err(Ending::unusable("--user-id: it names nobody"));
    }
    let plan = Plan {
        address: service.address,
        tls: service.tls,
        credentials: service.credentials,
        rate: args.target.rate,
        user_ids,
        keep_ids: args.keep_ids,
    };
    let runtime = runtime::start().map_err(Ending::failed)?;
    let recording = runtime.block_on(run::run(plan)).map_err(|error| Ending::unusable(error.to_string()))?;
    let written = match &args.out {
        None => say(&recording.seed).map_err(Ending::failed),
        Some(path) => {
            write_whole(path, &recording.seed).map_err(|error| Ending::unusable(format!("--out {}: {error}", path.display())))
        }
    };
    written?;
    // whoever pipes the seed on still has to read this; if nobody can, there is nobody to tell
    let _ = io::stderr().lock().write_all(notes(&recording).as_bytes());
    if recording.differences.is_empty() { Ok(()) } else { Err(Ending::silent(FAILED)) }
}

/// What a person has to know of a recording.
fn notes(recording: &Recording) -> String {
    let mut text = String::new();
    for (asked, id) in &recording.users {
        let renamed = if asked == id { String::new() } else { format!(", in the seed {id}") };
        let _ = writeln!(text, "recorded {asked}{renamed}");
    }
    let _ = writeln!(text, "sessions: {}; their tokens and the users' passwords are told by no service", recording.sessions);
    for place in &recording.struck {
        let _ = writeln!(text, "struck out: {place}");
    }
    for what in &recording.left_out {
        let _ = writeln!(text, "left out of the seed: {what}");
    }
    for what in &recording.differences {
        let _ = writeln!(text, "not played as recorded: {what}");
    }
    text
}

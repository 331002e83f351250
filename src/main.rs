//! The binary: the library's command, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    stytch_mock::command::run()
}

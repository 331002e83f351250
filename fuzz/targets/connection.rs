//! Raw bytes on a connection: any requests, whole or broken, one after the other.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use stytch_mock::Emulator;
use stytch_mock_fuzz::{SEED, emulator, pour};

static EMULATOR: LazyLock<Emulator> = LazyLock::new(|| emulator(SEED));

fuzz_target!(|bytes: &[u8]| {
    let answers = pour(EMULATOR.address(), bytes, true);
    let shown = String::from_utf8_lossy(&answers);
    assert!(answers.is_empty() || answers.starts_with(b"HTTP/1."), "{shown}");
    let is_bug = |line: &str| line.starts_with("HTTP/1.") && line.get(8..12) == Some(" 500");
    assert!(!shown.lines().any(is_bug), "{shown}");
    // what a control request of it scripted is not for the next one
    EMULATOR.control().reset().expect("the boot seed is fine");
});

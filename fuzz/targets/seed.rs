//! Seeds: refused with problems, or loaded, written down and loaded again.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use stytch_mock::Emulator;
use stytch_mock_fuzz::{SEED, emulator};

static EMULATORS: LazyLock<[Emulator; 2]> = LazyLock::new(|| [emulator(SEED), emulator("{}")]);

fuzz_target!(|text: &str| {
    let [one, other] = LazyLock::force(&EMULATORS);
    if one.control().replace_state(text).is_err() {
        return;
    }
    let state = one.control().state().expect("a world can be shown");
    other.control().replace_state(&state).unwrap_or_else(|error| panic!("{error}\n{text}"));
    if state["clock"].is_string() {
        assert_eq!(other.control().state().expect("a world can be shown"), state, "{text}");
    }
});

//! The bodies of the control plane: taken whole, or refused without a change.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use stytch_mock_fuzz::Line;

const ROUTES: [(&str, &str); 9] = [
    ("PUT", "/__mock/state"),
    ("PUT", "/__mock/clock"),
    ("POST", "/__mock/clock/advance"),
    ("PUT", "/__mock/bucket"),
    ("POST", "/__mock/faults"),
    ("POST", "/__mock/projects"),
    ("POST", "/__mock/users"),
    ("POST", "/__mock/users/alice/sessions"),
    ("POST", "/__mock/users/alice/impersonation_tokens"),
];

thread_local!(static LINE: RefCell<Line> = RefCell::new(Line::open()));

fuzz_target!(|input: (u8, &[u8])| {
    let (method, path) = ROUTES[usize::from(input.0) % ROUTES.len()];
    LINE.with_borrow_mut(|line| {
        let before = line.emulator.control().state().expect("a world can be shown");
        let answer = line.send(method, path, &[], input.1);
        if answer.status >= 400 {
            assert_eq!(line.emulator.control().state().expect("a world can be shown"), before, "{answer:?}");
        } else {
            line.emulator.control().reset().expect("the boot seed is fine");
        }
    });
});

//! The authorization header: as it is, and as the base64 of a Basic header.

#![no_main]

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use stytch_mock_fuzz::{Line, header};

const PATHS: [(&str, &str); 4] = [
    ("GET", "/v1/sessions?user_id=alice"),
    ("POST", "/v1/public/project-test-11111111-1111-4111-8111-111111111111/oauth2/token"),
    ("POST", "/v1/public/project-test-11111111-1111-4111-8111-111111111111/oauth2/introspect"),
    ("GET", "/sdk/v1/users/me"),
];

thread_local!(static LINE: RefCell<Line> = RefCell::new(Line::open()));

fuzz_target!(|input: (u8, bool, &[u8])| {
    let (place, is_encoded, bytes) = input;
    let (method, path) = PATHS[usize::from(place) % PATHS.len()];
    let value = if is_encoded { format!("Basic {}", STANDARD.encode(bytes)).into_bytes() } else { header(bytes) };
    LINE.with_borrow_mut(|line| {
        line.send(method, path, &[("authorization", &value), ("content-type", b"application/x-www-form-urlencoded")], b"token=x");
    });
});

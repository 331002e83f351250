//! Queries of the emulated API and of the control plane.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use stytch_mock_fuzz::{Line, target};

const PATHS: [&str; 10] = [
    "/v1/sessions",
    "/v1/magic_links/redirect",
    "/v1/public/oauth/google/start",
    "/v1/public/project-test-11111111-1111-4111-8111-111111111111/oauth2/authorize",
    "/v1/rbac/policy",
    "/__mock/users",
    "/__mock/sessions",
    "/__mock/projects",
    "/__mock/requests",
    "/__mock/outbox",
];

thread_local!(static LINE: RefCell<Line> = RefCell::new(Line::open()));

fuzz_target!(|input: (u8, &[u8])| {
    let (path, query) = (PATHS[usize::from(input.0) % PATHS.len()], target(input.1));
    // whoever asks to wait may wait for a minute; `%77` is a `w`
    let is_patient = ["wait", "%77", "%61", "%69", "%74"].iter().any(|part| query.to_lowercase().contains(part));
    if is_patient && path.starts_with("/__mock") {
        return;
    }
    LINE.with_borrow_mut(|line| {
        let basic = line.basic();
        line.send("GET", &format!("{path}?{query}"), &[("authorization", basic.as_bytes())], &[]);
    });
});

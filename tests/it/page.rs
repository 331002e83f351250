//! The documentation page's five bodies, byte for byte, in both wire profiles.

use stytch_mock::{Emulator, WireProfile};

use crate::client::Response;
use crate::fixture::{House, STRANGER, USER, seed_path};
use crate::golden::{REQUEST_ID, assert_golden};

/// Joins the page's project: a bucket of four tokens, and a user who makes it fail.
const BESIDE_THE_PAGE: &str =
    r#"{"projects": [{"rate_limit": "4/h", "users": [{"external_id": "fails", "respond_with": "internal_server_error"}]}]}"#;

/// The page's five answers; what the fifth request meets is an empty bucket.
fn answers(wire: WireProfile) -> [Response; 5] {
    let builder = Emulator::builder().seed_file(seed_path("docs-example.json")).seed_json(BESIDE_THE_PAGE);
    let house = House::of(builder.wire(wire));
    [USER, "user-test-1", STRANGER, "fails", USER].map(|user_id| house.sessions(user_id))
}

/// A sample as the page prints it, minified, without the commas that JSON does not have.
fn minified(sample: &str) -> String {
    let mut minified = String::new();
    let mut in_string = false;
    for character in sample.chars() {
        in_string ^= character == '"';
        if in_string || !character.is_whitespace() {
            if matches!(character, '}' | ']') && minified.ends_with(',') {
                minified.pop();
            }
            minified.push(character);
        }
    }
    minified
}

#[test]
fn the_five_bodies_come_back_as_the_page_prints_them() {
    for (response, status) in answers(WireProfile::Page).iter().zip([200, 400, 404, 500, 429]) {
        let sample = format!("{}/tests/goldens/documentation/{status}.txt", env!("CARGO_MANIFEST_DIR"));
        let sample = minified(&std::fs::read_to_string(sample).unwrap());
        assert_eq!(response.status, status);
        assert_eq!(response.with_request_id(REQUEST_ID), sample);
    }
}

#[test]
fn the_five_bodies_are_the_goldens_of_their_profile() {
    for (wire, folder) in [(WireProfile::Page, "page"), (WireProfile::Live, "live")] {
        for response in answers(wire) {
            assert_golden(&format!("{folder}/{}.json", response.status), &response.with_request_id(REQUEST_ID));
        }
    }
}

#[test]
fn only_a_live_success_ends_in_a_line_feed() {
    for (wire, expected) in [(WireProfile::Page, false), (WireProfile::Live, true)] {
        for response in answers(wire) {
            let is_expected = expected && response.status == 200;
            assert_eq!(response.body.ends_with(b"\n"), is_expected, "{wire:?} {}", response.status);
            assert_eq!(response.text().matches('\n').count(), usize::from(is_expected));
        }
    }
}

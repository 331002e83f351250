//! The error catalogue: every row is produced by some request, in both profiles.

use std::collections::BTreeSet;

use serde_json::Value;
use stytch_mock::{Emulator, WireProfile};

use crate::fixture::{House, seed_path, seed_text};

/// Every `error_type` that a seed can script, as the published schema lists them.
pub fn rows() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&seed_text("seed.schema.json")).unwrap();
    let user = &schema["properties"]["projects"]["anyOf"][0]["items"]["properties"]["users"]["anyOf"][0]["items"];
    let names = user["properties"]["respond_with"]["anyOf"][0]["enum"].as_array().expect("respond_with is one of some names");
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_errors_seed_scripts_every_row() {
    let seed: Value = serde_json::from_str(&seed_text("errors.json")).unwrap();
    let users = seed["projects"][0]["users"].as_array().unwrap();
    let scripted: BTreeSet<String> = users.iter().map(|user| user["respond_with"].as_str().unwrap().to_owned()).collect();
    assert_eq!(scripted, rows());
    assert!(users.iter().all(|user| user["external_id"] == user["respond_with"]), "each user is called as their error is");
}

#[test]
fn every_row_answers_in_both_profiles() {
    for wire in [WireProfile::Page, WireProfile::Live] {
        let house = House::of(Emulator::builder().seed_file(seed_path("errors.json")).wire(wire));
        for name in rows() {
            let response = house.sessions(&name);
            let body = response.json();
            assert_eq!(body["error_type"], name.as_str());
            assert!((400..600).contains(&response.status), "{name}: {}", response.status);
            assert!(body["error_message"].as_str().is_some_and(|message| message.len() > 10), "{body}");
            let page = format!("https://stytch.com/docs/api/errors/{}", response.status);
            let url = if wire == WireProfile::Live { format!("{page}#{name}") } else { page };
            assert_eq!(body["error_url"], url);
        }
    }
}

#[test]
fn a_scripted_refusal_comes_with_the_header_that_http_demands() {
    let house = House::of_file("errors.json");
    for (name, header) in [
        ("unauthorized_credentials", "www-authenticate"),
        ("unauthorized_credentials_homepage", "www-authenticate"),
        ("method_not_allowed", "allow"),
    ] {
        assert!(house.sessions(name).header(header).is_some(), "{name}");
    }
}

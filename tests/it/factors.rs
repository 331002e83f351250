//! Every kind of authentication factor: seeded, it comes back as it went in, in both profiles.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stytch_mock::{Emulator, WireProfile};

use crate::fixture::{House, NOW, seed_path, seed_text};

type Factor = Map<String, Value>;

/// The factors of `seed/factors.json`, with the times that a response has, too.
fn factors() -> Vec<Factor> {
    let seed: Value = serde_json::from_str(&seed_text("factors.json")).unwrap();
    let sessions = seed["projects"][0]["users"][0]["sessions"].as_array().unwrap().clone();
    let factors = sessions.iter().flat_map(|session| session["authentication_factors"].as_array().unwrap().clone());
    let times = |(index, mut factor): (usize, Value)| {
        for key in ["last_authenticated_at", "created_at", "updated_at"] {
            factor[key] = json!(format!("2021-08-09T07:{index:02}:00Z"));
        }
        factor.as_object().unwrap().clone()
    };
    factors.enumerate().map(times).collect()
}

/// The factor as the wire has it: the page's order, or the alphabet's; sub-objects are alphabetical in both.
fn written(factor: &Factor, wire: WireProfile) -> String {
    let detail = factor.keys().find(|key| key.ends_with("_factor")).map(String::as_str);
    let keys = ["delivery_method"].into_iter().chain(detail).chain(["last_authenticated_at", "created_at", "updated_at", "type"]);
    let mut keys: Vec<&str> = keys.collect();
    if wire == WireProfile::Live {
        keys.sort_unstable();
    }
    assert_eq!(keys.len(), factor.len(), "{factor:?}");
    let members: Vec<String> = keys.iter().map(|key| format!("\"{key}\":{}", factor[*key])).collect();
    format!("{{{}}}", members.join(","))
}

/// The names of a closed set, as the published schema has them.
fn published(key: &str) -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&seed_text("seed.schema.json")).unwrap();
    let of = |schema: &Value, key: &str| schema["properties"][key]["anyOf"][0].clone();
    let items = |schema: &Value, key: &str| of(schema, key)["items"].clone();
    let factor =
        ["projects", "users", "sessions", "authentication_factors"].iter().fold(schema, |schema, key| items(&schema, key));
    of(&factor, key)["enum"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_factors_seed_has_every_type_and_every_delivery_method() {
    for (key, count) in [("type", 14), ("delivery_method", 44)] {
        let seeded: BTreeSet<String> = factors().iter().map(|factor| factor[key].as_str().unwrap().to_owned()).collect();
        assert_eq!(seeded, published(key), "{key}");
        assert_eq!(seeded.len(), count, "{key}");
    }
}

#[test]
fn every_factor_comes_back_as_it_went_in() {
    let factors = factors();
    let seed = json!({"projects": [{"users": [{"external_id": "all", "sessions": [{"authentication_factors": factors}]}]}]});
    for wire in [WireProfile::Page, WireProfile::Live] {
        let house = House::of(Emulator::builder().seed_json(seed.to_string()).clock(NOW).wire(wire));
        let written: Vec<String> = factors.iter().map(|factor| written(factor, wire)).collect();
        let expected = format!(r#""authentication_factors":[{}],"custom_claims""#, written.join(","));
        let text = house.sessions("all").text().to_owned();
        assert!(text.contains(&expected), "{wire:?}:\n{text}\n{expected}");
    }
}

#[test]
fn the_factors_seed_answers_as_its_golden() {
    for (wire, name) in [(WireProfile::Page, "page/factors.json"), (WireProfile::Live, "live/factors.json")] {
        let house = House::of(Emulator::builder().seed_file(seed_path("factors.json")).clock(NOW).wire(wire));
        crate::golden::assert_golden(name, &house.sessions("every-factor").with_request_id(crate::golden::REQUEST_ID));
    }
}

#[test]
fn what_a_factor_leaves_out_is_what_usually_goes_with_the_rest() {
    let user =
        r#""emails": [{"email": "a@example.com", "email_id": "e"}], "phone_numbers": [{"phone_number": "+1", "phone_id": "p"}]"#;
    for (factor, kind, detail) in [
        ("{}", "magic_link email", Some(r#"{"email_address":"a@example.com","email_id":"e"}"#)),
        (r#"{"type": "otp"}"#, "otp sms", Some(r#"{"phone_id":"p","phone_number":"+1"}"#)),
        (r#"{"type": "email_otp"}"#, "email_otp email", Some(r#"{"email_address":"a@example.com","email_id":"e"}"#)),
        (r#"{"type": "password"}"#, "password knowledge", None),
        (r#"{"delivery_method": "whatsapp"}"#, "otp whatsapp", Some(r#"{"phone_id":"p","phone_number":"+1"}"#)),
        (r#"{"delivery_method": "imported_auth0"}"#, "imported imported_auth0", None),
        (
            r#"{"type": "otp", "email_factor": {"email_id": "x"}}"#,
            "otp email",
            Some(r#"{"email_address":"a@example.com","email_id":"x"}"#),
        ),
        (
            r#"{"git_lab_oauth_factor": {"id": "i", "provider_subject": "s"}}"#,
            "oauth oauth_gitlab",
            Some(r#"{"email_id":"","id":"i","provider_subject":"s"}"#),
        ),
        (
            r#"{"type": "magic_link", "delivery_method": null, "email_factor": null}"#,
            "magic_link email",
            Some(r#"{"email_address":"a@example.com","email_id":"e"}"#),
        ),
    ] {
        let seed = format!(
            r#"{{"projects": [{{"users": [{{"external_id": "u", {user}, "sessions": [{{"authentication_factors": [{factor}]}}]}}]}}]}}"#
        );
        let body = House::seeded(&seed).sessions("u").json();
        let made = &body["sessions"][0]["authentication_factors"][0];
        assert_eq!(format!("{} {}", made["type"], made["delivery_method"]).replace('"', ""), kind, "{factor}");
        let sub_object =
            made.as_object().unwrap().iter().find(|(key, _)| key.ends_with("_factor")).map(|(_, value)| value.to_string());
        assert_eq!(sub_object.as_deref(), detail, "{factor}");
        assert_eq!(made["created_at"], NOW);
    }
}

#[test]
fn a_null_time_of_a_factor_stays_null() {
    let factor = r#"{"created_at": null, "updated_at": null, "last_authenticated_at": null}"#;
    let seed = format!(
        r#"{{"projects": [{{"users": [{{"external_id": "u", "sessions": [{{"authentication_factors": [{factor}]}}]}}]}}]}}"#
    );
    let text = House::seeded(&seed).sessions("u").text().to_owned();
    assert!(text.contains(r#""last_authenticated_at":null,"created_at":null,"updated_at":null,"#), "{text}");
}

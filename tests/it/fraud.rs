//! Devices, rules, reasons of verdicts, e-mail addresses: what a seed or a call sets is seen in the next answer.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::life::{ALICE, Caller, MIGRATE, life};
use crate::openapi;

pub const LOOKUP: &str = "/v1/fingerprint/lookup";
pub const SET_RULE: &str = "/v1/rules/set";
pub const LIST_RULES: &str = "/v1/rules/list";
pub const OVERRIDE: &str = "/v1/verdict_reasons/override";
pub const LIST_REASONS: &str = "/v1/verdict_reasons/list";
pub const EMAIL_RISK: &str = "/v1/email/risk";

/// The telemetry ids of a project whose seed describes none.
pub const ALLOWED: &str = "026ac93b-8cdf-4fcb-bfa6-36a31cfecac1";
const CHALLENGED: &str = "026ac93b-8cdf-4fcb-bfa6-36a31cfecac2";
const BLOCKED: &str = "026ac93b-8cdf-4fcb-bfa6-36a31cfecac3";

const VISITOR: &str = "visitor-6139cbcc-4dda-4b1f-b1c0-13c08ec64d71";

fn verdict(caller: &mut Caller, telemetry_id: &str) -> Value {
    caller.posted(LOOKUP, &json!({ "telemetry_id": telemetry_id }))["verdict"].clone()
}

fn action(caller: &mut Caller, telemetry_id: &str) -> String {
    verdict(caller, telemetry_id)["action"].as_str().unwrap().to_owned()
}

fn seeded(fraud: &Value) -> Caller {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "fraud": fraud, "users": [{ "user_id": ALICE, "password": { "password": "s3cret!" },
        "emails": [{ "email": "ada@example.com" }] }] }] });
    Caller::of(Emulator::builder().seed_json(seed.to_string()).id_seed(7))
}

#[test]
fn each_default_telemetry_id_gets_another_verdict() {
    let mut caller = life();
    for (telemetry_id, expected, reasons) in [
        (ALLOWED, "ALLOW", json!([])),
        (CHALLENGED, "CHALLENGE", json!(["VIRTUAL_MACHINE"])),
        (BLOCKED, "BLOCK", json!(["HEADLESS_BROWSER_AUTOMATION"])),
    ] {
        let verdict = verdict(&mut caller, telemetry_id);
        assert_eq!((&verdict["action"], &verdict["reasons"]), (&json!(expected), &reasons));
        assert_eq!(verdict.get("rule_match_type"), None, "it stands there only with a match");
    }
    for wrong in [json!({ "telemetry_id": "unheard-of" }), json!({ "telemetry_id": "" }), json!({})] {
        assert_eq!(caller.post(LOOKUP, &wrong).outcome(), "404 telemetry_id_not_found", "{wrong}");
    }
}

#[test]
fn a_pasted_look_up_is_a_seed_and_expires_by_the_clock() {
    let mut pasted = life().posted(LOOKUP, &json!({ "telemetry_id": ALLOWED }));
    pasted["telemetry_id"] = json!("mine");
    pasted["expires_at"] = json!("+10m");
    pasted["verdict"]["reasons"] = json!(["VIRTUAL_MACHINE", "SMART_RATE_LIMIT_BANNED"]);
    pasted["raw_signals"] = json!({ "x": 1.50 });
    let mut caller = seeded(&json!({ "telemetry": [pasted, { "telemetry_id": "bare" }] }));
    let mut answer = caller.posted(LOOKUP, &json!({ "telemetry_id": "mine" }));
    for key in ["request_id", "expires_at"] {
        answer[key] = pasted[key].clone();
    }
    pasted["verdict"]["action"] = json!("BLOCK");
    assert_eq!(answer, pasted);
    assert_eq!(action(&mut caller, "bare"), "ALLOW");
    assert_eq!(caller.post(LOOKUP, &json!({ "telemetry_id": ALLOWED })).status, 404, "a seed's own ids are all there are");
    caller.advance("10m");
    assert_eq!(caller.post(LOOKUP, &json!({ "telemetry_id": "mine" })).outcome(), "404 telemetry_id_not_found");
}

#[test]
fn a_rule_decides_until_it_is_cleared_or_over() {
    let mut caller = life();
    let set = caller
        .posted(SET_RULE, &json!({ "action": "BLOCK", "visitor_id": VISITOR, "expires_in_minutes": 10, "description": "x" }));
    assert_eq!(
        (&set["action"], &set["visitor_id"], &set["expires_at"], &set["asn"]),
        (&json!("BLOCK"), &json!(VISITOR), &json!("2021-08-09T08:10:00Z"), &Value::Null)
    );
    let expected = json!({ "action": "BLOCK", "reasons": ["RULE_MATCH"], "rule_match_type": "VISITOR_ID", "rule_match_identifier": VISITOR,
        "verdict_reason_overrides": [], "is_authentic_device": true, "detected_device_type": "Linux x86_64" });
    assert_eq!(verdict(&mut caller, ALLOWED), expected);
    caller.posted(SET_RULE, &json!({ "action": "ALLOW", "country_code": null, "cidr_block": "203.0.113.0/24" }));
    assert_eq!(action(&mut caller, ALLOWED), "BLOCK", "the visitor comes first");
    assert_eq!(action(&mut caller, BLOCKED), "ALLOW", "whatever speaks against the device");
    caller.advance("10m");
    assert_eq!(action(&mut caller, ALLOWED), "ALLOW");
    caller.posted(SET_RULE, &json!({ "action": "NONE", "cidr_block": "203.0.113.77/24" }));
    assert_eq!(action(&mut caller, BLOCKED), "BLOCK");
    assert_eq!(caller.posted(LIST_RULES, &json!({}))["rules"], json!([]));
}

#[test]
fn rules_are_listed_a_page_at_a_time() {
    let mut caller = life();
    for number in 0..12 {
        caller.posted(SET_RULE, &json!({ "action": "CHALLENGE", "asn": number.to_string() }));
    }
    caller.advance("1m");
    caller.posted(SET_RULE, &json!({ "action": "ALLOW", "asn": "3", "description": "changed" }));
    let first = caller.posted(LIST_RULES, &json!({}));
    assert_eq!(first["rules"].as_array().unwrap().len(), 10);
    let at = "2021-08-09T08:00:00Z";
    assert_eq!(
        first["rules"][3],
        json!({ "rule_type": "ASN", "asn": "3", "action": "ALLOW", "description": "changed", "created_at": at,
            "last_updated_at": "2021-08-09T08:01:00Z", "expires_at": null, "visitor_id": null, "browser_id": null,
            "visitor_fingerprint": null, "browser_fingerprint": null, "hardware_fingerprint": null, "network_fingerprint": null,
            "cidr_block": null, "country_code": null })
    );
    let last = caller.posted(LIST_RULES, &json!({ "cursor": first["next_cursor"], "limit": 100 }));
    assert_eq!((last["rules"].as_array().unwrap().len(), &last["next_cursor"]), (2, &json!("")));
}

#[test]
fn an_override_changes_later_verdicts_until_it_is_taken_back() {
    let mut caller = life();
    let set = |action: &str| json!({ "verdict_reason": "VIRTUAL_MACHINE", "override_action": action, "override_description": "we are one" });
    let answer = caller.posted(OVERRIDE, &set("ALLOW"));
    let expected = json!({ "verdict_reason": "VIRTUAL_MACHINE", "default_action": "CHALLENGE", "override_action": "ALLOW",
        "override_created_at": "2021-08-09T08:00:00Z", "override_description": "we are one" });
    assert_eq!(answer["verdict_reason_action"], expected);
    let overridden = verdict(&mut caller, CHALLENGED);
    assert_eq!(overridden["action"], "ALLOW");
    assert_eq!(
        overridden["verdict_reason_overrides"],
        json!([{ "verdict_reason": "VIRTUAL_MACHINE", "override_action": "ALLOW" }])
    );
    assert_eq!(caller.posted(LIST_REASONS, &json!({ "overrides_only": true }))["verdict_reason_actions"], json!([expected]));
    assert_eq!(caller.posted(LIST_REASONS, &json!({}))["verdict_reason_actions"].as_array().unwrap().len(), 4);
    caller.posted(OVERRIDE, &set("NONE"));
    assert_eq!(action(&mut caller, CHALLENGED), "CHALLENGE");
    let mut caller = seeded(&json!({ "verdict_reasons": [{ "verdict_reason": "OWN", "default_action": "BLOCK" }],
        "telemetry": [{ "telemetry_id": "t", "verdict": { "reasons": ["OWN"] } }] }));
    assert_eq!(action(&mut caller, "t"), "BLOCK");
    caller.posted(OVERRIDE, &json!({ "verdict_reason": "OWN", "override_action": "CHALLENGE" }));
    assert_eq!(action(&mut caller, "t"), "CHALLENGE");
}

/// What is refused of each operation.
pub fn refusals() -> Vec<(&'static str, &'static str, Value)> {
    let block = |key: &str, identifier: &str| json!({ "action": "BLOCK", key: identifier });
    vec![
        ("404 telemetry_id_not_found", LOOKUP, json!({ "telemetry_id": "unheard-of" })),
        (
            "400 invalid_external_metadata",
            LOOKUP,
            json!({ "telemetry_id": ALLOWED, "external_metadata": { "external_id": "a b" } }),
        ),
        (
            "400 invalid_external_metadata",
            LOOKUP,
            json!({ "telemetry_id": ALLOWED, "external_metadata": { "user_action": "x".repeat(66) } }),
        ),
        ("400 invalid_action_for_rules", SET_RULE, json!({ "action": "allow", "visitor_id": VISITOR })),
        ("400 bad_request", SET_RULE, json!({ "visitor_id": VISITOR })),
        ("400 bad_request", SET_RULE, json!({ "action": "BLOCK" })),
        ("400 bad_request", SET_RULE, json!({ "action": "BLOCK", "visitor_id": VISITOR, "asn": "1" })),
        ("400 bad_request", SET_RULE, json!({ "action": "BLOCK", "asn": "1", "expires_in_minutes": 0 })),
        ("400 invalid_fingerprint_or_id", SET_RULE, block("visitor_id", "visitor-1")),
        ("400 invalid_fingerprint_or_id", SET_RULE, block("browser_id", VISITOR)),
        ("400 invalid_cidr_block", SET_RULE, block("cidr_block", "203.0.113")),
        ("400 cidr_block_invalid_prefix", SET_RULE, block("cidr_block", "203.0.0.0/15")),
        ("400 invalid_asn", SET_RULE, block("asn", "AS1")),
        ("400 invalid_country_code", SET_RULE, block("country_code", "XX")),
        ("400 invalid_country_code_allow_rule", SET_RULE, json!({ "action": "ALLOW", "country_code": "DE" })),
        ("400 dfp_rule_invalid_cursor", LIST_RULES, json!({ "cursor": "x" })),
        ("400 bad_request", LIST_RULES, json!({ "limit": 101 })),
        ("400 bad_request", OVERRIDE, json!({ "verdict_reason": "RULE_MATCH", "override_action": "ALLOW" })),
        ("400 bad_request", OVERRIDE, json!({ "verdict_reason": "VIRTUAL_MACHINE", "override_action": "allow" })),
        ("400 bad_request", EMAIL_RISK, json!({ "email_address": "" })),
    ]
}

#[test]
fn what_is_wrong_is_refused_by_its_own_error_and_changes_nothing() {
    let mut caller = life();
    let (document, before) = (openapi::document(&caller.house.client), caller.state());
    for (expected, path, body) in refusals() {
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        openapi::assert_declared(&document, "POST", path, &response.json());
    }
    assert_eq!(caller.state(), before);
}

#[test]
fn an_address_is_as_risky_as_the_seed_says() {
    let mut caller = seeded(
        &json!({ "email_domains": [{ "domain": "burner.example" }, { "domain": "gone.example", "has_mx_or_a_record": false,
        "is_disposable_domain": false }], "bounced_emails": ["back@example.com"] }),
    );
    for (address, expected) in [
        ("ada@example.com", "ALLOW"),
        ("info@example.com", "CHALLENGE"),
        ("a@burner.example", "BLOCK"),
        ("a@gone.example", "BLOCK"),
        ("BACK@example.com", "BLOCK"),
    ] {
        assert_eq!(caller.posted(EMAIL_RISK, &json!({ "email_address": address }))["action"], expected, "{address}");
    }
    let mut answer = caller.posted(EMAIL_RISK, &json!({ "email_address": "A.da+x@Example.com" }));
    answer.as_object_mut().unwrap().remove("request_id");
    assert_eq!(
        answer,
        json!({ "status_code": 200, "action": "ALLOW", "risk_score": 20,
            "address_information": { "has_known_bounces": false, "has_valid_syntax": true, "is_suspected_role_address": false,
                "normalized_email": "ada@example.com", "tumbling_character_count": 2 },
            "domain_information": { "has_mx_or_a_record": true, "is_disposable_domain": false } })
    );
}

#[test]
fn a_login_tells_whether_its_device_is_new() {
    let mut caller = seeded(&json!({}));
    let login = |telemetry_id: &str| json!({ "email": "ada@example.com", "password": "s3cret!", "telemetry_id": telemetry_id });
    let mut device = |by: &str, telemetry_id: &str| {
        caller.advance(by);
        caller.posted("/v1/passwords/authenticate", &login(telemetry_id))["user_device"].clone()
    };
    assert_eq!(device("0s", "unheard-of"), Value::Null);
    assert_eq!(device("0s", ""), Value::Null);
    let details =
        |is_new: bool, first: &str, last: &str| json!({ "is_new": is_new, "first_seen_at": first, "last_seen_at": last });
    let (eight, nine) = ("2021-08-09T08:00:00Z", "2021-08-09T09:00:00Z");
    let first = device("0s", ALLOWED);
    let new = details(true, eight, eight);
    assert_eq!(
        first,
        json!({ "visitor_id": VISITOR, "visitor_id_details": new, "ip_address": "203.0.113.1", "ip_address_details": new,
            "ip_geo_city": "San Francisco", "ip_geo_region": "California", "ip_geo_country": "US", "ip_geo_country_details": new })
    );
    assert_eq!(device("1h", ALLOWED)["visitor_id_details"], details(false, eight, eight));
    let other = device("1h", CHALLENGED);
    assert_eq!(other["visitor_id_details"]["is_new"], true);
    assert_eq!(other["ip_geo_country_details"], details(false, eight, nine));
    // whatever kind of login
    let mut caller = life();
    let body = json!({ "session_token": "external-of-alice", "telemetry_id": ALLOWED });
    for is_new in [true, false] {
        assert_eq!(caller.posted(MIGRATE, &body)["user_device"]["ip_address_details"]["is_new"], is_new);
    }
    let code = json!({ "email": "new@example.com", "password": "correct horse battery staple", "telemetry_id": ALLOWED });
    assert_eq!(caller.posted("/v1/passwords", &code)["user_device"]["visitor_id"], VISITOR);
}

#[test]
fn all_of_it_comes_back_from_a_state_a_snapshot_and_a_reset() {
    let mut caller = seeded(&json!({ "bounced_emails": ["back@example.com"], "email_domains": [{ "domain": "burner.example" }],
        "rules": [{ "action": "CHALLENGE", "country_code": "DE", "expires_at": "+1d" }] }));
    let client = caller.house.client.clone();
    let fresh = caller.state();
    client.steered("PUT", "/__mock/snapshots/before", "");
    caller.posted(SET_RULE, &json!({ "action": "BLOCK", "visitor_id": VISITOR, "description": "x" }));
    caller.posted(OVERRIDE, &json!({ "verdict_reason": "VIRTUAL_MACHINE", "override_action": "BLOCK" }));
    caller.posted(LOOKUP, &json!({ "telemetry_id": CHALLENGED, "external_metadata": { "user_action": "LOGIN" } }));
    caller.posted(
        "/v1/passwords/authenticate",
        &json!({ "email": "ada@example.com", "password": "s3cret!", "telemetry_id": ALLOWED }),
    );
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state(), state);
    for caller in [&mut caller, &mut again] {
        assert_eq!([ALLOWED, CHALLENGED].map(|telemetry_id| action(caller, telemetry_id)), ["BLOCK", "BLOCK"]);
        let metadata = &caller.posted(LOOKUP, &json!({ "telemetry_id": CHALLENGED }))["external_metadata"];
        assert_eq!(*metadata, json!({ "external_id": null, "organization_id": null, "user_action": "LOGIN" }));
        assert_eq!(caller.posted(EMAIL_RISK, &json!({ "email_address": "a@burner.example" }))["action"], "BLOCK");
        let login = json!({ "email": "ada@example.com", "password": "s3cret!", "telemetry_id": ALLOWED });
        assert_eq!(caller.posted("/v1/passwords/authenticate", &login)["user_device"]["visitor_id_details"]["is_new"], false);
    }
    client.steered("POST", "/__mock/snapshots/before", "");
    assert_eq!(caller.state(), fresh);
    client.steered("PUT", "/__mock/state", state.to_string());
    assert_eq!(caller.state(), state);
    client.steered("POST", "/__mock/reset", "");
    assert_eq!(caller.state(), fresh);
}

#[test]
fn what_a_seed_says_wrong_is_named() {
    for (fraud, problem) in [
        (r#"{"telemetry": [{"fingerprints": {"visitor_id": "me"}}]}"#, "expected visitor-<uuid>"),
        (r#"{"telemetry": [{"telemetry_id": "t"}, {"telemetry_id": "t"}]}"#, "this telemetry_id stands at telemetry[0] already"),
        (r#"{"telemetry": [{"external_metadata": {"external_id": "a b"}}]}"#, "at most 65 characters"),
        (r#"{"rules": [{"asn": "1"}]}"#, "action is missing"),
        (r#"{"rules": [{"action": "BLOCK"}]}"#, "a rule has one identifier, found 0"),
        (r#"{"rules": [{"action": "ALLOW", "country_code": "DE"}]}"#, "a rule for a country challenges or blocks"),
        (r#"{"rules": [{"action": "PERMIT", "asn": "1"}]}"#, "unknown action \"PERMIT\""),
        (r#"{"verdict_reasons": [{"verdict_reason": "RULE_MATCH"}]}"#, "what a rule decides can't be overridden"),
        (r#"{"verdict_reasons": [{}]}"#, "verdict_reason is missing"),
        (r#"{"email_domains": [{}]}"#, "domain is missing"),
    ] {
        let seed = format!(r#"{{"projects": [{{"fraud": {fraud}}}]}}"#);
        let refused = crate::fixture::start(Emulator::builder().seed_json(seed)).unwrap_err().to_string();
        assert!(refused.contains(problem), "{refused}");
    }
}

//! Users from their creation to their deletion: traits, metadata, external ids.

use serde_json::{Map, Value, json};

use crate::fixture::STRANGER;
use crate::life::{
    ALICE, ATTEST, AUTHENTICATE, BOB, BOBS_TOKEN, CAROL, Caller, REVOKE, SEARCH, SESSION, TOKEN, builder, life, text,
};

const USERS: &str = "/v1/users";

fn path(user_id: &str) -> String {
    format!("{USERS}/{user_id}")
}

/// So many top-level keys.
fn keys(count: usize) -> Value {
    (0..count).map(|key| (format!("key{key}"), json!(key))).collect::<Map<_, _>>().into()
}

#[test]
fn a_created_user_is_the_one_that_is_got() {
    let mut caller = life();
    let response = caller.post(
        USERS,
        &json!({
            "email": "New.User@example.com", "phone_number": "+12025550199", "external_id": "new|user_1.x-y",
            "name": { "first_name": "New", "middle_name": null, "last_name": "Üser" }, "roles": ["editor"],
            "trusted_metadata": { "a": { "b": null }, "gone": null }, "untrusted_metadata": null, "create_user_as_pending": true,
            "attributes": { "ip_address": "203.0.113.7" }, "unheard_of": 1
        }),
    );
    assert_eq!(response.status, 201);
    let body = response.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["email_id", "phone_id", "request_id", "status", "status_code", "user", "user_id"]);
    let user = &body["user"];
    assert_eq!(
        *user,
        json!({
            "biometric_registrations": [], "created_at": "2021-08-09T08:00:00Z", "crypto_wallets": [],
            "emails": [{ "email": "New.User@example.com", "email_id": body["email_id"], "verified": false }],
            "external_id": "new|user_1.x-y", "is_locked": false, "lock_created_at": null, "lock_expires_at": null,
            "name": { "first_name": "New", "middle_name": "", "last_name": "Üser" }, "password": null,
            "phone_numbers": [{ "phone_id": body["phone_id"], "phone_number": "+12025550199", "verified": false }],
            "providers": [], "roles": ["stytch_user", "editor"], "status": "pending", "totps": [], "trusted_metadata": { "a": { "b": null } },
            "untrusted_metadata": {}, "user_id": body["user_id"], "webauthn_registrations": []
        })
    );
    assert_eq!(body["status"], "pending");
    for (pointer, prefix) in [("/user_id", "user-test-"), ("/email_id", "email-test-"), ("/phone_id", "phone-number-test-")] {
        assert!(text(&body, pointer).starts_with(prefix), "{body}");
    }
    for name in
        [text(&body, "/user_id"), "new%7Cuser_1.x-y", &text(&body, "/user_id").to_uppercase().replace("USER-TEST", "user-test")]
    {
        let mut got = caller.get(&path(name)).json();
        let got = got.as_object_mut().unwrap();
        assert_eq!((got.remove("request_id").is_some(), got.remove("status_code")), (true, Some(json!(200))));
        assert_eq!(json!(got), *user, "{name}");
        assert_eq!(caller.sessions(name), [Value::Null; 0], "{name}");
    }
}

#[test]
fn one_of_email_and_phone_number_is_enough() {
    let mut caller = life();
    for (body, email_id, phone_id) in [
        (json!({ "email": "a@example.com" }), "email-test-", ""),
        (json!({ "phone_number": "+12025550111" }), "", "phone-number-test-"),
        (json!({ "email": "", "phone_number": "+12025550112" }), "", "phone-number-test-"),
        (
            json!({ "email": "b@example.com", "phone_number": null, "create_user_as_pending": false, "name": null, "roles": null }),
            "email-test-",
            "",
        ),
    ] {
        let answer = caller.posted(USERS, &body);
        for (key, prefix) in [("/email_id", email_id), ("/phone_id", phone_id)] {
            let id = text(&answer, key);
            assert!(id.starts_with(prefix) && id.is_empty() == prefix.is_empty(), "{answer}");
        }
        assert_eq!((&answer["status"], &answer["user"]["roles"]), (&json!("active"), &json!(["stytch_user"])));
    }
}

#[test]
fn what_cannot_be_a_user_is_refused_and_leaves_nothing_behind() {
    let mut caller = life();
    let before = caller.state();
    let with_email = |mut body: Value| {
        body["email"] = json!("new@example.com");
        body
    };
    for (body, expected) in [
        (Value::Null, "400 invalid_create_user_request"),
        (json!({ "email": null, "name": { "first_name": "X" } }), "400 invalid_create_user_request"),
        (json!({ "email": "" }), "400 invalid_create_user_request"),
        (json!({ "email": 7 }), "400 bad_request"),
        (json!({ "email": "x" }), "400 invalid_email"),
        (json!({ "email": "x@y" }), "400 invalid_email"),
        (json!({ "email": "@example.com" }), "400 invalid_email"),
        (json!({ "email": "a b@example.com" }), "400 invalid_email"),
        (json!({ "email": "a@b@example.com" }), "400 invalid_email"),
        (json!({ "email": "a@.com" }), "400 invalid_email"),
        (json!({ "email": format!("{}@example.com", "a".repeat(250)) }), "400 invalid_email"),
        (json!({ "phone_number": "12025550142" }), "400 invalid_phone_number"),
        (json!({ "phone_number": "+02025550142" }), "400 invalid_phone_number"),
        (json!({ "phone_number": "+1 202 555 0142" }), "400 invalid_phone_number"),
        (json!({ "phone_number": "+1234567890123456" }), "400 invalid_phone_number"),
        (json!({ "phone_number": "+1" }), "400 invalid_phone_number"),
        (json!({ "email": "alice@example.com" }), "400 duplicate_email"),
        (json!({ "email": "ALICE@WORK.EXAMPLE" }), "400 duplicate_email"),
        (json!({ "phone_number": "+12025550142" }), "400 duplicate_phone_number"),
        (with_email(json!({ "phone_number": "+447700900123" })), "400 duplicate_phone_number"),
        (with_email(json!({ "external_id": "bob" })), "400 duplicate_user_external_id"),
        (with_email(json!({ "external_id": "a b" })), "400 bad_request"),
        (with_email(json!({ "external_id": "user-test-1" })), "400 bad_request"),
        (with_email(json!({ "external_id": "x".repeat(129) })), "400 bad_request"),
        (with_email(json!({ "external_id": 1 })), "400 bad_request"),
        (with_email(json!({ "name": "New User" })), "400 bad_request"),
        (with_email(json!({ "name": { "first_name": 1 } })), "400 bad_request"),
        (with_email(json!({ "roles": "editor" })), "400 bad_request"),
        (with_email(json!({ "create_user_as_pending": "yes" })), "400 bad_request"),
        (with_email(json!({ "trusted_metadata": [] })), "400 metadata_invalid_format"),
        (with_email(json!({ "untrusted_metadata": "x" })), "400 metadata_invalid_format"),
        (with_email(json!({ "trusted_metadata": keys(21) })), "400 metadata_too_many_keys"),
        (with_email(json!({ "untrusted_metadata": { "x": "y".repeat(4089) } })), "400 metadata_too_large"),
    ] {
        assert_eq!(caller.post(USERS, &body).outcome(), expected, "{body}");
    }
    assert_eq!(caller.state(), before);
    let limits = json!({ "trusted_metadata": keys(20), "untrusted_metadata": { "x": "y".repeat(4088) } });
    assert_eq!(caller.post(USERS, &with_email(limits)).status, 201, "20 keys and 4096 bytes");
    assert_eq!(caller.post(USERS, &json!({ "email": "NEW@example.com" })).outcome(), "400 duplicate_email", "in any letter case");
}

#[test]
fn a_user_is_named_by_either_id_wherever_one_is_named() {
    let mut caller = life();
    for (name, expected) in [
        (ALICE, "200"),
        ("alice", "200"),
        ("%61lice", "200"),
        ("always-fails", "503 server_unavailable"),
        ("Alice", "404 user_not_found"),
        (STRANGER, "404 user_not_found"),
        ("user-test-1", "404 user_not_found"),
        ("a%20b", "404 user_not_found"),
    ] {
        let nothing = json!({});
        for (method, tail, body) in [("GET", "", &Value::Null), ("GET", "/connected_apps", &Value::Null), ("PUT", "", &nothing)] {
            let response = caller.call(method, &format!("{}{tail}", path(name)), body);
            assert_eq!(response.outcome(), expected, "{method} {name}{tail}");
        }
        if expected != "200" {
            let delete = |tail: &str| ("DELETE", format!("{}{tail}", path(name)));
            for (method, path) in [delete(""), delete("/external_id"), ("PUT", format!("{}/exchange_primary_factor", path(name)))]
            {
                assert_eq!(caller.call(method, &path, &Value::Null).outcome(), expected, "{method} {path}");
            }
        }
    }
    assert_eq!(caller.get(&format!("{}/connected_apps", path("alice"))).json()["connected_apps"], json!([]));
}

#[test]
fn an_update_changes_what_it_names() {
    let mut caller = life();
    let mut expected = caller.get(&path("alice")).json();
    for (body, changes) in [
        (Value::Null, json!({})),
        (
            json!({ "name": null, "trusted_metadata": null, "roles": null, "external_id": null, "emails": [], "status": "pending" }),
            json!({}),
        ),
        (
            json!({ "name": { "first_name": "Al", "middle_name": "" } }),
            json!({ "name": { "first_name": "Al", "middle_name": "", "last_name": "Carroll" } }),
        ),
        (
            json!({ "trusted_metadata": { "limits": { "seats": 6 }, "plan": null, "new": [null] } }),
            json!({ "trusted_metadata": { "limits": { "seats": 6 }, "new": [null] } }),
        ),
        (json!({ "trusted_metadata": {}, "untrusted_metadata": { "never": null } }), json!({})),
        (json!({ "roles": [] }), json!({})),
        (json!({ "external_id": "alice" }), json!({})),
        (
            json!({ "roles": ["admin"], "external_id": "alicia" }),
            json!({ "roles": ["stytch_user", "admin"], "external_id": "alicia" }),
        ),
    ] {
        expected.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let response = caller.put(&path(ALICE), &body);
        assert_eq!(response.status, 200, "{body}: {response:?}");
        let answer = response.json();
        let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["crypto_wallets", "emails", "phone_numbers", "request_id", "status_code", "user", "user_id"]);
        for key in ["crypto_wallets", "emails", "phone_numbers", "user_id"] {
            assert_eq!(answer[key], expected[key]);
        }
        for (key, value) in answer["user"].as_object().unwrap() {
            assert_eq!(*value, expected[key], "{key} after {body}");
        }
    }
    assert_eq!(caller.get(&path("alice")).outcome(), "404 user_not_found");
    assert_eq!(caller.get(&path("alicia")).json()["user_id"], ALICE);
    assert_eq!(
        caller.sessions("alicia")[0]["roles"],
        json!(["stytch_user", "admin"]),
        "what a session may do goes by the roles that its user is assigned"
    );
}

#[test]
fn a_refused_update_changes_nothing() {
    let mut caller = life();
    let before = caller.state();
    for (body, expected) in [
        (json!({ "external_id": "bob" }), "400 duplicate_user_external_id"),
        (json!({ "external_id": "" }), "400 bad_request"),
        (json!({ "external_id": ALICE }), "400 bad_request"),
        (json!({ "trusted_metadata": keys(19) }), "400 metadata_too_many_keys"),
        (json!({ "untrusted_metadata": { "x": "y".repeat(4088) } }), "400 metadata_too_large"),
        (json!({ "untrusted_metadata": false }), "400 metadata_invalid_format"),
        (json!({ "name": [] }), "400 bad_request"),
        (json!({ "roles": [1] }), "400 bad_request"),
    ] {
        let mut body = body;
        body["name"] = if body["name"].is_null() { json!({ "first_name": "Changed" }) } else { body["name"].clone() };
        assert_eq!(caller.put(&path(ALICE), &body).outcome(), expected, "{body}");
    }
    assert_eq!(caller.state(), before);
}

#[test]
fn metadata_over_a_limit_from_a_seed_stands_in_nobodys_way() {
    let seed = json!({ "projects": [{ "users": [{ "external_id": "full", "trusted_metadata": keys(30) }] }] }).to_string();
    let mut caller = Caller::of(builder().seed_json(seed));
    assert_eq!(caller.put(&path("full"), &json!({ "name": { "first_name": "Full" } })).outcome(), "200");
    assert_eq!(
        caller.put(&path("full"), &json!({ "trusted_metadata": { "key0": null } })).outcome(),
        "400 metadata_too_many_keys"
    );
}

#[test]
fn an_external_id_is_free_again_when_it_is_taken_away() {
    let mut caller = life();
    let answer = caller.delete("/v1/users/alice/external_id");
    assert_eq!((&answer.json()["user"]["external_id"], &answer.json()["user_id"]), (&Value::Null, &json!(ALICE)));
    assert_eq!(caller.delete("/v1/users/alice/external_id").outcome(), "404 user_not_found");
    assert_eq!(caller.delete(&format!("{}/external_id", path(ALICE))).outcome(), "200", "there is none to take away");
    assert_eq!(caller.put(&path(BOB), &json!({ "external_id": "alice" })).outcome(), "200");
    assert_eq!(caller.put(&path(ALICE), &json!({ "external_id": "bob" })).outcome(), "200", "the one that Bob gave up");
    assert_eq!(caller.get(&path("alice")).json()["user_id"], BOB);
    assert_eq!(caller.get(&path("bob")).json()["user_id"], ALICE);
}

#[test]
fn a_deleted_user_is_gone_with_all_that_was_theirs() {
    let mut caller = life();
    let [jwt, bobs_jwt] = [TOKEN, BOBS_TOKEN].map(|token| caller.jwt(token));
    assert_eq!(caller.delete("/v1/users/alice").json()["user_id"], ALICE);
    assert_eq!(caller.delete(&path(BOB)).outcome(), "200");
    for name in [ALICE, "alice"] {
        for (method, path) in [("GET", path(name)), ("DELETE", path(name)), ("GET", format!("/v1/sessions?user_id={name}"))] {
            assert_eq!(caller.call(method, &path, &Value::Null).outcome(), "404 user_not_found", "{method} {path}");
        }
    }
    for proof in [
        json!({ "session_token": TOKEN }),
        json!({ "session_jwt": jwt }),
        // a token of a form of its own stays a token
        json!({ "session_token": BOBS_TOKEN }),
        json!({ "session_jwt": bobs_jwt }),
    ] {
        for path in [AUTHENTICATE, REVOKE] {
            assert_eq!(caller.post(path, &proof).outcome(), "404 session_not_found", "{path} {proof}");
        }
    }
    assert_eq!(caller.post(REVOKE, &json!({ "session_id": SESSION })).outcome(), "404 session_not_found");
    let attest = json!({ "profile_id": "profile-a", "token": "trusted-of-alice" });
    assert_eq!(caller.post(ATTEST, &attest).outcome(), "404 user_not_found");
    let found = caller.posted(SEARCH, &json!({}));
    assert_eq!(found["results_metadata"]["total"], 2);
    let body = json!({ "email": "alice@example.com", "phone_number": "+12025550142", "external_id": "alice" });
    let response = caller.post(USERS, &body);
    assert_eq!(response.status, 201, "her address, number and external id are free: {response:?}");
    assert_ne!(response.json()["user_id"], ALICE);
}

#[test]
fn whoami_tells_the_project() {
    const LIVE: &str = "project-live-22222222-2222-4222-8222-222222222222";
    let seed = json!({ "projects": [{ "project_id": LIVE, "secrets": ["live"] }] }).to_string();
    let mut caller = Caller::of(builder().seed_json(seed));
    let whoami = caller.get("/v1/debug/whoami").json();
    assert_eq!((&whoami["name"], &whoami["project_id"]), (&json!("stytch-mock"), &json!(crate::fixture::PROJECT)));
    let whoami = caller.send(&crate::client::Request::get("/v1/debug/whoami").basic(LIVE, "live")).json();
    assert_eq!(whoami["project_id"], LIVE);
    assert!(text(&whoami, "/request_id").starts_with("request-id-live-"));
    let create =
        crate::client::Request::new("POST", USERS).basic(LIVE, "live").body(json!({ "email": "alice@example.com" }).to_string());
    let body = caller.send(&create).json();
    assert!(text(&body, "/user_id").starts_with("user-live-") && text(&body, "/email_id").starts_with("email-live-"), "{body}");
    assert_eq!(caller.get(&path(CAROL)).status, 200);
}

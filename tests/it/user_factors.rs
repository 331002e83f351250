//! A user's factors: each kind is deleted by its id, and the one address or number gives way to another.

use serde_json::{Value, json};

use crate::life::{ALICE, BOB, CAROL, life};

/// Of each kind: where it is deleted, its id of Alice's, and where a user keeps it.
const KINDS: [(&str, &str, &str); 8] = [
    ("emails", "email-test-00000000-0000-4000-8000-0000000000a1", "emails"),
    ("phone_numbers", "phone-number-test-00000000-0000-4000-8000-0000000000a3", "phone_numbers"),
    ("oauth", "oauth-user-test-00000000-0000-4000-8000-0000000000a4", "providers"),
    ("webauthn_registrations", "webauthn-registration-test-00000000-0000-4000-8000-0000000000a5", "webauthn_registrations"),
    ("biometric_registrations", "biometric-registration-test-00000000-0000-4000-8000-0000000000a6", "biometric_registrations"),
    ("totps", "totp-test-00000000-0000-4000-8000-0000000000a7", "totps"),
    ("crypto_wallets", "crypto-wallet-test-00000000-0000-4000-8000-0000000000a8", "crypto_wallets"),
    ("passwords", "password-test-00000000-0000-4000-8000-0000000000a9", "password"),
];

fn exchange(user_id: &str) -> String {
    format!("/v1/users/{user_id}/exchange_primary_factor")
}

#[test]
fn each_kind_of_factor_is_deleted_by_its_id_and_once() {
    for (kind, id, place) in KINDS {
        let mut caller = life();
        let mut expected = caller.state();
        let factors = expected.pointer_mut("/projects/0/users/0").unwrap().get_mut(place).unwrap();
        match factors.as_array_mut() {
            Some(factors) => drop(factors.remove(0)),
            None => *factors = Value::Null,
        }
        let body = caller.delete(&format!("/v1/users/{kind}/{id}")).json();
        let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["request_id", "status_code", "user", "user_id"], "{kind}: {body}");
        assert_eq!((&body["user_id"], &body["user"]["user_id"]), (&json!(ALICE), &json!(ALICE)));
        assert_eq!(caller.state(), expected, "{kind}: nothing else is gone, sessions and their factors included");
        let again = caller.delete(&format!("/v1/users/{kind}/{id}"));
        assert_eq!(again.status, 404, "{kind}");
        for (other, ..) in KINDS.iter().filter(|(other, ..)| *other != kind) {
            assert_eq!(caller.delete(&format!("/v1/users/{other}/{id}")).status, 404, "{id} is no id of {other}");
        }
    }
}

#[test]
fn the_last_primary_factor_stays() {
    let mut caller = life();
    let delete = |kind: &str, tail: &str| format!("/v1/users/{kind}-test-00000000-0000-4000-8000-0000000000{tail}");
    for (path, expected) in [
        (delete("emails/email", "c1"), "400 cannot_delete_last_primary_factor"),
        (delete("phone_numbers/phone-number", "b1"), "400 cannot_delete_last_primary_factor"),
        (delete("emails/email", "d1"), "503 server_unavailable"),
        // Alice: two addresses, a number, an OAuth registration and a wallet are primary, the others are not
        (delete("emails/email", "a1"), "200"),
        (delete("phone_numbers/phone-number", "a3"), "200"),
        (delete("oauth/oauth-user", "a4"), "200"),
        (delete("emails/email", "a2"), "200"),
        (delete("crypto_wallets/crypto-wallet", "a8"), "400 cannot_delete_last_primary_factor"),
        (delete("passwords/password", "a9"), "200"),
        (delete("totps/totp", "a7"), "200"),
        (delete("webauthn_registrations/webauthn-registration", "a5"), "200"),
        (delete("biometric_registrations/biometric-registration", "a6"), "200"),
        (delete("crypto_wallets/crypto-wallet", "a8"), "400 cannot_delete_last_primary_factor"),
    ] {
        assert_eq!(caller.delete(&path).outcome(), expected, "{path}");
    }
    assert_eq!(caller.get(&format!("/v1/users/{CAROL}")).json()["emails"][0]["email"], "carol@example.com");
}

#[test]
fn a_deleted_address_is_free() {
    let mut caller = life();
    let body = json!({ "email": "alice@example.com" });
    assert_eq!(caller.post("/v1/users", &body).outcome(), "400 duplicate_email");
    caller.delete("/v1/users/emails/email-test-00000000-0000-4000-8000-0000000000a1");
    assert_eq!(caller.post("/v1/users", &body).status, 201);
}

#[test]
fn a_primary_factor_gives_way_to_another_of_either_kind() {
    let mut caller = life();
    for (body, emails, numbers) in [
        (json!({ "email_address": "carola@example.com", "phone_number": null }), &["carola@example.com"][..], &[][..]),
        (json!({ "phone_number": "+12025550177" }), &[], &["+12025550177"]),
        (json!({ "phone_number": "+12025550178", "email_address": "" }), &[], &["+12025550178"]),
        (json!({ "email_address": "carol@example.com" }), &["carol@example.com"], &[]),
    ] {
        let response = caller.put(&exchange(CAROL), &body);
        assert_eq!(response.outcome(), "200", "{body}");
        let user = &response.json()["user"];
        let told = |list: &str, key: &str| -> Vec<Value> {
            let factors = user[list].as_array().unwrap();
            assert!(factors.iter().all(|factor| factor["verified"] == false), "nobody has confirmed it: {user}");
            factors.iter().map(|factor| factor[key].clone()).collect()
        };
        assert_eq!(told("emails", "email"), emails, "{body}");
        assert_eq!(told("phone_numbers", "phone_number"), numbers, "{body}");
    }
}

#[test]
fn a_refused_exchange_changes_nothing() {
    let mut caller = life();
    let before = caller.state();
    for (user_id, body, expected) in [
        (CAROL, Value::Null, "400 no_user_selection_arguments"),
        (CAROL, json!({ "email_address": "", "phone_number": null }), "400 no_user_selection_arguments"),
        (CAROL, json!({ "email": "carola@example.com" }), "400 no_user_selection_arguments"),
        (
            CAROL,
            json!({ "email_address": "a@example.com", "phone_number": "+12025550177" }),
            "400 too_many_user_selection_arguments",
        ),
        (CAROL, json!({ "email_address": "carola" }), "400 invalid_email"),
        (CAROL, json!({ "phone_number": "0" }), "400 invalid_phone_number"),
        (CAROL, json!({ "phone_number": 12_025_550_177_u64 }), "400 bad_request"),
        (CAROL, json!({ "email_address": "ALICE@example.com" }), "400 duplicate_email"),
        (CAROL, json!({ "phone_number": "+12025550142" }), "400 duplicate_phone_number"),
        (BOB, json!({ "phone_number": "+447700900123" }), "400 duplicate_phone_number"),
        (ALICE, json!({ "email_address": "a@example.com" }), "400 bad_request"),
    ] {
        assert_eq!(caller.put(&exchange(user_id), &body).outcome(), expected, "{user_id} {body}");
    }
    assert_eq!(caller.state(), before);
}

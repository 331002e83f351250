//! Every door by which pages come to an operation: one answer of each, byte for byte, in both wire profiles, and as the
//! served description has it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stytch_mock::WireProfile;

use crate::client::Response;
use crate::connected_apps::{APP, asked};
use crate::golden::{REQUEST_ID, assert_golden};
use crate::life::{BOBS_TOKEN, Caller, TOKEN, builder};
use crate::messages::PUBLIC_TOKEN;
use crate::openapi;
use crate::operations::{filled, prepare};
use crate::pages::{self, data};
use crate::{wallets, webauthn};

const STRONG: &str = "correct horse battery staple";

/// A door: the operation's name, what the door's has beside it, the request, the session.
type Row = (&'static str, &'static str, &'static str, String, Value, Option<&'static str>);

/// Of each door a call that succeeds in the seeded world.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn calls() -> Vec<Row> {
    let none = Value::Null;
    let new = json!({ "email": "new@example.com" });
    let alice = json!({ "email": "alice@work.example" });
    let password = json!({ "email": "new@example.com", "password": STRONG, "session_duration_minutes": 30 });
    let with = |mut body: Value| {
        body["session_duration_minutes"] = json!(30);
        body["captcha_token"] = json!("captcha");
        body["dfp_telemetry_id"] = Value::Null;
        body
    };
    let post = |name, door, path: &str, body: &Value, session| (name, door, "POST", path.to_owned(), body.clone(), session);
    // Bob has no address that he would have to verify first
    let send = |name, path: &str, to: &Value, unknown: &Value| {
        let path = format!("{path}/send");
        let secondary = (name, ".secondary", "POST", format!("{path}/secondary"), unknown.clone(), Some(BOBS_TOKEN));
        [(name, ".primary", "POST", format!("{path}/primary"), to.clone(), None), secondary]
    };
    let delete = |name, kind: &str, prefix: &str, tail: &str| {
        let path = format!("/users/{kind}/{prefix}-test-00000000-0000-4000-8000-0000000000{tail}");
        (name, "", "DELETE", path, Value::Null, Some(TOKEN))
    };
    let (number, unknown) = (json!({ "phone_number": "+12025550142" }), json!({ "phone_number": "+12025550143" }));
    let mut rows = vec![
        post("sessions.authenticate", "", "/sessions/authenticate", &with(json!({})), Some(TOKEN)),
        post("sessions.revoke", "", "/sessions/revoke", &none, Some(TOKEN)),
        post(
            "sessions.exchangeAccessToken",
            "",
            "/sessions/exchange_access_token",
            &with(json!({ "access_token": "access-of-bob" })),
            None,
        ),
        post(
            "sessions.attest",
            "",
            "/sessions/attest",
            &with(json!({ "profile_id": "profile-b", "token": "trusted-of-bob" })),
            Some(BOBS_TOKEN),
        ),
        ("users.get", "", "GET", "/users/me".to_owned(), none.clone(), Some(TOKEN)),
        ("users.update", "", "PUT", "/users/me".to_owned(), json!({ "untrusted_metadata": { "theme": null } }), Some(TOKEN)),
        ("users.connectedApps", "", "GET", "/users/connected_apps".to_owned(), none.clone(), Some(TOKEN)),
        delete("users.deleteEmail", "emails", "email", "a1"),
        delete("users.deletePhoneNumber", "phone_numbers", "phone-number", "a3"),
        delete("users.deleteOAuthRegistration", "oauth", "oauth-user", "a4"),
        delete("users.deleteWebAuthnRegistration", "webauthn_registrations", "webauthn-registration", "a5"),
        delete("users.deleteBiometricRegistration", "biometric_registrations", "biometric-registration", "a6"),
        delete("users.deleteTOTP", "totps", "totp", "a7"),
        delete("users.deleteCryptoWallet", "crypto_wallets", "crypto-wallet", "a8"),
        post("magicLinks.email.loginOrCreate", "", "/magic_links/email/login_or_create", &new, None),
        post("magicLinks.authenticate", "", "/magic_links/authenticate", &with(json!({ "token": "{{outbox:/token}}" })), None),
        post("otps.sms.loginOrCreate", "", "/otps/sms/login_or_create", &unknown, None),
        post("otps.whatsapp.loginOrCreate", "", "/otps/whatsapp/login_or_create", &unknown, None),
        post("otps.email.loginOrCreate", "", "/otps/email/login_or_create", &new, None),
        post(
            "otps.authenticate",
            "",
            "/otps/authenticate",
            &with(json!({ "method_id": "{{outbox:/method_id}}", "token": "{{outbox:/code}}" })),
            None,
        ),
        post("passwords.create", "", "/passwords", &with(password.clone()), None),
        post("passwords.authenticate", "", "/passwords/authenticate", &with(password), None),
        post("passwords.strengthCheck", "", "/passwords/strength_check", &json!({ "password": "p@ssword1" }), None),
        post("passwords.email.resetStart", "", "/passwords/email/reset/start", &alice, None),
        post(
            "passwords.email.reset",
            "",
            "/passwords/email/reset",
            &with(json!({ "token": "{{outbox:/token}}", "password": STRONG })),
            None,
        ),
        post(
            "passwords.existingPassword.reset",
            "",
            "/passwords/existing_password/reset",
            &with(json!({ "email": "new@example.com", "existing_password": STRONG, "new_password": "another horse battery" })),
            None,
        ),
        post(
            "passwords.sessions.reset",
            "",
            "/passwords/session/reset",
            &with(json!({ "password": "another horse battery" })),
            Some("{{answer:/session_token}}"),
        ),
        post("totps.create", "", "/totps", &json!({ "expiration_minutes": 5 }), Some(TOKEN)),
        post("totps.authenticate", "", "/totps/authenticate", &with(json!({ "totp_code": "{{totp:/secret}}" })), Some(TOKEN)),
        post(
            "totps.recover",
            "",
            "/totps/recover",
            &with(json!({ "recovery_code": "{{answer:/recovery_codes/0}}" })),
            Some(TOKEN),
        ),
        post("totps.recoveryCodes", "", "/totps/recovery_codes", &none, Some(TOKEN)),
        post(
            "oauth.authenticate",
            "",
            "/oauth/authenticate",
            &with(json!({ "token": "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g" })),
            None,
        ),
        post("oauth.attach", "", "/oauth/attach", &json!({ "provider": "github" }), Some(TOKEN)),
        ("projects.bootstrap", "", "GET", format!("/projects/bootstrap/{PUBLIC_TOKEN}"), none, None),
        post("users.search", "", "/users/search", &alice, None),
    ];
    rows.extend(proofs());
    rows.extend(send("magicLinks.email.send", "/magic_links/email", &alice, &new));
    rows.extend(send("otps.email.send", "/otps/email", &alice, &new));
    rows.extend(send("otps.sms.send", "/otps/sms", &number, &unknown));
    rows.extend(send("otps.whatsapp.send", "/otps/whatsapp", &number, &unknown));
    rows
}

/// The doors of logins that a key proves, and of apps that a user lets in.
fn proofs() -> Vec<Row> {
    let post = |name, door, path: &str, body: Value, session| (name, door, "POST", path.to_owned(), body, session);
    let with = |credential: &Value| json!({ "public_key_credential": credential["public_key_credential"], "session_duration_minutes": 30 });
    let wallet = json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallets::ADDRESS });
    let signed = json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallets::SANDBOX,
        "signature": wallets::SANDBOX_SIGNATURE, "session_duration_minutes": 30 });
    let domain = json!({ "domain": "example.com" });
    let laptop = "/webauthn/update/webauthn-registration-test-00000000-0000-4000-8000-0000000000a5".to_owned();
    let (start, passkeys) = ("/crypto_wallets/authenticate/start", "/webauthn/authenticate/start");
    vec![
        post("cryptoWallets.authenticateStart", ".primary", &format!("{start}/primary"), wallet.clone(), None),
        post("cryptoWallets.authenticateStart", ".secondary", &format!("{start}/secondary"), wallet, Some(TOKEN)),
        post("cryptoWallets.authenticate", "", "/crypto_wallets/authenticate", signed, None),
        post("webauthn.registerStart", "", "/webauthn/register/start", domain.clone(), Some(TOKEN)),
        post("webauthn.register", "", "/webauthn/register", with(&webauthn::seeded_registration()), Some(TOKEN)),
        post("webauthn.authenticateStart", ".primary", &format!("{passkeys}/primary"), domain.clone(), None),
        post("webauthn.authenticateStart", ".secondary", &format!("{passkeys}/secondary"), domain, Some(TOKEN)),
        post("webauthn.authenticate", "", "/webauthn/authenticate", with(&webauthn::seeded_login()), None),
        ("webauthn.update", "", "PUT", laptop, json!({ "name": "Old laptop" }), Some(TOKEN)),
        post("idp.oauth.authorizeStart", "", "/idp/oauth/authorize/start", asked(json!({})), Some(TOKEN)),
        post("idp.oauth.authorize", "", "/idp/oauth/authorize/submit", asked(json!({ "consent_granted": true })), Some(TOKEN)),
        post("users.revoke", "", &format!("/users/connected_apps/{APP}/revoke"), json!({}), Some(TOKEN)),
        post(
            "impersonation.authenticate",
            "",
            "/impersonation/authenticate",
            json!({ "impersonation_token": "impersonation-of-alice" }),
            None,
        ),
    ]
}

/// The `operationId` of a door.
pub fn id(name: &str, door: &str) -> String {
    format!("sdk.{name}{door}")
}

/// Calls an operation through its door, after what it needs; its path, too.
pub fn call(caller: &mut Caller, (name, _, method, path, body, session): &Row) -> (String, Response) {
    let answer = if *name == "totps.authenticate" { prepare(caller, "totps.recover") } else { prepare(caller, name) };
    let (path, body) = filled(caller, &answer, &format!("/sdk/v1{path}"), body);
    let session = session.map(|session| filled(caller, &answer, session, &Value::Null).0);
    (path.clone(), caller.page(method, &path, &body, session.as_deref()))
}

#[test]
fn every_door_answers_with_the_golden_of_its_profile() {
    for (wire, folder) in [(WireProfile::Page, "page"), (WireProfile::Live, "live")] {
        for row in calls() {
            let (_, response) = call(&mut Caller::of(builder().wire(wire)), &row);
            assert_eq!(response.status, 200, "{row:?}: {response:?}");
            let request_id = data(&response)["request_id"].as_str().unwrap().to_owned();
            let name = id(row.0, row.1);
            assert_golden(&format!("{folder}/operations/{name}.json"), &response.text().replacen(&request_id, REQUEST_ID, 1));
            if wire == WireProfile::Live {
                assert_eq!(response.text(), format!("{}\n", response.json()), "{name}: sorted at every level");
            }
        }
    }
}

#[test]
fn what_the_sdk_keeps_of_a_user_is_the_user_of_the_answer() {
    let telling: BTreeSet<&str> = BTreeSet::from([
        "sessions.authenticate",
        "sessions.exchangeAccessToken",
        "users.update",
        "users.deleteEmail",
        "users.deletePhoneNumber",
        "users.deleteOAuthRegistration",
        "users.deleteWebAuthnRegistration",
        "users.deleteBiometricRegistration",
        "users.deleteTOTP",
        "users.deleteCryptoWallet",
        "magicLinks.authenticate",
        "otps.authenticate",
        "passwords.create",
        "passwords.authenticate",
        "passwords.email.reset",
        "passwords.existingPassword.reset",
        "totps.create",
        "totps.authenticate",
        "totps.recover",
        "oauth.authenticate",
        "cryptoWallets.authenticate",
        "webauthn.register",
        "webauthn.authenticate",
        "impersonation.authenticate",
    ]);
    for row in calls() {
        let mut answer = data(&call(&mut Caller::of(builder()), &row).1);
        let user = answer.as_object_mut().unwrap().remove("__user");
        assert_eq!(user.is_some(), telling.contains(row.0), "{}", row.0);
        assert_eq!(user.as_ref(), answer.get("user").filter(|_| user.is_some()), "{}", row.0);
    }
}

#[test]
fn every_door_is_described_and_answers_as_described() {
    let mut caller = Caller::of(builder());
    let document = openapi::document(&caller.house.client);
    let doors = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/sdk/v1/"));
    let ids = doors.flat_map(|(_, methods)| methods.as_object().unwrap().values());
    let ids: BTreeSet<String> = ids.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect();
    let called: BTreeSet<String> = calls().iter().map(|row| id(row.0, row.1)).chain(["sdk.events".to_owned()]).collect();
    assert_eq!(ids, called);
    for row in calls() {
        let operation = openapi::operation(&document, &id(row.0, row.1));
        let (path, response) = call(&mut Caller::of(builder()), &row);
        openapi::check(&document, operation, 200, &response.json());
        // the description is of the door: what only backends say is not in it
        let fields = operation["requestBody"]["content"]["application/json"]["schema"]["properties"].as_object();
        for name in fields.into_iter().flat_map(|fields| fields.keys()) {
            let withheld = ["user_id", "session_token", "session_jwt", "trusted_metadata", "attributes", "code", "roles"];
            assert!(!withheld.contains(&name.as_str()), "{}: {name}", row.0);
        }
        let nobody = pages::request(row.2, &path, &Value::Null, Some("x:y")).without("authorization");
        let refused = pages::send(&caller.house.client, &nobody);
        if !path.contains("/bootstrap/") {
            assert_eq!(refused.outcome(), "401 unauthorized_credentials", "{path}");
            openapi::check(&document, operation, 401, &refused.json());
        }
        caller.house.emulator.control().set_rate_limit("1/h").unwrap();
        caller.house.emulator.control().drain_bucket().unwrap();
        let limited = caller.page(row.2, &path, &Value::Null, None);
        assert_eq!(limited.outcome(), "429 too_many_requests", "{path}");
        openapi::check(&document, operation, 429, &limited.json());
    }
}

#[test]
fn events_are_swallowed_whatever_they_are() {
    let mut caller = Caller::of(builder());
    let before = caller.state();
    for (content_type, body) in
        [("application/json", r#"[{"telemetry": {}, "event": {"name": "x"}}]"#), ("text/plain", "x"), ("", "")]
    {
        let request = crate::client::Request::new("POST", "/sdk/v1/events").header("content-type", content_type).body(body);
        let response = caller.send(&request);
        assert_eq!(response.outcome(), "200", "{content_type}");
        assert_golden("page/operations/sdk.events.json", &response.with_request_id(REQUEST_ID));
    }
    let mut live = Caller::of(builder().wire(WireProfile::Live));
    let response = live.send(&crate::client::Request::new("POST", "/sdk/v1/events"));
    assert_golden("live/operations/sdk.events.json", &response.with_request_id(REQUEST_ID));
    assert_eq!(caller.state(), before);
}

//! Who may do what through the doors for pages: a public token for a project, a session for its own user and nobody else.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use stytch_mock::{AuthMode, Emulator};

use crate::client::{Request, basic};
use crate::doors::{self, calls};
use crate::fixture::{House, PROJECT, SECRET};
use crate::life::{ALICE, BOB, BOBS_TOKEN, Caller, EXPIRED_TOKEN, REVOKED_TOKEN, STRANGE_TOKEN, TOKEN, builder, life, text};
use crate::messages::{PUBLIC_TOKEN, joined, last_message};
use crate::openapi;
use crate::pages::{self, AGENT, data};

const STRONG: &str = "correct horse battery staple";
const ME: &str = "/sdk/v1/users/me";

#[test]
fn a_public_token_names_the_project_and_what_follows_it_the_session() {
    let house = life().house;
    let ask = |header: &str| {
        let request = pages::request("GET", ME, &Value::Null, None).without("authorization");
        let request = if header.is_empty() { request } else { request.header("authorization", header) };
        pages::send(&house.client, &request).outcome()
    };
    let public = |session: &str| basic(PUBLIC_TOKEN, session);
    for (header, outcome) in [
        (public(TOKEN), "200"),
        (public(TOKEN).replace("Basic", "bAsIc"), "200"),
        (public(PUBLIC_TOKEN), "401 user_unauthenticated"),
        (public(""), "401 user_unauthenticated"),
        (public("x"), "404 session_not_found"),
        (public(STRANGE_TOKEN), "404 session_not_found"),
        (public(&format!("{TOKEN}:")), "404 session_not_found"),
        (public(EXPIRED_TOKEN), "404 session_not_found"),
        (public(REVOKED_TOKEN), "404 session_not_found"),
        (String::new(), "401 unauthorized_credentials"),
        ("Bearer abc".to_owned(), "401 unauthorized_credentials"),
        ("Basic ???".to_owned(), "401 unauthorized_credentials"),
        (basic("", TOKEN), "401 unauthorized_credentials"),
        (basic(PROJECT, SECRET), "401 unauthorized_credentials"),
        (basic(PROJECT, TOKEN), "401 unauthorized_credentials"),
        (basic("public-token-test-1", TOKEN), "401 unauthorized_credentials"),
        (basic(&PUBLIC_TOKEN.replace("1111-4", "1112-4"), TOKEN), "401 unauthorized_credentials"),
    ] {
        assert_eq!(ask(&header), outcome, "{header}");
    }
    // and it opens no door of a backend
    for secret in [TOKEN, SECRET, PUBLIC_TOKEN] {
        let request = Request::get(format!("/v1/users/{ALICE}")).basic(PUBLIC_TOKEN, secret);
        assert_eq!(house.client.send(&request).status, 400);
    }
}

#[test]
fn a_project_goes_by_each_of_its_public_tokens_and_comes_on_demand() {
    let seed = json!({ "projects": [
        { "project_id": "project-test-a", "secrets": ["s"], "public_tokens": ["one", "two"], "users": [{}] },
        { "project_id": PROJECT, "secrets": ["s"] },
    ] });
    let search = |house: &House, token: &str| {
        let request = pages::request("POST", "/sdk/v1/users/search", &json!({ "email": "a@example.com" }), None);
        let request = request.without("authorization").header("authorization", basic(token, token));
        pages::send(&house.client, &request).outcome()
    };
    let house = House::of(Emulator::builder().seed_json(seed.to_string()));
    for (token, outcome) in [
        ("one", "200"),
        ("two", "200"),
        (PUBLIC_TOKEN, "200"),
        ("public-token-test-a", "401 unauthorized_credentials"),
        ("three", "401 unauthorized_credentials"),
    ] {
        assert_eq!(search(&house, token), outcome, "{token}");
    }
    let any = House::of(Emulator::builder().seed_json(seed.to_string()).auth(AuthMode::Any));
    assert_eq!(search(&any, "three"), "200", "the first project's");
    let own = "public-token-test-00000000-0000-4000-8000-000000000001";
    assert_eq!(search(&house, own), "401 unauthorized_credentials");
    let house = House::of(Emulator::builder().seed_json(seed.to_string()).auto_projects(true));
    assert_eq!([search(&house, own), search(&house, own)], ["200", "200"]);
    assert_eq!(house.emulator.control().projects().len(), 3);
    let secret = "whichever comes first";
    let request = Request::get("/v1/debug/whoami").basic(&own.replace("public-token", "project"), secret);
    assert_eq!(house.client.send(&request).outcome(), "200", "its backend comes later");
    assert_eq!(search(&house, "public-token-live-00000000-0000-4000-8000-000000000001"), "401 unauthorized_credentials");
}

#[test]
fn what_needs_a_session_says_so_and_the_rest_does_without() {
    let mut caller = life();
    let document = openapi::document(&caller.house.client);
    let before = caller.state();
    let mut needing = 0;
    for row in calls() {
        let (name, door, method, path, body, _) = &row;
        let path = format!("/sdk/v1{path}");
        let operation = openapi::operation(&document, &doors::id(name, door));
        let declared =
            &operation["responses"]["401"]["content"]["application/json"]["schema"]["properties"]["error_type"]["enum"];
        let needs = declared.as_array().unwrap().contains(&json!("user_unauthenticated"));
        if !needs {
            continue;
        }
        needing += 1;
        for (session, outcome) in [
            (None, "401 user_unauthenticated"),
            (Some(EXPIRED_TOKEN), "404 session_not_found"),
            (Some(REVOKED_TOKEN), "404 session_not_found"),
            (Some("gibberish"), "404 session_not_found"),
        ] {
            let response = caller.page(method, &path, body, session);
            assert_eq!(response.outcome(), outcome, "{method} {path} {session:?}");
            openapi::check(&document, operation, response.status, &response.json());
        }
    }
    assert_eq!(needing, 30);
    assert_eq!(caller.state(), before, "who is refused changes nothing");
    // the others answer whoever has no session, and one that is over is none
    for row in calls().into_iter().filter(|row| row.5.is_none()) {
        for session in [None, Some(EXPIRED_TOKEN), Some(STRANGE_TOKEN)] {
            let (name, door, method, path, body, _) = row.clone();
            let (path, response) = doors::call(&mut life(), &(name, door, method, path, body, session));
            assert_eq!(response.outcome(), "200", "{method} {path} {session:?}");
        }
    }
}

#[test]
fn a_session_takes_part_in_a_login_of_its_user_and_in_no_other() {
    let mut caller = life();
    let code = |caller: &mut Caller, email: &str| {
        caller.page_posted("/sdk/v1/otps/email/login_or_create", &json!({ "email": email }), None);
        let message = last_message(&caller.house);
        json!({ "token": message["code"], "method_id": message["method_id"], "session_duration_minutes": 30 })
    };
    let login = code(&mut caller, "alice@example.com");
    let answer = caller.page_posted("/sdk/v1/otps/authenticate", &login, Some(TOKEN));
    assert_eq!(text(&answer, "/session_token"), TOKEN);
    assert_eq!(answer["session"]["authentication_factors"].as_array().unwrap().len(), 4, "one more");
    let login = code(&mut caller, "alice@example.com");
    let other = caller.page("POST", "/sdk/v1/otps/authenticate", &login, Some(BOBS_TOKEN));
    assert_eq!(other.outcome(), "400 user_id_mismatch");
    let answer = caller.page_posted("/sdk/v1/otps/authenticate", &login, Some(EXPIRED_TOKEN));
    assert_ne!(text(&answer, "/session_token"), EXPIRED_TOKEN, "a session that is over gives way to a new one");
}

#[test]
fn a_session_acts_for_its_own_user_alone() {
    let mut caller = life();
    let before = caller.get(&format!("/v1/users/{ALICE}")).json();
    for (kind, id, missing) in [
        ("emails", "email-test-00000000-0000-4000-8000-0000000000a1", "email_not_found"),
        ("phone_numbers", "phone-number-test-00000000-0000-4000-8000-0000000000a3", "phone_number_not_found"),
        ("oauth", "oauth-user-test-00000000-0000-4000-8000-0000000000a4", "oauth_user_registration_not_found"),
        (
            "webauthn_registrations",
            "webauthn-registration-test-00000000-0000-4000-8000-0000000000a5",
            "webauthn_registration_not_found",
        ),
        (
            "biometric_registrations",
            "biometric-registration-test-00000000-0000-4000-8000-0000000000a6",
            "biometric_registration_not_found",
        ),
        ("totps", "totp-test-00000000-0000-4000-8000-0000000000a7", "totp_not_found"),
        ("crypto_wallets", "crypto-wallet-test-00000000-0000-4000-8000-0000000000a8", "crypto_wallet_not_found"),
    ] {
        let path = format!("/sdk/v1/users/{kind}/{id}");
        let response = caller.page("DELETE", &path, &Value::Null, Some(BOBS_TOKEN));
        assert_eq!(response.outcome(), format!("404 {missing}"), "{path}");
    }
    let mut after = caller.get(&format!("/v1/users/{ALICE}")).json();
    after["request_id"] = before["request_id"].clone();
    assert_eq!(after, before);
    // what only a backend may say is not heard
    let others = json!({ "user_id": ALICE, "session_token": TOKEN, "session_jwt": "x", "session_id": "y", "attributes": {} });
    let totp = caller.page_posted("/sdk/v1/totps", &others, Some(BOBS_TOKEN));
    assert_eq!(totp["user_id"], BOB);
    let codes = caller.page_posted("/sdk/v1/totps/recovery_codes", &others, Some(BOBS_TOKEN));
    assert_eq!(codes["user_id"], BOB);
    let more = json!({ "external_id": "x", "roles": ["admin"], "name": { "first_name": "Rob" } });
    let updated = data(&caller.page("PUT", ME, &joined(others.clone(), &more), Some(BOBS_TOKEN)));
    let user = &updated["__user"];
    assert_eq!((&user["user_id"], &user["name"]["first_name"]), (&json!(BOB), &json!("Rob")));
    assert_eq!((&user["external_id"], &user["roles"]), (&json!("bob"), &json!(["stytch_user"])));
    let claims = json!({ "session_custom_claims": { "admin": true }, "session_duration_minutes": 30 });
    let session = caller.page_posted("/sdk/v1/sessions/authenticate", &joined(others.clone(), &claims), Some(BOBS_TOKEN));
    assert_eq!((&session["session"]["user_id"], &session["session"]["custom_claims"]), (&json!(BOB), &json!({})));
    caller.page_posted("/sdk/v1/sessions/revoke", &others, Some(BOBS_TOKEN));
    assert_eq!((caller.sessions(ALICE).len(), caller.sessions(BOB).len()), (2, 0), "its own, and no other");
    let metadata = json!({ "trusted_metadata": { "plan": "gold" }, "name": { "first_name": "No" } });
    for (method, path) in [("PUT", ME), ("POST", "/sdk/v1/passwords")] {
        let response = caller.page(method, path, &metadata, Some(TOKEN));
        assert_eq!(response.outcome(), "401 cannot_update_trusted_metadata", "{path}");
    }
    assert_eq!(caller.get(&format!("/v1/users/{ALICE}")).json()["name"]["first_name"], "Alice");
    caller.page_posted("/sdk/v1/passwords/strength_check", &json!({ "password": "x", "trusted_metadata": {} }), None);
}

#[test]
fn the_journal_says_what_a_page_sent_in_vain() {
    let mut caller = life();
    let body = json!({ "user_id": ALICE, "captcha_token": "c", "dfp_telemetry_id": "d", "more": 1, "expiration_minutes": 5 });
    caller.page_posted("/sdk/v1/totps", &body, Some(TOKEN));
    let journal = caller.house.client.steered("GET", "/__mock/requests?path=/sdk/v1/totps", "");
    let record = &journal["requests"][0];
    let mut ignored: Vec<&str> = record["ignored"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    ignored.sort_unstable();
    assert_eq!(ignored, ["more", "user_id"]);
    assert_eq!((&record["project_id"], &record["user_agent"]), (&json!(PROJECT), &json!(AGENT)));
    assert!(!journal.to_string().contains(TOKEN), "{journal}");
}

#[test]
fn a_session_of_a_page_has_the_browsers_agent_and_address_and_its_jwt_is_proven_by_the_jwks() {
    let mut caller = life();
    let password = json!({ "email": "new@example.com", "password": STRONG, "session_duration_minutes": 60 });
    let answer = caller.page_posted("/sdk/v1/passwords", &password, None);
    let listed = caller.sessions(text(&answer, "/user_id"));
    let attributes = json!({ "ip_address": "127.0.0.1", "user_agent": AGENT });
    assert_eq!((listed.len(), &listed[0]["attributes"]), (1, &attributes));
    // whichever way the user came, and whatever the page says
    caller.page_posted("/sdk/v1/magic_links/email/login_or_create", &json!({ "email": "new@example.com" }), None);
    let login = json!({ "token": last_message(&caller.house)["token"], "session_duration_minutes": 60,
        "attributes": { "ip_address": "1.2.3.4" }, "options": { "ip_match_required": true, "user_agent_match_required": true } });
    let answer = caller.page_posted("/sdk/v1/magic_links/authenticate", &login, None);
    assert_eq!(answer["session"]["attributes"], attributes);
    caller.page_posted("/sdk/v1/otps/email/login_or_create", &json!({ "email": "new@example.com" }), None);
    let message = last_message(&caller.house);
    let elsewhere = json!({ "token": message["code"], "method_id": message["method_id"],
        "options": { "user_agent_match_required": true } });
    let request = pages::request("POST", "/sdk/v1/otps/authenticate", &elsewhere, None).without("user-agent");
    let refused = pages::send(&caller.house.client, &request.header("user-agent", "another browser"));
    assert_eq!(refused.outcome(), "401 attribute_mismatch");
    // as the app's own backend checks the cookie
    let jwks = caller.get(&format!("/v1/sessions/jwks/{PROJECT}")).json();
    let key = &jwks["keys"][0];
    let key = DecodingKey::from_rsa_components(text(key, "/n"), text(key, "/e")).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[PROJECT]);
    validation.set_issuer(&[format!("stytch.com/{PROJECT}")]);
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Value>(text(&answer, "/session_jwt"), &key, &validation).unwrap().claims;
    assert_eq!(claims["sub"], answer["user_id"]);
    assert_eq!(claims["https://stytch.com/session"]["attributes"], attributes);
}

#[test]
fn what_logs_a_browser_out_can_be_provoked_and_scripted() {
    let path = "/sdk/v1/sessions/authenticate";
    let body = json!({ "session_duration_minutes": 30 });
    let mut caller = life();
    assert_eq!(caller.page("POST", path, &body, None).outcome(), "401 user_unauthenticated");
    caller.advance("2h");
    assert_eq!(caller.page("POST", path, &body, Some(TOKEN)).outcome(), "404 session_not_found", "it expired");
    let mut caller = life();
    for (error, outcome) in [
        ("unauthorized_credentials", "401 unauthorized_credentials"),
        ("user_unauthenticated", "401 user_unauthenticated"),
        ("invalid_secret_authentication", "401 invalid_secret_authentication"),
        ("session_not_found", "404 session_not_found"),
        // these are tried again
        ("internal_server_error", "500 internal_server_error"),
        ("too_many_requests", "429 too_many_requests"),
    ] {
        for aim in [json!({ "operation": "sessions.authenticate" }), json!({ "path": path }), json!({ "user_id": "alice" })] {
            caller.house.client.steered(
                "POST",
                "/__mock/faults",
                joined(json!({ "error": error, "times": 1 }), &aim).to_string(),
            );
            assert_eq!(caller.page("POST", path, &body, Some(TOKEN)).outcome(), outcome, "{aim}");
        }
    }
    caller.page_posted(path, &body, Some(TOKEN));
    // a fault on the page's path does not strike the backend
    let fault = json!({ "error": "use_https", "path": path });
    caller.house.client.steered("POST", "/__mock/faults", fault.to_string());
    assert_eq!(caller.authenticate(&json!({ "session_token": TOKEN })).outcome(), "200");
    // a user who is scripted to fail does so here, too
    let seed = json!({ "projects": [{ "users": [{ "respond_with": "user_lock_limit_reached",
        "emails": [{ "email": "a@example.com" }], "sessions": [{ "session_token": "t" }] }] }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    for (method, path) in [("GET", ME), ("POST", path), ("POST", "/sdk/v1/totps"), ("POST", "/sdk/v1/sessions/revoke")] {
        let response = caller.page(method, path, &Value::Null, Some("t"));
        assert_eq!(response.outcome(), "429 user_lock_limit_reached", "{path}");
    }
}

#[test]
fn a_form_says_in_its_fields_what_a_header_says() {
    let mut caller = Caller::of(builder().journal_bodies(true));
    let form = |fields: &[(&str, &str)]| {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        body.finish()
    };
    let post = |caller: &Caller, path: &str, body: String| {
        let request = Request::new("POST", path).header("origin", pages::ORIGIN).header("user-agent", AGENT);
        let request = request.header("content-type", "application/x-www-form-urlencoded; charset=UTF-8").body(body);
        pages::send(&caller.house.client, &request)
    };
    let (nobody, alice) = (basic(PUBLIC_TOKEN, PUBLIC_TOKEN), basic(PUBLIC_TOKEN, TOKEN));
    let of_sdk = [("__X-SDK-Client", "e30="), ("__X-SDK-Parent-Host", pages::ORIGIN)];
    let signup = [("email", "new+1@example.com"), ("password", STRONG), ("session_duration_minutes", "30")];
    let fields = [&[("__Authorization", nobody.as_str())][..], &of_sdk, &signup].concat();
    let answer = data(&post(&caller, "/sdk/v1/passwords", form(&fields)));
    assert_eq!(answer["__user"]["emails"][0]["email"], "new+1@example.com");
    assert_eq!(text(&answer, "/session/expires_at"), "2021-08-09T08:30:00Z", "a number is read where one is declared");
    let fields = [&[("__Authorization", alice.as_str())][..], &of_sdk].concat();
    assert_eq!(data(&post(&caller, "/sdk/v1/sessions/authenticate", form(&fields)))["__user"]["user_id"], ALICE);
    for (fields, outcome) in [
        (vec![("email", "a@example.com")], "401 unauthorized_credentials"),
        (vec![("email", "a@example.com"), ("__Authorization", "x")], "401 unauthorized_credentials"),
        (vec![("email", "123"), ("__Authorization", &nobody)], "400 invalid_email"),
        (vec![("__Authorization", &nobody)], "400 bad_request"),
    ] {
        assert_eq!(post(&caller, "/sdk/v1/users/search", form(&fields)).outcome(), outcome, "{fields:?}");
    }
    let journal = caller.house.client.steered("GET", "/__mock/requests", "").to_string();
    for secret in [STRONG, TOKEN, &alice, "__Authorization"] {
        assert!(!journal.contains(secret), "{secret}: {journal}");
    }
    // a backend has no forms
    let request = crate::life::request("POST", "/v1/users/search", &Value::Null);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body("a=b");
    assert_eq!(caller.send(&request).outcome(), "400 bad_request");
}

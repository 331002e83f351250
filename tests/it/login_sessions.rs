//! What all logins share: the session that they begin or add to, what the user becomes by them, and what is null.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::NOW;
use crate::life::{Caller, text};
use crate::login_world::{ADA, LOGINS, good, seed};
use crate::messages::joined;
use crate::openapi;

/// The type and the delivery method of the factor that each leaves.
fn factor_of(name: &str) -> (&'static str, &'static str) {
    match name {
        "magicLinks.authenticate" => ("magic_link", "email"),
        "oauth.authenticate" => ("oauth", "oauth_google"),
        "otps.authenticate" => ("otp", "email"),
        "totps.authenticate" => ("totp", "authenticator_app"),
        "totps.recover" => ("recovery_codes", "recovery_code"),
        _ => ("password", "knowledge"),
    }
}

/// What the session is called in the answer.
fn key(name: &str) -> &'static str {
    if name == "oauth.authenticate" { "user_session" } else { "session" }
}

fn ends_every_session(name: &str) -> bool {
    name.strip_prefix("passwords.").is_some_and(|name| name.split('.').next_back() == Some("reset"))
}

struct World {
    caller: Caller,
    document: Value,
}

impl World {
    fn new() -> Self {
        let caller = Caller::of(Emulator::builder().seed_json(seed(&json!({}))).id_seed(7));
        let document = openapi::document(&caller.house.client);
        Self { caller, document }
    }

    /// The path of an operation.
    fn path(&self, name: &str) -> String {
        let paths = self.document["paths"].as_object().unwrap().iter();
        let mut found = paths.filter(|(_, methods)| methods["post"]["operationId"] == name);
        found.next().unwrap_or_else(|| panic!("{name} is not served")).0.clone()
    }

    /// A login that succeeds, in a fresh world, with some more fields.
    fn logs_in(&mut self, name: &str, more: &Value) -> Value {
        let path = self.path(name);
        self.caller.house.emulator.control().reset().unwrap();
        let asked = joined(good(name, &mut self.caller), more);
        self.caller.posted(&path, &asked)
    }
}

#[test]
fn without_a_duration_there_is_no_session() {
    let mut world = World::new();
    // a reset by a session has one
    for name in LOGINS.into_iter().filter(|name| *name != "passwords.sessions.reset").chain(["passwords.create"]) {
        let login = world.logs_in(name, &json!({ "telemetry_id": "x", "session_custom_claims": { "unused": 1 } }));
        let parts = [key(name), "session_jwt", "session_token", "user_device"].map(|key| login.get(key).cloned());
        assert_eq!(parts, [Value::Null, json!(""), json!(""), Value::Null].map(Some), "{name}");
        let before = if ends_every_session(name) || name == "passwords.create" { 0 } else { 2 };
        assert_eq!(world.caller.sessions(text(&login, "/user_id")).len(), before, "{name}");
    }
}

#[test]
fn with_a_duration_a_session_begins_with_the_factor_the_claims_and_the_attributes() {
    let mut world = World::new();
    for name in LOGINS.into_iter().filter(|name| *name != "passwords.sessions.reset").chain(["passwords.create"]) {
        let claims = json!({ "plan": { "n": 1 }, "gone": null, "iss": "somebody", "https://stytch.com/session": 1 });
        let attributes = json!({ "ip_address": "203.0.113.9", "user_agent": "a browser" });
        let more = json!({ "session_duration_minutes": 30, "session_custom_claims": claims, "attributes": attributes });
        let login = world.logs_in(name, &more);
        let session = &login[key(name)];
        let (kind, delivery_method) = factor_of(name);
        let factors = session["authentication_factors"].as_array().unwrap();
        assert_eq!(factors.len(), 1, "{name} {session}");
        assert_eq!((&factors[0]["type"], &factors[0]["delivery_method"]), (&json!(kind), &json!(delivery_method)), "{name}");
        for key in ["last_authenticated_at", "created_at", "updated_at"] {
            assert_eq!(factors[0][key], NOW, "{name} {key}");
        }
        assert_eq!((&session["started_at"], &session["expires_at"]), (&json!(NOW), &json!("2021-08-09T08:30:00Z")), "{name}");
        assert_eq!(session["custom_claims"], json!({ "plan": { "n": 1 } }), "{name}");
        let takes_attributes = ["magicLinks.authenticate", "otps.authenticate", "passwords.email.reset"].contains(&name);
        let told = if takes_attributes { attributes } else { json!({ "ip_address": "", "user_agent": "" }) };
        assert_eq!(session["attributes"], told, "{name}");
        assert!(world.caller.sessions(text(&login, "/user_id")).contains(session), "{name}");
        for key in ["session_token", "session_jwt"] {
            let proven = world.caller.posted("/v1/sessions/authenticate", &json!({ key: login[key] }));
            assert_eq!(proven["session"]["session_id"], session["session_id"], "{name} {key}");
        }
    }
}

#[test]
fn a_given_session_gets_the_factor_and_keeps_its_end_unless_it_is_moved() {
    let mut world = World::new();
    for name in LOGINS.into_iter().filter(|name| !ends_every_session(name)) {
        let given = |key: &str, proof: &str| json!({ key: proof, "session_custom_claims": { "by": name } });
        let login = world.logs_in(name, &given("session_token", "adas-token"));
        let kinds = |login: &Value| -> Vec<Value> {
            let factors = login[key(name)]["authentication_factors"].as_array().unwrap();
            factors.iter().map(|factor| factor["type"].clone()).collect()
        };
        assert_eq!(kinds(&login), ["magic_link", factor_of(name).0], "{name}");
        assert_eq!(
            (&login[key(name)]["expires_at"], &login["session_token"]),
            (&json!("2021-08-09T09:00:00Z"), &json!("adas-token"))
        );
        assert_eq!(login[key(name)]["custom_claims"], json!({ "by": name }));
        assert_eq!(world.caller.sessions("ada").len(), 2, "{name}: and no other begins");
        let (jwt, id) = (text(&login, "/session_jwt").to_owned(), login[key(name)]["session_id"].clone());
        // the state that it has by now is that of no reset: the same once more, in the same world
        let path = world.path(name);
        let mut asked = good(name, &mut world.caller);
        if name == "totps.authenticate" {
            world.caller.advance("30s");
            asked["totp_code"] = json!(crate::totps::code(crate::login_world::TOTP_SECRET, 30));
        } else if name == "totps.recover" {
            continue;
        }
        let more = json!({ "session_jwt": jwt, "session_duration_minutes": 5, "session_custom_claims": { "by": null } });
        let again = world.caller.posted(&path, &joined(asked, &more));
        assert_eq!((&again[key(name)]["session_id"], kinds(&again).len()), (&id, 3), "{name}");
        assert!(text(&again[key(name)], "/expires_at").starts_with("2021-08-09T08:05:"), "{name} {again}");
        assert_eq!(again[key(name)]["custom_claims"], json!({}), "{name}");
    }
}

#[test]
fn a_reset_by_a_session_keeps_that_one_and_the_other_resets_keep_none() {
    let mut world = World::new();
    for name in LOGINS.into_iter().filter(|name| ends_every_session(name)) {
        let login = world.logs_in(name, &json!({ "session_duration_minutes": 30 }));
        assert_eq!(world.caller.sessions("ada"), [login[key(name)].clone()], "{name}");
        let factors = login[key(name)]["authentication_factors"].as_array().unwrap();
        assert_eq!(factors.len(), if name == "passwords.sessions.reset" { 2 } else { 1 }, "{name}");
        let old = world.caller.authenticate(&json!({ "session_token": "adas-old-token" }));
        assert_eq!(old.outcome(), "404 session_not_found", "{name}");
    }
}

#[test]
fn whoever_was_pending_is_active_by_whatever_login() {
    let mut world = World::new();
    for name in LOGINS {
        // a user of a state who has not come yet
        world.caller.house.emulator.control().reset().unwrap();
        let mut state = world.caller.state();
        let users = state["projects"][0]["users"].as_array_mut().unwrap();
        users.iter_mut().find(|user| user["user_id"] == ADA).unwrap()["status"] = json!("pending");
        world.caller.house.client.steered("PUT", "/__mock/state", state.to_string());
        assert_eq!(world.caller.get("/v1/users/ada").json()["status"], "pending");
        let (path, asked) = (world.path(name), good(name, &mut world.caller));
        assert_eq!(world.caller.posted(&path, &asked)["user"]["status"], "active", "{name}");
        assert_eq!(world.caller.get("/v1/users/ada").json()["status"], "active", "{name}");
    }
}

//! Every operation of the routing table: one answer of each, byte for byte, in both wire profiles. The clock stands and
//! ids are drawn from a seed, so that even a new user's ids and a JWT's signature repeat.

use serde_json::{Value, json};
use stytch_mock::{MessageFilter, WireProfile};

use crate::client::Response;
use crate::connected_apps::{APP, APP_SECRET, APPS, AUTHORIZE, asked};
use crate::fraud::SET_RULE;
use crate::golden::{REQUEST_ID, assert_golden};
use crate::idp::paths;
use crate::life::{ALICE, Caller, builder};
use crate::m2m::{M2M_CLIENTS, MACHINE, machine};
use crate::messages::{EMAIL_CODE, LINK};
use crate::operation_calls::{PASSWORDS, STRONG, calls};
use crate::totps::{self, TOTPS};

/// What has to be called before an operation so that it succeeds.
fn steps(name: &str) -> Vec<(&'static str, String, Value)> {
    let signup = json!({ "email": "new@example.com", "password": STRONG, "session_duration_minutes": 60 });
    match name {
        "totps.recoveryCodes" | "totps.recover" => vec![("POST", TOTPS.to_owned(), json!({ "user_id": ALICE }))],
        "passwords.authenticate" | "passwords.existingPassword.reset" | "passwords.sessions.reset" => {
            vec![("POST", PASSWORDS.to_owned(), signup)]
        }
        "passwords.email.reset" => {
            vec![("POST", format!("{PASSWORDS}/email/reset/start"), json!({ "email": "alice@work.example" }))]
        }
        "fraud.rules.list" => ['1', '2']
            .map(|number| ("POST", SET_RULE.to_owned(), json!({ "action": "BLOCK", "asn": number.to_string() })))
            .to_vec(),
        "otps.authenticate" => vec![("POST", EMAIL_CODE.into(), json!({ "email": "new@example.com" }))],
        "magicLinks.authenticate" | "magicLinks.redirect" => {
            vec![("POST", LINK.into(), json!({ "email": "new@example.com" }))]
        }
        "m2m.clients.secrets.rotateCancel" | "m2m.clients.secrets.rotate" => vec![
            ("POST", M2M_CLIENTS.to_owned(), machine()),
            ("POST", format!("{M2M_CLIENTS}/{MACHINE}/secrets/rotate/start"), json!({})),
        ],
        "connectedApp.clients.secrets.rotateCancel" | "connectedApp.clients.secrets.rotate" => {
            vec![("POST", format!("{APPS}/{APP}/secrets/rotate/start"), json!({}))]
        }
        "users.connectedApps" | "users.revoke" => {
            vec![("POST", AUTHORIZE.to_owned(), asked(json!({ "user_id": ALICE, "consent_granted": true })))]
        }
        name if name.starts_with("idp.introspect") || name.starts_with("oauth2.revoke") || name.contains("userinfo") => vec![
            ("POST", AUTHORIZE.to_owned(), asked(json!({ "user_id": ALICE, "consent_granted": true }))),
            (
                "POST",
                paths()[usize::from(name.contains("domain"))].token.clone(),
                json!({
                    "grant_type": "authorization_code", "client_id": APP, "client_secret": APP_SECRET,
                    "redirect_uri": "https://app.example/in", "code": "{{answer:/authorization_code}}"
                }),
            ),
        ],
        name if name.starts_with("m2m.") && name != "m2m.clients.create" => {
            vec![("POST", M2M_CLIENTS.to_owned(), machine())]
        }
        _ => Vec::new(),
    }
}

/// Calls an operation after its steps. In its path and its body, `{{outbox:/code}}` stands for what the last message of
/// the outbox has at `/code`, `{{answer:/totp_id}}` for what the answer to the last step has there, and
/// `{{totp:/secret}}` for the code that an app shows for that.
pub fn call(caller: &mut Caller, name: &str, method: &str, path: &str, body: &Value) -> Response {
    let answer = prepare(caller, name);
    let (path, body) = filled(caller, &answer, path, body);
    caller.call(method, &path, &body)
}

/// Does what has to be done before an operation; the last answer.
pub fn prepare(caller: &mut Caller, name: &str) -> Value {
    let mut answer = Value::Null;
    for (method, path, body) in steps(name) {
        let (path, body) = filled(caller, &answer, &path, &body);
        let response = caller.call(method, &path, &body);
        assert!(response.status < 400, "before {name}, {method} {path}: {response:?}");
        answer = response.json();
    }
    answer
}

/// A path and a body with what stands for something else in them filled in.
pub fn filled(caller: &Caller, answer: &Value, path: &str, body: &Value) -> (String, Value) {
    let outbox = serde_json::to_value(caller.house.emulator.control().outbox(&MessageFilter::default())).unwrap();
    let message = outbox["messages"].as_array().and_then(|messages| messages.last()).cloned().unwrap_or_default();
    let fill = |text: &str| {
        let mut text = text.to_owned();
        while let Some((before, rest)) = text.clone().split_once("{{") {
            let (place, after) = rest.split_once("}}").unwrap();
            let (source, pointer) = place.split_once(':').unwrap();
            let found = if source == "outbox" { message.pointer(pointer) } else { answer.pointer(pointer) };
            let found = found.and_then(Value::as_str).unwrap_or_else(|| panic!("{place} is nowhere: {message} {answer}"));
            let found = if source == "totp" { totps::code(found, 0) } else { found.to_owned() };
            text = format!("{before}{found}{after}");
        }
        text
    };
    let body = if body.is_null() { Value::Null } else { serde_json::from_str(&fill(&body.to_string())).unwrap() };
    (fill(path), body)
}

#[test]
fn every_operation_answers_with_the_golden_of_its_profile() {
    for (wire, folder) in [(WireProfile::Page, "page"), (WireProfile::Live, "live")] {
        for (name, status, method, path, body) in calls() {
            // of its own, so that no answer depends on the order of the table
            let mut caller = Caller::of(builder().wire(wire));
            let response = call(&mut caller, name, method, &path, &body);
            assert_eq!(response.status, status, "{name}: {response:?}");
            // who is sent on gets no body
            let whole = response.header("location").map_or_else(|| response.with_request_id(REQUEST_ID), str::to_owned);
            assert_golden(&format!("{folder}/operations/{name}.json"), &whole);
        }
    }
}

#[test]
fn the_live_profile_says_the_same_in_alphabetical_order_at_every_level() {
    for (name, _, method, path, body) in calls().into_iter().filter(|(_, status, ..)| *status != 302) {
        let [page, live] = [WireProfile::Page, WireProfile::Live]
            .map(|wire| call(&mut Caller::of(builder().wire(wire)), name, method, &path, &body));
        assert_eq!(page.json(), live.json(), "{name}");
        // a tree of serde_json keeps its keys sorted
        assert_eq!(live.text(), format!("{}\n", live.json()), "{name}");
        assert!(page.text().starts_with(r#"{"status_code":20"#) && page.text().ends_with('}'), "{name}");
    }
}

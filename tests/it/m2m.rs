//! Machine clients: making and changing them, rotating their secrets, and the tokens that they get.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Request, Response, basic};
use crate::connected_apps::APP;
use crate::fixture::{House, NOW, PROJECT, SECRET};
use crate::life::{Caller, builder, life, request, text};
use crate::openapi;

pub const M2M_CLIENTS: &str = "/v1/m2m/clients";
pub const MACHINE: &str = "machine-1";
pub const MACHINE_SECRET: &str = "correct horse battery staple";

/// What a JWT says, whoever signed it.
pub fn payload(jwt: &str) -> Value {
    let part = jwt.split('.').nth(1).unwrap_or_else(|| panic!("{jwt} is no JWT"));
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Where tokens are, by the project's id and as on a domain of its own.
pub fn token_paths() -> [String; 2] {
    [format!("/v1/public/{PROJECT}/oauth2/token"), "/v1/oauth2/token".to_owned()]
}

/// What makes a client whose id and secret are known.
pub fn machine() -> Value {
    json!({ "client_id": MACHINE, "client_secret": MACHINE_SECRET, "client_name": "Machine", "scopes": ["read:users", "write:users"] })
}

fn made() -> Caller {
    let mut caller = life();
    caller.posted(M2M_CLIENTS, &machine());
    caller
}

fn client(more: &str) -> String {
    format!("{M2M_CLIENTS}/{MACHINE}{more}")
}

/// A request for a token, by nobody's Basic credentials, as a form.
pub fn form(path: &str, fields: &[(&str, &str)]) -> Request {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    Request::new("POST", path).header("content-type", "application/x-www-form-urlencoded").body(body.finish())
}

fn ask(caller: &mut Caller, id: &str, secret: &str, scope: &str) -> Response {
    let fields = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope)];
    caller.send(&form(&token_paths()[0], &fields[..if scope.is_empty() { 3 } else { 4 }]))
}

fn outcome(caller: &mut Caller, secret: &str) -> String {
    ask(caller, MACHINE, secret, "").outcome()
}

/// What the last request was refused with, in the vendor's words, which the journal has.
pub fn last_error(caller: &mut Caller) -> String {
    let journal = caller.house.client.steered("GET", "/__mock/requests", "");
    let entries = journal["requests"].as_array().unwrap();
    entries.last().unwrap()["error_type"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_secret_is_shown_once_and_known_by_its_end_from_then_on() {
    let mut caller = life();
    let made = caller.posted(M2M_CLIENTS, &json!({ "scopes": ["read:users"] }))["m2m_client"].clone();
    let (id, secret) = (text(&made, "/client_id"), text(&made, "/client_secret"));
    assert!(id.starts_with("m2m-client-test-") && secret.len() == 44, "{made}");
    assert_eq!(made["client_secret_last_four"], secret[40..]);
    let seen = caller.get(&format!("{M2M_CLIENTS}/{id}")).json()["m2m_client"].clone();
    let expected = json!({
        "client_id": id, "client_name": "", "client_description": "", "client_secret_last_four": secret[40..],
        "next_client_secret_last_four": null, "scopes": ["read:users"], "status": "active", "trusted_metadata": {},
    });
    assert_eq!(seen, expected);
    assert_eq!(ask(&mut caller, id, secret, "").status, 200);
}

#[test]
fn what_is_updated_is_seen_and_what_is_refused_changes_nothing() {
    let mut caller = made();
    let body = json!({ "client_description": "d", "scopes": ["a"], "trusted_metadata": { "plan": "pro", "seats": 2 } });
    caller.put(&client(""), &body);
    let updated = caller.put(&client(""), &json!({ "trusted_metadata": { "seats": null }, "client_name": "" })).json();
    let seen = caller.get(&client("")).json();
    assert_eq!(seen["m2m_client"], updated["m2m_client"]);
    let client_now = &seen["m2m_client"];
    assert_eq!(client_now["trusted_metadata"], json!({ "plan": "pro" }));
    assert_eq!((&client_now["client_name"], &client_now["client_description"]), (&json!(""), &json!("d")));
    for (expected, body) in [
        ("400 invalid_m2m_client_status", json!({ "client_name": "x", "status": "asleep" })),
        ("400 invalid_m2m_client_scope", json!({ "client_name": "x", "scopes": ["a b"] })),
        ("400 metadata_invalid_format", json!({ "client_name": "x", "trusted_metadata": 1 })),
        ("400 bad_request", json!({ "client_name": 1 })),
    ] {
        assert_eq!(caller.put(&client(""), &body).outcome(), expected);
    }
    assert_eq!(caller.get(&client("")).json()["m2m_client"], *client_now);
    assert_eq!(caller.delete(&client("")).json()["client_id"], MACHINE);
    for (method, path) in [
        ("GET", client("")),
        ("PUT", client("")),
        ("DELETE", client("")),
        ("POST", client("/secrets/rotate/start")),
        ("POST", client("/secrets/rotate/cancel")),
        ("POST", client("/secrets/rotate")),
    ] {
        assert_eq!(caller.call(method, &path, &json!({})).outcome(), "404 m2m_client_not_found", "{method} {path}");
    }
    assert_eq!(outcome(&mut caller, MACHINE_SECRET), "401 invalid_client");
}

#[test]
fn what_can_be_no_client_is_not_made() {
    let mut caller = made();
    let document = openapi::document(&caller.house.client);
    let with = |key: &str, value: Value| {
        let mut body = json!({ "scopes": [] });
        body[key] = value;
        body
    };
    for (expected, body) in [
        ("400 bad_request", json!({})),
        ("400 duplicate_m2m_client_id", with("client_id", MACHINE.into())),
        ("400 m2m_client_invalid_client_id", with("client_id", "a b".into())),
        ("400 m2m_client_invalid_client_secret", with("client_secret", "7 chars".into())),
        ("400 m2m_client_invalid_client_secret", with("client_secret", "x".repeat(129).into())),
        ("400 insecure_m2m_client_secret", with("client_secret", "password123".into())),
        ("400 invalid_m2m_client_scope", with("scopes", json!(["read", ""]))),
        ("400 metadata_invalid_format", with("trusted_metadata", "x".into())),
        ("400 metadata_too_large", with("trusted_metadata", json!({ "x": "x".repeat(4096) }))),
    ] {
        let response = caller.post(M2M_CLIENTS, &body);
        assert_eq!(response.outcome(), expected, "{body}");
        openapi::assert_declared(&document, "POST", M2M_CLIENTS, &response.json());
    }
    assert_eq!(caller.posted(&format!("{M2M_CLIENTS}/search"), &json!({}))["results_metadata"]["total"], 1);
}

#[test]
fn both_secrets_count_while_they_rotate() {
    let mut caller = made();
    let start = client("/secrets/rotate/start");
    let both = |caller: &mut Caller, next: &str| [MACHINE_SECRET, next].map(|secret| outcome(caller, secret));
    for end in ["cancel", ""] {
        let started = caller.posted(&start, &json!({}))["m2m_client"].clone();
        let next = text(&started, "/next_client_secret").to_owned();
        assert_eq!(started["next_client_secret_last_four"], next[40..]);
        assert_eq!(started.get("client_secret"), None);
        assert_eq!(both(&mut caller, &next), ["200", "200"]);
        assert_eq!(caller.post(&start, &json!({})).outcome(), "400 m2m_client_already_rotating_secret");
        let path = client("/secrets/rotate") + if end.is_empty() { "" } else { "/cancel" };
        let ended = caller.posted(&path, &json!({}))["m2m_client"].clone();
        assert_eq!((ended.get("next_client_secret"), &ended["next_client_secret_last_four"]), (None, &Value::Null));
        let (expected, last_four) =
            if end.is_empty() { (["401 invalid_client", "200"], &next[40..]) } else { (["200", "401 invalid_client"], "aple") };
        assert_eq!(both(&mut caller, &next), expected, "{path}");
        assert_eq!(ended["client_secret_last_four"], last_four);
        assert_eq!(caller.post(&path, &json!({})).outcome(), "400 m2m_client_not_rotating_secret");
    }
}

#[test]
fn a_token_is_given_by_body_or_by_basic_credentials_as_json_or_as_a_form() {
    let mut caller = made();
    let escaped = MACHINE_SECRET.replace(' ', "%20");
    for path in token_paths() {
        let grant = ("grant_type", "client_credentials");
        let (id, secret) = (("client_id", MACHINE), ("client_secret", MACHINE_SECRET));
        let json_body = json!({ "grant_type": "client_credentials", "client_id": MACHINE, "client_secret": MACHINE_SECRET });
        let json_request = Request::new("POST", &path).header("content-type", "application/json").body(json_body.to_string());
        for asked in [
            form(&path, &[grant, id, secret]),
            form(&path, &[grant]).basic(MACHINE, MACHINE_SECRET),
            form(&path, &[grant]).basic(&MACHINE.replace('-', "%2D"), &escaped),
            form(&path, &[grant, id]).basic(MACHINE, MACHINE_SECRET),
            // as the SDK for Python has it
            json_request.clone().basic(PROJECT, SECRET),
            json_request,
        ] {
            let response = caller.send(&asked);
            assert_eq!(response.header("cache-control"), Some("no-store"), "{response:?}");
            let body = response.json();
            assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("bearer"), &json!(3600)), "{asked:?}");
            let claims = payload(text(&body, "/access_token"));
            let expected = json!({
                "aud": [PROJECT], "iss": format!("stytch.com/{PROJECT}"), "sub": MACHINE, "scope": "read:users write:users",
                "iat": 1_628_496_000, "nbf": 1_628_496_000, "exp": 1_628_499_600,
            });
            assert_eq!(claims, expected);
        }
    }
}

#[test]
fn a_client_gets_the_scopes_that_it_asks_for_and_no_others() {
    let mut caller = made();
    let scope = |caller: &mut Caller, asked: &str| {
        let response = ask(caller, MACHINE, MACHINE_SECRET, asked);
        match response.status {
            200 => payload(text(&response.json(), "/access_token"))["scope"].as_str().unwrap().to_owned(),
            _ => response.outcome(),
        }
    };
    assert_eq!(scope(&mut caller, "write:users"), "write:users");
    assert_eq!(scope(&mut caller, " write:users  read:users "), "write:users read:users");
    for asked in ["delete:users", "read:users delete:users", "read:*"] {
        assert_eq!(scope(&mut caller, asked), "400 invalid_scope");
    }
    // what it may do from now on
    caller.put(&client(""), &json!({ "scopes": ["delete:users"] }));
    assert_eq!(scope(&mut caller, ""), "delete:users");
    assert_eq!(scope(&mut caller, "read:users"), "400 invalid_scope");
}

#[test]
fn who_gets_no_token_is_told_so_in_the_words_of_oauth() {
    let mut caller = made();
    let document = openapi::document(&caller.house.client);
    let grant = ("grant_type", "client_credentials");
    let (id, secret) = (("client_id", MACHINE), ("client_secret", MACHINE_SECRET));
    let path = &token_paths()[0];
    let elsewhere = "/v1/public/project-test-99999999-9999-4999-8999-999999999999/oauth2/token";
    let text = |content_type: &str, body: &str| Request::new("POST", path).header("content-type", content_type).body(body);
    for (expected, asked) in [
        ("401 invalid_client unauthorized_credentials", form(path, &[grant, id, ("client_secret", "wrong")])),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant, id])),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant, ("client_id", "unknown"), secret])),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant])),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant, id]).basic(PROJECT, SECRET)),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant]).basic(MACHINE, "wrong")),
        ("401 invalid_client unauthorized_credentials", form(path, &[grant]).header("authorization", "Basic x")),
        ("400 invalid_request bad_request", form(path, &[id, secret])),
        ("400 invalid_request bad_request", form(path, &[grant, id, secret, id])),
        ("400 invalid_request bad_request", text("text/plain", "x")),
        ("400 invalid_request bad_request", text("application/json", "[]")),
        ("400 invalid_request bad_request", text("application/json", r#"{"grant_type": 1}"#)),
        ("400 unsupported_grant_type unsupported_grant_type", form(path, &[("grant_type", "password"), id, secret])),
        ("400 invalid_scope oauth_invalid_scope_requested", form(path, &[grant, id, secret, ("scope", "x")])),
        ("404 project_not_found project_not_found", form(elsewhere, &[grant, id, secret])),
    ] {
        let response = caller.send(&asked);
        let body = response.json();
        assert_eq!(format!("{} {}", response.outcome(), last_error(&mut caller)), expected, "{asked:?}");
        assert!(body["error_uri"].as_str().unwrap().starts_with("https://stytch.com/docs/api/errors/"), "{body}");
        if expected.starts_with("40") && !expected.contains("project") {
            openapi::assert_declared(&document, "POST", path, &body);
        }
    }
    caller.put(&client(""), &json!({ "status": "inactive" }));
    let refused = ask(&mut caller, MACHINE, MACHINE_SECRET, "");
    assert_eq!(refused.outcome(), "401 invalid_client");
    assert_eq!(refused.header("x-stytch-mock-reason"), Some("M2M client machine-1 is inactive"));
    caller.put(&client(""), &json!({ "status": "active" }));
    assert_eq!(outcome(&mut caller, MACHINE_SECRET), "200");
}

#[test]
fn clients_are_found_by_id_name_and_scope_page_by_page() {
    let mut caller = life();
    for number in 0..5 {
        let scopes: Vec<String> = (0..number).map(|scope| format!("s{scope}")).collect();
        let name = format!("n{}", number % 2);
        caller.posted(M2M_CLIENTS, &json!({ "client_id": format!("c{number}"), "client_name": name, "scopes": scopes }));
    }
    let path = format!("{M2M_CLIENTS}/search");
    let ids = |answer: &Value| -> String {
        let clients = answer["m2m_clients"].as_array().unwrap();
        clients.iter().map(|client| &text(client, "/client_id")[1..]).collect()
    };
    let query = |operator: &str, operands: &[(&str, &[&str])]| {
        let operands: Vec<Value> =
            operands.iter().map(|(name, value)| json!({ "filter_name": name, "filter_value": value })).collect();
        json!({ "query": { "operator": operator, "operands": operands } })
    };
    for (body, expected) in [
        (json!({}), "43210"),
        (query("AND", &[]), "43210"),
        (query("AND", &[("client_id", &["c1", "c3", "c9"])]), "31"),
        (query("AND", &[("client_name", &["n1"]), ("scopes", &["s1"])]), "3"),
        (query("OR", &[("client_name", &["n1"]), ("scopes", &["s1"])]), "4321"),
        (query("AND", &[("scopes", &["s3", "s2"])]), "43"),
        (query("AND", &[("client_name", &["n"])]), ""),
    ] {
        let found = caller.posted(&path, &body);
        assert_eq!(ids(&found), expected, "{body}");
        assert_eq!(found["results_metadata"], json!({ "total": expected.len(), "next_cursor": null }));
    }
    let mut pages = Vec::new();
    let mut cursor = Value::Null;
    for _ in 0..3 {
        let page = caller.posted(&path, &json!({ "limit": 2, "cursor": cursor }));
        pages.push(ids(&page));
        cursor = page["results_metadata"]["next_cursor"].clone();
        caller.delete(&format!("{M2M_CLIENTS}/c3"));
    }
    assert_eq!((pages, cursor), (vec!["43".to_owned(), "21".to_owned(), "0".to_owned()], Value::Null));
    for (expected, body) in [
        ("400 bad_request", json!({ "limit": 0 })),
        ("400 bad_request", json!({ "limit": 1001 })),
        ("400 bad_request", json!({ "cursor": "x" })),
        ("400 bad_request", json!({ "query": { "operator": "XOR" } })),
        ("400 m2m_search_missing_filter_name", json!({ "query": { "operands": [{ "filter_value": ["x"] }] } })),
        ("400 m2m_search_filter_name_must_be_string", json!({ "query": { "operands": [{ "filter_name": 1 }] } })),
        ("400 m2m_search_filter_name_not_recognized", query("AND", &[("size", &["x"])])),
        ("400 m2m_search_missing_filter_value", json!({ "query": { "operands": [{ "filter_name": "scopes" }] } })),
        (
            "400 m2m_search_expected_array_of_strings",
            json!({ "query": { "operands": [{ "filter_name": "scopes", "filter_value": "s1" }] } }),
        ),
    ] {
        assert_eq!(caller.post(&path, &body).outcome(), expected, "{body}");
    }
}

/// A seed of two clients, one in rotation, and a template.
const SEED: &str = r#"{"projects": [{
    "m2m_claims_template": "{\"plan\": {{ client.trusted_metadata.plan }}, \"for\": \"{{ request.user_id }}!\", \"sub\": \"me\"}",
    "m2m_clients": [
        {"client_id": "machine-1", "client_secret": "one", "next_client_secret": "two", "scopes": ["a", "b"],
         "trusted_metadata": {"plan": ["pro"]}, "client_name": "N", "client_description": "D"},
        {"status": "inactive"}
    ]
}]}"#;

#[test]
fn the_projects_template_makes_custom_claims() {
    let mut caller = Caller::of(Emulator::builder().seed_json(SEED).clock(NOW));
    let fields = [("grant_type", "client_credentials"), ("client_id", MACHINE), ("client_secret", "one"), ("user_id", "u\"1")];
    let claims = |caller: &mut Caller, fields: &[(&str, &str)]| {
        payload(text(&caller.send(&form(&token_paths()[0], fields)).json(), "/access_token"))
    };
    let with = claims(&mut caller, &fields);
    assert_eq!((&with["plan"], &with["for"], &with["sub"]), (&json!(["pro"]), &json!("u\"1!"), &json!(MACHINE)));
    let without = claims(&mut caller, &fields[..3]);
    assert_eq!(without["for"], "null!");
    let large = "x".repeat(5000);
    let refused = caller.send(&form(&token_paths()[0], &[&fields[..3], &[("user_id", large.as_str())]].concat()));
    assert_eq!(refused.outcome(), "400 custom_claims_too_large");
}

#[test]
fn clients_go_with_the_state_with_snapshots_and_with_resets() {
    let mut caller = Caller::of(Emulator::builder().seed_json(SEED).id_seed(7).clock(NOW));
    let fresh = caller.state();
    caller.house.client.steered("PUT", "/__mock/snapshots/fresh", "");
    caller.posted(&client("/secrets/rotate"), &json!({}));
    caller.put(&client(""), &json!({ "trusted_metadata": { "x": 1 }, "scopes": ["z"] }));
    caller.posted(M2M_CLIENTS, &json!({ "scopes": ["new"] }));
    let changed = caller.state();
    let entry = &changed["projects"][0]["m2m_clients"][0];
    assert_eq!((&entry["client_secret"], entry.get("next_client_secret")), (&json!("two"), None));
    assert_eq!(changed["projects"][0]["m2m_clients"].as_array().unwrap().len(), 3);
    assert_eq!(["one", "two"].map(|secret| outcome(&mut caller, secret)), ["401 invalid_client", "200"]);
    let mut other = Caller::of(Emulator::builder().seed_json(changed.to_string()));
    assert_eq!(other.state(), changed);
    assert_eq!(["one", "two"].map(|secret| outcome(&mut other, secret)), ["401 invalid_client", "200"]);
    let search = format!("{M2M_CLIENTS}/search");
    let found = |caller: &mut Caller| caller.posted(&search, &json!({}))["m2m_clients"].clone();
    assert_eq!(found(&mut other), found(&mut caller), "in the same order");
    caller.house.client.steered("POST", "/__mock/snapshots/fresh", "");
    assert_eq!(caller.state(), fresh);
    caller.house.client.steered("PUT", "/__mock/state", changed.to_string());
    assert_eq!(caller.state(), changed);
    caller.house.client.steered("POST", "/__mock/reset", "");
    assert_eq!(caller.state(), fresh);
    assert_eq!(["one", "two"].map(|secret| outcome(&mut caller, secret)), ["200", "200"]);
    // a project that was cloned has the clients, too, and changes its own
    let clone = caller.house.emulator.control().create_project().unwrap();
    let request = Request::new("DELETE", client("")).basic(&clone.project_id, &clone.secret);
    assert_eq!(caller.send(&request).status, 200);
    assert_eq!(caller.send(&request).outcome(), "404 m2m_client_not_found");
    assert_eq!(caller.get(&client("")).status, 200);
}

/// Rotating a secret and cancelling that at once: either happens, and the secrets are those of the one that did.
#[test]
fn a_secret_that_is_rotated_and_kept_at_once_ends_as_one_of_both() {
    let mut caller = made();
    let app = format!("/v1/connected_apps/clients/{APP}");
    for round in 0..25 {
        for (path, error) in
            [(client(""), "400 m2m_client_not_rotating_secret"), (app.clone(), "400 connected_app_not_rotating_secret")]
        {
            let key = if path == app { "/connected_app" } else { "/m2m_client" };
            let started = caller.posted(&format!("{path}/secrets/rotate/start"), &json!({})).pointer(key).unwrap().clone();
            let ends = ["rotate", "rotate/cancel"].map(|end| request("POST", &format!("{path}/secrets/{end}"), &json!({})));
            assert_eq!(at_once(&caller.house, &ends), counts([("200", 1), (error, 1)]), "{round}: {path}");
            let seen = caller.get(&path).json().pointer(key).unwrap().clone();
            let last_four = text(&seen, "/client_secret_last_four");
            let either = [text(&started, "/client_secret_last_four"), &text(&started, "/next_client_secret")[40..]];
            assert!(either.contains(&last_four), "{round}: {last_four} is none of {either:?}");
            assert_eq!(seen["next_client_secret_last_four"], Value::Null);
        }
    }
}

/// What some ask at once, and how it goes for them.
pub fn at_once(house: &House, requests: &[Request]) -> BTreeMap<String, usize> {
    let barrier = Barrier::new(requests.len());
    let send = |request: &Request| {
        let mut connection = house.client.connect();
        barrier.wait();
        connection.send(request).outcome()
    };
    let send = &send;
    let outcomes: Vec<String> = thread::scope(|scope| {
        let asking: Vec<_> = requests.iter().map(|request| scope.spawn(move || send(request))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap()).collect()
    });
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(outcome).or_default() += 1;
    }
    counts
}

/// Outcomes with their counts.
pub fn counts<const N: usize>(expected: [(&str, usize); N]) -> BTreeMap<String, usize> {
    expected.map(|(outcome, count)| (outcome.to_owned(), count)).into()
}

#[test]
fn of_many_who_make_rotate_or_delete_a_client_at_once_one_wins() {
    let caller = Caller::of(builder());
    for round in 0..50 {
        let all = |method: &str, path: String, body: &Value| vec![request(method, &path, body); 4];
        for (method, path, body, loser) in [
            ("POST", M2M_CLIENTS.to_owned(), machine(), "400 duplicate_m2m_client_id"),
            ("POST", client("/secrets/rotate/start"), json!({}), "400 m2m_client_already_rotating_secret"),
            ("POST", client("/secrets/rotate"), json!({}), "400 m2m_client_not_rotating_secret"),
            ("DELETE", client(""), Value::Null, "404 m2m_client_not_found"),
        ] {
            let outcomes = at_once(&caller.house, &all(method, path.clone(), &body));
            assert_eq!(outcomes, counts([("200", 1), (loser, 3)]), "{round}: {method} {path}");
        }
    }
}

#[test]
fn no_secret_is_written_down() {
    let mut caller = Caller::of(builder().journal_bodies(true));
    caller.posted(M2M_CLIENTS, &machine());
    let next = text(&caller.posted(&client("/secrets/rotate/start"), &json!({})), "/m2m_client/next_client_secret").to_owned();
    ask(&mut caller, MACHINE, &next, "");
    caller.send(&form(&token_paths()[1], &[("grant_type", "client_credentials")]).header("authorization", basic(MACHINE, &next)));
    let journal = caller.house.client.steered("GET", "/__mock/requests", "").to_string();
    assert!(journal.contains(MACHINE) && !journal.contains(&next) && !journal.contains(MACHINE_SECRET), "{journal}");
}

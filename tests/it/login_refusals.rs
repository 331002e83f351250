//! Every refusal that the served description names of every operation of a login, each come to by a request of its own. The
//! request is one that succeeds, which is tried first, with one thing wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Request, Response};
use crate::fixture::PROJECT;
use crate::flaws::{Case, Flaw};
use crate::life::Caller;
use crate::login_flaws::cases;
use crate::login_world::{LIVE, call, good, seed};
use crate::messages::joined;
use crate::openapi;

/// What no single request comes to, and why.
const OUT_OF_REACH: [(&str, &str, &str); 1] =
    [("passwords.sessions.reset", "user_not_found", "whoever deletes the user between two steps of the request")];

/// Of each operation of a login its method, its path, and what it says that it refuses.
fn described(document: &Value) -> BTreeMap<String, (String, String, BTreeSet<String>)> {
    let mut found = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            if !["passwords.", "otps.", "magicLinks.", "totps.", "oauth."].iter().any(|resource| name.starts_with(resource)) {
                continue;
            }
            let responses = operation["responses"].as_object().unwrap().values();
            let types = responses.filter_map(|response| {
                response.pointer("/content/application~1json/schema/properties/error_type/enum")?.as_array().cloned()
            });
            let types = types.flatten().map(|error| error.as_str().unwrap().to_owned()).collect();
            found.insert(name.to_owned(), (method.to_uppercase(), path.clone(), types));
        }
    }
    found
}

/// An emulator for each thing that a project can have.
#[derive(Default)]
struct Worlds(BTreeMap<String, Caller>);

impl Worlds {
    fn of(&mut self, project: &Value) -> &mut Caller {
        let project = if project["live"] == true { json!({}) } else { project.clone() };
        let caller = self
            .0
            .entry(project.to_string())
            .or_insert_with(|| Caller::of(Emulator::builder().seed_json(seed(&project)).id_seed(7)));
        caller.house.emulator.control().reset().unwrap();
        caller.house.emulator.control().clear_outbox().unwrap();
        caller
    }
}

#[test]
fn each_operation_refuses_whatever_it_says_that_it_refuses() {
    let mut worlds = Worlds::default();
    let document = openapi::document(&worlds.of(&json!({})).house.client);
    let described = described(&document);
    assert_eq!(described.len(), 29, "{:?}", described.keys());
    let mut met: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut check = |name: &'static str, expected: &str, response: &Response, what: &str| {
        assert_eq!(response.outcome(), expected, "{name} {what}");
        met.entry(name).or_default().insert(expected.split_once(' ').unwrap().1.to_owned());
    };
    for case in cases() {
        let Case { name, expected, project, flaw } = &case;
        let (method, path, _) = &described[*name];
        let caller = worlds.of(project);
        let asked = match flaw {
            // what a project lacks is of no interest to the steps
            Flaw::Says(wrong) if project["redirect_urls"].is_array() => {
                let steps = &mut Caller::of(Emulator::builder().seed_json(seed(&json!({}))));
                joined(good(name, steps), wrong)
            }
            Flaw::Says(wrong) => joined(good(name, caller), wrong),
            Flaw::After(step) => {
                let asked = good(name, caller);
                step(caller, asked)
            }
        };
        let before = caller.state();
        let response = if project["live"] == true {
            let ask = Request::new(method, path).basic(LIVE, "s").header("content-type", "application/json");
            caller.send(&ask.body(asked.to_string()))
        } else {
            caller.send(&call(method, path, &asked))
        };
        check(name, expected, &response, &asked.to_string());
        openapi::assert_declared(&document, method, path, &response.json());
        if !matches!(flaw, Flaw::After(_)) {
            assert_eq!(
                caller.state()["projects"][0]["users"].as_array().map(Vec::len),
                before["projects"][0]["users"].as_array().map(Vec::len),
                "{name} {expected}"
            );
        }
    }
    // what is right, and what is wrong with every request alike
    for (name, (method, path, _)) in &described {
        let name: &'static str = name.clone().leak();
        let caller = worlds.of(&json!({}));
        let asked = good(name, caller);
        let large = call(method, path, &asked).header("x-large", "x".repeat(70_000));
        check(name, "400 bad_request", &caller.send(&large), "with a header too large");
        if method != "GET" {
            let key = asked.as_object().unwrap().keys().next().unwrap().clone();
            check(
                name,
                "400 bad_request",
                &caller.call(method, path, &joined(asked.clone(), &json!({ key: 1 }))),
                "with a number",
            );
            let as_somebody = |id: &str, secret: &str| {
                Request::new(method, path).basic(id, secret).header("content-type", "application/json").body(asked.to_string())
            };
            check(name, "400 invalid_project_id_authentication", &caller.send(&as_somebody("project-test-1", "x")), "");
            check(name, "401 unauthorized_credentials", &caller.send(&as_somebody(PROJECT, "x")), "");
        }
        caller.house.emulator.control().set_rate_limit("1/h").unwrap();
        caller.house.emulator.control().drain_bucket().unwrap();
        check(name, "429 too_many_requests", &caller.send(&call(method, path, &asked)), "");
        caller.house.emulator.control().fill_bucket().unwrap();
        let response = caller.send(&call(method, path, &asked));
        assert!(response.status < 400, "{name} {asked}: {response:?}");
    }
    for (name, error, _) in OUT_OF_REACH {
        assert!(met.get_mut(name).unwrap().insert(error.to_owned()), "{name} comes to {error}");
    }
    for (name, (_, _, types)) in &described {
        assert_eq!(&met[name.as_str()], types, "{name}");
    }
}

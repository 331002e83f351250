//! The world of the tests about sessions and users: `tests/seeds/life.json`, and whoever calls its operations.

use serde_json::{Value, json};
use stytch_mock::{Builder, Emulator};

use crate::client::{Client, Connection, Request, Response};
use crate::fixture::{House, PROJECT, SECRET, seed_path};

pub const SEED: &str = include_str!("../seeds/life.json");

pub const ALICE: &str = "user-test-00000000-0000-4000-8000-00000000000a";
pub const BOB: &str = "user-test-00000000-0000-4000-8000-00000000000b";
pub const CAROL: &str = "user-test-00000000-0000-4000-8000-00000000000c";

/// Alice's sessions: one with everything (07:00 to 09:00), one with nothing (07:30 to 08:30), two that are over.
pub const TOKEN: &str = "alice-token-1-000000000000000000000000000000";
pub const SESSION: &str = "session-test-00000000-0000-4000-8000-00000000a001";
pub const BARE_TOKEN: &str = "alice-token-2-000000000000000000000000000000";
pub const BARE_SESSION: &str = "session-test-00000000-0000-4000-8000-00000000a002";
pub const EXPIRED_TOKEN: &str = "alice-expired-000000000000000000000000000000";
pub const EXPIRED_SESSION: &str = "session-test-00000000-0000-4000-8000-00000000a003";
pub const REVOKED_TOKEN: &str = "alice-revoked-000000000000000000000000000000";
pub const REVOKED_SESSION: &str = "session-test-00000000-0000-4000-8000-00000000a004";
pub const BOBS_TOKEN: &str = "bobs-own-token";
pub const BOBS_SESSION: &str = "session-test-00000000-0000-4000-8000-00000000b001";

/// A token of the vendor's form that nobody has.
pub const STRANGE_TOKEN: &str = "nobody-has-this-token-0000000000000000000000";

pub const AUTHENTICATE: &str = "/v1/sessions/authenticate";
pub const REVOKE: &str = "/v1/sessions/revoke";
pub const MIGRATE: &str = "/v1/sessions/migrate";
pub const EXCHANGE: &str = "/v1/sessions/exchange_access_token";
pub const ATTEST: &str = "/v1/sessions/attest";
pub const SEARCH: &str = "/v1/users/search";

/// An emulator of the seed above, its ids repeating.
pub fn life() -> Caller {
    Caller::of(builder())
}

pub fn builder() -> Builder {
    Emulator::builder().seed_json(SEED).id_seed(7)
}

/// A project's backend: one connection, its credentials, JSON both ways.
pub struct Caller {
    connection: Connection,
    pub house: House,
}

impl Caller {
    pub fn of(builder: Builder) -> Self {
        let mut house = House::of(builder);
        // ids repeat after a reset and in every emulator of one id seed
        house.client = Client::of_repeating_ids(house.emulator.address());
        Self { connection: house.client.connect(), house }
    }

    /// With a file of `seed/`, at the time that the file says.
    pub fn of_seed(name: &str) -> Self {
        Self::of(Emulator::builder().seed_file(seed_path(name)))
    }

    pub fn send(&mut self, request: &Request) -> Response {
        self.connection.send(request)
    }

    /// Calls an operation; `Value::Null` is no body at all.
    pub fn call(&mut self, method: &str, path: &str, body: &Value) -> Response {
        self.send(&request(method, path, body))
    }

    pub fn get(&mut self, path: &str) -> Response {
        self.call("GET", path, &Value::Null)
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Response {
        self.call("POST", path, body)
    }

    pub fn put(&mut self, path: &str, body: &Value) -> Response {
        self.call("PUT", path, body)
    }

    pub fn delete(&mut self, path: &str) -> Response {
        self.call("DELETE", path, &Value::Null)
    }

    /// The body of a `POST` that has to succeed.
    pub fn posted(&mut self, path: &str, body: &Value) -> Value {
        let response = self.post(path, body);
        assert!(response.status < 300, "{path} {body}: {response:?}");
        response.json()
    }

    pub fn authenticate(&mut self, body: &Value) -> Response {
        self.post(AUTHENTICATE, body)
    }

    /// A fresh JWT of the session with this token.
    pub fn jwt(&mut self, token: &str) -> String {
        text(&self.posted(AUTHENTICATE, &json!({ "session_token": token })), "/session_jwt").to_owned()
    }

    pub fn advance(&mut self, by: &str) {
        self.house.client.steered("POST", "/__mock/clock/advance", json!({ "by": by }).to_string());
    }

    /// The sessions that are listed of a user.
    pub fn sessions(&mut self, user_id: &str) -> Vec<Value> {
        let body = self.get(&format!("/v1/sessions?user_id={user_id}")).json();
        body["sessions"].as_array().unwrap_or_else(|| panic!("{body}")).clone()
    }

    pub fn state(&mut self) -> Value {
        self.house.client.steered("GET", "/__mock/state", "")
    }
}

/// The request that calls an operation for the seed's project.
pub fn request(method: &str, path: &str, body: &Value) -> Request {
    let request = Request::new(method, path).basic(PROJECT, SECRET);
    match body {
        Value::Null => request,
        body => request.header("content-type", "application/json").body(body.to_string()),
    }
}

/// The text at a place in a body.
pub fn text<'a>(body: &'a Value, pointer: &str) -> &'a str {
    body.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {body}"))
}

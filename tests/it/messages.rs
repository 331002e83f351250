//! What the tests of codes and links share: the paths, and what came out of the outbox.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use stytch_mock::MessageFilter;

use crate::fixture::House;
use crate::life::{Caller, request};

pub const SMS_CODE: &str = "/v1/otps/sms/login_or_create";
pub const EMAIL_CODE: &str = "/v1/otps/email/login_or_create";
pub const OTP: &str = "/v1/otps/authenticate";

pub const LINK: &str = "/v1/magic_links/email/login_or_create";
pub const SEND_LINK: &str = "/v1/magic_links/email/send";
pub const INVITE: &str = "/v1/magic_links/email/invite";
pub const REVOKE_INVITE: &str = "/v1/magic_links/email/revoke_invite";
pub const EMBEDDABLE: &str = "/v1/magic_links";
pub const MAGIC_LINK: &str = "/v1/magic_links/authenticate";
pub const FOLLOW: &str = "/v1/magic_links/redirect";

/// The public token of the tests' project.
pub const PUBLIC_TOKEN: &str = "public-token-test-11111111-1111-4111-8111-111111111111";

/// The last message, as the control plane shows it.
pub fn last_message(house: &House) -> Value {
    let outbox = serde_json::to_value(house.emulator.control().outbox(&MessageFilter::default())).unwrap();
    outbox["messages"].as_array().and_then(|messages| messages.last()).cloned().unwrap_or_default()
}

/// How many messages there are.
pub fn message_count(house: &House) -> usize {
    house.emulator.control().outbox(&MessageFilter::default()).count
}

impl Caller {
    /// Has a message sent; it.
    pub fn sent(&mut self, path: &str, body: &Value) -> Value {
        let before = message_count(&self.house);
        self.posted(path, body);
        assert_eq!(message_count(&self.house), before + 1, "{path} {body} sends a message");
        last_message(&self.house)
    }

    /// Logs in with what a message holds, and with some more fields.
    pub fn redeem(&mut self, message: &Value, more: &Value) -> crate::client::Response {
        let (path, proof) = match message["code"].as_str() {
            Some(code) => (OTP, json!({ "method_id": message["method_id"], "code": code })),
            None => (MAGIC_LINK, json!({ "token": message["token"] })),
        };
        self.post(path, &joined(proof, more))
    }
}

/// An object with the members of another one, too.
pub fn joined(mut one: Value, other: &Value) -> Value {
    one.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    one
}

/// A code that is not this one.
pub fn other_code(code: &Value) -> String {
    let code: u32 = code.as_str().unwrap().parse().unwrap();
    format!("{:06}", (code + 1) % 1_000_000)
}

/// So many messages, one after the other; none of them is left in the outbox, which is copied whenever it is read.
pub fn sent_one_by_one(caller: &mut Caller, count: usize, path: &str, body: impl Fn(usize) -> Value) -> Vec<Value> {
    let send = |number| {
        let message = caller.sent(path, &body(number));
        caller.house.emulator.control().clear_outbox().unwrap();
        message
    };
    (0..count).map(send).collect()
}

/// Two clients come with each proof at once; what the two were told, and how often.
pub fn race(house: &House, path: &str, proofs: &[Value]) -> BTreeMap<Vec<String>, usize> {
    let barrier = Barrier::new(2);
    let run = || {
        let mut connection = house.client.connect();
        let ask = |body: &Value| {
            barrier.wait();
            connection.send(&request("POST", path, body)).outcome()
        };
        proofs.iter().map(ask).collect::<Vec<_>>()
    };
    let (one, two) = thread::scope(|scope| {
        let (one, two) = (scope.spawn(run), scope.spawn(run));
        (one.join().unwrap(), two.join().unwrap())
    });
    let mut told = BTreeMap::new();
    for (one, two) in one.into_iter().zip(two) {
        let mut pair = vec![one, two];
        pair.sort();
        *told.entry(pair).or_default() += 1;
    }
    told
}

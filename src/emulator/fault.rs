//! A scripted fault, described in Rust.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::domain::JsonObject;

/// A fault: what it does, which requests it applies to, and which of those it changes. Unless it is told otherwise it
/// applies to every request, and changes each.
#[derive(Debug, Clone)]
#[must_use = "a fault does nothing until Control::add_fault is given it"]
pub struct Fault(JsonObject);

impl Fault {
    fn new(effect: &str, value: impl Into<Value>) -> Self {
        Self(JsonObject::new()).with(effect, value)
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// An error of the catalogue answers, such as `too_many_requests`.
    pub fn error(error_type: &str) -> Self {
        Self::new("error", error_type)
    }

    /// This status and body answer, whatever they are.
    pub fn raw(status: u16, content_type: &str, body: &str) -> Self {
        Self::new("status", status).with("content_type", content_type).with("body", body)
    }

    /// The answer waits, and is then as it would have been.
    pub fn delay(span: Duration) -> Self {
        Self(JsonObject::new()).after_delay(span)
    }

    /// The connection ends without a byte. The operation is not carried out.
    pub fn close_before_headers() -> Self {
        Self::new("close", "before_headers")
    }

    /// The connection ends after the headers. The operation was carried out.
    pub fn close_after_headers() -> Self {
        Self::new("close", "after_headers")
    }

    /// The connection ends halfway through the body. The operation was carried out.
    pub fn close_mid_body() -> Self {
        Self::new("close", "mid_body")
    }

    /// The body stops after so many bytes, as if that were all.
    pub fn truncate(bytes: u32) -> Self {
        Self::new("truncate", bytes)
    }

    /// Nothing ever comes, and the connection stays.
    pub fn stall() -> Self {
        Self::new("stall", true)
    }

    /// The answer waits so long first.
    pub fn after_delay(self, span: Duration) -> Self {
        self.with("delay", text(span))
    }

    /// The answer waits first, between so long and so long.
    pub fn after_delay_between(self, least: Duration, most: Duration) -> Self {
        self.with("delay", json!({ "min": text(least), "max": text(most) }))
    }

    /// Applies to one operation, by the name that SDKs give it, such as `sessions.get`.
    pub fn on_operation(self, name: &str) -> Self {
        self.with("operation", name)
    }

    /// Applies to one method.
    pub fn on_method(self, method: &str) -> Self {
        self.with("method", method)
    }

    /// Applies to one path: a concrete one such as `/v1/users/user-1`, or one of the README's table such as
    /// `/v1/users/{user_id}`.
    pub fn on_path(self, path: &str) -> Self {
        self.with("path", path)
    }

    /// Applies to requests about one user, named by a Stytch id or an external id.
    pub fn on_user(self, user_id: &str) -> Self {
        self.with("user_id", user_id)
    }

    /// Lets so many requests pass first.
    pub fn after(self, requests: u32) -> Self {
        self.with("after", requests)
    }

    /// Changes the first request and then every Nth. It is at least 1.
    pub fn every(self, requests: u32) -> Self {
        self.with("every", requests)
    }

    /// Changes so many requests, and then no more.
    pub fn times(self, times: u32) -> Self {
        self.with("times", times)
    }

    /// Changes a request with this probability, from 0 to 1.
    pub fn with_probability(self, probability: f64) -> Self {
        self.with("probability", probability)
    }

    /// Is over after this time on the emulator's clock.
    pub fn for_time(self, span: Duration) -> Self {
        self.with("ttl", text(span))
    }
}

fn text(span: Duration) -> String {
    humantime::format_duration(span).to_string()
}

/// As the control plane takes it.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

//! What is written down of a request: a line in the log, an entry in the journal. Neither holds a secret.

use std::borrow::Cow;

use axum::http::header::USER_AGENT;
use memchr::memchr;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tracing::info;

use super::request_context::RequestContext;
use super::{fault_injection, query};
use crate::domain::JsonObject;
use crate::domain::journal::Entry;
use crate::domain::refusal::Refusal;

/// What is kept of a body or a reason is cut here.
const MAX_KEPT_BYTES: usize = 16 * 1024;

/// One line for each request. The path is told, the query and the headers are not.
pub(super) fn log(context: &RequestContext<'_>, status: u16, refusal: Option<&Refusal>) {
    let reason = reason(context, status, refusal);
    info!(
        method = %context.parts.method,
        path = context.parts.uri.path(),
        status,
        project_id = context.project.as_ref().map(|project| project.id().as_str()),
        error_type = refusal.map(|refusal| refusal.error.as_str()),
        reason = reason.as_deref(),
        fault = context.fault,
        request_id = %context.request_id(),
        micros = micros(context),
        "request"
    );
}

/// One entry for each request, in the journal of its project.
pub(super) fn journal(context: &RequestContext<'_>, status: u16, refusal: Option<&Refusal>) {
    if context.app.settings().journal == 0 {
        return;
    }
    let parts = &context.parts;
    let query = query_without_secrets(parts.uri.query().unwrap_or_default());
    let user_agent = parts.headers.get(USER_AGENT).and_then(|agent| str::from_utf8(agent.as_bytes()).ok());
    let reason = reason(context, status, refusal);
    let entry = Entry {
        request_id: context.request_id(),
        at: context.now,
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: &query,
        user_agent: user_agent.unwrap_or_default(),
        status,
        micros: micros(context),
        error_type: refusal.map_or("", |refusal| refusal.error.as_str()),
        reason: shortened(reason.as_deref().unwrap_or_default()),
        fault: context.fault,
        before_retry_after: context.before_retry_after,
        ignored: &context.ignored,
        body: context.journaled_body.as_deref(),
    };
    context.app.record(&context.running_world, context.project.as_deref(), &entry);
}

fn micros(context: &RequestContext<'_>) -> u32 {
    u32::try_from(context.stopwatch.elapsed().as_micros()).unwrap_or(u32::MAX)
}

/// Why a request was refused, or not answered.
fn reason<'a>(context: &RequestContext<'_>, status: u16, refusal: Option<&'a Refusal>) -> Option<Cow<'a, str>> {
    match (refusal, context.fault) {
        (Some(refusal), _) => Some(Cow::Borrowed(refusal.reason.as_ref())),
        (None, _) if (200..400).contains(&status) => None,
        (None, Some(id)) => Some(Cow::Owned(fault_injection::reason(id))),
        (None, None) if (300..400).contains(&status) => None,
        (None, None) if status == 500 => Some(Cow::Borrowed("a bug in the emulator; its log says where")),
        (None, None) => Some(Cow::Borrowed("the client went away before it was answered")),
    }
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_KEPT_BYTES)]
}

/// Whether what goes by this name, however it is written, is a secret.
fn is_secret(name: &str) -> bool {
    if name.bytes().all(|byte| byte != b'%' && !byte.is_ascii_uppercase()) {
        speaks_of_a_secret(name.as_bytes())
    } else {
        speaks_of_a_secret(percent_decode_str(name).decode_utf8_lossy().to_lowercase().as_bytes())
    }
}

/// Whether a secret's word is in a name. Every query comes by here: six searches would cost more.
fn speaks_of_a_secret(name: &[u8]) -> bool {
    (0..name.len()).any(|start| match name[start] {
        b't' => name[start..].starts_with(b"token"),
        b'j' => name[start..].starts_with(b"jwt"),
        b's' => name[start..].starts_with(b"secret") || name[start..].starts_with(b"signature"),
        b'p' => name[start..].starts_with(b"password"),
        b'c' => name[start..].starts_with(b"code") || &name[start..] == b"credential",
        // of a password; its hash_type is none
        b'h' => &name[start..] == b"hash",
        _ => false,
    })
}

/// A query whose secrets, by their names, are redacted out. The usual query has none and is taken as it is.
fn query_without_secrets(query: &str) -> Cow<'_, str> {
    let is_usual = query.strip_prefix("user_id=").is_some_and(|id| memchr(b'&', id.as_bytes()).is_none());
    if is_usual || !query::pairs(query).any(|(name, _)| is_secret(name)) {
        return Cow::Borrowed(query);
    }
    let redacted = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => Cow::Owned(format!("{name}=redacted")),
        _ => Cow::Borrowed(pair),
    });
    Cow::Owned(redacted.collect::<Vec<_>>().join("&"))
}

/// A body as the journal keeps it.
pub(super) fn without_secrets(body: &JsonObject) -> String {
    let mut tree = Value::Object(body.clone());
    redact(&mut tree);
    shortened(&tree.to_string()).to_owned()
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) && !value.is_null() {
                    *value = json!("redacted");
                } else {
                    redact(value);
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(redact),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_redacted() {
        assert_eq!(query_without_secrets("user_id=a&x=1"), "user_id=a&x=1");
        assert_eq!(query_without_secrets("session_token=abc&x=1"), "session_token=redacted&x=1");
        assert_eq!(query_without_secrets("Session%5F%74oken=abc&x"), "Session%5F%74oken=redacted&x");
        assert_eq!(query_without_secrets("hash=abc&hash_type=md_5"), "hash=redacted&hash_type=md_5");
        let body =
            json!({ "session_jwt": "a.b.c", "x": { "access_token": "t", "y": [{ "password": "p" }] }, "session_token": null });
        let kept = without_secrets(body.as_object().unwrap());
        assert_eq!(
            kept,
            r#"{"session_jwt":"redacted","session_token":null,"x":{"access_token":"redacted","y":[{"password":"redacted"}]}}"#
        );
    }
}

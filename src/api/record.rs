//! What is written down of a request: a line in the log, an entry in the journal. Neither holds a secret.

use std::borrow::Cow;

use axum::http::header::USER_AGENT;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tracing::info;

use super::exchange::Exchange;
use super::strike;
use crate::domain::JsonObject;
use crate::domain::catalogue::Refusal;

/// What is kept of a path, a query or a body is cut here.
const MOST_KEPT_BYTES: usize = 16 * 1024;

/// One line for each request. The path is told, the query and the headers are not.
pub(super) fn log(exchange: &Exchange<'_>, status: u16, refusal: Option<&Refusal>) {
    let reason = reason(exchange, status, refusal);
    info!(
        method = %exchange.parts.method,
        path = exchange.parts.uri.path(),
        status,
        project_id = exchange.project.as_ref().map(|project| project.id().as_str()),
        error_type = refusal.map(|refusal| refusal.error.as_str()),
        reason = reason.as_deref(),
        fault = exchange.fault,
        request_id = %exchange.request_id(),
        micros = micros(exchange),
        "request"
    );
}

/// One entry for each request, in the journal of its project.
pub(super) fn journal(exchange: &mut Exchange<'_>, status: u16, refusal: Option<&Refusal>) {
    let (unread, body) = (std::mem::take(&mut exchange.unread), exchange.kept_body.take());
    let parts = &exchange.parts;
    exchange.app.record(&exchange.stage, exchange.project.as_deref(), |entry| {
        exchange.request_id().write_to(&mut entry.request_id);
        entry.at = exchange.now;
        entry.method.push_str(parts.method.as_str());
        entry.path.push_str(kept(parts.uri.path()));
        entry.query.push_str(kept(&query_without_secrets(parts.uri.query().unwrap_or_default())));
        if let Some(project) = &exchange.project {
            entry.project_id.push_str(project.id().as_str());
        }
        let user_agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        entry.user_agent.push_str(kept(user_agent.unwrap_or_default()));
        entry.status = status;
        entry.micros = micros(exchange);
        entry.error_type = refusal.map_or("", |refusal| refusal.error.as_str());
        entry.reason.push_str(kept(&reason(exchange, status, refusal).unwrap_or_default()));
        entry.fault = exchange.fault;
        entry.impatient = exchange.impatient;
        entry.unread = unread;
        entry.body = body;
    });
}

fn micros(exchange: &Exchange<'_>) -> u64 {
    u64::try_from(exchange.stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// Why a request was refused, or not answered.
fn reason<'a>(exchange: &Exchange<'_>, status: u16, refusal: Option<&'a Refusal>) -> Option<Cow<'a, str>> {
    match (refusal, exchange.fault) {
        (Some(refusal), _) => Some(Cow::Borrowed(refusal.reason.as_ref())),
        (None, _) if (200..300).contains(&status) => None,
        (None, Some(id)) => Some(Cow::Owned(strike::reason(id))),
        (None, None) if status == 500 => Some(Cow::Borrowed("a bug in the emulator; its log says where")),
        (None, None) => Some(Cow::Borrowed("the client went away before it was answered")),
    }
}

fn kept(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_KEPT_BYTES)]
}

/// Whether what goes by this name, however it is written, is a secret.
fn is_secret(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte != b'%' && !byte.is_ascii_uppercase());
    let plain = if is_plain { Cow::Borrowed(name) } else { percent_decode_str(name).decode_utf8_lossy().to_lowercase().into() };
    ["token", "jwt", "secret", "password", "code"].iter().any(|word| plain.contains(word))
}

/// A query whose secrets, by their names, are struck out. The usual query has none and is taken as it is.
fn query_without_secrets(query: &str) -> Cow<'_, str> {
    if !query.split('&').any(|pair| is_secret(pair.split('=').next().unwrap_or_default())) {
        return Cow::Borrowed(query);
    }
    let struck = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => Cow::Owned(format!("{name}=redacted")),
        _ => Cow::Borrowed(pair),
    });
    Cow::Owned(struck.collect::<Vec<_>>().join("&"))
}

/// A body as the journal keeps it.
pub(super) fn without_secrets(body: &JsonObject) -> String {
    let mut tree = Value::Object(body.clone());
    strike_out(&mut tree);
    kept(&tree.to_string()).to_owned()
}

fn strike_out(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) && !value.is_null() {
                    *value = json!("redacted");
                } else {
                    strike_out(value);
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(strike_out),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_struck_out() {
        assert_eq!(query_without_secrets("user_id=a&x=1"), "user_id=a&x=1");
        assert_eq!(query_without_secrets("session_token=abc&x=1"), "session_token=redacted&x=1");
        assert_eq!(query_without_secrets("Session%5F%74oken=abc&x"), "Session%5F%74oken=redacted&x");
        let body =
            json!({ "session_jwt": "a.b.c", "x": { "access_token": "t", "y": [{ "password": "p" }] }, "session_token": null });
        let kept = without_secrets(body.as_object().unwrap());
        assert_eq!(
            kept,
            r#"{"session_jwt":"redacted","session_token":null,"x":{"access_token":"redacted","y":[{"password":"redacted"}]}}"#
        );
    }
}

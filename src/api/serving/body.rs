//! Request bodies: read only where an operation has one, bounded, and JSON or refused.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use http_body_util::{BodyExt, Limited};
use serde_json::Value;

use super::query;
use crate::domain::JsonObject;
use crate::domain::oauth_error::Dialect;
use crate::domain::refusal::{ErrorType, Refusal};

/// The most bytes of a request's body.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// How deep a body may nest: what it brings stands deeper in the answers and in a state, and JSON parsers stop at 128.
const MAX_DEPTH: usize = 100;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a body that nobody reads may take to arrive.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(1);

/// The body of a request; empty where nothing was sent (as the PHP SDK does when every field is unset). Operations
/// without a body don't come here: what is sent to them is ignored (the Rust SDK sends `{}` with every GET, the Node
/// SDK with every DELETE).
///
/// # Errors
/// `bad_request` if it is too large, too slow, not JSON, not an object, or said to be something else.
pub async fn read(headers: &HeaderMap, body: &mut Body, dialect: Dialect) -> Result<JsonObject, Refusal> {
    let bytes = read_bytes(body).await?;
    if bytes.is_empty() {
        return Ok(JsonObject::new());
    }
    if dialect == Dialect::OAuth && is_form(headers) {
        return strict_form(&bytes);
    }
    if let Some(essence) = essence(headers)
        && !essence.eq_ignore_ascii_case("application/json")
    {
        return Err(bad_request(format!("the content type is {essence}, not application/json")));
    }
    match serde_json::from_slice(&bytes) {
        Ok(value @ Value::Object(_)) if depth(&value) > MAX_DEPTH => {
            Err(bad_request(format!("the body nests deeper than {MAX_DEPTH} levels")))
        }
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(bad_request("the body is JSON, but no object")),
        Err(error) => Err(bad_request(format!("the body is not JSON: {error}"))),
    }
}

/// The fields of a form of OAuth, each a string. RFC 6749 has none of them twice.
fn strict_form(bytes: &[u8]) -> Result<JsonObject, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| bad_request("the form is not UTF-8"))?;
    let mut fields = JsonObject::new();
    for (name, value) in query::decoded_pairs(text) {
        if let Some(_before) = fields.insert(name.into_owned(), Value::String(value.into_owned())) {
            return Err(bad_request("the form has a field twice"));
        }
    }
    Ok(fields)
}

/// Whether a body is said to be a form of HTML.
#[must_use]
pub fn is_form(headers: &HeaderMap) -> bool {
    essence(headers).is_some_and(|essence| essence.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// The fields of a form, each a string; of those that stand twice the last counts.
///
/// # Errors
/// `bad_request` if it is too large or too slow.
pub async fn read_form(body: &mut Body) -> Result<JsonObject, Refusal> {
    let bytes = read_bytes(body).await?;
    let form = String::from_utf8_lossy(&bytes);
    let field = |(name, value)| (query::decode(name).into_owned(), Value::String(query::decode(value).into_owned()));
    Ok(query::pairs(&form).map(field).collect())
}

async fn read_bytes(body: &mut Body) -> Result<Bytes, Refusal> {
    let bytes = tokio::time::timeout(BODY_TIMEOUT, Limited::new(body, MAX_BODY_BYTES).collect()).await;
    let bytes = bytes.map_err(|_| bad_request(format!("the body did not arrive within {} s", BODY_TIMEOUT.as_secs())))?;
    let bytes = bytes.map_err(|_| bad_request(format!("the body broke off, or is larger than {MAX_BODY_BYTES} bytes")))?;
    Ok(bytes.to_bytes())
}

/// What a body is said to be, without parameters; nothing if nothing is said.
fn essence(headers: &HeaderMap) -> Option<&str> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().unwrap_or_default();
    Some(content_type.split(';').next().unwrap_or_default().trim())
}

/// Takes in what nobody read of a body, beside the answer, so that the connection serves the next request: the HTTP
/// library closes one whose body is still on its way when nobody holds it, and a client that keeps connections would
/// trip over that. What is too large or too slow for this is not taken in.
pub fn discard(body: Body) {
    if body.is_end_stream() || body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return;
    }
    tokio::spawn(tokio::time::timeout(DISCARD_TIMEOUT, Limited::new(body, MAX_BODY_BYTES).collect()));
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn bad_request(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::BadRequest, reason)
}

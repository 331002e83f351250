//! `/__mock/requests`: the journal, filtered, counted, waited for.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{Parameters, Scope};
use crate::app::{App, RequestFilter, Requests};
use crate::wire::seed::time::parse_span;

/// The longest that a request for requests may wait.
const MOST_PATIENCE: Duration = Duration::from_mins(1);

/// A filter, and how long to wait for it to be met.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    project_id: Option<String>,
    method: Option<String>,
    path: Option<String>,
    status: Option<u16>,
    error_type: Option<String>,
    request_id: Option<String>,
    query: Option<String>,
    user_agent: Option<String>,
    before_retry_after: Option<bool>,
    since: Option<u64>,
    /// How long to wait, such as `2s`.
    wait: Option<String>,
    /// How many requests to wait for. Default: one.
    count: Option<usize>,
}

/// The requests that fit, newest last.
pub async fn get(
    State(app): State<Arc<App>>,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Requests>, ControlError> {
    let Question {
        project_id,
        method,
        path,
        status,
        error_type,
        request_id,
        query,
        user_agent,
        before_retry_after,
        since,
        wait,
        count,
    } = question;
    let filter =
        RequestFilter { project_id, method, path, status, error_type, request_id, query, user_agent, before_retry_after, since };
    let bad = |message: String| ControlError::new(StatusCode::BAD_REQUEST, message);
    let Some(wait) = wait else {
        return match count {
            None => Ok(Json(app.requests(&filter)?)),
            Some(_) => Err(bad("count: says how many requests to wait for, and goes with wait".to_owned())),
        };
    };
    let patience = parse_span(&wait).and_then(|span| span.to_std().ok()).filter(|patience| *patience <= MOST_PATIENCE);
    let patience = patience.ok_or_else(|| {
        bad(format!("wait: expected a duration such as 2s, at most {} s, found \"{wait}\"", MOST_PATIENCE.as_secs()))
    })?;
    Ok(Json(app.wait_for_requests(&filter, count.unwrap_or(1), patience).await?))
}

/// Empties the journal.
pub async fn delete(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    Ok(Json(json!({ "deleted": app.clear_requests(scope.project_id())? })))
}

//! `/__mock/requests`: the journal of requests, filtered, counted, waited for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, QueryParameters, Scope};
use super::route::{Description, Entry, Example};
use super::wait::Wait;
use crate::app::{App, RequestFilter, Requests};

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/requests",
                id: "control.getRequests",
                summary: "The requests that fit every filter, newest last. With `wait` it waits until there are `count` of them.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &["GET /v1/sessions?user_id=nobody&page=2"],
                    path: Some("/requests?status=404&wait=2s"),
                    status: 200,
                    answer: r#"{"count": 1, "dropped": 0, "requests": [{
                        "sequence": 1, "request_id": "request-id-test-a363bcd7-02cb-4423-b46c-a6a200cea844",
                        "time": "2026-01-01T00:00:00Z", "method": "GET", "path": "/v1/sessions",
                        "query": "user_id=nobody&page=2",
                        "project_id": "project-test-11111111-1111-4111-8111-111111111111", "user_agent": "",
                        "status": 404, "duration_micros": 61, "error_type": "user_not_found",
                        "reason": "no user `nobody` in project project-test-11111111-1111-4111-8111-111111111111",
                        "fault": null, "before_retry_after": false, "ignored": ["page"]
                    }]}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/requests",
                id: "control.deleteRequests",
                summary: "Empties the journal: all of it, or a project's.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &["GET /v1/sessions?user_id=customer-42"],
                    status: 200,
                    answer: r#"{"deleted": 1}"#,
                    ..Example::default()
                },
            },
            delete,
        ),
    ]
}

/// Which requests are meant, and how long to wait for them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct RequestQuery {
    /// The project whose requests they were. Default: any, or none.
    project_id: Option<String>,
    /// Their method.
    method: Option<String>,
    /// Their path, as sent.
    path: Option<String>,
    /// Their status. 0: the connection ended without one.
    status: Option<u16>,
    /// Their `error_type`.
    error_type: Option<String>,
    /// Their `request_id`.
    request_id: Option<String>,
    /// A part of their query.
    query: Option<String>,
    /// A part of their user agent.
    user_agent: Option<String>,
    /// Whether they came before the `retry-after` of a 429 had passed.
    before_retry_after: Option<bool>,
    /// Whether they were refused, or ended without an answer.
    refused: Option<bool>,
    /// A part of anything in them but their bodies, in any letter case.
    q: Option<String>,
    /// A `sequence`: only the requests after it.
    since: Option<u64>,
    /// A `sequence`: only the requests before it.
    before: Option<u64>,
    /// The most requests to answer with, the newest. Default: all.
    limit: Option<usize>,
    /// How long to wait for them, such as `2s`; at most a minute. Default: not at all.
    wait: Option<String>,
    /// How many requests to wait for. Default: 1.
    count: Option<usize>,
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(query): QueryParameters<RequestQuery>,
) -> Result<Json<Requests>, ControlError> {
    let filter = RequestFilter {
        project_id: query.project_id,
        method: query.method,
        path: query.path,
        status: query.status,
        error_type: query.error_type,
        request_id: query.request_id,
        query: query.query,
        user_agent: query.user_agent,
        before_retry_after: query.before_retry_after,
        refused: query.refused,
        q: query.q,
        since: query.since,
        before: query.before,
        limit: query.limit,
    };
    let Wait { timeout, count } = Wait::read(query.wait.as_deref(), query.count, "requests")?;
    Ok(Json(app.wait_for_requests(&filter, count, timeout).await?))
}

async fn delete(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
) -> Result<Json<Deleted>, ControlError> {
    Ok(Json(Deleted { deleted: app.clear_requests(scope.project_id.as_deref())? }))
}

//! `/__mock/faults`: scripted faults, added, listed with their counts, deleted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, PathParameters, QueryParameters, Scope, SeedJson, SeedText};
use super::route::{Created, Description, Entry, Example};
use crate::app::App;
use crate::wire::seed::FaultEntry;

/// Adds the fault that the other examples are about.
const ADD_ONE: &str = r#"POST /__mock/faults {"operation": "sessions.get", "error": "internal_server_error", "times": 2}"#;

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/faults",
                id: "control.getFaults",
                summary: "The faults with their counts: all, or a project's.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &[ADD_ONE, "GET /v1/sessions?user_id=customer-42"],
                    status: 200,
                    answer: r#"{"faults": [{"id": 1, "matched": 1, "hits": 1, "operation": "sessions.get",
                        "error": "internal_server_error", "times": 2}]}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/faults",
                id: "control.addFault",
                summary: "Adds a fault. With a `project_id`, in the query or in the fault, it applies to that project's requests alone.",
                refusals: &[Refusal::NotFound, Refusal::Full],
                example: Example {
                    body: r#"{"operation": "sessions.get", "error": "internal_server_error", "times": 2}"#,
                    status: 201,
                    answer: r#"{"id": 1, "matched": 0, "hits": 0, "operation": "sessions.get",
                        "error": "internal_server_error", "times": 2}"#,
                    ..Example::default()
                },
            },
            post,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/faults",
                id: "control.deleteFaults",
                summary: "Deletes the faults: all, or a project's.",
                refusals: &[Refusal::NotFound],
                example: Example { before: &[ADD_ONE], status: 200, answer: r#"{"deleted": 1}"#, ..Example::default() },
            },
            delete,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/faults/{id}",
                id: "control.deleteFault",
                summary: "Deletes one fault. Each project numbers its own: with a `project_id` it is that project's fault of this number.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &[ADD_ONE],
                    path: Some("/faults/1"),
                    status: 200,
                    answer: r#"{"deleted": 1}"#,
                    ..Example::default()
                },
            },
            delete_one,
        ),
    ]
}

/// A fault at work.
#[derive(Debug, Serialize, JsonSchema)]
struct FaultAtWork {
    /// Its number, by which it is deleted.
    id: u64,
    /// How many requests it applied to.
    matched: u64,
    /// How many of those it changed.
    hits: u64,
    #[serde(flatten)]
    fault: SeedJson<FaultEntry>,
}

impl From<Value> for FaultAtWork {
    fn from(mut fault: Value) -> Self {
        let mut take = |key| fault.as_object_mut().and_then(|members| members.remove(key)?.as_u64()).unwrap_or_default();
        let (id, matched, hits) = (take("id"), take("matched"), take("hits"));
        Self { id, matched, hits, fault: fault.into() }
    }
}

/// Some faults.
#[derive(Debug, Serialize, JsonSchema)]
struct Faults {
    /// Oldest first; those of all projects stand before those of one.
    faults: Vec<FaultAtWork>,
}

/// Which fault is meant.
#[derive(Debug, Deserialize, JsonSchema)]
struct FaultPath {
    /// The fault's number.
    id: String,
}

async fn get(State(app): State<Arc<App>>, QueryParameters(scope): QueryParameters<Scope>) -> Result<Json<Faults>, ControlError> {
    let faults = app.faults(scope.project_id.as_deref())?;
    Ok(Json(Faults { faults: faults.into_iter().map(FaultAtWork::from).collect() }))
}

async fn post(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    body: SeedText<SeedJson<FaultEntry>>,
) -> Result<Created<FaultAtWork>, ControlError> {
    Ok(Created(app.add_fault(&body.source, scope.project_id.as_deref())?.into()))
}

async fn delete(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
) -> Result<Json<Deleted>, ControlError> {
    Ok(Json(Deleted { deleted: app.delete_faults(None, scope.project_id.as_deref())? }))
}

async fn delete_one(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    PathParameters(FaultPath { id }): PathParameters<FaultPath>,
) -> Result<Json<Deleted>, ControlError> {
    let unknown = |_| ControlError::new(Refusal::NotFound, format!("there is no fault {id}: they have numbers"));
    let id = id.parse().map_err(unknown)?;
    Ok(Json(Deleted { deleted: app.delete_faults(Some(id), scope.project_id.as_deref())? }))
}

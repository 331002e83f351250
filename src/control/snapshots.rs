//! `/__mock/snapshots/{name}`: `PUT` saves, `POST` restores, `DELETE` drops.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, PathParameters, QueryParameters, Scope};
use super::route::{Description, Entry, Example};
use super::state::Counts;
use crate::app::{App, SavedSnapshot};

/// Saves the snapshot that the other examples are about.
const SAVE_ONE: &str = "PUT /__mock/snapshots/before";

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/snapshots",
                id: "control.getSnapshots",
                summary: "The snapshots that there are: all, or a project's.",
                refusals: &[],
                example: Example {
                    before: &[SAVE_ONE],
                    status: 200,
                    answer: r#"{"snapshots": [{"name": "before", "project_id": null, "projects": 1}]}"#,
                    ..Example::default()
                },
            },
            list,
        ),
        T::of(
            Description {
                method: "PUT",
                path: "/snapshots/{name}",
                id: "control.saveSnapshot",
                summary: "Saves the world, or a project, under a name of 1 to 128 bytes. An older snapshot of that name is replaced.",
                refusals: &[Refusal::NotFound, Refusal::Full],
                example: Example {
                    path: Some("/snapshots/before"),
                    status: 200,
                    answer: r#"{"projects": 1, "users": 1, "sessions": 1}"#,
                    ..Example::default()
                },
            },
            put,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/snapshots/{name}",
                id: "control.restoreSnapshot",
                summary: "Puts what was saved in the place of what is there. For a project it is that project's own snapshot, or \
                    its part of the world's.",
                refusals: &[Refusal::NotFound, Refusal::Full],
                example: Example {
                    before: &[SAVE_ONE],
                    path: Some("/snapshots/before"),
                    status: 200,
                    answer: r#"{"restored": "before"}"#,
                    ..Example::default()
                },
            },
            post,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/snapshots/{name}",
                id: "control.dropSnapshot",
                summary: "Drops a snapshot.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &[SAVE_ONE],
                    path: Some("/snapshots/before"),
                    status: 200,
                    answer: r#"{"deleted": 1}"#,
                    ..Example::default()
                },
            },
            delete,
        ),
    ]
}

/// Some snapshots.
#[derive(Debug, Serialize, JsonSchema)]
struct Snapshots {
    /// By project and by name.
    snapshots: Vec<SavedSnapshot>,
}

/// Which snapshot was restored.
#[derive(Debug, Serialize, JsonSchema)]
struct Restored {
    /// Its name.
    restored: String,
}

/// Which snapshot is meant.
#[derive(Debug, Deserialize, JsonSchema)]
struct SnapshotPath {
    /// The snapshot's name, of 1 to 128 bytes.
    #[schemars(length(min = 1))]
    name: String,
}

async fn list(State(app): State<Arc<App>>, QueryParameters(scope): QueryParameters<Scope>) -> Json<Snapshots> {
    Json(Snapshots { snapshots: app.snapshots(scope.project_id.as_deref()) })
}

async fn put(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    PathParameters(SnapshotPath { name }): PathParameters<SnapshotPath>,
) -> Result<Json<Counts>, ControlError> {
    Ok(Json(app.save_snapshot(&name, scope.project_id.as_deref())?.into()))
}

async fn post(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    PathParameters(SnapshotPath { name }): PathParameters<SnapshotPath>,
) -> Result<Json<Restored>, ControlError> {
    app.restore_snapshot(&name, scope.project_id.as_deref())?;
    Ok(Json(Restored { restored: name }))
}

async fn delete(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    PathParameters(SnapshotPath { name }): PathParameters<SnapshotPath>,
) -> Result<Json<Deleted>, ControlError> {
    app.drop_snapshot(&name, scope.project_id.as_deref())?;
    Ok(Json(Deleted { deleted: 1 }))
}

//! `GET` and `PUT /__mock/state`, `POST /__mock/reset`: the whole world as a seed, another in its place, or back to the
//! boot seed. With `?project_id=` the same for one project.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use super::error::{ControlError, Refusal};
use super::extractors::{QueryParameters, Scope, SeedJson, SeedText};
use super::route::{Description, Entry, Example};
use crate::app::App;
use crate::wire::seed::{self, SeedFile};

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/state",
                id: "control.getState",
                summary: "The world, or a project, as a seed. Whoever loads it gets the same users, sessions and tokens.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    before: &[r#"PUT /__mock/state {"projects": [{"project_id": "project-test-1", "secrets": ["secret-1"]}]}"#],
                    status: 200,
                    answer: r#"{"clock": "2026-01-01T00:00:00Z", "projects": [{
                        "project_id": "project-test-1", "secrets": ["secret-1"], "rate_limit": "10000/s", "users": []
                    }]}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "PUT",
                path: "/state",
                id: "control.putState",
                summary: "Puts what a seed describes in the place of the world, or of a project. A seed with a problem changes \
                    nothing. For one project the seed needn't repeat its id and secrets.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    body: r#"{"projects": [{"users": [{"external_id": "a", "sessions": [{}, {}]}, {"external_id": "b"}]}]}"#,
                    status: 200,
                    answer: r#"{"projects": 1, "users": 2, "sessions": 2}"#,
                    ..Example::default()
                },
            },
            put,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/reset",
                id: "control.reset",
                summary: "Goes back to the boot seed, with its clock, full buckets, its faults, an empty journal and an empty \
                    outbox. A project alone goes back to what it was made from, and the clock stays.",
                refusals: &[Refusal::NotFound],
                example: Example { status: 200, answer: r#"{"projects": 1, "users": 1, "sessions": 1}"#, ..Example::default() },
            },
            reset,
        ),
    ]
}

/// How much there is now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    projects: usize,
    users: usize,
    sessions: usize,
}

impl From<seed::Counts> for Counts {
    fn from(seed::Counts { projects, users, sessions }: seed::Counts) -> Self {
        Self { projects, users, sessions }
    }
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
) -> Result<Json<SeedJson<SeedFile>>, ControlError> {
    Ok(Json(app.state(scope.project_id.as_deref())?.into()))
}

async fn put(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
    body: SeedText<SeedJson<SeedFile>>,
) -> Result<Json<Counts>, ControlError> {
    Ok(Json(app.replace(body.source, scope.project_id.as_deref())?.into()))
}

async fn reset(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
) -> Result<Json<Counts>, ControlError> {
    Ok(Json(app.reset(scope.project_id.as_deref())?.into()))
}

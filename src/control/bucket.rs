//! `/__mock/bucket`: a project's token bucket, read, set, drained and filled.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::{ControlError, Refusal};
use super::extractors::{JsonBody, OneProject, QueryParameters};
use super::route::{Description, Entry, Example};
use crate::app::{App, RunningWorld};
use crate::domain::bucket::RateSetting;
use crate::domain::project::Project;

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/bucket",
                id: "control.getBucket",
                summary: "A project's rate limit, and how many tokens its bucket holds.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    status: 200,
                    answer: r#"{"project_id": "project-test-11111111-1111-4111-8111-111111111111", "rate_limit": "100/s", "level": 100, "capacity": 100}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "PUT",
                path: "/bucket",
                id: "control.putBucket",
                summary: "Gives a project another rate limit, puts so many tokens into its bucket, or both.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    body: r#"{"rate_limit": "5/s,burst=20", "level": 3}"#,
                    status: 200,
                    answer: r#"{"project_id": "project-test-11111111-1111-4111-8111-111111111111", "rate_limit": "5/s,burst=20", "level": 3, "capacity": 20}"#,
                    ..Example::default()
                },
            },
            put,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/bucket/drain",
                id: "control.drainBucket",
                summary: "Empties a project's bucket. Under a frozen clock its next request is a 429.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    status: 200,
                    answer: r#"{"project_id": "project-test-11111111-1111-4111-8111-111111111111", "rate_limit": "100/s", "level": 0, "capacity": 100}"#,
                    ..Example::default()
                },
            },
            drain,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/bucket/fill",
                id: "control.fillBucket",
                summary: "Fills a project's bucket.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    status: 200,
                    answer: r#"{"project_id": "project-test-11111111-1111-4111-8111-111111111111", "rate_limit": "100/s", "level": 100, "capacity": 100}"#,
                    ..Example::default()
                },
            },
            fill,
        ),
    ]
}

/// How a bucket is to be set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BucketSetting {
    /// The limit, such as `100/s,burst=20`, `600/m` or `off`; the bucket is full then. Default: as it is.
    rate_limit: Option<String>,
    /// The tokens in it, at most as many as it holds. Default: as many as there are.
    level: Option<u64>,
}

/// A project's token bucket.
#[derive(Debug, Serialize, JsonSchema)]
struct Bucket {
    /// Whose it is.
    project_id: String,
    /// Its limit, as a seed writes it.
    rate_limit: String,
    /// The whole tokens in it; `null` without a limit.
    level: Option<u64>,
    /// The most tokens that it holds; `null` without a limit.
    capacity: Option<u64>,
}

impl Bucket {
    fn of(running_world: &RunningWorld, project: &Project) -> Self {
        let bucket = project.bucket();
        Self {
            project_id: project.id().to_string(),
            rate_limit: bucket.setting().to_string(),
            level: bucket.level(running_world.clock.now()),
            capacity: bucket.setting().most_tokens(),
        }
    }
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
) -> Result<Json<Bucket>, ControlError> {
    set(&app, &project, None, None)
}

async fn put(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    JsonBody(setting): JsonBody<BucketSetting>,
) -> Result<Json<Bucket>, ControlError> {
    let rate_limit = setting.rate_limit.map(|rate| rate.parse()).transpose();
    let rate_limit = rate_limit.map_err(|error| ControlError::invalid(format!("rate_limit: {error}")))?;
    set(&app, &project, rate_limit, setting.level)
}

async fn drain(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
) -> Result<Json<Bucket>, ControlError> {
    set(&app, &project, None, Some(0))
}

async fn fill(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
) -> Result<Json<Bucket>, ControlError> {
    set(&app, &project, None, Some(u64::MAX))
}

fn set(
    app: &App,
    project: &OneProject,
    rate_limit: Option<RateSetting>,
    level: Option<u64>,
) -> Result<Json<Bucket>, ControlError> {
    let id = project.project_id.as_deref();
    let running_world = app.running_world_with(id)?;
    let project = running_world.project(id)?;
    if let Some(rate_limit) = rate_limit {
        project.bucket().set(rate_limit, running_world.clock.now());
    }
    if let Some(level) = level {
        project.bucket().set_level(level, running_world.clock.now());
    }
    Ok(Json(Bucket::of(&running_world, &project)))
}

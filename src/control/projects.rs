//! `/__mock/projects`: a fresh project for each parallel test worker, cloned or described.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, PathParameters, QueryParameters, SeedBody, SeedJson, SeedText, parse};
use super::route::{Created, Description, Entry, Example};
use crate::app::{App, Credentials};
use crate::domain::text_filter::TextFilter;
use crate::wire::seed::ProjectEntry;

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/projects",
                id: "control.getProjects",
                summary: "The credentials of every project that fits.",
                refusals: &[],
                example: Example {
                    status: 200,
                    answer: r#"{"count": 1, "projects": [{
                        "project_id": "project-test-11111111-1111-4111-8111-111111111111", "secret": "secret-test-1",
                        "public_token": "public-token-test-11111111-1111-4111-8111-111111111111",
                        "env": {
                            "STYTCH_PROJECT_ID": "project-test-11111111-1111-4111-8111-111111111111",
                            "STYTCH_SECRET": "secret-test-1",
                            "STYTCH_PUBLIC_TOKEN": "public-token-test-11111111-1111-4111-8111-111111111111"
                        }
                    }]}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/projects",
                id: "control.addProject",
                summary: "Makes a project with credentials of its own: a clone of the seed's first, a clone of the one named in \
                    `from`, or what a seed's project describes.",
                refusals: &[Refusal::NotFound, Refusal::Conflict, Refusal::Full],
                example: Example {
                    status: 201,
                    answer: r#"{
                        "project_id": "project-test-a363bcd7-02cb-4423-b46c-a6a200cea844",
                        "secret": "secret-test-DhE19BJHptjhILBVDYVvj22fKkHDbeR0clx0jzgZJ72V",
                        "public_token": "public-token-test-a363bcd7-02cb-4423-b46c-a6a200cea844",
                        "env": {
                            "STYTCH_PROJECT_ID": "project-test-a363bcd7-02cb-4423-b46c-a6a200cea844",
                            "STYTCH_SECRET": "secret-test-DhE19BJHptjhILBVDYVvj22fKkHDbeR0clx0jzgZJ72V",
                            "STYTCH_PUBLIC_TOKEN": "public-token-test-a363bcd7-02cb-4423-b46c-a6a200cea844"
                        }
                    }"#,
                    ..Example::default()
                },
            },
            post,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/projects/{id}",
                id: "control.deleteProject",
                summary: "Deletes a project, its snapshots and its messages.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/projects/project-test-11111111-1111-4111-8111-111111111111"),
                    status: 200,
                    answer: r#"{"deleted": 1}"#,
                    ..Example::default()
                },
            },
            delete,
        ),
    ]
}

/// Which projects are meant, and which of those are shown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProjectQuery {
    /// A part of the id, in any letter case. Default: all fit.
    q: Option<String>,
    /// How many come before the first that is shown. Default: 0.
    offset: Option<usize>,
    /// The most that are shown. Default: all.
    limit: Option<usize>,
}

/// Some projects.
#[derive(Debug, Serialize, JsonSchema)]
struct Projects {
    /// How many fit.
    count: usize,
    /// Their credentials, in the order in which they came.
    projects: Vec<ProjectCredentials>,
}

/// What proves a project.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Credentials")]
struct ProjectCredentials {
    /// The project's id.
    project_id: String,
    /// Its first secret. Empty if `--projects auto` made it and no call has brought one yet.
    secret: String,
    /// What browsers and apps name the project by, which hold no secret.
    public_token: String,
    /// The same, as an app's environment wants it.
    env: ProjectEnv,
}

/// The variables of an app's environment.
#[derive(Debug, Serialize, JsonSchema)]
struct ProjectEnv {
    #[serde(rename = "STYTCH_PROJECT_ID")]
    project_id: String,
    #[serde(rename = "STYTCH_SECRET")]
    secret: String,
    #[serde(rename = "STYTCH_PUBLIC_TOKEN")]
    public_token: String,
}

impl From<Credentials> for ProjectCredentials {
    fn from(Credentials { project_id, secret, public_token }: Credentials) -> Self {
        let env = ProjectEnv { project_id: project_id.clone(), secret: secret.clone(), public_token: public_token.clone() };
        Self { project_id, secret, public_token, env }
    }
}

/// What is to be cloned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CloneOf {
    /// The id of the project to clone. Default: the seed's first.
    #[serde(default, deserialize_with = "not_null")]
    #[schemars(with = "String")]
    from: Option<String>,
}

fn not_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// A clone, or a project as a seed describes it.
struct NewProject;

impl JsonSchema for NewProject {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "NewProject".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = [generator.subschema_for::<CloneOf>(), generator.subschema_for::<SeedJson<ProjectEntry>>()];
        json_schema!({ "anyOf": kinds })
    }
}

impl SeedBody for NewProject {
    const REQUIRED: bool = false;
}

/// Which project is meant.
#[derive(Debug, Deserialize, JsonSchema)]
struct ProjectPath {
    /// The project's id.
    id: String,
}

async fn get(State(app): State<Arc<App>>, QueryParameters(query): QueryParameters<ProjectQuery>) -> Json<Projects> {
    let search = query.q.as_deref().map(TextFilter::of);
    let mut projects = app.projects();
    projects.retain(|project| search.as_ref().is_none_or(|search| search.is_in(&project.project_id)));
    let count = projects.len();
    let shown = projects.into_iter().skip(query.offset.unwrap_or(0)).take(query.limit.unwrap_or(usize::MAX));
    Json(Projects { count, projects: shown.map(ProjectCredentials::from).collect() })
}

async fn post(State(app): State<Arc<App>>, body: SeedText<NewProject>) -> Result<Created<ProjectCredentials>, ControlError> {
    let text = body.source.text.trim();
    let credentials = match parse::<CloneOf>(if text.is_empty() { "{}" } else { text }) {
        Ok(CloneOf { from }) => app.clone_project(from.as_deref())?,
        Err(_) => app.add_project(&body.source)?,
    };
    Ok(Created(credentials.into()))
}

async fn delete(
    State(app): State<Arc<App>>,
    PathParameters(ProjectPath { id }): PathParameters<ProjectPath>,
) -> Result<Json<Deleted>, ControlError> {
    app.delete_project(&id)?;
    Ok(Json(Deleted { deleted: 1 }))
}

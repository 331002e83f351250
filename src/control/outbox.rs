//! `/__mock/outbox`: what would have been sent to users, filtered, waited for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, QueryParameters, Scope};
use super::route::{Description, Entry, Example};
use super::wait::Wait;
use crate::app::{App, OutboxMessages};
use crate::domain::id::ProjectId;
use crate::domain::outbox::{Channel, MessageFilter, MessageKind};

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/outbox",
                id: "control.getOutbox",
                summary: "The messages that would have been sent and fit every filter, oldest first. With `wait` it waits until \
                    there are `count` of them.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/outbox?to=new%40example.com"),
                    status: 200,
                    answer: r#"{"count": 0, "dropped": 0, "messages": []}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/outbox",
                id: "control.deleteOutbox",
                summary: "Empties the outbox: all of it, or a project's.",
                refusals: &[Refusal::NotFound],
                example: Example { status: 200, answer: r#"{"deleted": 0}"#, ..Example::default() },
            },
            delete,
        ),
    ]
}

/// Which messages are meant, and how long to wait for them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct OutboxQuery {
    /// The project whose users they went to. Default: any.
    project_id: Option<String>,
    /// Where they went: an e-mail address, in any letter case, or a phone number.
    to: Option<String>,
    /// What for: `magic_link`, `invite`, `otp` or `password_reset`.
    kind: Option<String>,
    /// How: `email`, `sms` or `whatsapp`.
    channel: Option<String>,
    /// A part of anything in them, in any letter case.
    q: Option<String>,
    /// An `id`: only the messages after it.
    since: Option<u64>,
    /// An `id`: only the messages before it.
    before: Option<u64>,
    /// The most messages to answer with, the newest. Default: all.
    limit: Option<usize>,
    /// How long to wait for them, such as `2s`; at most a minute. Default: not at all.
    wait: Option<String>,
    /// How many messages to wait for. Default: 1.
    count: Option<usize>,
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(query): QueryParameters<OutboxQuery>,
) -> Result<Json<OutboxMessages>, ControlError> {
    let kind = one_of("kind", query.kind.as_deref(), &MessageKind::ALL, MessageKind::as_str)?;
    let channel = one_of("channel", query.channel.as_deref(), &Channel::ALL, Channel::as_str)?;
    let project_id = match query.project_id {
        Some(id) => {
            app.running_world().project(Some(&id))?;
            Some(ProjectId::parse(&id).map_err(|error| ControlError::invalid(format!("project_id: {error}")))?)
        }
        None => None,
    };
    let OutboxQuery { to, since, before, q, limit, .. } = query;
    let filter = MessageFilter { to, kind, channel, since, before, project_id, q, limit };
    let Wait { timeout, count } = Wait::read(query.wait.as_deref(), query.count, "messages")?;
    Ok(Json(app.wait_for_messages(&filter, count, timeout).await))
}

/// The one of `all` that a parameter names, if it names one.
fn one_of<T: Copy>(name: &str, given: Option<&str>, all: &[T], as_str: fn(T) -> &'static str) -> Result<Option<T>, ControlError> {
    let Some(given) = given else { return Ok(None) };
    let known = || all.iter().map(|each| as_str(*each)).collect::<Vec<_>>().join(", ");
    let found = all.iter().copied().find(|each| as_str(*each) == given).map(Some);
    found.ok_or_else(|| ControlError::invalid(format!("{name}: expected one of {}, found \"{given}\"", known())))
}

async fn delete(
    State(app): State<Arc<App>>,
    QueryParameters(scope): QueryParameters<Scope>,
) -> Result<Json<Deleted>, ControlError> {
    Ok(Json(Deleted { deleted: app.clear_outbox(scope.project_id.as_deref())? }))
}

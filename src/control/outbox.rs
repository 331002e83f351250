//! `/__mock/outbox`: what would have been sent to users, filtered, waited for.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, QueryParameters};
use super::route::{Description, Example, Route};
use crate::app::{App, OutboxMessages};
use crate::domain::id::ProjectId;
use crate::domain::outbox::{Channel, MessageFilter, MessageKind};
use crate::wire::seed::time::parse_span;

/// The longest that a request for messages may wait.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::of(
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
        Route::of(
            Description {
                method: "DELETE",
                path: "/outbox",
                id: "control.deleteOutbox",
                summary: "Empties the outbox.",
                refusals: &[],
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
    /// An `id`: only the messages after it.
    since: Option<u64>,
    /// How long to wait for them, such as `2s`; at most a minute. Default: not at all.
    wait: Option<String>,
    /// How many messages to wait for. Default: 1.
    count: Option<usize>,
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(query): QueryParameters<OutboxQuery>,
) -> Result<Json<OutboxMessages>, ControlError> {
    let one_of = |name: &str, given: &str, known: &[&str]| {
        ControlError::invalid(format!("{name}: expected one of {}, found \"{given}\"", known.join(", ")))
    };
    let kind = match query.kind.as_deref() {
        Some(given) => {
            let known = MessageKind::ALL.map(MessageKind::as_str);
            let kind = MessageKind::ALL.into_iter().find(|kind| kind.as_str() == given);
            Some(kind.ok_or_else(|| one_of("kind", given, &known))?)
        }
        None => None,
    };
    let channel = match query.channel.as_deref() {
        Some(given) => {
            let known = Channel::ALL.map(Channel::as_str);
            let channel = Channel::ALL.into_iter().find(|channel| channel.as_str() == given);
            Some(channel.ok_or_else(|| one_of("channel", given, &known))?)
        }
        None => None,
    };
    let project_id = match query.project_id {
        Some(id) => {
            app.stage().project(Some(&id))?;
            Some(ProjectId::parse(&id).map_err(|error| ControlError::invalid(format!("project_id: {error}")))?)
        }
        None => None,
    };
    let filter = MessageFilter { to: query.to, kind, channel, since: query.since, project_id };
    let Some(wait) = query.wait else {
        return match query.count {
            None => Ok(Json(app.outbox(&filter))),
            Some(_) => Err(ControlError::invalid("count: says how many messages to wait for, and goes with wait")),
        };
    };
    let timeout = parse_span(&wait).and_then(|span| span.to_std().ok()).filter(|timeout| *timeout <= LONGEST_WAIT);
    let bad = || format!("wait: expected a duration such as 2s, at most {} s, found \"{wait}\"", LONGEST_WAIT.as_secs());
    let timeout = timeout.ok_or_else(|| ControlError::invalid(bad()))?;
    Ok(Json(app.wait_for_messages(&filter, query.count.unwrap_or(1), timeout).await))
}

async fn delete(State(app): State<Arc<App>>) -> Json<Deleted> {
    Json(Deleted { deleted: app.clear_outbox() })
}

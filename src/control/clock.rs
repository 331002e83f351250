//! `/__mock/clock`: reads and sets the one clock that expiry, buckets and timestamps go by.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use super::clock_face::Clock;
use super::error::ControlError;
use super::extractors::JsonBody;
use super::route::{Description, Entry, Example};
use crate::app::App;
use crate::domain::timestamp::Timestamp;
use crate::system;
use crate::wire::seed::time::parse_span;

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/clock",
                id: "control.getClock",
                summary: "What the clock shows.",
                refusals: &[],
                example: Example {
                    status: 200,
                    answer: r#"{"now": "2026-01-01T00:00:00Z", "frozen": true}"#,
                    ..Example::default()
                },
            },
            get,
        ),
        T::of(
            Description {
                method: "PUT",
                path: "/clock",
                id: "control.putClock",
                summary: "Sets, freezes, releases or scales the clock. What is not said stays as it is.",
                refusals: &[],
                example: Example {
                    body: r#"{"now": "2026-03-01T12:00:00Z", "frozen": true}"#,
                    status: 200,
                    answer: r#"{"now": "2026-03-01T12:00:00Z", "frozen": true}"#,
                    ..Example::default()
                },
            },
            put,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/clock/advance",
                id: "control.advanceClock",
                summary: "Moves the clock. A frozen clock stays frozen, a running one runs on.",
                refusals: &[],
                example: Example {
                    body: r#"{"by": "1h30m"}"#,
                    status: 200,
                    answer: r#"{"now": "2026-01-01T01:30:00Z", "frozen": true}"#,
                    ..Example::default()
                },
            },
            advance,
        ),
    ]
}

/// How the clock is to be set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClockSetting {
    /// An RFC 3339 time, or `system` for the machine's time. Default: where it is.
    now: Option<String>,
    /// Whether it stands still. Default: as it did.
    frozen: Option<bool>,
    /// Emulated seconds in a second of the machine, for a running clock. Default: as it was, and 1 after a freeze.
    #[schemars(range(min = 0, max = 1_000_000))]
    scale: Option<f64>,
}

/// How far the clock is to be moved.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClockAdvance {
    /// A duration such as `90s`, `1h30m` or `7d`. With a minus it goes back.
    by: String,
}

async fn get(State(app): State<Arc<App>>) -> Json<Clock> {
    Json(app.clock().into())
}

async fn put(State(app): State<Arc<App>>, JsonBody(setting): JsonBody<ClockSetting>) -> Result<Json<Clock>, ControlError> {
    let at = match setting.now.as_deref() {
        None => None,
        Some("system") => Some(system::machine_time()),
        Some(text) => {
            let bad = |error| ControlError::invalid(format!("now: {error}, or \"system\"; found \"{text}\""));
            Some(Timestamp::parse(text).map_err(bad)?)
        }
    };
    Ok(Json(app.set_clock(at, setting.frozen, setting.scale)?.into()))
}

async fn advance(State(app): State<Arc<App>>, JsonBody(advance): JsonBody<ClockAdvance>) -> Result<Json<Clock>, ControlError> {
    let by = advance.by.trim();
    let delta: Option<TimeDelta> = match by.strip_prefix('-') {
        Some(back) => parse_span(back).map(|span| -span),
        None => parse_span(by.strip_prefix('+').unwrap_or(by)),
    };
    let bad = || ControlError::invalid(format!("by: expected a duration such as 90s, 1h30m or -7d, found \"{by}\""));
    Ok(Json(app.advance_clock(delta.ok_or_else(bad)?)?.into()))
}

//! `/__mock/clock`: reads and steers the one clock that expiry, buckets and timestamps go by.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ControlError;
use super::input::Input;
use crate::app::{App, ClockFace};
use crate::domain::timestamp::Timestamp;
use crate::system::{self, ClockMode};
use crate::wire::seed::time::parse_span;

/// What the clock can be told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// RFC 3339, or `system` for the machine's time. Default: where it is.
    now: Option<String>,
    /// Whether it stands. Default: as it did.
    frozen: Option<bool>,
    /// Emulated seconds in a second, for a running clock. Default: as it was; 1 after a freeze.
    scale: Option<f64>,
}

/// What `advance` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// A duration such as `90s` or `1h30m`; with a minus it goes back.
    by: String,
}

/// What the clock shows.
pub async fn get(State(app): State<Arc<App>>) -> Json<Value> {
    Json(show(app.clock()))
}

/// Sets, freezes or releases it.
pub async fn put(State(app): State<Arc<App>>, Input(setting): Input<Setting>) -> Result<Json<Value>, ControlError> {
    let at = match setting.now.as_deref() {
        None => None,
        Some("system") => Some(system::machine_time()),
        Some(text) => {
            Some(Timestamp::parse(text).map_err(|error| bad(format!("now: {error}, or \"system\"; found \"{text}\"")))?)
        }
    };
    Ok(Json(show(app.set_clock(at, setting.frozen, setting.scale)?)))
}

/// Moves it; it goes on as it went.
pub async fn advance(State(app): State<Arc<App>>, Input(advance): Input<Advance>) -> Result<Json<Value>, ControlError> {
    let by = advance.by.trim();
    let delta: Option<TimeDelta> = match by.strip_prefix('-') {
        Some(back) => parse_span(back).map(|span| -span),
        None => parse_span(by.strip_prefix('+').unwrap_or(by)),
    };
    let delta = delta.ok_or_else(|| bad(format!("by: expected a duration such as 90s, 1h30m or -7d, found \"{by}\"")))?;
    Ok(Json(show(app.advance_clock(delta)?)))
}

fn show(ClockFace { now, mode }: ClockFace) -> Value {
    match mode {
        ClockMode::Frozen(at) => json!({ "now": at.to_string(), "frozen": true }),
        ClockMode::Running { scale, .. } => json!({ "now": now.whole_seconds().to_string(), "frozen": false, "scale": scale }),
    }
}

fn bad(message: String) -> ControlError {
    ControlError::new(StatusCode::BAD_REQUEST, message)
}

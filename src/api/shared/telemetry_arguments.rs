//! What the vendor's device fingerprinting sends along.

use schemars::JsonSchema;
use serde::Deserialize;

/// The field of it that logins have.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TelemetryArguments {
    /// Taken and not used.
    telemetry_id: Option<String>,
}

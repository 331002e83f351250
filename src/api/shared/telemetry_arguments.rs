//! What the vendor's device fingerprinting sends along.

use schemars::JsonSchema;
use serde::Deserialize;

/// The field of it that logins have.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TelemetryArguments {
    /// Taken and not used.
    #[expect(dead_code, reason = "devices are not emulated; the field is told so that it does not count as unknown")]
    telemetry_id: Option<String>,
}

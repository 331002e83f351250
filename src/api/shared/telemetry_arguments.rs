//! What the vendor's device fingerprinting sends along.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::request::non_empty;
use crate::domain::fraud::device::UserDevice;
use crate::domain::user::UserRecord;

/// The field of it that logins have.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TelemetryArguments {
    /// The device that logs in; the seed's `fraud` says what is known of it. One that is not known is ignored (assumed).
    #[serde(deserialize_with = "non_empty")]
    telemetry_id: Option<String>,
}

impl TelemetryArguments {
    /// Remembers the device with the user who logs in by it, if it is known.
    pub fn note(&self, call: &Call<'_>, record: &mut UserRecord) -> Option<UserDevice> {
        let device = call.project().state().fraud.read().device(self.telemetry_id.as_ref()?, call.now)?;
        Some(record.user.devices.get_or_insert_default().note(&device, call.now))
    }
}

//! All that a project knows and has decided about devices and addresses.

use super::email_risk::EmailRisks;
use super::rule::Rules;
use super::telemetry::{self, Metadata, Telemetry};
use super::verdict::VerdictReasons;
use crate::domain::timestamp::Timestamp;

/// It.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FraudBook {
    /// The telemetry ids; `None` is the default ones.
    pub telemetry: Option<Vec<Telemetry>>,
    pub rules: Rules,
    pub verdict_reasons: VerdictReasons,
    pub email_risks: EmailRisks,
}

impl FraudBook {
    /// The device behind a telemetry id, unless it has expired.
    #[must_use]
    pub fn device(&self, telemetry_id: &str, now: Timestamp) -> Option<Telemetry> {
        let is_it = |device: &Telemetry| device.telemetry_id == telemetry_id && now < device.expires_at;
        match &self.telemetry {
            Some(known) => known.iter().find(|device| is_it(device)).cloned(),
            None => telemetry::defaults().into_iter().find(is_it),
        }
    }

    /// Keeps what an app says of a telemetry id.
    pub fn annotate(&mut self, telemetry_id: &str, metadata: &Metadata) {
        let known = self.telemetry.get_or_insert_with(telemetry::defaults);
        for device in known.iter_mut().filter(|device| device.telemetry_id == telemetry_id) {
            device.metadata.merge(metadata.clone());
        }
    }
}

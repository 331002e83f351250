//! What a user has logged in with, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use super::time::When;
use crate::domain::fraud::device::{Devices, Seen};
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// What the user has logged in with, as far as logins brought a `telemetry_id`.
    DevicesEntry, "devices" {
        /// Default: none.
        visitor_ids: Option<Vec<SeenEntry>>,
        /// Default: none.
        ip_addresses: Option<Vec<SeenEntry>>,
        /// Default: none.
        ip_geo_countries: Option<Vec<SeenEntry>>,
    }
}

seed_object! {
    /// Something that the user was seen with.
    SeenEntry, "something seen" {
        /// The id, the address or the country.
        value: Option<String>,
        /// Default: long ago.
        first_seen_at: Option<When>,
        /// Default: when it was first seen.
        last_seen_at: Option<When>,
    }
}

impl DevicesEntry {
    /// What it describes; nothing if it is empty.
    pub(super) fn build(self, now: Timestamp) -> Option<Box<Devices>> {
        let seen = |entries: Option<Vec<SeenEntry>>| entries.into_iter().flatten().map(|each| each.build(now)).collect();
        let devices = Devices {
            visitor_ids: seen(self.visitor_ids),
            ip_addresses: seen(self.ip_addresses),
            ip_geo_countries: seen(self.ip_geo_countries),
        };
        (devices != Devices::default()).then(|| Box::new(devices))
    }
}

impl SeenEntry {
    fn build(self, now: Timestamp) -> Seen {
        let first_seen_at = self.first_seen_at.map_or(Timestamp::EPOCH, |when| when.resolve(now));
        let last_seen_at = self.last_seen_at.map_or(first_seen_at, |when| when.resolve(now));
        Seen { value: self.value.unwrap_or_default(), first_seen_at, last_seen_at }
    }
}

/// Writes devices into the seed entry of their user.
pub(super) fn export(entry: &mut Value, devices: Option<&Devices>) {
    let Some(devices) = devices else { return };
    let seen = |each: &Seen| json!({ "value": each.value, "first_seen_at": each.first_seen_at.to_string(), "last_seen_at": each.last_seen_at.to_string() });
    let list = |all: &[Seen]| all.iter().map(seen).collect::<Vec<_>>();
    entry["devices"] = json!({
        "visitor_ids": list(&devices.visitor_ids),
        "ip_addresses": list(&devices.ip_addresses),
        "ip_geo_countries": list(&devices.ip_geo_countries),
    });
}

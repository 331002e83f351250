//! The device of a login on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::session::Time;
use crate::domain::fraud::device::{SeenDetails, UserDevice};

/// The vendor's `DeviceInfo`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeviceInfo")]
pub struct DeviceObject {
    ip_address: String,
    ip_address_details: DetailsBody,
    ip_geo_city: String,
    ip_geo_country: String,
    ip_geo_country_details: DetailsBody,
    ip_geo_region: String,
    visitor_id: String,
    visitor_id_details: DetailsBody,
}

/// Whether and when the user was seen with it before.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeviceAttributeDetails")]
struct DetailsBody {
    first_seen_at: Time,
    is_new: bool,
    last_seen_at: Time,
}

impl From<SeenDetails> for DetailsBody {
    fn from(SeenDetails { is_new, first_seen_at, last_seen_at }: SeenDetails) -> Self {
        Self { first_seen_at: Time(first_seen_at), is_new, last_seen_at: Time(last_seen_at) }
    }
}

impl From<UserDevice> for DeviceObject {
    fn from(device: UserDevice) -> Self {
        Self {
            ip_address: device.ip_address,
            ip_address_details: device.ip_address_details.into(),
            ip_geo_city: device.ip_geo_city,
            ip_geo_country: device.ip_geo_country,
            ip_geo_country_details: device.ip_geo_country_details.into(),
            ip_geo_region: device.ip_geo_region,
            visitor_id: device.visitor_id,
            visitor_id_details: device.visitor_id_details.into(),
        }
    }
}

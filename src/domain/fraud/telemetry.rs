//! A telemetry id, which stands for a device as the vendor's fingerprinting saw it once.

use crate::domain::JsonObject;
use crate::domain::timestamp::Timestamp;

/// A device as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Telemetry {
    pub telemetry_id: String,
    pub fingerprints: Fingerprints,
    /// What speaks against the device.
    pub reasons: Vec<String>,
    pub detected_device_type: String,
    pub is_authentic_device: bool,
    pub network: Network,
    pub user_agent: String,
    pub raw_signals: Option<JsonObject>,
    pub metadata: Metadata,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What a device is recognised by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprints {
    pub visitor_id: String,
    pub browser_id: String,
    pub visitor_fingerprint: String,
    pub browser_fingerprint: String,
    pub hardware_fingerprint: String,
    pub network_fingerprint: String,
}

/// Where a device was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    pub ip_address: String,
    pub asn: String,
    pub asn_name: String,
    /// The block that belongs to the ASN.
    pub asn_network: String,
    pub city: String,
    pub region: String,
    pub country: String,
    pub is_proxy: bool,
    pub is_vpn: bool,
}

/// What the app says of a telemetry id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    pub external_id: Option<String>,
    pub organization_id: Option<String>,
    pub user_action: Option<String>,
}

impl Metadata {
    /// Adds what a later request says.
    pub fn merge(&mut self, later: Self) {
        let Self { external_id, organization_id, user_action } = later;
        for (kept, later) in [
            (&mut self.external_id, external_id),
            (&mut self.organization_id, organization_id),
            (&mut self.user_action, user_action),
        ] {
            if later.is_some() {
                *kept = later;
            }
        }
    }

    /// Whether every value has at most 65 characters, all of them alphanumeric or `_-+.@` (documented).
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_sound = |value: &String| {
            value.chars().count() <= 65 && value.chars().all(|each| each.is_ascii_alphanumeric() || "_-+.@".contains(each))
        };
        [&self.external_id, &self.organization_id, &self.user_action].into_iter().flatten().all(is_sound)
    }
}

/// The telemetry ids of a project whose seed describes none: one for each action. The first is that of the vendor's
/// documentation, and so are its fingerprints and times.
#[must_use]
pub fn defaults() -> Vec<Telemetry> {
    let at = |text| Timestamp::parse(text).unwrap_or(Timestamp::EPOCH);
    let device = |last: char, reasons: &[&str]| Telemetry {
        telemetry_id: format!("026ac93b-8cdf-4fcb-bfa6-36a31cfecac{last}"),
        fingerprints: Fingerprints {
            visitor_id: format!("visitor-6139cbcc-4dda-4b1f-b1c0-13c08ec64d7{last}"),
            browser_id: format!("browser-id-99cffb93-6378-48a5-aa90-d680232a797{last}"),
            visitor_fingerprint: format!("visitor-fingerprint-6ecf5792-1157-41ad-9ad6-052d31160ce{last}"),
            browser_fingerprint: format!("browser-fingerprint-0b535ab5-ecff-4bc9-b845-48bf9009894{last}"),
            hardware_fingerprint: format!("hardware-fingerprint-4af7a05d-cf77-4ff7-834f-0622452bb09{last}"),
            network_fingerprint: format!("network-fingerprint-b5060259-40e6-3f29-8215-45ae2da3caa{last}"),
        },
        reasons: reasons.iter().map(|&reason| reason.to_owned()).collect(),
        detected_device_type: "Linux x86_64".to_owned(),
        is_authentic_device: reasons.is_empty(),
        network: Network {
            // a block that is reserved for documentation
            ip_address: format!("203.0.113.{last}"),
            asn: "64496".to_owned(),
            asn_name: "Example Network".to_owned(),
            asn_network: "203.0.113.0/24".to_owned(),
            city: "San Francisco".to_owned(),
            region: "California".to_owned(),
            country: "US".to_owned(),
            is_proxy: false,
            is_vpn: false,
        },
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
            .to_owned(),
        raw_signals: None,
        metadata: Metadata::default(),
        created_at: at("2023-01-01T00:00:00Z"),
        expires_at: at("9999-12-31T23:59:59Z"),
    };
    vec![device('1', &[]), device('2', &["VIRTUAL_MACHINE"]), device('3', &["HEADLESS_BROWSER_AUTOMATION"])]
}

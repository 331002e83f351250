//! The telemetry ids of a project, in a seed: each as the vendor's look-up answers it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use super::value::Ignored;
use crate::domain::JsonObject;
use crate::domain::fraud::rule::RuleType;
use crate::domain::fraud::telemetry::{Fingerprints, Metadata, Network, Telemetry};
use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// A telemetry id and the device behind it; paste the answer of a look-up.
    TelemetryEntry, "a telemetry id" {
        /// Default: generated.
        telemetry_id: Option<String>,
        /// Default: generated.
        fingerprints: Option<FingerprintsEntry>,
        /// Default: nothing speaks against the device.
        verdict: Option<VerdictEntry>,
        /// Default: empty strings.
        properties: Option<PropertiesEntry>,
        /// Default: null.
        raw_signals: Option<JsonObject>,
        /// What the app says of it. Default: null.
        external_metadata: Option<MetadataEntry>,
        /// Default: now.
        created_at: Option<When>,
        /// From when on it is not found. Default: ten years after `created_at`.
        expires_at: Option<When>,
        /// Stands in a pasted response; not looked at.
        request_id: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        status_code: Option<Ignored>,
    }
}

seed_object! {
    /// What the device is recognised by.
    FingerprintsEntry, "fingerprints" {
        /// Default: generated.
        visitor_id: Option<String>,
        /// Default: generated.
        browser_id: Option<String>,
        /// Default: generated.
        visitor_fingerprint: Option<String>,
        /// Default: generated.
        browser_fingerprint: Option<String>,
        /// Default: generated.
        hardware_fingerprint: Option<String>,
        /// Default: generated.
        network_fingerprint: Option<String>,
    }
}

seed_object! {
    /// What speaks against the device. The action follows from it.
    VerdictEntry, "a verdict" {
        /// Such as `VIRTUAL_MACHINE`. Default: none.
        reasons: Option<Vec<String>>,
        /// Default: empty.
        detected_device_type: Option<String>,
        /// Default: true.
        is_authentic_device: Option<bool>,
        /// Stands in a pasted response; not looked at.
        action: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        verdict_reason_overrides: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        rule_match_type: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        rule_match_identifier: Option<Ignored>,
    }
}

seed_object! {
    /// Where the device was seen, and with which browser.
    PropertiesEntry, "properties" {
        /// Default: empty strings.
        network_properties: Option<NetworkEntry>,
        /// Default: an empty string.
        browser_properties: Option<BrowserEntry>,
    }
}

seed_object! {
    /// Where the device was seen.
    NetworkEntry, "network properties" {
        /// Default: empty.
        ip_address: Option<String>,
        /// Default: empty strings.
        asn: Option<AsnEntry>,
        /// Default: empty strings.
        ip_geolocation: Option<PlaceEntry>,
        /// Default: false.
        is_proxy: Option<bool>,
        /// Default: false.
        is_vpn: Option<bool>,
    }
}

seed_object! {
    /// The network's autonomous system.
    AsnEntry, "an ASN" {
        /// Its number. Default: empty.
        asn: Option<String>,
        /// Default: empty.
        name: Option<String>,
        /// Default: empty.
        network: Option<String>,
    }
}

seed_object! {
    /// Where the address is.
    PlaceEntry, "a place" {
        /// Default: empty.
        city: Option<String>,
        /// Default: empty.
        region: Option<String>,
        /// The country's code. Default: empty.
        country: Option<String>,
    }
}

seed_object! {
    /// The browser.
    BrowserEntry, "browser properties" {
        /// Default: empty.
        user_agent: Option<String>,
    }
}

seed_object! {
    /// What the app says of a telemetry id.
    MetadataEntry, "external metadata" {
        /// Default: null.
        external_id: Option<String>,
        /// Default: null.
        organization_id: Option<String>,
        /// Default: null.
        user_action: Option<String>,
    }
}

impl FingerprintsEntry {
    fn slots(&mut self) -> [(RuleType, &mut Option<String>); 6] {
        [
            (RuleType::VisitorId, &mut self.visitor_id),
            (RuleType::BrowserId, &mut self.browser_id),
            (RuleType::VisitorFingerprint, &mut self.visitor_fingerprint),
            (RuleType::BrowserFingerprint, &mut self.browser_fingerprint),
            (RuleType::HardwareFingerprint, &mut self.hardware_fingerprint),
            (RuleType::NetworkFingerprint, &mut self.network_fingerprint),
        ]
    }
}

impl TelemetryEntry {
    /// Fills in what was left out.
    pub(super) fn fill_defaults(&mut self, ids: &mut IdGenerator<'_>) {
        self.telemetry_id.get_or_insert_with(|| ids.uuid().to_string());
        for (kind, slot) in self.fingerprints.get_or_insert_default().slots() {
            slot.get_or_insert_with(|| format!("{}{}", kind.prefix().unwrap_or_default(), ids.uuid()));
        }
    }

    /// Reports what can't be.
    pub(super) fn check(&self, path: &Path<'_>, report: &mut Report<'_>) {
        let fingerprints = path.key("fingerprints");
        for (kind, slot) in self.fingerprints.clone().unwrap_or_default().slots() {
            if let Some(refusal) = slot.as_ref().and_then(|id| kind.check(id).err()) {
                report.add(&fingerprints.key(kind.key()), refusal.reason);
            }
        }
        if !self.metadata().is_sound() {
            report.add(&path.key("external_metadata"), "a value has at most 65 characters: alphanumeric ones and _-+.@");
        }
    }

    fn metadata(&self) -> Metadata {
        let MetadataEntry { external_id, organization_id, user_action } = self.external_metadata.clone().unwrap_or_default();
        Metadata { external_id, organization_id, user_action }
    }

    /// What it describes, at `now`.
    pub(super) fn build(&self, now: Timestamp) -> Telemetry {
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        let fingerprints = self.fingerprints.clone().unwrap_or_default();
        let verdict = self.verdict.clone().unwrap_or_default();
        let properties = self.properties.clone().unwrap_or_default();
        let network = properties.network_properties.unwrap_or_default();
        let (asn, place) = (network.asn.unwrap_or_default(), network.ip_geolocation.unwrap_or_default());
        let created_at = self.created_at.map_or_else(|| now.whole_seconds(), |when| when.resolve(now));
        Telemetry {
            telemetry_id: text(&self.telemetry_id),
            fingerprints: Fingerprints {
                visitor_id: text(&fingerprints.visitor_id),
                browser_id: text(&fingerprints.browser_id),
                visitor_fingerprint: text(&fingerprints.visitor_fingerprint),
                browser_fingerprint: text(&fingerprints.browser_fingerprint),
                hardware_fingerprint: text(&fingerprints.hardware_fingerprint),
                network_fingerprint: text(&fingerprints.network_fingerprint),
            },
            reasons: verdict.reasons.unwrap_or_default(),
            detected_device_type: text(&verdict.detected_device_type),
            is_authentic_device: verdict.is_authentic_device.unwrap_or(true),
            network: Network {
                ip_address: text(&network.ip_address),
                asn: text(&asn.asn),
                asn_name: text(&asn.name),
                asn_network: text(&asn.network),
                city: text(&place.city),
                region: text(&place.region),
                country: text(&place.country),
                is_proxy: network.is_proxy.unwrap_or_default(),
                is_vpn: network.is_vpn.unwrap_or_default(),
            },
            user_agent: text(&properties.browser_properties.unwrap_or_default().user_agent),
            raw_signals: self.raw_signals.clone(),
            metadata: self.metadata(),
            created_at,
            expires_at: self
                .expires_at
                .map_or_else(|| created_at.saturating_add(TimeDelta::days(3_652)), |when| when.resolve(now)),
        }
    }
}

/// The seed entry of a telemetry id.
pub(super) fn export(device: &Telemetry) -> Value {
    let Fingerprints {
        visitor_id,
        browser_id,
        visitor_fingerprint,
        browser_fingerprint,
        hardware_fingerprint,
        network_fingerprint,
    } = &device.fingerprints;
    let Network { ip_address, asn, asn_name, asn_network, city, region, country, is_proxy, is_vpn } = &device.network;
    let Metadata { external_id, organization_id, user_action } = &device.metadata;
    json!({
        "telemetry_id": device.telemetry_id,
        "fingerprints": {
            "visitor_id": visitor_id, "browser_id": browser_id,
            "visitor_fingerprint": visitor_fingerprint, "browser_fingerprint": browser_fingerprint,
            "hardware_fingerprint": hardware_fingerprint, "network_fingerprint": network_fingerprint,
        },
        "verdict": {
            "reasons": device.reasons,
            "detected_device_type": device.detected_device_type,
            "is_authentic_device": device.is_authentic_device,
        },
        "properties": {
            "network_properties": {
                "ip_address": ip_address,
                "asn": { "asn": asn, "name": asn_name, "network": asn_network },
                "ip_geolocation": { "city": city, "region": region, "country": country },
                "is_proxy": is_proxy,
                "is_vpn": is_vpn,
            },
            "browser_properties": { "user_agent": device.user_agent },
        },
        "raw_signals": device.raw_signals,
        "external_metadata": { "external_id": external_id, "organization_id": organization_id, "user_action": user_action },
        "created_at": device.created_at.to_string(),
        "expires_at": device.expires_at.to_string(),
    })
}

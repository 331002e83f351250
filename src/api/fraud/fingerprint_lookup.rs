//! `POST /v1/fingerprint/lookup`: the device behind a telemetry id, and the verdict on it. Source: the vendor's reference; how a
//! verdict comes about is assumed where it has a rule or a reason that the vendor does not describe.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, Object, any_object};
use crate::api::shared::fraud_actions::ActionWord;
use crate::domain::JsonObject;
use crate::domain::fraud::telemetry::{Fingerprints, Metadata, Network, Telemetry};
use crate::domain::fraud::verdict::{Verdict, judge};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::session::Time;

/// Look a fingerprint up.
pub struct FingerprintLookup;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// What the browser's `GetTelemetryID()` gave; the seed's `fraud` says what is known of it. A missing one is not found.
    #[serde(default)]
    telemetry_id: String,
    /// What the app says of it from now on. A field has at most 65 characters.
    #[serde(default)]
    external_metadata: Option<Object<MetadataFields>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct MetadataFields {
    external_id: Option<String>,
    organization_id: Option<String>,
    user_action: Option<String>,
}

/// The device and the verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    created_at: Time,
    expires_at: Time,
    external_metadata: MetadataBody,
    fingerprints: FingerprintsBody,
    properties: PropertiesBody,
    #[schemars(schema_with = "nullable_object")]
    raw_signals: Option<JsonObject>,
    telemetry_id: String,
    verdict: VerdictBody,
}

fn nullable_object(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let object = any_object(generator);
    schemars::json_schema!({ "anyOf": [object, { "type": "null" }] })
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct MetadataBody {
    external_id: Option<String>,
    organization_id: Option<String>,
    user_action: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct FingerprintsBody {
    browser_fingerprint: String,
    browser_id: String,
    hardware_fingerprint: String,
    network_fingerprint: String,
    visitor_fingerprint: String,
    visitor_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PropertiesBody {
    browser_properties: BrowserBody,
    network_properties: NetworkBody,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct BrowserBody {
    user_agent: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct NetworkBody {
    asn: AsnBody,
    ip_address: String,
    ip_geolocation: PlaceBody,
    is_proxy: bool,
    is_vpn: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct AsnBody {
    asn: String,
    name: String,
    network: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PlaceBody {
    city: String,
    country: String,
    region: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct VerdictBody {
    action: ActionWord,
    detected_device_type: String,
    is_authentic_device: bool,
    reasons: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_match_identifier: Option<String>,
    /// Stands there only if a rule decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_match_type: Option<&'static str>,
    verdict_reason_overrides: Vec<OverrideBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct OverrideBody {
    override_action: ActionWord,
    verdict_reason: String,
}

impl Endpoint for FingerprintLookup {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::TelemetryIdNotFound, ErrorType::InvalidExternalMetadata]],
        remark: "the device is the seed's",
        ..Description::new(
            Operation { name: "fraud.fingerprint.lookup", method: "POST", path: "/v1/fingerprint/lookup" },
            "Look a device's fingerprint up",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let Object(given) = fields.external_metadata.unwrap_or_default();
        let MetadataFields { external_id, organization_id, user_action } = given;
        let metadata = Metadata { external_id, organization_id, user_action };
        if !metadata.is_sound() {
            let reason = "a field of external_metadata has more than 65 characters, or others than alphanumeric ones and _-+.@";
            return Err(Refusal::new(ErrorType::InvalidExternalMetadata, reason));
        }
        let fraud = &call.project().state().fraud;
        let find = || fraud.read().device(&fields.telemetry_id, call.now);
        let unknown =
            || Refusal::new(ErrorType::TelemetryIdNotFound, "the project's fraud.telemetry has no such id, or it has expired");
        let mut device = find().ok_or_else(unknown)?;
        if metadata != Metadata::default() {
            fraud.change(|book| book.annotate(&fields.telemetry_id, &metadata));
            device = find().ok_or_else(unknown)?;
        }
        let book = fraud.read();
        let verdict = judge(&device, &book.rules, &book.verdict_reasons, call.now);
        Ok(answer(device, verdict))
    }
}

fn answer(device: Telemetry, verdict: Verdict) -> Answer {
    let Fingerprints {
        visitor_id,
        browser_id,
        visitor_fingerprint,
        browser_fingerprint,
        hardware_fingerprint,
        network_fingerprint,
    } = device.fingerprints;
    let Network { ip_address, asn, asn_name, asn_network, city, region, country, is_proxy, is_vpn } = device.network;
    let Metadata { external_id, organization_id, user_action } = device.metadata;
    let overrides = verdict.overrides.into_iter();
    let overrides = overrides.map(|(verdict_reason, action)| OverrideBody { override_action: action.into(), verdict_reason });
    Answer {
        created_at: Time(device.created_at),
        expires_at: Time(device.expires_at),
        external_metadata: MetadataBody { external_id, organization_id, user_action },
        fingerprints: FingerprintsBody {
            browser_fingerprint,
            browser_id,
            hardware_fingerprint,
            network_fingerprint,
            visitor_fingerprint,
            visitor_id,
        },
        properties: PropertiesBody {
            browser_properties: BrowserBody { user_agent: device.user_agent },
            network_properties: NetworkBody {
                asn: AsnBody { asn, name: asn_name, network: asn_network },
                ip_address,
                ip_geolocation: PlaceBody { city, country, region },
                is_proxy,
                is_vpn,
            },
        },
        raw_signals: device.raw_signals,
        telemetry_id: device.telemetry_id,
        verdict: VerdictBody {
            action: verdict.action.into(),
            detected_device_type: device.detected_device_type,
            is_authentic_device: device.is_authentic_device,
            reasons: verdict.reasons,
            rule_match_identifier: verdict.rule.as_ref().map(|rule| rule.identifier.clone()),
            rule_match_type: verdict.rule.map(|rule| rule.rule_type.as_str()),
            verdict_reason_overrides: overrides.collect(),
        },
    }
}

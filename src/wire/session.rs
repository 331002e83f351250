//! A session and its factors on the wire, in the page's order.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::profile::WireProfile;
use crate::domain::JsonObject;
use crate::domain::factor::{DeliveryMethod, Detail, FACTOR_TYPES, Factor, FactorType, detail_shapes};
use crate::domain::id::{SessionId, UserId};
use crate::domain::session::{Attributes, Session};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{RenderedSessions, UserRecord};

/// A timestamp as a JSON string.
#[derive(Debug, Clone, Copy)]
pub struct Time(pub Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Time {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// The vendor's Session. `roles` is the only key that can be missing.
#[derive(Debug, serde::Serialize, JsonSchema)]
#[schemars(rename = "Session")]
pub struct SessionBody<'a> {
    attributes: Option<AttributesBody<'a>>,
    #[serde(serialize_with = "serialize_factors")]
    #[schemars(with = "Vec<FactorBody<'a>>")]
    authentication_factors: &'a [Factor],
    custom_claims: Option<&'a JsonObject>,
    expires_at: Time,
    last_accessed_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<&'a [String]>,
    session_id: SessionId,
    started_at: Time,
    user_id: UserId,
}

impl<'a> SessionBody<'a> {
    /// The wire form of a user's session.
    #[must_use]
    pub fn new(session: &'a Session, user_id: &UserId) -> Self {
        Self {
            attributes: session.attributes.as_deref().map(AttributesBody::new),
            authentication_factors: &session.authentication_factors,
            custom_claims: session.custom_claims.as_deref(),
            expires_at: Time(session.expires_at),
            last_accessed_at: Time(session.last_accessed_at),
            roles: session.roles.as_deref(),
            session_id: session.id,
            started_at: Time(session.started_at),
            user_id: *user_id,
        }
    }
}

fn serialize_factors<S: Serializer>(factors: &[Factor], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(factors.iter().map(FactorBody))
}

/// Where a session was begun from.
#[derive(Debug, serde::Serialize, JsonSchema)]
#[schemars(inline)]
pub struct AttributesBody<'a> {
    ip_address: &'a str,
    user_agent: &'a str,
}

impl<'a> AttributesBody<'a> {
    fn new(attributes: &'a Attributes) -> Self {
        Self { ip_address: &attributes.ip_address, user_agent: &attributes.user_agent }
    }
}

/// A factor: the page puts its sub-object second and its type last.
#[derive(Debug)]
pub struct FactorBody<'a>(pub &'a Factor);

impl Serialize for FactorBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let factor = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("delivery_method", factor.delivery_method.as_str())?;
        if let Some(detail) = &factor.detail {
            map.serialize_entry(detail.shape.name, &DetailBody(detail))?;
        }
        map.serialize_entry("last_authenticated_at", &factor.last_authenticated_at.map(Time))?;
        map.serialize_entry("created_at", &factor.created_at.map(Time))?;
        map.serialize_entry("updated_at", &factor.updated_at.map(Time))?;
        map.serialize_entry("type", factor.factor_type.as_str())?;
        map.end()
    }
}

impl JsonSchema for FactorBody<'_> {
    fn schema_name() -> Cow<'static, str> {
        "AuthenticationFactor".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let time = generator.subschema_for::<Option<Time>>();
        let methods: Vec<&str> = DeliveryMethod::all().map(DeliveryMethod::as_str).collect();
        let mut properties = Map::from_iter([
            ("delivery_method".to_owned(), json!({ "enum": methods })),
            ("type".to_owned(), json!({ "enum": FACTOR_TYPES.map(FactorType::as_str) })),
            ("last_authenticated_at".to_owned(), json!(time)),
            ("created_at".to_owned(), json!(time)),
            ("updated_at".to_owned(), json!(time)),
        ]);
        let required: Vec<String> = properties.keys().cloned().collect();
        for shape in detail_shapes() {
            let fields = shape.fields.iter().map(|field| (field.name.to_owned(), json!({ "type": "string" })));
            let names: Vec<&str> = shape.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
            let fields = fields.collect::<Map<String, Value>>();
            let detail = json!({ "type": "object", "properties": fields, "required": names, "additionalProperties": false });
            properties.insert(shape.name.to_owned(), detail);
        }
        json_schema!({ "type": "object", "properties": properties, "required": required })
    }
}

/// A factor's sub-object, alphabetical.
#[derive(Debug)]
pub struct DetailBody<'a>(pub &'a Detail);

impl Serialize for DetailBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.0.shape.fields.iter().map(|field| field.name);
        serializer.collect_map(names.zip(self.0.values.iter()))
    }
}

/// The JSON list of a user's sessions that are active at `now`. They are rendered together, the first time that somebody
/// asks; mostly all of them are active, and then nobody has to look at each.
pub fn render_list(profile: WireProfile, record: &UserRecord, now: Timestamp) -> Vec<u8> {
    let rendered = record.rendered.get_or_render(|| render_sessions(profile, record));
    if let Some(whole) = rendered.whole(now) {
        return whole.to_vec();
    }
    let mut active = vec![b'['];
    for (session, json) in record.sessions.iter().zip(rendered.each()) {
        if session.is_active(now) {
            if active.len() > 1 {
                active.push(b',');
            }
            active.extend_from_slice(json);
        }
    }
    active.push(b']');
    active
}

/// Few sessions are longer, in bytes.
const USUAL_LENGTH: usize = 768;

fn render_sessions(profile: WireProfile, record: &UserRecord) -> RenderedSessions {
    let count = record.sessions.len();
    let (mut list, mut ends) = (Vec::with_capacity(count * USUAL_LENGTH + 2), Vec::with_capacity(count));
    list.push(b'[');
    for session in &record.sessions {
        if list.len() > 1 {
            list.push(b',');
        }
        profile.render_into(&mut list, &SessionBody::new(session, &record.user.id));
        ends.push(list.len());
    }
    list.push(b']');
    let is_revoked = record.sessions.iter().any(|session| session.revoked_at.is_some());
    let first_end = record.sessions.iter().map(|session| session.expires_at).min();
    let whole_until = if is_revoked { i64::MIN } else { first_end.map_or(i64::MAX, Timestamp::unix_seconds) };
    RenderedSessions::new(&list, &ends, whole_until)
}

//! A session in a seed, and the factors it rests on.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::seed_object;
use crate::domain::JsonObject;
use crate::domain::factor::{self, DeliveryMethod, Detail, DetailShape, FactorType};
use crate::domain::id::{SessionId, SessionToken, UserId};
use crate::wire::seed::node::{Kind, Node};
use crate::wire::seed::report::Report;
use crate::wire::seed::value::{Nullable, SeedField, SeedValue, When};

seed_object! {
    /// A session: the vendor's Session as a response shows it.
    SessionEntry, "a session" {
        /// Default: generated.
        session_id: Option<SessionId>,
        /// Must be the user's own, if it stands here.
        user_id: Option<UserId>,
        /// The token that proves the session. Default: generated.
        session_token: Option<SessionToken>,
        /// Default: now, or an hour before the end of a session that is over.
        started_at: Option<When>,
        /// Default: `started_at`.
        last_accessed_at: Option<When>,
        /// Default: an hour from now.
        expires_at: Option<When>,
        /// When it was revoked. Default: it was not.
        revoked_at: Option<When>,
        /// Default: empty strings. null stays null.
        attributes: Nullable<AttributesEntry>,
        /// Default: empty. null stays null.
        custom_claims: Nullable<JsonObject>,
        /// Default: the user's. null leaves the key out, as the documentation's sample does.
        roles: Nullable<Vec<String>>,
        /// Default: one e-mail magic link.
        authentication_factors: Option<Vec<FactorEntry>>,
    }
}

seed_object! {
    /// Where a session was begun from.
    AttributesEntry, "attributes" {
        /// Default: empty.
        ip_address: Option<String>,
        /// Default: empty.
        user_agent: Option<String>,
    }
}

seed_object! {
    /// What every factor has beside its sub-object.
    FactorCore, "an authentication factor" {
        /// Default: what usually goes with the delivery method; `magic_link`.
        factor_type as "type": Option<FactorType>,
        /// Default: what usually goes with the type or the sub-object; email.
        delivery_method: Option<DeliveryMethod>,
        /// Default: the session's `started_at`. null stays null.
        last_authenticated_at: Nullable<When>,
        /// Default: the session's `started_at`. null stays null.
        created_at: Nullable<When>,
        /// Default: the session's `started_at`. null stays null.
        updated_at: Nullable<When>,
    }
}

/// A factor: its core, and the one sub-object that its delivery method carries.
#[derive(Debug, Clone, Default)]
pub struct FactorEntry {
    /// What every factor has.
    pub core: FactorCore,
    /// The sub-object: which one, and those of its values that were given.
    pub given: Option<(DetailShape, Vec<Option<String>>)>,
    /// The sub-object with all of its values, once the seed is loaded.
    pub detail: Option<Detail>,
}

static DETAIL_SHAPES: LazyLock<Vec<DetailShape>> = LazyLock::new(|| factor::detail_shapes().collect());

static FACTOR_KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| FactorCore::KEYS.iter().copied().chain(DETAIL_SHAPES.iter().map(|shape| shape.name)).collect());

impl SeedValue for FactorEntry {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let mut factor = Self::default();
        for (key, piece) in node.members("an authentication factor", &FACTOR_KEYS, report)? {
            let member = node.member(&key, piece);
            match key.as_ref() {
                "type" => factor.core.factor_type = SeedField::read(&member, report),
                "delivery_method" => factor.core.delivery_method = SeedField::read(&member, report),
                "last_authenticated_at" => factor.core.last_authenticated_at = SeedField::read(&member, report),
                "created_at" => factor.core.created_at = SeedField::read(&member, report),
                "updated_at" => factor.core.updated_at = SeedField::read(&member, report),
                name if member.kind() != Kind::Null => {
                    let Some(shape) = DETAIL_SHAPES.iter().find(|shape| shape.name == name) else { continue };
                    if let Some((other, _)) = &factor.given {
                        report.add(
                            member.path(),
                            format!("a factor carries one sub-object, and this one has {} already", other.name),
                        );
                    }
                    factor.given = read_detail(*shape, &member, report).map(|values| (*shape, values));
                }
                _ => {}
            }
        }
        if let (Some(delivery), Some((given, _))) = (factor.core.delivery_method, &factor.given)
            && delivery.detail() != Some(*given)
        {
            let carries = delivery.detail().map_or("no sub-object".to_owned(), |shape| format!("`{}`", shape.name));
            report
                .add(node.path(), format!("a factor delivered by {} carries {carries}, not `{}`", delivery.as_str(), given.name));
        }
        Some(factor)
    }

    fn schema() -> Value {
        let mut schema = FactorCore::schema();
        schema["description"] = json!("A proof that a session rests on, with the sub-object that its delivery method carries.");
        for shape in DETAIL_SHAPES.iter() {
            let fields = shape.fields.iter().map(|field| (field.name.to_owned(), Option::<String>::schema()));
            schema["properties"][shape.name] = json!({
                "type": ["object", "null"],
                "properties": fields.collect::<JsonObject>(),
                "additionalProperties": false,
            });
        }
        schema
    }
}

fn read_detail(shape: DetailShape, node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Vec<Option<String>>> {
    let keys: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
    let mut values = vec![None; keys.len()];
    for (key, piece) in node.members(shape.name, &keys, report)? {
        if let Some(index) = keys.iter().position(|known| *known == key) {
            values[index] = SeedField::read(&node.member(&key, piece), report);
        }
    }
    Some(values)
}

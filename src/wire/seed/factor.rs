//! A proof that a session rests on, in a seed.

use std::sync::{Arc, LazyLock};

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::object::seed_object;
use super::report::Report;
use super::time::{Origin, When};
use super::value::{Nullable, SeedField, SeedValue, seed_names};
use crate::domain::JsonObject;
use crate::domain::compact_text::CompactText;
use crate::domain::factor::{self, DeliveryMethod, Detail, DetailShape, FACTOR_TYPES, Factor, FactorType};
use crate::domain::id::Environment;
use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;

/// The vendor's sandbox values, where a value has to be something.
const SANDBOX_EMAIL: &str = "sandbox@stytch.com";
pub(super) const SANDBOX_PHONE: &str = "+10000000000";
pub(super) const SANDBOX_WALLET: &str = "0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1";

seed_names! {
    FactorType "type": FACTOR_TYPES.into_iter(), FactorType::named;
    DeliveryMethod "delivery_method": DeliveryMethod::all(), DeliveryMethod::named;
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
    pub given: Option<(&'static DetailShape, Vec<Option<CompactText>>)>,
    /// The sub-object with all of its values, once the seed is loaded.
    pub detail: Option<Detail>,
}

static DETAIL_SHAPES: LazyLock<Vec<&'static DetailShape>> = LazyLock::new(|| factor::detail_shapes().collect());

static FACTOR_KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| FactorCore::KEYS.iter().copied().chain(DETAIL_SHAPES.iter().map(|shape| shape.name)).collect());

impl SeedValue for FactorEntry {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let mut factor = Self::default();
        let is_object = node.read_members("an authentication factor", &FACTOR_KEYS, report, &mut |index, member, report| {
            if let Some(read) = FactorCore::READERS.get(index) {
                read(&mut factor.core, member, report);
            } else if member.kind() != Kind::Null {
                let shape = DETAIL_SHAPES[index - FactorCore::KEYS.len()];
                if let Some((other, _)) = &factor.given {
                    let message = format!("a factor carries one sub-object, and this one has {} already", other.name);
                    report.add(member.path(), message);
                }
                factor.given = read_detail(shape, member, report).map(|values| (shape, values));
            }
        });
        if !is_object {
            return None;
        }
        if let (Some(delivery), Some((given, _))) = (factor.core.delivery_method, &factor.given)
            && delivery.detail() != Some(given)
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

fn read_detail(shape: &DetailShape, node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Vec<Option<CompactText>>> {
    let keys: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
    let mut values = vec![None; keys.len()];
    let is_object = node.read_members(shape.name, &keys, report, &mut |index, member, report| {
        values[index] = SeedField::read(member, report);
    });
    is_object.then_some(values)
}

/// What the seed said of a factor's times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FactorTimes {
    last_authenticated_at: Origin,
    created_at: Origin,
    updated_at: Origin,
}

impl FactorEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, contacts: &Contacts, environment: Environment, ids: &mut IdGenerator<'_>) {
        let Self { core, given, detail } = self;
        let FactorCore { factor_type, delivery_method, .. } = core;
        let carried = given.as_ref().map(|(shape, _)| *shape);
        let delivery = delivery_method.unwrap_or_else(|| {
            let fits = |method: &DeliveryMethod| method.detail() == carried;
            let usual = factor_type.or(FactorType::named("magic_link")).map(FactorType::usual_delivery);
            match usual {
                Some(usual) if carried.is_none() || fits(&usual) => usual,
                _ => DeliveryMethod::all().find(fits).expect("every sub-object belongs to a method"),
            }
        });
        *delivery_method = Some(delivery);
        factor_type.get_or_insert_with(|| delivery.usual_type());
        let Some(shape) = delivery.detail() else { return };
        let about_contact = || contacts.details().find(|detail| detail.shape.name == shape.name).cloned();
        *detail = match given.take() {
            Some((_, values)) => Some(whole(shape, values, contacts, environment, ids)),
            None => about_contact().or_else(|| Some(whole(shape, vec![None; shape.fields.len()], contacts, environment, ids))),
        };
    }

    /// The factor of a session that started then, and what was said of its times.
    ///
    /// # Panics
    /// If it has not been filled in.
    #[must_use]
    pub fn build(self, started_at: Timestamp, now: Timestamp) -> (Factor, FactorTimes) {
        let core = self.core;
        let at = |when: Nullable<When>| when.map_or_else(|| started_at, |when| when.resolve(now));
        let times = FactorTimes {
            last_authenticated_at: Origin::of_nullable(core.last_authenticated_at),
            created_at: Origin::of_nullable(core.created_at),
            updated_at: Origin::of_nullable(core.updated_at),
        };
        let factor = Factor {
            factor_type: core.factor_type.expect("it is filled in"),
            delivery_method: core.delivery_method.expect("it is filled in"),
            detail: self.detail,
            last_authenticated_at: at(core.last_authenticated_at),
            created_at: at(core.created_at),
            updated_at: at(core.updated_at),
        };
        (factor, times)
    }
}

impl FactorTimes {
    /// Whether they are the same whenever the seed is loaded, if its session's are.
    #[must_use]
    pub fn are_fixed(&self) -> bool {
        ![self.last_authenticated_at, self.created_at, self.updated_at].contains(&Origin::FromNow)
    }

    /// A factor as it is when the clock has gone on by `delta`, and its session starts at `started_at` now.
    #[must_use]
    pub fn moved(&self, factor: &Factor, delta: TimeDelta, started_at: Timestamp) -> Factor {
        let at = |origin: Origin, at: Option<Timestamp>| at.map(|at| origin.moved(at, delta, started_at));
        Factor {
            last_authenticated_at: at(self.last_authenticated_at, factor.last_authenticated_at),
            created_at: at(self.created_at, factor.created_at),
            updated_at: at(self.updated_at, factor.updated_at),
            ..factor.clone()
        }
    }
}

/// What a factor says of its user when the seed doesn't: the sub-objects about the first of each kind of contact.
#[derive(Debug, Default)]
pub struct Contacts {
    email: Option<Detail>,
    phone: Option<Detail>,
}

impl Contacts {
    /// Those of a user with this address and its id, and this number and its id.
    #[must_use]
    pub fn of(email: Option<(&Arc<str>, &CompactText)>, phone: Option<(&str, &CompactText)>) -> Self {
        Self {
            email: email.map(|(address, id)| contact("email", [CompactText::shared(address), id.clone()])),
            phone: phone.map(|(number, id)| contact("sms", [id.clone(), number.into()])),
        }
    }

    /// What a session rests on whose seed doesn't say: one e-mail magic link, if the user has an address.
    #[must_use]
    pub fn usual_factor(&self, at: Timestamp) -> Option<Factor> {
        let detail = self.email.clone()?;
        let delivery_method = DeliveryMethod::named("email")?;
        Some(Factor {
            factor_type: delivery_method.usual_type(),
            delivery_method,
            detail: Some(detail),
            last_authenticated_at: Some(at),
            created_at: Some(at),
            updated_at: Some(at),
        })
    }

    /// Whether there is an address, and so a usual factor.
    #[must_use]
    pub fn has_email(&self) -> bool {
        self.email.is_some()
    }

    fn details(&self) -> impl Iterator<Item = &Detail> {
        self.email.iter().chain(&self.phone)
    }

    /// The value of a field that is about a contact.
    fn value(&self, field: &str) -> Option<&CompactText> {
        let mut values = self.details().flat_map(|detail| detail.shape.fields.iter().zip(&detail.values));
        values.find(|(known, _)| known.name == field).map(|(_, value)| value)
    }
}

/// The sub-object of a delivery method that reaches a contact; `values` in the order of its fields.
fn contact(delivery_method: &str, values: [CompactText; 2]) -> Detail {
    let shape = DeliveryMethod::named(delivery_method).and_then(DeliveryMethod::detail);
    Detail { shape: shape.expect("what reaches a contact has a sub-object"), values: Box::new(values) }
}

/// A sub-object with the values that were given, and others for those that were not.
fn whole(
    shape: &'static DetailShape,
    values: Vec<Option<CompactText>>,
    contacts: &Contacts,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) -> Detail {
    let whole = shape.fields.iter().zip(values).map(|(field, value)| match value {
        Some(value) => value,
        None if field.required => detail_value(shape, field.name, contacts, environment, ids),
        None => "".into(),
    });
    Detail { shape, values: whole.collect() }
}

fn detail_value(
    shape: &'static DetailShape,
    field: &str,
    contacts: &Contacts,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) -> CompactText {
    if let Some(value) = contacts.value(field) {
        return value.clone();
    }
    match field {
        "email_address" => SANDBOX_EMAIL.into(),
        "email_id" => ids.object_id("email", environment),
        "phone_number" => SANDBOX_PHONE.into(),
        "phone_id" => ids.object_id("phone-number", environment),
        "provider_subject" => ids.uuid().as_u128().to_string().as_str().into(),
        "domain" => "example.com".into(),
        "crypto_wallet_address" => SANDBOX_WALLET.into(),
        "crypto_wallet_type" => "ethereum".into(),
        "impersonator_email_address" => "support@example.com".into(),
        "external_id" => "idp-user".into(),
        "client_id" => ids.object_id("connected-app", environment),
        "id" if shape.name.ends_with("_sso_factor") => ids.object_id("sso-registration", environment),
        "id" => ids.object_id("oauth-user", environment),
        other => ids.object_id(&other.trim_end_matches("_id").replace('_', "-"), environment),
    }
}

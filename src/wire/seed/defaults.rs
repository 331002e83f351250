//! What a seed leaves out: ids, tokens, contacts and factors are made up here, once, when the seed is loaded.

use super::entries::{EmailEntry, FactorCore, FactorEntry, PhoneNumberEntry, SessionEntry, UserEntry};
use crate::domain::factor::{DeliveryMethod, Detail, DetailShape, FactorType};
use crate::domain::id::{Environment, SessionId, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::user::UserRecord;

/// The vendor's sandbox values, where a value has to be something.
const SANDBOX_EMAIL: &str = "sandbox@stytch.com";
const SANDBOX_PHONE: &str = "+10000000000";
const SANDBOX_WALLET: &str = "0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1";

fn fill(slot: &mut Option<String>, value: impl FnOnce() -> String) {
    if slot.is_none() {
        *slot = Some(value());
    }
}

/// Fills in a user and their sessions. A user without an id who has pasted sessions takes the id they name.
pub fn user(user: &mut UserEntry, environment: Environment, ids: &mut IdGenerator<'_>) {
    let pasted = user.sessions.iter().flatten().find_map(|session| session.user_id.clone());
    let id = user.user_id.take().or(pasted).unwrap_or_else(|| UserId::new(environment, ids.uuid()));
    let emails = user.emails.get_or_insert_with(|| vec![EmailEntry::default()]);
    for email in emails {
        fill(&mut email.email_id, || ids.object_id("email", environment));
        fill(&mut email.email, || {
            // user-test-<uuid>: the first block of the UUID tells users apart
            let word = id.as_str().split('-').nth(2).unwrap_or("user");
            format!("user-{word}@example.com")
        });
    }
    for phone in user.phone_numbers.iter_mut().flatten() {
        fill(&mut phone.phone_id, || ids.object_id("phone-number", environment));
        fill(&mut phone.phone_number, || SANDBOX_PHONE.to_owned());
    }
    for provider in user.providers.iter_mut().flatten() {
        fill(&mut provider.oauth_user_registration_id, || ids.object_id("oauth-user", environment));
        fill(&mut provider.provider_subject, || ids.uuid().as_u128().to_string());
        fill(&mut provider.provider_type, || "Google".to_owned());
    }
    for registration in user.webauthn_registrations.iter_mut().flatten() {
        fill(&mut registration.webauthn_registration_id, || ids.object_id("webauthn-registration", environment));
        fill(&mut registration.domain, || "example.com".to_owned());
    }
    for registration in user.biometric_registrations.iter_mut().flatten() {
        fill(&mut registration.biometric_registration_id, || ids.object_id("biometric-registration", environment));
    }
    for totp in user.totps.iter_mut().flatten() {
        fill(&mut totp.totp_id, || ids.object_id("totp", environment));
    }
    for wallet in user.crypto_wallets.iter_mut().flatten() {
        fill(&mut wallet.crypto_wallet_id, || ids.object_id("crypto-wallet", environment));
        fill(&mut wallet.crypto_wallet_address, || SANDBOX_WALLET.to_owned());
        fill(&mut wallet.crypto_wallet_type, || "ethereum".to_owned());
    }
    if let Some(password) = &mut user.password {
        fill(&mut password.password_id, || ids.object_id("password", environment));
    }
    user.user_id = Some(id);
    let contacts = Contacts::of_entry(user);
    for entry in user.sessions.iter_mut().flatten() {
        session(entry, &contacts, environment, ids);
    }
}

/// Fills in a session and its factors; a session that names none is left to [`usual_factor`], if there is one.
pub fn session(session: &mut SessionEntry, contacts: &Contacts, environment: Environment, ids: &mut IdGenerator<'_>) {
    session.session_id.get_or_insert_with(|| SessionId::new(environment, ids.uuid()));
    session.session_token.get_or_insert_with(|| ids.session_token());
    if session.authentication_factors.is_none() && contacts.email.is_some() {
        return;
    }
    for entry in session.authentication_factors.get_or_insert_with(|| vec![FactorEntry::default()]) {
        factor(entry, contacts, environment, ids);
    }
}

/// What a session rests on whose seed doesn't say: one e-mail magic link, if the user has an address. Most sessions of
/// a large seed do, and none of them keeps it.
#[must_use]
pub fn usual_factor(contacts: &Contacts) -> Option<FactorEntry> {
    let detail = contacts.email.clone()?;
    let delivery_method = DeliveryMethod::named("email")?;
    let factor_type = Some(delivery_method.usual_type());
    let core = FactorCore { factor_type, delivery_method: Some(delivery_method), ..FactorCore::default() };
    Some(FactorEntry { core, given: None, detail: Some(detail) })
}

/// What a factor says of its user when the seed doesn't: the sub-objects about the first of each kind of contact.
#[derive(Debug, Default)]
pub struct Contacts {
    email: Option<Detail>,
    phone: Option<Detail>,
}

impl Contacts {
    /// Those of a user who is filled in.
    #[must_use]
    pub fn of_entry(user: &UserEntry) -> Self {
        let email = |entry: &EmailEntry| Some(email_factor(entry.email_id.as_deref()?, entry.email.as_deref()?));
        let phone = |entry: &PhoneNumberEntry| Some(phone_factor(entry.phone_id.as_deref()?, entry.phone_number.as_deref()?));
        Self { email: user.emails.iter().flatten().find_map(email), phone: user.phone_numbers.iter().flatten().find_map(phone) }
    }

    /// Those of a user who is there already.
    #[must_use]
    pub fn of_record(record: &UserRecord) -> Self {
        let user = &record.user;
        Self {
            email: user.emails.first().map(|email| email_factor(&email.email_id, &email.email)),
            phone: user.phone_numbers.first().map(|phone| phone_factor(&phone.phone_id, &phone.phone_number)),
        }
    }

    fn details(&self) -> impl Iterator<Item = &Detail> {
        self.email.iter().chain(&self.phone)
    }

    /// The value of a field that is about a contact.
    fn value(&self, field: &str) -> Option<&str> {
        let mut values = self.details().flat_map(|detail| detail.shape.fields.iter().zip(detail.values.iter()));
        values.find(|(known, _)| known.name == field).map(|(_, value)| value.as_ref())
    }
}

fn email_factor(id: &str, address: &str) -> Detail {
    contact("email", [address, id])
}

fn phone_factor(id: &str, number: &str) -> Detail {
    contact("sms", [id, number])
}

/// The sub-object of a delivery method that reaches a contact; `values` in the order of its fields.
fn contact(delivery_method: &str, values: [&str; 2]) -> Detail {
    let shape = DeliveryMethod::named(delivery_method).and_then(DeliveryMethod::detail);
    Detail { shape: shape.expect("what reaches a contact has a sub-object"), values: values.map(Box::from).into() }
}

fn factor(factor: &mut FactorEntry, contacts: &Contacts, environment: Environment, ids: &mut IdGenerator<'_>) {
    let FactorEntry { core, given, detail } = factor;
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

/// A sub-object with the values that were given, and others for those that were not.
fn whole(
    shape: DetailShape,
    values: Vec<Option<String>>,
    contacts: &Contacts,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) -> Detail {
    let whole = shape.fields.iter().zip(values).map(|(field, value)| match value {
        Some(value) => value.into(),
        None if field.required => detail_value(shape, field.name, contacts, environment, ids).into(),
        None => Box::default(),
    });
    Detail { shape, values: whole.collect() }
}

fn detail_value(
    shape: DetailShape,
    field: &str,
    contacts: &Contacts,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) -> String {
    if let Some(value) = contacts.value(field) {
        return value.to_owned();
    }
    match field {
        "email_address" => SANDBOX_EMAIL.to_owned(),
        "email_id" => ids.object_id("email", environment),
        "phone_number" => SANDBOX_PHONE.to_owned(),
        "phone_id" => ids.object_id("phone-number", environment),
        "provider_subject" => ids.uuid().as_u128().to_string(),
        "domain" => "example.com".to_owned(),
        "crypto_wallet_address" => SANDBOX_WALLET.to_owned(),
        "crypto_wallet_type" => "ethereum".to_owned(),
        "impersonator_email_address" => "support@example.com".to_owned(),
        "external_id" => "idp-user".to_owned(),
        "client_id" => ids.object_id("connected-app", environment),
        "id" if shape.name.ends_with("_sso_factor") => ids.object_id("sso-registration", environment),
        "id" => ids.object_id("oauth-user", environment),
        other => ids.object_id(&other.trim_end_matches("_id").replace('_', "-"), environment),
    }
}

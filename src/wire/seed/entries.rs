//! The seed file, object by object: the vendor's User and Session with every field optional, and what the emulator
//! adds. Each struct is the reader, the schema and the documentation of its object.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use super::faults::{Delay, Probability, Span};
use super::node::{Kind, Node};
use super::report::Report;
use super::value::{Ignored, Nullable, SeedField, SeedValue, When};
use crate::domain::JsonObject;
use crate::domain::bucket::RateSetting;
use crate::domain::catalogue::ErrorType;
use crate::domain::factor::{self, DeliveryMethod, DetailShape, FactorType};
use crate::domain::fault::Break;
use crate::domain::id::{ExternalId, ProjectId, SessionId, SessionToken, UserId};
use crate::domain::secret::Secret;
use crate::domain::signing_key::SigningKey;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserStatus;

/// Declares an object of the seed: a struct, how it is read, and its schema. A field's key is its name unless
/// another is given.
macro_rules! seed_object {
    (
        $(#[doc = $about:literal])*
        $name:ident, $what:literal {
            $($(#[doc = $doc:literal])* $field:ident $(as $key:literal)? : $type:ty,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl $name {
            /// Its keys.
            pub const KEYS: &'static [&'static str] = &[$(seed_object!(@key $field $($key)?),)*];
        }

        impl SeedValue for $name {
            fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
                let mut object = Self::default();
                for (key, text) in node.members($what, Self::KEYS, report)? {
                    let member = node.member(&key, text);
                    match key.as_ref() {
                        $(seed_object!(@key $field $($key)?) => object.$field = SeedField::read(&member, report),)*
                        _ => {}
                    }
                }
                Some(object)
            }

            fn schema() -> Value {
                let mut properties = JsonObject::new();
                $({
                    let mut schema = <$type as SeedField>::schema();
                    if let Some(object) = schema.as_object_mut() {
                        object.insert("description".to_owned(), prose(&[$($doc),*]));
                    }
                    properties.insert(seed_object!(@key $field $($key)?).to_owned(), schema);
                })*
                json!({
                    "type": "object",
                    "description": prose(&[$($about),*]),
                    "properties": properties,
                    "additionalProperties": false,
                })
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

/// Doc lines as a description.
fn prose(lines: &[&str]) -> Value {
    Value::String(lines.join("").trim().to_owned())
}

seed_object! {
    /// A world for stytch-mock: projects, their users, their sessions.
    SeedFile, "a seed" {
        /// For editors: the path of seed.schema.json. Not looked at.
        schema as "$schema": Option<String>,
        /// Freezes the emulator's clock at this instant.
        clock: Option<Timestamp>,
        /// The projects, side by side: an id in one is unknown in another.
        projects: Option<Vec<ProjectEntry>>,
    }
}

seed_object! {
    /// A project with its credentials, its rate limit and its users.
    ProjectEntry, "a project" {
        /// What an app calls its project id. Default: the built-in project's.
        project_id: Option<ProjectId>,
        /// The secrets that prove the project. Default: the built-in project's.
        secrets: Option<Vec<Secret>>,
        /// The project's token bucket: `{"per_second": 50, "burst": 100}`, `600/m`, `off`. Default: `--rate-limit`.
        rate_limit: Option<RateSetting>,
        /// The RSA private key (PEM) that signs session JWTs. Default: the built-in, published test key.
        signing_key: Option<Arc<SigningKey>>,
        /// The users.
        users: Option<Vec<UserEntry>>,
        /// Faults that strike the project's requests.
        faults: Option<Vec<FaultEntry>>,
        /// Which role may do what; paste the vendor's policy. Default: no role may do anything.
        rbac_policy: Option<PolicyEntry>,
        /// Other vendors' session tokens that `sessions.migrate` takes.
        external_session_tokens: Option<Vec<ExternalTokenEntry>>,
        /// Access tokens that `sessions.exchange_access_token` takes.
        access_tokens: Option<Vec<AccessTokenEntry>>,
        /// Trusted auth tokens that `sessions.attest` takes.
        trusted_auth_tokens: Option<Vec<TrustedTokenEntry>>,
    }
}

seed_object! {
    /// A fault: which requests it means, which of those it strikes, and how.
    FaultEntry, "a fault" {
        /// The operation, by the name that SDKs give it: `sessions.get`. Default: any.
        operation: Option<String>,
        /// The method. Default: any.
        method: Option<String>,
        /// The path, concrete or as the README's table has it. Default: any.
        path: Option<String>,
        /// Whose requests it strikes. Default: the project's that it stands in, or everybody's.
        project_id: Option<ProjectId>,
        /// The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none.
        user_id: Option<String>,
        /// Lets this many pass first. Default: 0.
        after: Option<u32>,
        /// Strikes every so-manieth of the rest. Default: each.
        every: Option<u32>,
        /// Strikes this often. Default: without end.
        times: Option<u32>,
        /// Strikes with this probability, drawn from --id-seed if there is one. Default: always.
        probability: Option<Probability>,
        /// Is over after this time, on the emulator's clock. Default: never.
        ttl: Option<Span>,
        /// Waits first: 200ms, or {"min": "100ms", "max": "300ms"}.
        delay: Option<Delay>,
        /// Effect: this error of the catalogue, in the vendor's envelope.
        error: Option<ErrorType>,
        /// Effect: an answer with this status, whatever the body.
        status: Option<u32>,
        /// The `content-type` of `status`. Default: application/json.
        content_type: Option<String>,
        /// The body of `status`. Default: empty.
        body: Option<String>,
        /// Effect: the connection ends there.
        close: Option<Break>,
        /// Effect: the answer's body stops after so many bytes, as if that were all.
        truncate: Option<u32>,
        /// Effect: nothing ever comes, and the connection stays.
        stall: Option<bool>,
    }
}

seed_object! {
    /// Role-based access: the part of the vendor's policy that decides.
    PolicyEntry, "an RBAC policy" {
        /// The roles.
        roles: Option<Vec<RoleEntry>>,
        /// Stands in a pasted policy; not looked at.
        resources: Option<Ignored>,
        /// Stands in a pasted policy; not looked at.
        scopes: Option<Ignored>,
    }
}

seed_object! {
    /// A role.
    RoleEntry, "a role" {
        /// What sessions and users carry in their roles.
        role_id: Option<String>,
        /// Not looked at.
        description: Option<String>,
        /// What it permits.
        permissions: Option<Vec<PermissionEntry>>,
    }
}

seed_object! {
    /// What a role may do with a resource.
    PermissionEntry, "a permission" {
        /// The resource.
        resource_id: Option<String>,
        /// The actions; * is any.
        actions: Option<Vec<String>>,
    }
}

seed_object! {
    /// Another vendor's session token, and whose it is.
    ExternalTokenEntry, "an external session token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
    }
}

seed_object! {
    /// An OAuth access token, and whose it is.
    AccessTokenEntry, "an access token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// Who it was issued to. Default: minted.
        client_id: Option<String>,
        /// What it allows. Default: `full_access`, which an exchange needs.
        scopes: Option<Vec<String>>,
        /// Default: now. Older than five minutes, it can't be exchanged.
        issued_at: Option<When>,
        /// When it was exchanged; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

seed_object! {
    /// A trusted auth token, and whose it is.
    TrustedTokenEntry, "a trusted auth token" {
        /// The token.
        token: Option<String>,
        /// The profile that trusts its issuer.
        profile_id: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// The token's own id. Default: minted.
        token_id: Option<String>,
        /// When it was used; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

seed_object! {
    /// A token bucket: so many tokens in a second, a minute or an hour.
    RateEntry, "a rate limit" {
        /// Tokens in a second.
        per_second: Option<u32>,
        /// Tokens in a minute.
        per_minute: Option<u32>,
        /// Tokens in an hour.
        per_hour: Option<u32>,
        /// The most tokens that the bucket holds; it starts full. Default: as many as come in one period.
        burst: Option<u32>,
    }
}

seed_object! {
    /// A user: the vendor's User as a response shows it, with sessions, and a scripted answer if wanted.
    UserEntry, "a user" {
        /// Default: minted.
        user_id: Option<UserId>,
        /// Your own id for the user, accepted wherever a `user_id` is.
        external_id: Option<ExternalId>,
        /// Default: empty strings.
        name: Option<NameEntry>,
        /// Default: active.
        status: Option<UserStatus>,
        /// Default: now.
        created_at: Option<When>,
        /// Default: one verified address at example.com.
        emails: Option<Vec<EmailEntry>>,
        /// Default: none.
        phone_numbers: Option<Vec<PhoneNumberEntry>>,
        /// OAuth registrations. Default: none.
        providers: Option<Vec<ProviderEntry>>,
        /// Default: none.
        webauthn_registrations: Option<Vec<WebauthnEntry>>,
        /// Default: none.
        biometric_registrations: Option<Vec<BiometricEntry>>,
        /// Default: none.
        totps: Option<Vec<TotpEntry>>,
        /// Default: none.
        crypto_wallets: Option<Vec<CryptoWalletEntry>>,
        /// Default: none.
        password: Option<PasswordEntry>,
        /// Default: `stytch_user`.
        roles: Option<Vec<String>>,
        /// Default: empty.
        trusted_metadata: Option<JsonObject>,
        /// Default: empty.
        untrusted_metadata: Option<JsonObject>,
        /// Default: false. It is shown, and forces nothing: `respond_with` does.
        is_locked: Option<bool>,
        /// Default: null.
        lock_created_at: Option<When>,
        /// Default: null.
        lock_expires_at: Option<When>,
        /// The user's sessions, pasted from a response or described by the fields that matter.
        sessions: Option<Vec<SessionEntry>>,
        /// The error that answers whoever asks about this user.
        respond_with: Option<ErrorType>,
        /// Stands in a pasted response; not looked at.
        request_id: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        status_code: Option<Ignored>,
    }
}

seed_object! {
    /// A session: the vendor's Session as a response shows it.
    SessionEntry, "a session" {
        /// Default: minted.
        session_id: Option<SessionId>,
        /// Must be the user's own, if it stands here.
        user_id: Option<UserId>,
        /// The token that proves the session. Default: minted.
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
    /// A user's name.
    NameEntry, "a name" {
        /// Default: empty.
        first_name: Option<String>,
        /// Default: empty.
        middle_name: Option<String>,
        /// Default: empty.
        last_name: Option<String>,
    }
}

seed_object! {
    /// An e-mail address.
    EmailEntry, "an e-mail address" {
        /// Default: minted.
        email_id: Option<String>,
        /// Default: one at example.com.
        email: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// A phone number.
    PhoneNumberEntry, "a phone number" {
        /// Default: minted.
        phone_id: Option<String>,
        /// In E.164. Default: +10000000000, the vendor's sandbox number.
        phone_number: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// An OAuth registration.
    ProviderEntry, "a provider" {
        /// Default: minted.
        oauth_user_registration_id: Option<String>,
        /// Default: Google.
        provider_type: Option<String>,
        /// Default: minted.
        provider_subject: Option<String>,
        /// Default: empty.
        profile_picture_url: Option<String>,
        /// Default: empty.
        locale: Option<String>,
    }
}

seed_object! {
    /// A passkey or security key.
    WebauthnEntry, "a WebAuthn registration" {
        /// Default: minted.
        webauthn_registration_id: Option<String>,
        /// Default: example.com.
        domain: Option<String>,
        /// Default: empty.
        user_agent: Option<String>,
        /// Default: empty.
        authenticator_type: Option<String>,
        /// Default: empty.
        name: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// A biometric registration.
    BiometricEntry, "a biometric registration" {
        /// Default: minted.
        biometric_registration_id: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// An authenticator app.
    TotpEntry, "a TOTP" {
        /// Default: minted.
        totp_id: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// A crypto wallet.
    CryptoWalletEntry, "a crypto wallet" {
        /// Default: minted.
        crypto_wallet_id: Option<String>,
        /// Default: the vendor's sandbox address.
        crypto_wallet_address: Option<String>,
        /// Default: ethereum.
        crypto_wallet_type: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// That the user has a password.
    PasswordEntry, "a password" {
        /// Default: minted.
        password_id: Option<String>,
        /// Default: false.
        requires_reset: Option<bool>,
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
    pub detail: Option<(DetailShape, Vec<Option<String>>)>,
}

static DETAIL_SHAPES: LazyLock<Vec<DetailShape>> = LazyLock::new(|| factor::detail_shapes().collect());

static FACTOR_KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| FactorCore::KEYS.iter().copied().chain(DETAIL_SHAPES.iter().map(|shape| shape.name)).collect());

impl SeedValue for FactorEntry {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let mut factor = Self::default();
        for (key, text) in node.members("an authentication factor", &FACTOR_KEYS, report)? {
            let member = node.member(&key, text);
            match key.as_ref() {
                "type" => factor.core.factor_type = SeedField::read(&member, report),
                "delivery_method" => factor.core.delivery_method = SeedField::read(&member, report),
                "last_authenticated_at" => factor.core.last_authenticated_at = SeedField::read(&member, report),
                "created_at" => factor.core.created_at = SeedField::read(&member, report),
                "updated_at" => factor.core.updated_at = SeedField::read(&member, report),
                name if member.kind() != Kind::Null => {
                    let Some(shape) = DETAIL_SHAPES.iter().find(|shape| shape.name == name) else { continue };
                    if let Some((other, _)) = &factor.detail {
                        report.add(
                            member.path(),
                            format!("a factor carries one sub-object, and this one has {} already", other.name),
                        );
                    }
                    factor.detail = read_detail(*shape, &member, report).map(|values| (*shape, values));
                }
                _ => {}
            }
        }
        if let (Some(delivery), Some((given, _))) = (factor.core.delivery_method, &factor.detail)
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
    for (key, text) in node.members(shape.name, &keys, report)? {
        if let Some(index) = keys.iter().position(|known| *known == key) {
            values[index] = SeedField::read(&node.member(&key, text), report);
        }
    }
    Some(values)
}

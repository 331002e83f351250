//! Authentication factors: the vendor's closed sets of types and delivery methods, and the sub-object that each
//! delivery method carries. Four official SDKs refuse a value outside these sets.

use super::compact_text::CompactText;
use super::timestamp::Timestamp;

/// `type` of a factor: how the user proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorType(&'static str);

/// The 14 factor types of the vendor's schema.
pub static FACTOR_TYPES: [FactorType; 14] = [
    FactorType("magic_link"),
    FactorType("otp"),
    FactorType("oauth"),
    FactorType("webauthn"),
    FactorType("totp"),
    FactorType("crypto"),
    FactorType("password"),
    FactorType("signature_challenge"),
    FactorType("sso"),
    FactorType("imported"),
    FactorType("recovery_codes"),
    FactorType("email_otp"),
    FactorType("impersonated"),
    FactorType("trusted_auth_token"),
];

impl FactorType {
    /// The type with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FACTOR_TYPES.iter().copied().find(|factor_type| factor_type.0 == name)
    }

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The delivery method that a seed means when it names only the type.
    ///
    /// # Panics
    /// Never: the table is not empty.
    #[must_use]
    pub fn usual_delivery(self) -> DeliveryMethod {
        DELIVERY_METHODS
            .iter()
            .find(|row| row.usual_type == self.0)
            .or_else(|| DELIVERY_METHODS.first())
            .map(DeliveryMethod)
            .expect("the table is not empty")
    }
}

/// `delivery_method` of a factor: by which way the proof came.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryMethod(&'static DeliveryRow);

impl PartialEq for DeliveryMethod {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for DeliveryMethod {}

/// A row of the table of delivery methods.
#[derive(Debug)]
pub struct DeliveryRow {
    name: &'static str,
    /// The type that it usually comes with; others occur (`email` serves `magic_link`, `otp` and `email_otp`).
    usual_type: &'static str,
    detail: Option<DetailShape>,
}

impl DeliveryMethod {
    /// The method with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        DELIVERY_METHODS.iter().find(|row| row.name == name).map(DeliveryMethod)
    }

    /// All of them, in the vendor's order.
    pub fn all() -> impl Iterator<Item = Self> {
        DELIVERY_METHODS.iter().map(DeliveryMethod)
    }

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.name
    }

    /// The type that it usually comes with.
    #[must_use]
    pub fn usual_type(self) -> FactorType {
        FactorType(self.0.usual_type)
    }

    /// The sub-object that goes with it, if it has one.
    #[must_use]
    pub fn detail(self) -> Option<&'static DetailShape> {
        self.0.detail.as_ref()
    }
}

/// A sub-object of a factor: its key, and its keys in alphabetical order, all of them strings.
#[derive(Debug, PartialEq, Eq)]
pub struct DetailShape {
    /// The key of the sub-object, such as `email_factor`.
    pub name: &'static str,
    /// The keys inside.
    pub fields: &'static [DetailField],
}

/// A key of a sub-object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DetailField {
    /// The key.
    pub name: &'static str,
    /// Whether official SDKs refuse the object without it.
    pub required: bool,
}

const fn required(name: &'static str) -> DetailField {
    DetailField { name, required: true }
}

const fn optional(name: &'static str) -> DetailField {
    DetailField { name, required: false }
}

const fn row(name: &'static str, usual_type: &'static str, detail: Option<DetailShape>) -> DeliveryRow {
    DeliveryRow { name, usual_type, detail }
}

#[expect(clippy::unnecessary_wraps, reason = "it is what a row of the table takes")]
const fn shape(name: &'static str, fields: &'static [DetailField]) -> Option<DetailShape> {
    Some(DetailShape { name, fields })
}

const OAUTH_FIELDS: &[DetailField] = &[optional("email_id"), required("id"), required("provider_subject")];
const OAUTH_EXCHANGE_FIELDS: &[DetailField] = &[required("email_id")];
const SSO_FIELDS: &[DetailField] = &[required("external_id"), required("id"), required("provider_id")];

const fn oauth(name: &'static str, detail: &'static str) -> DeliveryRow {
    row(name, "oauth", shape(detail, OAUTH_FIELDS))
}

const fn oauth_exchange(name: &'static str, detail: &'static str) -> DeliveryRow {
    row(name, "oauth", shape(detail, OAUTH_EXCHANGE_FIELDS))
}

const fn sso(name: &'static str, detail: &'static str) -> DeliveryRow {
    row(name, "sso", shape(detail, SSO_FIELDS))
}

const PHONE_FACTOR: Option<DetailShape> = shape("phone_number_factor", &[required("phone_id"), required("phone_number")]);

/// The 44 delivery methods of the vendor's schema, each with its sub-object.
static DELIVERY_METHODS: [DeliveryRow; 44] = [
    row("email", "magic_link", shape("email_factor", &[required("email_address"), required("email_id")])),
    row("sms", "otp", PHONE_FACTOR),
    row("whatsapp", "otp", PHONE_FACTOR),
    row("embedded", "magic_link", shape("embeddable_magic_link_factor", &[required("embedded_id")])),
    oauth("oauth_google", "google_oauth_factor"),
    oauth("oauth_microsoft", "microsoft_oauth_factor"),
    oauth("oauth_apple", "apple_oauth_factor"),
    row(
        "webauthn_registration",
        "webauthn",
        shape("webauthn_factor", &[required("domain"), optional("user_agent"), required("webauthn_registration_id")]),
    ),
    row("authenticator_app", "totp", shape("authenticator_app_factor", &[required("totp_id")])),
    oauth("oauth_github", "github_oauth_factor"),
    row("recovery_code", "recovery_codes", shape("recovery_code_factor", &[required("totp_recovery_code_id")])),
    oauth("oauth_facebook", "facebook_oauth_factor"),
    row(
        "crypto_wallet",
        "crypto",
        shape(
            "crypto_wallet_factor",
            &[required("crypto_wallet_address"), required("crypto_wallet_id"), required("crypto_wallet_type")],
        ),
    ),
    oauth("oauth_amazon", "amazon_oauth_factor"),
    oauth("oauth_bitbucket", "bitbucket_oauth_factor"),
    oauth("oauth_coinbase", "coinbase_oauth_factor"),
    oauth("oauth_discord", "discord_oauth_factor"),
    oauth("oauth_figma", "figma_oauth_factor"),
    oauth("oauth_gitlab", "git_lab_oauth_factor"),
    oauth("oauth_instagram", "instagram_oauth_factor"),
    oauth("oauth_linkedin", "linked_in_oauth_factor"),
    oauth("oauth_shopify", "shopify_oauth_factor"),
    oauth("oauth_slack", "slack_oauth_factor"),
    oauth("oauth_snapchat", "snapchat_oauth_factor"),
    oauth("oauth_spotify", "spotify_oauth_factor"),
    oauth("oauth_steam", "steam_oauth_factor"),
    oauth("oauth_tiktok", "tik_tok_oauth_factor"),
    oauth("oauth_twitch", "twitch_oauth_factor"),
    oauth("oauth_twitter", "twitter_oauth_factor"),
    row("knowledge", "password", None),
    row("biometric", "signature_challenge", shape("biometric_factor", &[required("biometric_registration_id")])),
    sso("sso_saml", "saml_sso_factor"),
    sso("sso_oidc", "oidc_sso_factor"),
    oauth("oauth_salesforce", "salesforce_oauth_factor"),
    oauth("oauth_yahoo", "yahoo_oauth_factor"),
    oauth("oauth_hubspot", "hubspot_oauth_factor"),
    row("imported_auth0", "imported", None),
    oauth_exchange("oauth_exchange_slack", "slack_oauth_exchange_factor"),
    oauth_exchange("oauth_exchange_hubspot", "hubspot_oauth_exchange_factor"),
    oauth_exchange("oauth_exchange_github", "github_oauth_exchange_factor"),
    oauth_exchange("oauth_exchange_google", "google_oauth_exchange_factor"),
    row(
        "impersonation",
        "impersonated",
        shape("impersonated_factor", &[required("impersonator_email_address"), required("impersonator_id")]),
    ),
    row("oauth_access_token_exchange", "oauth", shape("oauth_access_token_exchange_factor", &[required("client_id")])),
    row("trusted_token_exchange", "trusted_auth_token", shape("trusted_auth_token_factor", &[required("token_id")])),
];

/// Every sub-object there is, each once.
pub fn detail_shapes() -> impl Iterator<Item = &'static DetailShape> {
    let mut seen = Vec::new();
    DELIVERY_METHODS.iter().filter_map(move |row| {
        let detail = row.detail.as_ref()?;
        if seen.contains(&detail.name) {
            return None;
        }
        seen.push(detail.name);
        Some(detail)
    })
}

/// One proof that a session rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// How the user proved who they are.
    pub factor_type: FactorType,
    /// By which way.
    pub delivery_method: DeliveryMethod,
    /// The sub-object, if the factor has one.
    pub detail: Option<Detail>,
    /// When it was last used; `None` is a `null`.
    pub last_authenticated_at: Option<Timestamp>,
    /// When it was first used; `None` is a `null`.
    pub created_at: Option<Timestamp>,
    /// When it was last changed; `None` is a `null`.
    pub updated_at: Option<Timestamp>,
}

/// A filled sub-object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Which one.
    pub shape: &'static DetailShape,
    /// One value for each of the shape's fields; an optional one that is not set is empty.
    pub values: Box<[CompactText]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_agree_with_each_other() {
        for row in &DELIVERY_METHODS {
            assert!(FactorType::named(row.usual_type).is_some(), "{}", row.name);
            if let Some(detail) = &row.detail {
                assert!(detail.fields.is_sorted_by_key(|field| field.name), "{} is not alphabetical", detail.name);
            }
        }
        for factor_type in FACTOR_TYPES {
            // email_otp has no delivery method that is usually its own: e-mail it is
            let expected = if factor_type.0 == "email_otp" { "magic_link" } else { factor_type.0 };
            assert_eq!(factor_type.usual_delivery().usual_type().as_str(), expected);
        }
    }

    #[test]
    fn names_occur_once() {
        let mut names: Vec<_> = DELIVERY_METHODS.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 44);
        assert_eq!(detail_shapes().count(), 41);
    }
}

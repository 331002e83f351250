//! The JWTs that connected apps get, and what they say of a user. Source: the vendor's reference, but for the custom claims'
//! own names, which are the templates'.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::jwt::Claims;
use crate::domain::JsonObject;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::User;

/// How long an ID token is good for. Source: the vendor's reference.
pub const ID_TOKEN_LIFE: TimeDelta = TimeDelta::hours(1);

/// What every token of a grant says.
#[derive(Debug, Clone, Copy)]
pub struct TokenTerms<'a> {
    /// Whose key signs it.
    pub project: &'a Project,
    /// Who issues it.
    pub issuer: &'a str,
    /// Whose data it is about.
    pub user: &'a User,
    /// Whom it is for.
    pub client_id: &'a str,
    /// When it is issued.
    pub now: Timestamp,
}

impl TokenTerms<'_> {
    /// An access token with this `jti`.
    #[must_use]
    pub fn access_token(
        &self,
        id: &str,
        scope: &str,
        custom_audience: &str,
        expires_at: Timestamp,
        custom_claims: &JsonObject,
    ) -> String {
        let mut audience = vec![self.project.id().as_str()];
        audience.extend(Some(custom_audience).filter(|custom| !custom.is_empty()));
        let mut claims = Claims::default();
        for (name, value) in custom_claims {
            claims.set(name, value);
        }
        self.set(&mut claims, &audience, expires_at);
        claims.set("jti", &id);
        claims.set("scope", &scope);
        claims.sign(self.project)
    }

    /// An ID token.
    #[must_use]
    pub fn id_token(&self, scopes: &[&str], nonce: Option<&str>, custom_claims: &JsonObject) -> String {
        let told = serde_json::to_value(UserClaims::of(self.user, scopes)).unwrap_or_default();
        let mut claims = Claims::default();
        for (name, value) in custom_claims.iter().chain(told.as_object().into_iter().flatten()) {
            claims.set(name, value);
        }
        self.set(&mut claims, &[self.client_id], self.now.saturating_add(ID_TOKEN_LIFE));
        if let Some(nonce) = nonce {
            claims.set("nonce", &nonce);
        }
        claims.sign(self.project)
    }

    fn set(&self, claims: &mut Claims<'_>, audience: &[&str], expires_at: Timestamp) {
        let issued_at = self.now.unix_seconds();
        claims.set("aud", &json!(audience));
        claims.set("exp", &json!(expires_at.unix_seconds()));
        claims.set("iat", &json!(issued_at));
        claims.set("iss", &self.issuer);
        claims.set("nbf", &json!(issued_at));
        claims.set("sub", &self.user.id);
    }

    /// What a template can name.
    #[must_use]
    pub fn known(&self) -> JsonObject {
        let user = self.user;
        let known = json!({
            "user": {
                "user_id": user.id,
                "external_id": user.external_id.as_ref().map(ToString::to_string),
                "email": primary_email(user).map(|(email, _)| email),
                "name": {
                    "first_name": user.name.first_name,
                    "middle_name": user.name.middle_name,
                    "last_name": user.name.last_name,
                },
                "roles": &*user.roles,
                "trusted_metadata": user.trusted_metadata,
                "untrusted_metadata": user.untrusted_metadata,
            },
            "client": { "client_id": self.client_id },
        });
        match known {
            Value::Object(known) => known,
            _ => JsonObject::new(),
        }
    }
}

/// What scopes let an app know of a user.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct UserClaims {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// The first address that is verified, or else the first.
fn primary_email(user: &User) -> Option<(&str, bool)> {
    let email = user.emails.iter().find(|email| email.verified).or(user.emails.first())?;
    Some((&email.email, email.verified))
}

impl UserClaims {
    /// What these scopes let an app know.
    #[must_use]
    pub fn of(user: &User, scopes: &[&str]) -> Self {
        let mut claims = Self::default();
        if scopes.contains(&"email")
            && let Some((email, verified)) = primary_email(user)
        {
            claims.email = Some(email.to_owned());
            claims.email_verified = Some(verified);
        }
        if scopes.contains(&"phone")
            && let Some(phone) = user.phone_numbers.iter().find(|phone| phone.verified).or(user.phone_numbers.first())
        {
            claims.phone_number = Some(phone.phone_number.clone());
            claims.phone_number_verified = Some(phone.verified);
        }
        if scopes.contains(&"profile") {
            let names = &user.name;
            let parts = [&names.first_name, &names.middle_name, &names.last_name];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            claims.name = Some(parts.join(" "));
            claims.given_name = Some(names.first_name.clone());
            claims.middle_name = Some(names.middle_name.clone());
            claims.family_name = Some(names.last_name.clone());
            let told = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
            claims.picture = user.providers.iter().find_map(|provider| told(&provider.profile_picture_url));
            claims.locale = user.providers.iter().find_map(|provider| told(&provider.locale));
        }
        claims
    }
}

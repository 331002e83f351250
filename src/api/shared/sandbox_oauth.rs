//! The vendor's sandbox tokens of OAuth, which every test project answers without a seed (documented).

use std::sync::Arc;

use super::{sandbox, sandbox_totps};
use crate::api::serving::call::Call;
use crate::domain::oauth::{OAuthGrant, OAuthIdentity, PROVIDERS};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{Name, UserRecord};

const TOKEN: &str = "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g";
const UNKNOWN_TOKEN: &str = "59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw";
/// The vendor does not tell this one (assumed).
const REGISTRATION_ID: &str = "oauth-user-test-de86770c-911d-463f-80e7-ba0089cead14";

/// The user of a sandbox token, the id of their registration, and what the provider gave; an error for the token that
/// has to fail; nothing for other tokens.
#[must_use]
pub fn login(call: &Call<'_>, token: &str) -> Option<Result<(UserRecord, String, OAuthGrant), Refusal>> {
    if !sandbox::is_on(call) {
        return None;
    }
    match token {
        TOKEN => {
            let mut record = sandbox_totps::record();
            let provider = PROVIDERS.into_iter().find(|provider| provider.as_str() == "google")?;
            let identity = OAuthIdentity {
                provider: Some(provider),
                provider_subject: "10769150350006150715113082367".to_owned(),
                email: sandbox::EMAIL.to_owned(),
                name: Name::default(),
                profile_picture_url: String::new(),
                locale: "en".to_owned(),
            };
            record.user.providers = vec![identity.registration(provider, REGISTRATION_ID.into())];
            let scopes = ["openid", "email", "profile"].map(str::to_owned).to_vec();
            let grant = OAuthGrant { provider, identity: Arc::new(identity), scopes };
            Some(Ok((record, REGISTRATION_ID.to_owned(), grant)))
        }
        UNKNOWN_TOKEN => Some(Err(Refusal::new(ErrorType::OauthTokenNotFound, "the sandbox token that has to fail"))),
        _ => None,
    }
}

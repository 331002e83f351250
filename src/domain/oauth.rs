//! OAuth providers, the identities that people have there, and what a provider gave for a login.

use std::collections::HashMap;
use std::sync::Arc;

use super::compact_text::CompactText;
use super::user::{Name, Provider};

/// A provider of the vendor's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OAuthProvider {
    name: &'static str,
    provider_type: &'static str,
    delivery_method: &'static str,
}

macro_rules! providers {
    ($($name:literal $provider_type:literal)*) => {
        [$(OAuthProvider { name: $name, provider_type: $provider_type, delivery_method: concat!("oauth_", $name) },)*]
    };
}

/// All of them, as paths name them and as answers do. The spelling in answers is captured for Google, and that of the
/// firms themselves for the others (assumed).
pub static PROVIDERS: [OAuthProvider; 24] = providers! {
    "amazon" "Amazon"
    "apple" "Apple"
    "bitbucket" "Bitbucket"
    "coinbase" "Coinbase"
    "discord" "Discord"
    "facebook" "Facebook"
    "figma" "Figma"
    "github" "GitHub"
    "gitlab" "GitLab"
    "google" "Google"
    "hubspot" "HubSpot"
    "instagram" "Instagram"
    "linkedin" "LinkedIn"
    "microsoft" "Microsoft"
    "salesforce" "Salesforce"
    "shopify" "Shopify"
    "slack" "Slack"
    "snapchat" "Snapchat"
    "spotify" "Spotify"
    "steam" "Steam"
    "tiktok" "TikTok"
    "twitch" "Twitch"
    "twitter" "Twitter"
    "yahoo" "Yahoo"
};

impl OAuthProvider {
    /// The provider of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PROVIDERS.iter().copied().find(|provider| provider.name == name)
    }

    /// Its name in a path, such as `github`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.name
    }

    /// Its `provider_type` in answers, such as `GitHub`.
    #[must_use]
    pub fn provider_type(self) -> &'static str {
        self.provider_type
    }

    /// The delivery method of its factors.
    #[must_use]
    pub fn delivery_method(self) -> &'static str {
        self.delivery_method
    }
}

/// Somebody as a provider knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthIdentity {
    /// The provider that knows them; `None` is every provider.
    pub provider: Option<OAuthProvider>,
    /// The provider's own id of them.
    pub provider_subject: String,
    /// Their address; empty if the provider tells none.
    pub email: String,
    /// Their name.
    pub name: Name,
    /// Their picture; may be empty.
    pub profile_picture_url: String,
    /// Their language; may be empty.
    pub locale: String,
}

impl OAuthIdentity {
    /// Whether a subject or an e-mail address means them.
    #[must_use]
    pub fn is_meant_by(&self, name: &str) -> bool {
        !name.is_empty() && (self.provider_subject == name || self.email.eq_ignore_ascii_case(name))
    }

    /// Whether a registration is of them, at this provider.
    #[must_use]
    pub fn is_registered_as(&self, provider: OAuthProvider, registration: &Provider) -> bool {
        registration.provider_type == provider.provider_type && registration.provider_subject == self.provider_subject
    }

    /// Their registration at this provider.
    #[must_use]
    pub fn registration(&self, provider: OAuthProvider, id: CompactText) -> Provider {
        Provider {
            oauth_user_registration_id: id,
            provider_type: provider.provider_type.to_owned(),
            provider_subject: self.provider_subject.clone(),
            profile_picture_url: self.profile_picture_url.clone(),
            locale: self.locale.clone(),
        }
    }
}

/// Everybody whom the providers of a project know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthIdentities(pub Vec<OAuthIdentity>);

impl Default for OAuthIdentities {
    /// One person, whom every provider knows.
    fn default() -> Self {
        let name = Name { first_name: "Olivia".to_owned(), middle_name: String::new(), last_name: "Auth".to_owned() };
        Self(vec![OAuthIdentity {
            provider: None,
            provider_subject: "100000000000000000001".to_owned(),
            email: "olivia@example.com".to_owned(),
            name,
            profile_picture_url: String::new(),
            locale: "en".to_owned(),
        }])
    }
}

impl OAuthIdentities {
    /// Those whom a provider knows.
    #[must_use]
    pub fn at(&self, provider: OAuthProvider) -> Vec<&OAuthIdentity> {
        self.0.iter().filter(|identity| identity.provider.is_none_or(|own| own == provider)).collect()
    }
}

/// What a provider gave for a login that is on its way.
#[derive(Debug, Clone)]
pub struct OAuthGrant {
    /// The provider.
    pub provider: OAuthProvider,
    /// Who was chosen.
    pub identity: Arc<OAuthIdentity>,
    /// What the app may do there.
    pub scopes: Vec<String>,
}

/// The grants of a project, by the tokens that browsers bring back.
#[derive(Debug, Default)]
pub struct OAuthGrants(pub HashMap<String, OAuthGrant>);

#[cfg(test)]
mod tests {
    use super::super::factor::DeliveryMethod;
    use super::*;

    #[test]
    fn the_providers_are_those_that_factors_know() {
        let known = DeliveryMethod::all().map(DeliveryMethod::as_str).filter(|name| name.starts_with("oauth_"));
        let mut known: Vec<&str> = known.filter(|name| !name.contains("exchange")).collect();
        known.sort_unstable();
        assert_eq!(PROVIDERS.map(OAuthProvider::delivery_method).to_vec(), known);
        assert_eq!(OAuthProvider::named("gitlab").map(OAuthProvider::provider_type), Some("GitLab"));
        assert_eq!(OAuthProvider::named("GitLab"), None);
    }

    #[test]
    fn an_identity_without_a_provider_is_known_to_each() {
        let mut identities = OAuthIdentities::default();
        let mut of_github = identities.0[0].clone();
        of_github.provider = OAuthProvider::named("github");
        identities.0.push(of_github);
        for (provider, count) in [("github", 2), ("google", 1)] {
            assert_eq!(identities.at(OAuthProvider::named(provider).unwrap()).len(), count);
        }
        let identity = &identities.0[0];
        assert!(identity.is_meant_by("OLIVIA@example.com") && identity.is_meant_by("100000000000000000001"));
        assert!(!identity.is_meant_by("") && !identity.is_meant_by("1"));
    }
}

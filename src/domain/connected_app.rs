//! Connected apps: other apps that users let in with what they have here. Source: the vendor's guides.

use url::{Host, Url};

use super::client_list::Client;
use super::client_secrets::ClientSecrets;
use super::m2m_client::ClientStatus;

/// Whose an app is, and whether it can keep a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientType {
    /// The customer's own, with a secret.
    FirstParty,
    /// The customer's own, without a secret.
    FirstPartyPublic,
    /// Somebody else's, with a secret.
    ThirdParty,
    /// Somebody else's, without a secret.
    ThirdPartyPublic,
}

impl ClientType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::FirstParty, Self::FirstPartyPublic, Self::ThirdParty, Self::ThirdPartyPublic];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstParty => "first_party",
            Self::FirstPartyPublic => "first_party_public",
            Self::ThirdParty => "third_party",
            Self::ThirdPartyPublic => "third_party_public",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it is the customer's own.
    #[must_use]
    pub fn is_first_party(self) -> bool {
        matches!(self, Self::FirstParty | Self::FirstPartyPublic)
    }

    /// Whether it has no secret.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::FirstPartyPublic | Self::ThirdPartyPublic)
    }
}

/// A connected app.
#[derive(Debug, Clone)]
pub struct ConnectedApp {
    /// Its id.
    pub client_id: String,
    /// Whose it is.
    pub client_type: ClientType,
    /// What proves it; nothing does if it is public.
    pub secrets: Option<ClientSecrets>,
    /// What can be changed.
    pub settings: AppSettings,
    /// Whether it gets tokens. Only a seed says otherwise.
    pub status: ClientStatus,
}

impl Client for ConnectedApp {
    fn client_id(&self) -> &str {
        &self.client_id
    }
}

/// What of an app can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSettings {
    /// For people; may be empty.
    pub client_name: String,
    /// For people; may be empty.
    pub client_description: String,
    /// Where browsers may bring a code.
    pub redirect_urls: Vec<String>,
    /// Whether its tokens can become sessions.
    pub full_access_allowed: bool,
    /// How long an access token is good for.
    pub access_token_expiry_minutes: u32,
    /// Who else an access token is for; nobody, if it is empty.
    pub access_token_custom_audience: String,
    /// What makes the custom claims of access tokens; nothing, if it is empty.
    pub access_token_template_content: String,
    /// What makes the custom claims of ID tokens; nothing, if it is empty.
    pub id_token_template_content: String,
    /// Where browsers may go after a logout.
    pub post_logout_redirect_urls: Vec<String>,
    /// A picture; may be empty.
    pub logo_url: String,
    /// Whether `offline_access` alone asks for no consent.
    pub bypass_consent_for_offline_access: bool,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            client_name: String::new(),
            client_description: String::new(),
            redirect_urls: Vec::new(),
            full_access_allowed: false,
            access_token_expiry_minutes: 60,
            access_token_custom_audience: String::new(),
            access_token_template_content: String::new(),
            id_token_template_content: String::new(),
            post_logout_redirect_urls: Vec::new(),
            logo_url: String::new(),
            bypass_consent_for_offline_access: false,
        }
    }
}

/// The minutes that an access token can be good for (assumed).
pub const EXPIRY_MINUTES: std::ops::RangeInclusive<u32> = 1..=1_440;

/// Why an app may not be like this; each is an `error_type` of the vendor's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppRefusal {
    /// `connected_app_invalid_redirect_url`
    #[error("{0:?} is no URL")]
    InvalidRedirectUrl(String),
    /// `connected_app_redirect_url_must_include_scheme`
    #[error("{0:?} has no scheme")]
    RedirectUrlWithoutScheme(String),
    /// `connected_app_redirect_url_http_scheme_must_use_loopback`
    #[error("{0:?} is http, and its host is not this machine")]
    RedirectUrlNotLoopback(String),
    /// `third_party_clients_cannot_use_full_access`
    #[error("full_access_allowed is for first parties")]
    ThirdPartyFullAccess,
    /// `third_party_clients_require_consent_for_offline_access`
    #[error("bypass_consent_for_offline_access is for first parties")]
    ThirdPartyOfflineAccess,
    /// `idp_invalid_access_token_expiry_minutes`
    #[error("access_token_expiry_minutes is not between 1 and 1440")]
    ExpiryMinutes,
    /// `idp_invalid_access_token_custom_audience`
    #[error("access_token_custom_audience has white space in it")]
    CustomAudience,
}

impl AppSettings {
    /// Whether an app of a type may be like this.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, client_type: ClientType) -> Result<(), AppRefusal> {
        for url in self.redirect_urls.iter().chain(&self.post_logout_redirect_urls) {
            check_url(url)?;
        }
        if !client_type.is_first_party() && self.full_access_allowed {
            return Err(AppRefusal::ThirdPartyFullAccess);
        }
        if !client_type.is_first_party() && self.bypass_consent_for_offline_access {
            return Err(AppRefusal::ThirdPartyOfflineAccess);
        }
        if !EXPIRY_MINUTES.contains(&self.access_token_expiry_minutes) {
            return Err(AppRefusal::ExpiryMinutes);
        }
        if self.access_token_custom_audience.contains(char::is_whitespace) {
            return Err(AppRefusal::CustomAudience);
        }
        Ok(())
    }
}

/// Plain HTTP goes to this machine alone; an app's own scheme goes to the app.
fn check_url(text: &str) -> Result<(), AppRefusal> {
    let parsed = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => AppRefusal::RedirectUrlWithoutScheme(text.to_owned()),
        _ => AppRefusal::InvalidRedirectUrl(text.to_owned()),
    })?;
    let is_loopback = match parsed.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match parsed.scheme() {
        "http" if !is_loopback => Err(AppRefusal::RedirectUrlNotLoopback(text.to_owned())),
        "javascript" | "data" | "vbscript" | "file" | "blob" | "about" => Err(AppRefusal::InvalidRedirectUrl(text.to_owned())),
        _ if parsed.fragment().is_some() => Err(AppRefusal::InvalidRedirectUrl(text.to_owned())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_are_read_back() {
        assert!(ClientType::ALL.into_iter().all(|kind| ClientType::named(kind.as_str()) == Some(kind)));
        assert_eq!(ClientType::ALL.map(ClientType::is_public), [false, true, false, true]);
        assert_eq!(ClientType::ALL.map(ClientType::is_first_party), [true, true, false, false]);
    }

    #[test]
    fn plain_http_goes_to_this_machine_alone() {
        for url in ["https://app.example/in", "http://localhost:3000/in", "http://127.0.0.1/in", "http://[::1]:1/", "app://in"] {
            assert_eq!(check_url(url), Ok(()), "{url}");
        }
        let text = str::to_owned;
        for (url, expected) in [
            ("http://app.example/in", AppRefusal::RedirectUrlNotLoopback(text("http://app.example/in"))),
            ("app.example/in", AppRefusal::RedirectUrlWithoutScheme(text("app.example/in"))),
            ("https://", AppRefusal::InvalidRedirectUrl(text("https://"))),
            ("https://app.example/#x", AppRefusal::InvalidRedirectUrl(text("https://app.example/#x"))),
            ("javascript:alert(1)", AppRefusal::InvalidRedirectUrl(text("javascript:alert(1)"))),
        ] {
            assert_eq!(check_url(url), Err(expected), "{url}");
        }
    }
}

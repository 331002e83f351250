//! Where a browser may be sent: a request's redirect URL, checked against those of its project.

use url::Url;

/// What a browser comes back from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RedirectUrlType {
    /// A link that logs in.
    Login,
    /// A link that signs up.
    Signup,
    /// An invitation.
    Invite,
    /// A password reset.
    ResetPassword,
    /// An OAuth provider.
    OAuth,
}

impl RedirectUrlType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Login, Self::Signup, Self::Invite, Self::ResetPassword, Self::OAuth];

    /// Its name in a seed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Signup => "signup",
            Self::Invite => "invite",
            Self::ResetPassword => "reset_password",
            Self::OAuth => "oauth",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A URL that a browser or an app can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUrl(Url);

/// Why a redirect URL is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedirectRefusal {
    /// It is no URL: `invalid_magic_link_url` and its like.
    #[error(
        "expected an absolute URL, such as https://example.com/authenticate or myapp://authenticate; a host with other letters \
        than ASCII is written in Punycode"
    )]
    Invalid,
    /// The project has others: `no_match_for_provided_magic_link_url` and its like.
    #[error("the redirect URL is none of the project's")]
    NoMatch,
    /// The request names one, and the project has none of this type: `no_login_redirect_urls_set` and its like.
    #[error("the project has no redirect URL of this type")]
    NoneOfType,
    /// The request names none, and none of this type is the project's default: `no_default_login_redirect_url_set` and
    /// its like.
    #[error("the request names no redirect URL, and the project has no default of this type")]
    NoDefault,
}

/// A redirect URL of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedRedirectUrl {
    /// The URL.
    pub url: RedirectUrl,
    /// What it may be used for.
    pub types: Vec<RedirectUrlType>,
    /// Whether it is used where a request names none.
    pub is_default: bool,
}

/// The redirect URLs of a project. None: every URL is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedirectUrls(pub Vec<AllowedRedirectUrl>);

impl RedirectUrl {
    /// What a request gets that names none, of a project that has none: the vendor's default for test projects.
    pub const DEFAULT: &str = "http://localhost:3000/authenticate";

    /// Reads an absolute URL of any scheme but those that a browser would run or read as a document.
    ///
    /// # Errors
    /// If it is something else.
    pub fn parse(text: &str) -> Result<Self, RedirectRefusal> {
        let url = Url::parse(text).map_err(|_| RedirectRefusal::Invalid)?;
        if matches!(url.scheme(), "javascript" | "data" | "vbscript" | "file" | "blob" | "about") {
            return Err(RedirectRefusal::Invalid);
        }
        Ok(Self(url))
    }

    /// As it was given, but for what URLs leave open: the letter case of the host, a default port.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it opens an app; the vendor wants PKCE then (`pkce_required_for_native_callback`).
    #[must_use]
    pub fn is_native(&self) -> bool {
        !matches!(self.0.scheme(), "http" | "https")
    }

    /// The URL with parameters added to those it has.
    #[must_use]
    pub fn with_query(&self, parameters: &[(&str, &str)]) -> String {
        let mut url = self.0.clone();
        url.query_pairs_mut().extend_pairs(parameters);
        url.into()
    }

    /// Whether they are the same to the last parameter, but for a `www.` before the host (documented).
    fn matches(&self, other: &Self) -> bool {
        let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
        let (one, two) = (&self.0, &other.0);
        host(one) == host(two)
            && one.scheme() == two.scheme()
            && (one.username(), one.password()) == (two.username(), two.password())
            && one.port() == two.port()
            && (one.path(), one.query(), one.fragment()) == (two.path(), two.query(), two.fragment())
    }
}

impl RedirectUrls {
    /// Where to send the browser after `kind`, if the request asks for `asked`. Of several defaults, the first is it.
    ///
    /// # Errors
    /// If `asked` is no URL or none of the project's, or nothing is asked for and the project has no default of the type.
    pub fn choose(&self, kind: RedirectUrlType, asked: Option<&str>) -> Result<RedirectUrl, RedirectRefusal> {
        let asked = asked.filter(|asked| !asked.is_empty()).map(RedirectUrl::parse).transpose()?;
        if self.0.is_empty() {
            return asked.map_or_else(|| RedirectUrl::parse(RedirectUrl::DEFAULT), Ok);
        }
        let mut allowed = self.0.iter().filter(|allowed| allowed.types.contains(&kind));
        match asked {
            Some(_) if allowed.clone().next().is_none() => Err(RedirectRefusal::NoneOfType),
            Some(asked) if allowed.any(|allowed| allowed.url.matches(&asked)) => Ok(asked),
            Some(_) => Err(RedirectRefusal::NoMatch),
            None => {
                let default = allowed.find(|allowed| allowed.is_default);
                default.map(|default| default.url.clone()).ok_or(RedirectRefusal::NoDefault)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> RedirectUrl {
        RedirectUrl::parse(text).unwrap()
    }

    fn allowed(text: &str, types: &[RedirectUrlType], is_default: bool) -> AllowedRedirectUrl {
        AllowedRedirectUrl { url: url(text), types: types.to_vec(), is_default }
    }

    #[test]
    fn a_project_without_urls_allows_every_url() {
        let urls = RedirectUrls::default();
        let choose = |asked| urls.choose(RedirectUrlType::Login, asked).map(|url| url.as_str().to_owned());
        assert_eq!(choose(None).unwrap(), "http://localhost:3000/authenticate");
        assert_eq!(choose(Some("")).unwrap(), "http://localhost:3000/authenticate");
        assert_eq!(choose(Some("https://example.com/x?y=z")).unwrap(), "https://example.com/x?y=z");
        assert_eq!(choose(Some("https://xn--bcher-kva.example/")).unwrap(), "https://xn--bcher-kva.example/");
        for text in [
            "/authenticate",
            "example.com",
            "https://",
            "javascript:alert(1)",
            "data:text/html,x",
            "http://a b/",
            "https://bücher.example/",
        ] {
            assert_eq!(choose(Some(text)), Err(RedirectRefusal::Invalid), "{text}");
        }
    }

    #[test]
    fn a_project_with_urls_allows_those_of_the_type() {
        use RedirectUrlType::{Invite, Login, OAuth, ResetPassword, Signup};

        let urls = RedirectUrls(vec![
            allowed("https://example.com/in", &[Login, Signup], false),
            allowed("https://www.example.com/in?from=mail", &[Login], true),
            allowed("myapp://callback", &[OAuth], true),
            allowed("http://localhost:3000", &[ResetPassword], false),
        ]);
        for (kind, asked, expected) in [
            (Login, None, Ok("https://www.example.com/in?from=mail")),
            (Signup, None, Err(RedirectRefusal::NoDefault)),
            (OAuth, None, Ok("myapp://callback")),
            (Invite, None, Err(RedirectRefusal::NoDefault)),
            (Login, Some("https://example.com/in"), Ok("https://example.com/in")),
            (Login, Some("https://www.EXAMPLE.com:443/in"), Ok("https://www.example.com/in")),
            (Login, Some("https://example.com/in?from=mail"), Ok("https://example.com/in?from=mail")),
            (Login, Some("https://example.com/in?from=web"), Err(RedirectRefusal::NoMatch)),
            (Login, Some("https://example.com/in/"), Err(RedirectRefusal::NoMatch)),
            (Login, Some("https://example.com.evil.example/in"), Err(RedirectRefusal::NoMatch)),
            (Login, Some("https://evil@example.com/in"), Err(RedirectRefusal::NoMatch)),
            (Login, Some("http://example.com/in"), Err(RedirectRefusal::NoMatch)),
            (Login, Some("https://example.com:8443/in"), Err(RedirectRefusal::NoMatch)),
            (Invite, Some("https://example.com/in"), Err(RedirectRefusal::NoneOfType)),
            (ResetPassword, Some("http://localhost:3000/"), Ok("http://localhost:3000/")),
            (OAuth, Some("not a url"), Err(RedirectRefusal::Invalid)),
        ] {
            let chosen = urls.choose(kind, asked);
            assert_eq!(chosen.as_ref().map(RedirectUrl::as_str).map_err(|error| *error), expected, "{kind:?} {asked:?}");
        }
    }

    #[test]
    fn parameters_are_added_to_those_that_are_there() {
        let parameters = [("stytch_token_type", "magic_links"), ("token", "a+b/=&?")];
        for (text, expected) in [
            ("http://localhost:3000", "http://localhost:3000/?stytch_token_type=magic_links&token=a%2Bb%2F%3D%26%3F"),
            ("https://example.com/in?x=1", "https://example.com/in?x=1&stytch_token_type=magic_links&token=a%2Bb%2F%3D%26%3F"),
            ("https://example.com/in#top", "https://example.com/in?stytch_token_type=magic_links&token=a%2Bb%2F%3D%26%3F#top"),
            ("myapp://callback", "myapp://callback?stytch_token_type=magic_links&token=a%2Bb%2F%3D%26%3F"),
        ] {
            assert_eq!(url(text).with_query(&parameters), expected);
        }
    }

    #[test]
    fn an_app_is_told_from_a_page() {
        assert!(url("slack://auth/callback").is_native() && url("com.example.app:/in").is_native());
        assert!(!url("https://example.com").is_native() && !url("http://localhost").is_native());
    }

    #[test]
    fn the_types_are_read_back() {
        assert!(RedirectUrlType::ALL.into_iter().all(|kind| RedirectUrlType::parse(kind.as_str()) == Some(kind)));
        assert_eq!(RedirectUrlType::parse("discovery"), None);
    }
}

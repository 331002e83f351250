//! The vendor's refusals: every `error_type` the emulator can answer, with its status, its exact message and
//! where each is known from. One table; nothing else in the program spells an error.

use std::borrow::Cow;
use std::time::Duration;

/// Where a row is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Stands in the vendor's documentation or in the text of an official SDK.
    Documented,
    /// Was seen on the wire, or is asserted by an official test against the real service.
    Captured,
    /// The type's name is the vendor's; status or message is this project's guess.
    Assumed,
}

impl Evidence {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Captured => "captured",
            Self::Assumed => "assumed",
        }
    }
}

macro_rules! catalogue {
    ($($variant:ident $status:literal $name:literal $evidence:ident $message:literal)*) => {
        /// An `error_type` of the vendor's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each variant is the vendor's name; the table holds its text")]
        pub enum ErrorType {
            $($variant,)*
        }

        impl ErrorType {
            /// Every row, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The HTTP status, which the body repeats as `status_code`.
            #[must_use]
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                }
            }

            /// The `error_type` on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The `error_message` on the wire.
            #[must_use]
            pub fn message(self) -> &'static str {
                match self {
                    $(Self::$variant => $message,)*
                }
            }

            /// Where the row is known from.
            #[must_use]
            pub fn evidence(self) -> Evidence {
                match self {
                    $(Self::$variant => Evidence::$evidence,)*
                }
            }
        }
    };
}

catalogue! {
    // Before an operation: route, credentials, limit, and what may go wrong with any request.
    BadRequest 400 "bad_request" Documented
        "The submitted request is invalid."
    InvalidProjectIdAuthentication 400 "invalid_project_id_authentication" Captured
        "The project ID provided in the basic authentication header is invalid. Please check to make sure the format is correct and there are no trailing whitespaces. To create a new project or confirm an existing project ID please visit the Stytch dashboard here: https://stytch.com/dashboard/api-keys"
    UnauthorizedCredentials 401 "unauthorized_credentials" Captured
        "Unauthorized credentials."
    UnauthorizedCredentialsHomepage 401 "unauthorized_credentials_homepage" Documented
        "Thanks for trying Stytch! Replace the project ID and secret with your credentials from the developer dashboard to start adding users. To get started, sign up here: https://stytch.com/login"
    UseHttps 403 "use_https" Documented
        "Please use https instead of http."
    ConsumerSessionAuthorizationError 403 "consumer_session_authorization_error" Documented
        "The User is not authorized to perform the requested action on that resource."
    RouteNotFound 404 "route_not_found" Captured
        "The route provided is not supported."
    MethodNotAllowed 405 "method_not_allowed" Assumed
        "The method is not allowed for this route."
    TooManyRequests 429 "too_many_requests" Documented
        "Too many requests have been made."
    UserLockLimitReached 429 "user_lock_limit_reached" Documented
        "The user has been locked out due to too many failed authentication attempts. Please try again later."
    CaptchaFailed 429 "captcha_failed" Documented
        "Captcha failed"
    TooFewTokensAuthenticated 429 "too_few_tokens_authenticated" Documented
        "Too many requests without sufficient percentage of tokens authenticated."
    ClientClosedRequest 499 "client_closed_request" Documented
        "Client closed request."
    InternalServerError 500 "internal_server_error" Documented
        "Oops, something seems to have gone wrong, please reach out to support@stytch.com to let us know what went wrong."
    ServerUnavailable 503 "server_unavailable" Documented
        "Oops, something seems to have gone wrong. Please retry the request. If this issue persists, please reach out to support."

    // Users and sessions.
    ProjectNotFound 404 "project_not_found" Assumed
        "Project could not be found."
    InvalidUserId 400 "invalid_user_id" Documented
        "user_id format is invalid."
    UserNotFound 404 "user_not_found" Captured
        "User could not be found."
    SessionNotFound 404 "session_not_found" Captured
        "Session could not be found."
    InvalidSessionToken 400 "invalid_session_token" Captured
        "Session token format is invalid."
    InvalidSessionId 400 "invalid_session_id" Documented
        "session_id format is invalid."
}

impl ErrorType {
    /// The row with this `error_type`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|error| error.as_str() == name)
    }
}

/// One refused request: the catalogue's row, and what this emulator knows beyond it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The row that answers.
    pub error: ErrorType,
    /// One sentence for the developer: what was looked for, what is close. Never part of the body.
    pub reason: Cow<'static, str>,
    /// What would help, where HTTP has a header to say it.
    pub remedy: Remedy,
}

/// What would turn a refusal into an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that a header could say.
    None,
    /// Coming back after this time.
    Wait(Duration),
    /// One of these methods.
    Allow(String),
    /// Credentials.
    Challenge,
}

impl Refusal {
    /// A refusal and its reason.
    pub fn new(error: ErrorType, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { error, reason: reason.into(), remedy: Remedy::None }
    }

    /// With what would help.
    #[must_use]
    pub fn with_remedy(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }
}

//! The vendor's refusals: every `error_type` the emulator can answer, with its status, its exact message and
//! where each is known from. One table; nothing else in the program spells an error.

use std::borrow::Cow;
use std::time::Duration;

use super::conflict::Conflict;

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
    NoSessionArguments 400 "no_session_arguments" Assumed
        "Please include exactly one of session_token or session_jwt."
    TooManySessionArguments 400 "too_many_session_arguments" Documented
        "Please include at most one of session_token, session_jwt, or intermediate_session_token in an authenticate request, not multiple."
    NoSessionRevokeArguments 400 "no_session_revoke_arguments" Assumed
        "Please include exactly one of session_id, session_token or session_jwt."
    TooManySessionRevokeArguments 400 "too_many_session_revoke_arguments" Assumed
        "Please include at most one of session_id, session_token or session_jwt, not multiple."
    UnableToParseSessionJwt 400 "unable_to_parse_session_jwt" Assumed
        "The session JWT could not be parsed."
    JwtInvalidAudience 400 "jwt_invalid_audience" Assumed
        "The session JWT has an invalid audience."
    JwtInvalidIssuer 400 "jwt_invalid_issuer" Assumed
        "The session JWT has an invalid issuer."
    JwtInvalidClaims 400 "jwt_invalid_claims" Assumed
        "The session JWT has invalid claims."
    InvalidSessionDurationMinutes 400 "invalid_session_duration_minutes" Documented
        "session_duration_minutes is invalid, should be between 5 to 527040 minutes."
    CustomClaimsTooLarge 400 "custom_claims_too_large" Assumed
        "The session's custom claims are too large."

    // Sessions out of other parties' tokens.
    MigrateUnexpectedResponse 400 "migrate_from_external_unexpected_response" Assumed
        "The external userinfo endpoint answered with something unexpected."
    MigrateEmailDoesNotExist 400 "migrate_from_external_email_does_not_exist" Assumed
        "No user with the email of the external session exists."
    IdpAccessTokenNotFound 404 "idp_access_token_not_found" Assumed
        "The access token could not be found."
    IdpAccessTokenCouldNotBeExchanged 400 "idp_access_token_could_not_be_exchanged" Assumed
        "The access token could not be exchanged."
    AccessTokenTooOld 400 "oauth_access_token_exchange_token_too_old" Assumed
        "The access token is too old to be exchanged."
    AccessTokenMissingFullAccess 400 "oauth_access_token_exchange_missing_full_access" Assumed
        "The access token does not have the full_access scope."
    TrustedTokenProfileNotFound 404 "trusted_token_profile_not_found" Assumed
        "Trusted token profile could not be found."
    InvalidTrustedAuthToken 400 "invalid_trusted_auth_token" Assumed
        "The trusted auth token is invalid."

    // Users.
    InvalidCreateUserRequest 400 "invalid_create_user_request" Assumed
        "Please include an email or a phone number to create a user."
    InvalidEmail 400 "invalid_email" Documented
        "Email format is invalid."
    InvalidPhoneNumber 400 "invalid_phone_number" Documented
        "Phone number format is invalid. Ensure the phone number is in the E.164 format."
    DuplicateEmail 400 "duplicate_email" Captured
        "A user with the specified email already exists for this project."
    DuplicatePhoneNumber 400 "duplicate_phone_number" Documented
        "A user with the specified phone number already exists for this project."
    DuplicateUserExternalId 400 "duplicate_user_external_id" Assumed
        "A user with the specified external_id already exists for this project."
    MetadataInvalidFormat 400 "metadata_invalid_format" Assumed
        "The metadata is not a valid JSON object."
    MetadataTooLarge 400 "metadata_too_large" Assumed
        "The metadata is too large."
    MetadataTooManyKeys 400 "metadata_too_many_keys" Assumed
        "The metadata has too many keys."
    NoUserSelectionArguments 400 "no_user_selection_arguments" Assumed
        "Please include exactly one of email_address or phone_number."
    TooManyUserSelectionArguments 400 "too_many_user_selection_arguments" Assumed
        "Please include at most one of email_address or phone_number, not multiple."
    CannotDeleteLastPrimaryFactor 400 "cannot_delete_last_primary_factor" Assumed
        "The last primary factor of a user can't be deleted."
    EmailNotFound 404 "email_not_found" Documented
        "Email could not be found."
    PhoneNumberNotFound 404 "phone_number_not_found" Documented
        "Phone Number could not be found."
    WebauthnRegistrationNotFound 404 "webauthn_registration_not_found" Assumed
        "WebAuthn registration could not be found."
    BiometricRegistrationNotFound 404 "biometric_registration_not_found" Assumed
        "Biometric registration could not be found."
    TotpNotFound 404 "totp_not_found" Assumed
        "TOTP could not be found."
    CryptoWalletNotFound 404 "crypto_wallet_not_found" Assumed
        "Crypto wallet could not be found."
    PasswordNotFound 404 "password_not_found" Assumed
        "Password could not be found."
    OauthUserRegistrationNotFound 404 "oauth_user_registration_not_found" Assumed
        "OAuth user registration could not be found."

    // Searching users.
    UserSearchInvalidCursor 400 "user_search_invalid_cursor" Assumed
        "The cursor is invalid."
    UserSearchInvalidLimit 400 "user_search_invalid_limit" Assumed
        "The limit is invalid, should be between 1 and 1000."
    UserSearchInvalidOperator 400 "user_search_invalid_operator" Assumed
        "The search query operator is invalid, should be AND or OR."
    UserSearchMissingFilterName 400 "user_search_missing_filter_name" Assumed
        "The search query operand has no filter_name."
    UserSearchMissingFilterValue 400 "user_search_missing_filter_value" Assumed
        "The search query operand has no filter_value."
    UserSearchFilterNameNotRecognized 400 "user_search_filter_name_not_recognized" Assumed
        "The search query operand filter_name was not recognized."
    UserSearchExpectedArrayOfString 400 "user_search_expected_array_of_string" Assumed
        "The search query operand filter_value should be an array of strings."
    UserSearchExpectedBool 400 "user_search_expected_bool" Assumed
        "The search query operand filter_value should be a boolean."
    UserSearchExpectedObject 400 "user_search_expected_object" Assumed
        "The search query operand filter_value should be an object."
    UserSearchExpectedString 400 "user_search_expected_string" Assumed
        "The search query operand filter_value should be a string."
    UserSearchExpectedTimestamp 400 "user_search_expected_timestamp" Assumed
        "The search query operand filter_value should be a timestamp."
    UserSearchCannotMixUserIds 400 "user_search_cannot_mix_internal_and_external_user_ids" Assumed
        "The user_id filter can't mix Stytch user ids and external ids."
    UserSearchEmailFuzzyTooShort 400 "user_search_email_address_fuzzy_too_short" Assumed
        "The email_address_fuzzy filter is too short, should be at least 3 characters."
    UserSearchNameFuzzyTooShort 400 "user_search_full_name_fuzzy_too_short" Assumed
        "The full_name_fuzzy filter is too short, should be at least 3 characters."
    UserSearchPhoneFuzzyTooShort 400 "user_search_phone_number_fuzzy_too_short" Assumed
        "The phone_number_fuzzy filter is too short, should be at least 3 characters."
}

impl ErrorType {
    /// The row with this `error_type`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|error| error.as_str() == name)
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        let error = match conflict {
            Conflict::ExternalId(_) => ErrorType::DuplicateUserExternalId,
            // ids that the emulator mints itself don't collide
            Conflict::UserId(_) | Conflict::SessionId(_) | Conflict::SessionToken(_) => ErrorType::InternalServerError,
        };
        Self::new(error, conflict.to_string())
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// `docs/errors.md`, as it ought to be.
    fn document() -> String {
        let mut text = "# Errors\n\nEvery `error_type` that the emulator can answer, and that a seed or a fault can script. Evidence says \
            where the row is known from:\n*captured* on the real wire or asserted by an official test, *documented* by the vendor or \
            in an official SDK's text,\n*assumed* where only the type's name is known and status or message are a guess.\n\n\
            | Type | Status | Message | Evidence |\n|---|---|---|---|\n"
            .to_owned();
        for error in ErrorType::ALL {
            let (name, status, message, evidence) = (error.as_str(), error.status(), error.message(), error.evidence().as_str());
            writeln!(text, "| `{name}` | {status} | {message} | {evidence} |").unwrap();
        }
        text
    }

    #[test]
    fn the_page_of_errors_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors.md");
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(path, document()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), document(), "UPDATE_GOLDENS=1 cargo test rewrites it");
    }

    #[test]
    fn every_row_is_there_once() {
        for (index, error) in ErrorType::ALL.iter().enumerate() {
            assert_eq!(ErrorType::named(error.as_str()), Some(*error));
            assert!(ErrorType::ALL[..index].iter().all(|other| other.as_str() != error.as_str()), "{error:?}");
            assert!((400..=599).contains(&error.status()), "{error:?}");
        }
    }
}

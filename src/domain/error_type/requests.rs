//! Rows of the table of errors: what any request may come to, and what users' sessions may.

macro_rules! requests_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*

            // Before an operation: route, credentials, limit, and what may go wrong with any request.
            BadRequest 400 "bad_request" Documented
                "The submitted request is invalid."
            InvalidProjectIdAuthentication 400 "invalid_project_id_authentication" Captured
                "The project ID provided in the basic authentication header is invalid. Please check to make sure the format is correct and there are no trailing whitespaces. To create a new project or confirm an existing project ID please visit the Stytch dashboard here: https://stytch.com/dashboard/api-keys"
            UnauthorizedCredentials 401 "unauthorized_credentials" Captured
                "Unauthorized credentials."
            UnauthorizedCredentialsHomepage 401 "unauthorized_credentials_homepage" Documented
                "Thanks for trying Stytch! Replace the project ID and secret with your credentials from the developer dashboard to start adding users. To get started, sign up here: https://stytch.com/login"
            UserUnauthenticated 401 "user_unauthenticated" Assumed // text: SDK
                "User must have an active Stytch session to call this method. Have you logged in yet?"
            CannotUpdateTrustedMetadata 401 "cannot_update_trusted_metadata" Documented // docs/api/errors/401
                "Stytch SDKs cannot update trusted metadata with user-provided values. Trusted metadata can only be updated by direct API integrations. SDKs are only allowed to update untrusted_metadata. Visit our docs to learn more."
            InvalidSecretAuthentication 401 "invalid_secret_authentication" Assumed
                "The secret provided in the basic authentication header is invalid."
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
            IdpAccessTokenNotFound 404 "idp_access_token_not_found" Documented // docs/api/errors/404
                "The access token could not be found."
            IdpAccessTokenCouldNotBeExchanged 404 "idp_access_token_could_not_be_exchanged" Documented // docs/api/errors/404
                "The access token could not be exchanged."
            AccessTokenTooOld 400 "oauth_access_token_exchange_token_too_old" Assumed
                "The access token is too old to be exchanged."
            AccessTokenMissingFullAccess 400 "oauth_access_token_exchange_missing_full_access" Assumed
                "The access token does not have the full_access scope."
            TrustedTokenProfileNotFound 404 "trusted_token_profile_not_found" Assumed
                "Trusted token profile could not be found."
            InvalidTrustedAuthToken 400 "invalid_trusted_auth_token" Assumed
                "The trusted auth token is invalid."
        }
    };
}

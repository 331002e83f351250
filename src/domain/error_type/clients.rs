//! Rows of the table of errors: machine clients, connected apps, and the identity provider's side of OAuth.

macro_rules! clients_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*

            // Machine clients. Of most the vendor's SDKs know the name alone.
            M2mClientNotFound 404 "m2m_client_not_found" Assumed
                "M2M client could not be found."
            DuplicateM2mClientId 400 "duplicate_m2m_client_id" Assumed
                "An M2M client with the specified client_id already exists for this project."
            M2mClientInvalidClientId 400 "m2m_client_invalid_client_id" Assumed
                "client_id format is invalid."
            M2mClientInvalidClientSecret 400 "m2m_client_invalid_client_secret" Assumed
                "client_secret is invalid, should be at least 8 characters long."
            InsecureM2mClientSecret 400 "insecure_m2m_client_secret" Assumed
                "client_secret doesn't meet our entropy requirements."
            InvalidM2mClientScope 400 "invalid_m2m_client_scope" Assumed
                "The M2M client's scopes are invalid."
            InvalidM2mClientStatus 400 "invalid_m2m_client_status" Assumed
                "status is invalid, should be active or inactive."
            M2mClientAlreadyRotatingSecret 400 "m2m_client_already_rotating_secret" Assumed
                "The M2M client is already rotating its secret."
            M2mClientNotRotatingSecret 400 "m2m_client_not_rotating_secret" Assumed
                "The M2M client is not rotating its secret."
            M2mSearchMissingFilterName 400 "m2m_search_missing_filter_name" Assumed
                "The M2M client search query operand has no filter_name."
            M2mSearchMissingFilterValue 400 "m2m_search_missing_filter_value" Assumed
                "The M2M client search query operand has no filter_value."
            M2mSearchFilterNameMustBeString 400 "m2m_search_filter_name_must_be_string" Assumed
                "The M2M client search query operand filter_name should be a string."
            M2mSearchFilterNameNotRecognized 400 "m2m_search_filter_name_not_recognized" Assumed
                "The M2M client search query operand filter_name was not recognized."
            M2mSearchExpectedArrayOfStrings 400 "m2m_search_expected_array_of_strings" Assumed
                "The M2M client search query operand filter_value should be an array of strings."

            // Connected apps.
            ConnectedAppNotFound 404 "connected_app_not_found" Documented // docs/api/errors/404
                "The Connected App requested could not be found."
            InvalidConnectedAppType 400 "invalid_connected_app_type" Assumed
                "client_type is invalid, should be first_party, first_party_public, third_party or third_party_public."
            ConnectedAppInvalidRedirectUrl 400 "connected_app_invalid_redirect_url" Assumed
                "The Connected App's redirect URL is invalid."
            ConnectedAppRedirectUrlMustIncludeScheme 400 "connected_app_redirect_url_must_include_scheme" Assumed
                "The Connected App's redirect URL must include a scheme."
            ConnectedAppRedirectUrlHttpSchemeMustUseLoopback 400 "connected_app_redirect_url_http_scheme_must_use_loopback" Assumed
                "The Connected App's redirect URL may use the http scheme with a loopback address only."
            ThirdPartyClientsCannotUseFullAccess 400 "third_party_clients_cannot_use_full_access" Assumed
                "Third party clients cannot use full access."
            ThirdPartyClientsRequireConsentForOfflineAccess 400 "third_party_clients_require_consent_for_offline_access" Assumed
                "Third party clients require consent for offline access."
            IdpInvalidAccessTokenExpiryMinutes 400 "idp_invalid_access_token_expiry_minutes" Assumed
                "access_token_expiry_minutes is invalid."
            IdpInvalidAccessTokenCustomAudience 400 "idp_invalid_access_token_custom_audience" Assumed
                "access_token_custom_audience is invalid."
            IdpInvalidAccessTokenJwtTemplate 400 "idp_invalid_access_token_jwt_template" Assumed
                "The custom claims template is invalid."
            PublicConnectedAppsDoNotHaveSecrets 400 "public_connected_apps_do_not_have_secrets" Assumed
                "Public Connected Apps do not have secrets."
            ConnectedAppAlreadyRotatingSecret 400 "connected_app_already_rotating_secret" Assumed
                "The Connected App is already rotating its secret."
            ConnectedAppNotRotatingSecret 400 "connected_app_not_rotating_secret" Assumed
                "The Connected App is not rotating its secret."

            // Authorizing them.
            NoOauthAuthorizeUserSelector 400 "no_oauth_authorize_user_selector" Assumed
                "Please include exactly one of user_id, session_token or session_jwt."
            ConnectedAppSuppliedRedirectUrlNotFoundInClient 401 "connected_app_supplied_redirect_url_not_found_in_client" Documented // docs/api/errors/401
                "The redirect URL supplied in the request is not registered to the client."
            ConnectedAppConsentRevoked 401 "connected_app_consent_revoked" Documented // docs/api/errors/401
                "The Connected App's permission has been revoked. Complete another authorization flow to re-enable access."
            PkceRequiredForIdpAuthorizationFlow 400 "pkce_required_for_idp_authorization_flow" Assumed
                "A code_challenge is required for public Connected Apps."
            IdpAuthCodeNotFound 404 "idp_auth_code_not_found" Documented // docs/api/errors/404
                "The authorization code could not be found."
            IdpAuthCodeExpired 401 "idp_auth_code_expired" Assumed
                "The authorization code has expired."
            IdpRefreshTokenNotFound 404 "idp_refresh_token_not_found" Assumed // status: docs/api/errors/404
                "The refresh token could not be found."
            IdpRefreshTokenExpired 401 "idp_refresh_token_expired" Assumed
                "The refresh token has expired."
            IdpRefreshTokenAlreadyUsed 401 "idp_refresh_token_already_used" Assumed
                "The refresh token has already been used."

            // Asking for tokens. The names are RFC 6749's where the vendor's are not known.
            UnsupportedGrantType 400 "unsupported_grant_type" Assumed // RFC 6749
                "The grant_type is not supported."
            UnauthorizedClient 400 "unauthorized_client" Assumed // RFC 6749
                "The client is not authorized to use this grant_type."
            OauthInvalidScopeRequested 400 "oauth_invalid_scope_requested" Assumed // name: seen in an app's own handling of it
                "The requested scopes are invalid."
        }
    };
}

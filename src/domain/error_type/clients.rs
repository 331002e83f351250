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

            // Asking for tokens. The names are RFC 6749's where the vendor's are not known.
            UnsupportedGrantType 400 "unsupported_grant_type" Assumed // RFC 6749
                "The grant_type is not supported."
            OauthInvalidScopeRequested 400 "oauth_invalid_scope_requested" Assumed // name: seen in an app's own handling of it
                "The requested scopes are invalid."
        }
    };
}

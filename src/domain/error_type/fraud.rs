//! Rows of the table of errors: impersonation, devices and addresses.

macro_rules! fraud_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*
            // Impersonation.
            UnableToAuthImpersonationToken 401 "unable_to_auth_impersonation_token" Assumed
                "The impersonation token could not be authenticated because it was either already used or expired."

            // Devices and addresses.
            TelemetryIdNotFound 404 "telemetry_id_not_found" Documented // docs/fraud/api/errors/404
                "The telemetry_id provided was not found."
            InvalidExternalMetadata 400 "invalid_external_metadata" Documented // docs/fraud/api/errors/400
                "External metadata fields may not exceed 65 characters. They may only contain alphanumerics and the characters '_', '-', '+', '.', or '@'."
            InvalidActionForRules 400 "invalid_action_for_rules" Documented // docs/fraud/api/errors/400
                "The action provided is invalid. The action must be 'ALLOW', 'BLOCK', 'CHALLENGE', or 'NONE'."
            InvalidFingerprintOrId 400 "invalid_fingerprint_or_id" Documented // docs/fraud/api/errors/400
                "The fingerprint or ID provided was invalid."
            InvalidCidrBlock 400 "invalid_cidr_block" Documented // docs/fraud/api/errors/400
                "The CIDR block provided was invalid. You must specify either a valid IP address or a valid CIDR block."
            CidrBlockInvalidPrefix 400 "cidr_block_invalid_prefix" Documented // docs/fraud/api/errors/400
                "The CIDR block provided was too large. The CIDR block prefix must be between 16 and 32, inclusive."
            InvalidAsn 400 "invalid_asn" Documented // docs/fraud/api/errors/400
                "The ASN provided was invalid."
            InvalidCountryCode 400 "invalid_country_code" Documented // docs/fraud/api/errors/400
                "The country code provided was invalid. Country codes must be valid ISO 3166-1 alpha-2 codes."
            InvalidCountryCodeAllowRule 400 "invalid_country_code_allow_rule" Documented // docs/fraud/api/errors/400
                "You may not set an ALLOW rule on a country code."
            DfpRuleInvalidCursor 400 "dfp_rule_invalid_cursor" Documented // docs/fraud/api/errors/400
                "The submitted cursor is not valid. Please contact support@stytch.com for assistance."
        }
    };
}

//! Rows of the table of errors: users and searching them.

macro_rules! users_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*

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
            CannotDeleteLastPrimaryFactor 400 "cannot_delete_last_primary_factor" Assumed // name: a live test of a .NET SDK
                "The last primary factor of a user can't be deleted."
            EmailNotFound 404 "email_not_found" Documented
                "Email could not be found."
            PhoneNumberNotFound 404 "phone_number_not_found" Documented
                "Phone Number could not be found."
            WebauthnRegistrationNotFound 404 "webauthn_registration_not_found" Assumed // status: SDK's tests
                "WebAuthn registration could not be found."
            BiometricRegistrationNotFound 404 "biometric_registration_not_found" Documented // docs/api/errors/404
                "Biometric registration could not be found."
            TotpNotFound 404 "totp_not_found" Assumed
                "TOTP could not be found."
            CryptoWalletNotFound 404 "crypto_wallet_not_found" Documented // docs/api/errors/404
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
    };
}

//! Rows of the table of errors: passwords, passcodes, links, TOTP and OAuth.

macro_rules! logins_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*

            // Signing in: what passwords, passcodes, links and OAuth share. A row whose text is an official SDK's is assumed
            // where its status is a guess.
            InvalidToken 400 "invalid_token" Assumed
                "Token format is invalid."
            InvalidLocale 400 "invalid_locale" Documented // text: SDK
                "locale is invalid."
            InvalidExpiration 400 "invalid_expiration" Assumed
                "expiration_minutes is invalid, should be between 5 to 10080 minutes."
            InvalidSessionDuration 400 "invalid_session_duration" Documented // text: SDK
                "The submitted session duration exceeds the maximum session duration allowed for this project."
            UserIdMismatch 400 "user_id_mismatch" Assumed
                "The user_id does not match the user of the session."
            AttributeMismatch 401 "attribute_mismatch" Documented // docs/api/errors/401
                "Unable to authenticate because attributes on request don't match stored attributes."
            InactiveEmail 400 "inactive_email" Documented // docs/api/errors/400, text: SDK
                "The email provided has been marked as inactive by our email provider. This happens most often when the email is undeliverable due to a hard bounce. If the cause of the hard bounce has been resolved, you can reactivate the email address via the User management tab or the Members tab in the Stytch Dashboard."
            InvalidEmailSandbox 400 "invalid_email_sandbox" Assumed
                "The sandbox email can only be used in the Test environment."
            InvalidPhoneNumberSandbox 400 "invalid_phone_number_sandbox" Assumed
                "The sandbox phone number can only be used in the Test environment."
            DuplicateEmailForUser 400 "duplicate_email_for_user" Assumed
                "The specified email already exists for this user."
            DuplicatePhoneNumberForUser 400 "duplicate_phone_number_for_user" Assumed
                "The specified phone number already exists for this user."
            TooManyUnverifiedFactors 400 "too_many_unverified_factors" Documented // text: SDK
                "We were unable to create a new auth factor. This user already has too many unverified factors."
            EmailTemplateNotFound 404 "email_template_not_found" Documented // docs/api/errors/404
                "Email Template could not be found."
            PkceMismatch 400 "pkce_mismatch" Assumed // text: SDK
                "The submitted code_verifier does not match the code_challenge sent at the start of the flow."
            PkceExpectedCodeVerifier 400 "pkce_expected_code_verifier" Assumed // text: SDK
                "This flow was started using a code_challenge but the authentication call is missing the corresponding code_verifier."
            PkceDidNotExpectCodeVerifier 400 "pkce_did_not_expect_code_verifier" Assumed
                "This flow was not started using a code_challenge but the authentication call includes a code_verifier."
            InvalidPkceCodeChallenge 400 "invalid_pkce_code_challenge" Assumed
                "code_challenge format is invalid."
            InvalidPkceCodeVerifier 400 "invalid_pkce_code_verifier" Assumed
                "code_verifier format is invalid."
            PkceRequiredForNativeCallback 400 "pkce_required_for_native_callback" Assumed
                "A code_challenge is required when the redirect URL is a native callback."

            // Passwords.
            WeakPassword 400 "weak_password" Captured
                "password doesn't meet our strength requirements."
            BreachedPassword 400 "breached_password" Documented // text: SDK
                "password appears in a list of breached passwords."
            NoUserPassword 400 "no_user_password" Documented // text: SDK
                "user doesn't have an associated password."
            ResetPassword 400 "reset_password" Assumed // text: SDK
                "user must reset their password"
            PasswordAlreadyExists 400 "password_already_exists" Assumed
                "user already has an associated password."
            UnableToAuthPasswordResetToken 401 "unable_to_auth_password_reset_token" Assumed
                "The password reset token could not be authenticated because it was either already used or expired. Send another password reset email to this user."
            SessionTooOldToResetPassword 400 "session_too_old_to_reset_password" Assumed // text: SDK
                "The provided session cannot be used to reset a password. It does not have an authentication_factor that was authenticated within the last 5 minutes. Please prompt the user to authenticate again before retrying the endpoint."
            InvalidPasswordResetRedirectUrl 400 "invalid_password_reset_redirect_url" Assumed
                "reset_password_redirect_url format is invalid."
            NoPasswordResetRedirectUrl 400 "no_password_reset_redirect_url" Assumed
                "There are no reset password redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set them."

            // Hashes of other systems. docs/api/password-migrate lists most of these types, and no page their texts.
            InvalidHashType 400 "invalid_hash_type" Assumed
                "hash_type is invalid."
            InvalidHash 400 "invalid_hash" Assumed
                "hash format is invalid."
            InvalidBcryptHash 400 "invalid_bcrypt_hash" Assumed
                "The bcrypt hash format is invalid."
            InvalidBcryptCost 400 "invalid_bcrypt_cost" Assumed
                "The bcrypt cost is invalid."
            InvalidMd5Hash 400 "invalid_md_5_hash" Assumed
                "The md_5 hash format is invalid."
            InvalidSha1Hash 400 "invalid_sha_1_hash" Assumed
                "The sha_1 hash format is invalid."
            InvalidSha512Hash 400 "invalid_sha_512_hash" Assumed
                "The sha_512 hash format is invalid."
            InvalidPhpassHashPrefix 400 "invalid_phpass_hash_prefix" Assumed
                "The phpass hash prefix is invalid."
            InvalidPhpassHashFormat 400 "invalid_phpass_hash_format" Assumed
                "The phpass hash format is invalid."
            InvalidArgon2Salt 400 "invalid_argon_2_salt" Assumed
                "The argon_2 salt is invalid."
            InvalidArgon2IterationAmount 400 "invalid_argon_2_iteration_amount" Assumed
                "The argon_2 iteration_amount is invalid."
            InvalidArgon2Memory 400 "invalid_argon_2_memory" Assumed
                "The argon_2 memory is invalid."
            InvalidArgon2Threads 400 "invalid_argon_2_threads" Assumed
                "The argon_2 threads value is invalid."
            InvalidArgon2KeyLength 400 "invalid_argon_2_key_length" Assumed
                "The argon_2 key_length is invalid."
            InvalidBase64ScryptHash 400 "invalid_base64_scrypt_hash" Assumed
                "The scrypt hash is not valid base64."
            InvalidBase64ScryptSalt 400 "invalid_base64_scrypt_salt" Assumed
                "The scrypt salt is not valid base64."
            InvalidScryptSaltLength 400 "invalid_scrypt_salt_length" Assumed
                "The scrypt salt length is invalid."
            InvalidScryptNParameter 400 "invalid_scrypt_n_parameter" Assumed
                "The scrypt n_parameter is invalid."
            InvalidScryptParameters 400 "invalid_scrypt_parameters" Assumed
                "The scrypt parameters are invalid."
            InvalidPbkdf2Hash 400 "invalid_pbkdf_2_hash" Assumed
                "The pbkdf_2 hash format is invalid."
            InvalidPbkdf2Salt 400 "invalid_pbkdf_2_salt" Assumed
                "The pbkdf_2 salt is invalid."
            InvalidPbkdf2IterationAmount 400 "invalid_pbkdf_2_iteration_amount" Assumed
                "The pbkdf_2 iteration_amount is invalid."
            InvalidPbkdf2Algorithm 400 "invalid_pbkdf_2_algorithm" Assumed
                "The pbkdf_2 algorithm is invalid."
            Argon2KeyLengthMismatch 400 "argon_2_key_length_mismatch" Documented // docs/api/errors/400
                "The key_length value doesn't match the length of the provided hash."
            ScryptKeyLengthMismatch 400 "scrypt_key_length_mismatch" Assumed
                "The key_length value doesn't match the length of the provided hash."
            Pbkdf2KeyLengthMismatch 400 "pbkdf_2_key_length_mismatch" Assumed
                "The key_length value doesn't match the length of the provided hash."

            // One-time passcodes.
            InvalidMethodId 400 "invalid_method_id" Documented // text: SDK
                "method_id format is invalid."
            InvalidCode 400 "invalid_code" Documented // text: SDK
                "Code format is invalid."
            InvalidExpirationOtp 400 "invalid_expiration_otp" Assumed
                "expiration_minutes is invalid, should be between 1 to 10 minutes."
            OtpCodeNotFound 404 "otp_code_not_found" Documented // docs/api/errors/404, text: SDK
                "The passcode was incorrect and could not be authenticated, encourage the user to try inputting the passcode again or send another passcode."
            UnableToAuthOtpCode 401 "unable_to_auth_otp_code" Documented // docs/api/errors/401
                "The passcode could not be authenticated because it was either already used or expired. Send another passcode to this user."
            InvalidPhoneNumberCountryCode 400 "invalid_phone_number_country_code" Documented // docs/passcodes, text: SDK
                "The phone number's country code is invalid, unsupported, or disabled."
            UnsubscribedPhoneNumber 400 "unsubscribed_phone_number" Assumed // text: SDK
                "User has unsubscribed. User must resubscribe by texting 'START' before messages can be sent."

            // Magic links.
            MagicLinkNotFound 404 "magic_link_not_found" Captured
                "The magic link could not be authenticated, try sending another magic link to the user."
            UnableToAuthMagicLink 401 "unable_to_auth_magic_link" Captured
                "The magic link could not be authenticated because it was either already used or expired. Send another magic link to this user."
            NoMatchForProvidedMagicLinkUrl 400 "no_match_for_provided_magic_link_url" Captured
                "The magic_link_url in the request did not match any redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to update the redirect URLs for this project. For more information on why this validation is necessary please visit https://stytch.com/docs/api/url-validation"
            InvalidLoginMagicLinkUrl 400 "invalid_login_magic_link_url" Assumed
                "login_magic_link_url format is invalid."
            InvalidSignupMagicLinkUrl 400 "invalid_signup_magic_link_url" Assumed
                "signup_magic_link_url format is invalid."
            InvalidInviteMagicLinkUrl 400 "invalid_invite_magic_link_url" Assumed
                "invite_magic_link_url format is invalid."
            NoLoginRedirectUrlsSet 400 "no_login_redirect_urls_set" Assumed // status: users' runbooks
                "There are no login redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set them."
            NoSignupRedirectUrlsSet 400 "no_signup_redirect_urls_set" Assumed // status: users' runbooks
                "There are no signup redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set them."
            NoInviteRedirectUrlsSet 400 "no_invite_redirect_urls_set" Assumed
                "There are no invite redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set them."
            NoDefaultLoginRedirectUrlSet 400 "no_default_login_redirect_url_set" Assumed
                "There is no default login redirect URL set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set one."
            NoDefaultSignupRedirectUrlSet 400 "no_default_signup_redirect_url_set" Assumed
                "There is no default signup redirect URL set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set one."
            NoDefaultInviteRedirectUrlSet 400 "no_default_invite_redirect_url_set" Assumed
                "There is no default invite redirect URL set for this project. Please visit https://stytch.com/dashboard/redirect-urls to set one."

            // Time-based one-time passcodes.
            ActiveTotpExists 400 "active_totp_exists" Documented // docs/api/errors/400
                "Cannot create a new TOTP for the specified user since the user already has an active TOTP. Users may only have one active TOTP at a time."
            TotpsNotFoundForUser 404 "totps_not_found_for_user" Assumed
                "TOTPs could not be found for this user."
            ExpiredTotp 400 "expired_totp" Assumed
                "The TOTP expired before it was authenticated. Create another TOTP for this user."
            InvalidTotpCode 400 "invalid_totp_code" Assumed
                "TOTP code format is invalid."
            UnableToAuthenticateTotp 401 "unable_to_authenticate_totp" Assumed
                "TOTP could not be authenticated."
            TotpCodeAlreadyAuthenticated 400 "totp_code_already_authenticated" Assumed // text: SDK
                "This TOTP code has already been authenticated. Please attempt with the next generated code."
            RecoveryCodeUsedAsTotpCode 400 "recovery_code_used_as_totp_code" Assumed
                "A recovery code was submitted as the totp_code. Please use the recover endpoint instead."
            TotpCodeUsedAsRecoveryCode 400 "totp_code_used_as_recovery_code" Assumed
                "A TOTP code was submitted as the recovery_code. Please use the authenticate endpoint instead."
            InvalidRecoveryCode 400 "invalid_recovery_code" Assumed
                "Recovery code format is invalid."
            UnableToAuthenticateRecoveryCode 401 "unable_to_authenticate_recovery_code" Assumed
                "Recovery code could not be authenticated."

            // OAuth.
            OauthTokenNotFound 400 "oauth_token_not_found" Assumed // status: docs/guides/testing/sandbox-values; text: the browser SDK's, others differ
                "OAuth Token could not be found."
            InvalidOauthProvider 400 "invalid_oauth_provider" Assumed
                "The OAuth provider is invalid."
            InvalidOauthAttachToken 400 "invalid_oauth_attach_token" Assumed
                "OAuth attach token is invalid."
            OauthConfigNotFound 400 "oauth_config_not_found" Assumed
                "The OAuth config was not found."
            NoMatchForProvidedOauthUrl 400 "no_match_for_provided_oauth_url" Captured
                "The oauth redirect url in the request did not match any redirect URLs set for this project. Please visit https://stytch.com/dashboard/redirect-urls to update the redirect URLs for this project. For more information on why this validation is necessary please visit https://stytch.com/docs/api/url-validation"
            InvalidLoginOauthUrl 400 "invalid_login_oauth_url" Assumed
                "login_redirect_url format is invalid."
            InvalidSignupOauthUrl 400 "invalid_signup_oauth_url" Assumed
                "signup_redirect_url format is invalid."
            OauthFlowCallbackError 400 "oauth_flow_callback_error" Assumed // text: SDK
                "An error was encountered in the callback of the OAuth flow. Please try again."
            OauthStateMismatch 400 "oauth_state_mismatch" Captured
                "The state in the cookie doesn't match with the state in the query parameter. Please retry your login flow. If you continue receiving this error, reach out to the application developer for support."
            PublicTokenRequired 400 "public_token_required" Assumed
                "public_token is required."
            PublicTokenNotFound 404 "public_token_not_found" Assumed
                "Public token could not be found."
        }
    };
}

//! Rows of the table of errors: crypto wallets and passkeys.

macro_rules! wallets_rows {
    ($next:ident $($rest:ident)*; $($rows:tt)*) => {
        $next! {
            $($rest)*;
            $($rows)*

            // Crypto wallets.
            InvalidWalletType 400 "invalid_wallet_type" Assumed
                "The crypto wallet type is invalid. Supported types are ethereum and solana."
            InvalidEthereumAddress 400 "invalid_ethereum_address" Assumed
                "The Ethereum address is invalid."
            InvalidSolanaAddress 400 "invalid_solana_address" Assumed
                "The Solana address is invalid."
            DuplicateWalletAddress 400 "duplicate_wallet_address" Assumed
                "A user with the specified crypto wallet address already exists for this project."
            CryptoWalletTypeIncompatibleWithSiwe 400 "crypto_wallet_type_incompatible_with_siwe" Assumed
                "The crypto wallet type is incompatible with SIWE. Only ethereum wallets can use siwe_params."
            InvalidSiweDomain 400 "invalid_siwe_domain" Assumed
                "The SIWE domain is invalid. It must be an RFC 3986 authority."
            InvalidSiweUri 400 "invalid_siwe_uri" Assumed
                "The SIWE uri is invalid. It must be an RFC 3986 URI."
            InvalidSiweChainId 400 "invalid_siwe_chain_id" Assumed
                "The SIWE chain_id is invalid."
            InvalidSiweStatement 400 "invalid_siwe_statement" Assumed
                "The SIWE statement is invalid."
            InvalidSiweResource 400 "invalid_siwe_resource" Assumed
                "A SIWE resource is invalid. Every resource must be an RFC 3986 URI."
            InvalidSiweMessageRequestId 400 "invalid_siwe_message_request_id" Assumed
                "The SIWE message_request_id is invalid."
            InvalidSignature 400 "invalid_signature" Assumed
                "The signature format is invalid."
            UnableToAuthenticateCryptoWallet 401 "unable_to_authenticate_crypto_wallet" Assumed
                "The crypto wallet could not be authenticated."

            // Passkeys.
            InvalidDomain 400 "invalid_domain" Assumed
                "The domain is invalid. It must be a domain without a scheme, port or path."
            InvalidAuthenticatorType 400 "invalid_authenticator_type" Assumed
                "The authenticator type is invalid. Supported types are platform and cross-platform."
            CannotUseWebauthnWithPendingUser 400 "cannot_use_webauthn_with_pending_user" Assumed
                "WebAuthn can only be registered for an active user. Authenticate another factor first."
            NoPendingWebauthnRegistration 400 "no_pending_webauthn_registration" Assumed
                "There is no pending WebAuthn registration for this user. Start one first."
            InvalidPublicKeyCredential 400 "invalid_public_key_credential" Documented
                "Invalid public key credential. Please confirm you're passing a correctly formatted public key credential."
            UnableToRegisterWebauthnRegistration 400 "unable_to_register_webauthn_registration" Assumed
                "The WebAuthn registration could not be registered."
            UnableToAuthWebauthnRegistration 401 "unable_to_auth_webauthn_registration" Documented
                "WebAuthn registration could not be authenticated."
            DuplicateWebauthnRegistration 400 "duplicate_webauthn_registration" Assumed
                "This WebAuthn registration already exists."
            NoActiveWebauthnRegistrations 400 "no_active_webauthn_registrations" Assumed
                "The user has no active WebAuthn registrations for this domain."
            EmptyWebauthnRegistrationName 400 "empty_webauthn_registration_name" Assumed
                "The name of a WebAuthn registration cannot be empty."
            TooManyUserRegistrationsForDomain 400 "too_many_user_registrations_for_domain" Assumed
                "The user has too many WebAuthn registrations for this domain."
        }
    };
}

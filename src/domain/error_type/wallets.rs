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
        }
    };
}

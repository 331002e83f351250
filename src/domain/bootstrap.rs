//! What a page's SDK is told of its project before anything else, as far as a seed can say it.

/// A project's settings for pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bootstrap {
    /// What the project is called.
    pub project_name: String,
    /// Which logins a page has to start with a code challenge.
    pub pkce_required: PkceRequired,
    /// Whether the ready-made pages do without the vendor's mark.
    pub disable_sdk_watermark: bool,
    /// Whether crypto wallets sign a message of the form of EIP-4361.
    pub siwe_required_for_crypto_wallets: bool,
}

/// Which logins have to be started with a code challenge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PkceRequired {
    /// Magic links that a page sends.
    pub email_magic_links: bool,
    /// Password resets that a page starts.
    pub password_resets: bool,
    /// OAuth.
    pub oauth: bool,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self {
            project_name: "stytch-mock".to_owned(),
            pkce_required: PkceRequired::default(),
            disable_sdk_watermark: true,
            siwe_required_for_crypto_wallets: false,
        }
    }
}

//! What both operations of crypto wallets read, and whose a wallet is.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{CryptoWallet, UserRecord};
use crate::domain::wallet::address::{WalletAddress, WalletType};

/// Which wallet.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct WalletArguments {
    /// `ethereum`, for every chain that is compatible with it, or `solana`.
    crypto_wallet_type: String,
    /// The wallet's address.
    crypto_wallet_address: String,
}

/// What [`WalletArguments::address`] can refuse.
pub const WALLET_ERRORS: &[ErrorType] =
    &[ErrorType::InvalidWalletType, ErrorType::InvalidEthereumAddress, ErrorType::InvalidSolanaAddress];

impl WalletArguments {
    /// The wallet.
    ///
    /// # Errors
    /// `invalid_wallet_type`, `invalid_ethereum_address`, `invalid_solana_address`.
    pub fn address(&self) -> Result<WalletAddress, Refusal> {
        WalletAddress::parse(WalletType::parse(&self.crypto_wallet_type)?, &self.crypto_wallet_address)
    }
}

/// Whether a user's wallet is the one with this address.
#[must_use]
pub fn is_it(wallet: &CryptoWallet, address: &WalletAddress) -> bool {
    let kind = WalletType::parse(&wallet.crypto_wallet_type);
    kind.and_then(|kind| WalletAddress::parse(kind, &wallet.crypto_wallet_address)).is_ok_and(|known| known == *address)
}

/// The user who has a wallet.
#[must_use]
pub fn holder(project: &Project, address: &WalletAddress) -> Option<Arc<UserRecord>> {
    project.first_user(|record| record.user.crypto_wallets.iter().any(|wallet| is_it(wallet, address)))
}

//! The vendor's sandbox wallet: it answers in projects of the test environment without a seed, and nothing is kept of it.
//! Source: the vendor's guide; what the answers hold beside the ids is assumed.

use super::sandbox;
use crate::api::serving::call::Call;
use crate::domain::user::{CryptoWallet, UserRecord};
use crate::domain::wallet::address::{WalletAddress, WalletType};

/// The address.
const ADDRESS: &str = "0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1";

/// What stands for its signature of any challenge; no key could have made it.
const SIGNATURE: &str = "0x0c4f82edc3c818b6beff4b89e0682994e5878074609903cecdfb";

/// The id of the wallet (assumed).
const WALLET_ID: &str = "crypto-wallet-test-dbbd372e-79f8-48fe-907c-5e6e2f5b4cb6";

/// Whether a wallet is the sandbox's, and the project may use it.
#[must_use]
pub fn is_it(call: &Call<'_>, address: &WalletAddress) -> bool {
    sandbox::is_on(call) && WalletAddress::parse(WalletType::Ethereum, ADDRESS).is_ok_and(|sandbox| sandbox == *address)
}

/// The sandbox user, if the wallet is the sandbox's and the signature its own.
#[must_use]
pub fn user(call: &Call<'_>, address: &WalletAddress, signature: &str) -> Option<UserRecord> {
    (signature == SIGNATURE && is_it(call, address)).then(|| {
        let mut user = sandbox::user();
        user.crypto_wallets.push(CryptoWallet {
            crypto_wallet_id: WALLET_ID.into(),
            crypto_wallet_address: ADDRESS.to_owned(),
            crypto_wallet_type: WalletType::Ethereum.as_str().to_owned(),
            verified: true,
            challenge: None,
        });
        UserRecord::new(user)
    })
}

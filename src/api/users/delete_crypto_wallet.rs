//! `DELETE /v1/users/crypto_wallets/{crypto_wallet_id}`: takes a crypto wallet from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a crypto wallet.
pub struct DeleteCryptoWallet;

impl Endpoint for DeleteCryptoWallet {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::CryptoWalletNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/crypto_wallets/{crypto_wallet_id}", &[]).telling_user()],
        ..Description::new(
            Operation { name: "users.deleteCryptoWallet", method: "DELETE", path: "/v1/users/crypto_wallets/{crypto_wallet_id}" },
            "Delete a crypto wallet",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "crypto_wallet_id", ErrorType::CryptoWalletNotFound, |user, id| {
            let place = user.crypto_wallets.iter().position(|factor| factor.crypto_wallet_id == id);
            place.map(|place| drop(user.crypto_wallets.remove(place)))
        })
    }
}

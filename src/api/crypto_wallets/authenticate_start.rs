//! `POST /v1/crypto_wallets/authenticate/start`: a challenge for a wallet to sign. Source: the vendor's reference; that a later
//! challenge takes the place of an earlier one is assumed.

use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, Object};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::recipient::{OWNER_ERRORS, OwnerArguments};
use crate::api::shared::session_arguments::{PROOF_ERRORS, SessionArguments};
use crate::api::shared::user_arguments::new_user;
use crate::api::shared::user_lookup::scripted;
use crate::api::shared::wallet::{WALLET_ERRORS, WalletArguments, holder, is_it};
use crate::api::shared::{sandbox, sandbox_wallets};
use crate::domain::id::UserId;
use crate::domain::project::LoginTurn;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session_token::SessionToken;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{CryptoWallet, UserRecord};
use crate::domain::wallet::address::{WalletAddress, WalletType};
use crate::domain::wallet::challenge::{WalletChallenge, lifetime};
use crate::domain::wallet::siwe::SiweParams;

/// Start a login by a crypto wallet.
pub struct AuthenticateStart;

/// The fields of the body that no other operation has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// What the message of Sign-In with Ethereum says. Without it the challenge is the project's name and a random text.
    siwe_params: Option<Object<SiweFields>>,
}

/// What a message of Sign-In with Ethereum says.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(inline)]
struct SiweFields {
    domain: String,
    uri: String,
    #[serde(default)]
    resources: Option<Vec<String>>,
    #[serde(default)]
    chain_id: Option<String>,
    #[serde(default)]
    statement: Option<String>,
    #[serde(default)]
    issued_at: Option<String>,
    #[serde(default)]
    not_before: Option<String>,
    #[serde(default)]
    message_request_id: Option<String>,
}

/// What the wallet has to sign.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    challenge: String,
    /// Whether the request made the user.
    user_created: bool,
    user_id: String,
}

/// The most wallets of a user that nobody has proven (assumed).
const MAX_UNVERIFIED: usize = 10;

impl Endpoint for AuthenticateStart {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, WALLET_ERRORS, OWNER_ERRORS, PROOF_ERRORS],
        remark: "its refusals are assumed",
        doors: &[
            Door::for_anyone("/sdk/v1/crypto_wallets/authenticate/start/primary"),
            Door::for_user("/sdk/v1/crypto_wallets/authenticate/start/secondary", &[Fill::SessionToken]),
        ],
        ..Description::new(
            Operation { name: "cryptoWallets.authenticateStart", method: "POST", path: "/v1/crypto_wallets/authenticate/start" },
            "Start a login by a crypto wallet",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<WalletArguments>), (Body<OwnerArguments>, Body<SessionArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), Body(wallet)), (Body(owner), Body(session))) = request;
        let address = wallet.address()?;
        let siwe = fields.siwe_params.map(|Object(siwe)| siwe.params(&address)).transpose()?;
        let owner = owner.owner(call, session)?;
        let challenge = challenge(call, &address, siwe.as_ref());
        let text = challenge.text.clone();
        if owner.is_none() && sandbox_wallets::is_it(call, &address) && holder(call.project(), &address).is_none() {
            return Ok(Answer { challenge: text, user_created: false, user_id: sandbox::user_id().to_string() });
        }
        let (user_id, user_created) = call.project().log_in(|turn| {
            let (user_id, is_new) = candidate(call, turn, &address, owner)?;
            turn.change_user(&user_id, |record| expect(call, record, &address, challenge))?;
            Ok((user_id, is_new))
        })?;
        Ok(Answer { challenge: text, user_created, user_id: user_id.to_string() })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::DuplicateWalletAddress,
    ErrorType::CryptoWalletTypeIncompatibleWithSiwe,
    ErrorType::InvalidSiweDomain,
    ErrorType::InvalidSiweUri,
    ErrorType::InvalidSiweChainId,
    ErrorType::InvalidSiweStatement,
    ErrorType::InvalidSiweResource,
    ErrorType::InvalidSiweMessageRequestId,
];

impl SiweFields {
    fn params(self, address: &WalletAddress) -> Result<SiweParams, Refusal> {
        if address.kind() != WalletType::Ethereum {
            return Err(Refusal::new(ErrorType::CryptoWalletTypeIncompatibleWithSiwe, "siwe_params are Ethereum's"));
        }
        let time = |name: &str, given: Option<String>| {
            let wrong = |error| Refusal::new(ErrorType::BadRequest, format!("siwe_params.{name}: {error}"));
            given.as_deref().map(Timestamp::parse).transpose().map_err(wrong)
        };
        let params = SiweParams {
            domain: self.domain,
            uri: self.uri,
            resources: self.resources.unwrap_or_default(),
            chain_id: self.chain_id.filter(|id| !id.is_empty()),
            statement: self.statement,
            issued_at: time("issued_at", self.issued_at)?,
            not_before: time("not_before", self.not_before)?,
            message_request_id: self.message_request_id.filter(|id| !id.is_empty()),
        };
        params.check()?;
        Ok(params)
    }
}

fn challenge(call: &Call<'_>, address: &WalletAddress, siwe: Option<&SiweParams>) -> WalletChallenge {
    let text = if let Some(siwe) = siwe {
        let nonce: [u8; 16] = call.entropy.bytes();
        siwe.message(&address.text(), &HEXLOWER.encode(&nonce), call.now)
    } else {
        // the vendor's are as long
        let [one, two] = [call.entropy.bytes(), call.entropy.bytes()].map(SessionToken::from_bytes);
        format!("Signing in with stytch-mock: {one}{two}")
    };
    WalletChallenge { text, expires_at: call.now.saturating_add(lifetime()) }
}

/// Who logs in by a wallet: the user who has it, else the one whom the request names, else a new one; and whether they are new.
fn candidate(
    call: &Call<'_>,
    turn: &mut LoginTurn<'_>,
    address: &WalletAddress,
    owner: Option<UserId>,
) -> Result<(UserId, bool), Refusal> {
    match (holder(call.project(), address), owner) {
        (Some(record), owner) => {
            let id = record.user.id;
            if owner.is_some_and(|owner| owner != id) {
                return Err(Refusal::new(ErrorType::DuplicateWalletAddress, format!("user {id} has this wallet")));
            }
            scripted(&record)?;
            Ok((id, false))
        }
        (None, Some(owner)) => Ok((owner, false)),
        (None, None) => {
            let mut user = call.entropy.ids(|ids| new_user(ids, call.project(), None, None));
            user.created_at = Some(call.now.whole_seconds());
            Ok((turn.add_user(UserRecord::new(user))?.user.id, true))
        }
    }
}

/// Waits for a wallet's signature; one that the user does not have is added to theirs.
fn expect(call: &Call<'_>, record: &mut UserRecord, address: &WalletAddress, challenge: WalletChallenge) -> Result<(), Refusal> {
    let wallets = &mut record.user.crypto_wallets;
    let challenge = Some(Box::new(challenge));
    if let Some(wallet) = wallets.iter_mut().find(|wallet| is_it(wallet, address)) {
        wallet.challenge = challenge;
        return Ok(());
    }
    let unverified = wallets.iter().filter(|wallet| !wallet.verified).count();
    if unverified >= MAX_UNVERIFIED {
        let reason = format!("the user has {unverified} crypto wallets that nobody has proven");
        return Err(Refusal::new(ErrorType::TooManyUnverifiedFactors, reason));
    }
    wallets.push(CryptoWallet {
        crypto_wallet_id: call.entropy.ids(|ids| ids.object_id("crypto-wallet", call.project().environment())),
        crypto_wallet_address: address.text(),
        crypto_wallet_type: address.kind().as_str().to_owned(),
        verified: false,
        challenge,
    });
    Ok(())
}

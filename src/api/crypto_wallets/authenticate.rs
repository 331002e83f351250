//! `POST /v1/crypto_wallets/authenticate`: a wallet's signature of its challenge logs its user in, once. Source: the vendor's
//! reference; its refusals are assumed, and that Solana's signatures come in base58.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{Admitted, LOGIN_ERRORS, LoginAnswer, LoginSession, check_lock, fail};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::api::shared::wallet::{WALLET_ERRORS, WalletArguments, holder, is_it};
use crate::api::shared::{sandbox, sandbox_wallets};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{CryptoWallet, UserRecord};
use crate::domain::wallet::address::WalletAddress;
use crate::domain::wallet::siwe::SiweParams;
use crate::wire::session::Time;

/// Log in by a crypto wallet.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The wallet's signature of the challenge: hexadecimal digits for Ethereum, base58 for Solana (assumed).
    signature: String,
}

/// The user, their session, and what the signed message said.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    #[serde(flatten)]
    login: LoginAnswer,
    /// Null if the message was none of Sign-In with Ethereum.
    siwe_params: Option<SiweBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SiweBody {
    chain_id: String,
    domain: String,
    issued_at: Option<Time>,
    message_request_id: Option<String>,
    resources: Vec<String>,
    status_code: u16,
    uri: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, WALLET_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_anyone_or_user("/sdk/v1/crypto_wallets/authenticate").telling_user()],
        ..Description::new(
            Operation { name: "cryptoWallets.authenticate", method: "POST", path: "/v1/crypto_wallets/authenticate" },
            "Log in by a crypto wallet",
            Evidence::Documented,
        )
    };
    type Request =
        ((Body<Fields>, (Body<WalletArguments>, Body<TelemetryArguments>)), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), (Body(wallet), Body(telemetry))), (Body(session), Body(renewal))) = request;
        let address = wallet.address()?;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        if let Some(mut record) = sandbox_wallets::user(call, &address, &fields.signature) {
            let admitted = admit(call, &mut record, &address, &session)?;
            let admitted = admitted.map_session(sandbox::session);
            return Ok(Answer { login: LoginAnswer::new(call, Arc::new(record), admitted), siwe_params: None });
        }
        let missing = || Refusal::new(ErrorType::CryptoWalletNotFound, "no user has this crypto wallet");
        let record = holder(call.project(), &address).ok_or_else(missing)?;
        scripted(&record)?;
        let id = record.user.id;
        let (record, (admitted, signed)) = call.project().log_in(|turn| {
            let mut is_forged = false;
            let change = turn.change_user(&id, |record| {
                check_lock(record, call.now)?;
                session.check_owner(&record.user.id)?;
                let wallet = record.user.crypto_wallets.iter().find(|wallet| is_it(wallet, &address)).ok_or_else(missing)?;
                let text = pending(call, wallet)?;
                if !address.signed(&text, &fields.signature)? {
                    is_forged = true;
                    return Err(refuse("the signature is not that of this wallet of the challenge"));
                }
                let admitted = admit(call, record, &address, &session)?;
                Ok((admitted, text))
            });
            match change {
                Err(refusal) if is_forged => fail(call, turn, &id, refusal),
                change => change,
            }
        })?;
        let siwe_params = SiweParams::read(&signed).map(SiweBody::from);
        Ok(Answer { login: LoginAnswer::new(call, record, admitted), siwe_params })
    }
}

const ERRORS: &[ErrorType] =
    &[ErrorType::CryptoWalletNotFound, ErrorType::InvalidSignature, ErrorType::UnableToAuthenticateCryptoWallet];

fn refuse(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::UnableToAuthenticateCryptoWallet, reason)
}

/// The challenge that a wallet has to sign.
fn pending(call: &Call<'_>, wallet: &CryptoWallet) -> Result<String, Refusal> {
    let challenge = wallet.challenge.as_ref().ok_or_else(|| refuse("no challenge waits for this wallet, or it has been used"))?;
    match challenge.objection(call.now) {
        Some(objection) => Err(refuse(objection)),
        None => Ok(challenge.text.clone()),
    }
}

/// Lets a user in whose wallet is proven, and uses the challenge up.
fn admit(call: &Call<'_>, record: &mut UserRecord, address: &WalletAddress, session: &LoginSession) -> Result<Admitted, Refusal> {
    let mut id = String::new();
    for wallet in record.user.crypto_wallets.iter_mut().filter(|wallet| is_it(wallet, address)) {
        (wallet.verified, wallet.challenge) = (true, None);
        id = wallet.crypto_wallet_id.to_string();
    }
    let values = [address.text(), id, address.kind().as_str().to_owned()];
    let factor = factor(call, "crypto_wallet", &values.each_ref().map(String::as_str));
    session.admit(call, record, None, factor)
}

impl From<SiweParams> for SiweBody {
    fn from(siwe: SiweParams) -> Self {
        Self {
            chain_id: siwe.chain_id.unwrap_or_default(),
            domain: siwe.domain,
            issued_at: siwe.issued_at.map(Time),
            message_request_id: siwe.message_request_id,
            resources: siwe.resources,
            // it stands in the vendor's schema, and is that of the answer
            status_code: 200,
            uri: siwe.uri,
        }
    }
}

//! What proving a TOTP has in common, by a code of the app or by a recovery code.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::login::{Admitted, LoginAnswer, LoginSession, check_lock, fail};
use super::proven_factor::factor;
use super::{sandbox, sandbox_totps, user_lookup};
use crate::api::serving::call::Call;
use crate::domain::factor::Factor;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::totp::{self, TotpRefusal};
use crate::domain::user::{Totp, UserRecord};

/// What a request proves a TOTP with.
#[derive(Debug, Clone, Copy)]
pub enum TotpProof<'a> {
    /// `totp_code`
    Code(&'a str),
    /// `recovery_code`
    RecoveryCode(&'a str),
}

/// What both operations can refuse, beside the errors of sessions.
pub const TOTP_LOGIN_ERRORS: &[ErrorType] = &[ErrorType::UserNotFound, ErrorType::TotpsNotFoundForUser, ErrorType::ExpiredTotp];

/// The answer of both operations.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TotpLoginAnswer {
    #[serde(flatten)]
    login: LoginAnswer,
    totp_id: String,
}

/// The user that a request names. One of no form at all is not found (captured for the empty string).
///
/// # Errors
/// As [`user_lookup::user`].
pub fn owner(call: &Call<'_>, user_id: &str) -> Result<Arc<UserRecord>, Refusal> {
    user_lookup::user(call, &user_lookup::handle(user_id, ErrorType::UserNotFound)?)
}

/// The TOTP of a user that counts: one that a code has been accepted of, if there is one.
///
/// # Errors
/// `totps_not_found_for_user`.
fn totp_of(record: &mut UserRecord) -> Result<&mut Totp, Refusal> {
    let id = record.user.id;
    let place = record.user.totps.iter().position(|totp| totp.verified).unwrap_or_default();
    let none = || Refusal::new(ErrorType::TotpsNotFoundForUser, format!("user {id} has no TOTP"));
    record.user.totps.get_mut(place).ok_or_else(none)
}

/// Lets a user in who proves their TOTP. A wrong code or recovery code counts as a failed attempt; one that can't be one,
/// or that was used before, does not (assumed).
///
/// # Errors
/// If the user is unknown, locked or without TOTP, the session is another's, or the proof is refused.
pub fn log_in(call: &Call<'_>, user_id: &str, session: &LoginSession, proof: TotpProof<'_>) -> Result<TotpLoginAnswer, Refusal> {
    if let Some(mut record) = sandbox_totps::user(call, user_id) {
        proof.accept_in_sandbox()?;
        let (totp_id, session) = admit(call, session, &mut record, proof)?;
        let session = session.map_session(sandbox::session);
        return Ok(TotpLoginAnswer { login: LoginAnswer::new(call, Arc::new(record), session), totp_id });
    }
    let id = owner(call, user_id)?.user.id;
    let (record, (totp_id, session)) = call.project().log_in(|turn| {
        let change = turn.change_user(&id, |record| {
            check_lock(record, call.now)?;
            session.check_owner(&record.user.id)?;
            proof.accept(totp_of(record)?, call.now)?;
            admit(call, session, record, proof)
        });
        match change {
            Err(refusal) if is_wrong_proof(&refusal) => fail(call, turn, &id, refusal),
            change => change,
        }
    })?;
    Ok(TotpLoginAnswer { login: LoginAnswer::new(call, record, session), totp_id })
}

fn is_wrong_proof(refusal: &Refusal) -> bool {
    matches!(refusal.error, ErrorType::UnableToAuthenticateTotp | ErrorType::UnableToAuthenticateRecoveryCode)
}

/// Lets a user in whose TOTP is proven.
fn admit(
    call: &Call<'_>,
    session: &LoginSession,
    record: &mut UserRecord,
    proof: TotpProof<'_>,
) -> Result<(String, Admitted), Refusal> {
    let totp_id = totp_of(record)?.totp_id.to_string();
    let session = session.admit(call, record, None, proof.factor(call, &totp_id))?;
    Ok((totp_id, session))
}

impl TotpProof<'_> {
    /// Uses the proof up.
    fn accept(self, totp: &mut Totp, now: Timestamp) -> Result<(), Refusal> {
        self.check_form()?;
        let totp_id = &totp.totp_id;
        let Some(authenticator) = &mut totp.authenticator else {
            return Err(self.wrong(format!("the seed gives {totp_id} no secret, so that nothing proves it")));
        };
        let proven = match self {
            Self::Code(code) => authenticator.authenticate(code, now),
            Self::RecoveryCode(_) if authenticator.is_expired(now) => Err(TotpRefusal::Expired),
            Self::RecoveryCode(code) => authenticator.recover(code).then_some(()).ok_or(TotpRefusal::Wrong),
        };
        proven.map_err(|refusal| match refusal {
            TotpRefusal::Malformed => Refusal::new(ErrorType::InvalidTotpCode, "totp_code is not six digits"),
            TotpRefusal::Expired => Refusal::new(ErrorType::ExpiredTotp, format!("no code of {totp_id} came in time")),
            TotpRefusal::Wrong => self.wrong(format!("{totp_id} has no such code now")),
            TotpRefusal::AlreadyUsed => {
                Refusal::new(ErrorType::TotpCodeAlreadyAuthenticated, format!("{totp_id} accepted this code, or a later one"))
            }
        })?;
        totp.verified = authenticator.is_verified();
        Ok(())
    }

    /// The same for the sandbox user, whose proofs are never used up. That others are refused is assumed.
    fn accept_in_sandbox(self) -> Result<(), Refusal> {
        self.check_form()?;
        match self {
            Self::Code(sandbox_totps::CODE) | Self::RecoveryCode(sandbox_totps::RECOVERY_CODE) => Ok(()),
            _ => Err(self.wrong("it is not the sandbox user's".to_owned())),
        }
    }

    fn wrong(self, reason: String) -> Refusal {
        let error = match self {
            Self::Code(_) => ErrorType::UnableToAuthenticateTotp,
            Self::RecoveryCode(_) => ErrorType::UnableToAuthenticateRecoveryCode,
        };
        Refusal::new(error, reason)
    }

    /// Refuses what can't be such a proof.
    fn check_form(self) -> Result<(), Refusal> {
        let (error, reason) = match self {
            Self::Code(code) if totp::is_code(code) => return Ok(()),
            Self::RecoveryCode(code) if totp::is_recovery_code(code) => return Ok(()),
            Self::Code(code) if totp::is_recovery_code(code) => {
                (ErrorType::RecoveryCodeUsedAsTotpCode, "totp_code has the form of a recovery code")
            }
            Self::Code(_) => (ErrorType::InvalidTotpCode, "totp_code is not six digits"),
            Self::RecoveryCode(code) if totp::is_code(code) => {
                (ErrorType::TotpCodeUsedAsRecoveryCode, "recovery_code has the form of a code of the app")
            }
            Self::RecoveryCode(_) => (ErrorType::InvalidRecoveryCode, "recovery_code is not of the form a1b2-c3d4-e5f6"),
        };
        Err(Refusal::new(error, reason))
    }

    fn factor(self, call: &Call<'_>, totp_id: &str) -> Factor {
        match self {
            Self::Code(_) => factor(call, "authenticator_app", &[totp_id]),
            Self::RecoveryCode(_) => {
                // the prefix is assumed
                let id = call.entropy.ids(|ids| ids.object_id("totp-recovery-code", call.project().environment()));
                factor(call, "recovery_code", &[&id.to_string()])
            }
        }
    }
}

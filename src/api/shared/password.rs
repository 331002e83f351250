//! Passwords as requests bring them: judged, hashed, and compared with a user's. All of that can take long, so nothing
//! here does it while others wait for their turn in the project.

use std::sync::Arc;

use super::login::{check_lock, fail};
use super::user_arguments::user_with_email;
use super::user_lookup::scripted;
use crate::api::serving::call::Call;
use crate::domain::id::{UserHandle, UserId};
use crate::domain::password_hash::PasswordHash;
use crate::domain::project::LoginTurn;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{Email, Password, UserRecord};

/// What [`NewPassword::choose`] can refuse.
pub const STRENGTH_ERRORS: &[ErrorType] = &[ErrorType::WeakPassword, ErrorType::BreachedPassword];

/// A password that a user may have from now on, hashed.
pub struct NewPassword(Arc<PasswordHash>);

impl NewPassword {
    /// Judges a password by the project's policy, and hashes it.
    ///
    /// # Errors
    /// `breached_password`, else `weak_password`.
    pub fn choose(call: &Call<'_>, password: &str) -> Result<Self, Refusal> {
        let strength = call.project().login_settings().password_strength.check(password, true, call.now);
        if strength.breached_password {
            return Err(Refusal::new(ErrorType::BreachedPassword, "the password is among the project's breached ones"));
        }
        if !strength.valid_password {
            let reason = match strength.luds_requirements {
                Some(luds) => format!(
                    "the password lacks {} characters and {} kinds of characters",
                    luds.missing_characters, luds.missing_complexity
                ),
                None => format!("the password has a score of {}", strength.score),
            };
            return Err(Refusal::new(ErrorType::WeakPassword, reason));
        }
        Ok(Self(Arc::new(PasswordHash::new(password, call.entropy.bytes()))))
    }

    /// Gives it to a user. A user who had one keeps its id (assumed).
    pub fn give(self, call: &Call<'_>, record: &mut UserRecord) {
        give(call, record, self.0);
    }
}

/// Gives a user a password that was hashed before.
pub fn give(call: &Call<'_>, record: &mut UserRecord, hash: Arc<PasswordHash>) {
    let known_id = record.user.password.take().map(|password| password.password_id);
    let environment = call.project().environment();
    let password_id = known_id.unwrap_or_else(|| call.entropy.ids(|ids| ids.object_id("password", environment)));
    record.user.password = Some(Password { password_id, requires_reset: false, hash: Some(hash) });
}

/// The user who has an address, and the address.
///
/// # Errors
/// `email_not_found`; what the seed scripts for the user.
pub fn owner(call: &Call<'_>, email: &str) -> Result<(Arc<UserRecord>, Email), Refusal> {
    let missing = || Refusal::new(ErrorType::EmailNotFound, "no user has this e-mail address");
    let record = user_with_email(call.project(), email).ok_or_else(missing)?;
    scripted(&record)?;
    let address = record.user.emails.iter().find(|known| known.email.eq_ignore_ascii_case(email)).cloned();
    Ok((record, address.ok_or_else(missing)?))
}

/// A password that was compared with a user's.
pub struct Comparison<'a> {
    password: &'a str,
    user_id: UserId,
    hash: Option<Arc<PasswordHash>>,
    is_right: bool,
}

/// What comparing a password with a user's can refuse.
pub const COMPARISON_ERRORS: &[ErrorType] =
    &[ErrorType::EmailNotFound, ErrorType::NoUserPassword, ErrorType::UnauthorizedCredentials, ErrorType::ResetPassword];

impl<'a> Comparison<'a> {
    /// Compares a password with that of the user who has an address.
    ///
    /// # Errors
    /// `email_not_found`, `user_lock_limit_reached`, `no_user_password`; what the seed scripts for the user.
    pub fn of(call: &Call<'_>, email: &str, password: &'a str) -> Result<Self, Refusal> {
        let (record, _) = owner(call, email)?;
        check_lock(&record, call.now)?;
        let hash = current(&record)?.hash.clone();
        let is_right = is_proved(hash.as_deref(), password);
        Ok(Self { password, user_id: record.user.id, hash, is_right })
    }

    /// Changes the user if the password was right, else counts a failed attempt. Between the comparison and the turn
    /// others may have locked the user or changed the password: that counts.
    ///
    /// # Errors
    /// `user_lock_limit_reached`, `no_user_password`, `unauthorized_credentials`, `reset_password`; what `change` refuses.
    pub fn settle<T>(
        self,
        call: &Call<'_>,
        turn: &mut LoginTurn<'_>,
        change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
    ) -> Result<(Arc<UserRecord>, T), Refusal> {
        let gone = || Refusal::new(ErrorType::EmailNotFound, format!("user {} has been deleted", self.user_id));
        let record = call.project().user(&UserHandle::Stytch(self.user_id)).ok_or_else(gone)?;
        check_lock(&record, call.now)?;
        let Password { hash, requires_reset, .. } = current(&record)?;
        let is_right = if *hash == self.hash { self.is_right } else { is_proved(hash.as_deref(), self.password) };
        if !is_right {
            let reason = format!("the password is not that of user {}", self.user_id);
            return fail(call, turn, &self.user_id, Refusal::new(ErrorType::UnauthorizedCredentials, reason));
        }
        if *requires_reset {
            let reason = format!("the password of user {} has requires_reset", self.user_id);
            return Err(Refusal::new(ErrorType::ResetPassword, reason));
        }
        if call.project().login_settings().password_strength.breached.contains(self.password) {
            let reason = format!("the password of user {} is among the project's breached ones", self.user_id);
            return Err(Refusal::new(ErrorType::ResetPassword, reason));
        }
        turn.change_user(&self.user_id, change)
    }
}

/// A password that a seed only mentions is nobody's: nothing proves it.
fn is_proved(hash: Option<&PasswordHash>, password: &str) -> bool {
    hash.is_some_and(|hash| hash.verify(password))
}

fn current(record: &UserRecord) -> Result<&Password, Refusal> {
    let none = || Refusal::new(ErrorType::NoUserPassword, format!("user {} has no password", record.user.id));
    record.user.password.as_ref().ok_or_else(none)
}

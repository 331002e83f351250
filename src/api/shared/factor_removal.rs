//! Taking one factor from whichever user has it. Which error answers an unknown id is known for two of the eight kinds.

use crate::api::serving::call::Call;
use crate::api::shared::user_answer::UserAnswer;
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{User, UserRecord};

/// What [`remove`] can refuse, beside that nobody has the factor.
pub const ERRORS: &[ErrorType] = &[ErrorType::CannotDeleteLastPrimaryFactor];

/// Takes the factor whose id the path says by the name `parameter`; `take` takes it from a user, if they have it. What is
/// not its own user's is not there for a page.
///
/// # Errors
/// `missing` if nobody has it; `cannot_delete_last_primary_factor`; what the seed scripts for its user.
pub fn remove(
    call: &Call<'_>,
    parameter: &str,
    missing: ErrorType,
    take: fn(&mut User, &str) -> Option<()>,
) -> Result<UserAnswer, Refusal> {
    let id = call.path_value(parameter).unwrap_or_default();
    let project = call.project();
    let not_found = || Refusal::new(missing, format!("no user in project {} has {id}", project.id()));
    let may_be_theirs = |record: &UserRecord| call.session_user().is_none_or(|user_id| *user_id == record.user.id);
    let has_it = |record: &UserRecord| may_be_theirs(record) && take(&mut record.user.clone(), id).is_some();
    let owner = project.first_user(has_it).ok_or_else(not_found)?;
    scripted(&owner)?;
    let (record, ()) = project.change_user(&owner.user.id, |record| {
        let had_primary = record.user.primary_factors();
        take(&mut record.user, id).ok_or_else(not_found)?;
        if had_primary > 0 && record.user.primary_factors() == 0 {
            let reason = format!("{id} is the last address, number or OAuth registration of user {}", record.user.id);
            return Err(Refusal::new(ErrorType::CannotDeleteLastPrimaryFactor, reason));
        }
        Ok(())
    })?;
    Ok(UserAnswer::new(call, record))
}

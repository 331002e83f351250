//! What requests say of a user: traits, addresses, numbers.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::serving::request::{Object, any_object};
use crate::domain::JsonObject;
use crate::domain::claims::merge_metadata;
use crate::domain::id::ExternalId;
use crate::domain::id_generator::IdGenerator;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::unused_id;
use crate::domain::user::{Email, Name, PhoneNumber, User, UserRecord};

/// What is said of a new user: name and metadata.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Profile {
    /// The parts of the name; a part that is not there stays as it is.
    name: Option<Object<NameParts>>,
    /// Metadata that only the backend writes. Merged at its top level; `null` deletes a key.
    #[schemars(schema_with = "any_object")]
    trusted_metadata: Option<Value>,
    /// Metadata that the user may write. Merged at its top level; `null` deletes a key.
    #[schemars(schema_with = "any_object")]
    untrusted_metadata: Option<Value>,
}

/// What creating and updating a user have in common beside that: external id, roles.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Traits {
    /// The customer's own id of the user.
    external_id: Option<String>,
    /// Roles beside the implicit `stytch_user`. The sessions of a user who is there have them at once. An empty list changes
    /// nothing (assumed).
    roles: Option<Vec<String>>,
}

/// The parts of a name.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct NameParts {
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
}

/// What [`Profile::apply`] can refuse.
pub const PROFILE_ERRORS: &[ErrorType] =
    &[ErrorType::MetadataInvalidFormat, ErrorType::MetadataTooLarge, ErrorType::MetadataTooManyKeys];

/// What [`Traits::apply`] can refuse, once the user is put in place.
pub const TRAIT_ERRORS: &[ErrorType] = &[ErrorType::DuplicateUserExternalId];

impl Profile {
    /// Gives a user what is there.
    ///
    /// # Errors
    /// If metadata is no object or too large.
    pub fn apply(self, user: &mut User) -> Result<(), Refusal> {
        let details = Arc::make_mut(&mut user.details);
        let Name { first_name, middle_name, last_name } = &mut details.name;
        let Object(given) = self.name.unwrap_or_default();
        let parts = [(first_name, given.first_name), (middle_name, given.middle_name), (last_name, given.last_name)];
        for (kept, given) in parts {
            if let Some(given) = given {
                *kept = given;
            }
        }
        merge("trusted_metadata", &mut details.trusted_metadata, self.trusted_metadata)?;
        merge("untrusted_metadata", &mut details.untrusted_metadata, self.untrusted_metadata)
    }
}

impl Traits {
    /// Gives a user what is there.
    ///
    /// # Errors
    /// If the external id has no valid form.
    pub fn apply(self, user: &mut User) -> Result<(), Refusal> {
        // the vendor's list of errors has none for a malformed external id
        let malformed = |error| Refusal::new(ErrorType::BadRequest, format!("external_id: {error}"));
        let external_id = self.external_id.as_deref().map(ExternalId::parse).transpose().map_err(malformed)?;
        user.external_id = external_id.or(user.external_id.take());
        // the Java SDK sends an empty list with every call
        if let Some(roles) = self.roles.filter(|roles| !roles.is_empty()) {
            let given = roles.into_iter().filter(|role| role != User::DEFAULT_ROLE);
            user.roles = std::iter::once(User::DEFAULT_ROLE.to_owned()).chain(given).collect();
        }
        Ok(())
    }

    /// Gives a user who is there what is there. What a session may do goes by the roles that its user has by then.
    ///
    /// # Errors
    /// As [`Traits::apply`].
    pub fn apply_to(self, record: &mut UserRecord) -> Result<(), Refusal> {
        let gives_roles = self.roles.as_ref().is_some_and(|roles| !roles.is_empty());
        self.apply(&mut record.user)?;
        if gives_roles {
            record.hand_on_roles();
        }
        Ok(())
    }
}

fn merge(name: &str, kept: &mut JsonObject, given: Option<Value>) -> Result<(), Refusal> {
    match given {
        None => Ok(()),
        Some(Value::Object(given)) => merge_metadata(kept, &given),
        Some(_) => Err(Refusal::new(ErrorType::MetadataInvalidFormat, format!("{name} is not an object"))),
    }
}

/// An address as far as the emulator cares: something before and something after one `@`, no white space.
///
/// # Errors
/// `invalid_email`.
pub fn check_email(email: &str) -> Result<(), Refusal> {
    let fine = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if fine && !email.contains(char::is_whitespace) && email.len() <= 254 {
        return Ok(());
    }
    Err(Refusal::new(ErrorType::InvalidEmail, "the e-mail address is not of the form name@host.tld"))
}

/// E.164: a plus, a digit that is not 0, and up to 14 more.
///
/// # Errors
/// `invalid_phone_number`.
pub fn check_phone_number(number: &str) -> Result<(), Refusal> {
    let digits = number.strip_prefix('+').unwrap_or_default();
    let fine = (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fine {
        return Ok(());
    }
    Err(Refusal::new(ErrorType::InvalidPhoneNumber, "the phone number is not of the form +12025550142"))
}

/// The user who has this address, if any; letter case does not matter.
#[must_use]
pub fn user_with_email(project: &Project, email: &str) -> Option<Arc<UserRecord>> {
    project.first_user(|record| record.user.emails.iter().any(|known| known.email.eq_ignore_ascii_case(email)))
}

/// The user who has this phone number, if any.
#[must_use]
pub fn user_with_phone_number(project: &Project, number: &str) -> Option<Arc<UserRecord>> {
    project.first_user(|record| record.user.phone_numbers.iter().any(|known| known.phone_number == number))
}

/// The refusal if somebody has this address or this number already.
#[must_use]
pub fn taken(project: &Project, email: Option<&str>, phone_number: Option<&str>) -> Option<Refusal> {
    let duplicate =
        |error, what: &str, record: Arc<UserRecord>| Refusal::new(error, format!("user {} has this {what}", record.user.id));
    let email = email.and_then(|email| user_with_email(project, email));
    if let Some(record) = email {
        return Some(duplicate(ErrorType::DuplicateEmail, "email", record));
    }
    let record = phone_number.and_then(|number| user_with_phone_number(project, number))?;
    Some(duplicate(ErrorType::DuplicatePhoneNumber, "phone number", record))
}

/// A user with nothing but an address or a number, neither of them verified yet.
#[must_use]
pub fn new_user(ids: &mut IdGenerator<'_>, project: &Project, email: Option<&str>, phone_number: Option<&str>) -> User {
    let environment = project.environment();
    let mut user = User::new(unused_id::user_id(ids, project));
    user.emails = email.map(|email| Email::unverified(ids, environment, email)).into_iter().collect();
    user.phone_numbers = phone_number.map(|number| PhoneNumber::unverified(ids, environment, number)).into_iter().collect();
    user
}

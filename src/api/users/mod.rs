//! The vendor's Users API: one file an operation, and what several of them share.

pub mod connected_apps;
pub mod create;
pub mod delete;
pub mod delete_external_id;
pub mod delete_factor;
pub mod exchange_primary_factor;
pub mod get;
pub mod search;
pub mod update;

mod filter;

use std::sync::Arc;

use crate::api::serving::call::Call;
use crate::api::serving::fields::Fields;
use crate::api::serving::response::Reply;
use crate::domain::JsonObject;
use crate::domain::claims::merge_metadata;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::id::ExternalId;
use crate::domain::project::Project;
use crate::domain::user::{Name, User, UserRecord};
use crate::wire::envelope::Payload;
use crate::wire::user::UserBody;

/// `user` and `user_id`, which most answers have.
fn user_payload(call: &Call<'_>, record: &UserRecord) -> Payload {
    Payload::default().with(call.wire, "user", &UserBody::new(&record.user)).with(call.wire, "user_id", &record.user.id)
}

fn user_reply(call: &Call<'_>, record: &UserRecord) -> Reply {
    Reply::ok(user_payload(call, record))
}

/// What creating and updating a user have in common: name, metadata, external id, roles.
struct Traits {
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    trusted_metadata: Option<JsonObject>,
    untrusted_metadata: Option<JsonObject>,
    external_id: Option<ExternalId>,
    roles: Option<Vec<String>>,
}

impl Traits {
    fn read(fields: Fields<'_>) -> Result<Self, Refusal> {
        let nothing = JsonObject::new();
        let name = Fields::of(fields.object("name")?.unwrap_or(&nothing));
        let part = |key: &'static str| name.text(key).map(|text| text.map(str::to_owned));
        let metadata = |key: &'static str| match fields.get(key) {
            None => Ok(None),
            Some(value) => match value.as_object() {
                Some(object) => Ok(Some(object.clone())),
                None => Err(Refusal::new(ErrorType::MetadataInvalidFormat, format!("{key} is not an object"))),
            },
        };
        // the vendor's list of errors has none for a malformed external id
        let malformed = |error| Refusal::new(ErrorType::BadRequest, format!("external_id: {error}"));
        Ok(Self {
            first_name: part("first_name")?,
            middle_name: part("middle_name")?,
            last_name: part("last_name")?,
            trusted_metadata: metadata("trusted_metadata")?,
            untrusted_metadata: metadata("untrusted_metadata")?,
            external_id: fields.text("external_id")?.map(ExternalId::parse).transpose().map_err(malformed)?,
            roles: fields.texts("roles")?,
        })
    }

    fn apply(self, user: &mut User) -> Result<(), Refusal> {
        user.external_id = self.external_id.or(user.external_id.take());
        let details = Arc::make_mut(&mut user.details);
        let Name { first_name, middle_name, last_name } = &mut details.name;
        for (kept, given) in [(first_name, self.first_name), (middle_name, self.middle_name), (last_name, self.last_name)] {
            if let Some(given) = given {
                *kept = given;
            }
        }
        let metadata =
            [(&mut details.trusted_metadata, self.trusted_metadata), (&mut details.untrusted_metadata, self.untrusted_metadata)];
        for (kept, given) in metadata {
            if let Some(given) = given {
                merge_metadata(kept, &given)?;
            }
        }
        // assumed: an empty list is none, since the Java SDK sends one with every call; and roles are given beside the
        // implicit one
        if let Some(roles) = self.roles.filter(|roles| !roles.is_empty()) {
            let given = roles.into_iter().filter(|role| role != User::DEFAULT_ROLE);
            user.roles = std::iter::once(User::DEFAULT_ROLE.to_owned()).chain(given).collect();
        }
        Ok(())
    }
}

/// An address as far as the emulator cares: something before and something after one `@`, no white space.
fn check_email(email: &str) -> Result<(), Refusal> {
    let fine = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if fine && !email.contains(char::is_whitespace) && email.len() <= 254 {
        return Ok(());
    }
    Err(Refusal::new(ErrorType::InvalidEmail, "the e-mail address is not of the form name@host.tld"))
}

/// E.164: a plus, a digit that is not 0, and up to 14 more.
fn check_phone_number(number: &str) -> Result<(), Refusal> {
    let digits = number.strip_prefix('+').unwrap_or_default();
    let fine = (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fine {
        return Ok(());
    }
    Err(Refusal::new(ErrorType::InvalidPhoneNumber, "the phone number is not of the form +12025550142"))
}

/// The user who has this address, if any; letter case does not matter.
fn user_with_email(project: &Project, email: &str) -> Option<Arc<UserRecord>> {
    project.first_user(|record| record.user.emails.iter().any(|known| known.email.eq_ignore_ascii_case(email)))
}

/// The user who has this phone number, if any.
fn user_with_phone_number(project: &Project, number: &str) -> Option<Arc<UserRecord>> {
    project.first_user(|record| record.user.phone_numbers.iter().any(|known| known.phone_number == number))
}

/// Objects if somebody has this address or this number already.
fn taken(project: &Project, email: Option<&str>, phone_number: Option<&str>) -> Option<Refusal> {
    let duplicate =
        |error, what: &str, record: Arc<UserRecord>| Refusal::new(error, format!("user {} has this {what}", record.user.id));
    let email = email.and_then(|email| user_with_email(project, email));
    if let Some(record) = email {
        return Some(duplicate(ErrorType::DuplicateEmail, "email", record));
    }
    let record = phone_number.and_then(|number| user_with_phone_number(project, number))?;
    Some(duplicate(ErrorType::DuplicatePhoneNumber, "phone number", record))
}

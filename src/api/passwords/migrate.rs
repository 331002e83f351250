//! `POST /v1/passwords/migrate`: gives a user a password that another system has hashed, and creates the user if need
//! be. Source: the vendor's reference.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, Object, WholeNumber, non_empty};
use crate::api::shared::password::give;
use crate::api::shared::user_arguments::{
    PROFILE_ERRORS, Profile, TRAIT_ERRORS, Traits, check_email, check_phone_number, new_user, taken, user_with_email,
    user_with_phone_number,
};
use crate::api::shared::user_lookup::scripted;
use crate::domain::password_hash::{
    Argon2Config, HashConfig, HashType, PasswordHash, Pbkdf2Config, Salts, ScryptConfig, WrittenHash,
};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{PhoneNumber, User, UserRecord};
use crate::wire::objects::UserObject;

/// Migrate a password.
pub struct Migrate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user's address. Who has it gets the password; if nobody has, a user is created.
    email: String,
    /// The hash, in the form that its `hash_type` has.
    hash: String,
    /// One of bcrypt, `md_5`, `argon_2i`, `argon_2id`, `sha_1`, `sha_512`, scrypt, phpass and `pbkdf_2`.
    hash_type: String,
    /// The salts around the password, for `md_5`.
    #[serde(default)]
    md_5_config: Option<Object<SaltFields>>,
    /// The parameters, for an Argon2 hash that is not encoded.
    #[serde(default)]
    argon_2_config: Option<Object<Argon2Fields>>,
    /// The salts around the password, for `sha_1`.
    #[serde(default)]
    sha_1_config: Option<Object<SaltFields>>,
    /// The salts around the password, for `sha_512`.
    #[serde(default)]
    sha_512_config: Option<Object<SaltFields>>,
    /// The parameters, for an scrypt hash that is not encoded.
    #[serde(default)]
    scrypt_config: Option<Object<ScryptFields>>,
    /// The parameters, for `pbkdf_2`.
    #[serde(default)]
    pbkdf_2_config: Option<Object<Pbkdf2Fields>>,
    /// Whether the address counts as verified from now on.
    #[serde(default)]
    set_email_verified: bool,
    /// A number of the user's, in the E.164 form.
    #[serde(default, deserialize_with = "non_empty")]
    phone_number: Option<String>,
    /// Whether the number counts as verified from now on.
    #[serde(default)]
    set_phone_number_verified: bool,
}

/// Salts around a password.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default)]
#[derive(Default)]
#[schemars(inline)]
struct SaltFields {
    prepend_salt: String,
    append_salt: String,
}

/// The parameters of Argon2.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(inline)]
struct Argon2Fields {
    salt: String,
    iteration_amount: WholeNumber,
    memory: WholeNumber,
    threads: WholeNumber,
    key_length: WholeNumber,
}

/// The parameters of scrypt.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(inline)]
struct ScryptFields {
    salt: String,
    n_parameter: WholeNumber,
    r_parameter: WholeNumber,
    p_parameter: WholeNumber,
    key_length: WholeNumber,
}

/// The parameters of PBKDF2.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(inline)]
struct Pbkdf2Fields {
    salt: String,
    iteration_amount: WholeNumber,
    key_length: WholeNumber,
    #[serde(default)]
    algorithm: Option<String>,
}

/// The user, who is new or not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    email_id: String,
    user: UserObject,
    user_created: bool,
    user_id: String,
}

impl Endpoint for Migrate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, PROFILE_ERRORS, TRAIT_ERRORS],
        remark: "what it changes of a user who is there is assumed",
        ..Description::new(
            Operation { name: "passwords.migrate", method: "POST", path: "/v1/passwords/migrate" },
            "Migrate a password",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, (Body<Profile>, Body<Traits>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), (Body(profile), Body(traits))): Self::Request) -> Result<Answer, Refusal> {
        check_email(&fields.email)?;
        fields.phone_number.as_deref().map(check_phone_number).transpose()?;
        let hash = Arc::new(fields.hash()?);
        let (project, email) = (call.project(), fields.email.as_str());
        let (record, user_created) = project.log_in(|turn| {
            if let Some(record) = user_with_email(project, email) {
                scripted(&record)?;
                if record.user.password.is_some() {
                    let reason = format!("user {} has a password", record.user.id);
                    return Err(Refusal::new(ErrorType::PasswordAlreadyExists, reason));
                }
                let change = |record: &mut UserRecord| fields.change(call, (profile, traits), hash, record);
                return Ok((turn.change_user(&record.user.id, change)?.0, false));
            }
            let user = call.entropy.ids(|ids| new_user(ids, project, Some(email), None));
            let mut record = UserRecord::new(user);
            record.user.created_at = Some(call.now.whole_seconds());
            fields.change(call, (profile, traits), hash, &mut record)?;
            Ok((turn.add_user(record)?, true))
        })?;
        let address = record.user.emails.iter().find(|known| known.email.eq_ignore_ascii_case(email));
        Ok(Answer {
            email_id: address.map(|address| address.email_id.to_string()).unwrap_or_default(),
            user_created,
            user_id: record.user.id.to_string(),
            user: UserObject { record, now: call.now },
        })
    }
}

impl Fields {
    /// The hash that the request brings; parameters of other kinds of hashes are not looked at.
    fn hash(&self) -> Result<PasswordHash, Refusal> {
        let unknown = || Refusal::new(ErrorType::InvalidHashType, "hash_type is none of the nine");
        let hash_type = HashType::parse(&self.hash_type).ok_or_else(unknown)?;
        let salts = |config: &Option<Object<SaltFields>>| {
            let Object(SaltFields { prepend_salt, append_salt }) = config.as_ref()?;
            Some(HashConfig::Salts(Salts { prepend_salt: prepend_salt.clone(), append_salt: append_salt.clone() }))
        };
        let config = match hash_type {
            HashType::Bcrypt | HashType::Phpass => None,
            HashType::Md5 => salts(&self.md_5_config),
            HashType::Sha1 => salts(&self.sha_1_config),
            HashType::Sha512 => salts(&self.sha_512_config),
            HashType::Argon2i | HashType::Argon2id => self.argon_2_config.as_ref().map(|Object(fields)| {
                HashConfig::Argon2(Argon2Config {
                    salt: fields.salt.clone(),
                    iteration_amount: fields.iteration_amount.0,
                    memory: fields.memory.0,
                    threads: fields.threads.0,
                    key_length: fields.key_length.0,
                })
            }),
            HashType::Scrypt => self.scrypt_config.as_ref().map(|Object(fields)| {
                HashConfig::Scrypt(ScryptConfig {
                    salt: fields.salt.clone(),
                    n_parameter: fields.n_parameter.0,
                    r_parameter: fields.r_parameter.0,
                    p_parameter: fields.p_parameter.0,
                    key_length: fields.key_length.0,
                })
            }),
            HashType::Pbkdf2 => self.pbkdf_2_config.as_ref().map(|Object(fields)| {
                HashConfig::Pbkdf2(Pbkdf2Config {
                    salt: fields.salt.clone(),
                    iteration_amount: fields.iteration_amount.0,
                    key_length: fields.key_length.0,
                    algorithm: fields.algorithm.clone(),
                })
            }),
        };
        PasswordHash::parse(&WrittenHash { hash_type, hash: self.hash.clone(), config })
            .map_err(|invalid| Refusal::new(invalid.error, invalid.reason))
    }

    /// Gives a user what the request says of them.
    fn change(
        &self,
        call: &Call<'_>,
        (profile, traits): (Profile, Traits),
        hash: Arc<PasswordHash>,
        record: &mut UserRecord,
    ) -> Result<(), Refusal> {
        profile.apply(&mut record.user)?;
        traits.apply_to(record)?;
        if self.set_email_verified {
            let addresses = record.user.emails.iter_mut();
            for address in addresses.filter(|address| address.email.eq_ignore_ascii_case(&self.email)) {
                address.verified = true;
            }
        }
        if let Some(number) = &self.phone_number {
            self.give_phone_number(call, number, &mut record.user)?;
        }
        give(call, record, hash);
        Ok(())
    }

    fn give_phone_number(&self, call: &Call<'_>, number: &str, user: &mut User) -> Result<(), Refusal> {
        let project = call.project();
        let holder = user_with_phone_number(project, number).map(|holder| holder.user.id);
        if holder.is_some_and(|holder| holder != user.id) {
            return taken(project, None, Some(number)).map_or(Ok(()), Err);
        }
        if holder.is_none() {
            let environment = project.environment();
            let phone = call.entropy.ids(|ids| PhoneNumber::unverified(ids, environment, number));
            user.phone_numbers.push(phone);
        }
        if self.set_phone_number_verified {
            let numbers = user.phone_numbers.iter_mut();
            numbers.filter(|known| known.phone_number == number).for_each(|known| known.verified = true);
        }
        Ok(())
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidEmail,
    ErrorType::InvalidPhoneNumber,
    ErrorType::InvalidHashType,
    ErrorType::InvalidHash,
    ErrorType::InvalidBcryptHash,
    ErrorType::InvalidBcryptCost,
    ErrorType::InvalidMd5Hash,
    ErrorType::InvalidSha1Hash,
    ErrorType::InvalidSha512Hash,
    ErrorType::InvalidPhpassHashPrefix,
    ErrorType::InvalidPhpassHashFormat,
    ErrorType::InvalidArgon2Salt,
    ErrorType::InvalidArgon2IterationAmount,
    ErrorType::InvalidArgon2Memory,
    ErrorType::InvalidArgon2Threads,
    ErrorType::InvalidArgon2KeyLength,
    ErrorType::InvalidBase64ScryptHash,
    ErrorType::InvalidBase64ScryptSalt,
    ErrorType::InvalidScryptSaltLength,
    ErrorType::InvalidScryptNParameter,
    ErrorType::InvalidScryptParameters,
    ErrorType::InvalidPbkdf2Hash,
    ErrorType::InvalidPbkdf2Salt,
    ErrorType::InvalidPbkdf2IterationAmount,
    ErrorType::InvalidPbkdf2Algorithm,
    ErrorType::Argon2KeyLengthMismatch,
    ErrorType::ScryptKeyLengthMismatch,
    ErrorType::Pbkdf2KeyLengthMismatch,
    ErrorType::PasswordAlreadyExists,
    ErrorType::DuplicatePhoneNumber,
];

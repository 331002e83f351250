//! The filters of a user search. Source: the names of an official SDK's types; what each error says is assumed.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::serving::request::Object;
use crate::domain::id::{ExternalId, UserHandle};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::User;

/// A fuzzy filter needs this many characters (assumed).
const MIN_FUZZY: usize = 3;

/// What users have to be like, as a request says it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
pub struct Query {
    /// `AND` or `OR`; `AND` without it.
    operator: Option<String>,
    /// Filters, each with its value; without any, every user fits.
    operands: Option<Vec<Object<Operand>>>,
}

/// A filter and its value.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct Operand {
    /// The filter, such as `email_address` or `full_name_fuzzy`.
    filter_name: Option<String>,
    /// What the filter compares with; its type depends on the filter.
    filter_value: Value,
}

/// What reading a query can refuse.
pub const ERRORS: &[ErrorType] = &[
    ErrorType::UserSearchInvalidOperator,
    ErrorType::UserSearchMissingFilterName,
    ErrorType::UserSearchMissingFilterValue,
    ErrorType::UserSearchFilterNameNotRecognized,
    ErrorType::UserSearchExpectedString,
    ErrorType::UserSearchExpectedArrayOfString,
    ErrorType::UserSearchExpectedBool,
    ErrorType::UserSearchExpectedObject,
    ErrorType::UserSearchExpectedTimestamp,
    ErrorType::UserSearchNameFuzzyTooShort,
    ErrorType::UserSearchEmailFuzzyTooShort,
    ErrorType::UserSearchPhoneFuzzyTooShort,
    ErrorType::UserSearchCannotMixUserIds,
];

/// What users have to be like.
pub struct Filters {
    any: bool,
    filters: Vec<Filter>,
}

/// One operand: whether a user fits it.
type Filter = Box<dyn Fn(&User) -> bool>;

impl Filters {
    /// Reads a query.
    ///
    /// # Errors
    /// One of [`ERRORS`].
    pub fn read(query: Query) -> Result<Self, Refusal> {
        let any = match query.operator.as_deref() {
            None | Some("AND" | "") => false,
            Some("OR") => true,
            Some(other) => return Err(Refusal::new(ErrorType::UserSearchInvalidOperator, format!("the operator is {other}"))),
        };
        let filters = query.operands.unwrap_or_default().iter().map(|operand| operand.0.filter()).collect::<Result<_, _>>()?;
        Ok(Self { any, filters })
    }

    /// Whether a user fits.
    #[must_use]
    pub fn match_user(&self, user: &User) -> bool {
        if self.any && !self.filters.is_empty() {
            self.filters.iter().any(|filter| filter(user))
        } else {
            self.filters.iter().all(|filter| filter(user))
        }
    }
}

impl Operand {
    fn name(&self) -> &str {
        self.filter_name.as_deref().unwrap_or_default()
    }

    /// The filter that it names, with its value.
    fn filter(&self) -> Result<Filter, Refusal> {
        let missing = |error, what: &str| Err(Refusal::new(error, format!("an operand has no {what}")));
        let Some(name) = &self.filter_name else { return missing(ErrorType::UserSearchMissingFilterName, "filter_name") };
        if self.filter_value.is_null() {
            return missing(ErrorType::UserSearchMissingFilterValue, "filter_value");
        }
        match name.as_str() {
            "created_at_greater_than" => {
                let than = self.timestamp(&self.filter_value)?;
                Ok(Box::new(move |user| user.created_at.is_some_and(|at| at > than)))
            }
            "created_at_less_than" => {
                let than = self.timestamp(&self.filter_value)?;
                Ok(Box::new(move |user| user.created_at.is_some_and(|at| at < than)))
            }
            "created_at_between" => {
                let range = self
                    .filter_value
                    .as_object()
                    .ok_or_else(|| self.expected(ErrorType::UserSearchExpectedObject, "an object"))?;
                let end = |key: &str| self.timestamp(range.get(key).unwrap_or(&Value::Null));
                let (from, to) = (end("greater_than")?, end("less_than")?);
                Ok(Box::new(move |user| user.created_at.is_some_and(|at| from < at && at < to)))
            }
            "user_id" => self.user_ids(),
            "full_name_fuzzy" => {
                let part = self.fuzzy(ErrorType::UserSearchNameFuzzyTooShort)?;
                Ok(Box::new(move |user| full_name(user).contains(&part)))
            }
            "status" => {
                let wanted = self.text()?;
                Ok(Box::new(move |user| user.status.as_str() == wanted))
            }
            "email_address" => self.among(|user| user.emails.iter().map(|email| email.email.to_lowercase()).collect()),
            "email_id" => self.among(|user| user.emails.iter().map(|email| email.email_id.to_string()).collect()),
            "email_verified" => self.any_is(|user| user.emails.iter().map(|email| email.verified).collect()),
            "email_address_fuzzy" => {
                let part = self.fuzzy(ErrorType::UserSearchEmailFuzzyTooShort)?;
                Ok(Box::new(move |user| user.emails.iter().any(|email| email.email.to_lowercase().contains(&part))))
            }
            "phone_number" => self.among(|user| user.phone_numbers.iter().map(|phone| phone.phone_number.clone()).collect()),
            "phone_id" => self.among(|user| user.phone_numbers.iter().map(|phone| phone.phone_id.to_string()).collect()),
            "phone_verified" => self.any_is(|user| user.phone_numbers.iter().map(|phone| phone.verified).collect()),
            "phone_number_fuzzy" => {
                let part = self.fuzzy(ErrorType::UserSearchPhoneFuzzyTooShort)?;
                Ok(Box::new(move |user| user.phone_numbers.iter().any(|phone| phone.phone_number.contains(&part))))
            }
            "oauth_provider" => self.among(|user| user.providers.iter().map(|each| each.provider_type.to_lowercase()).collect()),
            "webauthn_registration_id" => self
                .among(|user| user.webauthn_registrations.iter().map(|each| each.webauthn_registration_id.to_string()).collect()),
            "webauthn_registration_verified" => {
                self.any_is(|user| user.webauthn_registrations.iter().map(|each| each.verified).collect())
            }
            "biometric_registration_id" => self.among(|user| {
                user.biometric_registrations.iter().map(|each| each.biometric_registration_id.to_string()).collect()
            }),
            "biometric_registration_verified" => {
                self.any_is(|user| user.biometric_registrations.iter().map(|each| each.verified).collect())
            }
            "totp_id" => self.among(|user| user.totps.iter().map(|totp| totp.totp_id.to_string()).collect()),
            "totp_verified" => self.any_is(|user| user.totps.iter().map(|totp| totp.verified).collect()),
            "crypto_wallet_id" => {
                self.among(|user| user.crypto_wallets.iter().map(|each| each.crypto_wallet_id.to_string()).collect())
            }
            "crypto_wallet_address" => {
                self.among(|user| user.crypto_wallets.iter().map(|each| each.crypto_wallet_address.to_lowercase()).collect())
            }
            "crypto_wallet_verified" => self.any_is(|user| user.crypto_wallets.iter().map(|each| each.verified).collect()),
            "password_exists" => self.any_is(|user| vec![user.password.is_some()]),
            other => Err(Refusal::new(ErrorType::UserSearchFilterNameNotRecognized, format!("there is no filter {other}"))),
        }
    }

    fn expected(&self, error: ErrorType, what: &str) -> Refusal {
        Refusal::new(error, format!("the filter_value of {} is not {what}", self.name()))
    }

    fn text(&self) -> Result<String, Refusal> {
        let text = self.filter_value.as_str().map(str::to_owned);
        text.ok_or_else(|| self.expected(ErrorType::UserSearchExpectedString, "a string"))
    }

    fn fuzzy(&self, too_short: ErrorType) -> Result<String, Refusal> {
        let text = self.text()?.to_lowercase();
        if text.chars().count() < MIN_FUZZY {
            return Err(Refusal::new(
                too_short,
                format!("the filter_value of {} has fewer than {MIN_FUZZY} characters", self.name()),
            ));
        }
        Ok(text)
    }

    fn timestamp(&self, value: &Value) -> Result<Timestamp, Refusal> {
        let at = value.as_str().and_then(|text| Timestamp::parse(text).ok());
        at.ok_or_else(|| self.expected(ErrorType::UserSearchExpectedTimestamp, "an RFC 3339 time"))
    }

    fn texts(&self) -> Result<Vec<String>, Refusal> {
        let read = |list: &Vec<Value>| list.iter().map(|each| each.as_str().map(str::to_owned)).collect();
        let texts: Option<Vec<String>> = self.filter_value.as_array().and_then(read);
        texts.ok_or_else(|| self.expected(ErrorType::UserSearchExpectedArrayOfString, "a list of strings"))
    }

    /// One of the user's values is among those asked for; letter case matters only in ids and numbers, which have none.
    fn among(&self, values: fn(&User) -> Vec<String>) -> Result<Filter, Refusal> {
        let wanted: Vec<String> = self.texts()?.iter().map(|text| text.to_lowercase()).collect();
        Ok(Box::new(move |user| values(user).iter().any(|value| wanted.contains(&value.to_lowercase()))))
    }

    /// One of the user's flags is as asked for.
    fn any_is(&self, flags: fn(&User) -> Vec<bool>) -> Result<Filter, Refusal> {
        let wanted =
            self.filter_value.as_bool().ok_or_else(|| self.expected(ErrorType::UserSearchExpectedBool, "true or false"))?;
        Ok(Box::new(move |user| flags(user).contains(&wanted)))
    }

    /// The user is one of those asked for, all of them named by Stytch ids or all by external ids.
    fn user_ids(&self) -> Result<Filter, Refusal> {
        let wanted = self.texts()?;
        let handles: Vec<UserHandle<'_>> = wanted.iter().filter_map(|text| UserHandle::parse(text).ok()).collect();
        let external = handles.iter().filter(|handle| matches!(handle, UserHandle::External(_))).count();
        if external > 0 && external < handles.len() {
            let reason = "the filter_value of user_id has ids of both kinds";
            return Err(Refusal::new(ErrorType::UserSearchCannotMixUserIds, reason));
        }
        let wanted: Vec<String> = handles.iter().map(ToString::to_string).collect();
        Ok(Box::new(move |user| {
            let (id, external_id) = (user.id.to_string(), user.external_id.as_ref().map(ExternalId::as_str));
            wanted.iter().any(|wanted| id == *wanted || external_id == Some(wanted))
        }))
    }
}

fn full_name(user: &User) -> String {
    let name = &user.name;
    let parts = [&name.first_name, &name.middle_name, &name.last_name];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" ").to_lowercase()
}

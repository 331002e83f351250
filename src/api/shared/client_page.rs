//! A page of a list of clients, newest first (assumed, as users are).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::request::{WholeNumber, non_empty};
use crate::domain::client_list::{Client, ClientList};
use crate::domain::refusal::{ErrorType, Refusal};

/// Which page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PageArguments {
    /// How many clients a page has at most, 1 to 1000; 100 without it.
    limit: Option<WholeNumber>,
    /// The `next_cursor` of the page before.
    #[serde(deserialize_with = "non_empty")]
    cursor: Option<String>,
}

/// What else there is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct ResultsMetadata {
    next_cursor: Option<String>,
    /// How many clients were found, on all pages.
    total: usize,
}

/// How many clients a page has, if the request doesn't say.
const DEFAULT_LIMIT: i64 = 100;

/// The most clients of a page.
const MAX_LIMIT: i64 = 1_000;

impl PageArguments {
    /// The page of those that fit.
    ///
    /// # Errors
    /// `bad_request`: the vendor's list of errors has no other for a limit or a cursor.
    pub fn page<'a, T: Client>(
        &self,
        clients: &'a ClientList<T>,
        fits: impl Fn(&T) -> bool,
    ) -> Result<(Vec<&'a T>, ResultsMetadata), Refusal> {
        let limit = self.limit.map_or(DEFAULT_LIMIT, |limit| limit.0);
        let limit = usize::try_from(limit).ok().filter(|_| (1..=MAX_LIMIT).contains(&limit));
        let limit = limit.ok_or_else(|| Refusal::new(ErrorType::BadRequest, "limit is not between 1 and 1000"))?;
        let before = self.cursor.as_deref().map(read_cursor).transpose()?;
        let found: Vec<(u64, &T)> = clients.iter().rev().filter(|(_, client)| fits(client)).collect();
        let rest = || found.iter().filter(|(number, _)| before.is_none_or(|before| *number < before));
        let page: Vec<&(u64, &T)> = rest().take(limit).collect();
        let next_cursor = page.last().filter(|_| rest().nth(limit).is_some()).map(|(number, _)| write_cursor(*number));
        let metadata = ResultsMetadata { next_cursor, total: found.len() };
        Ok((page.into_iter().map(|(_, client)| *client).collect(), metadata))
    }
}

fn write_cursor(number: u64) -> String {
    URL_SAFE_NO_PAD.encode(number.to_be_bytes())
}

fn read_cursor(cursor: &str) -> Result<u64, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(u64::from_be_bytes).ok_or_else(|| Refusal::new(ErrorType::BadRequest, "no search gave out this cursor"))
}

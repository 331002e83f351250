//! `POST /v1/users/search`: users by what is known of them, newest first, a page at a time. Source: the vendor's
//! reference (filters, limits); the order is captured.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, Object, WholeNumber, non_empty};
use crate::api::shared::user_search::{self, Filters, Query};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::objects::UserObject;

/// Search users.
pub struct Search;

/// The fields of the body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// How many users a page has at most, 1 to 1000; 100 without it.
    limit: Option<WholeNumber>,
    /// The `next_cursor` of the page before.
    #[serde(deserialize_with = "non_empty")]
    cursor: Option<String>,
    /// What the users are like; without it, every user is found.
    query: Option<Object<Query>>,
}

/// A page of users.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    results: Vec<UserObject>,
    results_metadata: ResultsMetadata,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ResultsMetadata {
    next_cursor: Option<String>,
    /// How many users were found, on all pages.
    total: usize,
}

/// How many users a page has, if the request doesn't say.
const DEFAULT_LIMIT: i64 = 100;

/// The most users of a page.
const MAX_LIMIT: i64 = 1_000;

impl Endpoint for Search {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserSearchInvalidLimit, ErrorType::UserSearchInvalidCursor], user_search::ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "users.search", method: "POST", path: "/v1/users/search" },
            "Search users",
            Evidence::Captured,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let limit = fields.limit.map_or(DEFAULT_LIMIT, |limit| limit.0);
        let limit = usize::try_from(limit).ok().filter(|_| (1..=MAX_LIMIT).contains(&limit));
        let limit = limit.ok_or_else(|| Refusal::new(ErrorType::UserSearchInvalidLimit, "limit is not between 1 and 1000"))?;
        let after = fields.cursor.as_deref().map(Place::read).transpose()?;
        let filters = Filters::read(fields.query.unwrap_or_default().0)?;
        let mut found = call.project().users();
        found.retain(|record| filters.match_user(&record.user));
        found.sort_by_key(|record| std::cmp::Reverse(place(record)));
        let total = found.len();
        // the page goes on behind the place where the one before ended, whoever has come or gone since
        let start = after.map_or(0, |last| found.partition_point(|record| place(record) >= last));
        let page = &found[start..total.min(start + limit)];
        let next_cursor = page.last().filter(|_| start + page.len() < total).map(|record| place(record).write());
        let results = page.iter().map(|record| UserObject { record: Arc::clone(record), now: call.now }).collect();
        Ok(Answer { results, results_metadata: ResultsMetadata { next_cursor, total } })
    }
}

/// A user's place in the order of a search. A cursor is the place of its page's last user, who need not be there any
/// more when it is followed; opaque to clients, as the vendor's is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    seconds: i64,
    nanos: u32,
    ordinal: u64,
}

fn place(record: &UserRecord) -> Place {
    let created_at = record.user.created_at.unwrap_or(Timestamp::EPOCH).datetime();
    Place { seconds: created_at.timestamp(), nanos: created_at.timestamp_subsec_nanos(), ordinal: record.ordinal }
}

impl Place {
    fn write(self) -> String {
        let Self { seconds, nanos, ordinal } = self;
        let bytes = [&seconds.to_be_bytes()[..], &nanos.to_be_bytes(), &ordinal.to_be_bytes()].concat();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(cursor: &str) -> Result<Self, Refusal> {
        let read = |bytes: Vec<u8>| {
            let (seconds, rest) = bytes.split_first_chunk()?;
            let (nanos, rest) = rest.split_first_chunk()?;
            let ordinal = rest.try_into().ok()?;
            let (seconds, nanos) = (i64::from_be_bytes(*seconds), u32::from_be_bytes(*nanos));
            Some(Self { seconds, nanos, ordinal: u64::from_be_bytes(ordinal) })
        };
        let place = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(read);
        place.ok_or_else(|| Refusal::new(ErrorType::UserSearchInvalidCursor, "no search gave out this cursor"))
    }
}

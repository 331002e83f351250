//! `POST /v1/users/search`: users by what is known of them, newest first, a page at a time. Source: the vendor's
//! reference (filters, limits); the order is captured.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::filter::Query;
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::envelope::Payload;
use crate::wire::user::UserBody;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "users.search", method: Verb::Post, path: "/v1/users/search", access: Access::Project, handle };

/// How many users a page has, if the request doesn't say.
const DEFAULT_LIMIT: i64 = 100;

/// The most users of a page.
const MOST_LIMIT: i64 = 1_000;

#[derive(Serialize)]
struct ResultsMetadata {
    next_cursor: Option<String>,
    total: usize,
}

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = call.fields();
    let limit = fields.integer("limit")?.unwrap_or(DEFAULT_LIMIT);
    let limit = usize::try_from(limit).ok().filter(|_| (1..=MOST_LIMIT).contains(&limit));
    let limit = limit.ok_or_else(|| Refusal::new(ErrorType::UserSearchInvalidLimit, "limit is not between 1 and 1000"))?;
    let after = fields.text("cursor")?.filter(|cursor| !cursor.is_empty()).map(Place::read).transpose()?;
    let query = Query::read(fields)?;
    let mut found = call.project().users();
    found.retain(|record| query.matches(&record.user));
    found.sort_by_key(|record| std::cmp::Reverse(place(record)));
    let total = found.len();
    // the page goes on behind the place where the one before ended, whoever has come or gone since
    let start = after.map_or(0, |last| found.partition_point(|record| place(record) >= last));
    let page = &found[start..total.min(start + limit)];
    let next_cursor = page.last().filter(|_| start + page.len() < total).map(|record| place(record).write());
    let results: Vec<UserBody<'_>> = page.iter().map(|record| UserBody::new(&record.user)).collect();
    let payload = Payload::default().with(call.wire, "results", &results).with(
        call.wire,
        "results_metadata",
        &ResultsMetadata { next_cursor, total },
    );
    Ok(Reply::ok(payload))
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

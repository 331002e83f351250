//! `POST /v1/users/search`: users by what is known of them, newest first, a page at a time. Source: the vendor's
//! reference (filters, limits); the order is captured.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::filter::Query;
use crate::api::call::Call;
use crate::api::reply::Reply;
use crate::api::routes::{Access, Operation, Verb};
use crate::domain::catalogue::{ErrorType, Refusal};
use crate::wire::envelope::Payload;
use crate::wire::user::UserBody;

/// The endpoint's line in the routing table.
pub const OPERATION: Operation =
    Operation { name: "users.search", method: Verb::Post, path: "/v1/users/search", access: Access::Project, handle };

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
    let after = fields.text("cursor")?.filter(|cursor| !cursor.is_empty()).map(read_cursor).transpose()?;
    let query = Query::read(fields)?;
    let mut found = call.project().users();
    found.retain(|record| query.matches(&record.user));
    found.sort_by_key(|record| std::cmp::Reverse((record.user.created_at, record.ordinal)));
    let total = found.len();
    let start = match after {
        // the page goes on behind the last user of the one before, wherever that one is now
        Some(ordinal) => found.iter().position(|record| record.ordinal == ordinal).map_or(total, |place| place + 1),
        None => 0,
    };
    let page = &found[start..total.min(start + limit)];
    let next_cursor = page.last().filter(|_| start + page.len() < total).map(|record| write_cursor(record.ordinal));
    let results: Vec<UserBody<'_>> = page.iter().map(|record| UserBody::new(&record.user)).collect();
    let payload = Payload::default().with(call.wire, "results", &results).with(
        call.wire,
        "results_metadata",
        &ResultsMetadata { next_cursor, total },
    );
    Ok(Reply::ok(payload))
}

/// A cursor names the last user of its page. Opaque to clients, as the vendor's is.
fn write_cursor(ordinal: u64) -> String {
    URL_SAFE_NO_PAD.encode(ordinal.to_be_bytes())
}

fn read_cursor(cursor: &str) -> Result<u64, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    bytes
        .map(u64::from_be_bytes)
        .ok_or_else(|| Refusal::new(ErrorType::UserSearchInvalidCursor, "no search gave out this cursor"))
}

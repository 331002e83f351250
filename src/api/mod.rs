//! The emulated HTTP surface. Every request takes one way, top to bottom: route, credentials, faults, bucket, body,
//! operation; every answer leaves through one door, [`reply`].

pub mod authenticate_session;
pub mod body;
pub mod call;
pub mod credentials;
mod exchange;
pub mod fields;
pub mod get_jwks;
pub mod get_sessions;
pub mod lookup;
pub mod query;
mod record;
pub mod reply;
pub mod revoke_session;
pub mod routes;
pub mod session_from_grant;
pub mod session_proof;
mod strike;
pub mod users;
pub mod whoami;

use axum::extract::Request;
use axum::response::Response;

use crate::app::App;
use exchange::Exchange;
pub use strike::Disconnect;

/// Answers a request to the emulated API.
pub async fn serve(app: &App, request: Request) -> Response {
    Exchange::begin(app, request).run().await
}

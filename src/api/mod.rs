//! The emulated HTTP surface: one folder per resource of the vendor's, one file per operation, and [`serving`], which
//! carries a request to its operation and the answer back.

pub mod debug;
pub mod routes;
pub mod serving;
pub mod sessions;
pub mod users;

use axum::extract::Request;
use axum::response::Response;

use crate::app::App;
pub use serving::fault_injection::Disconnect;
use serving::pipeline::Exchange;

/// Answers a request to the emulated API.
pub async fn serve(app: &App, request: Request) -> Response {
    Exchange::begin(app, request).run().await
}

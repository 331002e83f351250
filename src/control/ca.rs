//! `GET /__mock/ca.pem`: the certificate that clients of the TLS port have to trust.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::ControlError;
use crate::app::App;

/// The authority's certificate, as PEM. Its key never leaves the process but for `--ca-dir`.
pub async fn get(State(app): State<Arc<App>>) -> Result<impl IntoResponse, ControlError> {
    let pem = app.ca_pem().ok_or_else(|| {
        ControlError::new(StatusCode::NOT_FOUND, "there is no authority: TLS is off, or --tls-cert brought its own")
    })?;
    Ok(([(CONTENT_TYPE, "application/x-pem-file")], pem.to_owned()))
}

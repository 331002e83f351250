//! `GET /__mock/ca.pem`: the certificate that clients of the TLS port have to trust.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::error::{ControlError, Refusal};
use super::route::{Answers, Description, Entry, Example, text_response};
use crate::app::App;
use crate::wire::openapi::Document;

const PEM: &str = "application/x-pem-file";

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "GET",
            path: "/ca.pem",
            id: "control.ca",
            summary: "The certificate that clients of the TLS port have to trust, as PEM. Without TLS there is none.",
            refusals: &[Refusal::NotFound],
            example: Example {
                status: 404,
                answer: r#"{"error": "there is no authority: TLS is off, or --tls-cert brought its own"}"#,
                ..Example::default()
            },
        },
        get,
    )]
}

/// The authority's certificate. Its key never leaves the process but for `--ca-dir`.
struct Pem(String);

impl IntoResponse for Pem {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, PEM)], self.0).into_response()
    }
}

impl Answers for Pem {
    fn describe(_: &mut Document) -> (StatusCode, Value) {
        (StatusCode::OK, text_response("The authority's certificate.", PEM))
    }
}

async fn get(State(app): State<Arc<App>>) -> Result<Pem, ControlError> {
    let none = "there is no authority: TLS is off, or --tls-cert brought its own";
    app.ca_pem().map(|pem| Pem(pem.to_owned())).ok_or_else(|| ControlError::new(Refusal::NotFound, none))
}

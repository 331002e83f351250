//! The OpenAPI document of both planes.

use serde_json::Value;

use crate::{api, control};

/// The OpenAPI document, made from the types that operations and control routes read and answer.
///
/// The emulator serves a copy of it, which the project keeps beside its sources: so the program need not carry the schemas
/// of all types.
#[must_use]
pub fn openapi() -> Value {
    control::document(api::openapi::describe)
}

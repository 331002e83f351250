//! `GET /__mock/openapi.json`: both planes, described. The routes and their answers stand in `openapi.json` beside this
//! file; what the seed's entries look like is said by the entries themselves.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::wire::openapi::Document;
use crate::wire::seed::value::SeedValue;
use crate::wire::seed::{FaultEntry, ProjectEntry, SeedFile, SessionEntry, UserEntry};

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// The description.
pub async fn get() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.as_str())
}

fn document() -> Value {
    let mut document: Value = serde_json::from_str(include_str!("openapi.json")).expect("the description is JSON");
    let mut vendor = Document::default();
    crate::api::openapi::describe(&mut vendor);
    let vendor = vendor.finish("", "");
    document["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    for pointer in ["/paths", "/components/schemas", "/components/securitySchemes"] {
        let more = vendor.pointer(pointer).and_then(Value::as_object).cloned().unwrap_or_default();
        document.pointer_mut(pointer).and_then(Value::as_object_mut).expect("there").extend(more);
    }
    let schemas = &mut document["components"]["schemas"];
    for (name, schema) in [
        ("Seed", SeedFile::schema()),
        ("Project", ProjectEntry::schema()),
        ("SeedUser", UserEntry::schema()),
        ("SeedSession", SessionEntry::schema()),
        ("Fault", FaultEntry::schema()),
    ] {
        schemas[name] = schema;
    }
    // a fault at work is the fault that was given, and its counts
    let given = schemas["Fault"]["properties"].clone();
    if let (Some(given), Some(at_work)) = (given.as_object(), schemas["FaultAtWork"]["properties"].as_object_mut()) {
        at_work.extend(given.clone());
    }
    document
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{PREFIX, routes};
    use super::*;
    use crate::api::operations;

    #[test]
    fn the_document_has_the_operations_that_are_served_and_no_other() {
        let document = document();
        let paths = document["paths"].as_object().unwrap();
        let mut described = BTreeSet::new();
        for (path, methods) in paths.iter().filter(|(path, _)| !path.starts_with(PREFIX)) {
            for (method, operation) in methods.as_object().unwrap() {
                described.insert((operation["operationId"].as_str().unwrap(), method.to_uppercase(), path.as_str()));
            }
        }
        let operations = operations::names();
        assert_eq!(described, operations.iter().map(|each| (each.name, each.method.to_owned(), each.path)).collect());
    }

    #[test]
    fn the_document_has_the_control_routes_and_no_other() {
        let document = document();
        let described = document["paths"].as_object().unwrap().keys().filter_map(|path| path.strip_prefix(PREFIX));
        let served = routes();
        assert_eq!(described.collect::<BTreeSet<_>>(), served.iter().map(|(path, _)| *path).collect());
    }
}

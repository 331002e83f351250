//! The documents that come from the operations' own descriptions, as the emulator serves them: the table of the README,
//! and `docs/supported.md`. `UPDATE_DOCS=1 cargo test --test it supported` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

const BEGIN: &str = "<!-- operations: written by a test -->\n";
const END: &str = "<!-- end of operations -->\n";

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds a document to what it should say; with `UPDATE_DOCS` it says so from now on.
pub fn assert_current(path: &str, expected: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(file(path), expected).unwrap();
    }
    let held = fs::read_to_string(file(path)).unwrap_or_default();
    assert!(held == expected, "{path} is not current: UPDATE_DOCS=1 cargo test --test it");
}

/// An operation of the emulated API, as the OpenAPI document describes it.
struct Described {
    method: String,
    path: String,
    description: Value,
}

impl Described {
    fn text(&self, key: &str) -> &str {
        self.description[key].as_str().unwrap()
    }

    /// Whether it is another way to an operation, and not one of its own.
    fn is_door(&self) -> bool {
        self.description["x-behind"].is_string()
    }

    /// The other ways to it, among all that are described.
    fn doors(&self, all: &[Self]) -> Vec<String> {
        let its = all.iter().filter(|door| door.description["x-behind"] == self.description["operationId"]);
        its.map(Self::request_line).collect()
    }

    fn request_line(&self) -> String {
        format!("`{} {}`", self.method.to_uppercase(), self.path)
    }

    /// `sessions.getJWKS (well-known)` lies in `sessions.getJWKS-well-known.json`.
    fn golden(&self) -> String {
        format!("{}.json", self.text("operationId").replace([' ', '('], "-").replace("--", "-").replace(')', ""))
    }
}

/// Every operation of the emulated API, resource by resource.
fn operations() -> Vec<Described> {
    let document = stytch_mock::openapi();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap().iter().filter(|(path, _)| !path.starts_with("/__mock")) {
        for (method, description) in methods.as_object().unwrap() {
            operations.push(Described { method: method.clone(), path: path.clone(), description: description.clone() });
        }
    }
    operations
}

/// The integration tests, by the names of their files.
fn tests() -> BTreeMap<String, String> {
    let files = fs::read_dir(file("tests/it")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// Where each error is known from, as the page of errors says.
fn evidence_of_errors() -> BTreeMap<String, String> {
    let page = fs::read_to_string(file("docs/errors.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        (cells[0].trim_matches('`').to_owned(), (*cells.last().unwrap()).to_owned())
    })
    .collect()
}

/// The tests that expect an error.
fn held_by(tests: &BTreeMap<String, String>, error: &str) -> String {
    let spellings = [format!("\"{error}\""), format!(" {error}\"")];
    let files = tests.iter().filter(|(_, text)| spellings.iter().any(|spelling| text.contains(spelling.as_str())));
    files.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn row(text: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    writeln!(text, "| {} |", cells.join(" | ")).unwrap();
}

fn type_of(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap().to_owned(),
        _ if schema["anyOf"].is_array() => type_of(&schema["anyOf"][0]),
        _ => "any".to_owned(),
    }
}

/// The parameters of an operation: those of the path and the query, then the fields of the body.
fn parameters(text: &mut String, operation: &Described) {
    let none = Map::new();
    let parameters = operation.description["parameters"].as_array().into_iter().flatten();
    let body = &operation.description["requestBody"]["content"]["application/json"]["schema"]["properties"];
    let named = parameters.map(|parameter| {
        (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap(), &parameter["schema"], &parameter["description"])
    });
    let fields =
        body.as_object().unwrap_or(&none).iter().map(|(name, schema)| (name.as_str(), "body", schema, &schema["description"]));
    let all: Vec<_> = named.chain(fields).collect();
    if all.is_empty() {
        return;
    }
    text.push_str("| Parameter | In | Type | Meaning | Evidence |\n|---|---|---|---|---|\n");
    for (name, place, schema, meaning) in all {
        let meaning = meaning.as_str().unwrap_or_else(|| panic!("{name} of {} is not described", operation.path));
        let evidence = if meaning.contains("(assumed)") { "assumed" } else { "documented" };
        row(text, &[&format!("`{name}`"), place, &type_of(schema), meaning, evidence]);
    }
    text.push('\n');
}

/// The operations that a row of the SDKs' cases names, among other words.
fn called_by_sdks() -> BTreeSet<String> {
    let files = fs::read_dir(file("tests/sdk/cases")).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.chain([file("tests/sdk/table.json")]).map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| text.split('"').map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn supported() -> String {
    let (tests, evidence) = (tests(), evidence_of_errors());
    let by_sdks = called_by_sdks();
    let mut text = String::from(
        "# What is supported\n\nEvery operation that the emulator serves: its parameters, its errors, where each is known from, and the tests that\n\
        hold it. Written by a test from the operations' own descriptions; `UPDATE_DOCS=1 cargo test --test it supported`\n\
        writes it anew.\n\n\
        *Captured* means seen on the real wire. *Documented* means said by the vendor or by an official SDK. *Assumed*\n\
        means a guess of this project. [errors.md](errors.md) has the errors' messages. `bad_request` answers what is not\n\
        of its type.\n\n\
        *From a page* names the paths by which the SDK for browsers calls the operation, with a public token in the place of\n\
        a secret. The answer then stands in `data`. The session says who the user is: `user_id`, `session_token`,\n\
        `session_jwt`, `session_id`, `session_custom_claims`, `attributes`, `external_id` and `roles` of a page are left\n\
        out, and `trusted_metadata` is refused. Without the session that a path needs, `user_unauthenticated` answers, and\n\
        with one that is over `session_not_found`.\n",
    );
    let all = operations();
    for operation in all.iter().filter(|operation| !operation.is_door()) {
        let name = operation.text("operationId");
        let by_sdks = if by_sdks.contains(name) { " The official SDKs call it in `tests/sdk`." } else { "" };
        write!(
            text,
            "\n## {}\n\n{}, `{name}` in the SDKs. Evidence: {}.\nWhole answers: `tests/goldens/*/operations/{}`.{by_sdks}\n\n",
            operation.text("summary"),
            operation.request_line(),
            operation.text("x-evidence"),
            operation.golden(),
        )
        .unwrap();
        let doors = operation.doors(&all);
        if !doors.is_empty() {
            write!(text, "From a page: {}.\n\n", doors.join(", ")).unwrap();
        }
        parameters(&mut text, operation);
        text.push_str("| Error | Status | Evidence | Tests in `tests/it` |\n|---|---|---|---|\n");
        for (status, response) in operation.description["responses"].as_object().unwrap() {
            let schema = &response["content"]["application/json"]["schema"];
            let of_oauth = schema.get("x-error-types");
            let types = of_oauth.unwrap_or(&schema["properties"]["error_type"]["enum"]);
            for error in types.as_array().into_iter().flatten().map(|error| error.as_str().unwrap()) {
                let held_by = held_by(&tests, error);
                assert!(!held_by.is_empty(), "no test expects {error}");
                row(&mut text, &[&format!("`{error}`"), status, &evidence[error], &held_by]);
            }
        }
    }
    text
}

#[test]
fn the_readme_lists_every_operation_with_its_evidence() {
    let readme = fs::read_to_string(file("README.md")).unwrap();
    let mut table = String::from("| Operation | Request | From a page | Evidence |\n|---|---|---|---|\n");
    let all = operations();
    for operation in all.iter().filter(|operation| !operation.is_door()) {
        let from_page = match operation.doors(&all).len() {
            _ if operation.path.starts_with("/sdk/v1/") => "only",
            0 => "",
            _ => "yes",
        };
        row(&mut table, &[operation.text("summary"), &operation.request_line(), from_page, operation.text("x-evidence")]);
    }
    let (before, rest) = readme.split_once(BEGIN).expect("the README has a place for the operations");
    let (_, after) = rest.split_once(END).expect("the place for the operations ends");
    assert_current("README.md", &format!("{before}{BEGIN}{table}{END}{after}"));
}

#[test]
fn the_page_of_what_is_supported_is_current() {
    assert_current("docs/supported.md", &supported());
}

#[test]
fn every_operation_has_a_golden_in_each_profile_and_no_golden_is_left_over() {
    let operations = operations();
    let names: BTreeSet<String> = operations.iter().map(Described::golden).collect();
    assert_eq!(names.len(), operations.len());
    for profile in ["page", "live"] {
        let files = fs::read_dir(file(&format!("tests/goldens/{profile}/operations"))).unwrap();
        let files = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert_eq!(files.collect::<BTreeSet<_>>(), names, "{profile}");
    }
}

//! CONTRACT §2.2: Basic credentials, in every way in which they can be wrong.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use stytch_mock::{AuthMode, Emulator};

use crate::client::basic;
use crate::fixture::{House, NOW, PROJECT, SECRET, sessions_request};

const LIVE: &str = "project-live-22222222-2222-4222-8222-22222222abcd";

/// Three projects, of each of the forms that an id can have; each has a user of the same external id.
const PROJECTS: &str = r#"{"projects": [
    {"secrets": ["secret-test-stytch-mock-local-emulator", "another", "with:some:colons", ":", "päß wörd"],
     "users": [{"external_id": "someone", "user_id": "user-test-00000000-0000-4000-8000-000000000001"}]},
    {"project_id": "project-live-22222222-2222-4222-8222-22222222abcd", "secrets": ["live-secret"],
     "users": [{"external_id": "someone", "user_id": "user-live-00000000-0000-4000-8000-000000000002"}]},
    {"project_id": "project-test-checkout", "secrets": ["word-secret"],
     "users": [{"external_id": "someone", "user_id": "user-test-00000000-0000-4000-8000-000000000003"}]}
]}"#;

fn house(auth: AuthMode) -> House {
    House::of(Emulator::builder().seed_json(PROJECTS).clock(NOW).auth(auth))
}

fn outcome(house: &House, header: impl AsRef<[u8]>) -> String {
    house.client.send(&sessions_request("user_id=someone").header("authorization", header)).outcome()
}

#[test]
fn every_secret_of_a_seeded_project_proves_it() {
    let house = house(AuthMode::Strict);
    for (id, secret) in [
        (PROJECT, SECRET),
        (PROJECT, "another"),
        (PROJECT, "with:some:colons"),
        (PROJECT, ":"),
        (PROJECT, "päß wörd"),
        (LIVE, "live-secret"),
        ("project-live-22222222-2222-4222-8222-22222222ABCD", "live-secret"),
        ("project-test-checkout", "word-secret"),
    ] {
        assert_eq!(outcome(&house, basic(id, secret)), "200", "{id}:{secret}");
    }
    let credentials = STANDARD.encode(format!("{PROJECT}:{SECRET}"));
    for scheme in ["Basic", "basic", "BASIC", "bAsIc"] {
        assert_eq!(outcome(&house, format!("{scheme} {credentials}")), "200", "{scheme}");
    }
}

#[test]
fn what_proves_no_project_is_unauthorized() {
    let house = house(AuthMode::Strict);
    let encoded = |text: &str| format!("Basic {}", STANDARD.encode(text));
    let right = STANDARD.encode(format!("{PROJECT}:{SECRET}"));
    let mut headers: Vec<Vec<u8>> = [
        // no Basic header
        String::new(),
        "Basic".to_owned(),
        "Basic ".to_owned(),
        right.clone(),
        format!("Bearer {right}"),
        format!("Digest {right}"),
        format!("Basic{right}"),
        format!("Basic:{right}"),
        format!("Basic  {right}"),
        // no base64
        "Basic !!!!".to_owned(),
        "Basic ====".to_owned(),
        format!("Basic {right}="),
        format!("Basic {right} x"),
        format!("Basic {}", STANDARD_NO_PAD.encode(format!("{PROJECT}:x"))),
        // no colon
        encoded(""),
        encoded(PROJECT),
        encoded(&format!("{PROJECT}{SECRET}")),
        // no such secret
        encoded(&format!("{PROJECT}:")),
        encoded(&format!("{PROJECT}:wrong")),
        encoded(&format!("{PROJECT}:{SECRET} ")),
        encoded(&format!("{PROJECT}: {SECRET}")),
        encoded(&format!("{PROJECT}:{SECRET}\n")),
        encoded(&format!("{PROJECT}:{}", SECRET.to_uppercase())),
        encoded(&format!("{PROJECT}:{}", &SECRET[..SECRET.len() - 1])),
        encoded(&format!("{PROJECT}:with:some")),
        encoded(&format!("{PROJECT}:live-secret")),
        encoded(&format!("{LIVE}:{SECRET}")),
        encoded("project-test-checkout:"),
        // no such project, though it looks like one
        encoded(&format!("project-test-99999999-9999-4999-8999-999999999999:{SECRET}")),
        encoded(&format!("project-live-11111111-1111-4111-8111-111111111111:{SECRET}")),
    ]
    .map(String::into_bytes)
    .to_vec();
    headers.push(b"Basic \xff\xfe".to_vec());
    for header in headers {
        let response = house.client.send(&sessions_request("user_id=someone").header("authorization", &header));
        assert_eq!(response.outcome(), "401 unauthorized_credentials", "{:?}", String::from_utf8_lossy(&header));
        assert_eq!(response.json()["error_message"], "Unauthorized credentials.");
        assert_eq!(response.header("www-authenticate"), Some(r#"Basic realm="stytch""#));
    }
    let response = house.client.send(&sessions_request("user_id=someone"));
    assert_eq!(response.outcome(), "401 unauthorized_credentials", "no header at all");
}

#[test]
fn a_project_id_of_no_form_is_a_bad_request() {
    let house = house(AuthMode::Strict);
    for id in [
        "",
        " ",
        "dummy",
        "PROJECT_ID",
        "project-test-123",
        "project-test-",
        "project-test-Checkout",
        "project-test-checkout ",
        " project-test-11111111-1111-4111-8111-111111111111",
        "project-test-11111111-1111-4111-8111-111111111111\n",
        "project-prod-11111111-1111-4111-8111-111111111111",
        "PROJECT-TEST-11111111-1111-4111-8111-111111111111",
        "project-test-11111111111141118111111111111111",
        "project-test-{11111111-1111-4111-8111-111111111111}",
        "user-test-11111111-1111-4111-8111-111111111111",
        "ü",
    ] {
        let response = house.client.send(&sessions_request("user_id=someone").basic(id, SECRET));
        assert_eq!(response.outcome(), "400 invalid_project_id_authentication", "{id:?}");
        let message = response.json()["error_message"].as_str().unwrap().to_owned();
        assert!(message.starts_with("The project ID provided in the basic authentication header is invalid. "), "{message}");
        assert!(message.ends_with("here: https://stytch.com/dashboard/api-keys"), "{message}");
    }
    let not_text = STANDARD.encode(b"\xff\xfe:secret");
    assert_eq!(outcome(&house, format!("Basic {not_text}")), "400 invalid_project_id_authentication");
}

#[test]
fn projects_do_not_see_each_others_users() {
    let house = house(AuthMode::Strict);
    let first = "user-test-00000000-0000-4000-8000-000000000001";
    for (id, secret, expected) in [
        (PROJECT, SECRET, "200"),
        (LIVE, "live-secret", "404 user_not_found"),
        ("project-test-checkout", "word-secret", "404 user_not_found"),
    ] {
        let response = house.client.send(&sessions_request(&format!("user_id={first}")).basic(id, secret));
        assert_eq!(response.outcome(), expected, "{id}");
    }
}

#[test]
fn request_ids_name_the_environment_of_the_project() {
    let house = house(AuthMode::Strict);
    for (id, secret, query, prefix) in [
        (PROJECT, SECRET, "user_id=someone", "request-id-test-"),
        (LIVE, "live-secret", "user_id=someone", "request-id-live-"),
        (LIVE, "live-secret", "user_id=nobody", "request-id-live-"),
        (LIVE, "live-secret", "", "request-id-live-"),
        // until credentials prove a project, nobody knows
        (LIVE, "wrong", "user_id=someone", "request-id-test-"),
    ] {
        let response = house.client.send(&sessions_request(query).basic(id, secret));
        assert!(response.request_id().starts_with(prefix), "{id} {query}: {}", response.text());
    }
}

#[test]
fn auth_any_takes_any_basic_credentials() {
    let house = house(AuthMode::Any);
    for credentials in ["x:y", ":", "PROJECT_ID:SECRET", &format!("{PROJECT}:wrong"), "project-test-123:"] {
        let response = house.client.send(
            &sessions_request("user_id=user-test-00000000-0000-4000-8000-000000000001")
                .header("authorization", format!("Basic {}", STANDARD.encode(credentials))),
        );
        assert_eq!(response.outcome(), "200", "{credentials} is the first project");
    }
    let live = sessions_request("user_id=user-live-00000000-0000-4000-8000-000000000002").basic(LIVE, "wrong");
    assert_eq!(house.client.send(&live).outcome(), "200", "an id that is seeded is that project");
    for header in ["", "Bearer x", "Basic !", "Basic eA=="] {
        assert_eq!(outcome(&house, header), "401 unauthorized_credentials", "{header:?} is no Basic credentials");
    }
}

#[test]
fn without_a_project_nobody_is_authorized() {
    for auth in [AuthMode::Strict, AuthMode::Any] {
        let house = House::of(Emulator::builder().seed_json("{}").auth(auth));
        let response = house.client.send(&sessions_request("user_id=someone").basic(PROJECT, SECRET));
        assert_eq!(response.outcome(), "401 unauthorized_credentials", "{auth:?}");
    }
}

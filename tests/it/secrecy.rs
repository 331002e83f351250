//! What a person proves themselves with stands in the outbox and in answers, and nowhere else: every flow is run, with every
//! secret that it needs and makes collected, and then looked for in the log, in the journal and in the reasons of refusals.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, Connection, Request, Response};
use crate::life::request;
use crate::messages::{joined, other_code};
use crate::oauth::{CHALLENGE, VERIFIER};
use crate::program::Running;
use crate::totps::code as totp_code;

const EMAIL: &str = "hush@example.com";
const PASSWORD: &str = "hush-correct-horse-battery-1";
const OTHER: &str = "hush-correct-horse-battery-2";
const BREACHED: &str = "hush-breached-horse-battery";
const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const SEEDED_TOKEN: &str = "hush-seeded-session-token";
const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

/// Keys of answers and messages whose values are secrets.
const KEYS: [&str; 11] = [
    "session_token",
    "session_jwt",
    "token",
    "link",
    "code",
    "secret",
    "qr_code",
    "oauth_attach_token",
    "access_token",
    "refresh_token",
    "recovery_codes",
];

fn seed() -> String {
    json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{
        "project_id": crate::fixture::PROJECT,
        "secrets": [crate::fixture::SECRET],
        "password_strength": { "breached": [BREACHED] },
        "users": [
            { "external_id": "seeded", "emails": [{ "email": "seeded@example.com" }], "password": { "password": PASSWORD },
              "totps": [{ "secret": TOTP_SECRET, "recovery_codes": ["hush-hush-hush"] }],
              "sessions": [{ "session_token": SEEDED_TOKEN, "expires_at": "+1h" }] },
            { "external_id": "locked", "emails": [{ "email": "locked@example.com" }], "password": { "password": PASSWORD } },
        ],
    }] })
    .to_string()
}

/// Whoever runs the flows, and what they heard that nobody else may.
struct Confidant {
    client: Client,
    connection: Connection,
    secrets: BTreeSet<String>,
    reasons: Vec<String>,
}

impl Confidant {
    fn new(client: Client) -> Self {
        let given = [PASSWORD, OTHER, BREACHED, TOTP_SECRET, SEEDED_TOKEN, MD5, VERIFIER, "hush-hush-hush"];
        let secrets = given.map(str::to_owned).into();
        Self { connection: client.connect(), client, secrets, reasons: Vec::new() }
    }

    fn keep(&mut self, value: &Value, is_secret: bool) {
        match value {
            Value::String(text) if is_secret && text.len() > 5 => {
                self.secrets.insert(text.clone());
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.keep(element, is_secret)),
            Value::Object(members) => members.iter().for_each(|(key, value)| self.keep(value, KEYS.contains(&key.as_str()))),
            _ => {}
        }
    }

    fn send(&mut self, request: &Request) -> Response {
        self.connection.write(&request.bytes());
        let response = self.connection.read_response(false);
        self.reasons.extend(response.header("x-stytch-mock-reason").map(str::to_owned));
        if let Some((_, token)) = response.header("location").and_then(|location| location.split_once("&token=")) {
            self.secrets.insert(token.to_owned());
        }
        if response.header("content-type") == Some("application/json") {
            self.keep(&response.json(), false);
        }
        response
    }

    /// A call that comes to this.
    fn calls(&mut self, expected: u16, path: &str, body: &Value) -> Value {
        let response = self.send(&request("POST", path, body));
        assert_eq!(response.status, expected, "{path} {body}: {response:?}");
        response.json()
    }

    fn follows(&mut self, expected: u16, target: &str) {
        let response = self.send(&Request::get(target));
        assert_eq!(response.status, expected, "{target}: {response:?}");
    }

    /// The last message that went to an address.
    fn message(&mut self) -> Value {
        let outbox = self.client.steered("GET", "/__mock/outbox", "");
        self.keep(&outbox, false);
        outbox["messages"].as_array().unwrap().last().unwrap().clone()
    }

    fn sent(&mut self, path: &str, body: &Value) -> Value {
        self.calls(200, path, body);
        self.message()
    }
}

fn start_of_oauth(more: &str) -> String {
    format!("/v1/public/oauth/google/start?public_token=public-token-test-11111111-1111-4111-8111-111111111111{more}")
}

/// Every flow, to its end and astray.
#[expect(clippy::too_many_lines, reason = "it is a list")]
fn run_flows(one: &mut Confidant) {
    let session = json!({ "session_duration_minutes": 30 });
    let with = |body: Value, more: &Value| joined(body, more);
    let email = json!({ "email": EMAIL });

    // passwords
    let password = |password: &str| json!({ "email": EMAIL, "password": password });
    let made = one.calls(200, "/v1/passwords", &with(password(PASSWORD), &session));
    one.calls(400, "/v1/passwords", &password(OTHER));
    one.calls(400, "/v1/passwords", &json!({ "email": "b@example.com", "password": BREACHED }));
    one.calls(400, "/v1/passwords", &json!({ "email": "b@example.com", "password": [PASSWORD] }));
    one.calls(200, "/v1/passwords/strength_check", &password(OTHER));
    one.calls(200, "/v1/passwords/authenticate", &with(password(PASSWORD), &session));
    one.calls(401, "/v1/passwords/authenticate", &password(OTHER));
    for _ in 0..11 {
        let wrong = json!({ "email": "locked@example.com", "password": OTHER });
        one.send(&request("POST", "/v1/passwords/authenticate", &wrong));
    }
    one.calls(429, "/v1/passwords/authenticate", &json!({ "email": "locked@example.com", "password": PASSWORD }));
    let existing = json!({ "email": EMAIL, "existing_password": PASSWORD, "new_password": OTHER });
    one.calls(200, "/v1/passwords/existing_password/reset", &with(existing.clone(), &session));
    one.calls(401, "/v1/passwords/existing_password/reset", &existing);
    let login = one.calls(200, "/v1/passwords/authenticate", &with(password(OTHER), &session));
    let by_session = json!({ "password": PASSWORD, "session_token": login["session_token"] });
    one.calls(200, "/v1/passwords/session/reset", &by_session);
    one.calls(404, "/v1/passwords/session/reset", &json!({ "password": PASSWORD, "session_token": made["session_token"] }));
    let reset = one.sent("/v1/passwords/email/reset/start", &with(email.clone(), &json!({ "code_challenge": CHALLENGE })));
    let by_email = |password: Value| json!({ "token": reset["token"], "password": password, "code_verifier": VERIFIER });
    let target = |link: &Value| link.as_str().unwrap().split_once("/v1/").map(|(_, rest)| format!("/v1/{rest}")).unwrap();
    one.follows(302, &target(&reset["link"]));
    one.calls(400, "/v1/passwords/email/reset", &by_email(json!(12_345_678)));
    one.calls(400, "/v1/passwords/email/reset", &by_email(json!("weak")));
    one.calls(200, "/v1/passwords/email/reset", &by_email(json!(OTHER)));
    one.calls(401, "/v1/passwords/email/reset", &by_email(json!(OTHER)));
    let migrate = |hash: &str, kind: &str| json!({ "email": "migrated@example.com", "hash": hash, "hash_type": kind });
    one.calls(400, "/v1/passwords/migrate", &migrate(MD5, "bcrypt"));
    one.calls(400, "/v1/passwords/migrate", &migrate(MD5, "md5"));
    one.calls(200, "/v1/passwords/migrate", &migrate(MD5, "md_5"));

    // codes
    for (path, to) in [
        ("/v1/otps/email/login_or_create", json!({ "email": "code@example.com" })),
        ("/v1/otps/email/send", email.clone()),
        ("/v1/otps/sms/login_or_create", json!({ "phone_number": "+12025550142" })),
        ("/v1/otps/sms/send", json!({ "phone_number": "+12025550142" })),
        ("/v1/otps/whatsapp/login_or_create", json!({ "phone_number": "+12025550142" })),
        ("/v1/otps/whatsapp/send", json!({ "phone_number": "+12025550142" })),
    ] {
        let message = one.sent(path, &to);
        let code = |code: Value| json!({ "method_id": message["method_id"], "code": code });
        let number: u32 = message["code"].as_str().unwrap().parse().unwrap();
        one.calls(404, "/v1/otps/authenticate", &code(json!(other_code(&message["code"]))));
        one.calls(400, "/v1/otps/authenticate", &code(json!(number)));
        one.calls(400, "/v1/otps/authenticate", &code(json!([message["code"]])));
        one.calls(400, "/v1/otps/authenticate", &code(json!(format!("{} ", message["code"].as_str().unwrap()))));
        let strange = with(code(message["code"].clone()), &json!({ "session_token": SEEDED_TOKEN }));
        one.calls(400, "/v1/otps/authenticate", &strange);
        one.calls(200, "/v1/otps/authenticate", &with(code(message["code"].clone()), &session));
        one.calls(401, "/v1/otps/authenticate", &code(message["code"].clone()));
    }

    // links
    for (path, body) in [
        ("/v1/magic_links/email/login_or_create", json!({ "email": "link@example.com", "code_challenge": CHALLENGE })),
        ("/v1/magic_links/email/send", with(email, &json!({ "code_challenge": CHALLENGE }))),
        ("/v1/magic_links/email/invite", json!({ "email": "invited@example.com" })),
    ] {
        let message = one.sent(path, &body);
        let token = json!({ "token": message["token"] });
        let verified =
            if path.ends_with("invite") { token.clone() } else { with(token.clone(), &json!({ "code_verifier": VERIFIER })) };
        one.follows(302, &target(&message["link"]));
        let link = target(&message["link"]);
        one.follows(404, &link.replace("public-token-test-1", "public-token-test-2"));
        one.follows(400, &link.replace("magic_links&", "oauth&"));
        one.follows(404, &link.replace("magic_links&", "reset_password&"));
        // a client that mistakes a name, or puts it where it does not belong
        one.send(&request(
            "POST",
            &format!("/v1/magic_links/authenticate?token={}", message["token"].as_str().unwrap()),
            &json!({}),
        ));
        one.calls(400, "/v1/magic_links/authenticate", &json!({ "magic_link_token": message["token"] }));
        one.calls(400, "/v1/magic_links/authenticate", &json!({ "token": [message["token"]] }));
        one.calls(200, "/v1/magic_links/authenticate", &with(verified.clone(), &session));
        one.calls(401, "/v1/magic_links/authenticate", &verified);
    }
    let embeddable = one.calls(200, "/v1/magic_links", &json!({ "user_id": "seeded" }));
    let token = json!({ "token": embeddable["token"], "session_token": SEEDED_TOKEN });
    let login = one.calls(200, "/v1/magic_links/authenticate", &token);
    one.calls(401, "/v1/magic_links/authenticate", &token);

    // TOTP
    let seeded = json!({ "user_id": "seeded" });
    let code = totp_code(TOTP_SECRET, 0);
    one.secrets.insert(code.clone());
    one.calls(401, "/v1/totps/authenticate", &with(seeded.clone(), &json!({ "totp_code": other_code(&json!(code)) })));
    one.calls(400, "/v1/totps/authenticate", &with(seeded.clone(), &json!({ "totp_code": code.parse::<u32>().unwrap() })));
    one.calls(400, "/v1/totps/authenticate", &with(seeded.clone(), &json!({ "totp_code": "hush-hush-hush" })));
    one.calls(200, "/v1/totps/authenticate", &with(seeded.clone(), &json!({ "totp_code": code, "session_token": SEEDED_TOKEN })));
    one.calls(400, "/v1/totps/authenticate", &with(seeded.clone(), &json!({ "totp_code": code })));
    one.calls(200, "/v1/totps/recovery_codes", &seeded);
    one.calls(400, "/v1/totps/recover", &with(seeded.clone(), &json!({ "recovery_code": code })));
    one.calls(200, "/v1/totps/recover", &with(seeded.clone(), &json!({ "recovery_code": "hush-hush-hush" })));
    one.calls(401, "/v1/totps/recover", &with(seeded, &json!({ "recovery_code": "hush-hush-hush" })));
    one.calls(200, "/v1/totps", &json!({ "user_id": made["user_id"] }));

    // OAuth
    let attach = one.calls(200, "/v1/oauth/attach", &json!({ "provider": "google", "user_id": "seeded" }));
    let attach = format!("&oauth_attach_token={}", attach["oauth_attach_token"].as_str().unwrap());
    one.follows(200, &start_of_oauth(&attach));
    for more in [attach.as_str(), "", "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"] {
        let response = one.send(&Request::get(start_of_oauth(&format!("&as=olivia@example.com{more}"))));
        let token = response.header("location").unwrap().split_once("&token=").unwrap().1.to_owned();
        let verifier = if more.contains("challenge") { json!({ "code_verifier": VERIFIER }) } else { json!({}) };
        let body = with(with(json!({ "token": token }), &session), &verifier);
        one.calls(400, "/v1/oauth/authenticate", &json!({ "token": { "token": token } }));
        one.calls(400, "/v1/oauth/authenticate", &with(body.clone(), &json!({ "code_verifier": "too-short-hush" })));
        one.calls(200, "/v1/oauth/authenticate", &body);
        one.calls(400, "/v1/oauth/authenticate", &body);
    }
    one.follows(400, &start_of_oauth(&format!("&as=olivia@example.com{attach}")));

    // what came of it, told in every way that a session is
    let proof = json!({ "session_token": login["session_token"] });
    let proven = one.calls(200, "/v1/sessions/authenticate", &proof);
    one.calls(200, "/v1/sessions/authenticate", &json!({ "session_jwt": proven["session_jwt"] }));
    one.calls(
        400,
        "/v1/sessions/authenticate",
        &json!({ "session_jwt": format!("{}x", proven["session_jwt"].as_str().unwrap()) }),
    );
    one.calls(400, "/v1/sessions/authenticate", &json!({ "session_jwt": [proven["session_jwt"]] }));
    one.calls(400, "/v1/sessions/authenticate", &joined(proof.clone(), &json!({ "session_jwt": proven["session_jwt"] })));
    one.calls(200, "/v1/sessions/revoke", &proof);
    one.calls(404, "/v1/sessions/authenticate", &proof);

    // bodies that are none
    for body in [
        format!("{{\"password\": \"{PASSWORD}\""),
        format!("\"{PASSWORD}\""),
        format!("password={PASSWORD}"),
        PASSWORD.to_owned(),
    ] {
        for content_type in ["application/json", "application/x-www-form-urlencoded"] {
            let ask = request("POST", "/v1/passwords/authenticate", &Value::Null).header("content-type", content_type);
            assert_eq!(one.send(&ask.body(&body)).status, 400, "{body}");
        }
    }
}

/// Whether a secret is in a text; digits have to stand alone, since other numbers may hold them.
fn holds(text: &str, secret: &str) -> bool {
    let is_part = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric() || char == '.');
    let is_number = secret.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(secret).any(|(place, _)| {
        let (before, after) = (text[..place].chars().next_back(), text[place + secret.len()..].chars().next());
        !is_number || !(is_part(before) || is_part(after))
    })
}

#[test]
fn no_code_link_token_or_password_is_in_a_log_a_journal_or_a_reason() {
    for format in ["json", "pretty"] {
        for bodies in ["on", "off"] {
            let arguments = ["--log", format, "--journal-bodies", bodies, "--id-seed", "7", "--seed-json", &seed()];
            let (running, log) = Running::start_logged(&arguments);
            let client = Client::of_repeating_ids(running.address);
            let mut one = Confidant::new(client.clone());
            run_flows(&mut one);
            let journal = client.steered("GET", "/__mock/requests", "");
            let recorded = journal["requests"].as_array().unwrap();
            assert!(recorded.len() > 100 && journal["dropped"] == 0, "{}", recorded.len());
            assert!(recorded.iter().all(|record| record.get("body").is_some() == (bodies == "on")), "{journal}");
            running.signal("TERM");
            running.ends_within(Duration::from_secs(30));
            let log = log.rest();
            assert!(log.lines().count() >= recorded.len(), "every request is in the log");
            assert!(one.secrets.len() > 60 && one.reasons.len() > 50, "{} {}", one.secrets.len(), one.reasons.len());
            let (journal, reasons) = (journal.to_string(), one.reasons.join("\n"));
            for secret in &one.secrets {
                for (name, text) in [("log", &log), ("journal", &journal), ("reasons", &reasons)] {
                    assert!(!holds(text, secret), "{secret} is in the {name} ({format}, bodies {bodies})");
                }
            }
        }
    }
}

#[test]
fn a_secret_that_is_there_is_found() {
    assert!(holds("code=123456,", "123456") && holds("x123abc", "123abc"));
    assert!(!holds("1234567", "123456") && !holds("0.123456Z", "123456") && !holds("123456.5", "123456"));
}

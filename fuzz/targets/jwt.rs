//! JWTs wherever one is taken: any text, any header and claims with any signature, and such that are signed rightly.

#![no_main]

use std::cell::RefCell;
use std::sync::LazyLock;

use arbitrary::Arbitrary;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::sign;
use jsonwebtoken::{Algorithm, EncodingKey};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use stytch_mock_fuzz::{Line, header};

/// The key that projects sign with unless the seed says another. It is published: it proves nothing.
static KEY: LazyLock<EncodingKey> = LazyLock::new(|| {
    EncodingKey::from_rsa_pem(include_bytes!("../../src/domain/test_key/published-test-key.pem")).expect("the key is a key")
});

#[derive(Debug, Arbitrary)]
enum Jwt<'a> {
    Text(&'a str),
    Parts(&'a [u8], &'a [u8], &'a [u8]),
    Signed {
        header: &'a [u8],
        claims: &'a [u8],
    },
    /// With the usual header.
    Claims(&'a [u8]),
    /// A session's claims, one of them another.
    Session {
        claim: u8,
        value: &'a str,
    },
}

const CLAIMS: [&str; 8] = ["iss", "aud", "sub", "exp", "iat", "nbf", "https://stytch.com/session", "session"];

const PLACES: [(&str, &str, &str); 7] = [
    ("POST", "/v1/sessions/authenticate", "session_jwt"),
    ("POST", "/v1/sessions/revoke", "session_jwt"),
    ("POST", "/v1/sessions/attest", "token"),
    ("POST", "/v1/sessions/exchange_access_token", "access_token"),
    ("POST", "/v1/otps/email/send", "session_jwt"),
    ("POST", "/v1/public/project-test-11111111-1111-4111-8111-111111111111/oauth2/introspect", "token"),
    ("GET", "/v1/public/project-test-11111111-1111-4111-8111-111111111111/oauth2/userinfo", ""),
];

const PROJECT: &str = "project-test-11111111-1111-4111-8111-111111111111";

fn signed(header: &[u8], claims: &[u8]) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = sign(message.as_bytes(), &KEY, Algorithm::RS256).expect("it can be signed");
    format!("{message}.{signature}")
}

fn text(jwt: &Jwt<'_>) -> String {
    let usual = format!(r#"{{"alg":"RS256","kid":"jwk-test-{}","typ":"JWT"}}"#, &PROJECT["project-test-".len()..]);
    match jwt {
        Jwt::Text(text) => (*text).to_owned(),
        Jwt::Parts(header, claims, signature) => [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join("."),
        Jwt::Signed { header, claims } => signed(header, claims),
        Jwt::Claims(claims) => signed(usual.as_bytes(), claims),
        Jwt::Session { claim, value } => {
            let mut claims = json!({
                "aud": [PROJECT], "iss": format!("stytch.com/{PROJECT}"), "sub": "user-test-00000000-0000-4000-8000-00000000000a",
                "iat": 1_628_496_000, "nbf": 1_628_496_000, "exp": 1_628_496_300,
                "https://stytch.com/session": { "id": "session-test-00000000-0000-4000-8000-00000000a001" },
            });
            claims[CLAIMS[usize::from(*claim) % CLAIMS.len()]] = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
            signed(usual.as_bytes(), claims.to_string().as_bytes())
        }
    }
}

thread_local!(static LINE: RefCell<Line> = RefCell::new(Line::open()));

fuzz_target!(|input: (u8, Jwt<'_>)| {
    let (method, path, field) = PLACES[usize::from(input.0) % PLACES.len()];
    let jwt = text(&input.1);
    LINE.with_borrow_mut(|line| {
        let mut authorization = line.basic().into_bytes();
        let mut body = json!({ field: jwt, "email": "alice@example.com", "profile_id": "x" }).to_string().into_bytes();
        if method == "GET" {
            authorization = header(format!("Bearer {jwt}").as_bytes());
            body.clear();
        }
        line.send(method, path, &[("authorization", &authorization), ("content-type", b"application/json")], &body);
    });
});

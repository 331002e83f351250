//! Session JWTs: the bytes of their claims as captured, and which of them are taken back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::{NOW, PROJECT, seed_path};
use crate::life::{ALICE, AUTHENTICATE, BARE_TOKEN, Caller, EXPIRED_SESSION, REVOKE, SESSION, TOKEN, life, text};

/// The key that is built in, and published.
const KEY: &[u8] = include_bytes!("../../src/domain/test_key/published-test-key.pem");

const CLAIM: &str = "https://stytch.com/session";

/// 2021-08-09T08:00:00Z.
const NOW_SECONDS: u64 = 1_628_496_000;

/// A JWT with these claims, signed by the published key.
pub fn forge(claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(Algorithm::RS256), claims, &EncodingKey::from_rsa_pem(KEY).unwrap()).unwrap()
}

/// The least that a JWT of this session says.
pub fn claims_of(session_id: &str) -> Value {
    json!({ "aud": [PROJECT], "iss": format!("stytch.com/{PROJECT}"), "sub": ALICE, CLAIM: { "id": session_id } })
}

/// The three parts of a JWT, the first two decoded.
fn parts(jwt: &str) -> [String; 3] {
    let parts: Vec<&str> = jwt.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("{jwt}") };
    let decode = |part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    [decode(header), decode(claims), signature.to_owned()]
}

#[test]
fn a_jwt_has_the_captured_claims_in_the_captured_order() {
    let mut caller = life();
    let [header, claims, signature] = parts(&caller.jwt(TOKEN));
    let kid = caller.get("/.well-known/jwks.json").json()["keys"][0]["kid"].clone();
    assert_eq!(header, format!(r#"{{"alg":"RS256","kid":{kid},"typ":"JWT"}}"#));
    assert_eq!(
        claims,
        concat!(
            r#"{"aud":["project-test-11111111-1111-4111-8111-111111111111"],"claim1":"value1","exp":1628496300,"#,
            r#""https://stytch.com/session":{"id":"session-test-00000000-0000-4000-8000-00000000a001","#,
            r#""started_at":"2021-08-09T07:00:00Z","last_accessed_at":"2021-08-09T08:00:00Z","expires_at":"2021-08-09T09:00:00Z","#,
            r#""attributes":{"user_agent":"Mozilla/5.0","ip_address":"203.0.113.1"},"authentication_factors":["#,
            r#"{"type":"magic_link","delivery_method":"email","last_authenticated_at":"2021-08-09T07:00:00Z","#,
            r#""email_factor":{"email_id":"email-test-00000000-0000-4000-8000-0000000000a1","email_address":"Alice@example.com"}},"#,
            r#"{"type":"oauth","delivery_method":"oauth_google","last_authenticated_at":"2021-08-09T07:30:00Z","google_oauth_factor":"#,
            r#"{"id":"oauth-user-test-00000000-0000-4000-8000-0000000000a4","provider_subject":"1234567890"}},"#,
            r#"{"type":"password","delivery_method":"knowledge"}],"roles":["stytch_user","editor"]},"iat":1628496000,"#,
            r#""iss":"stytch.com/project-test-11111111-1111-4111-8111-111111111111","nbf":1628496000,"#,
            r#""nested":{"dropped":{"deep":true},"kept":1},"sub":"user-test-00000000-0000-4000-8000-00000000000a"}"#
        )
    );
    assert_eq!(URL_SAFE_NO_PAD.decode(signature).unwrap().len(), 256);
}

#[test]
fn a_session_of_nulls_has_every_key_that_sdks_ask_of_its_jwt() {
    let [_, claims, _] = parts(&life().jwt(BARE_TOKEN));
    let claims: Value = serde_json::from_str(&claims).unwrap();
    assert_eq!(claims[CLAIM]["attributes"], json!({ "user_agent": "", "ip_address": "" }));
    assert_eq!(claims[CLAIM]["roles"], json!([]));
    assert_eq!(claims.as_object().unwrap().len(), 7, "no custom claims: {claims}");
}

#[test]
fn a_custom_claim_never_takes_the_place_of_the_jwts_own() {
    let mut caller = life();
    let own = json!({ "iss": "x", "sub": "x", "aud": "x", "exp": 1, "nbf": 1, "iat": 1, "jti": "x", CLAIM: {}, "https://stytch.com/x": 1 });
    let before = caller.jwt(TOKEN);
    let body = caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN, "session_custom_claims": own }));
    assert_eq!(body["session_jwt"], before, "reserved names are ignored");
    // and with a name that is not reserved it stands at the top level, in its place
    let body = caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN, "session_custom_claims": { "https://x": [1.50] } }));
    let [_, claims, _] = parts(text(&body, "/session_jwt"));
    assert!(claims.contains(r#"},"https://x":[1.5],"iat":"#), "{claims}");
}

#[test]
fn every_kind_of_factor_is_told_without_its_dates_and_its_blanks() {
    let mut caller = Caller::of(Emulator::builder().seed_file(seed_path("factors.json")).clock(NOW));
    let state = caller.state();
    let mut kinds = 0;
    for user in state["projects"][0]["users"].as_array().unwrap() {
        for session in user["sessions"].as_array().unwrap() {
            let jwt = caller.jwt(text(session, "/session_token"));
            let claims: Value = serde_json::from_str(&parts(&jwt)[1]).unwrap();
            let told = claims[CLAIM]["authentication_factors"].as_array().unwrap();
            let factors = session["authentication_factors"].as_array().unwrap();
            assert_eq!(told.len(), factors.len());
            for (told, factor) in told.iter().zip(factors) {
                let mut expected = factor.clone();
                let expected = expected.as_object_mut().unwrap();
                expected.retain(|key, value| {
                    if let Some(detail) = value.as_object_mut() {
                        detail.retain(|_, value| *value != "");
                    }
                    !["created_at", "updated_at", "embeddable_magic_link_factor"].contains(&key.as_str())
                });
                assert_eq!(*told, json!(expected));
                kinds += 1;
            }
        }
    }
    assert!(kinds >= 44, "{kinds}");
}

#[test]
fn a_jwt_verifies_with_the_published_keys_for_five_minutes() {
    let mut caller = life();
    let jwt = caller.jwt(TOKEN);
    let key = caller.get(&format!("/v1/sessions/jwks/{PROJECT}")).json()["keys"][0].clone();
    let key = DecodingKey::from_rsa_components(text(&key, "/n"), text(&key, "/e")).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[PROJECT]);
    validation.set_issuer(&[format!("stytch.com/{PROJECT}")]);
    validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
    // the library reads the machine's clock, not the emulator's
    (validation.validate_exp, validation.validate_nbf) = (false, false);
    let claims = jsonwebtoken::decode::<Value>(&jwt, &key, &validation).unwrap().claims;
    assert_eq!([&claims["iat"], &claims["nbf"], &claims["exp"]], [NOW_SECONDS, NOW_SECONDS, NOW_SECONDS + 300]);
}

#[test]
fn a_jwt_is_taken_as_long_as_its_session_holds() {
    let mut caller = life();
    let jwt = json!({ "session_jwt": caller.jwt(TOKEN) });
    for (by, expected) in [("0s", "200"), ("5m", "200"), ("54m 59s", "200"), ("1s", "404 session_not_found")] {
        caller.advance(by);
        let response = caller.authenticate(&jwt);
        assert_eq!(response.outcome(), expected, "after {by}");
        if response.status == 200 {
            let body = response.json();
            assert_eq!(body["session_token"], "", "captured: an answer to a JWT has no token");
            assert_ne!(body["session_jwt"], "", "and a fresh JWT");
            assert_eq!(body["session"]["session_id"], SESSION);
        }
    }
    let mut caller = life();
    let jwt = json!({ "session_jwt": caller.jwt(TOKEN) });
    caller.posted(REVOKE, &jwt);
    assert_eq!(caller.authenticate(&jwt).outcome(), "404 session_not_found", "revoked");
}

#[test]
fn a_jwt_names_its_session_by_nothing_but_its_claims() {
    let mut caller = life();
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut claims = claims_of(SESSION);
        edit(&mut claims);
        forge(&claims)
    };
    for (jwt, expected) in [
        (edited(&|_| ()), "200"),
        (edited(&|claims| claims["aud"] = json!(PROJECT)), "200"),
        (edited(&|claims| claims["aud"] = json!(["other", PROJECT])), "200"),
        (edited(&|claims| claims["exp"] = json!(1)), "200"),
        (edited(&|claims| claims["sub"] = Value::Null), "200"),
        (edited(&|claims| claims["aud"] = json!([])), "400 jwt_invalid_audience"),
        (edited(&|claims| claims["aud"] = Value::Null), "400 jwt_invalid_audience"),
        (edited(&|claims| claims["aud"] = json!({ PROJECT: 1 })), "400 jwt_invalid_audience"),
        (edited(&|claims| claims["iss"] = Value::Null), "400 jwt_invalid_issuer"),
        (edited(&|claims| claims["iss"] = json!(PROJECT)), "400 jwt_invalid_issuer"),
        (edited(&|claims| claims[CLAIM] = Value::Null), "400 jwt_invalid_claims"),
        (edited(&|claims| claims[CLAIM]["id"] = json!("session-test-1")), "400 jwt_invalid_claims"),
        (edited(&|claims| claims[CLAIM]["id"] = json!(ALICE)), "400 jwt_invalid_claims"),
        (edited(&|claims| claims[CLAIM]["id"] = json!(EXPIRED_SESSION)), "404 session_not_found"),
        (edited(&|claims| claims[CLAIM]["id"] = json!(SESSION.replace("a001", "ffff"))), "404 session_not_found"),
        (forge(&json!([])), "400 jwt_invalid_audience"),
        (forge(&json!("text")), "400 jwt_invalid_audience"),
    ] {
        let claims = parts(&jwt)[1].clone();
        assert_eq!(caller.authenticate(&json!({ "session_jwt": jwt })).outcome(), expected, "{claims}");
    }
}

#[test]
fn what_the_projects_key_did_not_sign_is_no_jwt() {
    let mut caller = life();
    let jwt = caller.jwt(TOKEN);
    let (message, signature) = jwt.rsplit_once('.').unwrap();
    let (header, claims) = message.split_once('.').unwrap();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let public = caller.get("/.well-known/jwks.json").json()["keys"][0]["n"].to_string();
    let symmetric =
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims_of(SESSION), &EncodingKey::from_secret(public.as_bytes()))
            .unwrap();
    let other_claims = encode(&parts(&jwt)[1].replace(ALICE, "user-test-00000000-0000-4000-8000-00000000000b"));
    let flipped = if signature.starts_with('A') { signature.replacen('A', "B", 1) } else { format!("A{}", &signature[1..]) };
    for wrong in [
        "x".to_owned(),
        ".".to_owned(),
        "..".to_owned(),
        "a.b.c".to_owned(),
        message.to_owned(),
        format!("{message}."),
        format!("{message}.{flipped}"),
        format!("{message}.{}", &signature[1..]),
        format!("{header}.{other_claims}.{signature}"),
        format!("{jwt}.{signature}"),
        format!("{jwt} "),
        format!(" {jwt}"),
        format!("{jwt}="),
        format!("{}.{claims}.", encode(r#"{"alg":"none","typ":"JWT"}"#)),
        format!("{}.{claims}.{signature}", encode(r#"{"alg":"none","typ":"JWT"}"#)),
        format!("{}.{claims}.{signature}", encode("{}")),
        format!("{}.{claims}.{signature}", encode("not json")),
        format!("{header}.{}.{signature}", encode("not json")),
        symmetric,
        TOKEN.to_owned(),
        "ü".to_owned(),
    ] {
        let outcome = caller.authenticate(&json!({ "session_jwt": wrong })).outcome();
        assert_eq!(outcome, "400 unable_to_parse_session_jwt", "{wrong}");
    }
    assert_eq!(caller.authenticate(&json!({ "session_jwt": jwt })).outcome(), "200");
}

#[test]
fn another_projects_jwt_is_for_another_audience() {
    const OTHER: &str = "project-live-22222222-2222-4222-8222-222222222222";
    let seed = json!({ "projects": [{ "project_id": OTHER, "secrets": ["other"] }] }).to_string();
    let mut caller = Caller::of(crate::life::builder().seed_json(seed));
    let jwt = caller.jwt(TOKEN);
    let body = json!({ "session_jwt": jwt }).to_string();
    let request = crate::client::Request::new("POST", AUTHENTICATE).basic(OTHER, "other").body(body);
    assert_eq!(caller.send(&request).outcome(), "400 jwt_invalid_audience");
}

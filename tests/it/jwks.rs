//! `GET /v1/sessions/jwks/{project_id}`: what official SDKs ask of a key before they trust a token with it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use stytch_mock::{Emulator, WireProfile};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

use crate::client::{Request, Response};
use crate::fixture::{House, PROJECT, SECRET, start};
use crate::life::{AUTHENTICATE, text};
use crate::program::{Folder, run};

const OTHER: &str = "project-live-22222222-2222-4222-8222-222222222222";
const THIRD: &str = "project-test-33333333-3333-4333-8333-333333333333";

const PKCS8: &str = include_str!("../keys/rsa-2048.pem");
const PKCS1: &str = include_str!("../keys/rsa-2048-pkcs1.pem");
const LONG: &str = include_str!("../keys/rsa-3072.pem");

fn path(project: &str) -> String {
    format!("/v1/sessions/jwks/{project}")
}

/// A project without a key of its own, and two with one.
fn seed() -> String {
    let user = json!({ "external_id": "customer-42", "sessions": [{ "session_token": "the-token" }] });
    json!({ "projects": [
        { "project_id": PROJECT, "secrets": [SECRET], "users": [user] },
        { "project_id": OTHER, "secrets": [SECRET], "signing_key": PKCS8, "users": [user] },
        { "project_id": THIRD, "secrets": [SECRET], "signing_key": LONG, "users": [user] },
    ] })
    .to_string()
}

fn house(wire: WireProfile) -> House {
    House::of(Emulator::builder().seed_json(seed()).wire(wire))
}

impl House {
    fn keys(&self, path: &str) -> Vec<Value> {
        let response = self.client.send(&Request::get(path));
        assert_eq!(response.outcome(), "200", "{path}");
        response.json()["keys"].as_array().unwrap().clone()
    }
}

fn decoded(key: &Value, member: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text(key, &format!("/{member}"))).unwrap()
}

#[test]
fn a_key_has_the_nine_members_and_the_answer_its_profiles_order() {
    let members = ["alg", "e", "key_ops", "kid", "kty", "n", "use", "x5c", "x5tS256"];
    for (wire, start, end) in [
        (WireProfile::Page, r#"{"status_code":200,"request_id":"#, "}]}"),
        (
            WireProfile::Live,
            r#"{"keys":[{"alg":"RS256","e":"AQAB","key_ops":["verify"],"kid":"jwk-test-"#,
            ",\"status_code\":200}\n",
        ),
    ] {
        let house = house(wire);
        for target in [path(PROJECT), path(OTHER), path(THIRD), "/.well-known/jwks.json".to_owned()] {
            let response = house.client.send(&Request::get(&target));
            let body = response.text();
            assert!(body.ends_with(end) && (body.starts_with(start) || target == path(OTHER)), "{body}");
            assert_eq!(response.header("cache-control"), Some("public, max-age=900"));
            for key in response.json()["keys"].as_array().unwrap() {
                let key = key.as_object().unwrap();
                assert_eq!(key.keys().collect::<Vec<_>>(), members);
                assert_eq!([&key["alg"], &key["kty"], &key["use"], &key["e"]], ["RS256", "RSA", "sig", "AQAB"]);
                assert_eq!(key["key_ops"], json!(["verify"]));
            }
            let order = members.map(|member| body.find(&format!("\"{member}\":")).unwrap());
            assert!(order.is_sorted(), "{body}");
        }
    }
}

#[test]
fn anybody_may_ask_however_the_path_is_written() {
    let house = house(WireProfile::Page);
    let expected = house.keys(&path(PROJECT));
    let encoded = path(PROJECT).replace("project-test", "%70roject%2Dtest");
    let paths =
        [path(PROJECT), format!("/{}", path(PROJECT)), format!("{}/", path(PROJECT)), format!("{}?x=y", path(PROJECT)), encoded];
    for target in &paths {
        let get = Request::get(target);
        let long = "x".repeat(4_000);
        for request in [
            get.clone(),
            get.clone().basic(PROJECT, SECRET),
            get.clone().basic(PROJECT, "wrong"),
            get.clone().basic(OTHER, SECRET),
            get.clone().basic("", ""),
            get.clone().header("authorization", "Bearer x"),
            get.clone().header("authorization", "Basic ???"),
            get.clone().header("authorization", &long),
            get.clone().header("authorization", b"\xff\xfe"),
            get.clone().header("content-type", "application/json").body("{}"),
        ] {
            let response = house.client.send(&request);
            assert_eq!(response.json()["keys"], json!(expected), "{request:?}");
        }
        assert_eq!(house.client.send(&Request::new("POST", target)).outcome(), "405 method_not_allowed");
    }
    let head = house.client.send(&Request::new("HEAD", path(PROJECT)));
    assert_eq!((head.status, head.header("cache-control")), (200, Some("public, max-age=900")));
}

#[test]
fn an_unknown_project_has_no_keys() {
    let house = house(WireProfile::Page);
    let stranger = PROJECT.replace('1', "9");
    for project in [stranger.as_str(), "x", "%00", "%FF", "..", "project-test-", &PROJECT.replace("test", "live")] {
        let response = house.client.send(&Request::get(path(project)));
        assert_eq!(response.outcome(), "404 project_not_found", "{project}");
        assert_eq!(response.header("cache-control"), None, "a refusal is not kept");
    }
    for target in
        ["/v1/sessions/jwks", "/v1/sessions/jwks/", &format!("{}/x", path(PROJECT)), "/.well-known/jwks", "/.well-known"]
    {
        assert_eq!(house.client.send(&Request::get(target)).outcome(), "404 route_not_found", "{target}");
    }
}

#[test]
fn each_project_has_its_own_key_and_the_well_known_path_has_all() {
    let house = house(WireProfile::Page);
    let projects = [PROJECT, OTHER, THIRD];
    let keys = projects.map(|project| {
        let keys = house.keys(&path(project));
        assert_eq!(keys.len(), 1);
        keys[0].clone()
    });
    assert_eq!(keys.each_ref().map(|key| decoded(key, "n").len() * 8), [2048, 2048, 3072]);
    for (key, prefix) in keys.iter().zip(["jwk-test-", "jwk-live-", "jwk-test-"]) {
        assert!(text(key, "/kid").starts_with(prefix), "{key}");
        assert_ne!(decoded(key, "n")[0], 0, "no zero in front");
    }
    assert!(keys[0]["n"] != keys[1]["n"] && keys[1]["n"] != keys[2]["n"]);
    let all = house.keys("/.well-known/jwks.json");
    assert_eq!(all.len(), 3);
    assert!(keys.iter().all(|key| all.contains(key)));
}

#[test]
fn the_published_key_has_a_certificate_and_its_thumbprint() {
    let house = house(WireProfile::Page);
    let key = house.keys(&path(PROJECT)).remove(0);
    let der = STANDARD.decode(text(&key, "/x5c/0")).unwrap();
    assert_eq!(key["x5c"].as_array().unwrap().len(), 1);
    assert_eq!(decoded(&key, "x5tS256"), digest(&SHA256, &der).as_ref());
    let (rest, certificate) = X509Certificate::from_der(&der).unwrap();
    assert!(rest.is_empty());
    let PublicKey::RSA(public) = certificate.public_key().parsed().unwrap() else { panic!("RSA") };
    let modulus = public.modulus.strip_prefix(&[0]).unwrap_or(public.modulus);
    assert_eq!((modulus, public.exponent), (&decoded(&key, "n")[..], &decoded(&key, "e")[..]));
    // whatever the clock of whoever checks it shows: frozen at the documentation's day, or running
    assert!(certificate.validity().is_valid());
    assert!(certificate.validity().not_before.timestamp() < 1_000_000_000);
    assert!(certificate.validity().not_after.timestamp() > 4_000_000_000);
    assert!(!certificate.is_ca(), "everybody has its key");
    // a key that somebody brings has none: empty is what every SDK takes
    for project in [OTHER, THIRD] {
        let key = house.keys(&path(project)).remove(0);
        assert_eq!((&key["x5c"], &key["x5tS256"]), (&json!([]), &json!("")));
    }
}

#[test]
fn keys_outlive_restarts_resets_and_the_form_they_are_given_in() {
    let (one, two) = (house(WireProfile::Page), house(WireProfile::Page));
    let target = "/.well-known/jwks.json";
    let keys = one.keys(target);
    assert_eq!(keys, two.keys(target), "a restart");
    one.client.steered("POST", "/__mock/reset", "");
    assert_eq!(keys, one.keys(target), "a reset");
    let state = one.client.steered("GET", "/__mock/state", "");
    let copy = House::seeded(&state.to_string());
    assert_eq!(keys, copy.keys(target), "an export");
    let other_form = House::seeded(&seed().replace(&json!(PKCS8).to_string(), &json!(PKCS1).to_string()));
    assert_eq!(keys, other_form.keys(target), "PKCS #1 instead of PKCS #8");
    one.client.steered("PUT", "/__mock/state", json!({ "projects": [{ "project_id": OTHER, "secrets": [SECRET] }] }).to_string());
    let replaced = one.keys(&path(OTHER)).remove(0);
    assert_eq!(replaced["n"], keys[0]["n"], "a world without own keys has the published one");
}

#[test]
fn asking_takes_no_token_of_anybodys_bucket() {
    let house = House::of(Emulator::builder().rate_limit("1/h,burst=1").clock(crate::fixture::NOW));
    let target = path(&house.emulator.project_id());
    for _ in 0..20 {
        house.keys(&target);
        house.keys("/.well-known/jwks.json");
    }
    assert_eq!(house.sessions(crate::fixture::USER).outcome(), "200");
    assert_eq!(house.sessions(crate::fixture::USER).outcome(), "429 too_many_requests");
    house.keys(&target);
}

#[test]
fn a_token_verifies_with_its_own_projects_key_alone() {
    let house = house(WireProfile::Live);
    let projects = [PROJECT, OTHER, THIRD];
    for signer in projects {
        let body = json!({ "session_token": "the-token" }).to_string();
        let request = Request::new("POST", AUTHENTICATE).basic(signer, SECRET).body(body);
        let jwt = minted(&house.client.send(&request));
        let header = jsonwebtoken::decode_header(&jwt).unwrap();
        for project in projects {
            let key = house.keys(&path(project)).remove(0);
            let verifier = DecodingKey::from_rsa_components(text(&key, "/n"), text(&key, "/e")).unwrap();
            let mut validation = Validation::new(Algorithm::RS256);
            validation.set_audience(&[signer]);
            validation.set_issuer(&[format!("stytch.com/{signer}")]);
            let verified = jsonwebtoken::decode::<Value>(&jwt, &verifier, &validation);
            assert_eq!(verified.is_ok(), project == signer, "{signer} by {project}: {verified:?}");
            assert_eq!(header.kid.as_deref() == key["kid"].as_str(), project == signer);
        }
    }
}

fn minted(response: &Response) -> String {
    text(&response.json(), "/session_jwt").to_owned()
}

#[test]
fn a_signing_key_that_will_not_do_is_refused_at_its_place_and_not_printed() {
    let expected = "$.projects[0].signing_key: expected an RSA private key of 2048 to 4096 bits";
    let flipped = PKCS8.replacen("MII", "MIA", 1);
    let folder = Folder::new();
    for (what, pem) in [
        ("1024 bits", include_str!("../keys/rsa-1024.pem")),
        ("EC", include_str!("../keys/ec-p256.pem")),
        ("encrypted", include_str!("../keys/rsa-2048-encrypted.pem")),
        ("encrypted PKCS #1", include_str!("../keys/rsa-2048-encrypted-pkcs1.pem")),
        ("public", include_str!("../keys/rsa-2048-public.pem")),
        ("garbage", "-----BEGIN PRIVATE KEY-----\nMIISECRETGARBAGE\n-----END PRIVATE KEY-----\n"),
        ("inconsistent", &flipped),
        ("half", &PKCS8[..400]),
        ("no PEM", "hello-this-is-a-secret"),
        ("empty", ""),
    ] {
        let seed = format!("{{\"projects\": [{{\n  \"signing_key\": {}\n}}]}}", json!(pem));
        let error = start(Emulator::builder().seed_json(&seed)).unwrap_err();
        let file = folder.put("seed.json", &seed);
        let ended = run(&["validate", &file]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{what}");
        assert!(ended.stderr.contains(&format!("{file}:2:18: {expected}")), "{what}: {}", ended.stderr);
        assert!(error.to_string().contains(expected), "{what}: {error}");
        let secret = pem.lines().nth(1).unwrap_or(pem);
        for shown in [error.to_string(), format!("{error:?}"), ended.stderr] {
            assert!(secret.is_empty() || !shown.contains(secret), "{what} is printed: {shown}");
        }
    }
}

//! Passkeys: an authenticator in software registers, logs in, and is refused where it should be.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use minicbor::Encoder;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Request;
use crate::fixture::STRANGER;
use crate::life::{ALICE, BOB, BOBS_TOKEN, Caller, TOKEN, life, request, text};
use crate::m2m::{at_once, counts};
use crate::openapi;

pub const REGISTER_START: &str = "/v1/webauthn/register/start";
pub const REGISTER: &str = "/v1/webauthn/register";
pub const START: &str = "/v1/webauthn/authenticate/start";
pub const AUTHENTICATE: &str = "/v1/webauthn/authenticate";

const DOMAIN: &str = "example.com";
const ORIGIN: &str = "https://login.example.com";
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;

enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(RsaKeyPair),
}

/// An authenticator with one credential.
struct Authenticator {
    key: Key,
    id: Vec<u8>,
    flags: u8,
    count: u32,
}

impl Authenticator {
    fn of(key: Key) -> Self {
        Self { key, id: b"a credential".to_vec(), flags: PRESENT | VERIFIED, count: 1 }
    }

    fn es256() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self::of(Key::Es256(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap()))
    }

    fn eddsa() -> Self {
        Self::of(Key::EdDsa(Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap()))
    }

    /// The one of Alice's laptop, whose public key is in the seed.
    fn laptop() -> Self {
        Self { id: b"laptop".to_vec(), ..Self::of(Key::EdDsa(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap())) }
    }

    fn rs256() -> Self {
        let pem = include_str!("../keys/rsa-2048.pem");
        let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        Self::of(Key::Rs256(RsaKeyPair::from_pkcs8(&STANDARD.decode(der).unwrap()).unwrap()))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Es256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::EdDsa(key) => key.sign(message).as_ref().to_vec(),
            Key::Rs256(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    fn algorithm(&self) -> i64 {
        match self.key {
            Key::Es256(_) => -7,
            Key::EdDsa(_) => -8,
            Key::Rs256(_) => -257,
        }
    }

    fn cose(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes);
        match &self.key {
            Key::Es256(key) => {
                let point = key.public_key().as_ref();
                encoder
                    .map(5)
                    .unwrap()
                    .i8(1)
                    .unwrap()
                    .i8(2)
                    .unwrap()
                    .i8(3)
                    .unwrap()
                    .i8(-7)
                    .unwrap()
                    .i8(-1)
                    .unwrap()
                    .i8(1)
                    .unwrap();
                encoder.i8(-2).unwrap().bytes(&point[1..33]).unwrap().i8(-3).unwrap().bytes(&point[33..]).unwrap();
            }
            Key::EdDsa(key) => {
                encoder
                    .map(4)
                    .unwrap()
                    .i8(1)
                    .unwrap()
                    .i8(1)
                    .unwrap()
                    .i8(3)
                    .unwrap()
                    .i8(-8)
                    .unwrap()
                    .i8(-1)
                    .unwrap()
                    .i8(6)
                    .unwrap();
                encoder.i8(-2).unwrap().bytes(key.public_key().as_ref()).unwrap();
            }
            Key::Rs256(key) => {
                let public: PublicKeyComponents<Vec<u8>> = key.public().into();
                encoder.map(4).unwrap().i8(1).unwrap().i8(3).unwrap().i8(3).unwrap().i16(-257).unwrap();
                encoder.i8(-1).unwrap().bytes(&public.n).unwrap();
                encoder.i8(-2).unwrap().bytes(&public.e).unwrap();
            }
        }
        bytes
    }

    fn data(&self, domain: &str, with_credential: bool) -> Vec<u8> {
        let flags = if with_credential { self.flags | 0x40 } else { self.flags };
        let mut data = [digest(&SHA256, domain.as_bytes()).as_ref(), &[flags], &self.count.to_be_bytes()].concat();
        if with_credential {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend([&self.id[..], &self.cose()].concat());
        }
        data
    }

    /// What `navigator.credentials.create()` gives for a challenge.
    fn create(&self, challenge: &str, origin: &str, format: &str) -> Value {
        let client_data = client_data("webauthn.create", challenge, origin);
        let data = self.data(DOMAIN, true);
        let mut object = Vec::new();
        let mut encoder = Encoder::new(&mut object);
        encoder.map(3).unwrap().str("fmt").unwrap().str(format).unwrap().str("attStmt").unwrap();
        if format == "none" {
            encoder.map(0).unwrap();
        } else {
            let signature = self.sign(&[&data, digest(&SHA256, &client_data).as_ref()].concat());
            let algorithm = self.algorithm();
            encoder.map(2).unwrap().str("alg").unwrap().i64(algorithm).unwrap().str("sig").unwrap().bytes(&signature).unwrap();
        }
        encoder.str("authData").unwrap().bytes(&data).unwrap();
        let response = json!({ "clientDataJSON": url(&client_data), "attestationObject": url(&object) });
        json!({ "id": url(&self.id), "rawId": url(&self.id), "type": "public-key", "response": response })
    }

    /// What `navigator.credentials.get()` gives for a challenge.
    fn get(&self, challenge: &str, origin: &str, domain: &str) -> Value {
        let client_data = client_data("webauthn.get", challenge, origin);
        let data = self.data(domain, false);
        let signature = self.sign(&[&data, digest(&SHA256, &client_data).as_ref()].concat());
        let response = json!({ "clientDataJSON": url(&client_data), "authenticatorData": url(&data), "signature": url(&signature),
            "userHandle": null });
        json!({ "id": url(&self.id), "rawId": url(&self.id), "type": "public-key", "response": response })
    }
}

fn url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn client_data(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string().into_bytes()
}

fn options(answer: &Value, key: &str) -> Value {
    serde_json::from_str(text(answer, key)).unwrap()
}

fn start_register(caller: &mut Caller, more: &Value) -> Value {
    let body = with(&json!({ "user_id": ALICE, "domain": DOMAIN, "use_base64_url_encoding": true }), more);
    options(&caller.posted(REGISTER_START, &body), "/public_key_credential_creation_options")
}

fn start(caller: &mut Caller, more: &Value) -> Value {
    let body = with(&json!({ "domain": DOMAIN, "use_base64_url_encoding": true }), more);
    options(&caller.posted(START, &body), "/public_key_credential_request_options")
}

fn made(credential: &Value) -> Value {
    json!({ "user_id": ALICE, "public_key_credential": credential.to_string() })
}

fn used(credential: &Value) -> Value {
    json!({ "public_key_credential": credential.to_string() })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// An answer to the challenge of a registration that waits in the seed.
pub fn seeded_registration() -> Value {
    made(&Authenticator::eddsa().create("cmVnaXN0ZXI", ORIGIN, "none"))
}

/// An answer to the challenge of a login that waits in the seed.
pub fn seeded_login() -> Value {
    used(&Authenticator::laptop().get("bG9nIGlu", ORIGIN, DOMAIN))
}

/// Registers Alice's authenticator; the registration's id.
fn register(caller: &mut Caller, authenticator: &Authenticator) -> String {
    let options = start_register(caller, &json!({}));
    let credential = authenticator.create(text(&options, "/challenge"), ORIGIN, "none");
    text(&caller.posted(REGISTER, &made(&credential)), "/webauthn_registration_id").to_owned()
}

fn assertion(caller: &mut Caller, authenticator: &Authenticator) -> Value {
    let options = start(caller, &json!({}));
    used(&authenticator.get(text(&options, "/challenge"), ORIGIN, DOMAIN))
}

#[test]
fn options_are_those_of_the_specification() {
    let mut caller = life();
    let named = json!({ "authenticator_type": "platform", "return_passkey_credential_options": true, "override_id": "x", "override_name": "n",
        "override_display_name": "d" });
    let mut options = start_register(&mut caller, &named);
    assert_eq!(URL_SAFE_NO_PAD.decode(text(&options, "/challenge")).unwrap().len(), 32);
    options.as_object_mut().unwrap().remove("challenge");
    let laptop = json!([{ "type": "public-key", "id": "bGFwdG9w" }]);
    assert_eq!(
        options,
        json!({ "attestation": "none", "excludeCredentials": laptop, "rp": { "id": DOMAIN, "name": DOMAIN }, "timeout": 300_000,
            "authenticatorSelection": { "authenticatorAttachment": "platform", "residentKey": "required", "requireResidentKey": true,
                "userVerification": "preferred" },
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -8 }, { "type": "public-key", "alg": -257 }],
            "user": { "id": "eA", "name": "n", "displayName": "d" } })
    );
    let plain = start_register(&mut caller, &json!({ "use_base64_url_encoding": false }));
    assert_eq!(STANDARD.decode(text(&plain, "/user/id")).unwrap(), ALICE.as_bytes());
    assert_eq!(plain["user"]["name"], "Alice@example.com");
    let authenticator = Authenticator::es256();
    register(&mut caller, &authenticator);
    let known = json!([laptop[0], { "type": "public-key", "id": url(&authenticator.id) }]);
    assert_eq!(start_register(&mut caller, &json!({}))["excludeCredentials"], known);
    let named = start(&mut caller, &json!({ "user_id": "alice" }));
    assert_eq!((&named["allowCredentials"], &named["rpId"]), (&known, &json!(DOMAIN)));
    assert_eq!(start(&mut caller, &json!({}))["allowCredentials"], json!([]));
}

#[test]
fn each_algorithm_and_each_attestation_registers_and_logs_in() {
    for make in [Authenticator::es256, Authenticator::eddsa, Authenticator::rs256] {
        for format in ["none", "packed"] {
            let (mut caller, mut authenticator) = (life(), make());
            let options = start_register(&mut caller, &json!({ "user_agent": "Mozilla/5.0", "authenticator_type": "platform" }));
            let credential = authenticator.create(text(&options, "/challenge"), ORIGIN, format);
            let answer = caller.posted(REGISTER, &with(&made(&credential), &json!({ "session_duration_minutes": 60 })));
            let id = text(&answer, "/webauthn_registration_id");
            let registration = answer["user"]["webauthn_registrations"].as_array().unwrap().last().unwrap();
            assert_eq!(
                *registration,
                json!({ "webauthn_registration_id": id, "domain": DOMAIN, "user_agent": "Mozilla/5.0", "authenticator_type": "platform",
                    "name": "", "verified": true })
            );
            let at = "2021-08-09T08:00:00Z";
            let factor = json!({ "type": "webauthn", "delivery_method": "webauthn_registration", "created_at": at, "updated_at": at,
                "last_authenticated_at": at,
                "webauthn_factor": { "webauthn_registration_id": id, "domain": DOMAIN, "user_agent": "Mozilla/5.0" } });
            assert_eq!(answer["session"]["authentication_factors"], json!([factor]));
            authenticator.count = 2;
            let login = with(&assertion(&mut caller, &authenticator), &json!({ "session_token": TOKEN }));
            let answer = caller.posted(AUTHENTICATE, &login);
            assert_eq!((&answer["user_id"], &answer["webauthn_registration_id"]), (&json!(ALICE), &json!(id)));
            assert_eq!(answer["session"]["authentication_factors"].as_array().unwrap().last(), Some(&factor));
        }
    }
}

#[test]
fn a_registration_counts_once_in_time_for_its_user_and_on_its_domain() {
    let authenticator = Authenticator::es256();
    let outcome = |caller: &mut Caller, change: &dyn Fn(&mut Caller, &str) -> Value| {
        let options = start_register(caller, &json!({}));
        let body = change(caller, text(&options, "/challenge"));
        caller.post(REGISTER, &body).outcome()
    };
    let unable = "400 unable_to_register_webauthn_registration";
    let mut caller = life();
    assert_eq!(outcome(&mut caller, &|_, challenge| made(&authenticator.create(challenge, "https://evil.test", "none"))), unable);
    assert_eq!(
        outcome(&mut caller, &|_, challenge| made(&authenticator.create(challenge, "http://example.com", "none"))),
        unable
    );
    assert_eq!(outcome(&mut caller, &|_, challenge| made(&authenticator.create(challenge, ORIGIN, "tpm"))), unable);
    let absent = Authenticator { flags: VERIFIED, ..Authenticator::es256() };
    assert_eq!(outcome(&mut caller, &|_, challenge| made(&absent.create(challenge, ORIGIN, "none"))), unable);
    let forged = |caller: &mut Caller, challenge: &str| {
        let (mut credential, other) =
            (authenticator.create(challenge, ORIGIN, "packed"), authenticator.create("another", ORIGIN, "packed"));
        credential["response"]["attestationObject"] = other["response"]["attestationObject"].clone();
        caller.post(REGISTER, &made(&credential)).outcome()
    };
    let challenge = start_register(&mut caller, &json!({}))["challenge"].as_str().unwrap().to_owned();
    assert_eq!(forged(&mut caller, &challenge), unable);
    let pending = "400 no_pending_webauthn_registration";
    assert_eq!(outcome(&mut caller, &|_, _| made(&authenticator.create("unheard-of", ORIGIN, "none"))), pending);
    let bobs = |_: &mut Caller, challenge: &str| {
        with(&made(&authenticator.create(challenge, ORIGIN, "none")), &json!({ "user_id": BOB }))
    };
    assert_eq!(outcome(&mut caller, &bobs), pending);
    let late = |caller: &mut Caller, challenge: &str| {
        caller.advance("5m");
        made(&authenticator.create(challenge, ORIGIN, "none"))
    };
    assert_eq!(outcome(&mut caller, &late), pending);
    let challenge = start_register(&mut caller, &json!({}))["challenge"].as_str().unwrap().to_owned();
    let right = made(&authenticator.create(&challenge, ORIGIN, "none"));
    assert_eq!(caller.post(REGISTER, &right).outcome(), "200");
    assert_eq!(caller.post(REGISTER, &right).outcome(), pending, "a challenge counts once");
    let again = |_: &mut Caller, challenge: &str| made(&authenticator.create(challenge, ORIGIN, "none"));
    assert_eq!(outcome(&mut caller, &again), "400 duplicate_webauthn_registration");
}

#[test]
fn a_login_counts_once_in_time_by_its_key_and_on_its_domain() {
    let unable = "401 unable_to_auth_webauthn_registration";
    let (mut caller, mut authenticator) = (life(), Authenticator::es256());
    register(&mut caller, &authenticator);
    authenticator.count = 2;
    let challenge = |caller: &mut Caller| start(caller, &json!({}))["challenge"].as_str().unwrap().to_owned();
    let outcome = |caller: &mut Caller, credential: &Value| caller.post(AUTHENTICATE, &used(credential)).outcome();
    let fresh = challenge(&mut caller);
    for (credential, why) in [
        (authenticator.get(&fresh, "https://evil.test", DOMAIN), "a foreign origin"),
        (authenticator.get(&fresh, ORIGIN, "evil.test"), "a foreign domain"),
        (authenticator.get("unheard-of", ORIGIN, DOMAIN), "a challenge that nobody gave"),
        (Authenticator { id: authenticator.id.clone(), ..Authenticator::eddsa() }.get(&fresh, ORIGIN, DOMAIN), "another key"),
    ] {
        assert_eq!(outcome(&mut caller, &credential), unable, "{why}");
    }
    let right = authenticator.get(&fresh, ORIGIN, DOMAIN);
    let mut signature = URL_SAFE_NO_PAD.decode(text(&right, "/response/signature")).unwrap();
    let last = signature.len() - 1;
    signature[last] ^= 1;
    let mut flipped = right.clone();
    flipped["response"]["signature"] = json!(url(&signature));
    assert_eq!(outcome(&mut caller, &flipped), unable, "one flipped bit");
    assert_eq!(outcome(&mut caller, &right), "200");
    assert_eq!(outcome(&mut caller, &right), unable, "a replay");
    for (count, expected) in [(2, unable), (1, unable), (0, unable), (3, "200")] {
        authenticator.count = count;
        let fresh = challenge(&mut caller);
        assert_eq!(outcome(&mut caller, &authenticator.get(&fresh, ORIGIN, DOMAIN)), expected, "a count of {count} after 2");
    }
    authenticator.count = 4;
    let fresh = challenge(&mut caller);
    caller.advance("5m");
    assert_eq!(outcome(&mut caller, &authenticator.get(&fresh, ORIGIN, DOMAIN)), unable, "too late");
    let unknown = Authenticator { id: b"another".to_vec(), ..Authenticator::es256() };
    let fresh = challenge(&mut caller);
    assert_eq!(outcome(&mut caller, &unknown.get(&fresh, ORIGIN, DOMAIN)), "404 webauthn_registration_not_found");
    let fresh = challenge(&mut caller);
    let body = with(&used(&authenticator.get(&fresh, ORIGIN, DOMAIN)), &json!({ "session_token": BOBS_TOKEN }));
    assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), "400 user_id_mismatch");
}

#[test]
fn of_many_who_come_with_one_credential_one_is_registered_and_one_logs_in() {
    let (mut caller, mut authenticator) = (life(), Authenticator::eddsa());
    for round in 0..10 {
        authenticator.id = vec![round];
        authenticator.count = 1;
        let options = start_register(&mut caller, &json!({}));
        let credential = authenticator.create(text(&options, "/challenge"), ORIGIN, "none");
        let outcomes = at_once(&caller.house, &vec![request("POST", REGISTER, &made(&credential)); 4]);
        assert_eq!(outcomes, counts([("200", 1), ("400 no_pending_webauthn_registration", 3)]), "{round}");
        authenticator.count = 2;
        let options = start(&mut caller, &json!({}));
        let credential = authenticator.get(text(&options, "/challenge"), ORIGIN, DOMAIN);
        let outcomes = at_once(&caller.house, &vec![request("POST", AUTHENTICATE, &used(&credential)); 4]);
        assert_eq!(outcomes, counts([("200", 1), ("401 unable_to_auth_webauthn_registration", 3)]), "{round}");
    }
}

#[test]
fn a_project_can_require_that_the_user_is_verified() {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "users": [{ "user_id": ALICE }], "webauthn": { "user_verification": "required" } }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    let mut authenticator = Authenticator { flags: PRESENT, ..Authenticator::eddsa() };
    let options = start_register(&mut caller, &json!({}));
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    let credential = authenticator.create(text(&options, "/challenge"), ORIGIN, "none");
    assert_eq!(caller.post(REGISTER, &made(&credential)).outcome(), "400 unable_to_register_webauthn_registration");
    authenticator.flags = PRESENT | VERIFIED;
    register(&mut caller, &authenticator);
    (authenticator.flags, authenticator.count) = (PRESENT, 2);
    let body = assertion(&mut caller, &authenticator);
    assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), "401 unable_to_auth_webauthn_registration");
}

#[test]
fn a_passkey_has_a_name_a_key_and_an_end() {
    let (mut caller, mut authenticator) = (life(), Authenticator::eddsa());
    let id = register(&mut caller, &authenticator);
    let path = format!("/v1/webauthn/{id}");
    assert_eq!(caller.put(&path, &json!({ "name": "" })).outcome(), "400 empty_webauthn_registration_name");
    assert_eq!(caller.put("/v1/webauthn/x", &json!({ "name": "n" })).outcome(), "404 webauthn_registration_not_found");
    let door = format!("/sdk/v1/webauthn/update/{id}");
    let bobs = caller.page("PUT", &door, &json!({ "name": "Bob's" }), Some(BOBS_TOKEN));
    assert_eq!(bobs.outcome(), "404 webauthn_registration_not_found");
    let named = caller.put(&path, &json!({ "name": "Laptop" })).json()["webauthn_registration"].clone();
    assert_eq!((&named["name"], &named["webauthn_registration_id"]), (&json!("Laptop"), &json!(id)));
    let list = |caller: &mut Caller, domain: &str| {
        caller.get(&format!("/v1/webauthn/credentials/alice/{domain}")).json()["credentials"].clone()
    };
    let expected = json!({ "credential_id": url(&authenticator.id), "public_key": url(&authenticator.cose()), "type": "public-key",
        "webauthn_registration_id": id });
    let all = list(&mut caller, DOMAIN);
    assert_eq!((all.as_array().unwrap().len(), &all[1]), (2, &expected));
    assert_eq!(list(&mut caller, "other.example"), json!([]));
    assert_eq!(caller.get(&format!("/v1/webauthn/credentials/{STRANGER}/{DOMAIN}")).outcome(), "404 user_not_found");
    caller.delete(&format!("/v1/users/webauthn_registrations/{id}"));
    authenticator.count = 2;
    let body = assertion(&mut caller, &authenticator);
    assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), "404 webauthn_registration_not_found");
}

#[test]
fn passkeys_and_challenges_come_back_from_a_state_and_a_snapshot() {
    let (mut caller, mut authenticator) = (life(), Authenticator::eddsa());
    register(&mut caller, &authenticator);
    authenticator.count = 7;
    let body = assertion(&mut caller, &authenticator);
    let client = caller.house.client.clone();
    client.steered("PUT", "/__mock/snapshots/before", "");
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state(), state);
    for caller in [&mut caller, &mut again] {
        assert_eq!(caller.posted(AUTHENTICATE, &body)["user_id"], ALICE);
        assert_eq!(caller.post(AUTHENTICATE, &body).status, 401);
        let registrations = caller.state()["projects"][0]["users"][0]["webauthn_registrations"].clone();
        assert_eq!(registrations.as_array().unwrap().last().unwrap()["credential"]["sign_count"], 7);
    }
    client.steered("POST", "/__mock/snapshots/before", "");
    caller.posted(AUTHENTICATE, &body);
    client.steered("POST", "/__mock/reset", "");
    assert_eq!(caller.post(AUTHENTICATE, &body).status, 401);
    let seed = r#"{"projects": [{"users": [{"webauthn_registrations": [{"credential": {"credential_id": "YQ", "public_key": "YQ"}}]}]}]}"#;
    let refused = crate::fixture::start(Emulator::builder().seed_json(seed)).unwrap_err().to_string();
    assert!(refused.contains("this is no key in COSE"), "{refused}");
}

/// What is refused of each operation, beside what the tests above hold.
pub fn refusals() -> Vec<(&'static str, &'static str, Value)> {
    let register = |more: Value| with(&json!({ "user_id": ALICE, "domain": DOMAIN }), &more);
    let credential = |text: &str| json!({ "user_id": ALICE, "public_key_credential": text });
    vec![
        ("400 invalid_domain", REGISTER_START, register(json!({ "domain": "https://example.com" }))),
        ("400 invalid_authenticator_type", REGISTER_START, register(json!({ "authenticator_type": "phone" }))),
        ("400 invalid_user_id", REGISTER_START, register(json!({ "user_id": "user-test-1" }))),
        ("404 user_not_found", REGISTER_START, register(json!({ "user_id": STRANGER }))),
        ("400 bad_request", REGISTER_START, register(json!({ "override_id": "x".repeat(65) }))),
        ("400 invalid_public_key_credential", REGISTER, credential("")),
        ("400 invalid_public_key_credential", REGISTER, credential(r#"{"id":"YQ","type":"public-key","response":{}}"#)),
        ("400 invalid_public_key_credential", AUTHENTICATE, credential("[]")),
        ("400 invalid_domain", START, json!({ "domain": "" })),
        ("404 user_not_found", START, json!({ "domain": DOMAIN, "user_id": STRANGER })),
        ("400 no_active_webauthn_registrations", START, json!({ "domain": DOMAIN, "user_id": BOB })),
    ]
}

#[test]
fn what_is_wrong_is_refused_by_its_own_error_and_changes_nothing() {
    let mut caller = life();
    let (document, before) = (openapi::document(&caller.house.client), caller.state());
    for (expected, path, body) in refusals() {
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        openapi::assert_declared(&document, "POST", path, &response.json());
    }
    assert_eq!(caller.state(), before);
    let pending = caller.house.client.steered("POST", "/__mock/users", r#"{"status": "pending"}"#)["user_id"].clone();
    let body = json!({ "user_id": pending, "domain": DOMAIN });
    assert_eq!(caller.post(REGISTER_START, &body).outcome(), "400 cannot_use_webauthn_with_pending_user");
    assert_eq!(caller.house.client.steer(&Request::get("/__mock/state")).status, 200);
}

#[test]
fn a_user_has_a_hundred_passkeys_for_a_domain_at_most() {
    let (mut caller, authenticator) = (life(), Authenticator::eddsa());
    let registrations: Vec<Value> = (0..100).map(|number| json!({ "domain": DOMAIN, "name": number.to_string() })).collect();
    let body = json!({ "external_id": "many", "webauthn_registrations": registrations });
    caller.house.client.steered("POST", "/__mock/users", body.to_string());
    let options = start_register(&mut caller, &json!({ "user_id": "many" }));
    let credential = authenticator.create(text(&options, "/challenge"), ORIGIN, "none");
    let body = with(&made(&credential), &json!({ "user_id": "many" }));
    assert_eq!(caller.post(REGISTER, &body).outcome(), "400 too_many_user_registrations_for_domain");
}
